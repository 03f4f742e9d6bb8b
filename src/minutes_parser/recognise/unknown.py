"""A line that the vocabulary does not know: does it look, stand, count or begin as the document's headings do?"""

from __future__ import annotations

import itertools
import re
from bisect import bisect, insort
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, lru_cache

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.marks import Mark
from minutes_parser.recognise.bodies import ends_like_body
from minutes_parser.recognise.context import Unit
from minutes_parser.recognise.decisions import decides
from minutes_parser.recognise.evidence import Reason, weigh
from minutes_parser.recognise.headings import Reading, is_caption, is_field
from minutes_parser.recognise.labels import label_of
from minutes_parser.recognise.shapes import masked
from minutes_parser.text import Span
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.files import files
from minutes_parser.vocabulary.lines import case_line, clerk_line, document_number, folded, opening
from minutes_parser.vocabulary.words import words


class UnknownHeadings(Reading):
    """Reads a line as a heading by the document's own habits."""

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

    def _unknown(self, n: int, unit: Unit) -> Mark | None:
        """A line that nobody knows but that looks just like the document's known headings."""
        kind = self._kind(unit)
        reasons = self._for_unknown(n, unit)
        if weigh(self.context.trace, "heading.style", kind, unit.span, 0.6, reasons, 0.0) is None:
            return None
        return Mark(Label.HEADING, unit.span, kind, "heading.style", 0.6, {"inline": False, "style": unit.style})

    def _kind(self, unit: Unit) -> str:
        """What the words of an unknown heading tell of its kind: an item's own headings come again, an author's do not."""
        kind = self.context.vocabulary.stems.kind(unit.text) if unit.text.count(" ") < 6 else None
        if kind in _MAY_DECIDE and self._body_decides(unit.text):
            return SectionKind.BESLUTNING.value
        level = kind not in _BY_FORM and unit.style[2] > 0 and unit.style == self.context.usual
        level = level and (" " not in unit.text or _WITH.search(unit.text) is not None)
        own = kind is not None and (level or self.lone or self.shapes.repeats(unit.text) > 1 or self._all_told(unit))
        return (kind if kind and own else self._told_below(unit.text)).value

    def _body_decides(self, text: str) -> bool:
        """`Udvalgets udtalelse`, `Økonomiudvalgets anbefaling`, where what stands below decides each time."""
        whose = _GENITIVE.match(text) if len(text) <= 60 else None
        if whose is None or not (ends_like_body(whose[1]) or _for_body().match(text)):
            return False
        if fold(text).endswith(_SAYS) and self.shapes.repeats(text) < 2 and not self.lone:
            return False  # a council that was heard: `Ældrerådets udtalelse`
        below = self.shapes.below(text)
        return bool(below) and all(decides(unit.text) for unit in below)

    def _all_told(self, unit: Unit) -> bool:
        """`Videre behandling`, `Økonomi og tidsplan` in the look of most headings: no word but such as tell a kind;
        `Beslutning om pris` has others."""
        if " " in unit.text and unit.style != self.context.usual:
            return False
        sides = _WITH.split(unit.text.strip(" :."), maxsplit=1)
        if len(sides) > 1 and any(self.context.vocabulary.names.get(fold(side)) for side in sides):
            return True  # `Økonomi og kapacitet`
        first, *others = unit.text.strip(" :.").split()
        whose = first[-1:] == "s" and len(first) > _OWNER and first[:1].isupper()
        told = self.context.vocabulary.stems
        whose = whose and told.kind(" ".join(others)) is not SectionKind.BESLUTNING  # `Nævnets afgørelse`
        return all(told.kind(word) or word in _AND for word in (others if whose and others else [first, *others]))

    def _told_below(self, text: str) -> SectionKind:
        """What the texts under a heading that comes again have in common: they decide, recommend, or name files."""
        key = masked(text)
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
        return sum(1 for u in self.known if u.hit and u.hit.kind is SectionKind.BESLUTNING) > 1

    @cached_property
    def stopped(self) -> bool:
        """Whether known headings end with a full stop, as in `Økonomi.`"""
        known = [u.text for u in self.whole if u.hit and u.hit.rule == "heading.name"]
        return len(known) > 2 and sum(text.endswith(".") for text in known) > 0.7 * len(known)

    def _for_unknown(self, n: int, unit: Unit) -> Iterator[Reason]:
        yield from self._for_layout(unit)
        text = unit.text
        if not self.typographic:
            yield Reason("look.untold")
        elif unit.style not in self.heading_looks:
            yield Reason("look.unlike")
        if len(text) > 100:
            yield Reason("line.long")
        if len(unit.line.cells) > 1:
            yield Reason("table.cell")
        if text.endswith((",", ";")) or (text.endswith(".") and not self.stopped):
            yield Reason("ends.sentence")
        if unit.line.marker or not text.lstrip("#* ")[:1].isupper():
            yield Reason("begins.small")
        if fold(text) in folded("items", "groups"):
            yield Reason("line.group")
        if is_caption(text):
            yield Reason("line.caption")
        if (
            case_line(text) is not None
            or fold(text) in folded("items", "case")
            or fold(text) in folded("items", "clerk")
        ):
            yield Reason("line.case")
        if unit.opening:
            yield Reason("line.numbered")
        if unit.style[3] and not unit.style[1] and not unit.style[0] and len(fold(text)) < 4:
            yield Reason("line.short")
        following = self.units[n + 1] if n + 1 < len(self.units) else None
        if following is None or (following.style == unit.style and not following.whole):
            yield Reason("below.alike")
        if n and self.units[n - 1].style == unit.style and not self.units[n - 1].whole and unit.gap < 0.6:
            yield Reason("above.alike")

    @cached_property
    def counted(self) -> list[tuple[int, int]]:
        """Places and numbers of known headings that are numbered, `3. Baggrund`; none unless two or more go up."""
        names = [u for u in self.whole if u.hit and u.hit.rule == "heading.name"]
        values = {u.index: o.value[0] for u in names if (o := u.opening) and len(o.value) == 1}
        if len(values) < 2 or not all(a < b for a, b in itertools.pairwise(values.values())):
            return []
        return [(n, values[u.index]) for n, u in enumerate(self.units) if u.index in values]

    def _counted(self, n: int, unit: Unit) -> Mark | None:
        """`5. Ydelser` between `3. Baggrund` and `7. Økonomi`, as a case with numbered headings has them."""
        if len(unit.text) > 60 or (found := unit.opening) is None:
            return None
        at = bisect(self.counted, (n, 0))
        below, above = self.counted[max(0, at - 1) : at], self.counted[at : at + 1]
        fits = found.value[0] > (below[0][1] if below else 0) and (not above or found.value[0] < above[0][1])
        listed = n + 1 < len(self.units) and self.units[n + 1].opening is not None
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

    def _heads_decisions(self, unit: Unit) -> bool:
        """`Sådan blev det:` in plain print among bold headings, with a decision under it each time."""
        if not unit.text.endswith(":") or unit.hit is not None or self.shapes.repeats(unit.text) < 2:
            return False
        return self._told_below(unit.text) is SectionKind.BESLUTNING

    @cached_property
    def label_habit(self) -> dict[str, int]:
        """How often each unknown label begins a paragraph, where known headings share their lines with their texts."""
        known = sum(count for kind, count in self.inline.items() if kind is not SectionKind.ANDET)
        if known < 3 or known < 2 * len(self.whole) or self.fonts:
            return {}
        begin = (u for u in self.units if u.first or u.start - u.line.start in u.line.breaks)
        lines = (u.text for u in begin if u.hit is None)
        return Counter(fold(text[:at]) for text in lines if (at := _label_length(text)))

    @cached_property
    def lead_habit(self) -> dict[str, int]:
        """How often bold words with a colon begin a text, where known headings are printed so and hardly otherwise."""
        leads = [u for u in self.units if u.line.lead and _lead_length(u)]
        known = sum(1 for u in leads if u.hit is not None and not u.whole)
        if known < 3 or known < len(self.whole) / 3:
            return {}
        return Counter(fold(u.text[: _lead_length(u)]) for u in leads if u.hit is None)

    @cached_property
    def margin_habit(self) -> bool:
        """Whether known headings stand in bold print in a margin, their texts beside them."""
        return sum(1 for u in self.known if not u.whole and _margin_length(u)) > 1

    @cached_property
    def labels(self) -> bool:
        """Whether headings that nobody knows may share their lines with their texts."""
        return bool(self.label_habit) or self.margin_habit

    def _labelled(self, unit: Unit) -> Mark | None:
        """`Drøftelse: Rådet er bekymret …` beside `Beslutning: …`, in a margin without the colon: a heading on its text's
        line that nobody knows."""
        if unit.hit is not None or not unit.text[:1].isupper():
            return None
        length = _margin_length(unit) if unit.line.lead and self.margin_habit else 0
        lead = _lead_length(unit) if unit.line.lead and self.lead_habit else 0
        if lead and (
            self.lead_habit[fold(unit.text[:lead])] > 1 or self.context.vocabulary.stems.kind(unit.text[:lead])
        ):
            length = lead
        if not length:
            length = _label_length(unit.text) if self.label_habit else 0
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
        if key in self.context.vocabulary.other or is_caption(label):
            yield Reason("line.group")
        if self.current in (SectionKind.BILAG, SectionKind.DELTAGERE):
            yield Reason("list.item")
        if opening(label) or (label_of(label) is not None and self.context.vocabulary.stems.kind(label) is None):
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
        if is_caption(text):
            yield Reason("line.caption")
        if kind == SectionKind.DELTAGERE.value and not text.endswith(":") and text.count(" ") > 1:
            yield Reason("shape.sentence")  # Afbud fra Bo Hald
        lists = self.current in (SectionKind.BILAG, SectionKind.DELTAGERE)
        if (lists and not text.endswith(":")) or _PARTY.search(text):
            yield Reason("list.item")
        if unit.line.marker or not unit.first:
            yield Reason("begins.small")
        if (
            text[-1:].isdigit()
            or (not text.endswith(":") and sum(map(str.isdigit, text)) > sum(map(str.isalpha, text)))
            or document_number(text)
            or any(folded("items", g).hold(text) for g in ("open", "untitled"))
        ):
            yield Reason("line.case")
        other = fold(text) in self.context.vocabulary.other and times < 2
        if fold(text) in folded("items", "groups") or other:
            yield Reason("line.group")
        day = next(dates(text), None) and not (kind == SectionKind.BESLUTNING.value and text.endswith(":"))
        if case_line(text) is not None or clerk_line(text) or day:
            yield Reason("line.case")
        if unit.opening:
            yield Reason("line.numbered")
        if n and self.units[n - 1].whole:
            yield Reason("above.heading")
        if n and unit.gap < 1 and is_field(self.units[n - 1].text):
            yield Reason("above.value")


