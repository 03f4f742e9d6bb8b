"""An item as the document prints it: sections with their text, tables, attachments, and what they amount to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minutes_parser.assemble.account import Account
from minutes_parser.assemble.cases import Case, Part, every
from minutes_parser.assemble.told import told
from minutes_parser.findings import Finding
from minutes_parser.kinds import SectionKind
from minutes_parser.recognise.attachments import Named, attachment, by_document, listed, opens
from minutes_parser.recognise.passage import Passage, passage
from minutes_parser.recognise.proceedings import Occasion, proceedings
from minutes_parser.text import Fragment, Logical, logical_lines, rejoined, section_text
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.files import files, linked_file
from minutes_parser.vocabulary.lines import folded
from minutes_parser.vocabulary.words import words

_KLE = re.compile(r"\d{2}\.\d{2}\.\d{2}")


class Printer:
    """Cases to plain dictionaries, ready for the model."""

    def __init__(self, account: Account, occasion: Occasion, widest: float) -> None:
        self.account = account
        self.occasion = occasion
        self.findings: list[Finding] = []
        self.widest = widest
        self.keep = frozenset(words()["text"]["keep_hyphen"])
        self._logical: dict[int, list[Logical]] = {}

    def item(self, case: Case) -> dict[str, Any]:
        """One item of `items`."""
        parts = every(case.parts)
        case_number = case.case_number or _case_under_heading(parts)
        kle = _KLE.match(case_number or "")
        attachments = [
            a
            for p in (*(p for p in parts if _lists_attachments(p)), *case.inner, *case.loose)
            for a in self._attachments(p)
        ]
        return {
            "number": case.number,
            "title": case.title,
            "access": case.access,
            "case_number": case_number,
            "document_number": case.document_number,
            "kle": kle.group() if kle else None,
            "sections": [self._section(p) for p in case.parts],
            "attachments": attachments,
            **self._proceedings(case, case_number),
            "where": self.account.where(case.start, max(case.stop, case.start), case.rule, round(case.score, 2)),
        }

    def _lines(self, part: Part) -> list[Logical]:
        """The part's lines as their author wrote them, sub-sections included; joined once."""
        known = self._logical.get(id(part))
        if known is None:
            known = self._logical[id(part)] = logical_lines(part.everything(), self.widest, self.keep)
        return known

    def _own(self, part: Part) -> list[Logical]:
        """The same without its sub-sections."""
        return logical_lines(part.fragments, self.widest, self.keep) if part.kids else self._lines(part)

    def _proceedings(self, case: Case, case_number: str | None) -> dict[str, Any]:
        """What the item's sections say was recommended and decided; what is doubtful goes to `findings`."""
        passages = [p for part in case.parts for p in self._passages(part)]
        above = [p for text in (case.title, case_number) if text for p in self._printed(text, case)]
        facts = proceedings(passages, self.occasion, case.number, above)
        self.findings += facts.findings
        return told(facts, self.account)

    def _printed(self, text: str, case: Case) -> Iterator[Passage]:
        """A title or number as a passage, where the item prints it on one line."""
        at = self.account.text.text.find(text, case.start, max(case.stop, case.start + 300))
        line = Logical(text, at, at + len(text), True)
        if at >= 0 and (found := passage(SectionKind.ANDET, "", [line], case.rule, 1.0)):
            yield found

    def _passages(self, part: Part) -> Iterator[Passage]:
        whole = part.kind is SectionKind.BESLUTNING
        lines = self._lines(part) if whole else self._own(part)
        own = passage(part.kind, part.heading, lines, part.rule, round(part.score, 2))
        if own is not None:
            yield own
        if not whole:
            for kid in part.kids:
                yield from self._passages(kid)

    def _section(self, part: Part) -> dict[str, Any]:
        lines = self._lines(part)
        return {
            "kind": part.kind,
            "heading": part.heading,
            "text": section_text(lines),
            "sections": [self._section(k) for k in part.kids],
            "tables": self._tables(lines),
            "where": self.account.where(part.start, max(part.stop, part.start), part.rule, round(part.score, 2)),
        }

    def _tables(self, lines: list[Logical]) -> list[dict[str, Any]]:
        tables: list[dict[str, Any]] = []
        if not any(line.cells for line in lines):
            return tables
        rows: list[Logical] = []
        for line in [*lines, Logical("", 0, 0, True)]:
            if line.cells:
                rows.append(line)
                continue
            if len(rows) > 1:
                where = self.account.where(rows[0].start, rows[-1].stop, "table.rows", 1.0)
                tables.append({"rows": [list(r.cells) for r in rows], "where": where})
            rows = []
        return tables

    def _attachments(self, part: Part) -> list[dict[str, Any]]:
        found = []
        links = {f.start: f.line.href for f in part.fragments if f.line.href}
        buttons = {f.start for f in part.fragments if linked_file(f.line)}
        for line, text, start, stop in self._names(part):
            named = attachment(text)
            if named is None and line.start in buttons:
                named = Named(text, None, None)
            if named:
                found.append(
                    {
                        "title": named.title,
                        "number": named.number,
                        "document_number": named.document_number,
                        "href": links.get(line.start),
                        "where": self.account.where(start, stop, "attachment.line", 0.9),
                    }
                )
        return found

    def _names(self, part: Part) -> Iterator[tuple[Logical, str, int, int]]:
        """The lines of a list of attachments, wrapped ones joined, those that name several parted; with their places."""
        groups: list[list[Fragment]] = []
        for fragment in part.fragments:
            if not groups or opens(fragment.text):
                groups.append([])
            groups[-1].append(fragment)
        lone = len(part.fragments) < 4 and len(self._own(part)) == 1
        for group in groups:
            lines = logical_lines(group, self.widest, self.keep)
            if by_document(group[0].text) and group[0].line.box and not any(one.paragraph for one in lines[1:]):
                for more in lines[1:]:  # one has its number in front, so has each
                    lines[0].text = rejoined(lines[0].text, more.text, self.keep)
                    lines[0].stop = more.stop
                lines = lines[:1]
            for line in lines:
                source = self.account.text.text[line.start : line.stop]
                at = 0
                for name in listed(line.text, lone=lone):
                    at = source.find(name, at)
                    if at < 0 or len(name) == len(line.text):
                        yield line, name, line.start, line.stop
                        at = 0
                    else:
                        yield line, name, line.start + at, line.start + at + len(name)


def _lists_attachments(part: Part) -> bool:
    """Whether the part lists attachments: by its heading, or without one line after line by number, `Bilag 3a: Kort`."""
    if part.kind is SectionKind.BILAG:
        return True
    lines = [f.text for f in part.fragments]
    return bool(lines) and (all(map(files, lines)) or (not part.heading and all(map(opens, lines))))


def _case_under_heading(parts: list[Part]) -> str | None:
    """A case number printed under a heading of its own, as `JOURNALNUMMER`."""
    for part in parts:
        if fold(part.heading) in folded("items", "case") and part.fragments:
            found = re.match(r"\S*\d{4}\S*", part.fragments[0].text)
            return found.group() if found else None
    return None
