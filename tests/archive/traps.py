"""Further files as an enemy or an accident would send them, beside `bombs`: by name, what makes their bytes."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
import zlib
from collections.abc import Callable

from bombs import CONTENT, LINE, RELATIONS, W, body, docx, pdf, stream, zipped

TEXT = (
    "Referat\nTeknikudvalget, Nordby Kommune\nMødedato: torsdag den 14. marts 2024\nSagsnr.: 24/00017\n\n"
    "Punkt 1: Godkendelse af dagsordenen\nBeslutning\nGodkendt.\n\nPunkt 2: Cykelsti ved Åvej\nBeslutning\nUdsat.\n"
)
"""A meeting that has to survive what is done around it."""
PRINTED = b"".join(
    b"(" + line.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)") + b") Tj T* " for line in TEXT.split("\n")
)
DRAWN = b"BT /F1 10 Tf 40 800 Td 14 TL " + PRINTED + b"ET\n"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
TAGGED = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
PARAGRAPHS = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TEXT.split("\n")).encode()


# -- PDF -------------------------------------------------------------------------------------------------------------


def sheet(contents: bytes, box: bytes = b"[0 0 595 842]", more: bytes = b"", font: bytes = FONT) -> bytes:
    """One page with the given content, media box, other entries and font."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>%s>>" % (box, more),
            stream(contents),
            font,
        ]
    )


def packed(contents: bytes) -> bytes:
    """One page with packed content."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            stream(zlib.compress(contents, 6), b"/Filter/FlateDecode"),
            FONT,
        ]
    )


def object_streams(damage: bool) -> bytes:
    """Catalog, pages and font in an object stream, found through a cross-reference stream; its middle overwritten or not."""
    inner = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
        FONT,
    ]
    places, data = [], b""
    for number, one in enumerate(inner, 1):
        places.append(b"%d %d" % (number, len(data)))
        data += one + b" "
    first = b" ".join(places) + b" "
    held = bytearray(zlib.compress(first + data))
    if damage:
        held[len(held) // 3 : len(held) // 3 + 20] = b"\xff" * 20
    out = bytearray(b"%PDF-1.7\n")
    at5 = len(out)
    out += b"5 0 obj\n%s\nendobj\n" % stream(bytes(held), b"/Type/ObjStm/N 4/First %d/Filter/FlateDecode" % len(first))
    at6 = len(out)
    out += b"6 0 obj\n%s\nendobj\n" % stream(DRAWN)
    at7 = len(out)
    rows = [(0, 0, 65535), *((2, 5, n) for n in range(4)), (1, at5, 0), (1, at6, 0), (1, at7, 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + last.to_bytes(2, "big") for kind, place, last in rows)
    out += b"7 0 obj\n%s\nendobj\n" % stream(table, b"/Type/XRef/Size 8/W[1 4 2]/Root 1 0 R")
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % at7


def xref_loop() -> bytes:
    """Cross-reference tables that name each other as the one before."""
    whole = sheet(DRAWN)
    start = whole.rindex(b"xref\n0")
    return whole.replace(b"trailer\n<<", b"trailer\n<</Prev %d" % start)


def names_loop() -> bytes:
    """Trees of names, destinations, outlines and structure that contain themselves."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/Names<</Dests 6 0 R/EmbeddedFiles 6 0 R>>/Outlines 7 0 R/StructTreeRoot 8 0 R/PageLabels 6 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/StructParents 0>>",
            stream(DRAWN),
            FONT,
            b"<</Kids[6 0 R 6 0 R]/Limits[(a)(z)]>>",
            b"<</First 7 0 R/Last 7 0 R/Next 7 0 R/Prev 7 0 R/Parent 7 0 R/Count 9999999/Title(x)>>",
            b"<</Type/StructTreeRoot/K 8 0 R/ParentTree 6 0 R>>",
        ]
    )


def links(count: int) -> bytes:
    """So many links on one page."""
    one = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://example.invalid/)>>>>"
    return sheet(DRAWN, more=b"/Annots[%s]" % (one * count))


def fields(count: int) -> bytes:
    """A form with so many fields, each a parent of the next."""
    nodes = [
        b"<</T(f%d)/FT/Tx/V(x)%s>>" % (n, b"/Kids[%d 0 R]" % (7 + n) if n < count - 1 else b"") for n in range(count)
    ]
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/XFA(<x/>)>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            stream(DRAWN),
            FONT,
            *nodes,
        ]
    )


