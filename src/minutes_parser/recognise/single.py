"""Is the whole document one case? A title above headings that only cases have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from minutes_parser.kinds import Label
from minutes_parser.marks import Mark
from minutes_parser.recognise.bodies import body_in
from minutes_parser.recognise.context import Context, Unit, stronger
from minutes_parser.recognise.data import label_inside
from minutes_parser.recognise.labels import FACTS, labelled
from minutes_parser.recognise.titles import access_of, is_datum
from minutes_parser.text import Span
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import case_line, clerk_line, folded, opening
from minutes_parser.vocabulary.words import words


def single(context: Context, heads: Sequence[Mark]) -> Mark | None:
    """The ITEM_TITLE mark of a document that is one case, from its headings' marks; None when no heading says so."""
    heads = [m for m in heads if m.rule != "heading.shape"]
    doubtful = ("heading.fuzzy", "heading.style")
    if not any(m.value in ("indstilling", "beslutning") and m.rule not in doubtful for m in heads):
        return None
    starts = sorted(m.span.start for m in heads)
    live = list(context.live())
    calls = {u.start for u in live[:12] if fold(u.text) in folded("meeting", "minutes") or _names_meeting(u.text)}
    while len(starts) > 2 and starts[0] in calls:  # what the document calls itself
        starts.pop(0)
    first = starts[0]
    if len(starts) > 2 and live and live[0].start == first:
        first = starts[1]  # the letter's own title: `Indstilling`
    blocks = _blocks([u for u in live if u.start < first])
    if not blocks:
        return Mark(Label.ITEM_TITLE, Span(first, first), "", "item.single", 0.4, {"title": "", "first": first})
    best = max(blocks, key=lambda b: _weight(context, b))
    title = " ".join(u.text for u in best).strip("* ")
    found = opening(title)
    if found and not title[found.title :].strip():
        found = None
    return Mark(
        Label.ITEM_TITLE,
        Span(best[0].start, best[-1].span.stop),
        found.number if found else "",
        "item.single",
        0.6,
        {"title": title[found.title :] if found else title, "first": _data_above(live, best[0])},
    )


def _names_meeting(text: str) -> bool:
    """`Byrådets møde tirsdag den 25. juni 2019`: which meeting it was, above the case of a page."""
    tokens = text.casefold().split()
    return any(t in words()["bodies"]["meetings"] for t in tokens[1:2]) and next(dates(text), None) is not None


def _data_above(live: Sequence[Unit], title: Unit) -> int:
    """Where the item begins: at its data right above the title, `Punkt: 11`, `Sagsnr.: 18/23340`, none of the meeting's."""
    at = next(n for n, unit in enumerate(live) if unit is title)
    above = at
    while (
        above
        and (live[above - 1].number_alone is not None or is_datum(live[above - 1].text))
        and not labelled([live[above - 1]])
    ):
        above -= 1
    own = any(unit.number_alone is not None or case_line(unit.text) for unit in live[above:at])
    return live[above].start if own else title.start


def _blocks(units: list[Unit]) -> list[list[Unit]]:
    """Lines that may be titles, close under each other in one look, at most three; a number begins a new title."""
    blocks: list[list[Unit]] = []
    before: Unit | None = None
    for unit in units:
        value = before is not None and _is_label(before.text)
        value = value or (before is not None and before.text.endswith(":") and clerk_line(before.text))
        torn = before is not None and len(before.text) > 25 and unit.gap < 0.6 and 3 < len(unit.text) < 8
        if (_title_like(unit) or (torn and unit.text.isalpha() and not _is_label(unit.text))) and not value:
            joins = before is not None and blocks and before is blocks[-1][-1]
            alone = bool(blocks) and blocks[-1][-1].number_alone is not None
            if (
                joins
                and not (alone and is_datum(unit.text))
                and (alone or (unit.gap < 0.6 and unit.style == blocks[-1][-1].style and unit.opening is None))
            ):
                blocks[-1].append(unit)
            else:
                blocks.append([unit])
        before = unit
    titles = (b for b in blocks if len(b) <= 3 and any(u.number_alone is None for u in b))
    return [b for b in titles if not any(_address().match(u.text) for u in b)]


def _is_label(text: str) -> bool:
    return any(fold(text) in folded("meeting", fact) for fact in FACTS)


def _title_like(unit: Unit) -> bool:
    text = unit.text
    return (
        (8 <= len(text) <= 220 or unit.number_alone is not None)
        and not text.endswith((".", ":"))
        and not any(text.count(mark) > 1 for mark in _TRAIL)
        and case_line(text) is None
        and access_of(text) is None
        and label_inside().search(text) is None
        and not clerk_line(text)
        and not labelled([unit])
        and unit.element.partition(".")[0] not in ("dt", "dd")
        and not any(start < 20 for start, _, _ in dates(text))
        and fold(text) not in folded("meeting", "minutes")
        and not any(fold(text) in folded("items", group) for group in ("open", "case", "clerk", "document"))
    )


_TRAIL = (" / ", " » ", " > ", " › ")
"""What parts the places on the way to a page: `Forside / Politik / Møder`."""


@lru_cache(maxsize=1)
def _address() -> re.Pattern[str]:
    # Grøndalsvej 11, 8260 Byen
    ends = "|".join(map(re.escape, words()["meeting"]["place_words"]))
    return re.compile(rf"[A-ZÆØÅ][\w. ]{{0,30}}?(?:{ends}) \d{{1,3}}[A-Z]?(?:, ?\d{{4}}\b.*)?$", re.IGNORECASE)


def _weight(context: Context, block: list[Unit]) -> tuple[int, float, int, int, int]:
    """A number, a larger look, a title printed again further down, no body's name: then the last one above the case."""
    unit = block[0]
    numbered = int(unit.opening is not None)
    larger = unit.style[0] if stronger(unit.style, context.body) else 0.0
    level = 10 - unit.style[2] if unit.style[2] else 0
    again = sum(1 for u in context.units if fold(u.text).startswith(fold(unit.text))) > 1
    named = body_in(unit.text) is not None or unit.text.isupper()
    return (numbered + int(again) - int(named), larger, level, int(unit.style[1]), unit.start)
