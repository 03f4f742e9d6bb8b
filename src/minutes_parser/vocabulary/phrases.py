"""Phrases of running text as data: words, stems, gaps. A small interpreter instead of a pile of regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

Payload = TypeVar("Payload")

_TOKEN = re.compile(r"[^\W_]+(?:['’&/-][^\W_]+)*|[^\w\s]|_")
_ACCENTS = str.maketrans("éèêëáàóúü", "eeeeaaouu")
_GAP = 12
"""Words that a gap may span, where the phrase does not say."""
_SEEN = 20_000
"""Words that are remembered with the phrases they begin."""
_STOPS = frozenset(".;:!?")
"""No gap reaches over these."""


class Token(NamedTuple):
    """A word or a punctuation mark: how it is compared, and where it stands in the text."""

    word: str
    start: int
    stop: int


def tokens(text: str, start: int = 0, stop: int | None = None) -> list[Token]:
    """The words and marks of `text[start:stop]`, case folded, accents off; the offsets count in `text`.

    >>> [t.word for t in tokens("Resuméet: A/S, punkt 1.-3.")]
    ['resumeet', ':', 'a/s', ',', 'punkt', '1', '.', '-', '3', '.']
    """
    end = len(text) if stop is None else stop
    folded = text[start:end].casefold().translate(_ACCENTS)
    if len(folded) == end - start:
        return [Token(m.group(), m.start() + start, m.end() + start) for m in _TOKEN.finditer(folded)]
    return [  # `ß` is two letters when folded
        Token(m.group().casefold().translate(_ACCENTS), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a phrase: the words and stems that fit, whether it may be missing, the gap that may precede it."""

    words: frozenset[str]
    stems: tuple[str, ...]
    optional: bool = False
    gap: int = 0

    def fits(self, word: str) -> bool:
        return word in self.words or (bool(self.stems) and word.startswith(self.stems))


@dataclass(frozen=True, slots=True)
class Match(Generic[Payload]):
    """A phrase that was found: the tokens it holds, by their places in the list."""

    value: Payload
    phrase: str
    held: tuple[int, ...]

    @property
    def first(self) -> int:
        return self.held[0]

    @property
    def last(self) -> int:
        return self.held[-1]


@lru_cache(maxsize=4096)
def steps(phrase: str) -> tuple[Step, ...]:
    """A phrase as it is written in the vocabulary, ready to be compared.

    `word` · `stem*` · `one|other` · `(may be missing)` · `~` a gap of at most 12 words, `~3` of at most 3.
    Raises `ValueError` where a phrase begins with a gap or something that may be missing, or ends with a gap.
    """
    found: list[Step] = []
    gap = 0
    for part in phrase.split():
        if part.startswith("~"):
            gap = int(part[1:] or _GAP)
            continue
        optional = part.startswith("(") and part.endswith(")") and len(part) > 2
        choices = (part[1:-1] if optional else part).casefold().translate(_ACCENTS).split("|")
        words = frozenset(c for c in choices if not c.endswith("*"))
        stems = tuple(c[:-1] for c in choices if c.endswith("*"))
        found.append(Step(words, stems, optional, gap))
        gap = 0
    if gap or not found or found[0].optional or found[0].gap:
        raise ValueError(f"phrase {phrase!r} has to begin and end with a word")
    return tuple(found)


class Phrases(Generic[Payload]):
    """Phrases with what they stand for; looked up by their first word, so that many cost no more than few."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        self.by_word: dict[str, list[tuple[str, tuple[Step, ...], Payload]]] = {}
        self.by_stem: dict[str, list[tuple[str, tuple[Step, ...], Payload]]] = {}
        for phrase, value in entries:
            entry = (phrase, steps(phrase), value)
            for word in entry[1][0].words:
                self.by_word.setdefault(word, []).append(entry)
            for stem in entry[1][0].stems:
                self.by_stem.setdefault(stem, []).append(entry)
        self.lengths = sorted({len(stem) for stem in self.by_stem})
        self.seen: dict[str, list[tuple[str, tuple[Step, ...], Payload]]] = {}

    def find(self, words: Sequence[Token]) -> list[Match[Payload]]:
        """The phrases in `words`, in order; the longest wins at each place, and no token serves twice."""
        found: list[Match[Payload]] = []
        taken: set[int] = set()
        seen = self.seen
        for at, token in enumerate(words):
            entries = seen.get(token.word)
            if entries is None:
                entries = self._beginning(token.word)
            if not entries or at in taken:
                continue
            best = self.at(words, at)
            if best and not taken.intersection(best.held):
                found.append(best)
                taken.update(best.held)
        return found

    def _beginning(self, word: str) -> list[tuple[str, tuple[Step, ...], Payload]]:
        """The phrases that begin with a word; remembered, since the words of minutes repeat."""
        entries = self.seen.get(word)
        if entries is None:
            entries = list(self.by_word.get(word, ()))
            for length in self.lengths:
                if length > len(word):
                    break
                entries += self.by_stem.get(word[:length], ())
            if len(self.seen) > _SEEN:
                self.seen.clear()
            self.seen[word] = entries
        return entries

    def at(self, words: Sequence[Token], at: int) -> Match[Payload] | None:
        """The longest phrase that begins at the token `at`."""
        best: Match[Payload] | None = None
        for phrase, wanted, value in self._beginning(words[at].word):
            held = _held(words, at, wanted)
            if held and (best is None or (len(held), -held[-1]) > (len(best.held), -best.last)):
                best = Match(value, phrase, held)
        return best


def _held(words: Sequence[Token], at: int, wanted: Sequence[Step]) -> tuple[int, ...]:
    """The tokens that the steps take from `at` on; empty when they do not fit."""
    held = [at]
    at += 1
    gap = 0
    for step in wanted[1:]:
        gap += step.gap  # a step that is missing leaves its gap to the next
        until = min(len(words), at + gap + 1)
        place = at
        while place < until and not step.fits(words[place].word):
            if words[place].word in _STOPS:
                place = until
                break
            place += 1
        if place < until:
            held.append(place)
            at, gap = place + 1, 0
        elif not step.optional:
            return ()
    return tuple(held)
