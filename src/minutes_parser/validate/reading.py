"""Bytes to a JSON object, with everything refused that JSON readers let pass in silence."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from minutes_parser.validate.problems import Problem, short

LARGEST = 50_000_000
"""Bytes of one document; a hundred times the largest minutes that were met."""
DEEPEST = 100
"""Nested arrays and objects; documents have a dozen."""
DIGITS = 15
"""Digits of a number; sizes and offsets have nine."""
_MARKS = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SUSPECT = re.compile(rb"\\u(?:[dD][89a-fA-F]|00[01]|007[fF])|\\[bfr]|\x7f")
_DEPTH = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{\]}]', re.DOTALL)


class _Refused(ValueError):
    """A value that is no JSON, or that two readers would read differently."""


def read(data: bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The object that the bytes hold, and what is wrong with them; None when no object can be had.

    Duplicate keys, NaN, numbers too large for any reader, lone surrogates and control characters are errors: the
    next program may read them as something else.
    """
    if len(data) > LARGEST:
        return None, [Problem("too-large", f"{len(data)} bytes, the limit for a document is {LARGEST}")]
    for mark, name in _MARKS:
        if data.startswith(mark):
            return None, [
                Problem("encoding", f"it begins with a byte order mark of {name}", "save it as UTF-8 without one")
            ]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        return None, [Problem("encoding", f"byte {error.start} is no UTF-8", "get it anew", line=line, column=column)]
    if not text.strip():
        return None, [Problem("empty", "there is nothing in it", "get it anew")]
    if _depth(data) > DEEPEST:
        return None, [Problem("depth", f"arrays and objects nested more than {DEEPEST} deep")]
    doubled: list[str] = []
    try:
        found = json.loads(
            text, object_pairs_hook=_pairs(doubled), parse_constant=_constant, parse_float=_real, parse_int=_whole
        )
    except json.JSONDecodeError as error:
        return None, [_syntax(error, text)]
    except (_Refused, RecursionError) as error:
        return None, [Problem("number" if isinstance(error, _Refused) else "depth", str(error) or "nested too deep")]
    problems = [Problem("duplicate-key", f"the key {short(key)!r} stands twice in one object") for key in doubled[:10]]
    if not isinstance(found, dict):
        return None, [*problems, Problem("not-an-object", f"it holds {_kind(found)}, not an object")]
    if _SUSPECT.search(data):
        problems += _controls(found)
    return found, problems


def _pairs(doubled: list[str]) -> Any:
    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) < len(pairs):
            seen: set[str] = set()
            doubled.extend(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        return built

    return build


def _constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is no JSON number")


def _real(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or len(text) > 40:
        raise _Refused(f"the number {short(text, 20)} is too large or too long for other readers")
    return value


def _whole(text: str) -> int:
    if len(text) > DIGITS + 1:
        raise _Refused(f"the number {short(text, 20)} is too large for other readers")
    return int(text)


def _syntax(error: json.JSONDecodeError, text: str) -> Problem:
    line, column = error.lineno, error.colno
    if error.msg == "Extra data":
        hint = "one document a file, or one a line in a .jsonl file"
        return Problem("trailing-text", "something stands after the document", hint, line=line, column=column)
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return Problem("truncated", "it ends in the middle", "convert it again", line=line, column=column)
    return Problem("json", f"it is no JSON: {error.msg.lower()}", line=line, column=column)


def _depth(data: bytes) -> int:
    """How deep arrays and objects are nested; looks no further once it is too deep."""
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return 0
    deep = deepest = 0
    for token in _DEPTH.finditer(data):
        first = data[token.start()]
        if first in b"[{":
            deep += 1
            deepest = max(deepest, deep)
            if deepest > DEEPEST:
                break
        elif first in b"]}":
            deep -= 1
    return deepest


def _controls(found: dict[str, Any]) -> list[Problem]:
    for path, value in _strings(found, ""):
        if bad := _CONTROL.search(value):
            kind = "half a character" if "\ud800" <= bad[0] <= "\udfff" else "the control character"
            return [Problem("control-character", f"{kind} U+{ord(bad[0]):04X} in {short(path)}")]
    return []


def _strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield f"{path}.{key}", key
            yield from _strings(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _strings(inner, f"{path}[{number}]")


def _place(data: bytes, at: int) -> tuple[int, int]:
    before = data[:at]
    return before.count(b"\n") + 1, at - before.rfind(b"\n")


def _kind(value: object) -> str:
    return {list: "an array", str: "a string", bool: "true or false", type(None): "null"}.get(type(value), "a number")
