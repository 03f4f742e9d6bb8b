"""PDF to lines: bulk text from PDFium and a few sampled characters a line.

A page: one `FPDFText_GetText`, cut at line ends; size, font and box are asked of the first and last character of a
piece only; where these lie in different text objects, of the first character of each word.
"""

from __future__ import annotations

import ctypes as c
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.extract._pdfium import Pdfium, pdfium
from minutes_parser.extract._pdfwords import readable
from minutes_parser.findings import Finding, Options
from minutes_parser.kinds import Code, Severity
from minutes_parser.source import Source
from minutes_parser.text import Box, Line, SourceText, source_text

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
_HIDDEN_SIZE = 4.0
"""Points; smaller text is no print (FirstAgenda and Aspose hide dates at 2 pt)."""
_ERRORS = {4: "encrypted"}


@dataclass(slots=True)
class _Piece:
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


def extract(source: Source, options: Options) -> SourceText:
    """Lines in reading order with page, box, size, bold, cells; running headers stay in.

    Raises `Unreadable` (`corrupt`, `encrypted`, `no-pages`, `no-text-layer`) and `LimitReached` (`limit-bytes`,
    `limit-pages`, `limit-page-characters`, `limit-characters`). Pages without text are findings.
    """
    limits = options.limits
    if len(source.data) > limits.bytes:
        raise LimitReached(
            source.name,
            "limit-bytes",
            f"{len(source.data)} bytes, the limit is {limits.bytes}",
            "raise it with --limit bytes=N",
        )
    library = pdfium()
    password = options.password.encode() if options.password else None
    document = library.load_document(source.data, len(source.data), password)
    if not document:
        _refuse(source, library.last_error())
    try:
        count = library.page_count(document)
        if count < 1:
            raise Unreadable(source.name, "no-pages", "a PDF without pages", "get the document anew")
        lines, notes = _pages(library, document, count, source, options)
    finally:
        library.close_document(document)
    if not lines:
        raise Unreadable(
            source.name,
            "no-text-layer",
            "no page has text: it is a scan or a picture",
            "recognise its text first: apt install ocrmypdf tesseract-ocr-script-latn && ocrmypdf -l Latin in.pdf out.pdf",
        )
    return source_text(lines, notes.pages, notes.findings())


def _refuse(source: Source, error: int) -> None:
    if error == 4:
        raise Unreadable(
            source.name, "encrypted", "needs a password", "give it with --password, or save the document without one"
        )
    if error == 5:
        raise Unreadable(
            source.name, "encrypted", "protected in a way that is not known", "save the document without protection"
        )
    raise Unreadable(source.name, "corrupt", "damaged or cut off: no PDF can be made of it", "get the document anew")


class _Notes:
    """What is doubtful about the pages, gathered for one finding each."""

    def __init__(self) -> None:
        self.pages = 0
        self.blank: list[int] = []
        self.unloadable: list[int] = []
        self.garbage: list[int] = []
        self.hidden = 0
        self.skipped: list[int] = []

    def findings(self) -> list[Finding]:
        out = []
        if self.blank:
            out.append(Finding(Code.NO_TEXT_LAYER, f"no text on {_named(self.blank)}: empty, or a scan that needs OCR"))
        if self.unloadable:
            out.append(Finding(Code.PAGE_UNREADABLE, f"{_named(self.unloadable)} cannot be opened", Severity.ERROR))
        if self.garbage:
            out.append(
                Finding(
                    Code.UNREADABLE_TEXT,
                    f"the text of {_named(self.garbage)} is no Danish and hardly words: fonts without letters, OCR helps",
                    Severity.ERROR,
                )
            )
        if self.hidden:
            out.append(
                Finding(
                    Code.HIDDEN_TEXT,
                    f"{self.hidden} lines of text smaller than {_HIDDEN_SIZE:.0f} points",
                    Severity.INFO,
                )
            )
        if self.skipped:
            out.append(
                Finding(Code.TABLE_SKIPPED, f"a ruled table on {_named(self.skipped)} was read as lines", Severity.INFO)
            )
        return out


def _named(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:10])) + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")
    return f"page {shown}" if len(pages) == 1 else f"pages {shown}"


