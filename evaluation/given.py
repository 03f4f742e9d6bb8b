"""Scores the reading of decisions where the sections are given, so that faults of the structure do not hide it.

    python evaluation/given.py [--show] CORPUS …

Each labelled section is looked up in the source text by its first and last words and handed to the readers of
recommendations and decisions, with the labelled body and day of the meeting.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import score as scorer

from minutes_parser.assemble.account import Account
from minutes_parser.assemble.told import told
from minutes_parser.clean import clean
from minutes_parser.kinds import SectionKind
from minutes_parser.pipeline import extract, load
from minutes_parser.recognise import prepare
from minutes_parser.recognise.attendance import participants
from minutes_parser.recognise.passage import Passage, passage
from minutes_parser.recognise.proceedings import Occasion, proceedings
from minutes_parser.text import Fragment, logical_lines, widest_line
from minutes_parser.vocabulary.words import words

FIGURES = ("decision", "outcome", "vote", "dissent", "point", "by", "to")


class Given:
    """One document's text, and where each of its letters stands."""

    def __init__(self, document: Path) -> None:
        source = load(document)
        self.text = extract(source)
        self.context = prepare(self.text, clean(self.text))
        self.letters: list[str] = []
        self.places: list[int] = []
        for place, char in enumerate(self.text.text):
            for letter in unicodedata.normalize("NFKC", char).casefold():
                if letter.isalnum():
                    self.letters.append(letter)
                    self.places.append(place)
        self.flow = "".join(self.letters)
        self.account = Account(self.text)
        self.widest = widest_line(self.text)
        self.keep = frozenset(words()["text"]["keep_hyphen"])

    def begin(self, section: dict[str, Any], after: int) -> int:
        """Where a section's own text begins; -1 where its first words do not stand after `after`."""
        found = [self.flow.find(f, after) for b in scorer.bounds(section) if (f := scorer.norm(b["first"]))]
        return min((at for at in found if at >= 0), default=-1)

    def end(self, section: dict[str, Any], start: int, until: int) -> int:
        """Where it ends: after the last of its last words that stand before the next section."""
        ends = [
            self.flow.rfind(last, start, until) + len(last)
            for b in scorer.bounds(section)
            if (last := scorer.norm(b["last"])) and self.flow.find(last, start, until) >= 0
        ]
        return max(ends, default=until)

    def read(self, section: dict[str, Any], bounds: tuple[int, int]) -> Passage | None:
        """The passage of a section, furniture left out."""
        start, stop = self.places[bounds[0]], self.places[bounds[1] - 1] + 1
        while stop < len(self.text.text) and self.text.text[stop] in '.!?)»”":':
            stop += 1
        units = [u for u in self.context.units if u.label is None and u.start < stop and u.span.stop > start]
        fragments = [
            Fragment(u.text[max(0, start - u.start) : stop - u.start], max(start, u.start), u.gap, u.line)
            for u in units
        ]
        kinds = section["kind"].split("|")
        kind = "beslutning" if "beslutning" in kinds and not section["heading"] else kinds[0]
        lines = logical_lines(fragments, self.widest, self.keep)
        return passage(SectionKind(kind), section["heading"], lines, "given", 1.0)


def items(document: Path, gold: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each labelled item with decisions, and what is read from its sections."""
    given = Given(document)
    live = list(given.context.live())
    people, _ = participants(live[:60])
    names = frozenset(n for p in people for n in (p.name, p.name.split(" ")[0]))
    meeting = {k: (v[0] if isinstance(v, list) else v) for k, v in gold["meeting"].items() if k in ("body", "date")}
    occasion = Occasion(meeting.get("body"), meeting.get("date"), names, gold["kind"] != "agenda")
    out = []
    spots = list(_spots(given, gold))
    for n, (item, begins) in enumerate(spots):
        after = min((at for _, later in spots[n + 1 : n + 2] for _, at in later), default=len(given.flow))
        passages = []
        for section, at in begins:
            until = min((b for _, b in begins if b > at), default=max(after, at))
            found = given.read(section, (at, given.end(section, at, until)))
            if found:
                passages.append(found)
        passages.sort(key=lambda p: p.start)
        number = item.get("number")
        facts = proceedings(passages, occasion, number[0] if isinstance(number, list) else number)
        if "decisions" in item:
            out.append((item, json.loads(json.dumps(told(facts, given.account)))))
    return out


def _spots(given: Given, gold: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[tuple[dict[str, Any], int]]]]:
    """Each item with where its sections begin, in the order of the labels."""
    cursor = 0
    for item in gold["items"]:
        title = item["title"] if isinstance(item["title"], str) else item["title"][0]
        at = given.flow.find(scorer.norm(title), cursor) if title else cursor
        start = at if at >= 0 else cursor
        begins = []
        for section in item["sections"]:
            found = given.begin(section, max(cursor, start))
            found = found if found >= 0 else given.begin(section, start)
            if found >= 0:
                begins.append((section, found))
                cursor = max(cursor, found + 1)
        yield item, begins


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("corpora", nargs="+", type=Path)
    arguments.add_argument("--show", action="store_true", help="print every difference")
    given = arguments.parse_args()
    for corpus in given.corpora:
        total = {k: scorer.Tally() for k in ("decision", "vote", "dissent", "point")} | {
            k: [] for k in ("outcome", "by", "to")
        }
        notes: list[str] = []
        for document, label in scorer.pairs_in(corpus):
            said: list[str] = []
            for item, read in items(document, json.loads(label.read_text("utf-8"))):
                before = {k: t.fp for k, t in total.items() if isinstance(t, scorer.Tally)}
                scorer.score_decisions(read, item, total, said.append)
                extra = {k: total[k].fp - n for k, n in before.items() if total[k].fp > n}
                said += [f"  [{item.get('number')}] not in labels: {extra}"] if extra else []
            notes += [f"{document.name}", *said] if said else []
        if given.show:
            print("\n".join(notes))
        shown = {
            k: f"{v.f1():.3f} ({v.tp}/{v.tp + v.fn} +{v.fp})"
            if isinstance(v, scorer.Tally)
            else f"{sum(v) / len(v) if v else 1:.3f} ({sum(v)}/{len(v)})"
            for k, v in total.items()
        }
        print(f"{corpus.name:10} " + "  ".join(f"{k} {shown[k]}" for k in FIGURES))


if __name__ == "__main__":
    main()
