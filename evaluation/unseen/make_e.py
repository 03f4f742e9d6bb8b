"""Makes the documents and the labels of round4/ from sources_e/: one source holds a document's words and what is right.

    python evaluation/unseen/make_e.py [NUMBER …]

A line that begins with `!` says what is right about the lines after it; all other lines are the document, as they stand
(`.txt`, `.html`) or in the markup of markup.py (`.pdf`, `.docx`), which `layouts_e.py` draws. First and last words are
taken from the lines of the section. Two runs give the same bytes. Each label is scored against the whole of what it was
made from and must be right throughout.

    !kind K   !layout L   !body B || B   !date D   !start T   !end T   !place P   !present A; B   !absent A; B
    !i number | title || title | case | closed          an item begins
    !s kind | heading | optional                        a section begins, its heading printed in the lines that follow
    !or first | last                                    other right borders of it        !e  it ends
    !d outcome, also | body || body | date | referred   the decision's words begin here  !d+ the same, of the section's start
    !v for, against, abstain | parties for | against | abstain | names for | against | abstain
    !w who; who | stance          !r by || by | to || to          !p first words of a point          !a attachment
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import score as scorer  # noqa: E402
from layouts_e import LAYOUTS  # noqa: E402
from markup import Block, block  # noqa: E402

PARAGRAPHS = {"pdf", "docx"}  # there a paragraph ends where a label stands
FIRST, LAST, BEGIN = 6, 6, 5


def some(text: str) -> Any:
    """Nothing, one value, or several that are all right."""
    values = [v.strip() or None for v in text.split("||")]
    values = [None if v == "null" else v for v in values]
    return values[0] if len(values) == 1 else values


def listed(text: str, sign: str = ";") -> list[str]:
    return [v.strip() for v in text.split(sign) if v.strip()]


def columns(text: str, count: int) -> list[str]:
    """The parts between single bars, filled up to the count."""
    parts = [p.strip() for p in re.split(r"(?<!\|)\|(?!\|)", text)]
    return parts + [""] * (count - len(parts))


def plain(line: str, form: str) -> str:
    """The words that a line of the source prints."""
    if form == "html":
        return html.unescape(re.sub(r"<[^>]*>", " ", line))
    if form == "txt":
        return line
    one = block(line) if line.strip() else Block("para", "")
    if one.kind == "order":
        return one.text.partition(" ")[2] if " " in one.text else ""
    text = " ".join(re.sub(r"^[#=-](?=\S)", "", cell) for cell in one.cells) if one.cells else one.text
    return text.replace("**", "").replace("¶", " ")


class Labels:
    """Collects the labels while the lines of one source are read."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.gold: dict[str, Any] = {"source": "synthetic; written for evaluation", "layout": "", "kind": "minutes"}
        keys = ("body", "date", "start", "end", "place", "present", "absent")
        self.gold |= {"meeting": dict.fromkeys(keys), "items": []}
        self.words: list[tuple[dict[str, Any], list[str]]] = []
        self.text: list[str] | None = None
        self.begun: list[tuple[dict[str, Any], int]] = []
        self.whole: dict[int, str] = {}

    @property
    def item(self) -> dict[str, Any]:
        return self.gold["items"][-1]

    def close(self) -> None:
        if self.text is None:
            return
        section = self.item["sections"][-1]
        text = " ".join(" ".join(self.text).split())
        heading = " ".join(section["heading"].split())
        assert text.startswith(heading), (heading, text[:80])
        own = text[len(heading) :].strip()
        if heading and not heading.endswith(":"):
            own = own.removeprefix(":").strip()
        words = own.split()
        section["first"], section["last"] = " ".join(words[:FIRST]), " ".join(words[-LAST:])
        for decision, at in self.begun:
            rest = words if not at else " ".join(" ".join(self.text[at:]).split()).split()
            decision["first"] = " ".join(rest[:BEGIN])
            decision["_text"] = " ".join(rest)
        section["_text"] = own
        self.text, self.begun = None, []

    def say(self, line: str) -> None:
        name, _, rest = line[1:].partition(" ")
        rest = rest.strip()
        if name in {"kind", "layout"}:
            self.gold[name] = rest
        elif name in {"present", "absent"}:
            self.gold["meeting"][name] = listed(rest)
        elif name in self.gold["meeting"]:
            self.gold["meeting"][name] = some(rest)
        elif name == "i":
            self.close()
            number, title, case, closed = columns(rest, 4)
            new = {"number": some(number), "title": some(title), "case_number": some(case), "closed": bool(closed)}
            self.gold["items"].append(new | {"sections": [], "attachments": [], "decisions": [], "recommendations": []})
        elif name == "s":
            self.close()
            kind, heading, optional = columns(rest, 3)
            section = {"kind": kind.replace("/", "|"), "heading": heading, "first": "", "last": ""}
            self.item["sections"].append(section | ({"optional": True} if optional else {}))
            self.text = []
        elif name == "or":
            first, last = columns(rest, 2)
            self.item["sections"][-1].setdefault("or", []).append({"first": first, "last": last})
        elif name == "e":
            self.close()
        elif name in {"d", "d+"}:
            outcome, body, date, referred = columns(rest, 4)
            right, *also = listed(outcome, ",")
            new = {"first": "", "body": some(body), "date": some(date), "outcome": right, "also": also}
            self.item["decisions"].append(new | {"referred_to": some(referred), "votes": [], "dissents": []})
            assert self.text is not None
            self.begun.append((self.item["decisions"][-1], 0 if name == "d+" else len(self.text)))
        elif name == "v":
            counts, *sides = columns(rest, 7)
            numbers = [int(c) if c.strip().isdigit() else None for c in [*counts.split(","), "", ""][:3]]
            vote: dict[str, Any] = dict(zip(scorer.VOTE, numbers, strict=True))
            for key, names in zip(
                ["for_parties", "against_parties", "abstain_parties", "for_names", "against_names", "abstain_names"],
                sides,
                strict=True,
            ):
                vote[key] = listed(names)
            self.item["decisions"][-1]["votes"].append(vote | {"unanimous": False})
        elif name == "w":
            who, stance = columns(rest, 2)
            self.item["decisions"][-1]["dissents"].append({"who": listed(who), "stance": stance})
        elif name == "r":
            by, to = columns(rest, 2)
            self.item["recommendations"].append({"by": some(by), "to": some(to), "points": []})
        elif name == "p":
            self.item["recommendations"][-1]["points"].append(rest)
        elif name == "a":
            self.item["attachments"].append(rest)
        else:
            raise ValueError(line)


