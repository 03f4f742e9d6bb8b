"""Makes hostile files: what breaks readers of documents, one small file each, with what has to come of it.

Run as a program it reads every file of a folder, each in a process of its own with limited memory and time, and prints
a line of JSON for each: that is what `test_hostile.py` judges.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import resource
import signal
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MEMORY = 1 << 30
SECONDS = 60
MINUTES = "Referat af møde i Byrådet den 3. maj 2024\n\nPunkt 1: Godkendelse af dagsorden\n\nBeslutning\n\nGodkendt.\n"


@dataclass
class Case:
    """A file and what has to come of it: a document with these findings and words, or an error of one of these codes."""

    name: str
    data: Callable[[], bytes]
    errors: tuple[str, ...] = ()
    document: bool = False
    findings: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


CASES: list[Case] = []


def case(
    name: str,
    errors: str = "",
    *,
    document: bool | None = None,
    findings: str = "",
    holds: tuple[str, ...] = (),
    never: tuple[str, ...] = (),
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Register what the function makes; a document is expected where no error is, or where `document` says so too."""

    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        expected = not errors if document is None else document
        CASES.append(Case(name, make, tuple(errors.split()), expected, tuple(findings.split()), holds, never))
        return make

    return keep


def sample(path: str) -> bytes:
    return (Path(__file__).parent.parent / "samples" / path).read_bytes()


# -- anything --------------------------------------------------------------------------------------------------------

case("empty.pdf", "empty")(lambda: b"")
case("blanks.docx", "empty")(lambda: b" \r\n\t " * 100)
case("noise.pdf", "unsupported")(lambda: random.Random(2).randbytes(4096))
case("pdf_head_and_noise.pdf", "corrupt")(lambda: b"%PDF-1.7\n" + random.Random(3).randbytes(4096))
case("zip_head_and_noise.docx", "unsupported corrupt")(lambda: b"PK\x03\x04" + random.Random(4).randbytes(4096))
case("login.pdf", findings="name-disagrees", holds=("Log ind",))(lambda: b"<!DOCTYPE html><html><body><h1>Log ind</h1><form>Brugernavn</form></body></html>")  # fmt: skip
case("pdf_as.docx", findings="name-disagrees", holds=("cykelsti",))(lambda: sample("edoc/referat.pdf"))
case("polyglot.html", holds=("Hej",), never=("endobj",))(lambda: b"<html><body><p>Hej</p></body></html><!-- " + sample("edoc/referat.pdf") + b" -->")  # fmt: skip

# -- text ------------------------------------------------------------------------------------------------------------


def text_case(name: str, make: Callable[[], str], **expect: object) -> None:
    case(f"{name}.txt", **expect)(lambda: (MINUTES + make()).encode())  # type: ignore[arg-type]


