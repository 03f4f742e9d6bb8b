"""Party letters and names: national parties, bounded in time."""

from __future__ import annotations

from functools import lru_cache

from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.words import party_entries


def party_name(letter: str, date: str | None) -> str | None:
    """The national party that stood under a letter on a day (ISO 8601); None for local lists, unknown days and years.

    >>> party_name("D", "2018-05-02"), party_name("D", "2003-09-10"), party_name("L", "2018-05-02")
    ('Nye Borgerlige', 'Centrum-Demokraterne', None)
    """
    if not date:
        return None
    year = int(date[:4])
    found = [e for e in party_entries() if e["letter"] == letter and e["from"] <= year <= e.get("to", year)]
    return str(found[0]["name"]) if len(found) == 1 else None


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    return {fold(n): e["letter"] for e in party_entries() for n in (e["name"], *e["aliases"])}


def party_letter(name: str) -> str | None:
    """The letter of a national party called so; None when it is none.

    >>> party_letter("SF"), party_letter("Det Radikale Venstre"), party_letter("Fjordlisten")
    ('F', 'B', None)
    """
    return _letters().get(fold(name))
