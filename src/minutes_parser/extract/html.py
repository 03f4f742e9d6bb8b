"""Web pages to lines: one line a block or line break, with the chain of elements it stands in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.extract._decode import decode
from minutes_parser.findings import Options
from minutes_parser.source import Source
from minutes_parser.text import Line, SourceText, source_text
from minutes_parser.text import row as row_of

_SKIP = frozenset(
    (
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "head",
        "textarea",
        "select",
        "object",
        "iframe",
        "canvas",
        "math",
        "video",
        "audio",
        "-comment",
        "datalist",
    )
)
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp",
        "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input", "nobr", "-text", "o:p", "st1:personname", "button",
    )
)  # fmt: skip
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_LEVELS = {f"h{n}": n for n in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00)|font\s*:\s*bold", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{1,40})",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[\s\u00a0\u200b\u2002-\u200a\u202f\ufeff]+")
_ATTRIBUTES = re.compile(rb"<[a-zA-Z][^<>]{20000,}")


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
        self.chains: dict[Any, str] = {}

    def emit(self, block: _Block, cells: tuple[str, ...] = ()) -> None:
        """Put the gathered runs out as a line; nothing where there is no text."""
        text, bold, lead, href, element = _merge(block)
        block.runs = []
        if not text:
            return
        marker = 0
        if block.marker:
            if not text.startswith(block.marker.strip()):
                text = block.marker + text
                marker = len(block.marker)
                lead = lead + marker if lead else 0
            block.marker = ""
        role = f"{block.role}>{element}" if element else block.role
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
    raw = "".join(r.text for r in block.runs)
    text = _SPACE.sub(" ", raw).strip()
    if not text:
        return "", False, 0, "", ""
    shown = [r for r in block.runs if r.text.strip()]
    bold = all(r.bold for r in shown) or block.bold
    lead = 0
    if not bold and shown[0].bold:
        head = []
        for run in block.runs:
            if run.text.strip() and not run.bold:
                break
            head.append(run.text)
        lead = len(_SPACE.sub(" ", "".join(head)).strip())
    links = {r.href for r in shown}
    href = links.pop() if len(links) == 1 else ""
    elements = {r.element for r in shown}
    element = elements.pop() if len(elements) == 1 else ""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
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
            "raise Limits.text_bytes",
        )
    _guard(source.name, data)
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
    title = tree.css_first("title")
    return source_text(walker.lines, None, findings, _SPACE.sub(" ", title.text()).strip() if title else "")


def _guard(name: str, data: bytes) -> None:
    """Tags with thousands of attributes and elements nested without end take parsers hours (measured)."""
    for found in _ATTRIBUTES.finditer(data):
        if found.group().count(b"=") > 1000 or len(found.group().split()) > 1000:
            raise LimitReached(
                name, "limit-attributes", "a tag with more than 1,000 attributes", "this is no page of minutes"
            )
    opened = data.count(b"<div") + data.count(b"<span") + data.count(b"<b>") + data.count(b"<font")
    closed = data.count(b"</div") + data.count(b"</span") + data.count(b"</b>") + data.count(b"</font")
    if opened - closed > 5000 or _nesting(data) > 5000:
        raise LimitReached(name, "limit-depth", "elements nested more than 5,000 deep", "this is no page of minutes")


_TAG = re.compile(rb"<(/?)(?:div|span|b|font|ul|ol|li|table|section|blockquote|i|em|p)\b", re.IGNORECASE)


def _nesting(data: bytes) -> int:
    if data.count(b"<") < 10_000:
        return 0
    depth = deepest = 0
    for found in _TAG.finditer(data):
        depth += -1 if found[1] else 1
        deepest = max(deepest, depth)
        depth = max(depth, 0)
    return deepest if depth > 3000 or deepest > 5000 else 0


def _walk(walker: _Walker, root: Any) -> None:
    """Depth first with a stack of our own: (node, chain, level, bold, href, list state) in, lines out."""
    block = _Block("", 0, False)
    stack: list[tuple[str, Any, tuple[str, int, bool, str, str, int]]] = [("in", root, ("", 0, False, "", "", 0))]
    pending = ""
    while stack:
        action, node, state = stack.pop()
        chain, level, bold, href, element, depth = state
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
                block.runs.append(_Run(text, bold, href, element))
            continue
        if tag in _SKIP or tag is None:
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
        if attributes and _hidden(attributes):
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
        if tag in _INLINE:
            own = _name(tag, attributes) if tag != "a" and attributes and ("class" in attributes) else element
            if tag in ("b", "strong"):
                own = element or tag
            target = (attributes.get("href") or "") if tag == "a" and attributes else href
            if tag == "input":
                value = (
                    attributes.get("value") if attributes and attributes.get("type") in ("button", "submit") else None
                )
                if value:
                    block.runs.append(_Run(value, strong, href, "button"))
                continue
            if tag == "button":
                own = "button" if not _blocky(node) else own
            inner = (chain, level, strong, target, own, depth + 1)
            if _is_badge(attributes):  # drawn as a box of its own
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
            or (int(attributes.get("aria-level") or 2) if attributes and attributes.get("role") == "heading" else 0)
            or level
        )
        if tag == "table" and (rows := _data_table(node)) is not None:
            _emit_table(walker, rows, path)
            block = _Block(chain, level, bold)
            continue
        block = _Block(path, depth_level, strong and tag in _BOLD)
        if tag == "p" and not node.text(deep=True).strip() and not node.css_first("img"):
            walker.gap = 2.0
        stack.append(("out", tag, (chain, level, bold, href, element, depth)))
        inner = (path, depth_level, strong, href, "", depth + 1)
        children = _children(node)
        if tag in ("ul", "ol"):
            numbered = list(_markers(tag, attributes, children))
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


def _hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes and attributes.get("hidden") != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style))


def _is_badge(attributes: dict[str, str | None]) -> bool:
    classes = (attributes.get("class") or "").split() if attributes else []
    return any(c in ("label", "badge", "pill", "tag", "chip") for c in classes)


def _blocky(node: Any) -> bool:
    return any(child.tag not in _INLINE and child.tag not in _SKIP for child in node.iter())


def _markers(tag: str, attributes: dict[str, str | None], children: list[Any]) -> Iterator[tuple[Any, str]]:
    """Each child with the marker a browser draws before it."""
    style = (attributes.get("style") or "") if attributes else ""
    items = [c for c in children if c.tag == "li"]
    bare = "list-style" in style and "none" in style
    linked = bool(items) and all(_only_links(c) for c in items)
    number = 1
    kind = "1"
    if attributes and tag == "ol":
        start = attributes.get("start") or ""
        number = int(start) if start.lstrip("-").isdigit() and len(start) < 6 else 1
        kind = attributes.get("type") or "1"
    for child in children:
        if child.tag != "li" or bare or linked:
            yield child, ""
            continue
        if tag == "ul":
            yield child, "• "
            continue
        value = (child.attributes or {}).get("value") or ""
        if value.isdigit() and len(value) < 6:
            number = int(value)
        yield child, f"{_counted(number, kind)}. "
        number += 1


def _only_links(item: Any) -> bool:
    text = item.text(deep=True).strip()
    links = item.css("a")
    return bool(links) and len(text) - sum(len(a.text(deep=True).strip()) for a in links) < 4


_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def _counted(number: int, kind: str) -> str:
    """A list number as the page's `type` prints it."""
    if kind in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(97 + rest) + letters
        return letters.upper() if kind == "A" else letters
    if kind in ("i", "I") and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            while number >= value:
                roman += sign
                number -= value
        return roman.upper() if kind == "I" else roman
    return str(number)


