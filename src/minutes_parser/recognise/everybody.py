"""Did everybody vote so, or everybody but some?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.recognise.counts import Count
from minutes_parser.recognise.names import listed, plausible, subject
from minutes_parser.recognise.voteforms import PARENS, abstaining, number_of, numbers
from minutes_parser.vocabulary.words import choice, decision_words, expression


@dataclass(frozen=True, slots=True)
class _Forms:
    """What is printed of everybody; each is tried on one sentence."""

    key: re.Pattern[str]
    """What each of them holds, in small letters."""
    agreed: re.Pattern[str]
    """`Alle stemte for forslaget`, `For stemte samtlige`."""
    dissent: re.Pattern[str]
    """What may not follow: somebody did not."""
    against: re.Pattern[str]
    """`alle stemmer mod én (Ø)`."""
    but: re.Pattern[str]
    """`alle undtagen Anna Holm (Ø), der undlod at stemme`."""
    further: re.Pattern[str]
    """`, og Venstre, der stemte imod`."""


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    def any_(group: str) -> str:
        return choice("vote", group)

    yes, no, verb, votes, joins = any_("for"), any_("against"), any_("verbs"), any_("votes"), choice("grammar", "and")
    number = "|".join([r"\d{1,3}", *sorted(numbers(), key=len, reverse=True)])
    everybody = rf"(?<!\w)(?:{any_('everybody')})(?: (?:{any_('voters')})(?!\w))?"
    stood = rf"(?P<who>[^.;:\n]{{1,160}}?),? (?:{any_('who')}) (?:(?:{verb}) (?P<side>{no})|(?P<abstain>{abstaining()}))(?!\w)"
    return _Forms(
        key=re.compile(rf"(?:{any_('everybody').lower()})(?!\w)"),
        agreed=expression(
            rf"{everybody} (?:{verb}) (?:{yes})(?: (?P<about>{any_('objects')})(?!\w))?(?=[.,;]| at |$)"
            rf"|(?:{yes}) (?:{verb}) ?:? {everybody}(?=[.,;]|$)"
        ),
        dissent=expression(rf"(?<!\w)(?:{any_('but')}|{no}|{any_('abstain')}|{choice('negation', 'words')})(?!\w)"),
        against=expression(
            rf"{everybody}(?: (?:{votes}))? (?:{no}) (?P<n>{number})(?!\w)(?: (?:{votes}))?"
            rf"(?: ?(?P<after>{PARENS})|,? (?:{any_('from')}) (?P<from>[^.;:,()\n]{{1,160}}))?(?=[.,;]| (?:{any_('ends')})\b|$)"
        ),
        but=expression(
            rf"{everybody}(?: (?:{verb}) (?:{yes})(?: (?:{any_('objects')})(?!\w))?)?,? (?:{any_('but')}) {stood}"
        ),
        further=expression(rf",? (?:{joins}) {stood}"),
    )


def names_everybody(low: str) -> bool:
    """Whether a text in small letters holds a word for everybody: without one, no sentence tells what all did."""
    return _forms().key.search(low) is not None


def agreed(text: str, start: int, stop: int) -> str | None:
    """What everybody voted for, empty where it is not said; None where `text[start:stop]`, one sentence, does not say that
    everybody did.

    >>> agreed("Alle stemte for indstillingen.", 0, 30), agreed("Ikke alle stemte for.", 0, 21)
    ('indstillingen', None)
    """
    found = _forms().agreed.search(text, start, stop)
    before = text[start : found.start()].rstrip() if found else ""
    if not found or _forms().dissent.search(text, found.end(), stop):
        return None
    if (
        before
        and before[-1] not in ",:;"
        and before.rsplit(" ", 1)[-1].casefold() not in decision_words()["vote"]["joins"]
    ):
        return None  # `Hvis alle stemte for`, `Næsten alle stemte for`
    return (found["about"] or "").casefold()


def all_but(text: str, start: int, stop: int) -> list[Count]:
    """Those who did not vote as all others did; empty where `text[start:stop]`, one sentence, does not tell of such.

    >>> [(c.side, c.count, c.who.parties) for c in all_but("Vedtaget med alle stemmer mod én (Ø).", 0, 37)]
    [('against', 1, ['Ø'])]
    """
    return list(_against(text, start, stop)) or list(_but(text, start, stop))


def _against(text: str, start: int, stop: int) -> Iterator[Count]:
    found = _forms().against.search(text, start, stop)
    if not found:
        return
    count = Count("against", found.start(), found.end(), number_of(found["n"]), others=True)
    who = listed(found["after"][1:-1] if found["after"] else found["from"] or "")
    if not who.rest:
        count.who = who
    yield count


def _but(text: str, start: int, stop: int) -> Iterator[Count]:
    found = _forms().but.search(text, start, stop)
    while found:
        who = subject(found["who"], strangers=True)
        if not who or not plausible(who):
            return
        yield Count("abstain" if found["abstain"] else "against", found.start(), found.end(), None, who, others=True)
        found = _forms().further.match(text, found.end(), stop)
