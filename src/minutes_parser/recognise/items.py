"""Where does each item of the agenda begin, and what is its number and title?

Numbers, looks, the table of contents, case-number lines and the headings that follow are evidence that adds up;
the best rising sequence wins, so that a numbered list inside a body is no sequence of items.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.layouts import Look
from minutes_parser.marks import Mark
from minutes_parser.recognise.attachments import attachment_number
from minutes_parser.recognise.bodies import is_body
from minutes_parser.recognise.context import Context, Style, Unit, rank, stronger
from minutes_parser.recognise.decisions import decides
from minutes_parser.recognise.evidence import Claim, Reason, Trace, weigh
from minutes_parser.recognise.rows import NUMBER, TITLE
from minutes_parser.text import Span, rejoined
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import Opening, bare_case, case_line, clerk_line, closed, folded, opening, undotted
from minutes_parser.vocabulary.words import words


@dataclass(slots=True)
class Start:
    """A place where an item may begin: the unit at `at` in the list of live units, with the evidence as a sum."""

    at: int
    number: str
    title: int
    value: tuple[int, ...]
    evidence: float
    rule: str


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
        if not number and (found := opening(title)) and title[found.title :].strip():
            number, title = found.number, title[found.title :].strip()
        last = n
        while last + 1 < len(units) and units[last + 1].column != TITLE and units[last + 1].line is unit.line:
            last += 1
        facts = {"title": title, "first": first.start, "stop": units[last].span.stop}
        weigh(context.trace, "item.row", number, first.span, 0.9, (), 0.0)
        yield Mark(Label.ITEM_TITLE, Span(first.start, unit.span.stop), number, "item.row", 0.9, facts)


class _Finder:
    def __init__(self, context: Context, units: list[Unit]) -> None:
        self.context = context
        self.units = units
        self.cases = [case_line(u.text) if len(u.text) < 160 else None for u in units]
        self.strong = [_strong(u) for u in units]
        self.titles = {fold(title): number for number, title in context.contents_entries}
        ads = [o.number for u in units if u.text[:2].casefold() == "ad" and (o := opening(u.text)) and o.form == "ad"]
        self.ad_again = len(ads) < 4 or len(set(ads)) < len(ads)
        """Whether `Ad 1` comes again: then it counts points of decisions, no items."""
        self.before = False
        self.groups: list[int] = []
        """Where titles of groups of items stand."""

    def best(self) -> list[Start]:
        """The sequence with the most evidence, of all the ways in which items are opened."""
        forms: dict[str, list[Start]] = defaultdict(list)
        for at, unit in enumerate(self.units):
            found = opening(unit.text) if len(unit.text) < 400 else None
            if found and (start := self._start(at, found)):
                forms[found.form].append(start)
        self._join_forms(forms)
        chains: list[tuple[float, list[Start]]] = []
        for starts in forms.values():
            chains.append(self._no_headings(*_chain(starts)))
            chains.append(_restarts(starts))
        chains.append(self._announced())
        chains.append(self._cased())
        chains.append(self._styled())
        chains.append(self._laid_out())
        score, chain = max(chains, key=lambda c: c[0], default=(0.0, []))
        led = [start for at, found in self._led() if (start := self._start(at, found))]
        if led and (score < 2.5 or self._announced_before(led)):
            score, chain = max((score, chain), self._no_headings(*_chain(led)), key=lambda c: c[0])
        if score < 2.5:
            chain = self._unnumbered()
        else:
            chain = sorted(chain + self._extra(chain), key=lambda s: s.at)
        chain = self._ungrouped([self._raised(s) for s in chain])
        self._case_before(chain)
        if self.context.trace is not None:
            self._traced(self.context.trace, chain)
        return chain

    def _announced_before(self, led: list[Start]) -> bool:
        """Whether the titles stand in a list with other numbers, too: an agenda above the minutes."""
        above = [(o, u.text) for u in self.units[: led[0].at] if len(u.text) < 200 and (o := opening(u.text))]
        titles = {fold(text[found.title :]) for found, text in above}
        return sum(fold(self.units[s.at].text[s.title :]) in titles for s in led) >= len(led) / 2

    def _led(self) -> list[tuple[int, Opening]]:
        """Lines that begin with the same words, whatever they say, and a number that goes up by one: `Saq nr. 24 Køb af ejendom`."""
        leads: dict[str, list[tuple[int, Opening]]] = defaultdict(list)
        for at, unit in enumerate(self.units):
            found = _LED.match(unit.text) if unit.text[:1].isupper() and len(unit.text) < 200 else None
            if found and unit.gap >= 1 and opening(unit.text) is None and not unit.whole:
                value = tuple(map(int, found[2].split(".")))
                leads[found[1]].append((at, Opening("word", found[2], found.end(), value)))
        known = {fold(lead) for lead in leads if folded("items", "captions").hold(lead) or attachment_number(lead)}
        runs = [run for lead, run in leads.items() if len(run) > 2 and fold(lead) not in known and _counts_up(run)]
        return max(runs, key=len, default=[])

    def _raised(self, start: Start) -> Start:
        """The start at its title where the number stands under it."""
        if self.units[start.at].text[start.title :].strip() or not start.number or not self._title_above(start.at):
            return start
        return Start(start.at - 1, start.number, 0, start.value, start.evidence, start.rule)

    def _ungrouped(self, chain: list[Start]) -> list[Start]:
        """Without `2. Temaer` right before `2.1 Skolens tema`: the title of a group."""
        kept = []
        for start, following in itertools.zip_longest(chain, chain[1:]):
            inner = following is not None and len(start.value) == 1 and following.value[:1] == start.value
            if inner and len(following.value) == 2 and following.at - start.at <= 2:
                self.groups.append(start.at)
            else:
                kept.append(start)
        return kept

    def _traced(self, trace: Trace, chain: list[Start]) -> None:
        """Claims to places that the winning sequence left out are blocked; those it took otherwise are stated."""
        taken = {(self.units[s.at].span, s.rule): s for s in chain}
        seen = set()
        for k, claim in enumerate(trace.claims):
            if not claim.rule.startswith("item."):
                continue
            seen.add((claim.span, claim.rule))
            if (claim.span, claim.rule) not in taken and not claim.blocks:
                begun = claim.span.start in {span.start for span, _ in taken}
                left = Reason("sequence.taken") if begun else Reason("sequence.left-out")
                trace.claims[k] = replace(claim, reasons=(*claim.reasons, left))
        for (span, rule), start in taken.items():
            if (span, rule) not in seen:
                trace.claims.append(Claim(rule, start.number, span, start.evidence, ()))

    def _no_headings(self, score: float, chain: list[Start]) -> tuple[float, list[Start]]:
        """`1. Resume`, `2. Baggrund`: numbered headings of one case are no items."""
        known = sum(1 for s in chain if self.units[s.at].whole)
        return (0.0, []) if known > 1 and known >= 0.4 * len(chain) else (score, chain)

    def _cased(self) -> tuple[float, list[Start]]:
        """Case-number lines that each open an item without a number."""
        labelled = [n for n, case in enumerate(self.cases) if case is not None]
        spread = [n for k, n in enumerate(labelled) if k == 0 or n - labelled[k - 1] > 1]
        while spread and not self._opens(spread[-1], len(self.units)):
            spread.pop()
        if len(spread) < 2 or not all(self._opens(a, b) for a, b in itertools.pairwise(spread)):
            return 0.0, []
        return 1.8 * len(spread), [Start(n, "", 0, (k,), 1.0, "item.case") for k, n in enumerate(spread)]

    def _opens(self, at: int, stop: int) -> bool:
        """Whether a heading, or word of closed doors, stands between a case-number line and the next."""
        return (
            any(self.strong[at + 1 : stop])
            or closed(" ".join(u.text for u in self.units[at + 1 : min(stop, at + 4)]))
            or any(closed(u.text) for u in self.units[at + 1 : min(stop, at + 4)])
        )

    def _join_forms(self, forms: dict[str, list[Start]]) -> None:
        """`Punkt 3` and `Pkt. 3` are one form; a title with a full stop and one without may be, too."""
        for other in ("bare", "dash"):
            if forms.get("dot") and forms.get(other) and len(forms[other]) >= 2:
                forms["dot+" + other] = sorted(forms["dot"] + forms[other], key=lambda s: s.at)

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
        if rest and len(rest) < 60 and case_line(rest) is not None:
            rest = ""  # the case's number stands beside the item's
        looks = unit
        plain = found.form in ("dot", "paren", "bare", "dash", "colon")
        if not rest:
            following = self.units[at + 1] if at + 1 < len(self.units) else None
            if following is None or opening(following.text) or len(following.text) > 250:
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
        yield self._look(looks)
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
            yield Reason("number.parenthesis", -1.0)
        if closed(rest):
            yield Reason("title.closed", 1.0)
        if len(rest) > 200:
            yield Reason("title.long", -2.0)
        if rest.endswith((",", ";")):
            yield Reason("title.goes-on", -1.5)
        elif rest.endswith(".") and ". " in rest:
            yield Reason("title.sentences", -1.0)

    def _title_above(self, at: int) -> bool:
        """Whether a number alone on its line stands under its title: what comes next is no title, what comes before is."""
        if not 0 < at < len(self.units) - 1 or self.units[at].text.endswith(":"):
            return False
        above, below = self.units[at - 1], self.units[at + 1]
        below_no_title = below.hit is not None or self.cases[at + 1] is not None or clerk_line(below.text)
        titled = above.hit is None and self.cases[at - 1] is None and opening(above.text) is None
        apart = above.gap >= 1 or stronger(above.style, self.context.body)
        return (
            below_no_title and titled and apart and len(above.text) < 200 and not above.text.endswith((".", ":", ","))
        )

    @cached_property
    def elements(self) -> frozenset[str]:
        """Elements of a web page, with their class, in which hardly anything but numbered titles stands."""
        held: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            if unit.line.role and not unit.line.size and ("." in (name := _element(unit)) or name == "button"):
                held[name].append(unit)
        return frozenset(
            name
            for name, units in held.items()
            if len(units) > 2 and sum(opening(u.text) is not None for u in units) >= 0.7 * len(units)
        )

    def _look(self, unit: Unit) -> Reason:
        if unit.line.role and _element(unit) in self.elements:
            return Reason("look.element", 1.5)
        if not self.context.typographic and unit.style[0] == 0 and not unit.style[1] and not unit.style[2]:
            return Reason("look.gap", min(unit.gap, 2.0) * 0.3)
        if stronger(unit.style, self.context.body):
            return Reason("look.apart", 1.5)
        if not self.context.typographic and unit.style == self.context.body:
            return Reason("look.gap", min(unit.gap, 2.0) * 0.3)
        return Reason("look.like-body", -1.0)

    def _contents(self, rest: str, number: str) -> Reason:
        key = fold(neat(rest)[0])
        for title, announced in self.titles.items():
            if key and (
                title == key or (len(key) > 12 and title.startswith(key)) or (len(title) > 12 and key.startswith(title))
            ):
                return Reason("contents.announced", 3.0) if announced in ("", number) else Reason("contents.other", 0.5)
        return Reason("contents.missing", -0.5)

    def _surroundings(self, at: int, rest: str) -> Iterator[Reason]:
        previous = self.units[at - 1] if at else None
        if previous is not None:
            if previous.whole and previous.hit and previous.hit.kind in _LISTED:
                yield Reason("above.heading", -0.5 if self._unfilled(at, rest) else -1.5)
            goes_on = previous.text.endswith((":", ",", " at")) and fold(previous.text) not in folded("items", "groups")
            if goes_on and self.cases[at - 1] is None:
                yield Reason("above.unfinished", -1.5)
            if self.cases[at - 1] is not None:
                yield Reason("above.case", 1.5)
            if self._listed(at):
                yield Reason("list.attachments", -2.0)
        for step in range(1, 8):
            if at + step >= len(self.units):
                break
            unit = self.units[at + step]
            if self.cases[at + step] is not None and step <= 4:
                yield Reason("below.case", 1.5)
                break
            if self.strong[at + step]:
                yield Reason("below.heading", 1.5) if step <= 3 else Reason("below.heading-further", 0.7)
                break
            if opening(unit.text) and step > 1:
                break

    def _listed(self, at: int) -> bool:
        """Whether only numbered lines part the line from a heading for attachments: it names one."""
        for back in range(at - 1, max(-1, at - 12), -1):
            unit = self.units[back]
            if unit.whole and unit.hit:
                return unit.hit.kind is SectionKind.BILAG and back < at - 1
            if opening(unit.text) is None or self.cases[back] is not None:
                return False
        return False

    def _unfilled(self, at: int, rest: str) -> bool:
        """Whether the line opens an item by a word, in a document whose last heading stays empty, as agendas print them."""
        found = opening(self.units[at].text)
        return found is not None and found.form == "word" and not decides(rest)

    def _heading_follows(self, at: int) -> bool:
        """Whether a heading or case number stands right after: then the unit before is a title, whatever it says."""
        nxt = at + 1
        return nxt < len(self.units) and (self.strong[nxt] or self.cases[nxt] is not None)

    def _inside_decision(self, at: int) -> bool:
        after = range(at + 1, min(at + 3, len(self.units)))
        if any(self.cases[n] is not None or (self.strong[n] and not opening(self.units[n].text)) for n in after):
            return False
        for back in range(at - 1, max(-1, at - 12), -1):
            unit = self.units[back]
            if unit.hit and unit.hit.rule.startswith("heading"):
                return unit.hit.kind in (SectionKind.BESLUTNING, SectionKind.INDSTILLING)
        return False

    def _announced(self) -> tuple[float, list[Start]]:
        """Titles that the table of contents announces without numbers."""
        entries = [(number, fold(title)) for number, title in self.context.contents_entries if len(fold(title)) > 2]
        if len(entries) < 2:
            return 0.0, []
        starts: list[Start] = []
        at = 0
        for number, key in entries:
            for n in range(at, len(self.units)):
                text = self.units[n].text
                if len(text) > 300:
                    continue
                found = opening(text)
                title = found.title if found and text[found.title :].strip() else 0
                if not key.startswith(fold(text[title : title + 4])):
                    continue
                folded_text = fold(text[title:])
                if folded_text and (folded_text == key or (len(folded_text) > 15 and key.startswith(folded_text))):
                    shown = found.number if found and title else number
                    evidence = self._weigh(n, "item.contents", shown, 1.5, self._surroundings(n, text)) or 0.0
                    starts.append(Start(n, shown, title, (len(starts) + 1,), evidence, "item.contents"))
                    at = n + 1
                    break
        return sum(s.evidence for s in starts) * (0.95 if len(starts) >= 0.6 * len(entries) else 0.5), starts

    def _laid_out(self) -> tuple[float, list[Start]]:
        """Lines that the document's layout opens items with."""
        look, size = self.context.layout.item, self.context.body[0]
        if look is None:
            return 0.0, []
        starts: list[Start] = []
        for n, unit in enumerate(self.units):
            if not look.fits(unit.text, unit.line, size):
                continue
            at, number, title = self._parts(n, look)
            reasons = self._surroundings(n, unit.text)
            evidence = self._weigh(at, "item.layout", number, 2.5, reasons) or 0.0
            starts.append(Start(at, number, title, (len(starts) + 1,), evidence, "item.layout"))
        return sum(s.evidence for s in starts), starts

    def _parts(self, at: int, look: Look) -> tuple[int, str, int]:
        """Where an item that the layout opens begins, its number, and where the title begins in that unit."""
        text = self.units[at].text
        found = look.pattern.fullmatch(text) if look.pattern else None
        if found and "title" in found.re.groupindex:
            return at, (found["number"] or "") if "number" in found.re.groupindex else "", found.start("title")
        opened = opening(text)
        if opened:
            return at, opened.number, opened.title
        before = self.units[at - 1] if at and look.number else None
        if before is not None and look.number in before.line.role and len(before.text) < 12:
            return at - 1, before.text, len(before.text)
        return at, "", 0

    def _styled(self) -> tuple[float, list[Start]]:
        """Titles in a look of their own, stronger than the headings', each with headings or a case number after it."""
        context = self.context
        heads = [s for s, n in context.headings.items() if n >= 2]
        if not heads:
            return 0.0, []
        usual = max(heads, key=lambda s: context.headings[s])
        apart = {s for s in {u.style for u in self.units} if stronger(s, context.body) and rank(s) > rank(usual)}
        by_style: dict[Style, list[int]] = defaultdict(list)
        for n, unit in enumerate(self.units):
            if unit.style in apart and not unit.whole and len(unit.text) < 300:
                by_style[unit.style].append(n)
        best: tuple[float, list[Start]] = (0.0, [])
        for places in by_style.values():
            starts: list[Start] = []
            for n in places:
                if n and n - 1 in places and self.units[n].gap < 1:
                    continue
                found = opening(self.units[n].text)
                number = found.number if found else ""
                title = found.title if found else 0
                around = self._surroundings(n, self.units[n].text)
                evidence = self._weigh(n, "item.style", number, 0.5, around) or 0.0
                starts.append(Start(n, number, title, (len(starts) + 1,), evidence, "item.style"))
            while starts and starts[0].evidence < 1.0:
                starts.pop(0)
            total = sum(s.evidence for s in starts) - (3 if len(starts) < 2 else 0)
            if total > best[0]:
                best = (total, starts)
        return best

    def _unnumbered(self) -> list[Start]:
        """No numbers and no titles of their own: `Åben`/`Lukket` lines, or headings that start over."""
        words = folded("items", "untitled")
        opened = [n for n, u in enumerate(self.units) if fold(u.text) in words]
        if len(opened) >= 2 and sum(self._heading_follows(n) for n in opened) >= 0.6 * len(opened):
            return [Start(n, "", 0, (k,), 1.0, "item.open-closed") for k, n in enumerate(opened)]
        return self._restarted()

    def _restarted(self) -> list[Start]:
        """Items without titles: after a decision, a heading that begins items, or a closed item's line, opens the next."""
        starts: list[int] = []
        decided = False
        first = frozenset(self.context.layout.order[:1]) or _FIRST
        closed_words = folded("items", "untitled")
        for n, unit in enumerate(self.units):
            if fold(unit.text) in closed_words and len(fold(unit.text)) > 6 and starts:
                starts.append(n)
                decided = True
            elif unit.whole and unit.hit and self.strong[n]:
                if not starts or (decided and unit.hit.kind in first):
                    starts.append(n)
                    decided = False
                if unit.hit.kind is SectionKind.BESLUTNING:
                    decided = True
        kinds = Counter(unit.hit.kind for n in starts if (unit := self.units[n]).hit is not None)
        if len(starts) < 3 or (kinds and max(kinds.values()) < 2):
            return []
        return [Start(n, "", 0, (k,), 1.0, "item.restart") for k, n in enumerate(starts)]

    def _extra(self, chain: list[Start]) -> list[Start]:
        """Closed items and others printed without a number in the look of the numbered ones."""
        if len(chain) < 2:
            return []
        taken = {s.at for s in chain}
        styles = {self.units[s.at].style for s in chain}
        if len(styles) > 1 or not all(stronger(style, self.context.body) for style in styles):
            return []
        extra = []
        for n in range(chain[0].at, len(self.units)):
            unit = self.units[n]
            if unit.style not in styles or n in taken or n - 1 in taken or unit.whole or len(unit.text) > 200:
                continue
            lone = closed(unit.text) and fold(unit.text) not in folded("items", "groups") and unit.gap >= 1
            if lone and not opening(unit.text):
                extra.append(Start(n, "", 0, (), 1.0, "item.closed"))
        return extra

    def _case_before(self, chain: list[Start]) -> None:
        """Whether the document prints an item's case number before its title."""
        before = sum(1 for s in chain if s.at and self.cases[s.at - 1] is not None)
        after = sum(1 for s in chain if any(c is not None for c in self.cases[s.at + 1 : s.at + 4]))
        self.before = (
            before > 0
            and before >= len(chain) / 2
            and (before > after or self.cases[max(0, chain[0].at - 1)] is not None if chain else False)
        )

    def mark(self, start: Start) -> Mark:
        """The mark of one item: its title over all the lines it takes."""
        units = self.units
        unit = units[start.at]
        last = unit
        number, title = start.number, ""
        at = start.at
        beside: str | None = None
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
            title, beside = _number_last(unit.text[start.title :].strip())
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
            alone = case_line(title) if title and len(title) < 60 else None
            if alone:
                title, beside = "", alone
            told = start.rule == "item.layout"
            if not title and at + 1 < len(units) and (told or self._may_title(at + 1)):
                at += 1
                unit = last = units[at]
                title = unit.text
        while at + 1 < len(units) and self._continues(unit, title, units[at + 1], at):
            at += 1
            last = units[at]
            title = rejoined(title, last.text, True, frozenset(words()["text"]["keep_hyphen"]))
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
            {"title": title, "first": begin, "style": unit.style} | ({"case": beside} if beside else {}),
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
        found = opening(text)
        opened = found is not None and (text[found.title :].strip() != "" or found.form == "word" or not unit.line.size)
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