def _data_table(table: Any) -> list[list[Any]] | None:
    """The rows' cells when the table holds data; None when it lays out a page (headings, tables or blocks of text in cells)."""
    if table.css_first("table table, h1, h2, h3, h4, h5, h6, ul, ol, details, section, article") is not None:
        return None
    rows = [[c for c in row.iter() if c.tag in ("td", "th")] for row in table.css("tr")]
    if not rows or max((len(r) for r in rows), default=0) < 2 or len(rows) > 5000:
        return None
    for row in rows:
        for cell in row:
            if len(cell.css("p, div")) > 4 and len(cell.text(deep=True)) > 600:
                return None
    return rows


def _emit_table(walker: _Walker, rows: list[list[Any]], path: str) -> None:
    caption = rows[0][0].parent if rows and rows[0] else None
    while caption is not None and caption.tag != "table":
        caption = caption.parent
    head = caption.css_first("caption") if caption is not None else None
    if head is not None and head.text(deep=True).strip():
        walker.lines.append(
            Line(
                _SPACE.sub(" ", head.text(deep=True)).strip(), gap=1.0 if walker.lines else None, role=f"{path}>caption"
            )
        )
    first = True
    for row in rows:
        text, cells, breaks = row_of([_cell_paragraphs(c) for c in row])
        if not text:
            continue
        bold = bool(row) and all(
            c.tag == "th" or c.css_first("b, strong") is not None for c in row if c.text(deep=True).strip()
        )
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


def _cell_paragraphs(cell: Any) -> list[str]:
    """A cell's text by its blocks and line breaks, NFC."""
    parts: list[str] = []
    stack = [cell]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        tag = node.tag
        if tag == "-text":
            parts.append(_SPACE.sub(" ", node.text_content or ""))
        elif tag == "br":
            parts.append("\n")
        elif tag not in _SKIP and not (node.attributes and _hidden(node.attributes)):
            children = _children(node)
            if tag not in _INLINE:
                stack.append("\n")
            stack += reversed(children)
            if tag not in _INLINE:
                parts.append("\n")
    blocks = unicodedata.normalize("NFC", "".join(parts)).split("\n")
    return [shown for block in blocks if (shown := _SPACE.sub(" ", block).strip())]
