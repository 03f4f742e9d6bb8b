"""Who was there, who was not, and in what role? The lists before the items, and the remarks beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial

from minutes_parser.kinds import Attendance
from minutes_parser.recognise.absences import Claim, hinted, sentences, told
from minutes_parser.recognise.bodies import ends_like_body, named
from minutes_parser.recognise.context import Unit
from minutes_parser.recognise.fullnames import is_role
from minutes_parser.recognise.labels import label_of, pairs
from minutes_parser.recognise.people import Person, read_list
from minutes_parser.text import APART
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import folded, opening
from minutes_parser.vocabulary.words import words

GROUPS = {
    "present": Attendance.PRESENT,
    "absent": Attendance.ABSENT,
    "substitute": Attendance.SUBSTITUTE,
    "staff": Attendance.PRESENT,
}
"""The lists of labels, and what they say of those who stand under them."""
_LONGEST = 600
"""Characters; a longer line is no part of a list unless its label stands on it."""


@dataclass(slots=True)
class _Block:
    """A list on its way: the label it stands under, its text, and where each piece of it comes from."""

    group: str
    label: str
    shown: str
    inline: bool = False
    """Whether names stand on the label's own line."""
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    begins: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    above: str = ""
    """The last line."""

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, text: str, start: int, mark: str) -> None:
        """Take a line in, after a line feed or, where it goes on with the one above, a blank."""
        if self.pieces:
            self.pieces.append(mark)
            self.length += len(mark)
        self.begins.append(self.length)
        self.starts.append(start)
        self.pieces.append(text)
        self.length += len(text)
        self.above = f"{self.above} {text}" if mark == " " and len(self.above) < _LONGEST else text

    def place(self, at: int) -> int:
        """The offset in the source text of a place in the list's text."""
        n = max(0, bisect_right(self.begins, at) - 1)
        return self.starts[n] + at - self.begins[n]


def participants(units: Sequence[Unit], *, opened: str = "") -> tuple[list[Person], set[int]]:
    """Persons in the lists and remarks of some lines, as printed, and the places in `units` that hold them.

    One person may stand there several times: as a member, as absent, as somebody's substitute. Who says what is settled
    later. `opened` is the list, one of GROUPS, whose label stands above the lines.
    """
    reader = _Reader(units)
    if opened:
        reader.block = _Block(opened, opened, "")
    return reader.read()


