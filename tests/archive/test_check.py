"""Archives checked as a user does it: against themselves and against their sources."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import helpers
import pytest
from helpers import SAMPLES, archive, corpus, minutes, run

from minutes_parser.archive.names import Seen


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("check")
    source = corpus(folder / "in", 6)
    (source / "sub").mkdir()
    (source / "sub" / "referat.pdf").write_bytes((SAMPLES / "edoc" / "referat.pdf").read_bytes())
    (source / ("æ" * 125 + ".txt")).write_text(minutes(9), "utf-8")
    (source / os.fsdecode(b"m\xf8de.txt")).write_text(minutes(10), "utf-8")
    assert run("convert", source, "-o", folder / "ud").returncode == 0
    assert run("convert", source, "-o", folder / "ud.jsonl").returncode == 0
    return source, folder / "ud"


@pytest.fixture
def copied(made: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    for folder in made:
        subprocess.run(["cp", "-a", folder, tmp_path], check=True)
    return tmp_path / "in", tmp_path / "ud"


def validate(*arguments: str | Path) -> tuple[int, list[dict[str, object]], str]:
    done = run("validate", *arguments, "--format", "json", "-j", "1")
    assert "Traceback" not in done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_a_good_archive(made: tuple[Path, Path]) -> None:
    source, out = made
    for paths in ([out], [out / "m1.txt.json"], [f"{out}.jsonl"], [out, f"{out}.jsonl"]):
        code, told, said = validate(*paths)
        assert (code, told) == (0, [])
        assert " fine" in said
    code, told, said = validate(out, "--sources", source)
    assert (code, told) == (0, [])
    assert "9 documents: 9 fine" in said
    code, told, _ = validate(f"{out}.jsonl", "--sources", source)
    assert (code, told) == (0, [])


def test_everything_that_can_be_wrong_between_sources_and_outputs(copied: tuple[Path, Path]) -> None:
    source, out = copied
    path = source / "m1.txt"
    path.write_text(path.read_text("utf-8").replace("Godkendt", "Afvist!!"), "utf-8")
    (source / "m2.txt").unlink()
    (out / "m3.txt.json").unlink()
    (out / "m4.txt.json").write_bytes((out / "m4.txt.json").read_bytes()[:100])
    edited = (out / "m5.txt.json").read_bytes()
    (out / "m5.txt.json").write_bytes(edited.replace(b"Godkendt", b"godkendt"))
    (source / "new.pdf").write_bytes(b"%PDF-1.7 nothing")
    (source / ".hidden.txt").write_text("x")
    run("convert", source / "new.pdf", "--relative-to", source, "-o", out)
    code, told, said = validate(out, "--sources", source)
    assert code == 1
    found = {Path(str(row["file"])).name: row for row in told if row["code"] != "section-text"}
    assert {name: row["code"] for name, row in found.items()} == {
        "m1.txt.json": "source-changed",
        "m2.txt.json": "source-missing",
        "m3.txt": "output-missing",
        "m4.txt.json": "truncated",
        "m5.txt.json": "edited",
        "new.pdf": "output-missing",
    }
    hashes = [
        row["sha256"]
        for row in map(json.loads, (out / "_run.jsonl").read_text().splitlines())
        if row["path"] == "m1.txt"
    ]
    assert hashes[0] in str(found["m1.txt.json"]["message"])
    assert str(found["m1.txt.json"]["message"]).count(hashes[0][:8]) == 1
    assert "[corrupt]" in str(found["new.pdf"]["message"])
    assert "8 documents: 4 fine, 4 with errors; 7 errors" in said
    (source / "m1.txt").write_text(minutes(1), "utf-8")
    code, told, _ = validate(out / "m2.txt.json", out / "m1.txt.json", "--sources", source, "--allow-missing")
    assert {(row["code"], row["severity"]) for row in told} >= {("source-missing", "warning")}


def test_a_source_whose_text_is_read_differently_now(copied: tuple[Path, Path]) -> None:
    """Region and text disagree though nobody touched the source: as when a library changes how it reads."""
    from minutes_parser.write import canonical

    source, out = copied
    path = out / "m1.txt.json"
    document = json.loads(path.read_bytes())
    document["items"][0]["sections"][0]["text"] = "Udsat."
    document["checksum"] = canonical(document)
    path.write_text(json.dumps(document, ensure_ascii=False))
    assert [row["code"] for row in validate(path)[1]] == []
    assert [row["code"] for row in validate(path, "--sources", source)[1] if row["file"] == str(path)] == [
        "section-text"
    ]


def test_a_name_that_leads_out_of_the_sources_is_not_followed(copied: tuple[Path, Path]) -> None:
    from minutes_parser.write import canonical

    source, out = copied
    (source.parent / "secret.txt").write_text(minutes(1), "utf-8")
    document = json.loads((out / "m1.txt.json").read_bytes())
    document["source"]["name"] = "../secret.txt"
    document["checksum"] = canonical(document)
    path = out / "elsewhere.json"
    path.write_text(json.dumps(document, ensure_ascii=False))
    _, told, _ = validate(path, "--sources", source)
    assert "source-missing" in {row["code"] for row in told}


def test_lines_have_their_numbers_and_only_line_feeds_part_them(made: tuple[Path, Path], tmp_path: Path) -> None:
    good = list(archive(made[1]).values())
    odd = good[0].replace(b"Godkendt.", "Godk\u2028endt\x85.".encode())
    lines = [
        good[0].strip(),
        b"",
        good[1].strip() + b"\r",
        odd.strip(),
        good[2].strip()[:300],
        good[0].strip(),
        good[3].strip(),
    ]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(lines))
    code, told, _ = validate(path)
    assert code == 1
    assert [(row["line"], row["code"], row["severity"]) for row in told] == [
        (2, "blank-line", "warning"),
        (4, "edited", "error"),
        (4, "listed-twice", "warning"),
        (5, "truncated", "error"),
        (6, "listed-twice", "warning"),
    ]


def test_stdin_is_lines_or_one_document(made: tuple[Path, Path]) -> None:
    data = (made[1] / "m1.txt.json").read_bytes()
    for piped in (data, data * 2, json.dumps(json.loads(data), indent=2).encode()):
        done = subprocess.run(
            helpers.command("validate", "-", "-j", "1"),
            input=piped,
            capture_output=True,
            env=helpers.environment(),
            check=False,
        )
        assert done.returncode == 0, done.stderr
    bad = subprocess.run(
        helpers.command("validate", "-", "-j", "1"),
        input=data[:99],
        capture_output=True,
        env=helpers.environment(),
        check=False,
    )
    assert bad.returncode == 1


def test_formats_and_exit_codes(made: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "50%, a:b\n.json"
    document = json.loads((made[1] / "m1.txt.json").read_bytes())
    document["more"] = 1
    path.write_text(json.dumps(document))
    text = run("validate", path, "-j", "1")
    assert text.returncode == 1
    assert text.stdout.splitlines()[0].startswith(f"{tmp_path}/50%, a:b\\n.json: error edited its checksum")
    github = run("validate", path, "--format", "github", "-j", "1", "--exit-zero")
    assert github.returncode == 0
    assert github.stdout.startswith(f"::error file={tmp_path}/50%25%2C a%3Ab\\n.json::edited ")
    from minutes_parser.write import canonical

    document["checksum"] = canonical(document)
    path.write_text(json.dumps(document))
    assert run("validate", path, "-j", "1").returncode == 0
    strict = run("validate", path, "-j", "1", "--strict")
    assert strict.returncode == 1
    assert "warning unknown-field more is no field of schema 1.0" in strict.stdout
    assert run("validate", tmp_path / "nowhere").returncode == 2
    assert run("validate").returncode == 2


def test_one_bad_among_many_is_named_and_messages_do_not_grow(tmp_path: Path) -> None:
    for number in range(1200):
        (tmp_path / f"{number}.json").write_text("{}")
    code, told, said = validate(tmp_path)
    assert code == 1
    assert len(told) == 1000
    assert "200 more problems" in said
    assert "1200 documents: 0 fine" in said
    lines = tmp_path / "a.jsonl"
    lines.write_text("{}\n" * 500)
    code, told, said = validate(lines)
    assert len(told) == 100
    assert "400 more problems" in said


def test_what_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "loop.json").symlink_to("loop.json")
    (tmp_path / "gone.jsonl").symlink_to("nowhere")
    code, told, _ = validate(tmp_path)
    assert code == 1
    assert len(told) == 3


def test_a_long_file_of_lines_takes_little_memory(made: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = (made[1] / "sub" / "referat.pdf.json").read_bytes()
    with path.open("wb") as file:
        for _ in range((25 << 20) // len(line)):
            file.write(line)
    measure = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    command = [sys.executable, "-c", measure, *helpers.command("validate", path, "-j", "1", "-q")]
    done = subprocess.run(command, capture_output=True, text=True, env=helpers.environment(), check=True)
    assert int(done.stdout) < 200_000


def test_names_that_were_met_are_kept_small_and_apart() -> None:
    tracemalloc.start()
    seen = Seen()
    assert all(seen.add(f"2024/{number}.pdf") for number in range(50_000))
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 50_000 * 16
    assert peak < 50_000 * 40
    assert all(f"2024/{number}.pdf" in seen and not seen.add(f"2024/{number}.pdf") for number in range(50_000))
    assert not any(f"2025/{number}.pdf" in seen for number in range(50_000))
