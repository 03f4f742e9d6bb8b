"""What the archive's commands cost: a folder of PDFs beside `xargs pdftotext`, workers, numbers of documents, second runs.

    python benchmarks/folders.py [PART]…        the long ones; `bench.py` runs the short one

Times are of whole commands as a user types them, start and end included; CPU is user and system time of the command and
of all processes that it started.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import measure
from measure import Limit

WORK = measure.HERE / ".archive"
"""Documents and outputs of these measurements."""
COMMAND = [str(measure.ROOT / ".venv" / "bin" / "minutes-parser")]
FOREVER = (
    "from minutes_parser.archive import workers; workers.DOCUMENTS = 10**9; workers.RESIDENT = 10**6; workers.main()"
)
"""A worker that is never replaced: what it leaks shows."""


@dataclass(frozen=True)
class Cost:
    """What a command took, in seconds."""

    cpu: float
    wall: float
    peak: float = 0.0
    """Megabytes of the largest of its processes."""


def cost(command: list[str], stdin: str = "", code: int = 0) -> Cost:
    """Run it; ends the benchmark when it does not end with `code`."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as given:
        given.write(stdin.encode())
        given.seek(0)
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdin=given, stdout=subprocess.DEVNULL, stderr=told)
        _, status, used = os.wait4(process.pid, 0)
        wall, process.returncode = time.perf_counter() - begun, os.waitstatus_to_exitcode(status)
        if process.returncode != code:
            told.seek(0)
            raise SystemExit(f"exit {process.returncode}: {' '.join(command[:6])} …\n{told.read()[-2000:].decode()}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def convert(source: Path, output: Path, *more: str) -> Cost:
    return cost([*COMMAND, "convert", str(source), "-o", str(output), "-q", *more])


def pdfs(count: int) -> Path:
    """A folder of `count` PDFs with a text layer, 1 to 40 pages, printed from our samples; no two are the same."""
    sources = [measure.HERE / "inputs.py", *(measure.ROOT / "samples").glob("*.py")]
    key = hashlib.sha256(b"".join(p.read_bytes() for p in sorted(sources))).hexdigest()[:12]
    folder = WORK / f"pdf-{key}-{count}"
    if not folder.is_dir():
        made = WORK / "making"
        shutil.rmtree(made, ignore_errors=True)
        measure._run([str(measure.OURS), str(measure.HERE / "inputs.py"), str(made), "--documents", str(count)])
        (made / "pdf").rename(folder)
        shutil.rmtree(made)
    return folder


def linked(documents: list[Path], folder: Path, count: int) -> Path:
    """A folder of `count` names for the documents, again and again."""
    shutil.rmtree(folder, ignore_errors=True)
    for number, document in zip(range(count), itertools.cycle(documents), strict=False):
        place = folder / f"{number // 500:03}"
        place.mkdir(parents=True, exist_ok=True)
        os.link(document, place / f"{number:06}{document.suffix}")
    return folder


def texts(folder: Path, count: int) -> Path:
    """A folder of `count` short texts."""
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(count):
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            place.mkdir(parents=True)
        text = f"Referat\nTeknikudvalget\nMødedato: 14. marts 2024\n\nPunkt 1: Sag {number}\nBeslutning\nGodkendt.\n"
        (place / f"{number:06}.txt").write_text(text, "utf-8")
    return folder


def fresh(name: str) -> Path:
    """A place where nothing stands."""
    shutil.rmtree(WORK / name, ignore_errors=True)
    return WORK / name


def ratio(name: str, pairs: list[tuple[float, float]], limit: float, *, least: bool = False) -> Limit:
    """The median of the rounds' ratios."""
    each = [one / other for one, other in pairs]
    spread = f"{min(each):.2f}–{max(each):.2f}"
    return Limit(name, statistics.median(each), limit, least, spread=spread)


def wall(name: str, run: Cost, limit: float) -> Limit:
    """The seconds that a run took."""
    return Limit(name, run.wall, limit, unit="s", spread=f"CPU {run.cpu:.1f} s, {run.peak:.0f} MB")


# -- the parts -------------------------------------------------------------------------------------------------------


def throughput(count: int = 400, rounds: int = 3) -> Iterator[Limit]:
    """A folder of PDFs by two workers, beside two processes of pdftotext and of bare PDFium at a time; by one worker."""
    folder = pdfs(count)
    names = "".join(f"{path}\n" for path in sorted(folder.iterdir()))
    two: list[Cost] = []
    one, poppler, pdfium = list(two), list(two), list(two)
    for _ in range(rounds):
        two.append(convert(folder, fresh("out"), "-j", "2"))
        poppler.append(cost(["xargs", "-P2", "-I{}", "pdftotext", "-layout", "{}", str(WORK / "text.txt")], names))
        half = -(-count // 2)
        run = ["xargs", "-P2", f"-n{half}", str(measure.PEERS), str(measure.HERE / "routes.py"), "pdfium"]
        pdfium.append(cost(run, names))
        one.append(convert(folder, fresh("out"), "-j", "1"))
    yield from _beside(count, two, poppler, pdfium)
    yield ratio("2 workers, speed of 1", [(b.wall, a.wall) for a, b in zip(two, one, strict=True)], 1.8, least=True)
    sample = linked(sorted(folder.iterdir())[:: count // 18], WORK / "sample", 18)
    spent = convert(sample, fresh("out"), "-j", "1")
    words = "import sys, routes\nfor path in sys.argv[1:]: routes.pdfplumber_words(path)"
    run = ["env", f"PYTHONPATH={measure.HERE}", str(measure.PEERS), "-c", words]
    plumber = cost([*run, *map(str, sorted(p for p in sample.rglob("*.pdf")))])
    yield ratio(
        "pdfplumber's words of 18 of them, CPU of `convert`, start included", [(plumber.cpu, spent.cpu)], 20, least=True
    )


def _beside(count: int, ours: list[Cost], poppler: list[Cost], pdfium: list[Cost]) -> Iterator[Limit]:
    told = f"`convert -j 2` of {count} PDFs"
    for name, other, most in (("`xargs -P2 -n1 pdftotext -layout`", poppler, 0.9), ("bare PDFium text", pdfium, 1.6)):
        pairs = list(zip(ours, other, strict=True))
        yield ratio(f"{told}, CPU of {name}", [(a.cpu, b.cpu) for a, b in pairs], most)
        if most < 1:
            yield ratio(f"{told}, time of {name}", [(a.wall, b.wall) for a, b in pairs], most)


def numbers() -> Iterator[Limit]:
    """The time of a document among 100 and among 10,000 of the same kinds."""
    documents = sorted(pdfs(400).iterdir())[:100]
    few = [convert(linked(documents, WORK / "in", 100), fresh("out"), "-j", "2") for _ in range(5)]
    many = convert(linked(documents, WORK / "in", 10_000), fresh("out"), "-j", "2")
    for name, one, other in (
        ("CPU", statistics.median(c.cpu for c in few) / 100, many.cpu / 10_000),
        ("time", statistics.median(c.wall for c in few) / 100, many.wall / 10_000),
    ):
        spread = f"{1000 * other:.1f} ms / {1000 * one:.1f} ms"
        yield Limit(f"{name} of a PDF among 10,000, of one among 100", other / one, 1.1, spread=spread)


def memory() -> Iterator[Limit]:
    """One worker that is never replaced, over 5,000 documents of all kinds."""
    kinds = [sorted(pdfs(400).iterdir())]
    kinds += [sorted((measure.inputs(126) / kind).iterdir()) for kind in ("docx", "html", "tables")]
    turns = zip(*(itertools.cycle(kind) for kind in kinds), strict=False)
    mixed = [path for some in itertools.islice(turns, 100) for path in some]
    source = linked(mixed, WORK / "in", 5000)
    module = WORK / "forever.py"
    module.write_text(FOREVER.replace("; ", "\n") + "\n")
    run = "from minutes_parser.archive import supervisor; supervisor.WORKER = 'forever'\nfrom minutes_parser.cli import main; main()"
    out = fresh("out")
    arguments = ["convert", str(source), "-o", str(out), "-j", "1", "-q"]
    cost(["env", f"PYTHONPATH={WORK}", str(measure.OURS), "-c", run, *arguments])
    with (out / "_run.jsonl").open() as file:
        peaks = [json.loads(line)["peak_mb"] for line in file]
    yield Limit("peak of a worker over 5,000 documents", max(peaks), 100, unit="MB")
    grown = statistics.mean(peaks[-400:]) - statistics.mean(peaks[400:800])
    yield Limit("growth from document 800 to 5,000", grown, 5, unit="MB")


def again() -> Iterator[Limit]:
    """A second and third run over 100,000 documents that are up to date."""
    source, out = texts(WORK / "texts", 100_000), fresh("out")
    first = convert(source, out, "-j", "2")
    yield wall("100,000 short texts by 2 workers", first, 600)
    time.sleep(2.1)  # files so young are looked into once more
    for name in ("second", "third"):
        run = convert(source, out, "-j", "2")
        yield wall(f"{name} run over 100,000 documents up to date", run, 60)
    (out / "_run.jsonl").unlink()
    run = convert(source, out, "-j", "2")
    yield wall("a run that has lost its run log", run, 120)


def journal() -> Iterator[Limit]:
    """A run over 100 new documents in an archive whose run log has a million lines, and over the same again."""
    source, out = texts(WORK / "texts", 100), fresh("out")
    convert(source, out, "-j", "1")
    with (out / "_run.jsonl").open() as file:
        row = json.loads(file.readline())
    with (out / "_run.jsonl").open("w") as file:
        for number in range(1_000_000):
            file.write(
                json.dumps(row | {"path": f"2024/kommune-{number % 98}/referat-{number}.pdf"}, separators=(",", ":"))
                + "\n"
            )
    for name in ("converting", "passing over"):
        run = convert(source, out, "-j", "1")
        yield wall(f"{name} 100 documents beside a million lines", run, 20)


LONG: dict[str, Callable[[], Iterator[Limit]]] = {
    "throughput": throughput,
    "numbers": numbers,
    "memory": memory,
    "again": again,
    "journal": journal,
}


def main() -> None:
    """Measure and print."""
    measure.peers()
    for name in sys.argv[1:] or LONG:
        for limit in LONG[name]():
            value = f"{limit.value:.2f} {limit.unit}"
            bound = f"{'≥' if limit.least else '≤'} {limit.limit:g}"
            print(f"{limit.name:78}{value:>12}{bound:>8}  {limit.verdict:8}{limit.spread}", flush=True)
    shutil.rmtree(WORK / "in", ignore_errors=True)
    shutil.rmtree(WORK / "out", ignore_errors=True)


if __name__ == "__main__":
    main()
