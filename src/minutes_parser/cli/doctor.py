"""`minutes-parser doctor`: what is installed, what is missing, what to type."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Annotated

import typer

EXAMPLES = """Example:

minutes-parser doctor
"""
PDFIUM = 7827
"""Build of PDFium whose fixes matter: it reads files from anywhere."""
_EXTRAS = (
    ("dask", "distributed", "convert --engine dask"),
    ("s3", "s3fs", "convert from and to s3://…"),
)
_PROGRAMS = (
    ("ocrmypdf", "scans to PDF with text, before they come here", "apt install ocrmypdf tesseract-ocr-script-latn"),
    (
        "tesseract",
        "pictures to PDF with text, before they come here",
        "apt install tesseract-ocr tesseract-ocr-script-latn",
    ),
    (
        "libreoffice",
        "old Word, RTF and ODT files to DOCX, before they come here",
        "apt install libreoffice-writer-nogui",
    ),
)
_NEEDS = {"pdfminer.six": "20260107"}
"""Packages that come with ours, and the versions that known holes were closed in."""


class Form(StrEnum):
    """How the findings are printed."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: `state` is ok, missing or old for what is needed, and optional for what is not there and need not be."""

    name: str
    state: str
    found: str
    what: str = ""
    type: str = ""


def command(form: Annotated[Form, typer.Option("--format", "-f", help="A table, or JSON.")] = Form.TEXT) -> None:
    """Print what is installed, what is missing and what to type, and the limits of a document.

    Exit code: 0 all that is needed is there; 3 something is not.
    """
    from minutes_parser.cli.output import write_stdout
    from minutes_parser.findings import Limits

    rows = [*_packages(), *_extras(), *_programs(), _worker()]
    limits = {limit.name: limit.default for limit in fields(Limits)}
    if form is Form.JSON:
        told = json.dumps({"checks": [asdict(row) for row in rows], "limits": limits}, indent=2) + "\n"
    else:
        told = _table(rows) + "\nlimits of a document, changed with --limit NAME=N:\n"
        told += "".join(f"  {name} = {value}\n" for name, value in limits.items())
    write_stdout(told.encode())
    raise typer.Exit(3 if any(row.state in ("missing", "old") for row in rows) else 0)


def _packages() -> Iterator[Row]:
    from importlib import metadata

    from minutes_parser import __version__

    yield Row("minutes-parser", "ok", __version__)
    yield _least("python", ".".join(map(str, sys.version_info[:3])), "3.11", "python 3.11 or newer")
    try:
        needed = metadata.requires("minutes-parser") or []
    except metadata.PackageNotFoundError:
        needed = []
    wanted = [
        re.match(r"([A-Za-z0-9._-]+)(?:[^;]*?>=\s*([0-9.]+))?", line) for line in needed if "extra ==" not in line
    ]
    for match in wanted:
        if match is not None:
            yield _package(match[1], match[2] or "0")
    for name, version in _NEEDS.items():
        yield _package(name, version)
    yield _pdfium()


def _package(name: str, least: str) -> Row:
    from importlib import metadata

    install = f"pip install --upgrade '{name}>={least}'"
    try:
        return _least(name, metadata.version(name), least, install)
    except metadata.PackageNotFoundError:
        return Row(name, "missing", "-", "reading documents", install)


def _least(name: str, found: str, least: str, install: str) -> Row:
    old = _numbers(found) < _numbers(least)
    return Row(
        name, "old" if old else "ok", found, f"{least} or newer is needed" if old else "", install if old else ""
    )


def _numbers(version: str) -> tuple[int, ...]:
    """The version's numbers, for comparison.

    >>> _numbers("5.15.2") < _numbers("5.15.10rc1")
    True
    """
    return tuple(int(part) for part in re.findall(r"\d{1,9}", version.partition("+")[0])[:4])


def _pdfium() -> Row:
    """The library inside pypdfium2: hostile files meet it first."""
    from importlib import metadata

    install = "pip install --upgrade pypdfium2"
    try:
        file = next(f for f in metadata.files("pypdfium2") or [] if str(f) == "pypdfium2_raw/version.json")
        told = json.loads(file.read_text())
        build = int(told["build"])
    except (metadata.PackageNotFoundError, StopIteration, OSError, ValueError, KeyError):
        return Row("pdfium", "ok", "build not told", "keep it up to date: it reads files from anywhere", install)
    found = f"{told.get('major')}.{told.get('minor')}.{build}.{told.get('patch')}"
    if build < PDFIUM:
        return Row("pdfium", "old", found, f"build {PDFIUM} or newer: known holes are closed in it", install)
    return Row("pdfium", "ok", found)


def _extras() -> Iterator[Row]:
    from importlib import metadata

    for extra, package, what in _EXTRAS:
        try:
            yield Row(f"[{extra}]", "ok", f"{package} {metadata.version(package)}", what)
        except metadata.PackageNotFoundError:
            yield Row(f"[{extra}]", "optional", "-", what, f"pip install 'minutes-parser[{extra}]'")


def _programs() -> Iterator[Row]:
    from shutil import which

    for name, what, install in _PROGRAMS:
        path = which(name)
        yield Row(name, "ok" if path else "optional", path or "-", what, "" if path else install)


def _worker() -> Row:
    """Start one as `parse` and `convert` do, and have it read two lines."""
    from minutes_parser.archive.supervisor import Supervisor, Task, Walls
    from minutes_parser.errors import MinutesError

    began = time.monotonic()
    task = Task({"do": "text", "name": "doctor.txt", "lines": False}, "Referat\nMødedato: 1. marts 2024\n".encode())
    try:
        with Supervisor(Walls(timeout=60.0)) as supervisor:
            answer = supervisor.ask(task)
            shut = supervisor.shut
    except MinutesError as error:
        return Row(
            "worker",
            "missing",
            error.reason,
            "reading documents behind walls",
            "try: python -m minutes_parser --version",
        )
    if "code" in answer.head:
        return Row("worker", "missing", answer.head["reason"], "reading documents behind walls")
    peak = answer.head["peak_mb"]
    return Row(
        "worker",
        "ok",
        f"ready and done in {time.monotonic() - began:.1f} s, {peak} MB, kept from networks and programs by {'the kernel' if shut else 'nobody'}",
        "reading documents behind walls",
    )


def _table(rows: list[Row]) -> str:
    wide = max(len(row.name) for row in rows)
    lines = []
    for row in rows:
        told = f"{row.name:<{wide}}  {row.state:<8}  {row.found}"
        if row.what and row.state != "ok":
            told += f"  ({row.what})"
        lines.append(told)
        if row.type:
            lines.append(f"{'':<{wide}}            {row.type}")
    return "\n".join(lines) + "\n"
