"""A name and bytes; the media type is told by the bytes, never by the name."""

from __future__ import annotations
