"""Where does each item of the agenda begin, and what is its number and title?

Numbers, looks, the table of contents, case-number lines and the headings that follow are evidence that adds up;
the best rising sequence wins, so that a numbered list inside a body is no sequence of items.
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_parser.kinds import Label
from minutes_parser.marks import Mark
from minutes_parser.recognise.bodies import is_body
from minutes_parser.recognise.context import Context, Unit, stronger
from minutes_parser.recognise.evidence import weigh
from minutes_parser.recognise.rows import NUMBER, TITLE
from minutes_parser.recognise.sequences import Start
from minutes_parser.recognise.titles import data_beside, number_last
from minutes_parser.recognise.ways import Ways
from minutes_parser.text import Span, rejoined
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import clerk_line, closed
from minutes_parser.vocabulary.words import words


def items(context: Context) -> Iterator[Mark]:
    """Yield an ITEM_TITLE mark for each item: span of its opening lines, value its number.

    Facts: `title` (joined to one line), `style` (its look) and `case` (a number beside it) where they are known, `first` (offset where the item begins, a case-number line before the title
    included), `rule`. An OTHER mark for each title of a group of items. No mark at all when the document shows no sequence of items.
    """
    units = [u for u in context.units if u.label is None]
    if any(u.column == TITLE for u in units):
        yield from _rows(context, units)
        return
    finder = _Finder(context, units)
    for start in finder.best():
        yield finder.mark(start)
    for at in finder.groups:
        yield Mark(Label.OTHER, units[at].span, rule="item.group")


def _rows(context: Context, units: list[Unit]) -> Iterator[Mark]:
    """One item a row of the agenda's table; `stop` is where the row ends."""
    for n, unit in enumerate(units):
        if unit.column != TITLE:
            continue
        before = units[n - 1] if n and units[n - 1].column == NUMBER and units[n - 1].line is unit.line else None
        first = before or unit
        number, title = before.text.strip(". ") if before else "", unit.text
        if not number and (found := unit.opening) and title[found.title :].strip():
            number, title = found.number, title[found.title :].strip()
        last = n
        while last + 1 < len(units) and units[last + 1].column != TITLE and units[last + 1].line is unit.line:
            last += 1
        facts = {"title": title, "first": first.start, "stop": units[last].span.stop}
        weigh(context.trace, "item.row", number, first.span, 0.9, (), 0.0)
        yield Mark(Label.ITEM_TITLE, Span(first.start, unit.span.stop), number, "item.row", 0.9, facts)


