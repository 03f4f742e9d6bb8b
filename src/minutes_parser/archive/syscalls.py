"""What a reader of documents has no business with, refused by the kernel: networks, programs, other processes."""

from __future__ import annotations

import contextlib
import ctypes
import platform
import struct
import sys

_FILTER, _ALL_THREADS = 1, 1
_LOAD, _EQUAL, _FROM, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001
"""Let through; answer with EPERM."""
_X32 = 0x40000000
"""Numbers from here on are the same calls under another name, on x86-64."""
MACHINES = {
    "x86_64": (
        0xC000003E,
        317,
        {
            "socket": 41,
            "connect": 42,
            "execve": 59,
            "ptrace": 101,
            "process_vm_writev": 311,
            "execveat": 322,
            "io_uring_setup": 425,
            "pidfd_getfd": 438,
        },
    ),
    "aarch64": (
        0xC00000B7,
        277,
        {
            "ptrace": 117,
            "socket": 198,
            "connect": 203,
            "execve": 221,
            "process_vm_writev": 271,
            "execveat": 281,
            "io_uring_setup": 425,
            "pidfd_getfd": 438,
        },
    ),
}
"""By machine: its name to the kernel, the number of `seccomp`, and those of what is refused (Linux, `asm/unistd.h`).

A ring (`io_uring`) opens sockets past every filter, and `pidfd_getfd` borrows those of another process.
"""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def refuse() -> bool:
    """From here on no thread of this process opens a connection or starts a program; whether the kernel agreed.

    Needs Linux on x86-64 or arm64, and `no_new_privs` (prctl) set before. Elsewhere nothing changes.
    """
    known = MACHINES.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    machine, seccomp, refused = known
    code = _program(machine, list(refused.values()))
    kept = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(kept))
    with contextlib.suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).syscall(seccomp, _FILTER, _ALL_THREADS, ctypes.byref(program)) == 0)
    return False


def _program(machine: int, numbers: list[int]) -> bytes:
    """The filter: another machine's calls and those with these numbers are refused, all others let through.

    Each step is (what, jump if true, jump if false, value); jumps count the steps they pass over.
    """
    many = len(numbers)
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 0, many + 3, machine), (_LOAD, 0, 0, 0), (_FROM, many + 1, 0, _X32)]
    steps += [(_EQUAL, many - n, 0, number) for n, number in enumerate(numbers)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
