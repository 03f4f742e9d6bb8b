"""`minutes-parser vocabulary`: check words of your own, and learn from an archive which are missing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minutes_parser.cli.inputs import Vocabulary, own_words
from minutes_parser.errors import MinutesError

app = typer.Typer(
    help="Check words of your own; learn from an archive which headings nobody knows.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

CHECK = """Example:

minutes-parser vocabulary check mine.toml
"""
LEARN = """Examples:

minutes-parser vocabulary learn arkiv/ > mine.toml

minutes-parser vocabulary learn arkiv/ --vocabulary mine.toml --min 5
"""


@app.command("check", epilog=CHECK)
def check(
    files: Annotated[list[Path], typer.Argument(help="TOML files, as `--vocabulary` takes them.", show_default=False)],
) -> None:
    """Print what is wrong with the files, a line each: examples that are not read, names that collide, bad patterns.

    Exit code: 0 nothing is wrong; 1 something is.
    """
    from minutes_parser.cli.output import write_stdout
    from minutes_parser.pipeline import examine

    problems = examine(files)
    rows = [f"{problem.file}: {problem}\n" for problem in problems]
    write_stdout("".join(rows or [f"{', '.join(map(str, files))}: nothing is wrong\n"]).encode())
    raise typer.Exit(1 if problems else 0)


@app.command("learn", epilog=LEARN)
def learn(
    paths: Annotated[list[Path], typer.Argument(help="Folders of documents, or documents.", show_default=False)],
    least: Annotated[
        int, typer.Option("--min", min=1, help="Print what stands in so many meetings, or three times.")
    ] = 2,
    vocabulary: Vocabulary = None,
) -> None:
    """Print lines that stand like headings but that the vocabulary does not know, as TOML ready to edit.

    The most frequent come first, each with where it was met. A document that cannot be read costs a line on stderr.
    """
    from minutes_parser.cli.output import write_stdout
    from minutes_parser.findings import Options
    from minutes_parser.learn import Tally, documents, to_toml
    from minutes_parser.pipeline import explain, load

    options = Options(vocabulary=own_words(vocabulary))
    tally = Tally()
    failed = 0
    for path in documents(paths):
        try:
            tally.add(explain(load(path), options))
        except MinutesError as error:
            failed += 1
            typer.echo(f"minutes-parser: {error.named(str(path))}", err=True)
    typer.echo(f"minutes-parser: {tally.documents} documents read, {failed} not", err=True)
    write_stdout(to_toml(tally, least).encode())
    raise typer.Exit(1 if failed and not tally.documents else 0)
