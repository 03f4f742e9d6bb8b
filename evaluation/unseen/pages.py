"""PDF layouts, one class each: what differs is type, columns, running lines and where an item begins."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar

from markup import Block, tables
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)
from reportlab.platypus.tableofcontents import TableOfContents

CLUSTER = re.compile(r"(?<=[aeiouyæøå][bdfgklmnprst])(?=[bdfgjklmnprstv][aeiouyæøå])", re.IGNORECASE)


def divided(text: str) -> str:
    """The text with soft hyphens in long words, where a vowel, two consonants and a vowel meet."""
    return re.sub(r"[A-Za-zÆØÅæøåé]{9,}", lambda m: CLUSTER.sub("\u00ad", m[0]), text)


def marked(text: str) -> str:
    """`**bold**` and the three signs that the paragraph markup needs escaped."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)


def small_caps(text: str, size: float) -> str:
    """Small capitals as older word processors print them: capitals in two sizes."""
    runs = re.findall(r"[a-zæøåé]+|[^a-zæøåé]+", text)
    return "".join(f'<font size="{size - 2}">{r.upper()}</font>' if r[0].islower() else marked(r) for r in runs)


class Counted(Canvas):
    """A canvas that knows the number of pages when it draws the running lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pending: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self.pending.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for state in self.pending:
            self.__dict__.update(state)
            self.running(self, self._pageNumber, len(self.pending))
            super().showPage()
        super().save()

    running: Any = None


class Document(BaseDocTemplate):
    """Tells the table of contents of every item it draws."""

    def afterFlowable(self, flowable: Flowable) -> None:
        if getattr(flowable, "is_item", False):
            self.notify("TOCEntry", (0, flowable.getPlainText(), self.page))


class Layout:
    """The common way; a layout overrides what it prints differently."""

    font, bold, size, leading = "Helvetica", "Helvetica-Bold", 10.0, 13.0
    margins: ClassVar[tuple[float, float, float, float]] = (25 * mm, 22 * mm, 28 * mm, 24 * mm)
    hyphens = False
    align = 0
    label_width = 38 * mm
    dot = "-"

    def style(self, **changes: Any) -> ParagraphStyle:
        base: dict[str, Any] = {
            "fontName": self.font,
            "fontSize": self.size,
            "leading": self.leading,
            "spaceAfter": 5,
            "alignment": self.align,
            "embeddedHyphenation": 1 if self.hyphens else 0,
        }
        return ParagraphStyle("s", **(base | changes))

    def written(self, text: str) -> str:
        return divided(marked(text)) if self.hyphens else marked(text)

    def title(self, text: str) -> list[Flowable]:
        return [
            Paragraph(marked(text), self.style(fontName=self.bold, fontSize=17, leading=21, spaceAfter=4, alignment=0))
        ]

    def subtitle(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text), self.style(fontSize=12, leading=16, spaceAfter=8, alignment=0))]

    def item(self, text: str) -> list[Flowable]:
        line = Paragraph(
            marked(text),
            self.style(fontName=self.bold, fontSize=13, leading=16, spaceBefore=14, keepWithNext=1, alignment=0),
        )
        line.is_item = True
        return [line]

    def head(self, text: str) -> list[Flowable]:
        return [
            Paragraph(
                marked(text),
                self.style(fontName=self.bold, fontSize=self.size + 1, spaceBefore=7, spaceAfter=2, keepWithNext=1),
            )
        ]

    def meta(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text), self.style(fontSize=self.size - 1, spaceAfter=3, alignment=0))]

    def para(self, text: str) -> list[Flowable]:
        return [Paragraph(self.written(text), self.style())]

    def bullet(self, text: str) -> list[Flowable]:
        return [
            Paragraph(self.written(text), self.style(leftIndent=14, bulletIndent=3, spaceAfter=2), bulletText=self.dot)
        ]

    def step(self, text: str) -> list[Flowable]:
        number, _, rest = text.partition(" ")
        return [
            Paragraph(self.written(rest), self.style(leftIndent=20, bulletIndent=3, spaceAfter=2), bulletText=number)
        ]

    def order(self, text: str) -> list[Flowable]:
        if text == "toc":
            contents = TableOfContents(dotsMinLevel=0)
            contents.levelStyles = [self.style(spaceAfter=1, rightIndent=12, alignment=0)]
            return [contents]
        if text == "rule":
            return [HRFlowable(width="100%", thickness=0.6, color=colors.black, spaceBefore=6, spaceAfter=6)]
        return [PageBreak()]

    def fields(self, rows: list[Block]) -> list[Flowable]:
        label, value = self.style(fontName=self.bold, spaceAfter=0, alignment=0), self.style(spaceAfter=0, alignment=0)
        cells = [[Paragraph(marked(r.cells[0] + ":"), label), Paragraph(marked(r.cells[1]), value)] for r in rows]
        return [
            Table(
                cells,
                colWidths=[self.label_width, self.width() - self.label_width],
                style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
            )
        ]

    def table(self, rows: list[Block]) -> list[Flowable]:
        plain = self.style(fontSize=self.size - 1, leading=self.leading - 2, spaceAfter=0, alignment=0)
        cells = [[Paragraph(marked(c), plain) for c in r.cells] for r in rows]
        return [
            Table(
                cells,
                style=[("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")],
                spaceBefore=4,
                spaceAfter=8,
            )
        ]

    def width(self) -> float:
        left, right, _, _ = self.margins
        return float(A4[0]) - left - right

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 8)
        canvas.drawCentredString(A4[0] / 2, 12 * mm, f"Side {page} af {pages}")

    def flow(self, blocks: list[Block]) -> list[Flowable]:
        out: list[Flowable] = []
        for one in tables(blocks):
            if isinstance(one, list):
                out += self.table(one) if one[0].kind == "row" else self.fields(one)
            else:
                out += getattr(self, one.kind)(one.text)
        return out

    def draw(self, blocks: list[Block], path: Path) -> None:
        left, _, top, bottom = self.margins
        frame = Frame(left, bottom, self.width(), A4[1] - top - bottom, leftPadding=0, rightPadding=0)
        document = Document(str(path), pagesize=A4, invariant=1, title=path.stem)
        document.addPageTemplates([PageTemplate(frames=[frame])])
        canvas = type("Running", (Counted,), {"running": staticmethod(self.running)})
        document.multiBuild(self.flow(blocks), canvasmaker=canvas)


class SideHeadings(Layout):
    """Headings in a narrow left column, text in the right one; items follow each other on a shaded bar."""

    margins = (20 * mm, 20 * mm, 30 * mm, 22 * mm)
    column = 36 * mm

    def item(self, text: str) -> list[Flowable]:
        line = Paragraph(
            marked(text),
            self.style(
                fontName=self.bold,
                backColor=colors.Color(0.86, 0.89, 0.93),
                borderPadding=3,
                spaceBefore=16,
                spaceAfter=8,
            ),
        )
        line.is_item = True
        return [CondPageBreak(30 * mm), line]

    def flow(self, blocks: list[Block]) -> list[Flowable]:
        out: list[Flowable] = []
        rows: list[list[Any]] = []

        def close() -> None:
            if rows:
                grid = [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("TOPPADDING", (0, 0), (-1, -1), 2),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
                ]
                out.append(
                    Table([list(r) for r in rows], colWidths=[self.column, self.width() - self.column], style=grid)
                )
                rows.clear()

        label: Any = ""
        for one in tables(blocks):
            if isinstance(one, Block) and one.kind == "head":
                label = Paragraph(marked(one.text), self.style(fontName=self.bold, alignment=0))
            elif isinstance(one, Block) and one.kind in {"para", "bullet", "step", "meta"}:
                rows.append([label, getattr(self, one.kind)(one.text)])
                label = ""
            elif isinstance(one, list) and one[0].kind == "row":
                rows.append([label, self.table(one)])
                label = ""
            else:
                close()
                out += self.fields(one) if isinstance(one, list) else getattr(self, one.kind)(one.text)
        close()
        return out

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 8)
        canvas.drawString(20 * mm, A4[1] - 15 * mm, "Østfjords Beredskab I/S")
        canvas.drawRightString(A4[0] - 20 * mm, A4[1] - 15 * mm, "Beredskabskommissionen")
        canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, f"{page}/{pages}")


class NewPages(Layout):
    """Each item on a new page, justified body with hyphenated line ends, larger bold headings, running header."""

    hyphens, align = True, 4

    def item(self, text: str) -> list[Flowable]:
        return [PageBreak(), *super().item(text)]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 8)
        canvas.drawString(25 * mm, A4[1] - 16 * mm, "Nordsund Kommune | Teknik- og Klimaudvalget | 10-05-2023")
        canvas.line(25 * mm, A4[1] - 18 * mm, A4[0] - 22 * mm, A4[1] - 18 * mm)
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, f"Side {page} af {pages}")


class Coloured(Layout):
    """Headings only coloured and bold, of the body's own size; items follow each other on the page."""

    hyphens, align = True, 4
    ink = colors.Color(0.05, 0.33, 0.52)

    def item(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "textColor": self.ink, "spaceBefore": 12, "keepWithNext": 1, "alignment": 0}
        line = Paragraph(marked(text), self.style(**look))
        line.is_item = True
        return [line]

    def head(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "textColor": self.ink, "spaceBefore": 4, "spaceAfter": 0, "keepWithNext": 1}
        return [Paragraph(marked(text), self.style(**look))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 8)
        canvas.drawString(25 * mm, 12 * mm, "Bestyrelsesmøde nr. 2-2024")
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, str(page))


