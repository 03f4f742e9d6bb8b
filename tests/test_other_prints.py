"""Ways of printing minutes that no word of the vocabulary tells: each read from a small invented text, each with a near miss."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_parser import parse
from minutes_parser.model import Minutes

HEAD = "Havby Kommune\nReferat\nByrådet\nTirsdag den 3. maj 2022 kl. 17.00\n\n"


def tree(tmp_path: Path, text: str, name: str = "a.txt") -> list[tuple[str | None, str, list[str]]]:
    """Number, title and the sections' kinds of each item."""
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return [(i.number, i.title, [str(s.kind) for s in i.sections]) for i in parse(path).items]


def items(*parts: str) -> str:
    return HEAD + "\n\n".join(parts) + "\n"


CASE = "Indstilling\nForvaltningen indstiller, at planen godkendes.\n\nBeslutning\n{}"
TWO = [CASE.format("Godkendt."), CASE.format("Udsat til juni.")]


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("Sag 1 ud af 2\nNy skole", "Sag 2 ud af 2\nNy bro", ["1", "2"]),
        ("187a Ny skole", "187b Ny bro", ["187a", "187b"]),
        ("Emne nr. 1: Ny skole", "Emne nr. 2: Ny bro", ["1", "2"]),
        ("Sag 11/2008. Ny skole", "Sag 12/2008. Ny bro", ["11/2008", "12/2008"]),
        ("Saq nr. 1 Ny skole", "Sag nr. 2 Ny bro", ["1", "2"]),
    ],
)
def test_ways_to_open_an_item(tmp_path: Path, first: str, second: str, numbers: list[str]) -> None:
    third = first.replace(numbers[0], "3", 1).replace("Ny skole", "Ny havn") if first.startswith("Emne") else ""
    text = items(f"{first}\n\n{TWO[0]}", f"{second}\n\n{TWO[1]}", *([f"{third}\n\n{TWO[0]}"] if third else []))
    found = tree(tmp_path, text)
    assert [number for number, _, _ in found][:2] == numbers
    assert [title for _, title, _ in found][:2] == ["Ny skole", "Ny bro"]
    assert all(kinds == ["indstilling", "beslutning"] for _, _, kinds in found)


def test_an_authors_list_opens_no_items(tmp_path: Path) -> None:
    models = "\n\n".join(f"Model {n} Skolen bygges på grund {n}" for n in range(1, 5))
    text = items(f"1. Ny skole\n\nSagsfremstilling\nDer er fire:\n\n{models}\n\n{TWO[0]}", f"2. Ny bro\n\n{TWO[1]}")
    assert [number for number, _, _ in tree(tmp_path, text)] == ["1", "2"]


@pytest.mark.parametrize(
    ("print_", "bodies"),
    [
        ("Økonomiudvalget den 20. april 2022\nAnbefales.\n\n{}", ["Økonomiudvalget"]),
        ("20. april 2022 Økonomiudvalget\nAnbefales.\n\n{}", ["Økonomiudvalget"]),
        ("Økonomiudvalget\n20-04-2022\nAnbefales.\n\n{}", ["Økonomiudvalget"]),
    ],
)
def test_a_body_and_a_day_above_a_decision(tmp_path: Path, print_: str, bodies: list[str]) -> None:
    text = items(
        *(
            f"{n}. {title}\n\nIndstilling\nForvaltningen indstiller, at planen godkendes.\n\n{print_.format('')}".rstrip()
            for n, title in ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn"))
        )
    )
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    found = parse(path).items
    assert [[d.body for d in i.decisions] for i in found] == [bodies] * 3
    assert [[str(d.outcome) for d in i.decisions] for i in found] == [["recommended"]] * 3


def test_a_plan_of_bodies_and_days_is_no_decision(tmp_path: Path) -> None:
    plan = "Sagsgang\nØkonomiudvalget den 20. april 2022\nByrådet den 3. maj 2022"
    text = items(f"1. Ny skole\n\n{plan}\n\n{TWO[0]}", f"2. Ny bro\n\n{plan}\n\n{TWO[1]}")
    assert [kinds for _, _, kinds in tree(tmp_path, text)] == [["sagsforloeb", "indstilling", "beslutning"]] * 2


