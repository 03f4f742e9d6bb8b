"""Outputs in an object store: one object a document, or one object with a document a line."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Any

from minutes_parser.archive import remote
from minutes_parser.archive.frames import Head
from minutes_parser.archive.journal import Row
from minutes_parser.archive.lines import Lines
from minutes_parser.archive.names import output_name
from minutes_parser.archive.outputs import standing
from minutes_parser.archive.sinks import Folder, Settled, Sink, failures, log_of
from minutes_parser.errors import MinutesError


class Bucket:
    """One object a document below an address; workers put them there. Raises `Unwritable` and `MissingHelper`.

    Object stores have no locks: two runs on the same output do the same work twice, and end in the same archive.
    """

    def __init__(self, url: str, label: str = "", log: str = "") -> None:
        self.folder: str | None = url.rstrip("/")
        self.label = label
        self.folds_case = False
        self._url = url.rstrip("/")
        self._kept = Kept(log or log_of(self._url, label))
        self.log = self._kept.log
        self._standing = remote.Standing()
        self._done: list[Settled] = []

    def standing(self, place: str) -> list[Any] | None:
        return self._standing(place)

    def room(self) -> bool:
        return True

    def stands(self, row: Row) -> bool:
        return True

    def target(self, name: str) -> Head:
        return {"output": f"{self._url}/{output_name(name)}", "temporary": None}

    def put(self, index: int, row: Row, target: Head, payload: bytes) -> None:
        self._done.append(Settled(row))

    def keep(self, index: int, row: Row, target: Head) -> None:
        pass

    def drop(self, index: int, target: Head) -> None:
        pass

    def settled(self, *, wait: bool) -> list[Settled]:
        done, self._done = self._done, []
        return done

    def close(self, *, finished: bool) -> None:
        try:
            self._kept.close()
        finally:
            self._kept.drop()


class BucketLines(Lines):
    """One object with a document a line: worked on in a local folder, put in its place when the run ends."""

    def __init__(self, url: str, log: str = "") -> None:
        self._url = url
        self._work = tempfile.mkdtemp(prefix="minutes-parser-")
        local = os.path.join(self._work, "documents.jsonl")
        try:
            self._kept = Kept(log or log_of(url, lines=True))
            remote.fetch(url, local)
            self._before = standing(local)
            super().__init__(local, self._kept.log)
        except MinutesError:
            shutil.rmtree(self._work, ignore_errors=True)
            raise

    def close(self, *, finished: bool) -> None:
        try:
            super().close(finished=finished)
            if finished and standing(self.path) != self._before:
                remote.store(self.path, self._url)
            self._kept.close()
        finally:
            self._kept.drop()
            shutil.rmtree(self._work, ignore_errors=True)


class Kept:
    """A local copy of a run log in an object store; what it became goes back there. A local log is left where it is."""

    def __init__(self, url: str) -> None:
        self.log = url
        self._url = url
        self._folder = ""
        if remote.is_url(url):
            self._folder = tempfile.mkdtemp(prefix="minutes-parser-")
            self.log = os.path.join(self._folder, url.rpartition("/")[2])
            try:
                remote.fetch(url, self.log)
            except MinutesError:
                self.drop()
                raise
        self._before = standing(self.log)

    def close(self) -> None:
        """Bring the log back when it changed, and the list of failures; raises `Unwritable`."""
        if self._folder and standing(self.log) != self._before:
            remote.store(self.log, self._url)
            listed = failures(self.log)
            there = f"{self._url.rpartition('/')[0]}/{os.path.basename(listed)}"
            remote.store(listed, there) if os.path.exists(listed) else remote.forget(there)

    def drop(self) -> None:
        """Remove the local copy."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


def sink_at(output: str, label: str, log: str, *, lines: bool) -> Sink:
    """The output that an address or path stands for, opened; raises `Unwritable` and `MissingHelper`."""
    if remote.is_url(output):
        return BucketLines(output, log) if lines else Bucket(output, label, log)
    return Lines(output, log) if lines else Folder(output, label, log)
