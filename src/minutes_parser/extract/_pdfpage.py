"""A PDF page to pieces: bulk text from PDFium and a few sampled characters a line.

One `FPDFText_GetText` a page, cut at line ends; size, font and box are asked of the first and last character of a
piece only; where these lie in different text objects, of the first character of each word.
"""

from __future__ import annotations

import ctypes as c
import itertools
import re
from dataclasses import dataclass
from typing import Any

from minutes_parser.errors import LimitReached
from minutes_parser.extract._letters import plain
from minutes_parser.extract._pdfium import Pdfium
from minutes_parser.extract._pdfspaced import spaced, tightened
from minutes_parser.source import Source
from minutes_parser.text import Box

_PIECES = re.compile(r"[^ \t-\r\xa0\ufffe\ufeff][^\r\n\ufffe]*")
"""Control codes may begin a piece: they are what letters without a Unicode map come as."""
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_GLYPHS = {415: "ti", 332: "ft", 425: "tt", 431: "ff", 322: "fj"}
"""Glyphs of Calibri's ligatures, which some printers leave without a Unicode map (measured: two real files)."""
_SYMBOLS = {
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0D8: "▸",
    0xF0FC: "✓",
    0x00A0: " ",
    0x2002: " ",
    0x2003: " ",
    0x2009: " ",
    0x202F: " ",
    0x2010: "-",
    0x2011: "-",
}
_TABLE = {**_LIGATURES, **_SYMBOLS, 2: "-"}
LOST = "\ufffd"
"""What a letter without a meaning is read as."""


@dataclass(slots=True)
class Piece:
    """A run of text that PDFium reports in one go: a line, or a cell of one. Places in points, as it is read."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    lead: int
    hyphen: bool
    hidden: bool = False
    """Whether it stands outside the page."""
    frame: Box | None = None
    """Where it stands on the page, for text that runs another way than the page's; its other places are as that is read."""
    way: int = 0


