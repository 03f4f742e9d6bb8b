"""The small markup of sources/: one block a line group, read into blocks that every layout draws in its own way.

= title        == subtitle      @Label: value   # item title     ## heading      > line under a title
- bullet       + numbered       | cell | cell   ~~ page          ~~ toc          ~~ rule
text, joined to one paragraph until a blank line
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MARKS = {
    "##": "head",
    "==": "subtitle",
    "~~": "order",
    "#": "item",
    "=": "title",
    ">": "meta",
    "-": "bullet",
    "+": "step",
}


@dataclass(frozen=True)
class Block:
    """One block: its kind, its text, and its cells (a field's label and value, a table row's cells)."""

    kind: str
    text: str
    cells: tuple[str, ...] = ()


def block(line: str) -> Block:
    """The block a marked line stands for; an unmarked line is a piece of a paragraph."""
    if line.startswith("@"):
        label, _, value = line[1:].partition(":")
        return Block("field", line[1:], (label.strip(), value.strip()))
    if line.startswith("|"):
        return Block("row", line, tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
    mark, _, rest = line.partition(" ")
    if mark in MARKS and rest:
        return Block(MARKS[mark], rest.strip())
    return Block("para", line.strip())


def read(path: Path) -> list[Block]:
    """All blocks of a source in order; lines of one paragraph are joined."""
    blocks: list[Block] = []
    joining = False
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            joining = False
            continue
        new = block(line)
        if new.kind == "para" and joining:
            blocks[-1] = Block("para", f"{blocks[-1].text} {new.text}")
        else:
            blocks.append(new)
        joining = new.kind == "para"
    return blocks


def tables(blocks: list[Block]) -> list[Block | list[Block]]:
    """The blocks with consecutive table rows, and consecutive fields, gathered to one list each."""
    out: list[Block | list[Block]] = []
    for one in blocks:
        if one.kind in {"row", "field"}:
            last = out[-1] if out else None
            if isinstance(last, list) and last[0].kind == one.kind:
                last.append(one)
            else:
                out.append([one])
        else:
            out.append(one)
    return out
