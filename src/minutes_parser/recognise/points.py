"""What is recommended, point by point, inside one sentence or one line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.recognise.passage import Place
from minutes_parser.vocabulary.recommending import forms
from minutes_parser.vocabulary.words import decision_words

NOWHERE = Place(0, 0, "", 0.0)
"""Where something stands until all of it is read."""


@dataclass(slots=True)
class Point:
    """One recommended point; `start` and `stop` are places in the passage."""

    number: str | None
    text: str
    start: int
    stop: int
    that: bool = False
    """Whether it is printed with `at` before it."""
    place: Place = NOWHERE


def point(text: str, start: int, stop: int, number: str) -> Point:
    """The point in `text[start:stop]`, without the `at` before it and the comma after it."""
    that = forms().that.match(text, start, stop)
    start = that.end() if that else start
    bare = _without_tail(text[start:stop])
    lead = len(bare) - len(bare.lstrip())
    return Point(number or None, bare.strip(), start + lead, start + len(bare), that is not None)


def _without_tail(text: str) -> str:
    """The text of a point without the comma and the `og` behind it."""
    bare = text.rstrip(" ,;")
    last = bare.rpartition(" ")[2]
    return bare[: -len(last) - 1].rstrip(" ,;") if len(last) < len(bare) and last.casefold() in _and() else bare


@lru_cache(maxsize=1)
def _and() -> frozenset[str]:
    return frozenset(word.casefold() for word in decision_words()["recommend"]["and"])


_NUMBERING = re.compile(r"(?:^|(?<=[\s,;:]))(\d{1,2}|[a-h])[.)]\s+(?=\S)")


def numbered(text: str, start: int, stop: int) -> list[tuple[str, int, int]]:
    """The points of `at forslaget 1. vedtages, 2. sendes i høring`; empty where the numbers do not count up from one."""
    marks = list(_NUMBERING.finditer(text, start, stop))
    first = next((n for n, m in enumerate(marks) if m[1] in ("1", "a")), None)
    if first is None:
        return []
    kept = [marks[first]]
    for mark in marks[first + 1 :]:
        before = kept[-1][1]
        follows = str(int(before) + 1) if before.isdigit() else chr(ord(before) + 1)
        if mark[1] == follows:
            kept.append(mark)
    if len(kept) < 2:
        return []
    ends = [*(m.start() for m in kept[1:]), stop]
    return [(m[1], m.end(), end) for m, end in zip(kept, ends, strict=True)]


def joined(text: str, start: int, stop: int) -> list[tuple[str, int, int]]:
    """The points of `at A godkendes, og at B drøftes`; a further `at` inside one is its content."""
    spans: list[tuple[str, int, int]] = []
    begin = start
    that = f"{decision_words()['recommend']['that']} "
    for mark in forms().join.finditer(text, start, stop) if that in text[start:stop].lower() else ():
        if mark["and"] or mark["semicolon"] or complete(text[begin : mark.start()]):
            spans.append(("", begin, mark.start()))
            begin = mark.end()
    spans.append(("", begin, stop))
    return [span for span in spans if text[span[1] : span[2]].strip(" ,.;")]


def complete(clause: str) -> bool:
    """Whether a clause before `, at` has said what it recommends: it has a verb of its own, and not one that is still
    to say what (`det godkendes, at`, `udvalget beslutter, at`)."""
    own = decision_words()["recommend"]
    words = [w.casefold() for w in clause.strip(" ,").split()]
    if len(words) < 2 or words[0] in own["empty_subject"] or words[-1] in own["says_what"]:
        return False
    if words[0] in own["existential"] and len(words) < 4:
        return False  # `der gives afslag, at`
    if words[-1] in own["approval"] and any(w in own["decides"] for w in words):
        return False
    return any(w.endswith(("es", "er", "s")) and len(w) > 3 for w in words[1:])
