"""Ways of printing minutes that no word of the vocabulary tells: each read from a small invented text, each with a near miss."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.docxfile import docx, p, style, table
from minutes_parser import parse
from minutes_parser.model import Item, Minutes

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
        assert [attached(i) for i in parse(path).items] == [attachments] * 2


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


def read(text: str | bytes, name: str = "a.txt") -> list[Item]:
    return parse(text if isinstance(text, bytes) else text.encode(), name).items


def kinds(items_: list[Item]) -> list[list[str]]:
    return [[str(s.kind) for s in i.sections] for i in items_]


def texts(item: Item) -> list[str]:
    """The sections' texts without the blank lines in them."""
    return [" ".join(s.text.split()) for s in item.sections]


def attached(item: Item) -> list[str]:
    return [a.title for a in item.attachments]


def thrice(part: str) -> str:
    """Minutes of three items that are printed alike, `{n}` and `{t}` their number and title."""
    return items(*(part.format(n=n, t=t) for n, t in ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn"))))


# -- looks -----------------------------------------------------------------------------------------------------------

OWN_WORDS = ("Hvad naboerne siger", "Sådan ser broen ud")
"""Headings that the vocabulary does not know, one an item."""


@pytest.mark.parametrize(("heading", "text", "told"), [("Rubrik", "Tekst", True), ("Tekst", "Tekst", False)])
@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_class_or_style_that_holds_known_headings_holds_unknown_ones(
    form: str, heading: str, text: str, told: bool
) -> None:
    lines = (("Sagsfremstilling", "Planen er ny."), ("{}", "De er glade."), ("Beslutning", "Godkendt."))
    if form == "html":
        case = "".join(f"<p class={heading}>{head}</p><p class={text}>{body}</p>" for head, body in lines)
        found = read(page(case, *OWN_WORDS), "a.html")
    else:
        case = "".join(p(head, style(heading)) + p(body, style(text)) for head, body in lines)
        names = "".join(
            f'<w:style w:type="paragraph" w:styleId="{s}"><w:name w:val="{s}"/></w:style>' for s in {heading, text}
        )
        cases = "".join(p(f"Punkt {n}: Sag {n}") + case.format(own) for n, own in enumerate(OWN_WORDS, 1))
        found = read(docx(p("Referat") + p("Byrådet den 3. maj 2022") + cases, styles=names), "a.docx")
    between = ["andet"] if told else []
    assert kinds(found) == [["sagsfremstilling", *between, "beslutning"]] * 2
    assert [[s.heading for s in i.sections][1:-1] for i in found] == [[own] if told else [] for own in OWN_WORDS]


def test_a_class_that_holds_text_too_heads_nothing() -> None:
    case = "<p class=Indryk>Sagsfremstilling</p>{}<p>Den er ny.</p><p class=Indryk>Beslutning</p><p>Godkendt.</p>"
    streets = ("Skolevej", "Mosevej", "Torvet"), ("Engvej", "Kirken", "Havnen")
    told = ("".join(f"<p>Her begynder planen.</p><p class=Indryk>{name}</p>" for name in names) for names in streets)
    assert kinds(read(page(case, *told), "a.html")) == [["sagsfremstilling", "beslutning"]] * 2


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("<h4>Videre behandling</h4>", "proces"),
        ("<h4>Tidsplan og evaluering</h4>", "proces"),
        ("<h4>Beslutning om pris</h4>", "andet"),
        ("<h3>Videre behandling</h3>", "andet"),  # not the look of most headings
    ],
)
def test_a_heading_of_nothing_but_telling_words_tells_its_kind_though_it_stands_once(heading: str, kind: str) -> None:
    case = "<h4>Sagsfremstilling</h4><p>Planen er ny.</p><h4>Økonomi</h4><p>Ingen.</p>{}<h3>Beslutning</h3><p>Godkendt.</p>"
    found = read(page(case, heading + "<p>Den sendes ud i juni.</p>", ""), "a.html")
    assert kinds(found) == [
        ["sagsfremstilling", "oekonomi", kind, "beslutning"],
        ["sagsfremstilling", "oekonomi", "beslutning"],
    ]


# -- web pages -------------------------------------------------------------------------------------------------------

ARTICLES = (
    "<html><body><header><p>Punkt 9</p><p>Havby Kommune</p></header><h1>Referat</h1><p>Byrådet den 3. maj 2022</p>"
    + "".join(
        f"<article><header><p>Punkt {n}</p><p>{t}</p></header><h3>Beslutning</h3><p>Godkendt.</p>{{0}}</article>"
        for n, t in ((1, "Ny skole"), (2, "Ny bro"))
    )
    + "<footer><p>Torvet 1</p></footer></body></html>"
)


def test_an_articles_own_header_holds_number_and_title_the_pages_is_chrome() -> None:
    found = read(ARTICLES.format("<footer><p>Planen sendes ud.</p></footer>"), "a.html")
    assert [(i.number, i.title) for i in found] == [("1", "Ny skole"), ("2", "Ny bro")]
    assert [texts(i) for i in found] == [["Godkendt. Planen sendes ud."]] * 2


