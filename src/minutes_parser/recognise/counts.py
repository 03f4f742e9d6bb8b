"""What does a sentence say of a vote: which side, how many, who?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from minutes_parser.recognise.names import Listed, listed, reaching, subject
from minutes_parser.recognise.passage import Passage
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


@dataclass(frozen=True, slots=True)
class _Forms:
    """The printed forms of a vote, made of the vocabulary's words; each is tried on one sentence."""

    key: re.Pattern[str]
    """What every sentence about a vote holds."""
    label: re.Pattern[str]
    """A side before its number and names: `For stemte`, `Imod:`; the groups name the forms."""
    counted: re.Pattern[str]
    """A number before its side: `12 stemmer (A) for`."""
    pair: re.Pattern[str]
    """Two numbers: `33 stemmer imod 12`."""
    single: re.Pattern[str]
    """`med fire stemmer`."""
    told: re.Pattern[str]
    """A verb after who voted so: `stemte imod`."""
    faction: re.Pattern[str]
    """A majority or a minority and where it stands: `Et flertal på 4 (A, V) anbefaler`."""
    share: re.Pattern[str]
    """How many and who a majority or a minority is: `på 4 medlemmer (A, V)`."""
    got: re.Pattern[str]
    """`Forslaget opnåede 5 stemmer`."""
    shares: re.Pattern[str]
    """`stemmerne fra A og V mod stemmerne fra Ø`."""
    column: re.Pattern[str]
    """The head of a column: `For (7)`."""
    total: re.Pattern[str]
    """`, i alt 9`."""
    ends: re.Pattern[str]
    """Where a list of names ends."""
    number: re.Pattern[str]
    """The number after a label."""
    ended: re.Pattern[str]
    """What follows a side that is one: `5 for, 3 imod`, but not `5 for mange`."""


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    found: dict[str, int] = decision_words()["vote"]["numbers"]
    return found


