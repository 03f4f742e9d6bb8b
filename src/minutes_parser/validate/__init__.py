"""Is a document what it says it is? Schema, checksum, and whether it agrees with itself and with its source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from minutes_parser.kinds import Severity
from minutes_parser.model import SCHEMA_VERSION, Minutes
from minutes_parser.validate.against import against
from minutes_parser.validate.content import content
from minutes_parser.validate.problems import Problem, short, warning
from minutes_parser.validate.reading import LARGEST, read
from minutes_parser.write import canonical, intact, to_json

__all__ = ["Checked", "LARGEST", "Problem", "against", "check", "warning"]

MOST = 100
"""Problems told of one document; the rest is counted."""
_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: the problems, and the document where it can be read at all."""

    problems: list[Problem] = field(default_factory=list)
    minutes: Minutes | None = None


def check(data: bytes) -> Checked:
    """Everything that is wrong with a document's JSON; never raises for what the bytes hold.

    A document that is byte for byte what this program writes is read once; any other is looked into with care.
    """
    minutes = _ours(data)
    problems: list[Problem] = []
    if minutes is None:
        document, problems = read(data)
        if document is None:
            return Checked(problems)
        version = _version(document)
        problems += version
        if any(problem.severity is Severity.ERROR for problem in version):
            return Checked(problems)
        problems += _seal(document)
        minutes, more = _model(document, newer=bool(version))
        problems += more
    if minutes is not None:
        problems += content(minutes)
    if len(problems) > MOST:
        problems = [*problems[:MOST], warning("more", f"and {len(problems) - MOST} more problems")]
    return Checked(problems, minutes)


def _ours(data: bytes) -> Minutes | None:
    """The document when it is what `parse` prints in a pipe, to the byte, its checksum included."""
    body = data[:-1] if data.endswith(b"\n") else data
    if not intact(body):
        return None
    try:
        minutes = Minutes.model_validate_json(body, strict=True)
    except ValidationError:
        return None
    same = minutes.schema_version == SCHEMA_VERSION and to_json(minutes) == body
    return minutes if same else None


def _version(document: Mapping[str, Any]) -> list[Problem]:
    """One sentence about the schema's version instead of forty about its fields."""
    told = document.get("schema_version")
    if told is None:
        return [Problem("schema-version", "schema_version is missing: this is no document of minutes-parser")]
    found = _VERSION.fullmatch(told) if isinstance(told, str) else None
    if found is None:
        return [Problem("schema-version", f"schema_version is no version: {short(told)!r}")]
    major, minor = int(found[1]), int(found[2])
    ours = tuple(int(part) for part in SCHEMA_VERSION.split("."))
    if (major, minor) <= ours and major == ours[0]:
        return []
    known = f"this program knows {SCHEMA_VERSION}"
    if major < ours[0]:
        return [Problem("schema-older", f"written by schema {told}, {known}", "convert it again")]
    if major > ours[0]:
        return [Problem("schema-newer", f"written by schema {told}, {known}", "update minutes-parser")]
    return [warning("schema-newer", f"written by schema {told}, {known}; what is new in it is not checked")]


def _model(document: dict[str, Any], *, newer: bool) -> tuple[Minutes | None, list[Problem]]:
    """The document by the schema; unknown fields are taken out and told, so that the rest is checked."""
    problems: list[Problem] = []
    for _ in range(2):
        try:
            minutes = Minutes.model_validate_json(json.dumps(document), strict=True)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_context=False, include_input=False)
            unknown = [one["loc"] for one in errors if one["type"] == "extra_forbidden"]
            wrong = [one for one in errors if one["type"] != "extra_forbidden"]
            if not newer:
                problems += [
                    warning("unknown-field", f"{_path(loc)} is no field of schema {SCHEMA_VERSION}") for loc in unknown
                ]
            if wrong:
                return None, problems + [_wrong(one, newer=newer) for one in wrong]
            for loc in unknown:
                _take_out(document, loc)
        except RecursionError:
            return None, [Problem("depth", "sections nested too deep")]
        else:
            if minutes.schema_version == SCHEMA_VERSION:
                missing = list(_missing(minutes, ""))
                problems += [
                    warning("missing-field", f"{path} is missing", "what is unknown is null") for path in missing
                ]
            return minutes, problems
    return None, problems


def _wrong(one: Mapping[str, Any], *, newer: bool) -> Problem:
    path, message = _path(one["loc"]), str(one["msg"]).removeprefix("Input should be ")
    if newer and one["type"] == "enum":
        return warning("schema", f"{path} holds a value that is new")
    return Problem(
        "schema",
        f"{path}: it should be {short(message, 160)}"
        if "should be" in one["msg"]
        else f"{path}: {short(message, 160).lower()}",
    )


def _path(loc: tuple[str | int, ...]) -> str:
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return short(path.removeprefix("."), 120)


def _take_out(document: Any, loc: tuple[str | int, ...]) -> None:
    for part in loc[:-1]:
        document = document[part]
    document.pop(loc[-1], None)


def _missing(model: BaseModel, path: str) -> Iterator[str]:
    for name, info in type(model).model_fields.items():
        here = f"{path}.{info.alias or name}".removeprefix(".")
        value = getattr(model, name)
        if name not in model.model_fields_set:
            yield here
        elif isinstance(value, BaseModel):
            yield from _missing(value, here)
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                if isinstance(inner, BaseModel):
                    yield from _missing(inner, f"{here}[{number}]")


def _seal(document: dict[str, Any]) -> list[Problem]:
    told = document.get("checksum")
    if told is None:
        return [
            warning("no-checksum", "it carries no checksum: nobody can tell whether it was changed", "convert it again")
        ]
    if told != canonical(document):
        return [
            Problem(
                "edited",
                "its checksum does not fit its content: it was changed by hand, or damaged",
                "convert it again with --force",
            )
        ]
    return []
