"""Parts of a web page that a browser draws in their own way: tables, and the markers of lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from minutes_parser.extract._letters import plain
from minutes_parser.extract._roman import roman

SKIP = frozenset(
    [
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
    ]
)
INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp",
        "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input", "nobr", "-text", "o:p", "st1:personname", "button",
    )
)  # fmt: skip
SPACE = re.compile(r"\s+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|(?:lower|upper)-(?:alpha|latin|roman))", re.IGNORECASE)
_KINDS = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_ROWS = 5000
"""A longer table is read as lines."""


def hidden(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether a browser does not draw the element; what style sheets hide is not known."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style)) or (tag == "dialog" and "open" not in attributes)


def shown(raw: str) -> str:
    """Text with white space as a browser draws it."""
    text = plain(raw)
    if text.isprintable() and "  " not in text:  # no blank but single spaces
        return text.strip()
    return SPACE.sub(" ", text).strip()


def number(value: str | None) -> int | None:
    """The number that an attribute holds; None where it is none, or absurd."""
    value = (value or "").strip()
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


# -- lists -----------------------------------------------------------------------------------------------------------


def markers(tag: str, attributes: dict[str, str | None], children: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Each child with the marker that a browser draws before it; lists of links only are menus and get none."""
    children = list(children)
    items = [c for c in children if c.tag == "li"]
    style = _LIST_STYLE.search(attributes.get("style") or "") if attributes else None
    bare = style is not None and style[1].lower() == "none"
    if bare or (items and all(_only_links(c) for c in items)):
        yield from ((child, "") for child in children)
        return
    step = -1 if tag == "ol" and "reversed" in attributes else 1
    count = number(attributes.get("start")) if tag == "ol" else None
    count = (len(items) if step < 0 else 1) if count is None else count
    kind = (_KINDS[style[1].lower()] if style else attributes.get("type") or "1") if tag == "ol" else ""
    for child in children:
        if child.tag != "li":
            yield child, ""
        elif tag == "ul":
            yield child, "• "
        else:
            value = number(child.attributes.get("value"))
            count = count if value is None else value
            yield child, f"{_counted(count, kind)}. "
            count += step


def _only_links(item: Any) -> bool:
    links = item.css("a")
    if not links:
        return False
    text = item.text(deep=True).strip()
    return len(text) - sum(len(a.text(deep=True).strip()) for a in links) < 4


def _counted(count: int, kind: str) -> str:
    """A list number as the page's `type` prints it."""
    if kind in ("a", "A") and count > 0:
        letters = ""
        while count:
            count, rest = divmod(count - 1, 26)
            letters = chr(97 + rest) + letters
        return letters.upper() if kind == "A" else letters
    if kind in ("i", "I"):
        return roman(count).upper() if kind == "I" else roman(count)
    return str(count)


# -- tables ----------------------------------------------------------------------------------------------------------


def data_table(table: Any) -> list[list[Any]] | None:
    """The rows' cells when the table holds data; None when it lays out a page (headings, tables or blocks of text in cells)."""
    if len(table.css("table")) > 1 or table.css_first("h1, h2, h3, h4, h5, h6, ul, ol, details, section, article"):
        return None
    rows = [
        [c for c in row.iter() if c.tag in ("td", "th") and not hidden(c.tag, c.attributes)]
        for row in table.css("tr")
        if not hidden("tr", row.attributes) and not hidden("", row.parent.attributes)
    ]
    if not rows or max(map(len, rows)) < 2 or len(rows) > _ROWS:
        return None
    for row in rows:
        for cell in row:
            if len(cell.css("p, div")) > 4 and len(cell.text(deep=True)) > 600:
                return None
    return rows


def cell_rows(rows: list[list[Any]]) -> Iterator[tuple[list[Any], list[list[str]]]]:
    """Each row's cells and their paragraphs; a cell that reaches down leaves the rows below it a blank one in its column."""
    covered: dict[int, int] = {}
    for row in rows:
        texts: list[list[str]] = []
        reaching: dict[int, int] = {}
        for cell in row:
            while covered.get(len(texts), 0) > 0:
                texts.append([])
            down = number(cell.attributes.get("rowspan")) or 1
            if 1 < down <= _ROWS:
                reaching[len(texts)] = down
            texts.append(paragraphs(cell))
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        covered |= {column: down - 1 for column, down in reaching.items()}
        yield row, texts


def paragraphs(cell: Any) -> list[str]:
    """A cell's text by its blocks and line breaks, none of them empty."""
    parts: list[str] = []
    stack: list[Any] = [cell]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        tag = node.tag
        if tag == "-text":
            parts.append(SPACE.sub(" ", node.text_content or ""))
        elif tag == "br":
            parts.append("\n")
        elif tag not in SKIP and not ((attributes := node.attributes) and hidden(tag, attributes)):
            if tag not in INLINE:
                stack.append("\n")
                parts.append("\n")
            stack += reversed(list(node.iter(include_text=True)))
    blocks = plain("".join(parts)).split("\n")
    return [text for block in blocks if (text := SPACE.sub(" ", block).strip())]
