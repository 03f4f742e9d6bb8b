"""Every sample prints the JSON beside it: habit, renewed with `--rewrite`; the diff is the review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minutes_parser.pipeline import explain, load
from minutes_parser.write import from_json, to_json

SAMPLES = Path(__file__).parent.parent / "samples"
DOCUMENTS = sorted(p for p in SAMPLES.glob("*/*") if p.suffix in (".pdf", ".docx", ".html", ".txt"))


def test_there_is_a_sample_of_each_layout_and_format() -> None:
    assert len({p.parent for p in DOCUMENTS}) >= 12
    assert {p.suffix for p in DOCUMENTS} == {".pdf", ".docx", ".html", ".txt"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_sample(document: Path, request: pytest.FixtureRequest) -> None:
    minutes = explain(load(document)).minutes
    data = to_json(minutes, indent=True) + b"\n"
    golden = document.with_name(document.name + ".json")
    if request.config.getoption("--rewrite"):
        golden.write_bytes(data)
    assert json.loads(data) == json.loads(golden.read_bytes())
    assert from_json(data) == minutes


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_section_text_is_what_the_regions_hold(document: Path) -> None:
    """Without white space and hyphens, a section's text is the source text of its stretch, furniture left out."""
    reading = explain(load(document))
    text = reading.text.text
    skipped = [
        (r.start, r.stop)
        for r in reading.minutes.regions
        if r.label in ("furniture", "chrome", "item-title", "item-meta", "toc", "back")
    ]
    for item in reading.minutes.items:
        for section in item.sections:
            held = "".join(
                c
                for n, c in enumerate(text[section.where.start : section.where.stop], section.where.start)
                if not any(a <= n < b for a, b in skipped)
            )
            assert bare(section.heading + section.text) == bare(held)


def bare(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in "-\u00ad")
