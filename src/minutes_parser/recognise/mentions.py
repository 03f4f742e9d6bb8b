"""Which amounts, days, laws, subject codes and earlier meetings does an item's text name?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from minutes_parser.kinds import MentionKind
from minutes_parser.recognise.names import body_word
from minutes_parser.recognise.passage import Passage, Place
from minutes_parser.vocabulary.dates import date_pattern, dates, iso, signs
from minutes_parser.vocabulary.letters import lowered, places
from minutes_parser.vocabulary.words import decision_words


class Mention(NamedTuple):
    """One thing named, with its normalised value; `body` and `item` of an earlier meeting."""

    kind: MentionKind
    value: str | None
    text: str
    place: Place
    body: str | None = None
    item: str | None = None


def mentions(passages: Sequence[Passage], before: str | None) -> list[Mention]:
    """What the passages name, passage by passage in order, nothing twice. `before` is the day of the meeting (ISO 8601):
    only earlier days are earlier treatment.

    The signs of each kind are looked for in all passages at once, and each kind only in the passages that hold its sign.
    """
    texts = [passage.text for passage in passages]
    whole = "\n".join(texts)
    lower = lowered(whole)
    starts = [0, *accumulate([len(text) + 1 for text in texts])]
    held: dict[int, list[Mention]] = {}
    for n, found in _holding(places(lower, _money_signs()), starts).items():
        held.setdefault(n, []).extend(_money(passages[n], sorted(found)))
    for n in _holding([m.start() for m in _CODE.finditer(whole)], starts):
        held.setdefault(n, []).extend(_codes(passages[n]))
    for n in _holding(signs(whole), starts):
        held.setdefault(n, []).extend(_days(passages[n], before))
    for n, found in _holding(places(lower, _words()["law_signs"]), starts).items():
        held.setdefault(n, []).extend(_laws(passages[n], sorted(found)))
    return [m for n in sorted(held) for m in _apart(held[n])]


def _order(mention: Mention) -> tuple[int, int]:
    """By where it begins, what holds others before them."""
    return mention.place.start, -mention.place.stop


def _holding(places: Iterable[int], starts: Sequence[int]) -> dict[int, list[int]]:
    """The passages that hold one of the places, with those places in them."""
    found: dict[int, list[int]] = {}
    for at in places:
        n = bisect_right(starts, at) - 1
        found.setdefault(n, []).append(at - starts[n])
    return found


def _apart(found: Sequence[Mention]) -> Iterable[Mention]:
    """In order, without those that stand inside another: the day in a law's number."""
    if len(found) < 2:
        return found
    kept = []
    reach, last = -1, (-1, -1)
    for mention in sorted(found, key=_order):
        span = _order(mention)
        if span == last or mention.place.stop > reach:
            kept.append(mention)
            reach, last = mention.place.stop, span
    return kept


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = decision_words()["mention"]
    return words


def _any(kind: str) -> str:
    return "|".join(re.escape(w) for w in sorted(_words()[kind], key=len, reverse=True))


# -- amounts -----------------------------------------------------------------------------------------------------------


_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,3})?(?!\d)"


@lru_cache(maxsize=1)
def _currency() -> re.Pattern[str]:
    units = {form for word in _words()["currency"] for form in (word, word.capitalize(), word.upper())}
    return re.compile("(?:" + "|".join(re.escape(u) for u in sorted(units, key=len, reverse=True)) + r")(?!\w)")


@lru_cache(maxsize=1)
def _money_signs() -> tuple[str, ...]:
    """What every unit of money begins with."""
    units = {word.casefold() for word in _words()["currency"]}
    return tuple(u for u in sorted(units) if not any(u != other and u.startswith(other) for other in units))


def _scale() -> str:
    return "|".join(re.escape(w) for w in sorted(decision_words()["mention"]["scales"], key=len, reverse=True))


