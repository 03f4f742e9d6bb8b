"""PDF: lines in reading order with place, size and weight; tables as cells; what cannot be read is told."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fpdf
import pdfplumber
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.pdffile import FONTS, bare, document, embedded, lines, pdf, put, shown, stream, without_map
from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.extract import _pdftables
from minutes_parser.extract._pdfspaced import spaced, tightened
from minutes_parser.extract._pdfwords import readable
from minutes_parser.extract.pdf import repaired
from minutes_parser.findings import Limits, Options
from minutes_parser.kinds import Code
from minutes_parser.pipeline import explain, extract
from minutes_parser.source import Source
from minutes_parser.text import Line, SourceText

SAMPLES = sorted((Path(__file__).parent.parent.parent / "samples").glob("*/*.pdf"))
PROSE = [
    "Udvalget behandlede sagen om den nye skole og besluttede at sende den videre til byrådet.",
    "Forvaltningen har ikke yderligere bemærkninger til sagen, som blev godkendt på mødet.",
    "Der er afsat penge i budgettet til formålet, og arbejdet kan begynde efter ferien.",
]


def read(data: bytes, **options: Any) -> SourceText:
    return extract(Source("referat.pdf", data), Options(**options))


def drawn(*pages: Callable[[Canvas], None], **options: Any) -> SourceText:
    return read(pdf(*pages, **options))


def texts(*pages: Callable[[Canvas], None], **options: Any) -> list[str]:
    return [line.text for line in drawn(*pages, **options).lines]


def codes(text: SourceText) -> set[Code]:
    return {f.code for f in text.findings}


def message(text: SourceText, code: Code) -> str:
    return next(f.message for f in text.findings if f.code is code)


# -- lines -----------------------------------------------------------------------------------------------------------


def test_lines_with_page_box_size_and_weight() -> None:
    def page(c: Canvas) -> None:
        put(c, 60, 780, "Indstilling", "Helvetica-Bold", 14)
        put(c, 60, 760, "Forvaltningen indstiller, at sagen godkendes.")

    text = drawn(page, lines("Side to"))
    one, two, three = text.lines
    assert [(line.text, line.page, line.size, line.bold) for line in text.lines] == [
        ("Indstilling", 1, 14.0, True),
        ("Forvaltningen indstiller, at sagen godkendes.", 1, 11.0, False),
        ("Side to", 2, 11.0, False),
    ]
    assert text.pages == 2
    assert one.box is not None
    assert two.box is not None
    assert abs(one.box[0] - 60) < 2
    assert one.box[1] < one.box[3] <= two.box[1] + 1
    assert (one.gap, three.gap) == (None, None)
    assert two.gap is not None
    assert 0 <= two.gap < 1


@pytest.mark.parametrize("font", ["Helvetica-Bold", "Times-Bold", "Courier-BoldOblique"])
def test_bold_by_the_fonts_name(font: str) -> None:
    (line,) = drawn(lines("Beslutning", font=font)).lines
    assert line.bold


def test_bold_by_a_stroke_around_the_letters() -> None:
    def page(c: Canvas) -> None:
        text = c.beginText(60, 700)
        text.setFont("Helvetica", 11)
        text.setTextRenderMode(2)
        text.textOut("Fed ved streg")
        c.drawText(text)

    assert drawn(page).lines[0].bold


@pytest.mark.parametrize("by", ["line", "block"])
def test_fake_bold_is_read_once(by: str) -> None:
    """Each line twice, a hair apart: line by line, or the whole block and then the block again."""
    places = [(n, shift) for n in range(8) for shift in (0, 0.3)]
    if by == "block":
        places.sort(key=lambda place: place[1])

    def page(c: Canvas) -> None:
        for n, shift in places:
            put(c, 60 + shift, 700 - 14 * n, f"Overskriftens linje {n}")

    text = drawn(page)
    assert [line.text for line in text.lines] == [f"Overskriftens linje {n}" for n in range(8)]
    if by == "block":
        assert all(line.bold for line in text.lines)


def test_the_same_words_elsewhere_are_no_fake_bold() -> None:
    assert texts(lines("Beslutning", "Godkendt", "Beslutning", "Godkendt")) == ["Beslutning", "Godkendt"] * 2


def test_a_bold_beginning() -> None:
    def page(c: Canvas) -> None:
        put(c, 60, 700, "Indstilling:", "Helvetica-Bold")
        put(c, 60 + c.stringWidth("Indstilling: ", "Helvetica-Bold", 11), 700, "At sagen godkendes.")

    (line,) = drawn(page).lines
    assert (line.text, line.bold, line.text[: line.lead].strip()) == (
        "Indstilling: At sagen godkendes.", False, "Indstilling:",
    )  # fmt: skip


def test_what_is_drawn_out_of_place_goes_back_by_its_height() -> None:
    def page(c: Canvas) -> None:
        put(c, 60, 700, "Brødtekst et")
        put(c, 60, 686, "Brødtekst to")
        put(c, 60, 60, "Side 1 af 2")
        put(c, 60, 810, "Fjordby Kommune")

    assert texts(page) == ["Fjordby Kommune", "Brødtekst et", "Brødtekst to", "Side 1 af 2"]


# -- hyphens, letters ------------------------------------------------------------------------------------------------


def test_line_end_hyphens_are_marked_and_stay() -> None:
    text = drawn(lines("Udvalget vedtog et klyngesam-", "arbejde mellem Kultur- og", "Fritidsudvalget - og mere"))
    assert [(line.text, line.hyphen) for line in text.lines] == [
        ("Udvalget vedtog et klyngesam-", True),
        ("arbejde mellem Kultur- og", False),
        ("Fritidsudvalget - og mere", False),
    ]


def test_ligatures_are_letters() -> None:
    maps = pdf(lines("ABCDE", font=embedded()), pageCompression=0)
    for code, ligature in (("41", "FB01"), ("42", "FB02"), ("43", "FB00"), ("44", "FB03"), ("45", "FB04")):
        maps = maps.replace(f"<{code}> <00{code}>".encode(), f"<{code}> <{ligature}>".encode())
    assert read(maps).text == "fiflffffiffl"


@pytest.mark.parametrize(("glyph", "letters"), [(415, "ti"), (332, "ft"), (425, "tt"), (431, "ff"), (322, "fj")])
def test_ligature_glyphs_without_a_map_are_known_by_number(glyph: int, letters: str) -> None:
    """As Microsoft Print to PDF leaves Calibri's: two-byte codes that are glyph numbers, and no map for some of them."""
    data = identity(f"<{ord('s'):04X}{glyph:04X}{ord('l'):04X}{ord('e'):04X}>", {ord(ch): ch for ch in "sle"})
    assert read(data).text == f"s{letters}le"


