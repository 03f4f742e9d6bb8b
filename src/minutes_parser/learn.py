"""Headings that nobody knows: what an archive prints like headings, counted, as TOML ready to edit."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.model import Section
from minutes_parser.pipeline import Reading
from minutes_parser.recognise.context import Context, Unit, stronger
from minutes_parser.source import SUFFIXES
from minutes_parser.vocabulary import fold, vocabulary
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import case_line, clerk_line, noise, opening

_LONGEST = 60
"""Characters of a candidate: measured headings are 4 to 60 but for those that name a body and a day."""
_KEPT = 100_000
"""Candidates held at once; past that, those met once only are dropped."""
_LISTS = frozenset((SectionKind.BILAG, SectionKind.DELTAGERE))
_UNKNOWN = ("heading.style", "heading.shape", "heading.inline", "heading.counted")


@dataclass(slots=True)
class Candidate:
    """A line that stands like a heading, over all documents: its prints, and where it was met."""

    shown: str
    meetings: int = 0
    times: int = 0
    headed: int = 0
    """How often its looks or its place made it a heading already."""
    where: list[str] = field(default_factory=list)
    """The first two documents' names."""
    prints: set[str] = field(default_factory=set)
    """Different texts where a day stands in it, at most five."""


class Tally:
    """Counts candidates over a run; of a document no more is kept than that its meeting was met."""

    def __init__(self) -> None:
        self.documents = 0
        self.items = 0
        self.meetings: set[str] = set()
        self.candidates: dict[str, Candidate] = {}

    def add(self, reading: Reading) -> None:
        """Count one document's candidates."""
        self.count(gather(reading))

    def count(self, facts: dict[str, Any]) -> None:
        """Count what `gather` found in a document, unless the same meeting was counted in another file or format."""
        self.documents += 1
        if facts["dated"] and facts["meeting"] in self.meetings:
            return
        self.meetings.add(facts["meeting"])
        self.items += facts["items"]
        met: set[str] = set()
        for text, headed in facts["found"]:
            key, shown = _key(text)
            candidate = self.candidates.get(key)
            if candidate is None:
                candidate = self.candidates[key] = Candidate(shown)
            candidate.times += 1
            candidate.headed += headed
            if len(candidate.prints) < 5:
                candidate.prints.add(text.rstrip(" :"))
            if key not in met:
                met.add(key)
                candidate.meetings += 1
                if len(candidate.where) < 2:
                    candidate.where.append(facts["name"])
        if len(self.candidates) > _KEPT:
            self.candidates = {k: c for k, c in self.candidates.items() if c.times > 1}

    def frequent(self, least: int) -> list[Candidate]:
        """The candidates met in so many meetings, or three times, most meetings first; the order is the same on every run."""
        often = [c for c in self.candidates.values() if c.meetings >= least or c.times >= 3]
        return sorted(often, key=lambda c: (-c.meetings, -c.times, c.shown))


def gather(reading: Reading) -> dict[str, Any]:
    """What a tally needs of a document, ready for JSON: another process may have read it."""
    minutes = reading.minutes
    told = (minutes.meeting.body, minutes.meeting.date, *(i.title for i in minutes.items[:4]))
    return {
        "name": reading.source.name,
        "dated": bool(minutes.meeting.date),
        "meeting": hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest(),
        "items": len(minutes.items),
        "found": list(_found(reading)),
    }


def documents(paths: Iterable[Path]) -> Iterator[Path]:
    """The documents among files and folders, sorted in each folder, told by their names; files given by name as they are."""
    for path in paths:
        if path.is_dir():
            for found in sorted(path.rglob("*")):
                if found.suffix.lower() in SUFFIXES and not found.name.startswith((".", "~$")) and found.is_file():
                    yield found
        else:
            yield path


def _found(reading: Reading) -> Iterator[tuple[str, bool]]:
    """The candidates of one document: unknown headings, and lines in items that stand alone above a text."""
    context = reading.context
    sections = [s for item in reading.minutes.items for s in _every(item.sections)]
    starts = {s.where.start: s for s in sections}
    borders = sorted((s.where.start, s.kind) for s in sections)
    offsets = [start for start, _ in borders]
    regions = {r.start: r.label for r in reading.minutes.regions}
    items = [(i.where.start, i.where.stop) for i in reading.minutes.items]
    live = list(context.live())
    for n, unit in enumerate(live):
        section = starts.get(unit.start)
        if section is not None and section.heading:
            if section.where.rule in _UNKNOWN and _name_like(unit.text):
                yield unit.text, True
            continue
        if not any(start < unit.start < stop for start, stop in items) or regions.get(unit.start) == Label.ITEM_TITLE:
            continue
        at = bisect_right(offsets, unit.start) - 1
        if at >= 0 and borders[at][1] in _LISTS:
            continue
        if text := _stands_alone(context, live, n, starts):
            yield text, False


