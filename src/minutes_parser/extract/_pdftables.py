"""Ruled tables of a PDF page, by pdfplumber: imported for pages with a grid only, since it costs 35 times as much as PDFium."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

from minutes_parser.text import Line

_CHARACTERS = 100_000
"""Characters on a page beyond which the table reader is not asked."""
_RULES = 150
"""Ruled lines on a page beyond which it is not asked: 400 take 49 seconds (measured)."""


_MARKER = re.compile(r"(?:[•·▪*–-]|\w{1,3}[.)])?")


def with_tables(data: bytes, number: int, lines: list[Line], password: str | None) -> tuple[list[Line], bool]:
    """The page's lines with each ruled table as rows of cells, and whether a table was left as lines.

    A table's rows replace its lines only when both hold the same characters: nothing is lost to a table.
    """
    if sum(len(line.text) for line in lines) > _CHARACTERS:
        return lines, True
    import pdfplumber

    skipped = False
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number + 1], password=password or "") as document:
            page = document.pages[0]
            if len(page.lines) + len(page.rects) + len(page.curves) > _RULES * 4:
                return lines, True
            for table in page.find_tables():
                lines, left = _replaced(lines, table)
                skipped = skipped or left
            page.close()
    except Exception:  # pdfminer raises whatever a damaged page makes it; PDFium's lines stand
        return lines, True
    return lines, skipped


def _replaced(lines: list[Line], table: Any) -> tuple[list[Line], bool]:
    """`lines` with the table's rows in place of the lines inside its box; True where that cannot be done."""
    x0, top, x1, bottom = table.bbox
    rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
    rows = [row for row in rows if any(row)]
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
        box = table.rows[n].bbox if n < len(table.rows) and len(table.rows) == len(rows) else table.bbox
        made.append(
            Line(
                "\t".join(cell for cell in row if cell),
                page=first.page,
                box=(float(box[0]), float(box[1]), float(box[2]), float(box[3])),
                size=first.size,
                bold=all(lines[m].bold for m in inside) if n else first.bold,
                gap=first.gap if n == 0 else 0.0,
                cells=tuple(row),
            )
        )
    return lines[: inside[0]] + made + lines[inside[-1] + 1 :], False
