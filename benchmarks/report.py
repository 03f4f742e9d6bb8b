"""Prints the results and writes them to docs/benchmarks.md with a plot."""

from __future__ import annotations

import platform
from html import escape
from pathlib import Path

from measure import Limit, Results, Row

STEPS = ("extract", "structure", "write")
TITLES = {
    "pdf": "PDF with a text layer",
    "tables": "PDF with ruled tables",
    "docx": "DOCX",
    "html": "HTML",
}


def figure(limit: Limit) -> str:
    if limit.value is None:
        return "-"
    return f"{limit.value:.2f} {limit.unit}" if limit.unit != "%" else f"{limit.value:.0f} %"


def spread(limit: Limit) -> str:
    """The range over the rounds, in the figure's unit, or what else there is to say."""
    return limit.spread or limit.note


def bound(limit: Limit) -> str:
    return f"{'≥' if limit.least else '≤'} {limit.limit:g} {limit.unit}"


def text(results: Results) -> str:
    """For the terminal."""
    out = []
    for kind, rows in results.tables.items():
        out.append(f"\n{TITLES[kind]}: {results.counts[kind]}\n")
        out.append(f"  {'route':36}{'CPU ms/document':>16}{'x ours':>9}   range over rounds")
        for row in rows:
            out.append(f"  {_name(row):36}{row.milliseconds:16.2f}{row.ratio:9.2f}   {row.low:.2f}–{row.high:.2f}")
    out.append(f"\n  {'limit':66}{'measured':>12}{'limit':>10}")
    for limit in results.limits:
        out.append(f"  {limit.name:66}{figure(limit):>12}{bound(limit):>10}  {limit.verdict:8} {spread(limit)}")
    out += [f"  skipped: {name}: {why}" for name, why in results.skipped.items()]
    return "\n".join(out) + "\n"


def _name(row: Row) -> str:
    return f"  of it {row.route}" if row.route in STEPS else row.route


def markdown(results: Results) -> str:
    """For docs/benchmarks.md."""
    out = [
        "# Benchmarks",
        "",
        "Written by `make bench-docs`; `make bench` prints the same on your machine. All figures are ratios of one run:",
        "CPU time (user and system, child processes included) of routes that take turns on the same documents, the median of",
        "rounds that each have new documents; or instruction counts by valgrind, which repeat to less than one percent.",
        "The documents are generated from our own samples (`benchmarks/inputs.py`).",
        f"Measured with Python {platform.python_version()} on {platform.system()} {platform.machine()}.",
        "",
        "## Limits",
        "",
        "| what | measured | limit | | range, or counts |",
        "|---|---|---|---|---|",
    ]
    for limit in results.limits:
        out.append(f"| {limit.name} | {figure(limit)} | {bound(limit)} | {limit.verdict} | {spread(limit)} |")
    out += ["", "![CPU of each route as a multiple of ours](benchmarks.svg)", ""]
    for kind, rows in results.tables.items():
        out += [f"## {TITLES[kind]}", "", f"{results.counts[kind]}.", ""]
        out += ["| route | CPU ms a document | x ours | range |", "|---|---|---|---|"]
        out += [
            f"| {_name(r).strip()} | {r.milliseconds:.2f} | {r.ratio:.2f} | {r.low:.2f}–{r.high:.2f} |" for r in rows
        ]
        out.append("")
    if results.skipped:
        out += ["Skipped: " + "; ".join(f"{name} ({why})" for name, why in results.skipped.items()), ""]
    return "\n".join(out)


def svg(results: Results) -> str:
    """Bars of each route's CPU as a multiple of ours, on a logarithmic scale."""
    import math

    left, wide, row_high = 250, 420, 20
    low, high = 0.02, 100.0

    def place(ratio: float) -> float:
        clipped = min(max(ratio, low), high)
        return left + wide * math.log(clipped / low) / math.log(high / low)

    out: list[str] = []
    y = 30
    for kind, rows in results.tables.items():
        out.append(f'<text x="10" y="{y}" class="h">{escape(TITLES[kind])}</text>')
        y += 8
        for row in rows:
            if row.route in STEPS:
                continue
            x = place(row.ratio)
            own = ' class="own"' if row.route == "ours" else ""
            out.append(f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{escape(row.route)}</text>')
            out.append(f'<rect x="{left}" y="{y + 3}" width="{x - left:.1f}" height="13"{own}/>')
            out.append(f'<text x="{x + 5:.1f}" y="{y + 13}">{row.ratio:.2f}</text>')
            y += row_high
        y += 24
    grid = "".join(
        f'<line x1="{place(v):.1f}" y1="20" x2="{place(v):.1f}" y2="{y - 20}"/><text x="{place(v):.1f}" y="{y - 6}" text-anchor="middle">{v:g}</text>'
        for v in (0.1, 1, 10, 100)
    )
    style = (
        "text{font:12px sans-serif;fill:#333}.h{font-weight:bold}rect{fill:#9bb}rect.own{fill:#c50}line{stroke:#ddd}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + wide + 60}" height="{y + 24}" role="img">'
        f"<title>CPU time of each route as a multiple of ours (logarithmic)</title><style>{style}</style>"
        f'<rect width="100%" height="100%" style="fill:#fff"/>{grid}{"".join(out)}'
        f'<text x="{left}" y="{y + 14}">CPU time as a multiple of ours, logarithmic</text></svg>\n'
    )


def write(results: Results, folder: Path) -> None:
    """`benchmarks.md` and `benchmarks.svg` in the folder."""
    (folder / "benchmarks.md").write_text(markdown(results), "utf-8")
    (folder / "benchmarks.svg").write_text(svg(results), "utf-8")
