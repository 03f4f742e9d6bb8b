"""Which points of the recommendation does a stretch of a decision speak of?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.recognise.passage import Sentence
from minutes_parser.vocabulary.words import choice, decision_words, small_words


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the item when a decision is read."""

    points: frozenset[str] = frozenset()
    """Numbers of the recommended points, case folded; ordinals where none are printed."""
    refusal: bool = False
    """Whether the recommendation asks to refuse."""
    number: str = ""
    """The item's own number."""

    @property
    def lettered(self) -> bool:
        """Whether the points have letters."""
        return any(map(str.isalpha, self.points))


@dataclass(frozen=True, slots=True)
class Scope:
    """The points that a stretch of a sentence names; `other`: it names another case on the agenda."""

    start: int
    points: tuple[str, ...]
    other: bool = False


_DIGIT = re.compile(r"\d")
_NUMBER = r"(?:\d{1,2}|[a-zA-Z](?![\w]))"


@lru_cache(maxsize=1)
def _listing() -> str:
    """A regular expression for a list of numbers or letters: `1.-3. og 5`."""
    joins = "|".join(sorted(small_words("and") | small_words("reach")))
    return rf"{_NUMBER}[.)]?(?: ?(?:,|{joins}|-|–|\+|&|/) ?{_NUMBER}(?![\w])[.)]?)*"


@lru_cache(maxsize=1)
def _scope() -> re.Pattern[str]:
    named, others, after = choice("scope", "words"), choice("scope", "cases"), choice("scope", "after")
    number = choice("mention", "number")
    return re.compile(
        rf"(?<![\w.])(?:(?:(?P<case>(?:{others}) ?(?:(?:{number}) ?)?)|(?:{named}) ?(?:(?:{number}) ?)?)(?P<list>{_listing()})(?![\w/%])"
        rf"|(?P<before>{_listing()}) (?:{after})(?![\w-]))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _bare() -> re.Pattern[str]:
    joins = "|".join(sorted(small_words("and")))
    return re.compile(rf"\s*(?P<before>)(?P<list>\d{{1,2}}[.)]? ?(?:[,–-]|{joins}) ?{_listing()})(?=[ :])")


def scopes(text: str, sentence: Sentence, setting: Setting) -> list[Scope]:
    """The points of the recommendation that a sentence names: `Ad 1-3`, `punkt 2 og 4`, `1.-2.` at its beginning."""
    found: list[Scope] = []
    if sentence.leads and sentence.marker and sentence.marker.casefold() in setting.points:
        found.append(Scope(sentence.start, (sentence.marker.casefold(),)))
    digits = _DIGIT.search(text, sentence.start, sentence.stop)
    if digits and (bare := _bare().match(text, sentence.start, sentence.stop)):
        found.append(_scoped(bare, setting))
    if digits or setting.lettered:
        found += [
            _scoped(m, setting)
            for m in _scope().finditer(text, sentence.start, sentence.stop)
            if not (m["before"] and text.endswith(_votes(), sentence.start, m.start()))
        ]
    return found


@lru_cache(maxsize=1)
def _votes() -> tuple[str, ...]:
    """What numbers of votes stand after: `besluttede med stemmerne 4-3 at udsætte sagen`."""
    return tuple(f"{word} " for word in decision_words()["scope"]["votes"])


def lone_scope(text: str, sentence: Sentence, setting: Setting) -> tuple[str, ...]:
    """The points that a sentence names where it says nothing else: `Ad 1.` above what was decided on it."""
    if sentence.stop - sentence.start > 40:
        return ()
    found = [s for s in scopes(text, sentence, setting) if not s.other]
    if not found:
        return ()
    named = _scope().sub("", text[sentence.start : sentence.stop])
    return () if any(c.isalnum() for c in named) else found[0].points


def _scoped(found: re.Match[str], setting: Setting) -> Scope:
    points = numbers(found["list"] or found["before"])
    case = found.groupdict().get("case")
    known = setting.points
    if case or (known and not known.intersection(points)):
        return Scope(found.start(), points, setting.number not in points)
    return Scope(found.start(), tuple(p for p in points if not known or p in known))


def numbers(listing: str) -> tuple[str, ...]:
    """The members of a printed list of numbers or letters, ranges spelled out.

    >>> numbers("1.-3. og 5"), numbers("a) - c)")
    (('1', '2', '3', '5'), ('a', 'b', 'c'))
    """
    reaching = "|".join(sorted(small_words("reach")))
    parts = re.findall(rf"\d{{1,2}}|(?<![a-zæøå])[a-zæøå](?![a-zæøå])|[-–]|{reaching}", listing.casefold())
    out: list[str] = []
    reach = False
    for part in parts:
        if part in ("-", "–") or part in small_words("reach"):
            reach = True
            continue
        if reach and out:
            out += _between(out[-1], part)
            reach = False
        out.append(part)
    return tuple(dict.fromkeys(out))


def _between(one: str, two: str) -> list[str]:
    if one.isdigit() and two.isdigit():
        return [str(n) for n in range(int(one) + 1, min(int(two), int(one) + 40))]
    if len(one) == len(two) == 1:
        return [chr(n) for n in range(ord(one) + 1, ord(two))]
    return []
