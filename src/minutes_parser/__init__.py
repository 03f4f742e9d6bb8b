"""Danish meeting minutes to structured JSON."""

__version__ = "0.1.0"
