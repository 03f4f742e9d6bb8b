"""Dates and times in every printed Danish form: a small grammar, since dateparser failed a third of them (measured)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from minutes_parser.vocabulary.words import words


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {name: n for n, names in enumerate(words()["dates"]["months"], 1) for name in names}


@lru_cache(maxsize=1)
def date_pattern() -> str:
    """A regular expression (no groups that capture) for a date in any printed form, year required."""
    month = "(?:" + "|".join(sorted(_months(), key=len, reverse=True)) + ")"
    day = "(?:" + "|".join(words()["dates"]["weekdays"]) + ")"
    year = r"(?:(?:19|20)\d\d|\d\d)(?!\d)"
    return (
        rf"(?:{day}(?: den| d\.)?,? ?)?(?:"
        rf"(?:19|20)\d\d-[01]?\d-[0-3]?\d(?!\d)"
        rf"|[0-3]?\d ?[./-] ?[01]?\d ?[./ -] ?{year}"
        rf"|[0-3]?\d\.?[ -]{{0,2}}{month}\.?[ -]{{0,2}}(?:19|20)\d\d(?!\d)"
        rf"|{month}\.? [0-3]?\d,? (?:19|20)\d\d(?!\d)"
        rf")"
    )


@lru_cache(maxsize=1)
def _date() -> re.Pattern[str]:
    return re.compile(date_pattern(), re.IGNORECASE)


@lru_cache(maxsize=1)
def _part() -> re.Pattern[str]:
    return re.compile(r"\d+|[^\W\d_]+")


def dates(text: str, limit: int | None = 2000) -> Iterator[tuple[int, int, str]]:
    """Yield start, stop and ISO date of each date with a year in the first `limit` characters of `text`; impossible
    ones are left out.

    >>> [d for _, _, d in dates("den 3. maj 2021, 04.12.2012, 14/2 2020, 2022-11-17 09:00, 3/5-21")]
    ['2021-05-03', '2012-12-04', '2020-02-14', '2022-11-17', '2021-05-03']
    """
    for found in _date().finditer(text if limit is None else text[:limit]):
        if found.start() and (text[found.start() - 1].isdigit() or text[found.start() - 1] in "./-"):
            continue
        day = iso(found.group())
        if day:
            yield found.start(), found.end(), day


def iso(text: str) -> str | None:
    """The date that `text` prints, as ISO 8601, or None when it is none."""
    day = month = year = 0
    weekdays = words()["dates"]["weekdays"]
    parts = [p.casefold() for p in _part().findall(text)]
    parts = [p for p in parts if p not in weekdays and p not in ("den", "d")]
    if len(parts) != 3:
        return None
    names = [p for p in parts if not p.isdigit()]
    if names:
        month = _months().get(names[0], 0)
        numbers = [p for p in parts if p.isdigit()]
        if len(numbers) != 2:
            return None
        day, year = int(numbers[0]), int(numbers[1])
    elif len(parts[0]) == 4:
        year, month, day = map(int, parts)
    else:
        day, month, year = map(int, parts)
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


_TIME = re.compile(r"(?<!\d)([01]?\d|2[0-3]) ?[.:,] ?([0-5]\d)(?:[.:][0-5]\d)?(?! ?(?:%|kr|mio|\d))")
_HOUR = re.compile(r"\bkl\.? ?([01]?\d|2[0-3])\b(?![.:,]\d)", re.IGNORECASE)


def times(text: str) -> list[tuple[int, str]]:
    """Place and HH:MM of each time of day in `text`, in order.

    >>> times("kl. 13.00-15.20"), times("Kl 9"), times("19,30")
    ([(4, '13:00'), (10, '15:20')], [(0, '09:00')], [(0, '19:30')])
    """
    found = [(m.start(), f"{int(m[1]):02}:{m[2]}") for m in _TIME.finditer(text)]
    found += [(m.start(), f"{int(m[1]):02}:00") for m in _HOUR.finditer(text)]
    return sorted(found)