def small_paths(count: int) -> bytes:
    """So many little boxes, as drawings and patterns have."""
    drawn = b"".join(b"%d %d 2 2 re f\n" % (n % 590, n // 590 % 840) for n in range(count))
    return packed(DRAWN + drawn)


def rules(count: int) -> bytes:
    """So many long lines across and down the page, with a word at each crossing's row: a grid without end."""
    drawn = b"".join(
        b"0 %.2f m 595 %.2f l S %.2f 0 m %.2f 842 l S\n" % ((n * 842 / count,) * 2 + (n * 595 / count,) * 2)
        for n in range(count)
    )
    return packed(DRAWN + drawn)


def words_apart(count: int) -> bytes:
    """So many letters, each placed by itself at a random place."""
    some = random.Random(1)
    drawn = b"".join(
        b"1 0 0 1 %d %d Tm (%c) Tj\n" % (some.randrange(590), some.randrange(840), 97 + n % 26) for n in range(count)
    )
    return packed(DRAWN + b"BT /F1 3 Tf\n" + drawn + b"ET")


def numbers(number: bytes) -> bytes:
    """The text, set at coordinates that are none."""
    return sheet(b"BT /F1 10 Tf 40 800 Td 14 TL (f\xf8r) Tj %s %s Td (midt) Tj ET\n" % (number, number) + DRAWN)


def sizes(size: bytes) -> bytes:
    """The text in a font of this size."""
    return sheet(DRAWN.replace(b"/F1 10 Tf", b"/F1 %s Tf" % size))


def many_fonts(count: int) -> bytes:
    """A font of its own for each of so many words."""
    names = b"".join(b"/G%d 5 0 R" % n for n in range(count))
    drawn = b"".join(b"/G%d 8 Tf (ord ) Tj\n" % n for n in range(count))
    whole = sheet(DRAWN + b"BT 40 400 Td " + drawn + b"ET")
    return whole.replace(b"<</F1 5 0 R>>", b"<</F1 5 0 R%s>>" % names)  # the table is wrong now: it has to be mended


def saves(count: int) -> bytes:
    """A file saved so many times, each with a table of its own that names the one before."""
    out = bytearray(sheet(DRAWN))
    for _ in range(count):
        before = int(out[out.rindex(b"startxref") + 10 :].split()[0])
        start = len(out)
        out += b"xref\n0 0\ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, start)
    return bytes(out)


def attached() -> bytes:
    """Other minutes as an attachment: they are not this document's text."""
    other = sheet(DRAWN.replace(b"Teknikudvalget", b"Hemmeligudvalg"))
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(../../x.pdf)6 0 R]>>>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            stream(DRAWN),
            FONT,
            b"<</Type/Filespec/F(../../x.pdf)/EF<</F 7 0 R>>>>",
            stream(other, b"/Type/EmbeddedFile/Subtype/application#2Fpdf"),
        ]
    )


def inline_images(count: int) -> bytes:
    """So many pictures of one point inside the content, with bytes that look like its end."""
    return packed(DRAWN + b"BI /W 1 /H 1 /BPC 8 /CS /G ID EIEI EI\n" * count)


def marked(count: int) -> bytes:
    """Marked content nested so deep, each with a text of its own that is to be read instead."""
    return packed(b"/Span <</ActualText(x)>> BDC " * count + DRAWN + b"EMC " * count)


def optional() -> bytes:
    """Text in a layer that is switched off."""
    return sheet(b"/OC /L BDC BT /F1 10 Tf 40 500 Td (Skjult lag) Tj ET EMC\n" + DRAWN)


# -- DOCX ------------------------------------------------------------------------------------------------------------


def nested_tables(depth: int) -> bytes:
    """Tables in tables, the meeting in the innermost cell."""
    opened, closed = b"<w:tbl><w:tr><w:tc>", b"<w:p/></w:tc></w:tr></w:tbl>"
    return docx(body(opened * depth + PARAGRAPHS + closed * depth))


def duplicate_members() -> bytes:
    """Two main parts of the same name: which one is read depends on who reads."""
    out = io.BytesIO(docx(body(PARAGRAPHS)))
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", body(LINE))
    return out.getvalue()


