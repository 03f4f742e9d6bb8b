"""One document checked: every kind of damage is told by its own code, and a good document by none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_parser.kinds import Severity
from minutes_parser.model import Minutes, Vote
from minutes_parser.pipeline import explain, load
from minutes_parser.validate import against, check
from minutes_parser.write import canonical, seal, to_json

SAMPLES = Path(__file__).parent.parent.parent / "samples"
DOCUMENTS = sorted(p for p in SAMPLES.glob("*/*") if p.suffix in (".pdf", ".docx", ".html", ".txt"))
READING = explain(load(SAMPLES / "firstagenda" / "referat.pdf"))


def without_votes(minutes: Minutes) -> Minutes:
    """The same with no vote: the sample's own do not fit its few members, which is told, and rightly so."""
    items = [
        item.model_copy(update={"decisions": [d.model_copy(update={"votes": []}) for d in item.decisions]})
        for item in minutes.items
    ]
    return seal(minutes.model_copy(update={"items": items, "checksum": None}))


GOOD = to_json(without_votes(READING.minutes)) + b"\n"


def codes(data: bytes) -> set[str]:
    return {problem.code for problem in check(data).problems}


def changed(change: Callable[[dict[str, Any]], object], *, sealed: bool = True) -> bytes:
    document = json.loads(GOOD)
    change(document)
    if sealed:
        document["checksum"] = canonical(document)
    return json.dumps(document, ensure_ascii=False).encode()


def put(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(document: Any) -> None:
        *parts, last = [int(p) if p.isdigit() else p for p in path.split(".")]
        for part in parts:
            document = document[part]
        document[last] = value

    return change


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_what_we_write_is_fine_in_every_layout(document: Path) -> None:
    reading = explain(load(document))
    for indent in (False, True):
        found = check(to_json(reading.minutes, indent=indent))
        assert [problem for problem in found.problems if problem.severity is Severity.ERROR] == []
        assert found.minutes == reading.minutes
    assert list(against(reading.minutes, reading.text.text)) == []


def test_another_way_of_writing_the_same_is_fine() -> None:
    again = json.dumps(json.loads(GOOD), indent=4, ensure_ascii=True).encode()
    assert codes(again) == set()
    assert codes(GOOD.replace(b"\n", b"\r\n")) == set()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (GOOD[:-40], "truncated"),
        (GOOD[: GOOD.index(b"Godkendt") + 3], "truncated"),
        (GOOD[:1], "truncated"),
        (GOOD + b"{}", "trailing-text"),
        (GOOD + GOOD, "trailing-text"),
        (b"\xef\xbb\xbf" + GOOD, "encoding"),
        (GOOD.decode().encode("utf-16"), "encoding"),
        (GOOD.replace(b"Godkendt", b"Godk\xffndt", 1), "encoding"),
        (GOOD.decode().encode("cp1252", "replace"), "encoding"),
        (b"[" + GOOD + b"]", "not-an-object"),
        (b'"referat"', "not-an-object"),
        (b"null", "not-an-object"),
        (GOOD.replace(b'"kind":"minutes"', b'"kind":"minutes","kind":"agenda"', 1), "duplicate-key"),
        (GOOD.replace(b'"score":1.0', b'"score":NaN', 1), "number"),
        (GOOD.replace(b'"score":1.0', b'"score":Infinity', 1), "number"),
        (GOOD.replace(b'"score":1.0', b'"score":1e999999', 1), "number"),
        (GOOD.replace(b'"size":', b'"size":1' + b"0" * 5000, 1), "number"),
        (GOOD.replace(b'"schema_version"', b'"x":' + b"[" * 100_000, 1), "depth"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "depth"),
        (GOOD.replace(b"Godkendt", b"Godk\\ud800ndt", 1), "control-character"),
        (GOOD.replace(b"Godkendt", b"Godk\\u0000ndt", 1), "control-character"),
        (GOOD.replace(b"Godkendt", b"Godk\x00ndt", 1), "json"),
        (GOOD.replace(b'"items":', b"items:", 1), "json"),
        (b"x" * 50_000_001, "too-large"),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_damaged_bytes(data: bytes, code: str) -> None:
    assert code in codes(data)


def test_a_place_in_the_file_is_told() -> None:
    lines = to_json(READING.minutes, indent=True).split(b"\n")
    lines[7] = lines[7].replace(b'"', b"", 1)
    (problem,) = check(b"\n".join(lines)).problems
    assert (problem.code, problem.line) == ("json", 8)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.pop("schema_version"), "schema-version"),
        (put("schema_version", 1), "schema-version"),
        (put("schema_version", "99.0"), "schema-newer"),
        (put("schema_version", "0.9"), "schema-older"),
        (put("schema_version", "1.9"), "schema-newer"),
        (put("kind", "referat"), "schema"),
        (put("items.0.where.start", "12"), "schema"),
        (put("items.0.sections.0.kind", "noget"), "schema"),
        (put("items", None), "schema"),
        (lambda d: d["items"][0].pop("title"), "schema"),
        (put("extra", 1), "unknown-field"),
        (put("items.0.extra", {"a": 1}), "unknown-field"),
        (lambda d: d["meeting"].pop("place"), "missing-field"),
        (put("source.sha256", "abc"), "source"),
        (put("source.media_type", "image/png"), "source"),
        (put("source.size", 0), "source"),
        (put("meeting.date", "2024-02-30"), "date"),
        (put("meeting.date", "12. marts 2024"), "date"),
        (put("meeting.date", "0024-03-12"), "date"),
        (put("meeting.start", "25:00"), "date"),
        (put("items.1.decisions.0.date", "2024-13-01"), "date"),
        (put("items.0.where.stop", 10**6), "offset"),
        (put("items.1.sections.0.where.start", 0), "offset"),
        (put("items.0.where.pages", [1, 99]), "page"),
        (put("regions.2.start", 0), "partition"),
        (put("regions.2.page", 99), "page"),
        (put("coverage.assigned", 7), "coverage"),
        (put("coverage.by_label.body", 10**6), "coverage"),
        (put("items.2.number", "2"), "item-numbers"),
        (put("items.2.number", "1"), "item-numbers"),
        (put("items.2.number", "33"), "item-numbers"),
        (lambda d: d["items"].reverse(), "item-order"),
        (put("kind", "other"), "kind"),
        (
            lambda d: d["findings"].append(
                {"code": "no-date", "severity": "warning", "message": "", "start": 9, "stop": 3}
            ),
            "offset",
        ),
    ],
)
def test_what_does_not_agree(change: Callable[[dict[str, Any]], object], code: str) -> None:
    assert code in codes(changed(change))


