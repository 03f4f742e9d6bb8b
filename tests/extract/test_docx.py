"""DOCX: everything that Word shows, once, in order, with the numbers that it computes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph

from extract.docxfile import (
    NAMES,
    PACKAGE,
    RELATIONS,
    abstract,
    box,
    docx,
    level,
    num,
    number,
    p,
    r,
    style,
    table,
)
from minutes_parser.errors import LimitReached, MinutesError, Unreadable
from minutes_parser.findings import Limits, Options
from minutes_parser.kinds import Code
from minutes_parser.pipeline import explain, extract
from minutes_parser.source import Source
from minutes_parser.text import Line, SourceText

SAMPLES = sorted((Path(__file__).parent.parent.parent / "samples").glob("*/*.docx"))
STYLES = """<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/><w:basedOn w:val="Overskrift1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:sz w:val="26"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="Punktoverskrift"/><w:basedOn w:val="Overskrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Mager"><w:name w:val="Mager"/><w:basedOn w:val="Overskrift1"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Skjult"><w:name w:val="Skjult"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Staerk"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Rund"><w:name w:val="Rund"/><w:basedOn w:val="Rund"/></w:style>"""
LISTS = (
    abstract(
        0,
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "%2)"),
        level(2, "lowerRoman", "%1.%2.%3"),
        level(3, "decimal", "%1.%2.%4", more="<w:isLgl/>"),
    )
    + num(1, 0)
    + num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    + num(3, 0)
)


def read(body: str, **parts: Any) -> SourceText:
    return extract(Source("referat.docx", docx(body, **parts)))


def texts(body: str, **parts: Any) -> list[str]:
    return [line.text for line in read(body, **parts).lines]


def only(body: str, **parts: Any) -> Line:
    (line,) = read(body, **parts).lines
    return line


def codes(text: SourceText) -> set[Code]:
    return {f.code for f in text.findings}


# -- paragraphs ------------------------------------------------------------------------------------------------------


def test_paragraphs_tables_and_controls_in_document_order() -> None:
    body = (
        p("en")
        + table((p("a"), p("b")))
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{p('to')}{table((p('c'), p('d')))}</w:sdtContent></w:sdt>"
        + f"<w:customXml>{p('tre')}</w:customXml><w:ins>{p('fire')}</w:ins>"
    )
    assert texts(body) == ["en", "a\tb", "to", "c\td", "tre", "fire"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r("Besl") + r("utning"), "Beslutning"),
        (f"{r('a ')}<w:sdt><w:sdtContent>{r('b')}</w:sdtContent></w:sdt>", "a b"),
        (f"<w:smartTag><w:smartTag>{r('a')}</w:smartTag></w:smartTag>{r('b')}", "ab"),
        (f"<w:fldSimple w:instr='DATE'>{r('3. maj')}</w:fldSimple>", "3. maj"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{r('7')}<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "7",
        ),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:ptab/><w:t>c</w:t></w:r>", "a\tb\tc"),
        ("<w:r><w:t>Kultur</w:t><w:noBreakHyphen/><w:t>og</w:t></w:r>", "Kultur-og"),
        ("<w:r><w:t>klynge</w:t><w:softHyphen/><w:t>samarbejde</w:t></w:r>", "klynge\u00adsamarbejde"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t> ja</w:t></w:r>", "☒ ja"),
        ("<w:r><w:sym w:char='00E6'/><w:sym w:char='D800'/><w:sym w:char='zz'/><w:sym/><w:t>b</w:t></w:r>", "æb"),
        ("<w:r><w:t>linje\nny</w:t></w:r>", "linje ny"),
        ("<w:r><w:t>A\u030aben\u200b\u00a0sag</w:t></w:r>", "Åben sag"),
        (r("synlig") + r(" skjult", "<w:vanish/>"), "synlig"),
        (r("a") + "<w:r><w:commentReference w:id='1'/></w:r>", "a"),
        (f"{r('x = ')}<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "x = a+b"),
        (
            "<w:r><mc:AlternateContent><mc:Choice Requires='w16se'/><mc:Fallback><w:t>☺</w:t></mc:Fallback></mc:AlternateContent></w:r>",
            "☺",
        ),
        (
            f"<mc:AlternateContent><mc:Choice Requires='x'>{r('valg')}</mc:Choice><mc:Fallback>{r('andet')}</mc:Fallback></mc:AlternateContent>",
            "valg",
        ),
        ("<w:r><w:ruby><w:rt><w:r><w:t>o</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>u</w:t></w:r></w:rubyBase></w:ruby></w:r>", "ou"),
    ],
)  # fmt: skip
def test_what_a_paragraph_holds(inside: str, text: str) -> None:
    assert texts(p(inside=inside)) == [text]


def test_breaks() -> None:
    body = (
        p("a")
        + "<w:p><w:r><w:t>b</w:t><w:br/><w:t>c</w:t><w:br w:type='page'/><w:t>d</w:t></w:r></w:p>"
        + p("e", inside="<w:r><w:br w:type='page'/></w:r>")
        + p("f")
        + "<w:p><w:r><w:br w:type='page'/></w:r></w:p>"
        + p("g")
        + p("h", "<w:pageBreakBefore/>")
        + p("i", "<w:sectPr/>")
        + p("j", "<w:sectPr><w:type w:val='continuous'/></w:sectPr>")
        + p("k")
        + p()
        + p("l")
    )
    lines = read(body).lines
    assert [(line.text, line.gap) for line in lines] == [
        ("a", None), ("b", 1.0), ("c", 0.0), ("d", 2.0), ("e", 1.0), ("f", 2.0), ("g", 2.0), ("h", 2.0), ("i", 1.0), ("j", 2.0), ("k", 1.0), ("l", 2.0),
    ]  # fmt: skip


def test_links_are_kept() -> None:
    relation = (
        f'<Relationship Id="h" Type="{RELATIONS}/hyperlink" Target="https://example.dk/b.pdf" TargetMode="External"/>'
    )
    line = only(p(inside=f"<w:hyperlink r:id='h'>{r('Bilag 1')}</w:hyperlink>"), relations=relation)
    assert (line.text, line.href) == ("Bilag 1", "https://example.dk/b.pdf")


# -- tables and boxes ------------------------------------------------------------------------------------------------


def test_tables_are_rows_of_cells() -> None:
    lines = read(table((p("Post"), p("2024")), (p("Drift") + p("i alt"), p()), (p(), p("5")))).lines
    assert [line.text for line in lines] == ["Post\t2024", "Drift i alt", "5"]
    assert [line.cells for line in lines] == [("Post", "2024"), ("Drift i alt", ""), ("", "5")]
    assert [line.gap for line in lines] == [None, 0.0, 0.0]
    assert lines[0].role == "tbl>Normal"


def test_nested_tables_and_tables_for_layout() -> None:
    inner = table((p("i"), p("j")))
    lines = read(table((p("Titel", style("Overskrift1")) + inner, p("side"))) + table((p("en"),)), styles=STYLES).lines
    assert [(line.text, line.cells) for line in lines] == [
        ("Titel", ()),
        ("i\tj", ("i", "j")),
        ("side", ()),
        ("en", ()),
    ]


def test_a_text_in_a_row_of_one_cell_gives_a_line_each() -> None:
    head, bold = (p("1"), p("Ny skole")), "<w:b/>"
    told = p("Referat", look=bold) + p("Godkendt ", inside=r("i dag", bold) + r("."))
    assert [(line.text, line.bold, line.cells) for line in read(table(head, (told,))).lines] == [
        ("1\tNy skole", False, ("1", "Ny skole")),
        ("Referat", True, ()),
        ("Godkendt i dag.", False, ()),
    ]
    one = read(table(head, (p() + p("Pause") + p(),))).lines[1]
    assert (one.text, one.gap) == ("Pause", 0.0)
    assert only(table((p("Ida") + p("Lund"), p("Bo") + p("Hald")))).cells == ("Ida Lund", "Bo Hald")


def test_rows_and_cells_in_controls() -> None:
    body = f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{p('a')}</w:tc><w:sdt><w:sdtContent><w:tc><w:sdt><w:sdtContent>{p('b')}</w:sdtContent></w:sdt></w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>"
    assert only(body).cells == ("a", "b")


def test_vertically_merged_cells_count_once() -> None:
    top = "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + p("a")
    below = "<w:tcPr><w:vMerge/></w:tcPr>" + p()
    assert [line.cells for line in read(table((top, p("b")), (below, p("c")))).lines] == [("a", "b"), ("", "c")]


def test_text_boxes_once_after_their_paragraph() -> None:
    body = p("anker", inside=box(p("boks") + p("to"))) + table(
        (p("a"), p("b", inside=box(p("i celle")))), (p("c"), p("d"))
    )
    lines = read(body).lines
    assert [line.text for line in lines] == ["anker", "boks", "to", "a\tb", "i celle", "c\td"]
    assert lines[1].role == "textbox>Normal"


def test_a_text_box_of_old_programs_only() -> None:
    old = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('boks')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert texts(p("a", inside=old)) == ["a", "boks"]


# -- headers, notes, other parts -------------------------------------------------------------------------------------


def part(kind: str, content: str) -> tuple[str, str]:
    return kind, f"<w:x {NAMES}>{content}</w:x>"


def test_headers_footers_and_notes() -> None:
    text = read(
        p("brød"),
        parts={
            "header1": part("header", p("Byrådet")),
            "header2": part("header", p("Byrådet")),
            "header3": part("header", table((p("Fjordby"), p("Referat")))),
            "footer1": part("footer", p("Side 1 af 3")),
            "footnotes": part(
                "footnotes",
                f"<w:footnote w:type='separator'>{p('streg')}</w:footnote><w:footnote w:id='2'>{p('fodnote')}</w:footnote>",
            ),
            "endnotes": part("endnotes", f"<w:endnote w:id='2'>{p('slutnote')}</w:endnote>"),
            "comments": part("comments", f"<w:comment>{p('kommentar')}</w:comment>"),
        },
    )
    assert [(line.text, line.role.partition(">")[0]) for line in text.lines] == [
        ("Byrådet", "header"),
        ("Fjordby\tReferat", "header"),
        ("brød", "Normal"),
        ("fodnote", "footnote"),
        ("slutnote", "footnote"),
        ("Side 1 af 3", "footer"),
    ]


def test_headers_are_furniture_and_notes_stand_at_the_back() -> None:
    headings = "".join(
        p(f"{n}. Sag nummer {n}", style("Overskrift1")) + p("Beslutning", style("Overskrift2")) + p("Godkendt.")
        for n in (1, 2, 3)
    )
    bare = STYLES.replace('<w:numPr><w:numId w:val="1"/></w:numPr>', "")
    data = docx(
        p("Referat af mødet i Byrådet den 3. maj 2024 kl. 17.00") + headings,
        styles=bare,
        parts={
            "header1": part("header", p("Fjordby Kommune", style("Overskrift1")) + table((p("Byrådet"), p("Referat")))),
            "footnotes": part("footnotes", f"<w:footnote w:id='2'>{p('En note om sagen.')}</w:footnote>"),
        },
    )
    reading = explain(Source("a.docx", data))
    labels = {reading.text.text[x.start : x.stop]: x.label.value for x in reading.minutes.regions}
    assert labels["Fjordby Kommune\nByrådet\tReferat"] == "furniture"
    assert labels["En note om sagen."] == "back"
    assert [item.sections[-1].text for item in reading.minutes.items] == ["Godkendt."] * 3


def test_embedded_documents_are_a_finding() -> None:
    text = read("<w:altChunk r:id='x'/>" + p("a"))
    assert text.text == "a"
    assert codes(text) == {Code.MISSING_PART}
    diagram = "<w:r><w:drawing><a:graphic><a:graphicData><dgm:relIds/></a:graphicData></a:graphic></w:drawing></w:r>"
    assert codes(read(p("a", inside=diagram))) == {Code.MISSING_PART}


@pytest.mark.parametrize(
    "body", ["", "<w:p/>", p(inside="<w:r><w:drawing/></w:r>"), "<w:altChunk r:id='x'/>", p("x", "", "<w:vanish/>")]
)
def test_no_text_is_an_error(body: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(body)
    assert caught.value.code == "no-text"


# -- tracked changes -------------------------------------------------------------------------------------------------


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        p(inside=f"{r('Det ')}<w:ins>{r('nye ')}</w:ins><w:del><w:r><w:delText>gamle </w:delText></w:r></w:del><w:moveFrom>{r('hid')}</w:moveFrom><w:moveTo>{r('flyttet')}</w:moveTo>")
        + p("Godkendt ", "<w:rPr><w:del/></w:rPr>")
        + p("som indstillet")
        + p(properties=number(1) + "<w:rPr><w:del/></w:rPr>", inside="<w:del><w:r><w:delText>væk</w:delText></w:r></w:del>")
        + p("punkt", number(1))
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('x')}</w:tc><w:tc>{p('y')}</w:tc></w:tr><w:tr><w:tc>{p('a')}</w:tc><w:tc><w:tcPr><w:cellDel/></w:tcPr>{p('z')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
        + p("sidst", "<w:rPr><w:del/></w:rPr>")
    )  # fmt: skip
    text = read(body, numbering=LISTS)
    assert [line.text for line in text.lines] == [
        "Det nye flyttet",
        "Godkendt som indstillet",
        "1. punkt",
        "a\tb",
        "sidst",
    ]
    assert codes(text) == {Code.TRACKED_CHANGES}


def test_no_changes_no_finding() -> None:
    assert codes(read(p("a"))) == set()


def test_a_style_separator_joins_heading_and_text() -> None:
    line = only(p("Indstilling: ", "<w:rPr><w:specVanish/></w:rPr>", "<w:b/>") + p("At sagen godkendes."))
    assert (line.text, line.lead) == ("Indstilling: At sagen godkendes.", 12)


# -- styles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("properties", "role", "heading"),
    [
        (style("Overskrift1"), "heading 1", 1),
        (style("Overskrift2"), "heading 2", 2),
        (style("Punkt"), "Punktoverskrift", 2),
        ("", "Normal", 0),
        (style("Rund"), "Rund", 0),
        (style("Ukendt"), "Ukendt", 0),
        ('<w:outlineLvl w:val="2"/>', "Normal", 3),
        (style("Overskrift1") + '<w:outlineLvl w:val="9"/>', "heading 1", 0),
        ('<w:outlineLvl w:val="²"/>', "Normal", 0),
    ],
)
def test_style_names_and_levels_through_base_styles(properties: str, role: str, heading: int) -> None:
    line = only(p("x", properties), styles=STYLES)
    assert (line.role, line.level) == (role, heading)


def test_danish_headings_without_a_style_sheet() -> None:
    lines = read(p("a", style("Overskrift2")) + p("b", style("Heading3")) + p("c", style("Brødtekst"))).lines
    assert [(line.role, line.level) for line in lines] == [("Overskrift2", 2), ("Heading3", 3), ("Brødtekst", 0)]


def test_danish_names_in_the_style_sheet() -> None:
    sheet = "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='Overskrift 3'/></w:style>"
    assert only(p("x", style("a")), styles=sheet).level == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: sheet.replace('"', "'"),
        lambda sheet: sheet.replace("</w:style>", "</w:style >", 1),
        lambda sheet: f"<!-- <w:style> -->{sheet}",
        lambda sheet: f"<?word style?>{sheet}<?word?>",
        lambda sheet: sheet.replace("<w:style ", "<w:style\n\t"),
        lambda sheet: sheet.replace("w:styleId=", "w:styleId ="),
        lambda sheet: sheet.replace("</w:style>", "</w:style >"),
        lambda sheet: sheet + '<w:style w:type="paragraph" w:styleId="Tom"/><w:styleSink/>',
        lambda sheet: sheet.replace("w:styleId=", 'w:more="a>b" w:styleId='),
    ],
)
def test_a_sheet_says_the_same_however_it_is_written(change: Callable[[str], str]) -> None:
    body = "".join(p("x", style(name)) for name in ("Overskrift1", "Punkt", "Mager", "Skjult", "Rund", "Ukendt", ""))
    assert read(body, styles=change(STYLES)).lines == read(body, styles=STYLES).lines


@pytest.mark.parametrize(
    ("properties", "look", "bold", "size"),
    [
        ("", "", False, 11.0),
        ("", "<w:b/>", True, 11.0),
        ("", "<w:b w:val='false'/>", False, 11.0),
        ("", "<w:rStyle w:val='Staerk'/>", True, 11.0),
        (style("Overskrift1"), "", True, 16.0),
        (style("Punkt"), "", True, 13.0),
        (style("Mager"), "", False, 16.0),
        (style("Punkt"), "<w:b w:val='0'/><w:sz w:val='20'/>", False, 10.0),
        (style("Punkt"), "<w:rStyle w:val='Staerk'/>", False, 13.0),
        ("", "<w:sz w:val='²'/>", False, 11.0),
    ],
)
def test_bold_and_size_through_the_style_chain(properties: str, look: str, bold: bool, size: float) -> None:
    line = only(p("x", properties, look), styles=STYLES)
    assert (line.bold, line.size) == (bold, size)


def test_a_bold_beginning() -> None:
    line = only(p(inside=r("Indstilling:", "<w:b/>") + r(" At sagen godkendes.")))
    assert (line.bold, line.lead, line.text[: line.lead]) == (False, 12, "Indstilling:")


def test_hidden_styles() -> None:
    assert texts(p("skjult", style("Skjult")) + p("synlig") + p("frem", style("Skjult"), "<w:vanish w:val='0'/>"), styles=STYLES) == ["synlig", "frem"]  # fmt: skip


# -- automatic numbers -----------------------------------------------------------------------------------------------


def numbered(*paragraphs: tuple[int | str, int | str], lists: str = LISTS) -> list[str]:
    """The markers of paragraphs on (list, depth)."""
    lines = read("".join(p("x", number(*one)) for one in paragraphs), numbering=lists).lines
    for line in lines:
        assert line.text[line.marker :] == "x"
    return [line.text[: line.marker] for line in lines]


def test_levels_count_and_restart() -> None:
    assert numbered((1, 0), (1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)) == [
        "1. ", "2. ", "a) ", "b) ", "2.b.i ", "3. ", "a) ",
    ]  # fmt: skip


def test_lists_of_one_definition_go_on_counting_until_one_starts_anew() -> None:
    assert numbered((1, 0), (3, 0), (2, 0), (2, 0), (1, 0), (2, 0)) == ["1. ", "2. ", "1. ", "2. ", "3. ", "4. "]


def test_legal_numbers_are_figures() -> None:
    assert numbered((1, 0), (1, 1), (1, 3)) == ["1. ", "a) ", "1.1.1 "]


def test_numbers_that_never_restart() -> None:
    kept = LISTS.replace('w:ilvl="1"><w:start', 'w:ilvl="1"><w:lvlRestart w:val="0"/><w:start', 1)
    assert numbered((1, 0), (1, 1), (1, 0), (1, 1), lists=kept) == ["1. ", "a) ", "2. ", "b) "]
    only_first = LISTS.replace('w:ilvl="2"><w:start', 'w:ilvl="2"><w:lvlRestart w:val="1"/><w:start', 1)
    assert numbered((1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2), lists=only_first)[2::2] == [
        "1.a.i ", "1.b.ii ", "a) ",
    ]  # fmt: skip


def test_levels_of_their_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)", 5)}</w:lvlOverride>'
    assert numbered((7, 0), (7, 0), (7, 1), lists=LISTS + num(7, 0, own)) == ["E) ", "F) ", "a) "]


@pytest.mark.parametrize(
    ("form", "text", "start", "more", "marker"),
    [
        ("decimal", "%1.", 3, "", "3. "),
        ("decimal", "Punkt %1:", 3, '<w:suff w:val="space"/>', "Punkt 3: "),
        ("decimal", "§ %1", 2, '<w:suff w:val="nothing"/>', "§ 2"),
        ("decimalZero", "%1", 7, "", "07 "),
        ("ordinal", "%1", 2, "", "2. "),
        ("upperRoman", "%1.", 4, "", "IV. "),
        ("lowerRoman", "(%1)", 9, "", "(ix) "),
        ("lowerLetter", "%1)", 27, "", "aa) "),
        ("upperLetter", "%1", 2, "", "B "),
        ("upperRoman", "%1.", 4, "<w:isLgl/>", "4. "),
        ("none", "Bilag", 1, "", "Bilag "),
        ("none", "", 1, "", ""),
        ("ukendt", "%1)", 2, "", "2) "),
        ("bullet", "\uf0b7", 1, "", "• "),
        ("bullet", "o", 1, "", "o "),
        ("bullet", "–", 1, "", "– "),
        ("bullet", "", 1, "", ""),
    ],
)
def test_formats(form: str, text: str, start: int, more: str, marker: str) -> None:
    assert numbered((1, 0), lists=abstract(0, level(0, form, text, start, more)) + num(1, 0)) == [marker]


@pytest.mark.parametrize(("list_", "depth"), [(0, 0), (99, 0), ("x", 0), (1, 8), ("", 0)])
def test_no_number(list_: int | str, depth: int) -> None:
    assert numbered((list_, depth)) == [""]


def test_an_empty_numbered_paragraph_shows_its_number() -> None:
    assert texts(p("a", number(1)) + p("", number(1)) + p("c", number(1)), numbering=LISTS) == ["1. a", "2.", "3. c"]


def test_numbers_through_styles() -> None:
    """Word writes which style a level belongs to into the list, not into the style."""
    lists = abstract(
        0,
        level(0, "upperRoman", "%1.", more='<w:pStyle w:val="Overskrift1"/>'),
        level(1, "decimal", "%1.%2", more='<w:pStyle w:val="Overskrift2"/>'),
    ) + num(1, 0)
    body = (
        p("a", style("Overskrift1"))
        + p("b", style("Overskrift2"))
        + p("c", style("Punkt"))
        + p("d", style("Punkt") + number(0))
        + p("e", style("Overskrift1"))
        + p("f", style("Overskrift2"))
    )
    assert texts(body, styles=STYLES, numbering=lists) == ["I. a", "I.1 b", "I.2 c", "d", "II. e", "II.1 f"]


def test_numbers_through_a_list_style() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="Liste"/></w:abstractNum>'
        + abstract(4, '<w:styleLink w:val="Liste"/>', level(0, "decimal", "%1)"))
        + num(8, 3)
    )
    assert numbered((8, 0), (8, 0), lists=lists) == ["1) ", "2) "]


def test_numbers_in_cells() -> None:
    rows = table((p("a", number(1)), p("b")), (p("c", number(1)), p("d")))
    assert texts(rows, numbering=LISTS) == ["1. a\tb", "2. c\td"]


def test_garbage_in_the_numbering_is_no_error() -> None:
    garbage = LISTS.replace('w:ilvl="1"', 'w:ilvl="²"').replace('w:val="1"/>', 'w:val="ni"/>', 1)
    assert numbered((1, "x"), lists=garbage.replace("<w:numFmt", "<w:numFmt w:x='' ")) == ["1) "]
    assert numbered((1, 0), lists=LISTS.replace("%1.", "%1." + "9" * 5000)) == ["1." + "9" * 5000 + " "]


# -- second opinions -------------------------------------------------------------------------------------------------


def blocks(parent: Any) -> Iterator[str]:
    """python-docx's walk: paragraphs and cells in order."""
    for block in parent.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from blocks(cell)


