"""`minutes-parser convert`: an archive to one JSON file a document, again and again."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from minutes_parser.cli import cluster
from minutes_parser.cli.inputs import Vocabulary, own_words
from minutes_parser.cli.limits import MEMORY, TIMEOUT, Limit, Memory, Timeout, jobs_or_all, walls
from minutes_parser.cli.output import say
from minutes_parser.errors import MinutesError, printable

if TYPE_CHECKING:
    from minutes_parser.archive.convert import Settings
    from minutes_parser.archive.found import Choice, Found
    from minutes_parser.archive.names import Shard
    from minutes_parser.archive.sinks import Sink

EXAMPLES = """Examples:

minutes-parser convert arkiv/ -o ud/

find arkiv -name '*.pdf' -print0 | minutes-parser convert --files0-from - -o ud/

minutes-parser convert arkiv/ -o ud.jsonl

minutes-parser convert --manifest list.txt --shard 3/200 -o ud/
"""


class Engine(StrEnum):
    """What does the work."""

    LOCAL = "local"
    DASK = "dask"


class Form(StrEnum):
    """How documents are kept."""

    JSON = "json"
    JSONL = "jsonl"


def command(
    ctx: typer.Context,
    output: Annotated[
        str,
        typer.Option("--output", "-o", help="Folder, or .jsonl file, that the documents go to.", show_default=False),
    ],
    sources: Annotated[
        list[str] | None, typer.Argument(help="Folders and files: PDF, DOCX, HTML, text.", show_default=False)
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, max=1024, help="Workers. [default: one a processor]", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Print what would be done, a line each.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Convert what is up to date too, and write over files that are not ours.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed before, though it did not change.")
    ] = False,
    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="GLOB", help="Only these names or relative paths.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Not these names or relative paths.")
    ] = None,
    max_failures: Annotated[
        int | None, typer.Option("--max-failures", min=0, help="Stop after more failures than this.")
    ] = None,
    files0_from: Annotated[
        str | None, typer.Option("--files0-from", metavar="FILE", help="Paths parted by NUL; `-` is stdin.")
    ] = None,
    manifest: Annotated[
        str | None,
        typer.Option(
            "--manifest", metavar="FILE", help="A path or a JSON object with `path` and `name` a line; `-` is stdin."
        ),
    ] = None,
    relative_to: Annotated[
        str | None, typer.Option("--relative-to", metavar="DIR", help="Name documents by their paths from this folder.")
    ] = None,
    shard: Annotated[
        str, typer.Option("--shard", metavar="I/N", help="Only this part; any number of machines may do one each.")
    ] = "1/1",
    engine: Annotated[Engine, typer.Option(help="Workers on this machine, or a Dask cluster.")] = Engine.LOCAL,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Dask's scheduler, tcp://…; without it a cluster on this machine."),
    ] = None,
    shards: Annotated[
        int | None, typer.Option(min=1, help="Shards for the cluster. [default: four a thread]", show_default=False)
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option(
            "--format",
            help="A file a document, or one file with a document a line. [default: by OUTPUT's suffix]",
            show_default=False,
        ),
    ] = None,
    run_log: Annotated[
        str | None,
        typer.Option(
            "--run-log", metavar="FILE", help="Where the run log goes. [default: OUTPUT/_run.jsonl]", show_default=False
        ),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of text and HTML documents, instead of the guess.")
    ] = None,
    password: Annotated[
        str | None, typer.Option(envvar="MINUTES_PARSER_PASSWORD", help="Password of encrypted PDFs.")
    ] = None,
    tables: Annotated[bool, typer.Option(help="Read ruled tables of a PDF cell by cell.")] = True,
    vocabulary: Vocabulary = None,
    timeout: Timeout = TIMEOUT,
    max_memory: Memory = MEMORY,  # type: ignore[assignment]
    limit: Limit = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Failures only: no progress, no summary.")] = False,
) -> None:
    """Convert an archive: OUTPUT/<relative path>.json for each document, and a run log.

    What is up to date is left alone; run it again after anything, and the archive ends the same.

    Exit code: 0 fine; 1 some documents failed, the others are done; 2 the call is wrong; 4 the output cannot be
    written, or another run writes to it; 128+n ended by signal n.
    """
    from minutes_parser.archive.buckets import sink_at
    from minutes_parser.archive.convert import Settings
    from minutes_parser.archive.found import Choice
    from minutes_parser.archive.remote import is_url
    from minutes_parser.archive.sinks import log_of

    part = _shard(shard)
    choice = Choice(tuple(include or ()), tuple(exclude or ()), part)
    around = walls(
        timeout,
        max_memory,
        limit,
        encoding=encoding,
        password=password,
        tables=tables,
        vocabulary=own_words(vocabulary),
    )
    if engine is Engine.DASK and not dry_run:
        cluster.check(ctx, output)
        raise typer.Exit(cluster.convert(ctx, scheduler, shards, jobs, quiet))
    found, first = _peeked(_found(sources or [], files0_from, manifest, relative_to, choice, output))
    stored = is_url(output) or is_url(first)
    around = replace(around, environment=stored, shut=not stored)
    settings = Settings(around, jobs_or_all(jobs), force, retry_failed, max_failures)
    lines = form is Form.JSONL or (form is None and output.endswith(".jsonl"))
    log = run_log or log_of(output, part.label, lines=lines)
    if dry_run:
        raise typer.Exit(_dry_run(found, None if lines else output, log, settings))
    total = None
    if os.isatty(2) and sources and not quiet and not any(map(is_url, sources)):
        total = sum(not one.skipped for one in _found(sources, None, None, relative_to, choice, output))
    sink = partial(sink_at, output, part.label, log, lines=lines)
    raise typer.Exit(_run(found, sink, settings, output, total, quiet))


def _shard(text: str) -> Shard:
    from minutes_parser.archive.names import shard

    try:
        return shard(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no part; give I/N, for example 3/200", param_hint="--shard") from None


def _found(
    sources: list[str], files0_from: str | None, manifest: str | None, base: str | None, choice: Choice, output: str
) -> Iterator[Found]:
    """The documents that the call names; a call that names none, or something that is not there, ends with exit 2."""
    from minutes_parser.archive import remote, walk

    if sum((bool(sources), files0_from is not None, manifest is not None)) != 1:
        raise typer.BadParameter("give folders and files, or --files0-from, or --manifest: one of the three")
    for path in sources:
        if remote.is_url(path):
            continue
        if not os.path.lexists(path):
            raise typer.BadParameter(f"no such file or folder: {printable(path)}")
        if os.path.isdir(path) and os.path.isdir(output) and os.path.samefile(path, output):
            raise typer.BadParameter("the output folder is a source folder; give another", param_hint="--output")
    if sources:
        found = walk.sources(sources, choice, output, base)
        return found if len(sources) == 1 else walk.unique(found)
    read = walk.zero_separated if files0_from is not None else walk.manifest
    file = _open(files0_from if files0_from is not None else manifest or "")
    return walk.unique(walk.listed(read(file), choice, base))


def _peeked(found: Iterator[Found]) -> tuple[Iterator[Found], str | None]:
    """The same, and the first one's path: it tells whether documents come from an object store."""
    one = next(found, None)
    return (found, None) if one is None else (chain((one,), found), one.path)


