"""Which lines under a heading for attachments name one?"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.text import APART, Line
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.files import links_file, without_size
from minutes_parser.vocabulary.lines import alternatives, bare_case, folded
from minutes_parser.vocabulary.words import words

_NUMBER = re.compile(
    r"^(?:bilag|vedlegg)\s*(?:nr\.?\s*)?(\d{1,3}(?:[.,]\d{1,2})?[a-z]?|[A-ZÆØÅ])(?![\w])\s*[-–:.)]?\s*", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _document() -> re.Pattern[str]:
    return re.compile(rf"^({bare_case()}|\d{{5,9}}(?:[-/]\d{{2,4}})?)\s*[-–:]\s*(?=\S)")


_DOCUMENT_END = re.compile(r"\s*\(\d{5,9}\s*[-–]\s*[^()]{3,30}\)$")


@lru_cache(maxsize=1)
def _document_behind() -> re.Pattern[str]:
    # Tilbudsskemaer, 2 stk. (dok.nr. 2009-8811) · Rapport (131995-14)
    return re.compile(
        rf"\s*\((?:{alternatives('items', 'document')}:? ?)?(\d{{5,9}}|\d{{4,9}}[-/]\d{{2,6}})\)$", re.IGNORECASE
    )


# a file type drawn as an icon before the name
_ICON = re.compile(
    r"(?:PDF|DOCX?|XLSX?|PPTX?|ZIP|JPE?G|PNG|application/\w+ icon)(?=[A-ZÆØÅ0-9])\s*|application/\w+ icon\s*"
)
_COUNTED = re.compile(
    r"^(?:\[(\d{1,2}(?:\.\d{1,2})?)\]|(\d{1,2}(?:\.\d{1,2})?|[A-ZÆØÅ](?=[:.)] ))(?:[.:)]\s+|\s))\s*(?=[A-ZÆØÅa-zæøå])"
)
_BUTTON = re.compile(r"(?<=[a-zæøå0-9)])Download$")
"""A button glued to the name of the file: `Årsregnskab 2018Download`."""
_EMPTY = re.compile(r"[-–.•\s]*|ingen(?: bilag)?\.?|intet\.?|nej\.?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _column() -> re.Pattern[str]:
    # number, whether it is open to the public, name: three columns of a table
    access = "|".join(map(re.escape, words()["items"]["untitled"]))
    return re.compile(rf"(\d{{1,3}})\.? (?:{access}) (?=\S)")


@lru_cache(maxsize=1)
def _column_anywhere() -> re.Pattern[str]:
    return re.compile(rf"(?<!\S){_column().pattern}")


_ORDINAL = re.compile(r"\d{1,3}\.?")
_FILED_LAST = re.compile(r"\s(\d{4,8}[/-]\d{2,4})$")
_FILED = re.compile(r"[A-Z]{0,4}-?\d[\d./-]{3,20}")


def opens(line: str) -> bool:
    """Whether a line of a list begins an attachment by its own words, wherever the line above ends: `Bilag 8 - Kort`."""
    return _NUMBER.match(line) is not None or by_document(line) or _table_row(line)


def attachment_number(lead: str) -> bool:
    """Whether the words before a number count attachments: `Bilag`."""
    return _NUMBER.match(f"{lead} 1") is not None


def by_document(line: str) -> bool:
    """Whether an attachment is named by its number in the records system first: `2012-208960 - Redegørelse`."""
    return line[:1].isdigit() and _document().match(line) is not None


def file_line(line: Line) -> bool:
    """Whether the line is nothing but a link to a file, or an attachment in parentheses: `(Bilag 57.1 Analyse)`."""
    return links_file(line) or _unwrapped(line.text) != line.text


def _unwrapped(text: str) -> str:
    """The line without the parentheses around an attachment that it names by its number."""
    return (
        text[1:-1]
        if text[:1] == "(" and text[-1] == ")" and text[-2] not in ".!?" and _NUMBER.match(text[1:])
        else text
    )


def listed(text: str, *, lone: bool = False) -> list[str]:
    """The attachments that a line names one after the other: `Udkast til politik; Brev fra ministeriet`.

    `lone` says that the line is the whole list: then full stops, bars and commas part them, too.

    >>> listed("Kort; Brev af 2. maj"), listed("Kort over Vejle, Kolding og omegn")
    (['Kort', 'Brev af 2. maj'], ['Kort over Vejle, Kolding og omegn'])
    """
    for form in (_column_anywhere(), _NUMBERED) if text[:1].isdigit() or text[:1] in "BV" else ():
        numbered = [m.start() for m in form.finditer(text)]
        if len(numbered) > 1 and numbered[0] == 0:
            return [text[a:b].strip() for a, b in itertools.pairwise((*numbered, len(text)))]
    if lone and (parts := _papers(text)):
        return parts
    for sign, mark in _JOINTS[: None if lone and not opens(text) else 2]:
        if sign not in text:
            continue
        parts = [part.strip(" ;.,") for part in mark.split(text.rstrip(" ;."))]
        parts = [part for part in parts if part]
        if len(parts) > 1 and all(_names_one(part, sign, n) for n, part in enumerate(parts)):
            return parts
    return [text]


def _papers(text: str) -> list[str]:
    """The papers that commas part, each called what it is: `Skitse af 14. juni, brev fra klubben`; none for other lists."""
    parts = [part.strip(" .") for part in _COMMA.split(text.rstrip(" ;."))]
    called = all(
        part.count(" ") > 1 and part.split(" ")[0].casefold() in words()["text"]["papers"] for part in parts[1:]
    )
    return parts if len(parts) > 1 and called and all(len(part) <= 90 for part in parts) else []


_COMMA = re.compile(r", (?:og |samt )?(?=[a-zæøå])")
_NUMBERED = re.compile(r"(?<!\S)(?:Bilag|BILAG|Vedlegg) (?=\d)")
"""Where each of several attachments on one line begins: `Bilag 2.1 Budget Bilag 2.2 Likviditet`."""
_JOINTS = (
    ("[", re.compile(r"(?=\[\d{1,2}(?:\.\d{1,2})?\] )")),
    ("; ", re.compile(r"; ")),
    (": ", re.compile(r"(?<!\S)(?=[A-ZÆØÅ]: [A-ZÆØÅ])")),
    (" | ", re.compile(r" \| ")),
    (". ", re.compile(r"(?:(?<=[a-zæøå)])|(?<=\d{4}))\. (?=[A-ZÆØÅ])")),
    (", ", re.compile(r", (?=[A-ZÆØÅ])")),
)
"""What parts attachments that one line names, the surest first; each with letters that it cannot do without."""


def _names_one(part: str, sign: str, place: int) -> bool:
    """Whether a part may be an attachment's name: no sentence. A comma may part names of people, too; behind a semicolon a
    small letter may begin one: `Foto af facade; skitse af 16. januar`."""
    tokens = part.split()
    strict = sign == ", "
    if len(part) > 90 or not (part[0].isalnum() or part[0] == "["):
        return False
    if part[0].islower() and not (sign == "; " and place):
        return False
    if any(fold(t) in folded("bodies", "verbs") for t in tokens):
        return False
    return not strict or any(t[0].islower() and t not in words()["bodies"]["small"] for t in tokens[1:])


@dataclass(frozen=True, slots=True)
class Named:
    """An attachment as one line names it."""

    title: str
    number: str | None
    document_number: str | None


def heads_table(cells: tuple[str, ...]) -> bool:
    """Whether the cells are the header row of a table of attachments: one names the document's number."""
    if not 1 < len(cells) < 6:
        return False
    documents = folded("items", "document")
    return any(documents.hold(c) for c in cells) and all(folded("columns", "attachments").hold(c) for c in cells)


