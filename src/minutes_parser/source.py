"""A name and bytes; the media type is told by the bytes, never by the name."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from functools import cached_property

from minutes_parser.errors import LimitReached, Unreadable, Unsupported

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


def read_file(path: str | os.PathLike[str], limit: int) -> tuple[bytes, os.stat_result]:
    """The bytes of an ordinary file of at most `limit` bytes, and what was known of it before the first was read.

    Never waits: a pipe, device or socket is refused after it was opened, so that nobody can swap it in between.
    Raises `Unreadable` (`not-found`, `not-a-file`, `io`) and `LimitReached` (`limit-bytes`).
    """
    name = os.fspath(path)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with open(handle, "rb", buffering=0) as file:
            before = os.fstat(handle)
            if not stat.S_ISREG(before.st_mode):
                raise Unreadable(name, "not-a-file", "not an ordinary file", "give the path of a document")
            parts: list[bytes] = []
            left = limit + 1
            while left > 0 and (part := file.read(min(left, max(1 << 16, before.st_size + 1)))):
                parts.append(part)
                left -= len(part)
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable(name, "not-found", "no such file") from None
    except IsADirectoryError:
        raise Unreadable(name, "not-a-file", "a folder, not a document", "give the path of a document") from None
    except ValueError:
        raise Unreadable(name, "not-found", "no file can have this name") from None
    except OSError as error:
        if stat.S_ISSOCK(_mode(path)) or stat.S_ISFIFO(_mode(path)) or stat.S_ISCHR(_mode(path)):
            raise Unreadable(name, "not-a-file", "not an ordinary file", "give the path of a document") from None
        raise Unreadable(name, "io", error.strerror or "cannot be read") from None
    if left <= 0:
        size = max(before.st_size, limit + 1)
        raise LimitReached(name, "limit-bytes", f"{size} bytes, the limit is {limit}", "raise it with --limit bytes=N")
    return b"".join(parts), before


def _mode(path: str | os.PathLike[str]) -> int:
    try:
        return os.stat(path).st_mode
    except OSError:
        return 0


def printable_name(name: str) -> str:
    r"""The name with bytes that are no UTF-8 written as `\xe6`, so that it can stand in JSON.

    >>> printable_name("m\udce6de.txt")
    'm\\xe6de.txt'
    """
    return os.fsencode(name).decode("utf-8", "backslashreplace") if not name.isascii() else name


_ADVICE = "save it as PDF, DOCX, HTML or text"
_OFFICE = "save it as .docx, for example: libreoffice --headless --convert-to docx FILE"
_PICTURE = "run OCR first, for example: ocrmypdf --image-dpi 300 -l Latin FILE out.pdf"
_SCAN = "run OCR first, for example: tesseract FILE out -l Latin pdf"
_UNPACK = "unpack it and give the documents in it"
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "RTF", _OFFICE),
    (b"\x89PNG", "a PNG picture", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (b"GIF8", "a GIF picture", _SCAN),
    (b"II*\x00", "a TIFF picture", _SCAN),
    (b"MM\x00*", "a TIFF picture", _SCAN),
    (b"BM", "a bitmap picture", _SCAN),
    (b"RIFF", "a picture, sound or film", _ADVICE),
    (b"\x1f\x8b", "a gzip archive", "unpack it first: gunzip FILE"),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"PK\x07\x08", "a part of a ZIP archive", _UNPACK),
    (b"\x7fELF", "a program", ""),
    (b"MZ", "a program", ""),
    (b"SQLite format 3\x00", "a database", ""),
    (b"\xffWPC", "a WordPerfect document", _OFFICE),
    (b"%!PS", "PostScript", "convert it first: ps2pdf FILE"),
    (b"BEGIN:VC", "a calendar or address card", _ADVICE),
    (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application', "an Office XML file", _OFFICE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = (("WordDocument", "an old Word document"), ("Workbook", "an old Excel workbook"), ("PowerPoint Document", "an old PowerPoint presentation"), ("__properties_version1.0", "an Outlook message"))  # fmt: skip
_ZIP_KINDS = (
    (b"xl/workbook", "an Excel workbook", _ADVICE),
    (b"ppt/presentation", "a PowerPoint presentation", _ADVICE),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file", _OFFICE),
    (b"mimetypeapplication/epub", "an e-book", _ADVICE),
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|h[1-6]|p|span|article|section|ul|main)\b[^<]{0,2000}",
    re.IGNORECASE,
)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z-]{1,40}):[ \t]")
_MAIL = frozenset((b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to", b"content-type"))
_BLANK = bytes(range(0x21)) + b"\x7f"
_BOM = b"\xef\xbb\xbf"


def sniff(name: str, data: bytes) -> str:
    """The media type that the bytes say; the name is for the error message only. The first bytes win."""
    head = data[:4096]
    body = head.removeprefix(_BOM).lstrip(_BLANK)
    if not body.strip(b"\xff\xfe") and not data.strip(_BLANK + b"\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(name, "empty", "there is nothing in it" if not data else "there are only blanks in it")
    if body.startswith(b"%PDF-"):
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(name, data)
    if head.startswith(_OLE):
        raise _old_office(name, data)
    for magic, what, advice in _MAGIC:
        if head.startswith(magic) and not (magic in (b"BM", b"MZ", b"RIFF") and _texty(head)):
            raise _unsupported(name, what, advice)
    if head[4:8] == b"ftyp":
        raise _unsupported(name, "a picture, sound or film", _ADVICE)
    if head[257:262] == b"ustar":
        raise _unsupported(name, "a tar archive", _UNPACK)
    head = head.rstrip(b"\x00")  # recovered files are padded with NULs
    wide = _wide(head)
    if wide:
        return HTML if _is_html(wide) else TEXT
    if _is_pdf(data, head):
        return PDF
    if not _texty(head):
        raise _unsupported(name, "of no kind that is known", _ADVICE)
    return _text(name, data, head, body)


def _unsupported(name: str, what: str, advice: str) -> Unsupported:
    return Unsupported(name, "unsupported", f"unsupported: {what}", advice)


def _text(name: str, data: bytes, head: bytes, body: bytes) -> str:
    """HTML or plain text; data formats that are text as well are told apart."""
    if body.startswith((b"{", b"[{")) and b'"schema_version"' in head:
        raise _unsupported(name, "JSON, as this program writes it", "give the document that it was made from")
    mail = _mail(body)
    if mail and b"multipart/related" in mail:
        raise _unsupported(name, "a web page saved as one file (MHTML)", "save it as HTML or PDF")
    if mail:
        raise _unsupported(name, "an e-mail", "save its attachment and give that")
    if body.startswith(b"<!--"):  # `saved from url`, licences: a page may begin long after
        body = data[: 1 << 16].partition(b"-->")[2][:4096].lstrip(_BLANK) or body
        head = body
    html = _is_html(head)
    if body.startswith(b"<svg") or (body.startswith(b"<?xml") and not html and b"<svg" in head):
        raise _unsupported(name, "an SVG picture", _ADVICE)
    if body.startswith(b"<?xml") and not re.search(rb"<(?:html|!doctype html)", head, re.IGNORECASE):
        raise _unsupported(name, "XML", _ADVICE)
    return HTML if html else TEXT


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


def _is_pdf(data: bytes, head: bytes) -> bool:
    """A PDF after junk, or one that lost its beginning: its objects say so. Never read as text."""
    if b"endobj" not in data or _is_html(head[:200]):
        return False
    return b"%PDF-" in head[:1024] or re.search(rb"^\d{1,9} \d{1,5} obj\b", head, re.MULTILINE) is not None


def _mail(body: bytes) -> bytes:
    """The header of an e-mail: lines `Name: value` up to a blank line, one of them such as only mail has; empty for none."""
    seen = False
    at = 0
    for line in body.splitlines(keepends=True):
        if not line.strip():
            return body[:at].lower() if seen else b""
        found = _HEADER.match(line)
        if not found and not (at and line[:1] in b" \t"):
            return b""
        seen = seen or (found is not None and found[1].lower() in _MAIL)
        at += len(line)
    return body.lower() if seen and at else b""


def _texty(head: bytes) -> bool:
    """Whether hardly any byte is a control character."""
    odd = len(_CONTROL.findall(head))
    return odd * 20 <= len(head) or (odd <= 2 and len(head) < 100)  # of noise every tenth byte is one


_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _wide(head: bytes) -> bytes:
    """The beginning of UTF-16 or UTF-32 text without its NULs; empty where it is no such text."""
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not marked and not _every_second_is_nul(head):
        return b""
    plain = head.replace(b"\x00", b"")
    return plain if marked or (_texty(plain) and len(plain) > 0) else b""


def _every_second_is_nul(head: bytes) -> bool:
    """UTF-16 or UTF-32 without a mark."""
    nul = head.count(0)
    if len(head) < 4 or nul < 0.3 * len(head):
        return False
    quarter = len(head) // 4
    if any(head[n::4].count(0) + head[n + 1 :: 4].count(0) >= 2 * quarter for n in (0, 2)):
        return len(head.strip(b"\x00")) > 0
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) < 0.1 * max(even, odd)


def _old_office(name: str, data: bytes) -> Unsupported | Unreadable:
    """What a compound file of the old Office holds, by the names in its directory."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable(
            name, "encrypted", "a password-protected Office file", "remove the password and save it again"
        )
    for stream, what in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            return _unsupported(name, what, "save its attachment and give that" if "Outlook" in what else _OFFICE)
    return _unsupported(name, "an old Office file", _OFFICE)


