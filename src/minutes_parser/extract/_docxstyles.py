"""Styles of a DOCX: names, heading levels, bold and size through the chain of styles that are based on each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|overskrift) ?([1-9])", re.IGNORECASE)


def local(element: Any) -> str:
    """An element's name without its namespace; "" for comments. Transitional and strict files look the same."""
    return bare(element.tag)


@lru_cache(maxsize=4096)
def bare(tag: object) -> str:
    """A name without its namespace; few names make up a document."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Any, name: str = "val") -> str | None:
    """An attribute by its local name."""
    for key, content in element.attrib.items():
        if bare(key) == name:
            return str(content)
    return None


def whole(element: Any, name: str = "val") -> int | None:
    """The attribute as a whole number; None where it is none, negative or absurd."""
    content = value(element, name) or ""
    return int(content) if content.isascii() and content.isdigit() and len(content) < 10 else None


def outline(element: Any) -> int:
    """The heading level that an outline level means; 0 for body text."""
    level = whole(element)
    return level + 1 if level is not None and level < 9 else 0


@dataclass(slots=True)
class Look:
    """What properties say of runs; None where they say nothing."""

    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class Style:
    """A style with what it adds to the one it is based on."""

    name: str = ""
    based: str = ""
    kind: str = "paragraph"
    level: int | None = None
    number: str | None = None
    depth: int | None = None
    look: Look = field(default_factory=Look)


def look(element: Any) -> tuple[Look, str]:
    """Run properties and the character style they name."""
    found, style = Look(), ""
    for child in element:
        tag = local(child)
        if tag == "b":
            found.bold = value(child) not in OFF
        elif tag == "sz":
            half = whole(child)
            found.size = half / 2 if half else None
        elif tag == "vanish":
            found.hidden = value(child) not in OFF
        elif tag == "rStyle":
            style = value(child) or ""
    return found, style


def _style(element: Any) -> Style:
    style = Style(kind=value(element, "type") or "paragraph")
    for child in element:
        tag = local(child)
        if tag == "name":
            style.name = value(child) or ""
        elif tag == "basedOn":
            style.based = value(child) or ""
        elif tag == "rPr":
            style.look, _ = look(child)
        elif tag == "pPr":
            for item in child:
                part = local(item)
                if part == "outlineLvl":
                    style.level = outline(item)
                elif part == "numPr":
                    for number in item:
                        if local(number) == "numId":
                            style.number = value(number)
                        elif local(number) == "ilvl":
                            style.depth = whole(number)
    return style


_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml([^<>]*)\?>)?\s*(<((?:[\w.-]+:)?)styles\s[^<>]*>)")


class Sheet:
    """A style sheet's elements, each parsed when it is asked for: a template brings hundreds of styles, a document has ten,
    and to parse them all takes longer than all the rest."""

    def __init__(self, data: bytes | None, parse: Callable[[bytes], Any]) -> None:
        self.parse = parse
        self.elements: dict[str, Any] = {}
        """The styles by their identifiers, or what their bytes begin with."""
        self.first: list[Any] = []
        """The default styles and what the sheet says of all text."""
        self.head = self.prefix = b""
        """The root element's start tag, and what stands before the names of elements."""
        try:
            self._cut(data or b"")
        except ValueError:
            self.elements, self.first = {}, []
            self._whole(parse(data) if data is not None else ())

    def _cut(self, data: bytes) -> None:
        """Part the styles; raises `ValueError` where the sheet is not written as word processors do."""
        root = _ROOT.match(data)
        if not root or b"!" in data or data.count(b"?") > 2:  # a comment, an instruction
            raise ValueError
        if b"encoding" in (root[1] or b"") and b"utf-8" not in root[1].lower():
            raise ValueError
        self.head, self.prefix = root[2], root[3]
        name = b"<" + self.prefix + b"style"
        before, *styles = data[root.end() :].split(name + b" ")
        ends = data.count(b"</" + name[1:] + b">")
        if data.count(name, root.end()) != len(styles):
            raise ValueError  # another blank behind the name
        for style in styles:
            tag = style[: style.find(b">")]
            _, written, identity = tag.partition(b'styleId="')
            if b"&" in tag or b"'" in tag or tag.count(b'"') % 2 or (b"styleId" in tag and not written):
                raise ValueError
            self.elements[identity.partition(b'"')[0].decode()] = style
            ends += tag.endswith(b"/")
            if b"default" in tag:
                self.first.append(self._parsed(b"style", style))
        if ends != len(styles):
            raise ValueError
        _, found, defaults = before.partition(b"<" + self.prefix + b"docDefaults")
        if found:
            self.first.append(self._parsed(b"docDefaults", defaults))

    def _whole(self, root: Any) -> None:
        for child in root:
            if local(child) == "style":
                self.elements[value(child, "styleId") or ""] = child
            if local(child) == "docDefaults" or value(child, "default"):
                self.first.append(child)

    def _parsed(self, name: bytes, begun: bytes) -> Any:
        """The element of a name whose bytes behind it are begun with these."""
        name = self.prefix + name
        content, end, _ = begun.partition(b"</" + name + b">")
        tag = content[: content.find(b">") + 1]
        whole = tag if tag.endswith(b"/>") else content + end
        return self.parse(self.head + b"<" + name + b" " + whole + b"</" + self.prefix + b"styles>")[0]

    def style(self, name: str) -> Any:
        """The element of the style of that identifier; None where there is none."""
        element = self.elements.get(name)
        return self._parsed(b"style", element) if isinstance(element, bytes) else element


