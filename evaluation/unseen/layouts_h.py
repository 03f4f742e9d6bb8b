"""The PDF and DOCX layouts of round6/, one class each."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from layouts_e import Letter, Page
from pages import marked
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, HRFlowable, Paragraph, Table


class Scan(Page):
    """A printed page that was scanned: the page is a picture, an invisible text layer stands over it."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 11.5, 14.5
    margins = (28 * mm, 24 * mm, 26 * mm, 26 * mm)
    foot = "Økonomiudvalget 14. november 2006"
    label_width = 34 * mm

    def title(self, text):
        return [Paragraph(marked(text), self.style(fontName=self.bold, fontSize=15, leading=19, alignment=1))]

    def subtitle(self, text):
        return [Paragraph(marked(text), self.style(fontSize=12.5, leading=16, spaceAfter=10, alignment=1))]

    def item(self, text):
        return [
            CondPageBreak(30 * mm),
            Paragraph(
                marked(text), self.style(fontName=self.bold, fontSize=12.5, leading=16, spaceBefore=16, keepWithNext=1)
            ),
        ]

    def head(self, text):
        return [Paragraph("<u>" + marked(text) + "</u>", self.style(spaceBefore=7, spaceAfter=2, keepWithNext=1))]

    def page_mark(self, page, pages):
        return f"Side {page}"

    def draw(self, lines, path):
        clean = Path(str(path) + ".clean")
        super().draw(lines, clean)
        self.scanned(clean, path)
        clean.unlink()

    def scanned(self, clean, path):
        source = pypdfium2.PdfDocument(str(clean))
        canvas = Canvas(str(path), pagesize=A4, invariant=1)
        for page in source:
            picture = page.render(scale=150 / 72, grayscale=True).to_pil().rotate(0.25, fillcolor=255)
            held = io.BytesIO()
            picture.save(held, "JPEG", quality=45)
            held.seek(0)
            canvas.drawImage(ImageReader(held), 0, 0, *A4)
            text = page.get_textpage()
            for n in range(text.count_rects()):
                left, low, right, high = text.get_rect(n)
                words = (
                    text.get_text_bounded(left - 0.5, low - 0.5, right + 0.5, high + 0.5)
                    .replace("\r", "")
                    .replace("\n", " ")
                    .strip()
                )
                if not words or high - low < 3:
                    continue
                size = 11
                wide = stringWidth(words, "Helvetica", size)
                mode = canvas.beginText(left, low + 2)
                mode.setTextRenderMode(3)
                mode.setFont("Helvetica", size)
                mode.setHorizScale(100 * (right - left) / wide)
                mode.textOut(words)
                canvas.drawText(mode)
            canvas.showPage()
        canvas.save()


class Council2008(Page):
    """Verdana-like page; every item opens with a framed two-column table of case facts."""

    size, leading = 10.0, 13.0
    margins = (30 * mm, 24 * mm, 32 * mm, 26 * mm)
    top, foot = "Fladså-Tolstrup Kommune", ""

    def item(self, text):
        return [
            CondPageBreak(45 * mm),
            Paragraph(marked(text), self.style(fontName=self.bold, fontSize=11, spaceBefore=18, keepWithNext=1)),
        ]

    def head(self, text):
        return [Paragraph(marked(text), self.style(fontName=self.bold, spaceBefore=6, spaceAfter=1, keepWithNext=1))]

    def table(self, rows):
        if len(rows[0].cells) == 2 and rows[0].cells[0].startswith("Sagsnr"):
            plain = self.style(fontSize=9, leading=11, spaceAfter=0)
            cells = [[Paragraph(marked(c), plain) for c in r.cells] for r in rows]
            return [
                Table(
                    cells,
                    colWidths=[self.width() / 2] * 2,
                    spaceAfter=6,
                    style=[
                        ("BOX", (0, 0), (-1, -1), 0.5, colors.black),
                        ("LINEBEFORE", (1, 0), (1, -1), 0.5, colors.black),
                    ],
                )
            ]
        return super().table(rows)

    def running(self, canvas, page, pages):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(30 * mm, A4[1] - 16 * mm, "Byrådet")
        canvas.drawCentredString(A4[0] / 2, A4[1] - 16 * mm, "30-09-2008")
        canvas.drawRightString(A4[0] - 24 * mm, A4[1] - 16 * mm, f"Side {page + 511}")


class Children(Page):
    """Contents with dotted leaders; headings in the body's size, bold, coloured; footer line."""

    size, leading = 10.5, 14.0
    margins = (25 * mm, 25 * mm, 30 * mm, 26 * mm)
    foot = "Børne- og Ungeudvalget - Referat - Mødedato 07-02-2017"

    def item(self, text):
        line = Paragraph(
            marked(text),
            self.style(fontName=self.bold, fontSize=14, leading=18, spaceBefore=18, spaceAfter=5, keepWithNext=1),
        )
        line.is_item = True
        return [CondPageBreak(35 * mm), line]

    def head(self, text):
        return [Paragraph(marked(text), self.style(fontName=self.bold, spaceBefore=7, spaceAfter=1, keepWithNext=1))]

    def page_mark(self, page, pages):
        return f"Side {page}/{pages}"


