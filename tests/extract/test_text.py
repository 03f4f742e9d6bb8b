"""Plain text: the encoding by content, pages by form feeds, letters in NFC."""

from __future__ import annotations

import itertools

import pytest

from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.findings import Limits, Options
from minutes_parser.kinds import Code
from minutes_parser.pipeline import extract
from minutes_parser.source import Source
from minutes_parser.text import SourceText

SHORT = [
    "Mødet åbnet",
    "Åben sag",
    "Økonomi",
    "Beslutning: Godkendt på mødet.",
    "Fraværende: Søren Ålbæk (Ø)",
    "§ 5: ½ time",
    "“Citat” på…",
    "ÅRSREGNSKAB OG ØKONOMI",
    "Rødgrød med fløde, 20 °C",
    "Ø",
    "å",
    "SØREN",
    "MØDELOKALE Æ",
    "ANDRÉ, CITROËN, MØLLER",
    "Müller, Öberg, Jørgensen",
    "Ældrerådet har ingen bemærkninger.\nÅbent punkt, § 12\nGodkendt som indstillet.",
]
ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "cp1252",
    "iso-8859-1",
    "iso-8859-15",
    "cp850",
    "cp865",
    "mac_roman",
]


def read(data: bytes, **options: str) -> SourceText:
    return extract(Source("referat.txt", data), Options(**options))  # type: ignore[arg-type]


def codes(text: SourceText) -> set[Code]:
    return {f.code for f in text.findings}


def sayable() -> list[tuple[str, str]]:
    """Every short text in every encoding that has all its letters."""
    out = []
    for encoding, text in itertools.product(ENCODINGS, SHORT):
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            continue
        out.append((encoding, text))
    return out


@pytest.mark.parametrize(("encoding", "text"), sayable())
def test_short_danish_texts_in_every_encoding(encoding: str, text: str) -> None:
    assert read(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_guess_is_a_finding(encoding: str) -> None:
    found = list(read("Mødet blev åbnet på rådhuset".encode(encoding)).findings)
    if encoding.startswith("utf-8"):
        assert found == []
    else:
        assert [f.code for f in found] == [Code.ENCODING_GUESSED]
        assert found[0].message.startswith("read as ")


def test_seven_bit_danish() -> None:
    said = "Udvalget vedtog på mødet i rådhuset, at når Åsen er færdig, må økonomien drøftes. ÆØÅ."
    seven = said.translate(str.maketrans("æøåÆØÅ", "{|}[\\]")).encode("ascii")
    text = read(seven)
    assert text.text == said
    assert Code.ENCODING_GUESSED in codes(text)


@pytest.mark.parametrize(
    "printed", ["| navn | parti |\n| Bo | A |", "f(x) = {a|b}, [1], [2]", "C:\\mappe\\fil og {navn} [note]"]
)
def test_braces_and_bars_are_no_seven_bit_danish(printed: str) -> None:
    text = read(printed.encode())
    assert text.text == printed
    assert codes(text) == set()


def test_decomposed_letters_become_nfc() -> None:
    assert read("A\u030aben sag pa\u030a mødet, Ande\u0301".encode()).text == "Åben sag på mødet, Andé"


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (b"en\x0cto\x0ctre", [1, 2, 3]),
        (b"en\n\x0cto\n\x0c\n", [1, 2]),
        (b"\x0cto", [2]),
        (b"en\x0c\x0ctre\x0c", [1, 3]),
        (b"en\nto", [None, None]),
        (b"en\nto\x0c", [None, None]),
    ],
)
def test_a_form_feed_begins_a_page(data: bytes, pages: list[int | None]) -> None:
    text = read(data)
    assert [line.page for line in text.lines] == pages
    assert text.pages == pages[-1]


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_every_line_end_ends_a_line(breaks: str) -> None:
    text = read(f"Første{breaks}anden{breaks}{breaks}tredje".encode())
    assert [line.text for line in text.lines] == ["Første", "anden", "tredje"]
    assert [line.gap for line in text.lines] == [None, 0.0, 1.0]
    assert text.text == "Første\nanden\ntredje"
    assert codes(text) == set()