_PARENS = r"\([^()]*(?:\([^()]*\)[^()]*)*\)"


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    def any_(group: str, section: str = "vote") -> str:
        return choice(section, group)

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    yes, no, none, verb, unit = (any_(g) for g in ("for", "against", "abstain", "verbs", "units"))
    objects, votes, that = any_("objects"), any_("votes"), decision_words()["vote"]["that"]
    number = rf"\d{{1,3}}|(?:{'|'.join(sorted(_numbers(), key=len, reverse=True))})(?!\w)"
    abstain = rf"(?:{none})(?: (?:{any_('from')}))?(?: {that} (?:{verb}))?"
    joins, negated = choice("grammar", "and"), choice("negation", "words")
    lists = rf"(?:{_PARENS} ?(?:(?:{joins}|,) ?(?=\())?)*"
    groups = f"{any_('majority')}|{any_('minority')}"
    members, results = any_("members"), any_("results")
    return _Forms(
        key=made(
            rf"\b(?:{verb}|(?:{none})|(?:{yes}|{no})(?: \w+)? ?[:.,;(]|\d (?:{yes}|{no})|{groups}|{any_('unanimous')}"
            rf"|(?:{yes}|{no})(?:-(?:{votes})|\t)|(?:{any_('gets')})(?!\w)|(?:{results}) ?\(?\d)"
        ),
        label=made(
            rf"(?P<lead>(?:{any_('before')}) )?(?:"
            rf"(?:{verb}) (?:(?:{any_('after')}) )?(?P<voted>{yes}|{no}|{none})(?: (?:{objects}))? ?(?::|(?=\d|$))"
            rf"|(?P<side>{yes}|{no}) (?P<about>(?:\w[\w-]*\.? ){{0,8}}?)(?:{verb})(?: (?:{any_('after')}))? ?:?(?!\w)"
            rf"|(?P<lone>(?:{no}|{any_('lone')})(?= \d{{1,3}}(?!\w))|(?:{yes})(?= \d{{1,3}}(?: ?\(|[,.;]? (?:{no}) \d)))"
            rf"|(?P<spaced>{yes}|{no}|{none})(?:[- ](?:{votes}))?(?=\s{{2,}}\d|\t *\d)"
            rf"|(?P<cell>{yes}|{no}|{none})(?=\t *[A-ZÆØÅ(])"
            rf"|(?P<neither>{none}) (?:{verb}) ?:?(?!\w)"
            rf"|(?P<colon>{yes}|{no}|{none})(?:[ -](?:{unit}|{objects}))? ?(?:\((?P<n>\d{{1,3}})\) ?)?:"
            rf"|(?P<abstain>{abstain}) ?(?::|(?= ?\d)|(?=\s*$)))"
        ),
        counted=made(
            rf"(?<![\w.,/§-])(?P<n>{number}) ?(?:(?P<unit>{unit})(?!\w) ?)?(?P<before>{lists}) ?"
            rf"(?:,? ?(?:{any_('who')}) )?(?:(?P<verb>{verb}) )?(?P<side>{yes}|{no}|{abstain})(?P<votes>[- ](?:{votes}))?(?!\w)"
            rf"(?! \d| (?:{number})| (?:{any_('measures')})(?!\w))"
            rf"(?:(?: (?:{objects}))? ?(?P<after>{_PARENS})|(?: (?:{any_('from')})|:) (?P<from>[^.;:\n]+?)"
            rf"(?=,? (?:{joins}) (?:{number}) (?:{unit}|{yes}|{no})(?!\w)|[.;:\n]|$))?"
        ),
        pair=made(
            rf"(?<![\w.,/-])(?P<n>{number}) ?(?:(?:{unit})(?!\w) ?)?(?:(?:{yes}) )?(?P<before>{lists}) ?(?P<x>{any_('pairs')}|–|-)"
            rf" ?(?P<m>{number})(?: ?[–-] ?(?P<k>\d{{1,3}}))?(?![\w/-])(?: (?:{unit})(?!\w))?(?! ?(?:{yes}|{no})\b)(?: ?(?P<after>{_PARENS}))?"
        ),
        single=made(rf"(?:{any_('with')})(?P<n>{number}) (?:{votes})(?!\w)(?! ?(?:{yes}|{no}|\())"),
        told=made(rf"(?<= )(?:(?:{verb}) (?P<side>{yes}|{no}|{any_('abstaining')})|(?P<abstain>{abstain}))(?!\w)"),
        faction=made(
            rf"(?<!\w)(?P<group>{groups})(?!\w)(?: (?:{any_('inside')})(?: \w+\b){{1,4}}?)?(?P<who>[^;\n]{{0,300}}?) (?:(?:{verb}) )?"
            rf"(?:(?P<abstain>{abstain})|(?P<side>{yes}|{no})(?! (?:{number}))|(?P<stands>{any_('stands')})(?P<not>(?: \w+)? (?:{negated}))?)(?!\w)"
        ),
        share=made(
            rf"[ ,:–-]*(?:\((?={members}|\d|{number}))?(?:(?:{members})(?!\w) ?)?"
            rf"(?:(?P<n>{number})(?!\w)(?: (?:{unit})(?!\w))?(?: (?:{any_('outof')}) [^,()]{{1,60}})?\)?[ ,:]*)?(?:(?:{members})(?!\w) ?)?(?P<who>.*)"
        ),
        got=made(
            rf"(?:{any_('proposals')}) (?:\w+ ){{0,2}}?(?:{any_('gets')}) (?:(?:{any_('adverbs')}) )?(?P<n>{number}) (?:{votes})(?!\w)(?! ?(?:{yes}|{no}|\())"
        ),
        shares=made(rf"(?:{any_('shares')}) (?P<n>[^.;\n]+?) (?:{no}) (?:(?:{any_('shares')}) )?(?P<m>[^.;\n]+)"),
        column=made(rf"(?P<side>{yes}|{no}|{abstain})(?: (?:{verb}))?[ :]*\(?(?P<n>\d{{1,3}})?\)?"),
        total=made(rf"[ ,–-]*\b(?:{any_('totals', 'names')}):? (\d{{1,3}})\b"),
        ends=made(rf",? (?:{any_('ends')})\b|(?<=[^\s(]) – "),
        number=made(rf"\s*[:(]? ?(\d{{1,3}})(?![\w.]*\d)(?: (?:{unit}))?\s*(?=[:(,.;–-]|$|\s)"),
        ended=made(rf"(?: {that} \w+)? ?(?:[,.;:()]|(?:{joins})\b|$)|\s*$"),
    )


_CELL = re.compile(r"[^\t]+?(?=\t|\s{3,}|$)")


def _cells(line: str) -> list[tuple[int, str]]:
    """The cells of a row, with the columns they begin in: fields between tabs, or words far apart."""
    if "\t" in line:
        return [(n, cell.strip()) for n, cell in enumerate(line.split("\t")) if cell.strip()]
    return [
        (m.start() + len(m.group()) - len(m.group().lstrip()), m.group().strip())
        for m in _CELL.finditer(line)
        if m.group().strip()
    ]


