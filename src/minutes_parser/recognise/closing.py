"""Which lines close a document after its last item: signatures, the hour it ended, the page's own foot?"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from minutes_parser.recognise.bodies import is_body
from minutes_parser.recognise.context import Unit
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import dates, hours
from minutes_parser.vocabulary.lines import folded
from minutes_parser.vocabulary.words import words

_LONGEST = 120
_SHORT = 90
NAMES = re.compile(r"(?:[A-ZÆØÅ][\w.'-]*\.?(?: |$|\s{3,})){2,12}")


def closes(text: str) -> bool:
    """Whether nothing of the last item comes from this line on, where no heading follows it.

    >>> closes("Mødet hævet kl. 21.10."), closes("Sidst opdateret 10.03.2021"), closes("Mødet med naboerne er udsat.")
    (True, True, False)
    >>> closes("Stengårde, den 11. marts 1997"), closes("Byrådet, den 11. marts 1997")
    (True, False)
    """
    if len(text) > _LONGEST:
        return False
    label, _, value = text.partition(":")
    if (folded("items", "back").hold(label) and not _sentence(value)) or fold(" ".join(text.split()[:3])) in _phrases():
        return True
    if ":" in text and fold(text.partition(":")[0]) in folded("text", "signed"):
        return True
    if next(dates(text), None) and any(fold(text).startswith(w) for w in folded("meeting", "published")):
        return True
    told = len(text) < _SHORT and _DIGIT.search(text) is not None  # no hour without a digit
    if told and (ended := meeting_ended().search(text)) and hours(text[ended.end() :]):
        return ended.start() == 0 or meeting_opened().match(text) is not None
    return _address(text) or _signed(text)


def _sentence(value: str) -> bool:
    """Words of the last item's own behind a colon, `Kontakt: Skolen skal kontaktes.`: no day, name, address or number."""
    return value.endswith(".") and len(value.split()) > 3 and _DIGIT.search(value) is None


_DIGIT = re.compile(r"\d")
_PLACE = re.compile(r"[A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ][a-zæøå]+)?(?: [Kk]ommune)?, ?(?:den|d\.) ?(?=\d)")


def _signed(text: str) -> bool:
    """Place and day, as they stand over signatures."""
    place = _PLACE.match(text) if len(text) < 60 else None
    if (
        place is None
        or is_body(text[: text.index(",")])
        or fold(text[: text.index(",")]) in folded("dates", "weekdays")
    ):
        return False
    day = next(dates(text[place.end() :]), None)
    return day is not None and day[0] == 0 and not text[place.end() + day[1] :].strip(" .")


@lru_cache(maxsize=1)
def _phrases() -> frozenset[str]:
    """Words for the end of which three or more stand in a row; a day or a way may follow."""
    return frozenset(fold(w) for w in words()["items"]["back"] if w.count(" ") == 2)


@lru_cache(maxsize=1)
def meeting_ended() -> re.Pattern[str]:
    """Finds the words that say that the meeting ended."""
    return re.compile("|".join(words()["told"]["ended"]), re.IGNORECASE)


@lru_cache(maxsize=1)
def meeting_opened() -> re.Pattern[str]:
    """Finds the words that say that the meeting began."""
    return re.compile("|".join(words()["told"]["opened"]), re.IGNORECASE)


def _address(text: str) -> bool:
    """A municipality's name alone, or with how to reach it: `Havrevang Kommune, Rådhuspladsen 1, telefon 00 00 00 00`."""
    if _NAME.match(text) is None:
        return False
    kinds = (*words()["authority"]["municipality"], *words()["authority"]["region"])
    tokens = text.split()
    at = next((n for n, t in enumerate(tokens[:4]) if t.strip(",.|").casefold() in kinds), None)
    if at is None:
        return False
    rest = tokens[at + 1 :] if at else tokens[2:]
    return not rest or any(t.casefold().strip(".:,") in _reached() for t in rest)


_NAME = re.compile(r"[A-ZÆØÅ][\w-]* ")


@lru_cache(maxsize=1)
def _reached() -> frozenset[str]:
    return frozenset(words()["authority"]["reached"])


def signatures(units: list[Unit], heads: Container[int]) -> int:
    """Where the names of those who sign begin: three lines at the end with nothing but names on them, fewer where gaps or
    strokes part several on each: `Bo Hald / Ida Lind / Ole Ry`."""
    live = [n for n, u in enumerate(units) if u.label is None]
    first = len(live)
    while first and units[live[first - 1]].start not in heads and NAMES.fullmatch(_parted(units[live[first - 1]].text)):
        first -= 1
    lines = len(live) - first
    parted = lines > 0 and all("   " in _parted(units[n].text) for n in live[first:])
    return live[first] if lines > 2 or parted else len(units)


def _parted(text: str) -> str:
    """The beginning of a line of names, blanks for the strokes between them."""
    return text[:120].replace(" / ", "   ")