for _name, _unit in {
    "dots": ".", "blanks": " ", "digits": "1", "dashes": "-", "underscores": "_", "letters": "a", "numbers": "1.1.", "leaders": "....... ", "colons": "a: ", "stars": "*", "hashes": "# ",
    "points": "Punkt 1: ", "cases": "Sagsnr.: 24/1 ", "dates": "3. maj 2024 ", "hours": "kl. 12 ", "headings": "Beslutning ", "names": "Bo Ø (A), ", "tabs": "a\t", "bars": "| ", "braces": "((", "hyphens": "a-",
}.items():  # fmt: skip
    text_case(f"long_{_name}", lambda unit=_unit: unit * (200_000 // len(unit)), holds=("Godkendt.",))  # type: ignore[misc]
text_case("word_1mb", lambda: "æ" * 1_000_000, holds=("Godkendt.",))
text_case("lines_10000", lambda: "Beslutning om noget\n" * 10_000)
text_case("people_5000", lambda: "Fraværende: " + ", ".join(f"Navn{n} Efternavn (A)" for n in range(5_000)))
text_case("items_1000", lambda: "\n".join(f"Punkt {n}: Sag {n}\n\nBeslutning\n\nGodkendt.\n" for n in range(2, 1_000)))
text_case("headings_5000", lambda: "Indstilling\n\nBeslutning\n\n" * 2_500)
text_case("number_5000_digits", lambda: f"Punkt {'9' * 5000}: Sag\nSagsnr.: {'8' * 5000}\nkl. {'7' * 5000}\n")
text_case("odd_digits", lambda: "Punkt ²: Sag\nPunkt ３: Sag\nden ٣. maj ２０２４ kl. ①⑦.00\n① Godkendt\n")
text_case("impossible_dates", lambda: "den 31. februar 2024\n99-99-9999\nkl. 27:99\n00/00/0000\n")
text_case("bidi_and_escapes", lambda: "\u202egodkendt\u202c \x1b]0;titel\x07 \x00\x08\u2066x\u2069\n", findings="control-characters", never=("\x1b", "\u202e", "\x00", "\u2066"))  # fmt: skip
case("mostly_nul.txt", "unsupported", document=True)(lambda: b"\0".join(bytes([c]) for c in b"Referat " * 100) + b"\0" * 99)  # fmt: skip

# -- HTML ------------------------------------------------------------------------------------------------------------


def html_case(name: str, make: Callable[[], str], errors: str = "", **expect: object) -> None:
    head = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><p>Hej</p>"
    case(f"{name}.html", errors, **expect)(lambda: (head + make()).encode())  # type: ignore[arg-type]


html_case("deep_div", lambda: "<div>" * 100_000 + "x", "limit-depth")
html_case("deep_any", lambda: "<x><y>" * 50_000 + "x", "limit-depth")
html_case("deep_tables", lambda: "<table><tr><td>" * 2_000 + "x", "limit-depth")
html_case("deep_lists", lambda: "<ul><li>a" * 1_000, holds=("a",))
html_case("attributes", lambda: "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>", "limit-attributes")
html_case("open_tags", lambda: "<" * 500_000)
html_case("open_comment", lambda: "<!-- " * 50_000, findings="hidden-text")
html_case("open_script", lambda: "<script> <p>x</p>", findings="hidden-text")
html_case("references", lambda: "&#8238;&#27;&#0;&#99999999;&nosuch;&" * 20_000, never=("\u202e", "\x1b", "\x00"))
html_case("one_line_2mb", lambda: "<p>" + "ord " * 500_000)
html_case("paragraphs_10000", lambda: "<p>Beslutning om noget</p>" * 10_000)
html_case("cells_60000", lambda: "<table>" + ("<tr>" + "<td>x</td>" * 100 + "</tr>") * 600 + "</table>")
html_case("spans", lambda: "<table>" + "<tr><td rowspan=999999999 colspan=999999999>x<td>y</tr>" * 500 + "</table>")
html_case("list_numbers", lambda: "<ol start=99999999999999999999 type=i><li value='²'>x<li value=-5>y</ol>")
html_case("levels", lambda: "<div role=heading aria-level='²'>Beslutning</div><div role=heading aria-level=99>x</div>")
html_case("remote", lambda: "<img src=http://127.0.0.1:1/x><link rel=stylesheet href=http://127.0.0.1:1/y><p>x</p>", holds=("x",))  # fmt: skip
case("script_only.html", "no-text")(lambda: b"<html><body><div id=root></div><script>render()</script></body></html>")
case("entities.xhtml", document=True, never=("hemmelig",))(lambda: b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x "hemmelig"><!ENTITY y SYSTEM "file:///etc/hostname">]><html><body><p>Hej &x; &y;</p></body></html>')  # fmt: skip
for _charset in ("utf-7", "zlib", "hex", "klingon", "utf-16", "x" * 39):
    case(f"charset_{_charset[:8]}.html", holds=("Mødet på Ærø",))(
        lambda charset=_charset: (
            f"<html><head><meta charset='{charset}'></head><body>Mødet på Ærø</body></html>".encode()
        )  # type: ignore[misc]
    )

# -- DOCX ------------------------------------------------------------------------------------------------------------

from extract.docxfile import NAMES, box, docx, number, p, r, table  # noqa: E402


def docx_case(name: str, make: Callable[[], bytes], errors: str = "", **expect: object) -> None:
    case(f"{name}.docx", errors, **expect)(make)  # type: ignore[arg-type]


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def doctype(declaration: str, part: str = "word/document.xml") -> Callable[[], bytes]:
    def change(name: str, content: bytes) -> bytes:
        return declaration.encode() + content.replace(b">a<", b">a&x;<") if name == part else content

    return lambda: repacked(docx(p("a")), change)


LAUGHS = "<!DOCTYPE w [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {'x' if n == 9 else f'a{n}'} '{('&a;' if n == 0 else f'&a{n - 1};') * 10}'>" for n in range(10)) + "]>"  # fmt: skip
docx_case("billion_laughs", doctype(LAUGHS), "unsafe-xml")
docx_case("quadratic_entity", doctype(f"<!DOCTYPE w [<!ENTITY x '{'x' * 100_000}'>]>"), "unsafe-xml")
docx_case("xxe", doctype("<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), "unsafe-xml")
docx_case("external_dtd", doctype("<!DOCTYPE w SYSTEM 'http://127.0.0.1:1/x.dtd'>"), "unsafe-xml")
docx_case("dtd_in_relations", doctype("<!DOCTYPE w []>", "_rels/.rels"), "unsafe-xml")
docx_case("bomb_document", lambda: docx(p("a" * 60_000_000)), "limit-ratio limit-unzipped")
docx_case("bomb_styles", lambda: docx(p("a"), styles="<!--" + " " * 60_000_000 + "-->"), "limit-ratio limit-unzipped")
docx_case("bomb_media", lambda: docx(p("a"), more={"word/media/x.bin": bytes(60_000_000)}), holds=("a",))
docx_case("bomb_bzip2", lambda: docx(p("a"), method=zipfile.ZIP_BZIP2), "corrupt")
docx_case("entries_20000", lambda: docx(p("a"), more={f"x/{n}": b"" for n in range(20_000)}), "limit-entries")
docx_case("nested_zip", lambda: docx(p("a"), more={"word/embeddings/x.zip": docx(p("inde"))}), never=("inde",))
docx_case("deep_xml", lambda: docx("<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000), "limit-depth")
docx_case("deep_tables", lambda: docx(nested(80)), "limit-depth", document=True)
docx_case("long_text", lambda: docx(p(random_letters(11_000_000))), "limit-depth", document=True)
docx_case(
    "paragraphs_10000",
    lambda: docx("".join(p(f"Beslutning om noget {n * 7919}", number(1)) for n in range(10_000))),
    holds=("noget",),
)
docx_case("runs_50000", lambda: docx(p(inside="".join(r(f"ord {n * 7919} ") for n in range(50_000)))), holds=("ord",))
docx_case(
    "cells_10000",
    lambda: docx(table(*[tuple(p(f"x {k * 7919 + n}") for n in range(50)) for k in range(200)])),
    holds=("x",),
)
docx_case("gridspan", lambda: docx(table(("<w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr>" + p("a"), p("b")))), holds=("a\tb",))  # fmt: skip
docx_case("boxes", lambda: docx(p("a", inside=box(p("b", inside=box(p("c", inside=box(p("d")))))))), holds=("b", "c", "d"))  # fmt: skip
docx_case("all_in_a_table", lambda: docx(table((p("Referat") + p("Beslutning") + p("Godkendt"),))), holds=("Godkendt",))
docx_case("style_loop", lambda: docx(p("a", '<w:pStyle w:val="A"/>'), styles='<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'), holds=("a",))  # fmt: skip
docx_case("numbers_absurd", lambda: docx(p("a", number("1", "9" * 5000)), numbering=f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{"9" * 5000}"><w:start w:val="{"9" * 5000}"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'), holds=("a",))  # fmt: skip
docx_case("traversal", lambda: docx(p("a"), relations='<Relationship Id="x" Type="http://x/header" Target="../../../../etc/passwd"/><Relationship Id="y" Type="http://x/footer" Target="/etc/passwd"/>', more={"../../ud.txt": b"x"}), holds=("a",), never=("root:",))  # fmt: skip
docx_case("external", lambda: docx(p("a"), relations='<Relationship Id="x" Type="http://x/header" Target="http://127.0.0.1:1/x" TargetMode="External"/>'), holds=("a",))  # fmt: skip
docx_case("no_main_part", lambda: docx(p("a"), more={"_rels/.rels": "<Relationships/>"}), document=True)
docx_case("main_part_missing", lambda: packed({"_rels/.rels": b"<Relationships/>", "word/styles.xml": b"<a/>"}), "corrupt")  # fmt: skip
docx_case("no_body", lambda: docx("", more={"word/document.xml": f"<w:document {NAMES}/>"}), "corrupt")
docx_case("no_xml", lambda: docx("", more={"word/document.xml": random.Random(5).randbytes(2000)}), "corrupt")
docx_case("picture_only", lambda: docx(p(inside="<w:r><w:drawing/></w:r>")), "no-text")
docx_case("alt_chunk", lambda: docx('<w:altChunk r:id="x"/>'), "no-text")
docx_case("truncated", lambda: sample("acadre/referat.docx")[:9_000], "corrupt")
docx_case("bad_crc", lambda: flipped(docx(p("a" * 5000), method=zipfile.ZIP_STORED), b"aaaa"), "corrupt")
docx_case("encrypted_entries", lambda: flagged(docx(p("a"))), "encrypted")
docx_case("unknown_method", lambda: methodless(docx(p("a"))), "corrupt")
docx_case("duplicate", lambda: docx(p("a"), more={"Word/Document.xml": "<x/>"}), "corrupt")
docx_case("overlapping", lambda: overlapping(docx(p("a"))), "corrupt")
docx_case("lying_size", lambda: lying(docx(p("a" * 50_000))), "corrupt")
docx_case("old", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "unsupported")


def nested(depth: int) -> str:
    inner = p("x")
    for _ in range(depth):
        inner = table((inner,))
    return inner


def random_letters(count: int) -> str:
    """Letters that do not pack well, so that it is the length that counts."""
    return random.Random(6).randbytes(count // 2).hex()


def packed(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def flipped(data: bytes, at: bytes) -> bytes:
    place = data.index(at) + 100
    return data[:place] + b"\0\0\0\0" + data[place + 4 :]


def directory(data: bytes, change: Callable[[bytearray, int], None]) -> bytes:
    """The archive with each entry of its directory changed."""
    out = bytearray(data)
    at = out.find(b"PK\x01\x02")
    while at >= 0:
        change(out, at)
        at = out.find(b"PK\x01\x02", at + 46)
    return bytes(out)


def flagged(data: bytes) -> bytes:
    return directory(data, lambda out, at: out.__setitem__(at + 8, out[at + 8] | 1))


def methodless(data: bytes) -> bytes:
    return directory(data, lambda out, at: struct.pack_into("<H", out, at + 10, 77))


def overlapping(data: bytes) -> bytes:
    first = data.find(b"PK\x01\x02")
    offset = data[first + 42 : first + 46]
    return directory(data, lambda out, at: out.__setitem__(slice(at + 42, at + 46), offset))


def lying(data: bytes) -> bytes:
    return directory(data, lambda out, at: struct.pack_into("<I", out, at + 24, 10))


# -- PDF -------------------------------------------------------------------------------------------------------------

from extract.pdffile import bare, document, embedded, lines, pdf, shown, stream, without_map  # noqa: E402

PROSE = (
    "Udvalget behandlede sagen om den nye skole og besluttede at sende den videre til byrådet.",
    "Forvaltningen har ikke yderligere bemærkninger til sagen, som blev godkendt på mødet.",
)
CORRUPT = "corrupt no-pages no-text-layer"


def pdf_case(name: str, make: Callable[[], bytes], errors: str = "", **expect: object) -> None:
    case(f"{name}.pdf", errors, **expect)(make)  # type: ignore[arg-type]


def changed(old: bytes, new: bytes, data: bytes | None = None) -> bytes:
    data = data or document(shown(*PROSE))
    assert old in data
    return data.replace(old, new)


def packed_stream(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def chain(count: int) -> dict[int, str | bytes]:
    """A page tree of this depth."""
    more: dict[int, str | bytes] = {
        n: f"<< /Type /Pages /Kids [{n + 1} 0 R] /Count 1 >>" for n in range(10, 10 + count)
    }
    return more | {10 + count: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R >>"}  # fmt: skip


def tree(depth: int) -> dict[int, str | bytes]:
    """A page tree whose nodes name the next level twice."""
    more: dict[int, str | bytes] = {
        n: f"<< /Type /Pages /Kids [{n + 1} 0 R {n + 1} 0 R] /Count {2 ** (depth - (n - 10))} >>"
        for n in range(10, 10 + depth)
    }
    return more | {10 + depth: "<< /Type /Page /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R >>"}  # fmt: skip


def forms(levels: int, each: int) -> dict[int, str | bytes]:
    """Forms that draw the next form several times."""
    more: dict[int, str | bytes] = {
        20 + n: stream(b"/X Do " * each, f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X {21 + n} 0 R >> >>")
        for n in range(levels)
    }  # fmt: skip
    return more | {20 + levels: stream(shown("x"), "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >>")}  # fmt: skip


def font(entries: str, *more: bytes) -> dict[int, str | bytes]:
    return {
        4: f"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] {entries} >>",
        6: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [0 2000000000 500] >>",
        **{7 + n: stream(data) for n, data in enumerate(more)},
    }  # fmt: skip


CMAP = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange endcmap end"
GRID = b"".join(f"50 {100 + 9 * n} m 545 {100 + 9 * n} l S {50 + 8 * n} 100 m {50 + 8 * n} 640 l S ".encode() for n in range(61))  # fmt: skip
TABLE = b"".join(f"50 {700 - 20 * n} m 350 {700 - 20 * n} l S {50 + 100 * n} 700 m {50 + 100 * n} 640 l S ".encode() for n in range(4))  # fmt: skip

pdf_case("half", lambda: pdf(lines(*PROSE), lines(*PROSE))[:700], CORRUPT)
pdf_case("flips", lambda: flips(sample("edoc/referat.pdf"), 25), CORRUPT, document=True)
pdf_case("no_table", lambda: changed(b"xref\n0", b"xxxx\n0"), findings="repaired", holds=PROSE)
pdf_case("wrong_start", lambda: re.sub(rb"startxref\n\d+", b"startxref\n7", document(shown(*PROSE))), findings="repaired", holds=PROSE)  # fmt: skip
pdf_case("start_absurd", lambda: re.sub(rb"startxref\n\d+", b"startxref\n" + b"9" * 5000, document(shown(*PROSE))), findings="repaired", holds=PROSE)  # fmt: skip
pdf_case("table_loop", lambda: looped(document(shown(*PROSE))), CORRUPT, document=True)
pdf_case("size_absurd", lambda: changed(b"/Size 6", b"/Size 2147483647"), CORRUPT, document=True)
pdf_case("number_of_a_million_digits", lambda: document(b"BT " + b"9" * 1_000_000 + b" 0 Td /F 11 Tf (Hej) Tj ET" + shown(*PROSE)), holds=PROSE)  # fmt: skip
pdf_case("no_pages", lambda: bare({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [] /Count 0 >>"}), CORRUPT)  # fmt: skip
pdf_case("page_loop", lambda: changed(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), CORRUPT)
pdf_case("page_loop_beside", lambda: changed(b"/Kids [3 0 R] /Count 1", b"/Kids [2 0 R 3 0 R] /Count 2"), CORRUPT, document=True)  # fmt: skip
pdf_case("pages_deep", lambda: document(shown(*PROSE), pages="<< /Type /Pages /Kids [10 0 R] /Count 1 >>", more=chain(20_000)), CORRUPT, document=True)  # fmt: skip
pdf_case("pages_doubling", lambda: document(shown(*PROSE), pages="<< /Type /Pages /Kids [10 0 R] /Count 1073741824 >>", more=tree(30)), CORRUPT + " limit-pages", document=True)  # fmt: skip
pdf_case("count_lies", lambda: changed(b"/Count 1", b"/Count 900000"), findings="page-unreadable", holds=PROSE)
pdf_case("pages_2000", lambda: many_pages(2_000), holds=("Side 1999",))
pdf_case("pages_20000", lambda: many_pages(20_000), "limit-pages")
for _name, _box in {"huge": "[0 0 1e30 1e30]", "inverted": "[595 842 0 0]", "empty": "[0 0 0 0]", "words": "[(a) (b) /c true]", "negative": "[-9e30 -9e30 -1 -1]"}.items():  # fmt: skip
    pdf_case(f"box_{_name}", lambda box=_box: document(shown(*PROSE), page=f"/MediaBox {box}"), holds=PROSE)  # type: ignore[misc]
pdf_case("font_huge", lambda: document(b"BT /F 1e9 Tf 60 700 Td (Referat) Tj ET" + shown(*PROSE)), holds=PROSE)
pdf_case("bomb_flate", lambda: document(packed_stream(b" " * 100_000_000), entries="/Filter /FlateDecode"), CORRUPT)
pdf_case("bomb_flate_twice", lambda: document(packed_stream(b" " * 100_000_000, 2), entries="/Filter [/FlateDecode /FlateDecode]"), CORRUPT)  # fmt: skip
pdf_case("bomb_runlength", lambda: document(b"\x81 " * 100_000 + b"\x80", entries="/Filter /RunLengthDecode"), CORRUPT)
pdf_case("bomb_characters", lambda: document(packed_stream(b"BT /F 11 Tf " + b"(ord og ord og ord) Tj " * 100_000 + b"ET"), entries="/Filter /FlateDecode"), "limit-page-characters")  # fmt: skip
pdf_case("many_characters", lambda: document(packed_stream(b"BT /F 1 Tf 1 0 0 1 0 800 Tm (" + b"ord " * 50_000 + b") Tj ET"), entries="/Filter /FlateDecode"), document=True)  # fmt: skip
pdf_case("many_rules", lambda: document(packed_stream(GRID * 100 + shown(*PROSE)), entries="/Filter /FlateDecode"), holds=PROSE)  # fmt: skip
pdf_case("many_words", lambda: document(packed_stream(b"BT /F 11 Tf " + b"".join(f"1 0 0 1 {n * 7919 % 500} {n * 104729 % 800} Tm (ord) Tj ".encode() for n in range(8_000)) + b"ET"), entries="/Filter /FlateDecode"), holds=("ord",))  # fmt: skip
pdf_case("flate_damaged", lambda: changed(b"stream\nx", b"stream\n\xff", document(packed_stream(shown(*PROSE)), entries="/Filter /FlateDecode")), CORRUPT)  # fmt: skip
pdf_case("form_loop", lambda: document(b"/X Do " + shown(*PROSE), resources="/Font << /F 4 0 R >> /XObject << /X 20 0 R >>", more={20: stream(b"/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 20 0 R >> >>")}), holds=PROSE)  # fmt: skip
pdf_case("forms_nested", lambda: document(b"/X Do " + shown(*PROSE), resources="/Font << /F 4 0 R >> /XObject << /X 20 0 R >>", more=forms(12, 2)), CORRUPT, document=True)  # fmt: skip
pdf_case("deep_arrays", lambda: document(b"[" * 100_000 + b"] " * 100_000 + shown(*PROSE)), holds=PROSE)
pdf_case("deep_dictionary", lambda: document(shown(*PROSE), more={30: "[" * 50_000 + "]" * 50_000}), CORRUPT, document=True)  # fmt: skip
pdf_case("predictor", lambda: document(packed_stream(shown(*PROSE)), entries="/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 >>"), CORRUPT)  # fmt: skip
pdf_case(
    "font_widths", lambda: document(b"BT /F 11 Tf 60 700 Td <00410042> Tj ET", more=font("")), CORRUPT, document=True
)
pdf_case("font_map_range", lambda: document(b"BT /F 11 Tf 60 700 Td <00410042> Tj ET", more=font("/ToUnicode 7 0 R", CMAP)), CORRUPT, document=True)  # fmt: skip
pdf_case("font_bomb_in_a_table", lambda: document(TABLE + b"BT /F 11 Tf 60 685 Td (ab) Tj 100 0 Td (cd) Tj -100 -20 Td (ef) Tj 100 0 Td (gh) Tj 100 0 Td /G 11 Tf <00410042> Tj ET", resources="/Font << /F 4 0 R /G 14 0 R >>", more={14: font("/ToUnicode 7 0 R")[4], **{n: body for n, body in font("", CMAP).items() if n > 4}}), holds=("ab",))  # fmt: skip
pdf_case("map_by_path", lambda: document(b"BT /F 11 Tf 60 700 Td <0041> Tj ET", more={**font(""), 4: "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /..#2f..#2fetc#2fpasswd /DescendantFonts [6 0 R] >>"}), CORRUPT, document=True, never=("root:",))  # fmt: skip
pdf_case("actions", lambda: document(shown(*PROSE), catalogue="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << /WC << /S /Launch /F (calc.exe) >> >>"), holds=PROSE, never=("app.alert", "calc"))  # fmt: skip
pdf_case("xfa", lambda: document(shown("Please wait..."), catalogue="/AcroForm << /XFA 30 0 R /Fields [] >>", more={30: stream(b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>")}), holds=("Please wait",), never=("root:",))  # fmt: skip
pdf_case("scan", lambda: document(b"q 500 0 0 700 40 60 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"), "no-text-layer")
pdf_case("scan_on_one_page", lambda: pdf(lines(*PROSE), lambda c: c.rect(50, 50, 400, 600, fill=1), lines(*PROSE)), findings="no-text-layer", holds=PROSE)  # fmt: skip
pdf_case("ocr_layer", lambda: document(b"3 Tr " + shown(*PROSE)), holds=PROSE)
pdf_case("no_map", lambda: without_map(pdf(lines(*PROSE * 9, font=embedded()), pageCompression=0)), findings="unreadable-text", never=("(cid:",))  # fmt: skip
pdf_case("wrong_map", lambda: pdf(lines(*(shifted(line) for line in PROSE * 9))), findings="unreadable-text")
pdf_case("type3", lambda: document(b"BT /F 11 Tf 60 700 Td (abc) Tj ET", more={4: "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [0.1 0 0 0.1 0 0] /CharProcs << /x 30 0 R >> /Encoding << /Differences [97 /x /x /x] >> /FirstChar 97 /LastChar 99 /Widths [9 9 9] >>", 30: stream(b"0 0 9 9 re f")}), CORRUPT, document=True)  # fmt: skip
pdf_case("info_loop", lambda: changed(b"/Root 1 0 R", b"/Root 1 0 R /Info 3 0 R"), holds=PROSE)
pdf_case("outline_loop", lambda: document(shown(*PROSE), catalogue="/Outlines 30 0 R /PageLabels 31 0 R /Names 31 0 R", more={30: "<< /First 30 0 R /Last 30 0 R /Next 30 0 R /Parent 30 0 R >>", 31: "<< /Kids [31 0 R] >>"}), holds=PROSE)  # fmt: skip
pdf_case("annotation_loop", lambda: document(shown(*PROSE), page="/MediaBox [0 0 595 842] /Annots [30 0 R 30 0 R]", more={30: "<< /Type /Annot /Subtype /Popup /Parent 30 0 R /Rect [0 0 9 9] /AP << /N 30 0 R >> >>"}), holds=PROSE)  # fmt: skip
pdf_case("content_is_itself", lambda: changed(b"/Contents 5 0 R", b"/Contents 3 0 R"), CORRUPT)
pdf_case("encrypted_unknown", lambda: changed(b"/Root 1 0 R", b"/Root 1 0 R /ID [(a) (b)] /Encrypt << /Filter /X /V 9 >>"), "encrypted")  # fmt: skip


def flips(data: bytes, count: int) -> bytes:
    chance = random.Random(7)
    out = bytearray(data)
    for _ in range(count):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def looped(data: bytes) -> bytes:
    """The file whose cross-reference table names itself as the one before."""
    place = data.rindex(b"xref\n0 ")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % place)


def many_pages(count: int) -> bytes:
    objects: dict[int, str | bytes] = {1: "<< /Type /Catalog /Pages 2 0 R >>"}
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(f'{2 * n + 10} 0 R' for n in range(count))}] /Count {count} /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> >>"  # fmt: skip
    objects[4] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    for n in range(count):
        objects[2 * n + 10] = f"<< /Type /Page /Parent 2 0 R /Contents {2 * n + 11} 0 R >>"
        objects[2 * n + 11] = stream(shown(f"Side {n}"))
    return bare(objects)


def shifted(text: str) -> str:
    return "".join(chr((ord(ch) - 97 + 7) % 26 + 97) if "a" <= ch <= "z" else ch for ch in text)


# -- the runner ------------------------------------------------------------------------------------------------------


def judged(path: Path) -> Iterator[dict[str, object]]:
    """What one process makes of the file: outcome, code, message, findings, text, seconds, megabytes."""
    from minutes_parser.errors import MinutesError
    from minutes_parser.pipeline import explain, load
    from minutes_parser.write import to_json

    began = time.process_time()
    out: dict[str, object] = {}
    try:
        reading = explain(load(path))
        out = {"outcome": "document", "findings": sorted({f.code for f in reading.minutes.findings})}
        out |= {"text": reading.text.text[:200_000], "json": len(to_json(reading.minutes))}
    except MinutesError as error:
        out = {"outcome": "error", "code": error.code, "exit": error.exit_code, "message": str(error)}
    except MemoryError:
        out = {"outcome": "memory"}
    except BaseException as error:
        out = {"outcome": "defect", "message": f"{type(error).__name__}: {error}"[:500]}
    out["seconds"] = time.process_time() - began
    out["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield out


def main(folder: Path) -> None:
    """Read each file in a child with limits; a child that dies is told as such."""
    import minutes_parser.extract.docx
    import minutes_parser.extract.html
    import minutes_parser.extract.pdf
    import minutes_parser.extract.text  # noqa: F401  # imported once, before the children

    for path in sorted(folder.iterdir()):
        read, write = os.pipe()
        noise = tempfile.TemporaryFile()  # noqa: SIM115  # closed below, after the child
        child = os.fork()
        if not child:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(SECONDS)
            os.dup2(noise.fileno(), 2)
            with os.fdopen(write, "w") as pipe:
                for told in judged(path):
                    pipe.write(json.dumps(told))
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        told = json.loads(said) if said and not status else {"outcome": "died", "status": status}
        noise.seek(0)
        print(json.dumps({"name": path.name, **told, "noise": noise.read().decode(errors="replace")}), flush=True)
        noise.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
