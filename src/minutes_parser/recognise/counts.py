"""What does a sentence say of a vote: which side, how many, who?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from minutes_parser.recognise.names import Listed, listed, owners, plausible, reaching, subject
from minutes_parser.recognise.voteforms import PARENS, forms, number_of, numbers, side_of
from minutes_parser.vocabulary.letters import lowered
from minutes_parser.vocabulary.words import choice, decision_words


@dataclass(slots=True)
class Count:
    """What one stretch of a sentence says about one side."""

    side: str
    start: int
    stop: int
    count: int | None = None
    who: Listed = field(default_factory=Listed)
    told: bool = False
    """Whether only a subject and a verb say it (`Sverige afstod`): a vote only beside one that is counted."""
    about: str = ""
    """What was voted on, where it stands between the side and the verb."""
    faction: bool = False
    """Whether a majority or a minority is told of."""
    stands: bool = False
    """Whether it is said to recommend, not to vote: a vote only beside others."""
    lone: bool = False
    """Whether it says how many were for a proposal, not whether they were enough: `Forslaget fik 2 stemmer`."""
    others: bool = False
    """Whether all others are said to have voted for."""


def counts(text: str, start: int, stop: int, low: str = "") -> list[Count]:
    """What `text[start:stop]`, one sentence, says about a vote; empty when it says nothing. `low` is the whole text in small
    letters, each where it stood.

    >>> [(c.side, c.count) for c in counts("Vedtaget med 28 stemmer for, 6 imod, 3 blanke.", 0, 47)]
    [('for', 28), ('against', 6), ('abstain', 3)]
    """
    printed, low = forms(), low or lowered(text)
    if not printed.key.search(low, start, stop):
        return []
    found = list(_factions(text, start, stop))
    start = found[-1].stop if found else start
    labels: list[re.Match[str]] = []
    for m in printed.label.finditer(low, start, stop) if printed.labels.search(low, start, stop) else ():
        if _labels(text, start, m, further=bool(labels)):
            labels.append(m)
    if labels:
        found += _counted(text, start, labels[0].start())
        for label, end in zip(labels, [*(m.start() for m in labels[1:]), stop], strict=True):
            more = _tail(text, label.end(), end)
            found.append(_labelled(text, label, more))
            found += _counted(text, more, end)
        return found
    found += _counted(text, start, stop)
    sides = {c.side for c in found if c.who}
    return found + [c for c in _told(text, found[-1].stop if found else start, stop) if c.side not in sides]


def _labels(text: str, start: int, label: re.Match[str], *, further: bool) -> bool:
    """Whether what reads as a label stands where one does; `further`: behind another one's number, too."""
    if label["cell"]:
        return not text[start : label.start()].strip(_BULLETS)
    lead = label.end("lead") if label["lead"] else label.start()
    return (
        _begins(text, start, label.start())
        or (text[lead - 2 : lead] == ": " and _begins(text, start, lead))
        or ((bool(label["colon"]) or (further and bool(label["voted"]))) and _counted_before(text, label.start()))
    )


def _tail(text: str, start: int, stop: int) -> int:
    """Where the next count begins after a label's own: `For stemte 38, mens 3 undlod`."""
    own = forms().number.match(text, start, stop)
    if not own:
        return stop
    further = forms().counted.search(text, own.end(), stop)
    return further.start() if further else stop


def _begins(text: str, start: int, at: int) -> bool:
    """Whether a label stands at the beginning of a clause."""
    before = text[start:at].rstrip(_BULLETS)
    if not before.strip() or before[-1] in ",;.:(\t\n" or forms().marker.search(before[-30:]):
        return True
    return before.rsplit(" ", 1)[-1].casefold() in decision_words()["vote"]["joins"]


def _counted_before(text: str, at: int) -> bool:
    """`Ja: 41 Nej: 12`: a label with a colon right behind another one's number."""
    before = text[max(0, at - 8) : at].rstrip()
    return before[-1:].isdigit() or before.endswith(")")


_BULLETS = " •·-–*"
_LABELS = ("voted", "side", "lone", "spaced", "cell", "neither", "colon", "abstain")


def _labelled(text: str, label: re.Match[str], stop: int) -> Count:
    """`For stemte 8 (A, V, C)`: the side, then a number, then who."""
    side = next(label[group] for group in _LABELS if label[group])
    word = side.split(" ")[0] if label["abstain"] else side
    about = text[slice(*label.span("about"))].strip() if label["about"] else ""
    found = Count(side_of(word), label.start(), stop, about=about)
    take(found, text, label.end(), stop)
    if label["n"]:
        found.count = int(label["n"])
    return found


