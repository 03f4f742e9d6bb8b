"""Which lines give the items' case numbers, in a form of the document's own that no vocabulary lists?"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Sequence

from minutes_parser.marks import Mark
from minutes_parser.recognise.context import Unit
from minutes_parser.vocabulary.dates import dates, hours
from minutes_parser.vocabulary.lines import case_line

_LONGEST = 40
_TIMES = 3
_SHARE = 0.6
_DISTINCT = 0.8


def numbers_below(titles: Sequence[Mark], units: Sequence[Unit], heads: Container[int]) -> dict[int, str]:
    """The case number by the offset of its line: `BR 2021/117-4 · mk` right below most items' titles.

    Digits in one form below at least three titles, and below most: nothing else is printed so. Empty where a line has words
    or a date, or where a form that is known stands there.
    """
    below: list[tuple[int, str, str]] = []
    live = iter([u for u in units if u.label is None])
    for title, after in itertools.zip_longest(titles, titles[1:]):
        unit = next((u for u in live if u.start >= title.span.stop), None)
        if unit is None:
            break
        inside = after is None or unit.start < after.facts["first"]
        if not inside or unit.start in heads or len(unit.text) > _LONGEST or case_line(unit.text) is not None:
            continue
        number = _NUMBER.search(unit.text)
        dated = number is not None and any(stop - start >= len(number[0]) for start, stop, _ in dates(unit.text))
        dated = dated or bool(hours(unit.text)) or _YEARS.search(unit.text) is not None
        if number and not dated and _WORD.search(unit.text.replace(number[0], "")) is None:
            below.append((unit.start, number[0], _form(unit.text)))
    forms = Counter(form for _, _, form in below)
    form, found = forms.most_common(1)[0] if forms else ("", 0)
    distinct = {number for _, number, own in below if own == form}
    if found < _TIMES or found < _SHARE * len(titles) or len(distinct) < _DISTINCT * found:
        return {}
    return {start: number for start, number, own in below if own == form}


def _form(text: str) -> str:
    """`BR 2021/117-4 · mk` as `A 0/0-0 · a`."""
    return re.sub(r"[a-zæøå]+", "a", re.sub(r"[A-ZÆØÅ]+", "A", re.sub(r"[0-9]+", "0", text)))


def numbers_last(titles: Sequence[Mark], units: Sequence[Unit]) -> bool:
    """Whether two items at least, and half of all, end with a line that says nothing but a case's number."""
    bounds = [title.facts["first"] for title in titles[1:]]
    live = [u for u in units if u.label is None]
    places = [u.start for u in live]
    lasts = [bisect_left(places, stop) - 1 for stop in bounds] + [len(live) - 1]
    found = sum(n >= 0 and ends_with_case(live[n]) for n in lasts)
    return found > 1 and found >= len(titles) / 2


def ends_with_case(unit: Unit) -> bool:
    """Whether a line says nothing but a case's number, as an item's last line may."""
    return len(unit.text) < 60 and not unit.text.endswith(".") and bool(case_line(unit.text))


_NUMBER = re.compile(r"(?:[A-ZÆØÅ]{1,8}[ -]?[0-9](?:[\w./-]*[0-9]){3}|[0-9][\w.]*[/-](?:[\w./-]*[0-9]){2})[\w./-]*")
"""Four digits or more, capitals in front or signs between them."""
_YEARS = re.compile(r"(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d")
_WORD = re.compile(r"[a-zæøå]{5}|(?:kr|kl|tlf|matr)\b", re.IGNORECASE)
