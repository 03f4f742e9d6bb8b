"""A PDF page to pieces: bulk text from PDFium and a few sampled characters a line.

One `FPDFText_GetText` a page, cut at line ends; size, font and box are asked of the first and last character of a
piece only; where these lie in different text objects, of the first character of each word.
"""

from __future__ import annotations

import ctypes as c
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from minutes_parser.errors import LimitReached
from minutes_parser.extract._pdfium import Pdfium
from minutes_parser.source import Source
from minutes_parser.text import Box

_PIECES = re.compile(r"[^\s\ufffe\ufeff\x00-\x1f][^\r\n\ufffe]*")
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
    0xFEFF: "",
    0x200B: "",
    0x0002: "-",
}
_TABLE = {**_LIGATURES, **_SYMBOLS, **dict.fromkeys(range(9), ""), **dict.fromkeys(range(14, 32), "")}
_TABLE[2] = "-"


@dataclass(slots=True)
class Piece:
    """A run of text that PDFium reports in one go: a line, or a cell of one."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    lead: int
    hyphen: bool


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
                    "raise Limits.page_characters",
                )
            if 2 * (count + 1) > len(self.buffer):
                self.buffer = c.create_string_buffer(4 * (count + 1))
            written = library.text_get(text_page, 0, count, c.addressof(self.buffer))
            if written <= 1:
                return []
            text = c.string_at(self.buffer, 2 * (written - 1)).decode("utf-16-le", "replace")
            return self._cut(page, c.c_void_p(text_page), text, len(text) == count)
        finally:
            library.text_close(text_page)

    def _cut(self, page: int, text_page: c.c_void_p, text: str, same: bool) -> list[Piece]:
        library = self.library
        turn = _Turn(library, page, self.one)
        upright = turn.rotation == 0
        styles = _Styles(library, text_page, self.name, self.six)
        known, sizes = styles.objects, styles.sizes
        text_object, loose_box = library.text_object, library.loose_box
        index = None if same else _index(library, text_page)
        one, two, first, second = self.first, self.second, c.byref(self.one), c.byref(self.two)
        out: list[Piece] = []
        odd = _ODD.search(text) is not None

        def put(start: int, stop: int, style: tuple[int, bool], lead: int, hyphen: bool) -> None:
            a, b = (start, stop - 1) if index is None else (index(start), index(stop - 1))
            if not loose_box(text_page, a, first) or not loose_box(text_page, b, second):
                return
            shown = text[start:stop]
            if odd:
                shown = self._letters(text_page, shown, start, index)
            shown = shown.strip()
            if hyphen and shown[-1:] != "-":
                shown += "-"
            if shown:
                x0, top, x1, bottom = turn.box(one.tolist(), two.tolist())
                font, bold = style
                size = sizes.get((font, round((bottom - top) * 20))) or styles.size(font, a, bottom - top)
                out.append(Piece(shown, x0, top, x1, bottom, size, bold, lead, hyphen))

        length = len(text)
        for found in _PIECES.finditer(text):
            start, end = found.span()
            stop = end if not text[end - 1].isspace() else start + len(text[start:end].rstrip())
            hyphen = end < length and text[end] == "\ufffe"
            here = text_object(text_page, start if index is None else index(start))
            style = known.get(here) or styles.of(here)
            if text_object(text_page, stop - 1 if index is None else index(stop - 1)) == here:
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
                here = text_object(text_page, at if index is None else index(at))
                if here != previous:
                    previous = here
                    loose_box(text_page, before - 1 if index is None else index(before - 1), first)
                    loose_box(text_page, at if index is None else index(at), second)
                    _, top, right, low = one.tolist()
                    height = 0.9 * (top - low)
                    if upright and not -height < two[0] - right < height:
                        put(begun, before, (style[0], bold and not lead), lead, False)
                        style = known.get(here) or styles.of(here)
                        begun, bold, lead = at, style[1], 0
                    elif bold and not (known.get(here) or styles.of(here))[1]:
                        lead, bold = at - begun, False
                before = at + len(word)
                at = before + 1
            put(begun, stop, (style[0], bold and not lead), lead, hyphen)
        return out

    def _letters(self, text_page: c.c_void_p, text: str, start: int, index: Callable[[int], int] | None) -> str:
        """Ligatures and symbols as letters; glyphs without a Unicode map by their number, where it is known."""
        library = self.library
        out = []
        for n, letter in enumerate(text):
            code = ord(letter)
            if code in _GLYPHS and library.unmapped(text_page, index(start + n) if index else start + n):
                out.append(_GLYPHS[code])
            elif code == 0xAC and n == len(text.rstrip()) - 1:
                out.append("-")  # the soft hyphen of one producer
            else:
                out.append(_TABLE.get(code, letter))
        shown = "".join(out)
        return shown if unicodedata.is_normalized("NFC", shown) else unicodedata.normalize("NFC", shown)

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
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\xa0\xac\u0142\u014c\u0192-\u01af\u0300-\u036f\u2002-\u200b\u202f\ue000-\uf8ff\ufb00-\ufb06]"
)


def _floats(array: c.Array[c.c_float]) -> Any:
    """A view of the numbers that is read at once, six times as fast as one by one."""
    return memoryview(array).cast("B").cast("f")


def _index(library: Pdfium, text_page: c.c_void_p) -> Callable[[int], int]:
    """From places in the text to characters of the page, where PDFium skips some: on no page seen."""
    return lambda n: int(library.char_index(text_page, n))


class _Turn:
    """From PDFium's coordinates to the page as it is read: origin upper left, rotation undone."""

    def __init__(self, library: Pdfium, page: int, box: c.Array[c.c_float]) -> None:
        self.rotation = library.rotation(page)
        self.height = library.height(page)
        self.width = library.width(page)
        library.bounding_box(page, c.byref(box))
        self.left, self.bottom = box[0], box[3]

    def box(self, one: list[float], two: list[float]) -> Box:
        """The box around two characters; a rectangle is left, top, right, bottom."""
        left, high, right, low = one
        left_, high_, right_, low_ = two
        x0, x1 = (left if left < left_ else left_) - self.left, (right if right > right_ else right_) - self.left
        y0, y1 = (low if low < low_ else low_) - self.bottom, (high if high > high_ else high_) - self.bottom
        if not self.rotation:
            return x0, self.height - y1, x1, self.height - y0
        if self.rotation == 1:
            return y0, x0, y1, x1
        if self.rotation == 2:
            return self.width - x1, y0, self.width - x0, y1
        return self.width - y1, self.height - x1, self.width - y0, self.height - x0


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
