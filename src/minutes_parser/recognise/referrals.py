"""Whom does a case go to?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from minutes_parser.kinds import Outcome
from minutes_parser.recognise.acts import Meaning
from minutes_parser.recognise.names import body_word
from minutes_parser.vocabulary.phrases import Match, Token
from minutes_parser.vocabulary.words import decision_words, small_words


def recipient(text: str, words: Sequence[Token], match: Match[Meaning]) -> str | None:
    """Whom the case goes to: the words after `til` or `over for` that follow an act, up to what is to be done there."""
    if not (match.value.to or match.value.outcome in _SENDING):
        return None
    to, out = small_words("to"), small_words("stops")
    at = match.last + 1
    preposition = words[match.last].word in to
    while at < len(words) and at - match.last <= 4 and not preposition:
        word = words[at].word
        if word in to:
            preposition = True
        elif word in out or (body_word(word) and at == match.last + 1):
            break
        at += 1
    if at < len(words) and words[at].word in to:
        at += 1
    if not preposition and not (at < len(words) and body_word(words[at].word)):
        return None
    first, at = at, _until(words, at, out)
    while at > first and words[at - 1].word in small_words("and"):
        at -= 1
    if first < at < len(words) and words[at - 1].word in _purposes() and words[at].word in small_words("inside"):
        first, at = at + 1, _until(words, at + 1, out)  # `til behandling i Økonomiudvalget`
    if at == first or words[first].word in _purposes() or words[first].word[0].isdigit():
        return None
    name = text[words[first].start : words[at - 1].stop]
    if at - first > 1 and words[at - 1].word in _purposes():  # `Byrådets godkendelse`
        name = text[words[first].start : words[at - 2].stop].removesuffix("s")
    return name


_SENDING = frozenset((Outcome.RECOMMENDED, Outcome.RETURNED, Outcome.REFERRED))


def _until(words: Sequence[Token], at: int, out: frozenset[str]) -> int:
    """Where a name of at most ten words ends."""
    first = at
    while at < len(words) and words[at].word not in out and at - first < 10:
        at += 1
    return at


@lru_cache(maxsize=1)
def _purposes() -> frozenset[str]:
    return frozenset(decision_words()["recommend"]["approval"])
