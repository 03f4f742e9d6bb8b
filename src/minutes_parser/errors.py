"""What we raise, each with the exit code of the command line and advice to its reader.

A document that can be read at all never raises: what is doubtful about it is a `Finding`.
"""

from __future__ import annotations


class MinutesError(Exception):
    """Base of everything raised on purpose: `code` is stable, `advice` says what to do next.

    Arguments pass unchanged to `Exception`, so that an error survives a process boundary.
    """

    exit_code = 1

    def __init__(self, name: str, code: str, reason: str, advice: str = "") -> None:
        super().__init__(name, code, reason, advice)
        self.name = name
        self.code = code
        self.reason = reason
        self.advice = advice

    def __str__(self) -> str:
        """One line: file, reason, advice, code; control characters escaped."""
        return self.named(self.name)

    def named(self, path: str) -> str:
        """The same line with the path that the user gave."""
        line = f"{path}: {self.reason}"
        if self.advice:
            line += f"; {self.advice}"
        return printable(f"{line} [{self.code}]")


class Unreadable(MinutesError):
    """The bytes are of a known kind but hold no document: empty, corrupt, encrypted, no text."""


class Unsupported(MinutesError):
    """The bytes are of a kind that we do not read (`unsupported`)."""


class LimitReached(MinutesError):
    """A limit of `Limits` was passed (`limit-…`); the message names value and option."""


class BadVocabulary(MinutesError):
    """A vocabulary or layout file is wrong; the reason names the entry."""

    exit_code = 2


class MissingHelper(MinutesError):
    """An extra or a helper program is not installed; the advice has the line to type."""

    exit_code = 3


class Defect(MinutesError):
    """A guarantee of ours does not hold: our mistake, never the document's."""

    exit_code = 70


def printable(text: str) -> str:
    """Return `text` on one line, with control characters and lone surrogates escaped.

    >>> printable("a\\nb\\x1b[31m")
    'a\\\\nb\\\\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
