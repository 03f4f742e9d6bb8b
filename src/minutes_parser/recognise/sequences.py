"""Which of the places where items may begin make a sequence: the rising one with the most evidence."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from minutes_parser.vocabulary.lines import Opening


@dataclass(slots=True)
class Start:
    """A place where an item may begin: the unit at `at` in the list of live units, with the evidence as a sum."""

    at: int
    number: str
    title: int
    value: tuple[int, ...]
    evidence: float
    rule: str


def counts_up(run: list[tuple[int, Opening]]) -> bool:
    """Whether the numbers go up by one from line to line, those of sub-items between them."""
    return all(
        (step(a[1].value, b[1].value) or 0.0) <= 0.2 and a[1].value < b[1].value for a, b in itertools.pairwise(run)
    )


def chain_of(starts: list[Start]) -> tuple[float, list[Start]]:
    """The rising sequence with the most evidence; a gap in the numbers costs, a number that repeats ends it."""
    best: list[float] = []
    back: list[int] = []
    for n, start in enumerate(starts):
        top, link = start.evidence, -1
        for m in range(max(0, n - 120), n):
            cost = step(starts[m].value, start.value)
            if cost is None:
                continue
            total = best[m] + start.evidence - cost
            if total > top:
                top, link = total, m
        best.append(top)
        back.append(link)
    if not best:
        return 0.0, []
    n = max(range(len(best)), key=best.__getitem__)
    score = best[n]
    chain: list[Start] = []
    while n >= 0:
        chain.append(starts[n])
        n = back[n]
    chain.reverse()
    if len(chain) == 1:
        score -= 1.0
    return score, chain


def step(a: tuple[int, ...], b: tuple[int, ...]) -> float | None:
    """What it costs to go from one number to the next; None when it cannot be."""
    if b <= a:
        return None
    if len(a) == len(b):
        gap = b[-1] - a[-1] if a[:-1] == b[:-1] else b[0] - a[0]
        if len(a) == 2 and a[0] != b[0]:
            return 0.0 if b[0] == a[0] + 1 and b[1] == 1 else None if b[0] - a[0] > 3 else 1.0
        return 0.0 if gap == 1 else min(3.0, 0.3 * (gap - 1)) if gap < 40 else None
    return 0.2 if b[0] - a[0] <= 1 else None


def restarts(starts: list[Start]) -> tuple[float, list[Start]]:
    """Every item numbered 1, as in lists that a page starts anew."""
    same = [s for s in starts if s.value == (1,)]
    if len(same) < 3 or len({s.at for s in same}) < 3:
        return 0.0, []
    chosen = [s for s in same if s.evidence > 0]
    return sum(s.evidence for s in chosen) * 0.9, chosen if len(chosen) >= 3 else []
