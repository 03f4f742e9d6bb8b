"""One file for all documents: in the order of the input, whole or not there, gone on with after anything."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import helpers
from helpers import corpus, minutes, run, start, until


def names(path: Path) -> list[str]:
    return [json.loads(line)["source"]["name"] for line in path.read_bytes().splitlines()]


def test_in_the_order_of_the_input_and_left_alone_when_up_to_date(tmp_path: Path) -> None:
    corpus(tmp_path / "in", 12)
    (tmp_path / "in" / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    order = [f"in/m{n}.txt" for n in (7, 3, 12, 1, 9)] + ["in/bad.pdf"] + [f"in/m{n}.txt" for n in (2, 4, 5)]
    call = ("convert", "--files0-from", "-", "-o", "ud.jsonl")
    done = run(*call, cwd=tmp_path, input="\0".join(order))
    assert done.returncode == 1
    out = tmp_path / "ud.jsonl"
    assert names(out) == [name for name in order if "bad" not in name]
    before = (out.stat().st_ino, out.stat().st_mtime_ns)
    assert "8 up to date" in run(*call, cwd=tmp_path, input="\0".join(order)).stderr
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == before


def test_changes_in_the_middle_keep_what_stands(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 9), tmp_path / "ud.jsonl"
    run("convert", source, "-o", out)
    first = out.read_bytes().splitlines()
    (source / "m5.txt").write_text(minutes(555), "utf-8")
    (source / "m2.txt").unlink()
    (source / "m10.txt").write_text(minutes(10), "utf-8")
    done = run("convert", source, "-o", out)
    assert "2 converted, 7 up to date" in done.stderr
    assert names(out) == ["m1.txt", "m10.txt", *(f"m{n}.txt" for n in range(3, 10))]
    now = out.read_bytes().splitlines()
    assert b"24/00555" in now[4]
    assert [line for line in now if line not in first] == [now[1], now[4]]
    assert "9 up to date" in run("convert", source, "-o", out).stderr
    assert out.read_bytes().splitlines() == now
    assert sorted(p.name for p in tmp_path.iterdir()) == [".ud.jsonl.lock", "in", "ud.jsonl", "ud_run.jsonl"]


def test_a_file_that_was_changed_is_not_trusted(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 4), tmp_path / "ud.jsonl"
    run("convert", source, "-o", out)
    good = out.read_bytes()
    out.write_bytes(good.replace(b"Godkendt.", b"Afvist!!!", 1))
    run("convert", source, "-o", out)
    assert out.read_bytes() == good
    out.write_bytes(good[:500])
    run("convert", source, "-o", out)
    assert out.read_bytes() == good
    out.unlink()
    run("convert", source, "-o", out)
    assert out.read_bytes() == good


def test_interrupted_runs_are_gone_on_with(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 20, "SLOW"), tmp_path / "ud.jsonl"
    run("convert", source, "-o", tmp_path / "ref.jsonl")
    work = tmp_path / ".ud.jsonl.tmp"
    for number, count in ((signal.SIGINT, 3), (signal.SIGKILL, 7)):
        process = start("convert", source, "-o", out, "-j", "2")
        until(lambda count=count: work.exists() and work.read_bytes().count(b"\n") >= count)
        os.kill(process.pid, number)
        process.communicate()
        assert not out.exists()
    done = run("convert", source, "-o", out)
    assert done.returncode == 0
    assert int(done.stderr.partition(" up to date")[0].rpartition(" ")[2]) >= 7
    assert out.read_bytes() == (tmp_path / "ref.jsonl").read_bytes()
    assert not helpers.leftovers(tmp_path)
    assert not (tmp_path / ".ud.jsonl.part").exists()


def test_a_slow_document_does_not_mix_the_order(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 10), tmp_path / "ud.jsonl"
    (source / "m1.txt").write_text(minutes(1, "ONCE"), "utf-8")
    (source / "m2.txt").write_text(minutes(2, "SLOW"), "utf-8")
    assert run("convert", source, "-o", out, "-j", "2", mock=True).returncode == 0
    assert names(out) == sorted(names(out))
    assert len(names(out)) == 10
