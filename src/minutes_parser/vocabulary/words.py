"""Reads the package's TOML files, once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The contents of `words.toml`."""
    return tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def heading_entries() -> list[dict[str, Any]]:
    """The entries of `headings.toml`."""
    entries: list[dict[str, Any]] = tomllib.loads((files(__package__) / "headings.toml").read_text("utf-8"))["heading"]
    return entries


@lru_cache(maxsize=1)
def decision_words() -> dict[str, Any]:
    """The contents of `decisions.toml`."""
    return tomllib.loads((files(__package__) / "decisions.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def party_entries() -> list[dict[str, Any]]:
    """The entries of `parties.toml`."""
    entries: list[dict[str, Any]] = tomllib.loads((files(__package__) / "parties.toml").read_text("utf-8"))["party"]
    return entries
