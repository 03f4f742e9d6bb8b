"""Which votes does a decision report, with what counts, parties and names?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from minutes_parser.kinds import Outcome
from minutes_parser.recognise.names import Listed, listed, party_label, subject
from minutes_parser.recognise.passage import Passage, Place, Sentence
from minutes_parser.vocabulary.parties import party_letter
from minutes_parser.vocabulary.words import decision_words

SIDES = ("for", "against", "abstain")


@dataclass(slots=True)
class Side:
    """How many and who voted one way; `count` is None where nothing was printed."""

    count: int | None = None
    parties: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    members: dict[str, str] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)

    def add(self, who: Listed) -> None:
        self.parties += [party_label(p) for p in who.parties]
        self.names += who.persons
        self.members |= who.members
        self.counts += who.counts

    @property
    def named(self) -> bool:
        return bool(self.parties or self.names)

    def doubts(self) -> Iterator[str]:
        if self.count is None:
            return
        if self.names and not self.parties and len(self.names) != self.count:
            yield f"{self.count} votes, {len(self.names)} names"
        elif self.count < len(self.names) + len(self.parties):
            yield f"{self.count} votes, more names and parties"
        elif self.counts and len(self.counts) == len(self.parties) and sum(self.counts) + len(self.names) != self.count:
            yield f"{self.count} votes, the parties' sum is {sum(self.counts) + len(self.names)}"


def _letter(party: str) -> str:
    """What a party is compared by: its letter where it has one, else its name."""
    label = party_label(party)
    return party_letter(label) or label


@dataclass(slots=True)
class Vote:
    """One vote as it is told, over one sentence or several."""

    passage: Passage
    start: int
    stop: int
    sides: dict[str, Side] = field(default_factory=dict)
    motion: str | None = None
    on_motion: bool = False
    """Whether a proposal made during the meeting was voted on."""
    unanimous: bool = False
    about: str = ""
    """What the label itself says was voted on: `forslaget`."""

    @property
    def place(self) -> Place:
        return self.passage.where(self.start, self.stop, "vote.unanimous" if self.unanimous else "vote.counts", 0.9)

    def side(self, name: str) -> Side:
        return self.sides.setdefault(name, Side())

    def votes_of(self, name: str) -> int | None:
        """How many voted so: as counted, else as many as are named; None where neither tells."""
        side = self.sides.get(name)
        if side is None:
            return None
        if side.count is not None:
            return side.count
        return len(side.names) if side.names and not side.parties else None

    @property
    def counted(self) -> bool:
        """Whether it tells who or how many."""
        return any(s.count is not None or s.named for s in self.sides.values())

    @property
    def carried(self) -> bool | None:
        """Whether more voted for than against; None where the numbers do not tell."""
        for_, against = self.votes_of("for"), self.votes_of("against")
        if for_ is None or for_ == against:
            return None
        return for_ > (against or 0)

    def settled_by(self, outcome: Outcome) -> bool:
        """Whether an outcome without a subject is this vote's: rejected where it was lost, adopted where it was won."""
        if outcome is Outcome.REJECTED:
            return self.carried is not True
        return outcome is Outcome.ADOPTED and self.carried is True

    def doubts(self) -> Iterator[str]:
        """What disagrees in counts, parties and names; in words without the document's own."""
        yield from (f"{name}: {message}" for name, side in self.sides.items() for message in side.doubts())
        names = [n for side in self.sides.values() for n in dict.fromkeys(side.names)]
        parties = [_letter(p) for side in self.sides.values() for p in dict.fromkeys(side.parties)]
        if len(names) != len(set(names)):
            yield "somebody is on two sides"
        if len(parties) != len(set(parties)):
            yield "a party is on two sides"
        for name, side in self.sides.items():
            others = {_letter(p) for other, s in self.sides.items() if other != name for p in s.parties}
            if any(_letter(p) in others for p in side.members.values()):
                yield f"{name}: somebody's party is listed on another side"


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


