"""An item's sections to its facts: recommendations, decisions, mentions. The one place where their readers meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from minutes_parser.findings import Finding
from minutes_parser.kinds import Outcome, SectionKind
from minutes_parser.recognise.bodies import heading_body
from minutes_parser.recognise.decisions import Reading, decide
from minutes_parser.recognise.mentions import Mention, mentions
from minutes_parser.recognise.names import body_word, plausible, subject
from minutes_parser.recognise.passage import Passage, Place
from minutes_parser.recognise.recommendations import Recommendation, introduced, recommendations
from minutes_parser.recognise.scopes import Setting
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import date_pattern, dates
from minutes_parser.vocabulary.words import choice, decision_words


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known of the meeting when its items are read."""

    body: str | None = None
    date: str | None = None
    people: frozenset[str] = frozenset()
    """Names of those who met, and their first names."""
    minutes: bool = True
    """Whether the document reports what was decided."""

    @property
    def bodies(self) -> tuple[str, ...]:
        """The names that the body that met goes by: its own, and an acronym in parentheses."""
        if not self.body:
            return ()
        acronym = re.search(r"\(([^()]{2,12})\)", self.body)
        return (self.body, acronym[1]) if acronym else (self.body,)


@dataclass(slots=True)
class Decision:
    """What one body decided."""

    body: str | None
    date: str | None
    text: str
    reading: Reading
    place: Place


@dataclass(slots=True)
class Proceedings:
    """The facts of one item, in document order."""

    recommendations: list[Recommendation] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def proceedings(
    passages: Sequence[Passage], occasion: Occasion, number: str | None, above: Sequence[Passage] = ()
) -> Proceedings:
    """The facts of an item. `passages` are its sections' own texts in order, with those of sub-sections after them,
    `above` its title and case number, for what they mention; every fact keeps its words and its place."""
    result = Proceedings()
    result.recommendations = list(_recommended(passages, occasion))
    setting = _setting(result.recommendations, number)
    for texts in _deciding(passages, occasion):
        deciding = next((p for p in texts if p.kind is SectionKind.BESLUTNING), texts[-1])
        reading = decide(texts, setting, occasion.people)
        if deciding.kind is SectionKind.ANDET and (not reading.settled or reading.outcome is Outcome.NONE):
            continue
        if reading.outcome is Outcome.UNKNOWN and result.decisions and _as_before(deciding):
            reading.outcome = result.decisions[-1].reading.outcome
            reading.findings = []
        body, date = _whose(deciding.heading, occasion)
        place = Place(deciding.start, deciding.stop, deciding.rule, deciding.score)
        result.decisions.append(Decision(body, date, deciding.printed(), reading, place))
        result.findings += reading.findings
    result.decisions.sort(key=lambda d: d.place.start)
    result.mentions = mentions((*above, *passages), occasion.date)
    return result


_CASE = frozenset(
    (
        SectionKind.SAGSFREMSTILLING,
        SectionKind.BAGGRUND,
        SectionKind.OEKONOMI,
        SectionKind.VURDERING,
        SectionKind.BEMAERKNINGER,
        SectionKind.KONSEKVENSER,
        SectionKind.ANDET,
    )
)
"""Sections whose text may end with the recommendation where no heading stands before it."""


def _recommended(passages: Sequence[Passage], occasion: Occasion) -> Iterable[Recommendation]:
    """From the sections that recommend; where an item has none, from sentences under no heading and from the end of a
    case's text: what the body itself recommends there is its decision."""
    own = [p for p in passages if p.kind is SectionKind.INDSTILLING]
    if own:
        yield from (found for passage in own for found in recommendations(passage, occasion.bodies))
        return
    met = {fold(body) for body in occasion.bodies}
    bare = [(p, False) for p in passages if not p.heading and p.kind is SectionKind.ANDET]
    inside = [(part, True) for p in passages if p.heading and p.kind in _CASE and (part := introduced(p))]
    for passage, formal in bare + inside:
        for found in recommendations(passage, occasion.bodies):
            if not found.by or not found.points or fold(found.by) in met:
                continue
            if (formal and _office(found.by)) or not _person(found.by):
                yield found


def _office(by: str) -> bool:
    """Whether it is a part of the administration, or who leads it: `Natur og Miljø`, `Teknisk Forvaltning`, `Borgmesteren`."""
    tokens = by.casefold().split()
    offices = decision_words()["deciders"]["offices"]
    return any(t in ("og", "for", "&") for t in tokens) or any(t.endswith(o) for t in tokens for o in offices)


