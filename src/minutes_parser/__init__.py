"""Danish meeting minutes to structured data.

>>> import minutes_parser
>>> minutes_parser.parse("samples/…/referat.pdf")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minutes_parser.findings import Limits, Options
    from minutes_parser.model import Minutes
    from minutes_parser.pipeline import parse

__version__ = "0.1.0"
__all__ = ["Limits", "Minutes", "Options", "__version__", "parse"]

_PLACES = {"parse": "pipeline", "Minutes": "model", "Options": "findings", "Limits": "findings"}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: `--help` and `--version` stay fast."""
    if name in _PLACES:
        from importlib import import_module

        return getattr(import_module(f"minutes_parser.{_PLACES[name]}"), name)
    raise AttributeError(f"module 'minutes_parser' has no attribute '{name}'")
