"""Small archives, and the command as a user runs it, with real workers or with ones that do as they are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from minutes_parser.archive import supervisor
from minutes_parser.cli import main

SAMPLES = Path(__file__).parent.parent.parent / "samples"
HERE = Path(__file__).parent
MOCK = "from minutes_parser.archive import supervisor; supervisor.WORKER = 'mockworker'; "
MAIN = "from minutes_parser.cli import main; main()"


def command(*arguments: str | Path, mock: bool = False) -> list[str]:
    return [sys.executable, "-P", "-c", (MOCK if mock else "") + MAIN, *map(str, arguments)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HERE)}


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str | Path, mock: bool = False, cwd: Path | None = None, input: str = "") -> Done:
    """The command in this process, with workers as always: starting an interpreter costs more than a small archive.

    One worker unless the call says otherwise.
    """
    if arguments[0] in ("convert", "validate") and "-j" not in arguments:
        arguments = (*arguments, "-j", "1")
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        stdin.write(input.encode("utf-8", "surrogateescape"))
        stdin.seek(0)
        code = _inside([str(a) for a in arguments], (stdin, stdout, stderr), mock, cwd)
        told = []
        for file in (stdout, stderr):
            file.seek(0)
            told.append(file.read().decode("utf-8", "backslashreplace"))
    return Done(code, *told)


def _inside(arguments: list[str], files: tuple[IO[bytes], IO[bytes], IO[bytes]], mock: bool, cwd: Path | None) -> int:
    before = [os.dup(number) for number in range(3)]
    streams, argv, here, worker = (sys.stdin, sys.stdout, sys.stderr), sys.argv, Path.cwd(), supervisor.WORKER
    path = os.environ.get("PYTHONPATH")
    try:
        for number, file in enumerate(files):
            os.dup2(file.fileno(), number)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, "r" if n == 0 else "w", closefd=False) for n in range(3))
        sys.argv = ["minutes-parser", *arguments]
        os.environ["PYTHONPATH"] = str(HERE)
        supervisor.WORKER = "mockworker" if mock else worker
        os.chdir(cwd or here)
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        for number, handle in enumerate(before):
            os.dup2(handle, number)
            os.close(handle)
        sys.stdin, sys.stdout, sys.stderr = streams
        sys.argv, supervisor.WORKER = argv, worker
        os.chdir(here)
        os.environ.pop("PYTHONPATH") if path is None else os.environ.update(PYTHONPATH=path)
    return 0


def start(*arguments: str | Path, mock: bool = True) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments, mock=mock),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )


def minutes(number: int, *words: str) -> str:
    lines = [
        "Referat",
        "Teknikudvalget, Nordby Kommune",
        "Mødedato: torsdag den 14. marts 2024",
        f"Sagsnr.: 24/{number:05d}",
        *words,
        "",
        "Punkt 1: Godkendelse af dagsordenen",
        "Beslutning",
        "Godkendt.",
    ]
    return "\n".join(lines) + "\n"


def corpus(folder: Path, count: int, *words: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        (folder / f"m{number}.txt").write_text(minutes(number, *words), "utf-8")
    return folder


def archive(folder: Path) -> dict[str, bytes]:
    """Every document in an archive by its path; each has to be whole."""
    found = {}
    for path in sorted(folder.rglob("*.json")):
        data = path.read_bytes()
        json.loads(data)
        found[str(path.relative_to(folder))] = data
    return found


def state(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(p): (p.stat().st_ino, p.stat().st_mtime_ns) for p in folder.rglob("*.json")}


def rows(folder: Path) -> dict[str, dict[str, Any]]:
    log = (folder / "_run.jsonl").read_text("utf-8").splitlines()
    found = {row["path"]: row for row in map(json.loads, log)}
    assert len(found) == len(log), "a document stands in the run log twice"
    return found


def leftovers(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if ".tmp" in p.name]


def children(pid: int) -> list[int]:
    """The processes that a process started from its first thread; none once it has ended."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.01)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
