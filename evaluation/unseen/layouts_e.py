"""The PDF and DOCX layouts of round4/, one class each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pages
import word
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from markup import Block, block, tables
from pages import Counted, Document, marked
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Table,
)


def blocks(lines: list[str]) -> list[Block]:
    """All blocks of a source in order; lines of one paragraph are joined."""
    out: list[Block] = []
    joining = False
    for line in lines:
        if not line.strip():
            joining = False
            continue
        new = block(line)
        if new.kind == "para" and joining:
            out[-1] = Block("para", f"{out[-1].text} {new.text}")
        else:
            out.append(new)
        joining = new.kind == "para"
    return out


class Page(pages.Layout):
    """The common way of this round: the first line of running text is drawn from two words of the layout."""

    top, foot = "", ""
    size_of_page = A4

    def draw(self, lines: list[str], path: Path) -> None:  # type: ignore[override]
        self.path = path
        super().draw(blocks(lines), path)

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        wide, high = self.size_of_page
        left, right, _, _ = self.margins
        canvas.setFont(self.font, 8)
        if self.top and page > 1:
            canvas.drawString(left, high - 15 * mm, self.top)
        if self.foot:
            canvas.drawString(left, 12 * mm, self.foot)
        canvas.drawRightString(wide - right, 12 * mm, self.page_mark(page, pages))

    def page_mark(self, page: int, pages: int) -> str:
        return f"{page}"


class TwoColumns(Page):
    """A title over the page's width, then two columns of serif type."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 10.0, 12.0
    margins = (18 * mm, 18 * mm, 20 * mm, 20 * mm)
    hyphens, align, gap, head_height = True, 4, 8 * mm, 52 * mm
    centred = True

    def item(self, text: str) -> list[Flowable]:
        number, _, title = text.partition(" ")
        if not (self.centred and re.match(r"\d", number)):
            number, title = "", text
        look = {"fontName": self.bold, "alignment": 1 if number else 0, "spaceAfter": 2, "keepWithNext": 1}
        out: list[Flowable] = []
        if number:
            out.append(Paragraph(number, self.style(**look, spaceBefore=9)))
            look["alignment"] = 0
        else:
            look |= {"spaceBefore": 9, "fontSize": self.size + 2}
        return [*out, Paragraph(marked(title), self.style(**look))]

    def order(self, text: str) -> list[Flowable]:
        if text == "columns":
            return [NextPageTemplate("later"), FrameBreak()]
        return super().order(text)

    def width(self) -> float:
        return (A4[0] - self.margins[0] - self.margins[1] - self.gap) / 2

    def draw(self, lines: list[str], path: Path) -> None:
        left, right, top, bottom = self.margins
        wide, high = self.width(), A4[1] - top - bottom
        none = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        lead = Frame(left, bottom + high - self.head_height, A4[0] - left - right, self.head_height, **none)
        under = high - self.head_height - 4 * mm
        columns = [Frame(left + n * (wide + self.gap), bottom, wide, under, **none) for n in (0, 1)]
        later = [Frame(left + n * (wide + self.gap), bottom, wide, high, **none) for n in (0, 1)]
        document = Document(str(path), pagesize=A4, invariant=1, title=path.stem)
        document.addPageTemplates(
            [PageTemplate(id="first", frames=[lead, *columns]), PageTemplate(id="later", frames=later)]
        )
        canvas = type("Running", (Counted,), {"running": staticmethod(self.running)})
        document.multiBuild(self.flow(blocks(lines)), canvasmaker=canvas)


class Island(TwoColumns):
    foot = "Sandø Kommune - Kommunalbestyrelsen 28.04.2003"

    def page_mark(self, page: int, pages: int) -> str:
        return f"Side {page + 86}"

    def para(self, text: str) -> list[Flowable]:
        alone = text.startswith("**") and text.endswith("**") and text.count("**") == 2
        text = marked(text).replace("<b>Bilag:</b>", "<i>Bilag:</i>")
        if alone:
            return [Paragraph(text, self.style(spaceBefore=3, spaceAfter=0, keepWithNext=1, alignment=0))]
        return [Paragraph(pages.divided(text) if "<" not in text else text, self.style(spaceAfter=3))]