def parsed(gold: dict[str, Any]) -> dict[str, Any]:
    """What a parser that is right throughout would answer."""
    one = lambda v: v[0] if isinstance(v, list) else v  # noqa: E731
    items = []
    for g in gold["items"]:
        items.append(
            {
                "number": one(g["number"]),
                "title": one(g["title"]),
                "case_number": one(g["case_number"]),
                "sections": [
                    {"kind": s["kind"].split("|")[0], "heading": s["heading"], "text": s["_text"], "sections": []}
                    for s in g["sections"]
                ],
                "attachments": [{"title": a} for a in g["attachments"]],
                "decisions": [d | {"text": d["_text"]} for d in g["decisions"]],
                "recommendations": [
                    {"by": one(r["by"]), "to": one(r["to"]), "points": [{"text": p} for p in r["points"]]}
                    for r in g["recommendations"]
                ],
            }
        )
    meeting = {k: one(v) for k, v in gold["meeting"].items() if k not in {"present", "absent"}}
    return {"kind": gold["kind"], "meeting": meeting, "items": items}


def check(gold: dict[str, Any], name: str, words: str) -> None:
    """Each label is right against its own text, and its words stand in the document."""
    tallies = {
        k: scorer.Tally() for k in ("section", "start", "item", "attach", "decision", "vote", "dissent", "point")
    }
    lists: dict[str, list[bool]] = {k: [] for k in ("kind", "case", "meta", "outcome", "by", "to")}
    notes: list[str] = []
    scorer.score(parsed(gold), gold, tallies | lists, notes.append)
    wrong = [k for k, t in tallies.items() if t.fp or t.fn] + [k for k, v in lists.items() if not all(v)]
    if wrong or notes:
        print(name, wrong, *notes, sep="\n   ")
    flat = scorer.norm(words)
    for item in gold["items"]:
        titles = item["title"] if isinstance(item["title"], list) else [item["title"]]
        found = [t for t in titles if scorer.norm(t) in flat]
        texts = [*item["attachments"], *[p for r in item["recommendations"] for p in r["points"]]]
        texts += [str(item["case_number"] or "") if not isinstance(item["case_number"], list) else ""]
        texts += [w for d in item["decisions"] for x in d["dissents"] for w in x["who"]]
        missing = [t for t in texts if scorer.norm(t) not in flat]
        if not found or missing:
            print(name, "not printed:", *([] if found else titles), *missing, sep="\n   ")
    for who in [*(gold["meeting"]["present"] or []), *(gold["meeting"]["absent"] or [])]:
        if scorer.norm(who) not in flat:
            print(name, "not printed:", who)


def bare(value: Any) -> Any:
    """The labels without what only the check needs."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if not k.startswith("_")}
    return [bare(v) for v in value] if isinstance(value, list) else value


def make(
    sources: str, folder: str, layouts: Mapping[str, Any], wanted: Sequence[str]
) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Draw each document of `sources`, or those with the wanted numbers, into `folder`, with its labels; yield both."""
    for source in sorted((HERE / sources).glob("*.txt")):
        number, target = source.name[:3], HERE / folder / source.stem
        if wanted and number not in wanted:
            continue
        form = target.suffix[1:]
        labels, lines = Labels(form), []
        for line in source.read_text("utf-8").splitlines():
            if line.startswith("!"):
                labels.say(line)
                if form in PARAGRAPHS and lines and not lines[-1].startswith("|"):
                    lines.append("")
                continue
            lines.append(line)
            if labels.text is not None:
                labels.text.append(plain(line, form))
        labels.close()
        if form in {"txt", "html"}:
            target.write_text("\n".join(lines).strip("\n") + "\n", "utf-8")
        else:
            layouts[number].draw(lines, target)
        check(labels.gold, source.stem, " ".join(plain(line, form) for line in lines))
        text = json.dumps(bare(labels.gold), ensure_ascii=False, indent=1)
        target.with_name(target.name + ".json").write_text(text + "\n", "utf-8")
        yield target, labels.gold


if __name__ == "__main__":
    for _ in make("sources_e", "round4", LAYOUTS, sys.argv[1:]):
        pass
