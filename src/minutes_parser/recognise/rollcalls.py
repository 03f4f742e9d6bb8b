"""How did each one vote, where a table, a roll or a list of lines tells it?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.recognise.counts import Count, last_count
from minutes_parser.recognise.names import Listed, listed
from minutes_parser.recognise.passage import Passage
from minutes_parser.recognise.voteforms import abstaining, side_of
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.words import choice, decision_words


@dataclass(frozen=True, slots=True)
class _Forms:
    """What the head of a column and the line of a roll look like."""

    column: re.Pattern[str]
    """The head of a column: `For (7)`."""
    roll: re.Pattern[str]
    """A line of a roll: `Bo Skov (A): ja`."""


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    side = rf"(?P<side>{choice('vote', 'for')}|{choice('vote', 'against')}|{abstaining()})"
    verb = choice("vote", "verbs")
    return _Forms(
        column=re.compile(rf"{side}(?: (?:{verb}))?[ :]*\(?(?P<n>\d{{1,3}})?\)?", re.IGNORECASE),
        roll=re.compile(rf"(?P<who>[^:\n]{{3,80}}?)(?: ?:|\t|  | [–-]) *(?:(?:{verb}) )?{side}\.?", re.IGNORECASE),
    )


_CELL = re.compile(r"[^\t]+?(?=\t|\s{3}|$)")


def _cells(line: str) -> list[tuple[int, str]]:
    """The cells of a row, with the columns they begin in: fields between tabs, or words far apart."""
    if "\t" in line:
        return [(n, cell.strip()) for n, cell in enumerate(line.split("\t")) if cell.strip()]
    return [
        (m.start() + len(m.group()) - len(m.group().lstrip()), m.group().strip())
        for m in _CELL.finditer(line)
        if m.group().strip()
    ]


def tabled(passage: Passage) -> list[Count]:
    """A vote printed as a table or a roll; empty when there is none. The first count begins, and the last one ends where
    the table does."""
    text = passage.text
    return (_columns(passage) if "\t" in text or "   " in text else []) or _roll(passage)


def _columns(passage: Passage) -> list[Count]:
    """A row of sides (`For (7)`, `Imod (4)`), under each who voted so; or, where the row begins with another head, rows of
    voters with their numbers or crosses."""
    heads: list[tuple[int, Count]] = []
    matrix = False
    for start, stop, _ in passage.lines:
        cells = _cells(passage.text[start:stop])
        if not heads:
            found = [(at, _forms().column.fullmatch(cell)) for at, cell in cells]
            matrix = bool(found) and found[0][1] is None
            found = found[matrix:]
            if len(found) > 1 and all(m for _, m in found):
                heads = [
                    (at, Count(side_of(m["side"].split(" ")[0]), start, stop, int(m["n"]) if m["n"] else None))
                    for at, m in found
                    if m
                ]
            continue
        if not (_row(cells, heads) if matrix else _under(cells, heads)):
            break
        for _, count in heads:
            count.stop = stop
    for _, count in heads:
        last_count(count)
    return [count for _, count in heads] if any(count.who for _, count in heads) else []


def _under(cells: list[tuple[int, str]], heads: list[tuple[int, Count]]) -> bool:
    """Take a row of lists, each under its side; False where it is something else."""
    named = [(at, listed(cell)) for at, cell in cells]
    if not named or any(who.rest or not who for _, who in named):
        return False
    for at, who in named:
        _nearest(at, heads).who.join(who)
    return True


def _row(cells: list[tuple[int, str]], heads: list[tuple[int, Count]]) -> bool:
    """Take a voter's row, or the totals'; False where it is something else."""
    if not cells:
        return False
    who, total = listed(cells[0][1]), fold(cells[0][1]) in map(fold, decision_words()["names"]["totals"])
    if not total and (who.rest or not who):
        return False
    for at, cell in cells[1:]:
        head = _nearest(at, heads)
        if total and cell.isdigit():
            head.count = int(cell)
        elif not total and cell.isdigit() and int(cell):
            who.counts = [int(cell)]
            head.who.join(who)
        elif not total and cell.casefold() == "x":
            head.who.join(who)
    return True


def _nearest(at: int, heads: list[tuple[int, Count]]) -> Count:
    return min(heads, key=lambda head: abs(head[0] - at))[1]


_ROW = 120
"""Characters; a line of a roll is a name, a party and a word."""


def _roll(passage: Passage) -> list[Count]:
    """Two lines or more with a voter each and how he voted: `Bo Skov (A): ja`."""
    if len(passage.lines) < 2:
        return []
    counts: dict[str, Count] = {}
    rows = 0
    for start, stop, _ in passage.lines:
        found = _forms().roll.fullmatch(passage.text, start, stop) if stop - start < _ROW else None
        who = listed(found["who"].replace("\t", ", ")) if found else Listed()
        if found is None or who.rest or not who.persons or who.strangers:
            if rows > 1:
                break
            counts, rows = {}, 0
            continue
        rows += 1
        side = side_of(found["side"].split(" ")[0])
        counts.setdefault(side, Count(side, start, stop)).who.join(who)
        for count in counts.values():
            count.start, count.stop = min(c.start for c in counts.values()), stop
    return list(counts.values()) if rows > 1 else []
