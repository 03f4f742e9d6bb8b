"""Web pages to lines: one line a block or line break, with the chain of elements it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.extract._decode import decode
from minutes_parser.extract._htmlguard import guard, swallowed
from minutes_parser.extract._htmlparts import (
    INLINE,
    SKIP,
    cell_rows,
    data_table,
    hidden,
    markers,
    number,
    paragraphs,
    shown,
)
from minutes_parser.findings import Finding, Options
from minutes_parser.kinds import Code, Severity
from minutes_parser.source import Source
from minutes_parser.text import Line, SourceText, source_text
from minutes_parser.text import row as row_of

_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_LEVELS = {f"h{n}": n for n in range(1, 7)} | {"summary": 4, "dt": 6}
"""Headings; a fold-out's summary and a term of a description list stand above text, too."""
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00)|font\s*:\s*bold", re.IGNORECASE)
_PRE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{1,40})",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Run:
    """Inline text with what it looks like."""

    text: str
    bold: bool
    href: str
    element: str


@dataclass(slots=True)
class _Block:
    """A block that is being gathered."""

    role: str
    level: int
    bold: bool
    marker: str = ""
    runs: list[_Run] = field(default_factory=list)


class _Walker:
    """Walks the tree without recursion into lines; a data table's row is one line."""

    def __init__(self, name: str, depth: int) -> None:
        self.name = name
        self.depth = depth
        self.lines: list[Line] = []
        self.gap: float | None = None
        self.hidden = 0

    def emit(self, block: _Block, cells: tuple[str, ...] = ()) -> None:
        """Put the gathered runs out as a line; nothing where there is no text."""
        if not block.runs:
            return
        text, bold, lead, href, element = _merge(block)
        block.runs = []
        if not text:
            return
        marker = 0
        if block.marker:
            if not f"{text} ".startswith(block.marker):
                text = block.marker + text
                marker = len(block.marker)
                lead = lead + marker if lead else 0
            block.marker = ""
        role = f"{block.role}>{element}" if element and block.role else element or block.role
        self.lines.append(
            Line(
                text,
                bold=bold,
                lead=lead,
                gap=self.gap if self.lines else None,
                role=role,
                level=block.level,
                marker=marker,
                cells=cells,
                href=href,
            )
        )
        self.gap = 1.0


def _merge(block: _Block) -> tuple[str, bool, int, str, str]:
    """Text with white space as a browser shows it, whether all of it is bold, the bold beginning, the link, the element."""
    if len(block.runs) == 1:
        run = block.runs[0]
        text = shown(run.text)
        return (text, run.bold or block.bold, 0, run.href, run.element) if text else ("", False, 0, "", "")
    text = shown("".join([r.text for r in block.runs]))
    if not text:
        return "", False, 0, "", ""
    seen = [r for r in block.runs if r.text.strip()]
    bold = all(r.bold for r in seen) or block.bold
    lead = 0
    if not bold and seen[0].bold:
        head = []
        for run in block.runs:
            if run.text.strip() and not run.bold:
                break
            head.append(run.text)
        lead = len(shown("".join(head)))
    links = {r.href for r in seen}
    href = links.pop() if len(links) == 1 else ""
    elements = {r.element for r in seen}
    element = elements.pop() if len(elements) == 1 else ""
    return text, bold, lead, href, element