class _Finder(Ways):
    """Finds the items and says how far the title of each reaches."""

    def mark(self, start: Start) -> Mark:
        """The mark of one item: its title over all the lines it takes."""
        units = self.units
        unit = units[start.at]
        last = unit
        number, title = start.number, ""
        at = start.at
        beside: str | None = None
        access = ""
        untitled = start.rule in ("item.restart", "item.open-closed")
        if start.rule == "item.case":
            title_unit = self._title_after_case(at)
            if title_unit is None:
                return Mark(
                    Label.ITEM_TITLE,
                    Span(unit.start, unit.start),
                    number,
                    start.rule,
                    0.7,
                    {"title": "", "first": unit.start},
                )
            at = title_unit
            unit = last = units[at]
            title = unit.text
            start_offset = unit.start
        elif untitled:
            shown = closed(unit.text)
            stop = unit.start + len(unit.text) if start.rule == "item.open-closed" or shown else unit.start
            return Mark(
                Label.ITEM_TITLE,
                Span(unit.start, stop),
                number,
                start.rule,
                0.6,
                {
                    "title": unit.text if shown and start.rule == "item.restart" else "",
                    "first": unit.start,
                    "closed": shown,
                },
            )
        else:
            start_offset = unit.start
            printed = unit.text[start.title :].strip()
            title, beside = number_last(printed)
            if (cut := self._title_in(title)) and start.number:
                stop = unit.start + unit.text.find(title) + cut
                return Mark(
                    Label.ITEM_TITLE,
                    Span(start_offset, stop),
                    number,
                    start.rule,
                    0.8,
                    {"title": title[:cut], "first": begin_of(units, start, self)},
                )
            alone = data_beside(printed)
            if alone is not None:
                access = printed
                title, beside = "", alone or beside
            told = start.rule == "item.layout"
            if not title and at + 1 < len(units) and (told or self._may_title(at + 1)):
                at += 1
                unit = last = units[at]
                title = unit.text
        while at + 1 < len(units) and self._continues(unit, title, units[at + 1], at):
            at += 1
            last = units[at]
            title = rejoined(title, last.text, frozenset(words()["text"]["keep_hyphen"]))
        while at + 1 < len(units) and fold(units[at + 1].text) == fold(title) and fold(title):
            at += 1
            last = units[at]
        begin = begin_of(units, start, self)
        return Mark(
            Label.ITEM_TITLE,
            Span(start_offset, last.start + len(last.text)),
            number,
            start.rule,
            min(1.0, max(0.3, 0.5 + start.evidence / 10)),
            {"title": title, "first": begin, "style": unit.style}
            | ({"case": beside} if beside else {})
            | ({"access": access} if access else {}),
        )

    def _may_title(self, at: int) -> bool:
        """Whether the line under a number alone is its title: no case number, and no heading but where another follows."""
        if self.cases[at] is not None or clerk_line(self.units[at].text):
            return False
        own_look = self.context.headings.get(self.units[at].style, 0) <= 1
        return not self.units[at].whole or own_look or self._heading_follows(at)

    def _title_in(self, text: str) -> int:
        """Length of the announced title that the line begins with, when the line goes on after a colon; else 0."""
        at = text.find(":")
        while 0 < at < len(text) - 2:
            if fold(text[:at]) in self.titles:
                return at + 1
            at = text.find(":", at + 1)
        return 0

    def _title_after_case(self, at: int) -> int | None:
        """The unit after the case number, when it reads as a title: short, no sentence, no heading."""
        n = at + 1
        while n < len(self.units) and (self.cases[n] is not None or clerk_line(self.units[n].text)):
            n += 1
        if n >= len(self.units):
            return None
        unit = self.units[n]
        if unit.whole or len(unit.text) > 200 or (unit.text.endswith(".") and not closed(unit.text)):
            return None
        return n

    def _continues(self, unit: Unit, title: str, following: Unit, at: int) -> bool:
        """Whether the title goes on in the next line."""
        text = following.text
        if text.endswith(":") and is_body(text.rstrip(": ")):
            return False
        found = following.opening
        day = found is not None and found.form == "dot" and text[found.title :][:1].islower()  # `30. juni`
        opened = (
            found is not None
            and not day
            and (text[found.title :].strip() != "" or found.form == "word" or not unit.line.size)
        )
        if (
            len(title) > 400
            or following.whole
            or self.cases[at + 1] is not None
            or clerk_line(text)
            or opened
            or len(text) > 200
        ):
            return False
        key, more = fold(title), fold(title + text)
        for announced in self.titles:
            if len(key) > 5 and announced.startswith(more) and announced != key:
                return True
            if announced == key:
                return False
        if fold(text) == key:
            return False
        if unit.line.size and following.line.size:
            near = following.gap < 0.9 and following.line.page == unit.line.page
            return following.style == unit.style and stronger(unit.style, self.context.body) and near
        if following.gap > 0 or unit.line.role:
            return False
        return (text[:1].islower() and len(title) > 40) or (title.endswith(("-", ",")) and len(title) > 30)


def begin_of(units: list[Unit], start: Start, finder: _Finder) -> int:
    """Where the item begins: at its title, or at the case-number line that the document prints before it."""
    if finder.before and start.at and finder.cases[start.at - 1] is not None:
        return units[start.at - 1].start
    return units[start.at].start