class Capitals(Layout):
    """A serif page whose headings are lines of capitals in the body's own type; page number at the top."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 11.0, 14.0

    def para(self, text: str) -> list[Flowable]:
        look = {"spaceBefore": 8, "spaceAfter": 3, "keepWithNext": 1} if text.isupper() else {}
        return [Paragraph(marked(text), self.style(**look))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 10)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 15 * mm, f"- {page} -")
        canvas.drawString(25 * mm, 12 * mm, "Havby Kommune, Økonomiudvalget den 21. november 2023")


class SmallCaps(Layout):
    """Headings in regular small capitals, a thin line above each; a memo's page."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 10.5, 13.5
    foot = "Region Vesterhav - Projektkontoret - J.nr. 22/14007"

    def head(self, text: str) -> list[Flowable]:
        line = HRFlowable(width="100%", thickness=0.3, color=colors.grey, spaceBefore=7, spaceAfter=1)
        return [line, Paragraph(small_caps(text, 12), self.style(fontSize=12, spaceAfter=3, keepWithNext=1))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 8)
        canvas.drawString(25 * mm, 12 * mm, self.foot)
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, f"Side {page}")


class BrowserPrint(SmallCaps):
    """A web page printed from the browser: time and address in the running lines, small capitals, hyphenated lines."""

    font, bold, size, leading = "Helvetica", "Helvetica-Bold", 10.0, 13.0
    hyphens = True

    def head(self, text: str) -> list[Flowable]:
        return [Paragraph(small_caps(text, 11), self.style(fontSize=11, spaceBefore=7, spaceAfter=2, keepWithNext=1))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 7)
        canvas.drawString(10 * mm, A4[1] - 8 * mm, "12.09.2024, 14.31")
        canvas.drawCentredString(A4[0] / 2, A4[1] - 8 * mm, "Byrådet 10. september 2024 - Solrup Kommune")
        canvas.drawString(10 * mm, 7 * mm, "https://solrup.example/politik/byraad/2024-09-10/punkt/12")
        canvas.drawRightString(A4[0] - 10 * mm, 7 * mm, f"{page}/{pages}")
