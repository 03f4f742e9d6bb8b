"""A name and bytes; the media type is told by the bytes, never by the name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from minutes_parser.errors import Unreadable, Unsupported

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
TEXT = "text/plain"


@dataclass(frozen=True)
class Source:
    """A document as it came: `name` is for messages, `data` its bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def media_type(self) -> str:
        """One of PDF, DOCX, HTML, TEXT; raises `Unreadable` (`empty`) or `Unsupported` (`unsupported`)."""
        return sniff(self.name, self.data)


_ADVICE = "save it as PDF, DOCX, HTML or text"
_OFFICE = "save it as .docx, for example: libreoffice --headless --convert-to docx FILE"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or password-protected Office file", _OFFICE),
    (b"{\\rtf", "RTF", _OFFICE),
    (b"\x89PNG", "a PNG picture", "run OCR first, for example: ocrmypdf --image-dpi 300 -l Latin FILE out.pdf"),
    (b"\xff\xd8\xff", "a JPEG picture", "run OCR first, for example: ocrmypdf --image-dpi 300 -l Latin FILE out.pdf"),
    (b"GIF8", "a GIF picture", _ADVICE),
    (b"II*\x00", "a TIFF picture", "run OCR first, for example: tesseract FILE out -l Latin pdf"),
    (b"MM\x00*", "a TIFF picture", "run OCR first, for example: tesseract FILE out -l Latin pdf"),
    (b"BM", "a bitmap picture", _ADVICE),
    (b"RIFF", "a picture, sound or film", _ADVICE),
    (b"\x1f\x8b", "a gzip archive", "unpack it first: gunzip FILE"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x7fELF", "a program", ""),
    (b"MZ", "a program", ""),
    (b"SQLite format 3\x00", "a database", ""),
    (b"%!PS", "PostScript", "convert it first: ps2pdf FILE"),
    (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application', "an Office XML file", _OFFICE),
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|h[1-6]|p|span|article|section|ul|main)\b[^<]{0,2000}",
    re.IGNORECASE,
)
_MAIL = re.compile(
    rb"(?:(?:received|return-path|message-id|mime-version|delivered-to|x-[a-z-]+): [^\n]*\r?\n){1}", re.IGNORECASE
)
_BLANK = bytes(range(0x21)) + b"\x7f"


def sniff(name: str, data: bytes) -> str:
    """The media type that the bytes say; the name is for the error message only."""
    head = data[:4096]
    body = head.lstrip(b"\xef\xbb\xbf").lstrip(_BLANK)
    if not body and not data.strip(_BLANK + b"\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(name, "empty", "there is nothing in it" if not data else "there are only blanks in it")
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(name, data)
    for magic, what, advice in _MAGIC:
        if head.startswith(magic) and not (magic in (b"BM", b"MZ") and _texty(head)):
            if magic[0] == 0xD0 and b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P" in data[:200_000]:
                raise Unreadable(
                    name, "encrypted", "a password-protected Office file", "remove the password and save it again"
                )
            raise Unsupported(name, "unsupported", f"{what}, not minutes in PDF, DOCX, HTML or text", advice)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _wide(head):
        plain = head.replace(b"\x00", b"")
        return HTML if _is_html(plain) else TEXT
    if not _texty(head):
        raise Unsupported(name, "unsupported", "of no kind that is known", _ADVICE)
    if body.startswith((b"{", b"[{")) and b'"schema_version"' in head:
        raise Unsupported(
            name, "unsupported", "JSON, as this program writes it", "give the document that it was made from"
        )
    if _MAIL.match(body) and b"\n\n" in data[:20000].replace(b"\r", b""):
        raise Unsupported(name, "unsupported", "an e-mail", "save its attachment and give that")
    if body.startswith(b"<?xml") and not re.search(rb"<(?:html|!doctype html)", head, re.IGNORECASE):
        raise Unsupported(name, "unsupported", "XML", _ADVICE)
    return HTML if _is_html(head) else TEXT


def _is_html(head: bytes) -> bool:
    found = _HTML.search(head)
    if not found:
        return False
    before = head[: found.start()].lstrip(_BLANK + b"\xef\xbb\xbf\xff\xfe")
    return (
        not before
        or before.startswith((b"<", b"&"))
        or len(_HTML.findall(head)) >= 4
        or found.group()[:5].lower() in (b"<html", b"<!doc")
    )


def _texty(head: bytes) -> bool:
    """Whether hardly any byte is a control character."""
    odd = sum(1 for b in head if b < 9 or 13 < b < 27 or 27 < b < 32 or b == 127)
    return odd * 50 <= len(head) or (odd <= 2 and len(head) < 100)


def _wide(head: bytes) -> bool:
    """UTF-16 or UTF-32 without a mark: every second byte, or three of four, is NUL."""
    nul = head.count(0)
    if len(head) < 4 or nul < 0.3 * len(head):
        return False
    quarter = len(head) // 4
    if quarter and any(head[n::4].count(0) + head[n + 1 :: 4].count(0) >= 2 * quarter for n in (0, 2)):
        return len(head.strip(b"\x00")) > 0
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) < 0.1 * max(even, odd) or (nul > 0.7 * len(head) and len(head.strip(b"\x00")) > 4)


def _zip(name: str, data: bytes) -> str:
    """DOCX by its parts' names, which stand readable in the archive's directory."""
    tail = data[-2_000_000:]
    if b"word/document" in tail or b"word/document" in data[:4096]:
        return DOCX
    for part, what in (
        (b"xl/workbook", "an Excel workbook"),
        (b"ppt/presentation", "a PowerPoint presentation"),
        (b"opendocument.text", "an OpenDocument text"),
    ):
        if part in tail or part in data[:4096]:
            raise Unsupported(name, "unsupported", what, _OFFICE)
    if b"word/" in tail:
        return DOCX
    raise Unsupported(name, "unsupported", "a ZIP archive", "unpack it and give the documents in it")


_SUFFIXES = {
    PDF: (".pdf",),
    DOCX: (".docx", ".docm", ".dotx", ".dotm"),
    HTML: (".html", ".htm", ".xhtml", ".aspx", ".php"),
    TEXT: (".txt", ".text", ".md"),
}


def name_disagrees(name: str, media_type: str) -> bool:
    """Whether the name's suffix says another of our four kinds.

    >>> name_disagrees("referat.pdf", HTML), name_disagrees("referat.PDF", PDF), name_disagrees("referat", PDF)
    (True, False, False)
    """
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
    return any(suffix in known for known in _SUFFIXES.values()) and suffix not in _SUFFIXES[media_type]
