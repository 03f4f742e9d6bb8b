"""Line, Span, SourceText: what the page said, how it looked, and where each character stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar, dataclass_transform

from minutes_parser.findings import Finding

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's upper left corner, as the page is read (rotation undone)."""
APART = re.compile(r"\t|\s{3,}")
"""What parts the cells of a row where no grid says so."""


Record = TypeVar("Record")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(record: type[Record]) -> type[Record]:
    """A frozen dataclass with slots for what a document has thousands of: the type checker refuses to let it be changed, the
    interpreter does not, which makes one in a third of the time."""
    return dataclass(slots=True, unsafe_hash=True)(record)


class Span(NamedTuple):
    """Characters of `SourceText.text`, half-open; a tuple, for a frozen dataclass takes three times as long to make."""

    start: int
    stop: int


@frozen
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
    breaks: tuple[int, ...] = ()
    """Offsets in `text` where a further paragraph of a cell begins."""
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


def row(cells: Iterable[Sequence[str]]) -> tuple[str, tuple[str, ...], tuple[int, ...]]:
    """`text`, `cells` and `breaks` of a table row whose cells hold these non-empty paragraphs.

    >>> row([["Referat"], [], ["Godkendt.", "Intet."]])
    ('Referat\\tGodkendt. Intet.', ('Referat', '', 'Godkendt. Intet.'), (18,))
    """
    texts: list[str] = []
    breaks: list[int] = []
    at = 0
    for paragraphs in cells:
        for n, paragraph in enumerate(paragraphs):
            if n:
                breaks.append(at)
            at += len(paragraph) + 1
        texts.append(" ".join(paragraphs))
    return "\t".join(t for t in texts if t), tuple(texts), tuple(breaks)


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
    placed = tuple(lines)
    start = 0
    for line in placed:
        object.__setattr__(
            line, "start", start
        )  # nobody has seen the line yet; a copy of each costs a tenth of reading
        start += len(line.text) + 1
    return SourceText("\n".join([line.text for line in placed]), placed, pages, tuple(findings), title)


@frozen
class Fragment:
    """A stretch of a line that belongs to a section; never changed, but not frozen: there is one for nearly every line,
    and a frozen one takes three times as long to make."""

    text: str
    start: int
    gap: float
    line: Line
    breaks: bool = False
    """Whether furniture or a page border stands before: a gap says nothing then."""


@dataclass(slots=True)
class Logical:
    """A line as its author wrote it: wrapped lines joined, hyphens at line ends undone."""

    text: str
    start: int
    stop: int
    paragraph: bool
    """Whether a paragraph begins here."""
    cells: tuple[str, ...] = ()
    anchors: list[tuple[int, int]] = field(default_factory=list)
    """Where the pieces of `text` come from: offset in it, offset in the source text; both rise."""

    def place(self, at: int) -> int:
        """The offset in the source text of the character at `at` in `text`; exact unless hyphens were undone there."""
        if not self.anchors:
            return min(self.start + at, self.stop)
        own, source = self.anchors[max(0, bisect_right(self.anchors, (at, self.stop)) - 1)]
        return min(source + at - own, self.stop)


_PARAGRAPH_GAP = 0.6
"""Lines of blank space; printed minutes lead their lines by 0.1 to 0.4 and part paragraphs by 0.8 and more."""


def logical_lines(
    fragments: Sequence[Fragment], widest: float = 0.0, keep: frozenset[str] = frozenset()
) -> list[Logical]:
    """Join wrapped lines and hyphenated words; list items and table rows keep their own lines.

    `widest` is how far the document's full lines reach: points for a PDF, characters for text; 0 where lines do not
    wrap. `keep` holds the words before which a hyphen at a line's end stays (`Kultur- og`). Nothing is lost: but for
    white space and hyphens the texts are the fragments'.
    """
    out: list[Logical] = []
    pieces: list[str] = []
    """What the last logical line is made of, and its length: joined once, a paragraph may be a document long."""
    length = 0
    before: Fragment | None = None
    for fragment in fragments:
        raw = text = fragment.text
        if "\u00ad" in raw:
            text = raw.replace("\u00ad", "")
        line = fragment.line
        cells = line.cells
        if cells and (len(cells) < 2 or raw != line.text):
            cells = ()
        fresh = before is None or (fragment.gap >= _PARAGRAPH_GAP and not fragment.breaks)
        if before is not None and not cells and not out[-1].cells and _goes_on(before, fragment, widest, fresh):
            joint = _joint(pieces, text, keep)
            if joint is None:
                pieces[-1] = pieces[-1][:-1]
                length -= 1
            elif joint:
                pieces.append(joint)
                length += 1
            pieces.append(text)
            length += len(text)
            out[-1].stop = fragment.start + len(raw)
        else:
            if len(pieces) > 1:
                out[-1].text = "".join(pieces)
            row = "\t".join(cells) if cells and "|" not in text else text  # the bars of a text's table stay
            out.append(Logical(row, fragment.start, fragment.start + len(raw), fresh, cells))
            pieces, length = [row], len(row)
        if cells or text is not raw:
            out[-1].anchors += _anchors(raw, fragment.start, length - len(text), cells)
        else:
            out[-1].anchors.append((length - len(text), fragment.start))
        before = fragment
    if len(pieces) > 1:
        out[-1].text = "".join(pieces)
    return out


