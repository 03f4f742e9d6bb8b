"""`minutes-parser schema`: the JSON Schema of what `parse` prints."""

from __future__ import annotations

EXAMPLES = """Example:

minutes-parser schema > minutes.schema.json
"""


def command() -> None:
    """Print the JSON Schema of the documents."""
    from minutes_parser.cli.output import write_stdout
    from minutes_parser.schema import json_schema

    write_stdout(json_schema().encode())