def recursive_chunks() -> bytes:
    """A document that has itself put into its middle."""
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="document.xml"/></Relationships>'
    )
    chunk = b'<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="r1"/>'
    return docx(body(PARAGRAPHS + chunk + PARAGRAPHS), {"word/_rels/document.xml.rels": relations})


def styles_loop() -> bytes:
    """Styles based on each other, numbers that point at each other."""
    styles = (
        b'<w:styles %s><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/><w:link w:val="B"/></w:style>'
        b'<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
        % W
    )
    numbering = (
        b'<w:numbering %s><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="B"/><w:lvl w:ilvl="0"><w:start w:val="99999999999999999999"/>'
        b'<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%%1%%2%%3%%9"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        % W
    )
    text = PARAGRAPHS.replace(b"<w:p>", b'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>')
    return docx(
        body(text),
        {
            "word/styles.xml": styles,
            "word/numbering.xml": numbering,
            "word/_rels/document.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
            b'<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>',
        },
    )


def numbered(count: int, numeral: bytes) -> bytes:
    """Paragraphs numbered by Word from so high up that the numeral would be as long as the number is great."""
    numbering = (
        b'<w:numbering %s><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="%d"/><w:numFmt w:val="%s"/><w:lvlText w:val="%%1."/></w:lvl></w:abstractNum>'
        b'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>' % (W, count, numeral)
    )
    text = PARAGRAPHS.replace(
        b"<w:p>", b'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r2" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>'
    )
    return docx(body(text), {"word/numbering.xml": numbering, "word/_rels/document.xml.rels": relations})


