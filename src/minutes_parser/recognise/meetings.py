"""Does the file hold several meetings, and where does each begin?

A file of a whole year prints the head of a meeting again and again: the same labels, the word for minutes, a body, a day,
those who met, then items that are counted from one. Days and bodies stand in running text, in histories and in lists of
attachments, too: what tells a head is that it looks like the first one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.kinds import Label, SectionKind
from minutes_parser.marks import Mark
from minutes_parser.recognise.bodies import body_in
from minutes_parser.text import Line, SourceText
from minutes_parser.vocabulary import fold, vocabulary
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import Opening, folded, opening
from minutes_parser.vocabulary.words import words

_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-] ?\d{2}\b")
_ABOVE, _BELOW = 6, 14
"""Lines of a head before and after the line with its day; people are listed below that."""
_LATEST = 150
"""Lines in which the first head stands, if there is one."""
_FIRST = 40
"""Lines after a head in which its first item stands."""
_ALIKE = 3
"""Lines that two heads have in common: labels, the word for minutes, names of those who met."""
_CASES = frozenset((SectionKind.BESLUTNING, SectionKind.INDSTILLING))


@dataclass(slots=True)
class _Head:
    """A meeting's head: the line with its day, the first line, the day, the body; without days and numbers its lines
    and the one with its day."""

    at: int
    first: int
    day: str
    body: str | None
    shape: frozenset[str]
    line: str


def borders(text: SourceText, marks: Sequence[Mark]) -> list[int]:
    """The lines (from 0) with which each meeting after the first begins; empty for a file of one meeting.

    Guaranteed: between two borders, and before the first and after the last, stands something that was decided,
    recommended or numbered.
    """
    lines = text.lines
    dated = [n for n, line in enumerate(lines) if _may_date(line.text)]
    if len(dated) < 2:
        return []
    skipped = {m.span.start for m in marks if m.label in (Label.FURNITURE, Label.CHROME)}
    reader = _Reader(lines, [n for n, line in enumerate(lines) if line.start not in skipped])
    heads: list[_Head] = []
    for n in dated:
        if lines[n].start in skipped or (heads and n - heads[-1].at <= _ABOVE):
            continue
        if heads and not reader.may_head(n, heads[0]):
            continue
        day = _day(lines[n].text)
        head = reader.head(n, day, heads[-1] if heads else None) if day else None
        if head is not None:
            head.first = head.first if heads else 0
            heads.append(head)
        elif not heads and n > _LATEST:
            return []
    if len(heads) < 2:
        return []
    stops = [*(head.first for head in heads[1:]), len(lines)]
    held = [reader.cases(head.at, stop) for head, stop in zip(heads, stops, strict=True)]
    return [head.first for n, head in enumerate(heads) if n and held[n] and held[n - 1]]


def _may_date(line: str) -> bool:
    """Whether a line is no sentence and might hold a day."""
    if len(line) > 140 or line[-1] in ".,;" or not ("20" in line or "19" in line or "/" in line):
        return False
    return _YEAR.search(line) is not None


def _day(line: str) -> str | None:
    """The day of a line, None where it has none or the words before it say that it is another's."""
    found = next(dates(line), None)
    if found is None or any(word in _other_days() for word in re.findall(r"\w+", line[: found[0]].casefold())):
        return None
    return found[2]


@lru_cache(maxsize=1)
def _other_days() -> frozenset[str]:
    return frozenset(w for w in words()["told"]["not_meeting"] if " " not in w)


@lru_cache(maxsize=1)
def _dated() -> re.Pattern[str]:
    """Days, hours and numbers."""
    return re.compile(
        r"\d[\d.:,/ -]*(?:[^\W\d_]{3,9}\.? \d{4})?|\b(?:" + "|".join(words()["dates"]["weekdays"]) + r")\b"
    )


@lru_cache(maxsize=1)
def _document_words() -> frozenset[str]:
    """The first words of the names for minutes and agendas."""
    named = [*words()["meeting"]["minutes"], *words()["meeting"]["agenda"]]
    return frozenset(name.split(" ", 1)[0].casefold() for name in named)


@lru_cache(maxsize=1)
def _labels() -> tuple[frozenset[str], frozenset[str]]:
    """Labels of a head's facts, and of its lists of people."""
    facts = frozenset().union(*(folded("meeting", k) for k in ("date", "start", "end", "place", "body")))
    people = frozenset().union(*(folded("meeting", k) for k in ("present", "absent", "staff")))
    return facts, people


