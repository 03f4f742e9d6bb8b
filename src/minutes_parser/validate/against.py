"""Whether a document agrees with the text that its source holds now."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from minutes_parser.kinds import Label
from minutes_parser.model import Minutes, Section
from minutes_parser.validate.problems import Problem

_APART = frozenset((Label.FURNITURE, Label.CHROME, Label.ITEM_TITLE, Label.ITEM_META, Label.TOC, Label.BACK))
"""What stands inside a section's stretch and is not of its text."""


def against(minutes: Minutes, text: str) -> Iterator[Problem]:
    """Yield where the regions and sections do not hold what stands in `text`, the source text read anew."""
    if len(text) != minutes.source.characters:
        yield Problem(
            "text",
            f"the source's text has {len(text)} characters, the document says {minutes.source.characters}",
            "convert it again",
        )
        return
    at = 0
    counts: Counter[str] = Counter()
    for number, region in enumerate(minutes.regions):
        if region.start < at:
            return
        if lost := _visible(text[at : region.start]):
            yield Problem(
                "lost-text", f"{lost} characters before regions[{number}] are in no region", "convert it again"
            )
        counts[region.label] += _visible(text[region.start : region.stop])
        at = region.stop
    if lost := _visible(text[at:]):
        yield Problem("lost-text", f"{lost} characters at the end are in no region", "convert it again")
    told = {label: count for label, count in minutes.coverage.by_label.items() if count}
    if dict(counts) != told:
        wrong = sorted(label for label in {*counts, *told} if counts[label] != told.get(Label(label), 0))
        yield Problem(
            "coverage", f"by_label does not count what stands in the text: {', '.join(wrong[:5])}", "convert it again"
        )
    for number, item in enumerate(minutes.items):
        for place, section in enumerate(item.sections):
            yield from _section(minutes, text, section, f"items[{number}].sections[{place}]")


def _section(minutes: Minutes, text: str, section: Section, path: str) -> Iterator[Problem]:
    start, stop = section.where.start, section.where.stop
    first = max(0, bisect_right(minutes.regions, start, key=lambda region: region.start) - 1)
    held: list[str] = []
    at = start
    for region in minutes.regions[first:]:
        if region.start >= stop:
            break
        if region.label in _APART and region.stop > at:
            held.append(text[at : max(at, region.start)])
            at = max(at, region.stop)
    held.append(text[at:stop])
    if _bare("".join(held)) != _bare(section.heading + section.text):
        yield Problem(
            "section-text",
            f"{path} says something else than characters {start} to {stop} of the source",
            "convert it again",
        )


def _visible(text: str) -> int:
    return len("".join(text.split()))


def _bare(text: str) -> str:
    """The text without white space and hyphens, as far as joining lines may change it."""
    return "".join(text.split()).replace("-", "").replace("\u00ad", "")
