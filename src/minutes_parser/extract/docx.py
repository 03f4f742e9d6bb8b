"""DOCX to lines: a walk over the XML of our own, since python-docx drops seven kinds of text in silence (measured)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.extract._docxstyles import OFF, Numbering, Styles, local, look, value
from minutes_parser.extract._docxzip import Package
from minutes_parser.findings import Finding, Options
from minutes_parser.kinds import Code, Severity
from minutes_parser.source import Source
from minutes_parser.text import Line, SourceText, source_text
from minutes_parser.text import row as row_of

_THROUGH = frozenset(("ins", "moveTo", "smartTag", "customXml", "fldSimple", "sdtContent", "dir", "bdo"))
_OUT = frozenset(
    (
        "del",
        "moveFrom",
        "pPr",
        "sectPr",
        "sdtPr",
        "sdtEndPr",
        "instrText",
        "delText",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "commentRangeStart",
        "commentRangeEnd",
    )
)
_BLANKS = re.compile(r"[^\S\t\n ]")
_SPACES = re.compile(r"  +")
_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0FE": "☒", "F0A8": "☐", "F06F": "☐", "F0FC": "✓", "F0E0": "→"}


@dataclass(slots=True)
class _Run:
    text: str
    bold: bool
    size: float
    href: str


@dataclass(slots=True)
class _Paragraph:
    """A paragraph's runs; text boxes anchored in it follow it."""

    style: str = ""
    level: int = 0
    marker: str = ""
    runs: list[_Run] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    page_break: bool = False


