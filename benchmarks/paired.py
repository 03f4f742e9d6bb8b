"""Takes the routes of one kind of document in turns and writes the CPU seconds of each as JSON.

    python benchmarks/paired.py KIND ROUNDS [--without NAME]… FILE…

Every round has documents of its own, which our program reads once: what it keeps between documents helps no more than in
real use. Within a round each document goes through all routes, in an order that rotates. CPU is user and system time of
this process and of the processes that it started.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterator

from routes import ROUTES, STEPS, Route

from minutes_parser.archive.workers import COLLECT, settle

WARM = 6
"""Documents that are read before anything is measured: a process compiles its expressions once."""


def cpu() -> float:
    """Seconds of user and system time, children included."""
    return sum(os.times()[:4]) if not hasattr(os, "fork") else _precise()


def _precise() -> float:
    import resource

    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(name: str, route: Route, path: str) -> Iterator[tuple[str, float]]:
    """The route's seconds on one document; ours with its steps."""
    if name != "ours":
        begun = cpu()
        found = route(path)
        yield name, cpu() - begun
        if not found:
            raise SystemExit(f"{path}: {name} found nothing")
        return
    value: object = path
    total = 0.0
    usual = gc.get_threshold()
    gc.set_threshold(*COLLECT)  # as our worker does; others keep Python's own
    try:
        for step, function in STEPS:
            begun = cpu()
            value = function(value)
            spent = cpu() - begun
            total += spent
            yield step, spent
    finally:
        gc.set_threshold(*usual)
    yield "ours", total


def measure(kind: str, rounds: int, files: list[str], without: list[str]) -> dict[str, object]:
    """For each round, route and document the seconds; routes that fail are left out and named with their reason."""
    routes = {name: route for name, route in ROUTES[kind].items() if name not in without}
    failed: dict[str, str] = {}
    warm, files = files[:WARM], files[WARM:]
    for name, (route, _) in list(routes.items()):
        try:
            for path in warm if name == "ours" else warm[-1:]:
                route(path)
        except Exception as error:  # a peer's own defect must not end the benchmark
            failed[name] = f"{type(error).__name__}: {error}"
            del routes[name]
    settle()
    result = []
    for turn in range(rounds):
        times: dict[str, dict[str, float]] = {}
        for n, path in enumerate(files[turn::rounds]):
            chosen = [name for name, (_, share) in routes.items() if (n + turn) % share == 0]
            first = n % len(chosen)
            for name in chosen[first:] + chosen[:first]:
                for step, seconds in timed(name, routes[name][0], path):
                    times.setdefault(step, {})[os.path.basename(path)] = seconds
        result.append(times)
    return {"rounds": result, "failed": failed}


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("kind", choices=ROUTES)
    arguments.add_argument("rounds", type=int)
    arguments.add_argument("files", nargs="+")
    arguments.add_argument("--without", action="append", default=[])
    given = arguments.parse_args()
    json.dump(measure(given.kind, given.rounds, given.files, given.without), sys.stdout)


if __name__ == "__main__":
    main()
