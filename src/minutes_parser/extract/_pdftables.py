"""Ruled tables of a PDF page as rows of cells: the drawn lines make the cells, PDFium's words fill them.

pdfplumber finds the same cells (a test asks it) at fifty times the cost.
"""

from __future__ import annotations

import ctypes as c
import re
from collections import Counter

from minutes_parser.extract._pdfdrawn import Drawing, Sheet, words_in
from minutes_parser.extract._pdfgrid import Table, tables
from minutes_parser.extract._pdfium import Pdfium, pdfium
from minutes_parser.extract._pdfpage import Reader
from minutes_parser.text import Box, Line

_CHARACTERS = 100_000
"""Characters on a page beyond which no table is read."""
_SHAPES = 600
"""Drawn shapes on a page beyond which it is a drawing."""


_MARKER = re.compile(r"(?:[•·▪*–-]|\w{1,3}[.)])?")


def with_tables(page: int, lines: list[Line]) -> tuple[list[Line], bool]:
    """The open page's lines with each ruled table as rows of cells, and whether a table was left as lines.

    A table's rows replace its lines only when both hold the same characters: nothing is lost to a table.
    """
    if sum(len(line.text) for line in lines) > _CHARACTERS:
        return lines, True
    found = _read(pdfium(), page)
    if found is None:
        return lines, True
    skipped = False
    for table, rows in found:
        lines, left = _replaced(lines, table, rows)
        skipped = skipped or left
    return lines, skipped


def _read(library: Pdfium, page: int) -> list[tuple[Table, list[list[str]]]] | None:
    """The page's tables with the words of their cells; None where there is too much on it."""
    sheet = Sheet(library, page)
    drawing = Drawing(library, page, sheet, _SHAPES)
    found = [t for t in tables(drawing.segments()) if len(t.rows) > 1 and len(t.rows[0]) > 1]
    if drawing.full:
        return None
    if not found:
        return []
    boxes = [cell for table in found for row in table.rows for cell in row if cell]
    texts = dict(zip(boxes, _words(library, sheet, page, boxes), strict=True))
    return [(table, [[texts[cell] if cell else "" for cell in row] for row in table.rows]) for table in found]


def _words(library: Pdfium, sheet: Sheet, page: int, boxes: list[Box]) -> list[str]:
    """The words that stand in each box."""
    text_page = library.text_load(page)
    if not text_page:
        return ["" for _ in boxes]
    reader = Reader(library)
    edges = (c.c_float * 4)()
    handle, corners, numbers = c.c_void_p(text_page), c.byref(edges), memoryview(edges).cast("B").cast("f")
    try:
        text = reader.text(text_page, library.text_count(text_page))

        def box_of(n: int) -> Box | None:
            if not library.loose_box(handle, n, corners):
                return None
            return sheet.box(*numbers.tolist())

        return words_in(text, boxes, box_of, lambda a, b: reader.letters(handle, text[a:b], a))
    finally:
        library.text_close(text_page)


def _replaced(lines: list[Line], table: Table, cells: list[list[str]]) -> tuple[list[Line], bool]:
    """`lines` with the table's rows in place of the lines inside its box; True where that cannot be done."""
    x0, top, x1, bottom = table.box
    rows = [row for row in cells if any(row)]
    if len(rows) < 2 or max(len(r) for r in rows) < 2:
        return lines, False
    if any(len(cell) > 600 for row in rows for cell in row) or sum(sum(1 for c in r if c) > 1 for r in rows) < 2:
        return lines, False  # a frame around prose
    if all(len(row) == 2 and _MARKER.fullmatch(row[0]) for row in rows):
        return lines, False  # a list laid out as a table
    inside = [
        n for n, line in enumerate(lines)
        if line.box and line.box[0] >= x0 - 3 and line.box[2] <= x1 + 3 and line.box[1] >= top - 4 and line.box[3] <= bottom + 4
    ]  # fmt: skip
    if not inside or inside != list(range(inside[0], inside[-1] + 1)):
        return lines, bool(inside)
    old = Counter("".join(lines[n].text for n in inside).replace("\t", "").replace(" ", ""))
    new = Counter("".join(cell for row in rows for cell in row).replace(" ", ""))
    if old != new:
        return lines, True
    first = lines[inside[0]]
    made = []
    for n, row in enumerate(rows):
        box = _around([cell for cell in table.rows[n] if cell]) if len(table.rows) == len(rows) else table.box
        made.append(
            Line(
                "\t".join(cell for cell in row if cell),
                page=first.page,
                box=box,
                size=first.size,
                bold=all(lines[m].bold for m in inside) if n else first.bold,
                gap=first.gap if n == 0 else 0.0,
                cells=tuple(row),
            )
        )
    return lines[: inside[0]] + made + lines[inside[-1] + 1 :], False


def _around(boxes: list[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
