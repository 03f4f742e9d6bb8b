"""Workers kept at work: a file that hangs, crashes or eats memory costs itself and nothing else.

Each worker is a process of its own with one document at a time. A worker that dies gets its document a second try,
alone in a fresh process; one that passes its time is killed and replaced. No pool of the standard library does this:
measured, one dead worker fails or hangs all that wait.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from minutes_parser.archive.frames import BadFrame, Frames, Head, pack
from minutes_parser.errors import Defect

START_SECONDS = 120.0
"""What a worker may take to be ready; half a second on an idle machine."""
STARTS = 5
"""Workers that may die one after another before they were ready; then the installation is at fault, not a document."""
TURN = 1.0
"""Seconds that the loop waits at most; a turn that takes much longer means that we were stopped (Ctrl-Z, a lid)."""
WORKER = "minutes_parser.archive.workers"
"""The module that workers run."""
_MYSELF = "/proc/self/exe"
_KEPT = ("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT")
_KEPT_FAMILIES = ("PYTHON", "LC_", "LD_", "DYLD_")


@dataclass(slots=True)
class Task:
    """What a worker is told (`head`, `payload`), and whose answer it will be (`about`)."""

    head: Head
    payload: bytes = b""
    about: object = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a task; a failure has `code` in its head."""

    task: Task
    head: Head
    payload: bytes = b""


@dataclass(frozen=True, slots=True)
class Walls:
    """What a worker may take, and what it is told at the start."""

    timeout: float = 120.0
    """Seconds for one document."""
    memory: int = 2 << 30
    """Bytes of address space."""
    options: Head = field(default_factory=dict)
    limits: Head = field(default_factory=dict)
    environment: bool = False
    """Whether workers see the whole environment: object stores keep their keys there."""
    shut: bool = True
    """Whether the kernel is asked to refuse workers connections and programs; not where they need one of them."""


