"""Usual minutes, made by chance, are read without a fault: every item, every section, every word of it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest

import typical
from minutes_parser import parse

SEEDS = int(os.environ.get("TYPICAL", "25"))
"""Documents of each format; `TYPICAL=500` looks for new faults."""


def squeezed(text: str) -> str:
    return re.sub(r"[\s\xad-]+", "", text.replace(typical.SUB, ""))


@pytest.mark.parametrize(
    ("numbered", "cased"), [(True, True), (False, True), (False, False)], ids=["numbered", "unnumbered", "bare"]
)
@pytest.mark.parametrize("draw", typical.FORMATS, ids=lambda draw: draw.__name__)
def test_usual_minutes(draw: Callable[[typical.Minutes], bytes], numbered: bool, cased: bool) -> None:
    for seed in range(SEEDS):
        made = typical.minutes(seed, numbered=numbered, cased=cased)
        read = parse(draw(made))
        assert [(i.number or "", squeezed(i.title)) for i in read.items] == [
            (i.number, squeezed(i.title)) for i in made.items
        ], seed
        for item, wanted in zip(read.items, made.items, strict=True):
            found = [(str(s.kind), squeezed(s.heading), squeezed(s.text)) for s in item.sections]
            assert found == [(k, squeezed(h), squeezed("".join(t))) for k, h, t in wanted.sections], (seed, item.number)
