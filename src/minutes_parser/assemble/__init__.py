"""Marks to document: the only judge. What wins here is what leaves us."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any

from minutes_parser import __version__
from minutes_parser.assemble.account import Account, conserved
from minutes_parser.assemble.cases import HEADED_BY_DAYS, Case, CaseReader, every
from minutes_parser.assemble.doubts import doubts, reported
from minutes_parser.assemble.fields import Printer
from minutes_parser.assemble.people import attendance, days_apart
from minutes_parser.assemble.told import parties
from minutes_parser.findings import Finding, Options
from minutes_parser.kinds import Code, DocumentKind, Label, SectionKind, Severity
from minutes_parser.marks import Mark
from minutes_parser.model import Minutes
from minutes_parser.recognise.attendance import participants
from minutes_parser.recognise.authority import Owner, authority
from minutes_parser.recognise.closing import NAMES
from minutes_parser.recognise.context import Context, Unit
from minutes_parser.recognise.decisions import decides
from minutes_parser.recognise.kind import document_kind
from minutes_parser.recognise.meeting import Facts, facts
from minutes_parser.recognise.numbers import numbers_below, numbers_last
from minutes_parser.recognise.people import Person
from minutes_parser.recognise.proceedings import Occasion
from minutes_parser.recognise.single import single
from minutes_parser.source import Source
from minutes_parser.text import widest_line
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.letters import lowered
from minutes_parser.vocabulary.lines import folded
from minutes_parser.vocabulary.words import current


def assemble(
    context: Context, marks: Sequence[Mark], cleaned: Sequence[Mark], source: Source, options: Options
) -> Minutes:
    """The document: items in order, every non-blank character of the source text in exactly one region.

    Raises `Defect` when a character would be lost or counted twice: then no document is better than a wrong one.
    """
    data = _document(context, marks, source, options)
    conserved(context.text.text, data["regions"], source.name)
    return Minutes.model_validate(data)


def _document(context: Context, marks: Sequence[Mark], source: Source, options: Options) -> dict[str, Any]:
    text, units = context.text, context.units
    account = Account(text)
    titles = sorted((m for m in marks if m.label is Label.ITEM_TITLE), key=lambda m: m.facts["first"])
    heads = {m.span.start: m for m in marks if m.label is Label.HEADING}
    lone = single(context, list(heads.values())) if not titles else None
    if lone:
        titles = [lone]
    groups = frozenset(m.span.start for m in marks if m.label is Label.OTHER)
    ends = _page_tail(units, titles, heads) | _item_tails(units, titles, heads)
    last = numbers_last(titles, units)
    reader = CaseReader(account, heads, groups, ends, numbers_below(titles, units, heads), numbers_last=last)
    front, cases = _cases(reader, titles, units, len(text.text))
    live = [u for u in front if u.label is None]
    headings = [(p.heading, p.day) for c in cases for p in every(c.parts) if p.kind in HEADED_BY_DAYS]
    first = titles[0].facts["first"] if titles else 0
    tail = [u for u in units if u.label is None and u.start >= first]
    low = lowered(text.text)
    meeting, used = facts(context, low, live, tail, headings)
    kind, reasons = document_kind(context, cases, meeting, live, _alone(lone, cases))
    findings = [*text.findings, *reader.findings]
    if kind is DocumentKind.OTHER:
        findings += [Finding(Code.NOT_MINUTES, reason, Severity.INFO) for reason in reasons]
        account.spans.clear()
        cases, front, live, used = [], list(units), list(context.live()), set()
    widest = widest_line(text)
    listed, lists = participants(live) if cases else ([], set())
    people, disagreements = attendance(listed, cases, meeting, text, widest)
    findings += [*disagreements, *days_apart(cases, meeting)]
    named = {live[n].start: Label.ATTENDANCE for n in lists} | {live[n].start: Label.MEETING for n in used}
    for unit in front:
        rest = Label.FRONT if cases else Label.OTHER
        account.label(unit.start, unit.stop, unit.label or named.get(unit.start, rest))
    findings += doubts(context, cases, kind, meeting)
    regions = account.regions()
    printer = Printer(account, _occasion(meeting, people, kind), widest)
    items = [printer.item(c) for c in cases]
    place = account.where(live[min(used)].start, live[max(used)].stop) if used else None
    return {
        "kind": kind,
        "source": {
            "name": source.name,
            "media_type": source.media_type,
            "size": len(source.data),
            "sha256": source.sha256,
            "pages": text.pages,
            "characters": len(text.text),
        },
        "parser": {
            "version": __version__,
            "vocabulary": current().version,
            "layout": context.layout.name,
            "options": options.changed(),
        },
        "meeting": _meeting(account, meeting, people, authority(context, low, front, meeting) if cases else None)
        | {"where": place, "parties": parties((p.party for p in people), items, meeting.date)},
        "items": items,
        "regions": regions,
        "coverage": account.coverage(regions),
        "findings": reported([*findings, *printer.findings], options.limits.findings),
    }


def _alone(lone: Mark | None, cases: Sequence[Case]) -> bool:
    """Whether the document is one case: by its headings, or since no meeting has an item 12 only."""
    return lone is not None or (len(cases) == 1 and cases[0].number not in (None, "", "1"))


def _occasion(meeting: Facts, people: Sequence[Person], kind: DocumentKind) -> Occasion:
    names = {p.name for p in people} | {p.name.split(" ")[0] for p in people}
    return Occasion(meeting.body, meeting.date, frozenset(names), kind is not DocumentKind.AGENDA)


def _cases(
    reader: CaseReader, titles: Sequence[Mark], units: Sequence[Unit], end: int
) -> tuple[list[Unit], list[Case]]:
    """The units before the first item, and the items."""
    bounds = [m.facts["first"] for m in titles] + [end + 1]
    front = [u for u in units if u.start < bounds[0]]
    at = len(front)
    cases: list[Case] = []
    for mark, stop in zip(titles, bounds[1:], strict=True):
        until = at
        while until < len(units) and units[until].start < stop:
            until += 1
        cases.append(reader.read(mark, list(units[at:until]), last=stop == bounds[-1]))
        at = until
    return front, cases


def _item_tails(units: Sequence[Unit], titles: Sequence[Mark], heads: dict[int, Mark]) -> frozenset[int]:
    """The units of a short line that stands before nearly every item, as a web page's button does: `Til toppen`.

    Never what a heading heads (`Godkendt` may be every item's decision), nor what reads like words of the minutes.
    """
    live = [u for u in units if u.label is None]
    starts = {m.facts["first"] for m in titles}
    before: list[Unit] = []
    listed = False
    for above, unit, title in zip(live, live[1:], live[2:], strict=False):
        if above.start in heads:
            listed = heads[above.start].value in _LISTS  # their lines may be the same in every item
        elif title.start in starts and unit.start not in heads and not listed and _may_be_button(unit.text):
            before.append(unit)
    texts = Counter(fold(u.text) for u in before)
    text, times = texts.most_common(1)[0] if texts else ("", 0)
    if times < 3 or times < 0.6 * (len(starts) - 1) or decides(next(u.text for u in before if fold(u.text) == text)):
        return frozenset()
    first, final = min(starts), max(starts)
    ends = [
        b.index
        for a, b in itertools.pairwise(live)
        if b.start > final and a.start not in heads and fold(b.text) == text
    ]
    return frozenset({u.index for u in before if fold(u.text) == text and u.start > first} | set(ends[-1:]))


_LISTS = frozenset((SectionKind.BILAG.value, SectionKind.DELTAGERE.value))


def _may_be_button(text: str) -> bool:
    """A few words without a mark: no sentence, no label with its value, no name with its party."""
    return len(text) <= 40 and not any(mark in text for mark in ".:,;()") and NAMES.fullmatch(text) is None


def _page_tail(units: Sequence[Unit], titles: Sequence[Mark], heads: dict[int, Mark]) -> frozenset[int]:
    """The units after the last heading and title that only the web page prints: short lines after `Tilbage til dagsorden`."""
    if not heads:
        return frozenset()
    begun = max(max(heads), max((m.span.start for m in titles), default=0))
    last = max(n for n, u in enumerate(units) if u.start <= begun)
    ends = folded("noise", "ends")
    for n in range(last + 1, len(units)):
        if units[n].label is not Label.CHROME or fold(units[n].text) not in ends:
            continue
        rest = [u for u in units[n:] if u.label is None]
        if len(rest) <= 20 and all(len(u.text) < 120 for u in rest):
            return frozenset(u.index for u in rest)
    return frozenset()


def _meeting(account: Account, meeting: Facts, people: Sequence[Person], owner: Owner | None) -> dict[str, Any]:
    return {
        "authority": {"name": owner.name, "code": owner.code} if owner else None,
        "body": meeting.body,
        "date": meeting.date,
        "start": meeting.start,
        "end": meeting.end,
        "place": meeting.place,
        "published": meeting.published,
        "participants": [
            {
                "name": p.name,
                "party": p.party,
                "role": p.role,
                "attendance": p.attendance,
                "note": p.note,
                "where": account.where(p.start, p.stop, *_rule(p)),
            }
            for p in people
        ],
    }


def _rule(person: Person) -> tuple[str, float]:
    if person.guest:
        return "attendance.others", 0.8
    return ("attendance.list", 0.9) if person.label else ("attendance.told", 0.7)
