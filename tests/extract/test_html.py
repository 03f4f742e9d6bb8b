"""Web pages: what a browser shows, once, in order, with its tags; what it hides is no text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import lxml.html
import pytest

from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.extract._htmlguard import guard
from minutes_parser.findings import Limits, Options
from minutes_parser.kinds import Code
from minutes_parser.pipeline import explain, extract
from minutes_parser.source import Source
from minutes_parser.text import Line, SourceText

SAMPLES = sorted((Path(__file__).parent.parent.parent / "samples").glob("*/*.html"))


def page(body: str, head: str = "<meta charset=utf-8>", encoding: str = "utf-8", **options: object) -> SourceText:
    data = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding)
    return extract(Source("side.html", data), Options(**options))  # type: ignore[arg-type]


def texts(body: str) -> list[str]:
    return [line.text for line in page(body).lines]


def only(body: str) -> Line:
    (line,) = page(body).lines
    return line


def codes(text: SourceText) -> set[Code]:
    return {f.code for f in text.findings}


# -- lines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>en<br>to<br/><br>tre</p>", ["en", "to", "tre"]),
        ("<p>en</p>løs<div>to</div>", ["en", "løs", "to"]),
        ("<p>Be<b>slut</b>ning <i>i</i>\n   byrådet&nbsp;&nbsp;den</p>", ["Beslutning i byrådet den"]),
        ("<h2>Punkt 3:<br>Titel</h2>", ["Punkt 3:", "Titel"]),
        ("<b><p>en</b>to</p>", ["ento"]),
        ("<p>en<p>to<div>tre<div>fire</div>fem</div>", ["en", "to", "tre", "fire", "fem"]),
        ("<dl><dt>Dato</dt><dd>3. maj</dd></dl>", ["Dato", "3. maj"]),
        ("<details><summary>Punkt 1</summary><p>Tekst</p></details>", ["Punkt 1", "Tekst"]),
        ("<button>Del</button><button>Udskriv</button>tekst", ["Del", "Udskriv", "tekst"]),
        ("<p>m<sup>2</sup> og H<sub>2</sub>O</p>", ["m2 og H2O"]),
        ("<fa-punkt>Punkt</fa-punkt><x-y><p>inde</p></x-y>", ["Punkt", "inde"]),
        ("<pre>en\n  to\n\ntre</pre>", ["en", "to", "tre"]),
        ("<div style='white-space: pre-line'>en\nto</div>", ["en", "to"]),
        ("<div>en\nto</div>", ["en to"]),
        ("<div><a href='/a.pdf'>Kort</a><a href='/b.pdf'>Notat</a></div>", ["Kort", "Notat"]),
        ("<div><a href='/a.pdf'>Ko</a><a href='/a.pdf'>rt</a></div>", ["Kort"]),
        ("<div><a href='/a.pdf'>Kort</a>, <a href='/b.pdf'>notat</a></div>", ["Kort, notat"]),
    ],
)
def test_one_line_for_a_block_or_break(body: str, lines: list[str]) -> None:
    assert texts(body) == lines


def test_space_above() -> None:
    lines = page("<p>en<br>to</p><p>tre</p><p>&nbsp;</p><p>fire</p><pre>fem\n\nseks</pre>").lines
    assert [line.gap for line in lines] == [None, 0.0, 1.0, 2.0, 1.0, 1.0]


def test_text_after_the_end_and_in_the_head_is_text() -> None:
    data = b"<html><head>foran</head><body><p>inde</p></body></html><p>efter</p>hale"
    assert extract(Source("a.html", data)).text == "foran\ninde\nefter\nhale"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = 'x';</script>",
        "<style>p {}</style>",
        "<template><p>x</p></template>",
        "<noscript>x</noscript>",
        "<p hidden>x</p>",
        "<p style='color:red; DISPLAY : none'>x</p>",
        "<p style='visibility:hidden'>x</p>",
        "<div hidden=''><h2>Beslutning</h2><p>x</p></div>",
        "<dialog>x</dialog>",
        "<!-- x -->",
        "<!--[if gte mso 9]><xml>x</xml><![endif]-->",
        "<svg><text>x</text></svg>",
        "<iframe>x</iframe>",
        "<input type=hidden value=x>",
        "<input type=text value=x>",
        "<textarea>x</textarea>",
        "<select><option>x</select>",
        "<ul hidden><li>x</ul>",
        "<table hidden><tr><td>x<td>y</table>",
    ],
)
def test_what_a_browser_hides_is_no_text(hidden: str) -> None:
    assert texts(f"<p>før</p>{hidden}<p>efter</p>") == ["før", "efter"]


def test_hidden_text_is_a_finding() -> None:
    text = page("<p>a</p><p hidden>b</p><p hidden></p><dialog>c</dialog>")
    (found,) = [f for f in text.findings if f.code is Code.HIDDEN_TEXT]
    assert found.message.startswith("2 elements")
    assert codes(page("<p hidden=until-found>a</p><dialog open>b</dialog>")) == set()


@pytest.mark.parametrize(
    ("rest", "what"), [("<!-- <p>b</p>", "comment"), ("<script><p>b</p>", "script"), ("<style><p>b</p>", "style")]
)
def test_what_never_ends_is_a_finding(rest: str, what: str) -> None:
    text = extract(Source("a.html", f"<html><body><p>a</p>{rest}".encode()))
    assert text.text == "a"
    assert any(what in f.message for f in text.findings if f.code is Code.HIDDEN_TEXT)


# -- roles -----------------------------------------------------------------------------------------------------------


def test_roles_are_tags_and_classes_outermost_first() -> None:
    assert only("<div class='punkt stor tredje'><section id=s><h3>Titel</h3></section></div>").role == (
        "div.punkt.stor>section#s>h3"
    )
    assert only("<p><span class=sagsnummer>24-1</span></p>").role == "p>span.sagsnummer"
    assert only("<p><strong>Indstilling</strong></p>").role == "p>strong"
    assert only("løs").role == ""


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("<h1>x</h1>", 1),
        ("<h6>x</h6>", 6),
        ("<div role=heading aria-level=3>x</div>", 3),
        ("<div role=heading>x</div>", 2),
        ("<div role=heading aria-level=høj>x</div>", 2),
        ("<div role=heading aria-level='²'>x</div>", 2),
        ("<h2><div>x</div></h2>", 2),
        ("<p>x</p>", 0),
    ],
)
def test_heading_levels(body: str, level: int) -> None:
    assert only(body).level == level


@pytest.mark.parametrize(
    ("body", "bold", "lead"),
    [
        ("<p><b>Indstilling:</b> At</p>", False, 12),
        ("<p><strong>Hel</strong> <b>linje</b></p>", True, 0),
        ("<p style='font-weight: 700'>x</p>", True, 0),
        ("<p><span style='font-weight:bold'>Fed</span> ikke</p>", False, 3),
        ("<h2>x</h2>", True, 0),
        ("<p>ikke <b>fed</b></p>", False, 0),
    ],
)
def test_bold(body: str, bold: bool, lead: int) -> None:
    line = only(body)
    assert (line.bold, line.lead) == (bold, lead)


def test_links_are_kept_where_they_cover_a_line() -> None:
    lines = page(
        "<p><a href='/b1.pdf'>Bilag 1</a></p><p>Se <a href='/b2.pdf'>Bilag 2</a></p><p><a href=/1>Et</a> <a href=/2>To</a></p>"
        "<a href=/blok><div>Blok</div><div>To</div></a><table><tr><td>Bilag</td><td><a href=/c>Kort</a></td></tr></table>"
    ).lines
    assert [line.href for line in lines] == ["/b1.pdf", "", "", "/blok", "/blok", "/c"]


# -- lists -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<ul><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ul>", ["• a", "• b", "• c", "d"]),
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol start=3 type=a><li>a<li value=7>b<li>c</ol>", ["c. a", "g. b", "h. c"]),
        ("<ol type=I><li>a<li>b<li>c<li>d</ol>", ["I. a", "II. b", "III. c", "IV. d"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ("<ol style='list-style-type: lower-alpha'><li>a</ol>", ["a. a"]),
        ("<ol style='list-style:none'><li>1) a</ol>", ["1) a"]),
        ("<ol start=x><li value=y>a</ol>", ["1. a"]),
        ("<ol start=99999999999999999999><li>a</ol>", ["1. a"]),
        ("<ol><li>1. allerede</ol>", ["1. allerede"]),
        ("<ol><li>1.200 kr.</ol>", ["1. 1.200 kr."]),
        ("<ul><li><a href=/>Forside</a><li><a href=/p>Politik</a></ul>", ["Forside", "Politik"]),
        ("<ul><li><a href=/x>Se her</a> om sagens forløb</ul>", ["• Se her om sagens forløb"]),
    ],
)
def test_list_markers_as_a_browser_draws_them(body: str, lines: list[str]) -> None:
    found = page(body).lines
    assert [line.text for line in found] == lines
    for line in found:
        assert line.marker == 0 or line.text[line.marker - 1] == " "


# -- tables ----------------------------------------------------------------------------------------------------------


def test_tables_are_rows_of_cells() -> None:
    lines = page(
        "<table><caption>Tabel <i>1</i></caption><thead><tr><th>Post<th>2024</thead><tbody><tr><td>Drift<td>100<br>kr."
        "<tr><td><td>200</tbody><tfoot><tr><td colspan=2>I alt</tfoot></table>"
    ).lines
    assert [line.text for line in lines] == ["Tabel 1", "Post\t2024", "Drift\t100 kr.", "200", "I alt"]
    assert [line.cells for line in lines] == [(), ("Post", "2024"), ("Drift", "100 kr."), ("", "200"), ()]
    assert lines[1].bold
    assert lines[1].role.endswith("table>tr")


def test_a_cell_that_reaches_down_keeps_the_columns() -> None:
    lines = page(
        "<table><tr><td rowspan=2>a<td>b<td rowspan=3>c<tr><td>d<tr><td>e<td>f<tr><td>g<td>h<td>i</table>"
    ).lines
    assert [line.cells for line in lines] == [("a", "b", "c"), ("", "d"), ("e", "f"), ("g", "h", "i")]


def test_hidden_rows_and_cells() -> None:
    lines = page(
        "<table><tr><td>a<td hidden>x<td>b<tr style='display:none'><td>x<td>x<tr><td>c<td><i hidden>x</i>d"
        "<tbody hidden><tr><td>x<td>x</table>"
    ).lines
    assert [line.cells for line in lines] == [("a", "b"), ("c", "d")]


def test_a_table_that_lays_out_the_page_gives_its_blocks() -> None:
    assert texts("<table><tr><td><h2>Titel</h2><p>Tekst</p><td>side</table>") == ["Titel", "Tekst", "side"]


def test_a_text_in_a_row_of_one_cell_gives_a_line_each() -> None:
    head = "<tr><td>1<td>Ny skole"
    lines = page(f"<table>{head}<tr><td colspan=2><p><b>Referat</b></p><p>Godkendt <b>i dag</b>.</p></table>").lines
    assert [(line.text, line.bold, line.cells) for line in lines] == [
        ("1\tNy skole", False, ("1", "Ny skole")),
        ("Referat", True, ()),
        ("Godkendt i dag.", False, ()),
    ]
    assert texts(f"<table>{head}<tr><td colspan=2><p>Pause</p></table>") == ["1\tNy skole", "Pause"]
    two = only("<table><tr><td><p>Ida</p><p>Lund</p><td><p>Bo</p><p>Hald</p></table>")
    assert two.cells == ("Ida Lund", "Bo Hald")


def test_a_data_table_inside_a_layout_table_is_rows() -> None:
    lines = page("<table><tr><td><h2>Titel</h2><table><tr><td>a<td>b<tr><td>c<td>d</table></table>").lines
    assert [(line.text, line.cells) for line in lines] == [("Titel", ()), ("a\tb", ("a", "b")), ("c\td", ("c", "d"))]


# -- letters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "real", "wrong"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8", "cp1252", True),
        ("iso-8859-1", "utf-8", True),
        ("iso-8859-1", "cp1252", False),
        ("windows-1252", "cp1252", False),
        ("klingon", "utf-8", False),
        ("utf-7", "utf-8", False),
        ("zlib", "utf-8", False),
        ("x-user-defined", "cp1252", False),
        ("", "cp1252", False),
    ],
)
def test_the_declared_charset_is_a_hint(declared: str, real: str, wrong: bool) -> None:
    text = page("<p>Mødet på rådhuset – Ærø</p>", f"<meta charset='{declared}'>", real)
    assert text.text == "Mødet på rådhuset – Ærø"
    assert (Code.ENCODING_DECLARED_WRONG in codes(text)) is wrong


def test_marks_win_over_the_page() -> None:
    said = "<html><head><meta charset=iso-8859-1></head><body>Mødet</body></html>"
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le"):
        assert extract(Source("a.html", said.encode(encoding))).text == "Mødet"
    xml = "<?xml version='1.0' encoding='windows-1252'?><html><body>Mødet</body></html>".encode("cp1252")
    text = extract(Source("a.html", xml))
    assert text.text == "Mødet"
    assert codes(text) == set()


def test_references_and_invisible_letters() -> None:
    line = only(
        "<p>&aelig;&#248;&Aring; A&#778;r &#150; &#x93;a&#8203;b&#x202e; &#27;[1m &#xD800; &amp;lt; R&shy;E</p>"
    )
    assert line.text == "æøÅ År – “ab [1m \ufffd &lt; R\u00adE"


def test_the_title_is_no_source_text() -> None:
    text = page("<p>a</p>", "<title>Referat  af\nmødet</title>")
    assert (text.text, text.title) == ("a", "Referat af mødet")


# -- pages of the wild -----------------------------------------------------------------------------------------------

ITEMS = (
    ("1", "Anlægsbevilling til ny bro over åen", "24-000101"),
    ("2", "Lokalplan for boliger ved engen", "23-018842"),
)
CASE = "Broen er slidt, og der er sat penge af i budgettet."
FIRSTAGENDA = (
    '<h1 class="dato">Referat 12. marts 2024 kl. 16.30</h1><h2>Teknikudvalget</h2><table class="table"><tbody>{}</tbody></table>',
    """<tr class="punktrow"><td><span class="label">{}</span></td><td><h2 class="overskrift">{}</h2><div class="details"><span class="sagsnummer">{}</span>
