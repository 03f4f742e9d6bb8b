"""DOCX to lines: a walk over the XML of our own, since python-docx drops seven kinds of text in silence (measured)."""

from __future__ import annotations

import itertools
import re
from typing import Any

from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.extract._docxnumbers import Numbering
from minutes_parser.extract._docxparts import (
    PAGE,
    THROUGH,
    Paragraph,
    Run,
    branches,
    cells,
    inside,
    is_data,
    mark_gone,
    merged,
    merged_away,
    rows,
    split,
    text_boxes,
)
from minutes_parser.extract._docxstyles import OFF, Look, Sheet, Styles, local, look, outline, value, whole
from minutes_parser.extract._docxzip import Package
from minutes_parser.findings import Finding, Options
from minutes_parser.kinds import Code
from minutes_parser.source import Source
from minutes_parser.text import Line, SourceText, source_text
from minutes_parser.text import row as row_of

_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0FE": "☒", "F0A8": "☐", "F06F": "☐", "F0FC": "✓", "F0E0": "→"}
_LETTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}


class _Reader:
    def __init__(self, package: Package, main: str) -> None:
        folder, _, file = main.rpartition("/")
        self.relations = package.relations(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels", folder)
        styles = self._part("styles")
        self.styles = Styles(Sheet(package.read(styles), lambda data: package.parsed(styles, data)))
        self.numbering = Numbering(package.xml(self._part("numbering")), self.styles)
        self.lines: list[Line] = []
        self.gap: float | None = None
        self.carried: Paragraph | None = None
        self.tracked = self.missing = 0

    def _part(self, kind: str) -> str:
        return next((target for k, target in self.relations.values() if k == kind), "")

    def parts(self, kind: str) -> list[str]:
        """Paths of all parts of a kind, each once."""
        return list(dict.fromkeys(target for k, target in self.relations.values() if k == kind))

    # -- blocks ------------------------------------------------------------------------------------------------------

    def story(self, parent: Any, prefix: str) -> None:
        """The lines of a body, a cell, a note, a text box."""
        self.blocks(parent, prefix)
        if self.carried is not None:
            read, self.carried = self.carried, None
            self.put(read, prefix)

    def blocks(self, parent: Any, prefix: str) -> None:
        """Paragraphs and tables in document order, through content controls and tracked insertions."""
        for child in parent:
            tag = local(child)
            if tag == "p":
                self.paragraph(child, prefix)
            elif tag == "tbl":
                self.table(child, prefix)
            elif tag == "sdt" or tag in THROUGH:
                self.tracked += tag in ("ins", "moveTo")
                self.blocks(child, prefix)
            elif tag in ("altChunk", "subDoc"):
                self.missing += 1
            elif tag in ("oMathPara", "oMath"):
                read = Paragraph()
                self.math(child, read, "")
                self.put(read, prefix)
            elif tag == "AlternateContent":
                for branch in branches(child)[:1]:
                    self.blocks(branch, prefix)

    def paragraph(self, element: Any, prefix: str) -> None:
        """The paragraph's lines; then those of the text boxes in it."""
        read = self.read(element)
        if self.carried is not None:
            before, self.carried = self.carried, None
            read.runs = before.runs + read.runs
            read.marker = before.marker or read.marker
            read.boxes = before.boxes + read.boxes
            read.page_break = before.page_break or read.page_break
        if read.joins:
            self.carried = read
            return
        self.put(read, prefix)
        for box in read.boxes:
            self.story(box, f"{prefix}textbox>")

    def read(self, element: Any) -> Paragraph:
        """A paragraph as it stands; its number is counted."""
        read = Paragraph()
        number: str | None = None
        depth: int | None = None
        level: int | None = None
        for properties in element:
            if local(properties) != "pPr":
                continue
            for item in properties:
                tag = local(item)
                if tag == "pStyle":
                    read.style = value(item) or ""
                elif tag == "numPr":
                    for part in item:
                        if local(part) == "numId":
                            number = value(part)
                        elif local(part) == "ilvl":
                            depth = whole(part)
                elif tag == "outlineLvl":
                    level = outline(item)
                elif tag == "pageBreakBefore" and value(item) not in OFF:
                    read.page_break = True
                elif tag == "sectPr":
                    read.ends_section = not any(local(p) == "type" and value(p) == "continuous" for p in item)
                elif tag == "rPr":
                    read.joins = mark_gone(item)
            break
        read.level = self.styles.level(read.style) if level is None else level
        self.runs(element, read, "")
        if not read.joins or any(r.text.strip() for r in read.runs):
            list_, depth = self.numbering.of(read.style, number, depth)
            if list_:
                read.marker = self.numbering.next(list_, depth)
        return read

    # -- runs --------------------------------------------------------------------------------------------------------

    def runs(self, parent: Any, read: Paragraph, href: str) -> None:
        """The runs below an element, with what stands around them."""
        for child in parent:
            tag = local(child)
            if tag == "r":
                self.run(child, read, href)
            elif tag == "hyperlink":
                identity = value(child, "id") or ""
                self.runs(child, read, self.relations.get(identity, ("", ""))[1] or href)
            elif tag == "sdt" or tag in THROUGH:
                self.tracked += tag in ("ins", "moveTo")
                self.runs(child, read, href)
            elif tag in ("del", "moveFrom"):
                self.tracked += 1
            elif tag in ("oMath", "oMathPara"):
                self.math(child, read, href)
            elif tag == "subDoc":
                self.missing += 1
            elif tag == "AlternateContent":
                self.alternatives(child, read, href)

    def alternatives(self, element: Any, read: Paragraph, href: str) -> None:
        """The first branch that holds something."""
        for branch in branches(element):
            before = len(read.runs), len(read.boxes)
            self.runs(branch, read, href)
            if (len(read.runs), len(read.boxes)) != before:
                return

    def math(self, element: Any, read: Paragraph, href: str) -> None:
        """A formula's letters, in a row."""
        text = "".join([item.text or "" for item in element.iter() if local(item) == "t"])
        if text:
            base = self.styles.look_of(read.style, "")
            read.runs.append(Run(text, bool(base.bold), base.size or 10.0, href))

    def run(self, element: Any, read: Paragraph, href: str) -> None:
        """A run's text as Word shows it."""
        direct, character = None, ""
        out: list[str] = []
        for child in element:
            tag = local(child)
            if tag == "t":
                text = child.text or ""
                out.append(text.replace("\n", " ") if "\n" in text else text)
            elif tag == "rPr":
                direct, character = look(child)
            else:
                out.append(self.letter(child, tag, read, href))
        text = "".join(out)
        if text:
            self.look(text, direct, character, read, href)

    def look(self, text: str, direct: Look | None, character: str, read: Paragraph, href: str) -> None:
        """Add a text with its bold and size; hidden text is none."""
        base = self.styles.look_of(read.style, character)
        if direct is None:
            if not base.hidden:
                read.runs.append(Run(text, bool(base.bold), base.size or 10.0, href))
        elif not (base.hidden if direct.hidden is None else direct.hidden):
            bold = base.bold if direct.bold is None else direct.bold
            read.runs.append(Run(text, bool(bold), direct.size or base.size or 10.0, href))

    def letter(self, child: Any, tag: str, read: Paragraph, href: str) -> str:
        """What a child of a run that is no text is read as; text boxes are kept for later."""
        if tag in _LETTERS:
            return PAGE if tag == "br" and value(child, "type") == "page" else _LETTERS[tag]
        if tag == "sym":
            code = (value(child, "char") or "").upper()
            if code in _SYMBOLS or code.startswith("F0"):
                return _SYMBOLS.get(code, "•")
            return chr(int(code, 16)) if re.fullmatch(r"[0-9A-F]{4}", code) and not "D800" <= code <= "DFFF" else ""
        if tag in ("drawing", "pict", "object"):
            read.boxes += text_boxes(child)
            self.missing += any(local(item) == "relIds" for item in child.iter())
        elif tag == "AlternateContent":
            boxes = text_boxes(child)
            read.boxes += boxes
            if not boxes:
                return next(
                    (
                        text
                        for branch in branches(child)
                        if (text := "".join([t.text or "" for t in branch if local(t) == "t"]))
                    ),
                    "",
                )
        elif tag == "ruby":
            for part in child:
                if local(part) in ("rubyBase", "rt"):
                    self.runs(part, read, href)
        return ""

    # -- lines -------------------------------------------------------------------------------------------------------

    def put(self, read: Paragraph, prefix: str) -> None:
        """The paragraph as lines, one for each printed line break."""
        if read.page_break and self.lines:
            self.gap = 2.0
        role = prefix + (self.styles.name(read.style) or "Normal")
        first = True
        for cut, runs in split(read.runs):
            if cut == PAGE:
                self.gap = 2.0
            text, bold, lead, size, href = merged(runs)
            if not text:
                continue
            marker = 0
            if first and read.marker:
                marker = len(read.marker)
                text, lead = read.marker + text, lead + marker if lead else 0
            self.lines.append(
                Line(
                    text,
                    size=size,
                    bold=bold,
                    lead=lead,
                    gap=(self.gap if first or cut == PAGE else 0.0) if self.lines else None,
                    role=role,
                    level=read.level if first else 0,
                    marker=marker,
                    href=href,
                )
            )
            first = False
            self.gap = 1.0
        if first and (number := read.marker.strip()) and any(c.isalnum() for c in number):
            self.lines.append(Line(number, gap=self.gap if self.lines else None, role=role, marker=len(number)))
            self.gap = 1.0
        elif first or read.ends_section:
            self.gap = 2.0

    def table(self, element: Any, prefix: str) -> None:
        """Rows of cells as a line each; a table that lays out text gives its cells' blocks as lines."""
        table = [cells(row) for row in rows(element)]
        if not is_data(table, self.styles):
            for row in table:
                for cell in row:
                    self.story(cell, f"{prefix}tbl>")
            self.gap = 1.0
            return
        first = True
        for row in table:
            if len(row) == 1 and _holds_text(row[0]):  # one cell across the table with a text in it, not a row of data
                self.gap = 1.0
                self.story(row[0], f"{prefix}tbl>")
                first = False
            else:
                first = not self.row(row, prefix, first) and first
        self.gap = 1.0

    def row(self, row: list[Any], prefix: str, first: bool) -> bool:
        """The row's line, then the text boxes in it; whether there was a line."""
        paragraphs: list[list[str]] = []
        style = ""
        bold = True
        size: float | None = None
        hrefs: set[str] = set()
        boxes: list[Any] = []
        for cell in row:
            parts: list[str] = []
            paragraphs.append(parts)
            if merged_away(cell):
                continue
            for paragraph in inside(cell, "p"):
                read = self.read(paragraph)
                boxes += read.boxes
                for n, (_, runs) in enumerate(split(read.runs)):
                    text, strong, _, points, href = merged(runs)
                    if text:
                        parts.append(read.marker + text if n == 0 else text)
                        bold = bold and strong
                        if size is None:
                            size, style = points, read.style
                        hrefs.add(href)
        shown, texts, breaks = row_of(paragraphs)
        if shown:
            self.lines.append(
                Line(
                    shown,
                    size=size,
                    bold=bold,
                    gap=(1.0 if first else 0.0) if self.lines else None,
                    role=f"{prefix}tbl>{self.styles.name(style) or 'Normal'}",
                    cells=texts if len(texts) > 1 else (),
                    breaks=breaks,
                    href=hrefs.pop() if len(hrefs) == 1 else "",
                )
            )
        for box in boxes:
            self.story(box, f"{prefix}tbl>textbox>")
        return bool(shown)


def _holds_text(cell: Any) -> bool:
    """Whether a cell holds two paragraphs or more."""
    printed = (p for p in inside(cell, "p") if any(t.text for t in p.iter("{*}t")))
    return len(list(itertools.islice(printed, 2))) == 2


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
            "raise it with --limit bytes=N",
        )
    package = Package(source.name, source.data, options.limits)
    main = package.main()
    root = package.xml(main)
    body = next((child for child in root if local(child) == "body"), None) if root is not None else None
    if body is None:
        raise Unreadable(source.name, "corrupt", f"the part {main} has no body", "get the document anew")
    reader = _Reader(package, main)
    try:
        _everything(reader, package, body)
    except RecursionError:
        raise LimitReached(
            source.name, "limit-depth", "tables nested too deep", "save it again with a word processor"
        ) from None
    if not reader.lines:
        raise Unreadable(
            source.name,
            "no-text",
            "its text is in embedded documents" if reader.missing else "no text in it: pictures only, or nothing",
            "save it again with a word processor" if reader.missing else "recognise the text of its pictures first",
        )
    findings = []
    if reader.tracked:
        findings.append(Finding(Code.TRACKED_CHANGES, "tracked changes: read as if all were accepted"))
    if reader.missing:
        findings.append(Finding(Code.MISSING_PART, f"{reader.missing} embedded documents or diagrams were not read"))
    return source_text(reader.lines, None, findings)


def _everything(reader: _Reader, package: Package, body: Any) -> None:
    """Headers, body, notes, footers."""
    seen: set[str] = set()
    _furniture(reader, package, "header", seen)
    reader.gap = 1.0
    reader.story(body, "")
    for kind in ("footnotes", "endnotes"):
        for part in reader.parts(kind):
            notes = package.xml(part)
            for note in notes if notes is not None else ():
                if value(note, "type") in (None, "normal"):
                    reader.story(note, "footnote>")
    _furniture(reader, package, "footer", seen)


def _furniture(reader: _Reader, package: Package, kind: str, seen: set[str]) -> None:
    """Headers or footers, each distinct text once."""
    for part in reader.parts(kind):
        root = package.xml(part)
        if root is None:
            continue
        before = len(reader.lines)
        reader.story(root, f"{kind}>")
        text = "\n".join(line.text for line in reader.lines[before:])
        if text in seen:
            del reader.lines[before:]
        seen.add(text)