def _table_row(line: str) -> bool:
    if APART.search(line) is None:
        return False
    cells = [c for c in APART.split(line) if c]
    return len(cells) > 1 and _row(cells) is not None


def _row(cells: list[str]) -> Named | None:
    """A row of a table of attachments, told by what its cells look like; None when it is none, no title for its header."""
    header = folded("columns", "attachments")
    if all(header.hold(c) for c in cells):
        return Named("", None, None)
    number = document = None
    titles: list[str] = []
    for n, cell in enumerate(cells):
        if n == 0 and _ORDINAL.fullmatch(cell):
            number = cell.rstrip(".")
        elif document is None and _FILED.fullmatch(cell):
            document = cell
        elif fold(cell) not in folded("items", "untitled"):
            titles.append(cell)
    return Named(titles[0], number, document) if len(titles) == 1 and (number or document) else None


def names_attachment(line: str) -> bool:
    """Whether a line of an attachment list names one, as `attachment` reads it."""
    row = _row_in(line)
    return _words(line) is not None if row is None else bool(row.title)


def _row_in(line: str) -> Named | None:
    """The row that a line with cells is."""
    if APART.search(line) is None:
        return None
    cells = [c.strip() for c in APART.split(line.strip("•·*-–◦▪ ")) if c.strip()]
    return _row(cells) if len(cells) > 1 else None


def _words(line: str) -> str | None:
    """The line's words without bullets and icons, None where they say that there is no attachment, or what else a page says."""
    text = " ".join(line.split()).lstrip("•·*-–◦▪ ")
    icon = _ICON.match(text)
    text = _BUTTON.sub("", text[icon.end() :] if icon else text).strip()
    if not text or len(text) > 250 or text.startswith("|"):
        return None
    return None if _EMPTY.fullmatch(text) or fold(text) in folded("noise", "lines") else text


def attachment(line: str) -> Named | None:
    """Read a line of an attachment list; None for a line that says there is none.

    >>> attachment("2012-208960 - Redegørelse fra klubben")
    Named(title='Redegørelse fra klubben', number=None, document_number='2012-208960')
    """
    row = _row_in(line)
    if row is not None:
        return row if row.title else None
    text = _words(line)
    if text is None:
        return None
    text = without_size(_unwrapped(text))
    document = end = None
    if text[-1:] == ")":
        end = _DOCUMENT_END.search(text)
        document = end.group().strip(" ()") if end else None
        if end is None and (end := _document_behind().search(text)):
            document = end[1]
    title = text[: end.start()] if end else text
    column = _column().match(title)
    if column:
        name = title[column.end() :]
        filed = _FILED_LAST.search(name) if document is None else None
        return Named(name[: filed.start()], column[1], filed[1]) if filed else Named(name, column[1], document)
    counted = _COUNTED.match(title)
    if counted:
        return Named(title[counted.end() :], counted[1] or counted[2], document)
    numbered = _NUMBER.match(title)
    if numbered:
        return Named(title, numbered[1], document)
    first = _document().match(title)
    if first and document is None:
        return Named(title[first.end() :], None, first[1])
    return Named(title, None, document)
