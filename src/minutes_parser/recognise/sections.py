"""Which lines are headings of an item's own structure, and of what kind?"""

from __future__ import annotations

import itertools
import re
from bisect import bisect, insort
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.marks import Mark
from minutes_parser.recognise.attachments import files, heads_table
from minutes_parser.recognise.context import Context, Unit, stronger
from minutes_parser.recognise.decisions import decides
from minutes_parser.recognise.evidence import Reason, weigh
from minutes_parser.recognise.labels import label_of
from minutes_parser.recognise.rows import LABEL, META, NUMBER, TITLE
from minutes_parser.recognise.unworded import arrows, indented
from minutes_parser.text import Span
from minutes_parser.vocabulary import Hit, body_pattern, fold
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import case_line, clerk_line, dated, folded, opening


def sections(context: Context) -> Iterator[Mark]:
    """Yield a HEADING mark for each line that reads as a heading of an item's own structure.

    The whole line has to match, or its beginning up to a printed colon, and it has to look like the document's other
    headings: a word from the vocabulary inside a sentence is no heading. Facts: `inline` (True where the section's text
    stands on the same line), `style` (the look, for nesting). `value` is the kind.
    """
    return _Headings(context).marks()


class Shapes:
    """How known headings stand among the lines of plain text: blank lines above and below, a colon, repetition."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        known = Counter([self._shape(n) for n, u in enumerate(units) if u.hit is not None and u.whole])
        total = sum(known.values())
        self.habits = frozenset(s for s, count in known.items() if total >= 3 and count >= 0.3 * total)
        self.isolated = total >= 3 and sum(n for s, n in known.items() if s[0]) >= 0.8 * total
        """Whether headings have a blank line above."""

    @cached_property
    def widest(self) -> int:
        """How far the document's full lines reach, in characters."""
        reaches = sorted(len(u.text) for u in self.units)
        return reaches[int(len(reaches) * 0.9)] if reaches else 0

    @property
    def paragraphs(self) -> bool:
        """Whether a line holds a paragraph, so that a short one stands out."""
        return self.widest > 200

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each short line is printed, digits aside."""
        found: dict[str, list[int]] = defaultdict(list)
        for n, unit in enumerate(self.units):
            if len(unit.text) <= 40:
                found[_masked(unit.text)].append(n)
        return found

    @cached_property
    def texts(self) -> Counter[str]:
        """How often each short line is printed, digits aside."""
        return Counter([_masked(u.text) for u in self.units if len(u.text) <= 60])

    def _shape(self, n: int) -> tuple[bool, bool, bool]:
        units = self.units
        close = n + 1 < len(units) and units[n + 1].gap < 1
        return units[n].gap >= 1, close, units[n].text.endswith(":")

    def usual(self, n: int, *, told: bool) -> bool:
        """Whether the line stands as known headings do: apart from the text above and close to its own text below.

        Where headings only end with a colon, or stand alone, so do other lines: its words must tell a kind then.
        """
        shape = self._shape(n)
        if shape not in self.habits or not (shape[0] or shape[2]):
            return False
        short = len(self.units[n].text) <= 0.7 * self.widest
        again = shape[0] and self.repeats(self.units[n].text) > 1
        return told or (shape[0] and (shape[1] or again) and short and not shape[2])

    def below(self, text: str) -> list[Unit]:
        """What stands under a line each time the document prints it, for its first times: enough to tell what it is."""
        places = self.places.get(_masked(text), ())[:_TIMES]
        return [self.units[n + 1] for n in places if n + 1 < len(self.units)]

    def heads(self, text: str) -> bool:
        """Whether other text stands under the line each time the document prints it: a value repeats with what follows."""
        below = self.below(text)
        own = [u.text for u in below if not u.whole and len(u.text) > len(text)]
        return len(own) > 1 and len(own) >= 0.8 * len(below) and len(set(own)) > 0.6 * len(own)

    def repeats(self, text: str) -> int:
        """How often the document prints the line, digits aside."""
        return self.texts[_masked(text)]


def _masked(text: str) -> str:
    return _DIGITS.sub("0", text).casefold()


_TIMES = 12
"""How often a line's texts are looked at: a document of one line repeated must not cost its square."""
_DIGIT = re.compile("[0-9]")
_DIGITS = re.compile(r"[0-9][0-9]*")
_DECISIONS = "beslutning"
_LISTS = (SectionKind.BILAG, SectionKind.DELTAGERE)
_PLANS = frozenset((SectionKind.SAGSFORLOEB, SectionKind.PROCES, SectionKind.HOERING, SectionKind.KOMPETENCE))


