"""The forms of recommending, made of the words of `decisions.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import date_pattern
from minutes_parser.vocabulary.words import choice, decision_words, expression

_LEAD = 40
"""Characters of a date before its first number; a number is looked for much faster than a date."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Patterns that are matched at a place in a sentence; each is bounded and linear."""

    named: re.Pattern[str]
    """`Forvaltningen indstiller`: groups `by` and `verb`."""
    passive: re.Pattern[str]
    """`Det indstilles`, perhaps with `af` somebody."""
    turned: re.Pattern[str]
    """The subject after the verb: `… indstiller forvaltningen, at`."""
    to: re.Pattern[str]
    """`til Økonomiudvalget og Byrådet`."""
    chain: re.Pattern[str]
    """`Økonomiudvalget anbefaler`, after `at`."""
    infinitive: re.Pattern[str]
    """`anbefale`, after `at`."""
    deciding: re.Pattern[str]
    """`Byrådet godkender`, at the beginning of a point."""
    direct: re.Pattern[str]
    """What stands right after the verb, up to `at`."""
    that: re.Pattern[str]
    """`at` at the beginning of a point."""
    at: re.Pattern[str]
    """`at` in a sentence, comma and blanks before it included."""
    later: re.Pattern[str]
    """`at` after a few words: `indstiller på den baggrund, at`."""
    join: re.Pattern[str]
    """`at` between two points: `, og at`."""
    numbered: re.Pattern[str]
    """`At 1)`."""
    opens: re.Pattern[str]
    """The end of a sentence that announces a list."""
    day: re.Pattern[str]
    """`den 3. maj 2021` after the verb."""
    go_on: re.Pattern[str]
    """What begins a line that goes on with the last point: `herunder`."""
    alternative: re.Pattern[str]
    """`alternativt`, in small letters."""
    verb: re.Pattern[str]
    """A verb that ends a recommender's name."""
    asks: re.Pattern[str]
    """`til godkendelse`."""
    inside: re.Pattern[str]
    """`godkendelse i Byrådet`: the body."""
    over: re.Pattern[str]
    """`Økonomiudvalget over for Byrådet`: what parts the two."""
    via: re.Pattern[str]
    """What stands before the bodies on the way: `Byrådet via Økonomiudvalget`."""
    members: re.Pattern[str]
    """What parts the bodies of a list."""
    made_by: re.Pattern[str]
    """`Stillet af`, in the parentheses under a proposal."""


@lru_cache(maxsize=1)
def forms() -> Forms:
    """The patterns, compiled once."""
    words, that = decision_words()["recommend"], decision_words()["recommend"]["that"]
    to, and_, verbs = choice("recommend", "to"), choice("recommend", "and"), choice("recommend", "verbs")
    adverbs = rf"(?: (?:{choice('recommend', 'adverbs')}))*"
    by, day = choice("recommend", "by"), choice("mention", "held_on")
    auxiliaries = f"{choice('deciders', 'auxiliaries')}|{choice('grammar', 'passives')}"

    return Forms(
        named=expression(rf"(?P<by>[^.:;?!]{{2,140}}?){adverbs} (?P<verb>{verbs})(?!\w){adverbs}"),
        passive=expression(
            rf"(?:{choice('recommend', 'passive')})(?!\w){adverbs}(?: {by} (?P<by>[^.:;?!]{{2,100}}?))?(?=[ ,:;.]|$)"
        ),
        turned=expression(rf" (?P<by>[^,.:;]{{2,90}}?)(?=,? {that}\b|[,:]| (?:{to}) )"),
        to=expression(rf"(?:,? ?(?:{to}) )(?P<to>[^:;]{{3,200}}?)(?=,? {that}\b|[:;]|,? ?$|,(?= ?\n))"),
        chain=expression(rf"(?P<to>[^.:;]{{3,140}}?),? (?P<verb>{choice('recommend', 'chain')})(?!\w)"),
        infinitive=expression(rf"(?P<verb>{choice('recommend', 'chain_infinitive')})(?!\w)"),
        deciding=expression(rf"(?P<to>[^.:;]{{2,120}}?) (?:{choice('recommend', 'decides')})(?!\w)"),
        direct=expression(rf" ([^,.:;]{{3,140}}?)(?:,? {that}\b|, ?$|:)"),
        that=expression(rf"{that}[ \t]+"),
        at=expression(rf"[ ,;:]*\b{that}\b"),
        later=expression(rf"[^.:;,]{{3,90}}, {that}\b"),
        join=expression(rf"(?:[,;]? (?P<and>{and_})|(?P<semicolon>;)|,) ?{that} "),
        numbered=re.compile(rf"(?i:{words['that_number']}) ?(\d{{1,2}}|[A-Z])[.):] *"),
        opens=expression(r"[ ,;:.]*$|[ ,]*:"),
        day=expression(rf",? ?(?:{day})?(?:(?=\D{{0,{_LEAD}}}\d) ?{date_pattern()})?(?= ?,| )"),
        go_on=re.compile(rf"(?:{choice('recommend', 'go_on')})(?!\w)"),
        alternative=re.compile(rf"(?:{choice('recommend', 'alternative').lower()})(?!\w)"),
        verb=expression(rf" (?:{auxiliaries})(?!\w)"),
        asks=expression(rf"\b(?:{to}) (?:{choice('recommend', 'approval')})\b"),
        inside=expression(rf"\b(?:{choice('recommend', 'inside')}) (.+)$"),
        over=expression(rf" (?:{to}) "),
        via=expression(rf" (?:{choice('recommend', 'via')}) "),
        members=expression(rf"(?<!-)(?:,? (?:{and_}) |, )"),
        made_by=expression(rf"(?:{choice('recommend', 'made_by')}) "),
    )


@lru_cache(maxsize=1)
def heading_forms() -> tuple[re.Pattern[str], ...]:
    """Whose a recommendation is, by its heading: `Indstilling fra X`, `Xs indstilling`, `X indstiller`."""
    nouns, verbs = choice("recommend", "nouns"), choice("recommend", "verbs")
    return (
        re.compile(rf"(?:{nouns}) (?:{choice('recommend', 'from')}) (?P<by>.+)$", re.IGNORECASE),
        re.compile(rf"(?P<by>.{{3,80}}?)(?:'s|’s|s['’]?) (?:{nouns})$", re.IGNORECASE),
        re.compile(rf"(?P<by>.{{3,80}}?) (?:{verbs})\b", re.IGNORECASE),
    )


@lru_cache(maxsize=1)
def says_nothing() -> frozenset[str]:
    """Folded texts that recommend nothing: `Ingen indstilling`."""
    return frozenset(fold(w) for w in decision_words()["recommend"]["none"])
