"""Mark: one claim of a recogniser about a stretch of text. `assemble` lets some win."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from minutes_parser.kinds import Label
from minutes_parser.text import Span, frozen


@frozen
class Mark:
    """`label` is what the stretch serves as, `value` what it says (a SectionKind, an item's number …)."""

    label: Label
    span: Span
    value: str = ""
    rule: str = ""
    score: float = 1.0
    facts: dict[str, Any] = field(default_factory=dict)
    """What more the recogniser read there; the keys are documented at the recogniser."""