def test_letters_without_a_map_are_told() -> None:
    text = read(without_map(pdf(lines(*PROSE, font=embedded()), pageCompression=0)))
    assert "\ufffd" in text.text
    assert text.text.replace("\ufffd", "").split()[:2] == ["Udvalget", "behandlede"]
    assert Counter(text.text)["\ufffd"] == sum(ch in "æøå" for ch in "".join(PROSE))
    assert "page 1" in message(text, Code.UNREADABLE_TEXT)


def identity(codes_: str, known: dict[int, str]) -> bytes:
    """A PDF with text of two-byte codes in an embedded font and a map for the known ones only."""
    pairs = "".join(f"<{code:04X}> <{ord(letter):04X}>\n" for code, letter in known.items())
    cmap = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange {len(known)} beginbfchar {pairs} endbfchar endcmap end end"
    font = (FONTS / "Vera.ttf").read_bytes()
    return document(
        f"BT /F 11 Tf 60 780 Td {codes_} Tj ET".encode(),
        more={
            4: "<< /Type /Font /Subtype /Type0 /BaseFont /Vera /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
            6: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Vera /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R /DW 600 /CIDToGIDMap /Identity >>",
            7: stream(cmap.encode()),
            8: "<< /Type /FontDescriptor /FontName /Vera /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 9 0 R >>",
            9: stream(font, f"/Length1 {len(font)}"),
        },
    )


