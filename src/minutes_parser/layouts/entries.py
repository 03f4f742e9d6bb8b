"""Reads and checks the layouts' entries: ours, one TOML file each, and those of a user's files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from minutes_parser.errors import BadVocabulary
from minutes_parser.kinds import SectionKind
from minutes_parser.layouts import Layout, Look
from minutes_parser.vocabulary.mine import Problem
from minutes_parser.vocabulary.patterns import danger
from minutes_parser.vocabulary.words import Entry, current

_KEYS = ("name", "signs", "roles", "item", "heading", "noise", "order", "examples")
_LOOK = ("pattern", "role", "number", "larger", "bold", "only")
_TEXTS = ("pattern", "role", "number")


def own() -> tuple[Layout, ...]:
    """The package's layouts, in the order of their files' names."""
    found = sorted(f.name for f in files(__package__).iterdir() if f.name.endswith(".toml"))
    texts = ((files(__package__) / name).read_text("utf-8") for name in found)
    return tuple(_layout(entry) for text in texts for entry in tomllib.loads(text)["layout"])


def theirs() -> tuple[Layout, ...]:
    """The layouts of the user's files in use; raises `BadVocabulary` that names the first wrong entry."""
    entries = current().layouts
    first = next(iter(examine(entries)), None)
    if first is not None:
        raise BadVocabulary(str(first.file), "bad-vocabulary", str(first))
    return tuple(_layout(entry) for entry in entries)


def examine(entries: Iterable[Entry]) -> list[Problem]:
    """Everything that is wrong with a user's layouts, in their order."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for entry in entries:
        called = f"layout {entry.get('name', '?')}"
        wrong = list(_wrong(entry)) or list(_unmatched(_layout(entry)))
        name = str(entry.get("name"))
        if name in seen:
            wrong.append(f"the name is taken, in {Path(seen[name]).name}")
        seen[name] = entry["file"]
        problems += [Problem(Path(entry["file"]), called, message) for message in wrong]
    return problems


def _wrong(entry: Entry) -> Iterator[str]:
    """What cannot be read at all."""
    if not isinstance(entry.get("name"), str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", entry["name"]):
        yield "name has to be letters a-z, digits and hyphens"
    elif entry["name"] == "generic":
        yield "generic is the name for no layout"
    for key, value in entry.items():
        if key in ("name", "file"):
            continue
        if key not in _KEYS:
            yield f"unknown key {key!r}; known are {', '.join(_KEYS)}"
        elif key in ("item", "heading"):
            yield from _wrong_look(key, value)
        elif not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            yield f"{key} has to be a list of strings"
        elif key in ("signs", "noise"):
            yield from (f"{key}: {reason}" for pattern in value if (reason := _bad(pattern)))
        elif key == "order" and not set(value) <= set(SectionKind):
            unknown = next(v for v in value if v not in set(SectionKind))
            yield f"order: unknown kind {unknown!r}; known are {', '.join(SectionKind)}"
    if not entry.get("signs") and not entry.get("roles"):
        yield "nothing tells it: it needs signs or roles"


def _wrong_look(key: str, value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"write {key} = {{ pattern = '…' }}"
        return
    for name, what in value.items():
        if name not in _LOOK:
            yield f"{key}: unknown key {name!r}; known are {', '.join(_LOOK)}"
        elif not isinstance(what, str if name in _TEXTS else bool):
            yield f"{key}: {name} has to be {'a string' if name in _TEXTS else 'true or false'}"
    if not any(value.get(name) for name in ("pattern", "role", "larger", "bold")):
        yield f"{key}: it says nothing of the look"
    pattern = value.get("pattern")
    if isinstance(pattern, str) and (reason := _bad(pattern)):
        yield f"{key}: {reason}"


def _bad(pattern: str) -> str | None:
    try:
        re.compile(pattern)
    except re.error as error:
        return f"the pattern {pattern!r} does not compile: {error}"
    reason = danger(pattern)
    return f"the pattern {pattern!r} could take very long: {reason}" if reason else None


def _unmatched(layout: Layout) -> Iterator[str]:
    """Patterns that match none of the examples."""
    looks = [look.pattern for look in (layout.item, layout.heading) if look is not None and look.pattern is not None]
    for pattern in (*layout.signs, *looks, *layout.noise):
        if not any(pattern.fullmatch(line) for line in layout.examples):
            yield f"the pattern {pattern.pattern!r} matches none of the examples"


def _layout(entry: Entry) -> Layout:
    return Layout(
        entry["name"],
        tuple(map(re.compile, entry.get("signs", ()))),
        tuple(entry.get("roles", ())),
        _look(entry.get("item")),
        _look(entry.get("heading")),
        tuple(map(re.compile, entry.get("noise", ()))),
        tuple(map(SectionKind, entry.get("order", ()))),
        tuple(entry.get("examples", ())),
        entry.get("file", ""),
    )


def _look(value: dict[str, Any] | None) -> Look | None:
    if value is None:
        return None
    pattern = value.get("pattern")
    rest = {name: value[name] for name in _LOOK[1:] if name in value}
    return Look(re.compile(pattern) if pattern else None, **rest)
