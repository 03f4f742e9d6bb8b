"""A user's own words: what they add, and how a wrong entry is told."""

from __future__ import annotations

import ast
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes_parser import Options, parse
from minutes_parser.errors import BadVocabulary
from minutes_parser.vocabulary import vocabulary
from minutes_parser.vocabulary.lines import case_line, closed, noise, opening
from minutes_parser.vocabulary.mine import examine
from minutes_parser.vocabulary.patterns import danger, letters
from minutes_parser.vocabulary.words import _READERS, Words, current, heading_entries, own, put, use, words
from test_cli import run

SOURCES = Path(__file__).parent.parent / "src" / "minutes_parser"


@pytest.fixture(autouse=True)
def _own_words_again() -> Iterator[None]:
    yield
    put(None)


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


MINUTES = """Senatet
Protokol 3. maj 2021

Anliggende 1: Ny bro over åen
Akt 24-B/117
Udfald
Bevilget.

Anliggende 2: Fornyelse af kajen
Akt 24-B/118
Udfald
Udsat.

Trykt hos Protokolføreren
"""
MINE = r"""
[[heading]]
kind = "beslutning"
names = ["Udfald"]
[bodies]
endings = ["senatet"]
[items]
words = ["Anliggende"]
case = ["Akt"]
[noise]
lines = ["Trykt hos Protokolføreren"]
"""


def test_ten_lines_make_a_strange_document_readable(tmp_path: Path) -> None:
    mine = written(tmp_path, MINE)
    without = parse(MINUTES.encode())
    assert without.kind == "other"
    minutes = parse(MINUTES.encode(), options=Options(vocabulary=(mine,)))
    assert minutes.kind == "minutes"
    assert minutes.meeting.body == "Senatet"
    assert [(i.number, i.title, i.case_number) for i in minutes.items] == [
        ("1", "Ny bro over åen", "24-B/117"),
        ("2", "Fornyelse af kajen", "24-B/118"),
    ]
    assert [[(s.kind, s.heading, s.text) for s in i.sections] for i in minutes.items] == [
        [("beslutning", "Udfald", "Bevilget.")],
        [("beslutning", "Udfald", "Udsat.")],
    ]
    assert minutes.regions[-1].label == "chrome"
    assert minutes.parser.vocabulary.startswith("da 2026.1 +")
    assert parse(MINUTES.encode()) == without


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    mine = written(tmp_path, '[[heading]]\nkind = "beslutning"\nnames = ["Udfald"]\n')
    use([mine])
    assert vocabulary().heading("Udfald").kind == "beslutning"  # type: ignore[union-attr]
    first = current().version
    written(tmp_path, '[[heading]]\nkind = "resume"\nnames = ["Udfald", "Overblik"]\n')
    use([mine])
    assert vocabulary().heading("Udfald").kind == "resume"  # type: ignore[union-attr]
    assert current().version != first
    use([])
    assert vocabulary().heading("Udfald") is None
    assert current().version == "da 2026.1"


