"""The same run on a Dask cluster: shard by shard, each by the command itself in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from minutes_parser.errors import MissingHelper

TIED = "from minutes_parser.archive.bounds import tie; tie(); from minutes_parser.cli import main; main()"
"""The command, tied to its parent: when a cluster's worker is killed, its shard ends with it and lets go of the lock."""
LOCKED = 4
"""Exit code of a run whose output another run writes to; here that run is about to end."""
PATIENCE = 30.0
"""Seconds that a shard waits for a predecessor to end."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard done: its exit code, and what it said."""

    number: int
    code: int
    said: str


def run_shard(number: int, count: int, arguments: list[str], folder: str) -> Shard:
    """Run one shard here, on a worker of the cluster; raises `RuntimeError` when it could not be run to its end.

    Exit codes 0 and 1 are an end: documents that failed are in the run log. Anything else is for Dask to try again.
    """
    command = [sys.executable, "-P", "-c", TIED, "convert", "--shard", f"{number}/{count}", *arguments]
    began = time.monotonic()
    while True:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
        )
        if done.returncode != LOCKED or "[locked]" not in done.stderr or time.monotonic() - began > PATIENCE:
            break
        time.sleep(1)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"exit {done.returncode}: {(done.stderr.strip().splitlines() or [''])[-1][-300:]}")
    return Shard(number, done.returncode, done.stderr)


def shards(
    arguments: list[str], folder: str, count: int | None, scheduler: str | None
) -> Iterator[tuple[int, Shard | str]]:
    """Yield (number of shards, a shard done or why it was not) as they end; `count` is four a thread of the cluster unless given;
    paths are relative to `folder`, which all machines must see.

    Raises `MissingHelper` without the extra, and `OSError` when the scheduler does not answer.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise MissingHelper(
            "dask", "missing-extra", "Dask is not installed", "pip install 'minutes-parser[dask]'"
        ) from None
    with Client(scheduler, timeout=30) as client:
        count = count or 4 * max(1, sum(client.nthreads().values()))
        numbers = range(1, count + 1)
        futures = client.map(
            run_shard, numbers, [count] * count, [arguments] * count, [folder] * count, retries=2, pure=False
        )
        for future in as_completed(futures):
            error = future.exception()
            yield count, future.result() if error is None else f"{type(error).__name__}: {error}"
