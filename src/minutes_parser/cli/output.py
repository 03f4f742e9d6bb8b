"""Writing data: to stdout in full, to a file by rename; and talk, which goes to stderr and never fails."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import Any

import typer


def say(line: str) -> None:
    """One line to stderr; that it is closed or full stops no work."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    with contextlib.suppress(OSError):
        os.write(2, f"{line}\n".encode(encoding, "backslashreplace"))


def complain(path: str, answer: dict[str, Any]) -> int:
    """One line about a document that could not be read, from a worker's answer; its exit code."""
    from minutes_parser.errors import MinutesError

    error = MinutesError(path, answer["code"], answer["reason"], answer["advice"])
    say(f"minutes-parser: {error}")
    return int(answer["exit_code"])


def write_stdout(data: bytes) -> None:
    """All of `data` to stdout, or exit 4; 141 when its reader has left.

    Python's own write can lose the rest unseen (measured: a full disk, unbuffered).
    """
    view = memoryview(data)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
        while view:
            view = view[os.write(1, view[: 1 << 20]) :]
    except OSError as error:
        gone = error.errno == errno.EPIPE
        if gone:
            with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), 1)  # else the interpreter complains once more when it ends
        else:
            say(f"minutes-parser: stdout: cannot be written: {error.strerror} [output]")
        raise typer.Exit(141 if gone else 4) from None


def write_file(path: Path, data: bytes) -> None:
    """`data` in `path`, whole or not at all: written beside it, synced and renamed; exit 4 when that fails."""
    from minutes_parser.archive.outputs import settle, write_temporary
    from minutes_parser.errors import MinutesError

    temporary = str(path.parent / f".{path.name[:100]}.{os.getpid()}.tmp")
    try:
        write_temporary(temporary, data, folders=False)
        settle(temporary, str(path))
    except MinutesError as error:
        say(f"minutes-parser: {error.named(str(path))}")
        raise typer.Exit(4) from None