_APART = re.compile(r"\t|\s{3,}")


def _number_last(title: str) -> tuple[str, str | None]:
    """A title and the case's number that stands apart at the end of its line.

    >>> _number_last("Nedrivningspulje 2017\t17/6021")
    ('Nedrivningspulje 2017', '17/6021')
    """
    gaps = list(_APART.finditer(title))
    last = title[gaps[-1].end() :] if gaps else ""
    number = case_line(last) or (last if re.fullmatch(r"\d{2}/\d{1,6}", last) else None)
    return (title[: gaps[-1].start()], number) if number else (title, None)


def begin_of(units: list[Unit], start: Start, finder: _Finder) -> int:
    """Where the item begins: at its title, or at the case-number line that the document prints before it."""
    if finder.before and start.at and finder.cases[start.at - 1] is not None:
        return units[start.at - 1].start
    return units[start.at].start


_LISTED = frozenset(
    (
        SectionKind.INDSTILLING,
        SectionKind.BESLUTNING,
        SectionKind.BILAG,
        SectionKind.VURDERING,
        SectionKind.BEMAERKNINGER,
    )
)
_FIRST = frozenset(
    (
        SectionKind.FORMAAL,
        SectionKind.RESUME,
        SectionKind.SAGSFREMSTILLING,
        SectionKind.INDSTILLING,
        SectionKind.BAGGRUND,
    )
)


