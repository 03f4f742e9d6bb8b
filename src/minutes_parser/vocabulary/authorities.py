"""Municipalities, regions and counties: official names and codes, looked up by name or by host on the net."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from minutes_parser.vocabulary.words import words


@dataclass(frozen=True, slots=True)
class Authority:
    """One row of `authorities.csv`: an authority under one code and one name."""

    kind: str
    """`municipality`, `region` or `county`."""
    code: str
    """The official code, `""` where we do not know it."""
    name: str
    """As it calls itself: `Ballerup Kommune`."""
    region: str
    """The region of a municipality, as since 2007; `""` else."""
    first: str
    """First day, ISO 8601; `""` when unknown."""
    last: str
    """Last day; `""` while it exists."""
    also: tuple[str, ...]
    hosts: tuple[str, ...]

    def existed(self, day: str) -> bool:
        """Whether it had this code and name on the day."""
        return self.first <= day and (not self.last or day <= self.last)


@lru_cache(maxsize=1)
def authorities() -> tuple[Authority, ...]:
    """Every row of the file, in its order."""
    text = (files(__package__) / "authorities.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Authority(
            row["kind"],
            row["code"],
            row["name"],
            row["region"],
            row["from"],
            row["to"],
            tuple(n for n in row["also"].split(";") if n),
            tuple(h for h in row["host"].split(";") if h),
        )
        for row in rows
    )


def key(name: str) -> str:
    """What tells two spellings of a name apart: `Århus`, `AARHUS` and `Aarhus` are one, so are `Høje Taastrup` and `Høje-Taastrup`."""
    return re.sub(r"[\W_]+", "", name.casefold().replace("å", "aa"))


def bare(name: str) -> str:
    """A name without the word for the kind of authority: `Ballerup`, `Bornholms`, `Østdanmark`.

    >>> bare("Ballerup Kommune"), bare("Region Østdanmark"), bare("Christiansø")
    ('Ballerup', 'Østdanmark', 'Christiansø')
    """
    kinds = "|".join(words()["authority"]["kinds"])
    return re.sub(rf"^(?:{kinds})s?\s+|\s+(?:{kinds})s?$", "", name, flags=re.IGNORECASE)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[Authority, ...]]:
    table: dict[str, list[Authority]] = defaultdict(list)
    for row in authorities():
        for name in (bare(row.name), *row.also):
            table[key(name)].append(row)
    return {name: tuple(rows) for name, rows in table.items()}


@lru_cache(maxsize=4096)
def by_name(name: str, kinds: tuple[str, ...] = ("municipality", "region", "county")) -> tuple[Authority, ...]:
    """The rows of that name; with the word Kommune, Region or Amt only those of that kind. A genitive s may follow.

    >>> [a.code for a in by_name("Århus Kommune")], [a.code for a in by_name("Københavns", ("municipality",))]
    (['751'], ['101'])
    """
    short = key(bare(name))
    printed = {kind for kind in kinds if _word(kind).search(name)} if len(bare(name)) < len(name) else set()
    wanted = printed or set(kinds)
    for form in (short, short.removesuffix("s")):
        rows = tuple(row for row in _by_name().get(form, ()) if row.kind in wanted)
        if rows:
            return rows
    return ()


@lru_cache(maxsize=4)
def _word(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words()['authority'][kind])})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _by_host() -> dict[str, tuple[Authority, ...]]:
    table: dict[str, list[Authority]] = defaultdict(list)
    for row in authorities():
        hosts = set(row.hosts)
        if row.kind == "municipality" and not row.last:
            hosts |= {host for name in (bare(row.name), *row.also) for host in _spelt(name)}
        for host in hosts:
            table[host].append(row)
    return {host: tuple(rows) for host, rows in table.items()}


def _spelt(name: str) -> set[str]:
    """The hosts that a municipality of that name may have: without æ, ø, å, with and without its hyphen."""
    plain = name.casefold().replace(" ", "-")
    found = set()
    for letters in ({"æ": "ae", "ø": "oe", "å": "aa"}, {"æ": "ae", "ø": "o", "å": "a"}):
        spelt = "".join(letters.get(c, c) for c in plain)
        for stem in (spelt, spelt.replace("-", "")):
            found |= {f"{stem}{tail}.dk" for tail in ("", *words()["authority"]["hosts"])}
    return found


def by_host(host: str) -> tuple[Authority, ...]:
    """The rows whose home on the net that is: a municipality's name in letters without æ, ø, å, or the host in the file.

    >>> [a.code for a in by_host("koege.dk")], [a.code for a in by_host("kk.dk")], by_host("example.dk")
    (['259'], ['101'], ())
    """
    return _by_host().get(host.casefold().removeprefix("www."), ())


def at(rows: Iterable[Authority], day: str | None) -> Authority | None:
    """The row that was in force on the day; without a day the only one, or the one that exists today."""
    rows = list(rows)
    if day:
        return next((row for row in rows if row.existed(day)), None)
    return rows[0] if len(rows) == 1 else None
