"""The command line: data to stdout, talk to stderr, one module a command."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from minutes_parser import __version__
from minutes_parser.cli import explain, parse, schema, text, vocabulary
from minutes_parser.errors import MinutesError

app = typer.Typer(
    name="minutes-parser",
    help="Danish meeting minutes (PDF, DOCX, HTML, text) to structured JSON.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("parse", epilog=parse.EXAMPLES)(parse.command)
app.command("text", epilog=text.EXAMPLES)(text.command)
app.command("explain", epilog=explain.EXAMPLES)(explain.command)
app.command("schema", epilog=schema.EXAMPLES)(schema.command)
app.add_typer(vocabulary.app, name="vocabulary")


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
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader that leaves (`| head`) is no error of ours
    try:
        app()
    except MinutesError as error:
        typer.echo(f"minutes-parser: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
