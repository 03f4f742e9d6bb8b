"""Pieces of a PDF page to lines in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_parser.extract._pdfpage import Piece
from minutes_parser.text import Line

HIDDEN_SIZE = 4.0
"""Points; smaller text is no print (FirstAgenda and Aspose hide dates at 2 pt)."""


def lines(pieces: list[Piece], page: int) -> list[Line]:
    """Reading order, rows of cells put together, what was drawn twice taken once."""
    out: list[Line] = []
    bottom: float | None = None
    for row in _rows(_ordered(_once(pieces))):
        first = row[0]
        text, bold, lead, hyphen = first.text, first.bold, first.lead, first.hyphen
        box, marker = (first.x0, first.top, first.x1, first.bottom), 0
        cells: tuple[str, ...] = ()
        if len(row) > 1:
            text, cells, marker = _joined(row)
            box = (min(p.x0 for p in row), min(p.top for p in row), max(p.x1 for p in row), max(p.bottom for p in row))
            bold = all(p.bold for p in row)
            lead = lead or (len(first.text) if first.bold else 0)
            hyphen = row[-1].hyphen
        top, low = box[1], box[3]
        height = max(1.0, first.bottom - first.top)
        gap = None
        if bottom is not None:
            # above the line before: the next column, or a frame drawn apart
            gap = 1.0 if top < bottom - 2 * height else max(0.0, round((top - bottom) / height, 2))
        tiny = first.size < HIDDEN_SIZE
        hyphen = hyphen or (text[-1] == "-" and len(text) > 1 and text[-2].isalpha())
        role = "hidden" if tiny else ""
        lead = 0 if bold else lead
        out.append(Line(text, 0, page, box, first.size, bold, lead, gap, role, 0, marker, cells, hyphen=hyphen))
        if not tiny:
            bottom = low
    return out


def _joined(row: list[Piece]) -> tuple[str, tuple[str, ...], int]:
    """Text, cells and length of the marker of a row: cells parted by tabs, a list marker by a blank."""
    texts = tuple(p.text for p in row)
    if _marker_row(row):
        return " ".join(texts), (), len(texts[0]) + 1
    return "\t".join(texts), texts, 0


_MARKER = re.compile(r"(?:[•·▪◦*–-]|o|\d{1,3}(?:\.\d{1,2})*[.)]?|[a-zA-ZæøåÆØÅ][.)]|\(\d{1,2}\)|[ivx]{1,4}[.)])$")


def _marker_row(row: list[Piece]) -> bool:
    """A bullet or number and its text, set apart by a tab: one line, not two cells."""
    return len(row) == 2 and _MARKER.match(row[0].text) is not None and row[1].x0 - row[0].x1 < 60


def _once(pieces: list[Piece]) -> list[Piece]:
    """Fake bold draws text twice, a hair apart: once is enough, and it is bold."""
    out: list[Piece] = []
    seen: set[str] = set()
    for piece in pieces:
        text = piece.text
        if text in seen:
            for other in out[-3:]:
                if other.text == text and abs(other.x0 - piece.x0) < 1.5 and abs(other.top - piece.top) < 1.5:
                    other.bold = True
                    break
            else:
                out.append(piece)
        else:
            seen.add(text)
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


def _beside(one: Piece, two: Piece) -> bool:
    if two.x0 < one.x1 - 1:
        return False
    height = min(one.bottom - one.top, two.bottom - two.top)
    if height <= 0:
        return False
    overlap = min(one.bottom, two.bottom) - max(one.top, two.top)
    return overlap > 0.6 * height and abs(one.bottom - two.bottom) < 0.35 * height + 1
