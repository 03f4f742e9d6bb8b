"""Where outputs go. A folder: one file a document, put in its place by threads that wait for the disk."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from minutes_parser.archive.frames import Head
from minutes_parser.archive.journal import Row
from minutes_parser.archive.lock import Lock
from minutes_parser.archive.names import output_name
from minutes_parser.archive.outputs import settle, standing, unwritable
from minutes_parser.errors import MinutesError

BACKLOG = 64
"""Documents that may wait for the disk before the run waits with them."""
THREADS = 4
"""Threads that sync; four did 400 documents in the time that one did 30 (measured, ext4)."""
TEMPORARY = ".minutes-"
"""How names of temporary files begin."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A document that is in its place, or cannot get there; one that is not `fresh` was only moved."""

    row: Row
    error: MinutesError | None = None
    fresh: bool = True


class Sink(Protocol):
    """An output that is written while other runs keep off."""

    folder: str | None
    label: str
    log: str
    """Where the run log is."""
    folds_case: bool
    """Whether the disk takes `A` for `a`."""

    def standing(self, place: str) -> list[Any] | None:
        """The identity of what stands at an output's place; None for nothing."""
        ...

    def room(self) -> bool:
        """Whether one more document may be begun."""
        ...

    def stands(self, row: Row) -> bool:
        """Whether what the run log says of a document is there to be kept."""
        ...

    def target(self, name: str) -> Head:
        """What a worker is told about the document's place: `output` and `temporary`, or None twice."""
        ...

    def put(self, index: int, row: Row, target: Head, payload: bytes) -> None:
        """A worker has written the document, or sends it; the row comes back from `settled`."""
        ...

    def keep(self, index: int, row: Row, target: Head) -> None:
        """The document stands and stays."""
        ...

    def drop(self, index: int, target: Head) -> None:
        """There is no document."""
        ...

    def settled(self, *, wait: bool) -> list[Settled]:
        """Rows whose documents are in their places now, or cannot get there."""
        ...

    def close(self, *, finished: bool) -> None:
        """Leave nothing half done; `finished`: the run came to its end."""
        ...


class Folder:
    """One file a document below `folder`. Raises `Unwritable` when another run writes there or nobody can."""

    def __init__(self, folder: str, label: str = "", log: str = "") -> None:
        self.folder: str | None = folder
        self.label = label
        self._root = folder
        self._count = 0
        self._open: set[str] = set()
        self._waiting: deque[tuple[Row, str, Future[list[int]]]] = deque()
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            raise unwritable(error) from None
        self.log = log or log_of(folder, label)
        self._lock = Lock(os.path.join(folder, ".lock"), label)
        self.folds_case = os.path.exists(os.path.join(folder, ".LOCK"))
        self._pool = ThreadPoolExecutor(THREADS, "settle")
        if not self._lock.clean:
            self._sweep()

    def standing(self, place: str) -> list[Any] | None:
        return standing(place)

    def room(self) -> bool:
        return True

    def stands(self, row: Row) -> bool:
        return True  # the file system was asked by the planner

    def target(self, name: str) -> Head:
        output = os.path.join(self._root, output_name(name))
        self._count += 1
        temporary = os.path.join(os.path.dirname(output), f"{TEMPORARY}{self.label or 'all'}-{self._count}.tmp")
        self._open.add(temporary)
        return {"output": output, "temporary": temporary}

    def put(self, index: int, row: Row, target: Head, payload: bytes) -> None:
        self._waiting.append(
            (row, target["temporary"], self._pool.submit(settle, target["temporary"], target["output"]))
        )
        if len(self._waiting) > BACKLOG:
            with contextlib.suppress(MinutesError):
                self._waiting[0][2].result()

    def keep(self, index: int, row: Row, target: Head) -> None:
        self._open.discard(target.get("temporary", ""))

    def drop(self, index: int, target: Head) -> None:
        if temporary := target.get("temporary"):
            self._open.discard(temporary)
            with contextlib.suppress(OSError):
                os.unlink(temporary)

    def settled(self, *, wait: bool) -> list[Settled]:
        found: list[Settled] = []
        while self._waiting and (wait or self._waiting[0][2].done()):
            row, temporary, future = self._waiting.popleft()
            self._open.discard(temporary)
            try:
                row["output_stat"] = future.result()
                found.append(Settled(row))
            except MinutesError as error:
                found.append(Settled(row, error))
        return found

    def close(self, *, finished: bool) -> None:
        self._pool.shutdown(wait=True)
        for temporary in self._open:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        self._lock.release()

    def _sweep(self) -> None:
        """Take away what a killed run left: its temporary files are ours now, for we have its lock."""
        begin = f"{TEMPORARY}{self.label}-" if self.label else TEMPORARY
        for folder, _, files in os.walk(self._root):
            for name in files:
                if name.startswith(begin) and name.endswith(".tmp"):
                    with contextlib.suppress(OSError):
                        os.unlink(os.path.join(folder, name))


def log_of(output: str, label: str = "", *, lines: bool = False) -> str:
    """Where the run log of an output is unless the call says otherwise: `_run.jsonl` in a folder, `a_run.jsonl` by `a.jsonl`."""
    if lines:
        return f"{output.removesuffix('.jsonl')}_run.jsonl"
    return os.path.join(output, f"_run-{label}.jsonl" if label else "_run.jsonl")


def failures(log: str) -> str:
    """Where the failures of a run are listed: beside the run log."""
    folder, name = os.path.split(log)
    return os.path.join(folder, name.replace("_run", "_failures", 1) if "_run" in name else f"_failures.{name}")
