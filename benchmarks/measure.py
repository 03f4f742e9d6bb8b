"""Takes the measurements: paired CPU times, instruction counts, memory. Each in processes of its own."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paired import WARM

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
UV = ROOT / ".uv" / "bin" / "uv"
VENV = HERE / ".venv"
PEERS = VENV / "bin" / "python"
OURS = ROOT / ".venv" / "bin" / "python"
DATA = HERE / ".data"

APT = {"pdftotext": "apt install poppler-utils", "valgrind": "apt install valgrind"}


@dataclass
class Limit:
    """A figure and what it must be: `value` None where it could not be measured, `note` says why."""

    name: str
    value: float | None
    limit: float
    least: bool = False
    """Whether the limit is a least value."""
    unit: str = "x"
    spread: str = ""
    note: str = ""

    @property
    def met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit

    @property
    def verdict(self) -> str:
        return {True: "met", False: "NOT MET", None: "skipped"}[self.met]


@dataclass
class Row:
    """One route's line in a table: CPU a document, and as a multiple of ours."""

    route: str
    milliseconds: float
    ratio: float
    low: float
    high: float


@dataclass
class Results:
    """Everything that was measured."""

    limits: list[Limit] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    counts: dict[str, str] = field(default_factory=dict)
    """What each table was measured on."""
    skipped: dict[str, str] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)
    """Resident megabytes after each document."""


# -- setting up ------------------------------------------------------------------------------------------------------


def peers() -> dict[str, str]:
    """Install what is compared with, each by itself; what is missing, with the reason or the line to type."""
    missing = {name: f"not installed: {line}" for name, line in APT.items() if shutil.which(name) is None}
    install = [str(UV), "pip", "install", "--quiet", "--python", str(PEERS)]
    _run([str(UV), "venv", "--quiet", "--allow-existing", "--python", str(OURS), str(VENV)])
    _run([*install, "--constraint", str(ROOT / "constraints.txt"), "--editable", str(ROOT)])
    for line in (HERE / "peers.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        done = subprocess.run([*install, line], capture_output=True, text=True, check=False)
        if done.returncode:
            missing[re.split(r"[\[=]", line)[0]] = f"cannot be installed: {done.stderr.strip().splitlines()[-1:]}"
    return missing


def inputs(documents: int) -> Path:
    """The folder with the generated documents; made anew when the text or the printers change."""
    sources = [HERE / "inputs.py", *(ROOT / "samples").glob("*.py")]
    key = hashlib.sha256(b"".join(p.read_bytes() for p in sorted(sources))).hexdigest()[:12]
    folder = DATA / f"{key}-{documents}"
    if not folder.is_dir():
        shutil.rmtree(DATA, ignore_errors=True)
        making = DATA / "making"
        _run([str(OURS), str(HERE / "inputs.py"), str(making), "--documents", str(documents)])
        making.rename(folder)
    return folder


_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Byte code is kept, as on any user's machine: without it every start compiles what it imports."""


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_ENVIRONMENT)
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(command[:6])} …\n{done.stderr}")
    return done.stdout


# -- CPU time, in pairs ----------------------------------------------------------------------------------------------


class Pairs:
    """The CPU seconds of each route in each round, and ratios of two on the same documents of the same round."""

    def __init__(
        self, kind: str, rounds: int, files: list[Path], missing: dict[str, str], script: str = "paired.py"
    ) -> None:
        from routes import NEEDS

        self.kind = kind
        without = [f"--without={name}" for name, need in NEEDS.items() if need in missing]
        command = [str(PEERS), str(HERE / script), kind, str(rounds), *map(str, files)]
        said: dict[str, Any] = json.loads(_run([*command, *without] if script == "paired.py" else command))
        self.rounds: list[dict[str, dict[str, float]]] = said["rounds"]
        self.failed: dict[str, str] = said["failed"]

    def seconds(self, route: str) -> list[float]:
        return [s for turn in self.rounds for s in turn.get(route, {}).values()]

    def ratios(self, one: str, other: str) -> list[float]:
        """For each round: all documents that went through both routes, one's seconds over the other's."""
        out = []
        for turn in self.rounds:
            a, b = turn.get(one, {}), turn.get(other, {})
            shared = a.keys() & b.keys()
            if shared:
                out.append(sum(a[d] for d in shared) / sum(b[d] for d in shared))
        return out

    def limit(self, name: str, one: str, other: str, limit: float, *, least: bool = False) -> Limit:
        ratios = self.ratios(one, other)
        if not ratios:
            missing = other if not self.seconds(other) else one
            return Limit(name, None, limit, least, note=self.failed.get(missing, f"{missing} is not there"))
        spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
        return Limit(name, statistics.median(ratios), limit, least, spread=spread)

    def rows(self) -> list[Row]:
        """Every route, the cheapest first, as a multiple of ours."""
        names = {name for turn in self.rounds for name in turn}
        out = []
        for name in names:
            ratios, seconds = self.ratios(name, "ours"), self.seconds(name)
            out.append(
                Row(name, 1000 * sum(seconds) / len(seconds), statistics.median(ratios), min(ratios), max(ratios))
            )
        return sorted(out, key=lambda row: row.ratio)


