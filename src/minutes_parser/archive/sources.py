"""One document checked in a worker: its JSON, and its source where it can be had."""

from __future__ import annotations

import hashlib
import os
import re
from typing import Any

from minutes_parser.archive.frames import Head
from minutes_parser.archive.names import tidy
from minutes_parser.errors import MinutesError
from minutes_parser.findings import Limits, Options
from minutes_parser.model import Minutes
from minutes_parser.pipeline import extract
from minutes_parser.source import Source, read_file
from minutes_parser.validate import LARGEST, Checked, Problem, against, check, warning
from minutes_parser.validate.problems import short

_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")


def examined(task: Head, payload: bytes, options: Options) -> list[Head]:
    """For each document of the task its problems, as rows, and the name of the source that it was compared with."""
    results: list[Head] = []
    at = 0
    for one in task["documents"]:
        if "path" in one:
            try:
                data, _ = read_file(one["path"], LARGEST)
            except MinutesError as error:
                results.append(
                    {
                        "problems": [Problem(error.code, error.reason, error.advice).row()],
                        "source": None,
                        "sha256": None,
                    }
                )
                continue
        else:
            data = payload[at : at + one["size"]]
            at += one["size"]
            if not data.strip():
                results.append(
                    {"problems": [warning("blank-line", "an empty line").row()], "source": None, "sha256": None}
                )
                continue
        found = check(data)
        name = sha256 = None
        problems = list(found.problems)
        if found.minutes is not None:
            name, sha256 = found.minutes.source.name, found.minutes.source.sha256
            if task["sources"] is not None:
                name, more = compared(found, task["sources"], one["name"], options)
                problems += more
        results.append({"problems": [problem.row() for problem in problems], "source": name, "sha256": sha256})
    return results


def compared(found: Checked, folder: str, place: str | None, options: Options) -> tuple[str, list[Problem]]:
    """The source's name, and what does not agree with it. It is sought by the output's place, then by the name in the document."""
    minutes = found.minutes
    assert minutes is not None
    named = tidy(minutes.source.name)
    names = [name for name in (place, named, tidy(_unescaped(minutes.source.name))) if name and "\0" not in name]
    name = next((name for name in names if os.path.lexists(os.path.join(folder, name))), None)
    if name is None:
        return named, [
            Problem(
                "source-missing",
                f"its source {short(named)} is not in {short(folder)}",
                "--allow-missing lets that pass",
            )
        ]
    try:
        data, _ = read_file(os.path.join(folder, name), options.limits.bytes)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 != minutes.source.sha256:
            reason = f"its source {short(name)} changed: the document was made from {minutes.source.sha256}, the source is {sha256}"
            return name, [Problem("source-changed", reason, "convert it again")]
        text = extract(Source(minutes.source.name, data), _options(minutes, options))
    except MinutesError as error:
        return name, [Problem("source-unreadable", f"its source {short(name)}: {error.reason}", error.advice)]
    return name, list(against(minutes, text.text))


def _options(minutes: Minutes, options: Options) -> Options:
    """The options that the document says it was read under; limits are ours."""
    told: dict[str, Any] = minutes.parser.options
    encoding = told.get("encoding")
    limits = {f.removeprefix("limits."): v for f, v in told.items() if f in ("limits.line_characters",)}
    ours = {name: getattr(options.limits, name) for name in Limits.__dataclass_fields__}
    return Options(
        encoding=encoding if isinstance(encoding, str) else None,
        password=options.password,
        tables=told.get("tables") is not False,
        limits=Limits(**ours | {k: v for k, v in limits.items() if isinstance(v, int)}),
    )


def _unescaped(name: str) -> str:
    """The file's name where bytes that are no UTF-8 were written as `\\xe6`."""
    raw = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), name.encode("utf-8", "surrogateescape"))
    return os.fsdecode(raw)
