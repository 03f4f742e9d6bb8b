"""Twice as much of the same takes twice as long, on the whole road and in every format."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from extract.docxfile import docx, p
from extract.pdffile import lines, pdf
from minutes_parser.pipeline import explain
from minutes_parser.source import Source

HEAD = "Referat af mødet i Byrådet den 3. maj 2024\n\nPunkt 1: Godkendelse af dagsorden\n\nBeslutning\n\n"
UNITS = [
    ".", " ", "1", "-", "_", "a", "A", "1.", "1.1.", "a. ", "1) ", "(", ":", "a: ", "|", "• ", "…", "*", "# ", "....... ", "\t", "a\t", "a-", "/", "0", "12:00 ", "§ ", "“", "\u00ad", "@", "a@",
    "Punkt 1: ", "Punkt ", "Ad 1) ", "Bilag 1 ", "Bilag: ", "Beslutning ", "Beslutning: ", "Indstilling", "Sagsnr.: 24/1 ", "24/1234 ", "3. maj 2024 ", "03-05-2024 ", "kl. 12 ", "den ", "Fraværende: ",
    "Bo Ø (A), ", "A, B og ", "Kultur- og ", "Side 1 af 2 ", "Godkendt", "stemte for ", "kr. ",
    "Et flertal på 4 (A, V) anbefaler ", "Et mindretal (V) ønskede sagen udsat ", "mod A og F's stemmer ", "Anna Holm (inhabil) ", "alle undtagen A, der undlod ",
]  # fmt: skip
SHORT = [
    "Anbefaling\nGodkendt.\n", "Sag\nTekst her.\n", "Underskrift\n", "Sag nr. 3 Titel her\nTekst\n", "Sagsnr. 24/1234\n", "Bilag\n1. Kort\n2. Brev\n", "Drøftelse: Rådet er glad\nBeslutning: Godkendt\n",
    "\nByrådet den 3. maj 2024\n\nNoget tekst her\n", "Fraværende:\nGodkendt.\n",
]  # fmt: skip
"""Short lines, as lists and headings are: what looks back over all lines before shows in thousands of them only."""
SIZE = 12_000
ENOUGH = 0.03
"""Seconds under which a ratio says nothing."""


def as_line(unit: str, size: int) -> Source:
    return Source("a.txt", (HEAD + unit * (size // len(unit))).encode())


def as_lines(unit: str, size: int) -> Source:
    return Source("a.txt", (HEAD + (unit * (60 // len(unit)) + "\n") * (size // 60)).encode())


def as_html(unit: str, size: int) -> Source:
    return Source("a.html", f"<html><body><h1>Referat</h1><p>{unit * (size // len(unit))}</p></body></html>".encode())


def as_docx(unit: str, size: int) -> Source:
    body = p("Referat") + p(unit.replace("\t", " ") * (size // len(unit)))
    return Source("a.docx", docx(body, method=0))


def as_pdf(unit: str, size: int) -> Source:
    row = unit.replace("\t", " ") * (60 // len(unit))
    return Source("a.pdf", pdf(*[lines("Referat", *[row] * 50)] * (size // 3000)))


def took(source: Source) -> float:
    """Seconds of CPU, without Python's looks through all objects: a process that ran other tests has many of them."""
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        explain(source)
        return time.process_time() - began
    finally:
        gc.enable()


@pytest.mark.parametrize("make", [as_line, as_lines, as_html, as_docx, as_pdf], ids=lambda m: m.__name__)
def test_twice_the_size_takes_twice_the_time(make: Callable[[str, int], Source]) -> None:
    slow = [unit for unit in UNITS if not _linear(lambda size, unit=unit: make(unit, size))]
    assert slow == []


def _linear(make: Callable[[int], Source]) -> bool:
    """Whether any of eight looks finds it so: a busy machine lengthens one measurement, not the same one again and again."""
    small, large = make(SIZE), make(2 * SIZE)
    times: list[tuple[float, float]] = []
    for _ in range(8):
        times.append((took(small), took(large)))
        best = min(t for t, _ in times), min(t for _, t in times)
        if best[1] < ENOUGH or best[1] / best[0] < 2.5:
            return True
    return False


def test_thousands_of_short_lines_take_as_long_as_they_are_many() -> None:
    end = "Beslutning\nGodkendt.\n"
    make = {
        unit: (lambda size, unit=unit: Source("a.txt", (HEAD + unit * (size // 6) + end).encode())) for unit in SHORT
    }
    assert [unit for unit in SHORT if not _linear(make[unit])] == []