class Styles:
    """The style sheet; missing parts say nothing."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.read: dict[str, Style] = {}
        """The styles that were asked for."""
        self.default = Style()
        self.size = 10.0  # what Word takes where nothing says a size
        self.bold = False
        self.chains: dict[str, list[Style]] = {}
        self.levels: dict[str, int] = {}
        self.looks: dict[tuple[str, str], Look] = {}
        for child in sheet.first:
            tag = local(child)
            if tag == "style":
                if (value(child, "default") or "0") not in OFF and (value(child, "type") or "paragraph") == "paragraph":
                    self.default = _style(child)
            elif tag == "docDefaults":
                for part in child.iter():
                    if local(part) == "rPr":
                        found, _ = look(part)
                        self.size = found.size or self.size
                        self.bold = bool(found.bold)

    def style(self, name: str) -> Style | None:
        """The style of that identifier."""
        known = self.read.get(name)
        if known is None and (element := self.sheet.style(name)) is not None:
            known = self.read[name] = _style(element)
        return known

    def chain(self, name: str) -> list[Style]:
        """The style and those it is based on, at most twenty."""
        known = self.chains.get(name)
        if known is None:
            known = self.chains[name] = []
            style = self.style(name) or (self.default if not name else None)
            while style is not None and style not in known and len(known) < 20:
                known.append(style)
                style = self.style(style.based) if style.based else None
        return known

    def name(self, style: str) -> str:
        """The style's name as Word's interface knows it in English: `heading 1` for `Overskrift1`."""
        chain = self.chain(style)
        return chain[0].name if chain else style

    def level(self, style: str) -> int:
        """Heading level, 0 for none: from the outline level, else from the built-in name, else from the identifier."""
        known = self.levels.get(style)
        if known is None:
            known = self.levels[style] = self._level(style)
        return known

    def _level(self, style: str) -> int:
        chain = self.chain(style)
        for one in chain:
            if one.level is not None:
                return one.level
            found = _HEADING.fullmatch(one.name)
            if found:
                return int(found[1])
        found = _HEADING.fullmatch(style) if not chain else None
        return int(found[1]) if found else 0

    def look_of(self, paragraph: str, character: str) -> Look:
        """Bold and size through character style, paragraph style and defaults.

        Bold in both styles is not bold: between kinds of styles it is a switch (ISO/IEC 29500-1, 17.7.3).
        """
        known = self.looks.get((paragraph, character))
        if known is None:
            outer = _first(self.chain(paragraph))
            inner = _first(self.chain(character)) if character else Look()
            base = self.bold if outer.bold is None else outer.bold
            known = Look(
                bold=not base if inner.bold else base,
                size=inner.size or outer.size or self.size,
                hidden=outer.hidden if inner.hidden is None else inner.hidden,
            )
            self.looks[(paragraph, character)] = known
        return known

    def numbering(self, style: str) -> tuple[str | None, int | None, list[str]]:
        """Number list and depth that the style gives, and the identifiers of its chain, nearest first."""
        chain = self.chain(style)
        number = next((one.number for one in chain if one.number is not None), None)
        depth = next((one.depth for one in chain if one.depth is not None), None)
        return number, depth, [style, *(one.based for one in chain[:-1])]


def _first(chain: list[Style]) -> Look:
    """What the chain says, the nearest first."""
    found = Look()
    for style in chain:
        if found.bold is None:
            found.bold = style.look.bold
        if found.size is None:
            found.size = style.look.size
        if found.hidden is None:
            found.hidden = style.look.hidden
    return found