class Reader:
    """Reads pages; keeps the buffers that the library writes into."""

    def __init__(self, library: Pdfium) -> None:
        self.library = library
        self.buffer = c.create_string_buffer(1 << 16)
        self.name = c.create_string_buffer(256)
        self.one, self.two, self.six = (c.c_float * 4)(), (c.c_float * 4)(), (c.c_float * 6)()
        self.first, self.second = _floats(self.one), _floats(self.two)
        self.edges = [c.c_float() for _ in range(4)]

    def pieces(self, page: int, source: Source, limit: int) -> list[Piece]:
        """The page's pieces in the order in which they were drawn."""
        library = self.library
        text_page = library.text_load(page)
        if not text_page:
            return []
        try:
            count = library.text_count(text_page)
            if count <= 0:
                return []
            if count > limit:
                raise LimitReached(
                    source.name,
                    "limit-page-characters",
                    f"{count} characters on one page, the limit is {limit}",
                    "raise it with --limit page_characters=N",
                )
            handle = c.c_void_p(text_page)
            text = self.text(text_page, count)
            turn = _Turn(library, page, self.one)
            pieces = self._cut(turn, handle, text)
            way = turn.way()
            if way != turn.rotation and not _RIGHT_TO_LEFT.search(text):
                turn = _Turn(library, page, self.one, way)
                pieces = _by_baseline(self._cut(turn, handle, text))
            return pieces
        finally:
            library.text_close(text_page)

    def text(self, text_page: int, count: int) -> str:
        """All the page's text as PDFium orders it: a letter for each of its characters."""
        if 2 * (count + 1) > len(self.buffer):
            self.buffer = c.create_string_buffer(4 * (count + 1))
        written = self.library.text_get(text_page, 0, count, c.addressof(self.buffer))
        text = c.string_at(self.buffer, 2 * max(0, written - 1)).decode("utf-16-le", "replace")
        return text if len(text) == count else self._each(c.c_void_p(text_page), count)

    def _each(self, text_page: c.c_void_p, count: int) -> str:
        """The page's characters asked for one by one: the bulk call leaves out some that look like control codes."""
        library = self.library
        out = []
        for n in range(count):
            code = library.unicode(text_page, n)
            if code == 2 and library.hyphen(text_page, n) == 1:
                out.append("\ufffe")
            elif code == 0xFFFE or code > 0x10FFFF:
                out.append("\x00")
            else:
                out.append(LOST if 0xD800 <= code < 0xE000 else chr(code))
        return "".join(out)

    def _cut(self, turn: _Turn, text_page: c.c_void_p, text: str) -> list[Piece]:
        library = self.library
        upright = turn.rotation == 0
        wide, high = turn.size()
        styles = _Styles(library, text_page, self.name, self.six)
        known, sizes = styles.objects, styles.sizes
        text_object, loose_box = library.text_object, library.loose_box
        one, two, first, second = self.first, self.second, c.byref(self.one), c.byref(self.two)
        out: list[Piece] = []
        odd = _ODD.search(text) is not None
        if odd:
            text = text.translate(_NO_BLANKS)

        def put(start: int, stop: int, style: tuple[int, bool], lead: int, hyphen: bool) -> None:
            if not loose_box(text_page, start, first) or not loose_box(text_page, stop - 1, second):
                self.one[:] = self.two[:] = [0.0] * 4  # the text is read wherever it stands
            head, tail = one.tolist(), two.tolist()
            shown = text[start:stop]
            if odd:
                shown = self.letters(text_page, shown, start)
            if shown[1:2] == " " == shown[3:4]:
                shown = self._tightened(text_page, shown, start)
            shown = shown.strip()
            if hyphen and shown[-1:] != "-":
                shown += "-"
            if shown:
                x0, top, x1, bottom = turn.box(head, tail)
                frame, way = None, turn.rotation
                if not upright or bottom - top > x1 - x0 or head[0] > tail[0]:  # it may run another way
                    way = turn.noted(head, tail, len(shown))
                    if (way - turn.rotation) % 2:
                        frame = (x0, top, x1, bottom)
                        x0, top, x1, bottom = turn.box(head, tail, way)
                font, bold = style
                size = sizes.get((font, round((bottom - top) * 20))) or styles.size(font, start, bottom - top)
                outside = x1 < 0 or bottom < 0 or x0 > wide or top > high
                out.append(Piece(shown, x0, top, x1, bottom, size, bold, lead, hyphen, outside, frame, way))

        length = len(text)
        for found in _PIECES.finditer(text):
            start, end = found.span()
            stop = end if not text[end - 1].isspace() else start + len(text[start:end].rstrip())
            hyphen = end < length and text[end] == "\ufffe"
            here = text_object(text_page, start)
            style = known.get(here) or styles.of(here)
            if text_object(text_page, stop - 1) == here:
                put(start, stop, style, 0, hyphen)
                continue
            previous, begun = here, start
            bold, lead = style[1], 0
            at = before = start
            for word in text[start:stop].split(" "):
                if at == start:
                    before = at + len(word)
                    at = before + 1
                    continue
                if not word:
                    at += 1
                    continue
                here = text_object(text_page, at)
                if here != previous:
                    previous = here
                    loose_box(text_page, before - 1, first)
                    loose_box(text_page, at, second)
                    _, top, right, low = one.tolist()
                    height = 0.9 * (top - low)
                    if not (upright and -height < two[0] - right < height) and turn.parted(one.tolist(), two.tolist()):
                        put(begun, before, (style[0], bold and not lead), lead, False)
                        style = known.get(here) or styles.of(here)
                        begun, bold, lead = at, style[1], 0
                    elif bold and not (known.get(here) or styles.of(here))[1]:
                        lead, bold = at - begun, False
                before = at + len(word)
                at = before + 1
            put(begun, stop, (style[0], bold and not lead), lead, hyphen)
        turn.read = len(text)
        if any(piece.hidden for piece in out) and 2 * sum(len(p.text) for p in out if p.hidden) > len(text):
            for piece in out:  # it is the page's box that is wrong
                piece.hidden = False
        return out

    def letters(self, text_page: c.c_void_p, text: str, start: int) -> str:
        """Ligatures and symbols as letters; letters without a Unicode map by their number where it is known, else `LOST`."""
        library = self.library
        out = []
        for n, letter in enumerate(text):
            code = ord(letter)
            if (code in _GLYPHS or code < 32) and library.unmapped(text_page, start + n):
                out.append(_GLYPHS.get(code, LOST))
            elif code == 0xAC and n == len(text.rstrip()) - 1:
                out.append("-")  # the soft hyphen of one producer
            else:
                out.append(_TABLE.get(code, letter))
        return plain("".join(out)).replace("\n", " ")

    def _tightened(self, text_page: c.c_void_p, text: str, start: int) -> str:
        """`I N D S T I L L I N G` as a word: letters set apart, words by a wider gap than letters."""
        if not spaced(text):
            return text
        boxes: list[list[float]] = []
        for n in range(0, len(text), 2):
            self.library.loose_box(text_page, start + n, c.byref(self.one))
            boxes.append(self.first.tolist())
        gaps = [abs(two[0] - one[2]) + abs(two[3] - one[3]) for one, two in itertools.pairwise(boxes)]
        return tightened(text[::2], gaps)

    def ruled(self, page: int) -> bool:
        """Whether drawn rules make a grid of at least two by two cells: then the dear table reader is worth its time."""
        library = self.library
        count = library.count_objects(page)
        if not 4 <= count <= 20_000:
            return False
        horizontal: set[int] = set()
        vertical: set[int] = set()
        left, bottom, right, top = self.edges
        references = (c.byref(left), c.byref(bottom), c.byref(right), c.byref(top))
        boxes = 0
        get_object, object_type, handle = library.get_object, library.object_type, c.c_void_p(page)
        for n in range(count):
            item = get_object(handle, n)
            if object_type(item) != 2:  # a path
                continue
            if not library.object_bounds(item, *references):
                continue
            wide, high = right.value - left.value, top.value - bottom.value
            if high < 3 and wide > 20:
                horizontal.add(round(top.value / 2))
            elif wide < 3 and high > 6:
                vertical.add(round(left.value / 2))
            elif wide > 20 and 6 < high < 400:
                boxes += 1
                horizontal.update((round(top.value / 2), round(bottom.value / 2)))
                vertical.update((round(left.value / 2), round(right.value / 2)))
            if len(horizontal) + len(vertical) > 300:
                return False
        return len(horizontal) >= 3 and len(vertical) >= 3


