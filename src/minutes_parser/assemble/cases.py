"""An item's lines to a case: title, case number, and the sections under their headings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from minutes_parser.assemble.account import Account
from minutes_parser.findings import Finding
from minutes_parser.kinds import Access, Code, Label, SectionKind, Severity
from minutes_parser.marks import Mark
from minutes_parser.recognise.attachments import file_line, names_attachment
from minutes_parser.recognise.closing import closes, signatures
from minutes_parser.recognise.context import Style, Unit
from minutes_parser.recognise.data import CASE_LIKE, case_column, is_data, labelled_number, labels
from minutes_parser.recognise.numbers import ends_with_case
from minutes_parser.recognise.rows import META
from minutes_parser.recognise.titles import access_of, data_beside, is_datum, neat, parts
from minutes_parser.text import Fragment, Line
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.files import linked_file
from minutes_parser.vocabulary.lines import (
    case_line,
    closed,
    document_number,
    folded,
)

_PLAIN: Style = (0.0, False, 0, False)


@dataclass(slots=True)
class Part:
    """A section on its way: its heading's mark, its fragments, its sub-sections."""

    kind: SectionKind
    heading: str
    start: int
    stop: int
    rule: str
    score: float
    style: Style
    day: str | None = None
    """The day that the heading of a decision or of a list of persons names, ISO 8601."""
    fragments: list[Fragment] = field(default_factory=list)
    line: Line | None = None
    """The line that the heading stands on; None without one."""
    kids: list[Part] = field(default_factory=list)

    @property
    def head(self) -> Fragment | None:
        """The heading as text, for the section that this one turns out to be a part of."""
        return Fragment(self.heading, self.start, 9.0, self.line) if self.line is not None else None

    def everything(self) -> list[Fragment]:
        """Own fragments, then the sub-sections' headings and fragments, in document order."""
        out = list(self.fragments)
        for kid in self.kids:
            if (head := kid.head) is not None:
                out.append(head)
            out += kid.everything()
        return out


@dataclass(slots=True)
class Case:
    """An item on its way."""

    number: str | None
    title: str
    start: int
    stop: int
    rule: str
    score: float
    parts: list[Part] = field(default_factory=list)
    case_number: str | None = None
    document_number: str | None = None
    access: Access | None = None
    closed: bool = False
    inner: list[Part] = field(default_factory=list)
    """Lists of attachments inside a section's list: their lines stay in the text."""
    loose: list[Part] = field(default_factory=list)
    """Links to files behind a section's text, under no heading of their own: they are no part of it."""


def every(parts: list[Part]) -> list[Part]:
    """The parts and their sub-sections, in document order."""
    found: list[Part] = []
    for part in parts:
        found.append(part)
        if part.kids:
            found += every(part.kids)
    return found


