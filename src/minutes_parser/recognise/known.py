"""A heading that the vocabulary knows: do its looks and surroundings speak against it?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.marks import Mark
from minutes_parser.recognise.context import Context, Unit, stronger
from minutes_parser.recognise.decisions import decides
from minutes_parser.recognise.evidence import Reason, weigh
from minutes_parser.recognise.headings import Reading, is_field
from minutes_parser.text import Span
from minutes_parser.vocabulary import Hit
from minutes_parser.vocabulary.files import linked_file
from minutes_parser.vocabulary.lines import case_line, dated
from minutes_parser.vocabulary.words import decision_words, words


class KnownHeadings(Reading):
    """Reads a line that the vocabulary knows as a heading."""

    def _known(self, n: int, unit: Unit, hit: Hit) -> Mark | None:
        """A heading the vocabulary knows, unless its looks or its surroundings speak against it."""
        kind, inline = hit.kind.value, hit.stop < len(unit.text)
        span = Span(unit.start, unit.start + (hit.stop if inline else len(unit.text)))
        reasons = self._for_known(n, unit, hit, inline)
        score = weigh(self.context.trace, hit.rule, kind, span, hit.score, reasons, 0.45)
        if score is None:
            return None
        inner = hit.kind is SectionKind.BILAG and _indented(self.context, unit)
        facts = {"inline": inline, "style": unit.style, "inner": inner}
        if hit.kind is SectionKind.BESLUTNING and not inline and self._lists_days(n):
            kind = SectionKind.SAGSFORLOEB.value
        return Mark(Label.HEADING, span, kind, hit.rule, max(0.0, min(1.0, score)), facts)

    def _torn(self, n: int, unit: Unit) -> Mark | None:
        """`Forvaltningens` above `indstilling`, both in print that sets them apart: a heading that a narrow margin parts."""
        below = self.units[n + 1] if n + 1 < len(self.units) else None
        if below is None or below.style != unit.style:
            return None
        if not below.text[:1].islower() or below.gap >= 0.6 or len(unit.text) + len(below.text) > 60:
            return None
        hit = self.context.vocabulary.heading(f"{unit.text} {below.text}", fuzzy=False)
        if hit is None or hit.stop < len(unit.text) + 1 + len(below.text):
            return None
        span = Span(unit.start, below.stop)
        if weigh(self.context.trace, "heading.torn", hit.kind.value, span, 0.8, (), 0.0) is None:
            return None
        facts = {"inline": False, "style": unit.style}
        return Mark(Label.HEADING, span, hit.kind.value, "heading.torn", 0.8, facts)

    def _lists_days(self, n: int) -> bool:
        """Whether only bodies and days stand under the heading: where the case goes, no decision."""
        below = self.units[n + 1 : n + 3]
        if len(below) < 2 or not dated(below[0].text):
            return False
        return below[1].whole or dated(below[1].text)

    def _for_known(self, n: int, unit: Unit, hit: Hit, inline: bool) -> Iterator[Reason]:
        if self.look is not None:
            yield from self._for_layout(unit)
        says = hit.rule == "heading.says" or (
            hit.kind is SectionKind.INDSTILLING
            and (
                unit.text.endswith((",", ":") if hit.rule == "heading.pattern" else ",")
                or unit.text.rpartition(" ")[2] in (*decision_words()["recommend"]["verbs"], words()["text"]["that"])
            )
        )
        if says and (
            self.current is SectionKind.INDSTILLING or (self.headed == n - 1 >= 0 and self.units[n - 1].whole)
        ):
            yield Reason("says.text")
        if hit.rule == "heading.joined" and self.typographic and not (self.lone or self.shapes.repeats(unit.text) > 1):
            yield Reason("name.weak")
        if hit.rule.startswith("heading.weak") and hit.kind not in self.weak_habits:
            yield Reason("name.weak")
        if self.current in PLANS and "pattern-inline" in hit.rule:
            yield Reason("plan.inline")
        if hit.rule == "heading.pattern" and hit.kind is SectionKind.BESLUTNING and _points_back(self.units, n):
            yield Reason("dated.points-back")
        if hit.kind is SectionKind.DELTAGERE and self._nobody(n, unit):
            yield Reason("absent.nobody")
        cells = len(unit.line.cells) if unit.text == unit.line.text else 0
        if cells > 2 or (cells > 1 and not inline):
            yield Reason("table.cell")
        if inline:
            yield from self._for_inline(unit, hit)
        else:
            yield from self._for_line(n, unit, hit)

    def _nobody(self, n: int, unit: Unit) -> bool:
        """Whether the decision stands under the line: `Fraværende:` left empty, or who was absent before what was decided."""
        below = self.units[n + 1] if n + 1 < len(self.units) else None
        if self.current is not SectionKind.BESLUTNING or below is None or below.hit is not None:
            return False
        above = self.units[n - 1].hit if n and self.units[n - 1].whole else None
        first = above is not None and above.kind is SectionKind.BESLUTNING
        if not unit.text.endswith(":"):
            return first and len(unit.text) < 160 and decides(below.text)
        return len(unit.text) < 15 and (decides(below.text) or len(below.text) > 60) and not _PARTY.search(below.text)

    @cached_property
    def weak_habits(self) -> frozenset[SectionKind]:
        """The kinds, decisions or recommendations, that the document heads with a word that others use in running text."""
        hits = [u.hit for u in self.known if u.hit is not None]
        same = Counter([h.kind for h in hits])
        weak = Counter([h.kind for h in hits if h.rule.startswith("heading.weak")])
        return frozenset(kind for kind, count in weak.items() if count > 1 and count >= same[kind] / 2)

    def _for_inline(self, unit: Unit, hit: Hit) -> Iterator[Reason]:
        """`Indstilling: At sagen godkendes`: the heading shares its line with its text."""
        loose = hit.kind is SectionKind.ANDET or hit.rule.startswith("heading.weak")
        if loose and case_line(unit.text) is not None:
            yield Reason("line.case")
        if hit.kind is SectionKind.BILAG and len(unit.text[hit.stop :].strip()) > 300:
            yield Reason("inline.long")
        apart = unit.style[1] and not self.context.body[1]
        if self.fonts and unit.line.lead < hit.stop - 2 and not apart:
            yield Reason("inline.plain")  # the document's headings are set apart, this label is running text
        if hit.kind is SectionKind.ANDET and self.inline[hit.kind] < 2:
            yield Reason("inline.single", -0.5)
        if not unit.first and "inline" not in hit.rule:
            yield Reason("line.middle", -0.2)

    def _for_line(self, n: int, unit: Unit, hit: Hit) -> Iterator[Reason]:
        """The heading has its line to itself."""
        text = unit.text
        above = self.units[n - 1] if n else None
        if self.fonts and not stronger(unit.style, self.context.body):
            usual = self.context.headings.get(unit.style, 0) >= 0.25 * self.looks
            decision = hit.rule == "heading.pattern" and hit.kind is SectionKind.BESLUTNING
            if not (decision and self.plain_decisions) and not text.rstrip().endswith(":") and not usual:
                yield Reason("look.plain")
            yield Reason("look.body", -0.15)
            if hit.rule == "heading.fuzzy":
                yield Reason("fuzzy.plain")
        if hit.rule == "heading.fuzzy" and (
            text.endswith((".", ",")) or (above is not None and above.text.endswith((",", " at")))
        ):
            yield Reason("fuzzy.sentence")
        if above is not None and above.whole and above.hit is not None:
            # `Indstilling` / `Forvaltningen indstiller,` is one heading and its first words; `Punkttype` / `Beslutning.` a value
            if (
                hit.kind is SectionKind.INDSTILLING
                and above.hit.kind is SectionKind.INDSTILLING
                and text.endswith((",", ":"))
            ):
                yield Reason("above.same-kind")
            if text.endswith("."):
                yield Reason("above.value")
        if above is not None and unit.gap < 1 and is_field(above.text):
            yield Reason("above.value")
        if n > 1 and unit.gap < 1 and is_field(text) and is_field(self.units[n - 2].text):
            yield Reason("field.next")
        if text.endswith(",") and hit.rule != "heading.pattern":
            yield Reason("ends.comma", -0.1)
        if above is not None and unit.gap == 0 and above.text.endswith((",", "-")) and unit.first:
            yield Reason("above.goes-on")
        if unit.line.marker and not self.bulleted and _list_neighbour(self.units, n):
            yield Reason("list.item")
        if self.current is SectionKind.BILAG and unit.element.partition(".")[0] == "li" and not self.bulleted:
            yield Reason("list.item")
        if self.shapes.isolated and unit.gap < 1 and unit.first and not text.endswith(":"):
            if hit.rule in ("heading.pattern", "heading.fuzzy", "heading.joined", "heading.weak", "heading.says"):
                if not (n and self._data_above(n - 1)):
                    yield Reason("line.close")
            elif not text[:1].isupper() and not self.bulleted:
                yield Reason("list.item")
        numbered = above is not None and above.opening is not None and unit.opening is not None
        listed = unit.gap < 1 or text[:1] in "·•" or unit.line.marker > 0 or numbered
        if self.current is SectionKind.BILAG and (
            linked_file(unit.line) or (listed and self._names_attachment(text, hit))
        ):
            yield Reason("attachment.name")

    def _data_above(self, n: int) -> bool:
        """Whether the line is an item's data or its title: its first heading may stand right below."""
        return case_line(self.units[n].text) is not None or self.units[n].opening is not None

    def _names_attachment(self, text: str, hit: Hit) -> bool:
        """`Indstilling fra direktionen` in a list of attachments: a heading's words, but no line that the document repeats."""
        if hit.kind is SectionKind.BILAG or text.endswith(":"):
            return False
        if not text[:1].isalnum() and not self.bulleted:
            return True
        if hit.kind is SectionKind.BESLUTNING and (hit.rule == "heading.name" or not self.shapes.isolated):
            return False
        return self.shapes.isolated or (hit.rule != "heading.name" and self.shapes.repeats(text) < 2)

    @cached_property
    def plain_decisions(self) -> bool:
        """Whether the document prints the headings of its decisions like text, though the others stand out."""
        found = [u.style for u in self.whole if u.hit and u.hit.kind is SectionKind.BESLUTNING]
        return sum(1 for style in found if stronger(style, self.context.body)) < len(found) / 2

    @cached_property
    def bulleted(self) -> bool:
        """Whether most known headings are printed as list items, as some web pages do."""
        return (
            bool(self.whole) and sum(1 for u in self.whole if u.line.marker or u.element == "li") > len(self.whole) / 2
        )


def _points_back(units: list[Unit], n: int) -> bool:
    """`Kommunalbestyrelsen den 30. januar 2012 Punkt 5` right before a heading: where the case was before, no decision."""
    if not dated(units[n].text) or n + 1 >= len(units):
        return False
    following = units[n + 1]
    if following.hit is not None and following.hit.kind is SectionKind.DELTAGERE:
        return False
    return following.whole or dated(following.text)


def _indented(context: Context, unit: Unit) -> bool:
    """Whether a page prints the line further in than its headings: a label inside a list."""
    return unit.line.box is not None and context.margin is not None and unit.line.box[0] > context.margin + 15


def _list_neighbour(units: list[Unit], n: int) -> bool:
    return any(0 <= m < len(units) and units[m].line.marker and not units[m].whole for m in (n - 1, n + 1))


PLANS = frozenset((SectionKind.SAGSFORLOEB, SectionKind.PROCES, SectionKind.HOERING, SectionKind.KOMPETENCE))
"""Sections that tell where a case goes: days and bodies in them are no decisions."""
_PARTY = re.compile(r"\([A-ZÆØÅ]{1,3}\)")
