"""What does a sentence of a decision decide? Clauses, negation, and which points of the recommendation are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from minutes_parser.kinds import Outcome
from minutes_parser.recognise.acts import NEGATED, Act, Meaning, acts_table
from minutes_parser.recognise.names import is_party, subject
from minutes_parser.recognise.passage import Passage, Sentence
from minutes_parser.recognise.referrals import recipient
from minutes_parser.recognise.scopes import Setting, scopes
from minutes_parser.vocabulary.parties import party_letter
from minutes_parser.vocabulary.phrases import Match, Phrases, Token
from minutes_parser.vocabulary.words import decision_words, small_words


@lru_cache(maxsize=1)
def _marks() -> Phrases[str]:
    """What parts a sentence: amendments, reasons, subordinate clauses, verbs of saying."""
    words = decision_words()
    rows = [(p, "amend") for p in words["amend"]["phrases"]]
    rows += [(p, "reason") for p in words["reason"]["phrases"]]
    rows += [(p, "motion") for p in words["motion"]["verbs"]]
    rows += [(p, "puts") for p in words["motion"]["puts"]]
    rows += [(p, "talk") for p in words["talk"]["phrases"]]
    return Phrases(rows)


@lru_cache(maxsize=1)
def _negators() -> frozenset[str]:
    return frozenset(decision_words()["negation"]["words"])


Nouns = Sequence[Match[bool]]
"""The proposals that a sentence names; true for one to change the case's own."""


@dataclass(slots=True)
class Said:
    """What one sentence says: its acts, whether it is conversation, whether it puts a proposal forward, whether it puts
    the case's own to the vote; and the proposals that it names."""

    acts: list[Act]
    nouns: Nouns
    talk: bool = False
    motion: bool = False
    own: bool = False


_CONTENT = frozenset(
    (Outcome.POSTPONED, Outcome.RETURNED, Outcome.REFERRED, Outcome.WITHDRAWN, Outcome.REJECTED, Outcome.RECOMMENDED)
)
"""What `at …` after `besluttede` may turn a decision into; anything else that is decided is adopted."""
_NEAR = 25
"""Characters after an act within which the points it is about may follow: `godkender indstillingens punkt 2`."""
_REACH = 14
"""Words after `at` within which its verb stands; measured on the labelled documents, the longest is 9."""


def read(passage: Passage, sentence: Sentence, setting: Setting, *, pending: bool, before: bool = False) -> Said:
    """The acts of one sentence. `pending`: a proposal was put forward before, so that `forslaget` means it; `before`:
    something was decided before, so that a line beginning with `at` says what.

    An act in a subordinate clause counts only where the main clause merely says that something was decided.
    """
    words = sentence.words
    marks = _marks().find(words)
    kinds = {m.value for m in marks}
    motion, puts = "motion" in kinds, "puts" in kinds
    said = Said([], _nouns().find(words), "talk" in kinds, motion or puts)
    said.own = puts and not motion and _own(words, pending)
    if words[-1].word == "?":
        said.talk = True
        return said
    found = [m for m in acts_table().find(words) if not m.value.alone or _alone(m, words)]
    if found and not (before and words[0].word == decision_words()["grammar"]["that"]):
        said.acts = _Walk(passage, sentence, setting, pending, marks, said.nouns).acts(found)
    return said


def _alone(match: Match[Meaning], words: Sequence[Token]) -> bool:
    """Whether an act is all that a sentence says, but for what follows a comma: `Afslag, da …`."""
    after = match.last + 1
    return match.first == 0 and (after == len(words) or not words[after].word.isalnum())


def _own(words: Sequence[Token], pending: bool) -> bool:
    """Whether it is the case's own recommendation or proposal that is put to the vote, not one made meanwhile."""
    motion, nouns = decision_words()["motion"], _nouns()
    names = any(w.word.startswith(tuple(motion["own"])) or (not pending and w.word in motion["lone"]) for w in words)
    return names and not any(nouns.at(words, n) for n in nouns.starts(words))


def proposes(sentence: Sentence, until: int) -> bool:
    """Whether a proposal to change the case's own is named before `until`: `Ændringsforslag 1: For 5, imod 14`."""
    words = [w for w in sentence.words if w.start < until]
    return any(m.value for m in _nouns().find(words))


_FAR = 1_000_000
"""Words; farther than any sentence reaches."""


@dataclass(slots=True)
class _Named:
    """The words at which a sentence first names a proposal: by its kind, to change the case's own, as one that officials
    made, as a party's, as the one that is pending."""

    noun: int = _FAR
    counter: int = _FAR
    officials: int = _FAR
    proposal: int = _FAR
    pending: int = _FAR


def numbered(sentence: Sentence, nouns: Nouns) -> str:
    """The number of the proposal that a sentence names first, empty where it has none: `Ændringsforslag 2 (O)`."""
    words = sentence.words
    found = (m.last + 1 for m in nouns if m.value)
    return next((words[n].word for n in found if n < len(words) and words[n].word.isdigit()), "")