class _Headings:
    """Goes through the live units in order. Three readings of a line are tried: known, dated, unknown; the first that stands wins.

    What speaks for or against a reading are the `Reason`s that its `_for_…` method yields, in the order in which they count.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.units = [u for u in context.units if u.label is None]
        self.fonts = context.fonts
        self.typographic = context.typographic
        self.looks = sum(context.headings.values())
        self.inline = Counter(u.hit.kind for u in self.units if u.hit and not u.whole)
        """How often each kind stands in front of its text on the same line."""
        self.current: SectionKind | None = None
        self.kinds: dict[str, SectionKind] = {}
        """What the texts under lines that come again have in common."""
        self.history = False
        self.look = context.layout.heading

    def marks(self) -> Iterator[Mark]:
        context = self.context
        looks = {unit.style for unit in self.units}
        if context.trace is None:
            looks = {style for style in looks if self.typographic and context.heading_style(style)}
        for n, unit in enumerate(self.units):
            if unit.column:
                yield from self._column(unit)
                continue
            if self.current is not SectionKind.BILAG and heads_table(unit.line.cells):
                self.current = SectionKind.BILAG
                yield from self._table(unit)
                continue
            if self.current in _LISTS and self._begins(unit.text):
                self.current = None
            mark = self._known(n, unit, unit.hit) if unit.hit is not None else None
            mark = mark or self._unworded(n, unit)
            mark = mark or self._laid_out(unit)
            if mark is None and (unit.style in looks or not unit.text[:1].islower()):
                mark = (
                    self._dated(n, unit)
                    or self._stacked(n, unit)
                    or self._unknown(n, unit)
                    or self._counted(n, unit)
                    or self._shaped(n, unit)
                    or self._labelled(unit)
                )
            if mark is not None:
                self.current = SectionKind(mark.value)
                self.history = self.current is SectionKind.SAGSFORLOEB and _DECISIONS in fold(unit.text)
                yield mark

    def _table(self, unit: Unit) -> Iterator[Mark]:
        """The header row of a table of attachments begins a section that has no heading."""
        span, kind = Span(unit.start, unit.start), SectionKind.BILAG.value
        if weigh(self.context.trace, "heading.table", kind, span, 0.7, (), 0.0) is not None:
            yield Mark(Label.HEADING, span, kind, "heading.table", 0.7, {"inline": True, "style": unit.style})

    def _begins(self, text: str) -> bool:
        """Whether the line opens an item by a word, or gives a case's number: no list goes on behind it."""
        found = opening(text) if len(text) < 200 else None
        return (found is not None and found.form == "word") or bool(case_line(text))

    def _column(self, unit: Unit) -> Iterator[Mark]:
        """A cell that is a section: its heading stands in the cell before, or above it in the header row."""
        if unit.column in (NUMBER, TITLE, META):
            return
        rule, kind, span = "heading.column", unit.column, Span(unit.start, unit.start)
        if unit.column == LABEL:
            known = unit.hit.kind if unit.hit and unit.whole else SectionKind.ANDET
            rule, kind, span = "heading.label", known.value, unit.span
        score = weigh(self.context.trace, rule, kind, span, 0.9, (), 0.0) or 0.9
        yield Mark(Label.HEADING, span, kind, rule, score, {"inline": True, "style": unit.style})

    # -- a heading that the vocabulary knows ---------------------------------------------------------------------

    def _known(self, n: int, unit: Unit, hit: Hit) -> Mark | None:
        """A heading the vocabulary knows, unless its looks or its surroundings speak against it."""
        inline = hit.stop < len(unit.text)
        span = Span(unit.start, unit.start + (hit.stop if inline else len(unit.text)))
        reasons = self._for_known(n, unit, hit, inline)
        score = weigh(self.context.trace, hit.rule, hit.kind.value, span, hit.score, reasons, 0.45)
        if score is None:
            return None
        inner = hit.kind is SectionKind.BILAG and _indented(self.context, unit)
        facts = {"inline": inline, "style": unit.style, "inner": inner}
        kind = hit.kind
        if kind is SectionKind.BESLUTNING and not inline and self._lists_days(n):
            kind = SectionKind.SAGSFORLOEB
        return Mark(Label.HEADING, span, kind.value, hit.rule, max(0.0, min(1.0, score)), facts)

    def _lists_days(self, n: int) -> bool:
        """Whether only bodies and days stand under the heading: where the case goes, no decision."""
        below = self.units[n + 1 : n + 3]
        if len(below) < 2 or not dated(below[0].text):
            return False
        return below[1].whole or dated(below[1].text)

    def _for_known(self, n: int, unit: Unit, hit: Hit, inline: bool) -> Iterator[Reason]:
        yield from self._for_layout(unit)
        says = hit.rule == "heading.says" or (
            hit.kind is SectionKind.INDSTILLING
            and unit.text.endswith((",", ":") if hit.rule == "heading.pattern" else ",")
        )
        if says and (self.current is SectionKind.INDSTILLING or (n > 0 and self.units[n - 1].whole)):
            yield Reason("says.text")
        if hit.rule == "heading.joined" and self.typographic and not (self.lone or self.shapes.repeats(unit.text) > 1):
            yield Reason("name.weak")
        if hit.rule.startswith("heading.weak") and not self._weak_habit(hit):
            yield Reason("name.weak")
        if self.current in _PLANS and "pattern-inline" in hit.rule:
            yield Reason("plan.inline")
        if hit.rule == "heading.pattern" and hit.kind is SectionKind.BESLUTNING and _points_back(self.units, n):
            yield Reason("dated.points-back")
        cells = len(unit.line.cells) if unit.text == unit.line.text else 0
        if cells > 2 or (cells > 1 and not inline):
            yield Reason("table.cell")
        if inline:
            yield from self._for_inline(unit, hit)
        else:
            yield from self._for_line(n, unit, hit)

    def _weak_habit(self, hit: Hit) -> bool:
        """Whether the document heads its decisions or recommendations with a word that others use in running text."""
        same = [u.hit for u in self.units if u.hit is not None and u.hit.kind is hit.kind]
        weak = sum(1 for h in same if h.rule.startswith("heading.weak"))
        return weak > 1 and weak >= len(same) / 2

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
        if above is not None and unit.gap < 1 and _field(above.text):
            yield Reason("above.value")
        if n > 1 and unit.gap < 1 and _field(text) and _field(self.units[n - 2].text):
            yield Reason("field.next")
        if text.endswith(",") and hit.rule != "heading.pattern":
            yield Reason("ends.comma", -0.1)
        if above is not None and unit.gap == 0 and above.text.endswith((",", "-")) and unit.first:
            yield Reason("above.goes-on")
        if unit.line.marker and not self.bulleted and _list_neighbour(self.units, n):
            yield Reason("list.item")
        if self.shapes.isolated and unit.gap < 1 and unit.first and not text.endswith(":"):
            if hit.rule in ("heading.pattern", "heading.fuzzy", "heading.joined", "heading.weak", "heading.says"):
                yield Reason("line.close")
            elif not text[:1].isupper() and not self.bulleted:
                yield Reason("list.item")
        if self.current is SectionKind.BILAG and unit.gap < 1 and self._names_attachment(text, hit):
            yield Reason("attachment.name")

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
    def shapes(self) -> Shapes:
        return Shapes(self.units)

    @cached_property
    def plain_decisions(self) -> bool:
        """Whether the document prints the headings of its decisions like text, though the others stand out."""
        found = [u.style for u in self.units if u.whole and u.hit and u.hit.kind is SectionKind.BESLUTNING]
        return sum(1 for style in found if stronger(style, self.context.body)) < len(found) / 2

    @cached_property
    def bulleted(self) -> bool:
        """Whether most known headings are printed as list items, as some web pages do."""
        whole = [u for u in self.units if u.whole]
        return bool(whole) and sum(1 for u in whole if u.line.marker) > len(whole) / 2

    # -- a heading as the layout prints them ---------------------------------------------------------------------

    def _laid_out(self, unit: Unit) -> Mark | None:
        """A line in the look of this layout's headings, whether the vocabulary knows it or not."""
        if self.look is None or not self.look.fits(unit.text, unit.line, self.context.body[0]):
            return None
        told = unit.hit.kind if unit.hit and unit.whole else self.context.vocabulary.stems.kind(unit.text)
        kind = (told or SectionKind.ANDET).value
        reasons = self._for_laid_out(unit)
        if weigh(self.context.trace, "heading.layout", kind, unit.span, 0.8, reasons, 0.0) is None:
            return None
        return Mark(Label.HEADING, unit.span, kind, "heading.layout", 0.8, {"inline": False, "style": unit.style})

    def _for_laid_out(self, unit: Unit) -> Iterator[Reason]:
        item = self.context.layout.item
        if item is not None and item.fits(unit.text, unit.line, self.context.body[0]):
            yield Reason("line.title")
        if fold(unit.text) in folded("items", "groups"):
            yield Reason("line.group")
        if case_line(unit.text) is not None:
            yield Reason("line.case")

    def _for_layout(self, unit: Unit) -> Iterator[Reason]:
        if self.look is not None and self.look.only and not self.look.fits(unit.text, unit.line, self.context.body[0]):
            yield Reason("layout.unlike")

    # -- a body and a day ----------------------------------------------------------------------------------------

    def _dated(self, n: int, unit: Unit) -> Mark | None:
        """`Økonomiudvalget den 21-09-2015` with the decision on the next line, under a heading for decisions."""
        text = unit.text
        if not text[:1].isupper() and not text[:1].isdigit():
            return None
        styled = self.typographic and self.context.heading_style(unit.style)
        expected = self.current is SectionKind.BESLUTNING or self.history or styled or self.dated_habit
        expected = expected or (_DIGIT.search(text) is not None and self._decided_below(n, text))
        if not expected and not text.endswith(":") and self.context.trace is None:
            return None
        inline = 0
        if not dated(text) and not self._body_alone(unit, text):
            colon = text.find(":")
            if not 0 < colon < 110 or not dated(text[: colon + 1]):
                return None
            inline = colon + 1
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
        lefts = Counter[int]()
        for unit in self.units:
            if unit.line.box:
                lefts[round(unit.line.box[0])] += len(unit.text)
        return indented(self.units, float(lefts.most_common(1)[0][0]) if lefts else None)

    def _unworded(self, n: int, unit: Unit) -> Mark | None:
        """A decision that an arrow or its indent sets apart, in a document that heads none with words."""
        if n not in self.arrows and n not in self.indented:
            return None
        span = Span(unit.start, unit.start + self.arrows.get(n, 0))
        kind = SectionKind.BESLUTNING.value
        if weigh(self.context.trace, "heading.unworded", kind, span, 0.6, (), 0.0) is None:
            return None
        return Mark(Label.HEADING, span, kind, "heading.unworded", 0.6, {"inline": True, "style": unit.style})

    @cached_property
    def stacks(self) -> frozenset[int]:
        """Where a body stands above a day, each on a line of its own, and text below; none where only one does."""
        found = []
        for n, (one, two, below) in enumerate(zip(self.units, self.units[1:], self.units[2:], strict=False)):
            day = two.text[:1].isdigit() and len(two.text) < 30 and one.text[:1].isupper() and len(one.text) < 60
            if not day or one.hit is not None or below.hit is not None or _body_name().fullmatch(one.text) is None:
                continue
            spans = list(dates(two.text))
            if spans and spans[0][0] == 0 and spans[0][1] >= len(two.text.rstrip(" :.")):
                found.append(n)
        return frozenset(found) if len(found) > 1 else frozenset()

    def _stacked(self, n: int, unit: Unit) -> Mark | None:
        """`Repræsentantskabet` above `12.04.2019`, as a margin holds them: one heading of a decision."""
        if n not in self.stacks:
            return None
        span = Span(unit.start, self.units[n + 1].stop)
        if weigh(self.context.trace, "heading.stacked", SectionKind.BESLUTNING.value, span, 0.75, (), 0.0) is None:
            return None
        facts = {"inline": False, "style": unit.style}
        return Mark(Label.HEADING, span, SectionKind.BESLUTNING.value, "heading.stacked", 0.75, facts)

    def _decided_below(self, n: int, text: str) -> bool:
        """Whether the line names a body and a day, and the next one says what was decided: that tells enough."""
        return (
            dated(text) and n + 1 < len(self.units) and not self.units[n + 1].whole and decides(self.units[n + 1].text)
        )

    def _body_alone(self, unit: Unit, text: str) -> bool:
        """`BYRÅDET:` in a document that heads decisions with body and day: the body of this meeting."""
        apart = unit.gap >= 1 or stronger(unit.style, self.context.body)
        if not text.endswith(":") or not apart or not self.dated_habit or self.shapes.repeats(text) < 2:
            return False
        return _body_only().fullmatch(text) is not None

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
        if self.current in _PLANS and (not self.history or inline) and self.current is not SectionKind.KOMPETENCE:
            yield Reason("dated.plan")
        if following is not None and following.whole and not inline:
            yield Reason("dated.points-back")

    # -- a line that looks like a heading ------------------------------------------------------------------------

    def _unknown(self, n: int, unit: Unit) -> Mark | None:
        """A line that nobody knows but that looks just like the document's known headings."""
        if self.context.trace is None and (not self.typographic or not self.context.heading_style(unit.style)):
            return None
        kind = self._kind(unit)
        reasons = self._for_unknown(n, unit)
        if weigh(self.context.trace, "heading.style", kind, unit.span, 0.6, reasons, 0.0) is None:
            return None
        return Mark(Label.HEADING, unit.span, kind, "heading.style", 0.6, {"inline": False, "style": unit.style})

    def _kind(self, unit: Unit) -> str:
        """What the words of an unknown heading tell of its kind: an item's own headings come again, an author's do not."""
        kind = self.context.vocabulary.stems.kind(unit.text) if unit.text.count(" ") < 6 else None
        own = kind is not None and (self.lone or self.shapes.repeats(unit.text) > 1 or " " not in unit.text)
        return (kind if kind and own else self._told_below(unit.text)).value

    def _told_below(self, text: str) -> SectionKind:
        """What the texts under a heading that comes again have in common: they decide, recommend, or name files."""
        key = _masked(text)
        if key not in self.kinds:
            self.kinds[key] = self._common(self.shapes.below(text))
        return self.kinds[key]

    def _common(self, below: list[Unit]) -> SectionKind:
        if len(below) < 2:
            return SectionKind.ANDET
        enough = 0.6 * len(below)
        stems = self.context.vocabulary.stems
        if sum(stems.kind(" ".join(u.text.split()[:4])) is SectionKind.INDSTILLING for u in below) >= enough:
            return SectionKind.INDSTILLING
        if not self.decided and sum(decides(u.text) for u in below) >= enough:
            return SectionKind.BESLUTNING
        if sum(bool(u.line.href) or files(u.text) for u in below) >= enough:
            return SectionKind.BILAG
        return SectionKind.ANDET

    @cached_property
    def decided(self) -> bool:
        """Whether the document heads decisions with words that the vocabulary knows."""
        return sum(1 for u in self.units if u.hit and u.hit.kind is SectionKind.BESLUTNING) > 1

    @cached_property
    def lone(self) -> bool:
        """Whether no known heading comes twice, as in the document of a single case."""
        known = Counter(u.hit.kind for u in self.units if u.whole and u.hit and u.hit.rule == "heading.name")
        return known[SectionKind.BESLUTNING] < 3 and known[SectionKind.INDSTILLING] < 3

    def _for_unknown(self, n: int, unit: Unit) -> Iterator[Reason]:
        yield from self._for_layout(unit)
        text = unit.text
        if not self.typographic:
            yield Reason("look.untold")
        elif not self.context.heading_style(unit.style):
            yield Reason("look.unlike")
        if len(text) > 100:
            yield Reason("line.long")
        if len(unit.line.cells) > 1:
            yield Reason("table.cell")
        if text.endswith((".", ",", ";")):
            yield Reason("ends.sentence")
        if unit.line.marker or not text.lstrip("#* ")[:1].isupper():
            yield Reason("begins.small")
        if fold(text) in folded("items", "groups"):
            yield Reason("line.group")
        if _caption(text):
            yield Reason("line.caption")
        if (
            case_line(text) is not None
            or fold(text) in folded("items", "case")
            or fold(text) in folded("items", "clerk")
        ):
            yield Reason("line.case")
        if opening(text):
            yield Reason("line.numbered")
        if unit.style[3] and not unit.style[1] and not unit.style[0] and len(fold(text)) < 4:
            yield Reason("line.short")
        following = self.units[n + 1] if n + 1 < len(self.units) else None
        if following is None or (following.style == unit.style and not following.whole):
            yield Reason("below.alike")
        if n and self.units[n - 1].style == unit.style and not self.units[n - 1].whole and unit.gap < 0.6:
            yield Reason("above.alike")

    # -- a line that is numbered as the known headings are -------------------------------------------------------------

    @cached_property
    def counted(self) -> list[tuple[int, int]]:
        """Places and numbers of known headings that are numbered, `3. Baggrund`; none unless two or more go up."""
        found = [
            (n, o.value[0])
            for n, u in enumerate(self.units)
            if u.whole and u.hit and u.hit.rule == "heading.name" and (o := opening(u.text)) and len(o.value) == 1
        ]
        return found if len(found) > 1 and all(a[1] < b[1] for a, b in itertools.pairwise(found)) else []

    def _counted(self, n: int, unit: Unit) -> Mark | None:
        """`5. Ydelser` between `3. Baggrund` and `7. Økonomi`, as a case with numbered headings has them."""
        if not self.counted or len(unit.text) > 60 or (found := opening(unit.text)) is None:
            return None
        at = bisect(self.counted, (n, 0))
        below, above = self.counted[max(0, at - 1) : at], self.counted[at : at + 1]
        fits = found.value[0] > (below[0][1] if below else 0) and (not above or found.value[0] < above[0][1])
        listed = n + 1 < len(self.units) and opening(self.units[n + 1].text) is not None
        if (
            not fits
            or listed
            or (not above and found.value[0] > below[0][1] + 1)
            or not unit.text[found.title :].strip()
        ):
            return None
        kind = (self.context.vocabulary.stems.kind(unit.text) or SectionKind.ANDET).value
        reasons = (Reason("ends.sentence") for _ in range(unit.text.endswith((".", ",", ";"))))
        if weigh(self.context.trace, "heading.counted", kind, unit.span, 0.6, reasons, 0.0) is None:
            return None
        insort(self.counted, (n, found.value[0]))
        return Mark(Label.HEADING, unit.span, kind, "heading.counted", 0.6, {"inline": False, "style": unit.style})

    # -- a line that stands where headings stand --------------------------------------------------------------------

    def _shaped(self, n: int, unit: Unit) -> Mark | None:
        """In plain text: a short line that nobody knows, set apart as the known headings are, or repeated over the items."""
        if not 4 <= len(unit.text) <= 60 or not unit.text[0].isupper():
            return None
        if self.typographic and not self._heads_decisions(unit):
            return None
        kind = self._kind(unit)
        reasons = self._for_shaped(n, unit, kind)
        if weigh(self.context.trace, "heading.shape", kind, unit.span, 0.55, reasons, 0.0) is None:
            return None
        return Mark(Label.HEADING, unit.span, kind, "heading.shape", 0.55, {"inline": False, "style": unit.style})

    # -- a label in front of its text that the document prints again and again ---------------------------------------

    def _heads_decisions(self, unit: Unit) -> bool:
        """`Vedtaget den 7. juni 2017:` in plain print among bold headings, with a decision under it each time."""
        if not unit.text.endswith(":") or unit.hit is not None or self.shapes.repeats(unit.text) < 2:
            return False
        return self._told_below(unit.text) is SectionKind.BESLUTNING

    @cached_property
    def label_habit(self) -> dict[str, int]:
        """How often each unknown label begins a paragraph, where known headings share their lines with their texts."""
        known = sum(count for kind, count in self.inline.items() if kind is not SectionKind.ANDET)
        whole = sum(1 for u in self.units if u.whole)
        if known < 3 or known < 2 * whole or self.fonts:
            return {}
        begin = (u for u in self.units if u.first or u.start - u.line.start in u.line.breaks)
        lines = (u.text for u in begin if u.hit is None)
        return Counter(fold(text[:at]) for text in lines if (at := _label_length(text)))

    def _labelled(self, unit: Unit) -> Mark | None:
        """`Drøftelse: Rådet er bekymret …` beside `Beslutning: …`: a heading on its text's line that nobody knows."""
        if unit.hit is not None or not unit.text[:1].isupper() or not self.label_habit:
            return None
        length = _label_length(unit.text)
        if not length or self.label_habit.get(fold(unit.text[:length]), 0) < 2:
            return None
        kind = (self.context.vocabulary.stems.kind(unit.text[:length]) or SectionKind.ANDET).value
        span = Span(unit.start, unit.start + length)
        reasons = self._for_label(unit.text[:length])
        if weigh(self.context.trace, "heading.inline", kind, span, 0.6, reasons, 0.0) is None:
            return None
        return Mark(Label.HEADING, span, kind, "heading.inline", 0.6, {"inline": True, "style": unit.style})

    def _for_label(self, label: str) -> Iterator[Reason]:
        key = fold(label)
        if case_line(label) is not None or clerk_line(label):
            yield Reason("line.case")
        if key in self.context.vocabulary.other or _caption(label):
            yield Reason("line.group")
        if self.current in (SectionKind.BILAG, SectionKind.DELTAGERE):
            yield Reason("list.item")
        if opening(label) or label_of(label) is not None:
            yield Reason("line.numbered")

    def _for_shaped(self, n: int, unit: Unit, kind: str) -> Iterator[Reason]:
        yield from self._for_layout(unit)
        text = unit.text
        told = kind != SectionKind.ANDET.value
        times = self.shapes.repeats(text)
        again = times > 1 and len(text) <= 40 and (self.shapes.paragraphs or self.shapes.heads(text))
        repeated = again or (times > 1 and told) or (times > 2 and text.endswith(":"))
        if not repeated and not self.shapes.usual(n, told=told):
            yield Reason("shape.unlike")
        if text.endswith((".", ",", ";", "!")) or "  " in text or text.count(" ") > 7 or len(unit.line.cells) > 1:
            yield Reason("shape.sentence")
        if unit.hit is not None and not unit.whole:
            yield Reason("inline.plain")
        if _caption(text):
            yield Reason("line.caption")
        lists = self.current in (SectionKind.BILAG, SectionKind.DELTAGERE)
        if (lists and not text.endswith(":")) or _PARTY.search(text):
            yield Reason("list.item")
        if unit.line.marker or not unit.first:
            yield Reason("begins.small")
        other = fold(text) in self.context.vocabulary.other and times < 2
        if fold(text) in folded("items", "groups") or other:
            yield Reason("line.group")
        day = next(dates(text), None) and not (kind == SectionKind.BESLUTNING.value and text.endswith(":"))
        if case_line(text) is not None or clerk_line(text) or day:
            yield Reason("line.case")
        if opening(text):
            yield Reason("line.numbered")
        if n and self.units[n - 1].whole:
            yield Reason("above.heading")
        if n and unit.gap < 1 and _field(self.units[n - 1].text):
            yield Reason("above.value")


