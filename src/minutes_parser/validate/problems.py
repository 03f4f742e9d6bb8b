"""What is wrong with a document that was written: one line for people, one row for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minutes_parser.errors import printable
from minutes_parser.kinds import Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `code` is stable and explained in docs/validation.md; `line` counts from 1."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    line: int | None = None
    column: int | None = None

    def row(self) -> dict[str, Any]:
        """The problem for JSON."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "line": self.line,
            "column": self.column,
        }


def warning(code: str, message: str, hint: str = "") -> Problem:
    """A problem that a document may well have, but that somebody ought to look at."""
    return Problem(code, message, hint, Severity.WARNING)


def short(value: object, most: int = 60) -> str:
    """A value as it may stand in a message: printable, on one line, not long."""
    text = printable(str(value))
    return text if len(text) <= most else f"{text[: most - 1]}…"
