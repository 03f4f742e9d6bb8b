"""Looks up lines that are no headings of a section: item openings, labels of the meeting, page furniture."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from minutes_parser.vocabulary import Words, body_pattern, fold, names_body, shortest, small
from minutes_parser.vocabulary.dates import date_pattern, signs
from minutes_parser.vocabulary.words import words


@lru_cache(maxsize=64)
def folded(section: str, group: str) -> Words:
    """The folded words of one list of `words.toml`."""
    return Words(fold(w) for w in words()[section][group])


@lru_cache(maxsize=64)
def first_letters(section: str, group: str) -> frozenset[str]:
    """The first two letters of the words of one list, small: a line that begins with none of them is none of them."""
    return frozenset(w[:2].lower() for w in words()[section][group])


def alternatives(section: str, group: str) -> str:
    """A regular expression for any word of one list, longest first, blanks free, a full stop at the end optional."""
    names = sorted(words()[section][group], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(n.rstrip(" .")).replace(r"\ ", r"\s?") + r"\.?" for n in names) + ")"


class Opening(NamedTuple):
    """A line that opens an item: its form, number and where the title begins in the line."""

    form: str
    number: str
    title: int
    value: tuple[int, ...]
    """The number as numbers, to see whether a sequence rises."""


@lru_cache(maxsize=1)
def _word_opening() -> re.Pattern[str]:
    # Punkt: 12 · Punkt 3: Title · Pkt. 61 Title · Ad 2) Title · Nr.140 - Title · Sag nr. 21 Title · Pkt. a) Title
    return re.compile(
        rf"[•·*-]?\s*({alternatives('items', 'words').replace('g', '[gq]')})(?:\s?|: ?(?=\d+$))(\d{{1,4}}(?:\.\d{{1,2}}|/(?:19|20)\d\d)?|[a-zæøå](?=[).:]))(?: {alternatives('items', 'of')} \d{{1,3}})?\s*(?:[.):]+|[-–—|](?=\s))?(?:\s|$|(?<=[.):]))",
        re.IGNORECASE,
    )


_NUMBER_OPENING = re.compile(r"(?:[•·]\s*)?(\d{1,4}(?:\.\d{1,2})?)(\.|\)|:|\s-|\s\||)(\s+|$|(?=[A-ZÆØÅ]))")
_ADDED_OPENING = re.compile(r"(\d{1,4})([a-h])[.:]?\s+(?=[A-ZÆØÅ])")
"""`187a Genhusning`: an item added behind item 187."""
_YEAR_OPENING = re.compile(r"(\d{1,3})/(\d{2,4})\s+(?=[A-ZÆØÅ])")
_SERIAL_OPENING = re.compile(r"(\d{2}|20\d\d)-(\d{1,3})\.?:?\s+(?=[A-ZÆØÅ])")
_GROUP_OPENING = re.compile(r"([A-ZÆØÅ])\.?(\d{1,2})[.:)]?\s+(?=[A-ZÆØÅ])")
_MARKUP = re.compile(
    r"\([A-ZÆØÅ][a-zæøå]{3,5}(?: (?:sag|punkt))?\) +(?=\d)|#{1,6} +(?:\*\*)?|\*\*(?=\S)|(?:kl\. ?)?\d{1,2}[.:]\d\d(?: ?[-–] ?\d{1,2}[.:]\d\d)?:?\s+(?=\d{1,2}\.? |\d{1,2}\.$)"
)
"""Markdown, or the time of day, before an item's number."""
_LONGEST_OPENING = 80
_LETTER_OPENING = re.compile(r"([a-zæøå])[.)]\s+(?=[A-ZÆØÅ])")


def opening(line: str) -> Opening | None:
    """Read the beginning of a line as an item's number; None when there is none. A claim, not a verdict.

    >>> o = opening("Punkt 3: Ny legeplads"); o.form, o.number, o.title
    ('word', '3', 9)
    >>> opening("38Godkendelse af dagsorden").number
    '38'
    """
    if not _may_open(line[:2]) and line[0] != "k":
        return None  # most lines
    marked = line[:1] in "#*k(" or line[1:3].strip("0123456789") in (".", ":")
    start = markup.end() if marked and (markup := _MARKUP.match(line)) else 0
    if not _may_open(line[start : start + 2]):
        return None
    found = _opening(line[start : start + _LONGEST_OPENING])
    return found._replace(title=found.title + start) if found and start else found


@lru_cache(maxsize=1024)
def _may_open(head: str) -> bool:
    """Whether a line with these two characters at its beginning may open an item: no letters but those of the words for it."""
    return not head.isalpha() or head.lower() in first_letters("items", "words")