def test_decomposed_letters_and_invisible_ones() -> None:
    maps = pdf(lines("AXen", font=embedded()), pageCompression=0)
    data = maps.replace(b"<58> <0058>", b"<58> <030A>").replace(b"<6E> <006E>", b"<6E> <200B>")
    assert read(data).text == "Åe"


@pytest.mark.parametrize(
    "said",
    ["Åben dagsorden: § 5, ½ time – “citat” … 3 €", "ÆØÅ æøå éüö", "a\u00a0b"],
    ids=["signs", "letters", "blank"],
)
def test_danish_letters(said: str) -> None:
    assert read(document(shown(said))).text == said.replace("\u00a0", " ")


# -- letters set apart -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["charspace", "blanks", "placed", "far"])
def test_headings_with_letters_set_apart(way: str) -> None:
    def page(c: Canvas) -> None:
        if way == "charspace":
            text = c.beginText(60, 700)
            text.setFont("Helvetica-Bold", 12)
            text.setCharSpace(4)
            text.textOut("Sagsfremstilling")
            c.drawText(text)
        elif way == "blanks":
            put(c, 60, 700, " ".join("Sagsfremstilling"), "Helvetica-Bold", 12)
        else:
            for n, letter in enumerate("Sagsfremstilling"):
                put(c, 60 + n * (13 if way == "placed" else 24), 700, letter, "Helvetica-Bold", 12)
        put(c, 60, 680, "Der er sat penge af til skolen.")

    text = drawn(page)
    assert [line.text for line in text.lines] == ["Sagsfremstilling", "Der er sat penge af til skolen."]
    assert text.lines[0].bold
    assert text.lines[0].cells == ()
    assert text.lines[0].box is not None
    assert abs(text.lines[0].box[0] - 60) < 2


@pytest.mark.parametrize("listed", ["A C F O V", "A B C D E F", "1 2 3 4 5 6", "a 1 b 2 c", "I V"])
def test_lists_of_letters_stay(listed: str) -> None:
    assert texts(lines("For stemte", listed)) == ["For stemte", listed]


def test_words_set_apart_keep_their_blank() -> None:
    assert spaced("N y s k o l e")
    assert tightened("Nyskole", [4, 10, 4, 4, 4, 4]) == "Ny skole"


# -- cells and columns -----------------------------------------------------------------------------------------------


def test_cells_by_gaps() -> None:
    def page(c: Canvas) -> None:
        for n in range(3):
            put(c, 60, 700 - 14 * n, f"Post {n}")
            put(c, 250, 700 - 14 * n, f"{n}00")
            put(c, 350, 700 - 14 * n, f"{n}50")

    lines_ = drawn(page).lines
    assert [line.cells for line in lines_] == [(f"Post {n}", f"{n}00", f"{n}50") for n in range(3)]
    assert lines_[0].text == "Post 0\t000\t050"


def test_raised_and_lowered_figures_stay_in_their_sentence() -> None:
    def page(c: Canvas) -> None:
        at = 60.0
        for text, rise, size in (("Areal 1.446 m", 0, 11), ("2", 5, 7), (" vej og 20 t. CO", 0, 11), ("2", -3, 7), (". Slut", 0, 11)):  # fmt: skip
            put(c, at, 700 + rise, text, size=size)
            at += c.stringWidth(text, "Helvetica", size)

    (line,) = drawn(page).lines
    assert line.text == "Areal 1.446 m2 vej og 20 t. CO2. Slut"
    assert line.cells == ()


def test_bullets_and_numbers_set_apart_are_markers() -> None:
    def page(c: Canvas) -> None:
        for n, marker in enumerate(["•", "-", "3.", "a)"]):
            put(c, 60, 700 - 14 * n, marker)
            put(c, 95, 700 - 14 * n, "punkt")

    lines_ = drawn(page).lines
    assert [line.text for line in lines_] == ["• punkt", "- punkt", "3. punkt", "a) punkt"]
    assert [line.marker for line in lines_] == [2, 2, 3, 3]
    assert [line.cells for line in lines_] == [()] * 4


