"""A section's running text with the way back to the source text, cut into sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from minutes_parser.kinds import SectionKind
from minutes_parser.text import Logical, section_text
from minutes_parser.vocabulary.phrases import Token, tokens
from minutes_parser.vocabulary.words import decision_words, words


class Place(NamedTuple):
    """Where a fact stands in the source text, what recognised it, how sure."""

    start: int
    stop: int
    rule: str
    score: float


@dataclass(slots=True)
class Passage:
    """The own text of a section, logical lines joined with line feeds; `where` leads back to the source text."""

    kind: SectionKind
    heading: str
    text: str
    start: int
    stop: int
    rule: str
    score: float
    spans: list[tuple[int, int, bool]] = field(default_factory=list)
    """Its `lines`; of a whole section only once asked for."""
    anchors: list[tuple[int, int]] = field(default_factory=list)
    """Places in `text` and the offsets in the source text that they stand at; of a whole section only once asked for."""
    logical: Sequence[Logical] = ()
    """The section's lines that it was made of."""

    @property
    def lines(self) -> list[tuple[int, int, bool]]:
        """Start and stop of each line in `text`, and whether a paragraph begins there."""
        if not self.spans:
            at = 0
            for line in self.logical:
                stop = at + len(line.text)
                self.spans.append((at, stop, line.paragraph))
                at = stop + 1
        return self.spans

    def printed(self) -> str:
        """The text as a section prints it, paragraphs apart."""
        return section_text(self.logical) if self.logical else self.text.strip()

    def part(self, start: int, stop: int, kind: SectionKind, heading: str) -> Passage:
        """A stretch of the passage, not empty, as a passage of its own."""
        self._anchor()
        lines = [(max(a, start) - start, min(b, stop) - start, p) for a, b, p in self.lines if a < stop and b > start]
        anchors = [(0, self.source(start)), *((a - start, s) for a, s in self.anchors if start < a < stop)]
        text = self.text[start:stop]
        last = self.source(stop - 1) + 1
        return Passage(kind, heading, text, anchors[0][1], last, "decision.told", 0.7, lines, anchors)

    def source(self, at: int) -> int:
        """The offset in the source text of the character at `at`."""
        if not self.anchors:
            self._anchor()
        own, source = self.anchors[max(0, bisect_right(self.anchors, (at, self.stop)) - 1)]
        return min(source + at - own, self.stop)

    def _anchor(self) -> None:
        if self.anchors:
            return
        for (at, _, _), line in zip(self.lines, self.logical, strict=True):
            self.anchors += [(at + own, source) for own, source in line.anchors] or [(at, line.start)]

    def where(self, start: int, stop: int, rule: str, score: float = 0.9) -> Place:
        """The place of `text[start:stop]`, which must not be empty."""
        return Place(self.source(start), self.source(stop - 1) + 1, rule, score)


def passage(kind: SectionKind, heading: str, lines: Sequence[Logical], rule: str, score: float) -> Passage | None:
    """The passage that logical lines make; None when there are none."""
    if not lines:
        return None
    text = "\n".join([line.text for line in lines])
    last = max([line.stop for line in lines])
    return Passage(kind, heading, text, lines[0].start, last, rule, score, logical=lines)


@dataclass(slots=True)
class Sentence:
    """One sentence of a passage. `words` are its tokens; what stands between quotation marks is one token, `"`."""

    start: int
    stop: int
    words: list[Token]
    leads: bool
    """Whether it begins its line."""
    paragraph: bool
    """Whether it begins a paragraph."""
    marker: str = ""
    """The number or letter that its line begins with, as printed: `1`, `a`."""
    quoted: bool = False
    """Whether it stands inside quotation marks opened before."""


_END = re.compile(r"[.!?]+[\"”“«»’')]*(?=\s+[\"”“«»(]*(?:[A-ZÆØÅÉÖÄÜ0-9]|$))")
_BULLET = re.compile(r"\s*[•·*◦▪–-]\s*")
_NUMBERING = re.compile(r"(?:\d{1,2}[.)]? ?(?:[,–-]|og) ?){0,9}")
_LAST = re.compile(r"[^\W_][\w.]*$")


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(decision_words()["text"]["abbreviations"])


def sentences(passage: Passage) -> list[Sentence]:
    """The sentences of a passage in order; one reaches over the end of a line only where the next
    goes on in lower case, or inside parentheses."""
    text = passage.text
    quotes = _quotes(text)
    found: list[Sentence] = []
    for start, stop, paragraph in _whole(passage):
        at, mark = marker(text, start, stop)
        first = True
        while at < stop:
            end = sentence_end(text, at, stop)
            one = Sentence(at, end, [], first, first and paragraph, mark if first else "")
            one.quoted = bool(quotes) and any(a < at and end <= b for a, b in quotes)
            one.words = _without(tokens(text, at, end), quotes)
            if one.words:
                found.append(one)
            first = False
            at = end
            while at < stop and text[at] == " ":
                at += 1
    return found


