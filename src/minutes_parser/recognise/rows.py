"""Is the agenda printed as a table, one item a row? Which column holds what?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes_parser.kinds import SectionKind
from minutes_parser.text import Line
from minutes_parser.vocabulary import Vocabulary, fold
from minutes_parser.vocabulary.lines import folded

NUMBER, TITLE = "number", "title"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a table row: offset in the line, text, and what its column holds.

    `column` is NUMBER, TITLE, a SectionKind's value, "" for a column that says nothing, None for what separates cells.
    """

    at: int
    text: str
    column: str | None


def item_rows(lines: Sequence[Line], known: Vocabulary) -> dict[int, list[Piece]]:
    """The pieces of each row that is an item, by the line's index; empty when no table holds the agenda.

    The header row has to name a column of titles and one of decisions; two rows at least must have a title, and no
    more than one heading of a case may stand outside the tables. Guaranteed: a row's pieces cover its line.
    """
    out: dict[int, list[Piece]] = {}
    n = 0
    while n < len(lines):
        if len(lines[n].cells) < 2:
            n += 1
            continue
        stop = n
        while stop < len(lines) and len(lines[stop].cells) > 1 and (stop == n or (lines[stop].gap or 0) < 1):
            stop += 1
        columns = _columns([line.cells for line in lines[n:stop]], known)
        if columns:
            for index in range(n + 1, stop):
                if not _ruler(lines[index].cells):
                    out[index] = list(_pieces(lines[index], columns))
        n = stop
    return out if out and not _sectioned(lines, known) else {}


_OWN = frozenset((SectionKind.BESLUTNING, SectionKind.INDSTILLING, SectionKind.SAGSFREMSTILLING))


def _sectioned(lines: Sequence[Line], known: Vocabulary) -> bool:
    """Whether the document prints its cases under headings: its tables are data then."""
    return sum(1 for x in lines if not x.cells and len(x.text) < 60 and known.names.get(fold(x.text)) in _OWN) > 1


def _ruler(cells: tuple[str, ...]) -> bool:
    """`|---|---|`."""
    return all(not c.strip("-: ") for c in cells)


def _columns(rows: Sequence[tuple[str, ...]], known: Vocabulary) -> list[str] | None:
    """What each column of a table holds, by its header row; None when the table is no agenda."""
    columns: list[str] = []
    for name in rows[0]:
        key = fold(name)
        kind = known.names.get(key)
        if key in folded("columns", "decision"):
            kind = SectionKind.BESLUTNING
        if key in folded("columns", "number"):
            columns.append(NUMBER)
        elif key in folded("columns", "title") and TITLE not in columns:
            columns.append(TITLE)
        else:
            columns.append(kind.value if kind and kind is not SectionKind.ANDET else "")
    body = [row for row in rows[1:] if not _ruler(row)]
    if NUMBER in columns and TITLE not in columns:
        at = columns.index(NUMBER)
        numbers = [row[at] for row in body if at < len(row)]
        if any(len(number) > 6 for number in numbers):
            columns[at] = TITLE
        elif at + 1 < len(columns) and not columns[at + 1]:
            columns[at + 1] = TITLE
    if TITLE not in columns or SectionKind.BESLUTNING.value not in columns:
        return None
    at = columns.index(TITLE)
    return columns if sum(1 for row in body if at < len(row) and row[at]) >= 2 else None


_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)


def _pieces(line: Line, columns: list[str]) -> Iterator[Piece]:
    """The cells of a row and what stands between them; a printed line break ends the title."""
    at = 0
    for cell, column in zip(line.cells, [*columns, *[""] * len(line.cells)], strict=False):
        if not cell:
            continue
        start = line.text.find(cell, at)
        if start < 0:
            continue
        if start > at:
            yield Piece(at, line.text[at:start], None)
        first = start
        if column == TITLE and (found := _BREAK.search(cell)):
            yield Piece(first, cell[: found.start()], column)
            yield Piece(start + found.start(), found.group(), None)
            first, column = start + found.end(), ""
        yield Piece(first, line.text[first : start + len(cell)], column)
        at = start + len(cell)
    if at < len(line.text):
        yield Piece(at, line.text[at:], None)
