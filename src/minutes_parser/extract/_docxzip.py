"""The gate in front of a DOCX: only needed parts, in chunks, against a budget; no DOCTYPE, no entity, no path from inside."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
import zlib
from typing import Any

from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.findings import Limits

_MAIN = "officeDocument"
_CHUNK = 1 << 16
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    KeyError,
    OverflowError,
)
"""What zipfile raises for bad files (seen in fuzzing)."""


class Package:
    """The parts of a DOCX. Raises `Unreadable` (`corrupt`, `encrypted`, `unsafe-xml`) and `LimitReached`."""

    def __init__(self, name: str, data: bytes, limits: Limits) -> None:
        self.name, self.limits, self.spent = name, limits, 0
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self.zip.infolist()
        except _DAMAGE as error:
            raise Unreadable(
                name, "corrupt", f"damaged or cut off: {str(error)[:80]}", "get the document anew"
            ) from None
        if len(entries) > limits.entries:
            raise LimitReached(
                name,
                "limit-entries",
                f"{len(entries)} parts, the limit is {limits.entries}",
                "raise it with --limit entries=N",
            )
        self.entries = {_path(e.filename): e for e in entries}
        if len(self.entries) != len(entries):
            raise Unreadable(name, "corrupt", "a part stands in it twice", "save it again with a word processor")
        ranges = sorted((e.header_offset, e.header_offset + 30 + e.compress_size) for e in entries)
        if any(b[0] < a[1] for a, b in itertools.pairwise(ranges)):
            raise Unreadable(name, "corrupt", "its parts overlap", "save it again with a word processor")

    def main(self) -> str:
        """The path of the main part, as the package's relations say."""
        relations = self.relations("_rels/.rels", "")
        for kind, target in relations.values():
            if kind.endswith(_MAIN) and _path(target) in self.entries:
                return target
        if "word/document.xml" in self.entries:
            return "word/document.xml"
        raise Unreadable(self.name, "corrupt", "its main part is missing", "get the document anew")

    def relations(self, part: str, base: str) -> dict[str, tuple[str, str]]:
        """Identifier to (kind, target) of a relations part; targets inside are paths of entries, others as written."""
        root = self.xml(part)
        found: dict[str, tuple[str, str]] = {}
        for item in root if root is not None else ():
            target = item.get("Target") or ""
            kind = (item.get("Type") or "").rsplit("/", 1)[-1]
            if item.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else _joined(base, target)
            found[item.get("Id") or ""] = (kind, target)
        return found

    def xml(self, part: str) -> Any:
        """The root element of a part; None where there is no such part."""
        data = self.read(part)
        return None if data is None else self.parsed(part, data)

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, in which no document type is declared; None where there is no such part."""
        entry = self.entries.get(_path(part))
        if entry is None:
            return None
        data = self._read(entry)
        if b"!" in data and any(sign in data for sign in _DOCTYPE):  # before a parser sees it
            raise self._unsafe(part)
        return data

    def parsed(self, part: str, data: bytes) -> Any:
        """The root element of a part's bytes."""
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root: Any = etree.fromstring(data, parser)
            if root.getroottree().docinfo.doctype:  # in an encoding that we did not think of
                raise self._unsafe(part)
            return root
        except (etree.XMLSyntaxError, LookupError, ValueError) as error:
            if getattr(error, "code", 0) == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
                raise LimitReached(
                    self.name,
                    "limit-depth",
                    f"elements of {part} are nested too deep, or a text is too long",
                    "save it again with a word processor",
                ) from None
            raise Unreadable(self.name, "corrupt", f"the part {part} is damaged", "get the document anew") from None

    def _unsafe(self, part: str) -> Unreadable:
        return Unreadable(
            self.name,
            "unsafe-xml",
            f"the part {part} declares a document type",
            "save it again with a word processor",
        )

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        limits = self.limits
        if entry.flag_bits & 1:
            raise Unreadable(self.name, "encrypted", "its parts are encrypted", "remove the password and save it again")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(
                self.name,
                "corrupt",
                f"the part {entry.filename} is packed in an unusual way",
                "save it again with a word processor",
            )
        out = bytearray()
        try:
            with self.zip.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    out += chunk
                    if len(out) > limits.part_bytes or self.spent + len(out) > limits.unzipped_bytes:
                        raise LimitReached(
                            self.name,
                            "limit-unzipped",
                            f"the part {entry.filename} unpacks to more than {limits.part_bytes} bytes",
                            "raise it with --limit part_bytes=N",
                        )
                    if len(out) > 1_000_000 and len(out) > limits.ratio * max(1, entry.compress_size):
                        raise LimitReached(
                            self.name,
                            "limit-ratio",
                            f"the part {entry.filename} unpacks to more than {limits.ratio} times its size",
                            "raise it with --limit ratio=N",
                        )
        except _DAMAGE as error:
            raise Unreadable(
                self.name,
                "corrupt",
                f"the part {entry.filename} is damaged: {str(error)[:80]}",
                "get the document anew",
            ) from None
        self.spent += len(out)
        return bytes(out)


def _joined(base: str, target: str) -> str:
    """A relative target as an entry's path; it can only name entries, never files."""
    parts = base.split("/") if base else []
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)


def _path(name: str) -> str:
    """A part's name as it is compared: case does not matter, some programs write backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()
