"""Which body met, when, where?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.kinds import Label
from minutes_parser.recognise.bodies import Named, body_in, common, definite, heading_body, is_body, named
from minutes_parser.recognise.closing import meeting_ended, meeting_opened
from minutes_parser.recognise.context import Context, Unit
from minutes_parser.recognise.labels import head_of, label_of, labelled
from minutes_parser.recognise.places import clean_place, held, introduced, is_place, leads, place_after, place_line
from minutes_parser.vocabulary import fold, shortest
from minutes_parser.vocabulary.dates import dates, dates_in, hours, years
from minutes_parser.vocabulary.letters import places
from minutes_parser.vocabulary.lines import folded, opening
from minutes_parser.vocabulary.words import words

_HEADLINE = 300
"""Characters; a longer line is no headline."""
_SURE = 2.5
"""A candidate of this weight stands against what the decisions' headings say."""


@dataclass(slots=True)
class Facts:
    """The meeting's facts, None where the document does not say."""

    body: str | None = None
    date: str | None = None
    start: str | None = None
    end: str | None = None
    place: str | None = None
    published: str | None = None


def facts(
    context: Context, low: str, front: list[Unit], tail: Sequence[Unit], headings: Sequence[tuple[str, str | None]]
) -> tuple[Facts, set[int]]:
    """The meeting's facts from the lines before the items, else from decisions' headings with the days that they name,
    and from the document's title.

    Never the day of publication, a deadline or an earlier meeting. The set holds the places in `front` that said something.
    """
    return _Reader(context, low, front).read(tail, headings)