def take(count: Count, text: str, start: int, stop: int) -> None:
    """Read a number and a list into a count, from what follows its label."""
    total = forms().total.search(text, start, stop)
    if total:
        count.count, stop = int(total[1]), total.start()
    end = forms().ends.search(text, start, stop)
    rest = text[start : end.start() if end else stop].strip().rstrip(".,;( ")
    rest = _without_lead(rest)
    rest = rest[:-1] if rest.endswith(")") and "(" not in rest else rest
    number = forms().number.match(rest)
    none = decision_words()["vote"]["none"]
    if number:
        count.count = int(number[1])
        rest = rest[number.end() :].lstrip(" :–-,")
    elif (first := rest.split(" ")[0].strip("().:,")).casefold() in numbers() and rest[:1] != "(":
        count.count = numbers()[first.casefold()]
        rest = rest[len(first) :].lstrip(" :–-,.")
        rest = re.sub(rf"^(?:{choice('vote', 'units')})\s+", "", rest, flags=re.IGNORECASE)
    elif rest.casefold() in none:
        count.count, rest = 0, ""
    inner = re.match(PARENS, rest)
    if inner and count.count is not None:
        rest = inner.group()[1:-1]
    if rest:
        count.who = listed(rest)
        if count.who.total is not None and count.count is None:
            count.count = count.who.total
        last_count(count)


def _without_lead(text: str) -> str:
    """A list without the words that only lead to it: `de tilstedeværende medlemmer af A og B`."""
    found = forms().leads.match(text)
    return text[found.end() :] if found else text


def last_count(count: Count) -> None:
    """`A, B og V (33)`: one number after several parties is all their votes; one after each is each party's."""
    who = count.who
    if len(who.counts) == 1 and count.count is None and not who.persons:
        count.count = who.counts[0]
        who.counts = []
    elif who.counts and len(who.counts) == len(who.parties) and count.count is None:
        count.count = sum(who.counts) + len(who.persons)


def _counted(text: str, start: int, stop: int) -> Iterator[Count]:
    """Numbers before their side: `12 stemmer (C) og (V) for`, `med 33 stemmer imod 12`, `med 5-2`."""
    printed = forms()
    shares = printed.shares.search(text, start, stop)
    if shares:
        yield Count("for", shares.start(), shares.end(), None, listed(shares["n"]))
        yield Count("against", shares.start(), shares.end(), None, listed(shares["m"]))
        start = shares.end()
    for owned in printed.owned.finditer(text, start, stop):
        if told := list(_owned(owned)):
            yield from told
            start = owned.end()
    for split in printed.split.finditer(text, start, stop):
        most, least = int(split["n"]), int(split["m"])
        if most > least:  # `stemte 3-4 imod` may mean either
            against = side_of(split["side"]) == "against"
            yield Count("for", split.start(), split.end(), least if against else most)
            yield Count("against", split.start(), split.end(), most if against else least)
            start = split.end()
    pair = printed.pair.search(text, start, stop)
    if pair and not _is_pair(text, start, pair):
        pair = None
    if pair:
        yield Count("for", pair.start(), pair.end(), number_of(pair["n"]), listed(pair["before"]))
        yield Count("against", pair.start(), pair.end(), number_of(pair["m"]), listed(_bare(pair["after"] or "")))
        if pair["k"]:
            yield Count("abstain", pair.start(), pair.end(), int(pair["k"]))
        start = pair.end()
    single = None if pair else printed.got.search(text, start, stop) or _single(text, start, stop)
    if single:
        got = single.groupdict().get("after")
        who = listed(_bare(got or ""))
        if not who.rest:  # `2 stemmer (ud af 7)`
            yield Count("for", single.start(), single.end(), number_of(single["n"]), who, lone=single.re is printed.got)
    sure = decision_words()["vote"]["sure"]
    for found in printed.counted.finditer(text, start, stop):
        if not (found["unit"] or found["verb"] or found["after"] or found["votes"]) and not (
            found["side"].casefold() in sure
            or printed.ended.match(text, found.end("side"))
            or (printed.object.match(text, found.end("side")) and _after_verb(text, start, found))
        ):
            continue  # `5 for mange`
        side = side_of(found["side"].split(" ")[0])
        if side == "abstain" and _word_before(text, start, found.start()) in decision_words()["vote"]["thereof"]:
            continue  # `412 stemmer, heraf 12 blanke`
        count = Count(side, found.start(), found.end(), number_of(found["n"]))
        for group in ("before", "after", "from"):
            if found[group]:
                who = listed(found[group])
                count.who = who if who or not count.who else count.who
        yield count