def _field(text: str) -> bool:
    """Whether the line is a label whose value stands on the next: `Sagsnr`, `Ansvarligt område`, `Sagstype`."""
    return len(text) < 40 and any(fold(text) in folded("items", group) for group in ("fields", "case", "clerk"))


def _label_length(text: str) -> int:
    """Length of the label that a line begins with, colon included: one to three words and text behind; 0 for none."""
    found = _LABEL.match(text)
    return found.end() if found else 0


_LABEL = re.compile(r"[A-ZÆØÅ][^\W\d_]{2,24}(?: [^\W\d_]{1,20}){0,2}:(?= \S)")


def _points_back(units: list[Unit], n: int) -> bool:
    """`Kommunalbestyrelsen den 30. januar 2012 Punkt 5` right before a heading: where the case was before, no decision."""
    if not dated(units[n].text) or n + 1 >= len(units):
        return False
    following = units[n + 1]
    return following.whole or dated(following.text)


@lru_cache(maxsize=1)
def _body_only() -> re.Pattern[str]:
    return re.compile(rf"{body_pattern()} ?:", re.IGNORECASE)


@lru_cache(maxsize=1)
def _body_name() -> re.Pattern[str]:
    return re.compile(body_pattern(), re.IGNORECASE)


_PARTY = re.compile(r"\([A-ZÆØÅ]{1,2}\)$")
"""`Ulla Kvist (F)`"""


def _caption(text: str) -> bool:
    """Whether the line names a table or a picture."""
    return fold(re.split(r"[\s:.]", text, maxsplit=1)[0]) in folded("items", "captions")


def _indented(context: Context, unit: Unit) -> bool:
    """Whether a page prints the line further in than its headings: a label inside a list."""
    return unit.line.box is not None and context.margin is not None and unit.line.box[0] > context.margin + 15


def _list_neighbour(units: list[Unit], n: int) -> bool:
    return any(0 <= m < len(units) and units[m].line.marker and not units[m].whole for m in (n - 1, n + 1))
