"""Words whose letters are set apart, as some headings are: `I N D S T I L L I N G`."""

from __future__ import annotations

from collections.abc import Sequence

_WIDER = 1.7
"""How many times the usual gap between letters makes a gap between words."""


def spaced(text: str) -> bool:
    """Whether single letters stand with blanks between them and are a word, not a list of letters.

    >>> spaced("I N D S T I L L I N G"), spaced("B i l a g"), spaced("A C F O V"), spaced("A B C D"), spaced("a 1 b 2")
    (True, True, False, False, False)
    """
    letters = text[::2]
    if len(letters) < 4 or len(text) % 2 == 0 or text[1::2].strip(" ") or not letters.replace(":", "").isalpha():
        return False
    if letters[1:].islower():
        return len(letters) >= 5 or letters[0].isupper()
    return letters.isupper() and len(letters) >= 5 and len(set(letters)) < len(letters)  # parties are named once


def tightened(letters: Sequence[str], gaps: Sequence[float]) -> str:
    """The letters without blanks, but for the gaps that are wider than most.

    >>> tightened("Nyskole", [4, 9, 4, 4, 4, 4])
    'Ny skole'
    """
    usual = sorted(gaps)[len(gaps) // 2]
    out = [letters[0]]
    for letter, gap in zip(letters[1:], gaps, strict=True):
        out.append(f" {letter}" if gap > _WIDER * max(usual, 0.1) else letter)
    return "".join(out)
