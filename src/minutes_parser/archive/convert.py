"""Convert what is new or changed, leave alone what is up to date, lose nothing, and be able to go on at any point."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from minutes_parser.archive.found import Found
from minutes_parser.archive.frames import Head
from minutes_parser.archive.journal import Journal, Row
from minutes_parser.archive.plan import RETRIED, Decision, Planner, Verdict, made_by, settled_stat
from minutes_parser.archive.remote import is_url, read_document
from minutes_parser.archive.sinks import Sink, failures
from minutes_parser.archive.supervisor import Answer, Supervisor, Task, Walls
from minutes_parser.archive.walk import folded
from minutes_parser.errors import MinutesError
from minutes_parser.findings import Limits
from minutes_parser.source import printable_name

MESSAGE = 500
"""Characters of a message in the run log."""
_FATAL = (2, 3, 4)
"""Exit codes of failures that no document is to blame for: the next would fail alike."""
STRIDE = 100
"""Documents that are looked at before the workers' answers are heard again."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is to be done."""

    walls: Walls = field(default_factory=Walls)
    jobs: int = 1
    force: bool = False
    retry_failed: bool = False
    max_failures: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a document: `state` is converted, up to date, failed, failed before or skipped."""

    state: str
    path: str
    row: Row = field(default_factory=dict)
    reason: str = ""
    loud: bool = False


@dataclass(slots=True)
class Totals:
    """The account of a run; every document that was found is in exactly one of the first four."""

    converted: int = 0
    up_to_date: int = 0
    failed: int = 0
    failed_before: int = 0
    partial: int = 0
    other: int = 0
    """Of the converted: those that are no minutes."""
    skipped: Counter[str] = field(default_factory=Counter)
    stopped: bool = False
    """Whether the run ended because of too many failures."""

    @property
    def documents(self) -> int:
        return self.converted + self.up_to_date + self.failed + self.failed_before


class Fatal(MinutesError):
    """The run cannot go on, and no document is to blame: the output cannot be written, a vocabulary is wrong."""

    def __init__(self, name: str, code: str, reason: str, advice: str, exit_code: int) -> None:
        super().__init__(name, code, reason, advice)
        self.args = (name, code, reason, advice, exit_code)
        self.exit_code = exit_code


@dataclass(slots=True)
class _Pending:
    found: Found
    decision: Decision
    index: int
    target: Head


class Run:
    """One run on an output whose sink is open; use it in a `with`: what is half done when it ends leaves no trace."""

    def __init__(self, settings: Settings, sink: Sink) -> None:
        self.settings = settings
        self.totals = Totals()
        self._sink = sink
        self._finished = False
        self._index = 0
        self._failures: set[str] = set()
        self._journal = Journal(sink.log)
        walls = settings.walls
        self._planner = Planner(
            self._journal, sink.folder, sink.standing, walls, settings.force, settings.retry_failed, made_by(walls)
        )
        self._supervisor = Supervisor(walls, settings.jobs, sink.log)

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self._supervisor.close()
        try:
            for one in self._sink.settled(wait=True):
                if one.error is None:
                    self._journal.add(one.row)
            if self._finished:
                self._journal.prune(self._failures)
                self._journal.compact()
                self._journal.list_failures(failures(self._sink.log))
            self._journal.close()
        except MinutesError:
            if self._finished:
                raise
        finally:
            self._sink.close(finished=self._finished and not self.totals.stopped)

    def events(self, found: Iterable[Found]) -> Iterator[Event]:
        """Yield what becomes of each document as it is known. Raises `MinutesError` when the run cannot go on."""
        coming = iter(folded(found) if self._sink.folds_case else found)
        dry = False
        while not self.totals.stopped:
            for _ in range(STRIDE):
                if dry or not self._free():
                    break
                one = next(coming, None)
                if one is None:
                    dry = True
                elif (event := self._begin(one)) is not None:
                    yield event
            if dry and not self._supervisor.busy:
                break
            for answer in self._supervisor.wait(0 if not dry and self._free() else 1):
                if (event := self._answered(answer)) is not None:
                    yield event
            yield from self._settled(wait=False)
        yield from self._settled(wait=True)
        self._finished = True

    def _free(self) -> bool:
        return self._supervisor.free and self._sink.room()

    def _begin(self, one: Found) -> Event | None:
        """What is known of a document at once; None when a worker was asked."""
        if one.skipped:
            self.totals.skipped[one.skipped] += 1
            return Event("skipped", one.path, reason=one.skipped, loud=one.loud)
        index, self._index = self._index, self._index + 1
        if one.problem is not None:
            code, reason = one.problem
            self._sink.drop(index, {})
            return self._failed(one, {"code": code, "reason": reason, "advice": ""})
        decision = self._planner.decide(one)
        row = decision.row
        if decision.verdict is Verdict.FAILED_BEFORE and row is not None:
            self._sink.drop(index, {})
            return self._failed_before(one, row)
        if decision.verdict is Verdict.UP_TO_DATE and row is not None and self._sink.stands(row):
            self._sink.keep(index, row, {})
            self.totals.up_to_date += 1
            return Event("up to date", one.path, row)
        target = self._sink.target(one.name)
        head = {
            "do": "convert",
            "path": one.path,
            "name": printable_name(one.name),
            "standing": decision.standing if row is None or self._sink.stands(row) else "",
            "failed": decision.failed,
            "look": decision.look,
            "force": self.settings.force,
            **target,
        }
        self._supervisor.give(Task(head, about=_Pending(one, decision, index, target)))
        return None

    def _answered(self, answer: Answer) -> Event | None:
        """What a worker's answer means; None when the document still has to get to its place."""
        pending = answer.task.about
        assert isinstance(pending, _Pending)
        one, head, old = pending.found, answer.head, pending.decision.row
        if "code" in head:
            self._sink.drop(pending.index, pending.target)
            if head["exit_code"] in _FATAL:
                raise Fatal(head["name"], head["code"], head["reason"], head["advice"], head["exit_code"])
            if head["code"] in RETRIED and "sha256" not in head:
                head |= self._hashed(one)
            return self._failed(one, head)
        if head["state"] == "written":
            row = self._row(one, head) | ({"output_stat": head["output_stat"]} if "output_stat" in head else {})
            self._sink.put(pending.index, row, pending.target, answer.payload)
            return None
        if head["state"] == "failed-before" and old is not None:
            self._sink.drop(pending.index, pending.target)
            self._journal.add(old | {"source_stat": settled_stat(head["source_stat"])})
            return self._failed_before(one, old)
        known = old is not None and old.get("made_by") == self._planner.made_by and old["sha256"] == head["sha256"]
        row = (old if known and old is not None else self._row(one, head)) | {
            "source_stat": settled_stat(head["source_stat"])
        }
        if pending.target["output"] is not None:
            row["output_stat"] = self._sink.standing(pending.target["output"])
        self._sink.keep(pending.index, row, pending.target)
        self._journal.add(row)
        self.totals.up_to_date += 1
        return Event("up to date", one.path, row)

    def _settled(self, *, wait: bool) -> Iterator[Event]:
        for one in self._sink.settled(wait=wait):
            row = one.row
            if one.error is None:
                self._journal.add(row)
                if one.fresh:
                    self.totals.converted += 1
                    self.totals.partial += row["status"] == "partial"
                    self.totals.other += row["kind"] == "other"
                    yield Event("converted", row["path"], row)
            elif one.error.exit_code in _FATAL:
                raise one.error
            else:
                error = one.error
                row |= {"code": error.code, "reason": error.reason, "advice": error.advice}
                yield self._failed(Found(row["path"], row["path"]), row)

    def _hashed(self, one: Found) -> Head:
        """What the worker that died could not say any more: which bytes they were."""
        with contextlib.suppress(MinutesError):
            data, found = read_document(one.path, Limits(**self.settings.walls.limits).bytes)
            return {"sha256": hashlib.sha256(data).hexdigest(), "source_stat": found}
        return {}

    def _failed(self, one: Found, head: Head) -> Event:
        walls = self.settings.walls
        row = self._row(one, head | {"status": "error"}) | {"walls": [walls.timeout, walls.memory]}
        if not is_url(one.path):
            row["source"] = printable_name(os.path.abspath(one.path))
        self._journal.add(row)
        self._failures.add(printable_name(one.name))
        self.totals.failed += 1
        most = self.settings.max_failures
        self.totals.stopped = most is not None and self.totals.failed > most
        return Event("failed", one.path, row)

    def _failed_before(self, one: Found, row: Row) -> Event:
        self.totals.failed_before += 1
        self._failures.add(printable_name(one.name))
        return Event("failed before", one.path, row)

    def _row(self, one: Found, head: Head) -> Row:
        """The run log's line, in the order that people read it; what only the next run needs stands last."""
        reason = head.get("reason")
        if reason and head.get("advice"):
            reason = f"{reason}; {head['advice']}"
        return {
            "path": one.name,
            "status": head["status"],
            "code": head.get("code"),
            "message": reason[:MESSAGE] if reason else None,
            "sha256": head.get("sha256"),
            "kind": head.get("kind"),
            "items": head.get("items"),
            "findings": head.get("findings"),
            "pages": head.get("pages"),
            "milliseconds": head.get("milliseconds"),
            "peak_mb": head.get("peak_mb"),
            "made_by": self._planner.made_by,
            "source_stat": settled_stat(head["source_stat"]) if head.get("source_stat") else None,
        }