def test_patterns_never_and_override(tmp_path: Path) -> None:
    mine = written(
        tmp_path,
        r"""
[[heading]]
kind = "beslutning"
names = ["Behandling"]
override = true
patterns = ['rådets votum(?: af {date})?']
examples = ["Rådets votum af 3. maj 2021"]
[[heading]]
kind = "proces"
never = ["Implementering"]
[items]
case_forms = ['Ø\d{3}/\d{2}']
case_examples = ["Ø123/24"]
closed = ["Fortroligt"]
""",
    )
    assert vocabulary().heading("Implementering") is not None
    use([mine])
    assert vocabulary().heading("Behandling").kind == "beslutning"  # type: ignore[union-attr]
    assert vocabulary().heading("Rådets votum").rule == "heading.pattern"  # type: ignore[union-attr]
    assert vocabulary().heading("Implementering") is None
    assert case_line("Ø123/24") == "Ø123/24"
    assert closed("Fortroligt: Køb af grund")
    use([])
    assert vocabulary().heading("Behandling").kind == "sagsforloeb"  # type: ignore[union-attr]
    assert case_line("Ø123/24") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[heading]\n", "no TOML"),
        ('[[heading]]\nkind = "besluttet"\nnames = ["Udfald"]', "unknown kind 'besluttet'; known are resume"),
        ('[[heading]]\nkind = "resume"\nname = ["Overblik"]', "unknown key 'name'"),
        ('[[heading]]\nkind = "resume"\nnames = "Overblik"', "names has to be a list of strings"),
        ('[[heading]]\nkind = "resume"', "no names, patterns, stems or never"),
        ('[[heading]]\nkind = "resume"\nnames = ["Baggrund"]', "'Baggrund' is a heading of kind 'baggrund' already; write override"),
        ('[[heading]]\nkind = "resume"\nnames = ["Udfald"]\n[[heading]]\nkind = "proces"\nnames = ["UDFALD"]', "'UDFALD' is a heading of kind 'resume' already, in mine.toml"),
        ('[[heading]]\nkind = "resume"\nnames = ["Ud"]', "fewer than three letters"),
        ('[[heading]]\nkind = "resume"\nnames = ["udfald"]', "'udfald' is not read as a heading"),
        ("[[heading]]\nkind = 'resume'\npatterns = ['kort (om']\nexamples = ['Kort om']", "does not compile"),
        ("[[heading]]\nkind = 'resume'\npatterns = ['(kort )+(o+m)+']\nexamples = ['Kort om']", "could take very long: a repeated group"),
        ("[[heading]]\nkind = 'resume'\npatterns = ['(.)\\1+ om']\nexamples = ['Kort om']", "refers back"),
        ("[[heading]]\nkind = 'resume'\npatterns = ['kort om .+']\nexamples = ['Langt om sagen']", "'Langt om sagen' is not read"),
        ("[[heading]]\nkind = 'resume'\npatterns = ['kort om .+']", "matches none of the examples"),
        ('[item]\nwords = ["Anliggende"]', "[item]: unknown table; known are heading, layout,"),
        ('[items]\nword = ["Anliggende"]', "items.word: unknown list; known are toc, words"),
        ('[items]\nwords = ["Anlig(gende"]', "no plain word"),
        ("[items]\ncase_forms = ['Q\\d+']", "matches none of items.case_examples"),
        ("[noise]\npatterns = ['(blad ?)+\\d']", "could take very long"),
        ("heading = 3", "write [[heading]]"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = written(tmp_path, text)
    before = current()
    with pytest.raises(BadVocabulary) as caught:
        use([path])
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == 2
    assert current() is before
    assert vocabulary().heading("Udfald") is None


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadVocabulary, match=r"nowhere\.toml: No such file"):
        use([tmp_path / "nowhere.toml"])


def test_two_files_are_one_vocabulary(tmp_path: Path) -> None:
    one = written(tmp_path, '[[heading]]\nkind = "resume"\nnames = ["Overblik"]\n', "one.toml")
    two = written(tmp_path, '[[heading]]\nkind = "proces"\nnames = ["Overblik"]\n', "two.toml")
    use([one])
    _, problems = examine([one, two])
    assert [(p.file, "one.toml" in p.message) for p in problems] == [(two, True)]


def test_every_own_pattern_would_be_allowed_to_a_user() -> None:
    patterns = [p for e in heading_entries() for p in e.get("patterns", ())]
    patterns += [p for name in words()["expressions"] for p in words()[name.split(".")[0]][name.split(".")[1]]]
    assert len(patterns) > 20
    assert [(p, danger(p)) for p in patterns if danger(p)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a|ab)*c",
        "((ab)*c){2,}",
        "(?:x{0,40}y)+",
        ".*a.*b.*c.*d.*",
        r"(a)\1",
        "(?:a*)*",
        "(?:[a-z]+ ){1,20}",
        "({body} )+",
    ],
)
def test_dangerous_patterns(pattern: str) -> None:
    assert danger(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "indstilling fra .{3,80}",
        r"\(?[a-z+*]+\)? (?:den |d\. )?{date}",
        r"\d{2}[-/]\d{3,6}[A-Z]?",
        "(?:af|fra|til)? .+",
        r"a\+{2}",
        "[)(|]+",
    ],
)
def test_harmless_patterns(pattern: str) -> None:
    assert danger(pattern) is None


