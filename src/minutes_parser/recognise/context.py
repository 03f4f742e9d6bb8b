"""What every recogniser may look at: the lines cut into units, the looks of headings, the furniture already labelled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from minutes_parser.kinds import Label
from minutes_parser.layouts import GENERIC, Layout
from minutes_parser.marks import Mark
from minutes_parser.recognise import pages
from minutes_parser.recognise.evidence import Trace
from minutes_parser.recognise.rows import LABEL, Piece, minutes_rows
from minutes_parser.recognise.shapes import Shapes
from minutes_parser.text import Line, SourceText, Span
from minutes_parser.vocabulary import Hit, Vocabulary, fold, vocabulary
from minutes_parser.vocabulary.lines import Opening, alternatives, noise, opening
from minutes_parser.vocabulary.words import words

Style = tuple[float, bool, int, bool]
"""Font size in points (0 unknown), bold, heading level (0 none), capitals: how a line looks."""


@dataclass(slots=True)
class Unit:
    """A line, or the part of a line that stands for itself where the page glued two together."""

    index: int
    start: int
    text: str
    line: Line
    first: bool
    """Whether the unit begins its line."""
    label: Label | None = None
    """FURNITURE, CHROME or TOC where `clean` found one."""
    hit: Hit | None = None
    """The vocabulary's answer to the whole unit or its beginning."""
    style: Style = (0.0, False, 0, False)
    column: str = ""
    """In a table of items: what the cell that begins here holds (recognise.rows)."""
    gap: float = 1.0
    """Blank lines above; 1 where the format does not say."""
    opening: Opening | None = None
    """How the unit opens an item, where it reads like that and `clean` found nothing."""
    whole: bool = False
    """Whether the vocabulary knows the whole unit as a heading; `X indstiller til Y,` may be one and may be text."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))

    @property
    def stop(self) -> int:
        return self.start + len(self.text)

    @property
    def element(self) -> str:
        """The innermost element of a web page that holds the line, with its class, or Word's style: `div.title`, `Rubrik`."""
        return self.line.role.rpartition(">")[2]

    @property
    def number_alone(self) -> str | None:
        """The number, where the unit opens an item by a word and gives no title: `Punkt 11`; None for others."""
        found = self.opening
        return found.number if found and found.form == "word" and not self.text[found.title :].strip() else None


@dataclass(slots=True)
class Context:
    """Everything about the document that is known before items and sections are told apart."""

    text: SourceText
    units: list[Unit]
    vocabulary: Vocabulary
    body: Style
    """How most of the text looks."""
    headings: dict[Style, int] = field(default_factory=dict)
    """How often a known heading has each look."""
    layout: Layout = GENERIC
    margin: float | None = None
    """Where most known headings begin, points from the page's left; None for formats without places."""
    contents_entries: tuple[tuple[str, str], ...] = ()
    """What the table of contents announces: number (or "") and title."""
    trace: Trace | None = None
    """Where the recognisers leave the claims they consider, and why; None unless somebody asks."""
    _shapes: Shapes | None = None

    @property
    def shapes(self) -> Shapes:
        """How known headings stand among the live units; measured when first asked for, the contents set apart by then."""
        if self._shapes is None:
            self._shapes = Shapes(list(self.live()))
        return self._shapes

    def live(self) -> Iterator[Unit]:
        """The units that are neither furniture nor chrome."""
        return (u for u in self.units if u.label is None)

    @property
    def typographic(self) -> bool:
        """Whether known headings look unlike running text often enough to trust the difference."""
        known = sum(self.headings.values())
        apart = sum(n for style, n in self.headings.items() if stronger(style, self.body))
        return known >= 2 and apart >= 0.6 * known

    @property
    def fonts(self) -> bool:
        """Whether headings stand out by more than capitals."""
        return self.typographic and any(
            n > 0 and (s[0] > self.body[0] or s[1] > self.body[1] or s[2]) for s, n in self.headings.items()
        )

    @property
    def usual(self) -> Style | None:
        """How most known headings look."""
        return max(self.headings, key=self.headings.__getitem__, default=None)

    def heading_style(self, style: Style) -> bool:
        """Whether the document prints known headings in this look, repeatedly."""
        return self.headings.get(style, 0) >= 2 and stronger(style, self.body)