def extract(source: Source, options: Options) -> SourceText:
    """Every visible text of the page once, in document order; what a browser hides is no text.

    Raises `Unreadable` (`no-text`, `encoding`) and `LimitReached` (`limit-bytes`, `limit-depth`, `limit-attributes`).
    """
    from selectolax.lexbor import LexborHTMLParser

    limits = options.limits
    data = source.data
    if len(data) > limits.text_bytes:
        raise LimitReached(
            source.name,
            "limit-bytes",
            f"{len(data)} bytes, the limit for a web page is {limits.text_bytes}",
            "raise it with --limit text_bytes=N",
        )
    guard(source.name, data)
    declared = _CHARSET.search(data[:4096])
    charset = (declared[1] or declared[2]).decode("ascii", "replace") if declared else None
    text, findings = decode(source.name, data, charset, options.encoding)
    tree = LexborHTMLParser(text)
    body = tree.body
    walker = _Walker(source.name, limits.depth * 10)
    if body is not None:
        _walk(walker, body)
    if not walker.lines:
        raise Unreadable(
            source.name,
            "no-text",
            "a web page without text: it may be made by a script in the browser",
            "save the page from the browser, or get the PDF",
        )
    if cut := swallowed(data):
        findings.append(Finding(Code.HIDDEN_TEXT, f"a {cut} that never ends hides the rest of the page"))
    if walker.hidden:
        findings.append(
            Finding(
                Code.HIDDEN_TEXT, f"{walker.hidden} elements with text that the page hides were left out", Severity.INFO
            )
        )
    title = tree.css_first("title")
    return source_text(walker.lines, None, findings, shown(title.text()) if title else "")


def _walk(walker: _Walker, root: Any) -> None:
    """Depth first with a stack of our own: (node, chain, level, bold, href, element, depth, preformatted) in, lines out."""
    block = _Block("", 0, False)
    start = ("", 0, False, "", "", 0, False)
    stack: list[tuple[str, Any, tuple[str, int, bool, str, str, int, bool]]] = [("in", root, start)]
    pending = ""
    while stack:
        action, node, state = stack.pop()
        chain, level, bold, href, element, depth, pre = state
        if action == "out":
            walker.emit(block)
            if node in ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "section", "tr"):
                walker.gap = max(walker.gap or 0.0, 1.0)
            block = _Block(chain, level, bold)
            continue
        if action == "box":
            walker.emit(block)
            walker.gap = 0.0
            continue
        if action == "mark":
            pending = node
            continue
        tag = node.tag
        if tag == "-text":
            text = node.text_content
            if text:
                if pending and text.strip():
                    block.marker, pending = pending, ""
                if pre and "\n" in text:
                    _preformatted(walker, block, text, bold, href, element)
                else:
                    block.runs.append(_Run(text, bold, href, element))
            continue
        if tag in SKIP or tag is None:
            continue
        if tag == "br":
            walker.emit(block)
            walker.gap = 0.0 if walker.lines and walker.gap != 2.0 else walker.gap
            continue
        if tag == "hr":
            walker.emit(block)
            walker.gap = 2.0
            continue
        attributes = node.attributes
        if (attributes or tag == "dialog") and hidden(tag, attributes):
            walker.hidden += bool(node.text(deep=True).strip())
            continue
        if depth > walker.depth:
            raise LimitReached(
                walker.name,
                "limit-depth",
                f"elements nested more than {walker.depth} deep",
                "this is no page of minutes",
            )
        style = attributes.get("style") or "" if attributes else ""
        strong = bold or tag in _BOLD or bool(style and _WEIGHT.search(style))
        if tag in INLINE:
            own = _name(tag, attributes) if tag != "a" and attributes and ("class" in attributes) else element
            if tag in ("b", "strong"):
                own = element or tag
            target = (attributes.get("href") or "") if tag == "a" and attributes else href
            if tag == "a" and _glued_link(node, target):
                walker.emit(block)
                walker.gap = 0.0
            if tag == "input":
                value = (
                    attributes.get("value") if attributes and attributes.get("type") in ("button", "submit") else None
                )
                if value:
                    walker.emit(block)
                    block.runs.append(_Run(value, strong, href, "button"))
                    walker.emit(block)
                    walker.gap = 0.0
                continue
            if tag == "button":
                own = "button" if not _blocky(node) else own
            inner = (chain, level, strong, target, own, depth + 1, pre)
            if tag == "button" or _is_badge(attributes):  # drawn as a box of its own
                walker.emit(block)
                stack.append(("box", tag, state))
            stack += [("in", child, inner) for child in reversed(_children(node))]
            continue
        # a block
        walker.emit(block)
        path = f"{chain}>{_name(tag, attributes)}" if chain else _name(tag, attributes) if tag != "body" else ""
        if path.count(">") > 7:
            path = path.split(">", 1)[1]
        depth_level = (
            _LEVELS.get(tag, 0)
            or (number(attributes.get("aria-level")) or 2 if attributes and attributes.get("role") == "heading" else 0)
            or level
        )
        if tag == "table" and (rows := data_table(node)) is not None:
            _emit_table(walker, node, rows, path)
            block = _Block(chain, level, bold)
            continue
        block = _Block(path, depth_level, strong and tag in _BOLD)
        if tag == "p" and not node.text(deep=True).strip() and not node.css_first("img"):
            walker.gap = 2.0
        stack.append(("out", tag, state))
        inner = (
            path,
            depth_level,
            strong,
            href,
            "",
            depth + 1,
            pre or tag == "pre" or bool(style and _PRE.search(style)),
        )
        children = _children(node)
        if tag in ("ul", "ol"):
            numbered = list(markers(tag, attributes, children))
            for child, marker in reversed(numbered):
                stack.append(("in", child, inner))
                if marker:
                    stack.append(("mark", marker, inner))
            continue
        stack += [("in", child, inner) for child in reversed(children)]
    walker.emit(block)