@pytest.mark.parametrize(
    ("links", "titles"),
    [
        ("<a href='/kort.pdf'>Kort</a><a href='/f/7.docx?v=2'>Notat</a>", ["Kort", "Notat"]),
        ("<a href='/moeder'>Kort</a><a href='/om.html'>Om rådet</a>", []),
    ],
)
def test_an_articles_links_to_files_are_attachments_its_other_links_chrome(links: str, titles: list[str]) -> None:
    for item in read(ARTICLES.format(f"<nav>{links}</nav>"), "a.html"):
        assert attached(item) == titles
        assert texts(item) == ["Godkendt."]


FILES = "<p><a href='/f/kort.pdf'>Kort</a></p><p>Notat PDF, 120 KB</p>"
HEADED = "<h3>Sagsfremstilling</h3><p>Planen er ny.</p>{0}<h3>Beslutning</h3><p>Godkendt.</p>{0}"


def test_links_to_files_behind_a_sections_text_are_attachments() -> None:
    for item in read(page(HEADED, FILES, FILES), "a.html"):
        assert attached(item) == ["Kort", "Notat"] * 2
        assert texts(item) == ["Planen er ny.", "Godkendt."]


@pytest.mark.parametrize(
    ("print_", "shown"),
    [
        (FILES + "<p>Den sendes ud.</p>", "Kort Notat PDF, 120 KB Den sendes ud."),
        ("<p>Se <a href='/kort.pdf'>kortet</a></p>", "Se kortet"),
        ("<p><a href='/kort'>Kort</a></p>", "Kort"),
    ],
)
def test_links_in_the_text_and_to_no_file_stay_text(print_: str, shown: str) -> None:
    for item in read(page(HEADED, print_, print_), "a.html"):
        assert attached(item) == []
        assert texts(item) == [f"Planen er ny. {shown}", f"Godkendt. {shown}"]


@pytest.mark.parametrize(
    ("last", "titles"),
    [
        ("(Bilag 57.1 Analyse)", ["Bilag 57.1 Analyse"]),
        ("(Bilag er udleveret)", []),
        ("(Bilag 57.1 Analyse)\n\nDet var det.", []),
    ],
)
def test_an_attachment_in_parentheses_ends_a_decision(last: str, titles: list[str]) -> None:
    item = read(items(f"1. Ny skole\n\n{TWO[0]}\n\n{last}", f"2. Ny bro\n\n{TWO[1]}"))[0]
    assert attached(item) == titles
    assert texts(item)[-1] == ("Godkendt." if titles else " ".join(f"Godkendt. {last}".split()))


# -- an item's data --------------------------------------------------------------------------------------------------


def test_bullets_under_a_title_hold_the_items_data() -> None:
    data = "• Sagsbehandler: Team Natur\n• Åben sag"
    found = read(items(f"1. Ny skole\n{data}\n\n{TWO[0]}", f"2. Ny bro\n\nSagsfremstilling\n{data}\n\n{TWO[1]}"))
    assert kinds(found) == [["indstilling", "beslutning"], ["sagsfremstilling", "indstilling", "beslutning"]]
    assert [str(i.access) for i in found] == ["open", "None"]
    assert found[1].sections[0].text == data
    listed = read(items(f"1. Ny skole\n• Naboerne er glade\n\n{TWO[0]}", f"2. Ny bro\n\n{TWO[1]}"))
    assert listed[0].sections[0].text == "• Naboerne er glade"


ROW = "<table><tr><td>Tid: 5 min.</td><td>Type: Drøftelse</td><td>Ved: HR</td></tr></table>"


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        (ROW, False),
        (ROW.replace("Ved:", "Ved"), True),
        ("<h3>Sagsfremstilling</h3>" + ROW, True),
        ("<p>Planen er ny.</p>" + ROW, True),
    ],
)
def test_a_row_of_labels_and_values_right_under_a_title_is_data(above: str, kept: bool) -> None:
    found = read(page("{}<h3>Beslutning</h3><p>Godkendt.</p>", above, above), "a.html")
    assert ["Drøftelse" in " ".join(texts(i)) for i in found] == [kept] * 2
    assert [texts(i)[-1] for i in found] == ["Godkendt."] * 2


@pytest.mark.parametrize(
    ("line", "title", "number"),
    [
        ("Nr. {n} - Åben sag - Sagsnr. 2010/0441{n}", "{t}", "2010/0441{n}"),
        ("Nr. {n} - Sagsnr. 2010/0441{n}, Lukket sag", "{t}", "2010/0441{n}"),
        ("Nr. {n} - Åben sag", "{t}", None),
        ("Nr. {n} - Åben skole - for alle", "Åben skole - for alle", None),
    ],
)
def test_number_access_and_case_number_stand_above_the_title(line: str, title: str, number: str | None) -> None:
    found = read(thrice(f"{line}\n{{t}}\n\n{TWO[0]}"))
    assert [(i.number, i.title, i.case_number) for i in found] == [
        (str(n), title.format(t=t), number and number.format(n=n))
        for n, t in ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn"))
    ]


@pytest.mark.parametrize(("word", "access"), [("Åben sag", "open"), ("Lukket sag", "closed")])
def test_access_beside_the_number(word: str, access: str) -> None:
    found = read(thrice(f"Nr. {{n}} - {word} - Sagsnr. 2010/0441{{n}}\n{{t}}\n\n{TWO[0]}"))
    assert [str(i.access) for i in found] == [access] * 3


def test_a_title_beside_the_data_is_no_data() -> None:
    found = read(thrice(f"Nr. {{n}} - Åben skole - Sagsnr. 2010/0441{{n}}\n{{t}}\n\n{TWO[0]}"))
    assert [(i.title, i.case_number) for i in found] == [("Åben skole", f"2010/0441{n}") for n in (1, 2, 3)]


