"""PDF to lines: PDFium reads the pages, pdfplumber the ruled tables."""

from __future__ import annotations

import re

from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.extract._pdfium import Pdfium, pdfium
from minutes_parser.extract._pdflines import HIDDEN_SIZE, abreast, lines
from minutes_parser.extract._pdfpage import LOST, Reader
from minutes_parser.extract._pdfwords import readable
from minutes_parser.findings import Finding, Options
from minutes_parser.kinds import Code, Severity
from minutes_parser.source import Source
from minutes_parser.text import Line, SourceText, source_text


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
        _refuse(source, library.last_error(), password is not None)
    try:
        count = library.page_count(document)
        if count < 1:
            raise Unreadable(source.name, "no-pages", "a PDF without pages", "get the document anew")
        read, notes = _pages(library, document, count, source, options)
    finally:
        library.close_document(document)
    if not read:
        raise Unreadable(
            source.name,
            "no-text-layer",
            "no page has text: it is a scan or a picture, or its pages are damaged",
            "recognise its text first: apt install ocrmypdf tesseract-ocr-script-latn && ocrmypdf -l Latin in.pdf out.pdf",
        )
    return source_text(read, notes.pages, notes.findings())


def _refuse(source: Source, error: int, given: bool) -> None:
    if error == 4:
        reason = "needs another password" if given else "needs a password"
        raise Unreadable(source.name, "encrypted", reason, "give it with --password, or save the document without one")
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
        self.lost: dict[int, int] = {}
        self.repaired = False
        self.skipped: list[int] = []

    def findings(self) -> list[Finding]:
        out = []
        if self.repaired:
            out.append(Finding(Code.REPAIRED, "the file is damaged; what could be found in it was read"))
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
        if self.lost:
            out.append(
                Finding(
                    Code.UNREADABLE_TEXT,
                    f"{sum(self.lost.values())} letters on {_named([*self.lost])} have no meaning in their font",
                )
            )
        if self.hidden:
            seen = f"smaller than {HIDDEN_SIZE:.0f} points or outside the page"
            out.append(Finding(Code.HIDDEN_TEXT, f"{self.hidden} lines of text {seen}", Severity.INFO))
        if self.skipped:
            out.append(
                Finding(Code.TABLE_SKIPPED, f"a ruled table on {_named(self.skipped)} was read as lines", Severity.INFO)
            )
        return out


def _named(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:10])) + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")
    return f"page {shown}" if len(pages) == 1 else f"pages {shown}"


_START = re.compile(rb"startxref\s{1,4}(\d{1,12})")
_TABLE = re.compile(rb"\s{0,4}(?:xref|\d{1,9}\s{1,4}\d{1,5}\s{1,4}obj)")


def repaired(data: bytes) -> bool:
    """Whether the file's end or its table of objects is damaged, so that the library had to search for the objects."""
    tail = data[-4096:]
    found = _START.match(tail, tail.rfind(b"startxref")) if b"startxref" in tail else None
    if not found or b"%%EOF" not in tail:
        return True
    at = int(found[1])
    before = max(data.find(b"%PDF-", 0, 1024), 0)
    return not any(_TABLE.match(data, max(place - 1, 0)) or _TABLE.match(data, place) for place in (at, at + before))


def _opens(library: Pdfium, document: int, number: int) -> bool:
    page = library.load_page(document, number)
    if page:
        library.close_page(page)
    return bool(page)


def _pages(library: Pdfium, document: int, count: int, source: Source, options: Options) -> tuple[list[Line], _Notes]:
    limits = options.limits
    notes = _Notes()
    read: list[Line] = []
    characters = failed = 0
    if count > limits.pages:
        if any(_opens(library, document, n) for n in (limits.pages, limits.pages + 1, count // 2, count - 1)):
            raise LimitReached(
                source.name,
                "limit-pages",
                f"{count} pages, the limit is {limits.pages}",
                "raise it with --limit pages=N",
            )
        count = limits.pages  # /Count can lie
    reader = Reader(library)
    for number in range(count):
        page = library.load_page(document, number)
        if not page:
            failed += 1
            notes.unloadable.append(number + 1)
            if failed > 20 and not read:
                raise Unreadable(source.name, "corrupt", "its pages cannot be opened", "get the document anew")
            continue
        failed = 0
        notes.pages = number + 1
        try:
            pieces = reader.pieces(page, source, limits.page_characters)
            tables = options.tables and len(pieces) > 3 and abreast(pieces)
            found = lines(pieces, number + 1)
            if tables and len(found) < 2000 and reader.ruled(page):
                from minutes_parser.extract._pdftables import with_tables

                found, skipped = with_tables(page, found)
                if skipped:
                    notes.skipped.append(number + 1)
        finally:
            library.close_page(page)
        if not pieces:
            notes.blank.append(number + 1)
            continue
        notes.hidden += sum([line.role == "hidden" for line in found])
        text = "\n".join([line.text for line in found])
        if not readable(text):
            notes.garbage.append(number + 1)
        elif LOST in text:
            notes.lost[number + 1] = text.count(LOST)
        characters += len(text) + 1
        if characters > limits.characters:
            raise LimitReached(
                source.name,
                "limit-characters",
                f"more than {limits.characters} characters",
                "raise it with --limit characters=N",
            )
        read += found
    if failed <= 20:  # more at the end are no pages, but a lie about their number
        notes.pages = count
    else:
        del notes.unloadable[-failed + 20 :]
    notes.repaired = repaired(source.data)
    return read, notes
