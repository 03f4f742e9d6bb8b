"""Pieces of a PDF page to lines in reading order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from operator import attrgetter

from minutes_parser.extract._pdfpage import Piece
from minutes_parser.extract._pdfspaced import spaced, tightened
from minutes_parser.text import Box, Line

_BULLETS = frozenset("•▪·◦*–-—")
HIDDEN_SIZE = 4.0
"""Points; smaller text is no print (FirstAgenda and Aspose hide dates at 2 pt)."""


def lines(pieces: list[Piece], page: int) -> list[Line]:
    """Reading order, rows of cells put together, what was drawn twice taken once; text that runs another way last."""
    pieces = _once(pieces)
    sideways = [p for p in pieces if p.frame]
    if not sideways:
        return _lines(pieces, page)
    out = _lines([p for p in pieces if not p.frame], page)
    for group in _apart(sideways):
        out += _lines(group, page)
    return out


_OVERLAP = 0.25
"""Share of its height by which a piece stands beside others; lines of one paragraph overlap by a tenth at most."""


def abreast(pieces: list[Piece]) -> bool:
    """Whether any two pieces stand beside each other, as the cells of a table do: on most pages none do, and the many
    drawn objects of a page need not be asked for rules. (Each of 123 ruled tables on 676 pages had such pieces.)"""
    bottom = left = right = 0.0
    for piece in sorted(pieces, key=attrgetter("top")):
        if piece.frame:
            return True  # text that runs another way: its places do not tell
        if piece.top >= bottom - _OVERLAP * (piece.bottom - piece.top):
            bottom, left, right = piece.bottom, piece.x1, piece.x0
            continue
        bottom, left, right = max(bottom, piece.bottom), min(left, piece.x1), max(right, piece.x0)
        if left <= right + 1:
            return True
    return False


def _lines(pieces: list[Piece], page: int) -> list[Line]:
    out: list[Line] = []
    bottom: float | None = None
    for row in _columns(list(_rows(_ordered(pieces)))):
        first = row[0]
        text, bold, lead, hyphen = first.text, first.bold, first.lead, first.hyphen
        box, marker = (first.x0, first.top, first.x1, first.bottom), 0
        cells: tuple[str, ...] = ()
        if len(row) > 1:
            text, cells, marker = _joined(row)
            box = _around([(p.x0, p.top, p.x1, p.bottom) for p in row])
            bold = all(p.bold for p in row)
            lead = lead or (len(first.text) if first.bold else 0)
            hyphen = row[-1].hyphen
        elif text[0] in _BULLETS and text[1:2] == " ":
            marker = 2
        top, low = box[1], box[3]
        height = max(1.0, first.bottom - first.top)
        gap = None
        if bottom is not None:
            # above the line before: the next column, or a frame drawn apart
            gap = 1.0 if top < bottom - 2 * height else max(0.0, round((top - bottom) / height, 2))
        hidden = first.size < HIDDEN_SIZE or first.hidden
        hyphen = hyphen or (text[-1] == "-" and len(text) > 1 and text[-2].isalpha())
        role = "hidden" if hidden else ""
        lead = 0 if bold else lead
        if first.frame:
            box = _around([p.frame for p in row if p.frame])
        out.append(Line(text, 0, page, box, first.size, bold, lead, gap, role, 0, marker, cells, hyphen=hyphen))
        if not hidden:
            bottom = low
    return out


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _apart(sideways: list[Piece]) -> list[list[Piece]]:
    """Text that runs up the page, and text that runs down."""
    ways = dict.fromkeys(p.way for p in sideways)
    return [[p for p in sideways if p.way == way] for way in ways]


def _joined(row: list[Piece]) -> tuple[str, tuple[str, ...], int]:
    """Text, cells and length of the marker of a row: cells parted by tabs, a list marker by a blank."""
    texts = tuple(p.text for p in row)
    if _marker_row(row):
        return " ".join(texts), (), len(texts[0]) + 1
    if len(row) > 3 and max(map(len, texts)) == 1 and spaced(" ".join(texts)):
        return tightened(texts, [two.x0 - one.x1 for one, two in itertools.pairwise(row)]), (), 0
    if row[0].frame and all(two.x0 - one.x1 < 0.9 * (one.bottom - one.top) for one, two in itertools.pairwise(row)):
        return " ".join(texts), (), 0
    return "\t".join(texts), texts, 0


_MARKER = re.compile(r"(?:[•·▪◦*–-]|o|\d{1,3}(?:\.\d{1,2})*[.)]?|[a-zA-ZæøåÆØÅ][.)]|\(\d{1,2}\)|[ivx]{1,4}[.)])$")


def _marker_row(row: list[Piece]) -> bool:
    """A bullet or number and its text, set apart by a tab: one line, not two cells."""
    return len(row) == 2 and _MARKER.match(row[0].text) is not None and row[1].x0 - row[0].x1 < 60


def _once(pieces: list[Piece]) -> list[Piece]:
    """Fake bold draws text twice, a hair apart, line by line or block by block: once is enough, and it is bold."""
    out: list[Piece] = []
    seen: dict[str, list[Piece]] = {}
    for piece in pieces:
        others = seen.get(piece.text)
        if others is None:
            seen[piece.text] = [piece]
        else:
            twin = next((o for o in others[-9:] if abs(o.x0 - piece.x0) < 1.5 and abs(o.top - piece.top) < 1.5), None)
            if twin is not None:
                twin.bold = True
                continue
            others.append(piece)
        out.append(piece)
    return out


def _ordered(pieces: list[Piece]) -> list[Piece]:
    """The order of drawing, but flows drawn out of place (headers, footers, late frames) go back by their top.

    A flow ends where the pen jumps up by more than half a line and does not land to the right (the next cell or column).
    """
    if len(pieces) < 2:
        return pieces
    flows: list[list[Piece]] = [[]]
    top, reach = pieces[0].top, pieces[0].x1
    for piece in pieces:
        above, right = piece.top, piece.x1
        if above < top and above < top - 0.5 * (piece.bottom - above) and piece.x0 < reach - 1:
            flows.append([])
            reach = right
        elif right > reach:
            reach = right
        flows[-1].append(piece)
        top = above
    if len(flows) == 1:
        return pieces
    flows.sort(key=lambda flow: flow[0].top)
    return [piece for flow in flows for piece in flow]


def _rows(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Pieces on one baseline that follow each other, left to right; a label's value drawn later is fetched."""
    used: set[int] = set()
    tops = [p.top for p in pieces]
    label_page = len(pieces) < 400
    count = len(pieces)
    for n, piece in enumerate(pieces):
        if n in used:
            continue
        row = [piece]
        m = n + 1
        while m < count and _beside(row[-1], pieces[m]) and m not in used:
            if pieces[m].x0 - row[-1].x1 < 0.5 * (row[-1].bottom - row[-1].top):
                _lengthen(row[-1], pieces[m])
            else:
                row.append(pieces[m])
            used.add(m)
            m += 1
        if label_page and len(row) == 1 and piece.text.endswith(":") and len(piece.text) < 40:
            for k in range(m, min(len(pieces), m + 40)):
                if (
                    k not in used
                    and abs(tops[k] - piece.top) < 2.5
                    and 0 < pieces[k].x0 - piece.x1 < 250
                    and pieces[k].size == piece.size
                ):
                    row.append(pieces[k])
                    used.add(k)
                    break
        yield row