def _person(by: str) -> bool:
    """Whether it is one of those who talked: `Birthe indstillede, at` decides nothing and is no recommendation of the case."""
    found = subject(by, strangers=True)
    return found is not None and plausible(found)


def _setting(recommended: Sequence[Recommendation], number: str | None) -> Setting:
    """The numbers a decision may speak of: as printed, ordinals where nothing is."""
    points = [p for r in recommended for p in r.points]
    printed = {p.number.casefold() for p in points if p.number}
    ordinals = {str(n) for n, _ in enumerate(points, 1)} if len(points) > 1 else set()
    refusal = any(_refusals().search(p.text.lower()) for p in points)
    return Setting(frozenset(printed or ordinals), refusal, (number or "").casefold())


@lru_cache(maxsize=1)
def _refusals() -> re.Pattern[str]:
    """Words of refusing, in small letters."""
    return re.compile(rf"(?<!\w)(?:{choice('recommend', 'refusals').lower()})(?!\w)")


def _deciding(passages: Sequence[Passage], occasion: Occasion) -> Iterator[list[Passage]]:
    """The texts of each decision: a section that decides with the vote printed beside it under a heading of its own;
    another body's decision told inside a recommendation; in minutes without such headings, text under no heading."""
    groups: list[list[Passage]] = []
    waiting: list[Passage] = []
    decided = any(p.kind is SectionKind.BESLUTNING for p in passages)
    for n, passage in enumerate(passages):
        if passage.kind is SectionKind.BESLUTNING:
            groups.append([*waiting, passage])
            waiting = []
        elif passage.kind is SectionKind.AFSTEMNING:
            following = passages[n + 1].kind if n + 1 < len(passages) else None
            if following is SectionKind.BESLUTNING or not groups:
                waiting.append(passage)
            else:
                groups[-1].append(passage)
        elif passage.kind is SectionKind.INDSTILLING:
            yield from ([told] for told in _told(passage))
    if waiting:
        groups.append(waiting)
    if not groups and not decided and occasion.minutes:
        groups += [[p] for p in passages if not p.heading and p.kind is SectionKind.ANDET][-1:]
    yield from groups


_DATED = re.compile(rf"(?:den|d\.)(?: ?(?:{date_pattern()}))? ?: ?", re.IGNORECASE)


def _told(passage: Passage) -> Iterator[Passage]:
    """`Økonomiudvalget den 3. maj 2021: Tiltrådt.` inside a recommendation: the heading and what it heads."""
    found = []
    for mark in _DATED.finditer(passage.text) if ":" in passage.text else ():
        lead = passage.text[max(0, mark.start() - 120) : mark.start()].rstrip(" ,")
        start = max(lead.rfind(". "), lead.rfind("\n"), lead.rfind(": ")) + 1
        body = lead[start:].strip()
        if body and heading_body(body) == body:
            found.append((mark.start() - len(lead) + start, mark.end(), f"{body} {mark.group()}"))
    for (_, start, heading), stop in zip(found, [*(s for s, _, _ in found[1:]), len(passage.text)], strict=False):
        stop = min(stop, _line_end(passage, start))
        if passage.text[start:stop].strip():
            yield passage.part(start, stop, SectionKind.BESLUTNING, heading)


def _line_end(passage: Passage, at: int) -> int:
    end = passage.text.find("\n", at)
    return len(passage.text) if end < 0 else end


def _as_before(passage: Passage) -> bool:
    """`Som Teknisk Udvalg.`: what the body before decided."""
    words = passage.text.strip(" .").split()
    like = decision_words()["deciders"]["like"]
    return 1 < len(words) < 8 and words[0].casefold() in like and body_word(words[-1])


def _whose(heading: str, occasion: Occasion) -> tuple[str | None, str | None]:
    """The body and the day that a heading names, else the meeting's, where they are not somebody else's."""
    body = heading_body(heading) if heading else None
    date = next((d for _, _, d in dates(heading)), None)
    if body is None and date in (None, occasion.date):
        return occasion.body, occasion.date
    own = body is not None and occasion.body is not None and fold(occasion.body).startswith(fold(body))
    return body, date or (occasion.date if own else None)
