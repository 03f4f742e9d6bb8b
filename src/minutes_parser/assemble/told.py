"""Facts of an item's proceedings to plain dictionaries, ready for the model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from minutes_parser.assemble.account import Account
from minutes_parser.recognise.decisions import DecidedPoint
from minutes_parser.recognise.dissents import Dissent
from minutes_parser.recognise.mentions import Mention
from minutes_parser.recognise.names import party_label
from minutes_parser.recognise.passage import Place
from minutes_parser.recognise.proceedings import Decision, Proceedings
from minutes_parser.recognise.recommendations import Recommendation
from minutes_parser.recognise.votes import SIDES, Side, Vote
from minutes_parser.vocabulary.parties import party_name


def told(facts: Proceedings, account: Account) -> dict[str, Any]:
    """`recommendations`, `decisions` and `mentions` of an item."""
    return {
        "recommendations": [_recommendation(r, account) for r in facts.recommendations],
        "decisions": [_decision(d, account) for d in facts.decisions],
        "mentions": [_mention(m, account) for m in facts.mentions],
    }


def parties(people: Iterable[str | None], items: Iterable[dict[str, Any]], date: str | None) -> list[dict[str, str]]:
    """`meeting.parties`: the letters of participants, votes and dissents that a national party stood under that day."""
    letters = {party for party in people if party}
    for decision in (d for item in items for d in item["decisions"]):
        letters |= {p for vote in decision["votes"] for side in SIDES for p in vote[f"{side}_parties"]}
        letters |= {party_label(p) for dissent in decision["dissents"] for p in dissent["parties"]}
    named = ((letter, party_name(letter, date)) for letter in sorted(letters))
    return [{"letter": letter, "name": name} for letter, name in named if name]


def _where(place: Place, account: Account) -> dict[str, Any]:
    return account.where(place.start, place.stop, place.rule, place.score)


def _recommendation(one: Recommendation, account: Account) -> dict[str, Any]:
    return {
        "by": one.by,
        "to": one.to,
        "chain": one.chain,
        "points": [{"number": p.number, "text": p.text, "where": _where(p.place, account)} for p in one.points],
        "alternative": one.alternative,
        "where": _where(one.place, account),
    }


def _decision(one: Decision, account: Account) -> dict[str, Any]:
    reading = one.reading
    return {
        "body": one.body,
        "date": one.date,
        "outcome": reading.outcome,
        "referred_to": reading.referred_to,
        "text": one.text,
        "points": [_point(p, account) for p in reading.points],
        "votes": [_vote(v, account) for v in reading.votes],
        "dissents": [_dissent(d, account) for d in reading.dissents],
        "where": _where(one.place, account),
    }


def _point(point: DecidedPoint, account: Account) -> dict[str, Any]:
    return {
        "number": point.number,
        "text": point.text,
        "outcome": point.outcome,
        "where": _where(point.place, account),
    }


def _vote(vote: Vote, account: Account) -> dict[str, Any]:
    sides = {name: vote.sides.get(name, Side()) for name in SIDES}
    return {
        "motion": vote.motion,
        **{name: side.count for name, side in sides.items()},
        **{f"{name}_parties": side.parties for name, side in sides.items()},
        **{f"{name}_names": side.names for name, side in sides.items()},
        "unanimous": vote.unanimous,
        "where": _where(vote.place, account),
    }


def _mention(one: Mention, account: Account) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "value": one.value,
        "text": one.text,
        "body": one.body,
        "item": one.item,
        "where": _where(one.place, account),
    }


def _dissent(one: Dissent, account: Account) -> dict[str, Any]:
    return {
        "who": list(one.who),
        "parties": list(one.parties),
        "stance": one.stance,
        "text": one.text,
        "where": _where(one.place, account),
    }
