"""What a DOCX is made of: paragraphs as runs, rows, cells, text boxes, and the runs of a paragraph as one text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from minutes_parser.extract._docxstyles import OFF, Styles, local, value
from minutes_parser.extract._letters import plain

THROUGH = frozenset(("ins", "moveTo", "smartTag", "customXml", "fldSimple", "sdtContent", "dir", "bdo"))
"""Elements that stand around text and are no text: their content counts."""
PAGE = "\f"
"""A page break inside a paragraph; a line break is a line feed."""
_BLANKS = re.compile(r"[^\S\t\n\f ]")
_SPACES = re.compile(r"  +")
_BREAKS = re.compile(r"[\n\f]")


@dataclass(slots=True)
class Run:
    """Text of one look."""

    text: str
    bold: bool
    size: float
    href: str


@dataclass(slots=True)
class Paragraph:
    """A paragraph's runs; text boxes anchored in it follow it."""

    style: str = ""
    level: int = 0
    marker: str = ""
    """Automatic number or bullet with the blank after it."""
    runs: list[Run] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    page_break: bool = False
    """Whether a page begins with it."""
    ends_section: bool = False
    joins: bool = False
    """Whether its mark is deleted or hidden, so that the next paragraph goes on in its line."""


def split(runs: list[Run]) -> Iterator[tuple[str, list[Run]]]:
    """The runs cut at breaks, each piece with the break before it."""
    if not any("\n" in run.text or PAGE in run.text for run in runs):
        yield "", runs
        return
    before = ""
    line: list[Run] = []
    for run in runs:
        at = 0
        for found in _BREAKS.finditer(run.text):
            if found.start() > at:
                line.append(Run(run.text[at : found.start()], run.bold, run.size, run.href))
            yield before, line
            before, line, at = found.group(), [], found.end()
        if at == 0:
            line.append(run)
        elif at < len(run.text):
            line.append(Run(run.text[at:], run.bold, run.size, run.href))
    yield before, line


def merged(runs: list[Run]) -> tuple[str, bool, int, float, str]:
    """Text, whether all of it is bold, the bold beginning, the size of most of it, the link that covers it."""
    text = _tidy("".join([r.text for r in runs]))
    if not text:
        return "", False, 0, 0.0, ""
    if len(runs) == 1:
        return text, runs[0].bold, 0, runs[0].size, runs[0].href
    shown = [r for r in runs if r.text.strip()]
    bold = all(r.bold for r in shown)
    lead = 0
    if not bold and shown[0].bold:
        head = []
        for run in runs:
            if run.text.strip() and not run.bold:
                break
            head.append(run.text)
        lead = len(_tidy("".join(head)))
    sizes: dict[float, int] = {}
    for run in shown:
        sizes[run.size] = sizes.get(run.size, 0) + len(run.text)
    hrefs = {r.href for r in shown}
    return text, bold, lead, max(sizes, key=sizes.__getitem__), hrefs.pop() if len(hrefs) == 1 else ""


def _tidy(raw: str) -> str:
    text = plain(raw)
    if not text.isprintable():
        text = _BLANKS.sub(" ", text)
    return _SPACES.sub(" ", text).strip(" \t\n\f") if "  " in text else text.strip(" \t\n\f")


# -- elements --------------------------------------------------------------------------------------------------------


def branches(element: Any) -> list[Any]:
    """The alternatives, best first: the choices, then the fallback; they hold the same content."""
    return sorted(element, key=lambda branch: local(branch) != "Choice")


def text_boxes(element: Any) -> list[Any]:
    """The contents of text boxes in a drawing, each once: of alternatives the first that has any."""
    if local(element) == "AlternateContent":
        return next((boxes for branch in branches(element) if (boxes := text_boxes(branch))), [])
    found = []
    stack = list(reversed(element))
    while stack:
        item = stack.pop()
        tag = local(item)
        if tag == "txbxContent":
            found.append(item)
        elif tag == "AlternateContent":
            found += text_boxes(item)
        else:
            stack += reversed(item)
    return found


def rows(table: Any) -> list[Any]:
    """The table's rows, deleted ones left out."""
    return [row for row in inside(table, "tr") if not _has(row, "trPr", "del")]


def cells(row: Any) -> list[Any]:
    """The row's cells, deleted ones left out."""
    return [cell for cell in inside(row, "tc") if not _has(cell, "tcPr", "cellDel")]


def inside(element: Any, name: str) -> list[Any]:
    """The children of a name, also those in content controls and the like."""
    out: list[Any] = []
    for child in element:
        tag = local(child)
        if tag == name:
            out.append(child)
        elif tag == "sdt" or tag in THROUGH:
            out += inside(child, name)
        elif tag == "AlternateContent":
            out += next((found for branch in branches(child) if (found := inside(branch, name))), [])
    return out


def merged_away(cell: Any) -> bool:
    """A cell that a vertical merge covers."""
    for item in cell:
        if local(item) == "tcPr":
            return any(local(p) == "vMerge" and value(p) in (None, "continue") for p in item)
    return False


def _has(element: Any, properties: str, name: str) -> bool:
    return any(local(item) == properties and any(local(p) == name for p in item) for item in element)


def mark_gone(properties: Any) -> bool:
    """Whether a paragraph's run properties say that its mark is deleted or hidden."""
    return any(
        (tag := local(item)) in ("del", "moveFrom") or (tag in ("vanish", "specVanish") and value(item) not in OFF)
        for item in properties
    )


def is_data(table: list[list[Any]], styles: Styles) -> bool:
    """Whether a table's cells hold data: no headings, no tables, no long prose in them, two columns at least."""
    if not table or max(map(len, table)) < 2:
        return False
    for row in table:
        for cell in row:
            paragraphs = inside(cell, "p")
            if len(paragraphs) > 12 or any(local(child) in ("tbl", "altChunk") for child in cell):
                return False
            for paragraph in paragraphs:
                style = next(
                    (value(s) or "" for c in paragraph if local(c) == "pPr" for s in c if local(s) == "pStyle"), ""
                )
                if style and styles.level(style):
                    return False
    return True