def stronger(one: Style, other: Style) -> bool:
    """Whether a line in one look stands out from a line in the other: larger, bolder, a heading, capitals."""
    if one[2] and not other[2]:
        return True
    if one[0] and other[0] and abs(one[0] - other[0]) > 0.4:
        label = one[1] and not other[1] and one[0] > 0.8 * other[0]
        return one[0] > other[0] or label  # headings in small bold print
    if one[1] != other[1]:
        return one[1]
    return one[3] and not other[3]


def rank(style: Style) -> tuple[float, int, int, int]:
    """Sorts looks from weak to strong: level (h2 before h3), size, bold, capitals."""
    return (style[0], 10 - style[2] if style[2] else 0, int(style[1]), int(style[3]))


_LONG = 300
"""Characters; a line longer than this in a document of such lines holds whole paragraphs or pages."""


def build(text: SourceText, marks: Sequence[Mark], layout: Layout = GENERIC) -> Context:
    """Cut the lines into units and measure the looks."""
    known = vocabulary()
    labels = {m.span.start: m.label for m in marks}
    lengths = [len(line.text) for line in text.lines]
    long = sum(n for n in lengths if n > _LONG) > 0.7 * max(1, len(text.text))
    paged = long and not any(line.role or line.size for line in text.lines)  # others part their paragraphs
    bare = _page_edges(text.lines) if paged else {}
    rows = minutes_rows(text.lines, known) if any(line.cells for line in text.lines) else {}
    units: list[Unit] = []
    weights: Counter[Style] = Counter()
    for index, line in enumerate(text.lines):
        style = _style(line)
        weights[style] += lengths[index]
        label = labels.get(line.start)
        if label is None and index in rows:
            units += _cells(line, rows[index], len(units), style)
            continue
        cuts = () if label else _cuts(line.text, known, long)
        if not cuts and index not in bare:
            units.append(Unit(len(units), line.start, line.text, line, True, label, None, style))
            continue
        own_text = bare.get(index, (0, lengths[index]))
        if index in bare and not label:
            cuts = sorted({*own_text, *(c for c in cuts if own_text[0] < c < own_text[1])} - {0, lengths[index]})
        if not cuts:
            units.append(Unit(len(units), line.start, line.text, line, True, label, None, style))
            continue
        at = 0
        for cut in (*cuts, len(line.text)):
            piece = line.text[at:cut]
            stripped = piece.strip()
            if stripped:
                start = line.start + at + (len(piece) - len(piece.lstrip()))
                own = Label(kind) if (kind := noise(stripped)) else None
                if at < own_text[0] or at >= own_text[1]:
                    own = Label.FURNITURE
                units.append(Unit(len(units), start, stripped, line, at == 0, own, None, style))
            at = cut
    texts = {style: n for style, n in weights.items() if not style[2]} or weights  # a heading's element is no text's
    body = max(texts, key=texts.__getitem__) if texts else (0.0, False, 0, False)
    context = Context(text, units, known, body, layout=layout)
    answers: dict[str, Hit | None] = {}  # a document prints its headings again and again
    for unit in units:
        if unit.first and (gap := unit.line.gap) is not None:
            unit.gap = gap
        if unit.label is not None:
            continue
        unit.opening = opening(unit.text)
        if unit.column not in ("", LABEL):
            continue
        if unit.text not in answers:
            answers[unit.text] = known.heading(unit.text)
        hit = answers[unit.text] or (_run_in(unit, known) if unit.line.lead else None)
        if hit is not None:
            unit.hit = hit
            unit.whole = hit.stop >= len(unit.text) and hit.rule != "heading.says"
    _level_by_class(units)
    for unit in units:
        if unit.hit is None or not unit.whole:
            continue
        told = unit.hit.rule == "heading.name" or (unit.hit.rule == "heading.pattern" and stronger(unit.style, body))
        if told:
            context.headings[unit.style] = context.headings.get(unit.style, 0) + 1
    if max(context.headings.values(), default=0) < 2:
        _looks_that_repeat(context)
    starts = Counter(round(u.line.box[0]) for u in units if u.hit and u.line.box and u.whole and u.label is None)
    if starts and starts.most_common(1)[0][1] >= 0.5 * starts.total():  # else they are centred
        context.margin = float(starts.most_common(1)[0][0])
    return context