def _anchors(raw: str, start: int, at: int, cells: tuple[str, ...]) -> list[tuple[int, int]]:
    """The anchors of one fragment whose text begins at `at` of a logical line."""
    if cells:
        found: list[tuple[int, int]] = []
        own = seen = 0
        for cell in cells:
            if cell:
                seen = max(0, raw.find(cell, seen))
                found.append((own, start + seen))
            own += len(cell) + 1
        return found
    found = [(at, start)]
    if "\u00ad" in raw:
        found += [(at + n - k, start + n + 1) for k, n in enumerate(n for n, c in enumerate(raw) if c == "\u00ad")]
    return found


def _goes_on(before: Fragment, after: Fragment, widest: float, fresh: bool) -> bool:
    """Whether `after` is the same sentence's next printed line."""
    line = after.line
    if line.start != after.start:
        apart = before.start + len(before.text) + 1 < after.start
        goes_on = (apart and not after.breaks) or before.line is line
    else:
        goes_on = widest > 0 and _wrapped(before.line, after, widest, fresh)
    return goes_on and not (
        line.marker or _item_like(after.text) or (line.breaks and after.start - line.start in line.breaks)
    )


def _wrapped(before: Line, after: Fragment, widest: float, fresh: bool) -> bool:
    """Whether a line reaches as far as lines do that go on below, and what begins below goes on."""
    small = after.text[:1].islower()
    if small and before.hyphen:
        return True
    if (after.breaks and not small) or (fresh and not after.breaks):
        return False
    reach = before.box[2] if before.box else float(len(before.text))
    return reach >= 0.8 * widest or (small and reach >= 0.5 * widest)


def _item_like(text: str) -> bool:
    """Whether the line opens a list item: a bullet, `1.`, `a)`, `b. `; initials are capitals."""
    if text[:1].isalpha():
        return text[1:2] == ")" or (text[1:3] == ". " and "a" <= text[0] <= "k")
    head = text[:6]
    if (head[:1] in "•·*◦▪-–—" and head[1:2] in " \t") or head[:1] in "•◦▪":
        return True
    digits = 0
    while digits < 3 and head[digits : digits + 1].isdigit():
        digits += 1
    return digits > 0 and head[digits : digits + 1] in (".", ")") and head[digits + 1 : digits + 2] in ("", " ")


def rejoined(one: str, two: str, keep: frozenset[str]) -> str:
    """Two printed lines as one, with the hyphen at the first one's end undone where the word goes on."""
    joint = _joint((one,), two, keep)
    return one[:-1] + two if joint is None else one + joint + two


def _joint(one: Sequence[str], two: str, keep: frozenset[str]) -> str | None:
    """What belongs between two printed lines, the first one in pieces: a blank or nothing; None where its hyphen goes, too."""
    if one[-1][-1:] != "-":
        return " "
    end = "".join(one[-3:])[-3:]
    if two[:1].islower() and len(end) > 2 and end[1].isalpha():
        follows = two.split(" ", 1)[0].strip(",.;:")
        if follows in keep or end[0] == " ":
            return " "
        return None
    if len(end) > 1 and end[-2].isalnum() and (two[:1].isupper() or two[:1].isdigit()):
        return ""
    return " "


def section_text(lines: Iterable[Logical]) -> str:
    """The logical lines as a section prints them: paragraphs apart by a blank line."""
    out: list[str] = []
    for line in lines:
        if out:
            out.append("\n\n" if line.paragraph else "\n")
        out.append(line.text)
    return "".join(out)


def widest_line(text: SourceText) -> float:
    """How far full lines reach: the 90th percentile, points or characters; 0 for formats that do not wrap."""
    reaches = sorted(
        [
            line.box[2] if line.box else float(len(line.text))
            for line in text.lines
            if not line.role or line.role == "hidden"
        ]
    )
    if not reaches:
        return 0.0
    reach = reaches[min(len(reaches) - 1, int(len(reaches) * 0.9))]
    boxed = any(line.box for line in text.lines[:3])
    return reach if boxed or 50 <= reach <= 125 else 0.0


def listing(text: SourceText) -> str:
    """A table of the lines with offset, page, box, size, bold, gap, level, role, parted by tabs; for people and grep."""
    rows = ["start\tpage\tbox\tsize\tbold\tgap\tlevel\trole\ttext"]
    for line in text.lines:
        box = ",".join(f"{v:.0f}" for v in line.box) if line.box else "-"
        size = f"{line.size:.1f}" if line.size else "-"
        gap = "-" if line.gap is None else f"{line.gap:.1f}"
        bold = "B" if line.bold else f"b{line.lead}" if line.lead else "-"
        rows.append(
            f"{line.start}\t{line.page or '-'}\t{box}\t{size}\t{bold}\t{gap}\t{line.level or '-'}\t{line.role or '-'}\t{line.text}"
        )
    return "\n".join(rows) + "\n"
