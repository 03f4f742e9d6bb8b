"""Writing data: to stdout in full, to a file by rename."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import typer


def write_stdout(data: bytes) -> None:
    """All of `data` to stdout, or exit 4: Python's own write can lose the rest unseen (measured: a full disk, unbuffered)."""
    sys.stdout.flush()
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(1, view[: 1 << 20]) :]
    except OSError as error:
        typer.echo(f"minutes-parser: stdout: cannot be written: {error.strerror} [output]", err=True)
        raise typer.Exit(4) from None


def write_file(path: Path, data: bytes) -> None:
    """`data` in `path`, whole or not at all: written beside it and renamed; exit 4 when that fails."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        typer.echo(f"minutes-parser: {path}: cannot be written: {error.strerror} [output]", err=True)
        raise typer.Exit(4) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
