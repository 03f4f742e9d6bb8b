"""Dates and times in every printed Danish form: a small grammar, since dateparser failed a third of them (measured)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from minutes_parser.vocabulary.words import words

LONGEST = 2000
"""Characters of a line that are looked at."""


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {name: n for n, names in enumerate(words()["dates"]["months"], 1) for name in names}


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, int]:
    return {name: n for n, name in enumerate(words()["dates"]["weekdays"])}


def _either(group: str) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(words()["dates"][group], key=len, reverse=True)) + ")"


def _month() -> str:
    return "(?:" + "|".join(sorted(_months(), key=len, reverse=True)) + ")"


@lru_cache(maxsize=1)
def date_pattern() -> str:
    """A regular expression (no groups that capture) for a date in any printed form, year required."""
    month, day = _month(), _either("weekdays")
    year = r"(?:(?:19|20)\d\d|\d\d)(?!\d|[.:]\d)"
    range_ = rf"(?:[0-3]?\d\.? ?{_either('until')} ?)?"
    return (
        rf"(?:{day}(?: {_either('before')})?,? ?)?(?:"
        rf"(?:19|20)\d\d[-./][01]?\d[-./][0-3]?\d(?!\d)"
        rf"|[01]?\d/[0-3]?\d/(?:19|20)\d\d(?!\d)"
        rf"|(?<!\d)[0-3]?\d ?[./-] ?[01]?\d ?[./ -] ?{year}"
        rf"|{range_}[0-3]?\d\.?[ -]{{0,2}}{month}[.,]?[ -]{{0,2}}(?:(?:19|20)\d\d(?!\d)|['’]\d\d(?!\d))"
        rf"|{month}\.? [0-3]?\d(?:st|nd|rd|th)?,? (?:19|20)\d\d(?!\d)"
        rf")"
    )


@lru_cache(maxsize=1)
def _date() -> re.Pattern[str]:
    return re.compile(date_pattern(), re.IGNORECASE)


_PART = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    """The words of a date before its first number: `fredag den`, `maj`."""
    day = rf"{_either('weekdays')}(?: {_either('before')})?,? ?"
    return re.compile(rf"(?<![^\W\d_])(?:(?:{day})?{_month()}\.? ?|{day})$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _leading() -> frozenset[str]:
    """What a number may follow that a date does not begin with."""
    return frozenset((*_weekdays(), *_months(), *(w.rstrip(".") for w in words()["dates"]["before"])))


_LEAD = 28
"""Characters before the first number of a date."""
_NUMBER = re.compile(r"\d+")
_SIGN = re.compile(r"[0-9'’](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=['’])\d\d|(?<=\d) ?[./-] ?\d{1,2} ?[./ -] ?\d\d)")
"""What every date with a year holds; looked for first, for the date itself costs a hundred times as much."""
_BEFORE, _AFTER = 44, 20
"""Characters of a date before and after that: `fredag den 3. til 5. september 2020`, `2022-11-17`."""
_AFTERNOON = re.compile(r" \d{1,2}:\d\d(?::\d\d)? [AP]M\b")


def signs(text: str) -> Iterator[int]:
    """Where something stands that every date with a year holds."""
    return (found.start() for found in _SIGN.finditer(text))


def dates(text: str, limit: int | None = LONGEST) -> Iterator[tuple[int, int, str]]:
    """Yield start, stop and ISO date of each date with a year in the first `limit` characters of `text`; impossible
    ones are left out.

    Of days from … to … the first one counts. A case number is none, and neither are two times of day.

    >>> [d for _, _, d in dates("den 3. maj 2021, 04.12.2012, 14/2 2020, 2022-11-17 09:00, 3/5-21")]
    ['2021-05-03', '2012-12-04', '2020-02-14', '2022-11-17', '2021-05-03']
    >>> list(dates("85.02.02-G01-1-17, kl. 19.10-20.30"))
    []
    """
    text = text if limit is None else text[:limit]
    pattern, after = _date(), 0
    for year in _SIGN.finditer(text):
        begin, end = max(after, year.start() - _BEFORE), min(len(text), year.end() + _AFTER)
        for number in _NUMBER.finditer(text, begin, end):
            if number.start() < after:
                continue
            first = _begin(text, begin, number.start())
            found = pattern.match(text, first, end)
            if not found and first < number.start():
                found = pattern.match(text, number.start(), end)
            if not found or not _apart(text, found):
                continue
            shown = found.group()
            american = "/" in shown and _AFTERNOON.match(text, found.end()) is not None
            if day := iso(shown, american=american):
                yield found.start(), found.end(), day
                after = found.end()
                if after >= year.end():
                    break


def _begin(text: str, begin: int, number: int) -> int:
    """Where a date begins that has its first number at `number`: at a weekday or a month before it."""
    words = text[max(begin, number - _LEAD) : number].rstrip(" ,.").rsplit(None, 1)
    if not words or words[-1].casefold() not in _leading():
        return number
    lead = _lead().search(text, max(begin, number - _LEAD), number)
    return lead.start() if lead else number


def _apart(text: str, found: re.Match[str]) -> bool:
    """Whether numbers that look like a date stand for themselves: no end of a case number, no hours."""
    before, shown = text[found.start() - 1] if found.start() else " ", found.group()
    glued = before.isalpha() and any(c.isalpha() for c in shown)  # den18. august
    return not ((before.isalnum() and not glued) or before in "./-" or _clock_before(text, found.start(), shown))


def _clock_before(text: str, at: int, shown: str) -> bool:
    """Whether the numbers are hours: `kl. 19.10-20`."""
    return shown[0].isdigit() and text[max(0, at - 9) : at].rstrip(" .").casefold().endswith(_clock_words())


@lru_cache(maxsize=1)
def _clock_words() -> tuple[str, ...]:
    return tuple(w.rstrip(".") for w in words()["dates"]["clock"])


def iso(text: str, *, american: bool = False) -> str | None:
    """The date that `text` prints, as ISO 8601, or None when it is none; `american` ones name the month first."""
    day = month = year = 0
    skipped = _skipped()
    parts = [p for p in _PART.findall(text.casefold()) if p not in skipped]
    names = [p for p in parts if not p.isdigit()]
    numbers = [int(p) for p in parts if p.isdigit()]
    if names:
        month = _months().get(names[0], 0)
        if len(names) != 1 or not 2 <= len(numbers) <= 3:
            return None
        day, year = numbers[0], numbers[-1]
    elif len(numbers) != 3:
        return None
    elif len(parts[0]) == 4:
        year, month, day = numbers
    else:
        day, month, year = numbers
        if american or (month > 12 >= day and "/" in text):
            day, month = month, day
    if year < 100:
        year += 2000 if year < 70 else 1900
    return _valid(year, month, day)


@lru_cache(maxsize=1)
def _skipped() -> frozenset[str]:
    """The words of a date that tell neither its day nor its month."""
    before = (w.rstrip(".") for group in ("before", "until") for w in words()["dates"][group])
    return frozenset((*_weekdays(), *before, "st", "nd", "rd", "th"))


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _yearless() -> re.Pattern[str]:
    month, day, before = _month(), _either("weekdays"), _either("before")
    return re.compile(
        rf"\b(?:({day}),? (?:{before} ?)?|{before} ?)([0-3]?\d)(?:\.? ?({month})\b|/([01]?\d)\b(?!/))", re.IGNORECASE
    )


def dates_in(text: str, years: tuple[int, ...]) -> Iterator[tuple[int, int, str]]:
    """Yield start, stop and ISO date of each date without a year, `onsdag den 5. juni`, in the year that fits.

    It fits when the weekday says so, or when only one year is to choose from and no weekday is printed.

    >>> list(dates_in("tirsdag den 5. november kl. 19", (2012, 2013)))
    [(0, 23, '2013-11-05')]
    """
    if _NUMBER.search(text) is None:
        return
    low = text[:LONGEST].lower()
    if "/" not in low and not any(map(low.__contains__, _months())):
        return
    for found in _yearless().finditer(text[:LONGEST]):
        month = _months().get((found[3] or "").casefold()) or int(found[4] or 0)
        days = [d for year in years if (d := _valid(year, month, int(found[2])))]
        if found[1]:
            weekday = _weekdays()[found[1].casefold()]
            days = [d for d in days if date.fromisoformat(d).weekday() == weekday]
        if len(set(days)) == 1:
            yield found.start(), found.end(), days[0]


_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d./]|-\d{2,})|(?<=\d[-/])20\d\d(?!\d)")


def years(text: str) -> tuple[int, ...]:
    """The years that a line prints by themselves.

    >>> years("Byrådet 2013, møde nr. 3-2019, sag 2016-55551")
    (2013, 2019)
    """
    return tuple(int(y) for y in _YEAR.findall(text[:LONGEST]))


@lru_cache(maxsize=1)
def _time() -> re.Pattern[str]:
    clock = "(?:" + "|".join(re.escape(w.rstrip(".")) for w in words()["dates"]["clock"]) + ")"
    return re.compile(
        r"(?<!\d)(?<!\d[.:])([01]?\d|2[0-4])(?: ?[.:,] ?([0-5]\d))(?:[.:][0-5]\d)?(?: ?([AP])M\b)?(?! ?(?:%|kr|mio|mia|\d))"
        rf"|\b{clock}\.? ?([01]?\d|2[0-4])([0-5]\d)?\b(?![.:,]\d)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _hour_after() -> re.Pattern[str]:
    clock = "(?:" + "|".join(re.escape(w.rstrip(".")) for w in words()["dates"]["clock"]) + ")"
    return re.compile(
        rf" ?{_either('until')} ?(?:{_either('about')} ?)?(?:{clock}\.? ?)?([01]?\d|2[0-4])\b(?! ?[.:,/] ?\d|\. ?[a-zæøå]|\d)",
        re.IGNORECASE,
    )


def clock(text: str) -> list[tuple[int, int, str]]:
    """Start, stop and HH:MM of each time of day in `text`, in order; dates in it must be out.

    >>> clock("kl. 13-16 i salen")
    [(0, 6, '13:00'), (7, 9, '16:00')]
    """
    found: list[tuple[int, int, str]] = []
    for match in _time().finditer(text[:LONGEST]):
        if found and match.start() < found[-1][1]:
            continue
        hour, minute = int(match[1] or match[4]), match[2] or match[5] or "00"
        if match[3]:
            hour = hour % 12 + (12 if match[3] in "pP" else 0)
        found.append((match.start(), match.end(), f"{hour % 24:02}:{minute}"))
        after = _hour_after().match(text, match.end())
        if after:
            found.append((after.start(1), after.end(1), f"{int(after[1]) % 24:02}:00"))
    return found


def times(text: str) -> list[tuple[int, str]]:
    """Place and HH:MM of each time of day in `text`, in order; dates in it must be out.

    >>> times("kl. 13.00-15.20"), times("Kl 9"), times("19,30")
    ([(4, '13:00'), (10, '15:20')], [(0, '09:00')], [(0, '19:30')])
    >>> [t for _, t in times("4:00:00 PM")]
    ['16:00']
    """
    return [(start, time) for start, _, time in clock(text)]


def hours(text: str) -> list[str]:
    """The times of day in `text`, in order, its dates left out.

    >>> hours("3/5-21 kl.17.30-19. 45")
    ['17:30', '19:45']
    """
    return [time for _, _, time in clock(without_dates(text))]


def without_dates(text: str) -> str:
    """The text with blanks for its dates: every other character keeps its place."""
    for start, stop, _ in dates(text):
        text = text[:start] + " " * (stop - start) + text[stop:]
    return text
