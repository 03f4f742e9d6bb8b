"""Whose meeting is it: which municipality, region or county?"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.kinds import Label
from minutes_parser.recognise.context import Context, Unit
from minutes_parser.recognise.meeting import Facts
from minutes_parser.vocabulary import fold, shortest
from minutes_parser.vocabulary.authorities import Authority, at, by_host, by_name, key
from minutes_parser.vocabulary.letters import lowered, places
from minutes_parser.vocabulary.lines import folded
from minutes_parser.vocabulary.words import words

_LETTERHEAD, _TITLE, _FRONT, _HOST, _BELONGING = 4.0, 3.0, 2.0, 3.0, 2.5
"""Weights: a line of its own, the page's title, a mention before the items, a host on the net, a town hall."""
_TEXT, _TEXT_MOST = 0.25, 2.5
"""A mention in the cases weighs little, however often: cases name the neighbours too."""
_NEEDED = 2.0
_SHORT = 80
"""Characters of a line that may end in its authority's name behind a comma: a body's name, a place."""
_LEAD = 1.5
"""How many times the runner-up's weight the winner needs: two that are named equally decide nothing."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The authority's name and code; no code where the name is in no official list, or several codes fit."""

    name: str
    code: str | None


def authority(context: Context, low: str, front: Iterable[Unit], meeting: Facts) -> Owner | None:
    """The authority whose body met, or None when nobody says or two are named equally. `low` is the text in small letters.

    Read from letterheads, the page's title, hosts on the net, town halls, the council's own name, and from the cases
    where one name is by far the most frequent. The code is the one in force on the day of the meeting.
    """
    weights: dict[str, float] = defaultdict(float)
    names: dict[str, tuple[str, tuple[Authority, ...]]] = {}
    ends = max((u.stop for u in front), default=0)
    for name, rows, weight in _evidence(context, low, ends, meeting):
        short = key(rows[0].name) if rows else key(name)
        names.setdefault(short, (name, rows))
        weights[short] += weight
    if not weights:
        return None
    ranked = sorted(weights, key=lambda n: (-weights[n], n))
    best = weights[ranked[0]]
    if best < _NEEDED or (len(ranked) > 1 and best < _LEAD * weights[ranked[1]]):
        return None
    name, rows = names[ranked[0]]
    row = at(rows, meeting.date)
    return Owner(row.name if row else rows[0].name if rows else name, row.code or None if row else None)


def _evidence(
    context: Context, low: str, ends: int, meeting: Facts
) -> Iterator[tuple[str, tuple[Authority, ...], float]]:
    """Name, rows of the official list, weight: once for each thing that names an authority."""
    kinds = _kinds(meeting.body)
    text = context.text.text
    name = _whole(kinds)
    for unit in context.units:
        if unit.start >= ends and (unit.label is None or unit.label not in _MARGIN):
            continue
        whole = unit.text.strip(" .*|•")
        if len(whole) < 50 and name.fullmatch(whole):
            yield whole, by_name(whole, kinds), _LETTERHEAD
        elif len(whole) < _SHORT and name.fullmatch(behind := whole.rpartition(", ")[2]):
            yield from [] if by_name(behind, kinds) else [(behind, (), _FRONT)]  # those of the list are found below
    for shown, weight in ((context.text.title, _TITLE), (meeting.body or "", _LETTERHEAD)):
        yield from _named(shown, lowered(shown), kinds, weight)
    yield from _named(text[:ends], low[:ends], kinds, _FRONT)
    hosts = {m[1].casefold() for m in _at(_ADDRESS, text, places(low, _HOST_SIGNS))} if ".dk" in low else set()
    for host in sorted(hosts):
        rows = tuple(r for r in by_host(host) if r.kind in kinds)
        if rows:
            yield rows[0].name, rows, _HOST
    counts: dict[str, float] = defaultdict(float)
    rows_of: dict[str, tuple[Authority, ...]] = {}
    for named, rows, _ in _named(text[ends:], low[ends:], kinds, 1.0):
        counts[named] += _TEXT
        rows_of[named] = rows
    for named, weight in counts.items():
        yield named, rows_of[named], min(weight, _TEXT_MOST)


_MARGIN = frozenset((Label.FURNITURE, Label.CHROME))
_HOST_SIGNS = ("@", "www.", "//")
_ADDRESS = re.compile(r"(?:@|www\.|//)((?:[\w-]+\.)*[\w-]+\.dk)\b", re.IGNORECASE)


def _kinds(body: str | None) -> tuple[str, ...]:
    """Which authorities have such a body: a Regionsråd is a region's, a Byråd a municipality's."""
    tokens = {fold(t) for t in (body or "").split()}
    if tokens & folded("authority", "region_councils"):
        return ("region",)
    if tokens & folded("authority", "county_councils"):
        return ("county",)
    if tokens & folded("authority", "councils"):
        return ("municipality",)
    return ("municipality", "region", "county")


@lru_cache(maxsize=8)
def _whole(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """A line that is an authority's name and nothing else."""
    behind = [w for kind in kinds if kind != "region" for w in words()["authority"][kind]]
    ahead = [w for kind in kinds if kind == "region" for w in words()["authority"][kind]]
    forms = [rf"(?-i:[A-ZÆØÅ])[\w -]{{1,30}} (?:{'|'.join(behind)})"] if behind else []
    forms += [rf"(?:{'|'.join(ahead)}) (?-i:[A-ZÆØÅ])\w+"] if ahead else []
    return re.compile("|".join(forms), re.IGNORECASE)


@lru_cache(maxsize=1)
def _mention() -> re.Pattern[str]:
    table = words()["authority"]
    behind = "|".join([*table["municipality"], *table["county"], *table["belongings"]])
    ahead = "|".join(table["region"])
    return re.compile(rf"(?<= )({behind})s?(?:et|en)?(?!\w)|(?<!\w)({ahead}) (?=(?-i:[A-ZÆØÅ]))(\w+)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _mentioned() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What mentions begin with: words behind a name, the blank before them, which rules out most words that end in `amt`,
    and words before one."""
    table = words()["authority"]
    behind = [f" {w.lower()}" for group in ("municipality", "county", "belongings") for w in table[group]]
    return shortest(behind), shortest(w.lower() for w in table["region"])


def _at(expression: re.Pattern[str], text: str, begins: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches from left to right, tried where one may begin, not at every letter."""
    stop = 0
    for begin in sorted(set(begins)):
        if begin >= stop and (found := expression.match(text, begin)):
            yield found
            stop = found.end()


def _named(
    text: str, low: str, kinds: tuple[str, ...], weight: float
) -> Iterator[tuple[str, tuple[Authority, ...], float]]:
    """Official names in running text, which `low` holds in small letters; each once for every time it stands there."""
    belongings = folded("authority", "belongings")
    behind, ahead = _mentioned()
    begins = itertools.chain((blank + 1 for blank in places(low, behind)), places(low, ahead))
    for found in _at(_mention(), text, begins):
        if found[3]:
            rows = by_name(found[3], ("region",)) if "region" in kinds else ()
        else:
            kind = ("county",) if fold(found[1]) in folded("authority", "county") else ("municipality",)
            if kind[0] not in kinds:
                continue
            tokens = text[max(0, found.start() - 40) : found.start()].split("\n")[-1].split(" ")[-4:-1]
            rows = ()
            for n in range(len(tokens)):
                candidate = " ".join(tokens[n:]).strip(',.:;()"»«')
                if candidate[:1].isupper() and (rows := by_name(candidate, kind)):
                    break
        if rows:
            yield rows[0].name, rows, _BELONGING if found[1] and fold(found[1]) in belongings else weight
