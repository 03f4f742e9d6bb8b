"""DOCX layouts, one class each: what differs is whether items are tables, styles, numbered or only bold."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from markup import Block, tables

SPACES = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
BOXED = "<v:textbox><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox>"


def settle(path: Path) -> None:
    """Write the package again without the time of day, so that two runs give the same bytes."""
    with ZipFile(path) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(ZipInfo(name), content, ZIP_DEFLATED)


class Layout:
    """The common way; a layout overrides what it prints differently."""

    font, size = "Calibri", 11

    def draw(self, blocks: list[Block], path: Path) -> None:
        self.page: Any = docx.Document()
        normal = self.page.styles["Normal"]
        normal.font.name, normal.font.size = self.font, Pt(self.size)
        self.page.core_properties.created = self.page.core_properties.modified = datetime(2024, 1, 2)
        self.page.core_properties.author = "Sekretariatet"
        self.start()
        for one in tables(blocks):
            if isinstance(one, list):
                (self.table if one[0].kind == "row" else self.fields)(one)
            else:
                getattr(self, one.kind)(one.text)
        self.page.save(str(path))
        settle(path)

    def start(self) -> None:
        """Running lines and styles; none here."""

    def runs(self, paragraph: Paragraph, text: str) -> Paragraph:
        for n, part in enumerate(re.split(r"\*\*", text)):
            if part:
                paragraph.add_run(part).bold = True if n % 2 else None
        return paragraph

    def para(self, text: str) -> None:
        self.runs(self.page.add_paragraph(), text)

    def bold(self, text: str, size: float | None = None) -> None:
        run = self.page.add_paragraph().add_run(text)
        run.bold = True
        if size:
            run.font.size = Pt(size)

    def title(self, text: str) -> None:
        self.bold(text, 18)

    def subtitle(self, text: str) -> None:
        self.bold(text, 13)

    def item(self, text: str) -> None:
        self.bold(text, 12)

    def head(self, text: str) -> None:
        self.bold(text)

    def meta(self, text: str) -> None:
        self.para(text)

    def bullet(self, text: str) -> None:
        self.runs(self.page.add_paragraph(style="List Bullet"), text)

    def step(self, text: str) -> None:
        self.para(text)

    def order(self, text: str) -> None:
        name, _, rest = text.partition(" ")
        if name == "page":
            self.page.add_page_break()
        elif name == "box":
            self.box(rest)
        elif name == "control":
            self.control(rest)

    def box(self, text: str) -> None:
        """A floating text box, as Word writes it for older readers too."""
        shape = f'<v:shape style="position:absolute;width:110pt;height:26pt" fillcolor="#ffe">{BOXED.format(escape(text))}</v:shape>'
        run = parse_xml(f"<w:r {SPACES}><w:pict>{shape}</w:pict></w:r>")
        self.page.add_paragraph()._p.append(run)

    def control(self, text: str) -> None:
        """A line with its label as plain text and its value in a content control."""
        label, _, value = text.partition(": ")
        line = self.page.add_paragraph()
        line.add_run(label + ": ").bold = True
        title = f'<w:sdtPr><w:alias w:val="{escape(label)}"/><w:text/></w:sdtPr>'
        content = f"<w:sdtContent><w:r><w:t>{escape(value)}</w:t></w:r></w:sdtContent>"
        line._p.append(parse_xml(f"<w:sdt {SPACES}>{title}{content}</w:sdt>"))

    def fields(self, rows: list[Block]) -> None:
        grid = self.page.add_table(rows=0, cols=2)
        for row in rows:
            left, right = grid.add_row().cells
            left.paragraphs[0].add_run(row.cells[0] + ":").bold = True
            right.text = row.cells[1]
            left.width, right.width = Cm(4), Cm(12)
        self.page.add_paragraph()

    def table(self, rows: list[Block]) -> None:
        grid = self.page.add_table(rows=0, cols=len(rows[0].cells), style="Table Grid")
        for row in rows:
            for cell, text in zip(grid.add_row().cells, row.cells, strict=True):
                first, *rest = text.split("¶")
                self.runs(cell.paragraphs[0], first)
                for part in rest:
                    self.runs(cell.add_paragraph(), part)
        self.page.add_paragraph()


class ItemTables(Layout):
    """A table for each item: its title over both columns, then a row for each heading, label left and text right."""

    def __init__(self) -> None:
        self.grid: Any = None
        self.cell: Any = None

    def item(self, text: str) -> None:
        if self.grid is not None:
            self.page.add_paragraph()
        self.grid = self.page.add_table(rows=1, cols=2, style="Table Grid")
        left, right = self.grid.rows[0].cells
        joined = left.merge(right)
        joined.paragraphs[0].add_run(text).bold = True
        self.cell = None

    def head(self, text: str) -> None:
        left, self.cell = self.grid.add_row().cells
        left.width, self.cell.width = Cm(3.6), Cm(12.8)
        left.paragraphs[0].add_run(text).bold = True

    def inside(self, style: str | None = None) -> Paragraph:
        first = self.cell.paragraphs[0]
        if len(self.cell.paragraphs) == 1 and not first.text:
            if style:
                first.style = self.page.styles[style]
            return first
        return self.cell.add_paragraph(style=style)

    def para(self, text: str) -> None:
        if self.cell is None:
            super().para(text)
        else:
            self.runs(self.inside(), text)

    def bullet(self, text: str) -> None:
        if self.cell is None:
            super().bullet(text)
        else:
            self.runs(self.inside("List Bullet"), text)

    def order(self, text: str) -> None:
        """`~~ rule` leaves the item tables: what follows stands in the page again."""
        self.grid = self.cell = None
        if text == "page":
            super().order(text)


class NumberedItems(Layout):
    """Items numbered by the word processor, so that no number stands in the text; headings are bold paragraphs."""

    font = "Arial"

    def item(self, text: str) -> None:
        paragraph = self.page.add_paragraph(style="List Number")
        paragraph.paragraph_format.space_before = Pt(14)
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(12)


class DanishStyles(Layout):
    """Items and headings by styles with Danish names; the item style carries the automatic number."""

    def start(self) -> None:
        numbered = self.page.styles["List Number"].element.pPr.numPr
        for name, size in (("Overskrift 1", 14), ("Overskrift 2", 11)):
            style = self.page.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = self.page.styles["Normal"]
            style.font.bold, style.font.size = True, Pt(size)
            if size == 14:
                style.element.get_or_add_pPr().append(deepcopy(numbered))

    def item(self, text: str) -> None:
        self.page.add_paragraph(text, style="Overskrift 1")

    def head(self, text: str) -> None:
        self.page.add_paragraph(text, style="Overskrift 2")