def _element(unit: Unit) -> str:
    """The innermost element that holds the line, with its class: `div.title`."""
    return unit.line.role.rpartition(">")[2]


_LED = re.compile(
    r"([A-ZÆØÅ][^\W\d_]{1,11}\.?(?: [^\W\d_]{1,14}\.?){0,2}) (\d{1,3}(?:\.\d{1,2})?)(?:[.:)]| [-–—](?= )|(?= [A-ZÆØÅ]|$))\s*"
)


def _counts_up(run: list[tuple[int, Opening]]) -> bool:
    """Whether the numbers go up by one from line to line, those of sub-items between them."""
    return all(
        (_step(a[1].value, b[1].value) or 0.0) <= 0.2 and a[1].value < b[1].value for a, b in itertools.pairwise(run)
    )


def _strong(unit: Unit) -> bool:
    """Whether the unit reads as a section's heading, as evidence that an item has begun before it."""
    hit = unit.hit
    if hit is None or hit.rule == "heading.fuzzy":
        return False
    return hit.kind not in (SectionKind.DELTAGERE, SectionKind.BILAG) or hit.stop >= len(unit.text)


def _chain(starts: list[Start]) -> tuple[float, list[Start]]:
    """The rising sequence with the most evidence; a gap in the numbers costs, a number that repeats ends it."""
    best: list[float] = []
    back: list[int] = []
    for n, start in enumerate(starts):
        top, link = start.evidence, -1
        for m in range(max(0, n - 120), n):
            step = _step(starts[m].value, start.value)
            if step is None:
                continue
            total = best[m] + start.evidence - step
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