def tabled(passage: Passage) -> list[Count]:
    """A vote printed as a table: a row of sides (`For (7)`, `Imod (4)`), under each who voted so; empty when there is
    none. The first count begins, and the last one ends where the table does."""
    heads: list[tuple[int, Count]] = []
    for start, stop, _ in passage.lines:
        cells = _cells(passage.text[start:stop])
        if not heads:
            found = [(at, _forms().column.fullmatch(cell)) for at, cell in cells]
            if len(found) > 1 and all(m for _, m in found):
                heads = [
                    (at, Count(_side(m["side"].split(" ")[0]), start, stop, int(m["n"]) if m["n"] else None))
                    for at, m in found
                    if m
                ]
            continue
        named = [(at, listed(cell)) for at, cell in cells]
        if not named or any(who.rest or not who for _, who in named):
            break
        for at, who in named:
            min(heads, key=lambda head: abs(head[0] - at))[1].who.join(who)
        for _, count in heads:
            count.stop = stop
    return [count for _, count in heads] if any(count.who for _, count in heads) else []


def _side(word: str) -> str:
    vote = decision_words()["vote"]
    folded = word.casefold()
    if folded in vote["for"]:
        return "for"
    return "against" if folded in vote["against"] else "abstain"


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _numbers()[word.casefold()]


def counts(text: str, start: int, stop: int) -> list[Count]:
    """What `text[start:stop]`, one sentence, says about a vote; empty when it says nothing.

    >>> [(c.side, c.count) for c in counts("Vedtaget med 28 stemmer for, 6 imod, 3 blanke.", 0, 47)]
    [('for', 28), ('against', 6), ('abstain', 3)]
    """
    forms = _forms()
    if not forms.key.search(text, start, stop):
        return []
    found = list(_factions(text, start, stop))
    start = found[-1].stop if found else start
    labels = [m for m in forms.label.finditer(text, start, stop) if _labels(text, start, m)]
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


def _labels(text: str, start: int, label: re.Match[str]) -> bool:
    """Whether what reads as a label stands where one does."""
    if label["cell"]:
        return not text[start : label.start()].strip(_BULLETS)
    lead = label.end("lead") if label["lead"] else label.start()
    return (
        _begins(text, start, label.start())
        or (text[lead - 2 : lead] == ": " and _begins(text, start, lead))
        or (bool(label["colon"]) and _counted_before(text, label.start()))
    )


def _tail(text: str, start: int, stop: int) -> int:
    """Where the next count begins after a label's own: `For stemte 38, mens 3 undlod`."""
    own = _forms().number.match(text, start, stop)
    if not own:
        return stop
    further = _forms().counted.search(text, own.end(), stop)
    return further.start() if further else stop


def _begins(text: str, start: int, at: int) -> bool:
    """Whether a label stands at the beginning of a clause."""
    before = text[start:at].rstrip(_BULLETS)
    if not before.strip() or before[-1] in ",;.:(\t\n":
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
    found = Count(_side(word), label.start(), stop, about=(label["about"] or "").strip())
    take(found, text, label.end(), stop)
    if label["n"]:
        found.count = int(label["n"])
    return found


def take(count: Count, text: str, start: int, stop: int) -> None:
    """Read a number and a list into a count, from what follows its label."""
    total = _forms().total.search(text, start, stop)
    if total:
        count.count, stop = int(total[1]), total.start()
    end = _forms().ends.search(text, start, stop)
    rest = text[start : end.start() if end else stop].strip().rstrip(".,;")
    rest = rest[:-1] if rest.endswith(")") and "(" not in rest else rest
    number = _forms().number.match(rest)
    none = decision_words()["vote"]["none"]
    if number:
        count.count = int(number[1])
        rest = rest[number.end() :].lstrip(" :–-,")
    elif (first := rest.split(" ")[0].strip("().:,")).casefold() in _numbers() and rest[:1] != "(":
        count.count = _numbers()[first.casefold()]
        rest = rest[len(first) :].lstrip(" :–-,.")
        rest = re.sub(rf"^(?:{choice('vote', 'units')})\s+", "", rest, flags=re.IGNORECASE)
    elif rest.casefold() in none:
        count.count, rest = 0, ""
    inner = re.match(_PARENS, rest)
    if inner and count.count is not None:
        rest = inner.group()[1:-1]
    if rest:
        count.who = listed(rest)
        if count.who.total is not None and count.count is None:
            count.count = count.who.total
        _last_count(count)


