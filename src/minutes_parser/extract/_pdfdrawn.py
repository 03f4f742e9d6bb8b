"""The straight lines that a PDF page draws, and the words that stand in given boxes of it."""

from __future__ import annotations

import ctypes as c
import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from minutes_parser.extract._pdfgrid import Point
from minutes_parser.extract._pdfium import Handle, Pdfium
from minutes_parser.text import Box

_PATH, _FORM = 2, 5
_LINE, _MOVE = 0, 2
_DEEP = 8
"""Forms within forms that are looked into."""
_WORD = re.compile(r"[^\s\ufffe\ufeff\x00-\x1f]+")

Matrix = tuple[float, float, float, float, float, float]


class Sheet:
    """From PDFium's coordinates to the page as it is read: origin upper left, rotation undone."""

    def __init__(self, library: Pdfium, page: int) -> None:
        edges = (c.c_float * 4)()
        library.bounding_box(page, c.byref(edges))
        self.left, self.bottom = edges[0], edges[3]
        self.rotation = library.rotation(page)
        self.width, self.height = library.width(page), library.height(page)

    def point(self, x: float, y: float) -> Point:
        x, y = x - self.left, y - self.bottom
        if not self.rotation:
            return x, self.height - y
        if self.rotation == 1:
            return y, x
        return (self.width - x, y) if self.rotation == 2 else (self.width - y, self.height - x)

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        (x0, y0), (x1, y1) = self.point(left, top), self.point(right, bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class Drawing:
    """The paths of one page. `most` bounds the subpaths that are read; `full` says that there were more."""

    def __init__(self, library: Pdfium, page: int, sheet: Sheet, most: int) -> None:
        self.library, self.page, self.sheet, self.left = library, page, sheet, most
        self.six = (c.c_float * 6)()
        self.x, self.y = c.c_float(), c.c_float()

    @property
    def full(self) -> bool:
        return self.left < 0

    def segments(self) -> list[tuple[Point, Point]]:
        """The straight segments, those that close a shape included."""
        library, handle = self.library, c.c_void_p(self.page)
        get_object, object_type = library.get_object, library.object_type
        found: list[tuple[Point, Point]] = []
        for n in range(library.count_objects(self.page)):
            item = get_object(handle, n)
            kind = object_type(item)
            if kind in (_PATH, _FORM):
                self._object(item, kind, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0, found)
        return found

    def _object(self, item: Handle, kind: int, outer: Matrix, depth: int, found: list[tuple[Point, Point]]) -> None:
        library = self.library
        library.object_matrix(item, c.byref(self.six))
        matrix = _times(tuple(self.six), outer)
        if kind == _PATH and not self.full:
            found += self._path(item, matrix)
        elif kind == _FORM and depth < _DEEP:
            for n in range(library.form_count(item)):
                inner = library.form_object(item, c.c_ulong(n))
                self._object(inner, library.object_type(inner), matrix, depth + 1, found)

    def _path(self, item: Handle, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
        library = self.library
        x, y = c.byref(self.x), c.byref(self.y)
        a, b, e, d, f, g = matrix
        start = last = (0.0, 0.0)
        for n in range(library.path_count(item)):
            segment = library.path_segment(item, n)
            library.segment_point(segment, x, y)
            across, up = self.x.value, self.y.value
            point = self.sheet.point(a * across + e * up + f, b * across + d * up + g)
            kind = library.segment_type(segment)
            if kind == _MOVE:
                start = point
                self.left -= 1
            elif kind == _LINE:
                yield last, point
            last = point
            if start != last and library.segment_close(segment):
                yield last, start
                last = start


def _times(one: Matrix, two: Matrix) -> Matrix:
    """The matrix that does `one`, then `two`."""
    a, b, e, d, f, g = one
    a_, b_, e_, d_, f_, g_ = two
    return (
        a * a_ + b * e_,
        a * b_ + b * d_,
        e * a_ + d * e_,
        e * b_ + d * d_,
        f * a_ + g * e_ + f_,
        f * b_ + g * d_ + g_,
    )


def words_in(
    text: str,
    boxes: Sequence[Box],
    box_of: Callable[[int], Box | None],
    shown: Callable[[int, int], str],
) -> list[str]:
    """The words that stand in each box, line by line, parted by blanks.

    `text` is the page's text, `box_of` the place of a character of it, `shown` a stretch of it as it reads. A word
    belongs to the box that holds the middle of its characters; one that reaches over several is parted.
    """
    held: list[list[tuple[float, float, str]]] = [[] for _ in boxes]
    last: int = 0

    def at(n: int) -> tuple[int | None, float, float]:
        nonlocal last
        box = box_of(n)
        if box is None:
            return None, 0.0, 0.0
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for k in (last, *range(len(boxes))):
            x0, top, x1, bottom = boxes[k]
            if x0 <= x < x1 and top <= y < bottom:
                last = k
                return last, y, x
        return None, y, x

    for word in _WORD.finditer(text):
        start, stop = word.span()
        hyphen = "-" if text[stop : stop + 1] == "\ufffe" else ""
        first, y, x = at(start)
        if first == at(stop - 1)[0]:
            if first is not None:
                held[first].append((y, x, shown(start, stop) + hyphen))
            continue
        places = [at(n) for n in range(start, stop)]
        begin = start
        for n in range(start + 1, stop + 1):
            place, y, x = places[begin - start]
            if n == stop or places[n - start][0] != place:
                if place is not None:
                    held[place].append((y, x, shown(begin, n) + (hyphen if n == stop else "")))
                begin = n
    return [" ".join(" ".join(_in_lines(words)).split()) for words in held]


_SAME_LINE = 3.0
"""Points by which the middles of words on one line may differ."""


def _in_lines(words: list[tuple[float, float, str]]) -> list[str]:
    """Words from top to bottom, those on one line from left to right; as they are where they never go up."""
    if all(one[0] <= two[0] + _SAME_LINE for one, two in itertools.pairwise(words)):
        return [text for _, _, text in words]
    rows: list[list[tuple[float, float, str]]] = []
    for word in sorted(words, key=lambda w: w[0]):
        if rows and word[0] <= rows[-1][-1][0] + _SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [text for row in rows for _, _, text in sorted(row, key=lambda w: w[1])]
