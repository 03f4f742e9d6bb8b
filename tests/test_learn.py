"""`vocabulary learn` and `vocabulary check` as a user meets them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from minutes_parser.learn import documents
from test_cli import run

DAYS = ("3. maj 2021", "7. juni 2021", "9. august 2021")


def archive(folder: Path) -> Path:
    """Three meetings of an invented council whose headings nobody knows, one of them in two files, and a broken file."""
    for n, day in enumerate(DAYS, 1):
        items = "".join(
            f"""

{k}. Sag {10 * n + k} om broer

Stamoplysninger
Sagen er rejst af naboerne, som ønsker en bedre bro over åen.

Sagsfremstilling
Broen er gammel og smal, og forvaltningen har undersøgt den.

Rådets votum af {day}
Det blev vedtaget at bygge broen, og at den skal være af træ.

Beslutning
Godkendt.
"""
            for k in (1, 2, 3)
        )
        text = f"Byrådet\nReferat {day}{items}"
        (folder / f"{n}.txt").write_text(text, "utf-8")
    (folder / "3-igen.txt").write_text(text, "utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "~$1.docx").write_bytes(b"a lock file")
    (folder / "notes.csv").write_text("no document")
    return folder


def test_learned_headings_are_toml_that_passes_the_check(tmp_path: Path) -> None:
    (tmp_path / "arkiv").mkdir()
    done = run("vocabulary", "learn", archive(tmp_path / "arkiv"))
    assert done.returncode == 0
    found = tomllib.loads(done.stdout.decode())["heading"]
    assert {
        "kind": "andet",
        "names": ["Stamoplysninger"],
        "patterns": ["rådets votum af {date}"],
        "examples": ["Rådets votum af 3. maj 2021"],
    } in found
    assert '"Stamoplysninger", # 3 meetings, 9 times: 1.txt, 2.txt, …' in done.stdout.decode()
    assert "4 documents, 3 meetings, 9 items" in done.stdout.decode()
    assert done.stderr.count(b"\n") == 2
    assert b"bad.pdf" in done.stderr
    assert done.stderr.endswith(b"minutes-parser: 4 documents read, 1 not\n")
    mine = tmp_path / "mine.toml"
    mine.write_bytes(done.stdout)
    check = run("vocabulary", "check", mine)
    assert (check.returncode, check.stdout) == (0, f"{mine}: nothing is wrong\n".encode())


def test_what_is_learned_is_learned(tmp_path: Path) -> None:
    (tmp_path / "arkiv").mkdir()
    folder = archive(tmp_path / "arkiv")
    mine = tmp_path / "mine.toml"
    mine.write_bytes(run("vocabulary", "learn", folder).stdout)
    again = run("vocabulary", "learn", folder, "--vocabulary", mine)
    assert again.stdout.endswith(b"# There are none.\n")


def test_order_and_bytes_are_the_same_on_every_run(tmp_path: Path) -> None:
    folder = archive(tmp_path)
    assert run("vocabulary", "learn", folder).stdout == run("vocabulary", "learn", folder).stdout


def test_only_documents_are_looked_at(tmp_path: Path) -> None:
    assert [p.name for p in documents([archive(tmp_path)])] == ["1.txt", "2.txt", "3-igen.txt", "3.txt", "bad.pdf"]


def test_check_prints_a_line_for_each_problem_and_exits_one(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        '[[heading]]\nkind = "resume"\nnames = ["Baggrund", "Op"]\n[items]\nwords = ["Anlig[ende"]\n', "utf-8"
    )
    done = run("vocabulary", "check", mine)
    assert done.returncode == 1
    assert [line.split(": ", 2)[1] for line in done.stdout.decode().splitlines()] == [
        "heading resume ('Baggrund')"
    ] * 2 + ["items.words"]
    assert done.stderr == b""


def test_check_of_two_files_sees_that_they_collide(tmp_path: Path) -> None:
    for name, kind in (("a", "resume"), ("b", "proces")):
        (tmp_path / f"{name}.toml").write_text(f'[[heading]]\nkind = "{kind}"\nnames = ["Overblik"]\n')
    assert run("vocabulary", "check", tmp_path / "a.toml").returncode == 0
    both = run("vocabulary", "check", tmp_path / "a.toml", tmp_path / "b.toml")
    assert both.returncode == 1
    assert b"'Overblik' is a heading of kind 'resume' already, in a.toml" in both.stdout
