"""How far a run is: one moving line at a terminal, otherwise a line a minute; failures as they come; a summary."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from minutes_parser.cli.output import say
from minutes_parser.errors import MinutesError

if TYPE_CHECKING:
    from minutes_parser.archive.convert import Event, Totals


class Progress:
    """Tells of a run on stderr; `total` is the number of documents, where it is known."""

    def __init__(self, totals: Totals, total: int | None = None, *, quiet: bool = False) -> None:
        self.totals = totals
        self.total = total
        self.quiet = quiet
        self.terminal = os.isatty(2) and not quiet
        self._began = time.monotonic()
        self._told = self._began
        self._shown = False

    def tell(self, event: Event) -> None:
        """Say what there is to say about a document."""
        if event.state == "failed":
            self._line(str(MinutesError(event.path, event.row["code"], event.row["message"])))
        elif event.loud:
            self._line(str(MinutesError(event.path, "skipped", event.reason)))
        now = time.monotonic()
        if now - self._told >= (0.2 if self.terminal else 60):
            self._told = now
            self._tick(now - self._began)

    def close(self, *, where: str) -> None:
        """The summary; `where` is where failures can be read."""
        if self.quiet:
            return
        totals = self.totals
        done = [f"{totals.converted} converted{_details(totals)}"] if totals.converted else []
        done += [f"{totals.up_to_date} up to date"] if totals.up_to_date else []
        done += [f"{totals.failed} failed"] if totals.failed else []
        if totals.failed_before:
            done.append(f"{totals.failed_before} failed before and not tried again (--retry-failed does)")
        line = f"{totals.documents} documents" + (f": {', '.join(done)}" if done else "")
        if totals.skipped:
            reasons = ", ".join(f"{count} {reason}" for reason, count in totals.skipped.most_common(6))
            line += f"; {totals.skipped.total()} skipped ({reasons})"
        self._line(f"{line}; {_span(time.monotonic() - self._began)}")
        if totals.stopped:
            self._line("stopped: more failures than --max-failures allows")
        if totals.failed or totals.failed_before:
            self._line(f"the failures are in {where}")

    def _tick(self, seconds: float) -> None:
        if self.quiet:
            return
        totals = self.totals
        rate = (totals.converted + totals.failed) / seconds if seconds else 0.0
        line = f"{totals.documents}{f' of {self.total}' if self.total else ''} documents, {rate:.1f}/s"
        if totals.failed:
            line += f", {totals.failed} failed"
        if self.total and totals.documents:
            line += f", {_span(seconds / totals.documents * max(0, self.total - totals.documents))} left"
        if self.terminal:
            self._shown = True
            with contextlib.suppress(OSError):
                os.write(2, f"\r{line[:78]}\x1b[K".encode())
        else:
            self._line(line)

    def _line(self, text: str) -> None:
        if self._shown:
            self._shown = False
            with contextlib.suppress(OSError):
                os.write(2, b"\r\x1b[K")
        say(f"minutes-parser: {text}")


def _details(totals: Totals) -> str:
    parts: Iterable[str] = [f"{totals.partial} partial"] if totals.partial else []
    parts = [*parts, *([f"{totals.other} no minutes"] if totals.other else [])]
    return f" ({', '.join(parts)})" if parts else ""


def _span(seconds: float) -> str:
    """A duration for people.

    >>> _span(4.21), _span(192), _span(7322)
    ('4.2 s', '3 min 12 s', '2 h 2 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