def test_the_title_below_the_data_may_look_like_one_where_the_number_does_not() -> None:
    case = "<p>{n}. Åben sag - Sagsnr. 2010/0441{n}</p><p><b>{t}</b></p><p><b>Beslutning</b></p><p>Godkendt.</p>"
    names = ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn"))
    found = read(PAGE.format("".join(case.format(n=n, t=t) for n, t in names)), "a.html")
    assert [(i.number, i.title, i.case_number) for i in found] == [(str(n), t, f"2010/0441{n}") for n, t in names]


def test_a_number_under_the_label_of_the_cases_is_no_page_number() -> None:
    first, second = read(
        items(f"1. Ny skole\nSagsnr.\n2/12\n\n{TWO[0]}\n\n2/12", f"2. Ny bro\nSagsnr.\n22/8841\n\n{TWO[1]}")
    )
    assert [first.case_number, second.case_number] == ["2/12", "22/8841"]
    assert texts(first)[-1] == "Godkendt."


LONG = "Sagsfremstilling\n" + "\n".join(f"Skolen er {word}." for word in "abcdefghijkl")


@pytest.mark.parametrize(("line", "number"), [("Sagsnr. 22/8841    Team Natur", "22/8841"), ("Havby    Natur", None)])
def test_a_case_number_that_comes_again_is_no_running_header(line: str, number: str | None) -> None:
    found = read(thrice(f"{{n}}. {{t}}\n\n{line}\n\n{LONG}\n\nBeslutning\nGodkendt."))
    assert [i.case_number for i in found] == [number] * 3
    assert kinds(found) == [["sagsfremstilling", "beslutning"]] * 3


# -- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("apart", ["\t", "    ", "        "])
def test_a_pages_foot_that_stands_once(apart: str) -> None:
    text = f"Sagsfremstilling\nPlanen er\n\nSandø Kommune - Byrådet 28.04.2003{apart}Side 87\n\nny og god.\n\n{TWO[0]}"
    found = read(items(f"1. Ny skole\n\n{text}", f"2. Ny bro\n\n{TWO[1]}"))
    assert texts(found[0])[0] == "Planen er ny og god."


@pytest.mark.parametrize(
    "line",
    [
        "Støj        side 3\nLuft        side 9\nVand        side 17",
        "Det står i rapporten side 87",
        "Støj er nævnt        på side 87, luft ikke",
    ],
)
def test_a_list_of_contents_and_a_sentence_that_ends_with_a_page_are_text(line: str) -> None:
    text = f"Sagsfremstilling\nRapporten er ny:\n\n{line}\n\nDen er god.\n\n{TWO[0]}"
    found = read(items(f"1. Ny skole\n\n{text}", f"2. Ny bro\n\n{TWO[1]}"))
    assert texts(found[0])[0] == " ".join(f"Rapporten er ny: {line} Den er god.".split())


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("Stengårde, den 11. marts 1997", True),
        ("Stengårde Kommune, d. 11. marts 1997.", True),
        ("Udskriften bekræftes", True),
        ("Underskriftsside", True),
        ("Byrådet, den 11. marts 1997", False),
        ("Stengårde, den 11. marts 1997 var vejen spærret", False),
        ("Udskriften bekræftes ikke", False),
    ],
)
def test_what_stands_over_signatures_ends_the_last_item(line: str, ends: bool) -> None:
    found = read(items(f"1. Ny skole\n\n{TWO[0]}", f"2. Ny bro\n\n{TWO[1]}\n\n{line}\n\nBo Hald"))
    assert ("Bo Hald" not in " ".join(texts(found[-1]))) == ends
    assert (texts(found[-1])[-1] == "Udsat til juni.") == ends


# -- recommendations and decisions -----------------------------------------------------------------------------------

CASE_TEXT = "Sagsfremstilling\nPlanen er ny.\n\n{}"


@pytest.mark.parametrize(
    ("last", "by"),
    [
        ("Forvaltningen indstiller, at planen sendes ud.", ["Forvaltningen"]),
        ("Forvaltningen indstiller til Byrådet, at planen sendes ud.", ["Forvaltningen"]),
        ("Skolebestyrelsen har foreslået, at planen sendes ud.", []),
        ("Bo Hald indstiller, at planen sendes ud.", []),
        ("Forvaltningen indstillede arbejdet i 2020.\n\n- Broen er slidt.\n- Skolen er ny.", []),
    ],
)
def test_a_recommendation_ends_the_text_of_a_case(last: str, by: list[str]) -> None:
    case = CASE_TEXT.format(last)
    first, second = read(items(f"1. Ny skole\n\n{case}\n\nBeslutning\nGodkendt.", f"2. Ny bro\n\n{case}\n\n{TWO[1]}"))
    assert [r.by for r in first.recommendations] == by
    assert [[q.text for q in r.points] for r in first.recommendations] == [["planen sendes ud."] for _ in by]
    assert [[q.text for q in r.points] for r in second.recommendations] == [["planen godkendes."]]
    assert kinds([first]) == [["sagsfremstilling", "beslutning"]]