def _children(node: Any) -> list[Any]:
    return list(node.iter(include_text=True))


def _name(tag: str, attributes: dict[str, str | None]) -> str:
    classes = (attributes.get("class") or "").split()[:2] if attributes else []
    if classes:
        return ".".join([tag, *classes])
    identity = attributes.get("id") if attributes else None
    return f"{tag}#{identity}" if identity else tag


def _is_badge(attributes: dict[str, str | None]) -> bool:
    classes = (attributes.get("class") or "").split() if attributes else []
    return any(c in ("label", "badge", "pill", "tag", "chip") for c in classes)


def _glued_link(node: Any, target: str) -> bool:
    """Whether nothing parts a link from the link before it: in a list without list elements the style sheet puts them
    apart; Word parts one link into several, all to one place."""
    before = node.prev
    return before is not None and before.tag == "a" and (before.attributes.get("href") or "") != target


def _blocky(node: Any) -> bool:
    return any(child.tag not in INLINE and child.tag not in SKIP for child in node.iter())


def _preformatted(walker: _Walker, block: _Block, text: str, bold: bool, href: str, element: str) -> None:
    """Text in which line feeds end lines and blank lines are space."""
    first, *rest = text.split("\n")
    block.runs.append(_Run(first, bold, href, element))
    blank = 0.0
    for line in rest:
        before = len(walker.lines)
        walker.emit(block)
        blank = 0.0 if len(walker.lines) > before else blank + 1.0
        walker.gap = blank if walker.lines else None
        block.runs.append(_Run(line, bold, href, element))


def _emit_table(walker: _Walker, table: Any, rows: list[list[Any]], path: str) -> None:
    """The caption's line, then one for each row."""
    caption = table.css_first("caption")
    if caption is not None and (text := " ".join(paragraphs(caption))):
        walker.lines.append(Line(text, gap=1.0 if walker.lines else None, role=f"{path}>caption"))
    first = True
    for row, texts in cell_rows(rows):
        text, cells, breaks = row_of(texts)
        if not text:
            continue
        if len(row) == 1 and len(texts[-1]) > 1:  # one cell across the table with a text in it, not a row of data
            strong = {shown(part.text(deep=True)) for part in row[0].css("b, strong, th")}
            for paragraph in texts[-1]:
                gap = 1.0 if walker.lines else None
                walker.lines.append(Line(paragraph, bold=paragraph in strong, gap=gap, role=f"{path}>tr"))
            first = False
            continue
        bold = all(c.tag == "th" or c.css_first("b, strong") is not None for c in row if c.text(deep=True).strip())
        links = {a.attributes.get("href") or "" for c in row for a in c.css("a")}
        walker.lines.append(
            Line(
                text,
                bold=bold,
                gap=(1.0 if first else 0.0) if walker.lines else None,
                role=f"{path}>tr",
                cells=cells if len(cells) > 1 else (),
                breaks=breaks,
                href=links.pop() if len(links) == 1 else "",
            )
        )
        first = False
    walker.gap = 1.0
