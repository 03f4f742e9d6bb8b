"""All documents in one JSON Lines file, in the order of the input, however many workers there are."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minutes_parser.archive.frames import Head
from minutes_parser.archive.journal import Row
from minutes_parser.archive.lock import Lock
from minutes_parser.archive.outputs import Unwritable, standing, unwritable
from minutes_parser.archive.sinks import Settled, log_of
from minutes_parser.write import intact

WINDOW = 500
"""Documents that may wait for one before them."""
HELD = 64 << 20
"""Bytes that they may have together."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a document does when it is its turn; without a row it has none."""

    row: Row | None = None
    payload: bytes = b""
    fresh: bool = False


class Lines:
    """The file at `path`, written beside it and renamed when the run ends; raises `Unwritable`.

    As long as what comes agrees with what stands there, nothing is written. What an interrupted run had written
    (`.part`) is gone on with.
    """

    def __init__(self, path: str, log: str = "") -> None:
        self.path = path
        self.folder: str | None = None
        self.label = ""
        self.folds_case = False
        folder, name = os.path.split(path)
        self.log = log or log_of(path, lines=True)
        self._part = os.path.join(folder, f".{name}.part")
        self._work = os.path.join(folder, f".{name}.tmp")
        self._waiting: dict[int, _Turn] = {}
        self._held = 0
        self._next = 0
        self._at = 0
        self._out = -1
        self._done: list[Settled] = []
        try:
            os.makedirs(folder or ".", exist_ok=True)
            self._lock = Lock(os.path.join(folder, f".{name}.lock"))
            self._take_over()
            self._old = [os.open(p, os.O_RDONLY | os.O_CLOEXEC) for p in (self._part, path) if os.path.exists(p)]
            self._goes_on = os.path.exists(self._part)
            self._trusted = not self._goes_on and self._lock.note == str(standing(path))
        except OSError as error:
            raise unwritable(error) from None

    def standing(self, place: str) -> list[Any] | None:
        return None

    def room(self) -> bool:
        return len(self._waiting) < WINDOW and self._held < HELD

    def stands(self, row: Row) -> bool:
        return "at" in row and (self._trusted or self._find(row) is not None)

    def target(self, name: str) -> Head:
        return {"output": None, "temporary": None}

    def put(self, index: int, row: Row, target: Head, payload: bytes) -> None:
        self._turn(index, _Turn(row, payload, fresh=True))

    def keep(self, index: int, row: Row, target: Head) -> None:
        self._turn(index, _Turn(row))

    def drop(self, index: int, target: Head) -> None:
        self._turn(index, _Turn())

    def settled(self, *, wait: bool) -> list[Settled]:
        done, self._done = self._done, []
        return done

    def close(self, *, finished: bool) -> None:
        try:
            if finished:
                self._finish()
            note = str(standing(self.path)) if finished else ""
        except OSError as error:
            raise unwritable(error) from None
        finally:
            for handle in (*self._old, *([self._out] if self._out >= 0 else [])):
                with contextlib.suppress(OSError):
                    os.close(handle)
            self._old, self._out = [], -1
        self._lock.release(note=note)

    def _turn(self, index: int, turn: _Turn) -> None:
        self._waiting[index] = turn
        self._held += len(turn.payload)
        try:
            while (following := self._waiting.pop(self._next, None)) is not None:
                self._next += 1
                self._held -= len(following.payload)
                if following.row is not None:
                    self._write(following.row, following)
        except OSError as error:
            raise unwritable(error) from None

    def _write(self, row: Row, turn: _Turn) -> None:
        """The document at the end of what is written so far; unmoved where it stands there already."""
        place = row.get("at")
        if not turn.fresh and self._out < 0 and place and place[0] == self._at and self._first_holds(row):
            self._at += place[1]
            return
        payload = turn.payload
        if not turn.fresh:
            handle = self._find(row)
            if handle is None or place is None:
                raise Unwritable("", "output", "it changed while a run was at work", "run again")
            payload = os.pread(handle, place[1], place[0])
        self._begin()
        view = memoryview(payload)
        while view:
            view = view[os.write(self._out, view) :]
        self._done.append(Settled(row | {"at": [self._at, len(payload)]}, fresh=turn.fresh))
        self._at += len(payload)

    def _begin(self) -> None:
        """Part ways with what stands there: from here on everything is written anew."""
        if self._out >= 0:
            return
        self._out = os.open(self._work, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        for part in self._read(self._at):
            view = memoryview(part)
            while view:
                view = view[os.write(self._out, view) :]

    def _read(self, stop: int) -> Iterator[bytes]:
        at = 0
        while at < stop and (part := os.pread(self._old[0], min(1 << 20, stop - at), at)):
            yield part
            at += len(part)

    def _first_holds(self, row: Row) -> bool:
        return bool(self._old) and (self._trusted or self._find(row) == self._old[0])

    def _find(self, row: Row) -> int | None:
        """The file that holds the document where the run log says, whole and of the same source."""
        place = row.get("at")
        if not place:
            return None
        for handle in self._old:
            data = os.pread(handle, place[1], place[0])
            if (
                len(data) == place[1]
                and data.endswith(b"}\n")
                and str(row["sha256"]).encode() in data[:4096]
                and intact(data)
            ):
                return handle
        return None

    def _take_over(self) -> None:
        """An interrupted run's work is where this one begins; of two, the longer."""
        if os.path.exists(self._work):
            part = os.path.getsize(self._part) if os.path.exists(self._part) else -1
            if os.path.getsize(self._work) > part:
                os.replace(self._work, self._part)
            else:
                os.unlink(self._work)

    def _finish(self) -> None:
        """What is written takes the file's place, unless nothing changed."""
        if self._out < 0:
            if self._old and not self._goes_on and os.fstat(self._old[0]).st_size == self._at:
                return
            self._begin()
        os.fsync(self._out)
        os.replace(self._work, self.path)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._part)