<div class="punkt"><h3>Sagsfremstilling</h3><span><div>{}</div></span><h3>Beslutning</h3><span><div>Godkendt.</div></span></div>
<div class="expand"><a>Hent som PDF</a> <a>Kopier link</a></div></div></td></tr>""",
)
DRUPAL = (
    "<h1>Referat af møde i Teknikudvalget 12. marts 2024 kl. 16.30</h1>{}",
    """<div class="node node--type-agenda-item"><div class="field field--name-title"><h2><span>{}. {}</span></h2></div>
<div class="field field--name-field-case field--label-inline"><span class="field__label">Sagsnummer: </span><span class="field__item">{}</span></div>
<div class="field"><div class="field__label"><h4>Sagsfremstilling</h4></div><div class="field__item"><p>{}</p></div></div>
<div class="field"><div class="field__label"><h4>Beslutning</h4></div><div class="field__item"><p>Godkendt.</p></div></div></div>""",
)
SHAREPOINT = (
    """<div id="WebPartWPQ2" class="ms-wpContentDivSpace"><table width="100%" cellpadding="0"><tbody><tr><td valign="top" class="ms-vb">
<div class="ms-rtestate-field"><p>Referat af møde i Teknikudvalget 12. marts 2024 kl. 16.30</p>{}</div></td></tr></tbody></table></div>""",
    """<p>​<strong>{}. {}</strong>​</p><p><span style="font-family:verdana">Sagsnummer: {}</span></p>
