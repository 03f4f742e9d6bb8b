"""The walls around a worker: what it may take, and that it never outlives its parent."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys

FILE_BYTES = 512 << 20
"""Largest file that a worker may write, bytes; far above any document's JSON."""
_PDEATHSIG = 1
_NO_NEW_PRIVILEGES = 38


def bind(parent: int) -> None:
    """Die with the parent, leave signals from a terminal or a service manager to it; no core dump, no new rights."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    tie()
    if os.getppid() != parent:
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def tie() -> None:
    """Have the system kill this process when its parent ends, where it can (Linux); no child of it gets new rights."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            prctl = ctypes.CDLL(None).prctl
            prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def bound(memory: int) -> None:
    """At most `memory` bytes of address space; first in line when the machine itself runs out of memory."""
    _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_FSIZE, FILE_BYTES)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")


def _lower(which: int, most: int) -> None:
    soft, hard = resource.getrlimit(which)
    with contextlib.suppress(OSError, ValueError):
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        if soft != resource.RLIM_INFINITY:
            most = min(most, soft)
        resource.setrlimit(which, (most, most))


def reset_peak() -> None:
    """Begin to measure the peak anew, where the kernel lets us."""
    with contextlib.suppress(OSError), open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def peak_and_resident() -> tuple[int, int]:
    """Megabytes: the peak since `reset_peak` (elsewhere than on Linux: of the process's life), and now."""
    try:
        with open("/proc/self/status", "rb") as file:
            status = file.read()
        return _kilobytes(status, b"VmHWM:") // 1024, _kilobytes(status, b"VmRSS:") // 1024
    except (OSError, ValueError, IndexError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        megabytes = peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)
        return megabytes, megabytes


def _kilobytes(status: bytes, field: bytes) -> int:
    at = status.index(field) + len(field)
    return int(status[at : at + 24].split()[0])


def usable_memory() -> int | None:
    """Bytes that are free for us on this machine and in this control group; None where nobody says."""
    found: list[int] = []
    with contextlib.suppress(OSError, ValueError), open("/proc/meminfo", "rb") as file:
        found.append(_kilobytes(file.read(), b"MemAvailable:") * 1024)
    with contextlib.suppress(OSError, ValueError), open("/sys/fs/cgroup/memory.max") as limit:
        found.append(int(limit.read()))
    return min(found, default=None)


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
