"""Documents named on the command line: paths, or `-` for stdin."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from minutes_parser.archive.supervisor import Supervisor, Task, Walls

Vocabulary = Annotated[
    list[Path] | None,
    typer.Option(
        "--vocabulary",
        envvar="MINUTES_PARSER_VOCABULARY",
        help="A TOML file with words of your own, added to ours; may be given several times.",
        show_default=False,
    ),
]

Layouts = Annotated[bool, typer.Option(help="Let the layouts that are known sharpen the reading.")]


def own_words(vocabulary: list[Path] | None) -> list[str]:
    """The user's files as workers are told them, looked into before any document is read; raises `BadVocabulary`."""
    if vocabulary:
        from minutes_parser.vocabulary.words import use

        use(vocabulary)
    return [os.path.abspath(path) for path in vocabulary or ()]


def task(do: str, path: str, name: str | None, walls: Walls, **more: Any) -> Task:
    """What a worker is to do with the document at `path`; `-` is stdin, read here. Raises `LimitReached`."""
    from minutes_parser.archive.supervisor import Task

    if path != "-":
        return Task({"do": do, "path": path, **more} | ({"name": name} if name else {}))
    return Task({"do": do, "name": name or "stdin", **more}, _stdin(walls))


def _stdin(walls: Walls) -> bytes:
    from minutes_parser.errors import LimitReached, Unreadable
    from minutes_parser.findings import Limits

    most = Limits(**walls.limits).bytes
    parts: list[bytes] = []
    left = most + 1
    try:
        while left > 0 and (part := os.read(0, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
    except OSError as error:
        raise Unreadable("-", "io", f"stdin cannot be read: {error.strerror}") from None
    if left <= 0:
        raise LimitReached("-", "limit-bytes", f"more than {most} bytes, the limit", "raise it with --limit bytes=N")
    return b"".join(parts)


def guarded(walls: Walls) -> Supervisor:
    """A worker that gets ready while the command goes on: a document that harms it harms nothing else."""
    from minutes_parser.archive.supervisor import Supervisor

    supervisor = Supervisor(walls)
    supervisor.warm()
    return supervisor