def _step(a: tuple[int, ...], b: tuple[int, ...]) -> float | None:
    """What it costs to go from one number to the next; None when it cannot be."""
    if b <= a:
        return None
    if len(a) == len(b):
        gap = b[-1] - a[-1] if a[:-1] == b[:-1] else b[0] - a[0]
        if len(a) == 2 and a[0] != b[0]:
            return 0.0 if b[0] == a[0] + 1 and b[1] == 1 else None if b[0] - a[0] > 3 else 1.0
        return 0.0 if gap == 1 else min(3.0, 0.3 * (gap - 1)) if gap < 40 else None
    return 0.2 if b[0] - a[0] <= 1 else None


def _restarts(starts: list[Start]) -> tuple[float, list[Start]]:
    """Every item numbered 1, as in lists that a page starts anew."""
    same = [s for s in starts if s.value == (1,)]
    if len(same) < 3 or len({s.at for s in same}) < 3:
        return 0.0, []
    chosen = [s for s in same if s.evidence > 0]
    return sum(s.evidence for s in chosen) * 0.9, chosen if len(chosen) >= 3 else []


_ACCESS = re.compile(
    r"\(?(åben|åbent|lukket)(?: (?:sag|punkt|møde))?+(?:\)\s*|\s+[-–]?\s*(?=(?-i:[A-ZÆØÅ\d])))", re.IGNORECASE
)
_BADGE = re.compile(r"(?<=\w) ([A-ZÆØÅ][^\W\d_]{3,6})$")
_BARRED = re.compile(r" \| ([^\W\d_]{4,8}(?: [^\W\d_]{3,5})?)$")
_LABEL = re.compile(r"[^\W\d_]{2,12}\.?:\s*(?=\S)")


