"""`python -m minutes_parser` and the command `minutes-parser`."""

from __future__ import annotations

from minutes_parser.cli import main

if __name__ == "__main__":
    main()
