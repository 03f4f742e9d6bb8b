"""`explain`: the tree, and why a line is (not) a heading or an item's title."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from minutes_parser.kinds import Label
from minutes_parser.pipeline import explain, load
from minutes_parser.recognise.evidence import Trace
from minutes_parser.recognise.wording import REASONS, RULES
from minutes_parser.why import lines, matching, tree
from test_cli import run

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
PDF = SAMPLES / "firstagenda" / "referat.pdf"
TXT = SAMPLES / "dated" / "referat.txt"
SOURCES = sorted((ROOT / "src" / "minutes_parser" / "recognise").glob("*.py"))
DOCUMENTS = sorted(p for p in SAMPLES.glob("*/*") if p.suffix in (".pdf", ".docx", ".html", ".txt"))


def test_the_tree_shows_items_and_sections_with_rule_score_page_and_line() -> None:
    told = run("explain", PDF).stdout.decode()
    assert re.search(r"^2  Anlægsbevilling til cykelsti .+ item\.word 1\.00  p\.3 line 16$", told, re.MULTILINE)
    assert re.search(
        r'^├─ indstilling  "Indstilling"  \d+ characters +heading\.name 1\.00  p\.3 line 23$', told, re.MULTILINE
    )
    assert "\x1b" not in told
    assert run("text", PDF).stdout.decode().splitlines()[22] == "Indstilling"


def test_one_item_by_its_number() -> None:
    told = run("explain", PDF, "--item", "4").stdout.decode().splitlines()
    assert [line[:1] for line in told if line[:1] in "12345├└"] == ["4", "└"]
    wrong = run("explain", PDF, "--item", "99")
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b"no item 99: 5 items were found" in wrong.stderr


def test_json_is_the_same_tree() -> None:
    found = json.loads(run("explain", PDF, "--format", "json").stdout)
    assert [i["number"] for i in found["items"]] == ["1", "2", "3", "4", "5"]
    assert found["items"][1]["sections"][1] | {"characters": 0} == {
        "kind": "indstilling", "heading": "Indstilling", "characters": 0, "rule": "heading.name", "score": 1.0,
        "page": 3, "line": 23, "start": found["items"][1]["sections"][1]["start"], "stop": found["items"][1]["sections"][1]["stop"], "sections": [],
    }  # fmt: skip


def test_why_a_line_is_a_heading_and_another_is_not() -> None:
    told = json.loads(run("explain", PDF, "--grep", "indstilling", "-f", "json").stdout)["lines"]
    heading = next(s for s in told if s["text"] == "Indstilling")
    assert [(c["rule"], c["stands"]) for c in heading["claims"]] == [("heading.name", True)]
    assert heading["became"][0]["label"] == "heading"
    sentence = next(s for s in told if s["text"].startswith("Indstillingen anbefales"))
    assert sentence["became"][0]["section"]["kind"] == "beslutning"
    assert [c["stands"] for c in sentence["claims"]] == [False]
    assert "ends.sentence" in [r["name"] for r in sentence["claims"][0]["reasons"] if r["weight"] is None]


def test_why_in_words() -> None:
    told = run("explain", TXT, "--line", "42").stdout.decode()
    assert told.startswith("line 42: Indstillingen anbefales")
    assert "✗ blocked: heading andet by heading.shape" in told
    assert "      blocks  it reads like a sentence or a row" in told
    assert "\n  is: body in item 2, section beslutning" in told


def test_titles_and_numbered_lines() -> None:
    told = json.loads(run("explain", PDF, "--grep", "Anlægsbevilling", "-f", "json").stdout)["lines"]
    entry, title = told[0], told[1]
    assert "it stands in the table of contents: no recogniser looks there" in entry["verdicts"]
    claim = next(c for c in title["claims"] if c["rule"] == "item.word")
    assert claim["stands"]
    assert {r["name"]: r["weight"] for r in claim["reasons"]}["contents.announced"] == 3.0
    assert claim["score"] == pytest.approx(claim["base"] + sum(r["weight"] for r in claim["reasons"]))


def test_wrong_calls() -> None:
    assert b"no line 9999: the text has" in run("explain", TXT, "--line", "9999").stderr
    assert run("explain", TXT, "--line", "9999").returncode == 2
    assert run("explain", TXT, "--line", "1", "--item", "1").returncode == 2
    nothing = run("explain", TXT, "--grep", "findes ikke")
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (
        0,
        b"",
        b"minutes-parser: no line holds 'findes ikke'\n",
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.parent.name)
def test_every_line_of_every_sample_has_a_story(document: Path) -> None:
    reading = explain(load(document), trace=Trace())
    told = lines(reading, range(1, len(reading.text.lines) + 1))
    labels = {r.start: r.label for r in reading.minutes.regions}
    for story in told:
        assert story["became"], story["line"]
        assert story["claims"] or story["verdicts"], story["line"]
        headed = [c for c in story["claims"] if c["stands"] and c["rule"].startswith("heading.")]
        if any(p["label"] == Label.HEADING for p in story["became"]):
            assert headed
        elif headed:
            assert any("the judge kept the line as text" in v for v in story["verdicts"])
    assert labels
    assert [i["number"] for i in tree(reading)["items"]] == [i.number for i in reading.minutes.items]


def test_a_heading_that_the_judge_gave_up_is_told() -> None:
    reading = explain(load(SAMPLES / "memo" / "notat.docx"), trace=Trace())
    assert reading.minutes.kind == "other"
    told = [v for s in lines(reading, matching(reading, "baggrund")) for v in s["verdicts"]]
    assert any("the document is no minutes" in v for v in told)


def test_every_reason_and_rule_has_words() -> None:
    text = "".join(p.read_text("utf-8") for p in SOURCES if p.name != "wording.py")
    used = set(re.findall(r'Reason\(\s*"([a-z.-]+)"', text))
    assert used == set(REASONS)
    seen = set()
    for document in DOCUMENTS:
        reading = explain(load(document), trace=Trace())
        assert reading.context.trace is not None
        seen |= {c.rule for c in reading.context.trace.claims}
    assert seen - set(RULES) == set()


def terminal(*arguments: str | Path, **environment: str) -> str:
    """What the command writes to a real terminal."""
    master, slave = pty.openpty()
    env = (
        {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
        | {"TERM": "xterm", "COLUMNS": "60"}
        | environment
    )
    process = subprocess.Popen([sys.executable, "-m", "minutes_parser", *map(str, arguments)], stdout=slave, env=env)
    os.close(slave)
    out = b""
    while select.select([master], [], [], 20)[0]:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        out += piece
    process.wait()
    os.close(master)
    return out.decode().replace("\r\n", "\n")


def test_colour_at_a_terminal_only_and_not_with_no_color() -> None:
    assert "\x1b[31m✗ blocked\x1b[0m" in terminal("explain", TXT, "--line", "42")
    plain = terminal("explain", TXT, "--line", "42", NO_COLOR="1")
    assert "✗ blocked" in plain
    assert "\x1b" not in plain


def test_lines_fit_the_terminal() -> None:
    for arguments in (("explain", PDF), ("explain", TXT, "--grep", "Indstilling")):
        told = terminal(*arguments, NO_COLOR="1").splitlines()
        assert len(told) > 10
        assert max(map(len, told)) <= 60
