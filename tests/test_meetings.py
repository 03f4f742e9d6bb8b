"""Headers of minutes in the wild: body, day, hours, place, authority and people of each case in `cases/meetings.toml`."""

from __future__ import annotations

import html
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from minutes_parser.model import Minutes
from minutes_parser.pipeline import explain, load, parse

CASES = tomllib.loads((Path(__file__).parent / "cases" / "meetings.toml").read_text("utf-8"))["case"]
ITEMS = """
1. Godkendelse af dagsorden

Beslutning

Godkendt.

2. Orientering om vejarbejde i Skolegade

Sagsfremstilling

Arbejdet går i gang efter sommerferien.

Beslutning

Taget til efterretning.
"""


def read(case: dict[str, Any]) -> Minutes:
    text = case["text"].lstrip("\n") + ("" if case.get("whole") else ITEMS)
    if "title" not in case:
        return parse(text.encode(), "referat.txt")
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line)
    page = f"<!doctype html><html><head><meta charset=utf-8><title>{html.escape(case['title'])}</title></head><body>{lines}</body></html>"
    return parse(page.encode(), "referat.html")


def told(minutes: Minutes) -> dict[str, Any]:
    """What a case can ask about, in the form the cases are written in."""
    meeting = minutes.meeting
    people = meeting.participants
    staff = {"referent", "sekretær", "direktør", "dirigent"}
    return {
        "body": meeting.body or "",
        "date": meeting.date or "",
        "start": meeting.start or "",
        "end": meeting.end or "",
        "place": meeting.place or "",
        "published": meeting.published or "",
        "absent": {p.name for p in people if p.attendance == "absent"},
        "present": {p.name for p in people if p.attendance != "absent" and (p.role or "").casefold() not in staff},
        "everybody": {p.name for p in people},
        "people": [
            " / ".join((p.name, p.party or "", p.role or "", p.attendance, p.note or "")).rstrip(" /") for p in people
        ],
    }


def wrong(case: dict[str, Any]) -> list[str]:
    """The differences between what a case says and what is read."""
    minutes = read(case)
    mine = told(minutes)
    out = [
        f"{key}: {mine[key]!r} for {case[key]!r}"
        for key in ("body", "date", "start", "end", "place", "published")
        if key in case and mine[key] != case[key]
    ]
    if "absent" in case and mine["absent"] != set(case["absent"]):
        out.append(f"absent: {sorted(mine['absent'])} for {sorted(case['absent'])}")
    if "present" in case and not (mine["present"] <= set(case["present"]) <= mine["everybody"] - mine["absent"]):
        out.append(f"present: {sorted(mine['present'])} for {sorted(case['present'])}")
    for person in case.get("people", ()):
        want = tuple(part.strip() for part in person.split("/"))
        shown = next((p for p in minutes.meeting.participants if p.name == want[0]), None)
        have = shown and (shown.name, shown.party or "", shown.role or "", str(shown.attendance), shown.note or "")
        if not have or have[: len(want)] != want:
            out.append(f"person: {have} for {want}")
    if "authority" in case:
        authority = minutes.meeting.authority
        have_ = (authority.code, authority.name) if authority else ("",)
        if case["authority"] not in have_:
            out.append(f"authority: {have_} for {case['authority']}")
    codes = {f.code for f in minutes.findings}
    out += [f"finding {code} is missing" for code in case.get("findings", ()) if code not in codes]
    out += [f"finding {code} is not wanted" for code in case.get("no_findings", ()) if code in codes]
    return out


def test_there_are_many_headers() -> None:
    assert len(CASES) >= 40
    assert len({c["name"] for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_header(case: dict[str, Any]) -> None:
    assert wrong(case) == []


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_each_person_stands_where_the_document_says(case: dict[str, Any]) -> None:
    source = load(case["text"].encode(), "referat.txt")
    reading = explain(source)
    for person in reading.minutes.meeting.participants:
        assert reading.text.text[person.where.start : person.where.stop] == person.name


@pytest.mark.parametrize(
    "unit",
    [
        "Bo Hald, ",
        "Bo Hald (A)\n",
        "(",
        "A. ",
        "kl. ",
        "1.1.1 ",
        "Dato: ",
        "udvalget ",
        "og ",
        "- ",
        "Bo ",
        "\tX",
        "Afbud fra Bo Hald. ",
    ],
)
def test_no_header_is_quadratic(unit: str) -> None:
    """Twice the header is about twice the work: counted in processor time, with a wide margin."""

    def cost(length: int) -> float:
        text = f"Byrådet\nDato: 3. maj 2021\nDeltagere: {(unit * length)[:length]}\n{ITEMS}".encode()
        started = time.process_time()
        parse(text, "referat.txt")
        return time.process_time() - started

    cost(2_000)
    assert cost(60_000) < 6 * cost(20_000) + 0.5