def test_who_recommends_heads_a_recommendation_or_begins_its_text() -> None:
    said = "Natur og Miljø indstiller\nat den bygges."
    first, second, third = read(
        items(
            f"1. Ny skole\n\nSagsfremstilling\nDen er ny.\n\n{said}\n\nBeslutning\nGodkendt.",
            f"2. Ny bro\n\nIndstilling\n{said}\n\nBeslutning\nUdsat.",
            "3. Ny havn\n\nSagsfremstilling\nDen er ny.\n\nVi ved ikke, hvad Natur og Miljø indstiller\n\nBeslutning\nUdsat.",
        )
    )
    assert [s.heading for s in first.sections] == ["Sagsfremstilling", "Natur og Miljø indstiller", "Beslutning"]
    assert (second.sections[0].heading, second.sections[0].text) == ("Indstilling", said)
    assert [[r.by for r in i.recommendations] for i in (first, second, third)] == [["Natur og Miljø"]] * 2 + [[]]
    assert kinds([first, third]) == [
        ["sagsfremstilling", "indstilling", "beslutning"],
        ["sagsfremstilling", "beslutning"],
    ]


def test_behandling_heads_decisions_where_nothing_else_does() -> None:
    case = "{n}. {t}\n\nSagsfremstilling\nDer er brug for den.\n\nBehandling\nBoligudvalget den 12. august 2019\nAnbefales."
    found = read(thrice(case))
    assert [[(d.body, d.date, str(d.outcome)) for d in i.decisions] for i in found] == [
        [("Boligudvalget", "2019-08-12", "recommended")]
    ] * 3
    found = read(thrice(case + "\n\nBeslutning\nUdsat."))
    assert kinds(found) == [["sagsfremstilling", "sagsforloeb", "beslutning"]] * 3
    assert [[str(d.outcome) for d in i.decisions] for i in found] == [["postponed"]] * 3


def test_nothing_under_no_heading_is_no_decision() -> None:
    found = read(
        items(
            f"1. Ny skole\n\n{TWO[0]}",
            "2. Ny bro\n\nUdsat til juni.",
            "3. Siden sidst\n\nIntet.",
            "4. Eventuelt\n\nBeslutning\nIntet.",
        )
    )
    assert [[str(d.outcome) for d in i.decisions] for i in found] == [["adopted"], ["postponed"], [], ["none"]]
    assert found[2].sections[0].text == "Intet."


# -- letters ---------------------------------------------------------------------------------------------------------


def test_letters_with_a_full_stop_open_points_initials_do_not() -> None:
    wrapped = "Naboerne er glade for skolen og siger, at de gerne vil have den bygget ved\n" * 12
    first, second = read(
        items(
            f"1. Ny skole\n\nSagsfremstilling\n{wrapped}\nIndstilling\nForvaltningen indstiller, at byrådet tager stilling til de to modeller, og at\n"
            "a. model A sendes i høring hos naboerne til skolen frem til den 1. juni, og\nb. model B udgår.\n\nBeslutning\nGodkendt.",
            f"2. Ny bro\n\nSagsfremstilling\nDet er oplyst af formanden for havnens bestyrelse, rådets eget medlem\nB. Hansen.\n\n{TWO[1]}",
        )
    )
    assert [line[:8] for line in first.sections[1].text.split("\n")] == ["Forvaltn", "a. model", "b. model"]
    assert [q.text for r in first.recommendations for q in r.points][-1] == "model B udgår."
    assert second.sections[0].text.endswith("medlem B. Hansen.")


def test_an_o_that_was_an_oe_is_a_slip() -> None:
    minutes = parse(
        items(
            f"1. Ny skole\n\nOkonomiske konsekvenser\nIngen.\n\n{TWO[0]}",
            f"2. Ny bro\n\nOrganisatoriske konsekvenser\nIngen.\n\n{TWO[1]}",
        ).encode()
    )
    assert [(str(i.sections[0].kind), i.sections[0].heading) for i in minutes.items] == [
        ("oekonomi", "Okonomiske konsekvenser"),
        ("konsekvenser", "Organisatoriske konsekvenser"),
    ]
    assert [str(f.code) for f in minutes.findings] == ["fuzzy-heading"]


# -- tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["html", "docx"])
def test_one_table_an_item(form: str) -> None:
    names = ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn"))
    if form == "html":
        case = "<table><tr><th>{}</th><th>{}</th></tr><tr><td colspan=2><p><b>Referat</b></p><p>Godkendt.</p><p>Farvel.</p></td></tr></table>"
        found = read(PAGE.format("".join(case.format(*name) for name in names)), "a.html")
    else:
        bold = "<w:b/>"
        told = p("Referat", look=bold) + p("Godkendt.") + p("Farvel.")
        tables = (table((p(str(n), look=bold), p(t, look=bold)), (told,)) for n, t in names)
        found = read(docx(p("Referat") + p("Byrådet den 3. maj 2022") + p().join(tables)), "a.docx")
    assert [(i.number, i.title) for i in found] == [(str(n), t) for n, t in names]
    assert [[(s.heading, s.text) for s in i.sections] for i in found] == [[("Referat", "Godkendt.\n\nFarvel.")]] * 3


