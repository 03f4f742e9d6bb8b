"""Which lines are headings of an item's own structure, and of what kind?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.marks import Mark
from minutes_parser.recognise.context import Context, Unit, stronger
from minutes_parser.recognise.rows import NUMBER, TITLE
from minutes_parser.text import Span
from minutes_parser.vocabulary import Hit, body_pattern, fold
from minutes_parser.vocabulary.dates import date_pattern
from minutes_parser.vocabulary.lines import case_line, folded, opening


def sections(context: Context) -> Iterator[Mark]:
    """Yield a HEADING mark for each line that reads as a heading of an item's own structure.

    The whole line has to match, or its beginning up to a printed colon, and it has to look like the document's other
    headings: a word from the vocabulary inside a sentence is no heading. Facts: `inline` (True where the section's text
    stands on the same line), `style` (the look, for nesting). `value` is the kind.
    """
    units = [u for u in context.units if u.label is None]
    plain_colon = _inline_habit(units)
    current: SectionKind | None = None
    history = False
    for n, unit in enumerate(units):
        mark = None
        if unit.column:
            if unit.column not in (NUMBER, TITLE):
                facts = {"inline": True, "style": unit.style}
                yield Mark(Label.HEADING, Span(unit.start, unit.start), unit.column, "heading.column", 0.9, facts)
            continue
        if unit.hit is not None and not (current in _PLANS and "pattern-inline" in unit.hit.rule):
            mark = _known(context, units, n, unit, unit.hit, plain_colon)
        if (
            mark is None
            and len(unit.text) < 120
            and (current is SectionKind.BESLUTNING or history or unit.text.endswith(":"))
        ):
            mark = _dated(units, n, unit, current, history)
        if mark is None:
            mark = _unknown(context, units, n, unit)
        if mark is not None:
            current = SectionKind(mark.value)
            history = current is SectionKind.SAGSFORLOEB and _DECISIONS in fold(unit.text)
            yield mark


_DECISIONS = "beslutning"
_OPENERS: frozenset[str] = frozenset()


def _inline_habit(units: list[Unit]) -> Counter[SectionKind]:
    """How often each kind stands in front of its text on the same line."""
    return Counter(u.hit.kind for u in units if u.hit and not u.whole)


def _known(
    context: Context, units: list[Unit], n: int, unit: Unit, hit: Hit, habit: Counter[SectionKind]
) -> Mark | None:
    """A heading the vocabulary knows, unless its looks or its surroundings speak against it."""
    text = unit.text
    score = hit.score
    inline = hit.stop < len(text)
    if hit.rule == "heading.pattern" and hit.kind is SectionKind.BESLUTNING and _points_back(units, n):
        return None
    if len(unit.line.cells) > 1 and not inline:
        return None
    if len(unit.line.cells) > 2:
        return None
    if inline:
        lead = unit.line.lead
        rest = text[hit.stop :].strip()
        if unit.hit and unit.hit.kind is SectionKind.BILAG and len(rest) > 300:
            return None
        if context.fonts and lead < hit.stop - 2 and not (unit.style[1] and not context.body[1]):
            return None  # the document's headings are set apart, this label is running text
        if unit.hit and unit.hit.kind is SectionKind.ANDET and habit[hit.kind] < 2:
            score -= 0.5
        if not unit.first and "inline" not in hit.rule:
            score -= 0.2
    else:
        if context.fonts and not stronger(unit.style, context.body):
            colon = text.rstrip().endswith(":")
            if (
                hit.rule != "heading.pattern"
                and not colon
                and context.headings.get(unit.style, 0) < 0.25 * sum(context.headings.values())
            ):
                return None
            score -= 0.15
        if hit.rule == "heading.fuzzy":
            if context.fonts and not stronger(unit.style, context.body):
                return None
            if unit.text.endswith((".", ",")) or (n and units[n - 1].text.endswith((",", " at"))):
                return None
        above = units[n - 1] if n else None
        if above is not None and above.whole and above.hit is not None:
            # `Indstilling` / `Forvaltningen indstiller,` is one heading and its first words; `Punkttype` / `Beslutning.` a value
            if (
                hit.kind is SectionKind.INDSTILLING
                and above.hit.kind is SectionKind.INDSTILLING
                and text.endswith((",", ":"))
            ):
                return None
            if text.endswith("."):
                return None
        if text.endswith(",") and fold(text) not in _OPENERS and hit.rule != "heading.pattern":
            score -= 0.1
        if n and unit.gap == 0 and units[n - 1].text.endswith((",", "-")) and unit.first:
            return None
        if unit.line.marker and not _bullet_headings(units) and _list_neighbour(units, n):
            return None
    if score < 0.45:
        return None
    stop = hit.stop if inline else len(text)
    return Mark(
        Label.HEADING,
        Span(unit.start, unit.start + stop),
        hit.kind.value,
        hit.rule,
        max(0.0, min(1.0, score)),
        {"inline": inline, "style": unit.style, "inner": hit.kind is SectionKind.BILAG and _indented(context, unit)},
    )


def _points_back(units: list[Unit], n: int) -> bool:
    """`Kommunalbestyrelsen den 30. januar 2012 Punkt 5` right before a heading: where the case was before, no decision."""
    if not dated_line().fullmatch(units[n].text) or n + 1 >= len(units):
        return False
    following = units[n + 1]
    return following.whole or dated_line().fullmatch(following.text) is not None


def _indented(context: Context, unit: Unit) -> bool:
    """Whether a page prints the line further in than its headings: a label inside a list."""
    return unit.line.box is not None and context.margin is not None and unit.line.box[0] > context.margin + 15


def _bullet_headings(units: list[Unit]) -> bool:
    """Whether most known headings are printed as list items, as some web pages do."""
    whole = [u for u in units if u.whole]
    return bool(whole) and sum(1 for u in whole if u.line.marker) > len(whole) / 2


def _list_neighbour(units: list[Unit], n: int) -> bool:
    return any(0 <= m < len(units) and units[m].line.marker and not units[m].whole for m in (n - 1, n + 1))


@lru_cache(maxsize=1)
def dated_line() -> re.Pattern[str]:
    """A line that names a body and a day, and nothing else."""
    body, day = body_pattern(), date_pattern()
    return re.compile(
        rf"(?:behandlet i )?{body}(?:s møde)?,? ?(?:(?:den|d\.)? ?{day}|den ?)(?:,? (?:pkt|punkt|sag)\.?(?: nr\.?)? ?[\w.-]{{1,8}})? ?:?",
        re.IGNORECASE,
    )


def _dated(units: list[Unit], n: int, unit: Unit, current: SectionKind | None, history: bool) -> Mark | None:
    """`Økonomiudvalget den 21-09-2015` with the decision on the next line, under a heading for decisions."""
    text = unit.text
    if text.endswith(".") or not text[:1].isupper():
        return None
    inline = 0
    if not dated_line().fullmatch(text):
        colon = text.find(":")
        if not 0 < colon < 110 or not dated_line().fullmatch(text[: colon + 1]):
            return None
        inline = colon + 1
    following = units[n + 1] if n + 1 < len(units) else None
    if not inline and (following is None or dated_line().fullmatch(following.text)):
        return None
    if current in _PLANS and (not history or inline):
        return None
    if not text.endswith(":") and not inline and current is not SectionKind.BESLUTNING and not history:
        return None
    return Mark(
        Label.HEADING,
        Span(unit.start, unit.start + (inline or len(text))),
        SectionKind.BESLUTNING.value,
        "heading.dated",
        0.85,
        {"inline": bool(inline), "style": unit.style},
    )


_PLANS = frozenset((SectionKind.SAGSFORLOEB, SectionKind.PROCES, SectionKind.HOERING, SectionKind.KOMPETENCE))


def _unknown(context: Context, units: list[Unit], n: int, unit: Unit) -> Mark | None:
    """A line that nobody knows but that looks just like the document's known headings."""
    text = unit.text
    if not context.typographic or not context.heading_style(unit.style) or len(text) > 100 or len(unit.line.cells) > 1:
        return None
    if text.endswith((".", ",", ";")) or not text[:1].isalnum() or unit.line.marker or not text[:1].isupper():
        return None
    if fold(text) in folded("items", "groups") or case_line(text) is not None or opening(text):
        return None
    if unit.style[3] and not unit.style[1] and not unit.style[0] and len(fold(text)) < 4:
        return None
    following = units[n + 1] if n + 1 < len(units) else None
    if following is None or (following.style == unit.style and not following.whole):
        return None
    if n and units[n - 1].style == unit.style and not units[n - 1].whole and unit.gap < 0.6:
        return None
    return Mark(
        Label.HEADING, unit.span, SectionKind.ANDET.value, "heading.style", 0.6, {"inline": False, "style": unit.style}
    )