def bare(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.parent.name)
def test_no_letter_of_a_sample_is_lost(sample: Path) -> None:
    """Second opinion: python-docx, whose letters are ours without the numbers that Word computes."""
    document = python_docx.Document(str(sample))
    theirs = "".join(blocks(document))
    for section in document.sections:
        theirs += "".join(blocks(section.header)) + "".join(blocks(section.footer))
    lines = extract(Source(sample.name, sample.read_bytes())).lines
    assert bare("".join(line.text[line.marker :] if not line.cells else line.text for line in lines)) == bare(theirs)


def test_what_python_docx_makes_is_read() -> None:
    document = python_docx.Document()
    document.add_heading("Referat", 1)
    for n in range(3):
        document.add_paragraph(f"punkt {n}", style="List Number")
    document.add_paragraph("kugle", style="List Bullet")
    document.add_paragraph("under", style="List Number 2")
    out = io.BytesIO()
    document.save(out)
    lines = extract(Source("a.docx", out.getvalue())).lines
    assert [line.text for line in lines] == ["Referat", "1. punkt 0", "2. punkt 1", "3. punkt 2", "• kugle", "1. under"]
    assert (lines[0].level, lines[0].role, lines[0].bold) == (1, "heading 1", True)


# -- the gate --------------------------------------------------------------------------------------------------------


