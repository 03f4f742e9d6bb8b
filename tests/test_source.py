"""The media type is told by the bytes; what we do not read is named, with what to do."""

from __future__ import annotations

import io
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from minutes_parser.errors import MinutesError, Unreadable, Unsupported
from minutes_parser.findings import Limits
from minutes_parser.kinds import Code
from minutes_parser.pipeline import explain
from minutes_parser.source import DOCX, HTML, PDF, TEXT, Source, name_disagrees, sniff

SAMPLES = Path(__file__).parent.parent / "samples"
PDF_BYTES = (SAMPLES / "edoc" / "referat.pdf").read_bytes()
DOCX_BYTES = (SAMPLES / "acadre" / "referat.docx").read_bytes()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def packed(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def odf() -> bytes:
    return packed(
        ("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<a/>"), method=zipfile.ZIP_STORED
    )


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("referat.txt"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (PDF_BYTES, PDF),
        (b"\n\n  " + PDF_BYTES, PDF),
        (b"HTTP/1.1 200 OK\r\n\r\n" + PDF_BYTES, PDF),
        (PDF_BYTES[60:], PDF),
        (DOCX_BYTES, DOCX),
        (b"<!DOCTYPE html><html><body>Hej</body></html>", HTML),
        (b"\xef\xbb\xbf<HTML><BODY>Hej", HTML),
        (b"<p>Brudstykke</p>", HTML),
        (b"<!-- " + b"gemt fra nettet " * 500 + b"-->\n<html><body>Hej</body></html>", HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html><body>Hej</body></html>', HTML),
        ("<html><body>Mødet</body></html>".encode("utf-16"), HTML),
        ("<html><body>Mødet</body></html>".encode("utf-16-le"), HTML),
        (b"<html><body><p>Om %PDF-1.4 og endobj</p></body></html>", HTML),
        ("Mødet".encode("utf-16-be"), TEXT),
        ("Ø".encode("utf-32-le"), TEXT),
        ("Mødet blev åbnet".encode("cp865"), TEXT),
        (b"BM er en forkortelse", TEXT),
        (b"MZ var referent", TEXT),
        (b"RIFF, sagde han", TEXT),
        (b"En PDF begynder med %PDF-1.4", TEXT),
        (b"Tabellen har <p> og < 5 procent", TEXT),
        ("Til: Udvalget\nFra: Sekretæren\n\nReferat".encode(), TEXT),
        (b"x", TEXT),
    ],
)
def test_the_bytes_tell_the_media_type(data: bytes, media_type: str) -> None:
    assert sniff("referat", data) == media_type
    assert sniff("referat.pdf", data) == sniff("referat.txt", data) == media_type


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "an old Word document"),
        (OLE + "Workbook".encode("utf-16-le"), "an old Excel workbook"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "an Outlook message"),
        (OLE, "an old Office file"),
        (odf(), "an OpenDocument file"),
        (packed(("xl/workbook.xml", b"<a/>")), "an Excel workbook"),
        (packed(("ppt/presentation.xml", b"<a/>")), "a PowerPoint presentation"),
        (packed(("referat.txt", b"Hej")), "a ZIP archive"),
        (b"PK\x03\x04", "a ZIP archive"),
        (tar(), "a tar archive"),
        (b"{\\rtf1\\ansi Hej}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a PNG picture"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "a JPEG picture"),
        (b"II*\0" + b"\0" * 50, "a TIFF picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50, "a picture, sound or film"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>Hej</text></svg>", "an SVG picture"),
        (b"\x1f\x8b\x08" + bytes(range(60)), "a gzip archive"),
        (b"\x7fELF\x02" + b"\0" * 100, "a program"),
        (b"From: a@example.dk\nSubject: Referat\nMIME-Version: 1.0\n\nHej\n", "an e-mail"),
        (b"Return-Path: <a@example.dk>\r\nReceived: from x\r\n\tby y\r\n\r\nHej", "an e-mail"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", "(MHTML)"),
        (b"<?xml version='1.0'?><sag>hej</sag>", "XML"),
        (b'{"schema_version": "1.0", "kind": "minutes"}', "JSON, as this program writes it"),
        (random.Random(1).randbytes(4096), "of no kind that is known"),
    ],
)
def test_other_kinds_are_named_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(Unsupported) as caught:
        sniff("referat.docx", data)
    assert caught.value.code == "unsupported"
    assert caught.value.reason.startswith("unsupported: ")
    assert what in caught.value.reason
    assert str(caught.value).startswith("referat.docx: unsupported: ")
    assert "\n" not in str(caught.value)


def test_the_advice_for_office_files_has_the_line_to_type() -> None:
    for data in (OLE + "WordDocument".encode("utf-16-le"), odf(), b"{\\rtf1 Hej}"):
        with pytest.raises(Unsupported) as caught:
            sniff("a.doc", data)
        assert "libreoffice --headless --convert-to docx FILE" in str(caught.value)
    with pytest.raises(Unsupported) as caught:
        sniff("scan.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    assert "ocrmypdf" in str(caught.value)


@pytest.mark.parametrize(
    "data", [b"", b" ", b" \r\n\t\n", b"\0" * 50, b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\n \n"]
)
def test_nothing_in_it(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        sniff("tom.txt", data)
    assert caught.value.code == "empty"


def test_a_password_protected_office_file() -> None:
    with pytest.raises(Unreadable) as caught:
        sniff("hemmelig.docx", OLE + "EncryptedPackage".encode("utf-16-le"))
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize(
    ("name", "disagrees"),
    [
        ("referat.pdf", True),
        ("referat.txt", False),
        ("REFERAT.TXT", False),
        ("referat", False),
        ("referat.2024", False),
    ],
)
def test_a_name_that_disagrees_is_a_finding(name: str, disagrees: bool) -> None:
    source = Source(name, b"Referat\n\nBeslutning\nGodkendt")
    assert name_disagrees(name, source.media_type) is disagrees
    found = [f.code for f in explain(source).minutes.findings]
    assert (Code.NAME_DISAGREES in found) is disagrees


def test_errors_escape_names_and_keep_to_one_line() -> None:
    with pytest.raises(MinutesError) as caught:
        sniff("ond\x1b[31m\nfil.doc", OLE)
    assert "\x1b" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_documented_limits_are_the_real_ones() -> None:
    said = (Path(__file__).parent.parent / "docs" / "formats.md").read_text("utf-8")
    limits = Limits()
    for part in (
        f"{limits.bytes // 1_000_000} MB a file",
        f"{limits.text_bytes // 1_000_000} MB of text or HTML",
        f"{limits.pages:,} pages",
        f"{limits.page_characters:,} characters a page",
        f"{limits.characters:,} in all",
        f"{limits.part_bytes // 1_000_000} MB each and {limits.unzipped_bytes // 1_000_000} MB in all",
        f"{limits.ratio}-fold",
    ):
        assert part in said.replace("\n ", "")
