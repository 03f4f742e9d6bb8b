"""Which lines before the items are labels with values: `Mødedato: …`, `Sted …`, a table with two columns?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from minutes_parser.recognise.bodies import is_body
from minutes_parser.recognise.context import Unit
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import clock, dates, dates_in, without_dates
from minutes_parser.vocabulary.lines import folded, undotted
from minutes_parser.vocabulary.words import words

FACTS = ("body", "date", "start", "end", "place", "published", "present", "absent", "substitute", "staff")
_LONGEST = 1500
"""Characters of a line that are looked at: some pages stand on one line."""


def labelled(units: Sequence[Unit]) -> list[tuple[str, str, int]]:
    """Fact, value and place in the list of each labelled line; the value may stand on the next line.

    A label without a colon counts where its value is of the right sort: a day, an hour, a body's name, a capital.
    """
    found: list[tuple[str, str, int]] = []
    for n, unit in enumerate(units):
        for key, value in pairs(unit):
            if not value and n + 1 < len(units) and not _sure(units[n + 1].text):
                value = units[n + 1].text[:_LONGEST]
            found += [(fact, value, n) for fact in FACTS if key in folded("meeting", fact)]
    return found


@lru_cache(maxsize=4096)
def label_of(text: str) -> tuple[str, str, bool] | None:
    """The folded label that a text begins with, its value, and whether a colon or the line's end parts them."""
    text = undotted(text)
    found = _label().match(text)
    longer = _longer(text)
    if longer and (not found or not found[2].strip()):
        return longer
    if not found:
        return None
    name, mark = found[1], found[2]
    value = text[found.end() :].strip()
    sure = bool(mark.strip()) or not value
    if not sure and not mark:  # glued: MødestedRådssalen
        sure = len(name) > 4 and value[:1].isupper() and name[-1:].islower()
        if not sure:
            return None
    if not name[:1].isupper() and not mark.strip():
        return None
    return fold(name), value, sure


def _longer(text: str) -> tuple[str, str, bool] | None:
    """A label for people with more words before its colon: `Fraværende med gyldig grund:`, `Deltagere fra Byrådet:`."""
    head, colon, _ = text[:60].partition(":")
    if not colon or not head[:1].isupper() or head.count(" ") > 6:
        return None
    if fold(head) in _people():
        return None
    tokens = head.split(" ")
    for count in range(min(3, len(tokens) - 1), 0, -1):
        key = fold(" ".join(tokens[:count]))
        if key in _people():
            return key, text[len(head) + 1 :].strip(), True
    return None


@lru_cache(maxsize=1)
def _people() -> frozenset[str]:
    return frozenset().union(*(folded("meeting", group) for group in ("present", "absent", "substitute", "staff")))


def _sure(text: str) -> bool:
    found = label_of(text)
    return found is not None and found[2]


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    names = {w.rstrip(".:") for group in (*FACTS, "other") for w in words()["meeting"][group]}
    longest = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?:[•·*|-]\s*)?\**({longest})(\s?\**[.:]+\**\s*|\s+|(?=[A-ZÆØÅ0-9])|$)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _inside() -> re.Pattern[str]:
    """Labels further on in a line: with a colon, or some before a capital or a digit."""
    names = {w.rstrip(".:") for group in (*FACTS, "other") for w in words()["meeting"][group]}
    every = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    long = "|".join(re.escape(n) for n in words()["meeting"]["inside"])
    return re.compile(rf"(?<=\S)\s+(?=(?:{every})\s?:)|(?<=[^\s:])\s+(?=(?:{long})\s+[A-ZÆØÅ\d])")


@lru_cache(maxsize=1)
def _long() -> tuple[str, ...]:
    """The labels that need no colon inside a line."""
    return tuple(w.casefold() for w in words()["meeting"]["inside"])


def head_of(text: str) -> str:
    """A line up to the first label inside it: what is left of a header that stands on one line."""
    found = _inside().search(text[:_LONGEST])
    return text[: found.start()] if found else text


def pairs(unit: Unit) -> Iterator[tuple[str, str]]:
    """Each label in a line with its value, `""` where the label stands alone at the line's end."""
    pieces = _pieces(unit)
    empty: list[str] = []
    n = 0
    while n < len(pieces):
        found = label_of(pieces[n])
        n += 1
        if found is None:
            continue
        key, value, sure = found
        if not value and n < len(pieces) and (not _sure(pieces[n]) or _ends_at(key, pieces[n])):
            value = pieces[n]
            n += 1
        if not sure and not _fits(key, value):
            continue
        day = next(dates(value), None)
        waiting = [k for k in empty if k in folded("meeting", "date")]
        if len(empty) > 1 and waiting and day and key not in folded("meeting", "date"):
            # a reader of pages prints the labels first, then their values: the day, then the place
            yield waiting[0], value[: day[1]]
            place = next((k for k in empty if k in folded("meeting", "place")), None)
            if place and value[day[1] :].strip():
                yield place, value[day[1] :].strip()
            empty.clear()
            continue
        if not value or fold(value) in _clock_words():
            empty.append(key)
        if value or n >= len(pieces):
            yield key, value


def _ends_at(key: str, value: str) -> bool:
    """`Kl. 17.45` in the cell beside `Mødet hævet`: a value, though `Kl.` may be a label, too."""
    return key in folded("meeting", "end") and _fits(key, value)


@lru_cache(maxsize=1)
def _clock_words() -> frozenset[str]:
    return frozenset(fold(w) for w in words()["dates"]["clock"])


def _pieces(unit: Unit) -> list[str]:
    """A line cut at its cells, its wide gaps and the labels inside it."""
    cells = [c.strip() for c in unit.line.cells if c.strip()]
    if len(cells) > 1 and unit.first and len(unit.text) < _LONGEST:
        return [cell.replace("\n", " ") for cell in cells]
    text = unit.text[:_LONGEST]
    pieces = [p.strip() for p in _PARTS.split(text) if p.strip(" *|")]
    return [piece for part in pieces for piece in _labels_apart(part) if piece.strip()]


_PARTS = re.compile(r"\t|\s?\|\s?|\s{3,}")


def _labels_apart(text: str) -> list[str]:
    """A text cut before the labels inside it."""
    return _inside().split(text) if ":" in text or any(map(text.casefold().__contains__, _long())) else [text]


def _fits(key: str, value: str) -> bool:
    """Whether a value without a colon before it is of the label's sort."""
    if not value:
        return True
    head = value[:40]
    if key in folded("meeting", "date") or key in folded("meeting", "published"):
        near = next(dates(head), None) or next(dates_in(head, (2000, 2001, 2002, 2003, 2004, 2005, 2006)), None)
        if near and near[0] < 8:
            return True
    if key in folded("meeting", "start") or key in folded("meeting", "end"):
        hour = next(iter(clock(without_dates(head))), None)
        if hour and hour[0] < 8:
            return True
    if key in folded("meeting", "body") and is_body(value):
        return True
    capital = value[0].isupper() or value[0].isdigit()
    if key in folded("meeting", "place"):
        return capital and len(value) < 120
    people = any(key in folded("meeting", group) for group in ("present", "absent", "substitute", "staff"))
    return people and value[0].isupper()
