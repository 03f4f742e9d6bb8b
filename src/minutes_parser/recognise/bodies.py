"""Which council, committee or board does a line name?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.vocabulary import fold, shortest
from minutes_parser.vocabulary.dates import dates, hours
from minutes_parser.vocabulary.lines import folded
from minutes_parser.vocabulary.words import words

_LONGEST_LINE = 200
_LONGEST_NAME = 100
_ENDS = ' .,:;*|•·–-#"»«()'


@dataclass(frozen=True, slots=True)
class Named:
    """A body's name as printed, how sure it is (0 to 4), and whether it is only part of the word that was printed."""

    name: str
    weight: float
    rule: str
    stem: bool = False


def body_in(line: str) -> str | None:
    """The body that a headline names, or None.

    >>> body_in("REFERAT Kultur- og Fritidsudvalget d. 17-08-2022"), body_in("Referat af møde i Byrådet")
    ('Kultur- og Fritidsudvalget', 'Byrådet')
    """
    found = named(line)
    return found.name if found else None


@lru_cache(maxsize=4096)
def named(line: str) -> Named | None:
    """The body that a headline, a breadcrumb or a letterhead names; None for a sentence or an item's title."""
    text = line.strip(_ENDS)
    if not 3 < len(text) <= _LONGEST_LINE or not _may_name(text):
        return None
    owner = _owner(text)
    if owner:
        return Named(owner, 3.0, "body.owner")
    whole = _stripped(text)
    if is_body(whole):
        return Named(_shown(whole), 3.0, "body.line", stem=whole[0].islower() and not whole.endswith(("en", "et")))
    for segment in reversed(_segments().split(text)):
        name = _stripped(segment)
        if name != whole and is_body(name):
            return Named(_shown(name), 2.5, "body.segment")
    stem = _meeting_of(text)
    if stem:
        return Named(stem, 2.0, "body.meeting-of", stem=True)
    if whole and _shaped(text, whole):
        return Named(whole, 2.2, "body.shape")
    called = _called().search(text) if not folded("told", "not_meeting").hold(text.split(" ", 1)[0]) else None
    if called and is_body(name := _ahead(text[called.end() :])):
        return Named(_shown(name), 1.8, "body.called")
    return None


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(w)} (?=[A-ZÆØÅ])" for w in words()["bodies"]["meeting_in"]))


@lru_cache(maxsize=4096)
def heading_body(heading: str) -> str | None:
    """The body that a decision's heading names: `Beslutning i X den D`, `X' beslutning den D`, `X, D, pkt. 4`.

    >>> heading_body("Forretningsudvalgets beslutning den 15. november 2022:"), heading_body("Beslutning")
    ('Forretningsudvalget', None)
    """
    text = heading.strip(_ENDS)
    owner = _owner(text)
    if owner:
        return owner
    if text[:1].isdigit() and (first := next(dates(text), None)) and first[0] == 0:  # 7. maj 2024 Teknisk Udvalg
        behind = text[first[1] :].strip(_ENDS)
        return behind if is_body(behind) else None
    name = _behind(text, _decision_words())
    lead = text[: len(text) - len(name)]
    name = _ahead(name)
    if is_body(name):
        return name
    day = next(dates(text), None)
    counted = day is not None and any(map(str.isdigit, text[day[1] :]))  # Social og Sundhed, 6. januar 2020, pkt. 123
    return name if day and (lead.strip() or counted) and _titled(name) else None


def common(text: str) -> str | None:
    """A body's common noun in a sentence about its meeting: `afholdtes ordinær generalforsamling i …`."""
    for token in text.split():
        word = token.strip(_ENDS)
        if word.islower() and len(word) > 7 and ends_like_body(word) and fold(word) not in _no_names():
            return _shown(word)
    return None


def definite(stem: str, text: str) -> str:
    """The body's name in its definite form, as the text uses it, else as the language has it.

    >>> definite("Skolebestyrelse", "Skolebestyrelsen drøftede"), definite("Ældreråd", "")
    ('Skolebestyrelsen', 'Ældrerådet')
    """
    endings = "|".join(sorted(words()["bodies"]["definite"], key=len, reverse=True))
    found = re.search(rf"(?<!\w){re.escape(stem)}({endings})(?!\w)", text, re.IGNORECASE)
    if not found:
        ends = next((more for end, more in words()["bodies"]["definite_of"] if stem.casefold().endswith(end)), "")
        return stem + (ends.upper() if stem.isupper() else ends)
    return stem + (found[1].upper() if stem.isupper() else found[1].lower())


_NUMBER = re.compile(r"\d+[.)]?")


