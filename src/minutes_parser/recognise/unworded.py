"""Decisions that no words head, in documents without such headings: an arrow before them, or print further in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from minutes_parser.kinds import SectionKind
from minutes_parser.recognise.context import Unit
from minutes_parser.recognise.decisions import decides

_ARROW = re.compile(r"(?:[=-]+>|[→⇒➔➜►])\s*(?=\S)")
_SHAFTS = frozenset("=-→⇒➔➜►")
"""What an arrow begins with: most lines begin with something else."""
_INDENT = 18.0
"""Points that a decision is printed further in than the text, at least."""


def arrows(units: Sequence[Unit]) -> dict[int, int]:
    """The length of the arrow that each decision begins with, by its place among the units; two at least, else none."""
    found = {n: m.end() for n, u in enumerate(units) if u.text[0] in _SHAFTS and (m := _ARROW.match(u.text))}
    return found if len(found) > 1 and not _headed(units, min(found)) else {}


def indented(units: Sequence[Unit], margin: float | None) -> frozenset[int]:
    """Where text begins that a page prints further in than the rest, when most such blocks say what was decided."""
    if margin is None:
        return frozenset()
    further = [_further(unit, margin) for unit in units]
    starts = [n for n, (before, own) in enumerate(itertools.pairwise(further), 1) if own and not before]
    if len(starts) < 3 or _headed(units, starts[0]):
        return frozenset()
    return frozenset(starts) if sum(decides(units[n].text) for n in starts) >= len(starts) / 2 else frozenset()


def _headed(units: Sequence[Unit], first: int) -> bool:
    """Whether words head decisions from the item on in which the first of them stands; a headline says `Referat`, too."""
    return any(u.hit and u.hit.kind is SectionKind.BESLUTNING for u in units[max(0, first - 1) :])


def _further(unit: Unit, margin: float) -> bool:
    box = unit.line.box
    return box is not None and box[0] >= margin + _INDENT and not unit.line.marker and unit.opening is None
