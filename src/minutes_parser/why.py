"""Why each line was read as it was: the tree of what was found, and for a line all that spoke for and against."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from minutes_parser.kinds import Label
from minutes_parser.model import Item, Section, Where
from minutes_parser.pipeline import Reading
from minutes_parser.recognise.context import Style, Unit
from minutes_parser.recognise.evidence import Claim
from minutes_parser.recognise.wording import REASONS, RULES
from minutes_parser.text import Line

Story = dict[str, Any]


def tree(reading: Reading, item: str | None = None) -> Story:
    """What was found, nested: meeting, items, their sections, each with rule, score, page and line of the source text.

    `item` picks those with this printed number; where none has it, the one that comes so many-th. `LookupError` when
    there is neither.
    """
    minutes = reading.minutes
    shown = list(minutes.items) if item is None else _picked(minutes.items, item)
    places = _Places(reading)
    return {
        "name": minutes.source.name,
        "kind": minutes.kind,
        "body": minutes.meeting.body,
        "date": minutes.meeting.date,
        "layout": minutes.parser.layout,
        "vocabulary": minutes.parser.vocabulary,
        "items": [
            {
                "number": found.number,
                "title": found.title,
                "access": found.access,
                "case_number": found.case_number,
                **places.of(found.where),
                "sections": [_section(s, places) for s in found.sections],
                "attachments": len(found.attachments),
            }
            for found in shown
        ],
        "findings": [
            {
                "code": f.code,
                "severity": f.severity,
                "message": f.message,
                "line": places.line(f.start) if f.start is not None else None,
            }
            for f in minutes.findings
            if item is None or any(f.start is not None and i.where.start <= f.start < i.where.stop for i in shown)
        ],
    }


def _picked(items: Sequence[Item], item: str) -> list[Item]:
    named = [i for i in items if i.number == item]
    if named:
        return named
    if item.isdigit() and 1 <= int(item) <= len(items):
        return [items[int(item) - 1]]
    raise LookupError(item)


def _section(section: Section, places: _Places) -> Story:
    return {
        "kind": section.kind,
        "heading": section.heading,
        "characters": len(section.text),
        **places.of(section.where),
        "sections": [_section(s, places) for s in section.sections],
    }


def answer(reading: Reading, item: str | None, wanted: Sequence[int], word: str | None) -> Story:
    """What `explain` prints: the tree, or the stories of the lines with these numbers or this word.

    `missing` in it says what was asked for and is not there.
    """
    if not wanted and word is None:
        try:
            return tree(reading, item)
        except LookupError:
            return {"missing": f"no item {item}: {len(reading.minutes.items)} items were found"}
    numbers = sorted({*wanted, *(matching(reading, word) if word is not None else ())})
    if bad := [n for n in numbers if not 1 <= n <= len(reading.text.lines)]:
        return {"missing": f"no line {bad[0]}: the text has {len(reading.text.lines)} lines"}
    return {"name": reading.source.name, "lines": lines(reading, numbers)}


def lines(reading: Reading, numbers: Iterable[int]) -> list[Story]:
    """The story of each line of the source text, counted from 1: what it became, how it looks, what was considered.

    Guaranteed: the claims are those that the recognisers weighed, with the weights they used. A number that is no
    line's raises `IndexError`.
    """
    places = _Places(reading)
    units: dict[int, list[Unit]] = {}
    for unit in reading.context.units:
        units.setdefault(unit.line.start, []).append(unit)
    claims: dict[int, list[Claim]] = {}
    for claim in reading.context.trace.claims if reading.context.trace else ():
        claims.setdefault(places.line(claim.span.start), []).append(claim)
    told: list[Story] = []
    for number in numbers:
        if not 1 <= number <= len(reading.text.lines):
            raise IndexError(number)
        line = reading.text.lines[number - 1]
        told.append(_line(number, line, units.get(line.start, []), claims.get(number, []), places))
    return told


def matching(reading: Reading, word: str) -> list[int]:
    """Numbers of the lines that hold the word, whatever its case."""
    sought = word.casefold()
    return [n for n, line in enumerate(reading.text.lines, 1) if sought in line.text.casefold()]


def _line(number: int, line: Line, units: Sequence[Unit], claims: Sequence[Claim], places: _Places) -> Story:
    considered = [_claim(c) for c in claims]
    return {
        "line": number,
        "start": line.start,
        "page": line.page,
        "text": line.text,
        "became": list(places.became(line)),
        "look": _look(line, units[0].style if units else None),
        "body_look": _styled(places.reading.context.body),
        "claims": considered,
        "verdicts": list(_verdicts(line, units, claims, places)),
    }


def _look(line: Line, style: Style | None) -> Story:
    return {
        **(_styled(style) if style else {}),
        "lead": line.lead or None,
        "gap": line.gap,
        "role": line.role or None,
        "marker": line.marker or None,
        "cells": len(line.cells) or None,
    }


def _styled(style: Style) -> Story:
    return {"size": style[0] or None, "bold": style[1], "level": style[2] or None, "capitals": style[3]}


def _claim(claim: Claim) -> Story:
    return {
        "rule": claim.rule,
        "says": RULES.get(claim.rule, claim.rule),
        "value": claim.value,
        "start": claim.span.start,
        "stop": claim.span.stop,
        "base": round(claim.base, 3),
        "score": round(claim.score, 3),
        "stands": not claim.blocks,
        "reasons": [
            {
                "name": r.name,
                "weight": None if r.weight is None else round(r.weight, 3),
                "says": REASONS.get(r.name, r.name),
            }
            for r in claim.reasons
        ],
    }


def _verdicts(line: Line, units: Sequence[Unit], claims: Sequence[Claim], places: _Places) -> Iterator[str]:
    """What the claims do not tell: who labelled the line before they looked, what the vocabulary says, what the judge did."""
    for unit in units:
        if unit.label is Label.TOC:
            yield "it stands in the table of contents: no recogniser looks there"
        elif unit.label is not None:
            rule = places.cleaned.get(line.start, "")
            yield f"labelled {unit.label} before the recognisers looked: {RULES.get(rule, 'the page glued it to the line')}"
        elif unit.hit is None and not any(not c.blocks for c in claims):
            near = places.reading.context.vocabulary.nearest(unit.text)
            known = f"; the nearest it knows is {near[0]!r}, {near[1]} slip{'s' * (near[1] > 1)} away" if near else ""
            yield f"the vocabulary does not know {_short(unit.text)!r} as a heading{known}"
    for claim in claims:
        if not claim.blocks and claim.rule.startswith("heading.") and claim.span.start not in places.headings:
            yield f"the {claim.value} heading stood, but the judge kept the line as text: {places.kept(claim)}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


class _Places:
    """Finds what stands where in one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.starts = [line.start for line in reading.text.lines]
        self.cleaned = {m.span.start: m.rule for m in reading.marks if m.label in (Label.FURNITURE, Label.CHROME)}
        self.regions = reading.minutes.regions
        self.region_starts = [r.start for r in self.regions]
        self.headings = {
            s.where.start for item in reading.minutes.items for s in _every(item.sections) if s.heading or s.where.stop
        }

    def line(self, offset: int) -> int:
        """Number of the line that holds the offset, from 1."""
        return bisect_right(self.starts, offset)

    def of(self, where: Where) -> Story:
        return {
            "rule": where.rule,
            "score": where.score,
            "page": where.pages[0] if where.pages else None,
            "line": self.line(where.start),
            "start": where.start,
            "stop": where.stop,
        }

    def became(self, line: Line) -> Iterator[Story]:
        """The regions that hold the line, and the item and section they belong to."""
        at = max(0, bisect_right(self.region_starts, line.start) - 1)
        while at < len(self.regions) and self.regions[at].start < line.stop:
            region = self.regions[at]
            at += 1
            if region.stop <= line.start:
                continue
            offset = max(region.start, line.start)
            yield {"label": region.label, "start": offset, "stop": min(region.stop, line.stop), **self.holder(offset)}

    def holder(self, offset: int) -> Story:
        """Item and innermost section around an offset."""
        item = self.item(offset)
        if item is None:
            return {"item": None, "section": None}
        inside = [s for s in _every(item.sections) if s.where.start <= offset < s.where.stop]
        innermost = min(inside, key=lambda s: s.where.stop - s.where.start, default=None)
        return {
            "item": item.number or item.title[:40] or str(self.reading.minutes.items.index(item) + 1),
            "section": {"kind": innermost.kind, "heading": innermost.heading} if innermost else None,
        }

    def item(self, offset: int) -> Item | None:
        return next((i for i in self.reading.minutes.items if i.where.start <= offset < i.where.stop), None)

    def kept(self, claim: Claim) -> str:
        """Why the judge did not open a section at a heading that stood."""
        if not self.reading.minutes.items:
            return "the document is no minutes"
        if self.item(claim.span.start) is None:
            before = claim.span.start < self.reading.minutes.items[0].where.start
            return "it stands before the items" if before else "it stands outside the items"
        marks = self.reading.marks
        if any(m.label is Label.ITEM_TITLE and m.span.start <= claim.span.start < m.span.stop for m in marks):
            return "it is an item's title"
        mark = next((m for m in marks if m.label is Label.HEADING and m.span == claim.span), None)
        if mark is not None and mark.facts.get("inner"):
            return "it stands inside a section's own list"
        label = self.regions[max(0, bisect_right(self.region_starts, claim.span.start) - 1)].label
        if label != Label.HEADING:
            return f"it is part of what is labelled {label}"
        return "it looks weaker than the item's own headings, and its kind is not told"


def _every(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _every(section.sections)
