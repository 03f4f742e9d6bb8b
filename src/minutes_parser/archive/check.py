"""Whole archives checked: every document by itself, against its source, and both sets against each other."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from minutes_parser.archive.found import Choice
from minutes_parser.archive.journal import Journal
from minutes_parser.archive.names import Seen, output_name
from minutes_parser.archive.supervisor import Answer, Supervisor, Task, Walls
from minutes_parser.archive.walk import sources
from minutes_parser.errors import printable

LARGEST = 50_000_000
"""Bytes of a line; the same limit as for a document."""
BATCH = 1 << 20
"""Bytes of lines that a worker gets at once."""
MANY = 100
"""Documents that a worker gets at once."""
_LINES = (".jsonl", ".ndjson")
_LOGS = ("_run", "_failures")


@dataclass(frozen=True, slots=True)
class Unit:
    """A document to check: a file, or the `line` of one, whose bytes are `data`; `name` is its source's by its place."""

    file: str
    line: int | None = None
    data: bytes | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong with a document, or with what belongs to it; rows as `Problem.row` gives them."""

    file: str
    problems: list[dict[str, Any]]
    line: int | None = None
    counts: bool = True
    """Whether it is a document; a source without output is none."""


@dataclass(slots=True)
class Checker:
    """Checks units in workers and reports in the order in which they came."""

    walls: Walls
    jobs: int = 1
    folder: str | None = None
    """Folder of the sources, where they are to be checked too."""
    seen: Seen = field(default_factory=Seen)
    """Sources that have an output."""
    lines: Seen = field(default_factory=Seen)
    """Documents that stood on a line before."""

    def reports(self, units: Iterable[Unit]) -> Iterator[Report]:
        """Yield a report for each unit."""
        coming = _batches(units)
        order: deque[list[Unit]] = deque()
        answers: dict[int, list[Report]] = {}
        following = next(coming, None)
        with Supervisor(self.walls, self.jobs, "validate") as workers:
            while following is not None or order:
                while following is not None and workers.free and len(order) < 4 * self.jobs:
                    order.append(following)
                    workers.give(self._task(following))
                    following = next(coming, None)
                for answer in workers.wait() if workers.busy else []:
                    batch: list[Unit] = answer.task.about  # type: ignore[assignment]
                    answers[id(batch)] = list(self._heard(batch, answer))
                while order and id(order[0]) in answers:
                    yield from answers.pop(id(order.popleft()))

    def _task(self, batch: list[Unit]) -> Task:
        told = [
            {"path": unit.file, "name": unit.name} if unit.data is None else {"size": len(unit.data), "name": None}
            for unit in batch
        ]
        payload = b"".join(unit.data for unit in batch if unit.data is not None)
        return Task({"do": "check", "documents": told, "sources": self.folder}, payload, batch)

    def _heard(self, batch: list[Unit], answer: Answer) -> Iterator[Report]:
        if "code" in answer.head:
            row = _row(answer.head["code"], answer.head["reason"], answer.head["advice"])
            yield from (Report(unit.file, [row], unit.line) for unit in batch)
            return
        for unit, result in zip(batch, answer.head["results"], strict=True):
            problems = result["problems"]
            if (name := result["source"]) is not None:
                if self.folder is not None:
                    self.seen.add(name)
                if unit.line is not None:
                    problems += self._again(name, result["sha256"])
            yield Report(unit.file, problems, unit.line)

    def _again(self, name: str, sha256: str) -> list[dict[str, Any]]:
        if self.lines.add(f"{name}/{sha256}"):
            return []
        return [_row("listed-twice", f"the document {printable(name)} stands in it twice", severity="warning")]

    def without_output(self, archives: list[str]) -> Iterator[Report]:
        """Sources that have no output, with what the run log says of them."""
        if self.folder is None:
            return
        logs = [Journal(os.path.join(path, "_run.jsonl"), writing=False) for path in archives if os.path.isdir(path)]
        for one in sources([self.folder], Choice(), None):
            if one.skipped or one.name in self.seen:
                continue
            if any(os.path.lexists(os.path.join(path, output_name(one.name))) for path in archives):
                continue  # it is there and was reported as unreadable
            rows = [row for log in logs if (row := log.get(one.name)) is not None and row["status"] == "error"]
            why = f": {rows[0]['message']} [{rows[0]['code']}]" if rows else ""
            yield Report(one.path, [_row("output-missing", f"it has no output{why}", "convert it")], counts=False)
        for log in logs:
            log.close()


def units(paths: Iterable[str], stdin: BinaryIO) -> Iterator[Unit]:
    """The documents in files and folders; `-` is stdin. Files are opened when it is their turn, never all at once."""
    for path in paths:
        if path == "-":
            yield from _piped(stdin)
        elif os.path.isdir(path):
            for file in _folder(path):
                yield from _file(file, os.path.relpath(file, path))
        else:
            yield from _file(path, None)


def _folder(root: str) -> Iterator[str]:
    """Documents below a folder, in the order of their names; run logs and hidden files are none."""
    for folder, below, files in os.walk(root):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(files):
            stem, suffix = os.path.splitext(name)
            log = suffix in _LINES and any(
                stem.startswith(word) or stem.endswith(word) or f"{word}-" in stem for word in _LOGS
            )
            if suffix in (".json", *_LINES) and not name.startswith(".") and not log:
                yield os.path.join(folder, name)


def _file(path: str, inside: str | None) -> Iterator[Unit]:
    if not path.endswith(_LINES):
        yield Unit(path, name=inside.removesuffix(".json") if inside is not None else None)
        return
    try:
        with open(path, "rb") as file:
            yield from _lines(path, file, 1)
    except OSError:
        yield Unit(path)  # the worker says why


def _piped(stdin: BinaryIO) -> Iterator[Unit]:
    """One document over several lines, as `parse --indent` prints it, or one a line."""
    first = stdin.readline(LARGEST)
    if first.strip() == b"{":
        yield Unit("-", None, first + stdin.read(LARGEST))
    else:
        yield from _lines("-", stdin, 1, first)


def _lines(path: str, file: BinaryIO, number: int, line: bytes | None = None) -> Iterator[Unit]:
    """The lines of a file, parted by line feeds only; of one that is too long, as much as tells so."""
    line = file.readline(LARGEST + 2) if line is None else line
    while line:
        whole = line
        while not line.endswith(b"\n") and (line := file.readline(1 << 20)):
            pass
        yield Unit(path, number, whole.removesuffix(b"\n").removesuffix(b"\r"))
        number += 1
        line = file.readline(LARGEST + 2)


def _batches(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    batch: list[Unit] = []
    size = 0
    for unit in units:
        batch.append(unit)
        size += len(unit.data) if unit.data is not None else BATCH // MANY
        if size >= BATCH or len(batch) >= MANY:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _row(code: str, message: str, hint: str = "", severity: str = "error") -> dict[str, Any]:
    return {"severity": severity, "code": code, "message": message, "hint": hint, "line": None, "column": None}
