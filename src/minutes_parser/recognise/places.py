"""Where was it? Places behind a day or an hour, on lines of their own, behind labels."""

from __future__ import annotations

import re
from functools import lru_cache

from minutes_parser.recognise.bodies import is_body
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import clock, dates, without_dates
from minutes_parser.vocabulary.lines import folded, opening
from minutes_parser.vocabulary.words import words


def is_place(value: str) -> bool:
    """Whether what stands behind a label like Mødested can be a place: no other label, no day, no item; `B1.02` is one."""
    bare = value.strip(" .:|*")
    return (
        1 < len(bare) < 160
        and fold(bare) not in _not_places()
        and next(dates(bare), None) is None
        and opening(bare) is None
    ) or (bool(bare) and bare.replace(".", "").isalnum() and len(bare) < 12)


@lru_cache(maxsize=1)
def _not_places() -> frozenset[str]:
    groups = [("meeting", g) for g in ("present", "absent", "staff", "minutes", "agenda", "other", "published", "end")]
    return frozenset().union(*(folded(*g) for g in groups), folded("items", "toc"), folded("items", "groups"))


@lru_cache(maxsize=1)
def _place_endings() -> tuple[str, ...]:
    return tuple(words()["meeting"]["place_words"])


def _place_word(text: str) -> bool:
    return any(token.casefold().strip(' .,:;()"»«').endswith(_place_endings()) for token in text.split())


def place_line(text: str) -> bool:
    """A line that is a place and nothing else: a room, a house, a street; no sentence and no title."""
    bare = re.sub(r"\([^()]*\)", "", text)
    titled = any(f" {w} " in bare for w in words()["meeting"]["place_never"])
    return (
        len(text) < 90
        and text[:1].isalnum()
        and _place_word(text)
        and not text.endswith((":", ";", "."))
        and re.search(r"(?<!\d)\. ", text) is None
        and not titled
    )


def place_after(after: str) -> str | None:
    """The place that stands behind a day or an hour: after a comma, a bar, or one of the words i, på, ved."""
    after = without_dates(after[:200])
    times = clock(after)
    bounds = [0, *(at for start, stop, _ in times for at in (start, stop)), len(after)]
    rests = [after[start:stop] for start, stop in zip(bounds[::2], bounds[1::2], strict=True)]
    for rest in rests:
        rest = re.sub(rf"[,\s]*(?:{_clock_names()})\.?\s*$", "", rest, flags=re.IGNORECASE).strip()
        named = len(rest) < 60 and all(t[:1].isupper() or t[:1].isdigit() for t in rest.split())
        marked = rest[:1] in ",|•·–-;" or (bool(times) and rest[:1].isupper() and (named or place_line(rest)))
        place = introduced(rest.lstrip(",.;|•·–- ")) or (_behind_mark(rest) if rest and marked else None)
        if place:
            return place
    return None


@lru_cache(maxsize=1)
def _clock_names() -> str:
    return "|".join(re.escape(w.rstrip(".")) for w in words()["dates"]["clock"])


@lru_cache(maxsize=1)
def _preposition() -> re.Pattern[str]:
    return re.compile(r"(?:" + "|".join(words()["meeting"]["place_lead"]) + r") (?=\S)", re.IGNORECASE)


@lru_cache(maxsize=1)
def leads() -> tuple[str, ...]:
    """The words before a place, as a line may end with them."""
    return tuple(f" {w}" for w in words()["meeting"]["place_lead"])


def introduced(text: str) -> str | None:
    """`i Byrådssalen`, `på Rådhuset i Mødelokale 2`."""
    found = _preposition().match(text)
    if not found:
        return None
    place = text[found.end() :].split(" | ")[0]
    good = place[:1].isupper() or _place_word(place.split(",")[0])
    return clean_place(place) if good else None


def held(text: str) -> str | None:
    """The place in a sentence about the meeting: `Mødet blev holdt i Byrådssalen, Torvet 1, og begyndte kl. 17.00.`"""
    found = _held().search(text)
    if found is None:
        return None
    rest = _goes_on().split(text[found.end() :].lstrip())[0]
    times = clock(rest)
    return introduced(rest[: times[0][0]].rstrip(" ,") if times else rest)


@lru_cache(maxsize=1)
def _goes_on() -> re.Pattern[str]:
    """Where a sentence about the meeting goes on behind the place: `, og begyndte`, `kl. 17`."""
    joints = "|".join(map(re.escape, words()["text"]["joints"]))
    return re.compile(rf",? (?:(?:{joints}) (?=(?-i:[a-zæøå]))|(?:{_clock_names()})\.? ?(?=\d))", re.IGNORECASE)


@lru_cache(maxsize=1)
def _held() -> re.Pattern[str]:
    return re.compile("|".join(words()["told"]["held"]), re.IGNORECASE)


def _behind_mark(text: str) -> str | None:
    place = re.split(r"\s\|", text.lstrip(",|•·–-; "))[0]
    return clean_place(place) if place[:1].isupper() or _place_word(place) else None


def clean_place(place: str) -> str | None:
    """The place without the sentence behind it; None for a body, a day, another label."""
    place = re.split(r"(?:(?<=[a-zæøå)]{4})|(?<=\d)|(?<= [A-ZÆØÅ]))\. (?=[A-ZÆØÅ\d])|\s{3,}|\t", place)[0].strip(
        " .,|•"
    )
    if not 1 < len(place) < 120 or fold(place) in _not_places() or is_body(place) or next(dates(place), None):
        return None
    first = fold(place.split(" ")[0])
    return None if first in folded("meeting", "minutes") or first in folded("meeting", "agenda") else place
