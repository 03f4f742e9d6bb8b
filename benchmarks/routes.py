"""The ways through a document that are compared: ours in steps, and those of other tools.

    python benchmarks/routes.py ROUTE FILE…      takes one way through each file, for valgrind

A route takes a path and returns how much it found, which must not be nothing. Libraries are imported by the route that
needs them: `paired.py` takes each route once before it measures.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from typing import Any

Route = Callable[[str], int]


# -- ours ------------------------------------------------------------------------------------------------------------


def extracted(path: str) -> Any:
    """Bytes to lines."""
    from minutes_parser.pipeline import extract, load

    source = load(path)
    return source, extract(source)


def structured(read: Any) -> Any:
    """Lines to the validated document: all that `parse` does after reading."""
    from minutes_parser.assemble import assemble
    from minutes_parser.clean import clean
    from minutes_parser.findings import Options
    from minutes_parser.recognise import prepare, recognise

    source, text = read
    cleaned = clean(text)
    context = prepare(text, cleaned)
    return assemble(context, recognise(context), cleaned, source, Options())


def written(minutes: Any) -> int:
    """The document as JSON."""
    from minutes_parser.write import to_json

    return len(to_json(minutes))


STEPS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("extract", extracted),
    ("structure", structured),
    ("write", written),
)


def ours(path: str) -> int:
    """A file to validated JSON."""
    from minutes_parser import parse
    from minutes_parser.write import to_json

    return len(to_json(parse(path)))


def lines(path: str) -> int:
    """A file to lines only."""
    return len(extracted(path)[1].lines)


def without_proceedings() -> None:
    """From now on this process reads items without their recommendations, decisions, votes, dissents and mentions."""
    from minutes_parser.assemble.fields import Printer
    from minutes_parser.assemble.told import told
    from minutes_parser.recognise.proceedings import Proceedings

    def nothing(self: Printer, case: object, case_number: str | None) -> dict[str, Any]:
        return told(Proceedings(), self.account)

    Printer._proceedings = nothing  # type: ignore[method-assign]


def bare(path: str) -> int:
    """A file to JSON without the items' facts."""
    without_proceedings()
    return ours(path)


# -- PDF -------------------------------------------------------------------------------------------------------------


def pdfium_text(path: str) -> int:
    """The least that can be done with PDFium: load page, text page, one GetText."""
    import ctypes

    import pypdfium2.raw as pdfium

    with open(path, "rb") as file:
        data = file.read()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    found = 0
    buffer = ctypes.create_string_buffer(1 << 16)
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        text = pdfium.FPDFText_LoadPage(page)
        count = pdfium.FPDFText_CountChars(text)
        if 2 * (count + 1) > len(buffer):
            buffer = ctypes.create_string_buffer(4 * (count + 1))
        pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        written = pdfium.FPDFText_GetText(text, 0, count, pointer)
        found += len(ctypes.string_at(buffer, 2 * max(0, written - 1)).decode("utf-16-le", "replace"))
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return found


def pdftotext(path: str) -> int:
    """A process of poppler's `pdftotext -layout`, its text thrown away."""
    subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.DEVNULL, check=True)
    return 1


def pdfplumber_words(path: str) -> int:
    import pdfplumber

    found = 0
    with pdfplumber.open(path) as document:
        for page in document.pages:
            found += len(page.extract_words(extra_attrs=["fontname", "size"]))
            page.close()
    return found


def pypdf_text(path: str) -> int:
    import pypdf

    return sum(len(page.extract_text()) for page in pypdf.PdfReader(path).pages)


def kreuzberg_text(path: str) -> int:
    import kreuzberg

    return len(kreuzberg.extract_file_sync(path).content)


def markitdown_text(path: str) -> int:
    from markitdown import MarkItDown

    global _markitdown
    if _markitdown is None:
        _markitdown = MarkItDown()
    return len(_markitdown.convert(path).text_content)


_markitdown: Any = None


# -- DOCX ------------------------------------------------------------------------------------------------------------

