"""The list of authorities: complete, unambiguous, and the codes that everybody knows."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from minutes_parser.pipeline import parse
from minutes_parser.vocabulary.authorities import at, authorities, by_host, by_name, key

TODAY = "2026-06-01"


def existing(kind: str, day: str) -> list:
    return [a for a in authorities() if a.kind == kind and a.first and a.existed(day)]


@pytest.mark.parametrize(
    ("kind", "day", "count"),
    [
        ("municipality", TODAY, 98),
        ("municipality", "2007-01-01", 98),
        ("municipality", "2006-12-31", 270),
        ("municipality", "2005-12-31", 271),
        ("municipality", "2002-12-31", 275),
        ("region", TODAY, 5),
        ("region", "2027-01-01", 4),
        ("county", "2002-06-01", 14),
        ("county", "2006-06-01", 13),
        ("county", TODAY, 0),
    ],
)
def test_as_many_as_there_were(kind: str, day: str, count: int) -> None:
    there = existing(kind, day)
    assert len(there) == count
    assert len({key(a.name) for a in there}) == count
    codes = [a.code for a in there if a.code]
    assert len(set(codes)) == len(codes)


def test_codes_have_their_form() -> None:
    for a in authorities():
        if a.kind == "region":
            assert a.code == "" or (len(a.code) == 4 and a.code.startswith("108"))
        else:
            assert len(a.code) == 3
            assert a.code.isdigit()
        for day in (a.first, a.last):
            assert not day or date.fromisoformat(day)


def test_every_municipality_of_today_has_its_region() -> None:
    regions = {a.name.removeprefix("Region ") for a in existing("region", TODAY)}
    counts = Counter(a.region for a in existing("municipality", TODAY))
    assert set(counts) == regions
    assert counts == {"Hovedstaden": 29, "Sjælland": 17, "Syddanmark": 22, "Midtjylland": 19, "Nordjylland": 11}


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Københavns Kommune", TODAY, "101"),
        ("KØBENHAVNS KOMMUNE", TODAY, "101"),
        ("Aarhus Kommune", TODAY, "751"),
        ("Århus", TODAY, "751"),
        ("Ballerup Kommune", TODAY, "151"),
        ("Greve Kommune", TODAY, "253"),
        ("Odense", TODAY, "461"),
        ("Aalborg Kommunes", TODAY, "851"),
        ("Høje Taastrup Kommune", TODAY, "169"),
        ("Bornholms Regionskommune", TODAY, "400"),
        ("Vesthimmerlands Kommune", TODAY, "820"),
        ("Nordfyns", TODAY, "480"),
        ("Ærø Kommune", TODAY, "492"),
        ("Frederikssund Kommune", "2002-05-01", "209"),
        ("Frederikssund Kommune", "2012-05-01", "250"),
        ("Egebjerg Kommune", "2002-05-15", "427"),
        ("Region Hovedstaden", TODAY, "1084"),
        ("Region Hovedstaden", "2027-03-01", None),
        ("Fyns Amt", "1999-01-01", "042"),
        ("Egebjerg Kommune", "2012-05-15", None),
    ],
)
def test_names_of_their_day(name: str, day: str, code: str | None) -> None:
    found = at(by_name(name), day)
    assert (found.code if found else None) == code


def test_without_a_day_several_codes_are_none() -> None:
    assert at(by_name("Frederikssund"), None) is None
    assert at(by_name("Greve"), None) is not None


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("www.kk.dk", "101"),
        ("ballerup.dk", "151"),
        ("koege.dk", "259"),
        ("rksk.dk", "760"),
        ("hoersholm.dk", "223"),
        ("horsholm.dk", "223"),
        ("langelandkommune.dk", "482"),
        ("rm.dk", "1082"),
        ("vesthimmerland.dk", "820"),
    ],
)
def test_hosts(host: str, code: str) -> None:
    assert [a.code for a in by_host(host)] == [code]


ITEM = "\n1. Regnskab\n\nIndstilling\n\nForvaltningen indstiller, at regnskabet godkendes.\n\nBeslutning\n\n{}\n"


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Byrådet\nDato: 3. maj 2016\n" + ITEM.format("Godkendt. Lejre Kommune orienteres."), None),
        (
            "Byrådet\nDato: 3. maj 2016\n"
            + ITEM.format("Roskilde Kommune betaler. " * 9 + "Lejre Kommune orienteres."),
            "265",
        ),
        (
            "Regionsrådet\nRegion Sjælland\nDato: 3. maj 2016\n" + ITEM.format("Greve Kommune og Køge Kommune høres."),
            "1085",
        ),
        ("Forretningsudvalget\nDato: 3. maj 2016\n" + ITEM.format("Godkendt. Se www.example.dk"), None),
        ("Amtsrådet\nStorstrøms Amt\nDato: 3. maj 2001\n" + ITEM.format("Godkendt."), "035"),
        ("Kommunalbestyrelsen\nFarum Kommune\nDato: 3. maj 2001\n" + ITEM.format("Godkendt."), "207"),
        ("Kommunalbestyrelsen\nFarum Kommune\nDato: 3. maj 2011\n" + ITEM.format("Godkendt."), None),
    ],
)
def test_whose_meeting(text: str, owner: str | None) -> None:
    found = parse(text.encode(), "referat.txt").meeting.authority
    assert (found.code if found else None) == owner
