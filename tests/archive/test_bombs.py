"""Hostile files through the commands: each ends in one clear line within its walls, and its neighbours are done."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import bombs
import helpers
import pytest
from helpers import archive, corpus, rows, run


def converted(tmp_path: Path, made: dict[str, Callable[[], bytes]]) -> dict[str, dict[str, object]]:
    source, out = corpus(tmp_path / "in", 5), tmp_path / "ud"
    for name, make in made.items():
        (source / name).write_bytes(make())
    done = run("convert", source, "-o", out, "-j", "2", "--timeout", "60", "--max-memory", "1G")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert {f"m{n}.txt.json" for n in range(1, 6)} <= set(archive(out))
    assert not list(tmp_path.rglob("INJECTED*"))
    assert not Path("/tmp/INJECTED").exists()
    log = rows(out)
    failed = [name for name in made if log[name]["status"] == "error"]
    for name in failed:
        assert sum(f"/{name}: " in line for line in done.stderr.splitlines()) == 1
        assert log[name]["code"] not in ("defect", "crash", None), log[name]
    assert {f"{name}.json" for name in made if name not in failed} <= set(archive(out))
    assert all((row["peak_mb"] or 0) < 1100 for row in log.values())
    return log


def test_limits_of_the_readers(tmp_path: Path) -> None:
    log = converted(tmp_path, bombs.QUICK)
    codes = {name: log[name]["code"] for name in bombs.QUICK}
    assert codes.pop("pages_loop.pdf") in ("corrupt", "no-pages")
    assert codes == {
        "pages_20000.pdf": "limit-pages",
        "laughs.docx": "unsafe-xml",
        "traversal.docx": None,
        "bzip2.docx": "corrupt",
        "deep.html": "limit-depth",
        "line.txt": "limit-bytes",
        "nuls.txt": "empty",
    }


@pytest.mark.slow
def test_walls_around_the_worker(tmp_path: Path) -> None:
    log = converted(tmp_path, bombs.SLOW)
    assert {log[name]["code"] for name in ("forms.pdf", "flate.pdf", "flate_thrice.pdf")} == {"memory"}


@pytest.mark.slow
def test_one_document_on_the_command_line_has_the_same_walls(tmp_path: Path) -> None:
    path = tmp_path / "forms.pdf"
    path.write_bytes(bombs.forms())
    good = tmp_path / "good.txt"
    good.write_text(helpers.minutes(1), "utf-8")
    began = time.monotonic()
    done = run("parse", path, good, "--timeout", "2")
    assert time.monotonic() - began < 20
    assert done.returncode == 1
    assert (
        done.stderr
        == f"minutes-parser: {path}: not finished within 2 seconds; --timeout gives it more time [timeout]\n"
    )
    assert [json.loads(line)["source"]["name"] for line in done.stdout.splitlines()] == ["good.txt"]


def test_a_limit_is_an_option_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(helpers.minutes(1) * 50, "utf-8")
    done = run("parse", path, "--limit", "bytes=1k")
    assert done.returncode == 1
    assert "[limit-bytes]" in done.stderr
    assert "--limit bytes=N" in done.stderr
    assert run("parse", path, "--limit", "bytes=1M").returncode == 0
    piped = subprocess.run(
        helpers.command("parse", "-", "--limit", "bytes=1k"),
        input=path.read_bytes(),
        capture_output=True,
        env=helpers.environment(),
        check=False,
    )
    assert piped.returncode == 1
    assert b"[limit-bytes]" in piped.stderr


def test_files_that_are_none_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.pdf")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    began = time.monotonic()
    done = run("parse", *sorted(tmp_path.iterdir()))
    assert time.monotonic() - began < 5
    assert done.returncode == 1
    assert done.stdout == ""
    assert [line.rpartition("[")[2] for line in done.stderr.splitlines()] == [
        "not-a-file]",
        "not-a-file]",
        "io]",
        "not-a-file]",
    ]


def test_the_password_is_on_no_command_line(tmp_path: Path) -> None:
    path = tmp_path / "slow.txt"
    path.write_text(helpers.minutes(1, "SLOW"), "utf-8")
    process = helpers.start("convert", path, "-o", tmp_path / "ud", "--password", "hemmeligt")
    seen = b""
    shown = Path(f"/proc/{process.pid}/cmdline")
    helpers.until(lambda: b"hemmeligt" in shown.read_bytes())  # it shows ours until its own program runs
    ours = shown.read_bytes()
    while process.poll() is None:
        for child in helpers.children(process.pid):
            with contextlib.suppress(OSError):
                command = Path(f"/proc/{child}/cmdline").read_bytes()
                if command != ours:  # until its own program runs a child shows the parent's
                    seen += command + Path(f"/proc/{child}/environ").read_bytes()
    assert b"mockworker" in seen
    assert b"hemmeligt" not in seen
    _, said = process.communicate()
    assert "hemmeligt" not in said
    assert b"hemmeligt" not in (tmp_path / "ud" / "_run.jsonl").read_bytes()