@lru_cache(maxsize=1024)
def _opening(line: str) -> Opening | None:
    if line[:1].isdigit():
        return _numbered(line)
    word = _word_opening().match(line)
    if word:
        number = word[2]
        value = (
            tuple(int(n) for n in number.partition("/")[0].split("."))
            if number[0].isdigit()
            else (ord(number.lower()) - 96,)
        )
        return Opening("ad" if fold(word[1]).startswith("ad") else "word", number, word.end(), value)
    grouped = _GROUP_OPENING.match(line)
    if grouped:
        value = (ord(grouped[1].lower()) - 96, int(grouped[2]))
        return Opening("group", grouped[1] + grouped[2], grouped.end(), value)
    letter = _LETTER_OPENING.match(line)
    if letter:
        return Opening("letter", letter[1], letter.end(), (ord(letter[1]) - 96,))
    return _numbered(line) if line[:1] in "•·" else None


def _numbered(line: str) -> Opening | None:
    """A line that begins with a number, or a bullet and one."""
    year = _YEAR_OPENING.match(line)
    if year:
        return Opening("year", f"{year[1]}/{year[2]}", year.end(), (int(year[2]), int(year[1])))
    serial = _SERIAL_OPENING.match(line)
    if serial:
        return Opening("serial", f"{serial[1]}-{serial[2]}", serial.end(), (int(serial[1]), int(serial[2])))
    added = _ADDED_OPENING.match(line)
    if added:
        return Opening("bare", added[1] + added[2], added.end(), (int(added[1]), ord(added[2]) - 96))
    number_ = _NUMBER_OPENING.match(line)
    if number_:
        form = {".": "dot", ")": "paren", ":": "colon", " -": "dash", " |": "dash", "": "bare"}[number_[2]]
        rest = line[number_.end() : number_.end() + 1]
        if form == "bare" and rest and not (rest.isupper() or rest in "(\"”»'"):
            return None
        if "." in number_[1] and len(number_[1].split(".")[1]) > 1 and form == "bare":
            return None
        return Opening(form, number_[1], number_.end(), tuple(map(int, number_[1].split("."))))
    return None


@lru_cache(maxsize=1)
def _case() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=[\s,;(|•]))({alternatives('items', 'case')})\s?:?\s*\.?:?\s*([A-ZÆØÅa-zæøå]{{0,6}}-?\d[\w./:-]*(?:\s?[A-Z]\d[\w./-]*)?)?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _case_label() -> re.Pattern[str]:
    # `Sagsnr. 17/009920-2 · …`: where the word itself says that a number follows the colon may be missing
    numbered = [n for n in words()["items"]["case"] if n.rstrip(". ").lower().endswith(_NUMBER_WORDS)]
    bare = "|".join(re.escape(n.rstrip(" .")) for n in sorted(numbered, key=len, reverse=True))
    return re.compile(
        rf"[•·(]?\s*(?:[A-ZÆØÅ][^\W\d_]{{2,11}}-(?=sag))?(?:{alternatives('items', 'case')}\s?(?::|\.:)\s*|(?:{bare})\.?\s(?=\S*\d\d))",
        re.IGNORECASE,
    )


_NUMBER_WORDS = ("nr", "nummer", "id")


