"""Documents named on the command line: paths, or `-` for stdin."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from minutes_parser.source import Source

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


def own_words(vocabulary: list[Path] | None) -> tuple[Path, ...]:
    """The user's files, put in use; raises `BadVocabulary` before any document is read."""
    from minutes_parser.pipeline import use

    files = tuple(vocabulary or ())
    use(files)
    return files


def read(path: str, name: str | None) -> Source:
    """The document at `path`; `-` is stdin. Raises `MinutesError`."""
    from minutes_parser.pipeline import load

    if path == "-":
        return load(sys.stdin.buffer.read(), name or "stdin")
    return load(path, name)
