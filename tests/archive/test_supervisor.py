"""What a document does to its worker costs that document, and no other."""

from __future__ import annotations

import os
import platform
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import helpers
import pytest

from minutes_parser.archive import supervisor as module
from minutes_parser.archive import syscalls
from minutes_parser.archive.supervisor import Answer, Supervisor, Task, Walls
from minutes_parser.errors import Defect


@pytest.fixture(autouse=True)
def mock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORKER", "mockworker")
    monkeypatch.setenv("PYTHONPATH", str(helpers.HERE))


def task(path: Path) -> Task:
    head = {"do": "convert", "path": str(path), "name": path.name, "standing": "", "failed": "", "look": False}
    return Task(head | {"force": False, "output": None, "temporary": None}, about=path.name)


def drive(workers: Supervisor, tasks: list[Task]) -> dict[str, Answer]:
    waiting = iter(tasks)
    found: dict[str, Answer] = {}
    following = next(waiting, None)
    while following is not None or workers.busy:
        while following is not None and workers.free:
            workers.give(following)
            following = next(waiting, None)
        for answer in workers.wait():
            assert answer.task.about not in found, "a document was answered twice"
            found[str(answer.task.about)] = answer
    return found


def documents(folder: Path, *first: str) -> list[Task]:
    tasks = []
    for number, word in enumerate(first):
        path = folder / f"{number}-{word or 'good'}.txt"
        path.write_text(helpers.minutes(number, word), "utf-8")
        tasks.append(task(path))
    return tasks


@pytest.fixture
def two() -> Iterator[Supervisor]:
    with Supervisor(Walls(timeout=2.0), jobs=2) as workers:
        yield workers


def test_each_misdeed_costs_its_own_document(tmp_path: Path, two: Supervisor) -> None:
    words = ["", "HANG", "", "CRASH", "", "ABORT", "EXIT", "", "MEMORY", "DEFECT", "", "CHATTER", ""]
    answers = drive(two, documents(tmp_path, *words))
    codes = {name.partition("-")[2].removesuffix(".txt"): a.head.get("code") for name, a in answers.items()}
    assert len(answers) == len(words)
    assert codes == {
        "good": None,
        "HANG": "timeout",
        "CRASH": "crash",
        "ABORT": "memory",
        "EXIT": "crash",
        "MEMORY": "memory",
        "DEFECT": "defect",
        "CHATTER": None,
    }
    assert "SIGSEGV" in answers["3-CRASH.txt"].head["reason"]
    assert answers["9-DEFECT.txt"].head["reason"].startswith("ValueError")
    assert "the text of the document" not in str(answers["9-DEFECT.txt"].head)
    assert all(a.payload.startswith(b"{") for a in answers.values() if "code" not in a.head)


def test_a_document_whose_worker_was_killed_is_tried_again(tmp_path: Path, two: Supervisor) -> None:
    answers = drive(two, documents(tmp_path, "", "ONCE", "", "", ""))
    assert [a.head.get("code") for a in answers.values()] == [None] * 5


def test_the_second_try_is_alone_in_a_fresh_process(tmp_path: Path, two: Supervisor) -> None:
    waiting = documents(tmp_path, "ONCE", "SLOW", "SLOW")
    seen: list[set[int]] = []
    for one in waiting[:2]:
        two.give(one)
    given = 2
    while two.busy or given < 3:
        if given < 3 and two.free:
            two.give(waiting[2])
            given = 3
        two.wait(0.05)
        if any(t.tries for t in two.at_work()):
            assert [t.about for t in two.at_work()] == ["0-ONCE.txt"]
            seen.append({w.process.pid for w in two._workers})
        elif not seen:
            before = {w.process.pid for w in two._workers}
    assert seen
    assert all(len(pids) == 1 and not pids & before for pids in seen)


def test_workers_are_replaced_after_enough_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "few.py").write_text(
        "import mockworker\nfrom minutes_parser.archive import workers\nworkers.DOCUMENTS = 3\nworkers.main()\n"
    )
    monkeypatch.setattr(module, "WORKER", "few")
    monkeypatch.setenv("PYTHONPATH", f"{helpers.HERE}{os.pathsep}{tmp_path}")
    pids = set()
    with Supervisor(Walls(), jobs=1) as workers:
        for one in documents(tmp_path, *[""] * 7):
            workers.give(one)
            pids.add(workers._workers[0].process.pid)
            assert "code" not in workers.wait_for_one().head
    assert len(pids) == 3