_CLASS_LEVEL = 7
"""The heading level of a class that is no heading by its element: below `h6`, and what a page treats as such."""


def _level_by_class(units: Sequence[Unit]) -> None:
    """Give a level to the lines of a class in which hardly anything but headings stands: `p.Overskrift`, a style of Word's
    that is no heading to Word. What the style sheet makes of the class is not read."""
    held: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.line.role and unit.label is None and not unit.style[2]:
            held.setdefault(unit.element, []).append(unit)
    for alike in held.values():
        known = sum(1 for unit in alike if unit.whole and unit.hit and unit.hit.rule in _SURE)
        classed = "." in alike[0].element
        named = classed and known == len(alike) > 1
        short = classed and known > 2 and known >= 0.3 * len(alike) and _brief(alike)
        if named or short or (known > 2 and known >= 0.6 * len(alike)):
            for unit in alike:
                size, bold, _, capitals = unit.style
                unit.style = (size, bold, _CLASS_LEVEL, capitals)


_SURE = frozenset(("heading.name", "heading.pattern", "heading.joined"))


def _looks_that_repeat(context: Context) -> None:
    """Count the lines of a look as headings where the vocabulary knows none: two short ones at least come again word for
    word, above texts that differ, and hardly any other line but numbered titles has the look."""
    held: dict[Style, list[int]] = {}
    units = [u for u in context.units if u.label is None]
    for n, unit in enumerate(units):
        if stronger(unit.style, context.body) and unit.opening is None and len(unit.line.cells) < 2:
            held.setdefault(unit.style, []).append(n)
    for style, places in held.items():
        below: dict[str, set[str]] = {}
        for n in places:
            if n + 1 < len(units) and units[n + 1].style != style:
                below.setdefault(units[n].text, set()).add(units[n + 1].text)
        again = {text for text, texts in below.items() if len(texts) > 1 and len(text) <= 60 and text[-1] not in ".,;"}
        count = sum(units[n].text in again for n in places)
        if len(again) > 1 and count >= 0.6 * len(places):
            context.headings[style] = context.headings.get(style, 0) + count


def _brief(alike: Sequence[Unit]) -> bool:
    """Whether all the lines may be headings by length and end, and hardly one that is unknown stands once."""
    if any(len(unit.text) > 70 or unit.text.endswith((".", ",", ";")) for unit in alike):
        return False
    times = Counter(unit.text for unit in alike)
    once = sum(1 for unit in alike if times[unit.text] == 1 and not unit.whole)
    return once <= 0.2 * len(alike)


def _run_in(unit: Unit, known: Vocabulary) -> Hit | None:
    """`SAGEN. Årets resultat …`: a heading in bold print before its text, a full stop behind it."""
    head = unit.text[: unit.line.lead].rstrip()
    if not unit.first or not head.endswith(".") or unit.line.lead > 60 or unit.line.lead >= len(unit.text):
        return None
    hit = known.heading(head, fuzzy=False)
    if hit is None or hit.stop < len(head) or hit.rule not in ("heading.name", "heading.weak"):
        return None
    return Hit(hit.kind, hit.rule + "-inline", hit.score * 0.9, len(head))


