"""Draws the PDF and DOCX documents of round3/ from sources_d/, each in the layout named here.

    python evaluation/unseen/make_d.py [NUMBER …]

Two runs give the same bytes; numbers pick documents by the digits their names begin with.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pages
import word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from markup import read
from pages import Layout, marked
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Table

HERE = Path(__file__).resolve().parent


class ColonHeadings(Layout):
    """An older print of the agenda system: items follow each other, headings bold with a colon, page line at the foot."""

    size, leading, dot = 10.5, 13.5, "•"
    margins = (25 * mm, 25 * mm, 25 * mm, 25 * mm)

    def head(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text), self.style(fontName=self.bold, spaceBefore=8, spaceAfter=1, keepWithNext=1))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 8.5)
        canvas.drawString(25 * mm, 13 * mm, "Udvalget for Teknik & Miljø")
        canvas.drawCentredString(A4[0] / 2, 13 * mm, "02-06-2014")
        canvas.drawRightString(A4[0] - 25 * mm, 13 * mm, f"Side {page}")


class Underlined(Layout):
    """A serif page: number and title on a shaded bar, headings underlined in the body's own type, line at the top."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 11.5, 14.0
    margins = (28 * mm, 22 * mm, 30 * mm, 22 * mm)

    def item(self, text: str) -> list[Flowable]:
        number, _, title = text.partition(" ")
        plain = self.style(fontName=self.bold, spaceAfter=0)
        cells = [[Paragraph(number, plain), Paragraph(marked(title), plain)]]
        look = [("BACKGROUND", (0, 0), (-1, -1), colors.Color(0.88, 0.88, 0.88)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        widths = [14 * mm, self.width() - 14 * mm]
        return [CondPageBreak(35 * mm), Table(cells, colWidths=widths, style=look, spaceBefore=12, spaceAfter=4)]

    def head(self, text: str) -> list[Flowable]:
        return [Paragraph(f"<u>{marked(text)}</u>", self.style(spaceBefore=5, spaceAfter=0, keepWithNext=1))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 10)
        canvas.drawString(28 * mm, A4[1] - 16 * mm, "Kultur- og Fritidsudvalget, den 20. februar 2008")
        canvas.drawRightString(A4[0] - 22 * mm, A4[1] - 16 * mm, f"Blad {page}")


class Committee(Layout):
    """Access, number and title in 14 pt, the case number at the right margin under it, grey headings in bold 12 pt."""

    size, leading = 10.0, 13.0
    grey = colors.Color(0.35, 0.35, 0.35)

    def item(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "fontSize": 14, "leading": 17, "spaceBefore": 20, "keepWithNext": 1}
        line = Paragraph(marked(text), self.style(**look))
        line.is_item = True
        return [line]

    def meta(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text), self.style(fontSize=9, alignment=2, spaceAfter=4))]

    def head(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "fontSize": 12, "leading": 15, "textColor": self.grey, "keepWithNext": 1}
        return [Paragraph(marked(text), self.style(spaceBefore=8, **look))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFillColor(self.grey)
        canvas.setFont(self.font, 9)
        canvas.drawString(25 * mm, A4[1] - 15 * mm, "Forretningsudvalget - Møde den 16. juni 2015")
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, f"{page}")


class Boxed(word.Layout):
    """Items and headings by the word processor's own styles; each decision in a shaded table of one cell."""

    font, size = "Calibri", 11

    def item(self, text: str) -> None:
        self.page.add_paragraph(text, style="Heading 1")

    def head(self, text: str) -> None:
        self.page.add_paragraph(text, style="Heading 3")

    def order(self, text: str) -> None:
        name, _, rest = text.partition(" ")
        if name != "decided":
            super().order(text)
            return
        cell = self.page.add_table(rows=1, cols=1, style="Table Grid").rows[0].cells[0]
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="E7EEF5"/>'))
        cell.paragraphs[0].add_run("Bestyrelsens beslutning").bold = True
        cell.add_paragraph(rest)
        self.page.add_paragraph()


LAYOUTS: dict[str, pages.Layout | word.Layout] = {
    "103": ColonHeadings(),
    "109": Underlined(),
    "113": Boxed(),
    "114": Committee(),
}


def main() -> None:
    wanted = sys.argv[1:]
    for source in sorted((HERE / "sources_d").glob("*.txt")):
        number = source.name[:3]
        if not wanted or number in wanted:
            LAYOUTS[number].draw(read(source), HERE / "round3" / source.stem)


if __name__ == "__main__":
    main()
