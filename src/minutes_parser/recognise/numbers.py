"""Which lines give the items' case numbers, in a form of the document's own that no vocabulary lists?"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Container, Sequence

from minutes_parser.marks import Mark
from minutes_parser.recognise.context import Unit
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import case_line

_LONGEST = 40
_TIMES = 3
_SHARE = 0.6


def numbers_below(titles: Sequence[Mark], units: Sequence[Unit], heads: Container[int]) -> dict[int, str]:
    """The case number by the offset of its line: `BR 2021/117-4 · mk` right below most items' titles.

    Digits in one form below at least three titles, and below most: nothing else is printed so. Empty where a line has words
    or a date, or where a form that is known stands there.
    """
    below: list[tuple[int, str, str]] = []
    found = 0
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
        if number and not dated and _WORD.search(unit.text.replace(number[0], "")) is None:
            below.append((unit.start, number[0], _form(unit.text)))
    forms = Counter(form for _, _, form in below)
    form, found = forms.most_common(1)[0] if forms else ("", 0)
    if found < _TIMES or found < _SHARE * len(titles):
        return {}
    return {start: number for start, number, own in below if own == form}


def _form(text: str) -> str:
    """`BR 2021/117-4 · mk` as `A 0/0-0 · a`."""
    return re.sub(r"[a-zæøå]+", "a", re.sub(r"[A-ZÆØÅ]+", "A", re.sub(r"[0-9]+", "0", text)))


_NUMBER = re.compile(r"(?:[A-ZÆØÅ]{1,8}[ -]?)?[0-9](?:[\w./-]*[0-9]){3}[\w./-]*")
"""Four digits or more, signs between them, capitals in front."""
_WORD = re.compile(r"[a-zæøå]{5}")
