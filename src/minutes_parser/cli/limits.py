"""What a document may cost: the options that `parse`, `text` and `convert` share."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from minutes_parser.archive.supervisor import Walls

SMALLEST_MEMORY = 256 << 20
"""Bytes: below that the readers themselves do not start."""
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


def size(text: str) -> int:
    """`2G`, `500M`, `100000` as a number of bytes; raises `ValueError`.

    >>> size("2G"), size("1.5k"), size("70")
    (2000000000, 1500, 70)
    """
    found = re.fullmatch(r"(\d{1,15}(?:\.\d{1,3})?)([kmgt]?)i?b?", text.strip().lower())
    if found is None:
        raise ValueError
    return int(float(found[1]) * _UNITS[found[2]])


def _memory(text: str) -> int:
    try:
        value = size(text)
    except ValueError:
        raise typer.BadParameter("give a size like 2G or 500M") from None
    if value < SMALLEST_MEMORY:
        raise typer.BadParameter("no document can be read in less than 256M")
    return value


Timeout = Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that one document may take.")]
Memory = Annotated[
    int, typer.Option("--max-memory", parser=_memory, metavar="SIZE", help="Memory that one document may take.")
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=N",
        help="Another limit of a document, for example pages=500 or bytes=200M; `minutes-parser doctor` lists them.",
    ),
]
MEMORY_EACH = 500_000_000
"""Bytes that a worker is reckoned to need when their number is chosen; ordinary documents need a fifth."""
TIMEOUT = 120.0
MEMORY = "2G"


def limits(given: list[str] | None) -> dict[str, int]:
    """The limits named on the command line; a name or number that is none ends the call with exit 2."""
    from minutes_parser.findings import Limits

    names = {field.name for field in fields(Limits)}
    found: dict[str, int] = {}
    for one in given or []:
        name, _, value = one.partition("=")
        name = name.strip().replace("-", "_")
        if name not in names:
            raise typer.BadParameter(f"no limit {name!r}; there are {', '.join(sorted(names))}", param_hint="--limit")
        try:
            found[name] = size(value)
        except ValueError:
            raise typer.BadParameter(f"{value!r} is no number", param_hint="--limit") from None
    return found


def walls(timeout: float, memory: Any, given: list[str] | None, **options: Any) -> Walls:
    """The walls around a worker, from the command line."""
    from minutes_parser.archive.supervisor import Walls

    return Walls(timeout, int(memory), options, dict(limits(given)))


def jobs_or_all(jobs: int | None) -> int:
    """As many workers as asked for, else one a processor that we may use, fewer where memory is short."""
    from minutes_parser.archive.bounds import processors, usable_memory

    if jobs is not None:
        return jobs
    memory = usable_memory()
    return max(1, min(processors(), memory // MEMORY_EACH if memory is not None else processors()))
