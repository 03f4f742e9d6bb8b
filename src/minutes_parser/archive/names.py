"""What a document is called in the archive, where its output goes, and which shard it belongs to."""

from __future__ import annotations

import hashlib
import os
from array import array
from dataclasses import dataclass

NAME_BYTES = 255
"""Longest file name, bytes, on every file system that archives are kept on."""
_SUFFIX = ".json"


def tidy(path: str) -> str:
    """A path as a name inside the archive: relative, without `.` and `..`.

    >>> tidy("/srv/arkiv//2024/./a.pdf"), tidy("../arkiv/a.pdf")
    ('srv/arkiv/2024/a.pdf', 'arkiv/a.pdf')
    """
    return "/".join(part for part in os.path.normpath(path).split("/") if part not in ("", ".", ".."))


def output_name(name: str) -> str:
    """The output's path below the output folder: the whole name and `.json`.

    A name that has no room for more is cut, and a hash of the whole keeps it apart from its like.

    >>> output_name("2024/a.pdf")
    '2024/a.pdf.json'
    """
    folder, slash, last = name.rpartition("/")
    raw = os.fsencode(last)
    if len(raw) + len(_SUFFIX) > NAME_BYTES:
        mark = "~" + hashlib.sha256(raw).hexdigest()[:16]
        kept = raw[: NAME_BYTES - len(_SUFFIX) - len(mark)]
        while kept and (raw[len(kept)] & 0xC0) == 0x80:  # not in the middle of a letter
            kept = kept[:-1]
        last = os.fsdecode(kept) + mark
    return f"{folder}{slash}{last}{_SUFFIX}"


def digest(name: str) -> bytes:
    """Sixteen bytes that stand for a name."""
    return hashlib.blake2b(os.fsencode(name), digest_size=16).digest()


class Seen:
    """Names that were met, in about eleven bytes each where a set takes a hundred: ten million lines are no burden.

    Told apart by 64 bits: of ten million names two are taken for one once in 400,000 times.

    >>> seen = Seen()
    >>> seen.add("a.pdf"), seen.add("a.pdf"), "a.pdf" in seen, "b.pdf" in seen
    (True, False, True, False)
    """

    def __init__(self) -> None:
        self._tables = [array("Q", [0]) * 16 for _ in range(_PARTS)]
        self._counts = [0] * _PARTS

    def __contains__(self, name: str) -> bool:
        key = _key(name)
        table = self._tables[key % _PARTS]
        return table[_slot(table, key)] != 0

    def add(self, name: str) -> bool:
        """Whether it is new."""
        key = _key(name)
        part = key % _PARTS
        table = self._tables[part]
        slot = _slot(table, key)
        if table[slot]:
            return False
        table[slot] = key
        self._counts[part] += 1
        if self._counts[part] > 0.85 * len(table):
            self._tables[part] = larger = array("Q", [0]) * (len(table) * 3 // 2)
            for known in filter(None, table):
                larger[_slot(larger, known)] = known
        return True


_PARTS = 256
"""Tables that grow one after another, so that there are never two of all names."""


def _key(name: str) -> int:
    return int.from_bytes(digest(name)[:8]) or 1


def _slot(table: array[int], key: int) -> int:
    """Where the key is, or would go: tables always have room."""
    at = key // _PARTS % len(table)
    while table[at] not in (0, key):
        at = (at + 1) % len(table)
    return at


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` of `count`: which documents it has depends on their names alone, on every machine."""

    number: int = 1
    count: int = 1

    def holds(self, name: str) -> bool:
        """Whether the document is of this part."""
        return self.count == 1 or int.from_bytes(digest(name)[:8]) % self.count == self.number - 1

    @property
    def label(self) -> str:
        """Empty for the whole, else `3-of-200`."""
        return "" if self.count == 1 else f"{self.number}-of-{self.count}"


def shard(text: str) -> Shard:
    """`3/200`; raises `ValueError`.

    >>> shard("3/200").label
    '3-of-200'
    """
    number, slash, count = text.partition("/")
    found = Shard(int(number), int(count))
    if not slash or not 1 <= found.number <= found.count <= 1_000_000:
        raise ValueError(text)
    return found