def _open(path: str) -> BinaryIO:
    if path == "-":
        return sys.stdin.buffer
    try:
        return open(path, "rb")
    except OSError as error:
        raise typer.BadParameter(f"{printable(path)}: {error.strerror}") from None


def _dry_run(found: Iterator[Found], output: str | None, log: str, settings: Settings) -> int:
    from minutes_parser.archive.preview import foresee
    from minutes_parser.cli.output import write_stdout

    code = 0
    rows = foresee(found, output, log, settings.walls, force=settings.force, retry_failed=settings.retry_failed)
    for state, path, reason in rows:
        code = max(code, int(state.startswith("failed")))
        cells = [state, printable(path), printable(reason)]
        write_stdout(("\t".join(cell for cell in cells if cell) + "\n").encode())
    return code


def _run(
    found: Iterator[Found], sink: Callable[[], Sink], settings: Settings, output: str, total: int | None, quiet: bool
) -> int:
    from minutes_parser.archive.convert import Run
    from minutes_parser.archive.sinks import failures
    from minutes_parser.cli.progress import Progress
    from minutes_parser.cli.signals import Ended, ended_by_signals

    progress = None
    where = ""
    code = 0
    try:
        with ended_by_signals():
            place = sink()
            where = failures(place.log)
            with Run(settings, place) as run:
                progress = Progress(run.totals, total, quiet=quiet)
                for event in run.events(found):
                    progress.tell(event)
        code = int(run.totals.failed + run.totals.failed_before > 0)
    except Ended as end:
        code = 128 + end.number
    except MinutesError as error:
        say(f"minutes-parser: {error.named(error.name or output)}")
        code = error.exit_code
    if progress is not None:
        progress.close(where=where)
    return code
