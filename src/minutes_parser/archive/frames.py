"""What parent and worker say to each other: a JSON head and raw bytes, nothing that could run."""

from __future__ import annotations

import json
import struct
from typing import Any

_SIZES = struct.Struct("!IQ")
LARGEST_HEAD = 16 << 20
LARGEST_PAYLOAD = 1 << 30
"""Bytes; a worker that announces more is out of order and is replaced."""

Head = dict[str, Any]


class BadFrame(Exception):
    """The other side sent something that is no frame of ours."""


def pack(head: Head, payload: bytes = b"") -> bytes:
    """One frame: sizes, head, payload."""
    text = json.dumps(head, separators=(",", ":")).encode()
    return _SIZES.pack(len(text), len(payload)) + text + payload


class Frames:
    """Bytes in as they arrive, whole frames out."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[tuple[Head, bytes]]:
        """The frames that `data` completes, in order; raises `BadFrame`."""
        self._buffer += data
        found: list[tuple[Head, bytes]] = []
        while len(self._buffer) >= _SIZES.size:
            head_size, payload_size = _SIZES.unpack_from(self._buffer)
            if head_size > LARGEST_HEAD or payload_size > LARGEST_PAYLOAD:
                raise BadFrame
            stop = _SIZES.size + head_size + payload_size
            if len(self._buffer) < stop:
                break
            body = bytes(self._buffer[_SIZES.size : stop])
            del self._buffer[:stop]
            try:
                head = json.loads(body[:head_size])
            except (ValueError, RecursionError):
                raise BadFrame from None
            if not isinstance(head, dict):
                raise BadFrame
            found.append((head, body[head_size:]))
        return found
