"""The document as JSON bytes, and back."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minutes_parser.model import Minutes

_SEAL = b',"checksum":'


def to_json(minutes: Minutes, *, indent: bool = False) -> bytes:
    """UTF-8 JSON, keys in the schema's order, the same bytes for the same document; no line feed at the end."""
    return minutes.__pydantic_serializer__.to_json(minutes, indent=2 if indent else None, by_alias=True)


def from_json(data: bytes | str) -> Minutes:
    """The document that `to_json` wrote; raises pydantic's `ValidationError` for anything else."""
    from minutes_parser.model import Minutes

    return Minutes.model_validate_json(data)


def seal(minutes: Minutes) -> Minutes:
    """The same document with its checksum, so that a change made by hand shows for ever."""
    return minutes.model_copy(update={"checksum": hashlib.sha256(unsealed(to_json(minutes))).hexdigest()})


def unsealed(data: bytes) -> bytes:
    """Compact JSON of a document without its last member, the checksum: what the checksum is made from."""
    return data[: data.rindex(_SEAL)] + b"}"


def intact(data: bytes) -> bool:
    """Whether compact JSON, as `to_json` writes it, agrees with the checksum it carries."""
    data = data.rstrip(b"\n")
    at = data.rfind(_SEAL)
    if at < 0:
        return False
    return data[at + len(_SEAL) :] == b'"%s"}' % hashlib.sha256(data[:at] + b"}").hexdigest().encode()


def canonical(document: dict[str, Any]) -> str:
    """The checksum that a document, read from JSON of any layout, ought to carry."""
    bare = {key: value for key, value in document.items() if key != "checksum"}
    text = json.dumps(bare, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