class CaseReader:
    """Reads the items of one document; labels each stretch in the account, adds to `findings` what is doubtful."""

    def __init__(
        self,
        account: Account,
        heads: Mapping[int, Mark],
        groups: frozenset[int],
        tail: frozenset[int],
        numbers: Mapping[int, str],
        *,
        numbers_last: bool,
    ) -> None:
        self.account = account
        self.heads = heads
        text = account.text.text
        self.last_heading = next(
            (at for at in sorted(heads, reverse=True) if not closes(text[at : heads[at].span.stop])), -1
        )
        """Where the last heading begins that is none of the page's own, such as `Kontakt`."""
        self.groups = groups
        """Offsets of the titles of groups of items."""
        self.tail = tail
        """Units that belong to the web page's end."""
        self.numbers = numbers
        """Case numbers in a form of the document's own, by the offsets of their lines."""
        self.numbers_last = numbers_last
        """Whether items end with their case numbers."""
        self.findings: list[Finding] = []

    def read(self, mark: Mark, units: list[Unit], *, last: bool) -> Case:
        """The case that `mark` opens, from all the units up to the next one's beginning."""
        case = _opened(mark)
        current: Part | None = None
        back = breaks = False
        before = heading = -1
        page: int | None = None
        title, long = fold(case.title), len(case.title) > 5
        end = mark.facts.get("stop", units[-1].stop if units else 0)
        final = max((n for n, u in enumerate(units) if u.label is None), default=0)
        named = False
        column = -1
        names = signatures(units, self.heads) if last else len(units)
        numbered = self._numbered_at(mark, units)
        loose = self._loose(mark, units)
        for position, unit in enumerate(units):
            start, stop = unit.start, unit.stop
            if unit.label is not None:
                self.account.label(start, stop, unit.label)
                breaks = True
                continue
            breaks = breaks or (unit.line.page != page and page is not None)
            page = unit.line.page
            if stop > case.stop:
                case.stop = stop
            if start < mark.span.start:
                self._meta(case, unit)
                continue
            if start < mark.span.stop:
                current = self._titled(case, mark, unit) or current
                continue
            back = back or start >= end or (last and (position >= names or self._is_back(unit)))
            if unit.column == META:
                self.account.label(start, stop, Label.ITEM_META)
                continue
            if back or position == final or start in self.groups or unit.index in self.tail:
                label = self._outside(mark, unit, final=position == final, back=back, last=last)
                if label is not None:
                    self.account.label(start, stop, label)
                    continue
            if start < heading:
                self.account.label(start, stop, Label.HEADING)
                continue
            if position in loose:
                self._file(case, unit, current)
                continue
            head = self.heads.get(start)
            if head is not None and current is None and labelled_number(units, position):
                head = None  # `Journalnummer` above its value, among the item's data
            if current is not None and (head is not None or case.inner):
                head = None if self._inner_list(case, head, unit, before, breaks) else head
            before = stop
            if head is not None:
                heading = head.span.stop
                current = self._open(case, head, unit)
                breaks = False
                continue
            started = current is not None and bool(current.fragments)
            if started and long and title.startswith(fold(unit.text[:4])) and title == fold(unit.text):
                self.account.label(start, stop, Label.ITEM_TITLE)
                breaks = True
                continue
            meta = not started and self._is_meta(case, unit, current)
            meta = meta or (
                self.numbers_last and position == final and case.case_number is None and ends_with_case(unit)
            )
            if meta or (current is None and (named or position < numbered)):
                self._meta(case, unit, named=named)
                named = not named and fold(unit.text) in labels()
                column = case_column(unit)
                continue
            if current is None and column >= 0 and len(unit.line.cells) > column:
                self._row(case, unit, column)
                column = -1
                continue
            if current is None:
                current = _unheaded(start, start)
                case.parts.append(current)
            self._add(current, unit.text, start, unit, gap=unit.gap, breaks=breaks)
            if current is case.parts[0] and current.kind is SectionKind.ANDET:
                _numbered(case, current)
            breaks = False
        _nest(case)
        return case

    def _loose(self, mark: Mark, units: list[Unit]) -> set[int]:
        """Links to files with no text behind them before the next heading or the item's end."""
        found: set[int] = set()
        trailing = True
        for position in range(len(units) - 1, -1, -1):
            unit = units[position]
            if unit.label is not None:
                continue
            if unit.start < mark.span.stop:
                break
            if unit.start in self.heads:
                trailing = True
            elif trailing and unit.first and file_line(unit.line):
                found.add(position)
            else:
                trailing = False
        return found

    def _file(self, case: Case, unit: Unit, current: Part | None) -> None:
        """A link to a file: of the list that is open, else an attachment of the item under no heading."""
        if current is not None and current.kind is SectionKind.BILAG:
            self._add(current, unit.text, unit.start, unit, gap=unit.gap, breaks=False)
            return
        if not case.loose:
            case.loose.append(Part(SectionKind.BILAG, "", unit.start, unit.stop, "attachment.link", 0.8, _PLAIN))
        case.loose[0].fragments.append(Fragment(unit.text, unit.start, 1.0, unit.line))
        case.loose[0].stop = unit.stop
        self.account.label(unit.start, unit.stop, Label.ATTACHMENT)

    def _numbered_at(self, mark: Mark, units: list[Unit]) -> int:
        """Where the case's number stands, when only short lines part it from the title: they are the item's data, too."""
        below = (n for n, u in enumerate(units) if u.label is None and u.start >= mark.span.stop)
        for n in itertools.islice(below, 6):
            text = units[n].text
            if case_line(text):
                return n
            longest = 90 if is_datum(text.lstrip("•·-* ")) else 60
            if len(text) > longest or text.endswith((".", ",", ";", ":")) or units[n].start in self.heads:
                break
        return -1

    def _titled(self, case: Case, mark: Mark, unit: Unit) -> Part | None:
        """Label the title's line; what follows the title on it is text under no heading."""
        self.account.label(unit.start, min(unit.stop, mark.span.stop), Label.ITEM_TITLE)
        rest = self.account.text.text[mark.span.stop : unit.stop]
        if not rest.strip():
            return None
        part = _unheaded(mark.span.stop, unit.stop)
        case.parts.append(part)
        self._add(part, rest.strip(), mark.span.stop + len(rest) - len(rest.lstrip()), unit, gap=9.0, breaks=False)
        return part

    def _outside(self, mark: Mark, unit: Unit, *, final: bool, back: bool, last: bool) -> Label | None:
        """The label of a line that is no part of the case: signatures, a group's heading, the web page's end.

        `final` says that no line of the case comes after, `last` that no case does.
        """
        if back:
            return Label.BACK
        if unit.start in self.groups:
            return Label.OTHER
        if final and unit.start not in self.heads:
            style = mark.facts.get("style")
            larger = style is not None and not last and _larger(unit.style, style)
            if larger or fold(unit.text) in folded("items", "groups"):
                return Label.OTHER
        if unit.index in self.tail:
            return Label.CHROME
        return None

    def _is_back(self, unit: Unit) -> bool:
        """Signatures and the like after the last item; a heading further down says that the item goes on."""
        return unit.start >= self.last_heading and closes(unit.text)

    def _inner_list(self, case: Case, head: Mark | None, unit: Unit, before: int, breaks: bool) -> bool:
        """Whether the heading stands inside a section's list; the lines under it name attachments and stay in the text."""
        if head is not None and head.facts.get("inner"):
            part = Part(SectionKind.BILAG, unit.text, unit.start, unit.stop, head.rule, 0.7, head.facts["style"])
            case.inner.append(part)
            return True
        open_ = bool(case.inner) and case.inner[-1].stop == before
        if open_ and head is None and not unit.line.marker and (unit.gap < 0.6 or not case.inner[-1].fragments):
            part = case.inner[-1]
            part.fragments.append(Fragment(unit.text, unit.start, unit.gap, unit.line, breaks))
            part.stop = unit.stop
        return False

    def _is_meta(self, case: Case, unit: Unit, current: Part | None) -> bool:
        """Whether the line is the item's own data: before its text, or a case number right under its first heading.

        Never behind text of the section that is open.
        """
        if current is not None:
            bare = case.case_number is None and not unit.text.endswith(".")
            return bare and bool(case_line(unit.text))
        if unit.start in self.numbers:
            return True
        if (number := unit.number_alone) is not None:
            return case.number in (None, number) or case_line(unit.text) is not None
        return is_data(unit, case.title)

    def _meta(self, case: Case, unit: Unit, *, named: bool = False) -> None:
        """Read a line of the item's own data; `named` where its label stands on the line before."""
        self.account.label(unit.start, unit.stop, Label.ITEM_META)
        if case.number is None and (found := unit.opening) and found.form == "word":
            case.number = found.number
        number = self.numbers.get(unit.start) or case_line(unit.text) or data_beside(unit.text) or None
        if number == case.number:
            number = None  # Sag nr. 62
        if named and number is None and case.case_number is None and CASE_LIKE.fullmatch(unit.text):
            number = unit.text
        if number and (case.case_number is None or _labelled_case(unit.text)):
            case.case_number = number
        case.document_number = case.document_number or document_number(unit.text)
        self._access(case, unit.text)

    def _row(self, case: Case, unit: Unit, column: int) -> None:
        """Read the row of the item's data below the row of their labels; the case's number stands in `column`."""
        self.account.label(unit.start, unit.stop, Label.ITEM_META)
        number = unit.line.cells[column].strip()
        if case.case_number is None and CASE_LIKE.fullmatch(number):
            case.case_number = number
        for cell in unit.line.cells:
            self._access(case, cell)

    def _access(self, case: Case, text: str) -> None:
        text = access_of(text) or text
        if closed(text) and len(text) < 60:
            case.access, case.closed = Access.CLOSED, True
        elif case.access is None and fold(text) in folded("items", "open"):
            case.access = Access.OPEN

    def _open(self, case: Case, head: Mark, unit: Unit) -> Part:
        """Open the section that the heading names; text on the heading's own line is its first."""
        start, stop = head.span.start, head.span.stop
        shown = self.account.text.text[start:stop].replace("\n", " ").strip()
        kind = _KINDS[head.value]
        day = next((d for _, _, d in dates(shown)), None) if kind in HEADED_BY_DAYS else None
        part = Part(kind, shown, start, stop, head.rule, head.score, head.facts["style"], day, line=unit.line)
        case.parts.append(part)
        self.account.label(start, min(stop, unit.stop), Label.HEADING)
        if doubt := _DOUBTS.get(head.rule):
            code, message = doubt
            self.findings.append(Finding(code, message.format(kind=head.value), Severity.INFO, start, stop))
        rest = unit.text[stop - unit.start :]
        if rest.strip():
            at = stop + len(rest) - len(rest.lstrip())
            self._add(part, rest.strip(), at, unit, gap=9.0, breaks=False)
        return part

    def _add(self, part: Part, text: str, start: int, unit: Unit, *, gap: float, breaks: bool) -> None:
        part.fragments.append(Fragment(text, start, gap, unit.line, breaks))
        stop = start + len(text)
        if stop > part.stop:
            part.stop = stop
        named = part.kind is SectionKind.BILAG and (names_attachment(text) or linked_file(unit.line))
        label = Label.ATTACHMENT if named else Label.BODY
        self.account.label(start, stop, label)