def _last_count(count: Count) -> None:
    """`A, B og V (33)`: one number after several parties is all their votes; one after each is each party's."""
    who = count.who
    if len(who.counts) == 1 and count.count is None and not who.persons:
        count.count = who.counts[0]
        who.counts = []
    elif who.counts and len(who.counts) == len(who.parties) and count.count is None:
        count.count = sum(who.counts) + len(who.persons)


def _counted(text: str, start: int, stop: int) -> Iterator[Count]:
    """Numbers before their side: `12 stemmer (C) og (V) for`, `med 33 stemmer imod 12`, `med 5-2`."""
    forms = _forms()
    shares = forms.shares.search(text, start, stop)
    if shares:
        yield Count("for", shares.start(), shares.end(), None, listed(shares["n"]))
        yield Count("against", shares.start(), shares.end(), None, listed(shares["m"]))
        start = shares.end()
    pair = forms.pair.search(text, start, stop)
    if pair and not _is_pair(text, start, pair):
        pair = None
    if pair:
        yield Count("for", pair.start(), pair.end(), _number(pair["n"]), listed(pair["before"]))
        yield Count("against", pair.start(), pair.end(), _number(pair["m"]), listed(_bare(pair["after"] or "")))
        if pair["k"]:
            yield Count("abstain", pair.start(), pair.end(), int(pair["k"]))
        start = pair.end()
    single = None if pair else forms.got.search(text, start, stop) or _single(text, start, stop)
    if single:
        yield Count("for", single.start(), single.end(), _number(single["n"]))
    sure = decision_words()["vote"]["sure"]
    for found in forms.counted.finditer(text, start, stop):
        if not (found["unit"] or found["verb"] or found["after"] or found["votes"]) and not (
            found["side"].casefold() in sure or forms.ended.match(text, found.end("side"))
        ):
            continue  # `5 for mange`
        count = Count(_side(found["side"].split(" ")[0]), found.start(), found.end(), _number(found["n"]))
        for group in ("before", "after", "from"):
            if found[group]:
                who = listed(found[group])
                count.who = who if who or not count.who else count.who
        yield count


def _single(text: str, start: int, stop: int) -> re.Match[str] | None:
    """`med 24 stemmer`, but not `hver med 2 stemmer`."""
    found = _forms().single.search(text, start, stop)
    each = decision_words()["vote"]["each"]
    return (
        found if found and text[start : found.start()].rstrip(" ,").rpartition(" ")[2].casefold() not in each else None
    )


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
    return text[1:-1] if re.fullmatch(_PARENS, text) else text


def _factions(text: str, start: int, stop: int) -> Iterator[Count]:
    """Majorities and minorities: `Et flertal (C) og (V) for`, `Et mindretal (2), Bo Skov og Ida Lund, kan ikke anbefale det`.

    Where a minority recommends otherwise than the majority, it stands on the other side.
    """
    forms, words = _forms(), decision_words()["vote"]
    other = ""
    for found in forms.faction.finditer(text, start, stop):
        minority = found["group"].casefold() in words["minority"]
        share = forms.share.fullmatch(_bare(found["who"].strip(" ,")))
        bare = share["who"].strip(" ,") if share else ""
        bare = bare[:-1] if bare.count(")") > bare.count("(") else bare
        who = subject(_bare(bare), strangers=True) if bare else Listed()
        if share is None or who is None or not (who or share["n"]):
            continue
        side = "abstain" if found["abstain"] else _side(found["side"]) if found["side"] else ""
        if not side:
            side = other or ("against" if minority or found["not"] else "for")
        if found["stands"] and not minority:
            other = "for" if side == "against" else "against"
        told = bool(minority or found["stands"])
        number = _number(share["n"]) if share["n"] else None
        count = Count(side, found.start(), found.end(), number, who, told, faction=True, stands=bool(found["stands"]))
        _last_count(count)
        yield count


def _told(text: str, start: int, stop: int) -> Iterator[Count]:
    """A subject and a verb: `A og B stemte for, mens V stemte imod`, `Et flertal (C) og (V) for`."""
    forms, words = _forms(), decision_words()["vote"]
    at = start
    for found in forms.told.finditer(text, at, stop):
        first = next(reaching(text, at, found.start()), None)
        at = found.end()
        if first is None:
            continue
        side = (
            "abstain" if found["abstain"] or found["side"].casefold() in words["abstaining"] else _side(found["side"])
        )
        count = Count(side, first[0], found.end(), None, first[1], told=True)
        _last_count(count)
        yield count