_BY_FORM = frozenset((SectionKind.BESLUTNING, SectionKind.INDSTILLING))
"""Kinds whose words head others' rulings, and sub-headings of many sorts: `Beslutning om pris`."""
_MAY_DECIDE = frozenset((None, SectionKind.HOERING, SectionKind.INDSTILLING, SectionKind.BEMAERKNINGER))
"""What the words of a heading may tell where it is a body's decision: its utterance, its recommendation."""
_GENITIVE = re.compile(r"(?:[\w-]+,? ){0,7}?([\w-]+?)(?:'?s|’s|') [a-zæøå]{4,20}:?$")
"""Somebody's something: the last word but one in the genitive."""
_SAYS = ("udtalelse", "bemærkninger", "høringssvar")
_OWNER = 6
"""Letters; a longer first word in the genitive names an office: `Sekretariatets betragtninger`."""
_WITH = re.compile(r" (?:og|&|samt) ")
_AND = frozenset(("og", "&", "/", "-", "–", "Det", "Den", "De"))


@lru_cache(maxsize=1)
def _for_body() -> re.Pattern[str]:
    """Matches the beginning of `Udvalget for sundheds anbefaling`."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, words()['bodies']['for_bodies']))}) ", re.IGNORECASE)


def _label_length(text: str) -> int:
    """Length of the label that a line begins with, colon included: one to three words and text behind; 0 for none."""
    found = _LABEL.match(text)
    return found.end() if found else 0


def _lead_length(unit: Unit) -> int:
    """Length of the bold words with a colon that a text begins with, one to five of them; 0 for none."""
    head = unit.text[: unit.line.lead].rstrip()
    bare = unit.first and not unit.line.marker and len(head) < min(50, len(unit.text))
    return len(head) if bare and head.endswith(":") and head.count(" ") < 5 and head[:1].isupper() else 0


def _margin_length(unit: Unit) -> int:
    """Length of the first of two cells where it alone is bold, a word or three; 0 for none."""
    cells = unit.line.cells
    if not unit.first or not 1 < len(cells) < 3 or len(cells[0]) > 40 or cells[0].count(" ") > 2:
        return 0
    return len(cells[0]) if unit.text[: unit.line.lead].strip() == cells[0] else 0


_LABEL = re.compile(r"[A-ZÆØÅ][^\W\d_]{2,24}(?: [^\W\d_]{1,20}){0,2}:(?= \S)")
_PARTY = re.compile(r"\([A-ZÆØÅ]{1,2}\)$")
"""`Ulla Kvist (F)`"""
