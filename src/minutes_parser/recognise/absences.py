"""Sentences that tell who was not there, who came instead, who left early."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.kinds import Attendance
from minutes_parser.recognise.fullnames import Name, find_name
from minutes_parser.recognise.people import Place, either
from minutes_parser.vocabulary import shortest
from minutes_parser.vocabulary.words import words

_LONGEST = 1200
"""Characters; a longer paragraph is no remark about attendance."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says of one person."""

    name: str
    attendance: Attendance
    start: int
    stop: int
    party: str | None
    note: str
    """The sentence as printed."""
    whole: bool
    """Whether it tells of the whole meeting, wherever it stands: `X havde meldt afbud`."""


def told(text: str, place: Place) -> Iterator[Claim]:
    """Yield a claim for each person whose absence, late coming, leaving or standing in a sentence of `text` tells.

    >>> [(c.name, str(c.attendance)) for c in told("Afbud fra Bo Hald. Else Rye mødte i stedet.", lambda at: at)]
    [('Bo Hald', 'absent'), ('Else Rye', 'substitute')]
    """
    if len(text) > _LONGEST or not hinted(text):
        return
    for start, sentence in sentences(text):
        if not hinted(sentence) or _any("silent", sentence):
            continue
        whole = _any("whole", sentence)
        for at, clause in _clauses(sentence):
            for name, offset, attendance, party in _claims(clause, sentence):
                first = place(start + at + offset)
                yield Claim(name, attendance, first, first + len(name), party, sentence.strip(), whole)


def hinted(text: str) -> bool:
    """Whether the text has a word without which no sentence tells of attendance."""
    return any(map(text.lower().__contains__, _letters())) and _hint().search(text) is not None


@lru_cache(maxsize=1)
def _letters() -> tuple[str, ...]:
    """Letters of each hint, none of one that is an expression: looked for first, that costs a tenth."""
    hints = [hint.lower().split(" ?") for hint in words()["people"]["hints"]]
    return shortest(max(parts, key=len) if _PLAIN.fullmatch("".join(parts)) else "" for parts in hints)


_PLAIN = re.compile(r"[\w ]+")


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    """A cheap look for words without which no sentence tells of attendance."""
    return re.compile("|".join(words()["people"]["hints"]), re.IGNORECASE)


def _any(group: str, text: str) -> bool:
    return either(group).search(text) is not None


_SENTENCE = re.compile(r"(?<=[a-zæøå)\d]{3})[.!?]\s+(?=[A-ZÆØÅ])|(?<=\d)\.\s+(?=[A-ZÆØÅ][a-zæøå])")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence and its place; an initial's full stop ends none."""
    at = 0
    for found in _SENTENCE.finditer(text):
        yield at, text[at : found.start()]
        at = found.end()
    yield at, text[at:]


@lru_cache(maxsize=1)
def _clause() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(c) for c in words()["people"]["clauses"]))


def _clauses(sentence: str) -> Iterator[tuple[int, str]]:
    """The parts of a sentence that each say something of their own; names in a list stay together."""
    at = 0
    for found in _clause().finditer(sentence):
        part = sentence[at : found.start()]
        if hinted(part):
            yield at, part
            at = found.end()
    yield at, sentence[at:]


def _claims(clause: str, sentence: str) -> Iterator[tuple[str, int, Attendance, str | None]]:
    """Name, place, attendance, party for each person in a clause."""
    names = list(names_in(clause))
    if not names:
        return
    missing = _any("not_came", sentence)
    if found := either("for_whom").search(clause):
        for name, at, party in names:
            if at > found.start():
                yield name, at, Attendance.ABSENT, party
            elif not missing:
                yield name, at, Attendance.SUBSTITUTE, party
        return
    if missing and _any("instead", clause):
        return
    if found := either("came").search(clause):
        for name, at, party in names:
            if not missing:
                yield name, at, Attendance.SUBSTITUTE, party
        return
    behind = either("instead").search(clause)
    cut = behind.start() if behind else len(clause)
    partial, absent = _any("partial", clause), _any("absent", clause)
    for name, at, party in names:
        if at >= cut:
            yield name, at, Attendance.SUBSTITUTE, party
        elif partial:
            yield name, at, Attendance.PARTIAL, party
        elif absent:
            yield name, at, Attendance.ABSENT, party


_PARTY = re.compile(r"\s*,? ?\(([A-ZÆØÅ]{1,2})\)")
_CAPITAL = re.compile(r"(?<![\w-])[A-ZÆØÅÉÖÜ]")
_BLANK = re.compile(r"\s")
_STOP = re.compile(r"[(),;:\n]")


def names_in(text: str) -> Iterator[tuple[str, int, str | None]]:
    """Every person's name in running text, its place, and the party in brackets behind it."""
    at = 0
    while at < len(text):
        piece = _next_capital(text, at)
        if piece is None:
            return
        found = _name_at(text, piece)
        if found is None:
            at = _after_token(text, piece)
            continue
        start = piece + found.start
        stop = start + len(found.name)
        party = _PARTY.match(text, stop)
        yield found.name, start, party[1] if party else None
        at = party.end() if party else stop


def _next_capital(text: str, at: int) -> int | None:
    found = _CAPITAL.search(text, at)
    return found.start() if found else None


def _after_token(text: str, at: int) -> int:
    found = _BLANK.search(text, at)
    return found.end() if found else len(text)


def _name_at(text: str, at: int) -> Name | None:
    """The name that begins right there; brackets and commas end it."""
    stop = _STOP.search(text, at)
    piece = text[at : stop.start() if stop else len(text)]
    found = find_name(piece)
    return found if found and found.start == 0 else None