def test_label_and_value_drawn_as_two_frames() -> None:
    def page(c: Canvas) -> None:
        for n, label in enumerate(["Dato:", "Tid:", "Sted:"]):
            put(c, 60, 700 - 14 * n, label, "Helvetica-Bold")
        for n, value in enumerate(["12. marts 2024", "16.30", "Rådhuset"]):
            put(c, 160, 700 - 14 * n, value)

    assert texts(page) == ["Dato:\t12. marts 2024", "Tid:\t16.30", "Sted:\tRådhuset"]


COLUMN = [
    "Udvalget behandlede sagen om den",
    "nye skole og besluttede at sende",
    "den videre til byrådet. Der er ikke",
    "andre bemærkninger til sagen, som",
    "blev drøftet på det forrige møde.",
]


@pytest.mark.parametrize("across", [False, True])
def test_two_column_pages(across: bool) -> None:
    """The columns one after the other, also where the producer draws line by line across both."""
    places = [(column, n) for column in range(2) for n in range(5)]
    if across:
        places.sort(key=lambda place: place[1])

    def page(c: Canvas) -> None:
        put(c, 60, 720, "Orientering", "Helvetica-Bold", 14)
        for column, n in places:
            put(c, 60 + 260 * column, 700 - 14 * n, f"{column} {COLUMN[n]}")

    assert texts(page) == ["Orientering", *(f"{column} {text}" for column in range(2) for text in COLUMN)]


def test_a_table_of_short_cells_is_no_page_of_columns() -> None:
    def page(c: Canvas) -> None:
        for n in range(6):
            put(c, 60, 700 - 14 * n, f"Indtægter af drift nr. {n}")
            put(c, 320, 700 - 14 * n, f"kr. 121.62{n} i alt")

    assert all(len(line.cells) == 2 for line in drawn(page).lines)


# -- turned pages ----------------------------------------------------------------------------------------------------


def upright(c: Canvas) -> None:
    put(c, 60, 780, "Første linje på siden")
    put(c, 60, 766, "Anden linje på siden")
    put(c, 320, 766, "celle")


def turned(c: Canvas, quarter: int) -> None:
    """The upright page's content turned against the clock."""
    width, height = 595.28, 841.89
    if quarter == 1:
        c.translate(width, 0)
    elif quarter == 2:
        c.translate(width, height)
    elif quarter == 3:
        c.translate(0, height)
    c.rotate(90 * quarter)
    for x, y, text in ((60, 500, "Første linje på siden"), (60, 486, "Anden linje på siden"), (320, 486, "celle")):
        put(c, x, y, text)


def rotated(data: bytes, quarter: int) -> bytes:
    """The file with its pages marked as turned with the clock."""
    opened = pypdfium2.PdfDocument(data)
    for page in opened:
        page.set_rotation(90 * quarter)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
@pytest.mark.parametrize("marked", [True, False])
def test_turned_pages_are_read_as_if_upright(quarter: int, marked: bool) -> None:
    """Content that is turned on the page, with the page's own mark that it has to be turned back and without."""
    data = pdf(lambda c: turned(c, quarter), size=(595.28, 841.89))
    text = read(rotated(data, quarter) if marked else data)
    assert [line.text for line in text.lines] == ["Første linje på siden", "Anden linje på siden\tcelle"]
    assert text.lines[1].cells == ("Anden linje på siden", "celle")
    for line in text.lines:
        assert line.box is not None
        assert line.box[2] - line.box[0] > line.box[3] - line.box[1] > 5
        assert line.box[0] >= 0
        assert line.box[1] >= 0


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_pages_that_lie_wrong_are_read_all_the_same(quarter: int) -> None:
    text = read(rotated(pdf(upright), quarter))
    assert [line.text for line in text.lines] == ["Første linje på siden", "Anden linje på siden\tcelle"]