def test_headings_nobody_knows_are_told_by_what_stands_under_them(tmp_path: Path) -> None:
    case = "Hvad sagen gælder\n{0}.\n\nSådan gik det\n{1}"
    text = items(
        *(
            f"{n}. {title}\n\n" + case.format(f"{title} er forsinket, og der er brug for flere penge i år", said)
            for n, title, said in (
                (1, "Ny skole", "Godkendt."),
                (2, "Ny bro", "Udsat til juni."),
                (3, "Ny havn", "Tiltrådt."),
            )
        )
    )
    assert [kinds for _, _, kinds in tree(tmp_path, text)] == [["andet", "beslutning"]] * 3


def test_a_value_that_repeats_is_no_heading(tmp_path: Path) -> None:
    text = items(
        *(f"{n}. {t}\n\nØkonomi\nIngen\n\n{TWO[0]}" for n, t in ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn")))
    )
    assert [kinds for _, _, kinds in tree(tmp_path, text)] == [["oekonomi", "indstilling", "beslutning"]] * 3


def test_labels_in_front_of_their_text(tmp_path: Path) -> None:
    text = items(
        *(
            f"{n}. {t}\n\nDrøftelse: Rådet talte om {t.lower()} og prisen.\n\nBeslutning: {said}"
            for n, t, said in ((1, "Ny skole", "Godkendt."), (2, "Ny bro", "Udsat."), (3, "Ny havn", "Tiltrådt."))
        )
    )
    assert [kinds for _, _, kinds in tree(tmp_path, text)] == [["andet", "beslutning"]] * 3


def test_a_label_that_stands_once_is_text(tmp_path: Path) -> None:
    text = items(
        "1. Ny skole\n\nAdressen: Skolevej 2 er solgt.\n\nBeslutning: Godkendt.",
        "2. Ny bro\n\nBeslutning: Udsat.",
        "3. Ny havn\n\nBeslutning: Tiltrådt.",
    )
    assert tree(tmp_path, text)[0][2] == ["andet", "beslutning"]
    path = tmp_path / "a.txt"
    assert parse(path).items[0].sections[0].heading == ""


def test_arrows_head_decisions_where_nothing_else_does(tmp_path: Path) -> None:
    text = items(
        "1. Ny skole\n\n=> Vi søger om penge.",
        "2. Ny bro\n\n=> Godkendt.",
        "3. Ny havn\n\nFormanden fortalte om havnen.\n\n=> Udsat.",
    )
    assert [kinds for _, _, kinds in tree(tmp_path, text)] == [["beslutning"], ["beslutning"], ["andet", "beslutning"]]
    headed = items("1. Ny skole\n\nBeslutning\n=> Godkendt.", "2. Ny bro\n\nBeslutning\n=> Udsat.")
    assert [kinds for _, _, kinds in tree(tmp_path, headed)] == [["beslutning"]] * 2


def test_numbered_headings_of_a_case(tmp_path: Path) -> None:
    text = (
        "Havby Kommune\nIndstilling til Byrådet\n\nCykelsti ved Mosevej\n\n1. Resumé\nDer mangler en sti.\n\n"
        "2. Indstilling\nForvaltningen indstiller, at stien bygges.\n\n3. Ydelser\nStien er 2 km lang.\n\n4. Økonomi\nStien koster 3 mio. kr.\n"
    )
    assert [kinds for _, _, kinds in tree(tmp_path, text)] == [["resume", "indstilling", "andet", "oekonomi"]]


@pytest.mark.parametrize(
    ("listed", "titles"),
    [
        ("Bilag: Kort over skolen; Brev fra ministeriet", ["Kort over skolen", "Brev fra ministeriet"]),
        ("Bilag: Udkast til plan, Notat om støj", ["Udkast til plan", "Notat om støj"]),
        ("Bilag: Brev fra Ida Lund, Bo Hald og Per Skov", ["Brev fra Ida Lund, Bo Hald og Per Skov"]),
        ("Bilag: [3.1] Regnskab 2018 [3.2] Overslag 2018", ["Regnskab 2018", "Overslag 2018"]),
        (
            "Bilag\nNr.\tTitel\tDok.nr.\n1\tKort over skolen\t24/115-7\n2\tNotat om støj\t24/115-9",
            ["Kort over skolen", "Notat om støj"],
        ),
        (
            "Bilag\n1   Åben   Kort over skolen        47120/19\n2   Åben   Notat om støj           55032/19",
            ["Kort over skolen", "Notat om støj"],
        ),
        ("Bilag (2)\nKort over skolen (131995-14)\nNotat om støj (132004-14)", ["Kort over skolen", "Notat om støj"]),
    ],
)
def test_lists_of_attachments(tmp_path: Path, listed: str, titles: list[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(items(f"1. Ny skole\n\n{TWO[0]}\n\n{listed}", f"2. Ny bro\n\n{TWO[1]}"), "utf-8")
    assert [a.title for a in parse(path).items[0].attachments] == titles


def test_what_closes_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    foot = "Mødet hævet kl. 19.10.\n\nSidst opdateret 10.05.2022\n\nHavby Kommune, Torvet 1, telefon 00 00 00 00"
    path.write_text(items(f"1. Ny skole\n\n{TWO[0]}", f"2. Ny bro\n\n{TWO[1]}", foot), "utf-8")
    minutes = parse(path)
    assert minutes.items[-1].sections[-1].text == "Udsat til juni."
    assert minutes.meeting.end == "19:10"
    path.write_text(
        items(f"1. Ny skole\n\n{TWO[0]}", f"2. Ny bro\n\n{TWO[1]}\nMødet med naboerne holdes i juni."), "utf-8"
    )
    assert parse(path).items[-1].sections[-1].text.endswith("holdes i juni.")


def test_an_accordions_buttons_are_titles(tmp_path: Path) -> None:
    cases = "".join(
        f"<button class='toggle'>Punkt {n} - {t}</button><div><h4>Beslutning</h4><p>Godkendt.</p></div>"
        for n, t in ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn"))
    )
    page = f"<html><body><button>Menu</button><h1>Byrådet</h1><p>Referat fra mødet den 3. maj 2022</p>{cases}</body></html>"
    assert [title for _, title, _ in tree(tmp_path, page, "a.html")] == ["Ny skole", "Ny bro", "Ny havn"]


def test_an_empty_list_of_absent_people_is_no_section(tmp_path: Path) -> None:
    case = "Indstilling\nBorgmesteren indstiller, at planen godkendes.\nBeslutning i Byrådet den 3. maj 2022:\nFraværende:{}\n{}"
    path = tmp_path / "a.txt"
    path.write_text(
        items(f"1. Ny skole\n\n{case.format('', 'Godkendt.')}", f"2. Ny bro\n\n{case.format(' Bo Hald (A)', '')}"),
        "utf-8",
    )
    first, second = parse(path).items
    assert [str(d.outcome) for d in first.decisions] == ["adopted"]
    assert [str(s.kind) for s in second.sections] == ["indstilling", "beslutning", "deltagere"]


def test_anothers_ruling_is_no_decision(tmp_path: Path) -> None:
    text = items(
        f"1. Ny skole\n\nSagsfremstilling\n\nSagen er gammel.\n\nNævnets afgørelse\nNævnet fandt, at skolen kan bygges.\n\n{TWO[0]}",
        f"2. Ny bro\n\n{TWO[1]}",
    )
    assert tree(tmp_path, text)[0][2].count("beslutning") == 1


def test_items_without_titles_begin_with_the_heading_that_takes_turns_with_decisions(tmp_path: Path) -> None:
    case = "Sagsfremstilling\n{0} er slidt.\nIndstilling\nat {0} males.\nBeslutning\n{1}\nBeslutningstema\nHvordan {0} skal se ud."
    text = "Referat\nTeknikudvalget tirsdag den 3. maj 2022 kl. 16.30\n" + "\n".join(
        case.format(thing, said)
        for thing, said in (("Broen", "Tiltrådt."), ("Skolen", "Udsat."), ("Havnen", "Godkendt."))
    )
    assert [kinds for _, _, kinds in tree(tmp_path, text)] == [
        ["sagsfremstilling", "indstilling", "beslutning", "formaal"]
    ] * 3


def test_lines_of_data_that_come_again_are_no_headings(tmp_path: Path) -> None:
    data = "Sag 306-2009-{0}\n\nDok. 306-2019-26{0}\n\nInitialer: PIM\n\nÅbent"
    text = items(f"1. Ny skole\n\n{data.format('6001')}\n\n{TWO[0]}", f"2. Ny bro\n\n{data.format('6002')}\n\n{TWO[1]}")
    assert [kinds for _, _, kinds in tree(tmp_path, text)] == [["indstilling", "beslutning"]] * 2


def test_who_was_absent_stands_before_what_was_decided(tmp_path: Path) -> None:
    case = "Resume\n\nSkolen er slidt.\n\nBeslutning\n\nIkke til stede: Bo Hald (C)\n\n{}"
    path = tmp_path / "a.txt"
    path.write_text(
        items(f"1. Ny skole\n\n{case.format('Godkendt.')}", f"2. Ny bro\n\n{case.format('Udsat til juni.')}"), "utf-8"
    )
    minutes = parse(path)
    assert [[str(d.outcome) for d in i.decisions] for i in minutes.items] == [["adopted"], ["postponed"]]
    assert [(p.name, str(p.attendance)) for p in minutes.meeting.participants] == [("Bo Hald", "absent")]


def test_a_committee_by_its_number_on_the_agenda(tmp_path: Path) -> None:
    case = "Indstilling\n\nDirektionen indstiller, at planen godkendes.\n\nSocial og Sundhed, 6. april 2022, pkt. 123:\n\n{}"
    path = tmp_path / "a.txt"
    path.write_text(
        items(f"1. Ny skole\n\n{case.format('Anbefales.')}", f"2. Ny bro\n\n{case.format('Anbefales ikke.')}"), "utf-8"
    )
    assert [[d.body for d in i.decisions] for i in parse(path).items] == [["Social og Sundhed"]] * 2


def test_a_sentence_of_absence_heads_nothing(tmp_path: Path) -> None:
    said = (
        "Beslutning i Byrådet den 3. maj 2022\n\nAfbud fra Bo Hald\n\nBorgmesteren sagde, at sag 9 udgår.\n\nGodkendt."
    )
    text = items(f"1. Ny skole\n\n{said}", f"2. Ny bro\n\n{said}", f"3. Ny havn\n\n{TWO[1]}")
    assert [kinds for _, _, kinds in tree(tmp_path, text)][:2] == [["beslutning"]] * 2


PAGE = "<html><body><h1>Referat</h1><p>Byrådet den 3. maj 2022</p>{}</body></html>"


def page(case: str, *fill: str) -> str:
    """A web page with one item for each filling of `case`, numbered from 1."""
    heads = (f"<h2>{n}. Sag {n}</h2>" + case.format(own, n=n) for n, own in enumerate(fill, 1))
    return PAGE.format("".join(heads))


@pytest.mark.parametrize("label", ["Sådan blev det:", "Kredsens ord den {n}. juni:", "Enden på sagen:"])
def test_a_plain_line_above_a_decision_each_time_heads_it_among_bold_headings(tmp_path: Path, label: str) -> None:
    case = "<p><b>Sagsfremstilling</b></p><p>Naboerne er glade for planen.</p><p><b>Økonomi</b></p><p>Ingen.</p>"
    told = tree(
        tmp_path, page(case + f"<p>{label}</p><p>{{}}</p>", "Godkendt.", "Udsat.", "Taget til efterretning."), "a.html"
    )
    assert [kinds for _, _, kinds in told] == [["sagsfremstilling", "oekonomi", "beslutning"]] * 3
    told = tree(tmp_path, page(case + f"<p>{label}</p><p>{{}}</p>", "To", "Tre", "Fire"), "a.html")
    assert [kinds for _, _, kinds in told] == [["sagsfremstilling", "oekonomi"]] * 3


def test_the_header_row_of_a_table_of_attachments_begins_their_list(tmp_path: Path) -> None:
    rows = "<table><tr><td>Nr.</td><td>{}</td><td>{}</td></tr><tr><td>1</td><td>Kort</td><td>100001</td></tr></table>"
    case = "<h3>Sagsfremstilling</h3><p>Planen er ny.</p>{}<h3>Beslutning</h3><p>Godkendt.</p>"
    path = tmp_path / "a.html"
    for header, attachments in ((("Titel", "Dok.nr."), ["Kort"]), (("Titel", "Kroner"), [])):
        path.write_text(page(case, *[rows.format(*header)] * 2), "utf-8")
        assert [[a.title for a in i.attachments] for i in parse(path).items] == [attachments] * 2


def test_a_heading_with_nothing_but_bodies_and_days_under_it_tells_where_the_case_goes(tmp_path: Path) -> None:
    case = (
        "<p><b>Sagsfremstilling</b></p><p>Planen er ny.</p><p><b>Beslutning</b></p>{}<p><b>Økonomi</b></p><p>Ingen.</p>"
    )
    days = "<p>Teknisk Udvalg den 1. juni 2017</p><p>Byrådet den 11. juni 2017</p>"
    told = tree(tmp_path, page(case, days, days), "a.html")
    assert [kinds for _, _, kinds in told] == [["sagsfremstilling", "sagsforloeb", "oekonomi"]] * 2
    told = tree(tmp_path, page(case, "<p>Godkendt.</p>", "<p>Udsat.</p>"), "a.html")
    assert [kinds for _, _, kinds in told] == [["sagsfremstilling", "beslutning", "oekonomi"]] * 2


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Sagsnr.. . .: 04-872", "04-872"),
        ("SAG-2021-03877 · Sagstype: Beslutning", "SAG-2021-03877"),
        ("00.22.04.A00 13/141 Åben sag", "13/141"),
        ("Sag: Hvilsted Sogn - Varme (2024-8841)", "2024-8841"),
        ("Der er 13/141 åbne sager", None),
        ("Sag: Hvilsted Sogn - Varme (se side 4)", None),
    ],
)
def test_a_case_number_behind_dots_before_its_type_and_beside_the_records_plans(
    tmp_path: Path, line: str, number: str | None
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(items("Punkt 1: Ny skole", line, TWO[0], "Punkt 2: Ny bro", TWO[1]), "utf-8")
    assert parse(path).items[0].case_number == number


def of_six(part: str) -> Minutes:
    """Minutes of six items that end alike."""
    return parse(items(*(f"Punkt {n}: Køb af hus {n}\n\n{part.format(n)}" for n in range(1, 7))).encode())


@pytest.mark.parametrize(
    "decision", ["Godkendt.", "Godkendt", "Til efterretning", "Indstillingen godkendt.\nBo Hald (A) deltog ikke"]
)
def test_the_same_decision_in_every_item_is_no_button(decision: str) -> None:
    for item in of_six(f"Sagsfremstilling\nHus {{}} er til salg.\n\nBeslutning\n{decision}").items:
        assert item.sections[-1].text.split() == decision.split()
        assert item.decisions


def test_a_button_under_every_item_is_no_text() -> None:
    for item in of_six("Beslutning\nGodkendt, dog uden hus {}.\n\nÅbn hele punktet i et nyt vindue").items:
        assert item.sections[-1].text.endswith(".")
