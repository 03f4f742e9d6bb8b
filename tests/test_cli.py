"""The command line as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

SAMPLES = Path(__file__).parent.parent / "samples"
PDF = SAMPLES / "firstagenda" / "referat.pdf"


def run(*arguments: str | Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "minutes_parser", *map(str, arguments)], capture_output=True, input=stdin, check=False
    )


def test_one_document_is_one_compact_line_in_a_pipe() -> None:
    done = run("parse", PDF)
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 1
    assert json.loads(done.stdout)["kind"] == "minutes"


def test_indent() -> None:
    assert run("parse", PDF, "--indent").stdout.count(b"\n") > 100


def test_stdin_is_told_by_its_bytes() -> None:
    page = (SAMPLES / "firstagenda-web" / "referat.html").read_bytes()
    document = json.loads(run("parse", "-", "--name", "side.html", stdin=page).stdout)
    assert document["source"]["name"] == "side.html"
    assert document["source"]["media_type"] == "text/html"


def test_several_documents_are_json_lines_and_a_bad_one_costs_itself(tmp_path: Path) -> None:
    bad = tmp_path / "bad\x1b.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    done = run("parse", PDF, bad, SAMPLES / "dated" / "referat.txt")
    assert done.returncode == 1
    assert [json.loads(line)["source"]["name"] for line in done.stdout.splitlines()] == ["referat.pdf", "referat.txt"]
    assert done.stderr.count(b"\n") == 1
    assert b"\x1b" not in done.stderr
    assert b"[corrupt]" in done.stderr
    assert b"Traceback" not in done.stderr


def test_output_file_is_whole_or_not_there(tmp_path: Path) -> None:
    out = tmp_path / "ud.json"
    assert run("parse", PDF, "-o", out).returncode == 0
    assert json.loads(out.read_bytes())["kind"] == "minutes"
    assert run("parse", PDF, "-o", tmp_path / "missing" / "ud.json").returncode == 4


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.pdf", b"", b"[empty]"),
        ("blank.txt", b" \n\t\n", b"[empty]"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"[unsupported]"),
        ("a.rtf", b"{\\rtf1 hej}", b"[unsupported]"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 90, b"[unsupported]"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 90, b"[unsupported]"),
        ("noise.bin", bytes(range(256)) * 9, b"[unsupported]"),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path: Path, name: str, data: bytes, code: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    done = run("parse", path)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
    assert code in done.stderr
    assert str(path).encode() in done.stderr


def test_missing_file() -> None:
    done = run("parse", "nowhere.pdf")
    assert done.returncode == 1
    assert b"[not-found]" in done.stderr


def test_wrong_call_is_two() -> None:
    assert run("parse").returncode == 2
    assert run("parse", PDF, "--nonsense").returncode == 2


def test_text_prints_what_the_offsets_count() -> None:
    text = run("text", PDF).stdout.decode()
    document = json.loads(run("parse", PDF).stdout)
    assert document["source"]["characters"] == len(text) - 1
    section = document["items"][1]["sections"][0]
    assert text[section["where"]["start"] :].startswith(section["heading"])


def test_lines_show_place_and_look() -> None:
    row = next(r for r in run("text", PDF, "--lines").stdout.decode().splitlines() if r.endswith("\tIndstilling"))
    assert row.split("\t")[1] == "3"
    assert row.split("\t")[4] == "B"


def test_help_has_examples_and_imports_no_reader() -> None:
    assert b"Examples" in run("parse", "--help").stdout
    code = "import sys, minutes_parser.cli; print([m for m in ('pdfplumber', 'docx', 'lxml', 'selectolax', 'pydantic', 'rapidfuzz') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_version() -> None:
    assert run("--version").stdout.startswith(b"minutes-parser 0.")


def test_list_of_commands_says_what_each_says_of_itself() -> None:
    from typer.main import get_command

    from minutes_parser.cli import COMMANDS, app

    group = get_command(app)
    context = typer.Context(group)
    for name, line in COMMANDS.items():
        command = group.get_command(context, name)
        assert command.get_short_help_str(500) == line


def test_help_reads_no_command() -> None:
    code = "import sys, minutes_parser.cli as c\ntry: c.app(['--help'])\nfinally: print('minutes_parser.cli.parse' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.endswith("False\n")


def test_long_lines_of_the_list_are_cut_between_words() -> None:
    lines = run("--help").stdout.decode().splitlines()
    assert "  text        Print the text of a document as it was read: the characters..." in lines
