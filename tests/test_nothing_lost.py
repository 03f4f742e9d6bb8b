"""Words of the minutes that look like the page's own: each was once labelled furniture or chrome and left a section."""

from __future__ import annotations

from extract.pdffile import lines, pdf
from minutes_parser import parse
from minutes_parser.model import Item

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
