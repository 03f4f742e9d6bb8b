"""Ruled tables read by PDFium's lines and words, with pdfplumber as second opinion."""

from __future__ import annotations

import io
import itertools
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from reportlab.pdfgen import canvas

from minutes_parser.extract import _pdftables, pdf
from minutes_parser.extract._pdfgrid import tables
from minutes_parser.findings import Options
from minutes_parser.source import Source

SAMPLES = Path(__file__).parent.parent.parent / "samples"
WORDS = [
    "Post",
    "Anlæg",
    "Bro",
    "cykelparkering",
    "4.100.000",
    "1.700.000",
    "0",
    "2024",
    "belysning",
    "på",
    "hele",
    "strækningen",
]


def drawn(paint: Callable[[Any], None], rotate: int = 0) -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(500, 700), invariant=1)
    paint(page)
    if rotate:
        page.setPageRotation(rotate)
    page.save()
    return buffer.getvalue()


def grid(page: Any, seed: int, *, rectangles: bool = False) -> None:
    """A table with random columns, rows, cells of one or two lines, and a title across the top."""
    chance = random.Random(seed)
    xs = [60.0]
    for _ in range(chance.randint(2, 5)):
        xs.append(xs[-1] + chance.randint(60, 90))
    ys = [600.0]
    for _ in range(chance.randint(2, 7)):
        ys.append(ys[-1] - chance.randint(30, 44))
    page.setFont("Helvetica", 9)
    for top, low in itertools.pairwise(ys):
        for left, right in itertools.pairwise(xs):
            for n in range(chance.randint(0, 2)):
                page.drawString(left + 4, top - 12 - 11 * n, chance.choice(WORDS)[: int((right - left) / 6)])
            if rectangles:
                page.rect(left, low, right - left, top - low)
    if not rectangles:
        for y in ys:
            page.line(xs[0], y, xs[-1], y)
        for x in xs:
            page.line(x, ys[0], x, ys[-1] if chance.random() < 0.9 else ys[-2])
    page.drawString(60, 620, "Udgiften fordeler sig således:")


def theirs(data: bytes) -> list[list[list[str]]]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        found = document.pages[0].find_tables()
        return [[[" ".join((cell or "").split()) for cell in row] for row in table.extract()] for table in found]


def ours(data: bytes) -> list[list[list[str]]]:
    library = pdf.pdfium()
    document = library.load_document(data, len(data), None)
    page = library.load_page(document, 0)
    found = _pdftables._read(library, page)
    library.close_page(page)
    library.close_document(document)
    assert found is not None
    return [cells for _, cells in found]


@pytest.mark.parametrize("seed", range(24))
def test_same_cells_as_pdfplumber(seed: int) -> None:
    data = drawn(lambda page: grid(page, seed, rectangles=seed % 3 == 0))
    assert ours(data) == theirs(data)


@pytest.mark.parametrize("seed", range(24))
def test_no_table_is_missed_for_want_of_pieces_abreast(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("a.pdf", drawn(lambda page: grid(page, seed), rotate=90 * (seed % 4)))
    read = pdf.extract(source, Options())
    monkeypatch.setattr(pdf, "abreast", lambda pieces: True)
    assert pdf.extract(source, Options()) == read


def test_prose_is_not_asked_for_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    def paint(page: Any) -> None:
        page.grid([60, 160, 260, 360], [500, 540, 580])
        for n in range(9):
            page.drawString(60, 400 - 12 * n, "Udvalget drøftede sagen.")

    monkeypatch.setattr(pdf.Reader, "ruled", None)  # not to be called
    assert len(pdf.extract(Source("a.pdf", drawn(paint)), Options()).lines) == 9


def test_cells_over_several_columns_and_rows() -> None:
    def paint(page: Any) -> None:
        page.grid([60, 160, 260, 360], [500, 540, 580])
        page.line(60, 620, 360, 620)
        page.line(60, 580, 60, 620)
        page.line(360, 580, 360, 620)
        for x, y, text in ((70, 590, "Budget 2024-2027"), (70, 550, "Anlæg"), (170, 510, "600.000"), (270, 550, "0")):
            page.drawString(x, y, text)

    data = drawn(paint)
    assert ours(data) == theirs(data) == [[["Budget 2024-2027", "", ""], ["Anlæg", "", "0"], ["", "600.000", ""]]]


def test_lines_in_forms_and_moved_paths_rule_too() -> None:
    def paint(page: Any) -> None:
        page.beginForm("ruled")
        page.grid([0, 100, 200], [0, 40, 80])
        page.endForm()
        page.translate(60, 400)
        page.scale(1.5, 1)
        page.doForm("ruled")
        page.drawString(10, 50, "Post")
        page.drawString(110, 10, "2024")

    assert ours(drawn(paint)) == [[["Post", ""], ["", "2024"]]]


def test_a_word_over_two_cells_is_parted() -> None:
    def paint(page: Any) -> None:
        page.grid([60, 100, 140], [500, 540, 580])
        page.drawString(75, 550, "ABCDEFG")

    (rows,) = ours(drawn(paint))
    assert "".join(rows[0]) == "ABCDEFG"
    assert all(rows[0])


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.pdf")), ids=lambda p: p.parent.name)
def test_tables_of_the_samples(path: Path) -> None:
    text = pdf.extract(Source(path.name, path.read_bytes()), Options())
    rows = [line.cells for line in text.lines if "2024" in line.cells]
    assert rows == [("Post", "2024", "2025")]


def test_a_drawing_of_many_shapes_is_no_table() -> None:
    def paint(page: Any) -> None:
        for n in range(700):
            page.rect(50 + n % 30 * 10, 100 + n // 30 * 10, 10, 10)

    data = drawn(paint)
    library = pdf.pdfium()
    document = library.load_document(data, len(data), None)
    page = library.load_page(document, 0)
    assert _pdftables.with_tables(page, []) == ([], True)
    library.close_page(page)
    library.close_document(document)


def test_a_frame_is_no_table() -> None:
    square = [((0.0, 0.0), (9.0, 0.0)), ((9.0, 0.0), (9.0, 9.0)), ((9.0, 9.0), (0.0, 9.0)), ((0.0, 9.0), (0.0, 0.0))]
    assert tables(square) == []
    assert tables([]) == []


def test_lines_that_close_nothing_end_soon() -> None:
    """Lines that cross in 40,000 places, so broken that hardly a rectangle is closed."""
    segments = [((x * 5.0, y * 5.0 + 0.2), (x * 5.0, y * 5.0 + 4.8)) for x in range(200) for y in range(200)]
    segments += [((0.0, y * 5.0), (1000.0, y * 5.0)) for y in range(200)]
    begun = time.process_time()
    tables(segments)
    tables([((a, b), (c, d)) for ((b, a), (d, c)) in segments])
    assert time.process_time() - begun < 5
