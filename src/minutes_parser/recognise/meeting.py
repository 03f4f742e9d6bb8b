"""Which body met, when, where?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.kinds import Label
from minutes_parser.marks import Mark
from minutes_parser.recognise.context import Unit
from minutes_parser.vocabulary import body_pattern, fold
from minutes_parser.vocabulary.dates import date_pattern, dates, times
from minutes_parser.vocabulary.lines import folded
from minutes_parser.vocabulary.words import words

FACTS = ("body", "date", "start", "end", "place", "published", "present", "absent", "staff")


@dataclass(slots=True)
class Facts:
    """The meeting's facts, None where the document does not say, and the units that say them."""

    body: str | None = None
    date: str | None = None
    start: str | None = None
    end: str | None = None
    place: str | None = None
    published: str | None = None


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    names = {w for fact in FACTS for w in words()["meeting"][fact]} | {"Udvalg", "Møde"}
    longest = sorted(names, key=len, reverse=True)
    return re.compile(
        r"(?:[•·]\s*)?(" + "|".join(re.escape(n) for n in longest) + r")(?:\s?[.:]+\s*|\s{2,}|\t\s*|\s(?=\S)|$)",
        re.IGNORECASE,
    )


def labelled(units: list[Unit]) -> list[tuple[str, str, int]]:
    """Fact, value and place in the list of each labelled line before the items; the value may stand on the next line."""
    found: list[tuple[str, str, int]] = []
    for n, unit in enumerate(units):
        for text in _parts(unit):
            match = _label().match(text)
            if not match:
                continue
            key = fold(match[1])
            value = text[match.end() :].strip()
            loose = not re.search(r"[.:\t]|\s{2}|$^", text[match.end(1) : match.end()]) and bool(value)
            if loose and not (value[:1].isupper() or value[:1].isdigit() or value[:3] in ("kl.", "kl ")):
                if not dates(value):
                    continue
                if next(dates(value), None) is None:
                    continue
            if not value and n + 1 < len(units):
                following = _label().match(units[n + 1].text)
                value = "" if following and following.end() == len(units[n + 1].text) else units[n + 1].text
            found += [
                (fact, value, n)
                for fact in FACTS
                if key in folded("meeting", fact) or (fact == "body" and key == "udvalg")
            ]
    return found


def _parts(unit: Unit) -> list[str]:
    """A line with several labels and values is read label by label."""
    text = unit.text
    if len(text) > 400:
        return [text[:400]]
    cells = [c for c in unit.line.cells if c]
    if len(cells) == 2:
        return [f"{cells[0].rstrip(': ')}: {cells[1]}"]
    parts = re.split(r"\s\|\s|\s{3,}(?=[A-ZÆØÅ][a-zæøå]+:)", text)
    inner = re.search(r"(?<=\S)\s+(?=(?:Mødested\s?:?|Mødedato\s?:?|Sted:|Lokale:)\s[A-ZÆØÅ\d])", text)
    if inner and len(parts) == 1 and inner.start() > 8:
        return [text[: inner.start()], text[inner.end() :]]
    return parts


def facts(front: list[Unit], tail: Iterable[Unit], headings: Iterable[str], title: str) -> tuple[Facts, set[int]]:
    """The meeting's facts from the lines before the items, else from decisions' headings and the document's title.

    Never the day of publication, a deadline or an earlier meeting. The set holds the places in `front` that said something.
    """
    result = Facts()
    used: set[int] = set()
    rows = labelled(front)
    for fact, value, n in rows:
        _take(result, fact, value, n, used)
    _from_lines(result, front, used, {n for fact, _, n in rows if fact in ("published",)})
    if result.date is None or result.body is None:
        _from_headings(result, list(headings))
    if result.date is None and title:
        result.date = next((d for _, _, d in dates(title)), None)
    if result.body is None and title:
        result.body = body_in(title)
    if result.end is None:
        _adjourned(result, [*front, *tail])
    return result, used