def test_a_letter_changed_by_hand_shows() -> None:
    assert codes(GOOD.replace(b"Godkendt", b"godkendt", 1)) == {"edited"}
    assert codes(changed(put("items.0.title", "Andet"), sealed=False)) == {"edited"}
    assert codes(changed(put("items.0.title", "Andet"))) == set()


def test_a_document_without_a_checksum_is_not_vouched_for() -> None:
    assert codes(changed(lambda d: d.pop("checksum"), sealed=False)) == {"missing-field", "no-checksum"}


def test_one_sentence_about_another_schema() -> None:
    (problem,) = check(changed(lambda d: d.update(schema_version="99.0", items=[{"new": 1}] * 50))).problems
    assert problem.message == "written by schema 99.0, this program knows 1.0"


def test_an_older_minor_version_may_lack_what_is_new() -> None:
    """A newer one may have more: readers must not stumble over it."""
    newer = changed(lambda d: d.update(schema_version="1.7", more={"a": [1]}))
    assert [p.severity.value for p in check(newer).problems] == ["warning"]
    assert check(newer).minutes is not None


def test_no_more_problems_than_anybody_reads() -> None:
    problems = check(changed(lambda d: d.update({f"x{n}": 1 for n in range(500)}))).problems
    assert len(problems) == 101
    assert "400 more" in problems[-1].message


def vote(**facts: object) -> set[str]:
    place = READING.minutes.items[1].decisions[0].where
    told = Vote.model_validate({"where": place.model_dump(), **facts})
    people = [p.model_copy(update={"name": f"Person {n}"}) for n, p in enumerate(READING.minutes.meeting.participants)]
    assert len(people) > 3
    item = READING.minutes.items[1]
    decision = item.decisions[0].model_copy(update={"votes": [told]})
    items = list(READING.minutes.items)
    items[1] = item.model_copy(update={"decisions": [decision]})
    meeting = READING.minutes.meeting.model_copy(update={"participants": people})
    minutes = READING.minutes.model_copy(update={"items": items, "meeting": meeting, "checksum": None})
    return codes(to_json(seal(Minutes.model_validate(minutes.model_dump(by_alias=True)))))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"for": 2, "against": 1, "abstain": 0, "for_names": ["Person 0", "Person 1"]}, None),
        ({"for": -1}, "votes"),
        ({"for": 1, "for_names": ["Person 0", "Person 1"]}, "votes"),
        ({"for_names": ["Person 0"], "against_names": ["Person 0"]}, "votes"),
        ({"unanimous": True, "against": 1}, "votes"),
        ({"for": 40, "against": 30}, "votes-roster"),
        ({"for_names": ["En Fremmed"]}, "votes-roster"),
    ],
)
def test_votes_against_the_roster(facts: dict[str, object], code: str | None) -> None:
    assert vote(**facts) == ({code} if code else set())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: t + " mere", "text"),
        (lambda t: t.replace("Godkendt", "Afvist!!", 1), "section-text"),
        (lambda t: " " + t[1:], "coverage"),
    ],
)
def test_a_source_that_says_something_else(change: Callable[[str], str], code: str) -> None:
    assert code in {p.code for p in against(READING.minutes, change(READING.text.text))}


def test_text_that_is_in_no_region_is_told() -> None:
    regions = list(READING.minutes.regions)
    del regions[3]
    found = against(READING.minutes.model_copy(update={"regions": regions}), READING.text.text)
    assert "lost-text" in {p.code for p in found}


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_no_changed_byte_goes_unseen(at: int, byte: int) -> None:
    """The only change that may pass is one that leaves the JSON's content as it is."""
    data = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    try:
        same = json.loads(data) == json.loads(GOOD)
    except ValueError:
        same = False
    assert same or check(data).problems


@given(st.binary(max_size=300))
def test_noise_is_told_not_raised(data: bytes) -> None:
    assert check(data).problems


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["items", "where", "kind", "x"]), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    st.sampled_from(["items", "meeting", "source", "regions", "coverage", "findings", "parser", "checksum"]),
)
def test_any_json_in_any_place_is_told_not_raised(value: object, place: str) -> None:
    check(changed(put(place, value)))
