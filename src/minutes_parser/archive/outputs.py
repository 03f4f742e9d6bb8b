"""One document's place in an archive: what stands there, writing it so that it is whole or not there at all."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from minutes_parser.archive.frames import Head
from minutes_parser.errors import MinutesError
from minutes_parser.write import canonical, intact

LARGEST = 512 << 20
"""Bytes of an output that is looked into; ours are far smaller."""


class Blocked(MinutesError):
    """The output's place is taken by something that is not ours to replace; costs this document only."""


class Unwritable(MinutesError):
    """Nothing can be written there (`output`): the disk is full, read-only, gone. No document is to blame."""

    exit_code = 4


class Standing(StrEnum):
    """What stands in an output's place."""

    ABSENT = "absent"
    BROKEN = "broken"
    STALE = "stale"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Made:
    """What makes two outputs agree: the source's bytes, the parser, the words, the options."""

    sha256: str
    version: str
    vocabulary: str
    options: dict[str, str | int | bool]

    def agrees(self, document: dict[str, Any]) -> bool:
        """Whether the document was made from the same by the same."""
        source, parser = document.get("source"), document.get("parser")
        return (
            isinstance(source, dict)
            and isinstance(parser, dict)
            and source.get("sha256") == self.sha256
            and parser.get("version") == self.version
            and parser.get("vocabulary") == self.vocabulary
            and parser.get("options") == self.options
        )


def look(data: bytes | None, made: Made) -> tuple[Standing, dict[str, Any] | None]:
    """What stands there, and the document in it; `data` is None where nothing does.

    Raises `Blocked` (`not-ours`, `edited`) for a file that this program did not write or that was changed since:
    only `--force` writes over it.
    """
    if data is None:
        return Standing.ABSENT, None
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return Standing.BROKEN, None
    if not (isinstance(document, dict) and "schema_version" in document and "coverage" in document):
        raise Blocked("", "not-ours", "its output's place holds a file that is no document of ours", _FORCE)
    if intact(data) and data.endswith(b"}\n"):
        return (Standing.SAME if made.agrees(document) else Standing.STALE), document
    if canonical(document) != document.get("checksum"):
        raise Blocked("", "edited", "its output was changed by hand", _FORCE)
    return Standing.STALE, document


def question(task: Head, made: Made, read: Callable[[str], bytes | None]) -> tuple[str, dict[str, Any] | None]:
    """Whether the source's hash settles a task: `same`, `failed-before`, or `` when the document has to be read.

    With `same` comes the document that stands there, where it was looked at; `read` gets its bytes. Raises `Blocked`
    and `Unwritable`.
    """
    if made.sha256 == task["standing"]:
        return "same", None
    if made.sha256 == task["failed"]:
        return "failed-before", None
    if task["look"] and not task["force"]:
        found, document = look(read(task["output"]), made)
        if found is Standing.SAME:
            return "same", document
    return "", None


_FORCE = "move it away, or write over it with --force"


def read_output(path: str) -> bytes | None:
    """What stands at `path`, None for nothing; raises `Blocked` for a folder, a link, a device."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Blocked("", "not-ours", "its output's place holds a symbolic link", _FORCE) from None
        raise fault(error) from None
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Blocked("", "output-blocked", "its output's place is taken by a folder or a device", "move it away")
        if found.st_size > LARGEST:
            raise Blocked("", "not-ours", "its output's place holds a file that is no document of ours", _FORCE)
        with open(handle, "rb", closefd=False) as file:
            return file.read(LARGEST)
    finally:
        os.close(handle)


def write_temporary(path: str, data: bytes, *, folders: bool = True) -> None:
    """All of `data` in a new file at `path`, its folders made if so wanted; nothing is left behind when that fails.

    Raises `Blocked` and `Unwritable`.
    """
    try:
        handle = _create(path, folders)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(path)
            raise
        finally:
            os.close(handle)
    except OSError as error:
        raise fault(error) from None


def _create(path: str, folders: bool) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        return os.open(path, flags, 0o666)
    except FileNotFoundError:
        if not folders:
            raise
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    except FileExistsError:
        os.unlink(path)  # left by a run of ours that was killed: the lock is ours now
    return os.open(path, flags, 0o666)


def settle(temporary: str, path: str) -> list[int]:
    """Put the temporary file in its place, synced first: after a power cut it is whole or not there.

    Returns its `identity`. Raises `Blocked` and `Unwritable`; then the temporary file is gone and what stood there stands.
    """
    try:
        try:
            handle = os.open(temporary, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
        return identity(os.lstat(path))
    except OSError as error:
        raise fault(error) from None


def identity(found: os.stat_result) -> list[int]:
    """Size, times and number of a file: when they agree, its content was not touched, whatever was done to its date."""
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def standing(path: str) -> list[int] | None:
    """The `identity` of what stands at `path`; None when nothing does."""
    try:
        return identity(os.lstat(path))
    except OSError:
        return None


_OWN = frozenset((errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ENAMETOOLONG, errno.EILSEQ))


def fault(error: OSError) -> MinutesError:
    """`Blocked` where the output's own place is the trouble, else `Unwritable`: then the run has to stop."""
    if error.errno in _OWN:
        return Blocked(
            "", "output-blocked", f"its output cannot be written: {error.strerror}", "move away what is there"
        )
    return unwritable(error)


def unwritable(error: OSError) -> Unwritable:
    """The run has to stop: the output, the run log or the lock cannot be written."""
    return Unwritable("", "output", f"cannot be written: {error.strerror}", "make room or mend it, and run again")