def _pages(library: Pdfium, document: int, count: int, source: Source, options: Options) -> tuple[list[Line], _Notes]:
    limits = options.limits
    notes = _Notes()
    lines: list[Line] = []
    characters = failed = 0
    if count > limits.pages:
        # /Count can lie; only pages that open are counted
        real = sum(
            1 for n in range(min(count, 30)) if (p := library.load_page(document, n)) and not library.close_page(p)
        )
        if real:
            raise LimitReached(
                source.name,
                "limit-pages",
                f"{count} pages, the limit is {limits.pages}",
                "raise it with --limit pages=N",
            )
    reader = _Reader(library)
    for number in range(count):
        page = library.load_page(document, number)
        if not page:
            failed += 1
            notes.unloadable.append(number + 1)
            if failed > 20 and not lines:
                raise Unreadable(source.name, "corrupt", "its pages cannot be opened", "get the document anew")
            continue
        failed = 0
        notes.pages = number + 1
        try:
            pieces = reader.pieces(page, source, limits.page_characters)
            ruled = options.tables and len(pieces) > 3 and reader.ruled(page)
        finally:
            library.close_page(page)
        if not pieces:
            notes.blank.append(number + 1)
            continue
        found = _lines(pieces, number + 1)
        if ruled and len(found) < 2000:
            from minutes_parser.extract._pdftables import with_tables

            found, skipped = with_tables(source.data, number, found, options.password)
            if skipped:
                notes.skipped.append(number + 1)
        notes.hidden += sum([line.role == "hidden" for line in found])
        text = "\n".join([line.text for line in found])
        if not readable(text):
            notes.garbage.append(number + 1)
        characters += len(text) + 1
        if characters > limits.characters:
            raise LimitReached(
                source.name,
                "limit-characters",
                f"more than {limits.characters} characters",
                "raise it with --limit characters=N",
            )
        lines += found
    notes.pages = max(notes.pages, 1)
    return lines, notes


class _Reader:
    """Reads pages; keeps the buffers that the library writes into."""

    def __init__(self, library: Pdfium) -> None:
        self.library = library
        self.buffer = c.create_string_buffer(1 << 16)
        self.name = c.create_string_buffer(256)
        self.one, self.two, self.six = (c.c_float * 4)(), (c.c_float * 4)(), (c.c_float * 6)()
        self.first, self.second = _floats(self.one), _floats(self.two)
        self.edges = [c.c_float() for _ in range(4)]

    def pieces(self, page: int, source: Source, limit: int) -> list[_Piece]:
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
            if 2 * (count + 1) > len(self.buffer):
                self.buffer = c.create_string_buffer(4 * (count + 1))
            written = library.text_get(text_page, 0, count, c.addressof(self.buffer))
            if written <= 1:
                return []
            text = c.string_at(self.buffer, 2 * (written - 1)).decode("utf-16-le", "replace")
            return self._cut(page, c.c_void_p(text_page), text, len(text) == count)
        finally:
            library.text_close(text_page)

    def _cut(self, page: int, text_page: c.c_void_p, text: str, same: bool) -> list[_Piece]:
        library = self.library
        turn = _Turn(library, page, self.one)
        upright = turn.rotation == 0
        styles = _Styles(library, text_page, self.name, self.six)
        known, sizes = styles.objects, styles.sizes
        text_object, loose_box = library.text_object, library.loose_box
        index = None if same else _index(library, text_page)
        one, two, first, second = self.first, self.second, c.byref(self.one), c.byref(self.two)
        out: list[_Piece] = []
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
                out.append(_Piece(shown, x0, top, x1, bottom, size, bold, lead, hyphen))

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


# -- pieces to lines -------------------------------------------------------------------------------------------------


def _lines(pieces: list[_Piece], page: int) -> list[Line]:
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
        tiny = first.size < _HIDDEN_SIZE
        hyphen = hyphen or (text[-1] == "-" and len(text) > 1 and text[-2].isalpha())
        role = "hidden" if tiny else ""
        lead = 0 if bold else lead
        out.append(Line(text, 0, page, box, first.size, bold, lead, gap, role, 0, marker, cells, hyphen=hyphen))
        if not tiny:
            bottom = low
    return out


def _joined(row: list[_Piece]) -> tuple[str, tuple[str, ...], int]:
    """Text, cells and length of the marker of a row: cells parted by tabs, a list marker by a blank."""
    texts = tuple(p.text for p in row)
    if _marker_row(row):
        return " ".join(texts), (), len(texts[0]) + 1
    return "\t".join(texts), texts, 0


_MARKER = re.compile(r"(?:[•·▪◦*–-]|o|\d{1,3}(?:\.\d{1,2})*[.)]?|[a-zA-ZæøåÆØÅ][.)]|\(\d{1,2}\)|[ivx]{1,4}[.)])$")


def _marker_row(row: list[_Piece]) -> bool:
    """A bullet or number and its text, set apart by a tab: one line, not two cells."""
    return len(row) == 2 and _MARKER.match(row[0].text) is not None and row[1].x0 - row[0].x1 < 60


def _once(pieces: list[_Piece]) -> list[_Piece]:
    """Fake bold draws text twice, a hair apart: once is enough, and it is bold."""
    out: list[_Piece] = []
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


def _ordered(pieces: list[_Piece]) -> list[_Piece]:
    """The order of drawing, but flows drawn out of place (headers, footers, late frames) go back by their top.

    A flow ends where the pen jumps up by more than half a line and does not land to the right (the next cell or column).
    """
    if len(pieces) < 2:
        return pieces
    flows: list[list[_Piece]] = [[]]
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


def _rows(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
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


def _beside(one: _Piece, two: _Piece) -> bool:
    if two.x0 < one.x1 - 1:
        return False
    height = min(one.bottom - one.top, two.bottom - two.top)
    if height <= 0:
        return False
    overlap = min(one.bottom, two.bottom) - max(one.top, two.top)
    return overlap > 0.6 * height and abs(one.bottom - two.bottom) < 0.35 * height + 1
