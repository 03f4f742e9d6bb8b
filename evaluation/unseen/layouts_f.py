"""The PDF and DOCX layouts of round5/, one class each."""

from __future__ import annotations

from typing import Any

from layouts_e import Page, blocks
from pages import marked
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, PageBreak, Paragraph, Table

__all__ = ["LAYOUTS", "blocks"]

GREY = colors.Color(0.45, 0.45, 0.45)


class Ruled(Page):
    """Centred bold headings; a rule over every item."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 11.0, 14.0
    top = "Byrådets møde den 29. april 2013"
    foot = "Hvalsund Kommune"

    def item(self, text: str) -> list[Flowable]:
        rule = HRFlowable(width="100%", thickness=1.2, color=colors.black, spaceBefore=14, spaceAfter=4)
        return [
            CondPageBreak(40 * mm),
            rule,
            Paragraph(marked(text), self.style(fontName=self.bold, fontSize=12, keepWithNext=1)),
        ]

    def head(self, text: str) -> list[Flowable]:
        look = {"fontName": self.bold, "alignment": 1, "spaceBefore": 6, "spaceAfter": 2, "keepWithNext": 1}
        return [Paragraph(marked(text), self.style(**look))]

    def meta(self, text: str) -> list[Flowable]:
        return [Paragraph(f"<i>{marked(text)}</i>", self.style(alignment=2, fontSize=9.5))]


class Italic(Page):
    """Headings in italics at the margin, the text under them indented; titles in capitals underlined."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 11.5, 14.5
    margins = (26 * mm, 26 * mm, 30 * mm, 26 * mm)
    foot = "Teknik- og Miljøudvalget 14-08-2007"
    dot = "•"

    def item(self, text: str) -> list[Flowable]:
        return [Paragraph(f"<u>{marked(text)}</u>", self.style(fontName=self.bold, spaceBefore=18, keepWithNext=1))]

    def head(self, text: str) -> list[Flowable]:
        return [Paragraph(f"<i>{marked(text)}</i>", self.style(spaceBefore=5, spaceAfter=1, keepWithNext=1))]

    def page_mark(self, page: int, pages: int) -> str:
        return f"Side {page} ud af {pages}"


class Bars(Page):
    """Headings as white words on a dark bar over the whole width; every item on a page of its own."""

    size, leading = 10.0, 13.5
    top = "Social- og Sundhedsudvalget - Referat - 06-06-2018"
    dot = "•"
    begun = False

    def draw(self, lines: list[str], path: Any) -> None:
        self.begun = False
        super().draw(lines, path)

    def item(self, text: str) -> list[Flowable]:
        before: list[Flowable] = [PageBreak()]
        return [*before, Paragraph(marked(text), self.style(fontName=self.bold, fontSize=15, leading=19, spaceAfter=6))]

    def head(self, text: str) -> list[Flowable]:
        look = self.style(fontName=self.bold, textColor=colors.white, spaceAfter=0)
        bar = Table(
            [[Paragraph(marked(text), look)]],
            colWidths=[self.width()],
            style=[
                ("BACKGROUND", (0, 0), (-1, -1), colors.Color(0.15, 0.25, 0.4)),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
            ],
            spaceBefore=8,
            spaceAfter=5,
        )
        return [CondPageBreak(25 * mm), bar]

    def page_mark(self, page: int, pages: int) -> str:
        return f"{page}/{pages}"


class Modern(Page):
    """A grey hairline between items, the number in colour, headings a little larger than the text and not bold."""

    size, leading = 10.0, 14.5
    foot = "Økonomiudvalget · 12. marts 2024"
    tint = colors.Color(0.75, 0.2, 0.1)

    def item(self, text: str) -> list[Flowable]:
        number, _, title = text.partition(" ")
        mark = f'<font color="#c03018">{marked(number)}</font> {marked(title)}'
        rule = HRFlowable(width="100%", thickness=0.4, color=GREY, spaceBefore=16, spaceAfter=8)
        return [
            CondPageBreak(40 * mm),
            rule,
            Paragraph(mark, self.style(fontName=self.bold, fontSize=14, leading=18, keepWithNext=1)),
        ]

    def head(self, text: str) -> list[Flowable]:
        return [
            Paragraph(
                marked(text), self.style(fontSize=12, textColor=self.tint, spaceBefore=9, spaceAfter=2, keepWithNext=1)
            )
        ]

    def meta(self, text: str) -> list[Flowable]:
        return [Paragraph(marked(text), self.style(fontSize=8.5, textColor=GREY, spaceAfter=2, keepWithNext=1))]

    def page_mark(self, page: int, pages: int) -> str:
        return f"{page}"


LAYOUTS: dict[str, Any] = {"301": Ruled(), "302": Italic(), "303": Bars(), "304": Modern()}
