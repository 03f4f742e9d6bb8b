"""Words of the minutes that look like the page's own: each was once labelled furniture or chrome and left a section."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pdffile import lines, pdf
from minutes_parser import parse
from minutes_parser.model import Item, Minutes

HEAD = "Havby Kommune\nReferat\nByrådet\nTirsdag den 3. maj 2022 kl. 17.00\n\n"


def last_item(text: str) -> Item:
    return parse((HEAD + "Punkt 1: Valg\n\nBeslutning\nGodkendt.\n\n" + text).encode()).items[-1]


def test_a_sentence_may_end_in_a_word_of_web_pages() -> None:
    item = last_item(
        "Punkt 2: Rygning\n\nSagsfremstilling\nDet er kun storrygere, der er\ntilbage.\n\nBeslutning\nUdsat.\n"
    )
    assert item.sections[0].text.endswith("tilbage.")
    button = last_item(
        "Punkt 2: Rygning\n\nSagsfremstilling\nDe fleste er holdt op.\n\nBeslutning\nUdsat.\n\nTilbage\n"
    )
    assert button.sections[-1].text == "Udsat."


def test_numbers_of_a_column_count_no_pages() -> None:
    cells = "Skoler\n214,3\n211,9\n-2,4\nSundhed\n489,1\n492,0\n2,9\nPlan\n118,4\n117,7\n-3,7\nI alt\n-3,2\n"
    item = last_item(f"Punkt 2: Budget\n\nSagsfremstilling\n{cells}Beløb i mio. kr.\n\nBeslutning\nUdsat.\n")
    assert item.sections[0].text.split() == f"{cells}Beløb i mio. kr.".split()


def test_dots_in_a_quotation_are_text() -> None:
    item = last_item("Punkt 2: Vej\n\nSagsfremstilling\nByggelinjer er:\n[...]\nØstervej 4 m\n\nBeslutning\nUdsat.\n")
    assert "[...]" in item.sections[0].text


def test_a_closed_item_behind_the_last_button_stays() -> None:
    page = (
        "<html><body><h1>Referat af Byrådets møde den 3. maj 2022</h1><h2>1. Valg</h2><h3>Beslutning</h3><p>Godkendt.</p>"
        "<p>Til toppen</p><h2>2. Ikke-offentligt punkt</h2><p>Behandlet efter styrelseslovens § 10.</p>{}</body></html>"
    )
    assert parse(page.format("").encode()).items[-1].sections[-1].text.startswith("Behandlet efter")
    with_news = parse(page.format("<p>Læs også</p><p>Ny skole</p>").encode())
    assert with_news.items[-1].sections[-1].text == "Behandlet efter styrelseslovens § 10."


def test_the_same_line_at_the_same_height_inside_the_text_is_no_header() -> None:
    page = ["Havby Kommune", "Punkt {}: Køb af hus {}", "Sagsprocedure", "Byrådet.", "Beslutning", "Godkendt, hus {}."]
    minutes = parse(pdf(*(lines(*(row.format(n, n) for row in page)) for n in range(1, 6))))
    for item in minutes.items:
        assert item.sections[0].text == "Byrådet.", item
        assert all("Havby" not in section.text for section in item.sections)


def test_case_numbers_that_rise_from_item_to_item_count_no_pages() -> None:
    items = [
        f"{n}. Hus {n}\nSagsnr.\n22/884{n}\n\nIndstilling\nat huset købes\n\nBeslutning\nUdsat." for n in (1, 2, 3)
    ]
    read = parse((HEAD + "\n\n".join(items)).encode()).items
    assert [(i.case_number, i.sections[0].text) for i in read] == [(f"22/884{n}", "at huset købes") for n in (1, 2, 3)]


def test_a_row_that_ends_in_a_page_is_a_row() -> None:
    row = "<table><tr><td>Rapport om støj</td><td>side 12</td></tr></table>"
    page = f"<html><body><h1>Referat af Byrådets møde den 3. maj 2022</h1><h2>1. Støj</h2><h3>Sagsfremstilling</h3><p>Se:</p>{row}"
    item = parse(f"{page}<h3>Beslutning</h3><p>Udsat.</p></body></html>".encode()).items[0]
    assert any("side 12" in section.text for section in item.sections)


@pytest.mark.parametrize(
    "end",
    ["Mandag, den 13. juni 2022\nkl. 16 i kantinen.", "(Bilag 57.1 viser, at støjen er lav.)", "Næste gang mødes vi."],
)
def test_a_decisions_last_words_stay(end: str) -> None:
    item = last_item(f"Punkt 2: Støj\n\nBeslutning\nGodkendt. Udvalget ser på stedet.\n{end}\n")
    assert item.sections[-1].text.split()[-2:] == end.split()[-2:]


def test_minutes_without_any_heading() -> None:
    read = parse((HEAD + "1. Ny skole\nGodkendt.\n\n2. Ny bro\nUdsat til juni.\n\n3. Eventuelt\nIntet.\n").encode())
    assert read.kind == "minutes"
    assert [i.sections[0].text for i in read.items] == ["Godkendt.", "Udsat til juni.", "Intet."]
    assert [str(d.outcome) for i in read.items for d in i.decisions] == ["adopted", "postponed"]


@pytest.mark.parametrize("by", ["Natur og Miljø", "Teknisk Forvaltning", "Borgmesteren", "Direktionen"])
def test_who_recommends_at_the_end_of_a_case(by: str) -> None:
    text = (
        f"Punkt 2: Støj\n\nSagsfremstilling\nDer er larm.\n{by} indstiller, at volden bygges.\n\nBeslutning\nUdsat.\n"
    )
    assert [(r.by, r.points[0].text) for r in last_item(text).recommendations] == [(by, "volden bygges.")]


def test_who_says_that_somebody_recommends_recommends_nothing() -> None:
    text = "Naboerne skriver, at Teknisk Udvalg indstiller, at volden bygges."
    assert last_item(f"Punkt 2: Støj\n\nSagsfremstilling\n{text}\n\nBeslutning\nUdsat.\n").recommendations == []


# What a reader who looked for losses found: each was furniture, the page's own or an item's data for a day.


def html(tmp_path: Path, body: str) -> Minutes:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{body}</body></html>", "utf-8")
    return parse(path)


FRONT = "<p>Byrådet den 3. maj 2024</p><h1>Referat</h1>"
ITEM = "<h2>{n}. Sag {n}</h2>{x}"


def test_buttons_that_unfold_sections_are_no_tabs(tmp_path: Path) -> None:
    panels = "<button class=b>Indstilling</button><div><p>At den godkendes.</p></div><button class=b>Beslutning</button><div></div><button class=b>Bilag</button><div><p>Kort over skolen</p></div>"
    read = html(tmp_path, FRONT + "".join(ITEM.format(n=n, x=panels) for n in (1, 2, 3)))
    assert [[s.heading for s in i.sections] for i in read.items] == [["Indstilling", "Beslutning", "Bilag"]] * 3


def test_a_class_of_the_pages_foot_inside_an_item(tmp_path: Path) -> None:
    case = "<article class=item><h2>{n}. Sag {n}</h2><h3>Indstilling</h3><p>At den godkendes.</p><{tag}><h3>Beslutning</h3><p>Godkendt.</p></{end}></article>"
    for tag, end in (('div class="footer"', "div"), ('div class="bund"', "div"), ("footer", "footer")):
        read = html(tmp_path, FRONT + "".join(case.format(n=n, tag=tag, end=end) for n in (1, 2, 3)))
        assert [i.sections[-1].text for i in read.items] == ["Godkendt."] * 3, tag


def test_a_form_further_in_and_another_beside_it(tmp_path: Path) -> None:
    cases = "".join(ITEM.format(n=n, x="<h3>Beslutning</h3><p>Godkendt som indstillet.</p>") for n in (1, 2, 3))
    read = html(tmp_path, f"<div id=wrapper><form id=aspnetForm><div>{FRONT}{cases}</div></form></div>")
    assert [i.sections[-1].text for i in read.items] == ["Godkendt som indstillet."] * 3
    read = html(tmp_path, f"<form>{FRONT}{cases}</form><form class=nyhed><p>Skriv din adresse her</p></form>")
    assert "Skriv din adresse" not in read.items[-1].sections[-1].text


def test_what_comes_next_in_a_decision_is_no_button(tmp_path: Path) -> None:
    said = "<h3>Beslutning</h3><p>Udsættes.</p><p>Næste punkt: Anna Holm forlod mødet.</p>"
    read = html(tmp_path, FRONT + "".join(ITEM.format(n=n, x=said) for n in (1, 2)))
    assert all("Anna Holm forlod mødet." in i.sections[-1].text for i in read.items)


@pytest.mark.parametrize(
    "line",
    [
        "Oplæg v/ Anna Holm om skolen. Der var spørgsmål i 20 min.",
        "Ved mødet deltog rektor, som fortalte om skolen (30 min.)",
        "Tiden til skolen er i gennemsnit 20 minutter",
        "Tid og sted: borgermødet varede 90 minutter",
        "Udvalget besøgte skolen i går. Rejsen tog (mindst) - 45 minutter",
        "kl. 18.00-18.30",
        "125.000 kr.",
        "Elvej 1, 8000 By",
    ],
)
def test_sentences_hours_and_amounts_below_a_title_are_text(tmp_path: Path, line: str) -> None:
    case = "<p>{line}</p><h3>Beslutning</h3><p>Godkendt.</p>"
    read = html(tmp_path, FRONT + "".join(ITEM.format(n=n, x=case.format(line=line)) for n in (1, 2, 3)))
    assert all(i.sections[0].text == line for i in read.items)
    assert {i.case_number for i in read.items} == {None}


def test_a_number_at_an_items_end_is_the_cases_only_where_items_end_so(tmp_path: Path) -> None:
    text = "Referat af mødet i Byrådet den 3. maj 2024\n\n" + "\n\n".join(
        f"Punkt {n}: Sag {n}\n\nBeslutning\nGodkendt som delvis gentagelse af sagen\nSagsnr. 23/99887{n}"
        for n in (1, 2, 3)
    )
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    assert [i.case_number for i in parse(path).items] == ["23/998871", "23/998872", "23/998873"]
    path.write_text(text.replace("\nSagsnr. 23/998872", "").replace("\nSagsnr. 23/998873", ""), "utf-8")
    first, *others = parse(path).items
    assert first.case_number is None
    assert "23/998871" in first.sections[-1].text
    assert [i.case_number for i in others] == [None, None]


def test_yes_and_no_are_decisions_unless_a_page_asks(tmp_path: Path) -> None:
    answers = ("Ja", "Nej", "Ja")
    items = "".join(f"<h2>{n}. Sag {n}</h2><h3>Beslutning</h3><p>{a}</p>" for n, a in enumerate(answers, 1))
    end = "<p>Var denne side nyttig?</p><p>Ja</p><p>Nej</p>"
    read = html(tmp_path, f"<h1>Referat af møde i Ungdomsrådet den 3. maj 2024</h1>{items}{end}")
    assert [i.sections[-1].text for i in read.items] == list(answers)


def test_links_of_one_name_below_the_heading_of_attachments_are_attachments(tmp_path: Path) -> None:
    files = '<h3>Bilag</h3><p><a href="/a.pdf">Hent bilag</a></p><p><a href="/b.pdf">Hent bilag</a></p>'
    files += "<h3>Beslutning</h3><p>Godkendt.</p>"
    read = html(tmp_path, FRONT + "".join(ITEM.format(n=n, x=files) for n in (1, 2)))
    assert [[a.href for a in i.attachments] for i in read.items] == [["/a.pdf", "/b.pdf"]] * 2


def test_a_sentence_behind_a_closing_word_is_the_last_items(tmp_path: Path) -> None:
    decided = "<h3>Beslutning</h3><p>Godkendt.</p>"
    first, last = ITEM.format(n=1, x=decided), ITEM.format(n=2, x=decided)
    read = html(tmp_path, f"{FRONT}{first}{last}<p>Kontakt: Skolen skal kontakte forældrene.</p>")
    assert "Kontakt: Skolen skal" in read.items[-1].sections[-1].text
    read = html(tmp_path, f"{FRONT}{first}{last}<p>Kontakt: Bo Ry, 12345678</p>")
    assert "Bo Ry" not in read.items[-1].sections[-1].text