class Newsletter(TwoColumns):
    font, bold, size, leading = "Helvetica", "Helvetica-Bold", 9.5, 12.5
    centred, align, head_height = False, 0, 26 * mm
    foot = "Lindum Kommune · nyhedsbrev nr. 3 · 2017"

    def item(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "fontSize": 13, "leading": 16, "textColor": colors.Color(0.1, 0.4, 0.3)}
        return [Paragraph(marked(text), self.style(**look, spaceBefore=10, spaceAfter=3, keepWithNext=1))]


class HangingNumbers(Page):
    """The number stands in the margin; headings run in."""

    size, leading = 10.5, 14.0
    margins = (34 * mm, 24 * mm, 28 * mm, 24 * mm)
    top, foot = "Ellekær Forsyning A/S · bestyrelsesmøde 4/2018", ""
    label_width = 36 * mm

    def item(self, text: str) -> list[Flowable]:
        number, _, title = text.partition(" ")
        look = {"fontName": self.bold, "bulletFontName": self.bold, "bulletFontSize": self.size, "bulletIndent": -26}
        return [Paragraph(marked(title), self.style(spaceBefore=14, keepWithNext=1, **look), bulletText=number)]

    def page_mark(self, page: int, pages: int) -> str:
        return f"Side {page} af {pages}"


class Spaced(Page):
    """Letter-spaced headings of a typewriter's habit in serif type; titles in underlined capitals."""

    font, bold, size, leading, align = "Times-Roman", "Times-Bold", 12.0, 15.0, 4
    margins = (28 * mm, 24 * mm, 30 * mm, 24 * mm)

    def title(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text), self.style(fontName=self.bold, fontSize=14, alignment=1))]

    def item(self, text: str) -> list[Flowable]:
        head, title = re.match(r"(Ad \d+\.) (.*)", text).groups()  # type: ignore[union-attr]
        look = self.style(spaceBefore=14, keepWithNext=1, alignment=0)
        return [Paragraph(f"{head}&nbsp;&nbsp;<u>{marked(title)}</u>", look)]

    def head(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text).replace("  ", " "), self.style(spaceAfter=1, keepWithNext=1, alignment=0))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 11)
        if page > 1:
            canvas.drawCentredString(A4[0] / 2, A4[1] - 16 * mm, f"- {page} -")


