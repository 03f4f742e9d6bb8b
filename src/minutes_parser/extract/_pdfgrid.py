"""Drawn lines of a page to the cells of its ruled tables: geometry only, points from the page's upper left corner.

Lines close to each other are one line, lines that nearly touch are joined; where they cross, corners; four joined
corners without another between are a cell; cells that share a corner are a table (Nurminen's method, as in pdfplumber).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minutes_parser.text import Box

_NEAR = 3.0
"""Points within which two lines are one, and within which a line's end reaches another line."""
_SHORT = 3.0
"""Points; a line that is shorter when all are joined rules nothing."""
_LINES = 400
"""Lines in one direction beyond which no table is looked for: a drawing."""

_TRIES = 300_000
"""Rectangles that are tried on one page: a table of 10,000 cells takes two for each, a drawing has no end."""

Edge = tuple[float, float, float]
"""Where the line lies across its direction, and where it begins and ends along it."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table: rows from top to bottom, None where a row has no cell that begins in the column."""

    rows: tuple[tuple[Box | None, ...], ...]
    box: Box


def tables(segments: Iterable[tuple[Point, Point]]) -> list[Table]:
    """The ruled tables that the straight segments draw, from top to bottom; single frames are none."""
    vertical: list[Edge] = []
    horizontal: list[Edge] = []
    for (x0, y0), (x1, y1) in segments:
        if abs(x1 - x0) < 0.01 and abs(y1 - y0) >= 1:
            vertical.append((x0, min(y0, y1), max(y0, y1)))
        elif abs(y1 - y0) < 0.01 and abs(x1 - x0) >= 1:
            horizontal.append((y0, min(x0, x1), max(x0, x1)))
    columns, rows = _joined(vertical), _joined(horizontal)
    if len(columns) < 2 or len(rows) < 2 or max(len(columns), len(rows)) > _LINES:
        return []
    return [_table(cells) for cells in _grouped(_cells(columns, rows))]


def _joined(edges: list[Edge]) -> list[Edge]:
    """Lines near each other moved to their mean, then joined along it."""
    edges.sort()
    out: list[Edge] = []
    at = 0
    while at < len(edges):
        stop = at + 1
        while stop < len(edges) and edges[stop][0] <= edges[stop - 1][0] + _NEAR:
            stop += 1
        group = edges[at:stop]
        across = sum(e[0] for e in group) / len(group)
        begin, end = None, 0.0
        for _, low, high in sorted(group, key=lambda e: e[1]):
            if begin is not None and low <= end + _NEAR:
                end = max(end, high)
                continue
            if begin is not None:
                out.append((across, begin, end))
            begin, end = low, high
        if begin is not None:
            out.append((across, begin, end))
        at = stop
    return [e for e in out if e[2] - e[1] >= _SHORT]


def _cells(columns: Sequence[Edge], rows: Sequence[Edge]) -> list[Box]:
    """The smallest rectangles whose sides are ruled."""
    corners: dict[Point, tuple[int, int]] = {}
    below: dict[int, list[float]] = defaultdict(list)
    right: dict[int, list[float]] = defaultdict(list)
    for n, (x, top, bottom) in enumerate(columns):
        for m, (y, left, end) in enumerate(rows):
            if top - _NEAR <= y <= bottom + _NEAR and left - _NEAR <= x <= end + _NEAR:
                corners[x, y] = (n, m)
                below[n].append(y)
                right[m].append(x)
    found = []
    tries = 0
    for (x, y), (column, row) in sorted(corners.items()):
        cell, tried = _smallest(corners, x, y, below[column], right[row])
        tries += tried
        if tries > _TRIES:
            return []
        if cell:
            found.append(cell)
    return found


def _smallest(
    corners: dict[Point, tuple[int, int]], x: float, y: float, down: list[float], across: list[float]
) -> tuple[Box | None, int]:
    """The smallest cell with its upper left corner here, and how many were tried: `down` and `across` are where its
    own lines are crossed, in order."""
    tried = 0
    for bottom in down[bisect_right(down, y) :]:
        for right in across[bisect_right(across, x) :]:
            tried += 1
            far = corners.get((right, bottom))
            if far and far[0] == corners[right, y][0] and far[1] == corners[x, bottom][1]:
                return (x, y, right, bottom), tried
    return None, tried


def _grouped(cells: list[Box]) -> list[list[Box]]:
    """Cells that share corners, directly or through others; groups of one left out, the uppermost group first."""
    at: dict[Point, list[int]] = defaultdict(list)
    for n, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            at[corner].append(n)
    groups: list[list[Box]] = []
    seen: set[int] = set()
    for n in range(len(cells)):
        if n in seen:
            continue
        waiting, group = [n], []
        seen.add(n)
        while waiting:
            x0, top, x1, bottom = cells[waiting.pop()]
            group.append((x0, top, x1, bottom))
            for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
                waiting += [m for m in at[corner] if m not in seen]
                seen.update(at[corner])
        if len(group) > 1:
            groups.append(group)
    return sorted(groups, key=lambda group: min((c[1], c[0]) for c in group))


def _table(cells: list[Box]) -> Table:
    places = sorted({c[0] for c in cells})
    tops = sorted({c[1] for c in cells})
    rows: list[list[Box | None]] = [[None] * len(places) for _ in tops]
    for cell in cells:
        rows[bisect_left(tops, cell[1])][bisect_left(places, cell[0])] = cell
    box = (places[0], tops[0], max(c[2] for c in cells), max(c[3] for c in cells))
    return Table(tuple(map(tuple, rows)), box)
