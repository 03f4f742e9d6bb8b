"""What speaks for and against an item beginning at a numbered line?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from minutes_parser.kinds import SectionKind
from minutes_parser.recognise.attachments import heads_table
from minutes_parser.recognise.context import Context, Unit, stronger
from minutes_parser.recognise.decisions import decides
from minutes_parser.recognise.evidence import Reason, weigh
from minutes_parser.recognise.sequences import Start, step
from minutes_parser.recognise.titles import data_beside, neat
from minutes_parser.recognise.unworded import arrows
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import Opening, case_line, clerk_line, closed, folded


class Openings:
    """The live lines of a document, and the evidence that each opens an item."""

    def __init__(self, context: Context, units: list[Unit]) -> None:
        self.context = context
        self.units = units
        self.cases = [case_line(u.text) if len(u.text) < 160 else None for u in units]
        self.strong = [strong(u) for u in units]
        self.typographic, self.fonts = context.typographic, context.fonts
        self.titles = {fold(title): number for number, title in context.contents_entries}
        ads = [o.number for u in units if (o := u.opening) and o.form == "ad" and u.text[:2].casefold() == "ad"]
        self.ad_again = len(ads) < 4 or len(set(ads)) < len(ads)
        """Whether `Ad 1` comes again: then it counts points of decisions, no items."""
        self.before = False
        self.below: dict[int, Reason | None] = {}
        """What stands below the lines that were asked about, the same ones by several ways of opening items."""
        self.groups: list[int] = []
        """Where titles of groups of items stand."""

    @cached_property
    def headline(self) -> int:
        """Where the document calls itself `Referat` before any other heading; -1 where it does not."""
        first = next((n for n, u in enumerate(self.units) if u.whole), -1)
        return first if first >= 0 and folded("meeting", "minutes").hold(self.units[first].text) else -1

    @cached_property
    def arrowed(self) -> dict[int, int]:
        return arrows(self.units)

    def _weigh(self, at: int, rule: str, number: str, base: float, reasons: Iterable[Reason] = ()) -> float | None:
        return weigh(self.context.trace, rule, number, self.units[at].span, base, reasons, float("-inf"))

    def _start(self, at: int, found: Opening) -> Start | None:
        """A numbered line as the place where an item may begin, with its evidence; None where something rules it out."""
        rule = "item." + found.form
        evidence = self._weigh(at, rule, found.number, 0.0, self._for_start(at, found))
        return None if evidence is None else Start(at, found.number, found.title, found.value, evidence, rule)

    def _for_start(self, at: int, found: Opening) -> Iterator[Reason]:
        unit = self.units[at]
        rest = unit.text[found.title :].strip()
        if data_beside(rest) is not None:
            rest = ""  # the case's number stands beside the item's
        looks = unit
        plain = found.form in ("dot", "paren", "bare", "dash", "colon")
        if not rest:
            following = self.units[at + 1] if at + 1 < len(self.units) else None
            if following is None or following.opening or len(following.text) > 250:
                yield Reason("number.alone")
                return
            above = self._title_above(at)
            if following.whole and not self._heading_follows(at + 1) and not above:
                yield Reason("number.heading-next")
            looks = self.units[at - 1] if above else following
            rest = looks.text
            if found.form != "bare" or unit.line.role:
                yield Reason("number.own-line", 0.5)
            looks = max(looks, unit, key=lambda u: stronger(u.style, self.context.body))
        if found.value[0] > 2100 or (found.form == "bare" and found.value[0] > 1900):
            yield Reason("number.large")
        if rest[:1].islower():
            yield Reason("title.small-letter")
        if next(dates(unit.text[:40]), (9, 0, ""))[0] == 0:
            yield Reason("number.date")
        yield self._look(looks) if plain or looks.gap < _FAR else self._look_of_word(looks)
        if self.titles:
            yield self._contents(rest, found.number)
        yield from self._surroundings(at, rest)
        if not plain:
            yield Reason("number.word", 1.0)
        if found.form == "bare" and unit.text[len(found.number) : len(found.number) + 1] == "\t":
            yield Reason("number.cell", 0.5)
        if found.form == "ad" and self.ad_again and self._inside_decision(at):
            yield Reason("ad.decision", -3.0)
        if found.form == "letter":
            yield Reason("number.letter", -1.5)
        if found.form == "paren":
            yield Reason("number.parenthesis", -0.6)
        if closed(rest):
            yield Reason("title.closed", 1.0)
        if len(rest) > 200:
            yield Reason("title.long", -2.0)
        if rest.endswith((",", ";")):
            yield Reason("title.goes-on", -1.5)
        elif rest.endswith(".") and ". " in rest:
            yield Reason("title.sentences", -1.0)
        elif rest.endswith(".") and rest.count(" ") > 1 and not rest.endswith(("mv.", "m.v.", "m.m.", "mm.")):
            yield Reason("title.stop", -0.7)

    def _title_above(self, at: int) -> bool:
        """Whether a number alone on its line stands under its title: what comes next is no title, what comes before is."""
        if not 0 < at < len(self.units) - 1 or self.units[at].text.endswith(":"):
            return False
        above, below = self.units[at - 1], self.units[at + 1]
        below_no_title = below.hit is not None or self.cases[at + 1] is not None or clerk_line(below.text)
        titled = above.hit is None and self.cases[at - 1] is None and above.opening is None
        apart = above.gap >= 1 or stronger(above.style, self.context.body)
        return (
            below_no_title and titled and apart and len(above.text) < 200 and not above.text.endswith((".", ":", ","))
        )

    @cached_property
    def elements(self) -> frozenset[str]:
        """Elements of a web page, with their class, in which hardly anything but numbered titles stands."""
        held: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            if unit.line.role and not unit.line.size and ("." in (name := unit.element) or name == "button"):
                held[name].append(unit)
        return frozenset(
            name
            for name, units in held.items()
            if len(units) > 2 and sum(u.opening is not None for u in units) >= 0.7 * len(units)
        )

    def _look_of_word(self, unit: Unit) -> Reason:
        """`Pkt. 30 Meddelelser` far below the text before it needs no other look."""
        look = self._look(unit)
        return Reason("look.gap", min(unit.gap, 2.0) * 0.3) if look.name == "look.like-body" else look

    def _look(self, unit: Unit) -> Reason:
        if unit.line.role and unit.element in self.elements:
            return Reason("look.element", 1.5)
        apart = self.fonts or (self.typographic and unit.style[3])  # capitals alone say little of titles
        if not apart and unit.style[0] == 0 and not unit.style[1] and not unit.style[2]:
            return Reason("look.gap", min(unit.gap, 2.0) * 0.3)
        if stronger(unit.style, self.context.body):
            return Reason("look.apart", 1.5)
        if not self.typographic and unit.style == self.context.body:
            return Reason("look.gap", min(unit.gap, 2.0) * 0.3)
        return Reason("look.like-body", -1.0)

    def _contents(self, rest: str, number: str) -> Reason:
        key = fold(neat(rest)[0])
        alike = self.alike.get(key[:_TOLD], ())
        announced = next((n for title, n in alike if title.startswith(key) or key.startswith(title)), None)
        if len(key) < _TOLD:
            announced = self.titles.get(key)  # so few letters have to be all
        if announced is None:
            return Reason("contents.missing", -0.5)
        return Reason("contents.announced", 3.0) if announced in ("", number) else Reason("contents.other", 0.5)

    @cached_property
    def alike(self) -> dict[str, list[tuple[str, str]]]:
        """The announced titles and their numbers by the letters that tell titles apart."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for title, number in self.titles.items():
            if len(title) >= _TOLD:
                found[title[:_TOLD]].append((title, number))
        return dict(found)

    def _surroundings(self, at: int, rest: str) -> Iterator[Reason]:
        previous = self.units[at - 1] if at else None
        if previous is not None:
            if previous.whole and previous.hit and previous.hit.kind in _LISTED and at - 1 != self.headline:
                yield Reason("above.heading", -0.5 if self._unfilled(at, rest) else -1.5)
            goes_on = previous.text.endswith((":", ",", " at")) and fold(previous.text) not in folded("items", "groups")
            if goes_on and self.cases[at - 1] is None:
                yield Reason("above.unfinished", -1.5)
            if self.cases[at - 1] is not None:
                yield Reason("above.case", 1.5)
            if self._listed(at):
                yield Reason("list.attachments", -2.0)
        if at not in self.below:
            self.below[at] = self._below(at)
        if (below := self.below[at]) is not None:
            yield below

    def _below(self, at: int) -> Reason | None:
        """What follows that speaks for an item: a case's number, a heading, what stands again and again, a decision."""
        for further in range(1, 8):
            if at + further >= len(self.units):
                break
            unit = self.units[at + further]
            if self.cases[at + further] is not None and further <= 4:
                return Reason("below.case", 1.5)
            if self.strong[at + further]:
                return Reason("below.heading", 1.5) if further <= 3 else Reason("below.heading-further", 0.7)
            if further == 1 and (self.context.shapes.heads(unit.text) or at + 1 in self.arrowed):
                return Reason("below.again", 1.0)
            if further == 1 and len(unit.text) < 80 and unit.opening is None and decides(unit.text):
                return Reason("below.decided", 1.0)
            if unit.opening and further > 1:
                break
        return None

    def _listed(self, at: int) -> bool:
        """Whether only numbered lines part the line from a heading for attachments, and it goes on as they do: it names one."""
        own, last = self.units[at].opening, self.units[at - 1].opening
        if own is None or last is None or own.form != last.form or step(last.value, own.value) not in (0.0, 0.2):
            return False
        if self.units[at].style != self.units[at - 1].style or self.units[at].gap > self.units[at - 1].gap + 0.6:
            return False
        for back in range(at - 1, max(-1, at - 12), -1):
            unit = self.units[back]
            if unit.whole and unit.hit:
                return unit.hit.kind is SectionKind.BILAG and back < at - 1
            if (unit.opening is None and not heads_table(unit.line.cells)) or self.cases[back] is not None:
                return False
        return False

    def _unfilled(self, at: int, rest: str) -> bool:
        """Whether the line opens an item by a word, in a document whose last heading stays empty, as agendas print them."""
        found = self.units[at].opening
        return found is not None and found.form == "word" and not decides(rest)

    def _heading_follows(self, at: int) -> bool:
        """Whether a heading or case number stands right after: then the unit before is a title, whatever it says."""
        nxt = at + 1
        return nxt < len(self.units) and (self.strong[nxt] or self.cases[nxt] is not None)

    def _inside_decision(self, at: int) -> bool:
        after = range(at + 1, min(at + 3, len(self.units)))
        if any(self.cases[n] is not None or (self.strong[n] and not self.units[n].opening) for n in after):
            return False
        for back in range(at - 1, max(-1, at - 12), -1):
            unit = self.units[back]
            if unit.hit and unit.hit.rule.startswith("heading"):
                return unit.hit.kind in (SectionKind.BESLUTNING, SectionKind.INDSTILLING)
        return False


_LISTED = frozenset(
    (
        SectionKind.INDSTILLING,
        SectionKind.BESLUTNING,
        SectionKind.BILAG,
        SectionKind.VURDERING,
        SectionKind.BEMAERKNINGER,
    )
)


_FAR = 1.5
"""Blank lines that part items, but no paragraphs."""
_TOLD = 13
"""Letters by which two printings of a title are told to be one, where either is wrapped."""


def strong(unit: Unit) -> bool:
    """Whether the unit reads as a section's heading, as evidence that an item has begun before it."""
    hit = unit.hit
    if hit is None or hit.rule == "heading.fuzzy":
        return False
    return hit.kind not in (SectionKind.DELTAGERE, SectionKind.BILAG) or hit.stop >= len(unit.text)