class _Reader:
    def __init__(self, front: Sequence[Unit]) -> None:
        self.front = front
        self.people: list[Person] = []
        self.held: set[int] = set()
        self.block: _Block | None = None

    def read(self) -> tuple[list[Person], set[int]]:
        n = 0
        while n < len(self.front):
            rows = self._table(n)
            if rows:
                self._close()
                n += rows
                continue
            self._line(n, self.front[n])
            n += 1
        self._close()
        return self.people, self.held

    def _line(self, n: int, unit: Unit) -> None:
        labels = self._labels(n, unit)
        if labels:
            for group, key, value in labels:
                self._close()
                if group:
                    at = unit.text.find(value) if value else 0
                    self.block = _Block(
                        group, key, unit.text[: max(at, 0)].strip(" :.|•*") or unit.text.strip(" :.|•*")
                    )
                    self.held.add(n)
                    if value.casefold().startswith(tuple(words()["people"]["not_lists"])):
                        self.block = None
                    elif value and at >= 0:
                        self.block.inline = True
                        self.block.add(value, unit.start + at, "\n")
                elif value in unit.text:
                    self._told(n, unit, unit.text.find(value), len(value))
            return
        if self.block is not None and self._belongs(n, unit):
            return
        if self.block is not None:
            self._close()
        self._told(n, unit)

    def _labels(self, n: int, unit: Unit) -> list[tuple[str, str, str]]:
        """Group, label and value of each label on the line; group "" where it tells something else."""
        found = []
        for key, value in pairs(unit):
            groups = [g for g in GROUPS if key in folded("meeting", g)] if key in _lists() else []
            if groups or (label := label_of(unit.text)) is None or label[2]:
                found.append((groups[0] if groups else "", key, value))
        return found or self._from(unit) or self._unknown(n, unit)

    def _unknown(self, n: int, unit: Unit) -> list[tuple[str, str, str]]:
        """A label that nobody knows with persons behind it, close to a list of persons whose label is known.

        They are the members where no other list says who was there: `Forældre: …`, `Medarbejdere: …`.
        """
        head, colon, value = unit.text.partition(":")
        value = value.strip()
        if not colon or not 3 < len(head) < 40 or not head[:1].isupper() or head.count(" ") > 3 or not value:
            return []
        if self.block is not None or any(c.isdigit() for c in head) or not self._near(n):
            return []
        people = read_list(value, lambda at: at, Attendance.PRESENT)
        if not people or (len(people) == 1 and len(value.split()) > 8) or read_one(head):
            return []
        return [("staff" if self.attended else "present", fold(head), value)]

    @cached_property
    def attended(self) -> bool:
        """Whether a list with a known label says who was there."""
        known = folded("meeting", "present")
        return any((found := label_of(u.text)) is not None and found[0] in known for u in self.front)

    def _near(self, n: int) -> bool:
        """Whether a known list of persons stands a few lines away."""
        beside = self.front[max(0, n - 8) : n + 9]
        return any((found := label_of(u.text)) is not None and found[2] and found[0] in _lists() for u in beside)

    def _from(self, unit: Unit) -> list[tuple[str, str, str]]:
        """`Fra Cyklistforbundet: Kurt Niss`: members where it is the body itself that they come from, else others."""
        head, colon, value = unit.text.partition(":")
        if not colon or len(head) > 60 or not head.startswith(tuple(words()["people"]["from_lead"])):
            return []
        members = any(ends_like_body(token) for token in head.split())
        return [("present" if members else "staff", fold(head), value.strip())]

    def _belongs(self, n: int, unit: Unit) -> bool:
        """Whether a line goes on with the list above it; then it is taken in."""
        block = self.block
        text = unit.text
        if block is None or len(text) > _LONGEST or next(dates(text), None) is not None:
            return False
        head, colon, rest = text.partition(":")
        group = bool(colon) and len(head) < 45 and head[:1].isupper() and not _party_head(head)
        group = group and (not read_one(head) or ("(" not in head and read_one(rest) and not _status(rest)))
        if group and not rest.strip():
            self.held.add(n)
            return n + 1 < len(self.front) and bool(read_one(self.front[n + 1].text))
        if group and block.inline:
            return self._others(n, unit, head, rest)
        if fold(text) in folded("people", "parties"):
            block.add(text, unit.start, "\n")
            self.held.add(n)
            return True
        if _sentence(text):
            return False
        body = rest.strip() if group else text
        wrapped = self._wrapped(block, unit)
        people = read_list(body, lambda at: at, GROUPS[block.group], first_names=block.label != "")
        if not people and not wrapped:
            return self._heads(n, text)
        numbered = opening(text)
        if not people and (named(text) or numbered or text.endswith("?")):
            return False
        at = text.find(body)
        block.add(body, unit.start + at, " " if wrapped else "\n")
        self.held.add(n)
        return True

    def _heads(self, n: int, text: str) -> bool:
        """A line inside a list that says whom the next ones come from: `Thisted Kommune`, `Siumut`."""
        tokens = text.split()
        short = len(tokens) < 5 and text[:1].isupper() and text[-1:].isalpha() and not any(c.isdigit() for c in text)
        following = self.front[n + 1] if n + 1 < len(self.front) else None
        if not short or following is None or label_of(text) or named(text) or following.gap > 0.9 < self.front[n].gap:
            return False
        if not read_one(following.text) or label_of(following.text):
            return False
        self.held.add(n)
        return True

    def _others(self, n: int, unit: Unit, head: str, rest: str) -> bool:
        """A label that nobody knows, beside lists whose names stand behind their labels: it lists others who were there."""
        value = rest.strip()
        if not read_one(value):
            return False
        self._close()
        self.block = _Block("staff" if self.attended else "present", fold(head), head, inline=True)
        self.block.add(value, unit.start + unit.text.find(value, len(head)), "\n")
        self.held.add(n)
        return True

    def _wrapped(self, block: _Block, unit: Unit) -> bool:
        """Whether the line is the rest of the one above: a list with commas that goes on, a name torn in two."""
        above = block.above.rstrip()
        if not above or unit.line.marker or unit.gap > 0.9 or unit.text[:1] in "•·*-–":
            return False
        if above.endswith((",", " og", " samt", "-")) or unit.text[:1].islower():
            return True
        return (
            above.count(",") > 1
            and len(read_list(above, lambda at: at, Attendance.PRESENT)) > 1
            and not above.endswith(".")
        )

    def _close(self) -> None:
        block, self.block = self.block, None
        if block is None or not block.pieces:
            return
        people: list[Person] = []
        for n, (start, sentence) in enumerate(sentences(block.text)):
            place = partial(_shifted, block, start)
            if n and (claims := list(told(sentence, place))):
                self.people += [_claimed(claim) for claim in claims]
            else:
                people += read_list(sentence, place, GROUPS[block.group], label=block.label, first_names=True)
        if block.group == "staff":
            for person in people:
                person.guest = True
                if person.role is None:
                    person.role = block.shown
                else:
                    person.note = person.note or block.shown
        self.people += people

    def _told(self, n: int, unit: Unit, at: int = 0, length: int | None = None) -> None:
        """Remarks: `Afbud fra X, Y mødte i stedet.`"""
        text = unit.text[at:] if length is None else unit.text[at : at + length]
        for claim in told(text, lambda offset: unit.start + at + offset):
            self.people.append(_claimed(claim))
            self.held.add(n)

    # -- tables of members ------------------------------------------------------------------------------------------

    def _table(self, n: int) -> int:
        """Number of lines of a table with a column for each way of attending, `0` when line n is no table's head."""
        columns = _columns(self.front[n])
        if len({state for _, state in columns}) < 2:
            return 0
        m = n + 1
        read = 0
        while m < len(self.front):
            unit = self.front[m]
            state = _marked(unit, columns)
            name = unit.line.cells[0] if len(unit.line.cells) > 1 else APART.split(unit.text)[0]
            people = read_list(name, lambda at, unit=unit: unit.start + at, state or Attendance.PRESENT)  # type: ignore[misc]
            if not people:
                break
            if state is not None:
                for person in people:
                    person.label = "table"
                self.people += people
                read += 1
            self.held.add(m)
            m += 1
        if not read:
            return 0
        self.held.add(n)
        return m - n


