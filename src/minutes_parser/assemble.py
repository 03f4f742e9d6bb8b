"""Marks to document: the only judge. What wins here is what leaves us."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from minutes_parser import __version__
from minutes_parser.errors import Defect
from minutes_parser.findings import Finding, Options
from minutes_parser.kinds import Access, Code, DocumentKind, Label, SectionKind, Severity
from minutes_parser.marks import Mark
from minutes_parser.model import Minutes
from minutes_parser.recognise.attachments import attachment
from minutes_parser.recognise.attendance import participants
from minutes_parser.recognise.context import Context, Style, Unit, stronger
from minutes_parser.recognise.items import neat
from minutes_parser.recognise.kind import document_kind
from minutes_parser.recognise.meeting import body_in, facts, heading_body, labelled
from minutes_parser.recognise.sections import dated_line
from minutes_parser.source import Source
from minutes_parser.text import Fragment, Logical, logical_lines, section_text, widest_line
from minutes_parser.vocabulary import fold
from minutes_parser.vocabulary.dates import dates
from minutes_parser.vocabulary.lines import case_line, clerk_line, closed, document_number, folded, opening
from minutes_parser.vocabulary.words import words


@dataclass(slots=True)
class Part:
    """A section on its way: its heading's mark, its fragments, its sub-sections."""

    kind: SectionKind
    heading: str
    start: int
    stop: int
    rule: str
    score: float
    style: Style
    fragments: list[Fragment] = field(default_factory=list)
    head: Fragment | None = None
    kids: list[Part] = field(default_factory=list)

    def everything(self) -> list[Fragment]:
        """Own fragments, then the sub-sections' headings and fragments, in document order."""
        out = list(self.fragments)
        for kid in self.kids:
            if kid.head is not None:
                out.append(kid.head)
            out += kid.everything()
        return out


@dataclass(slots=True)
class Case:
    """An item on its way."""

    number: str | None
    title: str
    start: int
    stop: int
    rule: str
    score: float
    parts: list[Part] = field(default_factory=list)
    case_number: str | None = None
    document_number: str | None = None
    access: Access | None = None
    closed: bool = False
    inner: list[Part] = field(default_factory=list)
    """Lists of attachments inside a section's list: their lines stay in the text."""


def assemble(
    context: Context, marks: Sequence[Mark], cleaned: Sequence[Mark], source: Source, options: Options
) -> Minutes:
    """The document: items in order, every non-blank character of the source text in exactly one region.

    Raises `Defect` when a character would be lost or counted twice: then no document is better than a wrong one.
    """
    judge = _Judge(context, marks, source)
    data = judge.document(options)
    _conserved(context.text.text, data["regions"], source.name)
    return Minutes.model_validate(data)


