"""What is to be done with each document: convert it, leave it alone, or ask a worker whether its bytes changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from minutes_parser import __version__
from minutes_parser.archive.found import Found
from minutes_parser.archive.journal import Journal, Row
from minutes_parser.archive.names import output_name
from minutes_parser.archive.supervisor import Walls
from minutes_parser.findings import Limits, Options
from minutes_parser.vocabulary.words import current

YOUNG = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before it was read may change again with the same time stamp."""
RETRIED = frozenset(("timeout", "memory", "crash"))
"""Failures that more time or more memory may mend."""
IN_THE_WAY = frozenset(("output-blocked", "not-ours", "edited"))
"""Failures of the output's place: nobody knows but by trying whether it is free now."""


class Verdict(StrEnum):
    """What is to be done with a document."""

    NEW = "new"
    CHANGED = "changed"
    ASK = "ask"
    UP_TO_DATE = "up to date"
    FAILED_BEFORE = "failed before"


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, and what a worker needs to know: hashes that would settle it, whether to look at the output."""

    verdict: Verdict
    row: Row | None = None
    standing: str = ""
    failed: str = ""
    look: bool = False


@dataclass(frozen=True, slots=True)
class Planner:
    """Decides by the run log and by what the file system says of source and output; opens neither."""

    journal: Journal
    output: str | None
    """Output folder; None when documents go into one file."""
    standing: Callable[[str], list[Any] | None]
    """Says what stands at an output's place."""
    walls: Walls
    force: bool = False
    retry_failed: bool = False
    made_by: str = ""
    """Parser, words and options in one line: what has to agree for an output to be up to date."""

    def decide(self, found: Found) -> Decision:
        """The decision about a document that is there."""
        row = self.journal.get(found.name)
        there = None if self.output is None else self.standing(os.path.join(self.output, output_name(found.name)))
        if row is None:
            return Decision(Verdict.NEW if there is None else Verdict.ASK, look=there is not None)
        if self.force or row.get("made_by") != self.made_by:
            return Decision(Verdict.CHANGED, row, look=there is not None)
        untouched = found.identity is not None and row.get("source_stat") == found.identity
        known = str(row.get("sha256") or "")
        if row["status"] == "error":
            if self.retry_failed or not known or self._worth_another(row):
                return Decision(Verdict.CHANGED, row, look=there is not None)
            verdict = Verdict.FAILED_BEFORE if untouched else Verdict.ASK
            return Decision(verdict, row, failed=known, look=there is not None)
        if self.output is not None and there is None:
            return Decision(Verdict.NEW, row)
        if self.output is not None and row.get("output_stat") != there:
            return Decision(Verdict.ASK, row, look=True)
        return Decision(Verdict.UP_TO_DATE if untouched else Verdict.ASK, row, standing=known)

    def _worth_another(self, row: Row) -> bool:
        """Whether the failure was of a kind that passes, or that other walls may mend, and the walls are others now."""
        if row.get("code") in IN_THE_WAY:
            return True
        return row.get("code") in RETRIED and row.get("walls") != [self.walls.timeout, self.walls.memory]


def made_by(walls: Walls) -> str:
    """What two runs under these walls have in common; the password decides only whether a document opens."""
    changed = options_of(walls).changed()
    return f"{__version__}, {current().version}" + "".join(f", {name}={value}" for name, value in changed.items())


def options_of(walls: Walls) -> Options:
    """The options that workers read under."""
    words = tuple(walls.options.get("vocabulary", ()))
    return Options(**walls.options | {"vocabulary": words}, limits=Limits(**walls.limits))


def settled_stat(found: list[Any]) -> list[Any] | None:
    """A source's identity as the run log may trust it: None for a file so young that it may change unseen."""
    return found if len(found) < 3 or time.time_ns() - found[2] > YOUNG else None
