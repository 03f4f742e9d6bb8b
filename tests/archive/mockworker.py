"""A worker that does to itself what hostile files do: a line of the document that is one of the words says what."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from minutes_parser.archive import workers
from minutes_parser.archive.frames import Head

WORDS = (b"HANG", b"CRASH", b"ABORT", b"EXIT", b"MEMORY", b"DEFECT", b"SLOW", b"ONCE", b"CHATTER", b"ESCAPE")
_parse = workers.Reader._convert
EARLY = ThreadPoolExecutor(1)
"""A thread that was there before the wall."""


def misbehave(self: workers.Reader, task: Head, payload: bytes) -> tuple[Head, bytes]:
    if task["failed"]:
        return _parse(self, task, payload)
    path = Path(task["path"])
    lines = path.read_bytes()[:4000].split(b"\n") if path.is_file() else []
    match [line for line in lines if line in WORDS]:
        case [b"HANG"]:
            time.sleep(600)
        case [b"CRASH"]:
            os.kill(os.getpid(), signal.SIGSEGV)
        case [b"ABORT"]:
            os.abort()
        case [b"EXIT"]:
            os._exit(3)
        case [b"MEMORY"]:
            _ = b"x" * (1 << 40)
        case [b"DEFECT"]:
            raise ValueError("the text of the document")
        case [b"SLOW"]:
            time.sleep(0.15)
        case [b"ONCE"]:
            marker = path.with_suffix(".died")
            if not marker.exists():
                marker.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case [b"CHATTER"]:
            os.write(1, b"noise on stdout")
            os.write(2, b"noise on stderr")
        case [b"ESCAPE"]:
            escape(path)
    return _parse(self, task, payload)


def escape(path: Path) -> None:
    """Open a connection, start a program, in this thread and in the one from the start; what works leaves a mark."""
    attempts = (
        lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
        lambda: socket.socket(socket.AF_UNIX),
        lambda: subprocess.run(["true"], check=True),
        lambda: EARLY.submit(socket.socket).result(),
        lambda: os.execv("/bin/true", ["true"]),
    )
    for number, attempt in enumerate(attempts):
        try:
            attempt()
        except PermissionError:
            continue
        path.with_suffix(f".escaped{number}").touch()


if __name__ == "__main__":
    EARLY.submit(os.getpid).result()
    workers.Reader._convert = misbehave  # type: ignore[method-assign]
    workers.main()
