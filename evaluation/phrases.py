"""Which entries of `decisions.toml` does a document use, and what is left without some of them? For leave_out.py."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from minutes_parser.vocabulary.phrases import Phrases, tokens
from minutes_parser.vocabulary.words import decision_words

Entry = tuple[str, str, str]
"""`phrase` and the table with its number, or `word` and the list; the phrase (or one of its forms), or the word."""
_LISTS = ("vote", "recommend", "standing", "motion", "report", "names")
_GRAMMAR = (
    "examples",
    "never",
    "and",
    "to",
    "from",
    "by",
    "of",
    "inside",
    "articles",
    "joins",
    "relatives",
    "reach",
    "that",
)
"""Lists that stand for the language or for what is no phrase of decisions."""


def _tables() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, table in decision_words().items():
        for number, entry in enumerate(table if isinstance(table, list) else [table]):
            if isinstance(entry, dict):
                yield f"{name}/{number}", entry


def _forms(phrase: str) -> list[str]:
    """The forms of a phrase of one word, each an entry of its own: `godkendt|godkendes`; any other phrase as it is."""
    return phrase.split("|") if " " not in phrase else [phrase]


@lru_cache(maxsize=1)
def _phrases() -> Phrases[Entry]:
    found = [
        (form, ("phrase", where, form))
        for where, table in _tables()
        for phrase in table.get("phrases", ())
        for form in _forms(phrase)
    ]
    return Phrases(found)


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[Entry, re.Pattern[str]], ...]:
    return tuple(
        (("word", f"{table}/{name}", word), re.compile(rf"(?<!\w){re.escape(word.strip('* '))}", re.IGNORECASE))
        for table in _LISTS
        for name, entries in decision_words()[table].items()
        if isinstance(entries, list) and name not in _GRAMMAR
        for word in entries
        if isinstance(word, str) and word.strip("* ") and "|" not in word and "~" not in word
    )


def used(text: str) -> Iterator[Entry]:
    """The phrases that match in the text of a decision or recommendation, and the words of the grammar that stand in it."""
    for match in _phrases().find(tokens(text)):
        yield match.value
    yield from (entry for entry, pattern in _words() if pattern.search(text))


def without(entries: Iterable[Entry]) -> dict[str, Any]:
    """The contents of `decisions.toml` without some entries; a list keeps at least one word."""
    gone: dict[tuple[str, str], set[str]] = defaultdict(set)
    for what, where, entry in entries:
        gone[what, where].add(entry)
    content = copy.deepcopy(decision_words())
    for (what, where), words in gone.items():
        table, _, name = where.partition("/")
        if what == "word":
            content[table][name] = [w for w in content[table][name] if w not in words] or content[table][name][:1]
            continue
        held = content[table][int(name)] if isinstance(content[table], list) else content[table]
        kept = ("|".join(f for f in _forms(phrase) if f not in words) for phrase in held["phrases"])
        held["phrases"] = [phrase for phrase in kept if phrase] or held["phrases"][:1]
    return content