def _lengthen(one: Piece, two: Piece) -> None:
    """Put what goes on in the same word or sentence to it: PDFium parts text at raised and lowered figures."""
    glue = " " if two.x0 - one.x1 > 0.15 * (one.bottom - one.top) else ""
    one.text += glue + two.text
    if one.bold and not two.bold and not one.lead:
        one.lead = len(one.text) - len(two.text)
    one.bold = one.bold and two.bold
    one.x1, one.bottom, one.top = two.x1, max(one.bottom, two.bottom), min(one.top, two.top)
    one.hyphen = two.hyphen


def _beside(one: Piece, two: Piece) -> bool:
    if two.x0 < one.x1 - 1:
        return False
    height = min(one.bottom - one.top, two.bottom - two.top)
    if height <= 0:
        return False
    overlap = min(one.bottom, two.bottom) - max(one.top, two.top)
    return overlap > 0.6 * height and abs(one.bottom - two.bottom) < 0.35 * height + 1


_COLUMN_ROWS = 4
_COLUMN_LETTERS = 25
"""Shorter cells are a table's, not a column's."""


def _columns(rows: list[list[Piece]]) -> list[list[Piece]]:
    """Rows of two long cells, line by line the same two columns, are prose in columns: the left one first."""
    out: list[list[Piece]] = []
    block: list[list[Piece]] = []
    for row in rows:
        long = len(row) == 2 and len(row[0].text) >= 12 and len(row[1].text) >= 12
        if block and not (long and _below(block[-1], row)):
            out += _unrolled(block)
            block = []
        if long:
            block.append(row)
        else:
            out.append(row)
    return out + _unrolled(block)


def _below(one: list[Piece], two: list[Piece]) -> bool:
    """Whether the row stands right below the other, cell under cell."""
    return all(abs(a.x0 - b.x0) < 3 for a, b in zip(one, two, strict=True)) and (
        -1 < two[0].top - one[0].bottom < 0.6 * (one[0].bottom - one[0].top)
    )


def _unrolled(block: list[list[Piece]]) -> list[list[Piece]]:
    if len(block) < _COLUMN_ROWS:
        return block
    for column in range(2):
        cells = [row[column] for row in block]
        full = 0.75 * max(c.x1 - c.x0 for c in cells)
        if sum(len(c.text) for c in cells) < _COLUMN_LETTERS * len(cells):
            return block
        if sum(c.x1 - c.x0 >= full for c in cells[:-1]) < 0.7 * (len(cells) - 1):
            return block
    return [[row[column]] for column in range(2) for row in block]
