"""Which regular expressions may a user's file hold, and which letters must stand in a line that one matches?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import factorial

from minutes_parser.vocabulary import fold, shortest

PLACES = ("{body}", "{bodies}", "{date}")
"""What a heading's pattern may name instead of writing it out."""

_LARGE = 10
"""Repeats; a part that may come more often than this costs like one without an end."""
_FEW = 5
"""Repeats that a group with such parts may have: each counts as if written out."""
_LINE = 160
"""Characters; longer lines are not looked up."""
_WORK = 1e8
"""Ways to divide a line among the parts of a pattern: about a second."""
_TOKEN = re.compile(
    r"(?P<escape>\\.)|(?P<place>\{[a-z]+\})|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?(?:[aiLmsux-]*:|[=!>]|<[=!]|P<\w+>))?)|(?P<close>\))"
    r"|(?P<repeat>(?:[*+?]|\{\d*,?\d*\})[?+]?)|(?P<or>\|)|(?P<char>.)",
    re.DOTALL,
)


@dataclass(slots=True)
class _Group:
    repeats: bool = False
    """A part inside comes a varying number of times, or not at all."""
    large: bool = False
    """… and may come often."""
    ways: bool = False
    """There is an alternative inside."""
    work: float = 1.0
    """In how many ways the parts inside may divide a line, their order aside."""
    endless: int = 0
    """How many parts inside may take the whole line."""

    def hold(self, inner: _Group, times: int = 1) -> None:
        """Take in a group inside, written out so many times."""
        self.repeats, self.large = self.repeats or inner.repeats, self.large or inner.large
        self.ways = self.ways or inner.ways
        self.work *= inner.work**times
        self.endless += inner.endless * times


_PLACE = _Group(repeats=True, large=True, work=_LINE, endless=1)


def danger(pattern: str) -> str | None:
    """Why a pattern could take very long on some line, or None.

    A part that repeats may not hold another that repeats, and only about four parts may be without an end: then the
    work on a line of 160 characters stays bounded. The pattern has to compile.

    >>> danger("(a+)+b")
    'a repeated group holds something that repeats or differs'
    >>> danger("indstilling fra .{3,80}")
    """
    stack = [_Group()]
    last: _Group | None = None
    for token in _TOKEN.finditer(pattern):
        kind, shown = token.lastgroup, token.group()
        if kind == "escape" and shown[1].isdigit():
            return "it refers back to one of its own groups"
        if kind == "open":
            stack.append(_Group())
        elif kind == "close":
            last = stack.pop() if len(stack) > 1 else _Group()
            stack[-1].hold(last)
            continue
        elif kind == "or":
            stack[-1].ways = True
        elif kind == "place":
            stack[-1].hold(_PLACE)
        elif kind == "repeat" and (reason := _repeated(stack[-1], last, *_times(shown))):
            return reason
        last = None
    whole = _Group()
    for group in stack:
        whole.hold(group)
    return "too many parts without an end" if whole.work / factorial(whole.endless) > _WORK else None


def _repeated(outer: _Group, inner: _Group | None, low: float, high: float) -> str | None:
    """Count a part that comes `low` to `high` times; `inner` is the group that it is, None for a character or a set."""
    outer.repeats = outer.repeats or high > low
    if inner is not None and high > 1:
        if (high > _FEW and inner.large) or (high > _LARGE and (inner.repeats or inner.ways)):
            return "a repeated group holds something that repeats or differs"
        outer.hold(inner, int(min(high, _FEW)) - 1)
    if high > 1:
        outer.work *= min(high, _LINE) - low + 1 if high > low else 1
        outer.large = outer.large or (high > low and high > _LARGE)
        outer.endless += high >= _LINE
    return None


def _times(repeat: str) -> tuple[float, float]:
    endless = float("inf")
    if repeat[0] in "*+?":
        return {"*": (0, endless), "+": (1, endless), "?": (0, 1)}[repeat[0]]
    low, comma, high = repeat[1 : repeat.index("}")].partition(",")
    least = float(low or 0)
    return (least, float(high) if high else endless) if comma else (least, least)


def letters(pattern: str) -> str:
    """Folded letters that stand in every line that the pattern matches; "" when none can be told.

    >>> letters("(?:ny )?behandling i {body}"), letters("a|b"), letters("udtalelsen? fra")
    ('behandling', '', 'udtalelse')
    """
    depth = 0
    runs = [""]
    for token in _TOKEN.finditer(pattern):
        kind, shown = token.lastgroup, token.group()
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        if depth:
            runs.append("")
        elif kind == "or":
            return ""
        elif kind == "char" and shown.isalpha():
            runs[-1] += shown
            continue
        elif kind == "repeat":
            runs[-1] = runs[-1][:-1]
        runs.append("")
    longest = fold(max(runs, key=len))
    return longest if len(longest) > 2 else ""


def clues(pattern: str) -> tuple[str, ...]:
    """Small letters of which some must stand in every line that the pattern matches; () when none can be told.

    Looking for them costs a twentieth of trying an expression that begins with a choice.

    >>> clues(r"\\bmødet(?: blev)? (?:sluttede|hævet)\\b|^slut\\b")
    ('slut', 'mødet')
    >>> clues("(?:ny )?sag|.*")
    ()
    """
    found = _needed(_TOKEN.finditer(pattern))
    return shortest(found) if found else ()


def _needed(tokens: Iterator[re.Match[str]]) -> frozenset[str]:
    """The letters needed by the choices up to the end of the group; none where one of them needs none."""
    choices: list[frozenset[str]] = []
    parts: list[frozenset[str]] = []
    run = ""
    for token in tokens:
        kind, shown = token.lastgroup, token.group()
        if kind == "char" and shown.isalpha():
            run += shown.lower()
            continue
        optional = kind == "repeat" and _times(shown)[0] == 0
        if run and optional:
            run = run[:-1]
        elif optional and parts:
            parts.pop()
        parts.append(frozenset({run} if run else ()))
        run = ""
        if kind in ("char", "set", "escape", "place"):
            parts.append(frozenset())
        elif kind == "open":
            inner = _needed(tokens)
            parts.append(inner if not shown.startswith(("(?!", "(?=", "(?<")) else frozenset())
        elif kind == "or":
            choices.append(_longest(parts))
            parts = []
        elif kind == "close":
            break
    choices.append(_longest([*parts, frozenset({run} if run else ())]))
    return frozenset().union(*choices) if all(choices) else frozenset()


def _longest(parts: list[frozenset[str]]) -> frozenset[str]:
    """Of the parts that all must stand in a line, the one whose shortest choice is the longest."""
    return max(parts, key=lambda part: min(map(len, part), default=0), default=frozenset())
