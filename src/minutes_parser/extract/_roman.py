"""Roman numerals, for the numbers of lists."""

from __future__ import annotations

_SIGNS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """The number in small Roman letters, in figures where there are none for it.

    >>> roman(1994), roman(0), roman(4000)
    ('mcmxciv', '0', '4000')
    """
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in _SIGNS:
        while number >= value:
            out += sign
            number -= value
    return out
