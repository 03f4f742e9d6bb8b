"""Finds the table of contents: the lines near the top that announce the items printed further down."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from minutes_parser.kinds import SectionKind
from minutes_parser.recognise.context import Context, Unit
from minutes_parser.recognise.titles import data_beside
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import folded, opening

_LEADERS = re.compile(r"(?:(?<!\.)\.{3,}|(?<!…)…+|(?: \.){3,}|(?<!_)_{3,}|\t)\s{0,20}[\divx]{0,4}$")

_COLUMN = re.compile(r"(?<!\s)\s{3,}\d{1,4}$")


def _leaders(text: str) -> re.Match[str] | None:
    """Dots, a rule or a tab and a page number at the line's end."""
    last = text[-1:]
    if last not in "0123456789ivx.…_" and not last.isspace() and not last.isdigit():
        return None
    tail = text[-400:]
    if last.isdigit() and "   " in tail:
        return _COLUMN.search(tail) and _COLUMN.search(text)
    if not ("..." in tail or "…" in tail or "\t" in tail or ". ." in tail or "___" in tail):
        return None
    return _LEADERS.search(text)


@dataclass(frozen=True, slots=True)
class Contents:
    """The announced items: number (or "") and title, in order; the units that hold them."""

    entries: tuple[tuple[str, str], ...]
    units: frozenset[int]


_CASE = frozenset(
    (
        SectionKind.INDSTILLING,
        SectionKind.SAGSFREMSTILLING,
        SectionKind.RESUME,
        SectionKind.BAGGRUND,
        SectionKind.OEKONOMI,
    )
)
"""Headings that stand in a case only: after three of them no table of contents begins."""
_ABOVE = frozenset((SectionKind.DELTAGERE, SectionKind.BESLUTNING, SectionKind.BILAG, SectionKind.ANDET))
"""Headings that may stand above a table of contents: `Referat`, `Fraværende`, `Bilag`."""


def contents(context: Context) -> Contents:
    """Read the table of contents; empty when the document has none.

    Guaranteed: every entry's title begins like a line that stands after the table.
    """
    units = [u for u in context.units if u.label is None]
    titles = _Titles(units)
    words = folded("items", "toc")
    limit = min(len(units), 400)
    best: list[int] = []
    n = 0
    passed = 0
    inside = False
    """Whether a case has begun: its own lists come again in the decision and announce nothing."""
    while n < limit and passed < 3:
        hit = units[n].hit
        passed += units[n].whole and hit is not None and hit.kind in _CASE
        headed = n > 0 and words.hold(units[n - 1].text) and not (n > 1 and _number_alone(units[n - 2]))
        leaders = _leaders(units[n].text) is not None and len(units[n].text) < 300
        inside = inside or (units[n].whole and hit is not None and hit.kind not in _ABOVE)
        listed = inside or (n > 0 and units[n - 1].whole)
        if (
            (units[n].whole and not headed)
            or (listed and not (headed or leaders))
            or not (headed or leaders or units[n].opening)
            or titles.match(n) is None
        ):
            n += 1
            continue
        run = _run(n, units, titles)
        enough = 1 if headed and len(run) == 1 and leaders else 2 if headed or leaders else 3
        if len(run) >= enough and len(run) > len(best):
            best = run
        n = run[-1] + 1 if run else n + 1
    if not best:
        return Contents((), frozenset())
    last = best[-1]
    announced = {titles.key(k) for k in best}
    while last + 1 < len(units) and _announces(units[last + 1]) and titles.match(last + 1) is None:
        key = titles.key(last + 1)
        if key in announced or any(_alike(key, other) for other in announced):
            break  # the first item itself
        last += 1
    held = set(range(best[0], last + 1))
    if best[0] > 0 and words.hold(units[best[0] - 1].text):
        held.add(best[0] - 1)
    return Contents(tuple(_entries(units[best[0] : last + 1])), frozenset(units[k].index for k in held))


def _alike(one: str, other: str) -> bool:
    """Whether two keys are of one title, of which either may be wrapped."""
    return one == other or (len(one) > 14 and other.startswith(one)) or (len(other) > 14 and one.startswith(other))


def _number_alone(unit: Unit) -> bool:
    """Whether the next line is an item's title, even when it says `Dagsorden`."""
    found = unit.opening if len(unit.text) < 30 else None
    return found is not None and not unit.text[found.title :].strip()


