"""Which votes does a decision report, with what counts, parties and names?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from minutes_parser.kinds import Outcome
from minutes_parser.recognise.counts import Count, take
from minutes_parser.recognise.names import Listed, party_label
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
    lone: bool = False
    """Whether only those who were for it are told of, and not whether they were enough."""
    others: bool = False
    """Whether all who are not listed voted for."""

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
        if self.others:
            return True
        for_, against = self.votes_of("for"), self.votes_of("against")
        if for_ is None or for_ == against or (self.lone and against is None):
            return None
        return for_ > (against or 0)

    @property
    def recommends(self) -> bool:
        """Whether a recommendation was voted on that is not another body's: `For anbefalingen stemte`."""
        return self.about.casefold().startswith(tuple(decision_words()["vote"]["recommends"]))

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


class Ballots:
    """Gathers counts, sentence by sentence, into votes; ask `votes` when all is told."""

    _passage: Passage

    def __init__(self, people: frozenset[str] = frozenset()) -> None:
        self.people = people
        self.votes: list[Vote] = []
        self.open: Vote | None = None
        self.empty: Count | None = None
        """A label that ended its sentence: who and how many may follow on the next line."""
        self.majority: Count | None = None
        """A majority that recommends; a vote only where the next sentences tell who voted otherwise."""

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
        waiting, self.empty = self.empty, None
        if not found:
            self.majority = None if settles else self.majority
            took = waiting is not None and self._fill(waiting, sentence)
            self.empty = waiting if took else None
            return took
        found = self._with_majority(sentence, found)
        if self.majority:
            return False
        if settles and self.open is not None and self.open.on_motion != on_motion:
            self.close()
        if self.open is not None and _others(self.open, found):
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
        if took and not last.who and (last.count is None or sentence.words[-1].word == ":"):
            self.empty = last
        return took

    def _with_majority(self, sentence: Sentence, found: Sequence[Count]) -> list[Count]:
        """The counts, with the majority of a sentence before them that they stand against; alone it waits for them, a
        minority's to the end of the text, who else voted otherwise to the end of its line."""
        waiting, self.majority = self.majority, None
        if sentence.leads and not any(c.faction for c in found):
            waiting = None
        if len(found) == 1 and found[0].stands and found[0].side != "abstain":
            if waiting and waiting.side == found[0].side:
                found[0].side = "for" if waiting.side == "against" else "against"
            elif not waiting and self.open is None:
                self.majority = found[0]
        return [waiting, *found] if waiting and all(c.told for c in found) else list(found)

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
        vote.others |= count.others
        vote.lone |= count.lone
        side = vote.side(count.side)
        vote.stop = max(vote.stop, count.stop)
        vote.start = min(vote.start, count.start)
        side.count = count.count if side.count is None else side.count
        count.who.known(self.people)
        side.add(count.who)

    def _fill(self, waiting: Count, sentence: Sentence) -> bool:
        """A line after `For stemte:`: a number, a list, or both; then more names, each on a line."""
        text = self._passage.text[sentence.start : sentence.stop].strip()
        lone = Count(waiting.side, sentence.start, sentence.stop)
        take(lone, self._passage.text, sentence.start, sentence.stop)
        if (lone.count is None and not lone.who) or lone.who.rest or len(text) > 600 or not self.open:
            return False
        side = self.open.side(waiting.side)
        if side.named or side.count is not None:
            if not lone.who or lone.who.strangers:
                return False
            lone.told = True
            lone.count = None
        self._add(lone, None, self.open.on_motion)
        return True

    def table(self, found: Sequence[Count]) -> Vote:
        """A vote whose counts a table gives."""
        self.close()
        vote = Vote(self._passage, found[0].start, found[-1].stop)
        for count in found:
            side = vote.side(count.side)
            side.count = count.count
            count.who.known(self.people)
            side.add(count.who)
        self.votes.append(vote)
        return vote

    def close(self) -> None:
        """The vote is told; a further count begins a new one."""
        self.open = self.empty = self.majority = None

    def agreed(self, sentence: Sentence, about: str = "", *, everybody: bool = False, on_motion: bool = False) -> None:
        """A vote of which the text says only that all agreed; `everybody` is said to have voted, so that nobody is left
        to be counted on another side."""
        self.close()
        vote = Vote(self._passage, sentence.start, sentence.stop, unanimous=True, about=about)
        vote.on_motion = on_motion and (not about or _about_motion(about))
        self.votes.append(vote)
        self.open = vote if everybody else None


def _turn(found: list[Count]) -> None:
    """`forkastet med 33 stemmer imod 12`: the larger number, or those named first, voted against."""
    one, two = found[0], found[1]
    if one.start == two.start and (one.count or 0) > (two.count or 0):
        one.count, two.count, one.who, two.who = two.count, one.count, two.who, one.who
    elif one.start == two.start and one.count is None and two.count is None:
        one.who, two.who = two.who, one.who


def _conflicts(vote: Vote, count: Count) -> bool:
    """Whether a side was told already, and otherwise."""
    if vote.unanimous:
        return bool(count.count or count.who)
    side = vote.sides.get(count.side)
    if side is None:
        return False
    if count.count is not None and side.count is not None and count.count != side.count:
        return True
    return bool(count.who) and side.named and not count.told


def _others(vote: Vote, found: Sequence[Count]) -> bool:
    """Whether the counts on both sides are not those of the voters that were named on both: then they are another vote's."""
    told = {c.side: c.count for c in found if c.count is not None}
    sides = [vote.sides.get(name) for name in ("for", "against")]
    if len(told) < 2 or not all(s is not None and s.names and not s.parties and s.count is None for s in sides):
        return False
    return all(
        s is not None and len(s.names) != told.get(name) for s, name in zip(sides, ("for", "against"), strict=True)
    )


def _same_motion(vote: Vote, count: Count) -> bool:
    return (
        not count.about or not vote.motion or count.about == vote.motion or vote.on_motion == _about_motion(count.about)
    )


def _about_motion(about: str) -> bool:
    return str(decision_words()["vote"]["motion"]) in about.casefold()


def unanimous(sentence: Sentence) -> bool:
    """Whether a sentence says that all agreed."""
    return not _unanimous().isdisjoint([w.word for w in sentence.words])


@lru_cache(maxsize=1)
def _unanimous() -> frozenset[str]:
    return frozenset(decision_words()["vote"]["unanimous"])
