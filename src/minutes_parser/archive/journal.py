"""The run log: one JSON line a document, the newest counts; it is also the memory of what is up to date.

Lines are appended as documents are done, so that a run that is killed loses nothing; when a run ends, lines that
newer ones replace are taken out. Only an index of line offsets is kept in memory: a million lines are no burden.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from typing import Any

from minutes_parser.archive.outputs import unwritable
from minutes_parser.source import printable_name

Row = dict[str, Any]
_HEAD = b'{"path":'
_NEXT = b',"status":'
_FAILED = b',"status":"error"'


class Journal:
    """The run log at `path`; raises `Unwritable`. Without `writing`, one that is not there is empty."""

    def __init__(self, path: str, *, writing: bool = True) -> None:
        self.path = path
        self.dead = 0
        self._offsets: dict[int, int] = {}
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND if writing else os.O_RDONLY
        try:
            if not writing and not os.path.exists(path):
                path = os.devnull
            self._file = os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
            self._size = self._scan(mend=writing)
        except OSError as error:
            raise unwritable(error) from None

    def __len__(self) -> int:
        return len(self._offsets)

    def get(self, name: str) -> Row | None:
        """The newest line of a document."""
        at = self._offsets.get(hash(_key(printable_name(name))))
        row = self._read(at) if at is not None else None
        return row if row is not None and {k: row.get(k) for k in ("path", "bytes")} == _named(name) else None

    def add(self, row: Row) -> None:
        """Append a line; its first members must be `path`, the document's name, and `status`. Raises `Unwritable`.

        A name that is no UTF-8 is written escaped, and as it is in `bytes`, hexadecimal.
        """
        row = row | {k: v for k, v in _named(row["path"]).items() if v is not None}
        data = json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        try:
            written = os.write(self._file, data)
            if written < len(data):
                os.ftruncate(self._file, self._size)
                written = os.write(self._file, data)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise unwritable(error) from None
        self._note(hash(_key(row["path"])), self._size)
        self._size += written

    def rows(self) -> Iterator[Row]:
        """The newest line of every document, in the order they were written."""
        for at in sorted(self._offsets.values()):
            if (row := self._read(at)) is not None:
                yield row

    def prune(self, seen: set[str]) -> None:
        """Forget failures of documents that were not met in this run and are not there any more."""
        for at in list(self._offsets.values()):
            head = os.pread(self._file, 8192, at)
            if not _failed(head):
                continue
            row = self._read(at)
            if row is not None and row["path"] not in seen and row.get("source") and not os.path.lexists(row["source"]):
                del self._offsets[hash(_key(row["path"]))]
                self.dead += 1

    def compact(self) -> None:
        """Take out the lines that newer ones replaced. Raises `Unwritable`."""
        if not self.dead:
            return
        temporary = f"{self.path}.tmp"
        try:
            with open(temporary, "wb") as out, open(self.path, "rb") as file:
                for at in sorted(self._offsets.values()):
                    file.seek(at)
                    out.write(file.readline())
                out.flush()
                os.fsync(out.fileno())
            os.replace(temporary, self.path)
            os.close(self._file)
            self._file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
            self._size = self._scan(mend=True)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise unwritable(error) from None

    def list_failures(self, path: str) -> None:
        """Write the failures' lines into a file of their own; none, no file. Raises `Unwritable`."""
        temporary = f"{path}.tmp"
        try:
            found = 0
            with open(temporary, "wb") as out, open(self.path, "rb") as file:
                for at in sorted(self._offsets.values()):
                    file.seek(at)
                    if _failed(line := file.readline()):
                        out.write(line)
                        found += 1
            os.replace(temporary, path) if found else os.unlink(temporary)
            if not found:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(path)
        except OSError as error:
            raise unwritable(error) from None

    def close(self) -> None:
        """Sync and close. Raises `Unwritable`."""
        try:
            os.fsync(self._file)
        except OSError as error:
            raise unwritable(error) from None
        finally:
            os.close(self._file)

    def _scan(self, *, mend: bool) -> int:
        """Index the lines; one that is damaged, as after a power cut, is dead. Returns the size."""
        self._offsets.clear()
        self.dead = 0
        at = 0
        line = b"\n"
        with open(self._file, "rb", closefd=False) as file:
            for line in file:
                if line.endswith(b"\n") and (key := _key_of(line)) is not None:
                    self._note(hash(key), at)
                else:
                    self.dead += 1
                at += len(line)
        if mend and not line.endswith(b"\n"):
            at += os.write(self._file, b"\n")
        return at

    def _note(self, key: int, at: int) -> None:
        self.dead += key in self._offsets
        self._offsets[key] = at

    def _read(self, at: int) -> Row | None:
        data = os.pread(self._file, 2048, at)
        while b"\n" not in data and (more := os.pread(self._file, 1 << 16, at + len(data))):
            data += more
        try:
            row = json.loads(data[: data.index(b"\n")])
        except (ValueError, RecursionError):
            return None
        return row if isinstance(row, dict) else None


def _named(name: str) -> dict[str, str | None]:
    """What a line says of a name, `path` and `bytes`."""
    told = printable_name(name)
    return {"path": told, "bytes": None if told == name else os.fsencode(name).hex()}


def _key(path: str) -> bytes:
    return json.dumps(path, ensure_ascii=False).encode()


def _failed(line: bytes) -> bool:
    stop = line.find(_NEXT)
    return stop > 0 and line.startswith(_FAILED, stop)


def _key_of(line: bytes) -> bytes | None:
    """The path as it is encoded in a line of ours; None for anything else.

    `,"status":` after a quote cannot stand inside a JSON string, so no path hides it.
    """
    if line.startswith(_HEAD):
        stop = line.find(_NEXT, len(_HEAD))
        if stop > 0 and line.endswith(b"}\n"):
            return line[len(_HEAD) : stop]
    return None
