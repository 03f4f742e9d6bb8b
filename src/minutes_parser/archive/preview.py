"""What a run would do, without doing it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator

from minutes_parser import __version__
from minutes_parser.archive import outputs, remote
from minutes_parser.archive.buckets import Kept
from minutes_parser.archive.found import Found
from minutes_parser.archive.journal import Journal
from minutes_parser.archive.names import output_name
from minutes_parser.archive.plan import Decision, Planner, Verdict, made_by, options_of
from minutes_parser.archive.supervisor import Walls
from minutes_parser.errors import MinutesError
from minutes_parser.vocabulary.words import current


def foresee(
    found: Iterable[Found], folder: str | None, log: str, walls: Walls, *, force: bool, retry_failed: bool
) -> Iterator[tuple[str, str, str]]:
    """Yield (state, path, reason) for each document: `new`, `changed`, `up to date`, `failed before`, `failed`, `skip`.

    Writes nothing; reads a source only where nothing but its bytes can tell whether it changed.
    """
    there = remote.Standing() if remote.is_url(folder) else outputs.standing
    kept = Kept(log)
    journal = Journal(kept.log, writing=False)
    planner = Planner(journal, folder, there, walls, force, retry_failed, made_by(walls))
    for one in found:
        if one.skipped:
            yield "skip", one.path, one.skipped
        elif one.problem is not None:
            yield "failed", one.path, one.problem[1]
        else:
            decision = planner.decide(one)
            state, reason = str(decision.verdict), ""
            if decision.verdict is Verdict.ASK:
                state, reason = _asked(one, decision, folder, walls)
            elif decision.verdict is Verdict.FAILED_BEFORE and decision.row is not None:
                reason = str(decision.row.get("message") or "")
            yield state, one.path, reason
    journal.close()
    kept.drop()


def _asked(one: Found, decision: Decision, folder: str | None, walls: Walls) -> tuple[str, str]:
    """What the source's bytes say."""
    options = options_of(walls)
    task = {
        "standing": decision.standing,
        "failed": decision.failed,
        "look": decision.look,
        "force": False,
        "output": None if folder is None else os.path.join(folder, output_name(one.name)),
    }
    try:
        data, _ = remote.read_document(one.path, options.limits.bytes)
        made = outputs.Made(hashlib.sha256(data).hexdigest(), __version__, current().version, options.changed())
        state, _ = outputs.question(task, made, remote.read_standing)
    except MinutesError as error:
        return "failed", error.reason
    return {"same": "up to date", "failed-before": "failed before"}.get(state, "changed"), ""
