"""A name and bytes; the media type is told by the bytes, never by the name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from minutes_parser.errors import Unreadable, Unsupported

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
TEXT = "text/plain"


@dataclass(frozen=True)
class Source:
    """A document as it came: `name` is for messages, `data` its bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def media_type(self) -> str:
        """One of PDF, DOCX, HTML, TEXT; raises `Unreadable` (`empty`) or `Unsupported` (`unsupported`)."""
        return sniff(self.name, self.data)
