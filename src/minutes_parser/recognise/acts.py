"""The phrases that decide, and those that only tell: what the vocabulary's acts stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from minutes_parser.kinds import Outcome
from minutes_parser.recognise.passage import Sentence
from minutes_parser.vocabulary.phrases import Phrases
from minutes_parser.vocabulary.words import decision_words


@dataclass(slots=True)
class Act:
    """One act that a sentence performs on the case, on some of its points, or on a proposal made meanwhile."""

    outcome: Outcome
    strength: int
    start: int
    stop: int
    points: tuple[str, ...] = ()
    """Numbers of the recommended points that are meant; empty where the whole case is."""
    motion: bool = False
    """Whether a proposal made during the meeting is meant, not the case."""
    amended: bool = False
    to: str | None = None
    """Whom the case goes to."""
    counter: bool = False
    """Whether the proposal is one against the case's own, or to change it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase of the vocabulary's acts stands for."""

    outcome: Outcome
    strength: int
    content: bool
    echo: bool
    any: bool
    to: bool
    alone: bool
    """Whether it has to be all that a sentence says, but for its reasons."""


@lru_cache(maxsize=1)
def acts_table() -> Phrases[Meaning]:
    """The acts of `decisions.toml`."""
    return Phrases((phrase, _meaning(entry)) for entry in decision_words()["act"] for phrase in entry["phrases"])


def _meaning(entry: dict[str, Any]) -> Meaning:
    flags = {key: bool(entry.get(key)) for key in ("content", "echo", "any", "to", "alone")}
    return Meaning(Outcome(entry["outcome"]), entry["strength"], **flags)


NEGATED = {
    Outcome.ADOPTED: Outcome.REJECTED,
    Outcome.RECOMMENDED: Outcome.REJECTED,
    Outcome.DISCUSSED: Outcome.UNKNOWN,
    Outcome.ELECTED: Outcome.UNKNOWN,
}
"""What a negated act amounts to; the others say nothing about what was decided."""


@lru_cache(maxsize=2)
def _reporting(kind: str) -> Phrases[bool]:
    return Phrases((p, True) for p in decision_words()["report"][kind])


def reports(sentence: Sentence) -> bool:
    """Whether a sentence tells how things are or went."""
    return bool(_reporting("phrases").find(sentence.words)) and not directs(sentence)


def directs(sentence: Sentence) -> bool:
    """Whether a sentence says what is to be done: a passive in the present, `skal`."""
    if _reporting("directs").find(sentence.words):
        return True
    ends, never = decision_words()["report"]["passive"], decision_words()["report"]["no_passive"]
    return any(w.word.endswith(tuple(ends)) and len(w.word) > 4 and w.word not in never for w in sentence.words[1:])
