"""Lines to marks: what the document says of itself, one question a module. Nothing here decides, nothing changes the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from minutes_parser.kinds import Label
from minutes_parser.layouts import GENERIC, Layout
from minutes_parser.marks import Mark
from minutes_parser.recognise.contents import contents
from minutes_parser.recognise.context import Context, build
from minutes_parser.recognise.items import items
from minutes_parser.recognise.roles import roles
from minutes_parser.recognise.sections import sections
from minutes_parser.text import SourceText

RECOGNISERS: tuple[Callable[[Context], Iterable[Mark]], ...] = (items, sections)


def prepare(text: SourceText, cleaned: Sequence[Mark], layout: Layout = GENERIC) -> Context:
    """What the recognisers look at: units, looks, and the table of contents set apart."""
    context = build(text, cleaned, layout)
    table = contents(context)
    for unit in context.units:
        if unit.index in table.units:
            unit.label = Label.TOC
            if unit.whole and unit.hit and unit.hit.rule == "heading.name":
                context.headings[unit.style] -= 1
    context.contents_entries = table.entries
    return context


def recognise(context: Context) -> tuple[Mark, ...]:
    """All claims about the document; the order of the recognisers does not matter."""
    return tuple(roles(context, [mark for recogniser in RECOGNISERS for mark in recogniser(context)]))
