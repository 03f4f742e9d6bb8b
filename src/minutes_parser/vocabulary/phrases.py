"""Phrases of running text as data: words, stems, gaps. A small interpreter instead of a pile of regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

Payload = TypeVar("Payload")

_TOKEN = re.compile(r"[^\W_]+(?:['’&/-][^\W_]+)*|[^\w\s]|_")
_ACCENTED = re.compile("[éèêëáàóúü]")
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
    folded = text[start:end].casefold()
    if _ACCENTED.search(folded):  # to look for them takes a fifth of the time that it takes to take them off
        folded = folded.translate(_ACCENTS)
    if len(folded) == end - start:
        return [Token(m[0], m.start() + start, m.end() + start) for m in _TOKEN.finditer(folded)]
    return [  # `ß` is two letters when folded
        Token(m[0].casefold().translate(_ACCENTS), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a phrase: the words and stems that fit, whether it may be missing, the gap that may precede it."""

    words: frozenset[str]
    stems: tuple[str, ...]
    optional: bool = False
    gap: int = 0


@dataclass(slots=True)
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


Entry = tuple[str, tuple[Step, ...], frozenset[str], Payload]
"""A phrase as it is written, its steps after the first, words of which one has to follow, what it stands for."""
_word = itemgetter(0)


class _Beginnings(dict[str, tuple[Entry[Payload], ...]]):
    """For each word the phrases that it begins; worked out when a word is first met, since the words of minutes repeat."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        super().__init__()
        self.by_word: dict[str, list[Entry[Payload]]] = {}
        self.by_stem: dict[str, list[Entry[Payload]]] = {}
        for phrase, value in entries:
            first, *rest = steps(phrase)
            needed = next((s.words for s in reversed(rest) if not (s.optional or s.stems)), frozenset())
            entry = (phrase, tuple(rest), needed, value)
            for word in first.words:
                self.by_word.setdefault(word, []).append(entry)
            for stem in first.stems:
                self.by_stem.setdefault(stem, []).append(entry)
        self.lengths = sorted({len(stem) for stem in self.by_stem})

    def __missing__(self, word: str) -> tuple[Entry[Payload], ...]:
        entries = list(self.by_word.get(word, ()))
        for length in self.lengths:
            if length > len(word):
                break
            entries += self.by_stem.get(word[:length], ())
        if len(self) > _SEEN:
            self.clear()
        self[word] = found = tuple(entries)
        return found


class Phrases(Generic[Payload]):
    """Phrases with what they stand for; looked up by their first word, so that many cost no more than few."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        self.beginnings = _Beginnings(entries)

    def find(self, words: Sequence[Token]) -> list[Match[Payload]]:
        """The phrases in `words`, in order; the longest wins at each place, and no token serves twice."""
        found: list[Match[Payload]] = []
        starts = self.starts(words)
        if not starts:
            return found
        taken: set[int] = set()
        present = set(map(_word, words))
        for at in starts:
            if at in taken:
                continue
            best = self.at(words, at, present)
            if best and taken.isdisjoint(best.held):
                found.append(best)
                taken.update(best.held)
        return found

    def starts(self, words: Sequence[Token]) -> list[int]:
        """The tokens that begin a phrase, whether it goes on or not."""
        beginnings = map(self.beginnings.__getitem__, map(_word, words))  # no loop of ours: most words begin none
        return [at for at, entries in enumerate(beginnings) if entries]

    def at(self, words: Sequence[Token], at: int, present: AbstractSet[str] = frozenset()) -> Match[Payload] | None:
        """The longest phrase that begins at the token `at`. `present` are all the words, where they are known: most
        phrases lack one."""
        best: Match[Payload] | None = None
        for phrase, wanted, needed, value in self.beginnings[words[at].word]:
            if needed and present and needed.isdisjoint(present):
                continue
            held = _held(words, at, wanted) if wanted else (at,)
            if held and (best is None or (len(held), -held[-1]) > (len(best.held), -best.last)):
                best = Match(value, phrase, held)
        return best


def _held(words: Sequence[Token], at: int, wanted: Sequence[Step]) -> tuple[int, ...]:
    """The tokens that a phrase takes whose first step fits `at`, its other steps being `wanted`; empty when they do not
    fit."""
    held = [at]
    at += 1
    gap = 0
    for step in wanted:
        gap += step.gap  # a step that is missing leaves its gap to the next
        exact, stems, fitting = step.words, step.stems, -1
        for place in range(at, min(len(words), at + gap + 1)):
            word = words[place].word
            if word in exact or (stems and word.startswith(stems)):
                fitting = place
                break
            if word in _STOPS:
                break
        if fitting >= 0:
            held.append(fitting)
            at, gap = fitting + 1, 0
        elif not step.optional:
            return ()
    return tuple(held)
