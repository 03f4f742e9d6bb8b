"""Mark: one claim of a recogniser about a stretch of text. `assemble` lets some win."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from minutes_parser.kinds import Label
from minutes_parser.text import Span


class Mark(NamedTuple):
    """`label` is what the stretch serves as, `value` what it says (a SectionKind, an item's number …)."""

    label: Label
    span: Span
    value: str = ""
    rule: str = ""
    score: float = 1.0
    facts: Mapping[str, Any] = {}
    """What more the recogniser read there; the keys are documented at the recogniser."""
