"""Which lines are headings of an item's own structure, and of what kind?"""

from __future__ import annotations

from collections.abc import Iterator, Set

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.marks import Mark
from minutes_parser.recognise.attachments import heads_table
from minutes_parser.recognise.context import Context, Style, Unit
from minutes_parser.recognise.deciding import DecisionHeadings
from minutes_parser.recognise.evidence import weigh
from minutes_parser.recognise.known import KnownHeadings
from minutes_parser.recognise.rows import LABEL, META, NUMBER, TITLE
from minutes_parser.recognise.unknown import UnknownHeadings
from minutes_parser.text import Span
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import case_line


def sections(context: Context) -> Iterator[Mark]:
    """Yield a HEADING mark for each line that reads as a heading of an item's own structure.

    The whole line has to match, or its beginning up to a printed colon, and it has to look like the document's other
    headings: a word from the vocabulary inside a sentence is no heading. Facts: `inline` (True where the section's text
    stands on the same line), `style` (the look, for nesting). `value` is the kind.
    """
    return _Headings(context).marks()


_DECISIONS = "beslutning"
_BEHANDLING = "behandling"
_LISTS = (SectionKind.BILAG, SectionKind.DELTAGERE)
_KINDS = {kind.value: kind for kind in SectionKind}


class _Headings(KnownHeadings, DecisionHeadings, UnknownHeadings):
    """Goes through the live units in order. Several readings of a line are tried; the first that stands wins.

    What speaks for or against a reading are the `Reason`s that its `_for_…` method yields, in the order in which they count.
    """

    def marks(self) -> Iterator[Mark]:
        looks = self._looks()
        unworded, laid_out = self.unworded, self.look is not None
        bold = not self.context.body[1]
        """Whether bold print sets a line apart."""
        for n, unit in enumerate(self.units):
            if unit.column:
                for cell in self._column(unit):
                    self.current, self.history = _KINDS[cell.value], False
                    yield cell
                continue
            if unit.line.cells and self.current is not SectionKind.BILAG and heads_table(unit.line.cells):
                self.current = SectionKind.BILAG
                yield from self._table(unit)
                continue
            if self.current in _LISTS and self._begins(unit):
                self.current = None
            mark = self._torn(n, unit) if bold and unit.style[1] else None
            if mark is None and unit.hit is not None:
                mark = self._known(n, unit, unit.hit)
            if mark is None and n in unworded:
                mark = self._unworded(n, unit)
            if mark is None and laid_out:
                mark = self._laid_out(unit)
            if mark is None and (unit.style in looks or not unit.text[:1].islower()):
                mark = self._by_habit(n, unit, looks)
            if mark is not None:
                self.current, self.headed = _KINDS[mark.value], n
                self.history = self.current is SectionKind.SAGSFORLOEB and self._decides_inside(fold(unit.text))
                yield mark

    def _looks(self) -> Set[Style]:
        """The looks in which a line that nobody knows may be a heading; all of them where somebody asks why it is none."""
        return self.heading_looks if self.context.trace is None else {unit.style for unit in self.units}

    def _by_habit(self, n: int, unit: Unit, looks: Set[Style]) -> Mark | None:
        """A line that the vocabulary does not know, read by the document's own habits."""
        return (
            self._dated(n, unit)
            or (self._stacked(n, unit) if n in self.stacks else None)
            or (self._unknown(n, unit) if unit.style in looks else None)
            or (self._counted(n, unit) if self.counted else None)
            or self._shaped(n, unit)
            or (self._labelled(unit) if self.labels else None)
        )

    def _decides_inside(self, heading: str) -> bool:
        """`Tidligere beslutninger`; `Behandling` where the document has no other heading for what was decided."""
        return _DECISIONS in heading or (heading == _BEHANDLING and not self.decided)

    def _table(self, unit: Unit) -> Iterator[Mark]:
        """The header row of a table of attachments begins a section that has no heading."""
        span, kind = Span(unit.start, unit.start), SectionKind.BILAG.value
        if weigh(self.context.trace, "heading.table", kind, span, 0.7, (), 0.0) is not None:
            yield Mark(Label.HEADING, span, kind, "heading.table", 0.7, {"inline": True, "style": unit.style})

    def _begins(self, unit: Unit) -> bool:
        """Whether the line opens an item by a word, or gives a case's number: no list goes on behind it."""
        found = unit.opening if len(unit.text) < 200 else None
        return (found is not None and found.form == "word") or bool(case_line(unit.text))

    def _column(self, unit: Unit) -> Iterator[Mark]:
        """A cell that is a section: its heading stands in the cell before, or above it in the header row."""
        if unit.column in (NUMBER, TITLE, META):
            return
        rule, kind, span = "heading.column", unit.column, Span(unit.start, unit.start)
        if unit.column == LABEL:
            told = self.context.vocabulary.stems.kind(unit.text) or SectionKind.ANDET
            known = unit.hit.kind if unit.hit and unit.whole else told
            rule, kind, span = "heading.label", known.value, unit.span
        score = weigh(self.context.trace, rule, kind, span, 0.9, (), 0.0) or 0.9
        yield Mark(Label.HEADING, span, kind, rule, score, {"inline": True, "style": unit.style})
