"""Many documents: memory stays flat, a second run is quick, the run log bears a million lines."""

from __future__ import annotations

import json
import os
import resource
import shutil
import time
from pathlib import Path
from statistics import mean

import helpers
import pytest
from helpers import SAMPLES, rows, run

from minutes_parser.archive import supervisor
from minutes_parser.archive.journal import Journal

pytestmark = pytest.mark.slow


def test_memory_is_flat_over_thousands_of_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One worker that is never replaced: what it leaks shows."""
    (tmp_path / "forever.py").write_text(
        "from minutes_parser.archive import workers\nworkers.DOCUMENTS = 10**9\nworkers.main()\n"
    )
    monkeypatch.setattr(supervisor, "WORKER", "forever")
    monkeypatch.setattr(helpers, "HERE", tmp_path)
    source = tmp_path / "in"
    documents = sorted(p for p in SAMPLES.glob("*/*") if p.suffix in (".pdf", ".docx", ".html", ".txt"))
    for number in range(2500 // len(documents)):
        folder = source / f"{number:04d}"
        folder.mkdir(parents=True)
        for document in documents:
            os.link(document, folder / f"{document.parent.name}-{document.name}")
    assert run("convert", source, "-o", tmp_path / "ud").returncode == 0
    peaks = [row["peak_mb"] for row in rows(tmp_path / "ud").values()]
    assert len(peaks) > 2400
    assert max(peaks) < 100
    assert mean(peaks[-200:]) - mean(peaks[200:400]) < 10


def test_a_second_run_over_many_documents_is_quick(tmp_path: Path) -> None:
    """100,000 in a minute on one processor; here a tenth of that."""
    source = tmp_path / "in"
    for number in range(10_000):
        folder = source / f"{number // 500:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.txt").write_text(f"Referat\nMødedato: 14. marts 2024\nSagsnr.: 24/{number:05d}\n", "utf-8")
    assert run("convert", source, "-o", tmp_path / "ud", "-j", "2").returncode == 0
    time.sleep(2.1)  # files so young are looked into once more
    run("convert", source, "-o", tmp_path / "ud", "-j", "2")
    began = time.process_time()
    done = run("convert", source, "-o", tmp_path / "ud")
    assert "10000 up to date" in done.stderr
    assert time.process_time() - began < 6
    shutil.rmtree(tmp_path)


def test_the_run_log_bears_a_million_lines(tmp_path: Path) -> None:
    path = tmp_path / "_run.jsonl"
    line = '{{"path":"2024/kommune-{0}/referat-{0}.pdf","status":"ok","code":null,"message":null,"sha256":"{1}","items":12}}\n'
    with path.open("w") as file:
        for number in range(1_000_000):
            file.write(line.format(number, "0" * 64))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    journal = Journal(str(path))
    row = journal.get("2024/kommune-777777/referat-777777.pdf")
    assert row is not None
    journal.add(row | {"items": 13})
    journal.compact()
    assert len(journal) == 1_000_000
    assert journal.get("2024/kommune-777777/referat-777777.pdf") == row | {"items": 13}
    journal.close()
    assert time.process_time() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000
    with path.open() as file:
        assert sum(1 for line in file if json.loads(line)["status"] == "ok") == 1_000_000