def _take(result: Facts, fact: str, value: str, n: int, used: set[int]) -> None:
    if fact == "published" and result.published is None:
        result.published = next((d for _, _, d in dates(value)), None)
    elif fact == "body" and result.body is None and value and len(value) < 120 and not any(dates(value)):
        result.body = value.strip(" .:")
    elif fact == "place" and result.place is None and value and len(value) < 160:
        result.place = value.strip(" .:")
    elif fact == "date":
        day = next((d for _, _, d in dates(value)), None)
        if day and result.date is None:
            result.date = day
            after = value[next(stop for _, stop, _ in dates(value)) :]
            _hours(result, after)
            rest = re.sub(r"^[^,]*?\d[\d.:, –-]*(?:\s*[-–]\s*\d[\d.: ]*)?,?\s*", "", after) if times(after) else after
            if result.place is None and (m := re.search(r"(?:^|\s)(?:i|på)\s(?=[A-ZÆØÅ])(.{3,80})$", rest)):
                result.place = m[1].strip(" .")
    elif fact == "start":
        if result.start is None:
            _hours(result, value)
        if result.date is None and (day := next((d for _, _, d in dates(value)), None)):
            result.date = day
    elif fact == "end" and result.end is None:
        if re.search(r"\b\d \d[.:]\d ?\d?\b|\d[.:]\d \d\b", value) and len(value) < 30:  # OCR of letter-spaced print
            value = re.sub(r"(?<=[\d.:]) (?=[\d.:])", "", value)
        clock = [t for _, t in times(_bare_date(value))]
        result.end = clock[0] if clock else None
    else:
        return
    used.add(n)


def _bare_date(value: str) -> str:
    for start, stop, _ in reversed(list(dates(value))):
        value = value[:start] + " " + value[stop:]
    return value


def _hours(result: Facts, text: str) -> None:
    clock = [t for _, t in times(_bare_date(text))]
    if clock and result.start is None:
        result.start = clock[0]
    if len(clock) > 1 and result.end is None and clock[1] > clock[0]:
        result.end = clock[1]


_MEETING = re.compile(
    r"^(?:(?:åbent |godkendt |foreløbig )?(?:referat|dagsorden|beslutningsprotokol|protokol|indkaldelse)\s*(?:fra|af|til|for|over)?\s*(?:det |den |ordinære? )?)?(?:møde[t]? (?:i|nr\.? ?\d+ i)\s+)?",
    re.IGNORECASE,
)


def _from_lines(result: Facts, front: list[Unit], used: set[int], published: set[int]) -> None:
    """Headlines: the body's name alone or with the date, and the first date with a year."""
    for n, unit in enumerate(front):
        text = unit.text[:300]
        if n in published or n - 1 in published:
            continue
        days = list(dates(text))
        if days and result.date is None and len(unit.text) < 300 and not _SKIP_DATE.search(text[: days[0][0]]):
            result.date = days[0][2]
            after = text[days[0][1] :]
            _hours(result, after)
            used.add(n)
            if result.place is None:
                result.place = _place_after(after)
        elif days and result.date == days[0][2] and result.start is None:
            _hours(result, text[days[0][1] :])
            used.add(n)
            if result.place is None:
                result.place = _place_after(text[days[0][1] :])
        if result.body is None and len(unit.text) < 200 and (name := body_in(text)):
            result.body = name
            used.add(n)
        if result.place is None and (m := re.match(r"i ((?:Møde|[A-ZÆØÅ]).{3,100})$", text)) and n and (n - 1) in used:
            result.place = m[1].strip(" .")
            used.add(n)
        if (
            result.place is None
            and n
            and n - 1 in used
            and days == []
            and len(text) < 60
            and _place_word().search(text)
            and not body_in(text)
        ):
            result.place = text.strip(" .")
            used.add(n)
        if (
            result.start is None
            and not days
            and n not in published
            and len(text) < 200
            and re.search(r"\bkl\.? ?\d", text, re.IGNORECASE)
        ):
            _hours(result, text)
            used.add(n)
        if result.start is None and result.date and n and n - 1 in used and re.match(r"kl\.? ?\d", text, re.IGNORECASE):
            _hours(result, text)


_SKIP_DATE = re.compile(
    r"(?:opdateret|udgivet|offentliggjort|publiceret|frist|senest|udsendt|godkendt på|gælder|oprettet)\D*$",
    re.IGNORECASE,
)


def _place_after(after: str) -> str | None:
    found = re.search(r"(?:,|\bi|\bpå)\s+(?!kl)((?:[A-ZÆØÅ]|mødelokale|lokale)[^|]{2,90})$", after)
    if not found or next(dates(found[1]), None):
        return None
    found_ = re.sub(r",?\s+kl\.? ?\d.*$", "", found[1])
    place = re.sub(r"^kl\.? ?[\d.: –-]+,?\s*(?:i |på )?", "", found_).strip(" .")
    inner = re.search(r"\b(?:i|på)\s+((?:[A-ZÆØÅ]|mødelokale).{2,80})$", place) if place[:1].isdigit() else None
    return (inner[1] if inner else place) or None


@lru_cache(maxsize=1)
def _place_word() -> re.Pattern[str]:
    return re.compile(r"(?:" + "|".join(map(re.escape, words()["meeting"]["place_words"])) + r")\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _body_line() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<body>{body_pattern()})(?P<rest>(?:\s+20\d\d\s?-\s?20\d\d)?(?:,?\s+(?:den|d\.)?\s*(?:{date_pattern()}|\d).*|\s*[-–|:•].*|,\s*\w+|\s*)?)$",
        re.IGNORECASE,
    )


