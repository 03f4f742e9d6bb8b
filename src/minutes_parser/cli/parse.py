"""`minutes-parser parse`: documents to JSON on stdout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from minutes_parser.cli.inputs import Layouts, Vocabulary, own_words, read
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
) -> None:
    """Read minutes and print them as JSON.

    Exit code: 0 fine; 1 a document cannot be read (the others are printed); 2 the call is wrong; 4 the output cannot be written.
    """
    from minutes_parser.cli.output import write_file, write_stdout
    from minutes_parser.findings import Options
    from minutes_parser.kinds import Severity
    from minutes_parser.pipeline import explain, meetings
    from minutes_parser.write import to_json

    options = Options(
        encoding=encoding, password=password, tables=tables, vocabulary=own_words(vocabulary), layouts=layouts
    )
    pretty = sys.stdout.isatty() and output is None if indent is None else indent
    several = jsonl or split or len(documents) > 1
    code = 0
    parts: list[bytes] = []
    for path in documents:
        try:
            source = read(path, name if path == "-" else None)
            for reading in meetings(source, options) if split else (explain(source, options),):
                if strict and any(f.severity is not Severity.INFO for f in reading.minutes.findings):
                    code = max(code, 1)
                data = to_json(reading.minutes, indent=pretty and not several) + b"\n"
                if output is None:
                    write_stdout(data)
                else:
                    parts.append(data)
        except MinutesError as error:
            typer.echo(f"minutes-parser: {error.named(path)}", err=True)
            code = max(code, error.exit_code)
    if output is not None and parts:
        write_file(output, b"".join(parts))
    raise typer.Exit(code)