_ODD = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xac\u0142\u014c\u0192-\u01af\u0300-\u036f\u061c\u180e\u2002-\u2011\u2028-\u202f\u2060-\u206f\ue000-\uf8ff\ufb00-\ufb06\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_NO_BLANKS = dict.fromkeys((28, 29, 30, 31, 0x85), "\x0e")
"""Control codes that Python takes for blanks would be lost at the end of a line."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


def _floats(array: c.Array[c.c_float]) -> Any:
    """A view of the numbers that is read at once, six times as fast as one by one."""
    return memoryview(array).cast("B").cast("f")


def _by_baseline(pieces: list[Piece]) -> list[Piece]:
    """Pieces line by line, each from left to right: PDFium mixes the text of a page that is not turned as it says."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.bottom):
        if rows and piece.bottom - rows[-1][0].bottom < 0.3 * (piece.bottom - piece.top):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda p: p.x0)]


class _Turn:
    """From PDFium's coordinates to the page as it is read: origin upper left, rotation undone.

    A way is the number of quarter turns that the text's direction is away from the page's x axis, against the clock.
    """

    def __init__(self, library: Pdfium, page: int, box: c.Array[c.c_float], way: int | None = None) -> None:
        turned = library.rotation(page)
        self.rotation = turned if way is None else way
        width, height = library.width(page), library.height(page)
        self.width, self.height = (height, width) if turned % 2 else (width, height)
        library.bounding_box(page, c.byref(box))
        self.left, self.bottom = box[0], box[3]
        self.ways: dict[int, int] = {}
        self.read = 0

    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        return (self.height, self.width) if self.rotation % 2 else (self.width, self.height)

    def box(self, one: list[float], two: list[float], way: int | None = None) -> Box:
        """The box around two characters; a rectangle is left, top, right, bottom."""
        left, high, right, low = one
        left_, high_, right_, low_ = two
        x0, x1 = (left if left < left_ else left_) - self.left, (right if right > right_ else right_) - self.left
        y0, y1 = (low if low < low_ else low_) - self.bottom, (high if high > high_ else high_) - self.bottom
        rotation = self.rotation if way is None else way
        if not rotation:
            return x0, self.height - y1, x1, self.height - y0
        if rotation == 1:
            return y0, x0, y1, x1
        if rotation == 2:
            return self.width - x1, y0, self.width - x0, y1
        return self.height - y1, self.width - x1, self.height - y0, self.width - x0

    def parted(self, one: list[float], two: list[float]) -> bool:
        """Whether more than nine tenths of a line's height of blank lie between two characters of a page that is turned."""
        _, top, end, bottom = self.box(one, one)
        begin, top_, _, bottom_ = self.box(two, two)
        height = 0.9 * max(bottom - top, bottom_ - top_)
        return not -height < begin - end < height

    def noted(self, one: list[float], two: list[float], letters: int) -> int:
        """The way from the first character to the last, kept for `way`; the page's own where there is one character."""
        x, y = two[0] - one[0], two[3] - one[3]
        if not x and not y:
            return self.rotation
        way = (0 if x > 0 else 2) if abs(x) >= abs(y) else 1 if y > 0 else 3
        self.ways[way] = self.ways.get(way, 0) + letters
        return way

    def way(self) -> int:
        """The way that most of the page's letters run."""
        most = max(self.ways, key=self.ways.__getitem__, default=self.rotation)
        return most if 2 * self.ways.get(most, 0) > self.read else self.rotation


