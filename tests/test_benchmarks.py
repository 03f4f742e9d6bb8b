"""The benchmark's documents are minutes, and its report says what was measured."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from xml.dom import minidom

import pytest

from minutes_parser import parse

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _path() -> Any:
    sys.path.insert(0, str(BENCHMARKS))
    yield
    sys.path.remove(str(BENCHMARKS))


@pytest.mark.parametrize(("seed", "pages"), [(0, 1), (4, 4), (8, 12), (2, 40)])
def test_a_document_has_about_its_pages_and_all_its_items(seed: int, pages: int) -> None:
    import inputs

    data = inputs.pdf(seed, pages)
    assert data == inputs.pdf(seed, pages)
    minutes = parse(data)
    printed = minutes.source.pages
    assert printed is not None
    assert abs(printed - pages) <= 3
    assert [item.number for item in minutes.items] == [str(n + 1) for n in range(len(minutes.items))]
    assert len(minutes.items) >= max(2, pages // 2)


def test_hardly_a_line_is_printed_twice() -> None:
    import inputs

    from minutes_parser.pipeline import extract, load

    texts = [extract(load(inputs.pdf(seed, 10))).lines for seed in (3, 30)]
    one, two = ({line.text for line in lines if len(line.text) > 60} for lines in texts)
    assert len(one & two) < 0.05 * len(one)


def test_limits_are_judged_both_ways() -> None:
    from measure import Limit

    assert [Limit("", value, 5.0).met for value in (5.0, 5.1, None)] == [True, False, None]
    assert [Limit("", value, 5.0, least=True).met for value in (5.0, 4.9)] == [True, False]


def test_ratios_compare_the_same_documents_of_a_round() -> None:
    from measure import Pairs

    pairs = Pairs.__new__(Pairs)
    pairs.failed = {}
    pairs.rounds = [
        {"ours": {"a": 1.0, "b": 3.0}, "dear": {"b": 30.0}, "cheap": {"a": 0.5, "b": 1.5}},
        {"ours": {"c": 2.0}, "cheap": {"c": 0.5}},
        {"ours": {"d": 1.0}, "cheap": {"d": 0.1}},
    ]
    assert pairs.ratios("dear", "ours") == [10.0]
    assert pairs.limit("", "ours", "cheap", 4.0).value == 4.0
    assert pairs.limit("", "ours", "gone", 4.0).note == "gone is not there"


def test_the_report_names_every_limit_and_route() -> None:
    import report
    from measure import Limit, Results, Row

    results = Results(
        [Limit("PDF to JSON", 1.5, 1.6), Limit("words", None, 20, least=True, note="not installed: apt install x")],
        {"pdf": [Row("ours", 20.0, 1.0, 1.0, 1.0), Row("pypdf <b>", 200.0, 10.0, 9.0, 11.0)]},
        {"pdf": "2 documents"},
    )
    for shown in (report.text(results), report.markdown(results)):
        assert all(part in shown for part in ("PDF to JSON", "met", "skipped", "apt install x", "pypdf"))
    drawn = minidom.parseString(report.svg(results))
    assert len(drawn.getElementsByTagName("rect")) == 3