class Framed(Page):
    """A framed box opens each item, another one closes it."""

    size, leading = 10.0, 13.0
    top, foot = "Grønbjerg Kommune · Byrådet", "Protokol 24-02-2009"
    boxes: list[Flowable]

    def item(self, text: str) -> list[Flowable]:
        number, _, title = text.partition(" ")
        bold = self.style(fontName=self.bold, spaceAfter=0)
        cells = [[Paragraph(number, bold), Paragraph(marked(title), bold)]]
        look = [("BOX", (0, 0), (-1, -1), 0.8, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        widths = [14 * mm, self.width() - 14 * mm]
        line = Table(cells, colWidths=widths, style=look, spaceBefore=16, spaceAfter=3)
        line.is_item = True  # type: ignore[attr-defined]
        line.getPlainText = lambda: text  # type: ignore[attr-defined]
        return [CondPageBreak(40 * mm), line]

    def head(self, text: str) -> list[Flowable]:
        look = {"fontName": "Helvetica-BoldOblique", "spaceBefore": 6, "spaceAfter": 1, "keepWithNext": 1}
        return [Paragraph(marked(text), self.style(**look))]

    def flow(self, all_blocks: list[Block]) -> list[Flowable]:
        out: list[Flowable] = []
        box: list[Flowable] = []
        for one in [*all_blocks, Block("order", "end")]:
            name, _, rest = one.text.partition(" ")
            if one.kind == "order" and name == "box":
                box = [Paragraph(rest, self.style(fontName="Helvetica-BoldOblique", spaceAfter=1))]
            elif one.kind == "order" and name == "boxed":
                box.append(Paragraph(marked(rest), self.style(spaceAfter=3)))
            else:
                if box:
                    look = [("BOX", (0, 0), (-1, -1), 0.5, colors.grey)]
                    out.append(Table([[box]], colWidths=[self.width()], style=look, spaceBefore=4))
                    box = []
                if one.text != "end":
                    out += super().flow([one]) if one.kind not in {"field", "row"} else [one]  # type: ignore[list-item]
        joined: list[Flowable] = []
        for piece in tables([b if isinstance(b, Block) else Block("flow", "", (b,)) for b in out]):  # type: ignore[arg-type]
            if isinstance(piece, list):
                joined += self.fields(piece) if piece[0].kind == "field" else self.table(piece)
            else:
                joined.append(piece.cells[0])  # type: ignore[arg-type]
        return joined

    def page_mark(self, page: int, pages: int) -> str:
        return f"Side {page} af {pages}"


class Band(Page):
    """White titles on a coloured band, small coloured headings."""

    size, leading = 10.0, 13.5
    ink = colors.Color(0.0, 0.31, 0.40)
    foot = "Klima- og Mobilitetsudvalget · 3. november 2021"

    def item(self, text: str) -> list[Flowable]:
        white = self.style(fontName=self.bold, textColor=colors.white, spaceAfter=0)
        look = [("BACKGROUND", (0, 0), (-1, -1), self.ink)]
        cells = [[Paragraph(marked(text), white)]]
        return [
            CondPageBreak(45 * mm),
            Table(cells, colWidths=[self.width()], style=look, spaceBefore=16, spaceAfter=5),
        ]

    def head(self, text: str) -> list[Flowable]:
        look = {"fontSize": 9, "textColor": self.ink, "spaceBefore": 6, "spaceAfter": 1, "keepWithNext": 1}
        return [Paragraph(marked(text), self.style(**look))]

    def table(self, rows: list[Block]) -> list[Flowable]:
        plain = self.style(fontSize=9, leading=11, spaceAfter=0)
        cells = [[Paragraph(marked(c), plain) for c in r.cells] for r in rows]
        look = [("LINEBELOW", (0, 0), (-1, 0), 0.5, self.ink), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        return [Table(cells, colWidths=[110 * mm, 40 * mm], style=look, spaceBefore=4, hAlign="LEFT")]


class Notes(Page):
    """Typewriter type; labels at the left, their text at a tab."""

    font, bold, size, leading = "Courier", "Courier-Bold", 9.5, 12.0
    margins = (22 * mm, 18 * mm, 22 * mm, 20 * mm)
    label_width = 42 * mm

    def title(self, text: str) -> list[Flowable]:
        return [Paragraph(re.sub(r" {2,}", lambda m: "&nbsp;" * len(m[0]), marked(text)), self.style())]

    def item(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text), self.style(fontName=self.bold, keepWithNext=1))]

    def fields(self, rows: list[Block]) -> list[Flowable]:
        plain = self.style(spaceAfter=0)
        width = max(len(r.cells[0]) for r in rows) + 2
        cells = []
        for r in rows:
            dots = (" ." * width)[len(r.cells[0]) % 2 :][: width - len(r.cells[0])]
            cells.append(
                [
                    Paragraph((r.cells[0] + dots + ":").replace(" ", "&nbsp;"), plain),
                    Paragraph(marked(r.cells[1]), plain),
                ]
            )
        look = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ]
        return [Table(cells, colWidths=[self.label_width, self.width() - self.label_width], style=look, spaceAfter=6)]

    def flow(self, all_blocks: list[Block]) -> list[Flowable]:
        out: list[Flowable] = []
        grid: list[list[Any]] = []
        waiting: Any = ""

        def close() -> None:
            nonlocal waiting
            if waiting:
                grid.append([waiting, ""])
            if grid:
                look = [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("TOPPADDING", (0, 0), (-1, -1), 1),
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ]
                out.append(
                    Table(
                        [list(r) for r in grid],
                        colWidths=[self.label_width, self.width() - self.label_width],
                        style=look,
                    )
                )
                grid.clear()
            waiting = ""

        for one in tables(all_blocks):
            if isinstance(one, Block) and one.kind == "head":
                if waiting:
                    grid.append([waiting, ""])
                waiting = Paragraph(marked(one.text), self.style(spaceAfter=0))
            elif isinstance(one, Block) and one.kind == "para":
                grid.append([waiting, Paragraph(marked(one.text), self.style())])
                waiting = ""
            else:
                close()
                out += super().flow(one if isinstance(one, list) else [one])
        close()
        return out

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont("Courier", 9)
        canvas.drawString(22 * mm, 10 * mm, f"Udskrevet 06-05-2004 14:12:09 af KBO{' ' * 40}Side {page}")


