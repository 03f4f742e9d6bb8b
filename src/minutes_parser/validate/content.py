"""Whether what a document says agrees with itself: places, the account of the text, dates, numbers, votes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain, pairwise

from pydantic import BaseModel

from minutes_parser.kinds import Attendance, DocumentKind
from minutes_parser.model import Decision, Item, Meeting, Minutes, Vote, Where
from minutes_parser.source import DOCX, HTML, PDF, TEXT
from minutes_parser.validate.problems import Problem, short, warning

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOUR = re.compile(r"(?:[01]\d|2[0-4]):[0-5]\d")
YEARS = range(1800, 2101)
"""Years that minutes may be of; another one is most likely misread."""
THERE = frozenset((Attendance.PRESENT, Attendance.PARTIAL, Attendance.SUBSTITUTE))


def content(minutes: Minutes) -> Iterator[Problem]:
    """Yield what does not agree, in the order of the document."""
    yield from _source(minutes)
    yield from _meeting(minutes.meeting)
    yield from _places(minutes)
    yield from _items(minutes)
    for number, item in enumerate(minutes.items):
        for decision in item.decisions:
            yield from _decision(decision, f"items[{number}]", minutes)
    yield from _account(minutes)


def _source(minutes: Minutes) -> Iterator[Problem]:
    source = minutes.source
    if not re.fullmatch(r"[0-9a-f]{64}", source.sha256):
        yield Problem("source", f"source.sha256 is no SHA-256: {short(source.sha256)!r}")
    if source.media_type not in (PDF, DOCX, HTML, TEXT):
        yield Problem("source", f"source.media_type is none that is read: {short(source.media_type)!r}")
    if source.size < 1 or source.characters < 0 or (source.pages is not None and source.pages < 0):
        yield Problem("source", "source.size, characters or pages is too small")


def _meeting(meeting: Meeting) -> Iterator[Problem]:
    yield from _day(meeting.date, "meeting.date")
    yield from _day(meeting.published, "meeting.published")
    for name, hour in (("start", meeting.start), ("end", meeting.end)):
        if hour is not None and not _HOUR.fullmatch(hour):
            yield Problem("date", f"meeting.{name} is no time of day: {short(hour)!r}", "write HH:MM")


def _day(text: str | None, path: str) -> Iterator[Problem]:
    if text is None:
        return
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        yield Problem("date", f"{path} is no day: {short(text)!r}", "write YYYY-MM-DD")
    elif day.year not in YEARS:
        yield warning("date", f"{path} is in the year {day.year}")


def _places(minutes: Minutes) -> Iterator[Problem]:
    """Every place lies in the text, and what is part of something lies inside it."""
    items = (_walk(item, f"items[{number}]", None) for number, item in enumerate(minutes.items))
    for path, where, outer in chain(_walk(minutes.meeting, "meeting", None), *items):
        if not 0 <= where.start <= where.stop <= minutes.source.characters:
            yield Problem(
                "offset", f"{path}: {where.start} to {where.stop} lies outside the text of {minutes.source.characters}"
            )
        elif outer is not None and not outer.start <= where.start <= where.stop <= outer.stop:
            yield Problem(
                "offset",
                f"{path}: {where.start} to {where.stop} lies outside what it is part of, {outer.start} to {outer.stop}",
            )
        if where.pages is not None:
            first, last = where.pages
            most = minutes.source.pages
            if not 1 <= first <= last or (most is not None and last > most):
                yield Problem("page", f"{path}: no pages {first} to {last} in a document of {most}")
    for number, finding in enumerate(minutes.findings):
        start, stop = finding.start, finding.stop
        if start is not None and not 0 <= start <= (stop if stop is not None else start) <= minutes.source.characters:
            yield Problem("offset", f"findings[{number}]: {start} to {stop} lies outside the text")


def _walk(model: BaseModel, path: str, outer: Where | None) -> Iterator[tuple[str, Where, Where | None]]:
    own = model.__dict__.get("where")
    if isinstance(own, Where):
        yield path, own, outer
        outer = own if not isinstance(model, Meeting) else None
    for name, value in model.__dict__.items():
        if isinstance(value, list):
            for number, inner in enumerate(value):
                if isinstance(inner, BaseModel):
                    yield from _walk(inner, f"{path}.{name}[{number}]", outer)
        elif isinstance(value, BaseModel) and not isinstance(value, Where):
            yield from _walk(value, f"{path}.{name}", outer)


def _items(minutes: Minutes) -> Iterator[Problem]:
    if minutes.kind is DocumentKind.OTHER and minutes.items:
        yield Problem("kind", f"a document that is no minutes has {len(minutes.items)} items")
    before: Item | None = None
    for number, item in enumerate(minutes.items):
        if before is not None and item.where.start < before.where.stop:
            yield Problem("item-order", f"items[{number}] begins before items[{number - 1}] ends")
        before = item
    numbers = [
        int(i.number)
        for i in minutes.items
        if i.number and i.number.isascii() and i.number.isdigit() and len(i.number) < 7
    ]
    twice = sorted(n for n, count in Counter(numbers).items() if count > 1)
    if twice:
        yield warning("item-numbers", f"items with the same number: {_some(twice)}")
    if back := [two for one, two in pairwise(numbers) if two < one]:
        yield warning("item-numbers", f"numbers that go back: {_some(back)}")
    gaps = [two for one, two in pairwise(numbers) if two > one + 1]
    if gaps and len(numbers) == len(minutes.items):
        yield warning("item-numbers", f"numbers are missing before {_some(gaps)}")


def _decision(decision: Decision, path: str, minutes: Minutes) -> Iterator[Problem]:
    yield from _day(decision.date, f"{path}.decisions: date")
    for vote in decision.votes:
        yield from _vote(vote, f"{path}.votes", minutes)


def _vote(vote: Vote, path: str, minutes: Minutes) -> Iterator[Problem]:
    counts = {"for": vote.for_, "against": vote.against, "abstain": vote.abstain}
    names = {"for": vote.for_names, "against": vote.against_names, "abstain": vote.abstain_names}
    if any(count is not None and count < 0 for count in counts.values()):
        yield Problem("votes", f"{path}: a number of votes is negative")
    for side, count in counts.items():
        if count is not None and len(names[side]) > count:
            yield warning("votes", f"{path}: {count} {side}, but {len(names[side])} names")
    twice = [name for name, times in Counter(n for side in names.values() for n in side).items() if times > 1]
    if twice:
        yield Problem("votes", f"{path}: {len(twice)} names vote more than once")
    if vote.unanimous and (vote.against or vote.against_names or vote.against_parties):
        yield Problem("votes", f"{path}: unanimous, and somebody is against")
    roster = {p.name.casefold() for p in minutes.meeting.participants if p.attendance in THERE}
    total = sum(count or 0 for count in counts.values())
    if roster and total > len(roster):
        yield warning("votes-roster", f"{path}: {total} votes, and {len(roster)} persons took part")
    strangers = {n for side in names.values() for n in side if n.casefold() not in roster} if roster else set()
    if strangers:
        yield warning("votes-roster", f"{path}: {len(strangers)} names are not among those who took part")


def _account(minutes: Minutes) -> Iterator[Problem]:
    """The regions part the text, and the coverage counts what they hold."""
    at = 0
    room: Counter[str] = Counter()
    for number, region in enumerate(minutes.regions):
        if not at <= region.start < region.stop <= minutes.source.characters:
            yield Problem(
                "partition",
                f"regions[{number}]: {region.start} to {region.stop} is empty, out of order, or outside the text",
            )
            return
        if region.page is not None and not 1 <= region.page <= (minutes.source.pages or region.page):
            yield Problem("page", f"regions[{number}]: no page {region.page}")
        at = region.stop
        room[region.label] += region.stop - region.start
    coverage = minutes.coverage
    if coverage.assigned != coverage.characters:
        yield Problem(
            "coverage", f"{coverage.characters} characters, {coverage.assigned} of them in a region", "convert it again"
        )
    if sum(coverage.by_label.values()) != coverage.assigned:
        yield Problem("coverage", f"by_label adds up to {sum(coverage.by_label.values())}, not to {coverage.assigned}")
    for label, count in coverage.by_label.items():
        if not 0 <= count <= room[label]:
            yield Problem("coverage", f"by_label.{label} is {count}, and the regions have room for {room[label]}")


def _some(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (", …" if len(numbers) > 5 else "")
