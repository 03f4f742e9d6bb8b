"""How do known headings stand among the lines of plain text, and what stands under lines that come again?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minutes_parser.recognise.context import Unit


class Shapes:
    """How known headings stand among the lines of plain text: blank lines above and below, a colon, repetition."""

    def __init__(self, units: list[Unit]) -> None:
        self.units = units
        known = Counter([self._shape(n) for n, u in enumerate(units) if u.hit is not None and u.whole])
        total = sum(known.values())
        self.habits = frozenset(s for s, count in known.items() if total >= 3 and count >= 0.3 * total)
        self.isolated = total >= 3 and sum(n for s, n in known.items() if s[0]) >= 0.8 * total
        """Whether headings have a blank line above."""

    @cached_property
    def widest(self) -> int:
        """How far the document's full lines reach, in characters."""
        reaches = sorted(len(u.text) for u in self.units)
        return reaches[int(len(reaches) * 0.9)] if reaches else 0

    @property
    def paragraphs(self) -> bool:
        """Whether a line holds a paragraph, so that a short one stands out."""
        return self.widest > 200

    @cached_property
    def printed(self) -> tuple[dict[str, list[int]], dict[str, int]]:
        """Digits aside, where each line of up to 40 characters is printed, and how often each of up to 60."""
        places: dict[str, list[int]] = defaultdict(list)
        times: dict[str, int] = defaultdict(int)
        short = [(n, u.text) for n, u in enumerate(self.units) if len(u.text) <= 60]
        for (n, text), shown in zip(short, _all_masked([text for _, text in short]), strict=True):
            times[shown] += 1
            if len(text) <= 40:
                places[shown].append(n)
        return places, times

    def _shape(self, n: int) -> tuple[bool, bool, bool]:
        units = self.units
        close = n + 1 < len(units) and units[n + 1].gap < 1
        return units[n].gap >= 1, close, units[n].text.endswith(":")

    def usual(self, n: int, *, told: bool) -> bool:
        """Whether the line stands as known headings do: apart from the text above and close to its own text below.

        Where headings only end with a colon, or stand alone, so do other lines: its words must tell a kind then.
        """
        shape = self._shape(n)
        if shape not in self.habits or not (shape[0] or shape[2]):
            return False
        short = len(self.units[n].text) <= 0.7 * self.widest
        again = shape[0] and self.repeats(self.units[n].text) > 1
        return told or (shape[0] and (shape[1] or again) and short and not shape[2])

    def below(self, text: str) -> list[Unit]:
        """What stands under a line each time the document prints it, for its first times: enough to tell what it is."""
        places = self.printed[0].get(masked(text), ())[:_TIMES]
        return [self.units[n + 1] for n in places if n + 1 < len(self.units)]

    def heads(self, text: str) -> bool:
        """Whether other text stands under the line each time the document prints it: a value repeats with what follows."""
        below = self.below(text)
        own = [u.text for u in below if not u.whole and len(u.text) > len(text)]
        return len(own) > 1 and len(own) >= 0.8 * len(below) and len(set(own)) > 0.6 * len(own)

    def repeats(self, text: str) -> int:
        """How often the document prints the line, digits aside."""
        return self.printed[1].get(masked(text), 0)


def masked(text: str) -> str:
    """A line digits and case aside: what tells whether the document prints it again."""
    return _DIGITS.sub("0", text).casefold()


def _all_masked(lines: Sequence[str]) -> list[str]:
    """The same of each line; many at once cost a third of one after the other."""
    return masked("\n".join(lines)).split("\n") if lines else []


_TIMES = 12
"""How often a line's texts are looked at: a document of one line repeated must not cost its square."""
_DIGITS = re.compile(r"[0-9][0-9]*")