@dataclass(frozen=True, slots=True)
class _Forms:
    """The printed forms of a vote, made of the vocabulary's words."""

    key: re.Pattern[str]
    label: re.Pattern[str]
    counted: re.Pattern[str]
    pair: re.Pattern[str]
    single: re.Pattern[str]
    told: re.Pattern[str]
    majority: re.Pattern[str]
    shares: re.Pattern[str]
    column: re.Pattern[str]
    total: re.Pattern[str]
    """`, i alt 9`"""


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    found: dict[str, int] = decision_words()["vote"]["numbers"]
    return found


_PARENS = r"\([^()]*(?:\([^()]*\)[^()]*)*\)"


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    vote = decision_words()["vote"]
    yes, no, none = _any(vote["for"]), _any(vote["against"]), _any(vote["abstain"])
    verb, unit = _any(vote["verbs"]), _any(vote["units"])
    number = rf"\d{{1,3}}|(?:{_any(list(_numbers()))})(?!\w)"
    abstain = rf"(?:{none})(?: fra)?(?: at (?:{verb}))?"
    about = r"(?P<about>(?:\w[\w-]*\.? ){0,8}?)"
    lists = rf"(?:{_PARENS} ?(?:(?:og|samt|,) ?(?=\())?)*"
    flags = re.IGNORECASE
    return _Forms(
        key=re.compile(
            rf"\b(?:{verb}|(?:{none})|(?:{yes}|{no})(?: \w+)? ?[:.,;(]|\d (?:{yes}|{no})|flertal|mindretal|{_any(vote['unanimous'])})",
            flags,
        ),
        label=re.compile(
            rf"(?:(?:følgende|antal|disse)(?: medlemmer| partier)? )?(?:"
            rf"(?:{verb}) (?P<a>{yes}|{no}|{none})(?P<b>) ?(?::|(?=\d|$))"
            rf"|(?P<c>{yes}|{no}) {about}(?:{verb})(?: (?:følgende|herefter))? ?:?(?!\w)"
            rf"|(?P<g>{no})(?= \d{{1,3}}(?!\w))"
            rf"|(?P<h>{yes}|{no}|{none})(?:-stemmer| stemmer)?(?=\s{{2,}}\d|\t *\d)"
            rf"|(?P<f>hverken for eller i?mod) (?:{verb}) ?:?(?!\w)"
            rf"|(?P<d>{yes}|{no}|{none})(?: (?:{unit}|{_any(vote['objects'])}))? ?(?:\((?P<k>\d{{1,3}})\) ?)?:"
            rf"|(?P<e>{abstain}) ?(?::|(?= ?\d)|(?=\s*$)))",
            flags,
        ),
        counted=re.compile(
            rf"(?<![\w.,/§-])(?P<n>{number}) ?(?:(?P<u>{unit})(?!\w) ?)?(?P<l>{lists}) ?(?:,? ?(?:{_any(vote['who'])}) )?(?:(?P<v>{verb}) )?(?P<s>{yes}|{no}|{abstain})(?!\w)(?! \d| (?:{number}))(?:(?: (?:{_any(vote['objects'])}))? ?(?P<r>{_PARENS})|(?: (?:{_any(vote['from'])})|:) (?P<f>[^.;:\n]+))?",
            flags,
        ),
        pair=re.compile(
            rf"(?<![\w.,/-])(?P<n>{number}) ?(?:(?:{unit})(?!\w) ?)?(?:for )?(?P<l>{lists}) ?(?P<x>i?mod|–|-|til) ?(?P<m>{number})(?![\w/-])(?: (?:{unit})(?!\w))?(?! ?(?:{yes}|{no})\b)(?: ?(?P<r>{_PARENS}))?",
            flags,
        ),
        single=re.compile(rf"\bmed (?P<n>{number}) (?:stemmer|stemme)(?!\w)(?! ?(?:{yes}|{no}|\())", flags),
        told=re.compile(rf"(?<= )(?:(?:{verb}) (?P<s>{yes}|{no}|blankt?|hverken)|(?P<a>{abstain}))(?!\w)", flags),
        majority=re.compile(
            rf"(?:et )?(?P<k>flertal|mindretal)\w*(?: i \w+)?(?: bestående af)? ?:? ?(?P<l>[^\n]*?)(?= (?:{yes}|{no}|{verb})\b)(?: (?:{verb}))? (?P<s>{yes}|{no})(?!\w)",
            flags,
        ),
        shares=re.compile(
            rf"(?:{_any(vote['shares'])}) (?P<n>[^.;\n]+?) (?:{no}) (?:(?:{_any(vote['shares'])}) )?(?P<m>[^.;\n]+)",
            flags,
        ),
        total=re.compile(rf"[ ,–-]*\b(?:{_any(decision_words()['names']['totals'])}):? (\d{{1,3}})\b", flags),
        column=re.compile(rf"(?P<s>{yes}|{no}|{abstain})(?: (?:{verb}))?[ :]*\(?(?P<n>\d{{1,3}})?\)?", flags),
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


def tabled(passage: Passage) -> Vote | None:
    """A vote printed as a table: a row of sides (`For (7)`, `Imod (4)`), under each who voted so."""
    heads: list[tuple[int, str]] = []
    vote: Vote | None = None
    for start, stop, _ in passage.lines:
        cells = _cells(passage.text[start:stop])
        if vote is None:
            found = [(at, _forms().column.fullmatch(cell)) for at, cell in cells]
            if len(found) > 1 and all(m for _, m in found):
                vote = Vote(passage, start, stop)
                heads = [(at, _side(m["s"].split(" ")[0])) for at, m in found if m]
                for (_, name), (_, m) in zip(heads, found, strict=True):
                    vote.side(name).count = int(m["n"]) if m and m["n"] else None
            continue
        named = [(at, listed(cell)) for at, cell in cells]
        if not named or any(who.rest or not who for _, who in named):
            break
        for at, who in named:
            name = min(heads, key=lambda head: abs(head[0] - at))[1]
            vote.side(name).add(who)
        vote.stop = stop
    return vote if vote and any(side.named for side in vote.sides.values()) else None


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
    labels = [m for m in forms.label.finditer(text, start, stop) if _begins(text, start, m.start())]
    if labels:
        found = list(_counted(text, start, labels[0].start()))
        for label, end in zip(labels, [*(m.start() for m in labels[1:]), stop], strict=True):
            more = _tail(text, label.end(), end)
            found.append(_labelled(text, label, more))
            found += _counted(text, more, end)
        return found
    found = list(_counted(text, start, stop))
    return found or list(_told(text, start, stop))


def _tail(text: str, start: int, stop: int) -> int:
    """Where the next count begins after a label's own: `For stemte 38, mens 3 undlod`."""
    own = _COUNT.match(text, start, stop)
    if not own:
        return stop
    further = _forms().counted.search(text, own.end(), stop)
    return further.start() if further else stop


def _begins(text: str, start: int, at: int) -> bool:
    """Whether a label stands at the beginning of a clause."""
    before = text[start:at].rstrip(" •·-–*")
    if not before.strip() or before[-1] in ",;.:(\t\n":
        return True
    return before.rsplit(" ", 1)[-1].casefold() in ("og", "mens", "samt", "afstemning")


def _labelled(text: str, label: re.Match[str], stop: int) -> Count:
    """`For stemte 8 (A, V, C)`: the side, then a number, then who."""
    side = next(label[g] for g in "acdefgh" if label[g])
    word = side.split(" ")[0] if label["e"] else side
    found = Count(_side(word), label.start(), stop, about=(label["about"] or "").strip())
    take(found, text, label.end(), stop)
    if label["k"]:
        found.count = int(label["k"])
    return found


_ENDS = re.compile(r",? (?:da|idet|fordi|hvorefter|hvorfor|men|med den begrundelse|eftersom)\b|(?<=[^\s(]) – ")
_COUNT = re.compile(r"\s*[:(]? ?(\d{1,3})(?![\w.]*\d)(?: (?:stemmer|stemme|medlemmer|medlem))?\s*(?=[:(,.;–-]|$|\s)")


def take(count: Count, text: str, start: int, stop: int) -> None:
    """Read a number and a list into a count, from what follows its label."""
    total = _forms().total.search(text, start, stop)
    if total:
        count.count, stop = int(total[1]), total.start()
    end = _ENDS.search(text, start, stop)
    rest = text[start : end.start() if end else stop].strip().rstrip(".,;")
    rest = rest[:-1] if rest.endswith(")") and "(" not in rest else rest
    number = _COUNT.match(rest)
    none = decision_words()["vote"]["none"]
    if number:
        count.count = int(number[1])
        rest = rest[number.end() :].lstrip(" :–-,")
    elif (first := rest.split(" ")[0].strip("().:,")).casefold() in _numbers() and rest[:1] != "(":
        count.count = _numbers()[first.casefold()]
        rest = rest[len(first) :].lstrip(" :–-,.")
        rest = re.sub(r"^(?:stemmer|medlemmer|stemme|medlem)\b\s*", "", rest)
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
        yield Count("for", pair.start(), pair.end(), _number(pair["n"]), listed(pair["l"]))
        yield Count("against", pair.start(), pair.end(), _number(pair["m"]), listed(_bare(pair["r"] or "")))
        start = pair.end()
    single = forms.single.search(text, start, stop) if not pair else None
    if single:
        yield Count("for", single.start(), single.end(), _number(single["n"]))
    for found in forms.counted.finditer(text, start, stop):
        if not (found["u"] or found["v"] or found["r"]) and not _ENDED.match(text, found.end("s")):
            continue  # `5 for mange`
        count = Count(_side(found["s"].split(" ")[0]), found.start(), found.end(), _number(found["n"]))
        for group in ("l", "r", "f"):
            if found[group]:
                who = listed(found[group])
                count.who = who if who or not count.who else count.who
        yield count


_ENDED = re.compile(r"(?: at \w+)? ?(?:[,.;:()]|og\b|samt\b|$)|\s*$")


def _is_pair(text: str, start: int, pair: re.Match[str]) -> bool:
    """`5-2` and `1 til 3` are votes only after `med` or `stemmerne`."""
    if "mod" in pair["x"].casefold():
        return True
    before = text[start : pair.start()].casefold()
    return pair["x"] != "til" and before.endswith(("stemmerne ", "stemmetallene ", "med "))


def _bare(text: str) -> str:
    """Without the parentheses that hold all of it."""
    text = text.strip()
    return text[1:-1] if re.fullmatch(_PARENS, text) else text


def _told(text: str, start: int, stop: int) -> Iterator[Count]:
    """A subject and a verb: `A og B stemte for, mens V stemte imod`, `Et flertal (C) og (V) for`."""
    forms = _forms()
    at = start
    majority = forms.majority.match(text, start, stop)
    if majority and (who := subject(_bare(majority["l"]), strangers=True)):
        yield Count(
            _side(majority["s"]), majority.start(), majority.end(), None, who, majority["k"].casefold() != "flertal"
        )
        at = majority.end()
    for found in forms.told.finditer(text, at, stop):
        lead = re.sub(r"^[,;. ]*(?:mens|og|samt|hvorimod)?\s+", " ", text[at : found.start()]).strip(" ,;")
        at = found.end()
        who = subject(lead, strangers=True)
        if who:
            side = (
                "abstain"
                if found["a"] or found["s"].casefold() in ("hverken", "blankt", "blank")
                else _side(found["s"])
            )
            yield Count(side, found.start() - len(lead) - 1, found.end(), None, who, told=True)


class Ballots:
    """Gathers counts, sentence by sentence, into votes; ask `votes` when all is told."""

    _passage: Passage

    def __init__(self) -> None:
        self.votes: list[Vote] = []
        self.open: Vote | None = None
        self.empty: Count | None = None
        """A label that ended its sentence: who and how many may follow on the next line."""

    def turn(self, passage: Passage) -> None:
        """Go on in the next passage; a vote does not reach over its end."""
        self.close()
        self._passage = passage

    def hear(
        self,
        sentence: Sentence,
        found: Sequence[Count],
        motion: str | None,
        *,
        on_motion: bool,
        rejected: bool,
        settles: bool,
    ) -> bool:
        """Take one sentence's counts; False where it reports no vote, so that who it names stands apart by himself."""
        found = list(found)
        waiting, self.empty = self.empty, None
        if not found:
            return waiting is not None and self._fill(waiting, sentence)
        if settles and self.open is not None and self.open.on_motion != on_motion:
            self.close()
        if rejected and [c.side for c in found[:2]] == ["for", "against"] and not found[0].about:
            _turn(found)
        took = False
        for count in found:
            if count.told and not self._belongs(count, found):
                continue
            took = True
            self._add(count, motion, on_motion)
        last = found[-1]
        if took and last.count is None and not last.who:
            self.empty = last
        return took

    def _belongs(self, count: Count, found: Sequence[Count]) -> bool:
        """Whether a subject and a verb are part of a vote: beside others that are counted, or voting for."""
        if count.side == "for" or any(c.side == "for" for c in found):
            return True
        return self.open is not None and not self.open.side(count.side).named and not self.open.side(count.side).count

    def _add(self, count: Count, motion: str | None, on_motion: bool) -> None:
        vote = self.open
        if vote is None or _conflicts(vote, count) or not _same_motion(vote, count):
            vote = Vote(self._passage, count.start, count.stop)
            vote.motion = motion if on_motion and motion else count.about or motion
            vote.on_motion = on_motion and (not count.about or _about_motion(count.about))
            vote.about = count.about
            self.votes.append(vote)
            self.open = vote
        side = vote.side(count.side)
        vote.stop = max(vote.stop, count.stop)
        vote.start = min(vote.start, count.start)
        side.count = count.count if side.count is None else side.count
        side.add(count.who)

    def _fill(self, waiting: Count, sentence: Sentence) -> bool:
        """The line after `For stemte:`: a number, a list, or both."""
        text = self._passage.text[sentence.start : sentence.stop].strip()
        lone = Count(waiting.side, sentence.start, sentence.stop)
        take(lone, self._passage.text, sentence.start, sentence.stop)
        if (lone.count is None and not lone.who) or lone.who.rest or len(text) > 600 or not self.open:
            return False
        self._add(lone, None, self.open.on_motion)
        return True

    def close(self) -> None:
        """The vote is told; a further count begins a new one."""
        self.open = None
        self.empty = None

    def agreed(self, sentence: Sentence) -> None:
        """A vote of which the text says only that all agreed."""
        self.close()
        self.votes.append(Vote(self._passage, sentence.start, sentence.stop, unanimous=True))


def _turn(found: list[Count]) -> None:
    """`forkastet med 33 stemmer imod 12`: the larger number, or those named first, voted against."""
    one, two = found[0], found[1]
    if one.start == two.start and (one.count or 0) > (two.count or 0):
        one.count, two.count, one.who, two.who = two.count, one.count, two.who, one.who
    elif one.start == two.start and one.count is None and two.count is None:
        one.who, two.who = two.who, one.who


def _conflicts(vote: Vote, count: Count) -> bool:
    """Whether a side was told already, and otherwise."""
    side = vote.sides.get(count.side)
    if side is None:
        return False
    if count.count is not None and side.count is not None and count.count != side.count:
        return True
    return bool(count.who) and side.named and not count.told


def _same_motion(vote: Vote, count: Count) -> bool:
    return (
        not count.about or not vote.motion or count.about == vote.motion or vote.on_motion == _about_motion(count.about)
    )


def _about_motion(about: str) -> bool:
    return "forslag" in about.casefold()


def unanimous(sentence: Sentence) -> bool:
    """Whether a sentence says that all agreed."""
    text = " ".join(w.word for w in sentence.words)
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in decision_words()["vote"]["unanimous"])
