"""What reading minutes costs beside other tools, as ratios of one run.

    python benchmarks/bench.py [--check] [--write] [--only PART]… [--quick]

Sets up its own peers in benchmarks/.venv (uv) and its own documents in benchmarks/.data. A peer that is missing is named
and skipped. `--check` exits 1 when a limit is not met, `--write` renews docs/benchmarks.md and its plot.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import measure
import report
from folders import throughput
from measure import Limit, Pairs, Results
from paired import WARM


def files(folder: Path, kind: str) -> list[Path]:
    return sorted((folder / kind).iterdir())


def paired(results: Results, folder: Path, kind: str, rounds: int, missing: dict[str, str]) -> Pairs:
    """Measure one kind of document and put its table in the results."""
    documents = files(folder, kind)
    pairs = Pairs(kind, rounds, documents, missing)
    results.tables[kind] = pairs.rows()
    size = sum(p.stat().st_size for p in documents) / len(documents) / 1024
    results.counts[kind] = f"{len(documents) - WARM} documents of {size:.0f} KB on average in {rounds} rounds"
    results.skipped |= pairs.failed
    return pairs


def pdf(results: Results, folder: Path, missing: dict[str, str], quick: bool) -> None:
    pairs = paired(results, folder, "pdf", 3 if quick else 5, missing)
    results.limits += [
        pairs.limit("PDF to JSON, CPU of bare PDFium text", "ours", "pdfium text", 1.6),
        pairs.limit("PDF to JSON, CPU of a `pdftotext -layout` process", "ours", "pdftotext -layout", 1.2),
        pairs.limit("pdfplumber's words, CPU of our JSON", "pdfplumber words", "ours", 20, least=True),
        structuring(pairs, "PDF"),
    ]


def structuring(pairs: Pairs, kind: str) -> Limit:
    """Everything after extraction, as a share of it."""
    limit = pairs.limit(f"{kind}: structuring, share of line extraction", "structure", "extract", 25)
    ratios = pairs.ratios("structure", "extract")
    if limit.value is not None:
        limit.value, limit.spread = 100 * limit.value, f"{100 * min(ratios):.0f}–{100 * max(ratios):.0f} %"
    limit.unit = "%"
    return limit


def tables(results: Results, folder: Path, missing: dict[str, str], quick: bool) -> None:
    paired(results, folder, "tables", 3, missing)


def docx(results: Results, folder: Path, missing: dict[str, str], quick: bool) -> None:
    pairs = paired(results, folder, "docx", 3 if quick else 5, missing)
    results.limits += [
        pairs.limit("DOCX to JSON, CPU of unzipping and parsing its XML with lxml", "ours", "unzip and lxml", 5),
        pairs.limit("python-docx walking the same facts, CPU of our JSON", "python-docx", "ours", 3, least=True),
    ]


def html(results: Results, folder: Path, missing: dict[str, str], quick: bool) -> None:
    pairs = paired(results, folder, "html", 3 if quick else 5, missing)
    results.limits.append(pairs.limit("HTML to JSON, CPU of a lexbor parse", "ours", "lexbor parse", 4))


def proceedings(results: Results, folder: Path, missing: dict[str, str], quick: bool) -> None:
    """What recommendations, decisions, votes, dissents and mentions cost: the whole road with them and without."""
    for kind in ("pdf", "docx", "html"):
        pairs = Pairs(kind, 3 if quick else 5, files(folder, kind), missing, "switched.py")
        name = f"{kind.upper()} to JSON, CPU of the same without proceedings"
        results.limits.append(pairs.limit(name, "with", "without", 1.15))


def start(results: Results, folder: Path, missing: dict[str, str], quick: bool) -> None:
    results.limits.append(measure.help_limit(missing))


def instructions(results: Results, folder: Path, missing: dict[str, str], quick: bool) -> None:
    results.limits += measure.pdf_instructions(files(folder, "pdf")[: 10 if quick else 18], missing)


def memory(results: Results, folder: Path, missing: dict[str, str], quick: bool) -> None:
    kinds = ("pdf", "docx", "html", "tables")
    documents = [p for some in zip(*(files(folder, k) for k in kinds), strict=False) for p in some]
    documents += files(folder, "pdf")[40:]
    results.memory, limits = measure.memory(documents, 100 if quick else 500)
    results.limits += limits


def archive(results: Results, folder: Path, missing: dict[str, str], quick: bool) -> None:
    """Whole commands over a folder; `folders.py` has the parts that take minutes."""
    if "pdftotext" in missing:
        results.skipped["convert beside pdftotext"] = missing["pdftotext"]
        return
    results.limits += throughput(100 if quick else 400, rounds=1)


PARTS: dict[str, Callable[[Results, Path, dict[str, str], bool], None]] = {
    "pdf": pdf,
    "tables": tables,
    "docx": docx,
    "html": html,
    "proceedings": proceedings,
    "instructions": instructions,
    "start": start,
    "memory": memory,
    "archive": archive,
}


def main() -> None:
    """Set up, measure, report."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    arguments.add_argument("--check", action="store_true", help="exit 1 when a limit is not met")
    arguments.add_argument("--write", action="store_true", help="renew docs/benchmarks.md and its plot")
    arguments.add_argument("--only", action="append", choices=PARTS, help="this part only; may be repeated")
    arguments.add_argument("--quick", action="store_true", help="fewer documents and rounds")
    given = arguments.parse_args()
    begun = time.monotonic()
    missing = measure.peers()
    folder = measure.inputs(54 if given.quick else 126)
    results = Results(skipped=dict(missing))
    for name in given.only or PARTS:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        PARTS[name](results, folder, missing, given.quick)
    print(report.text(results))
    print(f"{time.monotonic() - begun:.0f} seconds", file=sys.stderr)
    if given.write:
        report.write(results, measure.ROOT / "docs")
    sys.exit(1 if given.check and any(limit.met is False for limit in results.limits) else 0)


if __name__ == "__main__":
    main()
