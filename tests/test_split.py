"""A file of several meetings is told, and split without losing a character."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minutes_parser import Minutes
from minutes_parser.clean import clean
from minutes_parser.kinds import Code
from minutes_parser.pipeline import explain, extract, load, meetings
from minutes_parser.recognise.meetings import borders
from minutes_parser.source import Source
from test_cli import SAMPLES, run

DOCUMENTS = sorted(p for p in SAMPLES.glob("*/*") if p.suffix in (".pdf", ".docx", ".html", ".txt"))


def one(body: str, day: str, first: int = 1, history: str = "") -> str:
    items = "".join(
        f"""

{first + k}. {title}

Sagsfremstilling
{text}
{history}
Beslutning
Godkendt på mødet.
"""
        for k, (title, text) in enumerate(
            [
                ("Godkendelse af dagsorden", "Dagsordenen er udsendt."),
                ("Ny bro over åen", "Broen bygges til sommer."),
                ("Eventuelt", "Intet."),
            ]
        )
    )
    return f"Fjordby Kommune\n{body}\nReferat\nMødedato: {day} kl. 17.00\nMødested: Byrådssalen\nMedlemmer: Vagn Holm (A), Gerda Lyng (V){items}"


YEAR = "\n\n".join(
    [
        one("Byrådet", "4. januar 2023"),
        one("Byrådet", "1. februar 2023"),
        one("Økonomiudvalget", "1. marts 2023", first=7),
    ]
)


def split(text: str, name: str = "aar.txt") -> list[Minutes]:
    return [r.minutes for r in meetings(Source(name, text.encode()))]


def test_each_meeting_is_a_document() -> None:
    found = split(YEAR)
    assert [(m.kind, m.meeting.body, m.meeting.date) for m in found] == [
        ("minutes", "Byrådet", "2023-01-04"),
        ("minutes", "Byrådet", "2023-02-01"),
        ("minutes", "Økonomiudvalget", "2023-03-01"),
    ]
    assert [[i.number for i in m.items] for m in found] == [["1", "2", "3"], ["1", "2", "3"], ["7", "8", "9"]]
    assert [next(f.message for f in m.findings if f.code is Code.SEVERAL_MEETINGS) for m in found] == [
        f"meeting {n} of 3 in the file" for n in (1, 2, 3)
    ]


def test_every_character_stands_in_one_document_at_its_offset_in_the_file() -> None:
    whole = extract(Source("aar.txt", YEAR.encode())).text
    held: set[int] = set()
    for minutes in split(YEAR):
        mine = {n for r in minutes.regions for n in range(r.start, r.stop) if not whole[n].isspace()}
        assert not held & mine
        held |= mine
        assert minutes.coverage.characters == minutes.coverage.assigned == len(mine)
        assert minutes.source.characters == len(whole)
        for item in minutes.items:
            for section in item.sections:
                assert whole[section.where.start :].startswith(section.heading)
    assert held == {n for n, c in enumerate(whole) if not c.isspace()}


def test_unsplit_it_is_one_document_and_a_warning() -> None:
    minutes = explain(Source("aar.txt", YEAR.encode())).minutes
    finding = next(f for f in minutes.findings if f.code is Code.SEVERAL_MEETINGS)
    assert (finding.severity, "3 meetings" in finding.message) == ("warning", True)
    text = extract(Source("aar.txt", YEAR.encode())).text
    assert finding.start is not None
    assert text[finding.start :].startswith("Fjordby Kommune\nByrådet\nReferat\nMødedato: 1. februar")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_file_of_one_meeting_is_not_split(document: Path) -> None:
    text = extract(load(document))
    assert borders(text, clean(text)) == []
    (reading,) = meetings(load(document))
    assert reading.minutes == explain(load(document)).minutes


@pytest.mark.parametrize(
    "history",
    [
        "Sagsforløb\nUdvalg: Økonomiudvalget\nMødedato: 3. januar 2023\nPunktnummer: 4\nUdvalg: Børneudvalget\nMødedato: 2. december 2022\nPunktnummer: 9\n",
        "Bilag\nReferat fra Ældrerådets møde den 9. december 2022\nReferat fra Handicaprådets møde den 8. december 2022\nDagsorden 1. februar 2023\n",
        "Tidligere beslutninger\nReferat Økonomiudvalget den 3. januar 2023\nAnbefales.\nReferat Børneudvalget den 2. december 2022\nAnbefales.\n",
    ],
    ids=["triples", "attachments", "earlier decisions"],
)
def test_days_inside_a_meeting_begin_no_other(history: str) -> None:
    assert len(split(one("Byrådet", "4. januar 2023", history=history))) == 1


def test_a_list_of_meetings_is_no_file_of_them() -> None:
    rows = "".join(
        f"Referat Byrådet {n}. maj 2023\nMødedato: {n}. maj 2023\nMødested: Byrådssalen\n\n" for n in range(1, 9)
    )
    assert len(split(rows)) == 1


def test_pages_of_a_pdf() -> None:
    from fpdf import FPDF

    pdf = FPDF()
    for day, body in (("04-01-2023", "Byrådet"), ("01-02-2023", "Børneudvalget")):
        for n, title in enumerate(("Godkendelse af dagsorden", "Ny bro over åen", "Eventuelt"), 1):
            pdf.add_page()
            if n == 1:
                for text in (
                    f"REFERAT {body} d. {day}",
                    f"Mødedato {day} kl. 17.00",
                    "Mødested Byrådssalen",
                    "Mødedeltagere Vagn Holm, Gerda Lyng",
                ):
                    pdf.set_font("helvetica", "B", 11)
                    pdf.cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")
            pdf.set_font("helvetica", "B", 16)
            pdf.cell(0, 14, f"Punkt {n}: {title}", new_x="LMARGIN", new_y="NEXT")
            pdf.set_font("helvetica", "B", 13)
            pdf.cell(0, 12, "Beslutning", new_x="LMARGIN", new_y="NEXT")
            pdf.set_font("helvetica", "", 11)
            pdf.cell(0, 8, "Godkendt på mødet.", new_x="LMARGIN", new_y="NEXT")
    found = [r.minutes for r in meetings(Source("aar.pdf", bytes(pdf.output())))]
    assert [(m.meeting.body, m.meeting.date, len(m.items)) for m in found] == [
        ("Byrådet", "2023-01-04", 3),
        ("Børneudvalget", "2023-02-01", 3),
    ]
    assert [i.where.pages for i in found[1].items] == [(4, 4), (5, 5), (6, 6)]


def test_command_line_prints_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "aar.txt"
    path.write_text(YEAR, "utf-8")
    done = run("parse", path, "--split-meetings")
    assert done.returncode == 0
    assert [json.loads(line)["meeting"]["date"] for line in done.stdout.splitlines()] == [
        "2023-01-04",
        "2023-02-01",
        "2023-03-01",
    ]
    assert run("parse", path).stdout.count(b"\n") == 1
    assert run("parse", path, "--strict").returncode == 1
