"""The document as JSON bytes, and back."""

from __future__ import annotations

from minutes_parser.model import Minutes


def to_json(minutes: Minutes, *, indent: bool = False) -> bytes:
    """UTF-8 JSON, keys in the schema's order, the same bytes for the same document; no line feed at the end."""
    return minutes.__pydantic_serializer__.to_json(minutes, indent=2 if indent else None, by_alias=True)


def from_json(data: bytes | str) -> Minutes:
    """The document that `to_json` wrote; raises pydantic's `ValidationError` for anything else."""
    return Minutes.model_validate_json(data)
