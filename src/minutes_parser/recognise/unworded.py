"""Decisions that no words head, in documents without such headings: an arrow before them, or print further in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from minutes_parser.kinds import SectionKind
from minutes_parser.recognise.context import Unit
from minutes_parser.recognise.decisions import decides
from minutes_parser.vocabulary.lines import opening

_ARROW = re.compile(r"(?:[=-]+>|[→⇒➔➜►])\s*(?=\S)")
_INDENT = 18.0
"""Points that a decision is printed further in than the text, at least."""


def arrows(units: Sequence[Unit]) -> dict[int, int]:
    """The length of the arrow that each decision begins with, by its place among the units; two at least, else none."""
    if any(u.hit and u.hit.kind is SectionKind.BESLUTNING for u in units):
        return {}
    found = {n: m.end() for n, u in enumerate(units) if (m := _ARROW.match(u.text))}
    return found if len(found) > 1 else {}


def indented(units: Sequence[Unit], margin: float | None) -> frozenset[int]:
    """Where text begins that a page prints further in than the rest, when most such blocks say what was decided."""
    if margin is None or any(u.hit and u.hit.kind is SectionKind.BESLUTNING for u in units):
        return frozenset()
    starts = [
        n
        for n, (before, unit) in enumerate(itertools.pairwise(units), 1)
        if _further(unit, margin) and not _further(before, margin)
    ]
    deciding = sum(decides(units[n].text) for n in starts)
    return frozenset(starts) if len(starts) > 2 and deciding >= len(starts) / 2 else frozenset()


def _further(unit: Unit, margin: float) -> bool:
    box = unit.line.box
    return box is not None and box[0] >= margin + _INDENT and not unit.line.marker and opening(unit.text) is None
