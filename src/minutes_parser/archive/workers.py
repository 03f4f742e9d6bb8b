"""The process that reads documents, one after another, for a parent that watches the clock.

It says `ready`, answers each task with one frame, and leaves when the parent does or when it has done enough.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator

from minutes_parser import __version__
from minutes_parser.archive import bounds, outputs, remote, syscalls
from minutes_parser.archive.frames import Frames, Head, pack
from minutes_parser.errors import Defect, LimitReached, MinutesError
from minutes_parser.findings import Limits, Options
from minutes_parser.kinds import Code, Severity
from minutes_parser.model import Minutes
from minutes_parser.pipeline import explain, extract, load, meetings
from minutes_parser.source import Source
from minutes_parser.text import listing
from minutes_parser.vocabulary.words import current, use
from minutes_parser.write import to_json

DOCUMENTS = 1000
"""Documents after which a worker is replaced."""
RESIDENT = 300
"""Megabytes after which a worker is replaced; ordinary documents leave it under 100."""
COLLECT = (20_000, 10, 100)
"""How seldom the worker looks for garbage: documents leave none in cycles, and looking costs a twentieth (measured)."""
INCOMPLETE = frozenset(
    (Code.NO_TEXT_LAYER, Code.PAGE_UNREADABLE, Code.UNREADABLE_TEXT, Code.REPAIRED, Code.MISSING_PART)
)
"""Findings that say that text is missing: the document is `partial`."""


def main() -> None:
    """Serve the parent at the other end of the socket whose number is the first argument."""
    bounds.bind(int(sys.argv[2]))
    channel = socket.socket(fileno=int(sys.argv[1]))
    tasks = _receive(channel)
    hello, _ = next(tasks)
    bounds.bound(hello["memory"])
    limits = Limits(**hello["limits"])
    options = Options(**hello["options"] | {"vocabulary": tuple(hello["options"].get("vocabulary", ()))}, limits=limits)
    use(options.vocabulary)
    reader = Reader(options)
    channel.sendall(pack({"ready": True, "shut": hello["shut"] and syscalls.refuse()}))
    gc.set_threshold(*COLLECT)
    for done, (task, payload) in enumerate(tasks, 1):
        if done == 2:
            settle()
        answer, data = reader.answer(task, payload)
        answer["last"] = answer["last"] or done >= DOCUMENTS
        channel.sendall(pack(answer, data))
        if answer["last"]:
            break


def settle() -> None:
    """Take everything that stands by now out of the search for garbage: libraries and words, which the first document loads."""
    gc.collect()
    gc.freeze()


def _receive(channel: socket.socket) -> Iterator[tuple[Head, bytes]]:
    frames = Frames()
    while data := channel.recv(1 << 20):
        yield from frames.feed(data)


class Reader:
    """Answers tasks under one set of options; nothing that a document does raises out of `answer`."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.seen: Head = {}
        self.operations: dict[str, Callable[[Head, bytes], tuple[Head, bytes]]] = {
            "parse": self._parse,
            "text": self._text,
            "explain": self._explain,
            "learn": self._learn,
            "convert": self._convert,
            "check": self._check,
        }

    def answer(self, task: Head, payload: bytes) -> tuple[Head, bytes]:
        """The answer to one task, with what it cost; a failure is an answer with `code`."""
        started = time.perf_counter()
        bounds.reset_peak()
        self.seen = {}
        data = b""
        last = False
        try:
            head, data = self.operations[task["do"]](task, payload)
        except MinutesError as error:
            head = _failure(error)
            last = error.exit_code == 70
        except Exception as error:  # a defect costs its own document only
            head, last = _failure(_no_memory(error) or _defect(error)), True
        head |= self.seen
        head["milliseconds"] = round((time.perf_counter() - started) * 1000)
        head["peak_mb"], resident = bounds.peak_and_resident()
        head["last"] = last or resident > RESIDENT
        return head, data

    def _load(self, task: Head, payload: bytes) -> Source:
        if "path" in task:
            return load(task["path"], task.get("name"), self.options.limits)
        return load(payload, task["name"])

    def _parse(self, task: Head, payload: bytes) -> tuple[Head, bytes]:
        source = self._load(task, payload)
        if not task["split"]:
            minutes = explain(source, self.options).minutes
            return summary(minutes), to_json(minutes, indent=task["indent"]) + b"\n"
        each = [reading.minutes for reading in meetings(source, self.options)]
        warnings = sum(summary(minutes)["warnings"] for minutes in each)
        return {"warnings": warnings}, b"".join(to_json(minutes) + b"\n" for minutes in each)

    def _text(self, task: Head, payload: bytes) -> tuple[Head, bytes]:
        text = extract(self._load(task, payload), self.options)
        return {}, (listing(text) if task["lines"] else text.text + "\n").encode()

    def _explain(self, task: Head, payload: bytes) -> tuple[Head, bytes]:
        from minutes_parser.recognise.evidence import Trace
        from minutes_parser.why import answer

        reading = explain(self._load(task, payload), self.options, Trace())
        return {}, json.dumps(answer(reading, task["item"], task["lines"], task["word"])).encode()

    def _learn(self, task: Head, payload: bytes) -> tuple[Head, bytes]:
        from minutes_parser.learn import gather

        return {}, json.dumps(gather(explain(self._load(task, payload), self.options))).encode()

    def _check(self, task: Head, payload: bytes) -> tuple[Head, bytes]:
        from minutes_parser.archive.sources import examined

        return {"results": examined(task, payload, self.options)}, b""

    def _convert(self, task: Head, _payload: bytes) -> tuple[Head, bytes]:
        """Read, and unless it was made from the same bytes before, parse and write to the temporary place."""
        data, seen = remote.read_document(task["path"], self.options.limits.bytes)
        made = outputs.Made(hashlib.sha256(data).hexdigest(), __version__, current().version, self.options.changed())
        self.seen = {"sha256": made.sha256, "source_stat": seen}
        state, document = outputs.question(task, made, remote.read_standing)
        if state:
            return {"state": state} | (summary(Minutes.model_validate(document)) if document else {}), b""
        minutes = explain(Source(task["name"], data), self.options).minutes
        written = to_json(minutes) + b"\n"
        if len(written) > bounds.FILE_BYTES:
            raise LimitReached(task["name"], "limit-output", f"its JSON would be larger than {bounds.FILE_BYTES} bytes")
        head = {"state": "written"} | summary(minutes)
        if task["output"] is None:
            return head, written
        if remote.is_url(task["output"]):
            return head | {"output_stat": remote.put(task["output"], written)}, b""
        outputs.write_temporary(task["temporary"], written)
        return head, b""


