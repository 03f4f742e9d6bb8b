"""Which lines below an item's title say nothing but the item's data: its case's number, its clerk, who may hear it?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from minutes_parser.recognise.bodies import is_body
from minutes_parser.recognise.context import Unit
from minutes_parser.recognise.titles import access_of, data_beside, is_datum
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import alternatives, case_line, clerk_line, dated, document_number, folded
from minutes_parser.vocabulary.words import words

_LONGEST = 160


def is_data(unit: Unit, title: str) -> bool:
    """Whether the line, found below an item's title and before its text, is the item's data or prints the title again."""
    text = unit.text[unit.line.marker if unit.first else 0 :]
    if len(text) > _LONGEST:
        return False
    key = fold(text)
    return (
        case_line(text) is not None
        or clerk_line(text)
        or document_number(text) is not None
        or key in labels()
        or any(key in folded("items", group) for group in ("untitled", "open", "purpose"))
        or access_of(text) is not None
        or _parted(text)
        or _timed(text)
        or key == fold(title)
        or dated(text)
        or _behind_body(text)
        or _row_of_data(unit)
        or case_column(unit) >= 0
        or unit.element.partition(".")[0] in ("dt", "dd")
    )


CASE_LIKE = re.compile(r"[\w./-]{0,8}\d[\w./-]{1,25}")
"""What a case's number looks like behind a label."""


@lru_cache(maxsize=1)
def labels() -> frozenset[str]:
    """Labels that stand on a line of their own, the value on the next."""
    return folded("items", "case") | folded("items", "clerk")


@lru_cache(maxsize=1)
def label_inside() -> re.Pattern[str]:
    """Finds a label of an item's data that does not begin its line: `Sag 5 på dagsordenen Sagsnummer: 18/16630`."""
    labels = "|".join(alternatives("items", group) for group in ("case", "document", "clerk"))
    return re.compile(rf"(?<=\s)(?:{labels})\s?:", re.IGNORECASE)


def _behind_body(text: str) -> bool:
    """`Sundhedskoordinationsudvalget Brevid: 4263228`: the item's data behind the name of the body."""
    found = label_inside().search(text) if ":" in text else None
    return found is not None and is_body(text[: found.start()].strip())


def _row_of_data(unit: Unit) -> bool:
    """A row of cells that each have a label and a value, `Tid: 30 min.` beside `Type: Drøftelse`, right below the title."""
    return len(unit.line.cells) > 1 and all(is_datum(cell) for cell in unit.line.cells)


def _parted(text: str) -> bool:
    """`Åben sag | Sagsnummer 13/7702 | Ansvarlig: Økonomi`: strokes, dots or dashes part an item's data."""
    number = data_beside(text) if "|" in text or _PARTED.search(text) else None
    return bool(number) or (number is not None and "|" in text)


_PARTED = re.compile(r" [-–·•] ")


def _timed(text: str) -> bool:
    """Who presents the item, and how long it takes: `Ved Ditte Hegelund - 35 min.`"""
    return len(text) < 100 and "min" in text and _presents().match(text) is not None


@lru_cache(maxsize=1)
def _presents() -> re.Pattern[str]:
    begins = "|".join(re.escape(word) for word in words()["text"]["presents"])
    minutes = r"\d{1,3} ?min(?:utter|\.)?"
    name = r"(?-i:[A-ZÆØÅ])[^.!?:]{2,50}"
    return re.compile(
        rf"\((?:[^().]{{0,40}}, ?)?{minutes}\)(?: [^.!?]{{3,80}})?$|(?:{begins}) ?(?:{name}[,(]|[^.!?:]{{3,40}} [-–]) ?{minutes}\)?$",
        re.IGNORECASE,
    )


def labelled_number(units: Sequence[Unit], at: int) -> bool:
    """Whether the line is a case number's label, and the next line the number."""
    below = units[at + 1] if at + 1 < len(units) else None
    labelled = below is not None and fold(units[at].text) in labels()
    return labelled and below is not None and CASE_LIKE.fullmatch(below.text) is not None


def case_column(unit: Unit) -> int:
    """In a row of labels, `Sagsnr. | Sagstype | Beslutter`, the place of the case number's; -1 for other lines."""
    cells = unit.line.cells
    if len(cells) < 2 or any(":" in cell or len(cell) > 40 for cell in cells):
        return -1
    return next((n for n, cell in enumerate(cells) if fold(cell) in folded("items", "case")), -1)