class _Walk:
    """Goes through one sentence from left to right and keeps the acts of its main clauses."""

    def __init__(
        self,
        passage: Passage,
        sentence: Sentence,
        setting: Setting,
        pending: bool,
        marks: Sequence[Match[str]],
        nouns: Nouns,
    ) -> None:
        self.passage = passage
        self.words = sentence.words
        self.setting = setting
        self.pending = pending
        self.marks = {m.first: m.value for m in marks}
        self.nouns = nouns
        self.scopes = scopes(passage.text, sentence, setting)
        self.that = decision_words()["grammar"]["that"]
        self.region = "main"
        """`main`, `content` (what was decided), `aside` (to the next comma), `off` (the rest counts for nothing)."""
        self.verb = False
        """Whether the main clause has had a verb of any kind."""
        self.lead = False
        """Whether an amendment stands before the act that it amends."""
        self.decides = -1
        """The last word of the phrase whose `at …` is the decision."""
        self.inside = False
        """Whether the walk is in a clause that belongs to the subject: `forslaget om at udsætte sagen blev …`"""
        self.kept: list[Act] = []
        self.named: _Named | None = None

    def acts(self, found: Sequence[Match[Meaning]]) -> list[Act]:
        starts = {m.first: m for m in found}
        held = {n for m in found for n in m.held}
        passives, relatives = small_words("passives"), small_words("relatives")
        for at, (word, _, _) in enumerate(self.words):
            if self.inside and self.kept and (word == "," or word in passives):
                self.kept, self.inside, self.verb, self.region = [], False, False, "main"
            if word == "," and self.region == "aside":
                self.region = "main"
            elif at in starts:
                self._act(starts[at])
            elif at in held or self.region == "off":
                continue
            elif at in self.marks:
                self._mark(self.marks[at], at)
            elif word == self.that:
                self._that(at)
            elif word in relatives and at and self.words[at - 1].word == "," and self.region == "main":
                self.region = "aside"
        return [act for act in self.kept if act.outcome is not Outcome.UNKNOWN or act.strength > 1]

    def _mark(self, kind: str, at: int) -> None:
        if self.region != "main":
            if kind in ("amend", "reason"):
                self.region = "off"
            return
        if kind == "amend":
            if self.kept:
                self.region = "off"
                for act in self.kept:
                    act.amended = True
            elif at == 0:
                self.lead = self.words[0].word in small_words("lead")
        elif kind == "reason":
            self.region = "off" if self.kept else "aside"
        elif kind == "talk":
            self.verb = True
        elif kind == "puts":
            self.region = "aside" if not self.kept and self._by_others(at) else self.region
            self.verb = True
        elif kind == "motion":
            self.region = "off" if not self.kept and self._by_others(at) else self.region
            self.verb = True

    def _that(self, at: int) -> None:
        if self.region == "content":
            self.region = "off"
        elif self.region == "main" and self.decides >= 0 and at - self.decides <= 6:
            self.region, self.decides = "content", at
        elif self.region == "main" and self.verb:
            self.region = "off"
        elif self.region == "main" and not self.kept:
            self.inside = True

    def _act(self, match: Match[Meaning]) -> None:
        meaning = match.value
        if self.region == "content":
            if (
                meaning.outcome in _CONTENT
                and meaning.strength > 1
                and match.first - self.decides <= _REACH
                and not self._negated(match)
            ):
                self.kept[-1].outcome = meaning.outcome
                self.kept[-1].strength = max(2, self.kept[-1].strength)
                self.kept[-1].to = recipient(self.passage.text, self.words, match)
                self.region = "off"
            return
        if self.region == "aside" and meaning.outcome is Outcome.ELECTED:
            self._keep(match)  # `foreslog Mogens Lund, der blev valgt`
        if self.region != "main":
            return
        if not meaning.any and not self.verb and not self._passive(match) and self._by_others(match.first):
            self.region = "off"
            return
        self.verb = True
        self._keep(match)

    def _keep(self, match: Match[Meaning]) -> None:
        meaning = match.value
        first, last = self.words[match.first], self.words[match.last]
        motion, counter = self._on_motion(match)
        points = self._points(first.start, last.stop)
        if points is None:
            return
        outcome, strength = meaning.outcome, meaning.strength
        if self._negated(match):
            outcome = NEGATED.get(outcome, Outcome.UNKNOWN)
            strength = max(2, strength)
        elif meaning.echo and self.setting.refusal:
            outcome = Outcome.ADOPTED
        act = Act(outcome, strength, first.start, last.stop, points, motion, self.lead, counter=counter)
        act.to = recipient(self.passage.text, self.words, match)
        before = self.kept[-1] if self.kept else None
        if before and before.outcome is Outcome.RECOMMENDED and before.points == points and outcome != Outcome.ELECTED:
            return  # `indstilles godkendt`, `anbefaler Byrådet at godkende`
        self.kept.append(act)
        if meaning.content:
            self.decides = match.last
            if last.word == self.that:
                self.region = "content"

    def _negated(self, match: Match[Meaning]) -> bool:
        """`ikke godkendt`, `godkendes ikke`; a phrase that holds the word itself says what it means."""
        negators = _negators()
        if any(self.words[n].word in negators for n in match.held):
            return False
        before = self.words[max(0, match.first - 3) : match.first]
        for token in reversed(before):
            if token.word in small_words("apart"):
                break
            if token.word in negators:
                return True
        at = match.last + 1
        at += at < len(self.words) and self.words[at].word in decision_words()["negation"]["adverbs"]
        return at < len(self.words) and self.words[at].word in negators

    def _passive(self, match: Match[Meaning]) -> bool:
        """`Anna Holm godkendt`, `Anna Holm godkendes`: the name is what is decided on, not who decides."""
        word = self.words[match.first].word
        before = self.words[match.first - 1].word if match.first else ""
        return word.endswith(("t", "s")) and before not in _deciding("auxiliaries")

    def _by_others(self, until: int) -> bool:
        """Whether a person, a party or an official does what the word at `until` says, not the body that decides."""
        while until and self.words[until - 1].word in _deciding("auxiliaries"):
            until -= 1
        if not until:
            return False
        start = max((n + 1 for n in range(until) if self.words[n].word == ":"), default=0)
        before = [w for w in self.words[start:until] if w.word != ","]
        if before and before[-1].word in _deciding("officials") and len(before) < 6:
            return True
        if any(w.word in _deciding("majority") for w in before[:2]):
            return False
        if len(before) == 1 and self._acronym(before[0]):
            return False
        return bool(before) and subject(self.passage.text[before[0].start : self.words[until - 1].stop]) is not None

    def _acronym(self, token: Token) -> bool:
        """Whether a word is a body's acronym, not a party's: `HB tog orienteringen til efterretning`."""
        printed = self.passage.text[token.start : token.stop]
        return 2 <= len(printed) <= 5 and printed.isupper() and party_letter(printed) is None

    def _officials(self, at: int) -> bool:
        """Whether the proposal that the word at `at` ends with is of those who prepare the case: `forslaget fra
        forvaltningen`."""
        ends = tuple(decision_words()["deciders"]["official_endings"])
        return any(token.word.endswith(ends) for token in self.words[at + 1 : at + 6])

    def _on_motion(self, match: Match[Meaning]) -> tuple[bool, bool]:
        """Whether a proposal made during the meeting is the subject, and whether it is one to change the case's own."""
        named = self.named = self.named or self._proposals()
        if named.noun < match.last:
            return True, named.counter < match.last
        if named.officials < match.last:
            return False, False
        return named.proposal < match.last or named.pending < match.last, False

    def _proposals(self) -> _Named:
        """Where the sentence first names a proposal in each of the ways that tell whose it is."""
        words, far = self.words, len(self.words)
        found = _Named(
            noun=min((m.last for m in self.nouns), default=far),
            counter=min((m.last for m in self.nouns if m.value), default=far),
        )
        if self.pending:
            sender, pending = _sender(), _pending()
            by = (sender.at(words, n) for n in sender.starts(words))
            found.officials = min((m.last for m in by if m and self._officials(m.first + 1)), default=far)
            found.pending = next((n for n in pending.starts(words) if pending.at(words, n)), far)
        proposal = decision_words()["grammar"]["proposal"]
        proposals = [n for n, (word, _, _) in enumerate(words) if word.startswith(proposal)]
        found.proposal = next(filter(self._proposal, proposals), far)
        return found

    def _proposal(self, at: int) -> bool:
        """Whether the proposal at `at` is one made meanwhile, or a party's own: `Venstres forslag`."""
        words = self.words
        if at + 1 < len(words) and words[at + 1].word in small_words("reach"):
            return False
        if self.pending:
            return True
        owner = words[at - 1] if at else None
        return (
            owner is not None and owner.word.endswith("s") and is_party(self.passage.text[owner.start : owner.stop - 1])
        )

    def _points(self, start: int, stop: int) -> tuple[str, ...] | None:
        """The points that the act between the offsets is about; None where it is about another case."""
        before = [s for s in self.scopes if s.start <= start]
        if before:
            return None if before[-1].other else before[-1].points
        after = [s for s in self.scopes if stop <= s.start <= stop + _NEAR and not s.other]
        return after[0].points if after else ()


@lru_cache(maxsize=1)
def _nouns() -> Phrases[bool]:
    motion = decision_words()["motion"]
    return Phrases([*((p, True) for p in motion["counter"]), *((p, False) for p in motion["nouns"])])


@lru_cache(maxsize=1)
def _sender() -> Phrases[bool]:
    return Phrases((p, True) for p in decision_words()["motion"]["sender"])


@lru_cache(maxsize=1)
def _pending() -> Phrases[bool]:
    return Phrases((p, True) for p in decision_words()["motion"]["pending"])


@lru_cache(maxsize=4)
def _deciding(kind: str) -> frozenset[str]:
    return frozenset(decision_words()["deciders"][kind])
