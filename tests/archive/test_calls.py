"""What the commands ask of the kernel: every write may fail once, outputs are synced before they are renamed, and
nothing goes to a network, to another program or to another place."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import helpers
import pytest
from bombs import LINE, RELATIONS, W, body, docx
from helpers import archive, corpus, leftovers, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("calls") / "in", 4)


def traced(options: Sequence[str | Path], source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["strace", "-f", "-qq", *options, *helpers.command("convert", source, "-o", out, "-j", "1")],
        capture_output=True,
        text=True,
        env=helpers.environment(),
        check=False,
    )


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("call", ["fsync", "rename,renameat,renameat2", "write", "openat"])
def test_a_call_that_fails_once_costs_no_document(
    tmp_path: Path, source: Path, undisturbed: dict[str, bytes], call: str, error: str
) -> None:
    """SQLite's method: the n-th call on the output fails, for several n; the next run ends in the same archive."""
    for number in (1, 2, 3, 5, 8):
        out = tmp_path / str(number)
        inject: list[str | Path] = [
            "-o",
            "/dev/null",
            "-e",
            "trace=none",
            "-P",
            out,
            "-e",
            f"inject={call}:error={error}:when={number}",
        ]
        done = traced(inject, source, out)
        assert done.returncode in (0, 1, 4), (number, done.stderr)
        assert "Traceback" not in done.stderr
        if out.exists():
            archive(out)
        assert run("convert", source, "-o", out).returncode == 0
        assert archive(out) == undisturbed
        assert not leftovers(out)


def test_each_output_is_synced_before_it_is_renamed(tmp_path: Path, source: Path) -> None:
    log = tmp_path / "log"
    done = traced(["-y", "-o", log, "-e", "trace=fsync,fdatasync,rename,renameat,renameat2"], source, tmp_path / "ud")
    assert done.returncode == 0
    synced, renamed = set(), []
    for line in log.read_text().splitlines():
        if found := re.search(r"f(?:data)?sync\(\d+<([^>]*)>", line):
            synced.add(Path(found[1]).name)
        if found := re.search(r'rename(?:at2?)?\((?:AT_FDCWD<[^>]*>, )?"([^"]*)", .*\.json"', line):
            renamed.append(Path(found[1]).name)
            assert renamed[-1] in synced
    assert len(renamed) == 4


def test_no_network_no_program_and_nothing_written_elsewhere(tmp_path: Path) -> None:
    source, out, log = corpus(tmp_path / "in", 2), tmp_path / "ud", tmp_path / "log"
    canary = tmp_path / "canary.txt"
    canary.write_text("never to be opened")
    outside = RELATIONS.replace(b'Target="word/document.xml"', b'Target="file://%s"' % str(canary).encode())
    more = {"word/_rels/document.xml.rels": outside, f"../../{tmp_path}/canary.txt": b"overwritten"}
    (source / "a.docx").write_bytes(docx(body(LINE), more))
    entity = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file://%s">]><w:document %s>&e;</w:document>'
    (source / "b.docx").write_bytes(docx(entity % (str(canary).encode(), W)))
    page = f'<base href="http://127.0.0.1:9/"><img src="a.png"><iframe src="file://{canary}"></iframe><h1>Referat</h1>'
    (source / "c.html").write_text(page)
    names = "trace=socket,connect,sendto,execve,execveat,openat,creat,unlink,rename,mkdir"
    done = traced(["-o", log, "-e", names], source, out)
    assert done.returncode == 1, done.stderr
    calls = log.read_text().splitlines()
    assert not [line for line in calls if "AF_INET" in line]
    assert not [line for line in calls if "execve" in line and "ENOENT" not in line and "python" not in line]
    assert not [line for line in calls if "canary.txt" in line]
    assert canary.read_text() == "never to be opened"
    written = [line for line in calls if re.search(r"O_WRONLY|O_RDWR|creat\(|mkdir\(", line) and "ENOENT" not in line]
    allowed = (str(out), "/dev/null", "/dev/tty", "/proc/self/", "__pycache__")
    assert [line for line in written if not any(place in line for place in allowed)] == []


def test_without_any_network(tmp_path: Path, source: Path, undisturbed: dict[str, bytes]) -> None:
    command = ["unshare", "-n", *helpers.command("convert", source, "-o", tmp_path / "ud", "-j", "2")]
    done = subprocess.run(command, capture_output=True, text=True, env=helpers.environment(), check=False)
    if "unshare" in done.stderr:
        pytest.skip("no right to part from the network")
    assert done.returncode == 0, done.stderr
    assert archive(tmp_path / "ud") == undisturbed