def _owned(found: re.Match[str]) -> Iterator[Count]:
    """`mod Venstres stemmer`: whose votes they were; nothing where it names others than parties and persons."""
    sides = [("for" if found["with"] else "against", found["who"])]
    sides += [("against", found["others"])] if found["others"] and found["with"] else []
    told = [(side, owners(who)) for side, who in sides]
    for side, who in told:
        if who and all(other for _, other in told):
            yield Count(side, found.start(), found.end(), None, who)


def _single(text: str, start: int, stop: int) -> re.Match[str] | None:
    """`med 24 stemmer`, but not `hver med 2 stemmer`."""
    found = forms().single.search(text, start, stop)
    each = decision_words()["vote"]["each"]
    return found if found and _word_before(text, start, found.start()) not in each else None


def _after_verb(text: str, start: int, found: re.Match[str]) -> bool:
    """`stemte 3 for forslaget`."""
    return not found["before"] and _word_before(text, start, found.start()) in decision_words()["vote"]["verbs"]


def _word_before(text: str, start: int, at: int) -> str:
    return text[max(start, at - 20) : at].rstrip(" ,").rpartition(" ")[2].casefold()


def _is_pair(text: str, start: int, pair: re.Match[str]) -> bool:
    """`5-2` is a vote only after words that say so: `med`, `stemmerne`, `Afstemning:`."""
    if pair["k"] and pair["x"] not in "–-":
        return False
    before = text[start : pair.start()].casefold()
    vote = decision_words()["vote"]
    return (
        pair["x"] not in "–-"
        or before.endswith(tuple(vote["with"]))
        or before.rstrip(" (").endswith(tuple(vote["results"]))
    )


def _bare(text: str) -> str:
    """Without the parentheses that hold all of it."""
    text = text.strip()
    return text[1:-1] if re.fullmatch(PARENS, text) else text


def _factions(text: str, start: int, stop: int) -> Iterator[Count]:
    """Majorities and minorities: `Et flertal (C) og (V) for`, `Et mindretal (2), Bo Skov og Ida Lund, kan ikke anbefale det`.

    Where a minority recommends otherwise than the majority, it stands on the other side.
    """
    printed, words = forms(), decision_words()["vote"]
    other = ""
    for found in printed.faction.finditer(text, start, stop):
        minority = found["group"].casefold() in words["minority"]
        if found["wishes"] and not minority:
            continue
        share = printed.share.fullmatch(_bare(found["who"].strip(" ,")))
        bare = share["who"].strip(" ,") if share else ""
        bare = bare[:-1] if bare.count(")") > bare.count("(") else bare
        who = subject(_bare(bare), strangers=True) if bare else Listed()
        if share is None or who is None or not (who or share["n"]):
            continue
        side = "abstain" if found["abstain"] else side_of(found["side"]) if found["side"] else ""
        if not side:
            side = other or ("against" if minority or found["not"] else "for")
        if found["stands"] and not minority:
            other = "for" if side == "against" else "against"
        told = bool(minority or found["stands"])
        number = number_of(share["n"]) if share["n"] else None
        count = Count(side, found.start(), found.end(), number, who, told, faction=True)
        count.stands = bool(found["stands"] or found["wishes"])
        last_count(count)
        yield count


def _told(text: str, start: int, stop: int) -> Iterator[Count]:
    """A subject and a verb: `A og B stemte for, mens V stemte imod`, `Et flertal (C) og (V) for`."""
    printed, words = forms(), decision_words()["vote"]
    at = start
    for found in printed.inverted.finditer(text, start, stop):
        joined = text[found.start()] in ", " or found.group().split(" ")[0].casefold() in words["further"]
        who = subject(found["who"], strangers=True)
        if who and plausible(who) and (not joined or at == found.start() > start):
            count = Count(side_of(found["side"]), found.start(), found.end(), None, who, told=True)
            last_count(count)
            at = found.end()
            yield count
    for found in printed.told.finditer(text, at, stop):
        first = next(((n, who) for n, who in reaching(text, at, found.start()) if plausible(who)), None)
        at = found.end()
        if first is None:
            continue
        side = (
            "abstain" if found["abstain"] or found["side"].casefold() in words["abstaining"] else side_of(found["side"])
        )
        own = printed.printed.match(text, found.end(), stop)
        count = Count(
            side, first[0], own.end() if own else found.end(), int(own[1]) if own else None, first[1], told=True
        )
        last_count(count)
        yield count
