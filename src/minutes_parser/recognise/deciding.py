"""A body and a day above a decision, in all the ways that minutes set them; and decisions that nothing but print sets apart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.marks import Mark
from minutes_parser.recognise.context import Unit, stronger
from minutes_parser.recognise.decisions import decides
from minutes_parser.recognise.evidence import Reason, weigh
from minutes_parser.recognise.headings import Reading
from minutes_parser.recognise.known import PLANS
from minutes_parser.recognise.unworded import arrows, indented
from minutes_parser.text import Span
from minutes_parser.vocabulary import body_pattern, names_body, small
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import case_line, dated


class DecisionHeadings(Reading):
    """Reads a line as the heading of what a body decided."""

    def _dated(self, n: int, unit: Unit) -> Mark | None:
        """`Økonomiudvalget den 21-09-2015` with the decision on the next line, under a heading for decisions."""
        text = unit.text
        if not text[:1].isupper() and not text[:1].isdigit():
            return None
        whole, inline = dated(text), 0
        if not whole and not self._body_alone(unit, text):
            colon = text.find(":")
            if not 0 < colon < 110 or not (dated(text[: colon + 1]) or text[:colon] in self.bodies_before):
                return None
            inline = colon + 1
        expected = self.current is SectionKind.BESLUTNING or self.history
        expected = expected or unit.style in self.heading_looks or self.dated_habit
        expected = expected or (whole and _DIGIT.search(text) is not None and self._decided_below(n))
        if not expected and not text.endswith(":") and self.context.trace is None:
            return None
        span = Span(unit.start, unit.start + (inline or len(text)))
        kind = SectionKind.BESLUTNING.value
        reasons = self._for_dated(n, unit, bool(inline), expected)
        if weigh(self.context.trace, "heading.dated", kind, span, 0.85, reasons, 0.0) is None:
            return None
        return Mark(Label.HEADING, span, kind, "heading.dated", 0.85, {"inline": bool(inline), "style": unit.style})

    @cached_property
    def arrows(self) -> dict[int, int]:
        return arrows(self.units)

    @cached_property
    def indented(self) -> frozenset[int]:
        lefts: dict[int, int] = {}
        for unit in self.units:
            if unit.line.box:
                left = round(unit.line.box[0])
                lefts[left] = lefts.get(left, 0) + len(unit.text)
        return indented(self.units, float(max(lefts, key=lefts.__getitem__)) if lefts else None)

    @property
    def unworded(self) -> frozenset[int]:
        """Where a decision begins that an arrow or its indent sets apart, in a document that heads none with words."""
        return self.indented.union(self.arrows)

    def _unworded(self, n: int, unit: Unit) -> Mark | None:
        """A line of `unworded` as the beginning of a decision."""
        span = Span(unit.start, unit.start + self.arrows.get(n, 0))
        kind = SectionKind.BESLUTNING.value
        if weigh(self.context.trace, "heading.unworded", kind, span, 0.6, (), 0.0) is None:
            return None
        return Mark(Label.HEADING, span, kind, "heading.unworded", 0.6, {"inline": True, "style": unit.style})

    @cached_property
    def stacks(self) -> frozenset[int]:
        """Where a body stands above a day, each on a line of its own, and text below; none where only one does."""
        found = []
        days = [n for n, u in enumerate(self.units) if len(u.text) < 30 and u.text[0].isdigit()]
        for n in (day - 1 for day in days if 0 < day < len(self.units) - 1):
            one, two, below = self.units[n : n + 3]
            named = one.text[0].isupper() and len(one.text) < 60 and one.hit is None and below.hit is None
            if not named or _body_name().fullmatch(one.text) is None:
                continue
            spans = list(dates(two.text))
            if spans and spans[0][0] == 0 and spans[0][1] >= len(two.text.rstrip(" :.")):
                found.append(n)
        return frozenset(found) if len(found) > 1 else frozenset()

    def _stacked(self, n: int, unit: Unit) -> Mark | None:
        """A line of `stacks`, `Repræsentantskabet` above `12.04.2019`, as a margin holds them: one heading of a decision."""
        span = Span(unit.start, self.units[n + 1].stop)
        if weigh(self.context.trace, "heading.stacked", SectionKind.BESLUTNING.value, span, 0.75, (), 0.0) is None:
            return None
        facts = {"inline": False, "style": unit.style}
        return Mark(Label.HEADING, span, SectionKind.BESLUTNING.value, "heading.stacked", 0.75, facts)

    def _decided_below(self, n: int) -> bool:
        """Whether the next line says what was decided: below a body and a day that tells enough."""
        return n + 1 < len(self.units) and not self.units[n + 1].whole and decides(self.units[n + 1].text)

    def _body_alone(self, unit: Unit, text: str) -> bool:
        """`BYRÅDET:` in a document that heads decisions with body and day: the body of this meeting."""
        if not (unit.gap >= 1 or stronger(unit.style, self.context.body)):
            return False
        headed = text.endswith(":") or unit.style in self.heading_looks
        if not headed or not self.dated_habit or self.shapes.repeats(text) < 2:
            return False
        return _body_name().fullmatch(text.removesuffix(":").removesuffix(" ")) is not None

    @cached_property
    def bodies_before(self) -> frozenset[str]:
        """Bodies that stand with a colon before what they decided, again and again, beside others with their days:
        `Byrådet: Godkendt.` below `Økonomiudvalget den 10. august 2004: Anbefales.`"""
        if not self.dated_habit:
            return frozenset()
        heads: dict[str, list[str]] = {}
        for unit in self.units:
            if 3 < (at := unit.text.find(":", 0, 60)) < len(unit.text) - 1:
                heads.setdefault(unit.text[:at], []).append(unit.text[at + 1 :].strip())
        again = {head: said for head, said in heads.items() if len(said) > 1 and names_body(small(head))}
        bodies = {head: said[:_TIMES] for head, said in again.items() if _body_name().fullmatch(head)}
        return frozenset(head for head, said in bodies.items() if sum(map(decides, said)) > len(said) / 2)

    @cached_property
    def dated_habit(self) -> bool:
        """Whether the document prints a body and a day above text, and again: so it heads what each body decided."""
        found = 0
        for one, two in itertools.pairwise(self.units):
            text = one.text
            if not text[:1].isupper():
                continue
            colon = text.find(":", 5, 60)
            if colon > 0 and text[colon - 1].isdigit():
                found += dated(text[: colon + 1])
            elif len(text) < 100 and one.gap >= 1 and _DIGIT.search(text, len(text) - 8) and dated(text):
                found += two.hit is None and not dated(two.text) and case_line(two.text) is None
            if found > 1:
                return True
        return False

    def _for_dated(self, n: int, unit: Unit, inline: bool, expected: bool) -> Iterator[Reason]:
        if not expected and not unit.text.endswith(":"):
            yield Reason("dated.unexpected")
        following = self.units[n + 1] if n + 1 < len(self.units) else None
        if not inline and (following is None or dated(following.text)):
            yield Reason("dated.list")
        plan = self.current in PLANS and self.current is not SectionKind.KOMPETENCE
        if plan and (not self.history or inline) and not self._apart(n, unit):
            yield Reason("dated.plan")
        if following is not None and following.whole and not inline:
            yield Reason("dated.points-back")

    def _apart(self, n: int, unit: Unit) -> bool:
        """Whether the line looks like the document's headings, and the next one decides: it is none of the plan's days."""
        return unit.style in self.heading_looks and dated(unit.text) and self._decided_below(n)


@lru_cache(maxsize=1)
def _body_name() -> re.Pattern[str]:
    return re.compile(body_pattern(), re.IGNORECASE)


_TIMES = 12
"""How often what stands behind a body is looked at."""
_DIGIT = re.compile("[0-9]")
