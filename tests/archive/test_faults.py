"""A run that is ended, killed, stopped or starved: the next one ends in the same archive, and nothing is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import helpers
import pytest
from helpers import alive, archive, children, corpus, leftovers, minutes, rows, run, start, state, until

DOCUMENTS = 20


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("faults") / "in", DOCUMENTS, "SLOW")


class Watch:
    """Reads every document of an archive again and again: each has to be whole at every moment."""

    def __init__(self, folder: Path) -> None:
        self.bad: list[str] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, args=(folder,))
        self._thread.start()

    def _look(self, folder: Path) -> None:
        while not self._stop.wait(0.02):
            for path in folder.glob("*.json"):
                try:
                    json.loads(path.read_bytes())
                except ValueError:
                    self.bad.append(path.name)

    def end(self) -> list[str]:
        self._stop.set()
        self._thread.join()
        return self.bad


def resumes(source: Path, out: Path, undisturbed: dict[str, bytes]) -> None:
    done = run("convert", source, "-o", out)
    assert done.returncode == 0, done.stderr
    assert archive(out) == undisturbed
    assert not leftovers(out)
    assert len(rows(out)) == DOCUMENTS
    before = state(out)
    assert f"{DOCUMENTS} up to date" in run("convert", source, "-o", out).stderr
    assert state(out) == before


@pytest.mark.parametrize(
    ("signals", "code"),
    [
        pytest.param([signal.SIGINT], 130, id="ctrl-c"),
        pytest.param([signal.SIGTERM], 143, id="term", marks=pytest.mark.slow),
        pytest.param([signal.SIGHUP], 129, id="hangup", marks=pytest.mark.slow),
        pytest.param([signal.SIGINT, signal.SIGINT], 130, id="ctrl-c twice"),
    ],
)
def test_ended_from_outside(
    tmp_path: Path, source: Path, undisturbed: dict[str, bytes], signals: list[signal.Signals], code: int
) -> None:
    out = tmp_path / "ud"
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup, children would ignore it too
    watch = Watch(out)
    process = start("convert", source, "-o", out, "-j", "2")
    until(lambda: len(list(out.glob("*.json"))) >= 4)
    workers = children(process.pid)
    began = time.monotonic()
    for number in signals:
        os.killpg(process.pid, number)  # as a terminal does: the workers get it too
        time.sleep(0.02)
    _, said = process.communicate(timeout=10)
    assert time.monotonic() - began < 2
    assert watch.end() == []
    assert process.returncode == code
    assert "Traceback" not in said
    assert said.count("\n") == 1
    assert not any(map(alive, workers))
    assert not leftovers(out)
    assert 4 <= len(archive(out)) < DOCUMENTS
    resumes(source, out, undisturbed)


def test_the_parent_is_killed(tmp_path: Path, source: Path, undisturbed: dict[str, bytes]) -> None:
    out = tmp_path / "ud"
    process = start("convert", source, "-o", out, "-j", "2")
    until(lambda: len(list(out.glob("*.json"))) >= 4)
    workers = children(process.pid)
    assert len(workers) == 2
    process.kill()
    process.communicate()
    until(lambda: not any(map(alive, workers)), 2)
    (out / ".minutes-all-7.tmp").write_text("half a docu")
    assert len(archive(out)) < DOCUMENTS
    resumes(source, out, undisturbed)


def test_workers_are_killed_and_their_documents_tried_again(
    tmp_path: Path, source: Path, undisturbed: dict[str, bytes]
) -> None:
    out = tmp_path / "ud"
    process = start("convert", source, "-o", out, "-j", "2")
    for count in (2, 4, 6):
        until(lambda count=count: len(list(out.glob("*.json"))) >= count)
        os.kill(children(process.pid)[0], signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert archive(out) == undisturbed
    assert {row["status"] for row in rows(out).values()} == {"ok"}
    resumes(source, out, undisturbed)


def test_a_worker_that_is_stopped_is_replaced(tmp_path: Path, source: Path, undisturbed: dict[str, bytes]) -> None:
    out = tmp_path / "ud"
    process = start("convert", source, "-o", out, "-j", "2", "--timeout", "1.5")
    until(lambda: len(list(out.glob("*.json"))) >= 2)
    os.kill(children(process.pid)[0], signal.SIGSTOP)
    process.communicate(timeout=60)
    assert len(archive(out)) >= DOCUMENTS - 1
    done = run("convert", source, "-o", out, "--retry-failed")
    assert done.returncode == 0
    assert archive(out) == undisturbed


@pytest.mark.slow
def test_the_run_is_stopped_for_longer_than_a_document_may_take(
    tmp_path: Path, source: Path, undisturbed: dict[str, bytes]
) -> None:
    out = tmp_path / "ud"
    process = start("convert", source, "-o", out, "-j", "2", "--timeout", "3")
    until(lambda: len(list(out.glob("*.json"))) >= 2)
    os.killpg(process.pid, signal.SIGSTOP)
    time.sleep(4)
    os.killpg(process.pid, signal.SIGCONT)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert archive(out) == undisturbed


def test_hostile_documents_among_good_ones(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 8), tmp_path / "ud"
    for word in ("CRASH", "MEMORY", "HANG", "DEFECT"):
        (source / f"{word.lower()}.txt").write_text(f"{word}\n")
    done = run("convert", source, "-o", out, "--timeout", "2", mock=True)
    assert done.returncode == 1
    assert len(archive(out)) == 8
    said = {line.split(":")[1].rpartition("/")[2]: line for line in done.stderr.splitlines() if "[" in line}
    assert "[crash]" in said["crash.txt"]
    assert "[memory]" in said["memory.txt"]
    assert "[timeout]" in said["hang.txt"]
    assert "[defect]" in said["defect.txt"]
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if ".txt" in line]) == 4
    again = run("convert", source, "-o", out, "--timeout", "2", mock=True)
    assert "8 up to date" in again.stderr
    assert "3 failed before" in again.stderr


def test_sources_that_vanish_or_turn_into_something_else(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 12, "SLOW"), tmp_path / "ud"
    process = start("convert", source, "-o", out, "-j", "1")
    until(lambda: list(out.glob("*.json")))
    (source / "m7.txt").unlink()
    (source / "m8.txt").unlink()
    os.mkfifo(source / "m8.txt")
    (source / "m9.txt").unlink()
    (source / "m9.txt").symlink_to("/dev/zero")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert len(archive(out)) == 9
    assert "m7.txt: no such file [not-found]" in said
    assert {n: r["code"] for n, r in rows(out).items() if r["status"] == "error"} == {
        "m7.txt": "not-found",
        "m8.txt": "not-a-file",
        "m9.txt": "not-a-file",
    }


def test_a_limit_on_file_sizes_stops_the_run_with_four(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 3), tmp_path / "ud"
    words = " ".join(f"'{w}'" for w in helpers.command("convert", source, "-o", out))
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 0; exec {words.replace('; ', chr(10))}"],
        capture_output=True,
        text=True,
        env=helpers.environment(),
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert not leftovers(out)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_the_disk_is_full(small_disk: Path, source: Path, undisturbed: dict[str, bytes]) -> None:
    out = small_disk / "ud"
    done = run("convert", source, "-o", out, "-j", "2")
    assert done.returncode == 4, done.stderr
    assert "No space left" in done.stderr
    assert done.stderr.count("\n") <= 2
    assert 0 < len(archive(out)) < DOCUMENTS
    assert not leftovers(out)
    subprocess.run(["mount", "-o", "remount,size=4m", small_disk], check=True)
    resumes(source, out, undisturbed)


def test_read_only_output_is_told_before_any_work(small_disk: Path, source: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    done = run("convert", source, "-o", small_disk / "ud")
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1


def test_closed_and_full_standard_streams(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 2)
    ref = tmp_path / "ref"
    run("convert", source, "-o", ref)
    for number, redirection in enumerate(("<&- >&- 2>&-", "</dev/null >/dev/full 2>/dev/full")):
        out = tmp_path / str(number)
        words = " ".join(f"'{w}'" for w in helpers.command("convert", source, "-o", out))
        assert (
            subprocess.run(["bash", "-c", f"{words} {redirection}"], env=helpers.environment(), check=False).returncode
            == 0
        )
        assert archive(out) == archive(ref)


@pytest.mark.parametrize(
    "more",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "da_DK.ISO-8859-1"},
        {"HOME": "/nonexistent", "TMPDIR": "/nonexistent"},
        {"TZ": "Pacific/Kiritimati"},
    ],
)
def test_the_same_bytes_in_any_surroundings(
    tmp_path: Path, undisturbed: dict[str, bytes], source: Path, more: dict[str, str]
) -> None:
    bare = {"PATH": os.environ["PATH"], **more}
    command = helpers.command("convert", source / "m1.txt", "--relative-to", source, "-o", tmp_path / "ud")
    done = subprocess.run(command, env=bare, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ud" / "m1.txt.json").read_bytes() == undisturbed["m1.txt.json"]


def test_modules_of_the_working_folder_are_not_imported(tmp_path: Path) -> None:
    for name in ("json.py", "lxml.py", "minutes_parser.py"):
        (tmp_path / name).write_text("raise SystemExit('INJECTED')")
    (tmp_path / "m.txt").write_text(minutes(1))
    done = subprocess.run(
        [str(Path(sys.executable).with_name("minutes-parser")), "parse", "m.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "INJECTED" not in done.stdout + done.stderr
