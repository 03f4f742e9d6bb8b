"""Small archives, and the command as a user runs it, with real workers or with ones that do as they are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent.parent.parent / "samples"
HERE = Path(__file__).parent
MOCK = "from minutes_parser.archive import supervisor; supervisor.WORKER = 'mockworker'; "
MAIN = "from minutes_parser.cli import main; main()"


def command(*arguments: str | Path, mock: bool = False) -> list[str]:
    return [sys.executable, "-P", "-c", (MOCK if mock else "") + MAIN, *map(str, arguments)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HERE)}


def run(*arguments: str | Path, mock: bool = False, **more: Any) -> subprocess.CompletedProcess[str]:
    """The command, ended; one worker unless the call says otherwise: starting one costs more than a small archive."""
    if arguments[0] == "convert" and "-j" not in arguments:
        arguments = (*arguments, "-j", "1")
    return subprocess.run(
        command(*arguments, mock=mock), capture_output=True, text=True, env=environment(), check=False, **more
    )


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
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


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
