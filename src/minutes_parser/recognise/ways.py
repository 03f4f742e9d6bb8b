"""In which of the ways that minutes open their items does this document do it?"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import replace

from minutes_parser.kinds import SectionKind
from minutes_parser.layouts import Look
from minutes_parser.recognise.attachments import attachment_number
from minutes_parser.recognise.context import Style, rank, stronger
from minutes_parser.recognise.evidence import Claim, Reason, Trace
from minutes_parser.recognise.labels import label_of
from minutes_parser.recognise.openings import Openings
from minutes_parser.recognise.sequences import Start, chain_of, counts_up, restarts
from minutes_parser.recognise.titles import data_beside, is_datum
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import Opening, clerk_line, closed, folded

_CLOSE = 0.8
"""Share of the headings that have their texts right below, so that a line with a blank one below is none of them."""
_DISTINCT = 0.6
"""Of lines in one look, the share that has to differ for the look to be that of titles; closed items share theirs."""


class Ways(Openings):
    """Tries every way; the sequence with the most evidence wins. `groups` holds where titles of groups stand."""

    def best(self) -> list[Start]:
        """The sequence with the most evidence, of all the ways in which items are opened."""
        forms: dict[str, list[Start]] = defaultdict(list)
        for at, unit in enumerate(self.units):
            found = unit.opening if len(unit.text) < 400 else None
            if found and (start := self._start(at, found)):
                forms[found.form].append(start)
        self._join_forms(forms)
        chains: list[tuple[float, list[Start]]] = []
        for starts in forms.values():
            chains.append(self._no_headings(*chain_of(starts)))
            chains.append(restarts(starts))
        chains.append(self._announced())
        chains.append(self._cased())
        chains.append(self._styled())
        chains.append(self._alone())
        chains.append(self._laid_out())
        score, chain = max(chains, key=lambda c: c[0], default=(0.0, []))
        led = [start for at, found in self._led() if (start := self._start(at, found))]
        if led and (score < 2.5 or self._announced_before(led)):
            score, chain = max((score, chain), self._no_headings(*chain_of(led)), key=lambda c: c[0])
        if score < 2.5 and not (len(chain) == 1 and score > 1.0 and self._met_before(chain[0].at)):
            chain = self._unnumbered()
        else:
            chain = sorted(chain + self._extra(chain), key=lambda s: s.at)
        if len(chain) == 1 and self._in_data(chain[0]):
            chain = []  # the page of one case
        chain = self._numbered_above(chain)
        chain = self._ungrouped([self._raised(s) for s in chain])
        self._case_before(chain)
        if self.context.trace is not None:
            self._traced(self.context.trace, chain)
        return chain

    def _numbered_above(self, chain: list[Start]) -> list[Start]:
        """`Punkt 3` on a line of its own above most titles that are told by their look: their numbers."""
        above: dict[int, Start] = {}
        for start in chain:
            before = self.units[start.at - 1] if start.at and start.rule == "item.style" else None
            found = before.opening if before is not None and len(before.text) < 30 else None
            if before and found and before.number_alone is not None:
                above[start.at] = Start(
                    start.at - 1, found.number, found.title, found.value, start.evidence, "item.word"
                )
        return [above.get(s.at, s) for s in chain] if len(above) > len(chain) / 2 else chain

    def _in_data(self, start: Start) -> bool:
        """Whether the number is a value among the data of one case: `Punkt: 12` between `Møde: …` and `Sagsnr.: …`."""
        around = self.units[max(0, start.at - 1) : start.at] + self.units[start.at + 1 : start.at + 2]
        told = not self.units[start.at].text[start.title :].strip() and ":" in self.units[start.at].text
        return told and len(around) == 2 and all(is_datum(unit.text) for unit in around)

    def _met_before(self, at: int) -> bool:
        """Whether it is told above who met: then the document is a meeting's, if only of one item."""
        present = folded("meeting", "present")
        heads = (label_of(unit.text) for unit in self.units[:at] if len(unit.text) < 300)
        return any(found is not None and found[0] in present for found in heads)

    def _announced_before(self, led: list[Start]) -> bool:
        """Whether the titles stand in a list with other numbers, too: an agenda above the minutes."""
        above = [(o, u.text) for u in self.units[: led[0].at] if len(u.text) < 200 and (o := u.opening)]
        titles = {fold(text[found.title :]) for found, text in above}
        return sum(fold(self.units[s.at].text[s.title :]) in titles for s in led) >= len(led) / 2

    def _led(self) -> list[tuple[int, Opening]]:
        """Lines that begin with the same words, whatever they say, and a number that goes up by one: `Saq nr. 24 Køb af ejendom`."""
        leads: dict[str, list[tuple[int, Opening]]] = defaultdict(list)
        for at, unit in enumerate(self.units):
            if unit.gap < 1 or unit.whole or unit.opening is not None or len(unit.text) >= 200:
                continue
            if found := _LED.match(unit.text):
                value = tuple(map(int, found[2].split(".")))
                leads[found[1]].append((at, Opening("word", found[2], found.end(), value)))
        known = {fold(lead) for lead in leads if folded("items", "captions").hold(lead) or attachment_number(lead)}
        runs = [run for lead, run in leads.items() if len(run) > 2 and fold(lead) not in known and counts_up(run)]
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
        """Case-number lines that each open an item without a number; with the line above where those are numbered titles."""
        labelled = [n for n, case in enumerate(self.cases) if case is not None and not self._titled(n)]
        spread = [n for k, n in enumerate(labelled) if k == 0 or n - labelled[k - 1] > 1]
        while spread and not self._opens(spread[-1], len(self.units)):
            spread.pop()
        if len(spread) < 2 or not all(self._opens(a, b) for a, b in itertools.pairwise(spread)):
            return 0.0, []
        above = [(n - 1, o) for n in spread if n and self._titled(n - 1) and (o := self.units[n - 1].opening)]
        if len(above) == len(spread) and counts_up(above):
            return 1.8 * len(spread), [Start(n, o.number, o.title, o.value, 1.0, f"item.{o.form}") for n, o in above]
        if len(above) == len(spread) and all(a[1].value < b[1].value for a, b in itertools.pairwise(above)):
            return 0.0, []  # items without a case's number stand between: their own numbers tell more
        if all(self._title_over(n) for n in spread):
            return 1.8 * len(spread), [Start(n - 1, "", 0, (k,), 1.0, "item.over-case") for k, n in enumerate(spread)]
        return 1.8 * len(spread), [Start(n, "", 0, (k,), 1.0, "item.case") for k, n in enumerate(spread)]

    def _title_over(self, n: int) -> bool:
        """Whether a line set apart from what comes before stands right above the case's number: its title."""
        if not n or self.units[n].gap >= 1:
            return False
        above = self.units[n - 1]
        return (
            above.gap >= 1
            and _may_be_title(above.text, 200)
            and not above.whole
            and self.cases[n - 1] is None
            and not clerk_line(above.text)
        )

    def _titled(self, n: int) -> bool:
        """Whether the line has an item's number and title: `Sag nr. 4 Ny skole` gives no case's number."""
        text = self.units[n].text
        found = self.units[n].opening if len(text) < 200 else None
        title = text[found.title :].strip() if found else ""
        return bool(title) and data_beside(title) is None

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
                found = self.units[n].opening
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
        opened = self.units[at].opening
        if opened:
            return at, opened.number, opened.title
        before = self.units[at - 1] if at and look.number else None
        if before is not None and look.number in before.line.role and len(before.text) < 12:
            return at - 1, before.text, len(before.text)
        return at, "", 0

    def _styled(self) -> tuple[float, list[Start]]:
        """Titles in a look of their own, stronger than the headings', each with headings or a case number after it."""
        context = self.context
        usual = context.usual
        if usual is None or context.headings[usual] < 2:
            return 0.0, []
        apart = {s for s in {u.style for u in self.units} if stronger(s, context.body) and rank(s) > rank(usual)}
        by_style: dict[Style, list[int]] = defaultdict(list)
        for n, unit in enumerate(self.units):
            group = unit.style in apart and fold(unit.text) in folded("items", "groups")
            if unit.style in apart and not unit.whole and not group and len(unit.text) < 300:
                by_style[unit.style].append(n)
        best: tuple[float, list[Start]] = (0.0, [])
        for places in by_style.values():
            if len({fold(self.units[n].text) for n in places}) < _DISTINCT * len(places):
                continue  # labels: `Sagsnummer`, `Ansvarlig` in every item
            starts: list[Start] = []
            for n in places:
                if n and n - 1 in places and self.units[n].gap < 1:
                    continue
                found = self.units[n].opening
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

    def _alone(self) -> tuple[float, list[Start]]:
        """In plain text: lines between blank lines right above a heading, where headings have their texts close below."""
        heads = [n for n, u in enumerate(self.units[:-1]) if u.whole and self.strong[n] and n != self.headline]
        if len(heads) < 4 or sum(self.units[n + 1].gap < 1 for n in heads) < _CLOSE * len(heads):
            return 0.0, []
        found = [n - 1 for n in heads if n and self._stands_alone(n - 1) and self.units[n].gap >= 1]
        led = {at for at, _ in self._led()}
        found = [n for n in found if n not in led]
        texts = {fold(self.units[n].text) for n in found}
        if len(found) < 2 or len(texts) < _DISTINCT * len(found) or found[0] > heads[0]:
            return 0.0, []
        kinds = {u.hit.kind for u in self.units if u.whole and u.hit}
        decided = [SectionKind.BESLUTNING] if SectionKind.BESLUTNING in kinds else [SectionKind.INDSTILLING]
        for at, stop in itertools.pairwise((*found, len(self.units))):
            if not any(u.whole and u.hit and u.hit.kind in decided for u in self.units[at:stop]):
                return 0.0, []
        return 1.8 * len(found), [Start(n, "", 0, (k,), 1.0, "item.alone") for k, n in enumerate(found)]

    def _stands_alone(self, n: int) -> bool:
        """A line without looks, blank lines around it, that is no sentence, no heading and no heading's text."""
        unit = self.units[n]
        plain = unit.line.size is None and not unit.line.role and not unit.line.marker and unit.opening is None
        titled = unit.gap >= 1 and _may_be_title(unit.text, 250)
        return plain and titled and unit.hit is None and not (n and self.units[n - 1].whole)

    def _restarted(self) -> list[Start]:
        """Items without titles: after a decision, a heading that begins items, or a closed item's line, opens the next."""
        starts: list[int] = []
        decided = False
        first = frozenset(self.context.layout.order[:1]) or self._first_kinds() or _FIRST
        closed_words = folded("items", "untitled")
        for n, unit in enumerate(self.units):
            if fold(unit.text) in closed_words and len(fold(unit.text)) > 6 and starts:
                starts.append(n)
                decided = True
            elif unit.whole and unit.hit and self.strong[n]:
                if not starts and folded("meeting", "minutes").hold(unit.text):
                    continue  # what the document calls itself
                if not starts or (decided and unit.hit.kind in first):
                    starts.append(n)
                    decided = False
                if unit.hit.kind is SectionKind.BESLUTNING:
                    decided = True
        kinds = Counter(unit.hit.kind for n in starts if (unit := self.units[n]).hit is not None)
        if len(starts) < 3 or (kinds and max(kinds.values()) < 2):
            return []
        return [Start(n, "", 0, (k,), 1.0, "item.restart") for k, n in enumerate(starts)]

    def _first_kinds(self) -> frozenset[SectionKind]:
        """The kind of the document's first heading, when it and decisions take turns: then it opens each item."""
        heads = (u for n, u in enumerate(self.units) if self.strong[n] and n != self.headline)
        kinds = [u.hit.kind for u in heads if u.whole and u.hit]
        turns = [k for k in kinds if k in (*kinds[:1], SectionKind.BESLUTNING)]
        by_turns = len(turns) > 3 and all(a is not b for a, b in itertools.pairwise(turns))
        return frozenset(kinds[:1]) if by_turns and kinds[0] is not SectionKind.INDSTILLING else frozenset()

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
            if lone and not unit.opening:
                extra.append(Start(n, "", 0, (), 1.0, "item.closed"))
        return extra

    def _ends_above(self, at: int) -> bool:
        """Whether the line above stands in one part of the page with the line before it, and this one in another."""
        if at < 2 or not self.units[at].line.role:
            return False
        above, ends, begins = (u.line.role.split(">") for u in self.units[at - 2 : at + 1])
        both = [one for one, other in zip(above, ends, strict=False) if one == other]
        return bool(both) and _PART.match(both[-1]) is not None and begins[: len(both)] != both

    def _case_before(self, chain: list[Start]) -> None:
        """Whether the document prints an item's case number before its title."""
        before = sum(1 for s in chain if s.at and self.cases[s.at - 1] is not None)
        if before and all(self._ends_above(s.at) for s in chain if s.at and self.cases[s.at - 1] is not None):
            return  # each item's last line
        end = next((n for n in range(len(self.cases) - 1, -1, -1) if self.units[n].label is None), -1)
        if before and self.cases[max(0, chain[0].at - 1)] is None and end > chain[-1].at + 1 and self.cases[end]:
            return  # the first has none above, the last one has it below
        after = sum(1 for s in chain if any(c is not None for c in self.cases[s.at + 1 : s.at + 4]))
        self.before = (
            before > 0
            and before >= len(chain) / 2
            and (before > after or self.cases[max(0, chain[0].at - 1)] is not None if chain else False)
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


def _may_be_title(text: str, longest: int) -> bool:
    """Whether a line begins with a capital and ends like no sentence."""
    return text[:1].isupper() and len(text) <= longest and not text.endswith((".", ":", ",", ";"))


_PART = re.compile(r"(?:article|section|div|td)(?![a-z])")
"""Elements of a web page that hold several lines."""
_LED = re.compile(
    r"(?=\D{3,46}+(?<= )\d)([A-ZÆØÅ][^\W\d_]{1,11}\.?(?: [^\W\d_]{1,14}\.?){0,2}) (\d{1,3}(?:\.\d{1,2})?)(?:[.:)]| [-–—](?= )|(?= [A-ZÆØÅ]|$))\s*"
)
