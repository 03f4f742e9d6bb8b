"""Pipes, standard streams, limits of the shell, clocks and folders that are not as they should be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import helpers
import pytest
from helpers import archive, corpus, minutes, rows, run

COMMAND = str(Path(sys.executable).with_name("minutes-parser"))


def shell(line: str, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    """A line for bash in which `$P` is the command and `$1` … are the arguments."""
    return subprocess.run(
        ["bash", "-c", line, "bash", *map(str, arguments)],
        capture_output=True,
        env=helpers.environment() | {"P": COMMAND} | more,
        check=False,
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("streams") / "in", 3)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.txt"
    path.write_text(minutes(1) + "Bilag med almindelig tekst.\n" * 40_000, "utf-8")
    return path


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_ends_the_command_in_silence(long: Path, unbuffered: str) -> None:
    for do in ("text", "parse"):
        done = shell(
            f'"$P" {do} "$1" | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}',
            long,
            PYTHONUNBUFFERED=unbuffered,
        )
        assert done.returncode in (0, 141), done.stderr
        assert done.stderr == b""


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "tiny"
    disk.mkdir()
    options = "size=64k,nr_inodes=12"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_stdout_on_a_full_disk_is_four(tiny_disk: Path, long: Path, unbuffered: str) -> None:
    done = shell('"$P" text "$1" > "$2"', long, tiny_disk / "out", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 4, done.stderr
    assert done.stderr.count(b"\n") == 1


def test_stdout_full_or_closed(source: Path) -> None:
    full = shell('"$P" parse "$1" > /dev/full', source / "m1.txt")
    assert full.returncode == 4
    assert full.stderr.count(b"\n") == 1
    closed = shell('"$P" parse "$1" >&-', source / "m1.txt")
    assert closed.returncode not in (0, 70)
    assert b"Traceback" not in closed.stderr


def test_no_more_files_can_be_made(tiny_disk: Path, tmp_path: Path) -> None:
    done = run("convert", corpus(tmp_path / "in", 30), "-o", tiny_disk / "ud", "-j", "2")
    assert done.returncode == 4, done.stderr
    assert "No space left" in done.stderr
    assert done.stderr.count("\n") <= 2
    assert len(archive(tiny_disk / "ud")) < 30


@pytest.mark.slow
def test_few_open_files_are_enough_or_told(tmp_path: Path, source: Path, undisturbed: dict[str, bytes]) -> None:
    for number in (10, 16, 24):
        out = tmp_path / str(number)
        done = shell(f'ulimit -n {number}; "$P" convert "$1" -o "$2" -j 2', source, out)
        assert done.returncode in (0, 70), done.stderr
        assert b"Traceback" not in done.stderr
        assert run("convert", source, "-o", out).returncode == 0
        assert archive(out) == undisturbed


@pytest.mark.slow
def test_a_working_folder_that_is_gone(tmp_path: Path, source: Path, undisturbed: dict[str, bytes]) -> None:
    (tmp_path / "gone").mkdir()
    done = shell('cd "$1"; rmdir "$1"; "$P" convert "$2" -o "$3"', tmp_path / "gone", source, tmp_path / "ud")
    assert done.returncode == 0, done.stderr
    assert archive(tmp_path / "ud") == undisturbed


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("faketime") is None, reason="needs faketime")
def test_the_clock_is_not_in_the_archive(tmp_path: Path, source: Path, undisturbed: dict[str, bytes]) -> None:
    for day in ("2038-01-20 03:14:08", "1999-12-31 23:59:59"):
        done = shell('faketime "$1" "$P" convert "$2" -o "$3" -j 1', day, source, tmp_path / "ud")
        assert done.returncode == 0, done.stderr
        assert archive(tmp_path / "ud") == undisturbed
    assert b"3 up to date" in done.stderr


def test_dates_of_files_decide_nothing(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 3), tmp_path / "ud"
    run("convert", source, "-o", out)
    before = archive(out)
    for day in (0, 4_102_444_800):
        os.utime(source / "m1.txt", (day, day))
        assert "3 up to date" in run("convert", source, "-o", out).stderr
    assert archive(out) == before
    path, other = source / "m3.txt", source / "m2.txt"
    path.write_text(path.read_text("utf-8").replace("Godkendt.", "Afvist!!!"), "utf-8")
    shutil.copystat(other, path)
    assert "1 converted" in run("convert", source, "-o", out).stderr
    assert archive(out)["m3.txt.json"] != before["m3.txt.json"]


@pytest.mark.slow
def test_no_core_is_left(tmp_path: Path) -> None:
    source, here = corpus(tmp_path / "in", 2), tmp_path / "here"
    here.mkdir()
    (source / "crash.txt").write_text("CRASH\n")
    words = helpers.command("convert", source, "-o", tmp_path / "ud", mock=True)
    done = subprocess.run(
        ["bash", "-c", 'ulimit -c unlimited; exec "$@"', "bash", *words],
        cwd=here,
        capture_output=True,
        env=helpers.environment(),
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert not list(here.iterdir())
    assert rows(tmp_path / "ud")["crash.txt"]["code"] == "crash"


@pytest.mark.slow
def test_the_same_through_a_terminal(tmp_path: Path, source: Path, undisturbed: dict[str, bytes]) -> None:
    if shutil.which("script") is None:
        pytest.skip("needs script")
    done = shell('script -qec "$P convert $1 -o $2 -j 2" /dev/null < /dev/null', source, tmp_path / "ud")
    assert done.returncode == 0
    assert archive(tmp_path / "ud") == undisturbed
    assert json.loads((tmp_path / "ud" / "_run.jsonl").read_text().splitlines()[0])["status"] == "ok"
