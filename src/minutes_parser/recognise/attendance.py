"""Who was there, who was not, and in what role?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes_parser.kinds import Attendance
from minutes_parser.recognise.context import Unit
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import folded

_NAME = re.compile(r"[A-ZÆØÅ][\w.’'-]+(?: (?:[A-ZÆØÅ][\w.’'-]*|af|de|van|von|el|la|le)){1,5}$")
_PARTY = re.compile(r"\(?\b([A-ZÆØÅ]{1,2})\)?$|\(([^()]{1,30})\)$|,\s*\(?([A-ZÆØÅ])\)?$")
_SPLIT = re.compile(r"[,;]\s+(?!\(?[A-ZÆØÅ]\)?(?:$|[,;]))|\s+og\s+")


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as printed, with the place."""

    name: str
    party: str | None
    role: str | None
    attendance: Attendance
    note: str | None
    start: int
    stop: int


def participants(front: list[Unit]) -> tuple[list[Person], set[int]]:
    """Persons in the lists before the items, and the places in `front` that hold the lists."""
    people: list[Person] = []
    held: set[int] = set()
    state: Attendance | None = None
    for n, unit in enumerate(front):
        text = unit.text
        label, rest = _label(text)
        if label is not None:
            state = label if label in (Attendance.PRESENT, Attendance.ABSENT) else None
            held.add(n)
            if rest:
                people += _persons(rest, unit, len(text) - len(rest), label)
            continue
        if state is None:
            continue
        found = _persons(text.lstrip("•·*- "), unit, len(text) - len(text.lstrip("•·*- ")), state)
        if found and len(text) < 300 and not text.endswith(":"):
            people += found
            held.add(n)
        elif not found:
            state = None
    return people, held


def _label(text: str) -> tuple[Attendance | None, str]:
    head, colon, rest = text.partition(":")
    if not colon:
        for cut in (1, 2):
            words = text.split(" ")
            first = " ".join(words[:cut])
            for group, kind in (("present", Attendance.PRESENT), ("absent", Attendance.ABSENT)):
                if fold(first) in folded("meeting", group) and (len(words) == cut or words[cut][:1].isupper()):
                    return kind, " ".join(words[cut:])
        return None, ""
    key = fold(head.lstrip("•·*- "))
    if key in folded("meeting", "absent"):
        return Attendance.ABSENT, rest.strip()
    if key in folded("meeting", "present"):
        return Attendance.PRESENT, rest.strip()
    return None, ""


def _persons(text: str, unit: Unit, shift: int, state: Attendance) -> list[Person]:
    people = []
    at = 0
    for piece in _SPLIT.split(text):
        where = text.find(piece, at)
        at = where + len(piece)
        clean = piece.strip(" .•·")
        note = role = party = None
        if " - " in clean:
            clean, _, role = clean.partition(" - ")
            clean = clean.strip()
        found = _PARTY.search(clean)
        if found:
            party = found[1] or found[3]
            if party is None:
                role = role or found[2]
            clean = clean[: found.start()].strip(" ,(")
        if _NAME.match(clean) and len(clean) < 60:
            start = unit.start + shift + max(0, where)
            people.append(Person(clean, party, role, state, note, start, start + len(piece)))
    return people
