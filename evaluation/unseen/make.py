"""Draws the PDF and DOCX documents of dev/ and held/ from sources/, each in the layout named here.

    python evaluation/unseen/make.py [NUMBER …]

Two runs give the same bytes; numbers pick documents by the digits their names begin with.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pages
import word
from markup import read

HERE = Path(__file__).resolve().parent
LAYOUTS: dict[str, pages.Layout | word.Layout] = {
    "52": pages.SideHeadings(),
    "53": pages.NewPages(),
    "55": word.ItemTables(),
    "56": word.NumberedItems(),
    "63": pages.Coloured(),
    "64": pages.Capitals(),
    "66": word.Layout(),
    "70": pages.SmallCaps(),
    "67": word.DanishStyles(),
    "73": pages.BrowserPrint(),
}


def main() -> None:
    wanted = sys.argv[1:]
    for source in sorted((HERE / "sources").glob("*.txt")):
        number = source.name[:2]
        if wanted and number not in wanted:
            continue
        folder = HERE / ("dev" if int(number) % 2 else "held")
        LAYOUTS[number].draw(read(source), folder / source.stem)


if __name__ == "__main__":
    main()
