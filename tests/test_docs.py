"""The README's commands run and print what it says."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from minutes_parser.kinds import Code

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
GUIDES = [README, *(path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md")))]


def commands() -> list[tuple[str, str]]:
    found = []
    for block in (b for guide in GUIDES for b in re.findall(r"```console\n(.*?)```", guide, re.DOTALL)):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize(("command", "output"), commands(), ids=[c[:50] for c, _ in commands()])
def test_command(command: str, output: str, tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    if output:
        assert done.stdout == output


def test_python_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    block = "".join(re.findall(r"```python\n(.*?)```", README, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", "".join(GUIDES), re.DOTALL))
def test_every_vocabulary_that_is_shown_is_right(block: str, tmp_path: Path) -> None:
    from minutes_parser.pipeline import examine

    path = tmp_path / "mine.toml"
    path.write_text(block, "utf-8")
    assert examine([path]) == []


def test_every_finding_is_explained() -> None:
    text = (ROOT / "docs" / "findings.md").read_text("utf-8")
    assert [code for code in Code if f"`{code.value}`" not in text] == []


def test_schema_file_is_the_models() -> None:
    from minutes_parser.schema import json_schema

    assert (ROOT / "schemas" / "minutes.schema.json").read_text("utf-8") == json_schema()


def test_every_problem_that_validate_finds_is_explained() -> None:
    text = (ROOT / "docs" / "validation.md").read_text("utf-8")
    sources = [
        *(ROOT / "src" / "minutes_parser" / "validate").glob("*.py"),
        *(ROOT / "src" / "minutes_parser" / "archive").glob("*.py"),
    ]
    made = re.compile(r'(?:Problem|warning|_row)\(\s*"([a-z-]+)"')
    codes = {code for path in sources for code in made.findall(path.read_text("utf-8"))}
    assert len(codes) > 25
    assert [code for code in sorted(codes) if f"`{code}`" not in text] == []


def test_every_limit_is_an_option_that_a_message_can_name() -> None:
    from dataclasses import fields

    from minutes_parser.findings import Limits

    names = {field.name for field in fields(Limits)}
    told = {n for p in (ROOT / "src").rglob("*.py") for n in re.findall(r"--limit ([a-z_]+)=N", p.read_text("utf-8"))}
    assert len(told) > 5
    assert told <= names


def test_the_hook_checks_documents(tmp_path: Path) -> None:
    entry = re.search(r"entry: (.+)", (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert entry is not None
    command, *arguments = entry[1].split()
    sample = ROOT / "samples" / "web" / "referat.html.json"
    changed = tmp_path / "changed.json"
    changed.write_bytes(sample.read_bytes().replace(b"Godkendelse", b"Afvisning"))
    for documents, code in (([sample], 0), ([sample, changed], 1)):
        run = [Path(sys.executable).with_name(command), *arguments, *documents]
        done = subprocess.run(run, capture_output=True, check=False)
        assert done.returncode == code, done.stdout