HEADED_BY_DAYS = frozenset((SectionKind.BESLUTNING, SectionKind.DELTAGERE))
"""Sections whose headings may name a body and the day when it met."""
_KINDS = {kind.value: kind for kind in SectionKind}
_UNKNOWN = (Code.UNKNOWN_HEADING, "looks like a heading, but the vocabulary does not know it")
_DOUBTS = {
    "heading.fuzzy": (Code.FUZZY_HEADING, "read as a heading '{kind}' in spite of a slip"),
    "heading.counted": _UNKNOWN,
    "heading.inline": _UNKNOWN,
    "heading.style": _UNKNOWN,
}


def _numbered(case: Case, first: Part) -> None:
    """Take the case's number from facts that the item prints under a heading of their own: label, and value on the next line."""
    label, value = ("", *(f.text for f in first.fragments[-2:]))[-2:]
    if case.case_number is None and fold(label) in folded("items", "case") and CASE_LIKE.fullmatch(value):
        case.case_number = value


def _opened(mark: Mark) -> Case:
    """The case as its title says it."""
    title, number, access = neat(mark.facts["title"])
    case = Case(mark.value or None, title, mark.facts["first"], mark.span.stop, mark.rule, mark.score)
    case.case_number = number or mark.facts.get("case")
    printed = mark.facts.get("access", "")
    """The line with the number, where it holds no title: `Lukket sag - Sagsnr. 2010/04411`."""
    shown = (printed, title, access, f"({access})" if access else "")
    case.closed = mark.facts.get("closed", False) or any(closed(text) for text in shown if text)
    if case.closed:
        case.access = Access.CLOSED
    elif access or mark.rule == "item.open-closed" or any(map(folded("items", "open").hold, parts(printed))):
        case.access = Access.OPEN
    return case


