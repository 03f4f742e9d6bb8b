"""Who was there, scored: the names in the labels' lists of present and absent against the participants that are read.

    python evaluation/people.py [--show] [CORPUS …]

Without arguments: our own samples, and ../shared/evaluation/corpus where it exists. A list that the labels leave out is
not looked at. A clerk, an observer or an official is no member and counts neither for nor against. Exit 1 when a figure
is below its floor in `floors.toml`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import score as scorer
from gate import CORPUS, FLOORS, SLACK, own

from minutes_parser.errors import MinutesError
from minutes_parser.pipeline import explain, load
from minutes_parser.write import to_json

SETS = ("seeds", "real", "municipal", "other", "greve")


def names(people: list[dict[str, Any]], *, absent: bool) -> set[str]:
    """The members' names that are read, absent or not, as the scorer compares names."""
    return {
        scorer.norm(p["name"])
        for p in people
        if (p["attendance"] == "absent") is absent and p["where"]["rule"] != "attendance.others"
    }


def compare(pairs: list[tuple[Path, Path]], show: bool) -> dict[str, scorer.Tally]:
    """Present and absent, counted over all documents."""
    tallies = {"present": scorer.Tally(), "absent": scorer.Tally()}
    for document, label in pairs:
        meeting = json.loads(label.read_text("utf-8")).get("meeting") or {}
        if all(meeting.get(key) is None for key in tallies):
            continue
        try:
            people = json.loads(to_json(explain(load(document)).minutes))["meeting"]["participants"]
        except MinutesError:
            people = []
        for key, tally in tallies.items():
            if meeting.get(key) is None:
                continue
            want = {scorer.norm(name) for name in meeting[key]}
            have = names(people, absent=key == "absent")
            tally.tp += len(want & have)
            tally.fn += len(want - have)
            tally.fp += len(have - want)
            if show and want != have:
                print(f"  {document.name} {key}: missed {sorted(want - have)} too many {sorted(have - want)}")
    return tallies


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("corpora", nargs="*", type=Path)
    arguments.add_argument("--show", action="store_true", help="print every difference")
    given = arguments.parse_args()
    sets: dict[str, list[tuple[Path, Path]]] = {f.name: list(scorer.pairs_in(f)) for f in given.corpora}
    if not sets:
        sets["samples"] = list(own())
        if CORPUS.is_dir():
            sets |= {name: list(scorer.pairs_in(CORPUS / name)) for name in SETS}
    floors = tomllib.loads(FLOORS.read_text("utf-8")).get("people", {})
    failed = False
    print(f"{'people':14}{'':9}{'precision':>11}{'recall':>9}{'F1':>9}{'names':>8}")
    for name, pairs in sets.items():
        for key, tally in compare(pairs, given.show).items():
            found, wanted = tally.tp + tally.fp, tally.tp + tally.fn
            if not found and not wanted:
                continue
            precision = tally.tp / found if found else 1.0
            recall = tally.tp / wanted if wanted else 1.0
            print(f"{name:14}{key:9}{precision:11.3f}{recall:9.3f}{tally.f1():9.3f}{wanted:8}")
            floor = floors.get(f"{name}-{key}", 0.0)
            if tally.f1() < floor - SLACK:
                print(f"  FELL: {name} {key} {tally.f1():.3f} below the floor {floor:.3f}")
                failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
