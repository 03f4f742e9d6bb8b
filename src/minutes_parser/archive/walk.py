"""Which documents there are: in folders, in lists; and what was passed over, with the reason."""

from __future__ import annotations

import errno
import json
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from minutes_parser.archive import remote
from minutes_parser.archive.found import DESKTOP, Choice, Found
from minutes_parser.archive.names import digest, tidy
from minutes_parser.errors import MinutesError
from minutes_parser.source import printable_name


def sources(paths: list[str], choice: Choice, output: str | None, base: str | None = None) -> Iterator[Found]:
    """The documents at `paths`, folders walked in the order of their names' bytes.

    One folder: names are relative to it. Otherwise they are the paths as given (or relative to `base`), so that
    nothing meets. `output`, wherever it lies, is passed over.
    """
    alone = len(paths) == 1 and base is None
    for path in paths:
        folder, walk = (remote.is_folder, remote.walk) if remote.is_url(path) else (os.path.isdir, _walk)
        name = "" if alone and folder(path) else _name(path, base)
        if not name or folder(path):
            yield from walk(path, name, choice, output)
        elif choice.shard.holds(name):
            reason = choice.against(name, hidden=False)
            yield Found(path, name, skipped=reason) if reason else _file(path, name)


def listed(rows: Iterable[tuple[str, str | None]], choice: Choice, base: str | None = None) -> Iterator[Found]:
    """The documents of a list of paths, each with a name of its own or none."""
    for path, given in rows:
        name = tidy(given) if given else _name(path, base)
        if not name:
            yield Found(path, path, problem=("not-a-file", "not the path of a document"))
            continue
        if not choice.shard.holds(name):
            continue
        reason = choice.against(name)
        yield Found(path, name, skipped=reason) if reason else _file(path, name)


def zero_separated(file: BinaryIO) -> Iterator[tuple[str, str | None]]:
    """Paths that end in NUL, as `find -print0` writes them."""
    rest = b""
    while part := file.read(1 << 16):
        *whole, rest = (rest + part).split(b"\0")
        yield from ((os.fsdecode(path), None) for path in whole if path)
    if rest:
        yield os.fsdecode(rest), None


class BadList(MinutesError):
    """A manifest has a line that is none (`manifest`)."""

    exit_code = 2


def manifest(file: BinaryIO) -> Iterator[tuple[str, str | None]]:
    """A path a line, or a JSON object with `path` and, if so wished, `name`; raises `BadList`."""
    for number, line in enumerate(file, 1):
        line = line.strip(b"\r\n")
        if not line.startswith(b"{"):
            if line:
                yield os.fsdecode(line), None
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise BadList("manifest", "manifest", f"line {number} is no JSON") from None
        path, name = (row.get("path"), row.get("name")) if isinstance(row, dict) else (None, None)
        if not isinstance(path, str) or not isinstance(name, str | None):
            raise BadList("manifest", "manifest", f"line {number} has no path", 'give {"path": "…"}')
        yield path, name


def unique(found: Iterable[Found]) -> Iterator[Found]:
    """The same, each output once: what was listed before is passed over."""
    seen: set[bytes] = set()
    for one in found:
        key = digest(one.name)
        if one.skipped:
            yield one
        elif key in seen:
            yield Found(one.path, one.name, skipped="listed twice")
        else:
            seen.add(key)
            yield one


def folded(found: Iterable[Found]) -> Iterator[Found]:
    """The same for an output whose disk takes `A` for `a`: a second document for the same output is a failure."""
    seen: dict[bytes, str] = {}
    for one in found:
        first = seen.setdefault(digest(unicodedata.normalize("NFC", one.name).casefold()), one.name)
        if first != one.name and not one.skipped:
            reason = f"on this disk its output would be that of {printable_name(first)}"
            yield Found(one.path, one.name, problem=("output-blocked", reason))
        else:
            yield one


def _name(path: str, base: str | None) -> str:
    if remote.is_url(path):
        inside = base is not None and path.startswith(f"{base.rstrip('/')}/")
        return tidy(path[len(base or "") :]) if inside else remote.name_of(path)
    return tidy(os.path.relpath(path, base)) if base is not None else tidy(path)


def _place(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _walk(root: str, name: str, choice: Choice, output: str | None) -> Iterator[Found]:
    avoid = _place(output) if output is not None else None
    stack = [(root, name)]
    while stack:
        folder, prefix = stack.pop()
        try:
            with os.scandir(folder) as entries:
                names = sorted((os.fsencode(e.name), e.is_dir(follow_symlinks=False)) for e in entries)
        except OSError as error:
            if choice.shard.holds(prefix):
                yield Found(folder, prefix or ".", problem=("io", f"the folder cannot be read: {error.strerror}"))
            continue
        below: list[tuple[str, str]] = []
        for raw, is_folder in names:
            last = os.fsdecode(raw)
            path, inside = os.path.join(folder, last), f"{prefix}/{last}" if prefix else last
            if is_folder:
                if last.startswith(".") or last.lower() in DESKTOP:
                    yield Found(path, inside, skipped="dotfile")
                elif avoid is not None and _place(path) == avoid:
                    yield Found(path, inside, skipped="the output itself")
                else:
                    below.append((path, inside))
            elif not choice.shard.holds(inside):
                continue
            elif reason := choice.against(inside):
                yield Found(path, inside, skipped=reason)
            else:
                yield _file(path, inside)
        stack += reversed(below)


def _file(path: str, name: str) -> Found:
    """The file at `path`, or what is wrong with it; never opens it."""
    if remote.is_url(path):
        return replace(remote.find(path), name=name)
    try:
        found = os.stat(path)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return Found(path, name, problem=("not-found", "a symbolic link that leads to itself"))
        gone = error.errno in (errno.ENOENT, errno.ENOTDIR)
        link = " behind the symbolic link" if gone and os.path.islink(path) else ""
        return Found(
            path,
            name,
            problem=(
                "not-found" if gone else "io",
                f"no such file{link}" if gone else error.strerror or "cannot be read",
            ),
        )
    if stat.S_ISREG(found.st_mode):
        return Found(path, name, [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino])
    if stat.S_ISDIR(found.st_mode):
        link = "a symbolic link to a folder is not followed; name the folder as a source"
        return (
            Found(path, name, skipped=link, loud=True)
            if os.path.islink(path)
            else Found(path, name, problem=("not-a-file", "a folder, not a document"))
        )
    return Found(path, name, problem=("not-a-file", "not an ordinary file"))
