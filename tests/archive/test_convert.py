"""An archive converted as a user does it: what stands there afterwards, and what was said."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import unicodedata
from pathlib import Path

import helpers
import pytest
from helpers import SAMPLES, archive, corpus, leftovers, minutes, rows, run, state


def test_one_file_a_document_the_same_as_parse_prints(tmp_path: Path) -> None:
    done = run("convert", SAMPLES / "acadre", SAMPLES / "web", "--relative-to", SAMPLES, "-o", tmp_path / "ud")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    made = archive(tmp_path / "ud")
    assert sorted(made) == ["acadre/referat.docx.json", "web/referat.html.json"]
    printed = run("parse", SAMPLES / "web" / "referat.html").stdout
    ours = json.loads(made["web/referat.html.json"])
    assert ours["source"]["name"] == "web/referat.html"
    assert {**json.loads(printed), "source": 0, "checksum": 0} == {**ours, "source": 0, "checksum": 0}
    row = rows(tmp_path / "ud")["web/referat.html"]
    assert row["status"] == "ok"
    assert (row["kind"], row["items"], row["sha256"]) == ("minutes", len(ours["items"]), ours["source"]["sha256"])
    assert row["milliseconds"] > 0
    assert 10 < row["peak_mb"] < 500


def test_up_to_date_is_not_touched_and_what_changed_is_made_anew(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 4), tmp_path / "ud"
    run("convert", source, "-o", out)
    before = state(out)
    done = run("convert", source, "-o", out)
    assert "4 documents: 4 up to date" in done.stderr
    assert state(out) == before
    changed = source / "m3.txt"
    old = changed.stat()
    changed.write_text(minutes(3).replace("Godkendt.", "Afvist!!!"), "utf-8")
    os.utime(changed, ns=(old.st_atime_ns, old.st_mtime_ns))  # same size, same date: only the content differs
    done = run("convert", source, "-o", out)
    assert "1 converted, 3 up to date" in done.stderr
    assert b"Afvist!!!" in (out / "m3.txt.json").read_bytes()
    assert sum(before[path] != now for path, now in state(out).items()) == 1


def test_another_option_or_force_makes_anew(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 2), tmp_path / "ud"
    run("convert", source, "-o", out)
    done = run("convert", source, "-o", out, "--encoding", "cp1252")
    assert "2 converted" in done.stderr
    assert json.loads((out / "m1.txt.json").read_bytes())["parser"]["options"] == {"encoding": "cp1252"}
    assert "2 converted" in run("convert", source, "-o", out, "--encoding", "cp1252", "--force").stderr


def test_a_lost_run_log_costs_no_document(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 3), tmp_path / "ud"
    run("convert", source, "-o", out)
    before, log = state(out), rows(out)
    (out / "_run.jsonl").unlink()
    assert "3 up to date" in run("convert", source, "-o", out).stderr
    assert state(out) == before
    again = rows(out)
    assert [again[p]["kind"] for p in log] == [log[p]["kind"] for p in log]


def test_a_bad_document_costs_itself_and_is_tried_again_only_when_it_changed(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 3), tmp_path / "ud"
    (source / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = run("convert", source, "-o", out)
    assert done.returncode == 1
    assert len(archive(out)) == 3
    assert [line for line in done.stderr.splitlines() if "bad.pdf" in line and "[corrupt]" in line]
    assert rows(out)["bad.pdf"]["status"] == "error"
    assert rows(out)["bad.pdf"]["code"] == "corrupt"
    assert [json.loads(line)["path"] for line in (out / "_failures.jsonl").read_text().splitlines()] == ["bad.pdf"]
    again = run("convert", source, "-o", out)
    assert again.returncode == 1
    assert "1 failed before" in again.stderr
    assert "bad.pdf:" not in again.stderr
    assert "1 failed" in run("convert", source, "-o", out, "--retry-failed").stderr
    (source / "bad.pdf").write_bytes((SAMPLES / "edoc" / "referat.pdf").read_bytes())
    assert run("convert", source, "-o", out).returncode == 0
    assert not (out / "_failures.jsonl").exists()


def test_a_failure_that_is_no_more_is_not_listed(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 1), tmp_path / "ud"
    for name in ("gone.pdf", "stays.pdf"):
        (source / name).write_bytes(b"%PDF-1.7 nothing")
    run("convert", source, "-o", out)
    (source / "gone.pdf").unlink()
    run("convert", source / "m1.txt", "--relative-to", source, "-o", out)
    assert [json.loads(line)["path"] for line in (out / "_failures.jsonl").read_text().splitlines()] == ["stays.pdf"]
    assert sorted(rows(out)) == ["m1.txt", "stays.pdf"]


def test_more_time_is_another_chance(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 1), tmp_path / "ud"
    (source / "hang.txt").write_text(minutes(9, "HANG"))
    done = run("convert", source, "-o", out, "--timeout", "1", mock=True)
    assert done.returncode == 1
    assert "hang.txt: not finished within 1 seconds; --timeout gives it more time [timeout]" in done.stderr
    assert "failed before" in run("convert", source, "-o", out, "--timeout", "1", mock=True).stderr
    assert run("convert", source, "-o", out).returncode == 0


def test_shards_make_the_same_archive_and_share_nothing(tmp_path: Path) -> None:
    source, whole, parts = corpus(tmp_path / "in", 12), tmp_path / "whole", tmp_path / "parts"
    run("convert", source, "-o", whole)
    counts = []
    for number in (1, 2, 3):
        done = run("convert", source, "-o", parts, "--shard", f"{number}/3")
        assert done.returncode == 0
        counts.append(len((parts / f"_run-{number}-of-3.jsonl").read_text().splitlines()))
    assert archive(parts) == archive(whole)
    assert sum(counts) == 12
    assert max(counts) < 12
    assert run("convert", source, "-o", whole, "--shard", "0/3").returncode == 2


def test_lists_keep_the_paths_and_take_each_document_once(tmp_path: Path) -> None:
    corpus(tmp_path / "a", 2)
    corpus(tmp_path / "b", 2)
    paths = ["a/m1.txt", "b/m1.txt", "./a/m1.txt", "a/nowhere.txt", "b/~$m.docx"]
    done = run("convert", "--files0-from", "-", "-o", "ud", cwd=tmp_path, input="\0".join(paths) + "\0")
    assert done.returncode == 1
    assert sorted(archive(tmp_path / "ud")) == ["a/m1.txt.json", "b/m1.txt.json"]
    assert "a/nowhere.txt: no such file [not-found]" in done.stderr
    assert "2 skipped" in done.stderr
    listed = ['{"path": "a/m2.txt", "name": "2024/referat.txt"}', "b/m2.txt", ""]
    (tmp_path / "list.jsonl").write_text("\n".join(listed))
    assert run("convert", "--manifest", "list.jsonl", "-o", "ud2", cwd=tmp_path).returncode == 0
    assert sorted(archive(tmp_path / "ud2")) == ["2024/referat.txt.json", "b/m2.txt.json"]


@pytest.mark.parametrize(
    "call",
    [
        ["-o", "ud"],
        ["nowhere", "-o", "ud"],
        ["in", "-o", "in"],
        ["in", "--manifest", "x", "-o", "ud"],
        ["in", "-o", "ud", "--limit", "nonsense=3"],
        ["in", "-o", "ud", "--max-memory", "1M"],
        ["in"],
    ],
)
def test_a_wrong_call_is_two(tmp_path: Path, call: list[str]) -> None:
    corpus(tmp_path / "in", 1)
    done = run("convert", *call, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert not (tmp_path / "ud").exists()


def test_a_wrong_manifest_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "list").write_text('a.txt\n{"path": 3}\n')
    done = run("convert", "--manifest", "list", "-o", "ud", cwd=tmp_path)
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr


def test_dry_run_says_what_would_be_done_and_does_nothing(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 3), tmp_path / "ud"
    foreseen = run("convert", source, "-o", out, "-n").stdout.splitlines()
    assert [line.split("\t")[0] for line in foreseen] == ["new"] * 3
    assert not out.exists()
    run("convert", source, "-o", out)
    before = state(out)
    (source / "m2.txt").write_text(minutes(77), "utf-8")
    (source / "~$m2.docx").write_text("lock")
    foreseen = run("convert", source, "-o", out, "-n").stdout.splitlines()
    assert sorted(line.split("\t")[0] for line in foreseen) == ["changed", "skip", "up to date", "up to date"]
    assert state(out) == before


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 2)
    for name in (".hidden.txt", "~$m1.docx", "Thumbs.db", "regneark.xlsx", ".git/config"):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text("x")
    out = source / "ud"
    done = run("convert", source, "-o", out, "--exclude", "m2*")
    assert sorted(archive(out)) == ["m1.txt.json"]
    assert "1 documents" in done.stderr
    skipped = {"1 lock file", "1 desktop file", "1 .xlsx file", "1 excluded", "2 dotfile"}
    assert all(reason in done.stderr for reason in skipped), done.stderr
    done = run("convert", source, "-o", out, "--include", "*.txt")
    assert sorted(archive(out)) == ["m1.txt.json", "m2.txt.json"]
    assert "1 the output itself" in done.stderr


def test_old_formats_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 1)
    (source / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    done = run("convert", source, "-o", tmp_path / "ud")
    assert done.returncode == 1
    assert "old.doc" in done.stderr
    assert "libreoffice" in done.stderr


ODD = [
    "referat æøå ÆØÅ.txt",
    "--output=INJECTED.txt",
    "-rf.txt",
    "ny\nlinje.txt",
    "esc\x1b[31m.txt",
    "100%s.txt",
    " .txt",
    "uden_endelse",
    "$(touch INJECTED).txt",
    "x.json.txt",
    "a" * 251 + ".txt",
    "æ" * 125 + ".txt",
    "nfd-a\u030a.txt",
    "nfd-å.txt",
    "A.txt",
    "a.txt",
]


def test_odd_names_have_an_output_each_and_stay_odd_nowhere_else(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "ud"
    (source / "sub").mkdir(parents=True)
    names = [os.fsencode(name) for name in ODD] + [b"m\xf8de.txt", b"sub/a.txt", b"sub/a.pdf"]
    for number, name in enumerate(names):
        (source / os.fsdecode(name)).write_text(minutes(number), "utf-8")
    (source / "bad\x1b[31m\n.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = subprocess.run(
        helpers.command("convert", source, "-o", out), capture_output=True, env=helpers.environment(), check=False
    )
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr
    assert b"bad\\x1b[31m\\n.pdf" in done.stderr
    made = archive(out)
    assert len(made) == len(names)
    assert {json.loads(data)["items"][0]["case_number"] for data in made.values()} == {
        f"24/{n:05d}" for n in range(len(names))
    }
    assert all(len(os.fsencode(Path(name).name)) <= 255 for name in made)
    named = {json.loads(data)["source"]["name"] for data in made.values()}
    assert {"m\\xf8de.txt", "a" * 251 + ".txt", "æ" * 125 + ".txt", "nfd-a\u030a.txt", "nfd-å.txt"} <= named
    assert unicodedata.normalize("NFC", "nfd-a\u030a.txt") in named
    assert not list(tmp_path.rglob("INJECTED"))
    (log,) = (row for path, row in rows(out).items() if path.startswith("m"))
    assert (log["path"], bytes.fromhex(log["bytes"])) == ("m\\xf8de.txt", b"m\xf8de.txt")
    before = state(out)
    assert f"{len(names)} up to date" in run("convert", source, "-o", out).stderr
    assert state(out) == before


@pytest.mark.skipif(os.getuid() == 0 and not shutil.which("setpriv"), reason="root reads everything")
def test_each_thing_that_is_no_document_has_its_line(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 1), tmp_path / "ud"
    os.mkfifo(source / "pipe.txt")
    (source / "dangling.pdf").symlink_to("nowhere")
    (source / "loop_a.txt").symlink_to("loop_b.txt")
    (source / "loop_b.txt").symlink_to("loop_a.txt")
    (source / "zero.txt").symlink_to("/dev/zero")
    (source / "up").symlink_to("..")
    (source / "folder.pdf").mkdir()
    (source / "linked.txt").symlink_to("m1.txt")
    done = run("convert", source, "-o", out)
    assert done.returncode == 1
    assert sorted(archive(out)) == ["linked.txt.json", "m1.txt.json"]
    for name in ("pipe.txt", "dangling.pdf", "loop_a.txt", "loop_b.txt", "zero.txt", "up"):
        assert sum(f"/{name}:" in line for line in done.stderr.splitlines()) == 1, name
    assert {n: r["code"] for n, r in rows(out).items() if r["status"] == "error"} == {
        "pipe.txt": "not-a-file",
        "dangling.pdf": "not-found",
        "loop_a.txt": "not-found",
        "loop_b.txt": "not-found",
        "zero.txt": "not-a-file",
    }


def test_what_is_in_the_way_is_not_written_over(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 6), tmp_path / "ud"
    run("convert", source, "-o", tmp_path / "ref")
    run("convert", source, "-o", out)
    good = archive(out)
    victim = tmp_path / "victim"
    victim.write_text("victim")
    (out / "m1.txt.json").unlink()
    (out / "m1.txt.json").symlink_to(victim)
    (out / "m2.txt.json").unlink()
    (out / "m2.txt.json").mkdir()
    (out / "m3.txt.json").write_bytes(good["m3.txt.json"][:200])
    (out / "m4.txt.json").write_text('{"somebody": "else"}')
    (out / "m5.txt.json").write_bytes(good["m5.txt.json"].replace(b"Godkendt.", b"Afvist!!!"))
    done = run("convert", source, "-o", out)
    assert done.returncode == 1
    assert victim.read_text() == "victim"
    assert (out / "m3.txt.json").read_bytes() == good["m3.txt.json"]
    assert json.loads((out / "m4.txt.json").read_text()) == {"somebody": "else"}
    assert b"Afvist!!!" in (out / "m5.txt.json").read_bytes()
    codes = {name: row["code"] for name, row in rows(out).items() if row["status"] == "error"}
    assert codes == {"m1.txt": "not-ours", "m2.txt": "output-blocked", "m4.txt": "not-ours", "m5.txt": "edited"}
    assert run("convert", source, "-o", out, "--force").returncode == 1
    (out / "m2.txt.json").rmdir()
    assert run("convert", source, "-o", out).returncode == 0
    assert victim.read_text() == "victim"
    assert archive(out) == good
    assert not leftovers(out)


def test_a_reformatted_output_is_ours_and_made_anew(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 1), tmp_path / "ud"
    run("convert", source, "-o", out)
    path = out / "m1.txt.json"
    good = path.read_bytes()
    path.write_text(json.dumps(json.loads(good), indent=2, ensure_ascii=False))
    assert run("convert", source, "-o", out).returncode == 0
    assert path.read_bytes() == good


def test_another_set_of_documents_replaces_never_mixes(tmp_path: Path) -> None:
    out = tmp_path / "ud"
    run("convert", corpus(tmp_path / "a", 2), "-o", out)
    other = corpus(tmp_path / "b", 2)
    for path in other.iterdir():
        path.write_text(path.read_text("utf-8").replace("Godkendt", "Udsat"), "utf-8")
    assert "2 converted" in run("convert", other, "-o", out).stderr
    assert all(b"Udsat" in data for data in archive(out).values())


def test_too_many_failures_stop_the_run(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 2), tmp_path / "ud"
    for number in range(9):
        (source / f"bad{number}.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = run("convert", source, "-o", out, "-j", "1", "--max-failures", "2")
    assert done.returncode == 1
    assert sum("[corrupt]" in line for line in done.stderr.splitlines()) == 3
    assert "--max-failures" in done.stderr


def test_outputs_follow_the_umask(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 1), tmp_path / "ud"
    old = os.umask(0o027)
    try:
        run("convert", source, "-o", out)
    finally:
        os.umask(old)
    assert stat.S_IMODE((out / "m1.txt.json").stat().st_mode) == 0o640


def test_two_runs_on_one_output_the_second_refuses(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 90, "SLOW"), tmp_path / "ud"
    first = helpers.start("convert", source, "-o", out, "-j", "1")
    helpers.until(lambda: list(out.glob("*.json")))
    done = run("convert", source, "-o", out)
    assert done.returncode == 4
    assert "another run writes to it" in done.stderr
    assert run("convert", source, "-o", out, "--shard", "1/2").returncode == 4
    first.terminate()
    first.communicate()
    assert first.returncode == 143


def test_a_file_in_place_of_the_output_folder_is_four(tmp_path: Path) -> None:
    (tmp_path / "ud").write_text("x")
    done = run("convert", corpus(tmp_path / "in", 1), "-o", tmp_path / "ud")
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1


def test_without_a_terminal_nothing_moves_and_quiet_is_quiet(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 2)
    assert "\x1b" not in run("convert", source, "-o", tmp_path / "ud").stderr
    assert run("convert", source, "-o", tmp_path / "ud2", "-q").stderr == ""


def test_the_run_log_can_lie_elsewhere(tmp_path: Path) -> None:
    source = corpus(tmp_path / "in", 1)
    run("convert", source, "-o", tmp_path / "ud", "--run-log", tmp_path / "log.jsonl")
    assert json.loads((tmp_path / "log.jsonl").read_text())["path"] == "m1.txt"
    assert not (tmp_path / "ud" / "_run.jsonl").exists()


def test_time_is_of_the_document(tmp_path: Path) -> None:
    source, out = corpus(tmp_path / "in", 3), tmp_path / "ud"
    (source / "m2.txt").write_text(minutes(2) + "Bilag linje.\n" * 5_000, "utf-8")
    run("convert", source, "-o", out)
    log = rows(out)
    assert log["m2.txt"]["milliseconds"] > 5 * log["m3.txt"]["milliseconds"]
