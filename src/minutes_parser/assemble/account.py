"""The account of the text: every non-blank character in exactly one region."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import Any

from minutes_parser.errors import Defect
from minutes_parser.kinds import Label
from minutes_parser.text import SourceText

_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""Every character that is a blank; the last one is the ideographic space, U+3000."""


class Account:
    """Who has which stretch of the source text; pages of offsets."""

    def __init__(self, text: SourceText) -> None:
        self.text = text
        self.spans: list[tuple[int, int, Label]] = []
        self._starts = [line.start for line in text.lines]

    def label(self, start: int, stop: int, label: Label) -> None:
        """Give a stretch its label, once."""
        if stop > start:
            self.spans.append((start, stop, label))

    def where(self, start: int, stop: int, rule: str | None = None, score: float | None = None) -> dict[str, Any]:
        """A place as the document prints it."""
        pages = None
        if self.text.pages:
            lines, starts = self.text.lines, self._starts
            at = bisect_right(starts, start) - 1
            until = bisect_right(starts, max(start, stop - 1), max(at, 0)) - 1
            first, last = lines[at].page if at >= 0 else None, lines[until].page if until >= 0 else None
            pages = (first, last) if first and last else None
        return {"start": start, "stop": stop, "pages": pages, "rule": rule, "score": score}

    def regions(self) -> list[dict[str, Any]]:
        """The partition: neighbouring spans with one label on one page run together."""
        out: list[dict[str, Any]] = []
        text, lines, starts = self.text.text, self.text.lines, self._starts
        above: Label | None = None
        end, page, at, next_line = 0, None, -1, starts[0] if starts else 0
        for start, stop, label in sorted(self.spans):
            before = page
            if self.text.pages and start >= next_line:
                at = bisect_right(starts, start, at + 1) - 1
                page = lines[at].page
                next_line = starts[at + 1] if at + 1 < len(starts) else len(text) + 1
            if label is above and page == before and not text[end:start].strip():
                out[-1]["stop"] = stop
            else:
                out.append({"label": label, "start": start, "stop": stop, "page": page})
            above, end = label, stop
        return out

    def coverage(self, regions: list[dict[str, Any]]) -> dict[str, Any]:
        """Non-blank characters in all and by label; each character is looked at once."""
        text = self.text.text
        blanks = [blank for blank in _BLANKS if blank in text]
        stretches: dict[str, list[str]] = defaultdict(list)
        outside: list[str] = []
        at = 0
        for region in regions:
            outside.append(text[at : region["start"]])
            at = region["stop"]
            stretches[region["label"]].append(text[region["start"] : at])
        outside.append(text[at:])
        joined = ((label, "".join(parts)) for label, parts in sorted(stretches.items()))
        counts = {label: len(stretch) - sum(map(stretch.count, blanks)) for label, stretch in joined}
        assigned = sum(counts.values())
        return {
            "characters": assigned + len("".join("".join(outside).split())),
            "assigned": assigned,
            "by_label": counts,
        }


def conserved(text: str, regions: list[dict[str, Any]], name: str) -> None:
    """Raise `Defect` unless every non-blank character stands in exactly one region."""
    at = 0
    for region in regions:
        if region["start"] < at:
            raise Defect(
                name, "overlap", f"characters {region['start']} to {at} would be counted twice", "please report this"
            )
        if text[at : region["start"]].strip():
            raise Defect(name, "lost-text", f"characters {at} to {region['start']} would be lost", "please report this")
        at = region["stop"]
    if text[at:].strip():
        raise Defect(name, "lost-text", f"characters from {at} would be lost", "please report this")