# -- instructions ----------------------------------------------------------------------------------------------------


def instructions(command: list[str]) -> int:
    """Instructions that the command takes, counted by valgrind: repeatable to less than one percent."""
    run = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    done = subprocess.run(run, capture_output=True, text=True, check=False, env={**_ENVIRONMENT, "PYTHONHASHSEED": "0"})
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not found:
        raise SystemExit(f"failed under valgrind: {' '.join(command[:4])} …\n{done.stderr[-2000:]}")
    return int(found[1])


def help_limit(missing: dict[str, str]) -> Limit:
    """`--help` in instructions of `python -c pass`."""
    limit = Limit("`--help`, instructions of `python -c pass`", None, 8)
    if "valgrind" in missing:
        limit.note = missing["valgrind"]
        return limit
    command = [str(ROOT / ".venv" / "bin" / "minutes-parser"), "--help"]
    _run(command)  # the byte code is there from now on
    bare, asked = instructions([str(OURS), "-c", "pass"]), instructions([str(OURS), *command])
    limit.value, limit.spread = asked / bare, f"{asked / 1e6:.0f} M / {bare / 1e6:.0f} M"
    return limit


def pdf_instructions(files: list[Path], missing: dict[str, str]) -> list[Limit]:
    """PDF to JSON, and to lines, in instructions of bare PDFium text, and of JSON without the items' facts; start-up and the
    first documents subtracted."""
    limits = [
        Limit("PDF to JSON, instructions of bare PDFium text", None, 1.6),
        Limit("PDF to lines, instructions of bare PDFium text", None, 1.4),
        Limit("PDF to JSON, instructions of the same without proceedings", None, 1.15),
    ]
    if "valgrind" in missing or "pypdfium2" in missing:
        for limit in limits:
            limit.note = missing.get("valgrind") or missing["pypdfium2"]
        return limits
    names = [str(file) for file in files]

    def spent(route: str) -> int:
        run = [str(PEERS), str(HERE / "routes.py"), route]
        return instructions([*run, *names[:WARM], *names]) - instructions([*run, *names[:WARM]])

    counts = {route: spent(route) for route in ("pdfium", "ours", "lines", "bare")}
    for limit, (route, other) in zip(limits, (("ours", "pdfium"), ("lines", "pdfium"), ("ours", "bare")), strict=True):
        one, two = counts[route], counts[other]
        limit.value, limit.spread = one / two, f"{one / 1e6:.0f} M / {two / 1e6:.0f} M"
    return limits


# -- memory ----------------------------------------------------------------------------------------------------------

_MEMORY = """
import json, sys
from minutes_parser import parse
from minutes_parser.write import to_json

def status(key):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(key)) / 1024

resident = []
for path in sys.argv[1:]:
    to_json(parse(path))
    resident.append(round(status("VmRSS"), 1))
print(json.dumps([resident, status("VmHWM")]))
"""


def memory(files: list[Path], count: int) -> tuple[list[float], list[Limit]]:
    """Resident memory of one process that reads `count` documents: how high, and how much it grows in the second half."""
    limits = [
        Limit(f"peak memory over {count} documents", None, 80, unit="MB"),
        Limit(f"growth from document {count // 5} to {count}", None, 3, unit="MB"),
    ]
    if not Path("/proc/self/status").exists():
        for limit in limits:
            limit.note = "no /proc here"
        return [], limits
    chosen = [str(files[n % len(files)]) for n in range(count)]
    resident, peak = json.loads(_run([str(OURS), "-c", _MEMORY, *chosen]))
    limits[0].value = peak
    limits[1].value = max(resident[-count // 5 :]) - max(resident[: count // 5])
    return resident, limits


if __name__ == "__main__":
    sys.exit("run benchmarks/bench.py")
