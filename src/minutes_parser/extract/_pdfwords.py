"""Is the text of a page language, or what fonts without a map leave behind?"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]{2,}")
_COMMON = frozenset(
    [
        "og",
        "at",
        "i",
        "er",
        "en",
        "den",
        "til",
        "det",
        "på",
        "af",
        "som",
        "med",
        "for",
        "de",
        "der",
        "har",
        "ikke",
        "et",
        "om",
        "fra",
        "kan",
        "vil",
        "skal",
        "ved",
        "blev",
        "var",
        "sig",
        "efter",
        "eller",
        "men",
        "ved",
        "kl",
        "den",
        "nr",
        "side",
        "udvalget",
        "godkendt",
        "bilag",
        "sag",
        "kr",
        "møde",
        "the",
        "of",
        "and",
        "to",
        "in",
        "ja",
        "nej",
    ]
)


def readable(text: str) -> bool:
    """False for a page of which hardly anything is letters or known small words; short pages pass."""
    if "(cid:" in text and text.count("(cid:") > 20:
        return False
    visible = sum(1 for ch in text if not ch.isspace())
    if visible < 200:
        return True
    odd = sum(1 for ch in text if "\ue000" <= ch <= "\uf8ff" or ch == "\ufffd" or (ord(ch) < 32 and ch not in "\n\t"))
    if odd > 0.2 * visible:
        return False
    words = _WORD.findall(text)
    if len(words) < 0.02 * visible:
        return sum(1 for ch in text if ch.isdigit()) > 0.3 * visible
    if len(words) < 60:
        return True
    return any(word.casefold() in _COMMON for word in words)
