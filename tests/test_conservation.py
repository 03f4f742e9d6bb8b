"""Every non-blank character in exactly one region, whatever the document: the promise, on generated documents in all four formats."""

from __future__ import annotations

import html
import io

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from minutes_parser.errors import MinutesError
from minutes_parser.model import Minutes
from minutes_parser.pipeline import explain
from minutes_parser.source import Source
from minutes_parser.write import from_json, to_json

LINES = st.one_of(
    st.sampled_from(
        [
            "Beslutning", "Indstilling", "Sagsfremstilling", "BILAG:", "Resumé", "Beslutning i Byrådet den 3. maj 2021", "Indstilling: At sagen godkendes.", "Punkt 3: Ny skole",
            "1. Godkendelse af dagsorden", "2. Eventuelt", "Sagsnr.: 24/1234", "24-001234", "Til toppen", "Side 2 af 4", "Åben", "Lukket punkt", "Byrådet", "Referat", "Dagsorden", "Mødedato: 3. maj 2021 kl. 17.00",
            "Fraværende: Anne Bo (A)", "- at sagen udsættes", "• punkt", "Kultur- og", "klyngesam-", "arbejde", "Indholdsfortegnelse", "Godkendelse af dagsorden ........ 3", "SagsfremstillingSagsnr. 2020-034411", "fold dette punkt ind Resume",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60),
)  # fmt: skip
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def holds(data: bytes, name: str) -> None:
    try:
        reading = explain(Source(name, data))
    except MinutesError as error:
        assert error.exit_code == 1  # the document's fault, never ours  # noqa: PT017
        return
    minutes = reading.minutes
    text = reading.text.text
    check(minutes, text)
    assert from_json(to_json(minutes)) == minutes


def check(minutes: Minutes, text: str) -> None:
    at = 0
    for region in minutes.regions:
        assert region.start >= at
        assert not text[at : region.start].strip()
        assert region.stop > region.start
        at = region.stop
    assert not text[at:].strip()
    assert minutes.coverage.characters == minutes.coverage.assigned == sum(minutes.coverage.by_label.values())
    assert minutes.coverage.characters == sum(1 for c in text if not c.isspace())
    for item in minutes.items:
        assert 0 <= item.where.start <= item.where.stop <= len(text)


@SLOW
@given(st.lists(LINES, max_size=40), st.sampled_from(["\n", "\n\n", "\r\n", "\f"]))
def test_text(lines: list[str], between: str) -> None:
    holds(between.join(lines).encode(), "generated.txt")


@SLOW
@given(
    st.lists(st.tuples(st.sampled_from(["p", "h1", "h2", "h3", "li", "td", "div", "span", "b"]), LINES), max_size=40)
)
@example([("p", "0"), ("p", "#")])  # a printed mask is no page counter
def test_html(lines: list[tuple[str, str]]) -> None:
    body = "".join(f"<{tag}>{html.escape(line)}</{tag}>" for tag, line in lines)
    holds(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "generated.html")


@settings(max_examples=settings.default.max_examples // 5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(["Normal", "Heading 1", "Heading 2", "List Number", "List Bullet"]), LINES),
        min_size=1,
        max_size=25,
    )
)
def test_docx(lines: list[tuple[str, str]]) -> None:
    import docx

    document = docx.Document()
    for style, line in lines:
        document.add_paragraph("".join(c for c in line if c.isprintable()), style=style)
    out = io.BytesIO()
    document.save(out)
    holds(out.getvalue(), "generated.docx")


@settings(max_examples=settings.default.max_examples // 5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([9, 11, 14]), LINES), min_size=1, max_size=90))
def test_pdf(lines: list[tuple[bool, int, str]]) -> None:
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    page = canvas.Canvas(out)
    y = 800
    for bold, size, line in lines:
        page.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        page.drawString(60, y, "".join(c for c in line if c.isprintable() and c < "\u0250"))
        y -= size + 4
        if y < 60:
            page.showPage()
            y = 800
    page.save()
    holds(out.getvalue(), "generated.pdf")


@SLOW
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><body>", b"\xff\xfe"]))
def test_any_bytes(data: bytes, head: bytes) -> None:
    holds(head + data, "generated")