@pytest.mark.parametrize("pattern", ["a{0,10}" * 7, ".+a.+b.+c.+d", "(?:a|b)?" * 12 + "c", "x*x*x*x*y"])
def test_what_is_allowed_ends_soon(pattern: str) -> None:
    import re

    assert danger(pattern) is None
    compiled = re.compile(pattern, re.IGNORECASE)
    start = time.process_time()
    for letter in "abcdx ":
        compiled.fullmatch(letter * 160 + "!")
    assert time.process_time() - start < 6


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("ny (?:x)?behandling i {body}", "behandling"),
        ("a|behandling", ""),
        ("(?:behandling)?", ""),
        (r"\w+sbevillinger?", "sbevillinge"),
        ("Økonomi", "økonomi"),
    ],
)
def test_letters_stand_in_every_match(pattern: str, found: str) -> None:
    assert letters(pattern) == found


def test_nothing_that_reads_words_keeps_them_out_of_reach() -> None:
    """A cache outside the modules that `put` empties would answer with the words of another vocabulary."""
    for path in SOURCES.rglob("*.py"):
        name = ".".join(("minutes_parser", *path.relative_to(SOURCES).with_suffix("").parts))
        text = path.read_text("utf-8")
        if name.startswith(_READERS):
            classes = [c for c in ast.walk(ast.parse(text)) if isinstance(c, ast.ClassDef)]
            methods = [f for c in classes for f in c.body if isinstance(f, ast.FunctionDef)]
            kept = {ast.unparse(d) for f in methods for d in f.decorator_list if "cache" in ast.unparse(d)}
            assert kept <= {"cached_property"}, path
            made = [v for s in ast.parse(text).body if isinstance(s, ast.Assign) for v in ast.walk(s.value)]
            called = {ast.unparse(v.func) for v in made if isinstance(v, ast.Call)}
            assert called.isdisjoint({"words", "decision_words", "folded", "alternatives"}), path
        elif "lru_cache" in text or "@cache" in text:
            assert "minutes_parser.vocabulary" not in text, path


def test_switching_leaves_nothing_behind(tmp_path: Path) -> None:
    mine = written(tmp_path, MINE)
    lines = ["Udfald", "Anliggende 4: Ny bro", "Akt: 24-B/1", "Trykt hos Protokolføreren"]

    def answers() -> list[object]:
        return [[vocabulary().heading(x), opening(x), case_line(x), noise(x)] for x in lines]

    without = answers()
    use([mine])
    assert answers() != without
    use([])
    assert answers() == without
    put(Words("x", (), own().lists))
    assert vocabulary().names == {}


def test_command_line_tells_the_entry_and_exits_two(tmp_path: Path) -> None:
    path = written(tmp_path, '[[heading]]\nkind = "nix"\nnames = ["Udfald"]\n')
    document = written(tmp_path, MINUTES, "a.txt")
    done = run("parse", document, "--vocabulary", path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert f"minutes-parser: {path}: heading nix ('Udfald'): unknown kind 'nix'".encode() in done.stderr


def test_command_line_reads_with_the_users_words(tmp_path: Path) -> None:
    document = written(tmp_path, MINUTES, "a.txt")
    done = run("parse", document, "--vocabulary", written(tmp_path, MINE))
    assert [i["title"] for i in json.loads(done.stdout)["items"]] == ["Ny bro over åen", "Fornyelse af kajen"]


def test_a_users_bodies_decide_under_headings_that_name_them(tmp_path: Path) -> None:
    mine = written(tmp_path, '[bodies]\nfor_bodies = ["kredsen for"]\n')
    case = "<h2>{}. {}</h2><h3>Sagsfremstilling</h3><p>Den er ny.</p><h3>Kredsen for sundheds anbefaling</h3><p>{}</p>"
    cases = (("Ny skole", "Godkendt."), ("Ny bro", "Udsat."), ("Ny havn", "Taget til efterretning."))
    told = "".join(case.format(n, *one) for n, one in enumerate(cases, 1))
    page = f"<html><body><h1>Referat</h1><p>Byrådet den 3. maj 2024</p>{told}</body></html>".encode()
    for used, kind in (((), "indstilling"), ((mine,), "beslutning")):
        read = parse(page, options=Options(vocabulary=used))
        assert [i.sections[-1].kind for i in read.items] == [kind] * 3