def is_body(name: str) -> bool:
    """Whether the words are a body's whole name: capitals and small words around a word like udvalg, råd, bestyrelse."""
    tokens = name.split()
    if not 1 <= len(tokens) <= 12 or not 4 <= len(name) <= _LONGEST_NAME or name[-1] in ".:;!?":
        return False
    if fold(name) in folded("bodies", "names"):
        return True
    if fold(name) in _no_names() or fold(tokens[0]) in folded("bodies", "never") or _NUMBER.fullmatch(tokens[0]):
        return False
    if any(fold(t) in folded("bodies", "verbs") for t in tokens):
        return False
    heads = [n for n, token in enumerate(tokens) if ends_like_body(token)]
    return any(_around(tokens, n) for n in heads)


def _around(tokens: list[str], head: int) -> bool:
    before, after = tokens[:head], tokens[head + 1 :]
    if not all(_capital(t) or t.casefold().strip(",") in _small() for t in before):
        return False
    if any(fold(t) in _documents() or fold(t) in folded("authority", "municipality") for t in before):
        return False
    if before and not _capital(before[0]):
        return False
    if not after:
        return tokens[head].strip(_ENDS) != "" and (_capital(tokens[head]) or len(tokens) == 1 or bool(before))
    if after[0].casefold() in words()["bodies"]["links"]:
        return len(after) > 1 and not tokens[head].endswith((",", ":", "."))
    indefinite = not fold(tokens[head]).endswith(("et", "en")) and not tokens[head].endswith((",", ":"))
    return indefinite and all(_capital(t) or t.casefold() in _small() for t in after) and _capital(after[-1])


def _capital(token: str) -> bool:
    first = token.lstrip('("»”')[:1]
    return first.isupper() or first.isdigit() or first == "§"


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(words()["bodies"]["small"])


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return folded("bodies", "generic") | folded("meeting", "minutes") | folded("meeting", "agenda")


@lru_cache(maxsize=1)
def _documents() -> frozenset[str]:
    return folded("meeting", "minutes") | folded("meeting", "agenda")


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(words()["bodies"]["endings"]), tuple(words()["bodies"]["no_endings"])


def ends_like_body(token: str) -> bool:
    """Whether the token is a body's own word."""
    good, bad = _endings()
    word = token.casefold().strip(_ENDS)
    return (word.endswith(good) and not word.endswith(bad)) or fold(word) in folded("bodies", "names")


@lru_cache(maxsize=1)
def _hints() -> tuple[str, ...]:
    hints = [*words()["bodies"]["endings"], *words()["bodies"]["names"], *words()["meeting"]["minutes"]]
    return shortest(w.lower() for w in [*hints, *words()["meeting"]["agenda"]])


def _may_name(text: str) -> bool:
    return any(map(text.lower().__contains__, _hints()))


@lru_cache(maxsize=1)
def _lead_words() -> frozenset[str]:
    return frozenset(words()["bodies"]["lead"])


@lru_cache(maxsize=1)
def _decision_words() -> frozenset[str]:
    return frozenset(words()["bodies"]["decision"])


def _behind(text: str, lead: frozenset[str]) -> str:
    """What stands behind the words that may stand in front of a body's name."""
    tokens = text.split(" ")
    n = 0
    while n < len(tokens):
        token = tokens[n].casefold().strip(",:()|")
        numbered = n > 0 and re.fullmatch(r"\d{1,3}(?:[./-]\d{1,4})?\.?", token) is not None
        if token in lead or token in ("", "-", "–", "•", "/") or numbered:
            n += 1
            continue
        break
    if n and n < len(tokens) and tokens[n - 1].casefold() in words()["bodies"]["articles"]:
        n -= 1
    return " ".join(tokens[n:])