def _key(unit: Unit) -> str:
    """What tells two printings of a title apart: without number, leaders and page."""
    text = unit.text
    if len(text) > 250:
        return ""
    found = unit.opening
    if found and text[found.title :].strip():
        text = text[found.title :]
        if data_beside(text.strip()) is not None:
            return ""  # `Sag nr. 77      Åben sag`
    leaders = _leaders(text)
    text = text[: leaders.start()] if leaders else text
    return fold(text)


class _Titles:
    """Which lines begin alike. Most lines are never asked about: they are folded when they are."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        self.keys: dict[int, str] = {}
        self.alike: dict[str, list[int]] = {}
        """Line numbers by the first two letters of their keys."""

    def key(self, n: int) -> str:
        known = self.keys.get(n)
        if known is None:
            known = self.keys[n] = _key(self.units[n])
        return known

    def match(self, n: int) -> int | None:
        """The first later line that begins like line n."""
        key = self.key(n)
        if len(key) < 3:
            return None
        if not self.alike:
            self._sort()
        alike = self.alike[key[:2]]
        for m in alike[bisect_right(alike, n) :]:
            other = self.key(m)
            if other[:8] != key[:8]:
                continue
            if _alike(key, other):
                return m
        return None

    def _sort(self) -> None:
        alike = defaultdict(list)
        for n, unit in enumerate(self.units):
            at = unit.opening.title if unit.opening else 0
            two = unit.text[at : at + 2]
            plain = two.isalnum() and len(two) == 2  # no leaders, nothing that is left out of a key
            alike[two.lower() if plain and two.isascii() else fold(two)[:2] if plain else self.key(n)[:2]].append(n)
        self.alike = alike


def _run(n: int, units: list[Unit], titles: _Titles) -> list[int]:
    """Line numbers of the entries of a table that begins at line n: all of them match lines after its end."""
    run = [n]
    bound = titles.match(n) or n
    blank = 0
    m = n + 1
    while m < bound and blank < 4:
        at = titles.match(m)
        plausible = units[m].opening is not None or _leaders(units[m].text) or not units[m].whole
        if at is not None and plausible:
            run.append(m)
            bound = min(bound, at) if at > m + 1 else bound
            blank = 0
        elif units[m].whole or len(units[m].text) > 250:
            break
        elif not _announces(units[m]):
            blank += 1
        m += 1
    return [k for k in run if k < bound]


def _announces(unit: Unit) -> bool:
    """A line of a table of contents by its own look: leaders and a page number, or number and short title."""
    if _leaders(unit.text) and not unit.whole:
        return True
    return unit.opening is not None and len(unit.text) < 160 and unit.gap < 1


_NEXT = re.compile(r"(?<=[\divx. ])(?=\d{1,4}\. [A-ZÆØÅ])")


def _pieces(text: str) -> list[str]:
    """A line with several entries on it, as where a page came as one line."""
    if len(text) < 60 or len(_NEXT.findall(text)) < 2:
        return [text]
    return [re.sub(r"(?:\.{2,}[\divx]+|\s\d{1,3})$", "", piece.strip(" .")) for piece in _NEXT.split(text)]


def _entries(units: list[Unit]) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    groups = folded("items", "groups")
    led = sum(1 for unit in units if _leaders(unit.text)) > len(units) / 2
    begun = ""
    """The first line of a title that is wrapped before its leaders."""
    for text in (piece for unit in units for piece in _pieces(unit.text)):
        leaders = _leaders(text)
        had = leaders is not None
        text = text[: leaders.start()] if leaders else text
        found = opening(text)
        if found and text[found.title :].strip():
            entries.append((found.number, text[found.title :].strip()))
        elif fold(text) in groups or not fold(text) or text.strip().isdigit():
            continue
        elif had and begun:
            entries.append(("", f"{begun} {text.strip()}"))
            begun = ""
        elif led and not had and not (entries and entries[-1][0]):
            begun = f"{begun} {text.strip()}".strip()
        elif had or not entries:
            entries.append(("", text.strip()))
        else:
            number, title = entries[-1]
            entries[-1] = (number, f"{title} {text.strip()}") if len(title) < 160 else entries[-1]
    numbered = [e for e in entries if e[0]]
    return numbered if len(numbered) > 0.6 * len(entries) else entries