def test_sideways_text_in_the_margin_comes_last() -> None:
    def page(c: Canvas) -> None:
        c.saveState()
        c.translate(30, 300)
        c.rotate(90)
        put(c, 0, 0, "Dok.nr. 123-2024", size=8)
        c.restoreState()
        lines(*PROSE)(c)

    text = drawn(page)
    assert [line.text for line in text.lines] == [*PROSE, "Dok.nr. 123-2024"]
    box = text.lines[-1].box
    assert box is not None
    assert box[2] - box[0] < box[3] - box[1]


# -- hidden text -----------------------------------------------------------------------------------------------------


def test_tiny_text_and_text_off_the_page_is_labelled_hidden() -> None:
    def page(c: Canvas) -> None:
        lines(*PROSE)(c)
        put(c, 60, 600, "06-10-2016 13:00", size=2)
        put(c, -400, 500, "udenfor til venstre")
        put(c, 60, -80, "nedenfor")

    text = drawn(page)
    assert {line.text: line.role for line in text.lines if line.role} == {
        "06-10-2016 13:00": "hidden",
        "udenfor til venstre": "hidden",
        "nedenfor": "hidden",
    }
    assert message(text, Code.HIDDEN_TEXT).startswith("3 lines")
    labels = {r.label for r in explain(Source("a.pdf", pdf(page))).minutes.regions}
    assert "furniture" in labels


def test_white_and_invisible_text_is_read() -> None:
    """White may stand on black, and invisible text is what OCR lays under a picture."""

    def page(c: Canvas) -> None:
        c.setFillColorRGB(1, 1, 1)
        put(c, 60, 700, "Hvid overskrift")
        text = c.beginText(60, 680)
        text.setFont("Helvetica", 11)
        text.setTextRenderMode(3)
        text.textOut("Usynlig tekst fra OCR")
        c.drawText(text)

    assert texts(page) == ["Hvid overskrift", "Usynlig tekst fra OCR"]


@pytest.mark.parametrize(
    "box",
    ["[0 0 1 1]", "[0 0 0 0]", "[595 842 0 0]", "[-9e9 -9e9 9e9 9e9]", "[0 0 1e38 1e38]", "[(a) (b) (c) (d)]", "[0 0 595]", "null"],
)  # fmt: skip
def test_the_pages_box_does_not_matter_for_its_text(box: str) -> None:
    text = read(document(shown("Referat", "Godkendt"), page=f"/MediaBox {box}"))
    assert sorted(line.text for line in text.lines) == ["Godkendt", "Referat"]
    assert not any(line.role for line in text.lines)


def test_a_cropped_page_counts_from_its_corner() -> None:
    text = read(document(shown("Referat"), page="/MediaBox [0 0 595 842] /CropBox [50 40 545 800]"))
    box = text.lines[0].box
    assert box is not None
    assert abs(box[0] - 10) < 2
    assert 5 < box[1] < 25


# -- no text, garbage ------------------------------------------------------------------------------------------------


def picture(c: Canvas) -> None:
    c.rect(100, 100, 300, 300, fill=1)


def test_pages_without_text_are_named() -> None:
    text = drawn(lines("Side et"), picture, lines("Side tre"), lambda c: None)
    assert text.pages == 4
    assert [line.page for line in text.lines] == [1, 3]
    assert "pages 2, 4" in message(text, Code.NO_TEXT_LAYER)


def test_a_document_without_text_says_how_to_recognise_it() -> None:
    with pytest.raises(Unreadable) as caught:
        drawn(picture, picture)
    assert caught.value.code == "no-text-layer"
    assert "ocrmypdf -l Latin in.pdf out.pdf" in str(caught.value)


def test_one_page_with_a_broken_stream() -> None:
    data = pdf(lines(*PROSE), lines(*PROSE), lines(*PROSE))
    at = data.index(b"stream", data.index(b"stream", data.index(b"stream") + 20) + 20)
    data = data[: at + 10] + b"\xff" * 30 + data[at + 40 :]
    text = read(data)
    assert {line.page for line in text.lines} <= {1, 2, 3}
    assert len({line.page for line in text.lines}) == 2
    assert Code.NO_TEXT_LAYER in codes(text)