class _Reader:
    """Weighs what the lines of one document say; the heaviest claim wins, the earlier one where two weigh the same."""

    def __init__(self, context: Context, low: str, front: list[Unit]) -> None:
        self.context = context
        self.low = low
        """The document's text in small letters."""
        self.front = front
        self.facts = Facts()
        self.used: set[int] = set()
        self.weights = {"body": 0.0, "date": 0.0}
        self.silent: set[int] = set()
        """Lines whose label says that they tell something else."""
        self.years: tuple[int, ...] = ()

    def read(self, tail: Sequence[Unit], headings: Sequence[tuple[str, str | None]]) -> tuple[Facts, set[int]]:
        front, result = self.front, self.facts
        title = self.context.text.title
        self.years = tuple(dict.fromkeys(y for text in [*(u.text for u in front[:40]), title] for y in years(text)))
        for fact, value, n in labelled(front):
            self._labelled(fact, value, n)
        self._dated(result.date)
        for n, unit in enumerate(front):
            self._headline(n, unit)
        self._around()
        self._decided(headings)
        self._elsewhere(tail, title)
        self._told([*front, *tail])
        return result, self.used

    # -- labels ---------------------------------------------------------------------------------------------------

    def _labelled(self, fact: str, value: str, n: int) -> None:
        if fact == "published":
            self.facts.published = self.facts.published or next((d for _, _, d in dates(value)), None)
            self.silent |= {n} | ({n + 1} if n + 1 < len(self.front) and self.front[n + 1].text == value else set())
            if self.facts.published:
                self.used.add(n)
        elif fact == "body":
            self._body_value(value, n)
        elif fact == "date":
            self._date_value(value, n)
        elif fact == "start":
            if self._clock(value) and next(dates(value), None) is None:
                self._place(place_after(value), n)
        elif fact == "end":
            times = hours(_despaced(value)[:60])
            if times and self.facts.end is None:
                self.facts.end = times[0]
                self.used.add(n)
        elif fact == "place" and is_place(value):
            text = self.front[n].text
            whole = text if value[:1].isdigit() and text.endswith(" " + value) and ":" not in text else value
            self._place(whole, n)

    def _body_value(self, value: str, n: int) -> None:
        if not value or len(value) > 120 or next(dates(value), None):
            return
        name = value.strip(" .:*|")
        if (inside := named(name)) and inside.rule == "body.line" and fold(inside.name) != fold(name):
            name = inside.name  # Referat - Kommunalbestyrelsen
        known = is_body(name) or body_in(name) is not None
        weight = 4.0 if known else 2.4
        if fold(name) in folded("bodies", "generic") or (not name[:1].isalpha() and not known):
            return
        self._claim("body", name, weight, n)

    def _date_value(self, value: str, n: int) -> None:
        found = self._day(value)
        if found is None:
            return
        start, stop, day = found
        if start > 60 or self._spoilt(value[:start]):
            return
        sure = any(w in self.front[n].text.casefold() for w in words()["meeting"]["date_sure"])
        near = 0.4 * bool(hours(value[stop : stop + 40])) + 0.4 * _weekday(value[start:stop])
        self._claim("date", day, 4.0 if sure else 3.0 + near, n)
        if self.facts.date == day:
            self._clock(value)
            self._place(place_after(value[stop:]), n)

    def _day(self, text: str) -> tuple[int, int, str] | None:
        return next(dates(text), None) or next(dates_in(text, self.years), None)

    def _claim(self, fact: str, value: str, weight: float, n: int) -> None:
        if weight > self.weights[fact]:
            self.weights[fact] = weight
            setattr(self.facts, fact, value)
            self.used.add(n)

    def _clock(self, text: str) -> bool:
        times = hours(_despaced(text)[:120])
        if not times:
            return False
        if self.facts.start is None:
            self.facts.start = times[0]
            if len(times) > 1 and self.facts.end is None and times[1] > times[0]:
                self.facts.end = times[1]
        return True

    def _place(self, value: str | None, n: int) -> None:
        if value and self.facts.place is None:
            self.facts.place = value.strip(" .:|*")
            self.used.add(n)

    # -- headlines ------------------------------------------------------------------------------------------------

    def _dated(self, day: str | None) -> None:
        """The lines that belong to other labels tell nothing of the meeting itself."""
        for n, unit in enumerate(self.front):
            found = label_of(unit.text)
            if found and found[2] and found[0] in _others():
                self.silent.add(n)

    def _headline(self, n: int, unit: Unit) -> None:
        text = unit.text
        if n in self.silent:
            return
        text = head_of(text) if len(text) > 60 else text
        if len(text) > _HEADLINE:
            return
        name = None if unit.element == "li" else named(text) or self._over_two_lines(n, text)
        if name:
            stem = definite(name.name, self.context.text.text) if name.stem else name.name
            self._claim("body", stem, name.weight - min(n, 50) * 0.002, n)
        days = [d for d in dates(text) if not self._spoilt(text[: d[0]])]
        if not days and (yearless := next(dates_in(text, self.years), None)) and not self._spoilt(text[: yearless[0]]):
            days = [yearless]
        if days and name is None and (noun := common(text)):
            self._claim("body", definite(noun, self.context.text.text), 1.5, n)
        counted = opening(text) is not None and not (name is not None and _document_word().search(text))
        if days and (not counted or days[0][0] < 2):
            self._claim("date", days[0][2], self._date_weight(text, days, named=name is not None), n)

    def _over_two_lines(self, n: int, text: str) -> Named | None:
        """`UDSKRIFT AF BYRÅDETS` / `FORHANDLINGSPROTOKOL`"""
        if len(text) > 80 or n + 1 >= len(self.front) or len(self.front[n + 1].text) > 40:
            return None
        found = named(f"{text} {self.front[n + 1].text}")
        return found if found and found.rule == "body.owner" else None

    def _date_weight(self, text: str, days: list[tuple[int, int, str]], *, named: bool) -> float:
        start, stop, _ = days[0]
        weight = 2.0
        weight += 0.6 * _weekday(text[start:stop]) + 0.5 * named + 0.5 * bool(_document_word().search(text))
        weight += 0.6 * bool(hours(text[stop : stop + 40]))
        weight -= 0.7 * (len(text) > 120) + 0.4 * (len({d for _, _, d in days}) > 1)
        return weight + 0.3 * (days[0][2] in {d for _, _, d in dates(self.context.text.title)})

    def _spoilt(self, before: str) -> bool:
        """Whether the words before a date say that it is not the meeting's."""
        return _not_meeting().search(before[-80:]) is not None

    def _around(self) -> None:
        """Hours and place that stand behind the day, or on the lines below it."""
        for n, unit in enumerate(self.front):
            text = unit.text
            if n in self.silent or len(text) > _HEADLINE:
                continue
            if self.facts.place is None and (place := held(text)):
                self._place(place, n)
                self._clock(text)
            found = self._day(text)
            if found and found[2] == self.facts.date and not self._spoilt(text[: found[0]]):
                self._clock(text[found[1] :])
                if not text.casefold().endswith(leads()):
                    self._place(place_after(text[found[1] :]), n)
                self.used.add(n)
            elif found is None and n and (n - 1 in self.used or (n > 1 and n - 2 in self.used)):
                self._below(n, text)

    def _below(self, n: int, text: str) -> None:
        """A line below the day: hours, `i Byrådssalen`, or a place by itself."""
        text = text.lstrip("•·*- ")
        found = label_of(text)
        if len(text) > 160 or (found and found[2]) or self._day(text) is not None:
            return
        if re.match(rf"(?:\S+ ){{0,3}}{_clock_start()}", text, re.IGNORECASE) and self._clock(text):
            self.used.add(n)
            self._place(place_after(text), n)
        elif self.facts.place is None and (place := introduced(text)):
            self._place(place, n)
        elif self.facts.place is None and self._torn(self.front[n - 1].text):
            self._place(clean_place(text) if text[:1].isupper() else None, n)
        elif self.facts.place is None and place_line(text) and named(text) is None and opening(text) is None:
            self._place(text, n)

    def _torn(self, above: str) -> bool:
        """Whether the line above has the day and breaks off right before the place."""
        return above.casefold().endswith(leads()) and self._day(above) is not None

    # -- elsewhere ------------------------------------------------------------------------------------------------

    def _decided(self, headings: Sequence[tuple[str, str | None]]) -> None:
        """The body and day most often named in the decisions' headings; the last one where they tie."""
        if min(self.weights.values()) >= _SURE:
            return
        pairs = [(heading_body(heading), day) for heading, day in headings]
        bodies = Counter(b for b, _ in pairs if b)
        if bodies and self.weights["body"] < _SURE:
            top = max(bodies.values())
            latest = max((d or "", b) for b, d in pairs if b and bodies[b] == top)
            self.facts.body = latest[1]
            self.weights["body"] = _SURE
        if self.weights["date"] < _SURE:
            mine = [
                d for b, d in pairs if d and (b is None or self.facts.body is None or fold(b) == fold(self.facts.body))
            ]
            days = Counter(mine or [d for _, d in pairs if d])
            if days:
                top = max(days.values())
                self.facts.date = max(d for d, count in days.items() if count == top)
                self.weights["date"] = _SURE

    def _elsewhere(self, tail: Sequence[Unit], title: str) -> None:
        """The document's title, the running headers, the lines right below an item's title."""
        result = self.facts
        if result.date is None and title:
            result.date = next((d for _, _, d in dates(title)), None)
        if result.body is None and title:
            result.body = body_in(title)
        for unit in tail[1:6]:
            day = self._day(unit.text) if result.date is None and len(unit.text) < 160 else None
            if day and day[0] < 60 and named(unit.text) and not self._spoilt(unit.text[: day[0]]):
                result.date = day[2]
                self._clock(unit.text[day[1] :])
        if result.body is None:
            result.body = next(
                (v for fact, v, _ in labelled(tail[:6]) if fact == "body" and is_body(v.strip(" .*"))), None
            )
            result.body = result.body.strip(" .*") if result.body else None
        if result.body is None:
            names = {u.text: named(u.text) for u in tail[1:4] if label_of(u.text) is None}
            result.body = next((f.name for f in names.values() if f and f.rule == "body.line"), None)
        if result.body and result.date:
            return
        margins = [
            u.text for u in self.context.units if u.label in (Label.FURNITURE, Label.CHROME) and len(u.text) < 160
        ]
        found = {fold(f.name): f.name for text in margins if (f := named(text)) and f.weight >= _SURE}
        if result.body is None and len(found) == 1:
            result.body = next(iter(found.values()))
        days = {d for text in margins for _, _, d in dates(text) if body_in(text)}
        if result.date is None and len(days) == 1:
            result.date = days.pop()

    def _told(self, units: Sequence[Unit]) -> None:
        """`Mødet sluttede kl. 19.11`, wherever it stands; the hour may stand on the next line."""
        result = self.facts
        for n in [] if result.end and result.start else self._hinted(units):
            if result.end and result.start:
                return
            text = units[n].text
            if len(text) > 600:
                continue
            if result.end is None and (found := meeting_ended().search(text)):
                behind = text[found.end() : found.end() + 40]
                if len(behind) < 8:
                    behind = f"{behind} {_beginning(units, n + 1)}"
                times = hours(_despaced(behind))
                result.end = times[0] if times else None
            if result.start is None and (found := meeting_opened().search(text)):
                times = hours(text[found.end() : found.end() + 25])
                result.start = times[0] if times else None

    def _hinted(self, units: Sequence[Unit]) -> list[int]:
        """The units with letters of a word that opens or ends a meeting, and a digit behind them or below: looked for in
        the whole text, that is cheap."""
        text = self.context.text.text
        starts = [unit.start for unit in units]
        found: set[int] = set()
        for sign, hints in _hints().items():
            for place in places(self.low, [sign]):
                for before, forms in hints:
                    if place >= before and text.startswith(forms, place - before):
                        n = bisect_right(starts, place - before) - 1
                        if _DIGIT.search(text, place, place + _NEAR) or _DIGIT.search(_beginning(units, n + 1)):
                            found.add(n)
        return sorted(n for n in found if n >= 0)


