"""Automatic numbers of a DOCX, counted as Word shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from minutes_parser.extract._docxstyles import OFF, Styles, local, value, whole
from minutes_parser.extract._roman import roman

_NO_NUMBER = frozenset(("none", "bullet"))


@dataclass(slots=True)
class Level:
    """One depth of a numbered list."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"
    style: str = ""


_PLAIN = Level()


@dataclass(slots=True)
class List:
    """A list of the document: an instance of a definition, with starts and levels of its own."""

    base: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """Counts as Word does: lists that share a definition go on counting, a higher level restarts the lower ones."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.styles = styles
        self.abstract: dict[str, dict[int, Level]] = {}
        self.lists: dict[str, List] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.started: set[tuple[str, int]] = set()
        self.styled: dict[str, tuple[str, int | None]] = {}
        links: dict[str, str] = {}
        targets: dict[str, str] = {}
        for child in root if root is not None else ():
            tag = local(child)
            if tag == "abstractNum":
                identity = value(child, "abstractNumId") or ""
                self.abstract[identity] = levels = {}
                for item in child:
                    part = local(item)
                    if part == "lvl":
                        levels[whole(item, "ilvl") or 0] = _level(item)
                    elif part == "numStyleLink":
                        links[identity] = value(item) or ""
                    elif part == "styleLink":
                        targets[value(item) or ""] = identity
            elif tag == "num":
                self.lists[value(child, "numId") or ""] = _list(child)
        for found in self.lists.values():
            if not self.abstract.get(found.base) and (target := targets.get(links.get(found.base, ""))):
                found.base = target
            found.levels = self.abstract.get(found.base, {}) | found.levels

    def of(self, style: str, number: str | None, depth: int | None) -> tuple[str, int]:
        """List and depth of a paragraph, from what it says itself and what its style says; "" for no number.

        A list that a style brings counts at the level which names the style (ISO/IEC 29500-1, 17.9.23).
        """
        if number is None:
            number, styled = self._of_style(style)
            depth = styled if depth is None else depth
        return ("" if number == "0" else number), depth or 0

    def _of_style(self, style: str) -> tuple[str, int | None]:
        known = self.styled.get(style)
        if known is None:
            number, depth, names = self.styles.numbering(style)
            levels = self.lists[number].levels if number in self.lists else {}
            owners = {level.style: n for n, level in levels.items() if level.style}
            named = next((owners[name] for name in names if name in owners), None)
            known = self.styled[style] = (number or "", depth if named is None else named)
        return known

    def next(self, number: str, depth: int) -> str:
        """The marker that Word prints for the next paragraph of the list, with the blank after it; "" for none."""
        known = self.lists.get(number)
        if known is None:
            return ""
        level = known.levels.get(depth)
        if level is None:
            return ""
        if level.format == "bullet":
            marker = _bullet(level.text)
        else:
            self._count(number, known, depth)
            marker = self._shown(known, level)
        return marker if level.suffix == "nothing" or not marker else f"{marker} "

    def _count(self, number: str, known: List, depth: int) -> None:
        counts = self.counts.setdefault(known.base, {})
        if depth in known.starts and (number, depth) not in self.started:
            self.started.add((number, depth))
            counts[depth] = known.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else known.starts.get(depth, known.levels[depth].start)
        for deeper in [d for d in counts if d > depth]:
            rule = known.levels.get(deeper, _PLAIN).restart
            if rule is None or depth < rule:
                del counts[deeper]

    def _shown(self, known: List, level: Level) -> str:
        counts = self.counts[known.base]

        def one(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            named = known.levels.get(at, _PLAIN)
            count = counts.get(at, known.starts.get(at, named.start))
            return _counted(count, "decimal" if level.legal and named.format not in _NO_NUMBER else named.format)

        return re.sub(r"%([1-9])", one, level.text).strip()


def _list(element: Any) -> List:
    found = List()
    for item in element:
        part = local(item)
        if part == "abstractNumId":
            found.base = value(item) or ""
        elif part == "lvlOverride":
            depth = whole(item, "ilvl") or 0
            for over in item:
                if local(over) == "startOverride" and (start := whole(over)) is not None:
                    found.starts[depth] = start
                elif local(over) == "lvl":
                    found.levels[depth] = _level(over)
    return found


def _level(element: Any) -> Level:
    level = Level(start=0)  # where no start is given (ISO/IEC 29500-1, 17.9.25)
    for item in element:
        tag = local(item)
        content = value(item) or ""
        if tag == "start":
            level.start = whole(item) or 0
        elif tag == "numFmt":
            level.format = content
        elif tag == "lvlText":
            level.text = content
        elif tag == "lvlRestart":
            level.restart = whole(item)
        elif tag == "isLgl":
            level.legal = content not in OFF
        elif tag == "suff":
            level.suffix = content
        elif tag == "pStyle":
            level.style = content
    return level


def _bullet(text: str) -> str:
    if not text:
        return ""
    return text if text in "-–—•*◦▪·o" and text.strip() else "•"


def _counted(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter") and 0 < number < 800:
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman"):
        return roman(number).upper() if style == "upperRoman" else roman(number)
    if style == "decimalZero":
        return f"{number:02}"
    if style == "ordinal":
        return f"{number}."
    return "" if style == "none" else str(number)