def shifted(text: str) -> str:
    return "".join(chr((ord(ch) - 97 + 7) % 26 + 97) if "a" <= ch <= "z" else ch for ch in text)


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("\n".join(PROSE * 5), True),
        ("\n".join(shifted(line) for line in PROSE * 5), False),
        ("\ue012\ue034\ue056 " * 100, False),
        ("(cid:12)(cid:15)" * 50, False),
        ("kort", True),
        ("\n".join(f"{n}. Indledning {'.' * 100} {n}" for n in range(20)), True),
        ("\n".join(f"Anders Holm Sørensen{n}" for n in range(40)), True),
        ("\n".join(f"{n} 1.{n}00.000 2.{n}50.000" for n in range(40)), True),
        ("m\ufffdde p\ufffd r\ufffddhuset og der er " * 10, True),
    ],
    ids=["prose", "shifted", "private", "cid", "short", "contents", "names", "figures", "some"],
)
def test_garbage_is_told_from_text(text: str, fine: bool) -> None:
    assert readable(text) is fine


def test_a_garbage_text_layer_is_a_finding() -> None:
    garbage = lines(*(shifted(line) for line in PROSE * 8))
    text = drawn(lines(*PROSE * 8), garbage)
    found = next(f for f in text.findings if f.code is Code.UNREADABLE_TEXT)
    assert "page 2 " in found.message
    assert found.severity.value == "error"
    assert codes(drawn(lines(*PROSE * 8))) == set()


# -- ruled tables ----------------------------------------------------------------------------------------------------


def ruled(c: Canvas, rows: list[list[str]], x: float = 60, y: float = 700, wrap: bool = False) -> None:
    widths = [150] * len(rows[0])
    high = 40 if wrap else 18
    for n, row in enumerate(rows):
        for k, cell in enumerate(row):
            for m, part in enumerate(cell.split("\n")):
                put(c, x + sum(widths[:k]) + 4, y - high * n - 13 * (m + 1), part, size=9)
    for n in range(len(rows) + 1):
        c.line(x, y - high * n, x + sum(widths), y - high * n)
    for k in range(len(widths) + 1):
        c.line(x + sum(widths[:k]), y, x + sum(widths[:k]), y - high * len(rows))


def test_ruled_tables_are_rows_of_cells() -> None:
    def page(c: Canvas) -> None:
        put(c, 60, 740, "Udgiften fordeler sig således:")
        ruled(c, [["Post", "2024", "Bemærkning"], ["Anlæg af sti", "4.100", "heraf bro\nog belysning"], ["", "5", "i alt"]], wrap=True)  # fmt: skip
        put(c, 60, 540, "Afledt drift udgør 45.000 kr.")

    found = drawn(page).lines
    assert [line.text for line in found] == [
        "Udgiften fordeler sig således:",
        "Post\t2024\tBemærkning",
        "Anlæg af sti\t4.100\theraf bro og belysning",
        "5\ti alt",
        "Afledt drift udgør 45.000 kr.",
    ]
    assert [line.cells for line in found[1:4]] == [
        ("Post", "2024", "Bemærkning"),
        ("Anlæg af sti", "4.100", "heraf bro og belysning"),
        ("", "5", "i alt"),
    ]


def test_tables_are_looked_for_on_ruled_pages_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = _pdftables.with_tables

    def watched(page: int, found: list[Line]) -> Any:
        asked.append(found[0].page or 0)
        return real(page, found)

    monkeypatch.setattr(_pdftables, "with_tables", watched)
    table = lambda c: ruled(c, [["a", "b"], ["c", "d"], ["e", "f"]])  # noqa: E731
    underlined = lambda c: (lines(*PROSE)(c), [c.line(60, 778 - 14 * n, 500, 778 - 14 * n) for n in range(9)])  # noqa: E731
    framed = lambda c: (lines(*PROSE)(c), c.rect(50, 50, 495, 740))  # noqa: E731
    drawn(lines(*PROSE), table, underlined, framed)
    assert asked == [2]
    read(pdf(table), tables=False)
    assert asked == [2]