_DIGIT = re.compile(r"\d")
_NEAR = 120
"""Characters from such a word to the end of its hour, at most: `hævede` is the first of two words, 40 behind them are read."""


def _beginning(units: Sequence[Unit], n: int) -> str:
    """The first letters of a unit, where an hour may stand that belongs to the line above."""
    return units[n].text[:12] if n < len(units) else ""


@lru_cache(maxsize=1)
def _hints() -> dict[str, list[tuple[int, tuple[str, str, str]]]]:
    """Letters that several hints share, and how each goes on: where it begins before them, and how it may be printed."""
    hints = words()["told"]["hints"]
    found: dict[str, list[tuple[int, tuple[str, str, str]]]] = {}
    for sign in shortest(hint.lower().strip(" :") for hint in hints):
        found[sign] = [
            (hint.lower().index(sign), (hint, hint.capitalize(), hint.upper()))
            for hint in hints
            if sign in hint.lower()
        ]
    return found


@lru_cache(maxsize=1)
def _others() -> frozenset[str]:
    """Labels of what is no fact of the meeting itself."""
    groups = ("other", "published", "absent", "present", "staff", "substitute")
    mine = folded("meeting", "date") | folded("meeting", "minutes") | folded("meeting", "agenda")
    return frozenset().union(*(folded("meeting", group) for group in groups)) - mine


# -- words ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _not_meeting() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words()["told"]["not_meeting"]) + r")", re.IGNORECASE)


@lru_cache(maxsize=1)
def _document_word() -> re.Pattern[str]:
    kinds = [*words()["meeting"]["minutes"], *words()["meeting"]["agenda"], *words()["bodies"]["meetings"]]
    return re.compile("|".join(kinds), re.IGNORECASE)


@lru_cache(maxsize=1)
def _either_weekday() -> str:
    return "(?:" + "|".join(words()["dates"]["weekdays"]) + ")"


def _weekday(day: str) -> bool:
    return re.match(_either_weekday(), day, re.IGNORECASE) is not None


@lru_cache(maxsize=1)
def _clock_start() -> str:
    names = "|".join(re.escape(w.rstrip(".")) for w in words()["dates"]["clock"])
    return rf"(?:{names})\b\.? ?\d"


def _despaced(value: str) -> str:
    """Hours that OCR tore apart, `1 8.3 0`, put together."""
    if len(value) < 40 and re.search(r"\b\d \d[.:]\d ?\d?\b|\d[.:]\d \d\b", value):
        return re.sub(r"(?<=[\d.:]) (?=[\d.:])", "", value)
    return value
