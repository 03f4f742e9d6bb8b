"""Files as an enemy would send them: small on disk, and large, slow or deadly for whoever reads them without walls."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable

CONTENT = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
RELATIONS = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINE = b"<w:p><w:r><w:t>Referat af m\xc3\xb8det den 14. marts 2024</w:t></w:r></w:p>"


def pdf(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF of numbered objects with a right cross-reference table."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start))
    return out.getvalue()


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def page(contents: bytes, resources: bytes = b"", more: list[bytes] | None = None) -> bytes:
    """A PDF of one page: object 4 is its content, 5 its font, further ones follow."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>"
            % resources,
            contents,
            font,
            *(more or []),
        ]
    )


def forms(levels: int = 32) -> bytes:
    """Forms that draw forms twice: two to the power of `levels` in 8 KB."""
    more = []
    for level in range(levels):
        last = level == levels - 1
        body = b"BT /F1 9 Tf 9 9 Td (x) Tj ET" if last else b"/X Do /X Do"
        inner = b"" if last else b"/XObject<</X %d 0 R>>" % (7 + level)
        resources = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>%s>>" % inner
        more.append(stream(body, resources))
    return page(stream(b"/X Do"), b"/XObject<</X 6 0 R>>", more)


def flate(times: int, size: int) -> bytes:
    """A content stream that unpacks to `size` bytes of blanks, packed `times` over."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return page(stream(data, b"/Filter[%s]" % (b"/FlateDecode" * times)))


def characters(count: int) -> bytes:
    """One page with so many characters, packed."""
    body = b"BT /F1 1 Tf 1 1 Td " + b"(%s) Tj " % (b"x" * 1000) * (count // 1000) + b"ET"
    return page(stream(zlib.compress(body, 9), b"/Filter/FlateDecode"))


def pages_loop() -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>"])


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(count))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
            b"null",
            *[leaf] * count,
        ]
    )


def docx(document: bytes, more: dict[str, bytes] | None = None, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    parts = [("[Content_Types].xml", CONTENT), ("_rels/.rels", RELATIONS), ("word/document.xml", document)]
    return zipped([*parts, *(more or {}).items()], how)


def zipped(parts: Iterable[tuple[str, bytes]], how: int = zipfile.ZIP_STORED) -> bytes:
    """An archive of these members, in this order; a name may come twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def body(inside: bytes) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?><w:document %s><w:body>%s</w:body></w:document>' % (W, inside)


def laughs() -> bytes:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">%s]><w:document %s><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
        % (entities, W)
    )


QUICK: dict[str, Callable[[], bytes]] = {
    "pages_loop.pdf": pages_loop,
    "pages_20000.pdf": lambda: many_pages(20_000),
    "laughs.docx": lambda: docx(laughs()),
    "traversal.docx": lambda: docx(body(LINE), {"../../../../tmp/INJECTED": b"x", "/etc/INJECTED": b"x"}),
    "bzip2.docx": lambda: docx(body(b" " * (1 << 28)), how=zipfile.ZIP_BZIP2),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 100_000 + b"Referat",
    "line.txt": lambda: b"Referat\n" + b"ord " * 12_000_000,
    "nuls.txt": lambda: b"\0" * 50_000_000,
}
"""Ended by the readers' own limits."""
SLOW: dict[str, Callable[[], bytes]] = {
    "forms.pdf": forms,
    "flate.pdf": lambda: flate(1, 1 << 30),
    "flate_thrice.pdf": lambda: flate(3, 1 << 30),
    "characters.pdf": lambda: characters(3_000_000),
    "document_1gb.docx": lambda: docx(body(b" " * (1 << 30))),
}
"""Ended by the walls around a worker, or by limits that are met late."""
