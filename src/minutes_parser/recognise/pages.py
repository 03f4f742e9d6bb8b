"""Pages that came as one line each: where their running edges end, where items, their data and headings begin."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from minutes_parser.vocabulary import Vocabulary, fold
from minutes_parser.vocabulary.lines import alternatives, dated
from minutes_parser.vocabulary.words import words

_TOKEN = re.compile(r"\S+")
_NUMBER = re.compile(r"\d+|[ivx]+")
_ENOUGH = 0.6
"""Share of the pages that have to agree on what runs along their edges."""


def edges(pages: Sequence[str]) -> list[tuple[int, int]]:
    """Where each page's own text begins and ends: without the words and numbers that most pages begin or end with."""
    tokens = [[m.span() for m in _TOKEN.finditer(page)] for page in pages]
    heads = _running(pages, [t[:14] for t in tokens])
    tails = _running(pages, [t[: -7 if len(t) > 7 else None : -1] for t in tokens])
    out = []
    for page, spans, head, tail in zip(pages, tokens, heads, tails, strict=True):
        start = spans[head][0] if head < len(spans) else len(page)
        stop = spans[len(spans) - tail - 1][1] if tail < len(spans) - head else start
        out.append((start, stop))
    return out


def _running(pages: Sequence[str], tokens: Sequence[Sequence[tuple[int, int]]]) -> list[int]:
    """How many tokens of each page's edge run through most pages; a number counts as any number."""
    shown = [[page[a:b] for a, b in spans] for page, spans in zip(pages, tokens, strict=True)]
    masked = [tuple(_NUMBER.sub("0", t) if _NUMBER.fullmatch(t) else t for t in row) for row in shown]
    found = [0] * len(pages)
    length, needed = 1, max(2, _ENOUGH * len(pages))
    while common := Counter(row[:length] for row in masked if len(row) >= length).most_common(1):
        (edge, times) = common[0]
        if times < needed:
            break
        found = [length if row[:length] == edge else n for row, n in zip(masked, found, strict=True)]
        length += 1
    if length == 2 and not _counts([row[0] for row, n in zip(shown, found, strict=True) if n]):
        return [0] * len(pages)
    return found


def _counts(numbers: Sequence[str]) -> bool:
    """Whether what runs alone is a word, or numbers that go up page by page."""
    digits = [int(n[:9]) for n in numbers if n.isdigit()]
    return not digits or (len(digits) > 1 and all(0 < b - a <= 2 for a, b in itertools.pairwise(digits)))


def cuts(page: str, known: Vocabulary) -> list[int]:
    """Where the page has to be cut: before and after items' titles, their data, and headings."""
    table = _contents(page)
    if table:
        stop = table[-1]
        return table + [stop + at for at in cuts(page[stop:], known)]
    data = _data(page)
    found = _items(page, data)
    found += [at for span in data for at in span]
    found += [at for m in _groups().finditer(page) for at in m.span()]
    for at in sorted({0, *found, *(m.start() for m in _SENTENCE.finditer(page))}):
        found += (ends := _heading(page, at, known))
        if len(ends) == 1:
            found += _behind(page, page.find(":", ends[0]) + 1, known)
    return sorted({at for at in found if 0 < at < len(page)})


_LEADER = re.compile(r"(?<!\.)\.{3,} ?\d{1,3}(?=\s|$)")


def _contents(page: str) -> list[int]:
    """Where each entry of a table of contents ends, for a page that prints three or more, with leaders."""
    ends = [m.end() for m in _LEADER.finditer(page)]
    if len(ends) < 3:
        return []
    numbers = [m.start() for m in _OPENING.finditer(page, 0, ends[0])]
    named = [at for m in _contents_word().finditer(page, 0, ends[0]) for at in (m.start(), m.end() + 1)]
    return sorted({*named[-2:], *numbers[-1:], *ends})


@lru_cache(maxsize=1)
def _contents_word() -> re.Pattern[str]:
    longest = sorted(words()["items"]["toc"], key=len, reverse=True)
    return re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, longest)) + r")(?=\s)")