def refused(data: bytes, **limits: int) -> MinutesError:
    with pytest.raises(MinutesError) as caught:
        extract(Source("fil.docx", data), Options(limits=Limits(**limits)))
    assert "\n" not in str(caught.value)
    return caught.value


def test_strict_files_are_read() -> None:
    strict = NAMES.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
    assert texts(p("a", inside=r("b", "<w:b w:val='true'/>")), names=strict) == ["ab"]


def test_parts_by_other_names() -> None:
    rels = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="d" Type="{RELATIONS}/officeDocument" Target="/word/Document2.xml"/></Relationships>'
    data = docx(p("a"), more={"_rels/.rels": rels, "word/document2.xml": f"<w:document {NAMES}><w:body>{p('b')}</w:body></w:document>"})  # fmt: skip
    assert extract(Source("a.docx", rezipped(data))).text == "b"
    slashed = rezipped(docx(p("a")), lambda name: name.replace("/", "\\"))
    assert extract(Source("a.docx", slashed)).text == "a"


def rezipped(data: bytes, name: Any = str) -> bytes:
    """The archive with other names, the last of entries of one name only."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in {e.filename: e for e in old.infolist()}.values():
            new.writestr(name(entry.filename), old.read(entry))
    return out.getvalue()


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "hemmelig">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "<!-- " + "x" * 9000 + ' --><!DOCTYPE x [<!ENTITY a "hemmelig">]>',
    ],
)
@pytest.mark.parametrize(
    "where", ["word/document.xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
def test_document_types_are_refused_in_every_part(doctype: str, where: str, encoding: str) -> None:
    data = docx(p("a"), styles=STYLES)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    head = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}'
    entries[where] = (head + entries[where].decode()).encode(encoding)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    error = refused(out.getvalue())
    assert error.code in ("unsafe-xml", "corrupt" if encoding == "utf-7" else "unsafe-xml")


def test_damaged_files() -> None:
    whole = docx(p("a" * 1000), styles=STYLES)
    assert refused(whole[: len(whole) // 2]).code == "corrupt"
    at = whole.index(b"word/document.xml") + 40
    assert refused(whole[:at] + b"\0\0\0\0\0\0\0\0" + whole[at + 8 :]).code == "corrupt"
    assert refused(docx(p("a"), more={"word/document.xml": "<w:document"}, styles="")).code == "corrupt"
    assert refused(docx("", more={"_rels/.rels": "ikke xml"})).code == "corrupt"


def test_missing_parts_that_do_not_matter() -> None:
    relation = f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/><Relationship Id="i" Type="{RELATIONS}/image" Target="media/a.png"/><Relationship Id="h" Type="{RELATIONS}/header" Target="../../../etc/passwd"/>'
    assert texts(p("a"), relations=relation) == ["a"]


def test_zip_bombs_stop_at_their_limit() -> None:
    many = docx(p("a"), more={f"x{n}": b"" for n in range(50)})
    assert refused(many, entries=20).code == "limit-entries"
    large = docx(p("a" * 300_000))
    assert refused(large, part_bytes=100_000).code == "limit-unzipped"
    assert refused(large, unzipped_bytes=100_000).code == "limit-unzipped"
    assert refused(docx(p("a" * 3_000_000))).code == "limit-ratio"
    assert refused(large, bytes=100).code == "limit-bytes"
    bzip2 = docx(p("a"), method=zipfile.ZIP_BZIP2)
    assert refused(bzip2).code == "corrupt"
    unread = docx(p("a"), more={"word/media/bomb.bin": b"\0" * 5_000_000})
    assert extract(Source("a.docx", unread)).text == "a"


def test_deep_nesting_stops() -> None:
    deep = p("a")
    for _ in range(200):
        deep = table((deep,))
    error = refused(docx(deep))
    assert isinstance(error, LimitReached)
    assert error.code == "limit-depth"


def test_wide_spans_cost_nothing() -> None:
    wide = "<w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr>" + p("a")
    assert texts(table((wide, p("b")))) == ["a\tb"]
