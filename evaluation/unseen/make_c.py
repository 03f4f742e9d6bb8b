"""Draws the PDF and DOCX documents of round2/ from sources_c/, each in the layout named here.

    python evaluation/unseen/make_c.py [NUMBER …]

Two runs give the same bytes; numbers pick documents by the digits their names begin with.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pages
import word
from markup import Block, read
from pages import Layout, marked
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, PageBreak, Paragraph, Table

HERE = Path(__file__).resolve().parent


class Publication(Layout):
    """The agenda system's own PDF: an item a page with its title in 16 pt, headings of 13.5 pt, body of 11 pt."""

    size, leading, dot = 11.0, 14.0, "•"
    margins = (20 * mm, 20 * mm, 22 * mm, 22 * mm)

    def item(self, text: str) -> list[Flowable]:
        line = Paragraph(marked(text), self.style(fontName=self.bold, fontSize=16, leading=19, spaceAfter=8))
        line.is_item = True
        return [PageBreak(), line]

    def head(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "fontSize": 13.5, "leading": 17, "spaceBefore": 9, "keepWithNext": 1}
        return [Paragraph(marked(text), self.style(**look))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 9)
        canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, str(page))


class Protocol(Layout):
    """Items follow each other under a thin line; headings are bold and of the body's size; three running lines."""

    size, leading = 10.0, 12.5
    margins = (24 * mm, 24 * mm, 36 * mm, 20 * mm)

    def item(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "fontSize": 12, "leading": 15, "keepWithNext": 1}
        line = Paragraph(marked(text), self.style(**look))
        line.is_item = True
        return [HRFlowable(width="100%", thickness=0.5, color=colors.black, spaceBefore=14, spaceAfter=4), line]

    def head(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text), self.style(fontName=self.bold, spaceBefore=5, spaceAfter=0, keepWithNext=1))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 9)
        for n, line in enumerate(("Birkvad Kommune", "Økonomiudvalget", "21-09-2020")):
            canvas.drawString(24 * mm, A4[1] - (14 + 4.5 * n) * mm, line)
        canvas.drawRightString(A4[0] - 24 * mm, A4[1] - 14 * mm, f"Side {page}")


class Extract(Layout):
    """A serif page with the facts in a box and headings in bold italics of the body's size."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 11.5, 14.5

    def head(self, text: str) -> list[Flowable]:
        look = {"fontName": "Times-BoldItalic", "spaceBefore": 8, "spaceAfter": 1, "keepWithNext": 1}
        return [Paragraph(marked(text), self.style(**look))]

    def fields(self, rows: list[Block]) -> list[Flowable]:
        plain = self.style(fontSize=10, leading=12, spaceAfter=0)
        cells = [[Paragraph(marked(f"{r.cells[0]}: {r.cells[1]}"), plain)] for r in rows]
        return [Table(cells, style=[("BOX", (0, 0), (-1, -1), 0.8, colors.black)], spaceBefore=4, spaceAfter=10)]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 9)
        canvas.drawString(25 * mm, A4[1] - 15 * mm, "Sundkøbing Kommune")
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, f"{page} / {pages}")


class Letter(Layout):
    """An authority's letter: logo lines at the top, facts in the margin's type, coloured headings, page count."""

    size, leading = 10.5, 14.0
    margins = (22 * mm, 40 * mm, 30 * mm, 25 * mm)

    def head(self, text: str) -> list[Flowable]:
        ink = colors.Color(0.1, 0.2, 0.45)
        look = {"fontName": self.bold, "fontSize": 12, "textColor": ink, "spaceBefore": 8, "keepWithNext": 1}
        return [Paragraph(marked(text), self.style(**look))]

    def running(self, canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFont(self.font, 8)
        canvas.drawString(22 * mm, 14 * mm, "Tilsynet, Afdeling Vest - J.nr. 2018-30771")
        canvas.drawRightString(A4[0] - 40 * mm, 14 * mm, f"Side {page} af {pages}")


class PlainWord(word.Layout):
    """A Word file without styles: bold lines for the items and nothing else."""

    font, size = "Cambria", 12

    def item(self, text: str) -> None:
        self.bold(text)


class CaseSystem(word.Layout):
    """The case system's Word file: built-in heading styles, borderless tables of facts, a running page header."""

    font = "Verdana"
    size = 9

    def start(self) -> None:
        self.page.sections[0].header.paragraphs[0].text = "Teknik- og Miljøudvalget\t\t21-08-2024"

    def item(self, text: str) -> None:
        self.page.add_paragraph(text, style="Heading 1")

    def head(self, text: str) -> None:
        self.page.add_paragraph(text, style="Heading 2")

    def table(self, rows: list[Block]) -> None:
        """A row of facts (`Label: value` cells) has no lines around it; any other table has."""
        if len(rows) > 1:
            super().table(rows)
            return
        grid = self.page.add_table(rows=1, cols=len(rows[0].cells))
        for cell, text in zip(grid.rows[0].cells, rows[0].cells, strict=True):
            cell.text = text


LAYOUTS: dict[str, pages.Layout | word.Layout] = {
    "82": Publication(),
    "87": Protocol(),
    "92": Extract(),
    "94": PlainWord(),
    "97": Letter(),
    "85": CaseSystem(),
}


def main() -> None:
    wanted = sys.argv[1:]
    for source in sorted((HERE / "sources_c").glob("*.txt")):
        number = source.name[:2]
        if not wanted or number in wanted:
            LAYOUTS[number].draw(read(source), HERE / "round2" / source.stem)


if __name__ == "__main__":
    main()
