"""`minutes-parser validate`: whether documents, files of them and whole archives are what they say they are."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from minutes_parser.cli.limits import MEMORY, TIMEOUT, Limit, Memory, Timeout, jobs_or_all, walls
from minutes_parser.cli.output import say
from minutes_parser.errors import printable

if TYPE_CHECKING:
    from minutes_parser.archive.check import Report

EXAMPLES = """Examples:

minutes-parser validate ud/

minutes-parser validate ud/ --sources arkiv/

minutes-parser validate ud.jsonl --format github --strict

cat ud.jsonl | minutes-parser validate -
"""
IN_A_FILE = 100
"""Problems told of one file; the others are counted."""
IN_ALL = 1000
"""Problems told in a run; the others are counted."""


class Form(StrEnum):
    """How problems are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def command(
    paths: Annotated[
        list[str], typer.Argument(help="JSON, JSON Lines, folders of them; `-` is stdin.", show_default=False)
    ],
    sources: Annotated[
        str | None,
        typer.Option(
            "--sources", "--source", metavar="DIR", help="Compare with the documents that they were made from."
        ),
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", "-f", help="Lines for people, JSON, or annotations for CI.")
    ] = Form.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for warnings, too.")] = False,
    allow_missing: Annotated[
        bool, typer.Option("--allow-missing", help="A source that is not there is a warning, not an error.")
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 whatever is found.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, max=1024, help="Workers. [default: one a processor]", show_default=False),
    ] = None,
    password: Annotated[
        str | None, typer.Option(envvar="MINUTES_PARSER_PASSWORD", help="Password of encrypted PDFs among the sources.")
    ] = None,
    timeout: Timeout = TIMEOUT,
    max_memory: Memory = MEMORY,  # type: ignore[assignment]
    limit: Limit = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Check documents: schema, checksum, the account of the text, places, dates, numbers, votes.

    Each problem is one line, `FILE: error|warning CODE message; hint`. With --sources also: whether the source is
    there, unchanged, and says what the document says; outputs without source, sources without output.

    Exit code: 0 fine; 1 errors, with --strict also warnings; 2 the call is wrong.
    """
    from minutes_parser.archive.check import Checker, units

    for path in [*paths, *([sources] if sources is not None else [])]:
        if path != "-" and not os.path.lexists(path):
            raise typer.BadParameter(f"no such file or folder: {printable(path)}")
    if sources is not None and not os.path.isdir(sources):
        raise typer.BadParameter(f"no folder: {printable(sources)}", param_hint="--sources")
    checker = Checker(walls(timeout, max_memory, limit, password=password), jobs_or_all(jobs), sources)
    told = _Told(form, allow_missing, quiet)
    for report in checker.reports(units(paths, sys.stdin.buffer)):
        told.tell(report)
    for report in checker.without_output(paths):
        told.tell(report)
    told.close()
    bad = told.severities["error"] or (strict and told.severities["warning"])
    raise typer.Exit(int(bool(bad) and not exit_zero))


class _Told:
    """Prints problems as they come, not more than anybody reads; counts all."""

    def __init__(self, form: Form, allow_missing: bool, quiet: bool) -> None:
        self.form = form
        self.allow_missing = allow_missing
        self.quiet = quiet
        self.severities: Counter[str] = Counter()
        self._documents = self._wrong = self._doubtful = 0
        self._file = ""
        self._of_file = self._kept_back = self._printed = 0
        self._began = self._ticked = time.monotonic()

    def tell(self, report: Report) -> None:
        """Print a report."""
        if report.file != self._file:
            self._close_file()
            self._file, self._of_file, self._kept_back = report.file, 0, 0
        found = set()
        for row in report.problems:
            if self.allow_missing and row["code"] == "source-missing":
                row["severity"] = "warning"
            found.add(row["severity"])
            self.severities[row["severity"]] += 1
            self._print(report, row)
        self._documents += report.counts
        self._wrong += report.counts and "error" in found
        self._doubtful += report.counts and found == {"warning"}
        self._tick()

    def close(self) -> None:
        """The summary."""
        self._close_file()
        if self.quiet:
            return
        total = self.severities.total()
        if total > self._printed and self._printed >= IN_ALL:
            say(f"minutes-parser: {total - self._printed} more problems are not printed")
        parts = [f"{self._documents - self._wrong - self._doubtful} fine"]
        parts += [f"{self._wrong} with errors"] if self._wrong else []
        parts += [f"{self._doubtful} with warnings"] if self._doubtful else []
        line = f"{self._documents} documents: {', '.join(parts)}"
        if total:
            line += f"; {self.severities['error']} errors, {self.severities['warning']} warnings in all"
        say(f"minutes-parser: {line}")

    def _print(self, report: Report, row: dict[str, Any]) -> None:
        from minutes_parser.cli.output import write_stdout

        self._of_file += 1
        if self._printed >= IN_ALL or self._of_file > IN_A_FILE:
            self._kept_back += 1
            return
        self._printed += 1
        line = report.line if report.line is not None else row["line"]
        write_stdout(f"{_SHAPES[self.form](printable(report.file), line, row)}\n".encode())

    def _close_file(self) -> None:
        if self._kept_back and self._printed < IN_ALL and not self.quiet:
            say(f"minutes-parser: {printable(self._file)}: {self._kept_back} more problems are not printed")

    def _tick(self) -> None:
        now = time.monotonic()
        if not self.quiet and now - self._ticked >= 60:
            self._ticked = now
            say(f"minutes-parser: {self._documents} documents, {self._documents / (now - self._began):.0f}/s")


def _text(file: str, line: int | None, row: dict[str, Any]) -> str:
    place = f"{file}:{line}" if line is not None else file
    hint = f"; {row['hint']}" if row["hint"] else ""
    return f"{place}: {row['severity']} {row['code']} {printable(row['message'] + hint)}"


def _json(file: str, line: int | None, row: dict[str, Any]) -> str:
    return json.dumps({"file": file} | row | {"line": line}, ensure_ascii=False)


def _github(file: str, line: int | None, row: dict[str, Any]) -> str:
    """A workflow command; GitHub reads percent signs, and in properties colons and commas, as its own."""
    name = file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    place = f",line={line}" if line is not None else ""
    hint = f"; {row['hint']}" if row["hint"] else ""
    message = printable(row["message"] + hint).replace("%", "%25")
    return f"::{row['severity']} file={name}{place}::{row['code']} {message}"


_SHAPES = {Form.TEXT: _text, Form.JSON: _json, Form.GITHUB: _github}
