"""What speaks for and against a reading of a line, as data: the recognisers decide by it, `explain` shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes_parser.text import Span


class Reason(NamedTuple):
    """One contribution to a claim: `weight` is added to its score; None blocks it, whatever else speaks for it."""

    name: str
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A reading that a recogniser considered for a stretch of text, with everything that counted.

    Guaranteed: `score` is `base` plus the weights in `reasons`; the claim stands exactly when no reason blocks it.
    """

    rule: str
    value: str
    span: Span
    base: float
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        return self.base + sum(r.weight for r in self.reasons if r.weight is not None)

    @property
    def blocks(self) -> tuple[str, ...]:
        """The names of the reasons that block it."""
        return tuple(r.name for r in self.reasons if r.weight is None)


@dataclass(slots=True)
class Trace:
    """Every claim that was considered; kept only when somebody asks."""

    claims: list[Claim] = field(default_factory=list)


def weigh(
    trace: Trace | None, rule: str, value: str, span: Span, base: float, reasons: Iterable[Reason], floor: float
) -> float | None:
    """The score of a claim: `base` and the weights added up; None when a reason blocks it or the sum is below `floor`.

    Without a trace the first block ends the reckoning; with one, all reasons are heard and kept, the verdict is the same.
    """
    score = base
    if trace is None:
        for _, weight in reasons:
            if weight is None:
                return None
            score += weight
        return score if score >= floor else None
    heard = list(reasons)
    for _, weight in heard:
        score += weight or 0.0
    if score < floor:
        heard.append(Reason("score.low"))
    trace.claims.append(Claim(rule, value, span, base, tuple(heard)))
    return None if any(weight is None for _, weight in heard) else score
