"""explain, parse: the one road from bytes to the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from minutes_parser.assemble import assemble
from minutes_parser.clean import clean
from minutes_parser.findings import Finding, Limits, Options
from minutes_parser.kinds import Code, Severity
from minutes_parser.layouts import GENERIC, Layout, fitting, known
from minutes_parser.marks import Mark
from minutes_parser.model import Minutes
from minutes_parser.recognise import prepare, recognise
from minutes_parser.recognise.context import Context
from minutes_parser.recognise.evidence import Trace
from minutes_parser.recognise.meetings import borders
from minutes_parser.source import DOCX, HTML, PDF, TEXT, Source, name_disagrees, printable_name, read_file
from minutes_parser.text import SourceText
from minutes_parser.vocabulary.words import in_use
from minutes_parser.vocabulary.words import use as put_in_use
from minutes_parser.write import seal

if TYPE_CHECKING:
    from minutes_parser.vocabulary.mine import Problem

__all__ = ["Reading", "examine", "explain", "extract", "load", "meetings", "parse", "use"]

_EXTRACTORS = {PDF: "pdf", DOCX: "docx", HTML: "html", TEXT: "text"}


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything said about one document."""

    source: Source
    text: SourceText
    layout: Layout
    marks: tuple[Mark, ...]
    minutes: Minutes
    context: Context
    """What the recognisers looked at; its `trace` holds what they considered, where that was asked for."""


def load(document: str | Path | bytes, name: str | None = None, limits: Limits | None = None) -> Source:
    """A `Source` from a path or from bytes.

    Raises `Unreadable` (`not-found`, `not-a-file`, `io`) and `LimitReached` (`limit-bytes`).
    """
    if isinstance(document, bytes):
        return Source(name or "stdin", document)
    data, _ = read_file(document, (limits or Limits()).bytes)
    return Source(printable_name(name or Path(document).name), data)


def extract(source: Source, options: Options | None = None) -> SourceText:
    """Bytes to lines in reading order, by the module of the source's media type, whatever the name says."""
    options = options or Options()
    module = import_module(f"minutes_parser.extract.{_EXTRACTORS[source.media_type]}")
    extractor: Callable[[Source, Options], SourceText] = module.extract
    text = extractor(source, options)
    if name_disagrees(source.name, source.media_type):
        told = Finding(Code.NAME_DISAGREES, f"the name says another kind, the bytes are {source.media_type}")
        text = replace(text, findings=(told, *text.findings))
    return text


def explain(source: Source, options: Options | None = None, trace: Trace | None = None) -> Reading:
    """Read a document and keep every claim that was made on the way; `trace` gets those that were given up, too, and why."""
    options = options or Options()
    text = extract(source, options)
    with in_use(options.vocabulary):
        layout, text = _laid_out(text, options)
        cleaned = clean(text, layout)
        begun = borders(text, cleaned)
        if begun:
            message = (
                f"the file holds {len(begun) + 1} meetings, read as one; they can be read one by one (--split-meetings)"
            )
            start = text.lines[begun[0]].start
            told = Finding(Code.SEVERAL_MEETINGS, message, Severity.WARNING, start, start)
            text = replace(text, findings=(*text.findings, told))
        return _read(source, text, layout, cleaned, options, trace)


def meetings(source: Source, options: Options | None = None) -> Iterator[Reading]:
    """Each meeting of a file as a document of its own; a file of one meeting is what `explain` reads.

    Guaranteed: every line belongs to exactly one of them, each conserves its own, and offsets count in the whole file's
    source text all the same.
    """
    options = options or Options()
    whole = extract(source, options)
    with in_use(options.vocabulary):
        layout, whole = _laid_out(whole, options)
        cleaned = clean(whole, layout)
        begun = borders(whole, cleaned)
    bounds = [0, *begun, len(whole.lines)]
    for number, (first, stop) in enumerate(pairwise(bounds), 1):
        text = _part(whole, first, stop, f"meeting {number} of {len(begun) + 1} in the file") if begun else whole
        own = [m for m in cleaned if text.lines[0].start <= m.span.start < text.lines[-1].stop]
        with in_use(options.vocabulary):
            reading = _read(source, text, layout, own, options, None)
        yield reading


def _part(whole: SourceText, first: int, stop: int, message: str) -> SourceText:
    """Some lines of a text at their own offsets; blanks stand for the rest."""
    lines = whole.lines[first:stop]
    start, end = lines[0].start, lines[-1].stop
    text = " " * start + whole.text[start:end] + " " * (len(whole.text) - end)
    told = Finding(Code.SEVERAL_MEETINGS, message, Severity.INFO, start, end)
    findings = tuple(f for f in whole.findings if f.start is None or start <= f.start < end)
    return replace(whole, text=text, lines=lines, findings=(*findings, told), title="")


def _read(
    source: Source,
    text: SourceText,
    layout: Layout,
    cleaned: Sequence[Mark],
    options: Options,
    trace: Trace | None,
) -> Reading:
    context = prepare(text, cleaned, layout)
    context.trace = trace
    marks = recognise(context)
    minutes = seal(assemble(context, marks, cleaned, source, options))
    return Reading(source, text, layout, (*cleaned, *marks), minutes, context)


def _laid_out(text: SourceText, options: Options) -> tuple[Layout, SourceText]:
    """The layout that fits; the generic one, with a finding, where several do."""
    found = fitting(text) if options.layouts else ()
    if len(found) < 2:
        return (found[0] if found else GENERIC), text
    names = ", ".join(layout.name for layout in found)
    told = Finding(Code.LAYOUT_AMBIGUOUS, f"read without a layout, since several fit: {names}", Severity.INFO)
    return GENERIC, replace(text, findings=(*text.findings, told))


def parse(document: str | Path | bytes, name: str | None = None, options: Options | None = None) -> Minutes:
    """The minutes in a file or in bytes.

    Raises `MinutesError` only when no document is possible; everything doubtful is in `findings`. Runs in this
    process: a hostile file can exhaust its memory or time; the command line guards against that.
    """
    options = options or Options()
    return explain(load(document, name, options.limits), options).minutes


def examine(files: Sequence[Path]) -> list[Problem]:
    """Everything that is wrong with a user's files, in their order."""
    from minutes_parser.layouts.entries import examine as layouts
    from minutes_parser.vocabulary.mine import examine as words

    found, problems = words(files)
    return [*problems, *layouts(found.layouts)]


def use(files: Sequence[str | PathLike[str]]) -> None:
    """Put the package's words and layouts and those of a user's files in use; raises `BadVocabulary`."""
    put_in_use(files)
    known()