class Decisions(Page):
    """Number and title in small bold, the decision below in the same size, nothing else."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 11.0, 13.5
    foot = "Byrådet den 30. november 2016"

    def item(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "spaceBefore": 8, "spaceAfter": 2, "keepWithNext": 1}
        return [Paragraph(marked(text), self.style(**look))]

    def para(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text), self.style(spaceAfter=2))]


class Addendum(Page):
    """Small grey capitals at the margin, the text indented under them."""

    size, leading = 10.5, 14.0
    top, foot = "Tillægsdagsorden - Økonomiudvalget 18-08-2014", ""
    inside = False

    def item(self, text: str) -> list[Flowable]:
        self.inside = True
        return super().item(text)

    def head(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "textColor": colors.Color(0.45, 0.45, 0.45), "fontSize": 9}
        return [Paragraph(marked(text), self.style(**look, spaceBefore=6, spaceAfter=1, keepWithNext=1))]

    def para(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text), self.style(leftIndent=34 if self.inside else 0))]

    def bullet(self, text: str) -> list[Flowable]:
        look = self.style(leftIndent=46, bulletIndent=34, spaceAfter=2)
        return [Paragraph(marked(text), look, bulletText="-")]

    def page_mark(self, page: int, pages: int) -> str:
        return f"Side {page}"


class Indented(Page):
    """A parish council's page: decisions in indented italics."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 12.0, 15.0

    def order(self, text: str) -> list[Flowable]:
        name, _, rest = text.partition(" ")
        if name == "decided":
            return [Paragraph(marked(rest), self.style(fontName="Times-Italic", leftIndent=32))]
        return super().order(text)

    def item(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "spaceBefore": 9, "spaceAfter": 2, "keepWithNext": 1}
        return [Paragraph(marked(text), self.style(**look))]


class MarginBodies(Page):
    """The bodies and their dates in the margin column beside their decisions; a big grey number before the title."""

    size, leading = 10.0, 13.5
    margins = (18 * mm, 22 * mm, 26 * mm, 22 * mm)
    column = 40 * mm
    top = "Sydfjord Affald I/S · repræsentantskabsmøde 12. april 2019"

    def flow(self, all_blocks: list[Block]) -> list[Flowable]:
        out: list[Flowable] = []
        look = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ]
        label: Any = ""
        inside = False

        def row(left: Any, right: Any, before: float = 0) -> None:
            widths = [self.column, self.width() - self.column]
            out.append(Table([[left, right]], colWidths=widths, style=look, spaceBefore=before))

        for one in tables(all_blocks):
            if isinstance(one, Block) and one.kind == "item":
                number, _, title = one.text.partition(" ")
                grey = self.style(fontName=self.bold, fontSize=20, leading=22, textColor=colors.grey, alignment=2)
                row(
                    Paragraph(number, grey),
                    Paragraph(marked(title), self.style(fontName=self.bold, fontSize=12, leading=20)),
                    10,
                )
                inside = True
            elif isinstance(one, Block) and one.kind == "head":
                body, _, date = one.text.rpartition(" ")
                label = Paragraph(
                    f"{marked(body)}<br/>{date}",
                    self.style(fontSize=8.5, leading=11, textColor=colors.Color(0.3, 0.3, 0.3)),
                )
            elif isinstance(one, Block) and one.kind == "para" and one.text == "**Deltagere**":
                inside = False
                out += self.para(one.text)
            elif isinstance(one, Block) and one.kind == "para" and inside:
                text = re.sub(r"<b>([A-ZÆØÅ]+\.)</b>", r'<font size="8.5"><b>\1</b></font>', marked(one.text))
                row(label, Paragraph(text, self.style()))
                label = ""
            else:
                out += super().flow(one if isinstance(one, list) else [one])
        return out

    def page_mark(self, page: int, pages: int) -> str:
        return f"{page}/{pages}"


LAYOUTS: dict[str, Any] = {
    "201": Island(),
    "202": HangingNumbers(),
    "203": Spaced(),
    "204": Framed(),
    "205": Band(),
    "206": Notes(),
    "207": Decisions(),
    "208": Addendum(),
    "209": Indented(),
    "210": Newsletter(),
    "211": MarginBodies(),
}