@dataclass(slots=True, eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    channel: socket.socket
    frames: Frames
    deadline: float
    ready: bool = False
    task: Task | None = None


class Supervisor:
    """Has at most `jobs` workers; `give` them tasks while one is `free`, and `wait` for answers, which come in no order.

    `label` stands in the workers' command lines, for people who read `ps`. Close it, or use it in a `with`:
    no worker outlives it, nor, where the system can promise that, this process.
    """

    def __init__(self, walls: Walls, jobs: int = 1, label: str = "") -> None:
        self.walls = walls
        self.jobs = jobs
        self._command = [sys.executable, "-P", "-m", WORKER]
        self._label = label
        self._workers: list[_Worker] = []
        self._dying: list[subprocess.Popen[bytes]] = []
        self._selector = selectors.DefaultSelector()
        self._suspects: deque[Task] = deque()
        self._returned: deque[Task] = deque()
        self._alone = False
        self._failed_starts = 0
        self._turn = time.monotonic()
        self.shut = False
        """Whether the kernel keeps the newest worker from networks and programs."""

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> None:
        """Start a worker now; it gets ready while the caller goes on."""
        if not self._workers:
            self._start()

    def ask(self, task: Task) -> Answer:
        """One task, answered."""
        self.give(task)
        return self.wait_for_one()

    def wait_for_one(self) -> Answer:
        """The answer to the one task that was given."""
        while not (answers := self.wait()):
            pass
        return answers[0]

    @property
    def free(self) -> bool:
        """Whether a task given now would be begun now."""
        if self._alone or self._returned:
            return False
        return len(self._workers) < self.jobs or any(worker.task is None for worker in self._workers)

    @property
    def busy(self) -> bool:
        """Whether a task was given that is not answered."""
        return bool(self._suspects or self._returned or any(True for _ in self.at_work()))

    def give(self, task: Task) -> None:
        """Have a task done; only when there is a `free` worker."""
        idle = [worker for worker in self._workers if worker.task is None]
        self._hand(next((w for w in idle if w.ready), None) or next(iter(idle), None) or self._start(), task)

    def wait(self, seconds: float = TURN) -> list[Answer]:
        """The answers that come within `seconds`, as soon as there is one.

        Documents whose workers died are tried again when no other is in work.
        """
        while (
            self._returned
            and not self._alone
            and (any(w.task is None for w in self._workers) or len(self._workers) < self.jobs)
        ):
            self.give(self._returned.popleft())
        if self._suspects and not any(True for _ in self.at_work()):
            self._second_try(self._suspects.popleft())
        self._pass_on()
        answers = list(self._listen(min(seconds, TURN)))
        now = time.monotonic()
        if now - self._turn > TURN + 2:  # we stood still ourselves: nobody's time was used up
            for worker in self._workers:
                worker.deadline += now - self._turn
        self._turn = now
        answers += self._overdue(now)
        return answers

    def close(self) -> None:
        """Kill all workers and wait for them."""
        for worker in list(self._workers):
            self._bury(worker)
        deadline = time.monotonic() + 1.5
        while self._dying and time.monotonic() < deadline:
            self._reap()
            time.sleep(0.002)
        self._selector.close()

    def at_work(self) -> Iterator[Task]:
        """The tasks that workers have in hand."""
        return (worker.task for worker in self._workers if worker.task is not None)

    def _pass_on(self) -> None:
        """What waits for a worker to get ready goes to one that has nothing to do: it may never get ready."""
        idle = [worker for worker in self._workers if worker.ready and worker.task is None]
        for worker in [w for w in self._workers if not w.ready and w.task is not None][: len(idle)]:
            task, worker.task = worker.task, None
            if task is not None:
                self._hand(idle.pop(), task)

    def _second_try(self, suspect: Task) -> None:
        """A suspect gets a fresh process while nobody else works: what kills it now is its own doing."""
        for worker in list(self._workers):
            self._bury(worker)
        self._alone = True
        self._hand(self._start(), suspect)

    def _start(self) -> _Worker:
        try:
            ours, theirs = socket.socketpair()
            with theirs:
                process = self._spawn(theirs.fileno())
        except OSError as error:
            reason = f"cannot be started: {error.strerror}"
            raise Defect("workers", "no-worker", reason, "run: minutes-parser doctor") from None
        worker = _Worker(process, ours, Frames(), time.monotonic() + START_SECONDS)
        self._workers.append(worker)
        self._selector.register(ours, selectors.EVENT_READ, worker)
        walls = self.walls
        self._send(
            worker,
            pack({"memory": walls.memory, "options": walls.options, "limits": walls.limits, "shut": walls.shut}),
        )
        return worker

    def _spawn(self, channel: int, executable: str | None = None) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                [*self._command, str(channel), str(os.getpid()), self._label],
                executable=executable,
                pass_fds=[channel],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(everything=self.walls.environment),
            )
        except (FileNotFoundError, PermissionError):
            if executable is not None or not os.path.exists(_MYSELF):
                raise
            return self._spawn(channel, _MYSELF)  # the path is gone or closed to us, the program that runs is not

    def _hand(self, worker: _Worker, task: Task) -> None:
        worker.task = task
        if worker.ready:  # else it gets it, and its time begins, when it says so
            worker.deadline = time.monotonic() + self.walls.timeout
            self._send(worker, pack(task.head, task.payload))

    def _send(self, worker: _Worker, data: bytes) -> None:
        """All of it; a worker that does not take it in is dead, and its end of the pipe says so soon."""
        worker.channel.settimeout(max(0.1, worker.deadline - time.monotonic()))
        with contextlib.suppress(OSError):
            worker.channel.sendall(data)
        worker.channel.settimeout(0)

    def _listen(self, seconds: float) -> Iterator[Answer]:
        now = time.monotonic()
        first = min((w.deadline for w in self._workers if w.task is not None or not w.ready), default=now + seconds)
        for key, _ in self._selector.select(min(seconds, max(0.0, first - now))):
            worker: _Worker = key.data
            try:
                data = worker.channel.recv(1 << 20)
                frames = worker.frames.feed(data)
            except BlockingIOError:
                continue
            except (OSError, BadFrame):
                data, frames = b"", []
            for head, payload in frames:
                if (answer := self._heard(worker, head, payload)) is not None:
                    yield answer
            if not data and worker in self._workers:
                yield from self._died(worker)
        self._reap()

    def _heard(self, worker: _Worker, head: Head, payload: bytes) -> Answer | None:
        if not worker.ready:
            worker.ready = True
            self.shut = bool(head.get("shut"))
            self._failed_starts = 0
            if worker.task is not None:
                self._hand(worker, worker.task)
            return None
        task, worker.task = worker.task, None
        self._alone = False
        if head.pop("last", False):
            self._bury(worker)
        return Answer(task, head, payload) if task is not None else None

    def _died(self, worker: _Worker) -> Iterator[Answer]:
        """The other end is closed: a first death makes its document a suspect, a second one condemns it."""
        task = worker.task
        status, resident = _ended(worker.process, 1.0) or (0, 0)
        self._bury(worker)
        if not worker.ready:
            self._unready(worker, _ending(status))
        elif task is not None and task.tries == 0:
            task.tries = 1
            self._suspects.append(task)
        elif task is not None:
            self._alone = False
            yield Answer(task, _death(status, resident, self.walls.memory))

    def _overdue(self, now: float) -> Iterator[Answer]:
        for worker in [w for w in self._workers if w.deadline <= now and (w.task is not None or not w.ready)]:
            self._bury(worker)
            if not worker.ready:
                self._unready(worker, f"not ready after {START_SECONDS:g} seconds")
            elif worker.task is not None:
                self._alone = False
                reason = f"not finished within {self.walls.timeout:g} seconds"
                yield Answer(worker.task, _failure("timeout", reason, "--timeout gives it more time"))

    def _unready(self, worker: _Worker, how: str) -> None:
        """Its document waits for another worker, up to a point: then it is the installation."""
        self._failed_starts += 1
        if self._failed_starts >= STARTS:
            raise Defect(
                "workers", "no-worker", f"they end before they are ready ({how})", "run: minutes-parser doctor"
            )
        if worker.task is not None:
            (self._suspects if self._alone else self._returned).appendleft(worker.task)
        self._alone = False

    def _bury(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        self._selector.unregister(worker.channel)
        worker.channel.close()
        with contextlib.suppress(OSError):
            worker.process.kill()
        self._dying.append(worker.process)

    def _reap(self) -> None:
        self._dying = [process for process in self._dying if _ended(process, 0.0) is None]


def _environment(*, everything: bool) -> dict[str, str]:
    """What a worker needs of our environment: no keys, no passwords, no folder that pdfminer would read code maps from."""
    return {
        name: value
        for name, value in os.environ.items()
        if (everything or name in _KEPT or name.startswith(_KEPT_FAMILIES)) and name != "CMAP_PATH"
    }


def _ended(process: subprocess.Popen[bytes], seconds: float) -> tuple[int, int] | None:
    """Exit status (negative: the signal) and peak memory in bytes of a process that ends within `seconds`."""
    deadline = time.monotonic() + seconds
    while process.returncode is None:
        try:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        except ChildProcessError:
            process.returncode = 0
            return 0, 0
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        if time.monotonic() >= deadline:
            return None
        time.sleep(0.001)
    return process.returncode, 0


def _ending(status: int) -> str:
    if status >= 0:
        return f"exit {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def _death(status: int, resident: int, memory: int) -> Head:
    """What a worker died of. PDFium answers a refusal of memory with SIGABRT."""
    if status == -signal.SIGABRT or resident > memory // 2:
        return _failure("memory", "it needs more memory than a document may take", "--max-memory gives more")
    return _failure(
        "crash", f"its process died twice ({_ending(status)})", "a mistake of a library; get the document anew"
    )


def _failure(code: str, reason: str, advice: str) -> Head:
    return {"status": "error", "name": "", "code": code, "reason": reason, "advice": advice, "exit_code": 1}
