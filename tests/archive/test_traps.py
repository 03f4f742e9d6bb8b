"""Each hostile file through every road that reads documents: its meeting is found whole, or one clear failure says why not."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from traps import TRAPS

from minutes_parser.archive.supervisor import Answer, Supervisor, Task, Walls

FAILURES = {
    "object_streams_damaged.pdf": "corrupt",
    "truncated.pdf": "corrupt",
    "no_endstream.pdf": "no-text-layer",
    "size_0.pdf": "no-text-layer",
    "matrix_singular.pdf": "no-text-layer",
    "marked_20000.pdf": "memory",
    "attribute_20mb.docx": "limit-ratio",
    "runs_empty_1000000.docx": "limit-ratio",
    "tabs_1000000.docx": "limit-ratio",
    "tables_2000.docx": "limit-depth",
    "duplicate_members.docx": "corrupt",
    "half.docx": "corrupt",
    "rtf.docx": "unsupported",
    "odt.docx": "unsupported",
    "prefix.docx": "unsupported",
    "attributes_1000000.html": "limit-attributes",
    "comment_open_50mb.html": "limit-bytes",
    "template_nested.html": "no-text",
    "formatting_50000.html": "limit-depth",
    "xml.html": "unsupported",
    "json.txt": "unsupported",
    "data.xml": "unsupported",
    "book.epub": "unsupported",
    "mail.eml": "unsupported",
    "mail.msg": "unsupported",
    "pickle.txt": "unsupported",
    "calendar.ics": "unsupported",
}
OTHERS = ("punkter_200000.txt", "beslutninger_40000.txt", "table.csv", "shell.txt")
"""Documents that hold no meeting."""
FINDINGS = {
    "garbage_after.pdf": "repaired",
    "length_lies.pdf": "repaired",
    "box_nan.pdf": "hidden-text",
    "recursive_chunks.docx": "missing-part",
    "html.docx": "name-disagrees",
    "charset_lies.html": "encoding-declared-wrong",
    "surrogates.txt": "invalid-bytes",
    "overlong.txt": "invalid-bytes",
    "utf32_none.txt": "encoding-guessed",
    "mixed_line_ends.txt": "control-characters",
    "bidi.txt": "control-characters",
}
LONG = {
    "annotations_100000.pdf",
    "words_apart_100000.pdf",
    "inline_images_50000.pdf",
    "marked_20000.pdf",
    "entities_1000000.html",
    "combining.txt",
    "votes_50000.txt",
    "people_30000.txt",
    "dates_200000.txt",
    "punkter_200000.txt",
    "beslutninger_40000.txt",
}
"""Seconds each."""
SECONDS = 60
CASES = [pytest.param(name, marks=[pytest.mark.slow] if name in LONG else []) for name in TRAPS]


@pytest.fixture(scope="module")
def worker() -> Iterator[Supervisor]:
    with Supervisor(Walls(SECONDS, 1 << 30)) as supervisor:
        yield supervisor


def ask(worker: Supervisor, path: Path, do: str, **more: object) -> Answer:
    began = time.monotonic()
    answer = worker.ask(Task({"do": do, "path": str(path), "name": path.name} | more))
    assert time.monotonic() - began < SECONDS + 5
    assert answer.head.get("code") not in ("defect", "crash", "timeout"), answer.head
    assert (answer.head.get("peak_mb") or 0) < 1100
    return answer


@pytest.mark.parametrize("name", CASES)
def test_a_trap_ends_in_its_meeting_or_in_one_clear_failure(tmp_path: Path, worker: Supervisor, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(TRAPS[name]())
    place = {"output": str(tmp_path / "ud"), "temporary": str(tmp_path / "new")}
    answers = [
        ask(worker, path, "text", lines=False),
        ask(worker, path, "parse", split=False, indent=False),
        ask(worker, path, "explain", item=None, lines=[], word=None),
        ask(worker, path, "convert", standing="", failed="", look=False, force=False, **place),
    ]
    codes = {answer.head.get("code") for answer in answers}
    if name in FAILURES:
        assert codes == {FAILURES[name]}
        assert all("\n" not in f"{a.head['reason']}{a.head['advice']}" and a.head["reason"] for a in answers)
        assert not (tmp_path / "new").exists()
        return
    assert codes == {None}
    text, minutes = answers[0].payload.decode(), json.loads(answers[1].payload)
    assert minutes["coverage"]["assigned"] == minutes["coverage"]["characters"]
    if name not in OTHERS:
        assert "Nordby Kommune" in text
        assert "Cykelsti ved Åvej" in text or name == "utf7.txt"
        assert "Hemmeligudvalg" not in text
    if name in FINDINGS:
        assert FINDINGS[name] in {finding["code"] for finding in minutes["findings"]}
    assert (tmp_path / "new").read_bytes() == answers[1].payload
