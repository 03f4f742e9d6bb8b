"""`minutes-parser text`: the source text that all offsets count in."""

from __future__ import annotations

from typing import Annotated

import typer

from minutes_parser.cli.limits import MEMORY, TIMEOUT, Limit, Memory, Timeout, walls

EXAMPLES = """Examples:

minutes-parser text referat.pdf

minutes-parser text referat.pdf --lines | grep Indstilling
"""


def command(
    document: Annotated[str, typer.Argument(help="PDF, DOCX, HTML or text; `-` reads stdin.", show_default=False)],
    lines: Annotated[
        bool, typer.Option("--lines", help="A line each with offset, page, box, size, bold, gap, role.")
    ] = False,
    name: Annotated[str | None, typer.Option(help="Name of the document that comes from stdin.")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of a text or HTML document, instead of the guess.")
    ] = None,
    password: Annotated[
        str | None, typer.Option(envvar="MINUTES_PARSER_PASSWORD", help="Password of an encrypted PDF.")
    ] = None,
    timeout: Timeout = TIMEOUT,
    max_memory: Memory = MEMORY,  # type: ignore[assignment]
    limit: Limit = None,
) -> None:
    """Print the text of a document as it was read: the characters that `start` and `stop` in the JSON count."""
    from minutes_parser.cli.inputs import guarded, task
    from minutes_parser.cli.output import complain, write_stdout

    around = walls(timeout, max_memory, limit, encoding=encoding, password=password)
    with guarded(around) as supervisor:
        answer = supervisor.ask(task("text", document, name, around, lines=lines))
    if "code" in answer.head:
        raise typer.Exit(complain(document, answer.head))
    write_stdout(answer.payload)
