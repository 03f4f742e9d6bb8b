"""Signals that end a run: it stops at once, leaves nothing half done, and says 128+n."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator


class Ended(BaseException):
    """The run was told to end; `number` is the signal's."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raise `Ended` at the first SIGINT, SIGTERM or SIGHUP; further ones disturb neither the tidying up nor the end.

    SIGHUP stays ignored where it was (`nohup`); SIGINT does not: a script's background job can be stopped too.
    """
    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)

    def end(number: int, _frame: object) -> None:
        for other in numbers:
            signal.signal(other, signal.SIG_IGN)
        raise Ended(number)

    before = [signal.signal(number, end) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)