@lru_cache(maxsize=1)
def _parenthesis() -> re.Pattern[str]:
    label = r"(?P<label>[^\W\d]{1,12}\.? ?[^\W\d]{0,6}\.?:?\s?)?"
    return re.compile(rf"\s*[(\[](?:\s*|{label}{bare_case()})[)\]]$")


def neat(title: str) -> tuple[str, str | None, str]:
    """Title without the case number and access printed in parentheses; the case number or None; the access word.

    >>> neat("(Lukket) Salg af ejendom"), neat("Pulje (2018-0288310)"), neat("Nyt ( )")
    (('Salg af ejendom', None, 'Lukket'), ('Pulje', '2018-0288310', ''), ('Nyt', None, ''))
    """
    title = undotted(" ".join(title.split()).strip("#*| "))
    barred = _BARRED.search(title)
    if barred and fold(barred[1]) in folded("items", "untitled"):
        access_word, title = barred[1], title[: barred.start()]
        return (*neat(title)[:2], access_word)
    label = _LABEL.match(title)
    if label and fold(label.group()) in folded("items", "title"):
        title = title[label.end() :]
    case = None
    found = _parenthesis().search(title)
    if found and found.start() > 0:
        inner = found.group().strip(" ()[]").removeprefix(found["label"] or "").strip()
        case = inner or None
        title = title[: found.start()]
    badge = _BADGE.search(title)
    if badge and fold(badge[1]) in folded("items", "untitled"):
        return (*neat(title[: badge.start()])[:2], badge[1])
    access = _ACCESS.match(title)
    word = ""
    if access:
        word = access[1]
        title = title[access.end() :]
    return title.strip().rstrip(":").strip(), case, word