def odt() -> bytes:
    """An OpenDocument text."""
    return zipped([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<office/>")])


def epub() -> bytes:
    return zipped([("mimetype", b"application/epub+zip"), ("META-INF/container.xml", b"<container/>")])


def absolute_target() -> bytes:
    """The main part named by a path that begins at the root, in capitals, with a backslash."""
    relations = RELATIONS.replace(b"word/document.xml", b"/word/../word/document.xml")
    parts = [("[Content_Types].xml", CONTENT), ("_rels/.rels", relations), ("word/document.xml", body(PARAGRAPHS))]
    return zipped(parts, zipfile.ZIP_DEFLATED)


# -- text and HTML ---------------------------------------------------------------------------------------------------


def mixed_line_ends() -> bytes:
    """Every line with another end."""
    ends = ("\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1e")
    return "".join(line + ends[n % len(ends)] for n, line in enumerate(TEXT.split("\n"))).encode()


TRAPS: dict[str, Callable[[], bytes]] = {
    # PDF: structure
    "object_streams.pdf": lambda: object_streams(damage=False),
    "object_streams_damaged.pdf": lambda: object_streams(damage=True),
    "xref_loop.pdf": xref_loop,
    "names_loop.pdf": names_loop,
    "annotations_100000.pdf": lambda: links(100_000),
    "fields_20000.pdf": lambda: fields(20_000),
    "saves_3000.pdf": lambda: saves(3000),
    "attached.pdf": attached,
    "garbage_before.pdf": lambda: b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + sheet(DRAWN),
    "garbage_after.pdf": lambda: sheet(DRAWN) + b"\0" * 70_000 + random.Random(2).randbytes(5000),
    "twice.pdf": lambda: sheet(DRAWN) + sheet(DRAWN.replace(b"Teknikudvalget", b"Kulturudvalget")),
    "truncated.pdf": lambda: packed(DRAWN * 50)[:-300],
    "no_endstream.pdf": lambda: sheet(DRAWN).replace(b"endstream", b"").replace(b"endobj", b""),
    "length_lies.pdf": lambda: sheet(DRAWN).replace(b"/Length %d" % len(DRAWN), b"/Length 9999999999"),
    # PDF: pages and content
    "box_negative.pdf": lambda: sheet(DRAWN, b"[595 842 0 0]"),
    "box_below.pdf": lambda: sheet(DRAWN, b"[-595 -842 -1 -1]"),
    "box_huge.pdf": lambda: sheet(DRAWN, b"[0 0 1e38 1e38]"),
    "box_nan.pdf": lambda: sheet(DRAWN, b"[nan inf (x) null]"),
    "box_missing.pdf": lambda: sheet(DRAWN).replace(b"/MediaBox[0 0 595 842]", b"/Medibox [0 0 595 842]"),
    "rotated_45.pdf": lambda: sheet(DRAWN, more=b"/Rotate 45"),
    "user_unit.pdf": lambda: sheet(DRAWN, more=b"/UserUnit 1e9"),
    "numbers_nan.pdf": lambda: numbers(b"nan"),
    "numbers_huge.pdf": lambda: numbers(b"9" * 400),
    "numbers_tiny.pdf": lambda: numbers(b"-." + b"0" * 400 + b"1"),
    "size_0.pdf": lambda: sizes(b"0"),
    "size_negative.pdf": lambda: sizes(b"-10"),
    "size_1e9.pdf": lambda: sizes(b"1000000000"),
    "matrix_singular.pdf": lambda: sheet(b"0 0 0 0 0 0 cm " + DRAWN),
    "small_paths_100000.pdf": lambda: small_paths(100_000),
    "rules_2000.pdf": lambda: rules(2000),
    "words_apart_100000.pdf": lambda: words_apart(100_000),
    "many_fonts_20000.pdf": lambda: many_fonts(20_000),
    "inline_images_50000.pdf": lambda: inline_images(50_000),
    "marked_20000.pdf": lambda: marked(20_000),
    "states_200000.pdf": lambda: packed(b"q " * 200_000 + DRAWN + b"Q " * 200_000),
    "optional.pdf": optional,
    # DOCX
    "attribute_20mb.docx": lambda: docx(body(b'<w:p w:rsidR="' + b"A" * 20_000_000 + b'"/>' + PARAGRAPHS)),
    "runs_empty_1000000.docx": lambda: docx(body(b"<w:p>" + b"<w:r/>" * 1_000_000 + b"</w:p>" + PARAGRAPHS)),
    "tables_60.docx": lambda: nested_tables(60),
    "tables_2000.docx": lambda: nested_tables(2000),
    "duplicate_members.docx": duplicate_members,
    "recursive_chunks.docx": recursive_chunks,
    "styles_loop.docx": styles_loop,
    "numbers_roman.docx": lambda: numbered(2_000_000_000, b"upperRoman"),
    "numbers_letters.docx": lambda: numbered(2_000_000_000, b"lowerLetter"),
    "absolute_target.docx": absolute_target,
    "tabs_1000000.docx": lambda: docx(
        body(b"<w:p><w:r>" + b"<w:tab/><w:br/>" * 1_000_000 + b"</w:r></w:p>" + PARAGRAPHS)
    ),
    "utf16.docx": lambda: docx(body(PARAGRAPHS).decode().replace("UTF-8", "UTF-16").encode("utf-16")),
    "rtf.docx": lambda: rb"{\rtf1\ansi Referat}",
    "odt.docx": odt,
    "html.docx": lambda: b"<html><body>" + TAGGED.encode() + b"</body></html>",
    "prefix.docx": lambda: b"#!/bin/sh\nexit\n" + docx(body(PARAGRAPHS)),
    "namespaces_50000.docx": lambda: docx(
        body(b"<w:p %s/>" % b" ".join(b'xmlns:n%d="u"' % n for n in range(50_000)) + PARAGRAPHS)
    ),
    # HTML
    "attributes_1000000.html": lambda: (
        b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(1_000_000)) + b">" + TAGGED.encode()
    ),
    "comment_open_50mb.html": lambda: (
        b"<html><meta charset=utf-8><body>" + TAGGED.encode() + b"<!-- " + b"x" * 50_000_000
    ),
    "comment_open_15mb.html": lambda: (
        b"<html><meta charset=utf-8><body>" + TAGGED.encode() + b"<!-- " + b"ord " * 3_750_000
    ),
    "charset_lies.html": lambda: b"<html><meta charset=iso-8859-1><body>" + TAGGED.encode(),
    "charset_utf7.html": lambda: b"<html><meta charset=utf-7><body>" + TAGGED.encode() + b"<p>+ADw-script+AD4-",
    "charset_nonsense.html": lambda: b"<html><meta charset='zlib\0\"><x>'><body>" + TAGGED.encode(),
    "entities_1000000.html": lambda: (
        b"<html><meta charset=utf-8><body>" + TAGGED.encode() + b"<p>" + b"&#x110000;&bogus;&amp" * 300_000
    ),
    "plaintext.html": lambda: (
        b"<html><meta charset=utf-8><body>" + TAGGED.encode() + b"<plaintext>" + b"<b>Punkt 3</b>\n" * 100
    ),
    "template_nested.html": lambda: b"<html><meta charset=utf-8><body>" + b"<template>" * 300 + TAGGED.encode(),
    "tables_misnested.html": lambda: (
        b"<html><meta charset=utf-8><body>" + b"<table><tr><td><table><p><b><i>" * 200 + TAGGED.encode()
    ),
    "formatting_50000.html": lambda: (
        b"<html><meta charset=utf-8><body>" + b"<p><b><i><font>" * 50_000 + TAGGED.encode()
    ),
    "spans_2e9.html": lambda: (
        b"<html><meta charset=utf-8><body><table><tr><td colspan=2000000000 rowspan=2000000000>Bilag<td>1</table>"
        + TAGGED.encode()
    ),
    "xml.html": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>' + TAGGED.encode()
    ),
    # text
    "form_feeds_1000000.txt": lambda: TEXT.encode() + b"\f" * 1_000_000 + b"Punkt 3: Efter alle sider\n",
    "utf7.txt": lambda: TEXT.encode("utf-7"),
    "utf32_bom.txt": lambda: TEXT.encode("utf-32"),
    "utf32_none.txt": lambda: TEXT.encode("utf-32-be"),
    "utf16_none.txt": lambda: TEXT.encode("utf-16-le"),
    "utf16_odd.txt": lambda: TEXT.encode("utf-16") + b"x",
    "bom_middle.txt": lambda: TEXT.encode() + b"\xef\xbb\xbf" + TEXT.encode(),
    "surrogates.txt": lambda: TEXT.encode() + b"Lone \xed\xa0\x80 half \xed\xb0\x80\n",
    "overlong.txt": lambda: TEXT.encode() + b"\xc0\xaf\xe0\x80\xaf \xf5\x80\x80\x80\n",
    "mixed_line_ends.txt": mixed_line_ends,
    "bidi.txt": lambda: (
        TEXT.encode() + "\u202eskriftx\u202c \u2066a\u2069 \u200f\x1b]0;titel\x07\x1b[2J\x9b31m\n".encode()
    ),
    "combining.txt": lambda: TEXT.encode() + ("e" + "\u0301" * 500_000 + "\n").encode(),
    "hangul.txt": lambda: TEXT.encode() + ("\ufdfa" * 300_000 + "\n").encode(),
    "percent.txt": lambda: TEXT.encode() + b"%s%n%(x)s {0} {x!r} ${x} \\x00 \\u0000\n",
    "punkter_200000.txt": lambda: b"".join(b"Punkt %d\n" % n for n in range(200_000)),
    "beslutninger_40000.txt": lambda: b"Punkt 1: Sag\n" + b"Beslutning\nGodkendt.\n" * 40_000,
    "votes_50000.txt": lambda: (
        TEXT.encode() + ("For stemte " + ", ".join(f"Ida Holm{n}" for n in range(50_000)) + ".\n").encode()
    ),
    "people_30000.txt": lambda: (
        "Referat\nDeltagere\n" + "".join(f"Ole Nord{n} Bek (A)\n" for n in range(30_000)) + TEXT
    ).encode(),
    "parens_2000000.txt": lambda: TEXT.encode() + b"(" * 1_000_000 + b")" * 1_000_000 + b"\n",
    "dates_200000.txt": lambda: TEXT.encode() + b"den 31. februar 2024 kl. 99.99 " * 100_000 + b"\n",
    # other things
    "json.txt": lambda: b'{"schema_version": "1.0", "items": [{"title": "Punkt 1"}]}',
    "table.csv": lambda: b"Punkt;Titel;Beslutning\n1;Sag;Godkendt\n" * 500,
    "data.xml": lambda: b'<?xml version="1.0" encoding="UTF-8"?><referat><punkt nr="1">Godkendt</punkt></referat>',
    "book.epub": epub,
    "mail.eml": lambda: (
        b"From: a@example.invalid\r\nTo: b@example.invalid\r\nSubject: Referat\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nReferat\r\n--x--\r\n"
    ),
    "mail.msg": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + "__substg1.0_0037001F".encode("utf-16-le"),
    "half.docx": lambda: docx(body(PARAGRAPHS))[:400],
    "pickle.txt": lambda: b"\x80\x04\x95\x1a\0\0\0\0\0\0\0\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.",
    "shell.txt": lambda: b"#!/bin/sh\nrm -rf /\n",
    "calendar.ics": lambda: (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Byr\xc3\xa5dsm\xc3\xb8de\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ),
}