def _page_edges(lines: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """Where the text of each line that holds a page begins and ends, by the line's index."""
    held = [n for n, line in enumerate(lines) if len(line.text) > 100]
    if len(held) < 3:
        return {}
    return dict(zip(held, pages.edges([lines[n].text for n in held]), strict=True))


def _cells(line: Line, pieces: list[Piece], index: int, style: Style) -> Iterator[Unit]:
    """A row of a table of items, cell by cell; what separates the cells is furniture."""
    for piece in pieces:
        text = piece.text.strip()
        if not text:
            continue
        start = line.start + piece.at + (len(piece.text) - len(piece.text.lstrip()))
        label = Label.FURNITURE if piece.column is None else None
        yield Unit(index, start, text, line, start == line.start, label, None, style, piece.column or "")
        index += 1


def _style(line: Line) -> Style:
    text, size = line.text, line.size
    bold = (
        line.bold
        or (line.lead and line.lead >= len(text.rstrip(" ,.:;")))
        or (text[:2] == "**" and text.endswith("**") and len(text) > 6)
    )
    capitals = len(text) > 3 and not "a" <= text[1] <= "z" and _capitals(text)  # most lines go on with a small letter
    return (round(size * 2) / 2 if size else 0.0, bool(bold), line.level, capitals)


def _capitals(text: str) -> bool:
    """Whether hardly any letter is a small one."""
    if text.isupper():
        return True
    small = sum(map(str.islower, text)) if len(text) < 120 and text[:3].upper() == text[:3] else len(text)
    return small <= 4 and small * 5 < sum(map(str.isupper, text))


_TOUCHING = re.compile(r"[A-ZÆØÅ0-9](?:(?<=[a-zæøåé.].)|(?<=[)\d][A-ZÆØÅ]))")
"""A capital or digit right behind a letter or full stop, a capital behind a digit: without that, nothing was glued."""
_NUMBERED = re.compile(r"\d\. ?[A-ZÆØÅ]")
_GAP = re.compile(r"(?<=\S) {3,}(?=[A-ZÆØÅ])")
_GLUED = re.compile(r"(?<!\d\.)(?<=[a-zæøå).])(?=\d{1,3}\. ?[A-ZÆØÅ])")


@lru_cache(maxsize=1)
def _glued_case() -> re.Pattern[str]:
    # the case number's label right behind a title: `Valg af revisor (åben)Sag: 2010/01180`
    return re.compile(rf"(?<=[a-zæøåé)])(?=(?-i:[A-ZÆØÅ]))(?={alternatives('items', 'case')}\s?[.:]+\s?\S*\d)")


_TAIL = re.compile(r"(?<=[a-zæøå.)\d])([A-ZÆØÅ][a-zæøåé]{4,20})$")


_HEAD = re.compile(r"([A-ZÆØÅ][a-zæøåé]{4,20})(?=[A-ZÆØÅ][a-zæøåé]*(?:[ .,]|$))")


def _cuts(line: str, known: Vocabulary, long: bool) -> list[int]:
    """Where a line has to be cut because the page glued a heading or an item's opening to it."""
    cuts: list[int] = []
    if line[:1] in _openings() and (prefix := _glued_prefix(line)):
        cuts.append(prefix)
    if long and len(line) > 60:
        cuts += pages.cuts(line, known)
    elif len(line) < _LONG:
        glued = _TOUCHING.search(line) is not None
        if glued and (":" in line or "." in line):
            cuts += [m.start() for m in _glued_case().finditer(line) if m.start() > 4]
        if "   " in line:
            for found in _GAP.finditer(line):
                hit = known.heading(line[found.end() :], fuzzy=False) if ":" in line[found.end() :] else None
                if hit and found.start() > 3:
                    cuts.append(found.end())
        if not glued:
            return sorted(set(cuts)) if cuts else cuts
        if _NUMBERED.search(line):
            for found in _GLUED.finditer(line):
                head = line[: found.start()]
                if fold(head) in known.names or fold(head) in known.other or _ends_glued(head):
                    cuts.append(found.start())
        if (head_ := _HEAD.match(line)) and fold(head_[1]) in known.names:
            cuts.append(head_.end())
        if line[-1:].islower() and not line[line.rfind(" ") + 2 :].islower():
            tail = _TAIL.search(line[-26:])
            if tail and fold(tail[1]) in known.names:
                cuts.append(max(0, len(line) - 26) + tail.start(1))
    return sorted(set(cuts)) if cuts else cuts


@lru_cache(maxsize=1)
def _prefixes() -> tuple[str, ...]:
    return tuple(words()["noise"]["prefixes"])


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """The first letters of the web page's own words; most lines begin with others."""
    return frozenset(prefix[:1] for prefix in _prefixes())


def _glued_prefix(line: str) -> int:
    """Length of the web page's own words that the line begins with."""
    if not line.startswith(_prefixes()):
        return 0
    return max(len(prefix) for prefix in _prefixes() if line.startswith(prefix))


def _ends_glued(head: str) -> bool:
    """`6. Underskriftsark` before `1. Godkendelse`: itself the opening of an item."""
    return re.match(r"\d{1,3}\. ?[A-ZÆØÅ]", head) is not None
