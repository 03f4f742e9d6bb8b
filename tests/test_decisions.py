"""The decision grammar: every entry's examples and counter-examples, and invented decisions with what they amount to."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from minutes_parser.kinds import SectionKind
from minutes_parser.recognise.decisions import Reading, decide
from minutes_parser.recognise.passage import Passage, passage
from minutes_parser.recognise.recommendations import recommendations
from minutes_parser.recognise.scopes import Setting
from minutes_parser.text import Logical
from minutes_parser.vocabulary.words import decision_words

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((CASES / name).read_text("utf-8"))["case"]


def made(text: str, kind: SectionKind = SectionKind.BESLUTNING, heading: str = "") -> Passage:
    """A passage of the lines of `text`, each a paragraph, at their own places."""
    lines = []
    at = 0
    for line in text.strip("\n").split("\n"):
        if line.strip():
            lines.append(Logical(line, at, at + len(line), True, (), [(0, at)]))
        at += len(line) + 1
    found = passage(kind, heading, lines, "test", 1.0)
    assert found is not None
    return found


def reading(case: dict[str, Any]) -> Reading:
    setting = Setting(frozenset(case.get("points", ())), case.get("refusal", False), case.get("number", ""))
    return decide([made(case["text"])], setting, frozenset(case.get("people", ())))


@pytest.mark.parametrize("case", cases("decisions.toml"), ids=lambda c: c["text"].strip()[:60])
def test_outcome(case: dict[str, Any]) -> None:
    found = reading(case)
    wanted = case["outcome"] if isinstance(case["outcome"], list) else [case["outcome"]]
    assert found.outcome in wanted
    if "referred_to" in case:
        assert found.referred_to == case["referred_to"]
    if "decided" in case:
        assert {p.number: p.outcome.value for p in found.points} == case["decided"]


ACTS = decision_words()["act"]


@pytest.mark.parametrize(
    ("entry", "text"),
    [(e, x) for e in ACTS for x in e.get("examples", ())],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_example_is_read(entry: dict[str, Any], text: str) -> None:
    setting = Setting()
    found = decide([made(text)], setting).outcome.value
    assert found == entry["outcome"] or (entry["outcome"] == "none" and found in ("none", "adopted"))


@pytest.mark.parametrize(
    ("entry", "text"), [(e, x) for e in ACTS for x in e.get("never", ())], ids=lambda v: v if isinstance(v, str) else ""
)
def test_counter_example_is_not(entry: dict[str, Any], text: str) -> None:
    assert decide([made(text)], Setting()).outcome.value != entry["outcome"]


SIDES = ("for", "against", "abstain")


def plain(vote: Any) -> dict[str, Any]:
    """A vote without what is empty."""
    told: dict[str, Any] = {"unanimous": True} if vote.unanimous else {}
    for name in SIDES:
        side = vote.sides.get(name)
        if side is not None:
            told |= {name: side.count, f"{name}_parties": side.parties, f"{name}_names": side.names}
    return {k: v for k, v in told.items() if v not in (None, [])}


@pytest.mark.parametrize("case", cases("votes.toml"), ids=lambda c: c["text"].strip()[:60])
def test_votes(case: dict[str, Any]) -> None:
    found = reading(case)
    assert [plain(v) for v in found.votes] == case["votes"]
    assert len([f for f in found.findings if f.code == "vote-disagrees"]) == case.get("doubts", 0)
    if "outcome" in case:
        assert found.outcome == case["outcome"]


@pytest.mark.parametrize("case", cases("dissents.toml"), ids=lambda c: c["text"].strip()[:60])
def test_dissents(case: dict[str, Any]) -> None:
    found = [[name, d.stance.value] for d in reading(case).dissents for name in (*d.who, *d.parties)]
    assert found == case["dissents"]


STANCES = decision_words()["stance"]


@pytest.mark.parametrize(
    ("entry", "text"), [(e, x) for e in STANCES for x in e["examples"]], ids=lambda v: v if isinstance(v, str) else ""
)
def test_stance_example_is_read(entry: dict[str, Any], text: str) -> None:
    assert entry["stance"] in {d.stance.value for d in decide([made(text)], Setting()).dissents}


@pytest.mark.parametrize(
    ("entry", "text"),
    [(e, x) for e in STANCES for x in e.get("never", ())],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_stance_counter_example_is_not(entry: dict[str, Any], text: str) -> None:
    assert entry["stance"] not in {d.stance.value for d in decide([made(text)], Setting()).dissents}


@pytest.mark.parametrize("case", cases("recommendations.toml"), ids=lambda c: c["text"].strip()[:60])
def test_recommendations(case: dict[str, Any]) -> None:
    given = made(case["text"], SectionKind.INDSTILLING, case.get("heading", "Indstilling"))
    found = recommendations(given)
    assert [[p.text.split("\n")[0] for p in r.points] for r in found] == [r["points"] for r in case["is"]]
    assert [(r.by, r.to, r.alternative) for r in found] == [
        (r.get("by"), r.get("to"), r.get("alternative", False)) for r in case["is"]
    ]
    for one, wanted in zip(found, case["is"], strict=True):
        assert one.chain == wanted.get("chain", one.chain)
        for point in one.points:
            assert case["text"].strip("\n")[point.place.start :].startswith(point.text.split("\n")[0])


def test_counts_after_a_vote_by_names_are_another_vote() -> None:
    said = "For stemte Jens Holst og Ib Krog. Imod stemte Ole Ryvang, Mona Grubbe og Lene Vium. Økonomiudvalgets indstilling blev derpå vedtaget med 4 stemmer mod 1 (Jens Holst)."
    first, second = decide([made(said)], Setting(frozenset(), False, "")).votes
    assert (first.votes_of("for"), first.votes_of("against")) == (2, 3)
    assert (second.votes_of("for"), second.votes_of("against")) == (4, 1)


def test_counts_of_those_named_are_the_same_vote() -> None:
    said = (
        "For stemte Jens Holst og Ib Krog. Imod stemte Ole Ryvang. Forslaget blev dermed vedtaget med 2 stemmer mod 1."
    )
    (only,) = decide([made(said)], Setting(frozenset(), False, "")).votes
    assert (only.votes_of("for"), only.votes_of("against")) == (2, 1)
