"""The gate: scores the labelled documents and compares with the floors, which only rise.

    python evaluation/gate.py [--show] [--raise] [--no-layouts] [CORPUS …]

Without arguments: our own samples, and ../shared/evaluation/corpus where it exists. Exit 1 when a figure is below its
floor, with the documents that lost something; `--raise` writes what was reached as the new floors.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import score as scorer
from confusion import Confusion

from minutes_parser.errors import MinutesError
from minutes_parser.findings import Options
from minutes_parser.pipeline import explain, load
from minutes_parser.write import to_json

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CORPUS = ROOT.parent / "shared" / "evaluation" / "corpus"
FLOORS = HERE / "floors.toml"
SLACK = 0.002
"""What a figure may fall below its floor: floors are printed with three digits."""


def own() -> Iterator[tuple[Path, Path]]:
    for label in sorted((HERE / "labels").rglob("*.json")):
        yield ROOT / "samples" / label.parent.name / label.stem, label


def blank() -> dict[str, Any]:
    tallies: dict[str, Any] = {
        k: scorer.Tally() for k in ("section", "start", "item", "attach", "decision", "vote", "dissent", "point")
    }
    return tallies | {k: [] for k in ("kind", "case", "meta", "outcome", "by", "to")}


def figure(value: Any) -> float:
    if isinstance(value, list):
        return sum(value) / len(value) if value else 1.0
    return float(value.f1())


def run(pairs: list[tuple[Path, Path]], show: bool, options: Options) -> tuple[dict[str, float], list[str]]:
    total, whole = blank(), 0
    notes: list[str] = []
    for document, label in pairs:
        gold = json.loads(label.read_text("utf-8"))
        mine = blank()
        said: list[str] = []
        try:
            pred = json.loads(to_json(explain(load(document), options).minutes))
        except MinutesError as error:
            pred = {}
            said.append(str(error))
        scorer.score(pred, gold, mine, said.append)
        CONFUSION.look(pred, gold, f"{document.parent.name}/{document.name}")
        structure = {k: v for k, v in mine.items() if k in STRUCTURE}
        whole += all(not v.fp and not v.fn if isinstance(v, scorer.Tally) else all(v) for v in structure.values())
        for key, value in mine.items():
            if isinstance(value, scorer.Tally):
                total[key].tp += value.tp
                total[key].fp += value.fp
                total[key].fn += value.fn
            else:
                total[key] += value
        if said:
            notes.append(f"  {document.parent.name}/{document.name}  section {mine['section'].f1():.3f}")
            notes += [f"      {line}" for line in said if show]
    figures = {k: round(figure(total[k]), 3) for k in REPORTED}
    figures["whole"] = round(whole / len(pairs), 3) if pairs else 1.0
    return figures, notes


CONFUSION = Confusion()
STRUCTURE = ("section", "start", "item", "kind", "meta", "case", "attach")
DECIDED = ("decision", "outcome", "vote", "dissent", "point", "by", "to")
REPORTED = (*STRUCTURE, *DECIDED)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("corpora", nargs="*", type=Path)
    arguments.add_argument("--show", action="store_true", help="print every difference")
    arguments.add_argument("--raise", dest="lift", action="store_true", help="write what was reached as the new floors")
    arguments.add_argument("--no-layouts", dest="layouts", action="store_false", help="read without the layouts' files")
    given = arguments.parse_args()
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    sets: dict[str, list[tuple[Path, Path]]] = {}
    if given.corpora:
        sets = {folder.name: list(scorer.pairs_in(folder)) for folder in given.corpora}
    else:
        sets["samples"] = list(own())
        if CORPUS.is_dir():
            for name in ("seeds", "real", "municipal", "other", "greve/html", "greve/pdf", "greve/docx"):
                sets[name.replace("/", "-")] = list(scorer.pairs_in(CORPUS / name))
        else:
            print("no labelled corpus beside the project: own documents only")
        for folder in sorted(
            p for p in (HERE / "unseen").iterdir() if p.is_dir() and not p.name.startswith(("sources", "_"))
        ):
            if pairs := list(scorer.pairs_in(folder)):
                sets[f"unseen-{folder.name}"] = pairs
    failed = False
    reached: dict[str, dict[str, float]] = {}
    print(f"{'':14}" + "".join(f"{k:>9}" for k in (*REPORTED, "whole")))
    for name, pairs in sets.items():
        figures, notes = run(pairs, given.show, Options(layouts=given.layouts))
        reached[name] = figures
        print(f"{name:14}" + "".join(f"{v:9.3f}" for v in figures.values()))
        low = {
            k: (v, floors[name][k]) for k, v in figures.items() if name in floors and v < floors[name].get(k, 0) - SLACK
        }
        if low or given.show:
            print("\n".join(notes))
        for key, (value, floor) in low.items():
            print(f"  FELL: {name} {key} {value:.3f} below the floor {floor:.3f}")
            failed = True
    print(f"\noutcomes of decisions, all of these documents\n{CONFUSION.table()}")
    if given.lift:
        for name, figures in reached.items():
            floors[name] = {k: max(v, floors.get(name, {}).get(k, 0.0)) for k, v in figures.items()}
        head = "# What was reached; floors only rise (`python evaluation/gate.py --raise`). Lowering one by hand needs a reason in the commit.\n"
        body = "\n".join(
            f"\n[{name}]\n" + "\n".join(f"{k} = {v}" for k, v in row.items()) for name, row in floors.items()
        )
        FLOORS.write_text(head + body + "\n", "utf-8")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
