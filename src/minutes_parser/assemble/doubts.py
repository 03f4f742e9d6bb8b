"""What makes a reading doubtful as a whole: gaps, missing decisions, a table of contents that disagrees."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from minutes_parser.assemble.cases import Case, every
from minutes_parser.findings import Finding
from minutes_parser.kinds import Code, DocumentKind, SectionKind, Severity
from minutes_parser.recognise.context import Context
from minutes_parser.recognise.meeting import Facts


def doubts(context: Context, cases: Sequence[Case], kind: DocumentKind, meeting: Facts) -> Iterator[Finding]:
    """Yield the distrust signals of a document whose items and meeting are settled."""
    if kind in (DocumentKind.MINUTES, DocumentKind.AGENDA):
        if meeting.date is None:
            yield Finding(Code.NO_DATE, "no date of the meeting found")
        if meeting.body is None:
            yield Finding(Code.NO_BODY, "the body that met was not found")
    yield from _gaps(cases)
    if kind is DocumentKind.MINUTES:
        yield from _undecided(cases)
    announced = len(context.contents_entries)
    if announced and cases and announced != len(cases):
        yield Finding(Code.TOC_DISAGREES, f"the table of contents announces {announced} items, {len(cases)} were found")


def _gaps(cases: Sequence[Case]) -> Iterator[Finding]:
    numbers = [int(c.number) for c in cases if c.number and c.number.isdigit() and len(c.number) < 6]
    for one, two in itertools.pairwise(numbers):
        if two - one > 1:
            yield Finding(Code.ITEM_GAP, f"items {one + 1} to {two - 1} are missing between items {one} and {two}")


def _undecided(cases: Sequence[Case]) -> Iterator[Finding]:
    for case in cases:
        decided = any(p.kind is SectionKind.BESLUTNING and p.everything() for p in every(case.parts))
        if not case.closed and case.parts and not decided:
            yield Finding(
                Code.NO_DECISION, f"item {case.number or '?'} has no decision", Severity.INFO, case.start, case.stop
            )


def reported(findings: Sequence[Finding], limit: int) -> list[dict[str, Any]]:
    """The findings as the document prints them: at most `limit`, the last one says how many more there are."""
    shown = list(findings[:limit])
    if len(findings) > limit:
        more = Finding(Code.MORE_FINDINGS, f"{len(findings) - limit + 1} more findings", Severity.INFO)
        shown = [*shown[: limit - 1], more]
    return [
        {"code": f.code, "severity": f.severity, "message": f.message, "start": f.start, "stop": f.stop} for f in shown
    ]