@lru_cache(maxsize=1)
def _before_unit() -> re.Pattern[str]:
    return re.compile(rf"(?=\d)(?P<number>{_NUMBER})(?:,-)? ?(?P<scale>{_scale()})? ?$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _after_unit() -> re.Pattern[str]:
    return re.compile(rf" ?(?P<sign>-?)(?P<number>{_NUMBER})(?:,-)?(?: ?(?P<scale>{_scale()})(?!\w))?", re.IGNORECASE)


def _money(passage: Passage, places: Iterable[int]) -> Iterator[Mention]:
    """Numbers beside a unit of money; what stands before it counts first: `500 kr. 20 personer`. `places` are those of
    the signs, in order."""
    text = passage.text
    for unit in _named_at(_currency(), text, places):
        start, stop = unit.span()
        if start and text[start - 1].isalpha() and text[max(0, start - 2) : start] not in ("t.", "t "):
            continue
        lead = max(0, start - 26)
        found = _before_unit().search(text[lead:start])
        if found:
            start, sign = lead + found.start(), ""
            if start and text[start - 1] == "-" and not text[start - 2 : start - 1].isalnum():
                start, sign = start - 1, "-"
            elif start and (text[start - 1].isalnum() or text[start - 1] in ".,/"):
                continue
        elif found := _after_unit().match(text, stop):
            stop, sign = found.end(), found["sign"]
        else:
            continue
        value = kroner(sign + found["number"], found["scale"])
        yield Mention(MentionKind.MONEY, value, text[start:stop].strip(), passage.where(start, stop, "mention.money"))


def kroner(number: str, scale: str | None = None) -> str | None:
    """An amount in kroner as a decimal number; None where dots may be thousands or decimals (`33.477 mio.`).

    >>> kroner("2,59", "mio."), kroner("1.316.000"), kroner("2.500,50"), kroner("33.477", "mio.")
    ('2590000', '1316000', '2500.50', None)
    """
    dotted = "." in number
    thousands = re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", number) is not None
    if dotted and scale and thousands and "," not in number and number.count(".") == 1:
        return None
    plain = number.replace(".", "").replace(",", ".") if thousands or not dotted else number
    times = decision_words()["mention"]["scales"][scale.casefold()] if scale else 1
    value = Decimal(plain) * times
    return format(value.normalize(), "f") if value == value.to_integral() else str(value)


# -- subject codes -----------------------------------------------------------------------------------------------------

_CODE = re.compile(r"\.\d\d\.\d\d(?=[ .-]?[A-ZÆØÅ]\d\d)")
"""The end of a code: a full stop is looked for much faster than a digit."""
_GROUP = re.compile(r"(?<![\w.])\d\d")


def _codes(passage: Passage) -> Iterator[Mention]:
    """KLE subject codes, told from dates by the facet after them: `06.00.05-P15`."""
    text = passage.text
    for found in _CODE.finditer(text):
        start = found.start() - 2
        if start >= 0 and _GROUP.match(text, start):
            where = passage.where(start, found.end(), "mention.kle")
            yield Mention(MentionKind.KLE, text[start : found.end()], text[start : found.end()], where)


# -- days and earlier meetings -----------------------------------------------------------------------------------------


def _days(passage: Passage, before: str | None) -> Iterator[Mention]:
    text = passage.text
    for start, stop, day in dates(text, None):
        if start and text[start - 1].isalnum():
            continue  # the end of a case number
        if before is None or day < before:
            earlier = _earlier(passage, start, stop, day)
            if earlier:
                yield earlier
                continue
        lead = text[max(0, start - 30) : start].casefold()
        kind = MentionKind.DEADLINE if _deadline().search(lead) else MentionKind.DATE
        yield Mention(kind, day, text[start:stop], passage.where(start, stop, f"mention.{kind}"))


@lru_cache(maxsize=1)
def _deadline() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('deadline')})(?!\w)[^.;\n]{{0,20}}$")


@lru_cache(maxsize=1)
def _point() -> re.Pattern[str]:
    return re.compile(
        rf",?\s*\(?(?:{_any('points')}) ?:? ?(?:(?:{_any('number')}) ?)?(\d{{1,4}}(?:\.\d{{1,2}})?)\)?", re.IGNORECASE
    )


_NAME = re.compile(r"[\wÆØÅæøå&-]+,?")


def _earlier(passage: Passage, start: int, stop: int, day: str) -> Mention | None:
    """`Økonomiudvalget den 3. maj 2021, pkt. 44`: a body right before the day, or a number right after it."""
    text = passage.text
    lead = max(text.rfind(". ", 0, max(0, start - 3)), start - 90, 0)
    words = list(_NAME.finditer(text, lead, start))
    at = next((n for n in range(len(words) - 1, max(-1, len(words) - 9), -1) if body_word(words[n].group())), None)
    if at is None:
        return None
    first = _name_start(words, at)
    after = _point().match(text, stop)
    end = after.end() if after else stop
    body = text[words[first].start() : words[at].end()].strip(" ,")
    where = passage.where(words[first].start(), end, "mention.earlier", 0.8)
    return Mention(MentionKind.EARLIER, day, text[words[first].start() : end], where, body, after[1] if after else None)


def _name_start(words: Sequence[re.Match[str]], at: int) -> int:
    """Where a body's name begins: `Kultur- og Fritidsudvalget`, `Teknik-, Klima- og Miljøudvalget`."""
    joins = decision_words()["grammar"]["and"]
    first = at
    while first > 1 and words[first - 1].group() in joins and words[first - 2].group().rstrip(",").endswith("-"):
        first -= 2
        while first and words[first - 1].group().endswith("-,"):
            first -= 1
    return first


