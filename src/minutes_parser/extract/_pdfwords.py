"""Is the text of a page language, or what fonts without a map leave behind?"""

from __future__ import annotations

import re
from functools import lru_cache

from minutes_parser.vocabulary.words import words

_ODD = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0b-\x1f]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_VOWELS = frozenset("aeiouyæøåAEIOUYÆØÅ")


def readable(text: str) -> bool:
    """False for a page of which hardly anything is letters or known small words; short pages pass.

    Lists of names hold few small words: they pass by their vowels, 33 to 45 of 100 letters in Danish and one in nearly
    every word.
    """
    if "(cid:" in text and text.count("(cid:") > 20:
        return False
    visible = len(text) - sum(map(text.count, " \n\t._…"))  # leaders are no letters
    if visible < 200:
        return True
    if len(_ODD.findall(text)) > 0.2 * visible:
        return False
    if _danish(text, 0.02 * visible):
        return True
    found = _WORD.findall(text)
    if len(found) < 0.02 * visible:
        return sum(1 for ch in text if ch.isdigit()) > 0.3 * visible
    if len(found) < 60:
        return True
    common = _common()
    if sum(1 for word in found if word.casefold() in common) > 0.02 * len(found):
        return True
    letters = [ch for ch in text if ch.isalpha()]
    vowels = sum(1 for ch in letters if ch in _VOWELS) / len(letters)
    long = [word for word in found if len(word) > 2 and not word.isupper()]
    mute = sum(1 for word in long if not _VOWELS.intersection(word))
    return 0.28 < vowels < 0.55 and mute <= 0.08 * len(long)


def _danish(text: str, enough: float) -> bool:
    """Whether small words between blanks are so many that the words need not be told apart: on nearly every page."""
    hits = 0
    for word in _small():
        hits += text.count(word)
        if hits >= enough:
            return True
    return False


@lru_cache(maxsize=1)
def _small() -> tuple[str, ...]:
    return tuple(f" {word} " for word in words()["text"]["common"] if word.isalpha() and len(word) > 1)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(words()["text"]["common"])
