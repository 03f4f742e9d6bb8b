"""The words in use: the package's own, or they and a user's files; one set at a time in a process."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from os import PathLike
from pathlib import Path
from threading import RLock
from typing import Any

Entry = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """What a reading goes by: `headings` as `headings.toml` has them, `lists` as `words.toml` has them.

    `layouts` are those of the user's files; the package's own stand in `layouts`.
    """

    version: str
    headings: tuple[Entry, ...]
    lists: dict[str, Any]
    layouts: tuple[Entry, ...] = ()
    decisions: dict[str, Any] | None = None
    """As `decisions.toml` has them; None for the package's own."""


@dataclass(slots=True)
class _InUse:
    own: Words | None = None
    words: Words | None = None
    key: tuple[object, ...] = ()


_PACKAGE = __name__.partition(".")[0]
_READERS = tuple(
    f"{_PACKAGE}.{part}" for part in ("vocabulary", "layouts", "clean", "recognise", "assemble", "extract._pdfwords")
)
"""Where words are read; nothing else may keep what depends on them."""
_NOW = _InUse()
_LOCK = RLock()


def own() -> Words:
    """The package's own words."""
    if _NOW.own is None:
        lists = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
        headings = tomllib.loads((files(__package__) / "headings.toml").read_text("utf-8"))["heading"]
        _NOW.own = Words(lists["version"], tuple(headings), lists)
    return _NOW.own


def current() -> Words:
    """The words in use; the package's own until others are put in use."""
    return _NOW.words or own()


def words() -> dict[str, Any]:
    """The lists of `words.toml`, with what a user's files add."""
    return current().lists


def heading_entries() -> tuple[Entry, ...]:
    """The entries of `headings.toml`, and after them those of a user's files."""
    return current().headings


def put(new: Words | None) -> None:
    """Put other words in use, None for the package's own.

    What the package keeps of its look-ups depends on the words: the caches of every module that may read them are emptied.
    """
    if new is _NOW.words:
        return
    _NOW.words = new
    _NOW.key = ()
    for name, module in list(sys.modules.items()):
        if name.startswith(_READERS):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@contextmanager
def in_use(paths: Iterable[str | PathLike[str]]) -> Iterator[None]:
    """Put the package's words and those of the user's files in use, for this thread until the block ends.

    The files are read again only when they have changed. Raises `BadVocabulary`. Other threads wait: a process reads
    with one vocabulary at a time. The words stay in use after the block, so that a run over many documents builds once.
    """
    with _LOCK:
        use(paths)
        yield


def use(paths: Iterable[str | PathLike[str]]) -> None:
    """Put the package's words and those of the user's files in use for the process; raises `BadVocabulary`."""
    with _LOCK:
        key = tuple(_stamp(Path(p)) for p in paths)
        if key == _NOW.key:
            return
        if not key:
            put(None)
            return
        from minutes_parser.vocabulary.mine import read

        put(read([Path(p) for p in paths]))
        _NOW.key = key


def _stamp(path: Path) -> tuple[object, ...]:
    """What tells one state of a file from another; a file that is not there is told when it is read."""
    try:
        state = path.stat()
    except OSError:
        return (str(path),)
    return (str(path), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1)
def decision_words() -> dict[str, Any]:
    """The contents of `decisions.toml`, or what stands for them in the words in use."""
    if (other := current().decisions) is not None:
        return other
    return tomllib.loads((files(__package__) / "decisions.toml").read_text("utf-8"))


@lru_cache(maxsize=32)
def small_words(kind: str) -> frozenset[str]:
    """The small words of one list of `[grammar]`."""
    return frozenset(decision_words()["grammar"][kind])


@lru_cache(maxsize=64)
def choice(section: str, group: str) -> str:
    """A regular expression for any word of one list of `decisions.toml`, longest first."""
    return "|".join(re.escape(w) for w in sorted(decision_words()[section][group], key=len, reverse=True))


def expression(pattern: str) -> re.Pattern[str]:
    """A pattern made of the words of `decisions.toml`, which are printed small or large."""
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=1)
def party_entries() -> list[dict[str, Any]]:
    """The entries of `parties.toml`."""
    entries: list[dict[str, Any]] = tomllib.loads((files(__package__) / "parties.toml").read_text("utf-8"))["party"]
    return entries