# -- laws --------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _law_key() -> re.Pattern[str]:
    about = str(decision_words()["mention"]["law_about"])
    words = [*_words()["laws"], *(w.capitalize() for w in _words()["laws"])]
    names = "|".join(sorted(words, key=len, reverse=True))
    kinds = "|".join(f for w in _words()["numbered_laws"] for f in (w, w.capitalize(), w.upper()))
    return re.compile(rf"§|(?:{names})(?!\w)|{about} |{about.capitalize()} |(?:{kinds}) (?:{_any('number')}) ?\d")


@lru_cache(maxsize=1)
def _paragraph() -> re.Pattern[str]:
    part = rf"(?:,? ?(?:{_any('paragraph')}) ?(?:\d{{1,2}}|[a-z])(?!\w)(?: ?(?:-|–|og) ?\d{{1,2}}(?!\w))?){{0,3}}"
    return re.compile(
        rf"§{{1,2}} ?(?P<number>\d{{1,3}} ?[a-z]?(?!\w)(?: ?(?:,|-|–|og) ?§? ?\d{{1,3}} ?[a-z]?(?!\w))*)(?P<part>{part})",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _numbered_law() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<kind>{_any('numbered_laws')}) (?:{_any('number')}) ?(?P<number>\d{{1,5}}) (?:{_any('of')}) (?P<day>{date_pattern()})",
        re.IGNORECASE,
    )


def _named_at(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """Where a pattern fits, of the places where one of its signs stands."""
    end = 0
    for at in places:
        if at >= end and (found := pattern.match(text, at)):
            end = found.end()
            yield found


def _laws(passage: Passage, places: Iterable[int]) -> Iterator[Mention]:
    """Laws by name, by number and day, and paragraphs with the law's name before them where it is printed there; `places`
    are those of the signs, in order."""
    text = passage.text
    name = (-1, -1)
    for key in _named_at(_law_key(), text, places):
        if key.group() == "§":
            yield from _cited(passage, key.start(), name)
            name = (-1, -1)
        elif numbered := _numbered_law().match(text, key.start()):
            day = iso(numbered["day"])
            value = f"{numbered['kind'].casefold()} {numbered['number']}/{day[:4]}" if day else None
            where = passage.where(numbered.start(), numbered.end(), "mention.law")
            yield Mention(MentionKind.LAW, value, numbered.group(), where)
        elif key.group()[-1] == " ":
            if key.start() and text[key.start() - 1].isalnum():
                continue
            name = (key.start(), -1)  # `lov om …`: its name reaches to the paragraph
        elif not key.group()[-1].isdigit():
            start = _word_start(text, key.start())
            if name[1] >= 0:
                yield from _named(passage, *name)
            name = (start, key.end()) if key.start() - start > 1 else (-1, -1)
    if name[1] >= 0:
        yield from _named(passage, *name)


def _word_start(text: str, at: int) -> int:
    while at and (text[at - 1].isalnum() or text[at - 1] == "-"):
        at -= 1
    return at


def _named(passage: Passage, start: int, stop: int) -> Iterator[Mention]:
    shown = passage.text[start:stop]
    yield Mention(MentionKind.LAW, _normal(shown, "", ""), shown, passage.where(start, stop, "mention.law"))


def _cited(passage: Passage, at: int, name: tuple[int, int]) -> Iterator[Mention]:
    """A paragraph, with the law whose name stands right before it; a name that stands elsewhere is a mention of its own."""
    text = passage.text
    found = _paragraph().match(text, at)
    start, stop = name
    between = text[stop if stop >= 0 else start : at] if start >= 0 else ""
    joined = start >= 0 and (between.strip(" ,") == "" if stop >= 0 else len(between) < 90 and "." not in between)
    if stop >= 0 and not (found and joined):
        yield from _named(passage, start, stop)
    if found:
        law = text[start : stop if stop >= 0 else at] if joined else ""
        first = start if joined else at
        shown = text[first : found.end()].strip(" ,")
        value = _normal(law, found["number"], found["part"])
        yield Mention(MentionKind.LAW, value, shown, passage.where(first, first + len(shown), "mention.law"))


def _normal(name: str, number: str, part: str) -> str:
    """A law's name in its base form, the paragraph and its parts, single blanks: `serviceloven § 99 stk. 2`."""
    base = " ".join(name.split()).strip(" ,")
    if base.endswith("s") and " " not in base and base.casefold().endswith(tuple(_words()["laws"])):
        base = base[:-1]
    base = base[:1].lower() + base[1:] if " " not in base else base.casefold()
    paragraph = f"§ {' '.join(number.split())}" if number else ""
    parts = re.sub(r"(?<=[a-zæøå])\.? ?(?=\d)", ". ", " ".join(part.replace(",", " ").split()))
    return " ".join(p for p in (base, paragraph, parts) if p)