_PARTS = re.compile(r"word/(?:document|styles|numbering|header\d*|footer\d*|footnotes|endnotes)\.xml")
"""The parts that hold a document's text and its look."""


def docx_xml(path: str) -> int:
    """Unzip and parse the parts that hold text and look."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        parts = [etree.fromstring(archive.read(n)) for n in archive.namelist() if _PARTS.fullmatch(n)]
    return sum(len(part) for part in parts)


def docx_main_xml(path: str) -> int:
    """Unzip and parse word/document.xml alone."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        return len(etree.fromstring(archive.read("word/document.xml")))


def python_docx(path: str) -> int:
    """Paragraphs and tables in order with text, style, outline, numbering and boldness; headers and footers."""
    import docx
    from docx.table import Table

    found = []

    def walk(holder: Any) -> None:
        for block in holder.iter_inner_content():
            if isinstance(block, Table):
                for row in block.rows:
                    for cell in row.cells:
                        walk(cell)
                continue
            bold = sum(len(run.text) for run in block.runs if run.bold)
            properties = block._p.pPr
            numbered = properties is not None and properties.numPr is not None
            found.append((block.text, block.style.name, numbered, bold))

    document = docx.Document(path)
    walk(document)
    for section in document.sections:
        for edge in (section.header, section.footer):
            if not edge.is_linked_to_previous:
                walk(edge)
    return len(found)


# -- HTML ------------------------------------------------------------------------------------------------------------


def lexbor(path: str) -> int:
    """Parse the bytes into lexbor's tree."""
    from selectolax.lexbor import LexborHTMLParser

    with open(path, "rb") as file:
        tree = LexborHTMLParser(file.read())
    return len(tree.body.tag)


def lxml_html(path: str) -> int:
    from lxml import html

    with open(path, "rb") as file:
        return len(html.parse(io.BytesIO(file.read())).getroot())


ROUTES: dict[str, dict[str, tuple[Route, int]]] = {
    "pdf": {
        "ours": (ours, 1),
        "pdfium text": (pdfium_text, 1),
        "pdftotext -layout": (pdftotext, 1),
        "kreuzberg": (kreuzberg_text, 1),
        "pypdf": (pypdf_text, 8),
        "pdfplumber words": (pdfplumber_words, 8),
        "markitdown": (markitdown_text, 20),
    },
    "docx": {
        "ours": (ours, 1),
        "unzip and lxml": (docx_xml, 1),
        "unzip and lxml, document.xml only": (docx_main_xml, 1),
        "python-docx": (python_docx, 1),
        "kreuzberg": (kreuzberg_text, 1),
        "markitdown": (markitdown_text, 4),
    },
    "html": {
        "ours": (ours, 1),
        "lexbor parse": (lexbor, 1),
        "lxml parse": (lxml_html, 1),
        "kreuzberg": (kreuzberg_text, 1),
        "markitdown": (markitdown_text, 4),
    },
}
"""For each kind of document its routes; a dear one goes through every n-th document only."""
ROUTES["tables"] = {name: ROUTES["pdf"][name] for name in ("ours", "pdfium text", "pdfplumber words")}

NEEDS = {
    "pdfium text": "pypdfium2",
    "pdftotext -layout": "pdftotext",
    "kreuzberg": "kreuzberg",
    "pypdf": "pypdf",
    "pdfplumber words": "pdfplumber",
    "markitdown": "markitdown",
    "unzip and lxml": "lxml",
    "unzip and lxml, document.xml only": "lxml",
    "python-docx": "python-docx",
    "lexbor parse": "selectolax",
    "lxml parse": "lxml",
}
"""What a route needs: a package of peers.txt or a program."""


def main() -> None:
    """Take one route through each file."""
    route: Route = {"ours": ours, "bare": bare, "lines": lines, "pdfium": pdfium_text}[sys.argv[1]]
    for path in sys.argv[2:]:
        if not route(path):
            raise SystemExit(f"{path}: {sys.argv[1]} found nothing")


if __name__ == "__main__":
    main()