class _Reader:
    def __init__(self, package: Package, main: str, name: str) -> None:
        folder = main.rpartition("/")[0]
        file = main.rpartition("/")[2]
        self.package = package
        self.name = name
        self.relations = package.relations(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels", folder)
        self.styles = Styles(package.xml(self._part("styles")))
        self.numbering = Numbering(package.xml(self._part("numbering")), self.styles)
        self.lines: list[Line] = []
        self.gap: float | None = None
        self.tracked = self.missing = 0

    def _part(self, kind: str) -> str:
        return next((target for k, target in self.relations.values() if k == kind), "")

    def parts(self, kind: str) -> list[str]:
        """Paths of all parts of a kind, each once."""
        return list(dict.fromkeys(target for k, target in self.relations.values() if k == kind))

    # -- blocks ------------------------------------------------------------------------------------------------------

    def blocks(self, parent: Any, prefix: str) -> None:
        """Paragraphs and tables in document order, through content controls and tracked insertions."""
        for child in parent:
            tag = local(child)
            if tag == "p":
                self.paragraph(child, prefix)
            elif tag == "tbl":
                self.table(child, prefix)
            elif tag == "sdt" or tag in _THROUGH:
                self.tracked += tag in ("ins", "moveTo")
                self.blocks(child, prefix)
            elif tag == "altChunk":
                self.missing += 1
            elif tag in ("AlternateContent",):
                self.blocks(_choice(child), prefix)

    def paragraph(self, element: Any, prefix: str) -> None:
        """The paragraph's lines; then those of the text boxes in it."""
        read = self.read(element)
        self.put(read, prefix)
        for box in read.boxes:
            self.blocks(box, f"{prefix}textbox>")

    def read(self, element: Any) -> _Paragraph:
        read = _Paragraph()
        properties = next((c for c in element if local(c) == "pPr"), None)
        number: str | None = None
        depth: int | None = None
        outline: int | None = None
        if properties is not None:
            for item in properties:
                tag = local(item)
                if tag == "pStyle":
                    read.style = value(item) or ""
                elif tag == "numPr":
                    for part in item:
                        if local(part) == "numId":
                            number = value(part)
                        elif local(part) == "ilvl":
                            content = value(part) or ""
                            depth = int(content) if content.isdigit() else 0
                elif tag == "outlineLvl":
                    content = value(item) or ""
                    outline = int(content) + 1 if content.isdigit() and int(content) < 9 else 0
                elif tag == "pageBreakBefore" and value(item) not in OFF:
                    read.page_break = True
        read.level = self.styles.level(read.style) if outline is None else outline
        self.runs(element, read, "")
        if number is None:
            number, styled = self.styles.numbering(read.style)
            depth = styled if depth is None else depth
        if number and number != "0" and any(r.text.strip() for r in read.runs):
            read.marker = self.numbering.next(number, depth or 0)
        return read

    def runs(self, parent: Any, read: _Paragraph, href: str) -> None:
        for child in parent:
            tag = local(child)
            if tag == "r":
                self.run(child, read, href)
            elif tag == "hyperlink":
                identity = value(child, "id") or ""
                target = self.relations.get(identity, ("", ""))[1]
                self.runs(child, read, target or href)
            elif tag == "sdt" or tag in _THROUGH:
                self.tracked += tag in ("ins", "moveTo")
                self.runs(child, read, href)
            elif tag in ("del", "moveFrom"):
                self.tracked += 1
            elif tag == "AlternateContent":
                self.runs(_choice(child), read, href)

    def run(self, element: Any, read: _Paragraph, href: str) -> None:
        """A run's text as Word shows it."""
        direct, character = None, ""
        out: list[str] = []
        for child in element:
            tag = local(child)
            if tag == "rPr":
                direct, character = look(child)
            elif tag == "t":
                out.append(child.text or "")
            elif tag == "tab":
                out.append("\t")
            elif tag in ("br", "cr"):
                if tag == "br" and value(child, "type") == "page":
                    read.page_break = read.page_break or not any(r.text.strip() for r in read.runs)
                out.append("\n")
            elif tag == "noBreakHyphen":
                out.append("-")
            elif tag == "sym":
                code = (value(child, "char") or "").upper()
                out.append(
                    _SYMBOLS.get(
                        code,
                        "•"
                        if code.startswith("F0")
                        else chr(int(code, 16))
                        if re.fullmatch(r"[0-9A-F]{4}", code)
                        else "",
                    )
                )
            elif tag in ("drawing", "pict", "object", "AlternateContent"):
                read.boxes += _text_boxes(child)
        text = "".join(out)
        if not text:
            return
        base = self.styles.look_of(read.style, character)
        if direct.hidden if direct and direct.hidden is not None else base.hidden:
            return
        bold = direct.bold if direct and direct.bold is not None else bool(base.bold)
        size = (direct.size if direct else None) or base.size or 11.0
        read.runs.append(_Run(text, bold, size, href))

    def put(self, read: _Paragraph, prefix: str) -> None:
        """The paragraph as lines, one for each printed line break."""
        if read.page_break and self.lines:
            self.gap = 2.0
        role = prefix + (self.styles.name(read.style) or "Normal")
        first = True
        for runs in _split(read.runs):
            text, bold, lead, size, href = _merged(runs)
            if not text:
                continue
            marker = 0
            if first and read.marker:
                shown = read.marker + " "
                marker = len(shown)
                text, lead = shown + text, lead + marker if lead else 0
            self.lines.append(
                Line(
                    text,
                    size=size,
                    bold=bold,
                    lead=lead,
                    gap=(self.gap if first else 0.0) if self.lines else None,
                    role=role,
                    level=read.level if first else 0,
                    marker=marker,
                    href=href,
                )
            )
            first = False
            self.gap = 1.0
        if first:
            self.gap = 2.0

    # -- tables ------------------------------------------------------------------------------------------------------

    def table(self, element: Any, prefix: str) -> None:
        """Rows of cells as a line each; a table that lays out text gives its cells' blocks as lines."""
        rows = [_cells(row) for row in _rows(element)]
        if not _is_data(rows, self.styles):
            for row in rows:
                for cell in row:
                    self.blocks(cell, f"{prefix}tbl>")
            self.gap = 1.0
            return
        first = True
        for row in rows:
            cells: list[list[str]] = []
            styles: list[str] = []
            bolds: list[bool] = []
            sizes: list[float] = []
            hrefs: set[str] = set()
            for cell in row:
                parts: list[str] = []
                cells.append(parts)
                if _merged_away(cell):
                    continue
                for paragraph in _paragraphs(cell):
                    read = self.read(paragraph)
                    text, bold, _, size, href = _merged(read.runs, lines=True)
                    if text:
                        parts.append(f"{read.marker} {text}" if read.marker else text)
                        bolds.append(bold)
                        sizes.append(size)
                        styles.append(read.style)
                        hrefs.add(href)
            shown, texts, breaks = row_of(cells)
            if not shown:
                continue
            role = f"{prefix}tbl>{self.styles.name(styles[0]) or 'Normal'}"
            self.lines.append(
                Line(
                    shown,
                    size=sizes[0],
                    bold=all(bolds),
                    gap=(1.0 if first else 0.0) if self.lines else None,
                    role=role,
                    cells=texts if len(texts) > 1 else (),
                    breaks=breaks,
                    href=hrefs.pop() if len(hrefs) == 1 else "",
                )
            )
            first = False
        self.gap = 1.0


def _split(runs: list[_Run]) -> Iterable[list[_Run]]:
    """The runs cut at line breaks."""
    line: list[_Run] = []
    for run in runs:
        pieces = run.text.split("\n")
        for n, piece in enumerate(pieces):
            if n:
                yield line
                line = []
            if piece:
                line.append(_Run(piece, run.bold, run.size, run.href))
    yield line


def _merged(runs: list[_Run], *, lines: bool = False) -> tuple[str, bool, int, float, str]:
    """Text, whether all of it is bold, the bold beginning, the size of most of it, the link that covers it."""
    raw = "".join(r.text for r in runs)
    if lines:
        raw = raw.replace("\n", " ")
    text = _SPACES.sub(" ", _BLANKS.sub(" ", raw)).strip(" \t\n")
    if not text:
        return "", False, 0, 0.0, ""
    shown = [r for r in runs if r.text.strip()]
    bold = all(r.bold for r in shown)
    lead = 0
    if not bold and shown[0].bold:
        head = []
        for run in runs:
            if run.text.strip() and not run.bold:
                break
            head.append(run.text)
        lead = len(_SPACES.sub(" ", _BLANKS.sub(" ", "".join(head))).strip(" \t\n"))
    sizes: dict[float, int] = {}
    for run in shown:
        sizes[run.size] = sizes.get(run.size, 0) + len(run.text)
    hrefs = {r.href for r in shown}
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text, bold, lead, max(sizes, key=sizes.__getitem__), hrefs.pop() if len(hrefs) == 1 else ""


def _choice(element: Any) -> Any:
    """One branch of alternatives: the first choice, else the fallback; both hold the same text."""
    branches = list(element)
    return next((b for b in branches if local(b) == "Choice"), branches[0] if branches else element)


def _text_boxes(element: Any) -> list[Any]:
    """The contents of text boxes in a drawing, each once."""
    if local(element) == "AlternateContent":
        return _text_boxes(_choice(element))
    found = []
    stack = list(reversed(list(element)))
    while stack:
        item = stack.pop()
        tag = local(item)
        if tag == "txbxContent":
            found.append(item)
        elif tag == "AlternateContent":
            stack.append(_choice(item))
        else:
            stack += reversed(list(item))
    return found


def _rows(table: Any) -> list[Any]:
    out = []
    for child in table:
        tag = local(child)
        if tag == "tr":
            out.append(child)
        elif tag == "sdt" or tag in _THROUGH:
            out += _rows(child)
    return out


def _cells(row: Any) -> list[Any]:
    out = []
    for child in row:
        tag = local(child)
        if tag == "tc":
            out.append(child)
        elif tag == "sdt" or tag in _THROUGH:
            out += _cells(child)
    return out


def _merged_away(cell: Any) -> bool:
    """A cell that a vertical merge covers."""
    for item in cell:
        if local(item) == "tcPr":
            return any(local(p) == "vMerge" and value(p) in (None, "continue") for p in item)
    return False


def _paragraphs(cell: Any) -> list[Any]:
    out = []
    for child in cell:
        tag = local(child)
        if tag == "p":
            out.append(child)
        elif tag == "sdt" or tag in _THROUGH:
            out += _paragraphs(child)
    return out


def _is_data(rows: list[list[Any]], styles: Styles) -> bool:
    """Whether the table holds data: no headings, no tables, no long prose in its cells, two columns at least."""
    if not rows or max((len(r) for r in rows), default=0) < 2:
        return False
    for row in rows:
        for cell in row:
            paragraphs = _paragraphs(cell)
            if any(local(c) == "tbl" for c in cell) or len(paragraphs) > 12:
                return False
            for paragraph in paragraphs:
                style = next(
                    (value(s) or "" for c in paragraph if local(c) == "pPr" for s in c if local(s) == "pStyle"), ""
                )
                if style and styles.level(style):
                    return False
    return True


def extract(source: Source, options: Options) -> SourceText:
    """Paragraphs and tables as Word shows them: numbers computed, tracked changes accepted, text boxes and notes once.

    Headers stand first and footers last (`role` begins with `header>`, `footer>`), notes after the body.
    Raises `Unreadable` (`corrupt`, `encrypted`, `no-text`, `unsafe-xml`) and `LimitReached`.
    """
    if len(source.data) > options.limits.bytes:
        raise LimitReached(
            source.name,
            "limit-bytes",
            f"{len(source.data)} bytes, the limit is {options.limits.bytes}",
            "raise Limits.bytes",
        )
    package = Package(source.name, source.data, options.limits)
    main = package.main()
    reader = _Reader(package, main, source.name)
    root = package.xml(main)
    body = next((child for child in root if local(child) == "body"), None) if root is not None else None
    if body is None:
        raise Unreadable(source.name, "corrupt", f"the part {main} has no body", "get the document anew")
    seen: set[str] = set()
    try:
        for kind in ("header",):
            _furniture(reader, package, kind, seen)
        reader.gap = 1.0
        reader.blocks(body, "")
        for kind in ("footnotes", "endnotes"):
            for part in reader.parts(kind):
                notes = package.xml(part)
                for note in notes if notes is not None else ():
                    if value(note, "type") in (None, "normal"):
                        reader.blocks(note, "footnote>")
        _furniture(reader, package, "footer", seen)
    except RecursionError:
        raise LimitReached(
            source.name, "limit-depth", "tables nested too deep", "save it again with a word processor"
        ) from None
    if not reader.lines:
        raise Unreadable(
            source.name,
            "no-text",
            "no text in it: pictures only, or nothing",
            "recognise the text of its pictures first",
        )
    findings = []
    if reader.tracked:
        findings.append(Finding(Code.TRACKED_CHANGES, "tracked changes: read as if all were accepted"))
    if reader.missing:
        findings.append(
            Finding(Code.MISSING_PART, f"{reader.missing} embedded documents were not read", Severity.WARNING)
        )
    return source_text(reader.lines, None, findings)


def _furniture(reader: _Reader, package: Package, kind: str, seen: set[str]) -> None:
    """Headers or footers, each distinct text once."""
    for part in reader.parts(kind):
        root = package.xml(part)
        if root is None:
            continue
        before = len(reader.lines)
        reader.blocks(root, f"{kind}>")
        text = "\n".join(line.text for line in reader.lines[before:])
        if text in seen:
            del reader.lines[before:]
        seen.add(text)
