"""Documents named on the command line: paths, or `-` for stdin."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minutes_parser.source import Source


def read(path: str, name: str | None) -> Source:
    """The document at `path`; `-` is stdin. Raises `MinutesError`."""
    from minutes_parser.pipeline import load

    if path == "-":
        return load(sys.stdin.buffer.read(), name or "stdin")
    return load(path, name)
