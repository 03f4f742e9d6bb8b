"""Who stands apart from a decision, or took no part in it?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from minutes_parser.kinds import Stance
from minutes_parser.recognise.names import Listed, listed, plausible, reaching, subject
from minutes_parser.recognise.passage import Passage, Place, Sentence
from minutes_parser.vocabulary.phrases import Match, Phrases
from minutes_parser.vocabulary.words import choice, decision_words


@dataclass(frozen=True, slots=True)
class Dissent:
    """Persons or parties with where they stand; never both in one, so that each can be counted."""

    who: tuple[str, ...]
    parties: tuple[str, ...]
    stance: Stance
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Standing:
    """What a phrase of the vocabulary's stances stands for, and on which side of it the names are."""

    stance: Stance
    before: bool


@lru_cache(maxsize=1)
def _table() -> Phrases[Standing]:
    return Phrases(
        (phrase, Standing(Stance(entry["stance"]), entry["who"] == "before"))
        for entry in decision_words()["stance"]
        for phrase in entry["phrases"]
    )


@lru_cache(maxsize=1)
def _links() -> dict[str, frozenset[str]]:
    words = decision_words()["standing"]
    return {key: frozenset(words[key]) for key in words}


def dissents(
    passage: Passage, sentence: Sentence, number: str = "", people: frozenset[str] = frozenset()
) -> list[Dissent]:
    """The stances that one sentence tells. `number` is the item's, for what is said of other items only; `people`
    holds the names of those who met, and their first names.

    `Anna Holm (Ø) stemte imod og ønskede tilført protokollen, at …` is two stances of one person.
    """
    found = _table().find(sentence.words)
    if not found:
        return []
    about = _About(passage.text, sentence)
    told: list[tuple[Listed, Stance]] = []
    actor: Listed | None = None
    for match in found:
        if match.value.stance in _TAKING_PART and about.elsewhere(match, number):
            continue
        stance = match.value.stance
        if stance is Stance.NOT_PRESENT and about.related(match):
            stance = Stance.CONFLICT_OF_INTEREST
        if not match.value.before:
            if after := _after(passage, sentence, match):
                told.append((after, stance))
            continue
        own = _marked(passage.text, sentence, match) or _before(passage, sentence, match, about)
        if own is not None:
            actor = own
        elif actor is None or not _goes_on(sentence, match):
            continue
        told.append((actor, stance))
    if any(stance is Stance.REMARK for _, stance in told):
        told += [(who, Stance.REMARK) for who in _joined(passage, sentence)]
    return list(_written(passage, sentence, told, people))


_TAKING_PART = frozenset((Stance.NOT_PRESENT, Stance.CONFLICT_OF_INTEREST))


def _before(passage: Passage, sentence: Sentence, match: Match[Standing], about: _About) -> Listed | None:
    """Who stands before the phrase: the longest list that reaches up to it, or who stands inside it."""
    text = passage.text
    stop = sentence.words[match.first].start
    for _, own in reaching(text, sentence.start, stop):
        if plausible(own):
            return own
    if 0 < (verb := about.verb) < match.first:  # `Anna Holm er medlem af foreningen og deltog ikke`
        found = subject(text[sentence.start : sentence.words[verb].start])
        last = sentence.words[match.first - 1].word
        if (
            found
            and last not in _links()["aside"]
            and (verb == match.first - 1 or _goes_on(sentence, match) or last == ",")
        ):
            return found
    role = _role().search(
        text, max(sentence.start, stop - _ROLE), stop
    )  # `Anna Holm som formand for hallen forlod mødet`
    for _, own in reaching(text, sentence.start, role.start()) if role else ():
        if plausible(own):
            return own
    lone = _counted().search(text, max(sentence.start, stop - _ROLE), stop)  # `mod én (Anna Holm), som begærede …`
    if lone and (found := subject(lone["who"])):
        return found
    aside = _aside().match(text, sentence.start, stop)  # `Anna Holm, der er søster til kandidaten, deltog ikke`
    if aside and (found := subject(aside["who"])):
        return found
    for one, two in pairwise(match.held):  # `Herefter tog Venstre forbehold`
        if two - one > 1 and (found := subject(text[sentence.words[one].stop : sentence.words[two].start])):
            return found
    return None


def _marked(text: str, sentence: Sentence, match: Match[Standing]) -> Listed | None:
    """Who is marked in parentheses: `Bo Skov og Anna Holm (inhabil)`, who is the last of a list where it is one."""
    start, stop = sentence.words[match.first].start, sentence.words[match.last].stop
    if text[start - 1 : start] != "(" or text[stop : stop + 1] != ")":
        return None
    found = [own for _, own in reaching(text, sentence.start, start - 1) if plausible(own)]
    one = sentence.words[match.first].word in _links()["one"]
    return (found[-1] if one else found[0]) if found else None


_ROLE = 160
"""Characters that what somebody is said to be may have."""


@lru_cache(maxsize=1)
def _role() -> re.Pattern[str]:
    """What somebody is said to be, up to the phrase: ` som formand for hallens bestyrelse`."""
    return re.compile(
        rf",? (?:{choice('standing', 'as')}) (?:{choice('standing', 'relations')})(?!\w)[^.:;,]{{0,80}},? ?$"
    )


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    """Somebody in parentheses after a number of votes, up to the phrase."""
    number = "|".join([r"\d{1,2}", *sorted(decision_words()["vote"]["numbers"]), *decision_words()["vote"]["votes"]])
    return re.compile(rf"(?<!\w)(?:{number}) ?\((?P<who>[^()]{{3,80}})\), (?:{choice('standing', 'aside')}) ?$")


