"""What we report about a document, and the options and limits that it is read under."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from os import PathLike

from minutes_parser.kinds import Code, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """Something doubtful, with its place: `start` and `stop` are offsets in the source text, or None.

    `message` never holds the document's text.
    """

    code: Code
    message: str
    severity: Severity = Severity.WARNING
    start: int | None = None
    stop: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a document may be; passing one raises `LimitReached` that names it.

    The defaults and why: design page hazards, section 5.
    """

    bytes: int = 100_000_000
    """Size of the input, bytes."""
    text_bytes: int = 20_000_000
    """Size of a text or HTML input, bytes."""
    pages: int = 10_000
    """Pages of a PDF."""
    page_characters: int = 1_000_000
    """Characters on one page of a PDF."""
    characters: int = 20_000_000
    """Characters of the source text."""
    entries: int = 5_000
    """Entries of a DOCX's zip."""
    part_bytes: int = 100_000_000
    """Decompressed size of one part of a DOCX, bytes."""
    unzipped_bytes: int = 200_000_000
    """Decompressed size of all parts of a DOCX that are read, bytes."""
    ratio: int = 200
    """Decompressed size over compressed size of a part, looked at after 1,000,000 bytes."""
    depth: int = 256
    """Nesting of HTML or XML elements."""
    line_characters: int = 10_000
    """Longest line that is looked at as a heading; longer ones are body text."""
    findings: int = 100
    """Findings reported for one document; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a document is to be read."""

    encoding: str | None = None
    """Encoding of a text or HTML input, instead of the guess."""
    password: str | None = None
    """User password of an encrypted PDF."""
    vocabulary: tuple[str | PathLike[str], ...] = ()
    """A user's own words: TOML files whose entries are added to the package's, see docs/vocabulary.md."""
    layouts: bool = True
    """Whether the layouts that are known may sharpen the reading."""
    tables: bool = True
    """Whether ruled tables of a PDF are read cell by cell."""
    limits: Limits = field(default_factory=Limits)

    def changed(self) -> dict[str, str | int | bool]:
        """What differs from the defaults, in the order of the fields.

        The password is left out, and the files of words, for the vocabulary's version tells them.

        >>> Options(encoding="cp865", limits=Limits(pages=20)).changed()
        {'encoding': 'cp865', 'limits.pages': 20}
        """
        found: dict[str, str | int | bool] = {}
        for name, usual in (("encoding", None), ("layouts", True), ("tables", True)):
            if getattr(self, name) != usual:
                found[name] = getattr(self, name)
        for limit in fields(Limits):
            if getattr(self.limits, limit.name) != limit.default:
                found[f"limits.{limit.name}"] = getattr(self.limits, limit.name)
        return found
