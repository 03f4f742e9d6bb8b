"""The same archive from a cluster: a real scheduler and two worker processes, one of which is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import helpers
import pytest
from helpers import archive, corpus, run, start, until

pytestmark = pytest.mark.slow
pytest.importorskip("distributed")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    log = tmp_path / "scheduler.log"
    environment = {**helpers.environment(), "DASK_DISTRIBUTED__WORKER__DAEMON": "false"}
    module = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    processes = [
        subprocess.Popen(
            [*module, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"], stderr=log.open("wb"), env=environment
        )
    ]
    until(lambda: re.search(r"tcp://127\.0\.0\.1:\d+", log.read_text()), 60)
    found = re.search(r"tcp://127\.0\.0\.1:\d+", log.read_text())
    assert found is not None
    for number in (1, 2):
        module = [sys.executable, "-m", "distributed.cli.dask_worker"]
        processes.append(
            subprocess.Popen(
                [
                    *module,
                    found[0],
                    "--no-nanny",
                    "--nthreads",
                    "1",
                    "--no-dashboard",
                    "--local-directory",
                    str(tmp_path / str(number)),
                ],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        )
    yield found[0], processes
    for process in processes:
        process.kill()
        process.wait()


def test_a_killed_worker_costs_nothing(tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]) -> None:
    address, processes = cluster
    source, out = corpus(tmp_path / "in", 60), tmp_path / "ud"
    (source / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    run("convert", source, "-o", tmp_path / "ref")
    call = ("convert", source, "-o", out, "--engine", "dask", "--scheduler", address, "--shards", "8")
    process = start(*call, mock=False)
    until(lambda: len(list(out.glob("*.json"))) >= 8, 120)
    victim = processes[2]
    inside = descendants(victim.pid)
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    until(lambda: not any(map(helpers.alive, inside)), 5)
    _, said = process.communicate(timeout=240)
    assert process.returncode == 1, said
    assert "[corrupt]" in said
    assert "8 shards done" in said
    assert archive(out) == archive(tmp_path / "ref")
    assert not helpers.leftovers(out)
    counted = sum(len(log.read_text().splitlines()) for log in out.glob("_run-*-of-8.jsonl"))
    assert counted == 61


def test_it_says_what_it_cannot_do(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 1)
    call = ("convert", source, "--engine", "dask", "-o")
    assert run(*call, tmp_path / "ud.jsonl").returncode == 2
    assert run(*call, tmp_path / "ud", "--shard", "1/2").returncode == 2
    assert run("convert", "--manifest", "-", "--engine", "dask", "-o", tmp_path / "ud").returncode == 2


def test_without_the_extra_it_says_what_to_type(tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError('not installed')")
    done = subprocess.run(
        helpers.command("convert", corpus(tmp_path / "in", 1), "-o", tmp_path / "ud", "--engine", "dask"),
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "pip install 'minutes-parser[dask]'" in done.stderr


def descendants(pid: int) -> list[int]:
    below = [
        child
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in map(int, (task / "children").read_text().split())
    ]
    return below + [deeper for child in below for deeper in descendants(child)]
