"""Takes our road with and without an item's facts, each in a process of its own, in turns on the same documents.

    python benchmarks/switched.py KIND ROUNDS FILE…      writes the CPU seconds of each as JSON
    python benchmarks/switched.py --side SIDE            reads each path on standard input, writes its CPU seconds

The sides are `with` and `without`: recommendations, decisions, votes, dissents and mentions. Two processes, since what one
keeps of a document would help the other. Both have read some documents before anything is measured, so that words are
loaded and expressions compiled on both sides; each document is read once by each, and the sides take turns in going first.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from paired import WARM, cpu
from routes import ours, without_proceedings

SIDES = ("with", "without")


def serve(side: str) -> None:
    """Read a path for each line on standard input, and write the CPU seconds that its document took."""
    if side == "without":
        without_proceedings()
    for line in sys.stdin:
        begun = cpu()
        found = ours(line.rstrip("\n"))
        print(cpu() - begun if found else "nothing", flush=True)


class Side:
    """A process that reads documents one way."""

    def __init__(self, name: str) -> None:
        command = [sys.executable, str(Path(__file__)), "--side", name]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, path: str) -> float:
        assert self.process.stdin
        assert self.process.stdout
        print(path, file=self.process.stdin, flush=True)
        return float(self.process.stdout.readline())

    def end(self) -> None:
        self.process.communicate()


def measure(rounds: int, files: list[str]) -> dict[str, object]:
    """For each round, side and document the seconds."""
    sides = {name: Side(name) for name in SIDES}
    for path in files[:WARM]:
        for side in sides.values():
            side.seconds(path)
    result = []
    for turn in range(rounds):
        times: dict[str, dict[str, float]] = {name: {} for name in SIDES}
        for n, path in enumerate(files[WARM + turn :: rounds]):
            for name in SIDES if n % 2 else reversed(SIDES):
                times[name][Path(path).name] = sides[name].seconds(path)
        result.append(times)
    for side in sides.values():
        side.end()
    return {"rounds": result, "failed": {}}


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--side", choices=SIDES)
    arguments.add_argument("kind", nargs="?")
    arguments.add_argument("rounds", type=int, nargs="?")
    arguments.add_argument("files", nargs="*")
    given = arguments.parse_args()
    if given.side:
        serve(given.side)
    else:
        json.dump(measure(given.rounds, given.files), sys.stdout)


if __name__ == "__main__":
    main()