class _Reader:
    def __init__(self, lines: Sequence[Line], live: Sequence[int]) -> None:
        self.lines = lines
        self.live = live
        self.place = {n: k for k, n in enumerate(live)}

    def may_head(self, at: int, first: _Head) -> bool:
        """Whether a line with a year begins like the first head's, or the word for minutes stands on it or near above."""
        if _masked(self.lines[at].text, None)[:5] in (first.line[:5], _masked(self.lines[first.at].text, None)[:5]):
            return True
        words = _document_words()
        return any(
            self.lines[n].text.split(" ", 1)[0].rstrip(":.").casefold() in words for n in range(max(0, at - 5), at + 1)
        )

    def head(self, at: int, day: str, before: _Head | None) -> _Head | None:
        """The head around a line with a day, or None where too little speaks for one."""
        line = self.lines[at].text
        if vocabulary().heading(line, fuzzy=False) is not None or (opening(line) and not _begins_with_day(line)):
            return None
        k = self.place[at]
        above = [n for n in self.live[max(0, k - _ABOVE) : k] if before is None or n > before.at + 1]
        below = self.live[k + 1 : k + 1 + _BELOW]
        word, contents, facts, people = self._says([*above, at, *below])
        if word is None and not people and not facts:
            return None
        first = self._first(above, at, word)
        body = next(
            (b for n in [*(n for n in above if n >= first), at, *below[:4]] if (b := body_in(self.lines[n].text))), None
        )
        head = _Head(at, first, day, body, self._shape([*above, at, *below]), _masked(line, body))
        if before is None:
            return head
        if (before.day, before.body) == (day, body):
            return None
        if head.line == before.line and (top := self._top(before, at)) is not None:
            head.first = top
        alike = len(head.shape & before.shape)
        sure = (
            word is not None
            and bool(facts or people or contents)
            and self._restarts(before.at, at)
            and self._apart(first)
        )
        return head if (alike >= _ALIKE and head.line == before.line) or (alike and sure) else None

    def _top(self, before: _Head, at: int) -> int | None:
        """Where a head begins that has the same lines above its day as the one before."""
        for k in range(before.first, min(before.first + 3, before.at + 1)):
            sought = _masked(self.lines[k].text, before.body)
            for n in range(max(before.at + 1, at - (before.at - before.first) - 4), at + 1):
                if _masked(self.lines[n].text, None) == sought or (n == at and k == before.at):
                    return n - (k - before.first)
        return None

    def _shape(self, around: Sequence[int]) -> frozenset[str]:
        """The lines of a head without days, hours and numbers; no names of headings, no items."""
        shapes = set()
        for n in around:
            text = self.lines[n].text
            if len(text) > 140 or vocabulary().heading(text, fuzzy=False) is not None or self._opened(n):
                continue
            shapes.add(_masked(text, None))
        return frozenset(shape for shape in shapes if any(c.isalpha() for c in shape))

    def _apart(self, first: int) -> bool:
        """Whether a page or a wide gap ends above."""
        line = self.lines[first]
        return not first or line.page != self.lines[first - 1].page or (line.gap or 0.0) >= 2

    def _says(self, around: Sequence[int]) -> tuple[int | None, bool, int, int]:
        """The line with the word for minutes or agenda, whether a table of contents follows, labels of facts and of people."""
        minutes = folded("meeting", "minutes") | folded("meeting", "agenda")
        facts_, people_ = _labels()
        word: int | None = None
        contents = False
        facts = people = 0
        for n in around:
            text = self.lines[n].text
            label = fold(re.split(r"[:\t]", text, maxsplit=1)[0]) if len(text) < 200 else ""
            begin = fold(text.split(" ", 1)[0])
            if word is None and (begin in minutes or fold(text) in minutes) and len(text) < 120:
                word = n
            contents = contents or (fold(text) in folded("items", "toc") and fold(text) not in minutes)
            facts += label in facts_
            people += label in people_
        return word, contents, facts, people

    def _first(self, above: Sequence[int], at: int, word: int | None) -> int:
        """The head's first line: up to the word for minutes, and over names of bodies and authorities and the page's top."""
        first = min(at, word) if word is not None and word < at else at
        for n in reversed([n for n in above if n < first]):
            line = self.lines[n]
            short = len(line.text) < 100 and not line.text.endswith((".", ",", ":"))
            top = self.lines[at].page is not None and line.page == self.lines[at].page
            label = fold(re.split(r"[:\t]", line.text, maxsplit=1)[0]) in _labels()[0]
            if not label and not (short and (top or body_in(line.text) is not None or _owner(line.text))):
                break
            first = n
        return first

    def _restarts(self, last: int, at: int) -> bool:
        """Whether the items below are counted from one again, or from lower than above."""
        before = [o.value for n in self.live[self.place[last] : self.place[at]] if (o := self._opened(n))]
        after = next(
            (o.value for n in self.live[self.place[at] + 1 : self.place[at] + _FIRST] if (o := self._opened(n))), None
        )
        return bool(before) and after is not None and (after == (1,) or after < max(before)) and len(before) > 1

    def _opened(self, n: int) -> Opening | None:
        text = self.lines[n].text
        return opening(text) if len(text) < 200 and not _begins_with_day(text) else None

    def cases(self, start: int, stop: int) -> bool:
        """Whether something was decided, recommended, or counted in a stretch of lines."""
        numbered = 0
        for n in range(start + 1, stop):
            text = self.lines[n].text
            if len(text) < 160:
                hit = vocabulary().heading(text, fuzzy=False)
                if hit is not None and hit.kind in _CASES:
                    return True
                numbered += self._opened(n) is not None
        return numbered >= 3


def _masked(line: str, body: str | None) -> str:
    """A line without days, hours, numbers, and without the body's name."""
    return _dated().sub("0", (line.replace(body, "") if body else line).casefold()).strip()


def _begins_with_day(line: str) -> bool:
    return next((start for start, _, _ in dates(line)), 99) < 12


@lru_cache(maxsize=1)
def _owners() -> frozenset[str]:
    return frozenset(fold(w) for kinds in ("municipality", "region", "county") for w in words()["authority"][kinds])


def _owner(line: str) -> bool:
    """Whether a line ends or begins with the word for a municipality or region: `Fjordby Kommune`."""
    parts = line.split(" ")
    return len(parts) < 6 and (fold(parts[-1]) in _owners() or fold(parts[0]) in _owners())