class _Judge:
    def __init__(self, context: Context, marks: Sequence[Mark], source: Source) -> None:
        self.context = context
        self.source = source
        self.text = context.text
        self.titles = sorted((m for m in marks if m.label is Label.ITEM_TITLE), key=lambda m: m.facts["first"])
        self.heads = {m.span.start: m for m in marks if m.label is Label.HEADING}
        self.spans: list[tuple[int, int, Label]] = []
        self.findings: list[Finding] = list(context.text.findings)
        self.widest = widest_line(context.text)
        self.keep = frozenset(words()["text"]["keep_hyphen"])
        self.tail = self._page_tail()

    def document(self, options: Options) -> dict[str, Any]:
        units = self.context.units
        single = None
        if not self.titles and (single := self._single()):
            self.titles = [single]
        cases: list[Case] = []
        front: list[Unit] = []
        bounds = [m.facts["first"] for m in self.titles] + [len(self.text.text) + 1]
        for unit in units:
            if not self.titles or unit.start < bounds[0]:
                front.append(unit)
        for mark, stop in zip(self.titles, bounds[1:], strict=False):
            inside = [u for u in units if mark.facts["first"] <= u.start < stop]
            cases.append(self._case(mark, inside, last=stop == bounds[-1]))
        live_front = [u for u in front if u.label is None]
        headings = [
            p.heading for c in cases for p in _all(c.parts) if p.kind in (SectionKind.BESLUTNING, SectionKind.DELTAGERE)
        ]
        tail = [u for u in units if u.label is None and (not self.titles or u.start >= bounds[0])]
        meeting, used = facts(live_front, tail, headings, self.text.title)
        kind, reasons = document_kind(self.context, cases, meeting, live_front, single is not None)
        if kind is DocumentKind.OTHER:
            self.findings += [Finding(Code.NOT_MINUTES, reason, Severity.INFO) for reason in reasons]
            cases = []
            self.spans = []
            front, live_front = list(units), [u for u in units if u.label is None]
            used = set()
        people, attendance = participants(live_front)
        self._front(front, live_front, used, attendance)
        self._doubts(cases, kind, meeting)
        regions = self._regions()
        counts: Counter[str] = Counter()
        for region in regions:
            counts[region["label"]] += _visible(self.text.text[region["start"] : region["stop"]])
        total = _visible(self.text.text)
        return {
            "kind": kind,
            "source": {
                "name": self.source.name,
                "media_type": self.source.media_type,
                "size": len(self.source.data),
                "sha256": self.source.sha256,
                "pages": self.text.pages,
                "characters": len(self.text.text),
            },
            "parser": {"version": __version__, "vocabulary": words()["version"], "layout": self.context.layout},
            "meeting": {
                "body": meeting.body,
                "date": meeting.date,
                "start": meeting.start,
                "end": meeting.end,
                "place": meeting.place,
                "published": meeting.published,
                "participants": [
                    {
                        "name": p.name,
                        "party": p.party,
                        "role": p.role,
                        "attendance": p.attendance,
                        "note": p.note,
                        "where": self._where(p.start, p.stop, "attendance.list", 0.8),
                    }
                    for p in people
                ],
                "where": self._where(live_front[min(used)].start, live_front[max(used)].span.stop) if used else None,
            },
            "items": [self._item(c) for c in cases],
            "regions": regions,
            "coverage": {
                "characters": total,
                "assigned": sum(counts.values()),
                "by_label": dict(sorted(counts.items())),
            },
            "findings": self._reported(options.limits.findings),
        }

    def _page_tail(self) -> frozenset[int]:
        """The units after the last heading that only the web page prints: short lines after `Tilbage til dagsorden`."""
        units = self.context.units
        last = max((n for n, u in enumerate(units) if u.start in self.heads), default=None)
        if last is None:
            return frozenset()
        ends = folded("noise", "ends")
        for n in range(last + 1, len(units)):
            rest = [u for u in units[n:] if u.label is None]
            if (
                units[n].label is Label.CHROME
                and fold(units[n].text) in ends
                and len(rest) <= 20
                and all(len(u.text) < 120 for u in rest)
            ):
                return frozenset(u.index for u in rest)
        return frozenset()

    # -- items ---------------------------------------------------------------------------------------------------

    def _single(self) -> Mark | None:
        """One case on the whole document: a title above headings that only cases have."""
        strong = [
            m for m in self.heads.values() if m.value in ("indstilling", "beslutning") and m.rule != "heading.fuzzy"
        ]
        if not strong:
            return None
        starts = sorted(m.span.start for m in self.heads.values())
        live = [u for u in self.context.units if u.label is None]
        first = starts[0]
        if len(starts) > 2 and live and live[0].start == first:
            first = starts[1]  # the letter's own title: `Indstilling`
        above = [u for u in live if u.start < first]
        blocks = [b for b in _blocks(above) if all(self._title_like(u) for u in b)]
        if not blocks:
            return Mark(Label.ITEM_TITLE, _empty(first), "", "item.single", 0.4, {"title": "", "first": first})
        best = max(blocks, key=lambda b: self._title_weight(b))
        title = " ".join(u.text for u in best).strip("* ")
        found = re.match(r"(?:Punkt|Pkt\.?|Sag)?\s?(\d{1,3})[.:]\s+(?=\S)", title)
        return Mark(
            Label.ITEM_TITLE,
            _span(best[0].start, best[-1].span.stop),
            found[1] if found else "",
            "item.single",
            0.6,
            {"title": title[found.end() :] if found else title, "first": best[0].start},
        )

    def _title_like(self, unit: Unit) -> bool:
        text = unit.text
        return (
            8 <= len(text) <= 220
            and not text.endswith((".", ":"))
            and case_line(text) is None
            and not clerk_line(text)
            and not labelled([unit])
            and not any(start < 20 for start, _, _ in dates(text))
            and fold(text) not in folded("meeting", "minutes")
        )

    def _title_weight(self, block: list[Unit]) -> tuple[int, float, int, int, int]:
        """A number, a larger look, a title printed again further down, no body's name: then the last one above the case."""
        unit = block[0]
        numbered = int(opening(unit.text) is not None)
        larger = unit.style[0] if stronger(unit.style, self.context.body) else 0.0
        level = 10 - unit.style[2] if unit.style[2] else 0
        again = sum(1 for u in self.context.units if fold(u.text) == fold(unit.text)) > 1
        named = body_in(unit.text) is not None or unit.text.isupper()
        return (numbered + int(again) - int(named), larger, level, int(unit.style[1]), unit.start)

    def _case(self, mark: Mark, units: list[Unit], *, last: bool) -> Case:
        title, case, access = neat(mark.facts["title"])
        case_ = Case(
            mark.value or None, title, mark.facts["first"], mark.span.stop, mark.rule, mark.score, case_number=case
        )
        case_.closed = (
            mark.facts.get("closed", False)
            or closed(title)
            or closed(access)
            or closed(f"({access})" if access else "")
        )
        if case_.closed:
            case_.access = Access.CLOSED
        elif access or mark.rule == "item.open-closed":
            case_.access = Access.OPEN
        current: Part | None = None
        back = False
        breaks = False
        before = -1
        page: int | None = None
        groups = folded("items", "groups")
        for position, unit in enumerate(units):
            if unit.label is not None:
                self._label(unit.start, unit.span.stop, unit.label)
                breaks = True
                continue
            if unit.line.page != page and page is not None:
                breaks = True
            page = unit.line.page
            case_.stop = max(case_.stop, unit.span.stop)
            if unit.start < mark.span.start:
                self._meta(case_, unit)
                continue
            if unit.start < mark.span.stop:
                self._label(unit.start, min(unit.span.stop, mark.span.stop), Label.ITEM_TITLE)
                rest = self.text.text[mark.span.stop : unit.span.stop]
                if not rest.strip():
                    continue
                current = Part(
                    SectionKind.ANDET,
                    "",
                    mark.span.stop,
                    unit.span.stop,
                    "section.unheaded",
                    0.7,
                    (0.0, False, 0, False),
                )
                case_.parts.append(current)
                self._add(
                    current, rest.strip(), mark.span.stop + len(rest) - len(rest.lstrip()), unit, gap=9.0, breaks=False
                )
                continue
            if back or (last and self._is_back(unit, units[position + 1 :])):
                back = True
                self._label(unit.start, unit.span.stop, Label.BACK)
                continue
            if fold(unit.text) in groups and not any(u.label is None for u in units[position + 1 :]):
                self._label(unit.start, unit.span.stop, Label.OTHER)
                continue
            if last and unit.index in self.tail:
                self._label(unit.start, unit.span.stop, Label.CHROME)
                continue
            head = self.heads.get(unit.start)
            if current is not None and self._inner_list(case_, head, unit, before, breaks):
                head = None
            before = unit.span.stop
            if (
                head is None
                and current is not None
                and current.fragments
                and len(title) > 5
                and fold(unit.text) == fold(title)
            ):
                self._label(unit.start, unit.span.stop, Label.ITEM_TITLE)
                breaks = True
                continue
            if head is None and current is None and self._is_meta(case_, unit):
                self._meta(case_, unit)
                continue
            if (
                head is None
                and current is not None
                and not current.fragments
                and case_.case_number is None
                and case_line(unit.text)
            ):
                self._meta(case_, unit)
                continue
            if head is not None:
                current = self._open(case_, head, unit)
                rest = unit.text[head.span.stop - unit.start :]
                if rest.strip():
                    at = head.span.stop + len(rest) - len(rest.lstrip())
                    self._add(current, rest.strip(), at, unit, gap=9.0, breaks=False)
                breaks = False
                continue
            if current is None:
                current = Part(
                    SectionKind.ANDET, "", unit.start, unit.start, "section.unheaded", 0.7, (0.0, False, 0, False)
                )
                case_.parts.append(current)
            self._add(current, unit.text, unit.start, unit, gap=unit.gap, breaks=breaks)
            breaks = False
        self._nest(case_)
        return case_

    def _inner_list(self, case: Case, head: Mark | None, unit: Unit, before: int, breaks: bool) -> bool:
        """Whether the heading stands inside a section's list; the lines under it name attachments and stay in the text."""
        if head is not None and head.facts.get("inner"):
            part = Part(SectionKind.BILAG, unit.text, unit.start, unit.span.stop, head.rule, 0.7, head.facts["style"])
            case.inner.append(part)
            return True
        open_ = bool(case.inner) and case.inner[-1].stop == before
        if open_ and head is None and not unit.line.marker and (unit.gap < 0.6 or not case.inner[-1].fragments):
            part = case.inner[-1]
            part.fragments.append(Fragment(unit.text, unit.start, unit.gap, unit.line, breaks))
            part.stop = unit.span.stop
        return False

    def _is_back(self, unit: Unit, rest: list[Unit]) -> bool:
        """Signatures and the like after the last item; a heading further down says that the item goes on."""
        text = unit.text.partition(":")[0]
        if fold(text) not in folded("items", "back") or len(unit.text) > 120:
            return False
        return not any(u.start in self.heads for u in rest)

    def _is_meta(self, case: Case, unit: Unit) -> bool:
        if len(unit.text) > 160:
            return False
        return (
            case_line(unit.text) is not None
            or clerk_line(unit.text)
            or document_number(unit.text) is not None
            or fold(unit.text) in folded("items", "untitled")
            or fold(unit.text) in folded("items", "open")
            or fold(unit.text) == fold(case.title)
            or dated_line().fullmatch(unit.text) is not None
        )

    def _meta(self, case: Case, unit: Unit) -> None:
        self._label(unit.start, unit.span.stop, Label.ITEM_META)
        number = case_line(unit.text)
        if number and (case.case_number is None or _labelled_case(unit.text)):
            case.case_number = number
        case.document_number = case.document_number or document_number(unit.text)
        if closed(unit.text) and len(unit.text) < 60:
            case.access, case.closed = Access.CLOSED, True
        elif case.access is None and fold(unit.text) in folded("items", "open"):
            case.access = Access.OPEN

    def _open(self, case: Case, head: Mark, unit: Unit) -> Part:
        shown = self.text.text[head.span.start : head.span.stop].strip()
        part = Part(
            SectionKind(head.value), shown, head.span.start, head.span.stop, head.rule, head.score, head.facts["style"]
        )
        part.head = Fragment(shown, head.span.start, 9.0, unit.line)
        case.parts.append(part)
        self._label(head.span.start, head.span.stop, Label.HEADING)
        if head.rule == "heading.fuzzy":
            self.findings.append(
                Finding(
                    Code.FUZZY_HEADING,
                    f"read as a heading '{part.kind}' in spite of a slip",
                    Severity.INFO,
                    head.span.start,
                    head.span.stop,
                )
            )
        elif head.rule == "heading.style":
            self.findings.append(
                Finding(
                    Code.UNKNOWN_HEADING,
                    "looks like a heading, but the vocabulary does not know it",
                    Severity.INFO,
                    head.span.start,
                    head.span.stop,
                )
            )
        return part

    def _add(self, part: Part, text: str, start: int, unit: Unit, *, gap: float, breaks: bool) -> None:
        part.fragments.append(Fragment(text, start, gap, unit.line, breaks))
        part.stop = max(part.stop, start + len(text))
        label = Label.ATTACHMENT if part.kind is SectionKind.BILAG and attachment(text) else Label.BODY
        self._label(start, start + len(text), label)

    def _nest(self, case: Case) -> None:
        """Headings in a weaker look than the item's own are sub-sections; unknown ones among them are text."""
        known = Counter(p.style for p in case.parts if p.heading and p.kind is not SectionKind.ANDET)
        if not known:
            return
        main = max(known, key=lambda s: (known[s], s[0], s[1], s[3]))
        nested: list[Part] = []
        for part in case.parts:
            weaker = part.heading and nested and _weaker(part.style, main) and nested[-1].heading
            if weaker and part.rule == "heading.style":
                parent = nested[-1].kids[-1] if nested[-1].kids else nested[-1]
                if part.head:
                    parent.fragments.append(part.head)
                parent.fragments += part.fragments
                parent.stop = max(parent.stop, part.stop)
                nested[-1].stop = max(nested[-1].stop, part.stop)
            elif weaker and part.rule != "heading.dated" and part.kind is not SectionKind.BESLUTNING:
                nested[-1].kids.append(part)
                nested[-1].stop = max(nested[-1].stop, part.stop)
            else:
                nested.append(part)
        case.parts = nested

    # -- output --------------------------------------------------------------------------------------------------

    def _item(self, case: Case) -> dict[str, Any]:
        sections = [self._section(p) for p in case.parts]
        attachments = [a for p in _all(case.parts) if p.kind is SectionKind.BILAG for a in self._attachments(p)]
        attachments += [a for p in case.inner for a in self._attachments(p)]
        case.case_number = case.case_number or self._case_under_heading(case)
        kle = re.match(r"\d{2}\.\d{2}\.\d{2}", case.case_number or "")
        return {
            "number": case.number,
            "title": case.title,
            "access": case.access,
            "case_number": case.case_number,
            "document_number": case.document_number,
            "kle": kle.group() if kle else None,
            "sections": sections,
            "decisions": [d for p in _all(case.parts) if (d := self._decision(p))],
            "attachments": attachments,
            "where": self._where(case.start, max(case.stop, case.start), case.rule, round(case.score, 2)),
        }

    def _case_under_heading(self, case: Case) -> str | None:
        """A case number printed under a heading of its own, as `JOURNALNUMMER`."""
        for part in _all(case.parts):
            if fold(part.heading) in folded("items", "case") and part.fragments:
                found = re.match(r"\S*\d{4}\S*", part.fragments[0].text)
                return found.group() if found else None
        return None

    def _section(self, part: Part) -> dict[str, Any]:
        lines = logical_lines(part.everything(), self.widest, self.keep)
        return {
            "kind": part.kind,
            "heading": part.heading,
            "text": section_text(lines),
            "sections": [self._section(k) for k in part.kids],
            "tables": self._tables(lines),
            "where": self._where(part.start, max(part.stop, part.start), part.rule, round(part.score, 2)),
        }

    def _tables(self, lines: list[Logical]) -> list[dict[str, Any]]:
        tables: list[dict[str, Any]] = []
        rows: list[Logical] = []
        for line in [*lines, Logical("", 0, 0, True)]:
            if line.cells:
                rows.append(line)
                continue
            if len(rows) > 1:
                tables.append(
                    {
                        "rows": [list(r.cells) for r in rows],
                        "where": self._where(rows[0].start, rows[-1].stop, "table.rows", 1.0),
                    }
                )
            rows = []
        return tables

    def _attachments(self, part: Part) -> list[dict[str, Any]]:
        found = []
        for line in logical_lines(part.fragments, self.widest, self.keep):
            named = attachment(line.text)
            if named:
                href = next((f.line.href for f in part.fragments if f.start == line.start and f.line.href), None)
                found.append(
                    {
                        "title": named.title,
                        "number": named.number,
                        "document_number": named.document_number,
                        "href": href,
                        "where": self._where(line.start, line.stop, "attachment.line", 0.9),
                    }
                )
        return found

    def _decision(self, part: Part) -> dict[str, Any] | None:
        """The decision's words and whose they are; what they amount to is not read yet."""
        if part.kind is not SectionKind.BESLUTNING:
            return None
        lines = logical_lines(part.everything(), self.widest, self.keep)
        if not lines:
            return None
        return {
            "body": heading_body(part.heading),
            "date": next((d for _, _, d in dates(part.heading)), None),
            "outcome": "unknown",
            "text": section_text(lines),
            "where": self._where(lines[0].start, max(line.stop for line in lines), part.rule, round(part.score, 2)),
        }

    def _where(self, start: int, stop: int, rule: str | None = None, score: float | None = None) -> dict[str, Any]:
        pages = None
        if self.text.pages:
            first, last = self._page(start), self._page(max(start, stop - 1))
            pages = (first, last) if first and last else None
        return {"start": start, "stop": stop, "pages": pages, "rule": rule, "score": score}

    def _page(self, offset: int) -> int | None:
        from bisect import bisect_right

        lines = self.text.lines
        at = bisect_right(lines, offset, key=lambda line: line.start) - 1
        return lines[at].page if at >= 0 else None

    # -- the account of the text ---------------------------------------------------------------------------------

    def _label(self, start: int, stop: int, label: Label) -> None:
        if stop > start:
            self.spans.append((start, stop, label))

    def _front(self, front: list[Unit], live: list[Unit], used: set[int], attendance: set[int]) -> None:
        facts_ = {live[n].start for n in used}
        people = {live[n].start for n in attendance}
        for unit in front:
            label = unit.label or (
                Label.MEETING if unit.start in facts_ else Label.ATTENDANCE if unit.start in people else Label.FRONT
            )
            if not self.titles and unit.label is None and label is Label.FRONT:
                label = Label.OTHER
            self._label(unit.start, unit.span.stop, label)

    def _regions(self) -> list[dict[str, Any]]:
        """Neighbouring spans with one label run together."""
        out: list[dict[str, Any]] = []
        for start, stop, label in sorted(self.spans):
            page = self._page(start) if self.text.pages else None
            if (
                out
                and out[-1]["label"] is label
                and not self.text.text[out[-1]["stop"] : start].strip()
                and out[-1]["page"] == page
            ):
                out[-1]["stop"] = stop
            else:
                out.append({"label": label, "start": start, "stop": stop, "page": page})
        return out

    def _doubts(self, cases: list[Case], kind: DocumentKind, meeting: Any) -> None:
        if kind in (DocumentKind.MINUTES, DocumentKind.AGENDA):
            if meeting.date is None:
                self.findings.append(Finding(Code.NO_DATE, "no date of the meeting found"))
            if meeting.body is None:
                self.findings.append(Finding(Code.NO_BODY, "the body that met was not found"))
        numbers = [int(c.number) for c in cases if c.number and c.number.isdigit() and len(c.number) < 6]
        for one, two in itertools.pairwise(numbers):
            if two - one > 1:
                self.findings.append(
                    Finding(Code.ITEM_GAP, f"items {one + 1} to {two - 1} are missing between items {one} and {two}")
                )
        if kind is DocumentKind.MINUTES:
            for case in cases:
                if (
                    not case.closed
                    and case.parts
                    and not any(p.kind is SectionKind.BESLUTNING and p.everything() for p in _all(case.parts))
                ):
                    self.findings.append(
                        Finding(
                            Code.NO_DECISION,
                            f"item {case.number or '?'} has no decision",
                            Severity.INFO,
                            case.start,
                            case.stop,
                        )
                    )
        announced = len(self.context.contents_entries)
        if announced and cases and announced != len(cases):
            self.findings.append(
                Finding(
                    Code.TOC_DISAGREES,
                    f"the table of contents announces {announced} items, {len(cases)} were found",
                    Severity.WARNING,
                )
            )

    def _reported(self, limit: int) -> list[dict[str, Any]]:
        shown = self.findings[:limit]
        if len(self.findings) > limit:
            shown = [
                *shown[: limit - 1],
                Finding(Code.MORE_FINDINGS, f"{len(self.findings) - limit + 1} more findings", Severity.INFO),
            ]
        return [
            {"code": f.code, "severity": f.severity, "message": f.message, "start": f.start, "stop": f.stop}
            for f in shown
        ]


