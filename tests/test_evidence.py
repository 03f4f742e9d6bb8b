"""Asking why changes nothing, and every verdict has its reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_parser.clean import clean
from minutes_parser.kinds import Label
from minutes_parser.marks import Mark
from minutes_parser.pipeline import extract, load
from minutes_parser.recognise import prepare, recognise
from minutes_parser.recognise.evidence import Trace

SAMPLES = Path(__file__).parent.parent / "samples"
DOCUMENTS = sorted(p for p in SAMPLES.glob("*/*") if p.suffix in (".pdf", ".docx", ".html", ".txt"))


def read(document: Path, trace: Trace | None) -> tuple[Mark, ...]:
    text = extract(load(document))
    context = prepare(text, clean(text))
    context.trace = trace
    return recognise(context)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.parent.name)
def test_a_trace_changes_no_mark_and_explains_every_heading(document: Path) -> None:
    trace = Trace()
    marks = read(document, trace)
    assert marks == read(document, None)
    standing = {(c.span, c.rule, c.value): c.score for c in trace.claims if not c.blocks}
    headings = [m for m in marks if m.label is Label.HEADING]
    assert headings or document.parent.name == "memo"
    for mark in headings:
        assert mark.score == pytest.approx(min(1.0, standing[mark.span, mark.rule, mark.value]))
    begun = {(c.span.start, c.rule) for c in trace.claims if c.rule.startswith("item.") and not c.blocks}
    titles = {(m.span.start, m.rule) for m in marks if m.label is Label.ITEM_TITLE and m.rule != "item.case"}
    assert titles <= begun


def test_what_is_no_heading_says_what_blocked_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Byrådet 3. maj 2021\n\n1. Ny skole\n\nIndstilling\nForvaltningen indstiller,\nat sagen godkendes.\n\nBeslutning\nGodkendt.\n"
    )
    trace = Trace()
    read(path, trace)
    line = next(c for c in trace.claims if c.rule == "heading.name" and c.blocks)
    assert set(line.blocks) == {"above.same-kind", "says.text"}
    assert line.score == pytest.approx(line.base + sum(r.weight or 0 for r in line.reasons))


def test_a_numbered_list_in_a_body_says_that_the_items_have_more_evidence(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    items = "".join(
        f"\n\n{n}. Sag nummer {n} om skoler\n\nBeslutning\nGodkendt.\n1. Ingen bemærkninger\n" for n in (1, 2, 3)
    )
    path.write_text("Byrådet 3. maj 2021" + items)
    trace = Trace()
    read(path, trace)
    claims = [c for c in trace.claims if c.rule == "item.dot"]
    assert [c.blocks for c in claims] == [(), ("sequence.left-out",)] * 3