_CONTENTS = b"[Content_Types].xml"
"""The first part of an Office file: all that is left of one that was cut off early."""


def _zip(name: str, data: bytes) -> str:
    """DOCX by its parts' names, which stand readable in the archive's directory."""
    places = data[:4096], data[-2_000_000:]
    if any(b"word/document" in place or b"word\\document" in place for place in places):
        return DOCX
    for part, what, advice in _ZIP_KINDS:
        if any(part in place for place in places):
            raise _unsupported(name, what, advice)
    if any(b"word/" in place or _CONTENTS in place for place in places):
        return DOCX  # whole or cut off: the reader says which
    raise _unsupported(name, "a ZIP archive", _UNPACK)


_SUFFIXES = {
    PDF: (".pdf",),
    DOCX: (".docx", ".docm", ".dotx", ".dotm"),
    HTML: (".html", ".htm", ".xhtml", ".aspx", ".php"),
    TEXT: (".txt", ".text", ".md"),
}


SUFFIXES = frozenset(suffix for known in _SUFFIXES.values() for suffix in known)
"""What the names of documents that we read usually end with."""


def name_disagrees(name: str, media_type: str) -> bool:
    """Whether the name's suffix says another of our four kinds.

    >>> name_disagrees("referat.pdf", HTML), name_disagrees("referat.PDF", PDF), name_disagrees("referat", PDF)
    (True, False, False)
    """
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
    return any(suffix in known for known in _SUFFIXES.values()) and suffix not in _SUFFIXES[media_type]
