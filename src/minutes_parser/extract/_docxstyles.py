"""Styles and automatic numbers of a DOCX, as Word shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

OFF = ("0", "false", "off", "none")


def local(element: Any) -> str:
    """An element's name without its namespace; "" for comments. Transitional and strict files look the same."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Any, name: str = "val") -> str | None:
    """An attribute by its local name."""
    for key, content in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(content)
    return None


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
            size = value(child) or ""
            found.size = int(size) / 2 if size.isdigit() else None
        elif tag == "vanish":
            found.hidden = value(child) not in OFF
        elif tag == "rStyle":
            style = value(child) or ""
    return found, style


class Styles:
    """The style sheet; missing parts say nothing."""

    def __init__(self, root: Any) -> None:
        self.styles: dict[str, Style] = {}
        self.default = Style()
        self.size = 11.0
        self.bold = False
        self.looks: dict[tuple[str, str], Look] = {}
        for child in root if root is not None else ():
            tag = local(child)
            if tag == "style":
                self._style(child)
            elif tag == "docDefaults":
                for part in child.iter():
                    if local(part) == "rPr":
                        found, _ = look(part)
                        self.size = found.size or self.size
                        self.bold = bool(found.bold)

    def _style(self, element: Any) -> None:
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
                        level = value(item) or ""
                        style.level = int(level) + 1 if level.isdigit() and int(level) < 9 else 0
                    elif part == "numPr":
                        for number in item:
                            if local(number) == "numId":
                                style.number = value(number)
                            elif local(number) == "ilvl":
                                style.depth = int(value(number) or 0)
        self.styles[value(element, "styleId") or ""] = style
        if style.kind == "paragraph" and (value(element, "default") or "0") not in OFF:
            self.default = style
            self.styles.setdefault("", style)

    def chain(self, name: str) -> list[Style]:
        """The style and those it is based on, at most twenty."""
        out: list[Style] = []
        style = self.styles.get(name) or (self.default if not name else None)
        while style is not None and style not in out and len(out) < 20:
            out.append(style)
            style = self.styles.get(style.based) if style.based else None
        return out

    def name(self, style: str) -> str:
        """The style's name as Word's interface knows it in English: `heading 1` for `Overskrift1`."""
        chain = self.chain(style)
        return chain[0].name if chain else style

    def level(self, style: str) -> int:
        """Heading level, 0 for none: from the outline level, else from the built-in name."""
        for one in self.chain(style):
            if one.level is not None:
                return one.level
            found = re.fullmatch(r"(?:heading|overskrift) ([1-9])", one.name.lower())
            if found:
                return int(found[1])
        return 0

    def look_of(self, paragraph: str, character: str) -> Look:
        """Bold and size through character style, paragraph style and defaults."""
        known = self.looks.get((paragraph, character))
        if known is None:
            known = Look()
            for style in [*(self.chain(character) if character else ()), *self.chain(paragraph)]:
                if known.bold is None:
                    known.bold = style.look.bold
                if known.size is None:
                    known.size = style.look.size
                if known.hidden is None:
                    known.hidden = style.look.hidden
            known.bold = self.bold if known.bold is None else known.bold
            known.size = known.size or self.size
            self.looks[(paragraph, character)] = known
        return known

    def numbering(self, style: str) -> tuple[str | None, int]:
        """Number list and depth that the style gives."""
        number, depth = None, None
        for one in self.chain(style):
            number = one.number if number is None else number
            depth = one.depth if depth is None else depth
        return number, depth or 0


@dataclass(slots=True)
class Level:
    """One depth of a numbered list."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"


class Numbering:
    """Counts as Word does: lists that share a definition go on counting, a higher level restarts the lower ones."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.abstract: dict[str, dict[int, Level]] = {}
        self.lists: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.started: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        targets: dict[str, str] = {}
        for child in root if root is not None else ():
            tag = local(child)
            if tag == "abstractNum":
                identity = value(child, "abstractNumId") or ""
                levels: dict[int, Level] = {}
                for item in child:
                    part = local(item)
                    if part == "lvl":
                        levels[int(value(item, "ilvl") or 0)] = _level(item)
                    elif part == "numStyleLink":
                        links[identity] = value(item) or ""
                    elif part == "styleLink":
                        targets[value(item) or ""] = identity
                self.abstract[identity] = levels
            elif tag == "num":
                base, starts, overrides = "", {}, {}
                for item in child:
                    part = local(item)
                    if part == "abstractNumId":
                        base = value(item) or ""
                    elif part == "lvlOverride":
                        depth = int(value(item, "ilvl") or 0)
                        for over in item:
                            if local(over) == "startOverride" and (value(over) or "").isdigit():
                                starts[depth] = int(value(over) or 1)
                            elif local(over) == "lvl":
                                overrides[depth] = _level(over)
                self.lists[value(child, "numId") or ""] = (base, starts, overrides)
        for identity, style in links.items():
            target = targets.get(style)
            if target and not self.abstract.get(identity):
                self.abstract[identity] = self.abstract.get(target, {})

    def next(self, number: str, depth: int) -> str:
        """The marker that Word prints for the next paragraph of the list, "" for none."""
        known = self.lists.get(number)
        if known is None:
            return ""
        base, starts, overrides = known
        levels = self.abstract.get(base, {})
        level = overrides.get(depth) or levels.get(depth)
        if level is None or (level.format == "none" and "%" not in level.text and not level.text):
            return ""
        if level.format == "bullet":
            return _bullet(level.text)
        counts = self.counts.setdefault(base, {})
        if depth in starts and (number, depth) not in self.started:
            self.started.add((number, depth))
            counts[depth] = starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [d for d in counts if d > depth]:
            rule = (overrides.get(deeper) or levels.get(deeper) or Level()).restart
            if rule is None or (rule and depth < rule):
                del counts[deeper]

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            one = overrides.get(at) or levels.get(at) or Level()
            return _counted(counts.get(at, one.start), "decimal" if level.legal and at != depth else one.format)

        return re.sub(r"%([1-9])", shown, level.text).strip()


def _level(element: Any) -> Level:
    level = Level()
    for item in element:
        tag = local(item)
        content = value(item) or ""
        if tag == "start" and content.isdigit():
            level.start = int(content)
        elif tag == "numFmt":
            level.format = content
        elif tag == "lvlText":
            level.text = content
        elif tag == "lvlRestart" and content.isdigit():
            level.restart = int(content)
        elif tag == "isLgl":
            level.legal = content not in OFF
    return level


def _bullet(text: str) -> str:
    if not text:
        return ""
    return text if text in "-–—•*◦▪·o" and text.strip() else "•"


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


def _counted(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter") and 0 < number < 800:
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for amount, sign in _ROMAN:
            while number >= amount:
                roman += sign
                number -= amount
        return roman.upper() if style == "upperRoman" else roman
    if style == "decimalZero":
        return f"{number:02}"
    if style == "ordinal":
        return f"{number}."
    return "" if style == "none" else str(number)