def _blocks(units: list[Unit]) -> list[list[Unit]]:
    """Lines printed close under each other in one look, at most three."""
    blocks: list[list[Unit]] = []
    for unit in units:
        if blocks and unit.gap < 0.6 and unit.style == blocks[-1][-1].style:
            blocks[-1].append(unit)
        else:
            blocks.append([unit])
    return [b for b in blocks if len(b) <= 3]


def _all(parts: list[Part]) -> list[Part]:
    return [q for p in parts for q in (p, *_all(p.kids))]


def _labelled_case(text: str) -> bool:
    return re.match(r"sags?\s?-?(?:nr|id|nummer)", text, re.IGNORECASE) is not None


def _weaker(style: Style, main: Style) -> bool:
    if main[2] and style[2]:
        return style[2] > main[2]
    if main[0] and style[0] and abs(main[0] - style[0]) > 0.4:
        return style[0] < main[0]
    if main[1] != style[1]:
        return main[1]
    return main[3] and not style[3]


def _visible(text: str) -> int:
    """Non-blank characters."""
    return sum(map(len, text.split()))


def _empty(at: int) -> Any:
    return _span(at, at)


def _span(start: int, stop: int) -> Any:
    from minutes_parser.text import Span

    return Span(start, stop)


def _conserved(text: str, regions: list[dict[str, Any]], name: str) -> None:
    """Every non-blank character in exactly one region, or a `Defect`."""
    at = 0
    for region in regions:
        if region["start"] < at:
            raise Defect(
                name, "overlap", f"characters {region['start']} to {at} would be counted twice", "please report this"
            )
        if text[at : region["start"]].strip():
            raise Defect(name, "lost-text", f"characters {at} to {region['start']} would be lost", "please report this")
        at = region["stop"]
    if text[at:].strip():
        raise Defect(name, "lost-text", f"characters from {at} would be lost", "please report this")
