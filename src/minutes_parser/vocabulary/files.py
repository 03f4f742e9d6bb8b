"""Which lines of a page link to a file?"""

from __future__ import annotations

import re

from minutes_parser.text import Line

# what a web page says of the file behind the name
_KINDS = "pdf|docx?|odt|rtf|xlsx?|pptx?|zip|jpe?g|png"
_SIZE = r"[\d.,]{1,8} ?(?:[kmg]?b|bytes|sider?)"
_FILE = re.compile(
    rf"[\s,]\(?(?:(?:{_KINDS})[,;:]? ?{_SIZE}|{_SIZE}[,;]? ?(?:{_KINDS}))(?:, nyt vindue)?\)?$|[\s,]\({_SIZE}\)$",
    re.IGNORECASE,
)
_LONGEST = 40
"""Characters at a line's end that hold all of that."""
_TO_FILE = re.compile(rf"\.(?:{_KINDS})(?:[?#]|$)", re.IGNORECASE)


_LAST = frozenset("bcefgprstx)")
"""What a kind, a size or the words behind them end with: most lines end with a full stop."""


def _said(line: str) -> re.Match[str] | None:
    """What a web page says of the file, at the line's end."""
    return _FILE.search(line, max(0, len(line) - _LONGEST)) if line[-1:].casefold() in _LAST else None


def files(line: str) -> bool:
    """Whether a web page says what file stands behind the line: `Budgetforslag (pdf, 4 MB)`, `Kort PDF, 120 KB`."""
    return _said(line) is not None


def without_size(line: str) -> str:
    """The line without what a web page says of the file behind it.

    >>> without_size("Budgetforslag (pdf, 4 MB)"), without_size("Kort 120 KB")
    ('Budgetforslag', 'Kort 120 KB')
    """
    found = _said(line)
    return line[: found.start()] if found else line


def links_file(line: Line) -> bool:
    """Whether the line is nothing but a link to a file."""
    return files(line.text) or (bool(line.href) and _TO_FILE.search(line.href) is not None)


def linked_file(line: Line) -> bool:
    """The same where the source gives the link, not only the words: its file can be named, whatever the line says."""
    return bool(line.href) and links_file(line)
