"""Makes PDFs: with reportlab what a word processor would print, from bare objects what none would."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

FONTS = Path(reportlab.__file__).parent / "fonts"
FONT = "1 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n"


def pdf(*pages: Callable[[canvas.Canvas], None], size: tuple[float, float] = A4, **options: Any) -> bytes:
    """A PDF whose pages these functions draw."""
    out = io.BytesIO()
    drawn = canvas.Canvas(out, pagesize=size, invariant=1, **options)
    for page in pages:
        page(drawn)
        drawn.showPage()
    drawn.save()
    return out.getvalue()


def put(drawn: canvas.Canvas, x: float, y: float, text: str, font: str = "Helvetica", size: float = 11) -> None:
    """Text at a place, as a text object of its own."""
    drawn.setFont(font, size)
    drawn.drawString(x, y, text)


def lines(*texts: str, x: float = 60, y: float = 780, lead: float = 14, **look: Any) -> Callable[[canvas.Canvas], None]:
    """A page of lines."""

    def page(drawn: canvas.Canvas) -> None:
        for n, text in enumerate(texts):
            put(drawn, x, y - n * lead, text, **look)

    return page


def embedded() -> str:
    """The name of a TrueType font that is embedded in the file."""
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", str(FONTS / "Vera.ttf")))
    return "Vera"


def without_map(data: bytes) -> bytes:
    """The file without its fonts' maps to Unicode."""
    return data.replace(b"/ToUnicode", b"/ToUnicodX")


def bare(objects: Mapping[int, str | bytes], root: int = 1, trailer: str = "", version: str = "1.7") -> bytes:
    """A PDF of these objects with a right cross-reference table."""
    out = io.BytesIO()
    out.write(f"%PDF-{version}\n%âãÏÓ\n".encode("latin-1"))
    places = {}
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n".encode())
        out.write(body if isinstance(body, bytes) else body.encode("latin-1"))
        out.write(b"\nendobj\n")
    start = out.tell()
    top = max(objects) + 1
    out.write(f"xref\n0 {top}\n0000000000 65535 f \n".encode())
    for number in range(1, top):
        at = places.get(number)
        out.write((f"{at:010} 00000 n \n" if at is not None else "0000000000 65535 f \n").encode())
    out.write(f"trailer\n<< /Size {top} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def document(
    content: bytes,
    *,
    entries: str = "",
    page: str = "/MediaBox [0 0 595 842]",
    resources: str = "/Font << /F 4 0 R >>",
    more: Mapping[int, str | bytes] | None = None,
    pages: str = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    catalogue: str = "",
) -> bytes:
    """A PDF of one page with this content; font F is Helvetica."""
    return bare(
        {
            1: f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
            2: pages,
            3: f"<< /Type /Page /Parent 2 0 R {page} /Resources << {resources} >> /Contents 5 0 R >>",
            4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            5: stream(content, entries),
            **(more or {}),
        }
    )


def shown(*texts: str) -> bytes:
    """Page content with these lines."""
    escaped = [re.sub(r"([()\\])", r"\\\1", text) for text in texts]
    rows = "".join(f"({text}) Tj 0 -14 Td " for text in escaped)
    return f"BT /F 11 Tf 60 780 Td {rows}ET".encode("cp1252")