def test_nothing_is_left_when_it_closes(tmp_path: Path) -> None:
    workers = Supervisor(Walls(), jobs=2)
    for one in documents(tmp_path, "HANG", "SLOW"):
        workers.give(one)
    pids = [w.process.pid for w in workers._workers]
    helpers.until(lambda: workers.wait(0.1))
    began = time.monotonic()
    workers.close()
    assert time.monotonic() - began < 2
    assert not any(helpers.alive(pid) for pid in pids)


def test_a_worker_that_never_gets_ready_holds_up_no_document(tmp_path: Path, two: Supervisor) -> None:
    ready, stuck, *rest = documents(tmp_path, "", "", "", "")
    two.ask(ready)
    two.give(documents(tmp_path, "SLOW")[0])
    two.give(stuck)
    os.kill(two._workers[1].process.pid, signal.SIGSTOP)
    began = time.monotonic()
    assert len(drive(two, rest)) == len(rest) + 2
    assert time.monotonic() - began < 5


def test_a_pause_of_ours_is_nobodys_time(tmp_path: Path) -> None:
    """Stopped for longer than the limit (Ctrl-Z, a lid), the parent does not blame the document in work."""
    with Supervisor(Walls(timeout=3.5), jobs=1) as workers:
        (one,) = documents(tmp_path, "SLOW")
        workers.give(one)
        helpers.until(lambda: workers._workers[0].ready or workers.wait(0.05))
        worker = workers._workers[0].process.pid
        os.kill(worker, signal.SIGSTOP)
        time.sleep(4)
        os.kill(worker, signal.SIGCONT)
        assert "code" not in workers.wait_for_one().head


def test_workers_that_do_not_start_are_the_installations_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORKER", "no_such_module")
    with Supervisor(Walls(), jobs=2) as workers, pytest.raises(Defect, match="no-worker"):
        drive(workers, documents(tmp_path, "", "", ""))


def test_a_worker_gets_no_secrets_and_no_core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINUTES_PARSER_PASSWORD", "kodeord")
    monkeypatch.setenv("CMAP_PATH", "/tmp")
    with Supervisor(Walls(), jobs=1, label="mærke") as workers:
        (one,) = documents(tmp_path, "SLOW")
        workers.give(one)
        helpers.until(lambda: workers.wait(0.05) or workers._workers[0].ready)
        process = Path(f"/proc/{workers._workers[0].process.pid}")
        assert b"kodeord" not in (process / "environ").read_bytes()
        assert b"CMAP_PATH" not in (process / "environ").read_bytes()
        assert "mærke".encode() in (process / "cmdline").read_bytes()
        limits = {line[:26].strip(): line[26:].split()[:2] for line in (process / "limits").read_text().splitlines()}
        assert limits["Max core file size"] == ["0", "0"]
        assert limits["Max address space"] == [str(2 << 30)] * 2


@pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="no filter for this machine's calls")
def test_a_worker_opens_no_connection_and_starts_no_program(tmp_path: Path, two: Supervisor) -> None:
    answers = drive(two, documents(tmp_path, "ESCAPE", ""))
    if not two.shut:
        pytest.skip("this kernel takes no filter")
    assert [a.head.get("code") for a in answers.values()] == [None, None]
    assert not list(tmp_path.glob("*.escaped*"))


def test_a_worker_that_needs_the_network_or_a_program_may(tmp_path: Path) -> None:
    with Supervisor(Walls(shut=False)) as workers:
        (one,) = documents(tmp_path, "ESCAPE")
        assert workers.ask(one).head["code"] == "crash"  # it became another program
        assert not workers.shut
    assert len(list(tmp_path.glob("*.escaped*"))) == 4


@pytest.mark.parametrize(
    ("machine", "header"),
    [
        ("x86_64", "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
        ("aarch64", "/usr/include/asm-generic/unistd.h"),
    ],
)
def test_the_numbers_are_the_kernels(machine: str, header: str) -> None:
    if not Path(header).exists():
        pytest.skip("the kernel's headers are not installed")
    words = [line.split() for line in Path(header).read_text().splitlines()]
    told = {w[1]: int(w[2]) for w in words if len(w) > 2 and w[1].startswith("__NR_") and w[2].isdigit()}
    _, seccomp, refused = syscalls.MACHINES[machine]
    assert {f"__NR_{name}": number for name, number in refused.items()}.items() <= told.items()
    assert told["__NR_seccomp"] == seccomp
