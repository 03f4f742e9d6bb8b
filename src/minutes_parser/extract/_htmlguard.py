"""The gate in front of a web page: tags with thousands of attributes and endless nesting take parsers hours (measured)."""

from __future__ import annotations

import re

from minutes_parser.errors import LimitReached

_ATTRIBUTES = re.compile(rb"<[a-zA-Z][^<>]{20000,}")
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FLAT = frozenset(b"br hr img input meta link wbr col area base embed source track param p li td th tr dt dd option thead tbody tfoot".split())  # fmt: skip
"""Elements without content, or that the next one of their kind ends."""
_DEEP = 5000
_STEP = 1 << 14


def guard(name: str, data: bytes) -> None:
    """Nothing, or `LimitReached` (`limit-attributes`, `limit-depth`). Linear in the page."""
    for found in _ATTRIBUTES.finditer(data):
        if found.group().count(b"=") > 1000 or len(found.group().split()) > 1000:
            raise LimitReached(
                name, "limit-attributes", "a tag with more than 1,000 attributes", "this is no page of minutes"
            )
    if _perhaps_deep(data) and _nesting(data) > _DEEP:
        raise LimitReached(name, "limit-depth", f"elements nested more than {_DEEP} deep", "this is no page of minutes")


def _perhaps_deep(data: bytes) -> bool:
    """Whether somewhere far more tags were opened than closed; a step is too short to go deep and back in it."""
    open_ = 0
    for at in range(0, len(data), _STEP):
        part = data[at : at + _STEP]
        open_ += part.count(b"<") - 2 * part.count(b"</")
        if open_ > _DEEP // 2:
            return True
    return False


def _nesting(data: bytes) -> int:
    depth = deepest = 0
    for found in _TAG.finditer(data):
        if found[2].lower() in _FLAT:
            continue
        depth = max(depth - 1, 0) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def swallowed(data: bytes) -> str:
    """The comment, script or the like that is never closed, so that a browser too shows nothing after it; "" for none."""
    if data.rfind(b"<!--") > data.rfind(b"-->"):
        return "comment"
    return next((tag for tag in ("script", "style", "textarea") if _open(data, tag.encode())), "")


def _open(data: bytes, tag: bytes) -> bool:
    return data.rfind(b"<" + tag) > data.rfind(b"</" + tag)
