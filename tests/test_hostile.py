"""Hostile files cost bounded time and memory, and end in a document or in one clear line; nothing is lost in silence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hostile import CASES, MEMORY, SECONDS, Case


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("hostile")
    for case in CASES:
        (folder / case.name).write_bytes(case.data())
    run = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "hostile.py"), str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS * 20,
    )
    return {line["name"]: line for line in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_hostile(case: Case, told: dict[str, dict[str, Any]]) -> None:
    got = told[case.name]
    shown = {k: v for k, v in got.items() if k != "text"}
    assert got["outcome"] in (["document"] if case.document else []) + (["error"] if case.errors else []), shown
    assert got["noise"] == "", "nothing is printed but the answer"
    assert got["seconds"] < SECONDS / 2
    assert got["megabytes"] < MEMORY / 2 / 1024 / 1024
    if got["outcome"] == "error":
        assert got["code"] in case.errors, shown
        assert got["exit"] == 1
        assert got["message"].startswith(f"{case.name}: ")
        assert "\n" not in got["message"]
        assert "\x1b" not in got["message"]
        return
    assert set(case.findings) <= set(got["findings"]), shown
    for words in case.holds:
        assert words in got["text"]
    for words in case.never:
        assert words not in got["text"]
