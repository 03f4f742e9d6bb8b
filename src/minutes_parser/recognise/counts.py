"""What does a sentence say of a vote: which side, how many, who?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from minutes_parser.recognise.names import Listed, listed, plausible, reaching, subject
from minutes_parser.recognise.passage import Passage
from minutes_parser.vocabulary import fold
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
    roll: re.Pattern[str]
    """A line of a roll: `Bo Skov (A): ja`."""
    inverted: re.Pattern[str]
    """`stemte A og B for, og V imod`."""
    got: re.Pattern[str]
    """`Forslaget opnåede 5 stemmer`."""
    shares: re.Pattern[str]
    """`stemmerne fra A og V mod stemmerne fra Ø`."""
    column: re.Pattern[str]
    """The head of a column: `For (7)`."""
    total: re.Pattern[str]
    """`, i alt 9`."""
    leads: re.Pattern[str]
    """`medlemmerne af`."""
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
        roll=re.compile(
            rf"(?P<who>[^:\n]{{3,80}}?)(?: ?:|\t|  | [–-]) *(?:(?:{verb}) )?(?P<side>{yes}|{no}|{abstain})\.?",
            re.IGNORECASE,
        ),
        inverted=made(
            rf"(?:(?<!\w)(?:{verb})|,? (?:{any_('further')})) (?P<who>[^.;:\n]{{1,200}}?) (?P<side>{yes}|{no})(?=[,.;)]| (?:{any_('further')}) |$)"
        ),
        total=made(rf"[ ,–-]*\b(?:{any_('totals', 'names')}):? (\d{{1,3}})\b"),
        leads=made(rf"(?:{any_('leads')}) "),
        ends=made(rf",? (?:{any_('ends')})\b|(?<=[^\s(]) – "),
        number=made(rf"\s*[:(]? ?(\d{{1,3}})(?![\w.]*\d)(?: (?:{unit}))?\s*(?=[:(,.;–-]|$|\s)"),
        ended=made(rf"(?: {that} \w+)? ?(?:[,.;:()]|[–-] |(?:{joins})\b|$)|\s*$"),
    )


_CELL = re.compile(r"[^\t]+?(?=\t|\s{3}|$)")


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
    """A vote printed as a table or a roll; empty when there is none. The first count begins, and the last one ends where
    the table does."""
    text = passage.text
    return (_columns(passage) if "\t" in text or "   " in text else []) or _roll(passage)


def _columns(passage: Passage) -> list[Count]:
    """A row of sides (`For (7)`, `Imod (4)`), under each who voted so; or, where the row begins with another head, rows of
    voters with their numbers or crosses."""
    heads: list[tuple[int, Count]] = []
    matrix = False
    for start, stop, _ in passage.lines:
        cells = _cells(passage.text[start:stop])
        if not heads:
            found = [(at, _forms().column.fullmatch(cell)) for at, cell in cells]
            matrix = bool(found) and found[0][1] is None
            found = found[matrix:]
            if len(found) > 1 and all(m for _, m in found):
                heads = [
                    (at, Count(_side(m["side"].split(" ")[0]), start, stop, int(m["n"]) if m["n"] else None))
                    for at, m in found
                    if m
                ]
            continue
        if not (_row(cells, heads) if matrix else _under(cells, heads)):
            break
        for _, count in heads:
            count.stop = stop
    for _, count in heads:
        _last_count(count)
    return [count for _, count in heads] if any(count.who for _, count in heads) else []


def _under(cells: list[tuple[int, str]], heads: list[tuple[int, Count]]) -> bool:
    """Take a row of lists, each under its side; False where it is something else."""
    named = [(at, listed(cell)) for at, cell in cells]
    if not named or any(who.rest or not who for _, who in named):
        return False
    for at, who in named:
        _nearest(at, heads).who.join(who)
    return True


def _row(cells: list[tuple[int, str]], heads: list[tuple[int, Count]]) -> bool:
    """Take a voter's row, or the totals'; False where it is something else."""
    if not cells:
        return False
    who, total = listed(cells[0][1]), fold(cells[0][1]) in map(fold, decision_words()["names"]["totals"])
    if not total and (who.rest or not who):
        return False
    for at, cell in cells[1:]:
        head = _nearest(at, heads)
        if total and cell.isdigit():
            head.count = int(cell)
        elif not total and cell.isdigit() and int(cell):
            who.counts = [int(cell)]
            head.who.join(who)
        elif not total and cell.casefold() == "x":
            head.who.join(who)
    return True


def _nearest(at: int, heads: list[tuple[int, Count]]) -> Count:
    return min(heads, key=lambda head: abs(head[0] - at))[1]


_ROW = 120
"""Characters; a line of a roll is a name, a party and a word."""


def _roll(passage: Passage) -> list[Count]:
    """Two lines or more with a voter each and how he voted: `Bo Skov (A): ja`."""
    counts: dict[str, Count] = {}
    rows = 0
    for start, stop, _ in passage.lines:
        found = _forms().roll.fullmatch(passage.text, start, stop) if stop - start < _ROW else None
        who = listed(found["who"].replace("\t", ", ")) if found else Listed()
        if found is None or who.rest or not who.persons or who.strangers:
            if rows > 1:
                break
            counts, rows = {}, 0
            continue
        rows += 1
        side = _side(found["side"].split(" ")[0])
        counts.setdefault(side, Count(side, start, stop)).who.join(who)
        for count in counts.values():
            count.start, count.stop = min(c.start for c in counts.values()), stop
    return list(counts.values()) if rows > 1 else []


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
    labels: list[re.Match[str]] = []
    for m in forms.label.finditer(text, start, stop):
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
    rest = text[start : end.start() if end else stop].strip().rstrip(".,;( ")
    rest = _without_lead(rest)
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


def _without_lead(text: str) -> str:
    """A list without the words that only lead to it: `de tilstedeværende medlemmer af A og B`."""
    found = _forms().leads.match(text)
    return text[found.end() :] if found else text


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
        side = _side(found["side"].split(" ")[0])
        if side == "abstain" and _word_before(text, start, found.start()) in decision_words()["vote"]["thereof"]:
            continue  # `412 stemmer, heraf 12 blanke`
        count = Count(side, found.start(), found.end(), _number(found["n"]))
        for group in ("before", "after", "from"):
            if found[group]:
                who = listed(found[group])
                count.who = who if who or not count.who else count.who
        yield count


def _single(text: str, start: int, stop: int) -> re.Match[str] | None:
    """`med 24 stemmer`, but not `hver med 2 stemmer`."""
    found = _forms().single.search(text, start, stop)
    each = decision_words()["vote"]["each"]
    return found if found and _word_before(text, start, found.start()) not in each else None


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
    for found in forms.inverted.finditer(text, start, stop):
        joined = text[found.start()] in ", " or found.group().split(" ")[0].casefold() in words["further"]
        who = subject(found["who"], strangers=True)
        if who and plausible(who) and (not joined or at == found.start() > start):
            count = Count(_side(found["side"]), found.start(), found.end(), None, who, told=True)
            _last_count(count)
            at = found.end()
            yield count
    for found in forms.told.finditer(text, at, stop):
        first = next(((n, who) for n, who in reaching(text, at, found.start()) if plausible(who)), None)
        at = found.end()
        if first is None:
            continue
        side = (
            "abstain" if found["abstain"] or found["side"].casefold() in words["abstaining"] else _side(found["side"])
        )
        count = Count(side, first[0], found.end(), None, first[1], told=True)
        _last_count(count)
        yield count
