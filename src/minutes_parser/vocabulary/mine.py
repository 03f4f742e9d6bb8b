"""A user's words: TOML files in the format of ours, checked and merged over ours."""

from __future__ import annotations

import copy
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minutes_parser.errors import BadVocabulary
from minutes_parser.kinds import SectionKind
from minutes_parser.vocabulary import body_pattern, fold, genitive_pattern, vocabulary
from minutes_parser.vocabulary.dates import date_pattern
from minutes_parser.vocabulary.lines import case_line, closed, noise, opening
from minutes_parser.vocabulary.patterns import danger, letters
from minutes_parser.vocabulary.words import Entry, Words, current, own, put


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, and where in it: the entry as its reader finds it."""

    file: Path
    entry: str
    message: str

    def __str__(self) -> str:
        return f"{self.entry}: {self.message}" if self.entry else self.message


def read(paths: Sequence[Path]) -> Words:
    """The package's words with the files' added; raises `BadVocabulary` that names file and entry of the first problem."""
    words, problems = examine(paths)
    if problems:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        advice = f"minutes-parser vocabulary check {first.file} prints them all" if more else ""
        raise BadVocabulary(str(first.file), "bad-vocabulary", f"{first}{more}", advice)
    return words


def examine(paths: Sequence[Path]) -> tuple[Words, list[Problem]]:
    """The merged words and everything that is wrong with the files, in their order; the words in use stay as they are."""
    merging = _Merging()
    for path in paths:
        merging.add(path)
    words = merging.words()
    problems = list(merging.problems)
    if not problems:
        before = current()
        try:
            put(words)
            for path, entry in merging.entries:
                problems += [Problem(path, _called(entry), message) for message in _unread(entry)]
            problems += _ineffective(merging.added)
        finally:
            put(None if before is own() else before)
    return words, problems


class _Merging:
    """The files' contents over ours; what cannot be merged becomes a problem and is left out."""

    def __init__(self) -> None:
        self.lists: dict[str, Any] = copy.deepcopy(own().lists)
        self.entries: list[tuple[Path, Entry]] = []
        self.layouts: list[Entry] = []
        self.added: list[tuple[Path, str, str]] = []
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()
        self.kinds: dict[str, tuple[str, str]] = {
            fold(name): (entry["kind"], "ours") for entry in own().headings for name in entry["names"]
        }

    def words(self) -> Words:
        version = f"{own().version} +{self.digest.hexdigest()[:8]}"
        entries = (*own().headings, *(entry for _, entry in self.entries))
        return Words(version, entries, self.lists, tuple(self.layouts))

    def add(self, path: Path) -> None:
        try:
            data = path.read_bytes()
            found = tomllib.loads(data.decode("utf-8"))
        except OSError as error:
            self.problems.append(Problem(path, "", error.strerror or "cannot be read"))
            return
        except UnicodeDecodeError:
            self.problems.append(Problem(path, "", "no UTF-8"))
            return
        except tomllib.TOMLDecodeError as error:
            self.problems.append(Problem(path, "", f"no TOML: {error}"))
            return
        self.digest.update(data)
        for name, value in found.items():
            if name == "version":
                continue
            if name in ("heading", "layout"):
                if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
                    self._wrong(path, name, f"write [[{name}]]")
                    continue
                for entry in value:
                    self._heading(path, entry) if name == "heading" else self.layouts.append(
                        entry | {"file": str(path)}
                    )
            else:
                self._table(path, name, value)

    def _wrong(self, path: Path, entry: str, message: str) -> None:
        self.problems.append(Problem(path, entry, message))

    # -- headings ------------------------------------------------------------------------------------------------

    def _heading(self, path: Path, entry: Entry) -> None:
        called = _called(entry)
        before = len(self.problems)
        for key, value in entry.items():
            if key not in _HEADING:
                self._wrong(path, called, f"unknown key {key!r}; known are {', '.join(_HEADING)}")
            elif key == "override" and not isinstance(value, bool):
                self._wrong(path, called, "override has to be true or false")
            elif key not in ("kind", "override") and not _strings(value):
                self._wrong(path, called, f"{key} has to be a list of strings")
        patterns = _listed(entry, "patterns")
        for pattern in patterns:
            self._pattern(path, called, pattern)
        if entry.get("kind") in set(SectionKind):
            for name in _listed(entry, "names"):
                self._name(path, entry, name)
        else:
            self._wrong(path, called, f"unknown kind {entry.get('kind')!r}; known are {', '.join(SectionKind)}")
        if not any(entry.get(key) for key in ("names", "patterns", "never", "stems", "weak")):
            self._wrong(path, called, "it has no names, patterns, stems or never")
        if len(self.problems) == before:
            keys = entry.get("keys") or [letters(pattern) for pattern in patterns]
            self.entries.append((path, entry | {"keys": keys, "file": str(path)}))

    def _name(self, path: Path, entry: Entry, name: str) -> None:
        key = fold(name)
        if len(key) < 3:
            self._wrong(path, _called(entry), f"the name {name!r} has fewer than three letters")
            return
        kind, whose = self.kinds.get(key, (entry["kind"], ""))
        if kind != entry["kind"] and not (entry.get("override") and whose == "ours"):
            advice = (
                "; write override = true to read it so all the same" if whose == "ours" else f", in {Path(whose).name}"
            )
            self._wrong(path, _called(entry), f"the name {name!r} is a heading of kind {kind!r} already{advice}")
            return
        self.kinds[key] = (entry["kind"], str(path))

    def _pattern(self, path: Path, called: str, pattern: str) -> None:
        try:
            re.compile(filled(pattern), re.IGNORECASE)
        except re.error as error:
            self._wrong(path, called, f"the pattern {pattern!r} does not compile: {error}")
            return
        reason = danger(pattern)
        if reason:
            self._wrong(path, called, f"the pattern {pattern!r} could take very long: {reason}")

    # -- other words ---------------------------------------------------------------------------------------------

    def _table(self, path: Path, table: str, value: Any) -> None:
        ours = own().lists.get(table)
        if not isinstance(ours, dict):
            known = [name for name, content in own().lists.items() if isinstance(content, dict)]
            self._wrong(path, f"[{table}]", f"unknown table; known are heading, layout, {', '.join(known)}")
            return
        if not isinstance(value, dict):
            self._wrong(path, f"[{table}]", f"write [{table}] and lists of words under it")
            return
        for name, added in value.items():
            called = f"{table}.{name}"
            if not _strings(ours.get(name)):
                lists = [key for key, content in ours.items() if _strings(content)]
                self._wrong(path, called, f"unknown list; known are {', '.join(lists)}")
            elif not _strings(added):
                self._wrong(path, called, "it has to be a list of strings")
            else:
                self._extend(path, called, self.lists[table][name], added)

    def _extend(self, path: Path, called: str, known: list[str], added: list[str]) -> None:
        before = len(self.problems)
        for word in added:
            if called in own().lists["expressions"]:
                self._pattern(path, called, word)
            elif not called.endswith("examples") and (not fold(word) or _SPECIAL.search(word)):
                self._wrong(path, called, f"{word!r} is no plain word")
        if len(self.problems) == before:
            known += added
            self.added += [(path, called, word) for word in added]