class Letter(word.Layout):
    """The common way of this round's Word files."""

    def draw(self, lines: list[str], path: Path) -> None:  # type: ignore[override]
        super_draw = word.Layout.draw
        super_draw(self, blocks(lines), path)

    def order(self, text: str) -> None:
        name, _, rest = text.partition(" ")
        if name == "run":
            label, _, words = rest.partition(": ")
            line = self.page.add_paragraph()
            line.add_run(label + ":").underline = True
            line.add_run(" " + words)
        elif name == "changed":
            before, old, new, after = rest.split("|")
            line = self.page.add_paragraph(before)
            mark = 'w:id="{}" w:author="ILF" w:date="2025-01-16T09:00:00Z"'
            line._p.append(
                parse_xml(f"<w:del {nsdecls('w')} {mark.format(1)}><w:r><w:delText>{old}</w:delText></w:r></w:del>")
            )
            line._p.append(parse_xml(f"<w:ins {nsdecls('w')} {mark.format(2)}><w:r><w:t>{new}</w:t></w:r></w:ins>"))
            line.add_run(after)
        elif name == "italic":
            self.page.add_paragraph().add_run(rest).italic = True
        elif name == "under":
            self.page.add_paragraph().add_run(rest).underline = True
        elif name == "shaded":
            line = self.page.add_paragraph(rest)
            line.paragraph_format.left_indent = Cm(1)
            line._p.get_or_add_pPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="EEEEEE"/>'))
        else:
            super().order(text)


class Ad(Letter):
    font, size = "Verdana", 10

    def item(self, text: str) -> None:
        number, _, title = text.partition("\t")
        line = self.page.add_paragraph()
        line.paragraph_format.space_before = Pt(10)
        line.add_run(number + "\t")
        line.add_run(title).underline = True


class Hanging(Letter):
    font, size = "Georgia", 11

    def item(self, text: str) -> None:
        number, title, who = text.split("\t")
        line = self.page.add_paragraph()
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(1), Cm(-1)
        line.paragraph_format.space_before = Pt(12)
        line.add_run(number + "\t")
        line.add_run(title).bold = True
        line.add_run("\t" + who).italic = True

    def head(self, text: str) -> None:
        line = self.page.add_paragraph()
        line.paragraph_format.left_indent = Cm(1)
        line.add_run(text).italic = True

    def para(self, text: str) -> None:
        super().para(text)
        self.page.paragraphs[-1].paragraph_format.left_indent = Cm(1)


class Capitals(Letter):
    font, size = "Times New Roman", 12

    def item(self, text: str) -> None:
        line = self.page.add_paragraph()
        line.paragraph_format.space_before = Pt(14)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(14))
        run = line.add_run(text)
        run.font.small_caps, run.font.size = True, Pt(14)

    def head(self, text: str) -> None:
        run = self.page.add_paragraph().add_run(text)
        run.bold = run.font.small_caps = True
        run.font.color.rgb = RGBColor(0x1F, 0x3A, 0x5F)
        run._r.get_or_add_rPr().append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="30"/>'))


class Lettered(Letter):
    font, size = "Arial", 10.5


class Rows(Letter):
    """One landscape table: a row for an item, its title in bold in the middle cell, its decision in the right one."""

    font, size = "Calibri", 10

    def start(self) -> None:
        section = self.page.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width

    def draw(self, lines: list[str], path: Path) -> None:  # type: ignore[override]
        head = next(n for n, line in enumerate(lines) if line.startswith("|"))
        self.rows = [block(line) for line in lines[head:] if line.strip()]
        super().draw([*lines[:head], "~~ grid"], path)

    def order(self, text: str) -> None:
        if text != "grid":
            super().order(text)
            return
        grid = self.page.add_table(rows=1, cols=3, style="Table Grid")
        for cell, name in zip(grid.rows[0].cells, self.rows[0].cells, strict=True):
            self.runs(cell.paragraphs[0], name)
        cells: Any = None
        for row in self.rows[1:]:
            kind, words = row.cells[0][:1], row.cells[0][1:].strip()
            if kind == "#":
                cells = grid.add_row().cells
                number, _, title = words.partition(" ")
                cells[0].text = number
                cells[1].paragraphs[0].add_run(title).bold = True
            elif kind == "=":
                cells[2].text = words
            else:
                label, _, rest = words.partition(": ")
                points = re.split(r" (?=at )", rest) if label.endswith("indstiller") else [rest]
                line = cells[1].add_paragraph()
                line.add_run(label + ": ").italic = True
                line.add_run(points[0])
                for point in points[1:]:
                    cells[1].add_paragraph(point)
        for row in grid.rows:
            for cell, width in zip(row.cells, (1.5, 14, 8), strict=True):
                cell.width = Cm(width)


LAYOUTS |= {
    "220": Rows(),
    "221": Ad(),
    "222": Hanging(),
    "223": Capitals(),
    "224": Lettered(),
    "225": Letter(),
}
