"""What was decided, by whom, point by point; with its votes and those who stand apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from minutes_parser.findings import Finding
from minutes_parser.kinds import Code, Outcome, SectionKind, Severity, Stance
from minutes_parser.recognise.acts import Act, directs, reports
from minutes_parser.recognise.counts import Count, counts
from minutes_parser.recognise.dissents import Dissent, dissents
from minutes_parser.recognise.everybody import agreed, all_but, names_everybody
from minutes_parser.recognise.names import subject
from minutes_parser.recognise.outcomes import Said, numbered, proposes, read
from minutes_parser.recognise.passage import Passage, Place, Sentence, sentences
from minutes_parser.recognise.rollcalls import tabled
from minutes_parser.recognise.scopes import Setting, lone_scope
from minutes_parser.recognise.votes import Ballots, Vote, unanimous
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.letters import lowered
from minutes_parser.vocabulary.words import decision_words


@dataclass(slots=True)
class DecidedPoint:
    """What became of one recommended point."""

    number: str
    text: str
    outcome: Outcome
    place: Place


@dataclass(slots=True)
class Reading:
    """What the words of one decision amount to."""

    outcome: Outcome = Outcome.UNKNOWN
    referred_to: str | None = None
    points: list[DecidedPoint] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    dissents: list[Dissent] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """Whether it is a decision even without a heading that says so."""
        return self.sure and self.outcome is not Outcome.UNKNOWN

    sure: bool = False
    """Whether a strong phrase or a vote decides, or the text is empty by its own words."""


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return frozenset(fold(line) for line in decision_words()["empty"]["lines"])


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """Whatever the folded lines that say nothing begin with."""
    return frozenset(line[:n] for line in _empty() for n in range(1, len(line) + 1))


_LETTERS = re.compile(r"[^\W_]+")


def _is_empty(text: str) -> bool:
    """Whether a text says by its own words that there is nothing; most do not begin so, and are not folded."""
    first = _LETTERS.search(text)
    return first is not None and fold(first[0]) in _beginnings() and fold(text) in _empty()


RANK = {
    Outcome.POSTPONED: 9,
    Outcome.RETURNED: 8,
    Outcome.WITHDRAWN: 7,
    Outcome.RECOMMENDED: 6,
    Outcome.ADOPTED: 5,
    Outcome.REJECTED: 5,
    Outcome.REFERRED: 4,
    Outcome.ELECTED: 4,
    Outcome.NOTED: 3,
    Outcome.DISCUSSED: 2,
    Outcome.NONE: 1,
    Outcome.UNKNOWN: 0,
}
"""Which of two equally strong acts says what became of the case."""


def decide(passages: Sequence[Passage], setting: Setting, people: frozenset[str] = frozenset()) -> Reading:
    """Read a decision's text, and the vote's where it stands apart. Nothing is guessed: `unknown` where no phrase of the vocabulary decides, `none` where the
    text is empty or mere conversation."""
    text = passages[0].text
    if len(passages) > 1 or len(text) > _FORMULA or any(c.isdigit() for c in text):
        return _Judge(passages, setting, people).reading()
    key = (text, setting.points, setting.refusal)
    known = _known()
    if key not in known:
        reading = _Judge(passages, setting, people).reading()
        if reading.points or reading.votes or reading.dissents or reading.findings:
            return reading
        if len(known) >= _KNOWN:
            known.clear()
        known[key] = (reading.outcome, reading.referred_to, reading.sure)
    outcome, to, sure = known[key]
    return Reading(outcome, to, sure=sure)


def decides(line: str) -> bool:
    """Whether a line by itself says what was decided: `Anbefales.`, `Indstillingen tiltrådt, idet …`."""
    if not line.strip():
        return False
    whole = Passage(
        SectionKind.BESLUTNING, "", line, 0, len(line), "decision.told", 0.7, [(0, len(line), True)], [(0, 0)]
    )
    return decide((whole,), Setting()).settled


_FORMULA = 80
"""Characters; most decisions are shorter, and the same few over and over: `Godkendt.`"""
_KNOWN = 2000


@lru_cache(maxsize=1)
def _known() -> dict[tuple[str, frozenset[str], bool], tuple[Outcome, str | None, bool]]:
    """What formulas without a place of their own amount to; forgotten with the words they were read by."""
    return {}


class _Judge:
    def __init__(self, passages: Sequence[Passage], setting: Setting, people: frozenset[str]) -> None:
        self.passages = passages
        self.passage = passages[0]
        self.flat = self.low = ""
        """Its text with blanks for line feeds, since a sentence may reach over them; the same in small letters."""
        self.everybody = False
        """Whether it says anywhere what everybody did."""
        self.setting = setting
        self.people = people
        self.result = Reading()
        self.ballots = Ballots(people)
        self.acts: list[Act] = []
        self.motion: str | None = None
        """A proposal made during the meeting on which nothing is said yet."""
        self.proposed = False
        """Whether a proposal was ever put forward."""
        self.carried: tuple[str, ...] = ()
        """The points that the following sentences are about, after `Ad 1.`"""
        self.number = ""
        """The number of the proposal that was named last: another one has votes of its own."""
        self.talk = False
        self.unread = False
        """Whether a sentence says something that is neither an act nor conversation."""
        self.directed = False
        """Whether a sentence says what is to be done, in words that are no phrase of the vocabulary."""
        self.silent = False
        """Whether a remark to the minutes is being quoted without quotation marks."""

    def reading(self) -> Reading:
        whole = "".join(p.text for p in self.passages)
        if _is_empty(whole) or not any(map(str.isalpha, whole)):
            self.result.outcome = Outcome.NONE
            self.result.sure = any(map(str.isalpha, whole))
            return self.result
        for passage in self.passages:
            self.passage, self.flat = passage, passage.text.replace("\n", " ")
            self.low = lowered(self.flat)
            self.everybody = names_everybody(self.low)
            self.ballots.turn(passage)
            columns = tabled(passage)
            table = self.ballots.table(columns) if columns else None
            for sentence in sentences(passage):
                if not sentence.quoted and not (table and table.start <= sentence.start < table.stop):
                    self._hear(sentence)
        self.result.votes = [v for v in self.ballots.votes if v.counted or v.unanimous]
        self._conclude()
        self.result.sure = bool(self.result.votes) or any(a.strength == 3 for a in self.acts)
        self._doubt()
        return self.result

    def _hear(self, sentence: Sentence) -> None:
        """One sentence: the points it is about, its acts, its counts, who stands apart."""
        text = self.passage.text
        if alone := lone_scope(text, sentence, self.setting):
            self.carried = alone
            self.ballots.close()
            return
        said = read(self.passage, sentence, self.setting, pending=self.motion is not None, before=bool(self.acts))
        if self.silent and not self._speaks(sentence, said):
            return
        self.silent = False
        if said.own:
            self.motion = None
            self.ballots.close()
        apart_from = all_but(self.flat, sentence.start, sentence.stop) if self.everybody else []
        told = apart_from or counts(self.flat, sentence.start, sentence.stop, self.low)
        took = self._vote(sentence, said, told)
        apart = dissents(self.passage, sentence, self.setting.number, self.people)
        self.result.dissents += [d for d in apart if not (took and d.stance in _VOTING)]
        self._keep(sentence, said, stands_apart=bool(apart or apart_from))
        if not took and not self.ballots.majority and (said.acts or said.talk or said.motion):
            self.ballots.close()
        if said.motion and not (said.own or said.acts or took):
            self._propose(sentence)
        if not (said.acts or took or apart or said.motion):
            report = said.talk or reports(sentence)
            self.talk |= report
            self.unread |= not report and subject(text[sentence.start : sentence.stop]) is None
            self.directed |= not said.talk and directs(sentence)
        if sentence.words[-1].word == ":" and any(d.stance is Stance.REMARK for d in apart):
            self.silent = True

    def _speaks(self, sentence: Sentence, said: Said) -> bool:
        """Whether the minutes speak again after a remark that stands without quotation marks."""
        near = any(a.strength == 3 and a.start - sentence.start < 30 for a in said.acts)
        return sentence.leads and (near or bool(dissents(self.passage, sentence, self.setting.number)))

    def _vote(self, sentence: Sentence, said: Said, told: Sequence[Count]) -> bool:
        """Hand a sentence's counts to the ballots; whether it reports a vote."""
        acts = said.acts
        outcomes = [a.outcome for a in acts]
        if Outcome.ELECTED in outcomes:
            return False  # votes for persons
        lead = self._lead(sentence, said)
        number = numbered(sentence, said.nouns)
        if number and number != self.number:
            self.ballots.close()
            self.number = number
        by_motion = any(a.motion for a in acts)
        named = bool(told) and not acts and proposes(sentence, told[0].start)
        on_motion = by_motion or ((self.motion is not None or named) and not (acts and lead))
        motion = (self.motion or lead) if on_motion else lead
        rejected = Outcome.REJECTED in outcomes
        settles = bool(acts)
        about = agreed(self.flat, sentence.start, sentence.stop) if self.everybody else None
        if about is not None:
            on_motion = on_motion or proposes(sentence, sentence.stop)
            self.ballots.agreed(sentence, about, everybody=True, on_motion=on_motion)
            return True
        if self.ballots.hear(sentence, told, motion, on_motion=on_motion, rejected=rejected, settles=settles):
            return True
        if acts and unanimous(sentence):
            self.ballots.agreed(sentence)
        return False

    def _lead(self, sentence: Sentence, said: Said) -> str | None:
        """The words before the first act: what the sentence is about."""
        if not said.acts:
            return None
        lead = self.passage.text[sentence.start : said.acts[0].start].strip(" .,:")
        return lead if 0 < len(lead) < 120 else None

    def _keep(self, sentence: Sentence, said: Said, *, stands_apart: bool) -> None:
        """Add a sentence's acts to the decision's; the proposal that they settle is pending no more."""
        vote = self.ballots.open
        for act in said.acts:
            if vote is not None and vote.on_motion and not act.motion and not self._lead(sentence, said):
                act.motion = vote.settled_by(act.outcome)
            act.points = act.points or (self.carried if act.strength > 1 else ())
            act.amended = act.amended and not stands_apart
            if act.points and not act.motion:
                self._point(sentence, act)
            self.acts.append(act)
            self.motion = None

    def _point(self, sentence: Sentence, act: Act) -> None:
        place = self.passage.where(sentence.start, sentence.stop, "decision.point", 0.8)
        text = self.passage.text[sentence.start : sentence.stop]
        outcome = Outcome.ADOPTED_AMENDED if act.amended and act.outcome is Outcome.ADOPTED else act.outcome
        for number in act.points:
            if not any(p.number == number and p.outcome == outcome for p in self.result.points):
                self.result.points.append(DecidedPoint(number, text, outcome, place))

    def _propose(self, sentence: Sentence) -> None:
        """A proposal is put forward; `Forslaget kom til afstemning` puts none forward."""
        if self.motion is None or any(w.word in ("at", '"') for w in sentence.words):
            self.motion = self.passage.text[sentence.start : sentence.stop].strip()
            self.proposed = True

    def _conclude(self) -> None:
        """Which of the acts says what became of the case."""
        result = self.result
        main = [a for a in self.acts if not a.motion]
        whole = [a for a in main if not a.points]
        if whole and not (len(whole) < len(main) and all(a.strength == 1 for a in whole)):
            best = max(reversed(whole), key=lambda a: (a.strength, RANK[a.outcome]))
            result.outcome = best.outcome
            amended = any(a.amended for a in whole if a.outcome is best.outcome)
        elif main:
            best = max(main, key=lambda a: (_MIXED.get(a.outcome, 0), a.strength))
            result.outcome = best.outcome
            amended = all(a.amended for a in main if a.outcome is best.outcome)
        elif own := [a for a in self.acts if not a.counter and not self.proposed]:
            best = own[-1]  # the case itself is the proposal
            result.outcome, amended = best.outcome, best.amended
        else:
            self._without_acts()
            return
        result.referred_to = best.to or next((a.to for a in self.acts if a.to and not a.motion), None)
        if result.outcome is Outcome.REFERRED and any(v.carried and v.recommends for v in result.votes):
            result.outcome = Outcome.RECOMMENDED
        if result.outcome is Outcome.ADOPTED:
            voted = any(v.counted and not v.on_motion for v in result.votes)
            changed = any(a.motion and a.outcome is Outcome.ADOPTED for a in self.acts if a is not best)
            if amended or changed:
                result.outcome = Outcome.ADOPTED_AMENDED
            elif voted:
                result.outcome = Outcome.ADOPTED_BY_VOTE

    def _without_acts(self) -> None:
        """Only a vote, a rejected proposal, names or conversation."""
        result = self.result
        main = [v for v in result.votes if not v.on_motion]
        carried = main[-1].carried if main else None
        if carried is not None:
            won = Outcome.RECOMMENDED if main[-1].recommends else Outcome.ADOPTED_BY_VOTE
            result.outcome = won if carried else Outcome.REJECTED
        elif agreed_on := [v for v in main if v.unanimous]:
            result.outcome = Outcome.RECOMMENDED if agreed_on[-1].recommends else Outcome.ADOPTED
        elif any(a.motion and a.outcome is Outcome.ADOPTED for a in self.acts):
            result.outcome = Outcome.ADOPTED_AMENDED
        elif not self.acts and not result.votes and self._tells_nothing():
            result.outcome = Outcome.NONE

    def _tells_nothing(self) -> bool:
        """Whether the text is names, conversation, a report, or says itself that there is nothing."""
        if any(d.stance in _DIVIDED for d in self.result.dissents):
            return False
        return not self.unread or (self.talk and not self.directed) or self._blank()

    def _blank(self) -> bool:
        """Whether the first line says that there is nothing: a dash, `Intet.`"""
        start, stop, _ = self.passage.lines[0]
        first = self.passage.text[start:stop]
        return not any(c.isalnum() for c in first) or fold(first) in _empty()

    def _doubt(self) -> None:
        """Counts, parties and names that disagree; a text that no phrase decides."""
        for vote in self.result.votes:
            place = vote.place
            for message in vote.doubts():
                self.result.findings.append(
                    Finding(Code.VOTE_DISAGREES, message, Severity.WARNING, place.start, place.stop)
                )
        if self.result.outcome is Outcome.UNKNOWN:
            message = "no phrase of the vocabulary says what was decided"
            self.result.findings.append(
                Finding(Code.UNKNOWN_OUTCOME, message, Severity.INFO, self.passage.start, self.passage.stop)
            )


_VOTING = frozenset((Stance.AGAINST, Stance.ABSTAINED))
_DIVIDED = _VOTING | {Stance.RESERVATION}
"""Where somebody stands so, something was decided, whatever it was."""
_MIXED = {
    Outcome.RECOMMENDED: 9,
    Outcome.ADOPTED: 8,
    Outcome.ELECTED: 7,
    Outcome.NOTED: 6,
    Outcome.DISCUSSED: 5,
    Outcome.REFERRED: 4,
    Outcome.POSTPONED: 3,
    Outcome.RETURNED: 2,
    Outcome.REJECTED: 1,
}
"""Of a decision point by point, the outcome as a whole: what carries a part of the case furthest."""