_HEADING = ("kind", "names", "patterns", "keys", "examples", "never", "stems", "weak", "override")
_SPECIAL = re.compile(r"[\\\[\]{}*+?^$|]|^[^(]*\)|\([^)]*$")


def _strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _listed(entry: Entry, key: str) -> list[str]:
    value = entry.get(key)
    return list(value) if isinstance(value, list) and _strings(value) else []


def _called(entry: Entry) -> str:
    """How an error names an entry: its kind and its first words."""
    first = next((v[0] for k in ("names", "patterns", "never", "stems", "weak") if (v := _listed(entry, k))), "")
    return f"heading {entry.get('kind', '?')!s}" + (f" ({first[:40]!r})" if first else "")


def filled(pattern: str) -> str:
    """A pattern with `{body}`, `{bodies}` and `{date}` written out."""
    parts = {"{body}": body_pattern(), "{bodies}": genitive_pattern(), "{date}": f"(?:{date_pattern()})"}
    for name, part in parts.items():
        pattern = pattern.replace(name, part)
    return pattern


def _unread(entry: Entry) -> Iterator[str]:
    """What is not read as an entry says, with the words in use."""
    kind = entry["kind"]
    for what in ("names", "examples"):
        for line in entry.get(what, ()):
            hit = vocabulary().heading(line)
            if hit is None or hit.stop < len(line):
                yield f"{what}: {line!r} is not read as a heading"
            elif hit.kind != kind:
                yield f"{what}: {line!r} is read as {hit.kind.value!r}"
    for pattern in entry.get("patterns", ()):
        if not any(re.fullmatch(filled(pattern), line, re.IGNORECASE) for line in entry.get("examples", ())):
            yield f"the pattern {pattern!r} matches none of the examples"
    for line in entry.get("never", ()):
        hit = vocabulary().heading(line)
        if hit is not None and hit.kind == kind and hit.stop >= len(line):
            yield f"never: {line!r} is read as {kind!r} all the same"


_EFFECTS: dict[str, Callable[[str], bool]] = {
    "bodies.endings": lambda w: re.fullmatch(body_pattern(), w[:1].upper() + w[1:], re.IGNORECASE) is not None,
    "items.words": lambda w: (found := opening(f"{w} 3: Title")) is not None and found.form in ("word", "ad"),
    "items.case": lambda w: bool(case_line(f"{w}: 24/12345")),
    "items.case_examples": lambda w: case_line(w) is not None,
    "items.closed": closed,
    "noise.lines": lambda w: noise(w) == "chrome",
    "noise.examples": lambda w: noise(w) == "furniture",
}
"""How a word of a list shows that it is read."""


def _ineffective(added: list[tuple[Path, str, str]]) -> Iterator[Problem]:
    """Words that change nothing, and expressions without an example."""
    for path, called, word in added:
        effect = _EFFECTS.get(called)
        if effect and not effect(word):
            yield Problem(path, called, f"{word!r} is not read")
        examples = {"items.case_forms": "items.case_examples", "noise.patterns": "noise.examples"}.get(called)
        if examples and not any(
            re.fullmatch(word, line.strip(" .·•|"), re.IGNORECASE)
            for file, where, line in added
            if where == examples and file == path
        ):
            yield Problem(path, called, f"{word!r} matches none of {examples}")
