"""Which tables hold the minutes themselves: an item a row, or a section a row? Which cell holds what?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes_parser.kinds import SectionKind
from minutes_parser.text import Line
from minutes_parser.vocabulary import Vocabulary, fold
from minutes_parser.vocabulary.lines import case_line, folded, opening

NUMBER, TITLE, LABEL, META = "number", "title", "label", "meta"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a table row: offset in the line, text, and what its column holds.

    `column` is NUMBER, TITLE, LABEL (a section's heading), META (who, when), a SectionKind's value, "" for text, None for what separates cells.
    """

    at: int
    text: str
    column: str | None


def minutes_rows(lines: Sequence[Line], known: Vocabulary) -> dict[int, list[Piece]]:
    """The pieces of each table row that is an item or a section, by the line's index; a row's pieces cover its line."""
    return item_rows(lines, known) or section_rows(lines, known)


def section_rows(lines: Sequence[Line], known: Vocabulary) -> dict[int, list[Piece]]:
    """Rows of two cells, a heading and its text, when three headings of a case at least stand in first cells.

    In a table that has one, every short first cell is a heading; an item's opening or case number is none.
    """
    pairs = [n for n, line in enumerate(lines) if len(line.cells) == 2]
    named = {n for n in pairs if _kind(lines[n].cells[0], known)}
    if len(named) < 3:
        return {}
    out: dict[int, list[Piece]] = {}
    for table in _tables(pairs, lines):
        if not named.intersection(table):
            continue
        for n in table:
            label = lines[n].cells[0]
            if len(label) < 60 and opening(label) is None and case_line(label) is None and not _data(label):
                out[n] = list(_pair(lines[n], label))
    return out


def _kind(label: str, known: Vocabulary) -> SectionKind | None:
    kind = known.names.get(fold(label)) if len(label) < 60 else None
    return None if kind is SectionKind.DELTAGERE else kind


def _data(label: str) -> bool:
    """Whether the label names the item's own data, no section."""
    key = fold(label)
    return any(key in folded("items", group) for group in ("case", "document", "clerk"))


def _tables(pairs: Sequence[int], lines: Sequence[Line]) -> Iterator[list[int]]:
    """The rows of each table; rows of one cell may stand between."""
    table: list[int] = []
    for n in pairs:
        if table and any((lines[m].gap or 0) >= 1 for m in range(table[-1] + 1, n + 1)):
            yield table
            table = []
        table.append(n)
    if table:
        yield table


def _pair(line: Line, label: str) -> Iterator[Piece]:
    at = line.text.find(label) + len(label) if label else 0
    if label:
        yield Piece(0, line.text[:at], LABEL)
    for stop in (*(b for b in line.breaks if b > at), len(line.text)):
        yield Piece(at, line.text[at:stop], "")
        at = stop


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
        hit = known.heading(name, fuzzy=False) if name else None
        kind = hit.kind if hit and hit.stop >= len(name) else None
        if key in folded("columns", "decision"):
            kind = SectionKind.BESLUTNING
        if key in folded("columns", "number"):
            columns.append(NUMBER)
        elif key in folded("columns", "title") and TITLE not in columns:
            columns.append(TITLE)
        elif key in folded("columns", "meta"):
            columns.append(META)
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
        for stop in (*(b for b in line.breaks if first < b < start + len(cell)), start + len(cell)):
            yield Piece(first, line.text[first:stop], column)
            first, column = stop, META if column == META else ""
        at = start + len(cell)
    if at < len(line.text):
        yield Piece(at, line.text[at:], None)