@lru_cache(maxsize=1)
def _unlabelled_case() -> re.Pattern[str]:
    return re.compile(rf"({alternatives('items', 'case')})\s(\S*\d\S*)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _bare_case() -> re.Pattern[str]:
    # the clerk's initials may follow
    return re.compile(r"\(?(" + bare_case() + r")\)?(?:\s+[/,-]?\s*[a-zæøåA-ZÆØÅ]{2,5})?")


@lru_cache(maxsize=1)
def _bare_leading() -> re.Pattern[str]:
    # SAG-2021-03877 · Sagstype: Beslutning
    return re.compile(rf"({bare_case()}) [·•|] (?=\S)")


@lru_cache(maxsize=1)
def _both_cases() -> re.Pattern[str]:
    # the records plan's number before the case's own: 00.22.04.A00 13/141 Åben sag
    return re.compile(r"\d{2}\.\d{2}\.\d{2}\.?[A-ZÆØÅ]\d{2}\s+(\d{2}/\d{2,6})(?!\S)")


@lru_cache(maxsize=1)
def _own_case() -> re.Pattern[str]:
    # the case's own number beside the records plan's: J.nr. 00.01.02G01   Sagsnr. 08/14
    names = [n for n in words()["items"]["case"] if fold(n).startswith("sag") and len(fold(n)) > 4]
    longest = "|".join(re.escape(n.rstrip(" .")) for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<=\s)(?:{longest})\.?\s?:?\s*(\S*\d\S*)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _case_behind() -> re.Pattern[str]:
    # Sag: Hvilsted Sogn - Kirke - Varme (2024 - 8841)
    return re.compile(rf"\(({bare_case()})\)$")


@lru_cache(maxsize=1)
def _inner_case() -> re.Pattern[str]:
    # after other labels: Dok.nr.: 70114 Sagsid.: 08/2 Initialer: hlu
    return re.compile(rf"(?<=\s){alternatives('items', 'case')}\s?[.:]+\s?:?\s?(\S*\d\S*)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _document_label() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('items', 'document')}\s?:\s*(\S+)", re.IGNORECASE)


@lru_cache(maxsize=1)
def bare_case() -> str:
    """A regular expression (no capturing groups) for a case number without a label."""
    return "(?:" + "|".join(words()["items"]["case_forms"]) + ")"


def case_line(line: str) -> str | None:
    """The case number when the line is an item's case-number line (labelled, or bare), else None; "" when the label is empty.

    >>> case_line("Sagsnr.: 00.00.00-P19-1402-09 Sagsbehandler: Vivi Holm"), case_line("26-001587"), case_line("Sagen er ny")
    ('00.00.00-P19-1402-09', '26-001587', None)
    """
    if not may_label(line[:2]) and (len(line) >= 40 or not line[:2].isupper()) and "-sag" not in line[3:18]:
        return None
    return _case_line(line)


@lru_cache(maxsize=1024)
def may_label(head: str) -> bool:
    """Whether a line with these two characters at its beginning may be an item's data: no letters but those of the labels."""
    return not head.isalpha() or any(
        head.lower() in first_letters("items", group) for group in ("case", "document", "clerk")
    )


_DOTTED = re.compile(r"(?:\s?\.){2,}\s?:|\s\.:|\.\s:")


def undotted(line: str) -> str:
    """The line with its label close to the colon, where dots fill the way: `Sagsnr.. . .: 04-872`.

    >>> undotted("Emne . . . .: Ny skole")
    'Emne: Ny skole'
    """
    return _DOTTED.sub(":", line) if ".:" in line[:60] or ". :" in line[:60] else line


@lru_cache(maxsize=1024)
def _case_line(line: str) -> str | None:
    line = undotted(line)
    worded = not line[:1].isdigit()
    label = _case_label().match(line) if worded else None
    if label and len(line) < 160:
        spaced = re.fullmatch(r"(?:\S{1,3} ){4,}\S{1,3}", line[label.end() :].strip())
        if spaced:  # OCR of letter-spaced print
            return spaced.group()
        own = _own_case().search(line, 4)
        if own and fold(label.group())[:3] != "sag":
            return own[1].rstrip(".,:")
        value = re.match(
            r"[\w.,/:-]*\d[\w./:-]*(?:\s[A-Z]\d[\w./-]*| - \d{3,8}| [A-ZÆØÅ] \d{1,4}/\d{2,4})?", line[label.end() :]
        )
        if value is None and line.endswith(")") and (behind := _case_behind().search(line)):
            return behind[1]
        return value.group().rstrip(".,:") if value else ""
    inner = _inner_case().search(line) if ":" in line and len(line) < 160 else None
    if inner and ("   " in line[: inner.start()] or clerk_line(line) or document_number(line)):
        return inner[1].rstrip(".,:")
    bare = _bare_case().fullmatch(line.strip(" •·")) if len(line) < 40 else None
    if bare:
        return bare[1]
    leading = _bare_leading().match(line) if line[:1].isupper() or line[:1].isdigit() else None
    if leading:
        return leading[1]
    both = _both_cases().match(line) if len(line) < 60 and line[:1].isdigit() else None
    if both and fold(line[both.end() :]) in {"", *folded("items", "open"), *folded("items", "closed")}:
        return both[1]
    unlabelled = _unlabelled_case().match(line) if worded and len(line) < 60 else None
    return unlabelled[2] if unlabelled and len(unlabelled[2]) > 4 else None


def document_number(line: str) -> str | None:
    """The document's number in the records system, when the line prints one."""
    found = _document_label().search(line) if ":" in line else None
    if found is None and line[:3].lower() == "dok" and len(line) < 60:
        found = _document_alone().fullmatch(line)
    return found[1] if found else None


@lru_cache(maxsize=1)
def _document_alone() -> re.Pattern[str]:
    # Dok. 306-2019-263412
    return re.compile(rf"{alternatives('items', 'document_alone')} ?(\d[\d./-]{{4,}})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _clerk() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('items', 'clerk')}\s?:", re.IGNORECASE)


def clerk_line(line: str) -> bool:
    """Whether the line names the clerk or the office that prepared the case."""
    return ":" in line and len(line) < 100 and _clerk().match(undotted(line)) is not None


@lru_cache(maxsize=1)
def _closed() -> re.Pattern[str]:
    names = sorted(words()["items"]["closed"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n) for n in names) + r")(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _closed_words() -> tuple[str, ...]:
    return shortest(word.lower() for word in words()["items"]["closed"])


def closed(title: str) -> bool:
    """Whether a title says that the item is closed to the public: `Lukket punkt`, `LUKKET: …`, `… (Lukket)`."""
    low = title.lower()
    found = _closed().search(title) if any(word in low for word in _closed_words()) else None
    if not found:
        return False
    return (
        found.start() == 0
        or found.group().startswith("(")
        or (
            title[found.start() - 1] in "([-– :"
            and (found.end() >= len(title.rstrip(" ).:")) or found.group()[0].isupper())
        )
    )


def _all_noise(parts: list[str], known: frozenset[str]) -> bool:
    """Several buttons on one line: `Hent som PDF Kopier link`."""
    if not 2 <= len(parts) <= 9:
        return False
    return any(
        fold(" ".join(parts[:n])) in known and (fold(" ".join(parts[n:])) in known or _all_noise(parts[n:], known))
        for n in range(1, len(parts))
    )


_ARROWS = "«‹ "
_BARRED = re.compile(r"[\s|«»‹›]+")
"""What parts the buttons on a line."""


@lru_cache(maxsize=1)
def _noise() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in words()["noise"]["patterns"]), re.IGNORECASE)


