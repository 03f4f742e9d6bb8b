"""What does the line of an item's title hold beside the title: its case number, whether it is open?"""

from __future__ import annotations

import re
from functools import lru_cache

from minutes_parser.text import APART
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.lines import bare_case, case_line, clerk_line, closed, folded, may_label, undotted


def number_last(title: str) -> tuple[str, str | None]:
    """A title and the case's number that stands apart at the end of its line.

    >>> number_last("Nedrivningspulje 2017\t17/6021")
    ('Nedrivningspulje 2017', '17/6021')
    """
    gaps = list(APART.finditer(title)) or list(_DASHED.finditer(title))
    last = title[gaps[-1].end() :] if gaps else ""
    number = case_line(last) or (last if re.fullmatch(r"\d{2}/\d{1,6}", last) else None)
    return (title[: gaps[-1].start()], number) if number else (title, None)


_DASHED = re.compile(r" [-–|] (?=[^\W\d_]{1,12}\.? ?[^\W\d_]{0,6}\.?:? ?\S*\d\S*$)")
"""Before a number with its label at a title's end: `Åben skole - Sagsnr. 2010/04417`."""
_BETWEEN = re.compile(r"\s+[-–|·]\s+|\t+| {3,}|, ")


def parts(line: str) -> list[str]:
    """What strokes, gaps and commas part on a line of an item's data: `Åben sag - Sagsnr. 2010/04411`."""
    return _BETWEEN.split(line)


def is_datum(text: str) -> bool:
    """Whether a short line is a label and its value, whatever they say: `Tid: 30 min.`, `Sagsnr.: 15/6671`."""
    return len(text) < _DATUM_LENGTH and _DATUM.match(text) is not None


_DATUM_LENGTH = 90
_DATUM = re.compile(r"[A-ZÆØÅ][\w/. -]{1,24}: ?\S")


def data_beside(text: str) -> str | None:
    """The case's number, where a line says nothing but the item's data, or "" where it gives none; None for a title.

    >>> data_beside("Åben sag - Sagsnr. 2010/04411"), data_beside("Åbent punkt"), data_beside("Køb af sag - åben")
    ('2010/04411', '', None)
    """
    if not text or len(text) > (_BARRED_DATA if " | " in text else _DATA):
        return None
    whole = case_line(text)
    if whole is not None:
        return whole
    if not _may_hold_data(text[:2]):
        return None
    number = None
    pieces = parts(text)
    for piece in pieces:
        found = case_line(piece)
        number = number or found
        if len(pieces) > 2 and is_datum(piece) and number is not None:
            continue  # `Sagsnummer 13/7702 | Ansvarlig: Økonomi og Analyse`
        access = any(folded("items", group).hold(piece) for group in _ALONE)
        if found is None and not access and not clerk_line(piece):
            return None
    return number or (None if closed(text) else "")  # `Lukket punkt` may be all the title there is


def access_of(text: str) -> str | None:
    """The value of `Adgang: Åben`, `Sagstype: Lukket`: a label and a word for open or closed doors; None for other lines."""
    label, colon, value = text.partition(":")
    if not colon or len(text) > 60 or len(label) > 30:
        return None
    value = value.strip()
    return value if any(fold(value) in folded("items", group) for group in ("open", "untitled")) else None


_ALONE = ("untitled", "open", "purpose")
"""Words that are an item's data without a label."""


@lru_cache(maxsize=1024)
def _may_hold_data(head: str) -> bool:
    """Whether a line with these two characters at its beginning may begin with an item's data: most titles do not."""
    access = any(fold(head) in folded("items", group).heads for group in _ALONE)
    return may_label(head) or head.isupper() or access


_DATA, _BARRED_DATA = 80, 160
"""Characters of a line of data; strokes show that a longer one is one."""
_ACCESS = re.compile(
    r"\(?(åben|åbent|lukket)(?: (?:sag|punkt|møde))?+(?:\)\s*|\s+[-–]?\s*(?=(?-i:[A-ZÆØÅ\d])))", re.IGNORECASE
)
_BADGE = re.compile(r"(?<=\w) ([A-ZÆØÅ][^\W\d_]{3,6})$")
_BARRED = re.compile(r" \| ([^\W\d_]{4,8}(?: [^\W\d_]{3,5})?)$")
_BARRED_FIRST = re.compile(r"([^\W\d_]{4,8}(?: [^\W\d_]{3,5})?) \| (?=\S)")
_LABEL = re.compile(r"[^\W\d_]{2,12}\.?:\s*(?=\S)")


@lru_cache(maxsize=1)
def _parenthesis() -> re.Pattern[str]:
    label = r"(?P<label>[^\W\d]{1,12}\.? ?[^\W\d]{0,6}\.?:?\s?)?"
    return re.compile(rf"\s*[(\[](?:\s*|{label}{bare_case()})[)\]]$")


def neat(title: str) -> tuple[str, str | None, str]:
    """Title without the case number and access printed in parentheses; the case number or None; the access word.

    >>> neat("(Lukket) Salg af ejendom"), neat("Pulje (2018-0288310)"), neat("Nyt ( )")
    (('Salg af ejendom', None, 'Lukket'), ('Pulje', '2018-0288310', ''), ('Nyt', None, ''))
    """
    title = undotted(" ".join(title.split()).strip("#*| "))
    barred = _BARRED.search(title)
    if barred and fold(barred[1]) in folded("items", "untitled"):
        access_word, title = barred[1], title[: barred.start()]
        return (*neat(title)[:2], access_word)
    first = _BARRED_FIRST.match(title)
    if first and fold(first[1]) in (folded("items", "untitled") | folded("items", "open")):
        shown, number, _ = neat(title[first.end() :])
        return shown, number, first[1]
    label = _LABEL.match(title)
    if label and fold(label.group()) in folded("items", "title"):
        title = title[label.end() :]
    case = None
    found = _parenthesis().search(title)
    if found and found.start() > 0:
        inner = found.group().strip(" ()[]").removeprefix(found["label"] or "").strip()
        case = inner or None
        title = title[: found.start()]
    badge = _BADGE.search(title)
    if badge and fold(badge[1]) in folded("items", "untitled"):
        return (*neat(title[: badge.start()])[:2], badge[1])
    access = _ACCESS.match(title)
    word = ""
    if access:
        word = access[1]
        title = title[access.end() :]
    return title.strip().rstrip(":").strip(), case, word
