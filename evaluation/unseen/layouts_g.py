"""PDF and DOCX layouts of round6/."""

from __future__ import annotations

from typing import Any

from docx.shared import Cm, Pt, RGBColor
from layouts_e import Letter, Page
from pages import marked
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, HRFlowable, PageBreak, Paragraph, Table

GREEN = colors.Color(0.05, 0.36, 0.25)


class Council(Page):
    """Green titles, headings bold in the body's size, meta line in small grey."""

    size, leading = 10.0, 13.5
    margins = (22 * mm, 22 * mm, 26 * mm, 22 * mm)
    top, foot = "Ravnholt Kommune  |  Byrådet  |  21-06-2022", ""
    dot = "-"

    def item(self, text):
        line = Paragraph(
            marked(text),
            self.style(
                fontName=self.bold,
                fontSize=14,
                leading=17,
                textColor=GREEN,
                spaceBefore=20,
                spaceAfter=3,
                keepWithNext=1,
            ),
        )
        line.is_item = True
        return [CondPageBreak(45 * mm), line]

    def head(self, text):
        return [Paragraph(marked(text), self.style(fontName=self.bold, spaceBefore=8, spaceAfter=1, keepWithNext=1))]

    def meta(self, text):
        return [Paragraph(marked(text), self.style(fontSize=8.5, textColor=colors.grey, spaceAfter=4, keepWithNext=1))]

    def page_mark(self, page, pages):
        return f"Side {page} af {pages}"


class Fire(Page):
    """Serif; item in a grey box with number and title; decisions in a framed box."""

    font, bold, size, leading = "Times-Roman", "Times-Bold", 11.0, 13.5
    margins = (25 * mm, 25 * mm, 30 * mm, 24 * mm)
    top, foot = "Beredskabskommissionen", "Møde nr. 4/2014"

    def item(self, text):
        look = self.style(fontName=self.bold, fontSize=12, spaceAfter=0)
        t = Table(
            [[Paragraph(marked(text), look)]],
            colWidths=[self.width()],
            spaceBefore=16,
            spaceAfter=5,
            style=[("BACKGROUND", (0, 0), (-1, -1), colors.Color(0.88, 0.88, 0.88))],
        )
        return [CondPageBreak(45 * mm), t]

    def head(self, text):
        return [Paragraph(f"<u>{marked(text)}</u>", self.style(spaceBefore=6, spaceAfter=2, keepWithNext=1))]

    def meta(self, text):
        return [Paragraph(marked(text), self.style(fontSize=10, spaceAfter=3, keepWithNext=1))]

    def page_mark(self, page, pages):
        return f"Side {page}"


class Magistrat(Page):
    """New page for each item; capitals headings in small bold; bodies' decisions with date in bold italics."""

    font, bold, size, leading = "Helvetica", "Helvetica-Bold", 10.5, 14.0
    margins = (28 * mm, 22 * mm, 30 * mm, 24 * mm)
    top, foot = "Fredenslund Kommune", "Magistraten - 26-08-2019"
    begun = False

    def draw(self, lines, path):
        self.begun = False
        super().draw(lines, path)

    def item(self, text):
        line = Paragraph(marked(text), self.style(fontName=self.bold, fontSize=13, leading=17, spaceAfter=4))
        line.is_item = True
        rule = HRFlowable(width="100%", thickness=0.8, color=colors.black, spaceBefore=0, spaceAfter=6)
        return [PageBreak(), line, rule]

    def head(self, text):
        if text.isupper():
            return [
                Paragraph(
                    marked(text),
                    self.style(fontName=self.bold, fontSize=9, spaceBefore=10, spaceAfter=1, keepWithNext=1),
                )
            ]
        return [
            Paragraph(
                marked(text), self.style(fontName="Helvetica-BoldOblique", spaceBefore=8, spaceAfter=1, keepWithNext=1)
            )
        ]

    def meta(self, text):
        return [Paragraph(marked(text), self.style(fontSize=9, spaceAfter=1, keepWithNext=1))]

    def page_mark(self, page, pages):
        return f"{page} / {pages}"


class Agreement(Page):
    size, leading = 10.5, 14.5
    margins = (28 * mm, 28 * mm, 30 * mm, 26 * mm)
    top, foot = "", "Budgetaftale 2024-2027"

    def item(self, text):
        return [
            Paragraph(
                marked(text),
                self.style(
                    fontName=self.bold,
                    fontSize=13,
                    leading=17,
                    spaceBefore=14,
                    spaceAfter=4,
                    keepWithNext=1,
                    textColor=colors.Color(0.1, 0.2, 0.45),
                ),
            )
        ]

    def head(self, text):
        return [Paragraph(marked(text), self.style(fontName=self.bold, spaceBefore=7, spaceAfter=1, keepWithNext=1))]

    def page_mark(self, page, pages):
        return f"Side {page} af {pages}"


class Acadre(Letter):
    """Word export of a case system: styles, field table per item, attachments as bullets, header/footer."""

    font, size = "Arial", 10

    def start(self):
        s = self.page.sections[0]
        s.header.paragraphs[0].text = "Bestyrelsen for Kystens Affald I/S\t\t09-10-2020"
        s.footer.paragraphs[0].text = "Kystens Affald I/S - Genbrugsvej 3 - 4999 Klintholt"
        for name, size in (("Heading 1", 15), ("Heading 2", 12), ("Heading 3", 10.5)):
            st = self.page.styles[name]
            st.font.name, st.font.size, st.font.color.rgb = "Arial", Pt(size), RGBColor(0, 0, 0)

    def title(self, text):
        self.page.add_paragraph(text, style="Title")

    def item(self, text):
        self.page.add_paragraph(text, style="Heading 2")

    def head(self, text):
        self.page.add_paragraph(text, style="Heading 3")

    def step(self, text):
        number, _, rest = text.partition(" ")
        p = self.page.add_paragraph(f"{number}\t{rest}")
        p.paragraph_format.left_indent, p.paragraph_format.first_line_indent = Cm(1), Cm(-1)


class Youth(Letter):
    """A school secretary's Word file: underlined headings, bold items with automatic numbers off."""

    font, size = "Calibri", 12

    def start(self):
        self.page.sections[0].footer.paragraphs[0].text = "Referat - bestyrelsen for Ungdomsskolen Lyngså"

    def item(self, text):
        p = self.page.add_paragraph()
        p.paragraph_format.space_before = Pt(16)
        r = p.add_run(text)
        r.bold, r.font.size = True, Pt(13)

    def head(self, text):
        p = self.page.add_paragraph()
        p.paragraph_format.space_after = Pt(0)
        p.add_run(text).underline = True


LAYOUTS: dict[str, Any] = {
    "601": Council(),
    "602": Fire(),
    "603": Magistrat(),
    "604": Agreement(),
    "608": Acadre(),
    "609": Youth(),
}