def _stands_alone(context: Context, live: list[Unit], n: int, starts: dict[int, Section]) -> str:
    """The line when it stands above a text of its own, or its label when text follows a colon; "" when neither."""
    unit = live[n]
    before = live[n - 1] if n else None
    after = live[n + 1] if n + 1 < len(live) else None
    if unit.hit is not None or unit.line.marker or len(unit.line.cells) > 1 or not unit.first:
        return ""
    label, colon, rest = unit.text.partition(": ")
    if colon and rest.strip() and len(label) <= 40 and label.count(" ") < 4 and _name_like(label):
        return label
    if before is None or after is None or before.start in starts or after.start in starts or not _name_like(unit.text):
        return ""
    apart = stronger(unit.style, context.body) or (unit.gap >= 1 and after.gap < 1)
    return unit.text if apart and after.style == context.body and len(after.text) > len(unit.text) else ""


def _name_like(text: str) -> bool:
    """Whether a line could be a heading's name: short, no sentence, no word of another use."""
    bare = text.rstrip(" :")
    return (
        4 <= len(bare) <= _LONGEST
        and len(fold(bare)) >= 4
        and bare[:1].isupper()
        and not bare.endswith((".", ",", ";", "!", "?", "-"))
        and bare.count(" ") < 8
        and sum(c.isdigit() for c in bare) < len(bare) / 3
        and "\t" not in bare
        and opening(bare) is None
        and case_line(bare) is None
        and not clerk_line(f"{bare}:")
        and noise(bare) is None
        and fold(bare) not in vocabulary().other
    )


def _key(text: str) -> tuple[str, str]:
    """What tells two candidates apart, and how to show one: days do not count."""
    bare = text.rstrip(" :")
    shown, at = "", 0
    for start, stop, _ in dates(bare):
        shown += bare[at:start] + "{date}"
        at = stop
    shown += bare[at:]
    return fold(shown), shown


def to_toml(tally: Tally, least: int) -> str:
    """The candidates as `[[heading]]` entries, most frequent first in each; a comment says where each was met.

    The kind is told where a candidate's words tell one, else it is `andet`. Guaranteed: `examine` finds nothing wrong.
    """
    many = f"{tally.documents} documents, {len(tally.meetings)} meetings, {tally.items} items"
    head = [
        f"# Lines that stand like headings and that the vocabulary does not know, from {many}.",
        "# Delete what is no heading, move a name to the entry of its kind, then: minutes-parser vocabulary check FILE",
    ]
    groups: dict[str, list[Candidate]] = {}
    for candidate in tally.frequent(least):
        groups.setdefault(_kind(candidate.shown).value, []).append(candidate)
    if not groups:
        return "\n".join([*head, "# There are none.", ""])
    out = head
    for kind in sorted(groups, key=lambda k: (k == SectionKind.ANDET, k)):
        names = [c for c in groups[kind] if "{date}" not in c.shown]
        dated = [c for c in groups[kind] if "{date}" in c.shown]
        out += ["", "[[heading]]", f'kind = "{kind}"']
        if names:
            out += ["names = [", *(f"    {_quoted(c.shown)}, # {_met(c)}" for c in names), "]"]
        if dated:
            out += ["patterns = [", *(f"    {_quoted(_pattern(c.shown))}, # {_met(c)}" for c in dated), "]"]
            out += ["examples = [", *(f"    {_quoted(min(c.prints))}," for c in dated), "]"]
    return "\n".join([*out, ""])


def _kind(shown: str) -> SectionKind:
    """The kind that a short candidate's words tell; a longer one speaks of its matter."""
    told = vocabulary().stems.kind(shown) if shown.count(" ") < 3 else None
    return told or SectionKind.ANDET


def _met(candidate: Candidate) -> str:
    names = ", ".join("".join(c if c.isprintable() else "?" for c in name) for name in candidate.where)
    more = ", …" if candidate.meetings > len(candidate.where) else ""
    return f"{candidate.meetings} meetings, {candidate.times} times: {names}{more}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _pattern(shown: str) -> str:
    return "{date}".join(re.escape(part).replace(r"\ ", " ").lower() for part in shown.split("{date}"))


def _every(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _every(section.sections)
