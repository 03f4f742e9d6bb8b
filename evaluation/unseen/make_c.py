"""Draws the PDF and DOCX documents of round2/ from sources_c/, each in the layout named here.

    python evaluation/unseen/make_c.py [NUMBER …]

Two runs give the same bytes; numbers pick documents by the digits their names begin with.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pages
import word
from markup import read
from pages import Layout, marked
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph

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


LAYOUTS: dict[str, pages.Layout | word.Layout] = {
    "82": Publication(),
}


def main() -> None:
    wanted = sys.argv[1:]
    for source in sorted((HERE / "sources_c").glob("*.txt")):
        number = source.name[:2]
        if not wanted or number in wanted:
            LAYOUTS[number].draw(read(source), HERE / "round2" / source.stem)


if __name__ == "__main__":
    main()
