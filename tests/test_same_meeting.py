"""The same meeting printed as a web page, a PDF, a Word document and plain text is the same meeting."""

from __future__ import annotations

import html
import io
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest

from minutes_parser.model import Minutes, Section
from minutes_parser.pipeline import explain
from minutes_parser.source import Source

sys.path.insert(0, str(Path(__file__).parent.parent / "samples"))
from content import COUNCIL, Meeting
from make_samples import Pdf, html_body, paragraphs, word_body

HEAD = f"Referat af møde i {COUNCIL.body} den {COUNCIL.shown_date} kl. 16.30"
FACTS = [f"Sted: {COUNCIL.place}", "Til stede: " + ", ".join(COUNCIL.present), "Afbud: " + ", ".join(COUNCIL.absent)]


def as_text(meeting: Meeting) -> bytes:
    out = [HEAD, "", *FACTS, ""]
    for item in meeting.items:
        out += ["", f"Punkt {item.number}: {item.title}", "", f"Sagsnr.: {item.case}", ""]
        for kind, heading, text in paragraphs(item):
            out += [heading, ""]
            for paragraph in text:
                if paragraph.startswith("| "):
                    out.append("\t".join(paragraph[2:].split("|")))
                else:
                    out += [*textwrap.wrap(paragraph, 90, break_on_hyphens=False), *([] if kind == "bilag" else [""])]
            out.append("")
    return "\n".join(out).encode()


def as_html(meeting: Meeting) -> bytes:
    out = [f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><main><h1>{HEAD}</h1>", *(f"<p>{f}</p>" for f in FACTS)]  # fmt: skip
    for item in meeting.items:
        out.append(f"<h2>Punkt {item.number}: {html.escape(item.title)}</h2><p>Sagsnr.: {item.case}</p>")
        for kind, heading, text in paragraphs(item):
            body = "".join(f"<p>{html.escape(t)}</p>" for t in text) if kind == "bilag" else html_body(text)
            out.append(f"<h3>{heading}</h3>{body}")
    return "".join([*out, "</main></body></html>"]).encode()


def as_docx(meeting: Meeting) -> bytes:
    document = docx.Document()
    document.add_heading(HEAD, 1)
    for fact in FACTS:
        document.add_paragraph(fact)
    for item in meeting.items:
        document.add_heading(f"Punkt {item.number}: {item.title}", 2)
        document.add_paragraph(f"Sagsnr.: {item.case}")
        for kind, heading, text in paragraphs(item):
            document.add_heading(heading, 3)
            if kind == "bilag":
                for name in text:
                    document.add_paragraph(name)
            else:
                word_body(document, text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(meeting: Meeting) -> bytes:
    pdf = Pdf(lambda canvas, page: canvas.drawRightString(540, 40, f"Side {page}"))
    pdf.line(HEAD, size=16, bold=True, lead=24)
    for fact in FACTS:
        pdf.flow(fact)
    for item in meeting.items:
        pdf.skip(14)
        for row in textwrap.wrap(f"Punkt {item.number}: {item.title}", 60):
            pdf.line(row, size=14, bold=True, lead=18)
        pdf.skip(6)
        pdf.line(f"Sagsnr.: {item.case}", lead=20)
        for kind, heading, text in paragraphs(item):
            pdf.line(heading, size=12, bold=True, lead=17)
            if kind == "bilag":
                for name in text:
                    pdf.line(name)
            else:
                pdf.body(text, hyphenate=True)
            pdf.skip(6)
    return pdf.done()


FORMATS: dict[str, Callable[[Meeting], bytes]] = {"txt": as_text, "html": as_html, "docx": as_docx, "pdf": as_pdf}


def read(kind: str) -> Minutes:
    return explain(Source(f"referat.{kind}", FORMATS[kind](COUNCIL))).minutes


def bare(text: str) -> str:
    """Letters and digits: blanks, hyphens at line ends and list markers differ between the printings."""
    return "".join(ch for ch in text if ch.isalnum())


def every(sections: list[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from every(section.sections)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_printing_has_the_meetings_items_kinds_and_headings(kind: str) -> None:
    minutes = read(kind)
    assert minutes.kind.value == "minutes"
    assert [(i.number, i.title, i.case_number) for i in minutes.items] == [
        (i.number, i.title.removeprefix("Lukket: "), i.case) for i in COUNCIL.items
    ] or [(i.number, i.title, i.case_number) for i in minutes.items] == [
        (i.number, i.title, i.case) for i in COUNCIL.items
    ]
    for item, content in zip(minutes.items, COUNCIL.items, strict=True):
        assert [(s.kind.value, s.heading) for s in every(item.sections)] == [(k, h) for k, h, _ in content.sections]
        assert [a.title for a in item.attachments] == content.attachments
    meeting = minutes.meeting
    assert (meeting.body, str(meeting.date), meeting.place) == (COUNCIL.body, COUNCIL.date, COUNCIL.place)
    assert str(meeting.start) == COUNCIL.start
    assert len(meeting.participants) == len(COUNCIL.present) + len(COUNCIL.absent)


@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
def test_the_printings_say_the_same(kind: str) -> None:
    ours, theirs = read("txt"), read(kind)
    differences = [
        f"{one.number} {a.heading}: {a.text!r} / {b.text!r}"
        for one, two in zip(ours.items, theirs.items, strict=True)
        for a, b in zip(every(one.sections), every(two.sections), strict=True)
        if bare(a.text) != bare(b.text)
    ]
    assert differences == []
    for one, two in zip(ours.items, theirs.items, strict=True):
        for a, b in zip(one.decisions, two.decisions, strict=True):
            assert (a.outcome, a.body, a.date, bare(a.text)) == (b.outcome, b.body, b.date, bare(b.text))
        assert [[t.rows for t in s.tables] for s in every(one.sections)] == [
            [t.rows for t in s.tables] for s in every(two.sections)
        ]
