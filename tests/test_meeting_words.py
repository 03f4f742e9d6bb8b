"""The words of meetings carry their examples: dates, bodies, sentences that tell a fact."""

from __future__ import annotations

import re

import pytest

from minutes_parser.recognise.bodies import body_in
from minutes_parser.vocabulary.dates import dates, hours
from minutes_parser.vocabulary.words import words


@pytest.mark.parametrize("example", words()["dates"]["examples"], ids=lambda e: e[0])
def test_a_date_in_every_form(example: list[str]) -> None:
    line, day, *clock = example
    assert [d for _, _, d in dates(line)] == [day]
    if clock:
        assert hours(line) == clock


@pytest.mark.parametrize("line", words()["dates"]["never"])
def test_numbers_that_are_no_date(line: str) -> None:
    assert list(dates(line)) == []


@pytest.mark.parametrize("kind", ["ended", "opened", "held"])
def test_sentences_that_tell_a_fact(kind: str) -> None:
    told = words()["told"]
    pattern = re.compile("|".join(told[kind]), re.IGNORECASE)
    for line in told[f"{kind}_examples"]:
        assert pattern.search(line), line
    for line in told[f"{kind}_never"]:
        assert not pattern.search(line), line
    for one in told[kind]:
        assert any(re.search(one, line, re.IGNORECASE) for line in told[f"{kind}_examples"]), one


@pytest.mark.parametrize("example", words()["bodies"]["examples"], ids=lambda e: e[0])
def test_a_headline_names_a_body(example: list[str]) -> None:
    line, body = example
    assert body_in(line) == body


@pytest.mark.parametrize("line", words()["bodies"]["no_examples"])
def test_a_sentence_names_none(line: str) -> None:
    assert body_in(line) is None


@pytest.mark.parametrize("kind", ["partial", "absent", "for_whom", "instead", "came", "not_came"])
def test_sentences_that_tell_of_attendance(kind: str) -> None:
    people = words()["people"]
    for line in people[f"{kind}_examples"]:
        assert any(re.search(one, line.rstrip("."), re.IGNORECASE) for one in people[kind]), line
    for line in people.get(f"{kind}_never", ()):
        assert not any(re.search(one, line, re.IGNORECASE) for one in people[kind]), line
    for one in people[kind]:
        assert any(re.search(one, line.rstrip("."), re.IGNORECASE) for line in people[f"{kind}_examples"]), one