<p>​<strong>Sagsfremstilling</strong><br>{}</p><p>​<strong>Beslutning</strong><br>​Godkendt.​​</p>""",
)
KK = """<main><article class="agenda-item"><header><div class="agenda-item__meta">Mødedato: 12.03.2024, kl. 16:30</div></header><h1>Anlægsbevilling til ny bro over åen</h1>
<section class="agenda-item__part"><h2 class="agenda-item__heading">Indstilling</h2><div class="wysiwyg"><p>Teknik- og Miljøforvaltningen indstiller,</p><ol><li>at broen bygges.</li></ol></div></section>
<section class="agenda-item__part"><h2 class="agenda-item__heading">Beslutning</h2><div class="wysiwyg"><p>Godkendt.</p></div></section></article></main>"""


@pytest.mark.parametrize("shape", [FIRSTAGENDA, DRUPAL, SHAREPOINT], ids=["firstagenda", "drupal", "sharepoint"])
def test_shapes_of_publishing_systems(shape: tuple[str, str]) -> None:
    body = shape[0].format("".join(shape[1].format(*item, CASE) for item in ITEMS))
    minutes = explain(Source("side.html", f"<html><body>{body}</body></html>".encode())).minutes
    assert [(item.number, item.title, item.case_number) for item in minutes.items] == list(ITEMS)
    assert [[(s.kind.value, s.heading, s.text) for s in item.sections] for item in minutes.items] == [
        [("sagsfremstilling", "Sagsfremstilling", CASE), ("beslutning", "Beslutning", "Godkendt.")]
    ] * 2
    assert minutes.meeting.body == "Teknikudvalget"


def test_a_page_of_one_case() -> None:
    minutes = explain(Source("side.html", f"<html><body>{KK}</body></html>".encode())).minutes
    (item,) = minutes.items
    assert minutes.kind.value == "item"
    assert item.title == "Anlægsbevilling til ny bro over åen"
    assert [(s.kind.value, s.text) for s in item.sections] == [
        ("indstilling", "Teknik- og Miljøforvaltningen indstiller,\n\n1. at broen bygges."),
        ("beslutning", "Godkendt."),
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.parent.name)
def test_no_letter_of_a_sample_is_lost(sample: Path) -> None:
    """Second opinion: lxml's tree without what is hidden; the only letters more are the list markers."""
    text = extract(Source(sample.name, sample.read_bytes()))
    decoded = sample.read_bytes().decode("cp1252" if sample.parent.name == "web" else "utf-8")
    root = lxml.html.document_fromstring(decoded)
    for element in root.xpath("//script | //style | //head"):
        element.drop_tree()
    theirs = Counter("".join("".join(root.itertext()).split()))
    markers = Counter("".join("".join(line.text[: line.marker] for line in text.lines).split()))
    assert Counter("".join(text.text.split())) - markers == theirs