def _behind(page: str, at: int, known: Vocabulary) -> list[int]:
    """Both ends of a heading that follows a label and its short value: `Sagsgang: VPU/ØK Resume Sagen omhandler`."""
    for token in itertools.islice(_TOKEN.finditer(page, at, at + 60), 1, 5):
        if page[token.start()].isupper() and (found := _heading(page, token.start(), known)):
            return found
        if page[token.end() - 1] in ".:":
            break
    return []


def _data(page: str) -> list[tuple[int, int]]:
    """The runs of `J.nr.: … Sagsid.: … Åben sag`."""
    runs: list[tuple[int, int]] = []
    for found in sorted([*_label().finditer(page), *_bare().finditer(page)], key=lambda m: m.start()):
        if runs and found.start() - runs[-1][1] <= 12:
            runs[-1] = (runs[-1][0], found.end())
        else:
            runs.append(found.span())
    access = _access()
    return [(a, m.end() if (m := access.match(page, b)) else b) for a, b in runs]


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    labels = "|".join(alternatives("items", group) for group in ("case", "document", "clerk"))
    return re.compile(rf"(?<![^\W\d_])(?:{labels})\s?[:.]+(?: ?(?!(?:{labels}))(?:\S*\d\S*|[a-zæøå]{{2,4}}(?= )))?")


@lru_cache(maxsize=1)
def _bare() -> re.Pattern[str]:
    # the records plan's number and the case's, without labels: 00.22.04.A00 13/141
    return re.compile(r"(?<=\s)\d{2}\.\d{2}\.\d{2}\.?[A-ZÆØÅ]\d{2}(?: \d{2}/\d{2,6})?(?=\s)")


@lru_cache(maxsize=1)
def _access() -> re.Pattern[str]:
    names = [*words()["items"]["open"], *words()["items"]["closed"]]
    longest = sorted((n for n in names if n[0].isupper()), key=len, reverse=True)
    return re.compile(r"\s*(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")


@lru_cache(maxsize=1)
def _groups() -> re.Pattern[str]:
    longest = sorted((g for g in words()["items"]["groups"] if g.count(" ") > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))


_SENTENCE = re.compile(r"(?<=[.:!?»\"”)\d] )(?=[A-ZÆØÅ])")
_OPENING = re.compile(r"(?:^|(?<=[ .]))(\d{1,4})\. (?=[A-ZÆØÅ])")
_TITLE = 170
"""Characters; how far after its number an item's data begins at most."""


def _items(page: str, data: Sequence[tuple[int, int]]) -> list[int]:
    """Where numbered titles begin: those that data follows, and the next number after such a one."""
    found: list[int] = []
    last = -1
    for m in _OPENING.finditer(page):
        number = int(m[1])
        followed = any(0 < start - m.start() < _TITLE for start, _ in data)
        inside = any(start <= m.start() < stop for start, stop in data)
        if not inside and (followed or number == last + 1):
            found.append(m.start())
            last = number
    return found


def _heading(page: str, at: int, known: Vocabulary) -> list[int]:
    """Both ends of the heading that the page prints at a place; none when it prints none."""
    rest = page[at : at + 90]
    start = at + len(rest) - len(rest.lstrip())
    rest = page[start : start + 90]
    colon = rest.find(":")
    head = rest[: colon + 1] if 3 < colon < 80 and "(" not in rest[:colon] else ""
    if head and (known.heading(head, fuzzy=False) or dated(head)):
        glued = rest[colon + 1 : colon + 2].strip() != ""
        return [start, start + colon + 1] if glued else [start]
    length = _named(rest, known)
    return [start, start + length] if length else []


def _named(text: str, known: Vocabulary) -> int:
    """Length of the heading that the text begins with, followed by a capital or a digit; 0 when none."""
    parts = text.split(" ")
    for count in range(min(9, len(parts) - 1), 0, -1):
        head = " ".join(parts[:count])
        following = parts[count][:1]
        if not (following.isupper() or following.isdigit()) or len(head) < 5:
            continue
        if fold(head) in known.names and (count > 1 or head.isupper() or head[1:].islower()):
            return len(head)
        if count >= 3 and any(c.isdigit() for c in parts[count - 1]):
            hit = known.heading(head, fuzzy=False)
            if hit and hit.rule == "heading.pattern" and hit.stop == len(head):
                return len(head)
    return 0