def test_a_table_on_a_turned_or_cropped_page() -> None:
    rows = [["Post", "2024"], ["Drift", "100"], ["Bro", "5"]]
    cropped = pdf(lambda c: ruled(c, rows), cropBox=(40, 30, 580, 830))
    for data in (cropped, rotated(pdf(lambda c: ruled(c, rows)), 2)):
        text = read(data)
        assert Counter("".join(text.text.split())) == Counter("".join(map("".join, rows)))


def test_a_frame_around_prose_is_no_table() -> None:
    def page(c: Canvas) -> None:
        lines(*PROSE * 3)(c)
        ruled(c, [["", ""], ["", ""]], y=800, wrap=True)

    assert [line.text for line in drawn(page).lines] == PROSE * 3


def test_a_grid_of_many_rules_is_left_to_lines() -> None:
    def page(c: Canvas) -> None:
        lines(*PROSE)(c)
        for n in range(200):
            c.line(50, 700 - 3 * n, 550, 700 - 3 * n)
            c.line(50 + 2.5 * n, 700, 50 + 2.5 * n, 100)

    assert texts(page) == PROSE


# -- encrypted, damaged ----------------------------------------------------------------------------------------------


def locked(user: str, method: fpdf.enums.EncryptionMethod, owner: str = "ejer") -> bytes:
    made = fpdf.FPDF()
    made.set_encryption(owner_password=owner, user_password=user, encryption_method=method, permissions=0)
    made.add_page()
    made.set_font("Helvetica", size=11)
    made.cell(text="Godkendt på mødet")
    return bytes(made.output())


METHODS = [fpdf.enums.EncryptionMethod.RC4, fpdf.enums.EncryptionMethod.AES_128, fpdf.enums.EncryptionMethod.AES_256]


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m.name)
def test_encrypted_with_an_empty_password_is_read(method: fpdf.enums.EncryptionMethod) -> None:
    """Also where the owner forbids extraction: who may read the document may have it read."""
    assert read(locked("", method)).text == "Godkendt på mødet"


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m.name)
def test_encrypted_with_another_password(method: fpdf.enums.EncryptionMethod) -> None:
    data = locked("hemmelig", method)
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert (caught.value.code, caught.value.reason) == ("encrypted", "needs a password")
    assert "--password" in caught.value.advice
    with pytest.raises(Unreadable) as caught:
        read(data, password="forkert")
    assert (caught.value.code, caught.value.reason) == ("encrypted", "needs another password")
    assert "forkert" not in str(caught.value)
    assert read(data, password="hemmelig").text == "Godkendt på mødet"


