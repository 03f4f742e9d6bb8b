"""Layouts: ours are told from their samples, a user's are ten lines, and the reading does without."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from minutes_parser import Minutes, Options, parse
from minutes_parser.errors import BadVocabulary
from minutes_parser.kinds import Code
from minutes_parser.layouts import GENERIC, detect, fitting, known
from minutes_parser.layouts.entries import _unmatched
from minutes_parser.pipeline import examine, extract, load, use
from minutes_parser.vocabulary.words import put
from test_cli import SAMPLES, run
from test_mine import written

CASES = Path(__file__).parent / "layouts"
STRANGE = sorted(p for p in CASES.glob("*.*") if p.suffix != ".toml")
"""Invented municipalities; what is expected of each was written from the page."""


@pytest.fixture(autouse=True)
def _own_words_again() -> object:
    yield
    put(None)


def shape(minutes: Minutes) -> list[tuple[str | None, str, str | None, list[tuple[str, str]]]]:
    return [(i.number, i.title, i.case_number, [(s.kind.value, s.heading) for s in i.sections]) for i in minutes.items]


@pytest.mark.parametrize(
    ("sample", "name"),
    [
        ("firstagenda/referat.pdf", "firstagenda"),
        ("firstagenda-web/referat.html", "firstagenda-web"),
        ("dated/referat.txt", "generic"),
        ("memo/notat.docx", "generic"),
    ],
)
def test_our_samples_tell_their_layout(sample: str, name: str) -> None:
    assert detect(extract(load(SAMPLES / sample))).name == name
    assert parse(SAMPLES / sample).parser.layout == name


@pytest.mark.parametrize("layout", known(), ids=lambda x: x.name)
def test_our_layouts_match_their_own_examples(layout: object) -> None:
    assert list(_unmatched(layout)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "sample",
    sorted(p for p in SAMPLES.glob("*/*") if p.suffix in (".pdf", ".html", ".docx", ".txt")),
    ids=lambda p: p.parent.name,
)
def test_the_reading_does_without(sample: Path) -> None:
    assert shape(parse(sample, options=Options(layouts=False))) == shape(parse(sample))
    assert parse(sample, options=Options(layouts=False)).parser.layout == "generic"


WEB = """<html><body><h1 class="dato">Referat 3. juni 2024 kl. 17.00</h1><h2>Byrådet</h2><table><tr class="punktrow"><td><span class="label">1</span></td><td><h2 class="overskrift">Ny kaj</h2>
<div class="details"><h3>Optakt</h3><div>Kajen er gammel og skal bygges om.</div><h3>Udfald</h3><div>Godkendt.</div></div></td></tr>
<tr class="punktrow"><td><span class="label">2</span></td><td><h2 class="overskrift">Beslutning</h2>
<div class="details"><h3>Optakt</h3><div>Rådets regler om beslutninger er nye.</div><h3>Udfald</h3><div>Udsat.</div></div></td></tr></table></body></html>"""


def test_a_layout_sharpens_where_nobody_knows_the_headings() -> None:
    """The class of a title and the level of a field say what they are; by their words alone they could be anything."""
    assert detect(extract(load(WEB.encode()))).name == "firstagenda-web"
    headings = [("andet", "Optakt"), ("andet", "Udfald")]
    assert shape(parse(WEB.encode())) == [("1", "Ny kaj", None, headings), ("2", "Beslutning", None, headings)]
    without = shape(parse(WEB.encode(), options=Options(layouts=False)))
    assert all(not heading for _, _, _, sections in without for _, heading in sections)


@pytest.mark.parametrize("document", STRANGE, ids=lambda p: p.stem)
def test_a_new_municipality_is_ten_lines(document: Path) -> None:
    mine = document.with_suffix(".toml")
    lines = [line for line in mine.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) <= 10
    assert examine([mine]) == []
    expected = tomllib.loads(document.with_suffix(".expected.toml").read_text("utf-8"))
    minutes = parse(document, options=Options(vocabulary=(mine,)))
    assert minutes.kind == "minutes"
    assert minutes.parser.layout == expected.get("layout", "generic")
    assert minutes.meeting.body == expected["body"]
    assert [(i.number, i.title, i.case_number) for i in minutes.items] == [
        (i.get("number"), i["title"], i.get("case")) for i in expected["item"]
    ]
    for item, wanted in zip(minutes.items, expected["item"], strict=True):
        assert [[s.kind.value, s.heading, s.text] for s in item.sections] == wanted["sections"]
    without = parse(document)
    assert shape(without) != shape(minutes)


def test_there_are_three_such_municipalities() -> None:
    assert len(STRANGE) == 3


LAYOUT = """[[layout]]
name = "fjordby"
signs = ['FJORDBY BYTING .+']
item = { pattern = 'SAG (?P<number>\\d+) (?P<title>.+)' }
examples = ["FJORDBY BYTING 3. maj 2021", "SAG 3 Ny skole"]
"""


def test_two_that_fit_are_none_and_a_finding(tmp_path: Path) -> None:
    one = written(tmp_path, LAYOUT, "one.toml")
    two = written(tmp_path, LAYOUT.replace("fjordby", "by2"), "two.toml")
    text = "FJORDBY BYTING 3. maj 2021\n\nSAG 1 Ny skole\n\nBeslutning\nGodkendt.\n\nSAG 2 Nye veje\n\nBeslutning\nUdsat.\n"
    minutes = parse(text.encode(), options=Options(vocabulary=(one, two)))
    assert minutes.parser.layout == "generic"
    finding = next(f for f in minutes.findings if f.code is Code.LAYOUT_AMBIGUOUS)
    assert "fjordby, by2" in finding.message
    assert parse(text.encode(), options=Options(vocabulary=(one,))).parser.layout == "fjordby"


def test_a_users_layout_goes_before_ours(tmp_path: Path) -> None:
    mine = LAYOUT.replace("FJORDBY BYTING .+", "REFERAT Teknik.+").replace(
        "FJORDBY BYTING 3. maj 2021", "REFERAT Teknik- og Miljøudvalget"
    )
    use([written(tmp_path, mine)])
    assert [x.name for x in fitting(extract(load(SAMPLES / "firstagenda" / "referat.pdf")))] == ["fjordby"]
    use([])
    assert GENERIC not in known()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("name = \"fjordby\"", "name = \"Fjord by\""), "name has to be letters"),
        (("name = \"fjordby\"", "name = \"generic\""), "no layout"),
        (("signs", "sign"), "unknown key 'sign'"),
        (("signs = ['FJORDBY BYTING .+']", ""), "nothing tells it"),
        (("'FJORDBY BYTING .+'", "'(FJORDBY'"), "does not compile"),
        (("'FJORDBY BYTING .+'", "'(F+)+'"), "could take very long"),
        (("'FJORDBY BYTING .+'", "'STRANDBY .+'"), "matches none of the examples"),
        (("pattern =", "patern ="), "item: unknown key 'patern'"),
        (("{ pattern = 'SAG (?P<number>\\d+) (?P<title>.+)' }", "'SAG .+'"), "write item = {"),
        (("{ pattern = 'SAG (?P<number>\\d+) (?P<title>.+)' }", "{ only = true }"), "says nothing of the look"),
        (("examples", "order = ['nix']\nexamples"), "order: unknown kind 'nix'"),
    ],
)  # fmt: skip
def test_a_wrong_layout_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    assert change[0] in LAYOUT
    path = written(tmp_path, LAYOUT.replace(*change))
    with pytest.raises(BadVocabulary) as caught:
        use([path])
    assert says in str(caught.value)
    assert f"{path}: layout " in str(caught.value)
    put(None)
    done = run("vocabulary", "check", path)
    assert done.returncode == 1
    assert says in done.stdout.decode()
    document = written(tmp_path, "Byrådet", "a.txt")
    assert run("parse", document, "--vocabulary", path).returncode == 2


def test_noise_of_a_layout_is_furniture_or_chrome(tmp_path: Path) -> None:
    mine = written(tmp_path, LAYOUT.replace("examples = [", "noise = ['Trykt .+']\nexamples = ['Trykt hos Bo',"))
    text = "FJORDBY BYTING 3. maj 2021\n\nSAG 1 Ny skole\n\nBeslutning\nGodkendt.\nTrykt hos Bo\n\nSAG 2 Nye veje\n\nBeslutning\nUdsat.\n"
    minutes = parse(text.encode(), options=Options(vocabulary=(mine,)))
    assert [s.text for i in minutes.items for s in i.sections] == ["Godkendt.", "Udsat."]
    assert "chrome" in minutes.coverage.by_label


def test_command_line_reads_without_layouts() -> None:
    document = SAMPLES / "firstagenda" / "referat.pdf"
    assert b'"layout":"firstagenda"' in run("parse", document).stdout
    assert b'"layout":"generic"' in run("parse", document, "--no-layouts").stdout
    assert b"layout generic" in run("explain", document, "--no-layouts").stdout
