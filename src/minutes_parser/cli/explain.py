"""`minutes-parser explain`: what was found and by what rule, and why a line is (not) a heading or an item's title."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from enum import StrEnum
from textwrap import wrap
from typing import Annotated, Any

import typer

from minutes_parser.cli.inputs import Layouts, Vocabulary
from minutes_parser.cli.limits import MEMORY, TIMEOUT, Limit, Memory, Timeout, walls

EXAMPLES = """Examples:

minutes-parser explain referat.pdf

minutes-parser explain referat.pdf --item 3

minutes-parser explain referat.pdf --grep Indstilling

minutes-parser explain referat.pdf --line 120 --format json
"""


class Format(StrEnum):
    """How the explanation is printed."""

    TEXT = "text"
    JSON = "json"


def command(
    document: Annotated[str, typer.Argument(help="PDF, DOCX, HTML or text; `-` reads stdin.", show_default=False)],
    item: Annotated[
        str | None, typer.Option(help="Only this item: its printed number, or its place among the items.")
    ] = None,
    line: Annotated[
        list[int] | None,
        typer.Option(help="Why this line is what it is: its number in what `text` prints. May be given several times."),
    ] = None,
    grep: Annotated[str | None, typer.Option(help="Why the lines that hold this word are what they are.")] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="Text for a terminal, or JSON.")] = Format.TEXT,
    name: Annotated[str | None, typer.Option(help="Name of the document that comes from stdin.")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of a text or HTML document, instead of the guess.")
    ] = None,
    password: Annotated[
        str | None, typer.Option(envvar="MINUTES_PARSER_PASSWORD", help="Password of an encrypted PDF.")
    ] = None,
    vocabulary: Vocabulary = None,
    layouts: Layouts = True,
    timeout: Timeout = TIMEOUT,
    max_memory: Memory = MEMORY,  # type: ignore[assignment]
    limit: Limit = None,
) -> None:
    """Show what was found in a document: items and sections with rule, score, page and line.

    With --line or --grep: why a line is a heading or an item's title, or is none: what was considered, the evidence
    with its weights, what blocked it.
    """
    if item is not None and (line or grep is not None):
        raise typer.BadParameter("give either --item, or --line and --grep")
    from minutes_parser.cli.inputs import guarded, own_words, task
    from minutes_parser.cli.output import complain, say, write_stdout

    around = walls(
        timeout,
        max_memory,
        limit,
        encoding=encoding,
        password=password,
        vocabulary=own_words(vocabulary),
        layouts=layouts,
    )
    with guarded(around) as supervisor:
        asked = {"item": item, "lines": sorted({*(line or ())}), "word": grep}
        answer = supervisor.ask(task("explain", document, name, around, **asked))
    if "code" in answer.head:
        raise typer.Exit(complain(document, answer.head))
    found = json.loads(answer.payload)
    if "missing" in found:
        raise typer.BadParameter(found["missing"])
    if grep is not None and not found["lines"]:
        say(f"minutes-parser: no line holds {grep!r}")
    told = _lines(found["lines"]) if "lines" in found else _tree(found)
    if form is Format.JSON:
        write_stdout(json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n")
    else:
        write_stdout("".join(f"{row}\n" for row in told).encode())


# -- text for a terminal -----------------------------------------------------------------------------------------------


def _paint(text: str, code: str) -> str:
    """Colour at a terminal only, and not where NO_COLOR is set."""
    if code == _PLAIN or not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{code}m{text}\x1b[0m"


_PLAIN, _BOLD, _DIM, _GOOD, _BAD = "0", "1", "2", "32", "31"


def _width() -> int:
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def _tree(found: dict[str, Any]) -> Iterator[str]:
    head = [found["kind"], found["body"], found["date"], f"layout {found['layout']}", f"words {found['vocabulary']}"]
    yield from _hanging(f"{found['name']}: " + " · ".join(str(part) for part in head if part), "", _BOLD)
    rows = [row for item in found["items"] for row in _item(item)]
    right = max((len(facts) for _, _, _, facts in rows), default=0)
    for lead, more, text, facts in rows:
        yield from _row(lead, more, text, facts, right)
    if not found["items"]:
        yield "no items"
    if found["findings"]:
        yield ""
    for finding in found["findings"]:
        where = f"line {finding['line']}: " if finding["line"] else ""
        yield from _hanging(f"{finding['severity']} {finding['code']}: {where}{finding['message']}", "    ", _DIM)


Row = tuple[str, str, str, str]
"""What stands before the first line, before the further ones, the text, the facts at the right."""


def _item(item: dict[str, Any]) -> Iterator[Row]:
    number = item["number"] or "-"
    extra = [item["case_number"] and f"case {item['case_number']}", item["access"] == "closed" and "closed"]
    shown = " · ".join([item["title"] or "(no title)", *(str(e) for e in extra if e)])
    yield f"{number}  ", " " * (len(number) + 2), shown, _facts(item)
    yield from _sections(item["sections"], "")


def _sections(sections: list[dict[str, Any]], indent: str) -> Iterator[Row]:
    for n, section in enumerate(sections):
        last = n == len(sections) - 1
        heading = f'"{section["heading"]}"' if section["heading"] else "(no heading)"
        size = f"{section['characters']} characters" if section["characters"] else "empty"
        lead = f"{indent}{'└─ ' if last else '├─ '}"
        below = f"{indent}{'   ' if last else '│  '}"
        yield lead, below, f"{section['kind']}  {heading}  {size}", _facts(section)
        yield from _sections(section["sections"], below)


def _facts(node: dict[str, Any]) -> str:
    page = f"p.{node['page']} " if node["page"] else ""
    score = f" {node['score']:.2f}" if node["score"] is not None else ""
    return f"{node['rule']}{score}  {page}line {node['line']}"


def _row(lead: str, more: str, text: str, facts: str, right: int) -> Iterator[str]:
    """The text wrapped in what the facts leave, the facts at the right of its first line; below it where that is little."""
    room = _width() - right - 2
    if room - len(lead) < 24:
        room = _width()
        pieces = wrap(text, max(10, room - len(lead))) or [""]
        yield from ((lead if n == 0 else more) + piece for n, piece in enumerate(pieces))
        yield more + _paint(facts, _DIM)
        return
    pieces = wrap(text, room - len(lead)) or [""]
    yield f"{lead + pieces[0]:<{room}}  {_paint(facts, _DIM)}"
    yield from (more + piece for piece in pieces[1:])


def _hanging(text: str, indent: str, code: str) -> Iterator[str]:
    for n, piece in enumerate(wrap(text, _width() - len(indent))):
        yield _paint(piece if n == 0 else indent + piece, code)


def _lines(stories: list[dict[str, Any]]) -> Iterator[str]:
    for n, story in enumerate(stories):
        if n:
            yield ""
        page = f", page {story['page']}" if story["page"] else ""
        yield from _hanging(f"line {story['line']}{page}: {_short(story['text'])}", "    ", _BOLD)
        for part in story["became"]:
            yield from _hanging(f"  is: {_became(part)}", "      ", _PLAIN)
        yield from _hanging(f"  looks: {_look(story['look'])}; the text: {_look(story['body_look'])}", "      ", _DIM)
        for verdict in story["verdicts"]:
            yield from _hanging(f"  {verdict}", "      ", _PLAIN)
        for claim in story["claims"]:
            yield from _claim(claim)


def _short(text: str) -> str:
    return text if len(text) <= 400 else f"{text[:399]}…"


def _became(part: dict[str, Any]) -> str:
    item = f" in item {part['item']}" if part["item"] else ""
    section = part["section"]
    if section is None:
        return f"{part['label']}{item}"
    heading = f' "{section["heading"]}"' if section["heading"] else " without a heading"
    return f"{part['label']}{item}, section {section['kind']}{heading}"


def _look(look: dict[str, Any]) -> str:
    parts = [
        look.get("size") and f"{look['size']:g} points",
        look.get("bold") and "bold",
        look.get("level") and f"heading level {look['level']}",
        look.get("capitals") and "capitals",
        look.get("lead") and f"the first {look['lead']} characters bold",
        look.get("gap") is not None and f"{look['gap']:.1f} lines of space above",
        look.get("cells") and f"{look['cells']} cells",
        look.get("marker") and "a list marker",
        look.get("role"),
    ]
    return ", ".join(str(p) for p in parts if p) or "plain"


def _claim(claim: dict[str, Any]) -> Iterator[str]:
    sign, code = ("✓ stands", _GOOD) if claim["stands"] else ("✗ blocked", _BAD)
    what = "item" if claim["rule"].startswith("item.") else "heading"
    value = f" {claim['value']}" if claim["value"] else ""
    shown = f"{sign}: {what}{value} by {claim['rule']}, evidence {claim['score']:.2f}"
    for n, piece in enumerate(wrap(shown, _width() - 6)):
        yield f"  {_paint(sign, code)}{piece.removeprefix(sign)}" if n == 0 else f"      {piece}"
    yield from _reason(f"{claim['base']:+.2f}", claim["says"])
    for reason in claim["reasons"]:
        blocks = reason["weight"] is None
        yield from _reason(
            "blocks" if blocks else f"{reason['weight']:+.2f}", reason["says"], _BAD if blocks else _PLAIN
        )


def _reason(weight: str, says: str, code: str = _PLAIN) -> Iterator[str]:
    for n, piece in enumerate(wrap(says, _width() - 14)):
        yield f"      {_paint(f'{weight:>6}', code)}  {piece}" if n == 0 else f"{'':14}{piece}"
