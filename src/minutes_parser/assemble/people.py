"""Who was there in the end: lists, remarks and the items' absences weighed against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from minutes_parser.assemble.cases import HEADED_BY_DAYS, Case, Part, every
from minutes_parser.findings import Finding
from minutes_parser.kinds import Attendance, Code, SectionKind, Severity
from minutes_parser.recognise.absences import hinted
from minutes_parser.recognise.attendance import participants
from minutes_parser.recognise.bodies import heading_body
from minutes_parser.recognise.context import Unit
from minutes_parser.recognise.meeting import Facts
from minutes_parser.recognise.people import Person
from minutes_parser.text import Line, SourceText, logical_lines
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import folded
from minutes_parser.vocabulary.words import words

_NEARLY_ALL = 0.8
"""Share of the decided items that somebody missed before the whole meeting counts as missed; more than half will do where
the items that tell of anybody's absence all name the person: many leave it out under closed items."""


@dataclass(slots=True)
class _Record:
    """What is known of one person."""

    person: Person
    listed: set[Attendance] = field(default_factory=set)
    attended: bool = False
    """Whether a list says that the person was there, not only that the person is a member."""
    missed: set[int] = field(default_factory=set)
    """Items that the person missed as a whole."""
    whole: bool = False
    notes: dict[int, str] = field(default_factory=dict)


def attendance(
    listed: Sequence[Person], cases: Sequence[Case], meeting: Facts, text: SourceText, widest: float
) -> tuple[list[Person], list[Finding]]:
    """Each participant once, in the order of the document, and a finding where lists and absences disagree.

    Absent: who a list or a remark before the items says was, or who missed (nearly) all decided items. Who missed some
    items is there in part, with a note that names them. A substitute stays one.
    """
    room = _Room()
    for person in listed:
        room.listed(person)
    for index, persons in _told(cases, meeting, text, widest):
        for person in persons:
            room.told(index, person, whole=person.whole or _about_attendance(cases[index]))
    decided = {n for n, case in enumerate(cases) if any(p.kind is SectionKind.BESLUTNING for p in every(case.parts))}
    people = [person for record in room.records if (person := _settled(record, room, decided, cases))]
    clashes = sum(r.attended and p.attendance is Attendance.ABSENT for r, p in zip(room.records, people, strict=False))
    findings = []
    if clashes:
        message = f"{clashes} of the participants listed as present are told to be absent"
        findings.append(Finding(Code.ROSTER_DISAGREES, message, Severity.INFO))
    return people, findings


class _Room:
    """The persons met so far, found again by name."""

    def __init__(self) -> None:
        self.records: list[_Record] = []
        self.by_name: dict[str, _Record] = {}
        self.by_ends: dict[str, list[_Record]] = defaultdict(list)
        """By first and last name only."""
        self.items: set[int] = set()
        """Items that tell of anybody's absence."""

    def find(self, name: str) -> _Record | None:
        """The record of that name; a middle name may be left out where that is unambiguous."""
        known = self.by_name.get(fold(name))
        if known is None and " " in name:
            alike = self.by_ends.get(_short(name), [])
            known = alike[0] if len(alike) == 1 else None
        return known

    def add(self, person: Person) -> _Record:
        record = _Record(replace(person))
        self.records.append(record)
        self.by_name[fold(person.name)] = record
        self.by_ends[_short(person.name)].append(record)
        return record

    def listed(self, person: Person) -> None:
        record = self.find(person.name) or self.add(person)
        mine = record.person
        record.listed.add(person.attendance)
        member = person.label in folded("people", "members")
        record.attended = record.attended or (
            person.attendance is Attendance.PRESENT and bool(person.label) and not member
        )
        mine.party = mine.party or person.party
        mine.role = mine.role or person.role
        mine.guest = mine.guest and person.guest
        if person.attendance is not Attendance.PRESENT:
            mine.note = person.note or mine.note
        else:
            mine.note = mine.note or person.note

    def told(self, item: int, person: Person, *, whole: bool) -> None:
        """What an item's text says; a stranger who left early is an official or a guest, no participant."""
        record = self.find(person.name)
        if record is None:
            if person.attendance is Attendance.PRESENT and not person.label:
                return
            if person.attendance is Attendance.PARTIAL and not person.party:
                return
            record = self.add(person)
        record.person.party = record.person.party or person.party
        if person.attendance is Attendance.ABSENT:
            self.items.add(item)
            record.missed.add(item)
            record.whole = record.whole or whole
        elif person.attendance is Attendance.PARTIAL:
            record.notes.setdefault(item, person.note or "")
        elif person.attendance is Attendance.SUBSTITUTE:
            record.listed.add(person.attendance)
            record.person.note = record.person.note or person.note
        else:
            record.listed.add(person.attendance)
            record.person.role = record.person.role or person.role
            record.attended = True


def _short(name: str) -> str:
    tokens = name.split()
    return fold(tokens[0]) + " " + fold(tokens[-1])


