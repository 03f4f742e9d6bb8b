"""What to expect of a layout that nobody has tried: each one scored without the words that only it needed.

    python evaluation/leave_out.py [--show] [--corpus CORPUS]

For each labelled layout (a document; the meetings of one municipality in three formats are one layout) every name,
pattern and stem of a heading, every other word of the vocabulary and every layout file that no other layout uses is
switched off, and the layout's documents are read and scored again. The mean of the section F1 over the layouts
estimates the figure for documents that are tried for the first time. See docs/evaluation.md for what it cannot see.
"""

from __future__ import annotations

import argparse
import copy
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gate
import phrases
import score as scorer

from minutes_parser import layouts, pipeline
from minutes_parser.errors import MinutesError
from minutes_parser.findings import Options
from minutes_parser.kinds import Label
from minutes_parser.pipeline import Reading, load
from minutes_parser.text import SourceText
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.mine import filled
from minutes_parser.vocabulary.words import Words, own, put
from minutes_parser.write import to_json

Entry = tuple[str, str, str]
"""Where an entry stands: `heading/names`, `words/items`, `layout`; the kind or list; the entry itself."""
_BARE = re.compile(r"^(?:[•·*◦▪–#-]\s*|\d{1,2}(?:\.\d{1,2})*[.)]?\s+|[a-zA-Z][.)]\s+|\*\*)*")
_ANYWHERE = ("bodies", "dates", "told", "text", "authority", "noise")
"""Tables whose words are read inside lines; the others' words begin a line or a cell."""
_SKIPPED = ("examples", "never", "no_endings", "verbs", "links", "small", "articles", "months", "weekdays", "common")
"""Lists that stand for the language or for what is no word of a layout."""


@dataclass
class Case:
    """One layout: its documents as they were extracted, their labels, and the entries it uses."""

    name: str
    documents: list[tuple[Path, SourceText, dict[str, Any]]] = field(default_factory=list)
    used: set[Entry] = field(default_factory=set)


def cases(corpus: Path) -> list[Case]:
    """The labelled layouts beside the project and in it; the project's own samples are written from the vocabulary and left out."""
    found: dict[str, Case] = {}
    folders = [
        corpus / name for name in ("seeds", "real", "municipal", "other", "greve/html", "greve/pdf", "greve/docx")
    ]
    for folder in [*folders, *sorted({p.parent for p in (gate.HERE / "unseen").glob("*/*.json")})]:
        for document, label in scorer.pairs_in(folder) if folder.is_dir() else ():
            gold = json.loads(label.read_text("utf-8"))
            name = "greve" if folder.parent.name == "greve" else f"{folder.name}/{document.name}"
            try:
                text = pipeline.extract(load(document))
            except MinutesError:
                continue
            found.setdefault(name, Case(name)).documents.append((document, text, gold))
    return list(found.values())


def read(document: Path, text: SourceText, options: Options) -> Reading:
    """Read a document whose lines are there already: only the words differ."""
    kept = pipeline.extract
    pipeline.extract = lambda source, given=None: text  # type: ignore[assignment]
    try:
        return pipeline.explain(load(document), options)
    finally:
        pipeline.extract = kept


# -- what a document uses ------------------------------------------------------------------------------------------------


def used(reading: Reading, text: SourceText) -> Iterator[Entry]:
    """The entries that match in one document: headings by their hits, other words by standing where they are looked up."""
    for unit in reading.context.units:
        if unit.hit is not None and unit.label is None:
            yield from _heading_entries(unit.text[: unit.hit.stop], unit.hit.kind.value, unit.hit.rule)
    for mark in reading.marks:
        if mark.label is Label.HEADING and mark.rule in ("heading.style", "heading.shape", "heading.layout"):
            yield from _stems(text.text[mark.span.start : mark.span.stop], mark.value)
    yield from _words(text)
    for item in reading.minutes.items:
        for said in (*item.decisions, *(s for s in item.sections if s.kind in ("indstilling", "beslutning"))):
            yield from phrases.used(said.text)
    if reading.layout.name != layouts.GENERIC.name:
        yield ("layout", "", reading.layout.name)