def _unheaded(start: int, stop: int) -> Part:
    return Part(SectionKind.ANDET, "", start, stop, "section.unheaded", 0.7, _PLAIN)


def _nest(case: Case) -> None:
    """Headings in a weaker look than the item's own are sub-sections; unknown ones among them are text."""
    known: dict[Style, int] = {}
    for part in case.parts:
        if part.heading and part.kind is not SectionKind.ANDET:
            known[part.style] = known.get(part.style, 0) + 1
    if not known:
        return
    main = max(known, key=lambda s: (known[s], s[0], s[1], s[3])) if len(known) > 1 else next(iter(known))
    nested: list[Part] = []
    for part in case.parts:
        weaker = part.heading and nested and _weaker(part.style, main) and nested[-1].heading
        if weaker and part.rule == "heading.style":
            parent = nested[-1].kids[-1] if nested[-1].kids else nested[-1]
            if (head := part.head) is not None:
                parent.fragments.append(head)
            parent.fragments += part.fragments
            parent.stop = max(parent.stop, part.stop)
            nested[-1].stop = max(nested[-1].stop, part.stop)
        elif weaker and part.rule != "heading.dated" and part.kind is not SectionKind.BESLUTNING:
            nested[-1].kids.append(part)
            nested[-1].stop = max(nested[-1].stop, part.stop)
        else:
            nested.append(part)
    case.parts = nested


def _larger(style: Style, title: Style) -> bool:
    """Whether a line is printed larger than the titles of items, or as a higher heading."""
    higher = bool(style[2]) and (not title[2] or style[2] < title[2])
    return higher or bool(style[0] and title[0] and style[0] > title[0] + 0.4)


def _weaker(style: Style, main: Style) -> bool:
    if main[2] and style[2]:
        return style[2] > main[2]
    if main[0] and style[0] and abs(main[0] - style[0]) > 0.4:
        return style[0] < main[0]
    if main[1] != style[1]:
        return main[1]
    return main[3] and not style[3]


def _labelled_case(text: str) -> bool:
    return re.match(r"sags?\s?-?(?:nr|id|nummer)", text, re.IGNORECASE) is not None