def _settled(record: _Record, room: _Room, decided: set[int], cases: Sequence[Case]) -> Person:
    person = record.person
    if Attendance.SUBSTITUTE in record.listed:
        person.attendance = Attendance.SUBSTITUTE
    elif Attendance.ABSENT in record.listed or _gone(record, room, decided, len(cases)):
        person.attendance = Attendance.ABSENT
    elif record.missed or record.notes or Attendance.PARTIAL in record.listed:
        person.attendance = Attendance.PARTIAL
        items = sorted(record.missed | set(record.notes))
        numbers = ", ".join(cases[n].number or str(n + 1) for n in items)
        told = [note for _, note in sorted(record.notes.items()) if note]
        if items:
            item_note = f"{words()['people']['note_items'][0]} {numbers}"
            person.note = "; ".join(
                [*([person.note] if person.note else []), item_note + (f": {told[0]}" if told else "")]
            )
    else:
        person.attendance = Attendance.PRESENT
    return person


def _gone(record: _Record, room: _Room, decided: set[int], items: int) -> bool:
    """Whether the items' absences amount to the whole meeting."""
    if not record.missed:
        return False
    if record.whole:
        return True
    share = len(record.missed & decided) / max(1, len(decided))
    always = len(record.missed) >= _NEARLY_ALL * len(room.items) and len(room.items) > 1
    if share >= _NEARLY_ALL or (always and share > 0.5):
        return True
    return len(room.items) == 1 and record.missed <= {0, items - 1}


# -- what the items say ------------------------------------------------------------------------------------------------


def _told(cases: Sequence[Case], meeting: Facts, text: SourceText, widest: float) -> Iterator[tuple[int, list[Person]]]:
    """Item and persons for each section that tells who was there when the meeting's own body decided."""
    keep = frozenset(words()["text"]["keep_hyphen"])
    for index, case in enumerate(cases):
        own = True
        about = _about_attendance(case)
        for part in every(case.parts):
            if part.kind is SectionKind.BESLUTNING or (part.kind in HEADED_BY_DAYS and heading_body(part.heading)):
                own = _own(part, meeting)
            telling = part.kind in HEADED_BY_DAYS or (part.kind is SectionKind.ANDET and not part.heading) or about
            listing = part.kind is SectionKind.DELTAGERE or (about and part.kind is SectionKind.BESLUTNING)
            if not own or not telling or not part.fragments:
                continue
            if not listing and not any(hinted(f.text) for f in part.fragments):
                continue
            lines = logical_lines(part.fragments, widest, keep)
            units = [
                Unit(n, line.start, line.text, Line(line.text, line.start, cells=line.cells), first=True)
                for n, line in enumerate(lines)
            ]
            people, _ = participants(units, opened=_list_of(part) if listing else "")
            if people:
                yield index, [_placed(p, text.text) for p in people]


def _placed(person: Person, text: str) -> Person:
    """The person's place, looked up where joined lines have shifted it."""
    if text.startswith(person.name, person.start):
        return person
    first = text.find(person.name.split(" ")[0], max(0, person.start - 4), person.start + 400)
    if first >= 0:
        person.start, person.stop = first, first + len(person.name)
    person.stop = min(person.stop, len(text))
    return person


def _about_attendance(case: Case) -> bool:
    return fold(case.title) in folded("people", "attendance_items")


def _list_of(part: Part) -> str:
    """Which list a section is: who was absent, unless its heading says that they were there."""
    heading = fold(part.heading)
    if part.kind is SectionKind.BESLUTNING or any(w in heading for w in words()["people"]["absent_headings"]):
        return "absent"
    return next((g for g in ("present", "substitute", "staff") if heading in folded("meeting", g)), "")


def _own(part: Part, meeting: Facts) -> bool:
    """Whether a section belongs to the body that met, on the day it met."""
    body = heading_body(part.heading)
    if body and meeting.body:
        one, two = fold(body), fold(meeting.body)
        if one not in two and two not in one:
            return False
    return not (part.day and meeting.date and part.day != meeting.date)


def days_apart(cases: Sequence[Case], meeting: Facts) -> list[Finding]:
    """Findings for decisions of the meeting's body that bear another day than the meeting, where none bears the meeting's own."""
    if not meeting.date:
        return []
    later: list[Part] = []
    counts: dict[bool, int] = defaultdict(int)
    for case in cases:
        for part in every(case.parts):
            day = part.day if part.kind is SectionKind.BESLUTNING else None
            body = heading_body(part.heading) if day else None
            if day is None or (body and meeting.body and fold(body) != fold(meeting.body)):
                continue
            counts[day == meeting.date] += 1
            if day > meeting.date:
                later.append(part)
    findings = [
        Finding(Code.DATE_DISAGREES, "a decision is dated after the meeting", start=p.start, stop=p.stop)
        for p in later[:3]
    ]
    if counts[False] and not counts[True] and not later:
        findings.append(Finding(Code.DATE_DISAGREES, "no decision bears the day of the meeting"))
    return findings