def _heading_entries(head: str, kind: str, rule: str) -> Iterator[Entry]:
    bare = _BARE.sub("", head).strip(" :.*\t")
    key = fold(bare)
    for entry in own().headings:
        for what in ("names", "weak"):
            for name in entry.get(what, ()):
                near = rule.startswith("heading.fuzzy") and entry["kind"] == kind and _near(fold(name), key)
                joined = rule.startswith("heading.joined") and fold(name) in {
                    fold(p) for p in re.split(r" og |/|, | samt ", bare)
                }
                if fold(name) == key or near or joined:
                    yield (f"heading/{what}", entry["kind"], name)
        if entry["kind"] == kind:
            for pattern in entry.get("patterns", ()):
                if re.fullmatch(filled(pattern), bare, re.IGNORECASE):
                    yield ("heading/patterns", kind, pattern)


def _near(name: str, key: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    return int(Levenshtein.distance(name, key, score_cutoff=2)) <= 2


def _stems(line: str, kind: str) -> Iterator[Entry]:
    words = re.findall(r"\w+", line.casefold())
    for entry in own().headings:
        for stem in entry.get("stems", ()) if entry["kind"] == kind else ():
            bare = stem.strip("*")
            if any(
                w.endswith(bare) if stem[0] == "*" else w.startswith(bare) if stem[-1] == "*" else w == bare
                for w in words
            ):
                yield ("heading/stems", kind, stem)


def _words(text: SourceText) -> Iterator[Entry]:
    whole = text.text.casefold()
    cells = "\n".join("\n".join(line.cells) if line.cells else line.text for line in text.lines).casefold()
    expressions = own().lists["expressions"]
    for table, name, word in lists():
        if f"{table}.{name}" in expressions:
            pattern = word
        else:
            low = word.casefold()
            if not low or low not in whole:
                continue
            inside = table in _ANYWHERE
            pattern = (
                (r"\b" if inside and low[0].isalnum() else r"^\W{0,4}" if not inside else "")
                + re.escape(low)
                + (r"\b" if low[-1].isalnum() and name != "endings" else "")
            )
            if table == "bodies":
                pattern = pattern.removeprefix(r"\b")
        if re.search(pattern, cells if table not in _ANYWHERE else whole, re.MULTILINE | re.IGNORECASE):
            yield (f"words/{table}", name, word)


def lists() -> Iterator[tuple[str, str, str]]:
    """Table, list and word of everything in `words.toml` that a layout might bring."""
    for table, content in own().lists.items():
        if isinstance(content, dict):
            for name, entries in content.items():
                if isinstance(entries, list) and not any(name.endswith(skipped) for skipped in _SKIPPED):
                    yield from ((table, name, word) for word in entries if isinstance(word, str))


# -- without them --------------------------------------------------------------------------------------------------------


def without(entries: Iterable[Entry]) -> Words:
    """The package's words without some entries; a list keeps at least one word, since an empty one matches everything."""
    gone: dict[tuple[str, str], set[str]] = defaultdict(set)
    for where, kind, entry in entries:
        gone[where, kind].add(entry)
    headings = tuple(
        {
            k: [x for x in v if x not in gone[f"heading/{k}", e["kind"]]] if isinstance(v, list) else v
            for k, v in e.items()
        }
        for e in own().headings
    )
    content = copy.deepcopy(own().lists)
    for (where, name), words in gone.items():
        if where.startswith("words/"):
            kept = [w for w in content[where[6:]][name] if w not in words]
            content[where[6:]][name] = kept or content[where[6:]][name][:1]
    decisions = phrases.without((w, k, x) for (w, k), found in gone.items() if w in ("phrase", "word") for x in found)
    return Words(f"{own().version} -{len(list(gone))}", headings, content, decisions=decisions)


Figures = dict[str, float]
DECIDED = ("outcome", "vote", "dissent", "point", "by", "to")


def scored(case: Case, options: Options) -> tuple[Figures, bool]:
    """The figures of a layout, each only where its labels hold what it counts, and whether the kinds are right."""
    total = gate.blank()
    for document, text, gold in case.documents:
        try:
            pred = json.loads(to_json(read(document, text, options).minutes))
        except MinutesError:
            pred = {}
        scorer.score(pred, gold, total, lambda _: None)
    figures = {
        k: gate.figure(v) for k, v in total.items() if k in DECIDED and (v if isinstance(v, list) else v.tp + v.fn)
    }
    if any(item["sections"] for _, _, gold in case.documents for item in gold["items"]):
        figures["section"] = total["section"].f1()
    return figures, all(total["kind"])


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpus", type=Path, default=gate.CORPUS)
    arguments.add_argument("--show", action="store_true", help="print each layout and what was switched off")
    given = arguments.parse_args()
    begun = time.process_time()
    found = cases(given.corpus)
    if len(found) < 3:
        print("leave one layout out: fewer than three labelled layouts here, no estimate")
        return
    sharp, plain = Options(), Options(layouts=False)
    for case in found:
        for document, text, _ in case.documents:
            case.used.update(used(read(document, text, sharp), text))
    users: dict[Entry, int] = defaultdict(int)
    for case in found:
        for entry in case.used:
            users[entry] += 1
    rows: list[Row] = []
    off = 0
    for case in found:
        mine = sorted(entry for entry in case.used if users[entry] == 1)
        off += len(mine)
        full, kind = scored(case, sharp)
        bare, _ = scored(case, plain)
        put(without(mine))
        gone = any(where == "layout" for where, _, _ in mine)
        left, left_kind = scored(case, plain if gone else sharp)
        left_bare, _ = scored(case, plain)
        put(None)
        rows.append(Row(case.name, full, bare, left, left_bare, kind, left_kind))
        if given.show and "section" in full:
            shown = ", ".join(f"{e[0]} {e[2]}" for e in mine)[:400]
            print(f"  {full['section']:.3f} {left.get('section', 0):.3f}  {case.name}: {shown}")
    report(rows, off, show=given.show)
    print(f"  ({time.process_time() - begun:.0f} s)")


@dataclass(frozen=True)
class Row:
    """A layout's figures with everything and with what only it needs switched off, each with and without layout files."""

    name: str
    full: Figures
    bare: Figures
    left: Figures
    left_bare: Figures
    kind: bool
    left_kind: bool


def report(rows: list[Row], off: int, *, show: bool) -> None:
    """Print the means over the layouts whose labels hold what a figure counts."""

    def mean(key: str, part: str) -> float:
        values = [getattr(row, part).get(key, 0.0) for row in rows if key in row.full]
        return sum(values) / len(values) if values else 1.0

    if not show:
        lost = [row for row in rows if "section" in row.full]
        lost.sort(key=lambda row: row.left.get("section", 0.0) - row.full["section"])
        for row in lost[:5]:
            if row.left.get("section", 0.0) < row.full["section"]:
                print(f"  loses most: {row.name} {row.full['section']:.3f} to {row.left.get('section', 0.0):.3f}")
    headed = sum(1 for row in rows if "section" in row.full)
    print(
        f"leave one layout out: {headed} layouts with sections (of {len(rows)}), {off / len(rows):.1f} entries switched off for each"
    )
    print(
        f"  mean section F1      {mean('section', 'full'):.3f} with everything, {mean('section', 'left'):.3f} left out"
    )
    print(
        f"  without layout files {mean('section', 'bare'):.3f} with everything, {mean('section', 'left_bare'):.3f} left out"
    )
    right = sum(row.kind for row in rows) / len(rows), sum(row.left_kind for row in rows) / len(rows)
    print(f"  kinds right          {right[0]:.3f} with everything, {right[1]:.3f} left out")
    for key in DECIDED:
        count = sum(1 for row in rows if key in row.full)
        print(
            f"  mean {key:15} {mean(key, 'full'):.3f} with everything, {mean(key, 'left'):.3f} left out   ({count} layouts)"
        )


if __name__ == "__main__":
    main()