def summary(minutes: Minutes) -> Head:
    """What the run log says about a document."""
    incomplete = any(finding.code in INCOMPLETE for finding in minutes.findings)
    return {
        "status": "partial" if incomplete else "ok",
        "kind": minutes.kind.value,
        "items": len(minutes.items),
        "findings": len(minutes.findings),
        "warnings": sum(finding.severity is not Severity.INFO for finding in minutes.findings),
        "pages": minutes.source.pages,
    }


def _failure(error: MinutesError) -> Head:
    return {
        "status": "error",
        "name": error.name,
        "code": error.code,
        "reason": error.reason,
        "advice": error.advice,
        "exit_code": error.exit_code,
    }


def _no_memory(error: BaseException | None) -> MinutesError | None:
    """The refusal of more memory that readers wrap into errors of their own; None where there was none."""
    for _ in range(10):
        if isinstance(error, MemoryError):
            return LimitReached(
                "", "memory", "it needs more memory than a document may take", "--max-memory gives more"
            )
        error = error.__cause__ or error.__context__ if error is not None else None
    return None


def _defect(error: Exception) -> MinutesError:
    """What failed and where, without the error's own words: they may hold the document's text."""
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if "minutes_parser" in frame.filename:
            place = f" in {os.path.basename(frame.filename)}:{frame.lineno}"
    return Defect("", "defect", f"{type(error).__name__}{place}", "a mistake of this program, please report it")


if __name__ == "__main__":
    main()
