"""Ways of printing minutes, one entry a system: what tells it, how it opens items, what it prints around them.

The generic reading does without: a layout adds evidence where it is sure, and is left out where two fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.kinds import SectionKind
from minutes_parser.text import Line, SourceText

_FIRST = 400
"""Lines that are looked at for signs; the longest cover with contents seen took 150."""
_LONGEST = 200
"""Characters; longer lines are no signs, no items' openings and no headings."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a layout prints one kind of line; what is None or "" does not matter."""

    pattern: re.Pattern[str] | None = None
    """The whole line; groups `number` and `title` where it opens an item."""
    role: str = ""
    """Part of the source's own words for the line: `h2.overskrift`, `Heading 3`."""
    number: str = ""
    """Part of the source's own words for the line before, where that holds an item's number: `span.label`."""
    larger: bool = False
    """Larger than running text."""
    bold: bool = False
    only: bool = False
    """Whether every such line looks like this: others are none."""

    def fits(self, text: str, line: Line, body: float) -> bool:
        """Whether a line, or the part of it that `text` is, looks like this; `body` is the size of running text, points."""
        return (
            len(text) <= _LONGEST
            and (not self.role or self.role in line.role)
            and (not self.larger or (line.size or 0.0) > body + 0.4)
            and (not self.bold or bool(line.bold))
            and (self.pattern is None or self.pattern.fullmatch(text) is not None)
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of printing."""

    name: str
    signs: tuple[re.Pattern[str], ...] = ()
    """Whole lines; each has to be met."""
    roles: tuple[str, ...] = ()
    """Parts of the source's own words for a line; each has to be met."""
    item: Look | None = None
    """How an item opens."""
    heading: Look | None = None
    """How an item's own headings look."""
    noise: tuple[re.Pattern[str], ...] = ()
    """Whole lines around the minutes: running headers, buttons."""
    order: tuple[SectionKind, ...] = ()
    """An item's sections as they are usually printed; the first one opens an item that has no title."""
    examples: tuple[str, ...] = ()
    """Lines of such a document; the patterns are checked against them."""
    file: str = ""
    """The user's file that it comes from; "" for ours."""


GENERIC = Layout("generic")
"""No layout: the reading that has to do without."""


def fitting(text: SourceText) -> tuple[Layout, ...]:
    """The layouts whose signs are all met near the beginning; a user's own go before ours."""
    layouts = known()
    met: set[object] = set()
    roles = {role for layout in layouts for role in layout.roles}
    signs = {sign.pattern: sign for layout in layouts for sign in layout.signs}
    some = _some()
    for line in text.lines[:_FIRST]:
        if line.role and roles:
            for role in [r for r in roles if r in line.role]:
                met.add(role)
                roles.discard(role)
        if signs and len(line.text) <= _LONGEST and some.fullmatch(line.text):
            for name in [n for n, sign in signs.items() if sign.fullmatch(line.text)]:
                met.add((name,))
                del signs[name]
    found = [
        layout
        for layout in layouts
        if all((sign.pattern,) in met for sign in layout.signs) and all(role in met for role in layout.roles)
    ]
    own = tuple(layout for layout in found if layout.file)
    return own or tuple(found)


def detect(text: SourceText) -> Layout:
    """The one layout that fits; `GENERIC` when none or two do."""
    found = fitting(text)
    return found[0] if len(found) == 1 else GENERIC


@lru_cache(maxsize=1)
def known() -> tuple[Layout, ...]:
    """The package's layouts, and those of the user's files in use, which replace ours of the same name.

    Raises `BadVocabulary` when a user's is wrong.
    """
    from minutes_parser.layouts.entries import own, theirs

    added = theirs()
    names = {layout.name for layout in added}
    return (*(layout for layout in own() if layout.name not in names), *added)


@lru_cache(maxsize=1)
def _some() -> re.Pattern[str]:
    """Matches what any sign matches: most lines are none, and cost one look."""
    signs = [sign.pattern for layout in known() for sign in layout.signs]
    return re.compile("|".join(f"(?:{sign})" for sign in signs) or r"(?!)")


def noisy(layout: Layout, lines: Sequence[Line]) -> list[int]:
    """The lines that the layout prints around the minutes, by their places."""
    if not layout.noise:
        return []
    return [
        n
        for n, line in enumerate(lines)
        if len(line.text) <= _LONGEST and any(pattern.fullmatch(line.text) for pattern in layout.noise)
    ]
