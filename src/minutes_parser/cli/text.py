"""`minutes-parser text`: the source text that all offsets count in."""

from __future__ import annotations

from typing import Annotated

import typer

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
) -> None:
    """Print the text of a document as it was read: the characters that `start` and `stop` in the JSON count."""
    from minutes_parser.cli.inputs import read
    from minutes_parser.cli.output import write_stdout
    from minutes_parser.findings import Options
    from minutes_parser.pipeline import extract

    text = extract(read(document, name), Options(encoding=encoding, password=password))
    if not lines:
        write_stdout(text.text.encode() + b"\n")
        return
    rows = []
    for line in text.lines:
        box = ",".join(f"{v:.0f}" for v in line.box) if line.box else "-"
        size = f"{line.size:.1f}" if line.size else "-"
        gap = "-" if line.gap is None else f"{line.gap:.1f}"
        bold = "B" if line.bold else f"b{line.lead}" if line.lead else "-"
        rows.append(
            f"{line.start}\t{line.page or '-'}\t{box}\t{size}\t{bold}\t{gap}\t{line.level or '-'}\t{line.role or '-'}\t{line.text}"
        )
    write_stdout(("start\tpage\tbox\tsize\tbold\tgap\tlevel\trole\ttext\n" + "\n".join(rows) + "\n").encode())
