"""Letters as the source text holds them, the same for all formats: NFC, without what nobody can see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CP1252 = {n: bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0) if n != 0x85}
_LEFT_OUT = (
    *range(9),
    *range(14, 32),
    127,
    0x061C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    0xFFFE,
    0xFFFF,
    *range(0xE0000, 0xE0080),
)
_TABLE: dict[int, str] = {**dict.fromkeys(_LEFT_OUT, ""), **_CP1252, 0x0B: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}


def _any(codes: Iterable[int]) -> re.Pattern[str]:
    """Any of the characters, written as ranges: one by one, those beyond U+FFFF make a search 25 times as long."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return re.compile("[" + "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ranges) + "]")


_ODD = _any(_TABLE)
_UNSEEN = _any((*_LEFT_OUT, *_CP1252))


def unseen(text: str) -> bool:
    """Whether `plain` would leave characters out, or read control codes as letters."""
    return _UNSEEN.search(text) is not None


def plain(text: str) -> str:
    """`text` in NFC, without control, zero-width and direction characters, which must not reach a terminal.

    C1 control codes are what Windows-1252 leaves when it was taken for ISO 8859-1: they become its letters and dashes.
    Vertical tabs, NEL and the two Unicode separators become line feeds; tab, line feed, form feed, CR and soft hyphens stay.

    >>> plain("A\\u030aben\\u200b sag \\x96 \\u202e\\x1b[31m")
    'Åben sag – [31m'
    """
    if not text.isprintable() and _ODD.search(text):
        text = text.translate(_TABLE)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
