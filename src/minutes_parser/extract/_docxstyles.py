"""Styles of a DOCX: names, heading levels, bold and size through the chain of styles that are based on each other."""

from __future__ import annotations

import re
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


class Styles:
    """The style sheet; missing parts say nothing."""

    def __init__(self, root: Any) -> None:
        self.elements: dict[str, Any] = {}
        self.read: dict[str, Style] = {}
        """The styles that were asked for: a template brings a hundred that no paragraph has."""
        self.default = Style()
        self.size = 10.0  # what Word takes where nothing says a size
        self.bold = False
        self.looks: dict[tuple[str, str], Look] = {}
        for child in root if root is not None else ():
            tag = local(child)
            if tag == "style":
                self.elements[value(child, "styleId") or ""] = child
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
        if known is None and (element := self.elements.get(name)) is not None:
            known = self.read[name] = _style(element)
        return known

    def chain(self, name: str) -> list[Style]:
        """The style and those it is based on, at most twenty."""
        out: list[Style] = []
        style = self.style(name) or (self.default if not name else None)
        while style is not None and style not in out and len(out) < 20:
            out.append(style)
            style = self.style(style.based) if style.based else None
        return out

    def name(self, style: str) -> str:
        """The style's name as Word's interface knows it in English: `heading 1` for `Overskrift1`."""
        chain = self.chain(style)
        return chain[0].name if chain else style

    def level(self, style: str) -> int:
        """Heading level, 0 for none: from the outline level, else from the built-in name, else from the identifier."""
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