@lru_cache(maxsize=1)
def _lists() -> frozenset[str]:
    """The labels of all lists of persons."""
    return frozenset().union(*(folded("meeting", group) for group in GROUPS))


def _shifted(block: _Block, start: int, at: int) -> int:
    return block.place(start + at)


def _claimed(claim: Claim) -> Person:
    """A claim as a person: what a sentence says of coming late or standing in is kept as the note."""
    note = claim.note if claim.attendance in (Attendance.PARTIAL, Attendance.SUBSTITUTE) else None
    return Person(claim.name, claim.start, claim.stop, claim.attendance, claim.party, None, note, whole=claim.whole)


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(words()["people"]["particles"]) | frozenset(words()["bodies"]["small"])


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(words()["people"]["absent_verbs"]), re.IGNORECASE)


def _status(text: str) -> bool:
    """Whether a text begins with a word for coming or staying away."""
    return any(
        text.strip().casefold().startswith(w) for g in ("absent_words", "present_words") for w in words()["people"][g]
    )


def _sentence(text: str) -> bool:
    """A line that is a sentence: `X og Y var fraværende.`, `Borgmester X ledede mødet.`"""
    first = next(sentences(text))[1]
    if text.endswith(".") and "," not in text and not hinted(text):
        plain = re.sub(r"\([^()]*\)", "", text).strip(".").split()
        if sum(t.islower() and not is_role(t) and t not in _small() for t in plain) > 1:
            return True
    return (text.endswith(".") or len(first) < len(text)) and _verbs().search(first) is not None


def read_one(text: str) -> bool:
    """Whether a line holds a person at all."""
    return bool(read_list(text, lambda at: at, Attendance.PRESENT))


def _party_head(head: str) -> bool:
    tokens = head.split()
    return len(tokens[-1]) < 3 and (len(tokens) == 1 or fold(tokens[0]) in folded("people", "party_words"))


@lru_cache(maxsize=1)
def _column_words() -> dict[str, Attendance]:
    return {key: GROUPS[group] for group in ("present", "absent", "substitute") for key in folded("meeting", group)}


def _columns(unit: Unit) -> list[tuple[float, Attendance]]:
    """Where each column of a table's head stands, and what a mark in it says: cells are counted, characters measured."""
    cells = unit.line.cells
    if len(cells) > 2:
        return [(float(i), state) for i, cell in enumerate(cells) if i and (state := _column_words().get(fold(cell)))]
    if len(unit.text) > 300 or "  " not in unit.text:
        return []
    pieces = [(m.start(), m.group()) for m in re.finditer(r"\S+(?: \S+)*", unit.text)]
    return [
        (at + len(piece) / 2, state)
        for at, piece in pieces[1:]
        if (state := _column_words().get(fold(piece))) is not None
    ]


def _marked(unit: Unit, columns: list[tuple[float, Attendance]]) -> Attendance | None:
    """What the mark in a row says."""
    marks = words()["people"]["marks"]
    cells = unit.line.cells
    if len(cells) > 1:
        places = [float(i) for i, cell in enumerate(cells) if i and cell.strip().casefold() in marks]
    else:
        places = [
            m.start() + 0.5 for m in re.finditer(r"(?<=  )\S(?=\s|$)", unit.text) if m.group().casefold() in marks
        ]
    if not places:
        return None
    return min(columns, key=lambda column: abs(column[0] - places[0]))[1]