def _whole(passage: Passage) -> list[tuple[int, int, bool]]:
    """The lines, with those joined that the page broke inside a sentence."""
    text = passage.text
    joined: list[tuple[int, int, bool]] = []
    for start, stop, paragraph in passage.lines:
        if joined:
            first, end, fresh = joined[-1]
            last, word = text[end - 1], text[start:stop].partition(" ")[0]
            lower = last not in ".:;!?" and word[:1].islower() and word not in _list_words() and ")" not in word
            inside = text.rfind("(", first, end) > text.rfind(")", first, end)
            if lower or _unfinished(text[first:end]) or (inside and ")" in text[start : start + 40]):
                joined[-1] = (first, stop, fresh)
                continue
        joined.append((start, stop, paragraph))
    return joined


def _unfinished(line: str) -> bool:
    """Whether a line ends in a word that something must follow: `forkastet med 3 stemmer mod`."""
    return " " in line and line.rsplit(" ", 1)[1] in _prepositions()


@lru_cache(maxsize=1)
def _prepositions() -> frozenset[str]:
    return frozenset(decision_words()["text"]["unfinished"])


@lru_cache(maxsize=1)
def _list_words() -> frozenset[str]:
    """What a line of a list begins with."""
    return frozenset(decision_words()["text"]["list_words"])


def marker(text: str, start: int, stop: int) -> tuple[int, str]:
    """Where a line's words begin, and the number or letter before them; `1. maj` and `1. behandling` are no list."""
    bullet = _BULLET.match(text, start, stop)
    at = bullet.end() if bullet else start
    found = _marked().match(text, at, stop)
    if not found:
        return at, ""
    word = text[found.end() : found.end() + 12].partition(" ")[0].casefold().strip(".,:")
    if word in _counted():
        return at, ""
    return found.end(), found[1][:-1]


@lru_cache(maxsize=1)
def _marked() -> re.Pattern[str]:
    """A number or letter in front of a line, but no range: `1.-3.`, `1. og 3.`"""
    reach = "|".join(decision_words()["text"]["range_words"])
    return re.compile(rf"(\d{{1,2}}[.)]|[a-zæøå][.)]|[A-ZÆØÅ]\))(?!\d)(?!\s?-\s?\d| (?:{reach}) \d)\s*")


@lru_cache(maxsize=1)
def _counted() -> frozenset[str]:
    """What an ordinal number may stand before: months, `behandling`."""
    months = (name for names in words()["dates"]["months"] for name in names)
    return frozenset([*months, *decision_words()["text"]["after_ordinal"]])


def sentence_end(text: str, at: int, stop: int) -> int:
    """Where the sentence that begins at `at` ends; full stops of abbreviations and ordinals end none."""
    for found in _END.finditer(text, at, stop):
        if found.group().startswith("."):
            last = _LAST.search(text, max(at, found.start() - 14), found.start())
            word = last.group().casefold() if last else ""
            if word in _abbreviations() or (last and _initial(text, at, last)):
                continue
            if word.isdigit() and last and _NUMBERING.fullmatch(text, at, last.start()):
                continue
        return found.end()
    return stop


def _initial(text: str, at: int, last: re.Match[str]) -> bool:
    """Whether a full stop belongs to an initial (`Anna B. Holm`), not to a party or a model (`model B. Venstre …`)."""
    if len(last.group()) != 1 or not last.group().isupper():
        return False
    before = text[at : last.start()].rstrip(" ").rsplit(" ", 1)[-1]
    return not before or (before[0].isupper() and before.isalpha() and before.casefold() not in _groups())


@lru_cache(maxsize=1)
def _groups() -> frozenset[str]:
    return frozenset(w.casefold() for w in decision_words()["names"]["groups"])


_QUOTE = re.compile('[»«“”„"]')
_LONGEST_QUOTE = 6000


def _quotes(text: str) -> list[tuple[int, int]]:
    """The stretches between quotation marks, marks included; a mark without a partner opens nothing."""
    found: list[tuple[int, int]] = []
    opened = -1
    for mark in _QUOTE.finditer(text):
        at = mark.start()
        if opened < 0:
            before, after = text[at - 1 : at], text[at + 1 : at + 2]
            if after and not after.isspace() and (not before or not before.isalnum()):
                opened = at
        elif at - opened > _LONGEST_QUOTE:
            opened = at
        elif text[at - 1].isspace() and text[at + 1 : at + 2].isalnum():
            continue
        else:
            found.append((opened, at + 1))
            opened = -1
    return found


def _without(words: list[Token], quotes: list[tuple[int, int]]) -> list[Token]:
    """The tokens with everything quoted folded into one."""
    if not quotes:
        return words
    out: list[Token] = []
    for word in words:
        held = next(((a, b) for a, b in quotes if a <= word.start and word.stop <= b), None)
        if held is None:
            out.append(word)
        elif out and out[-1].word == '"' and word.start <= held[1] and out[-1].start >= held[0]:
            out[-1] = Token('"', out[-1].start, word.stop)
        else:
            out.append(Token('"', word.start, word.stop))
    return out
