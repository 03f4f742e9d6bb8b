"""`minutes-parser parse`: documents to JSON on stdout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from minutes_parser.cli.inputs import Layouts, Vocabulary
from minutes_parser.cli.limits import MEMORY, TIMEOUT, Limit, Memory, Timeout, walls
from minutes_parser.errors import MinutesError

EXAMPLES = """Examples:

minutes-parser parse referat.pdf | jq '.items[].title'

curl -s https://… | minutes-parser parse - --name referat.html

minutes-parser parse *.pdf *.docx --jsonl > referater.jsonl
"""


def command(
    documents: Annotated[
        list[str], typer.Argument(help="PDF, DOCX, HTML or text; `-` reads stdin.", show_default=False)
    ],
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="One JSON document a line; the rule for several documents.")
    ] = False,
    name: Annotated[str | None, typer.Option(help="Name of the document that comes from stdin.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")] = None,
    indent: Annotated[
        bool | None,
        typer.Option("--indent/--compact", help="Indent the JSON. [default: at a terminal only]", show_default=False),
    ] = None,
    strict: Annotated[bool, typer.Option(help="Exit 1 when there are warnings among the findings.")] = False,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of a text or HTML document, instead of the guess.")
    ] = None,
    password: Annotated[
        str | None, typer.Option(envvar="MINUTES_PARSER_PASSWORD", help="Password of an encrypted PDF.")
    ] = None,
    tables: Annotated[bool, typer.Option(help="Read ruled tables of a PDF cell by cell.")] = True,
    split: Annotated[
        bool, typer.Option("--split-meetings", help="Print a document for each meeting of a file, as JSON Lines.")
    ] = False,
    vocabulary: Vocabulary = None,
    layouts: Layouts = True,
    timeout: Timeout = TIMEOUT,
    max_memory: Memory = MEMORY,  # type: ignore[assignment]
    limit: Limit = None,
) -> None:
    """Read minutes and print them as JSON. Each document is read in a process of its own, within limits.

    Exit code: 0 fine; 1 a document cannot be read (the others are printed); 2 the call is wrong; 4 the output cannot be written.
    """
    from minutes_parser.cli.inputs import guarded, own_words, task
    from minutes_parser.cli.output import complain, say, write_file, write_stdout

    around = walls(
        timeout,
        max_memory,
        limit,
        encoding=encoding,
        password=password,
        tables=tables,
        vocabulary=own_words(vocabulary),
        layouts=layouts,
    )
    pretty = sys.stdout is not None and sys.stdout.isatty() and output is None if indent is None else indent
    pretty = pretty and not (jsonl or split or len(documents) > 1)
    code = 0
    parts: list[bytes] = []
    with guarded(around) as supervisor:
        for path in documents:
            try:
                answer = supervisor.ask(
                    task("parse", path, name if path == "-" else None, around, indent=pretty, split=split)
                )
            except MinutesError as error:
                say(f"minutes-parser: {error.named(path)}")
                code = max(code, error.exit_code)
                continue
            if "code" in answer.head:
                code = max(code, complain(path, answer.head))
                continue
            if strict and answer.head["warnings"]:
                code = max(code, 1)
            if output is None:
                write_stdout(answer.payload)
            else:
                parts.append(answer.payload)
    if output is not None and parts:
        write_file(output, b"".join(parts))
    raise typer.Exit(code)
