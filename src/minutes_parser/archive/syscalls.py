"""What a reader of documents has no business with, refused by the kernel: networks, programs, other processes."""

from __future__ import annotations

import contextlib
import ctypes
import platform
import struct
import sys

_SET_SECCOMP, _FILTER = 22, 2
_LOAD, _EQUAL, _FROM, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001
"""Let through; answer with EPERM."""
_X32 = 0x40000000
"""Numbers from here on are the same calls under another name, on x86-64."""
_CALLS = {
    "x86_64": (
        0xC000003E,
        {"socket": 41, "connect": 42, "execve": 59, "ptrace": 101, "execveat": 322, "writev_to": 311},
    ),
    "aarch64": (
        0xC00000B7,
        {"socket": 198, "connect": 203, "execve": 221, "ptrace": 117, "execveat": 281, "writev_to": 271},
    ),
}
"""By machine: its name to the kernel, and numbers of the calls (Linux, `asm/unistd.h`); `writev_to` is process_vm_writev."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def refuse() -> bool:
    """From here on this process opens no connection and starts no program; whether the kernel agreed.

    Needs Linux on x86-64 or arm64, and `no_new_privs` (prctl) set before. Elsewhere nothing changes.
    """
    machine, calls = _CALLS.get(platform.machine(), (0, {}))
    if sys.platform != "linux" or not calls:
        return False
    code = _program(machine, sorted(calls.values()))
    kept = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(kept))
    with contextlib.suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None, use_errno=True).prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)
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
