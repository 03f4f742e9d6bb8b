"""Line, Span, SourceText: what the page said, how it looked, and where each character stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from minutes_parser.findings import Finding

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's upper left corner, as the page is read (rotation undone)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of `SourceText.text`, half-open."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line of the source and how it looked; what a format does not say is None, 0 or "".

    `text` is NFC, without line feeds and without blanks at its ends, never empty.
    """

    text: str
    start: int = 0
    """Offset of the first character in `SourceText.text`; set by `source_text`, never changed after."""
    page: int | None = None
    """Page, from 1."""
    box: Box | None = None
    size: float | None = None
    """Font size in points."""
    bold: bool | None = None
    """Whether the whole line is bold; None where the format has no fonts."""
    lead: int = 0
    """Length of the bold beginning of a line that is not bold as a whole, in characters: `Indstilling: At …`."""
    gap: float | None = None
    """Blank space above, in lines: 0 = printed close under the line before (PDF: measured; text: blank lines;
    HTML and DOCX: 1 where a new block begins, 0 after a line break inside one). None on a page's first line in a PDF."""
    role: str = ""
    """The source's own words for the line, outermost first, joined with `>`: HTML `div.punkt>h3`, DOCX `tbl>Heading 2`."""
    level: int = 0
    """Heading level that the source gives (HTML h1-h6, DOCX outline level), 1 the highest; 0 none."""
    marker: int = 0
    """Length of the list marker or automatic number that `text` begins with, blank after it included."""
    cells: tuple[str, ...] = ()
    """Cells where the line is a table row; `text` is the non-empty ones joined with tabs."""
    hyphen: bool = False
    """Whether the page breaks a word at the line's end; the hyphen itself stays in `text`."""
    href: str = ""
    """Target of the link that covers the line."""

    @property
    def stop(self) -> int:
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class SourceText:
    """What an extractor read, in reading order: `text` is the lines joined with line feeds; all offsets count in it."""

    text: str
    lines: tuple[Line, ...]
    pages: int | None = None
    """Number of pages; None where the format has none."""
    findings: tuple[Finding, ...] = ()
    title: str = ""
    """The document's own title where the format carries one outside its text (HTML title element); no source text."""


def source_text(
    lines: Iterable[Line], pages: int | None = None, findings: Sequence[Finding] = (), title: str = ""
) -> SourceText:
    """Give every line its offset, once. The lines' texts must be non-empty and hold no line feed."""
    placed: list[Line] = []
    start = 0
    for line in lines:
        placed.append(replace(line, start=start) if start else line)
        start += len(line.text) + 1
    return SourceText("\n".join(line.text for line in placed), tuple(placed), pages, tuple(findings), title)