def test_encrypted_in_an_unknown_way() -> None:
    data = document(shown("x")).replace(b"/Root 1 0 R", b"/Root 1 0 R /ID [(a) (b)] /Encrypt << /Filter /Ukendt /V 9 /R 9 >>")  # fmt: skip
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", pdf(lines("a"))[:300], b"%PDF-1.7\n" + b"\xff\xfe\x00" * 500],
    ids=["head", "end", "cut", "noise"],
)
def test_damaged_beyond_repair(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.code in ("corrupt", "no-pages")
    assert "\n" not in str(caught.value)


def test_repaired_files_say_so() -> None:
    whole = pdf(lines(*PROSE), lines(*PROSE))
    assert not repaired(whole)
    assert codes(read(whole)) == set()
    at = whole.rindex(b"startxref")
    for data in (whole[:at] + b"startxref\n77\n%%EOF\n", whole[:at], whole[:-6]):
        text = read(data)
        assert Code.REPAIRED in codes(text)
        assert Counter(line.text for line in text.lines) == Counter(PROSE * 2)
    with pytest.raises(Unreadable):
        read(whole[: at - 40])  # the list of what is in it is gone


def test_junk_before_and_after_is_no_damage() -> None:
    whole = pdf(lines(*PROSE))
    assert codes(read(b"junk\n\n" + whole + b"\n\n")) == set()


def test_the_last_of_several_versions_counts() -> None:
    first = document(shown("Foreløbigt referat"))
    body = stream(shown("Godkendt referat"))
    at = len(first)
    place = f"{at:010}"
    added = b"5 0 obj\n" + body + b"\nendobj\n"
    table = f"xref\n5 1\n{place} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {first.rindex(b'xref', 0, first.rindex(b'startxref'))} >>\nstartxref\n{at + len(added)}\n%%EOF\n"
    assert read(first + added + table.encode()).text == "Godkendt referat"


# -- page trees, counts, limits --------------------------------------------------------------------------------------


def test_no_pages() -> None:
    data = bare({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [] /Count 0 >>"})
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.code in ("no-pages", "corrupt")


def test_page_tree_loops() -> None:
    for kids in ("[2 0 R]", "[2 0 R 3 0 R]", "[3 0 R 2 0 R 3 0 R]"):
        data = document(shown("Referat"), pages=f"<< /Type /Pages /Kids {kids} /Count 3 >>")
        try:
            text = read(data)
        except Unreadable as error:
            assert error.code in ("corrupt", "no-pages", "no-text-layer")  # noqa: PT017
        else:
            assert "Referat" in text.text
            assert text.pages is not None
            assert text.pages <= 3


@pytest.mark.parametrize("count", [2, 50, 9_000, 20_000, 100_000, 2_000_000_000])
def test_a_count_that_lies(count: int) -> None:
    text = read(document(shown("Referat", "Godkendt"), pages=f"<< /Type /Pages /Kids [3 0 R] /Count {count} >>"))
    assert [line.text for line in text.lines] == ["Referat", "Godkendt"]
    assert text.pages == (count if count <= 20 else 1)
    assert (Code.PAGE_UNREADABLE in codes(text)) is (count < 1 << 20)  # beyond that the library counts itself


def test_limits_name_themselves() -> None:
    for limits, code in (
        (Limits(bytes=100), "limit-bytes"),
        (Limits(pages=1), "limit-pages"),
        (Limits(page_characters=20), "limit-page-characters"),
        (Limits(characters=100), "limit-characters"),
    ):
        with pytest.raises(LimitReached) as caught:
            read(pdf(lines(*PROSE), lines(*PROSE)), limits=limits)
        assert caught.value.code == code
        assert "--limit " in caught.value.advice


# -- second opinions -------------------------------------------------------------------------------------------------


def plumbed(data: bytes) -> list[Counter[str]]:
    """pdfplumber's characters, page by page."""
    with pdfplumber.open(io.BytesIO(data)) as opened:
        return [
            Counter(
                "•" if c["text"] == "(cid:127)" else c["text"] for c in page.dedupe_chars().chars if c["text"].strip()
            )
            for page in opened.pages
        ]


def ours(text: SourceText, page: int) -> Counter[str]:
    return Counter(ch for line in text.lines if line.page == page for ch in line.text if not ch.isspace())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.parent.name)
def test_no_character_of_a_sample_is_lost(sample: Path) -> None:
    text = read(sample.read_bytes())
    for number, theirs in enumerate(plumbed(sample.read_bytes()), 1):
        assert ours(text, number) == theirs


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier", "Vera"])
def test_characters_places_and_sizes_are_pdfplumbers(font: str) -> None:
    embedded()

    def page(c: Canvas) -> None:
        for n, line in enumerate(PROSE * 4):
            put(c, 50 + 3 * n, 780 - 22 * n, line[: 60 + n], font, 7 + 0.5 * n)

    data = pdf(page)
    text = read(data)
    with pdfplumber.open(io.BytesIO(data)) as opened:
        theirs = opened.pages[0].extract_text_lines(return_chars=True)
    assert [line.text for line in text.lines] == [line["text"] for line in theirs]
    for mine, other in zip(text.lines, theirs, strict=True):
        assert mine.box is not None
        assert abs(mine.box[0] - other["x0"]) < 1
        assert abs(mine.box[2] - other["x1"]) < 1
        assert abs(mine.box[3] - other["bottom"]) < 3
        assert mine.size is not None
        assert abs(mine.size - other["chars"][0]["size"]) < 0.15


def test_every_line_has_its_offset() -> None:
    text = drawn(lines(*PROSE), lines(*PROSE))
    for line in text.lines:
        assert isinstance(line, Line)
        assert text.text[line.start : line.stop] == line.text