# -- limits ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<div>" * 100_000 + "x", "limit-depth"),
        ("<x>" * 20_000 + "x" + "</x>" * 20_000, "limit-depth"),
        ("<table><tr><td>" * 2_000 + "x", "limit-depth"),
        ("<div>" * 3_000 + "x", "limit-depth"),
        ("<p " + " ".join(f"a{n}=1" for n in range(10_000)) + ">x</p>", "limit-attributes"),
    ],
)
def test_depth_and_attribute_bombs(body: str, code: str) -> None:
    with pytest.raises(LimitReached) as caught:
        page(body)
    assert caught.value.code == code


def test_large_but_honest_pages_pass_the_gate() -> None:
    guard("a.html", b"<html><body>" + b"<p>linje<br>ny<img src=x>\n" * 20_000)
    guard("a.html", b"<table>" + b"<tr><td>x<td>y\n" * 20_000)
    guard("a.html", b"<a href='data:" + b"x" * 100_000 + b"'>x</a>")


def test_a_page_that_is_too_large() -> None:
    with pytest.raises(LimitReached) as caught:
        page("x" * 200, limits=Limits(text_bytes=100))
    assert caught.value.code == "limit-bytes"


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><div id=root></div><script>x()</script></body></html>",
        b"<html><frameset><frame src=a></frameset></html>",
        b"<html><head><title>Referat</title></head><body></body></html>",
        b"<html><body><img src=x><p>&nbsp;</p></body></html>",
    ],
)
def test_a_page_without_text(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        extract(Source("a.html", data))
    assert caught.value.code == "no-text"