NUMBERED = [f"{n}. {title}\n{{}}\n\n{TWO[0]}" for n, title in ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn"))]


def case_numbers(tmp_path: Path, lines: list[str]) -> list[str | None]:
    path = tmp_path / "a.txt"
    path.write_text(items(*(item.format(line) for item, line in zip(NUMBERED, lines, strict=True))), "utf-8")
    return [item.case_number for item in parse(path).items]


def test_case_numbers_in_a_form_of_the_documents_own(tmp_path: Path) -> None:
    own = ["BR 2022/117-4 · mk", "BR 2022/98-1 · lf", "BR 2022/9-11 · mk"]
    assert case_numbers(tmp_path, own) == ["BR 2022/117-4", "BR 2022/98-1", "BR 2022/9-11"]
    assert case_numbers(tmp_path, ["FORUM-2021-00117 / lfa"] * 3) == ["FORUM-2021-00117"] * 3


@pytest.mark.parametrize(
    "lines",
    [
        ["12.05.2021", "13.05.2021", "14.05.2021"],
        ["Anlægssum 1.250.000 kr", "Anlægssum 2.250.000 kr", "Anlægssum 3.250.000 kr"],
        ["BR 2022/117-4", "Sagen er ny", "Sagen er også ny"],
    ],
)
def test_days_amounts_and_a_single_line_are_no_case_numbers(tmp_path: Path, lines: list[str]) -> None:
    assert case_numbers(tmp_path, lines) == [None, None, None]


def test_a_row_of_labels_above_a_row_of_the_items_data(tmp_path: Path) -> None:
    def case(number: int, title: str, row: tuple[str, ...]) -> str:
        data = table(*(tuple(p(cell) for cell in cells) for cells in (("Sagsnr.", "Sagstype", "Beslutter"), row)))
        return (
            p(f"{number}. {title}", look="<w:b/>")
            + data
            + p("Indstilling", look="<w:b/>")
            + p("Forvaltningen indstiller, at planen godkendes.")
            + p("Beslutning", look="<w:b/>")
            + p("Godkendt.")
        )

    body = case(1, "Ny skole", ("14/17203", "Åben", "Byrådet")) + case(2, "Ny bro", ("14/2198", "Lukket", "Byrådet"))
    path = tmp_path / "a.docx"
    path.write_bytes(docx(p("Referat af Byrådets møde den 3. maj 2022") + body))
    read = parse(path).items
    assert [item.case_number for item in read] == ["14/17203", "14/2198"]
    assert [str(item.access) for item in read] == ["open", "closed"]
    assert [[str(s.kind) for s in item.sections] for item in read] == [["indstilling", "beslutning"]] * 2


LONE = "Hvad handler sagen om\nDer mangler boliger.\n\n" + TWO[0].replace(
    "Beslutning", "Byrådets beslutning den 24-06-2015"
)


@pytest.mark.parametrize(
    "head",
    [
        "Ny skole i Balle\n\nMøde: Byrådet 24-06-2015\nPunkt: 12\nSagsnr.: 15/6671\nAdgang: Åben\n\n",
        "Udskrift fra Byrådets møde den 24-06-2015\n\nPunkt: 12\nÅben sag: Ja\nSagsnr.: 15/6671\n\nNy skole i Balle\n\n",
    ],
)
def test_a_lone_cases_number_among_its_data(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Stenløkke Kommune\n\n{head}{LONE}\n\nForrige punkt: 11. Gadelys\n", "utf-8")
    read = parse(path)
    assert [(i.number, i.title, i.case_number) for i in read.items] == [("12", "Ny skole i Balle", "15/6671")]
    assert [str(s.kind) for s in read.items[0].sections] == ["resume", "indstilling", "beslutning"]


def test_a_letter_is_no_case(tmp_path: Path) -> None:
    case = "Sagsfremstilling\nDe har søgt om en lade.\n\nPolitisk behandling\nUdvalget besluttede at give tilladelse.\n\nLovgrundlag\nPlanloven.\n"
    path = tmp_path / "a.txt"
    path.write_text(
        f"Kærgårde Kommune\n\nTil\nNiels Overby\n\nTilladelse til lade\n\n{case}\nVenlig hilsen\nDorte Hegelund\n",
        "utf-8",
    )
    assert str(parse(path).kind) == "other"
    path.write_text(f"Kærgårde Kommune\n\nTilladelse til lade\n\n{case}", "utf-8")
    assert str(parse(path).kind) == "item"


def test_a_bodys_utterance_heads_its_decision_where_it_decides(tmp_path: Path) -> None:
    page = "<html><body>{}</body></html>"
    case = "<h2>{}. {}</h2><h3>Indstilling</h3><p>Forvaltningen indstiller, at planen godkendes.</p><h3>Udvalgets udtalelse</h3><p>{}</p><h3>Byrådets beslutning</h3><p>Godkendt.</p>"
    for first, kind in (("Anbefales.", "beslutning"), ("Udvalget har fået 14 breve fra naboerne.", "hoering")):
        text = page.format("".join(case.format(n, t, first) for n, t in ((1, "Ny skole"), (2, "Ny bro"))))
        path = tmp_path / "a.html"
        path.write_text(text, "utf-8")
        assert [[str(s.kind) for s in i.sections] for i in parse(path).items] == [
            ["indstilling", kind, "beslutning"]
        ] * 2


def web(*cases: str) -> str:
    return (
        f"<html><body><p>Havby Kommune</p><h1>Referat</h1><p>Byrådet den 3. maj 2022</p>{''.join(cases)}</body></html>"
    )


MILL = "Møllen er fra 1873 og blev fredet i 1959. Den ejes af foreningen, som har omkring 230 medlemmer. " * 3


@pytest.mark.parametrize(
    ("heading", "body", "known", "kind"),
    [
        ("Sagens forelæggelse", MILL, "Økonomi", "sagsfremstilling"),
        ("Sagens forelæggelse", MILL, "Sagsfremstilling", "andet"),
        ("Sagens forelæggelse", "Kort nyt.", "Økonomi", "andet"),
        ("Drøftelse", MILL, "Økonomi", "andet"),
    ],
)
def test_the_unknown_heading_with_most_text_heads_the_case(
    tmp_path: Path, heading: str, body: str, known: str, kind: str
) -> None:
    case = "<h2>{}. {}</h2><h3>{}</h3><p>{}</p><h3>{}</h3><p>Ingen.</p><h3>Beslutning</h3><p>Godkendt.</p>"
    path = tmp_path / "a.html"
    path.write_text(
        web(*(case.format(n, t, heading, body, known) for n, t in ((1, "Ny skole"), (2, "Ny bro")))), "utf-8"
    )
    assert [next(str(s.kind) for s in i.sections) for i in parse(path).items] == [kind, kind]


@pytest.mark.parametrize(
    ("names", "kind"),
    [(["Kort", "Brev fra naboerne"], "bilag"), (["Kort nyt er sendt ud.", "Brevet er læst."], "andet")],
)
def test_an_unknown_heading_of_nothing_but_names_heads_attachments(tmp_path: Path, names: list[str], kind: str) -> None:
    case = "<h2>{}. {}</h2><h3>Økonomi</h3><p>Ingen.</p><h3>Beslutning</h3><p>Godkendt.</p><h3>Rundsendt</h3>{}"
    listed = "".join(f"<p>{name}</p>" for name in names)
    path = tmp_path / "a.html"
    path.write_text(web(*(case.format(n, t, listed) for n, t in ((1, "Ny skole"), (2, "Ny bro")))), "utf-8")
    assert [[str(s.kind) for s in i.sections][-1] for i in parse(path).items] == [kind, kind]


def test_a_body_alone_heads_its_decision_below_others(tmp_path: Path) -> None:
    case = "<h2>{}. {}</h2><h3>Økonomi</h3><p>Ingen.</p><h3>Økonomiudvalget den 20. april 2022</h3><p>Anbefales.</p><h3>{}</h3><p>{}</p>"
    for alone, text, kind in (("Byrådet", "Som udvalget.", "beslutning"), ("Museet", "Det har 14 ansatte.", "andet")):
        path = tmp_path / "a.html"
        path.write_text(web(*(case.format(n, t, alone, text) for n, t in ((1, "Ny skole"), (2, "Ny bro")))), "utf-8")
        assert [[str(s.kind) for s in i.sections] for i in parse(path).items] == [["oekonomi", "beslutning", kind]] * 2


def test_data_parted_by_strokes_and_what_is_to_be_done(tmp_path: Path) -> None:
    text = items(
        f"Sag nr. 1\nNy skole\nÅben sag | Sagsnummer 13/7702 | Ansvarlig: Økonomi og Analyse\n\n{TWO[0]}",
        f"Sag nr. 2\nNy bro\nTil orientering\n\n{TWO[1]}",
        f"Sag nr. 3\nNy havn\nHavnen er åben | Indsejlingen er lukket\n\n{TWO[0]}",
    )
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    read = parse(path).items
    assert [(i.title, i.case_number) for i in read] == [("Ny skole", "13/7702"), ("Ny bro", None), ("Ny havn", None)]
    assert [next(str(s.kind) for s in i.sections) for i in read] == ["indstilling", "indstilling", "andet"]


def test_numbers_above_titles_that_their_look_tells(tmp_path: Path) -> None:
    case = (
        "<p class=nr>Punkt {}</p><h2>{}</h2><h3>Kort om sagen</h3><p>Den er ny.</p><h3>Beslutning</h3><p>Godkendt.</p>"
    )
    path = tmp_path / "a.html"
    cases = [case.format(n, t) for n, t in ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn"))]
    foot = "<footer><div><h2>Kontakt</h2><p>Rådhusgade 8</p><h2>Genveje</h2><ul><li>Cookies</li></ul></div></footer>"
    path.write_text(web("<ol><li>Ny skole</li><li>Ny bro</li><li>Ny havn</li></ol>", *cases, foot), "utf-8")
    assert [(i.number, i.title) for i in parse(path).items] == [("1", "Ny skole"), ("2", "Ny bro"), ("3", "Ny havn")]


def test_recipients_and_letters_of_recommendations(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        items(
            "1. Ny skole\n\nAdministrationen indstiller\ntil Økonomiudvalget, at planen sendes i høring.\n\nBeslutning\nGodkendt.",
            "2. Ny bro\n\nRektors indstilling\nRektor indstiller, a) at budget B vedtages, og b) at der følges op i maj.\n\nBeslutning\nGodkendt.",
            "3. Ny havn\n\nIndstilling\nat styregruppen beslutter, at\n1. havnen drøftes,\n2. fristen fastsættes til maj.\n\nBeslutning\nGodkendt.",
        ),
        "utf-8",
    )
    read = [i.recommendations[0] for i in parse(path).items]
    assert [(r.by, r.to) for r in read] == [
        ("Administrationen", "Økonomiudvalget"),
        ("Rektor", None),
        (None, "styregruppen"),
    ]
    assert [len(r.points) for r in read] == [1, 2, 2]


def test_a_page_head_that_reads_like_a_heading(tmp_path: Path) -> None:
    page = "{}\nByrådets møde den 3. maj 2022\n\n{}\n"
    pages = [
        page.format(f"Side {n}", f"{n}. {title}\n\n{TWO[0]}")
        for n, title in ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn"))
    ]
    path = tmp_path / "a.txt"
    path.write_text(HEAD + "------------\n" + "\n------------\n\n".join(pages), "utf-8")
    assert [[str(s.kind) for s in i.sections] for i in parse(path).items] == [["indstilling", "beslutning"]] * 3


SIMPLE = "<h2>{}. {}</h2><h3>Indstilling</h3><p>Forvaltningen indstiller, at planen godkendes.</p><h3>{}</h3><p>{}</p>"
THREE = ((1, "Ny skole"), (2, "Ny bro"), (3, "Ny havn"))


def sections(tmp_path: Path, page: str) -> list[list[str]]:
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    return [[str(s.kind) for s in i.sections] for i in parse(path).items]


def test_a_form_around_the_page_is_no_search_form(tmp_path: Path) -> None:
    cases = "".join(SIMPLE.format(n, t, "Beslutning", "Godkendt.") for n, t in THREE)
    search = "<form id=soeg><p>Søg i dagsordener</p><h2>4. Søgning</h2></form>"
    whole = web(cases).replace("<body>", "<body><form id=aspnetForm>").replace("</body>", "</form></body>")
    assert sections(tmp_path, whole) == [["indstilling", "beslutning"]] * 3
    path = tmp_path / "a.html"
    path.write_text(web(search, cases), "utf-8")
    assert "Søg i dagsordener" not in "".join(s.text for i in parse(path).items for s in i.sections)
    assert len(parse(path).items) == 3


def test_a_heading_that_every_item_has_heads_decisions(tmp_path: Path) -> None:
    page = "<h2>{}. {}</h2><h3>Sagsfremstilling</h3><p>Den er ny.</p><h3>{}</h3><p>{}</p>"
    for said, kind in (("Godkendt.", "beslutning"), ("Der er 14 skoler i kommunen.", "andet")):
        read = sections(tmp_path, web(*(page.format(n, t, "Så vidt kom vi", said) for n, t in THREE)))
        assert read == [["sagsfremstilling", kind]] * 3


def test_what_a_page_says_of_files(tmp_path: Path) -> None:
    case = (
        "<h2>{}. {}</h2><h3>Indstilling</h3><p>Forvaltningen indstiller, at planen godkendes.</p><h3>Beslutning</h3>"
        "<p>Godkendt.</p><h3>Bilag</h3><ul><li><a href=a.pdf>Kort (1,7 MB)</a></li><li>Udtalelse fra politiet</li></ul>"
    )
    path = tmp_path / "a.html"
    path.write_text(web(*(case.format(n, t) for n, t in THREE)), "utf-8")
    read = parse(path).items
    assert [attached(i) for i in read] == [["Kort", "Udtalelse fra politiet"]] * 3


def attached_last(tmp_path: Path, skole: str, bro: str) -> list[list[str]]:
    """The attachments of two items in plain text, given as their last lines."""
    path = tmp_path / "a.txt"
    cases = (f"1. Ny skole\n\n{TWO[0]}\n\n{skole}", f"2. Ny bro\n\n{TWO[1]}\n\n{bro}")
    path.write_text(items(*cases), "utf-8")
    return [attached(i) for i in parse(path).items]


def test_letters_and_small_letters_of_attachments(tmp_path: Path) -> None:
    skole, bro = "Bilag\nA. Budget for 2008\nB. Notat om skolen", "Bilag: Foto af facade; skitse af 16. januar 2003."
    assert attached_last(tmp_path, skole, bro) == [
        ["Budget for 2008", "Notat om skolen"],
        ["Foto af facade", "skitse af 16. januar 2003"],
    ]


def test_who_presents_an_item_is_no_text(tmp_path: Path) -> None:
    texts = [f"{n}. {t}\nVed Ditte Hegelund - {n}5 min.\n\n{TWO[0]}" for n, t in THREE]
    assert [kinds for _, _, kinds in tree(tmp_path, items(*texts))] == [["indstilling", "beslutning"]] * 3
    texts = [f"{n}. {t}\nTuren tager {n}5 min.\n\n{TWO[0]}" for n, t in THREE]
    assert [kinds for _, _, kinds in tree(tmp_path, items(*texts))] == [["andet", "indstilling", "beslutning"]] * 3


def test_a_class_of_short_lines_that_come_again_holds_headings(tmp_path: Path) -> None:
    case = "<h3>{} {}</h3><p class=label>{}</p><p>Planen er ny.</p><p class=label>Økonomi</p><p>Ingen.</p><p class=label>Beslutning</p><p>Godkendt.</p>"
    assert (
        sections(tmp_path, web(*(case.format(n, t, "Fakta og vurdering") for n, t in THREE)))
        == [["sagsfremstilling", "oekonomi", "beslutning"]] * 3
    )


def test_a_body_before_its_decision_on_one_line(tmp_path: Path) -> None:
    case = "Sagen: Den er ny.\n\nØkonomiudvalget den 20. april 2022: Anbefales.\n\n{}: Godkendt."
    for body, last in (("Byrådet", "beslutning"), ("Museet", None)):
        read = tree(tmp_path, items(*(f"{n}. {t}\n\n{case.format(body)}" for n, t in THREE)))
        assert [kinds[-1] for _, _, kinds in read] == ["beslutning"] * 3
        assert {len(kinds) for _, _, kinds in read} == ({3} if last else {2}), read


def test_numbers_and_doors_before_titles(tmp_path: Path) -> None:
    texts = [f"3{n} | {'Lukket' if n == 3 else 'Åben'} | {t}\n\n{TWO[0]}" for n, t in THREE]
    path = tmp_path / "a.txt"
    path.write_text(items(*texts), "utf-8")
    read = parse(path).items
    assert [(i.number, i.title) for i in read] == [("31", "Ny skole"), ("32", "Ny bro"), ("33", "Ny havn")]
    assert [str(i.access) for i in read] == ["open", "open", "closed"]


def test_headings_that_nobody_knows_at_all(tmp_path: Path) -> None:
    bold = "<w:b/>"

    def case(n: int, title: str) -> str:
        return (
            p(f"{n}) {title}", look=bold)
            + p("Hvad snakkede vi om?", look=bold)
            + p(f"Bussen kører {n} gange, og mange bruger den om fredagen.")
            + p("Sådan gør vi", look=bold)
            + p(f"Vi tager orienteringen til efterretning. Nummer {n}.")
        )

    found = read(
        docx(p("Referat fra møde i Ungdomsrådet den 3. maj 2022") + "".join(case(*c) for c in THREE)), "a.docx"
    )
    assert [[s.heading for s in i.sections] for i in found] == [["Hvad snakkede vi om?", "Sådan gør vi"]] * 3
    assert kinds(found) == [["andet", "beslutning"]] * 3


def test_bold_words_that_come_once_head_nothing(tmp_path: Path) -> None:
    bold = "<w:b/>"
    cases = "".join(
        p(f"{n}) {title}", look=bold) + p(f"Om {title.lower()}", look=bold) + p("Den er ny.") + p("Godkendt.")
        for n, title in THREE
    )
    found = read(docx(p("Referat fra møde i Ungdomsrådet den 3. maj 2022") + cases), "a.docx")
    assert [[s.heading for s in i.sections] for i in found] == [[""]] * 3


def test_a_press_release_is_no_case(tmp_path: Path) -> None:
    text = "{}\n\nBred aftale om budget\n\nResumé\nPartierne er enige.\n\nIndstilling\nDet indstilles, at budgettet vedtages.\n\nBeslutning\nVedtaget.\n"
    path = tmp_path / "a.txt"
    for first, kind in (
        ("Pressemeddelelse fra Assens Kommune, 18. september 2025", "other"),
        ("Assens Kommune", "item"),
    ):
        path.write_text(text.format(first), "utf-8")
        assert str(parse(path).kind) == kind


def test_papers_that_commas_part(tmp_path: Path) -> None:
    skole = "Bilag: Skitseprojekt af 14. juni 2004, brev fra Ølgod Boldklub, notat om indsigelser."
    assert attached_last(tmp_path, skole, "Bilag: Kort over byen, marken og havnen.") == [
        ["Skitseprojekt af 14. juni 2004", "brev fra Ølgod Boldklub", "notat om indsigelser"],
        ["Kort over byen, marken og havnen."],
    ]


def test_a_cases_number_as_its_last_line(tmp_path: Path) -> None:
    case = "<article id=p{n}><h2>{n}. {t}</h2><h3>Beslutning</h3><p>Godkendt.</p><h3>Bilag</h3><ul><li>Kort</li></ul><small>Sagsnr.: 22/100{n}</small></article>"
    path = tmp_path / "a.html"
    path.write_text(web(*(case.format(n=n, t=t) for n, t in THREE)), "utf-8")
    assert [i.case_number for i in parse(path).items] == ["22/1001", "22/1002", "22/1003"]
    above = "<p>Sagsnr.: 22/100{n}</p><h2>{n}. {t}</h2><h3>Beslutning</h3><p>Godkendt.</p>"
    path.write_text(web(*(above.format(n=n, t=t) for n, t in THREE)), "utf-8")
    assert [i.case_number for i in parse(path).items] == ["22/1001", "22/1002", "22/1003"]


def test_the_way_to_a_page_is_no_title(tmp_path: Path) -> None:
    page = (
        "<html><body><div>Forside / Politik / Møder / Byrådet 25. juni 2019</div><p>Byrådets møde tirsdag den 25. juni 2019</p>"
        "<h1>Nedrivning af stationen</h1><h2>Om sagen</h2><p>Den er fra 1874.</p><h2>Indstilling</h2><p>Det indstilles, at den nedrives.</p>"
        "<h2>Byrådet, den 25. juni 2019</h2><p>Godkendt.</p><div id=bund>Tlf. 70 00 00 00 · Kontakt</div></body></html>"
    )
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    (only,) = parse(path).items
    assert only.title == "Nedrivning af stationen"
    assert only.sections[-1].text == "Godkendt."


def test_bold_print_up_to_its_comma_is_a_heading(tmp_path: Path) -> None:
    case = "<h2>{}. {}</h2><p><b>Sagsfremstilling</b></p><p>Den er ny.</p><p><b>Direktionen indstiller</b>,</p><p>at den godkendes.</p><p><b>Beslutning</b></p><p>Godkendt.</p>"
    assert (
        sections(tmp_path, web(*(case.format(n, t) for n, t in THREE)))
        == [["sagsfremstilling", "indstilling", "beslutning"]] * 3
    )