@lru_cache(maxsize=1)
def _aside() -> re.Pattern[str]:
    """A subject with a clause of its own between commas, up to the phrase."""
    return re.compile(rf"(?P<who>[^,.:;]{{3,80}}), (?:{choice('standing', 'aside')}) [^,.:;]{{3,120}}, ?$")


def _goes_on(sentence: Sentence, match: Match[Standing]) -> bool:
    """Whether the phrase has the subject of the one before: after `og`, or a pronoun."""
    if not match.first:
        return False
    at = match.first - 1
    while at > 0 and sentence.words[at].word in _links()["adverbs"]:
        at -= 1
    return sentence.words[at].word in _links()["same"]


_LISTED = 2000
"""Characters that a list after a phrase may have."""


@lru_cache(maxsize=1)
def _stop() -> re.Pattern[str]:
    """What a list of names ends at."""
    return re.compile(rf"[.;:](?=\s|$)|\s[-–]\s|,?\s(?:{choice('standing', 'after_names')})\b|$")


def _after(passage: Passage, sentence: Sentence, match: Match[Standing]) -> Listed | None:
    """Who stands after the phrase: `afbud fra Anna Holm (Ø)`."""
    start = sentence.words[match.last].stop
    text = passage.text[start : min(sentence.stop, start + _LISTED)].lstrip(" :")
    end = _stop().search(text)
    found = listed(text[: end.start()] if end else text)
    return found if found and not found.rest and not found.strangers else None


@lru_cache(maxsize=1)
def _items() -> re.Pattern[str]:
    joins = f"{choice('grammar', 'and')}|{choice('grammar', 'reach')}"
    return re.compile(
        rf"(?<![\w-])(?:{choice('standing', 'items')}) ?(?:(?:{choice('mention', 'number')}) ?)?((?:\d{{1,4}}[.]? ?(?:,|{joins}|-|–)? ?)+)",
        re.IGNORECASE,
    )


class _About:
    """What a sentence that tells stances says beside them; looked up once, for all of its phrases, and only where asked
    for."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.text, self.sentence, self.words = text, sentence, sentence.words

    @cached_property
    def verb(self) -> int:
        """The first verb behind the first word."""
        verbs = _links()["verbs"]
        return next((n for n, w in enumerate(self.words) if w.word in verbs and n), 0)

    @cached_property
    def items(self) -> list[re.Match[str]]:
        return list(_items().finditer(self.text, self.sentence.start, self.sentence.stop))

    @cached_property
    def part(self) -> int:
        """The last word that says what part somebody took: in the case, in its discussion."""
        part = tuple(_links()["part"])
        return max((n for n, w in enumerate(self.words) if w.word.startswith(part)), default=-1)

    @cached_property
    def near(self) -> bool:
        """Whether somebody is said to stand near the case."""
        links, words = _links(), self.words
        return any(
            token.word in links["relations"] and any(w.word in links["being"] for w in words[max(0, n - 2) : n])
            for n, token in enumerate(words)
        )

    def elsewhere(self, match: Match[Standing], number: str) -> bool:
        """Whether the sentence names other items that it is about: `deltog ikke under punkterne 92-94`."""
        start = self.words[match.first].start
        at = bisect_left(self.items, start, key=re.Match.start)
        if at == len(self.items):
            return False
        found = self.items[at]
        named = [int(n) for n in re.findall(r"\d+", found[1])]
        if not number.isdigit():
            return True
        if len(named) == 2 and re.search(rf"[-–]|{choice('grammar', 'reach')}", found[1]):
            return not named[0] <= int(number) <= named[1]
        return int(number) not in named

    def related(self, match: Match[Standing]) -> bool:
        """Whether who took no part in the case is said to stand near it: `Anna Holm, der er gift med ansøger, deltog
        ikke i behandlingen`."""
        taking_part = _links()["taking_part"]
        return self.near and self.part >= match.first and any(self.words[n].word in taking_part for n in match.held)


def _joined(passage: Passage, sentence: Sentence) -> Iterator[Listed]:
    """Those who joined a remark: `…, som Radikale Venstre tilsluttede sig`."""
    start = -1
    for at, token in enumerate(sentence.words):
        if token.word in _links()["relatives"]:
            start = at
        elif start >= 0 and token.word in _links()["join"] and at - start > 1:
            found = subject(passage.text[sentence.words[start].stop : token.start])
            if found:
                yield found
            start = -1


def _written(
    passage: Passage, sentence: Sentence, told: Sequence[tuple[Listed, Stance]], people: frozenset[str]
) -> Iterator[Dissent]:
    """Persons and parties apart, each stance once; who is inhabil is not counted as absent too."""
    seen: set[tuple[str, Stance]] = set()
    partial = {n for who, stance in told if stance is Stance.CONFLICT_OF_INTEREST for n in (*who.persons, *who.parties)}
    place = passage.where(sentence.start, sentence.stop, "dissent.phrase", 0.8)
    text = passage.text[sentence.start : sentence.stop]
    for who, stance in told:
        who.known(people)
        skip = partial if stance is Stance.NOT_PRESENT else ()
        persons = [n for n in who.persons if (n, stance) not in seen and n not in skip]
        parties = [p for p in who.parties if (p, stance) not in seen and p not in skip]
        seen |= {(n, stance) for n in (*persons, *parties)}
        if persons:
            yield Dissent(tuple(persons), (), stance, text, place)
        if parties:
            yield Dissent((), tuple(parties), stance, text, place)
