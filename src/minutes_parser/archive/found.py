"""A document that was found, and which of them are wanted."""

from __future__ import annotations

import fnmatch
import os
from dataclasses import dataclass, field
from typing import Any

from minutes_parser.archive.names import Shard

_LOCKS = ("~$", ".~lock")
DESKTOP = frozenset(("thumbs.db", "desktop.ini", "__macosx"))
_OTHER = frozenset(
    [
        ".json",
        ".jsonl",
        ".ndjson",
        ".xml",
        ".csv",
        ".tsv",
        ".xls",
        ".xlsx",
        ".xlsm",
        ".ods",
        ".ppt",
        ".pptx",
        ".odp",
        ".mdb",
        ".accdb",
        ".db",
        ".sqlite",
        ".log",
        ".lock",
        ".tmp",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".tif",
        ".tiff",
        ".bmp",
        ".svg",
        ".webp",
        ".ico",
        ".psd",
        ".heic",
        ".mp3",
        ".mp4",
        ".m4a",
        ".wav",
        ".avi",
        ".mov",
        ".wmv",
        ".ogg",
        ".zip",
        ".gz",
        ".bz2",
        ".xz",
        ".7z",
        ".rar",
        ".tar",
        ".tgz",
        ".msg",
        ".eml",
        ".pst",
        ".ics",
        ".vcf",
        ".css",
        ".js",
        ".py",
        ".pyc",
        ".exe",
        ".dll",
        ".msi",
        ".ttf",
        ".woff",
        ".sha256",
        ".md5",
    ]
)
"""Suffixes of files that nobody means as minutes; what has another suffix, or none, is told by its bytes."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document to read, or what stands in its way.

    `identity` is what agrees as long as nobody touches it; `problem` is (code, reason); `skipped` says why it was passed over, `loud` that documents may hide behind it.
    """

    path: str
    name: str
    identity: list[Any] | None = None
    problem: tuple[str, str] | None = None
    skipped: str = ""
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Which files are wanted: globs on the name inside the archive or on its last part."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    shard: Shard = field(default_factory=Shard)

    def against(self, name: str, *, hidden: bool = True) -> str:
        """Why a file is passed over; empty when it is wanted."""
        last = name.rpartition("/")[2]
        if last.startswith(_LOCKS):
            return "lock file"
        if hidden and last.startswith("."):
            return "dotfile"
        if last.lower() in DESKTOP:
            return "desktop file"
        if any(fnmatch.fnmatchcase(name, glob) or fnmatch.fnmatchcase(last, glob) for glob in self.exclude):
            return "excluded"
        if self.include:
            wanted = any(fnmatch.fnmatchcase(name, glob) or fnmatch.fnmatchcase(last, glob) for glob in self.include)
            return "" if wanted else "not included"
        suffix = os.path.splitext(last)[1].lower()
        return f"{suffix} file" if suffix in _OTHER else ""
