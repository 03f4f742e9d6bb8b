"""`minutes-parser vocabulary`: check words of your own, and learn from an archive which are missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from minutes_parser.cli.inputs import Vocabulary
from minutes_parser.cli.limits import MEMORY, TIMEOUT, Limit, Memory, Timeout, walls

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
    timeout: Timeout = TIMEOUT,
    max_memory: Memory = MEMORY,  # type: ignore[assignment]
    limit: Limit = None,
) -> None:
    """Print lines that stand like headings but that the vocabulary does not know, as TOML ready to edit.

    The most frequent come first, each with where it was met. A document that cannot be read costs a line on stderr.
    """
    from minutes_parser.cli.inputs import guarded, own_words, task
    from minutes_parser.cli.output import complain, say, write_stdout
    from minutes_parser.learn import Tally, documents, to_toml

    around = walls(timeout, max_memory, limit, vocabulary=own_words(vocabulary))
    tally = Tally()
    failed = 0
    with guarded(around) as supervisor:
        for path in documents(paths):
            answer = supervisor.ask(task("learn", str(path), None, around))
            if "code" in answer.head:
                failed += 1
                complain(str(path), answer.head)
            else:
                tally.count(json.loads(answer.payload))
    say(f"minutes-parser: {tally.documents} documents read, {failed} not")
    write_stdout(to_toml(tally, least).encode())
    raise typer.Exit(1 if failed and not tally.documents else 0)