@lru_cache(maxsize=1)
def _cut() -> re.Pattern[str]:
    """Where a headline goes on behind a body's name: a bracket, a label, a period of years, a number after some words."""
    counted = "|".join(re.escape(w) for w in words()["bodies"]["counted"])
    kinds = "|".join(words()["authority"]["municipality"])
    return re.compile(
        r",? (?:\(|[A-ZÆØÅ]\w+ ?:)|,? (?:19|20)\d\d ?[-–/] ?(?:19|20)?\d\d\b|,? (?:19|20)\d\d$"
        rf"|,? ?\b(?:{counted})\b\.? ?\d.*$|, (?:[\w-]+ ){{1,3}}(?:{kinds})\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _trail() -> frozenset[str]:
    return frozenset(words()["bodies"]["trail"]) | frozenset(words()["dates"]["weekdays"])


@lru_cache(maxsize=1)
def _behind_day() -> re.Pattern[str]:
    clock = "|".join(re.escape(w) for w in words()["dates"]["clock"])
    return re.compile(rf"[\s,–-]*(?:(?:{clock}) ?[\d.:–-]+)?[\s,:•–-]*")


def _ahead(text: str) -> str:
    """What stands in front of a date, an hour, a number, a label or the word Referat behind a body's name."""
    day = next(dates(text), None)
    if day:
        text = text[: day[0]]
    cut = _cut().search(text)
    if cut:
        text = text[: cut.start()]
    tokens = text.rstrip(" ,-–|•:(").split(" ")
    while tokens and (tokens[-1].casefold().strip(",:.") in _trail() or tokens[-1] in ("-", "–", "|")):
        tokens.pop()
    return " ".join(tokens).strip(' .,-–|•:;*"')


def _stripped(text: str) -> str:
    """A headline without what stands before and behind a body's name."""
    days = list(dates(text))
    if days and days[0][0] < 6 and days[0][1] < len(text):
        text = _behind_day().sub("", text[days[0][1] :], count=1)
    name = _ahead(_behind(text.strip(_ENDS), _lead_words()))
    found = _of_municipality().match(name)  # Nørrekjær Kommune Kommunalbestyrelsen
    return _behind(name[found.end() :], _lead_words()) if found else name


@lru_cache(maxsize=1)
def _of_municipality() -> re.Pattern[str]:
    kinds = "|".join(words()["authority"]["municipality"])
    return re.compile(rf"(?:[\w-]+ ){{0,3}}(?:{kinds})[,.:]?(?: [-–|•])? (?=[A-ZÆØÅ§])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _segments() -> re.Pattern[str]:
    """What parts a line: dashes, bars, wide gaps, the document's own word in the middle."""
    kinds = [w for group in ("minutes", "agenda") for w in words()["meeting"][group]]
    shown = "|".join(re.escape(form) for w in kinds for form in (w, w.upper()))
    return re.compile(rf"\s+[-–|•·>/]\s+|\t|\s{{3,}}|(?<=\w) (?={shown})")


def _shown(name: str) -> str:
    return name[0].upper() + name[1:]


_POSSESSIVE = "sS'’"
_GENITIVE = re.compile(r"(?:['’]?s|['’])$", re.IGNORECASE)


def _owner(text: str) -> str | None:
    """`Ældrerådets møde den 14. marts`, `KOMMUNALBESTYRELSENS FORHANDLINGSPROTOKOL`."""
    tokens = text.split(" ")
    for n, token in enumerate(tokens[:-1]):
        if token[-1:] not in _POSSESSIVE:
            continue
        bare = _GENITIVE.sub("", token)
        if bare == token or not ends_like_body(bare):
            continue
        behind = " ".join(tokens[n + 1 : n + 3]).casefold()
        if not any(re.match(rf"{p}\b", behind) for p in words()["bodies"]["possessions"]):
            continue
        head = _behind(" ".join([*tokens[:n], bare]), _lead_words() | _decision_words())
        return _shown(head) if is_body(head) else None
    return None


def _meeting_of(text: str) -> str | None:
    """`Ældrerådsmøde` belongs to the Ældreråd."""
    head = _behind(text, _lead_words())
    token = head.split(" ")[0].strip(_ENDS)
    for tail in words()["bodies"]["meetings"]:
        if token.casefold().endswith(tail):
            stem = token[: -len(tail)]
            if ends_like_body(stem) and fold(stem) not in _no_names():
                return _shown(stem)
    return None


def _titled(name: str) -> bool:
    """Words like a name: capitals and small words, no verb, no number in front."""
    tokens = name.split()
    return (
        1 <= len(tokens) <= 8
        and len(name) > 3
        and _capital(tokens[0])
        and not tokens[0][0].isdigit()
        and all(_capital(t) or t.casefold().strip(",") in _small() for t in tokens)
        and not any(fold(t) in folded("bodies", "verbs") for t in tokens)
        and fold(tokens[0]) not in folded("bodies", "never")
        and fold(name) not in _no_names()
    )


def _shaped(text: str, name: str) -> bool:
    """`REFERAT Plan, Miljø og Klima d. 17-08-2022`: between the document's word and a day stands the body."""
    first = fold(text.split(" ")[0])
    kinds = folded("meeting", "minutes") | folded("meeting", "agenda")
    if first not in kinds or next(dates(text), None) is None or hours(name):
        return False
    between = text.split(" ", 1)[1] if " " in text else ""
    return between.startswith(name) and _titled(name)