class _Styles:
    """Font and boldness of text objects, sizes of fonts; asked once each a page."""

    def __init__(
        self, library: Pdfium, text_page: c.c_void_p, name: c.Array[c.c_char], matrix: c.Array[c.c_float]
    ) -> None:
        self.library, self.text_page, self.name, self.matrix = library, text_page, name, matrix
        self.objects: dict[int | None, tuple[int, bool]] = {None: (0, False)}
        self.fonts: dict[int, bool] = {}
        self.sizes: dict[tuple[int, int], float] = {}

    def of(self, item: int | None) -> tuple[int, bool]:
        known = self.objects.get(item)
        if known is None:
            handle = c.c_void_p(item)
            font = self.library.object_font(handle) or 0
            bold = self.fonts.get(font)
            if bold is None:
                bold = self.fonts[font] = self._bold(font)
            known = self.objects[item] = (font, bold or self.library.object_mode(handle) == 2)
        return known

    def _bold(self, font: int) -> bool:
        if not font:
            return False
        length = self.library.font_name(font, c.addressof(self.name), 256)
        name = self.name.raw[: max(length - 1, 0)].decode("utf-8", "replace")
        return _BOLD.search(name.split("+", 1)[-1]) is not None or bool(self.library.font_flags(font) & 0x40000)

    def size(self, font: int, character: int, height: float) -> float:
        key = (font, round(height * 20))
        size = self.sizes.get(key)
        if size is None:
            self.library.matrix(self.text_page, character, c.byref(self.matrix))
            x, y = self.matrix[2], self.matrix[3]
            size = round(self.library.font_size(self.text_page, character) * (x * x + y * y) ** 0.5, 1)
            self.sizes[key] = size
        return size