def body_in(line: str) -> str | None:
    """The body that a headline names, or None.

    >>> body_in("REFERAT Kultur- og Fritidsudvalget d. 17-08-2022"), body_in("Referat af møde i Byrådet")
    ('Kultur- og Fritidsudvalget', 'Byrådet')
    """
    text = line.strip(" .:*")
    possessed = _possessed().search(text)
    if possessed and len(text) < 200:
        return possessed[1][0].upper() + possessed[1][1:]
    days = list(dates(text))
    for head in (text, text.split(" - ")[0], text.split("|")[0]):
        lead = _MEETING.match(head)
        rest = head[lead.end() :] if lead else head
        if days and re.match(rf"(?:{date_pattern()})\s*[-–]?\s*", rest, re.IGNORECASE):
            rest = re.sub(
                rf"^(?:{date_pattern()})\s*[-–]?\s*(?:referat fra |dagsorden for )?", "", rest, flags=re.IGNORECASE
            )
        found = _body_line().match(rest)
        if (
            found
            and len(found["body"]) < 90
            and found["body"][:1].isalpha()
            and found["body"].split(" ")[0].casefold() not in _NO_BODY
        ):
            name = found["body"].strip(" ,")
            if (
                fold(name) in folded("meeting", "minutes")
                or fold(name) in folded("meeting", "agenda")
                or fold(name) in ("udvalg", "råd", "møde", "forum")
            ):
                continue
            return name[0].upper() + name[1:] if name[0].islower() else name
    return None


@lru_cache(maxsize=1)
def _possessed() -> re.Pattern[str]:
    # Referat fra Ældrerådets møde den 14. marts
    return re.compile(
        r"^(?:\w+ )?(?:referat|dagsorden|protokol)\w*(?: (?:fra|for|af|til))? ((?-i:[A-ZÆØÅ])[\w, -]{2,50}?)s (?:ordinære |ekstraordinære )?møde\b",
        re.IGNORECASE,
    )


_NO_BODY = frozenset(
    (
        "der",
        "det",
        "vi",
        "hvis",
        "når",
        "at",
        "i",
        "på",
        "til",
        "du",
        "fra",
        "godkendelse",
        "valg",
        "udpegning",
        "orientering",
        "bestyrelsen:",
        "se",
    )
)


def _from_headings(result: Facts, headings: list[str]) -> None:
    """The body and day most often named in the decisions' headings; the last one where they tie."""
    bodies: Counter[str] = Counter()
    days: Counter[str] = Counter()
    for heading in headings:
        day = next((d for _, _, d in dates(heading)), None)
        if day:
            days[day] += 1
        name = heading_body(heading)
        if name:
            bodies[name] += 1
    if result.date is None and days:
        top = max(days.values())
        result.date = max(d for d, n in days.items() if n == top)
    if result.body is None and bodies:
        result.body = bodies.most_common(1)[0][0]


@lru_cache(maxsize=1)
def _heading_body() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|\b(?:beslutning:?|behandling|i|fra)\s+(?:i\s+)?)({body_pattern()})(?=s?\b|[,:’'])", re.IGNORECASE
    )


def heading_body(heading: str) -> str | None:
    """The body that a decision's heading names."""
    text = re.sub(
        r"^(?:beslutning|behandling|fraværende|afbud)[,:]?\s+(?:i\s+|fra\s+)?", "", heading, flags=re.IGNORECASE
    )
    found = _heading_body().match(text)
    if not found or fold(found[1]) in ("udvalg", "råd"):
        return None
    return found[1].strip(" ,")


def _adjourned(result: Facts, units: list[Unit]) -> None:
    """`Mødet sluttede kl. 19.11`, wherever it stands."""
    ends = re.compile("|".join(words()["meeting"]["adjourned"]), re.IGNORECASE)
    starts = re.compile("|".join(words()["meeting"]["opened"]), re.IGNORECASE)
    for unit in units:
        if len(unit.text) > 400:
            continue
        found = ends.search(unit.text)
        if found and result.end is None:
            clock = [t for _, t in times(_bare_date(unit.text[found.end() : found.end() + 30]))]
            if clock:
                result.end = clock[0]
        opened = starts.search(unit.text)
        if opened and result.start is None:
            clock = [t for _, t in times(unit.text[opened.end() : opened.end() + 20])]
            if clock:
                result.start = clock[0]


def meeting_marks(front: list[Unit], used: set[int]) -> list[Mark]:
    """MEETING marks for the lines that named a fact."""
    return [Mark(Label.MEETING, front[n].span, rule="meeting.fact") for n in sorted(used)]
