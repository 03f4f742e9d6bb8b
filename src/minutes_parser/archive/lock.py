"""One run on one output at a time; shards of one run side by side."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os

from minutes_parser.archive.outputs import Unwritable, unwritable

_UNKNOWN = frozenset((errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK))


_AT_WORK = "a run is at work here, or was killed\n"


class Lock:
    """The right to write to an output; raises `Unwritable` (`locked`) when another run has it.

    A run of the whole shuts out every other, a run of a shard only the whole and its own like. The system lets go when
    the process ends, however it ends. `clean` is False when the run before was killed; `note` is what it left.
    """

    def __init__(self, path: str, label: str = "") -> None:
        self._held: list[int] = []
        try:
            whole = self._open(path)
            self._take(whole, fcntl.LOCK_SH if label else fcntl.LOCK_EX)
            self._own = self._open(f"{path}-{label}") if label else whole
            if label:
                self._take(self._own, fcntl.LOCK_EX)
            self.note = os.pread(self._own, 200, 0).decode("ascii", "replace")
            self.clean = self.note != _AT_WORK
            os.ftruncate(self._own, 0)
            os.pwrite(self._own, _AT_WORK.encode(), 0)
        except OSError as error:
            self.release(finished=False)
            raise unwritable(error) from None
        except Unwritable:
            self.release(finished=False)
            raise

    def release(self, *, finished: bool = True, note: str = "") -> None:
        """Let go; `finished` says that no temporary file was left, `note` is for the next run."""
        with contextlib.suppress(OSError):
            if finished and self._held:
                os.ftruncate(self._own, 0)
                os.pwrite(self._own, note.encode(), 0)
        for handle in self._held:
            with contextlib.suppress(OSError):
                os.close(handle)
        self._held.clear()

    def _open(self, path: str) -> int:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        self._held.append(handle)
        return handle

    def _take(self, handle: int, how: int) -> None:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _UNKNOWN:
                return  # no locks on this file system: renames keep each document whole all the same
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise Unwritable("", "locked", "another run writes to it", "wait for it to end") from None
            raise
