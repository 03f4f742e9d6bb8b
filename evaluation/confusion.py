"""Labelled outcomes by read ones, with the words of each that was misread."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import score as scorer

from minutes_parser.kinds import Outcome

_SHORT = {
    Outcome.ADOPTED: "adop",
    Outcome.ADOPTED_AMENDED: "amend",
    Outcome.ADOPTED_BY_VOTE: "vote",
    Outcome.RECOMMENDED: "recom",
    Outcome.NOTED: "noted",
    Outcome.DISCUSSED: "disc",
    Outcome.POSTPONED: "postp",
    Outcome.RETURNED: "retur",
    Outcome.REFERRED: "refer",
    Outcome.WITHDRAWN: "withd",
    Outcome.ELECTED: "elect",
    Outcome.REJECTED: "rejec",
    Outcome.NONE: "none",
    Outcome.UNKNOWN: "unkn",
}
_WIDTH = 6
_WORDS = 88
"""Characters of a misread decision that are shown."""


@dataclass
class Confusion:
    """Counts over all documents that were looked at; a labelled alternative that was read counts as the label."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def look(self, pred: dict[str, Any], gold: dict[str, Any], name: str) -> None:
        """Count the decisions of a document, matched with its labels as the scorer matches them."""
        kept = scorer.score_decisions

        def counted(item: Any, label: Any, total: Any, say: Any) -> None:
            self._item(item or {}, label, name)
            kept(item, label, total, say)

        scorer.score_decisions = counted
        try:
            blank = {
                k: scorer.Tally()
                for k in ("section", "start", "item", "attach", "decision", "vote", "dissent", "point")
            }
            scorer.score(
                pred, gold, blank | {k: [] for k in ("kind", "case", "meta", "outcome", "by", "to")}, lambda _: None
            )
        finally:
            scorer.score_decisions = kept

    def _item(self, item: dict[str, Any], label: dict[str, Any], name: str) -> None:
        have = list(item.get("decisions") or [])
        for one in label.get("decisions") or []:
            first = scorer.flow(one["first"])
            hit = next((h for h in have if first in scorer.flow(h.get("text"))[: len(first) + 80]), None)
            if hit is None:
                continue
            have.remove(hit)
            read = hit["outcome"]
            read = one["outcome"] if read in one.get("also", []) else read
            self.counts[one["outcome"], read] += 1
            if read != one["outcome"]:
                number = label.get("number")
                words = " ".join(hit["text"].split())[:_WORDS]
                self.examples.setdefault((one["outcome"], read), []).append(f"{name} [{number}] {words!r}")

    def table(self) -> str:
        """The table, labelled outcomes down, read ones across, and the misread ones with their words."""
        used = [o.value for o in Outcome if any(o.value in pair for pair in self.counts)]
        short = {o.value: _SHORT.get(o, o.value[:5]) for o in Outcome}
        lines = [f"{'labelled, read as':18}" + "".join(f"{short[o]:>{_WIDTH}}" for o in used) + "   right"]
        for label in used:
            row = [self.counts[label, read] for read in used]
            if not sum(row):
                continue
            shown = "".join(f"{n or '.':>{_WIDTH}}" for n in row)
            lines.append(f"{label:18}{shown}   {self.counts[label, label] / sum(row):.3f}")
        for (label, read), examples in sorted(self.examples.items(), key=lambda e: -len(e[1])):
            lines.append(f"  {label} read {read}, {len(examples)}:")
            lines += [f"    {example}" for example in examples[:3]]
        return "\n".join(lines)
