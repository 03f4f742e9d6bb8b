"""What every reading of a line as a heading looks at: the document's lines, looks and habits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, lru_cache

from minutes_parser.kinds import SectionKind
from minutes_parser.recognise.context import Context, Style, Unit
from minutes_parser.recognise.evidence import Reason
from minutes_parser.recognise.shapes import Shapes
from minutes_parser.vocabulary import Words, fold
from minutes_parser.vocabulary.lines import folded


class Reading:
    """The live lines of a document while its headings are looked for, in order; `current` is the section that is open."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.units = [u for u in context.units if u.label is None]
        self.fonts = context.fonts
        self.typographic = context.typographic
        self.looks = sum(context.headings.values())
        self.known = [u for u in self.units if u.hit is not None]
        """The lines that the vocabulary knows, as a whole or by their beginning."""
        self.whole = [u for u in self.known if u.whole]
        self.inline = Counter([u.hit.kind for u in self.known if u.hit and not u.whole])
        """How often each kind stands in front of its text on the same line."""
        self.current: SectionKind | None = None
        self.headed = -1
        """The line that the last heading was read from."""
        self.kinds: dict[str, SectionKind] = {}
        """What the texts under lines that come again have in common."""
        self.history = False
        self.look = context.layout.heading

    @cached_property
    def shapes(self) -> Shapes:
        return self.context.shapes

    @cached_property
    def heading_looks(self) -> frozenset[Style]:
        """The looks of known headings, where the document's headings look unlike its running text."""
        context = self.context
        return frozenset(filter(context.heading_style, context.headings)) if self.typographic else frozenset()

    @cached_property
    def lone(self) -> bool:
        """Whether no known heading comes twice, as in the document of a single case."""
        known = Counter([u.hit.kind for u in self.whole if u.hit and u.hit.rule == "heading.name"])
        return known[SectionKind.BESLUTNING] < 3 and known[SectionKind.INDSTILLING] < 3

    def _for_layout(self, unit: Unit) -> Iterator[Reason]:
        if self.look is not None and self.look.only and not self.look.fits(unit.text, unit.line, self.context.body[0]):
            yield Reason("layout.unlike")


def is_field(text: str) -> bool:
    """Whether the line is a label whose value stands on the next: `Sagsnr`, `Ansvarligt område`, `Sagstype`."""
    return len(text) < 40 and _fields().hold(text)


@lru_cache(maxsize=1)
def _fields() -> Words:
    return Words(word for group in ("fields", "case", "clerk") for word in folded("items", group))


def is_caption(text: str) -> bool:
    """Whether the line names a table or a picture."""
    first = _CAPTION.match(text)
    return first is not None and fold(first.group()) in folded("items", "captions")


_CAPTION = re.compile(r"[^\W\d]+(?=\s*(?:\d|[:.]|$))")
"""The word of `Kort 2`; `Kort om sagen` has none."""
