"""The leave-one-layout-out estimate switches off what only one layout needs, and nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes_parser.pipeline import explain, load
from minutes_parser.vocabulary import vocabulary
from minutes_parser.vocabulary.words import current, own, put

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "evaluation"))

import gate  # noqa: E402
import leave_out  # noqa: E402


@pytest.fixture(autouse=True)
def _own_words_again() -> Iterator[None]:
    yield
    put(None)


def test_what_a_document_uses() -> None:
    reading = explain(load(ROOT / "samples" / "firstagenda" / "referat.pdf"))
    used = set(leave_out.used(reading, reading.text))
    assert ("heading/names", "vurdering", "Forvaltningens vurdering") in used
    assert ("words/items", "words", "Punkt") in used
    assert ("layout", "", "firstagenda") in used
    assert ("heading/names", "resume", "Sagens kerne") not in used
    assert not [e for e in used if e[1] == "months"]


def test_patterns_are_used_by_what_they_match() -> None:
    reading = explain(load(ROOT / "samples" / "dated" / "referat.txt"))
    patterns = [e for e in leave_out.used(reading, reading.text) if e[0] == "heading/patterns"]
    assert "beslutning" in {kind for _, kind, _ in patterns}
    assert "hoering" not in {kind for _, kind, _ in patterns}


def test_without_takes_away_and_leaves_the_rest() -> None:
    put(
        leave_out.without(
            [("heading/names", "vurdering", "Forvaltningens vurdering"), ("words/items", "case", "Sagsnr")]
        )
    )
    assert vocabulary().names.get("forvaltningensvurdering") is None
    assert len(current().headings) == len(own().headings)
    assert "Sagsnr" not in current().lists["items"]["case"]
    assert "Sagsnr" in own().lists["items"]["case"]


def test_no_list_becomes_empty() -> None:
    every = [("words/items", "words", word) for word in own().lists["items"]["words"]]
    assert len(leave_out.without(every).lists["items"]["words"]) == 1


def corpus(folder: Path, heading: str) -> Path:
    """Four labelled documents; only the last one prints this heading."""
    (folder / "other").mkdir(parents=True)
    for n in range(4):
        head = heading if n == 3 else "Baggrund"
        items = "".join(
            f"\n\n{k}. Sag {k}{n} om veje\n\n{head}\nVejen er gammel og smal.\n\nBeslutning\nGodkendt.\n"
            for k in (1, 2)
        )
        (folder / "other" / f"{n}.txt").write_text(f"Byrådet\nReferat 3. maj 202{n}{items}", "utf-8")
        labels = [
            {"number": str(k), "title": f"Sag {k}{n} om veje", "sections": [
                {"kind": "resume" if n == 3 else "baggrund", "heading": head, "first": "Vejen er gammel", "last": "og smal."},
                {"kind": "beslutning", "heading": "Beslutning", "first": "Godkendt.", "last": "Godkendt."},
            ]} for k in (1, 2)
        ]  # fmt: skip
        gold = {"kind": "minutes", "meeting": {}, "items": labels}
        (folder / "other" / f"{n}.json").write_text(json.dumps(gold), "utf-8")
    return folder


def test_the_estimate_falls_where_one_document_needs_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "HERE", tmp_path)
    folder = corpus(tmp_path / "corpus", "Sagens kerne")
    monkeypatch.setattr(sys, "argv", ["leave_out.py", "--corpus", str(folder), "--show"])
    leave_out.main()
    told = capsys.readouterr().out
    assert "leave one layout out: 4 layouts with sections (of 4)" in told
    row = next(line for line in told.splitlines() if "other/3.txt" in line)
    assert "heading/names Sagens kerne" in row
    full, left = map(float, row.split()[:2])
    assert full == 1.0
    assert left < 1.0
    assert [line.split()[:2] for line in told.splitlines() if "other/" in line][:3] == [["1.000", "1.000"]] * 3
    assert current() is own()


def test_too_few_layouts_give_no_estimate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "HERE", tmp_path)
    monkeypatch.setattr(sys, "argv", ["leave_out.py", "--corpus", str(tmp_path)])
    leave_out.main()
    assert "no estimate" in capsys.readouterr().out