@pytest.mark.parametrize("wrong", ["cp1252", "cp850", "cp865", "mac_roman"])
def test_mojibake_is_reported_not_repaired(wrong: str) -> None:
    said = "Mødet på rådhuset: økonomi, særlig dagsorden"
    broken = said.encode().decode(wrong)
    text = read(broken.encode())
    assert text.text == broken
    assert Code.MOJIBAKE in codes(text)


def test_lost_letters_are_reported() -> None:
    assert Code.MOJIBAKE in codes(read("M\ufffddet blev h\ufffdvet".encode()))


@pytest.mark.parametrize(("good", "stray"), [(60, 1), (3, 1), (10, 9)])
def test_stray_bytes_do_not_change_the_whole_file(good: int, stray: int) -> None:
    data = "på mødet ".encode() * (good // 2 + 1) + "rådet ".encode("cp1252") * stray
    text = read(data)
    assert text.text == ("på mødet " * (good // 2 + 1) + "rådet " * stray).strip()
    assert Code.INVALID_BYTES in codes(text)


def test_an_undefined_byte_costs_its_own_letter_only() -> None:
    text = read("Mødet blev “åbnet” – på rådhuset ".encode("cp1252") + b"\x81.")
    assert text.text == "Mødet blev “åbnet” – på rådhuset \ufffd."
    assert Code.MOJIBAKE in codes(text)


def test_control_and_invisible_characters_are_left_out_with_a_finding() -> None:
    text = read("\x1b[31mReferat\x1b[0m \u202eaf\u202c\x00 Beslut\u200bning\u2060\ufeff".encode())
    assert text.text == "[31mReferat[0m af Beslutning"
    assert Code.CONTROL_CHARACTERS in codes(text)


def test_control_codes_that_were_windows_letters_are_kept() -> None:
    assert read("Mødet \x96 åbnet \x93kort\x94 \x8a".encode()).text == "Mødet – åbnet “kort” Š"


def test_odd_blanks_are_blanks() -> None:
    text = read("Kl.\u00a017\u200900\u3000præcis\tog\u202fso".encode())
    assert text.text == "Kl. 17 00 præcis\tog so"


def test_soft_hyphen_at_the_end_breaks_a_word() -> None:
    text = read("klynge\u00ad\nsam\u00adarbejde-\n- punkt".encode())
    assert [(line.text, line.hyphen) for line in text.lines] == [
        ("klynge-", True),
        ("sam\u00adarbejde-", True),
        ("- punkt", False),
    ]


def test_rows_and_list_markers() -> None:
    text = read("| Post | 2024 |\nPost\t2024\t2025\n• punkt\n- at godkende\nto\tceller".encode())
    assert [line.cells for line in text.lines] == [("Post", "2024"), ("Post", "2024", "2025"), (), (), ()]
    assert [line.marker for line in text.lines] == [0, 0, 2, 2, 0]


def test_the_users_encoding_is_obeyed() -> None:
    assert read("Mødet".encode("cp1252"), encoding="cp865").text == "M°det"
    assert read("Mødet".encode(), encoding="utf-8").text == "Mødet"
    wrong = read("Mødet".encode("cp1252"), encoding="utf-8")
    assert Code.MOJIBAKE in codes(wrong)


@pytest.mark.parametrize("encoding", ["klingon", "zlib", "hex", "idna", "undefined", "a\0b", "rot13"])
def test_an_encoding_that_is_none_is_a_clear_error(encoding: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read("Mødet på rådhuset".encode(), encoding=encoding)
    assert caught.value.code == "encoding"


def test_limits() -> None:
    with pytest.raises(LimitReached) as caught:
        extract(Source("a.txt", b"x" * 101), Options(limits=Limits(text_bytes=100)))
    assert caught.value.code == "limit-bytes"
    assert "100" in caught.value.reason
    long = read(b"a" * 20_000)
    assert Code.LONG_LINE in codes(long)
    assert long.text == "a" * 20_000


def test_offsets() -> None:
    text = read("Første\n\n  Ånden \n\x0c\tTredje".encode())
    for line in text.lines:
        assert text.text[line.start : line.stop] == line.text