_LETTER = re.compile(r"[^\W_]")


def noise(line: str) -> str | None:
    """`chrome` for a line that belongs to the web page, `furniture` for a page counter, else None."""
    if len(line) > 60:
        return None if line[0].isalnum() or _LETTER.search(line) else "furniture"
    return _noise_line(line)


_MOST_PAGES = 1000
"""`22/4471` is a case."""


@lru_cache(maxsize=1024)
def _noise_line(line: str) -> str | None:
    known = folded("noise", "lines")
    line = line.lstrip(_ARROWS)
    head = fold(line[:4])
    ends = line[:1].islower() and line[-1] in ".,;"  # the last word of a sentence: `tilbage.`
    if not ends and head in known.heads and (fold(line) in known or _all_noise(_BARRED.split(line), known)):
        return "chrome"
    if not head and len(line) > 2 and not fold(line) and line[0] not in "[(":  # [...] in a quotation
        return "furniture"  # a ruler: -----, * * *, ././.
    bare = line.strip(" .·•|")
    if _noise().fullmatch(bare):
        page, slash, pages = bare.partition("/")
        numbers = page.strip().isdigit() and pages.strip().isdigit()
        counts = not slash or not numbers or int(page) <= int(pages) < _MOST_PAGES
        return "furniture" if counts else None
    return None


def dated(line: str) -> bool:
    """Whether the line names a body and a day, and nothing else.

    >>> dated("Økonomiudvalget den 21-09-2015"), dated("Økonomiudvalget, 21-09-2015, pkt. 4"), dated("Økonomiudvalget")
    (True, True, False)
    >>> dated("7. maj 2024 Teknisk Udvalg")
    True
    """
    if not _ends_as_day(line[-_DAY:].rstrip(" :").lower()) and not (line[:1].isdigit() and len(line) < 90):
        return False
    low = small(line)
    if "den" not in low and next(signs(line), None) is None:
        return False
    if not (names_body(low) or line[:2].isupper() or low.startswith("behandlet i ")):
        return False
    return _dated_line().fullmatch(line) is not None


_DAY = 26
"""Characters at a line's end that hold the number of the item behind a day, if there is one."""


def _ends_as_day(tail: str) -> bool:
    """Whether a line that ends like that, in small letters, may be a body and a day: nearly all others are ruled out."""
    return tail[-1:].isdigit() or tail.endswith((")", "den")) or "pkt" in tail or "punkt" in tail or "sag" in tail


@lru_cache(maxsize=1)
def _dated_line() -> re.Pattern[str]:
    body, day = body_pattern(), date_pattern()
    return re.compile(
        rf"{day},?:?(?: [-–])? {body} ?:?|(?:behandlet i )?(?:{body}(?:s møde)?|(?-i:[A-ZÆØÅ]{{2,6}})),? ?(?:(?:den|d\.)? ?{day}|den ?)"
        rf"(?:,? (?:pkt|punkt|sag)\.?(?: nr\.?)? ?[\w.-]{{1,8}})?(?: ?\([^\W\d_]{{4,16}}\))? ?:?",
        re.IGNORECASE,
    )