class Utility(Page):
    """Items 'Ad 3' on a hairline, run-in labels in bold within the text."""

    font, bold, size, leading = "Helvetica", "Helvetica-Bold", 10.0, 13.5
    margins = (24 * mm, 24 * mm, 26 * mm, 22 * mm)
    top, foot = "Vesterlund Forsyning A/S - bestyrelsesmøde nr. 71", ""
    label_width = 44 * mm

    def item(self, text):
        return [
            CondPageBreak(30 * mm),
            HRFlowable(width="100%", thickness=0.3, color=colors.grey, spaceBefore=12, spaceAfter=3),
            Paragraph(marked(text), self.style(fontName=self.bold, fontSize=11, keepWithNext=1)),
        ]

    def page_mark(self, page, pages):
        return f"{page} af {pages}"


class Agenda(Page):
    """An agenda: titles on a line with a rule under them, headings with colon in italics bold."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 11.5, 14.5
    margins = (27 * mm, 25 * mm, 28 * mm, 24 * mm)
    foot = "Dagsorden, Kultur- og Fritidsudvalget"

    def item(self, text):
        return [
            CondPageBreak(35 * mm),
            Paragraph(
                marked(text),
                self.style(fontName=self.bold, fontSize=13, leading=16, spaceBefore=16, spaceAfter=1, keepWithNext=1),
            ),
            HRFlowable(width="100%", thickness=0.6, color=colors.black, spaceBefore=1, spaceAfter=5),
        ]

    def head(self, text):
        return [
            Paragraph(
                marked(text), self.style(fontName="Times-BoldItalic", spaceBefore=6, spaceAfter=1, keepWithNext=1)
            )
        ]

    def page_mark(self, page, pages):
        return f"- {page} -"


LAYOUTS: dict[str, Any] = {"320": Scan(), "324": Council2008(), "325": Children(), "327": Utility(), "330": Agenda()}


class AutoNumbered(Letter):
    """Titles in Heading 1 numbered by Word from 61, points in a numbered list begun anew for every item, headings in Heading 2."""

    font, size = "Calibri", 11

    def start(self):
        part = self.page.part.numbering_part.element
        ns = nsdecls("w")
        self.points = 0
        self.renew = True

        def abstract(ident, start, fmt, text, link=""):
            a = parse_xml(
                f'<w:abstractNum {ns} w:abstractNumId="{ident}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{link}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl></w:abstractNum>'
            )
            first = part.find("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}num")
            first.addprevious(a)

        abstract(90, 61, "decimal", "%1.", '<w:pStyle w:val="Heading1"/>')
        abstract(91, 1, "decimal", "%1.")
        part.append(parse_xml(f'<w:num {ns} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        one = self.page.styles["Heading 1"]
        one.font.size, one.font.color.rgb, one.font.name = Pt(14), RGBColor(0, 0, 0), "Calibri"
        one.element.get_or_add_pPr()._insert_numPr(parse_xml(f'<w:numPr {ns}><w:numId w:val="90"/></w:numPr>'))
        two = self.page.styles["Heading 2"]
        two.font.size, two.font.color.rgb, two.font.name = Pt(11), RGBColor(0x2E, 0x5C, 0x3A), "Calibri"
        section = self.page.sections[0]
        section.header.paragraphs[0].text = "Teknik- og Miljøudvalget\tReferat\t22. maj 2019"
        section.footer.paragraphs[0].text = "Lerbæk Kommune"

    def item(self, text):
        self.renew = True
        self.page.add_paragraph(text, style="Heading 1")

    def head(self, text):
        self.renew = True
        self.page.add_paragraph(text, style="Heading 2")

    def step(self, text):
        """`+ text`: Word's own number stands before it."""
        ns = nsdecls("w")
        part = self.page.part.numbering_part.element
        if self.renew:
            self.points += 1
            self.renew = False
            part.append(
                parse_xml(
                    f'<w:num {ns} w:numId="{100 + self.points}"><w:abstractNumId w:val="91"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
                )
            )
        line = self.page.add_paragraph()
        self.runs(line, text)
        line._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {ns}><w:ilvl w:val="0"/><w:numId w:val="{100 + self.points}"/></w:numPr>')
        )

    def title(self, text):
        self.page.add_paragraph(text, style="Title")


class Boxes(Letter):
    """A table for each item: number and title shaded above, then one row over both columns for each heading and its text."""

    font, size = "Arial", 10
    grid: Any = None
    cell: Any = None

    def draw(self, lines, path):
        self.grid = self.cell = None
        super().draw(lines, path)

    def item(self, text):
        if self.grid is not None:
            self.page.add_paragraph()
        number, _, title = text.partition(" ")
        self.grid = self.page.add_table(rows=1, cols=2, style="Table Grid")
        left, right = self.grid.rows[0].cells
        left.width, right.width = Cm(1.4), Cm(15)
        for c, t in ((left, number), (right, title)):
            c.paragraphs[0].add_run(t).bold = True
            c._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="D9E2F3"/>'))
        self.cell = None

    def head(self, text):
        a, b = self.grid.add_row().cells
        self.cell = a.merge(b)
        self.cell.paragraphs[0].add_run(text).bold = True

    def para(self, text):
        if self.cell is None:
            super().para(text)
        else:
            self.runs(self.cell.add_paragraph(), text)

    def bullet(self, text):
        if self.cell is None:
            super().bullet(text)
        else:
            self.runs(self.cell.add_paragraph(style="List Bullet"), text)

    def order(self, text):
        self.grid = self.cell = None


class Memo(Letter):
    font, size = "Georgia", 10.5

    def head(self, text):
        self.bold(text, 12)


LAYOUTS |= {"321": AutoNumbered(), "326": Boxes(), "331": Memo()}
