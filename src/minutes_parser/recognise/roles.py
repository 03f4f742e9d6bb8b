"""What kind is a heading that nobody knows, told by the texts under it in all the items?"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.marks import Mark
from minutes_parser.recognise.closing import NAMES as PEOPLE
from minutes_parser.recognise.context import Context, Unit
from minutes_parser.recognise.decisions import decides
from minutes_parser.recognise.evidence import weigh
from minutes_parser.recognise.shapes import masked

_UNKNOWN = frozenset(("heading.style", "heading.shape", "heading.counted", "heading.inline"))
_MAIN = 200
"""Characters that a case's own text has on average at least."""
_NAME = 90
"""Characters of the longest line that names an attachment."""


@dataclass(slots=True)
class _Section:
    """A heading's mark and the lines under it, up to the next heading or item."""

    mark: Mark
    lines: list[Unit]
    last: bool
    """Whether no heading of the item comes after."""

    @property
    def length(self) -> int:
        return sum(len(unit.text) for unit in self.lines)


def roles(context: Context, marks: Sequence[Mark]) -> list[Mark]:
    """The marks, those of unknown headings with the kind that their texts tell.

    Where a document heads no case text with a word that is known, the unknown heading with most text in the items heads it;
    an unknown heading at the items' ends under which only names stand heads attachments where no known one does. Where no
    heading is known for decisions, an unknown one that nearly every item has, often alone, and that decides, heads them.
    """
    sections = list(_sections(context, marks))
    groups: dict[str, list[_Section]] = defaultdict(list)
    for section in sections:
        mark = section.mark
        if mark.rule in _UNKNOWN and mark.value == SectionKind.ANDET.value:
            groups[masked(_text(context, mark).strip(" :."))].append(section)
    groups = {text: own for text, own in groups.items() if context.vocabulary.stems.kind(text) is None}
    if not groups:
        return list(marks)
    told: dict[int, SectionKind] = {}
    items = sum(mark.label is Label.ITEM_TITLE for mark in marks)
    kinds = {section.mark.value for section in sections}
    if SectionKind.BESLUTNING.value not in kinds and (every := _in_all(groups, items)):
        told |= _tell(context, every, "heading.every", SectionKind.BESLUTNING)
    if SectionKind.BILAG.value not in kinds:
        for own in groups.values():
            if len(own) > 1 and all(map(_names, own)):
                told |= _tell(context, own, "heading.names", SectionKind.BILAG)
    if SectionKind.SAGSFREMSTILLING.value not in kinds and (main := _main(sections, groups, items)):
        told |= _tell(context, main, "heading.main", SectionKind.SAGSFREMSTILLING)
    return [
        m._replace(value=told[m.span.start].value) if m.label is Label.HEADING and m.span.start in told else m
        for m in marks
    ]


def _in_all(groups: dict[str, list[_Section]], items: int) -> list[_Section] | None:
    """The sections under the unknown heading that comes again in nearly all items, where some of them decide."""
    own = max(groups.values(), key=len)
    deciding = sum(any(decides(unit.text) for unit in section.lines[:2]) for section in own)
    return own if items > 2 and items >= len(own) >= _NEARLY * items and deciding > len(own) / 2 else None


_NEARLY = 0.8


def _tell(context: Context, own: list[_Section], rule: str, kind: SectionKind) -> dict[int, SectionKind]:
    for section in own:
        weigh(context.trace, rule, kind.value, section.mark.span, section.mark.score, (), 0.0)
    return {section.mark.span.start: kind for section in own}


def _main(sections: list[_Section], groups: dict[str, list[_Section]], items: int) -> list[_Section] | None:
    """The sections under the unknown heading that holds most text, where no other kind of section holds as much."""
    means = {text: sum(s.length for s in own) / len(own) for text, own in groups.items()}
    text = max(means, key=means.__getitem__)
    own = groups[text]
    if means[text] < _MAIN or (len(own) < 2 and items > 1):
        return None
    others: dict[str, list[int]] = defaultdict(list)
    mine = {s.mark.span.start for s in own}
    for section in sections:
        if section.mark.span.start not in mine:
            others[section.mark.value or ""].append(section.length)
    return own if all(means[text] > sum(lengths) / len(lengths) for lengths in others.values()) else None


def _names(section: _Section) -> bool:
    """Whether the last section of an item holds nothing but short lines that say nothing and name nobody, one at least of
    three words or more."""
    if not section.last or not section.lines:
        return False
    texts = [unit.text for unit in section.lines]
    if any(len(t) > _NAME or t.endswith((".", ":", ",")) or not t.lstrip("•·-– ")[:1].isalnum() for t in texts):
        return False
    told = any(t.count(" ") > 1 for t in texts) and not all(PEOPLE.fullmatch(t.lstrip("•·-– ")) for t in texts)
    return told and not any(map(decides, texts))


def _sections(context: Context, marks: Sequence[Mark]) -> Iterator[_Section]:
    """Each heading with its text, in order."""
    live = [u for u in context.units if u.label is None]
    places = [u.start for u in live]
    bounds = sorted(
        (m.facts["first"] if m.label is Label.ITEM_TITLE else m.span.start, m.label is Label.ITEM_TITLE)
        for m in marks
        if m.label in (Label.ITEM_TITLE, Label.HEADING)
    )
    starts = [start for start, _ in bounds]
    for mark in sorted((m for m in marks if m.label is Label.HEADING), key=lambda m: m.span.start):
        n = bisect_left(starts, mark.span.start + 1)
        stop, item = bounds[n] if n < len(bounds) else (len(context.text.text) + 1, True)
        first = bisect_left(places, mark.span.start)
        lines = live[first : bisect_left(places, stop)]
        yield _Section(mark, [u for u in lines if u.stop > mark.span.stop], item)


def _text(context: Context, mark: Mark) -> str:
    return context.text.text[mark.span.start : mark.span.stop]
