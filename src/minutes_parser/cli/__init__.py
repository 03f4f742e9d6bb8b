"""The command line: data to stdout, talk to stderr, one module a command."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from minutes_parser import __version__
from minutes_parser.cli.lazy import lazy
from minutes_parser.cli.output import say
from minutes_parser.errors import MinutesError

COMMANDS = {
    "parse": "Read minutes and print them as JSON.",
    "convert": "Convert an archive: OUTPUT/<relative path>.json for each document, and a run log.",
    "validate": "Check documents: schema, checksum, the account of the text, places, dates, numbers, votes.",
    "text": "Print the text of a document as it was read: the characters that `start` and `stop` in the JSON count.",
    "explain": "Show what was found in a document: items and sections with rule, score, page and line.",
    "schema": "Print the JSON Schema of the documents.",
    "doctor": "Print what is installed, what is missing and what to type, and the limits of a document.",
    "vocabulary": "Check words of your own; learn from an archive which headings nobody knows.",
}
"""The commands, each a module of this package, and the first sentence of its help."""

app = typer.Typer(
    name="minutes-parser",
    cls=lazy(COMMANDS),
    help="Danish meeting minutes (PDF, DOCX, HTML, text) to structured JSON.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"minutes-parser {__version__}")
        raise typer.Exit


@app.callback()
def _global(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Danish meeting minutes (PDF, DOCX, HTML, text) to structured JSON."""


def main() -> None:
    """Run the command; errors of ours are one line on stderr and an exit code of the house."""
    _streams()
    try:
        app()
    except MinutesError as error:
        say(f"minutes-parser: {error}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


def _streams() -> None:
    """Take the numbers of closed standard streams, so that no file that is opened later gets a message written into it.

    What stands for a closed stdout cannot be written: output that nobody gets is an error, not a success.
    """
    for number, mode in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)
