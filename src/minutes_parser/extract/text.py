"""Plain text to lines."""

from __future__ import annotations

import re

from minutes_parser.errors import LimitReached, Unreadable
from minutes_parser.extract._decode import decode
from minutes_parser.findings import Finding, Options
from minutes_parser.kinds import Code, Severity
from minutes_parser.source import Source
from minutes_parser.text import Line, SourceText, source_text

_BLANKS = re.compile(r"[^\S\t ]")
_BULLET = re.compile(r"(?:[•*·◦▪–—-]|o(?= ))\s+(?=\S)")


def extract(source: Source, options: Options) -> SourceText:
    """One line for each printed line, blank lines counted in `gap`; a form feed begins a page.

    Raises `Unreadable` (`empty`, `encoding`) and `LimitReached` (`limit-bytes`).
    """
    limit = options.limits.text_bytes
    if len(source.data) > limit:
        raise LimitReached(
            source.name,
            "limit-bytes",
            f"{len(source.data)} bytes, the limit for text is {limit}",
            "split it, or raise it with --limit text_bytes=N",
        )
    text, findings = decode(source.name, source.data, None, options.encoding)
    shown = text.rstrip()  # a printer's file ends with a form feed
    pages = shown.count("\f") + 1 if "\f" in shown else None
    lines: list[Line] = []
    page = 1
    blank = 0
    long = 0
    for raw in text.split("\n"):
        for part_number, part in enumerate(raw.split("\f")):
            page += part_number > 0
            shown = _BLANKS.sub(" ", part).strip(" \t")
            if not shown:
                blank += part_number == 0
                continue
            hyphen = shown.endswith("\u00ad")
            if hyphen:
                shown = shown[:-1] + "-"
            marker = _BULLET.match(shown[:40])
            lines.append(
                Line(
                    shown,
                    page=page if pages else None,
                    gap=float(blank) if lines else None,
                    marker=marker.end() if marker else 0,
                    level=_level(shown),
                    cells=_cells(shown),
                    hyphen=hyphen or shown.endswith("-"),
                )
            )
            long += len(shown) > options.limits.line_characters
            blank = 0
    if not lines:
        raise Unreadable(source.name, "empty", "there are only blanks in it")
    if long:
        findings.append(
            Finding(
                Code.LONG_LINE,
                f"{long} lines are longer than {options.limits.line_characters} characters and were taken for body text",
                Severity.INFO,
            )
        )
    return source_text(lines, pages, findings)


def _level(line: str) -> int:
    """The level of a Markdown heading, else 0."""
    depth = len(line) - len(line.lstrip("#"))
    return depth if 0 < depth < 7 and line[depth : depth + 1] == " " else 0


def _cells(line: str) -> tuple[str, ...]:
    """Cells of a line with tabs or Markdown pipes; none where there is one tab only, or none."""
    if line.startswith("|") and line.count("|") >= 3 and len(line) < 5000:
        return tuple(c.strip() for c in line.strip("|").split("|"))
    if line.count("\t") >= 2 and len(line) < 5000:
        return tuple(c.strip() for c in line.split("\t"))
    return ()
