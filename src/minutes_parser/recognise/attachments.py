"""Which lines under a heading for attachments name one?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import bare_case, folded
from minutes_parser.vocabulary.words import words

_NUMBER = re.compile(
    r"^(?:bilag|vedlegg)\s*(?:nr\.?\s*)?(\d{1,3}(?:[.,]\d{1,2})?[a-z]?|[A-ZÆØÅ])(?![\w])\s*[-–:.)]?\s*", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _document() -> re.Pattern[str]:
    return re.compile(rf"^({bare_case()}|\d{{5,9}}(?:[-/]\d{{2,4}})?)\s*[-–:]\s*(?=\S)")


_DOCUMENT_END = re.compile(r"\s*\(\d{5,9}\s*[-–]\s*[^()]{3,30}\)$")
# a file type drawn as an icon before the name
_ICON = re.compile(
    r"^(?:PDF|DOCX?|XLSX?|PPTX?|ZIP|JPE?G|PNG|application/\w+ icon)(?=[A-ZÆØÅ0-9])\s*|^application/\w+ icon\s*"
)
# what a web page says of the file behind the name
_FILE = re.compile(
    r"\s\((?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png)[,;]? ?[\d.,]{1,8} ?(?:[kmg]?b|bytes|sider?)(?:, nyt vindue)?\)$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^(\d{1,2})(?:[.:)]\s+|\s)(?=[A-ZÆØÅa-zæøå])")
_EMPTY = re.compile(r"[-–.•\s]*|ingen(?: bilag)?\.?|intet\.?|nej\.?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _column() -> re.Pattern[str]:
    # number, whether it is open to the public, name: three columns of a table
    access = "|".join(map(re.escape, words()["items"]["untitled"]))
    return re.compile(rf"(\d{{1,3}})\.? (?:{access}) (?=\S)")


@dataclass(frozen=True, slots=True)
class Named:
    """An attachment as one line names it."""

    title: str
    number: str | None
    document_number: str | None


def attachment(line: str) -> Named | None:
    """Read a line of an attachment list; None for a line that says there is none.

    >>> attachment("2012-208960 - Redegørelse fra klubben")
    Named(title='Redegørelse fra klubben', number=None, document_number='2012-208960')
    """
    text = _ICON.sub("", " ".join(line.split()).lstrip("•·*-–◦▪ ")).strip()
    if not text or _EMPTY.fullmatch(text) or fold(text) in folded("noise", "lines"):
        return None
    if text.startswith("|") or len(text) > 250:
        return None
    text = _FILE.sub("", text)
    end = _DOCUMENT_END.search(text)
    document = end.group().strip(" ()") if end else None
    title = text[: end.start()] if end else text
    column = _column().match(title)
    if column:
        return Named(title[column.end() :], column[1], document)
    counted = _COUNTED.match(title)
    if counted:
        return Named(title[counted.end() :], counted[1], document)
    numbered = _NUMBER.match(title)
    if numbered:
        return Named(title, numbered[1], document)
    first = _document().match(title)
    if first and document is None:
        return Named(title[first.end() :], None, first[1])
    return Named(title, None, document)
