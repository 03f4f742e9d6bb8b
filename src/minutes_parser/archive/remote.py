"""Documents and outputs in an object store: whatever fsspec opens by its address, `s3://…` first of all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from minutes_parser.archive.found import Choice, Found
from minutes_parser.archive.names import tidy
from minutes_parser.archive.outputs import LARGEST, Unwritable, identity, read_output
from minutes_parser.errors import LimitReached, MissingHelper, Unreadable
from minutes_parser.source import read_file

Identity = list[Any]


def is_url(path: str | None) -> bool:
    """Whether a path is an address in an object store.

    >>> is_url("s3://arkiv/a.pdf"), is_url("arkiv/a.pdf"), is_url(None)
    (True, False, False)
    """
    return path is not None and "://" in path


def name_of(url: str) -> str:
    """The address as a name inside an archive, the protocol left out."""
    return tidy(url.partition("://")[2])


def read_document(path: str, limit: int) -> tuple[bytes, Identity]:
    """The bytes of a document, wherever it is, and its identity; raises `Unreadable` and `LimitReached`."""
    if is_url(path):
        return _read_object(path, limit)
    data, before = read_file(path, limit)
    return data, identity(before)


def read_standing(path: str) -> bytes | None:
    """What stands in an output's place, wherever that is; None for nothing. Raises `Blocked` and `Unwritable`."""
    return _read_output(path) if is_url(path) else read_output(path)


def _read_object(url: str, limit: int) -> tuple[bytes, Identity]:
    """The bytes of an object of at most `limit` bytes, and its identity; raises `Unreadable` and `LimitReached`."""
    try:
        fs, path = _open(url)
        info = fs.info(path)
        size = int(info.get("size") or 0)
        if info.get("type") != "file":
            raise Unreadable(url, "not-a-file", "not an object", "give the address of a document")
        if size > limit:
            raise LimitReached(
                url, "limit-bytes", f"{size} bytes, the limit is {limit}", "raise it with --limit bytes=N"
            )
        with fs.open(path, "rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise Unreadable(url, "not-found", "no such object") from None
    except _troubles() as error:
        raise Unreadable(url, "io", _reason(error)) from None
    if len(data) > limit:
        raise LimitReached(url, "limit-bytes", f"more than {limit} bytes, the limit", "raise it with --limit bytes=N")
    return data, _identity(info)


def _read_output(url: str) -> bytes | None:
    try:
        fs, path = _open(url)
        with fs.open(path, "rb") as file:
            data: bytes = file.read(LARGEST)
            return data
    except FileNotFoundError:
        return None
    except _troubles() as error:
        raise _unwritable(error) from None


def put(url: str, data: bytes) -> Identity:
    """Write an object, whole or not at all, as object stores do; its identity. Raises `Unwritable`."""
    try:
        fs, path = _open(url)
        fs.pipe_file(path, data)
        fs.invalidate_cache(path)
        return _identity(fs.info(path))
    except _troubles() as error:
        raise _unwritable(error) from None


def is_folder(url: str) -> bool:
    """Whether there are objects below an address; raises `Unwritable` when the store does not answer."""
    try:
        fs, path = _open(url)
        return bool(fs.isdir(path))
    except FileNotFoundError:
        return False
    except _troubles() as error:
        raise _unwritable(error) from None


def find(url: str) -> Found:
    """The object at an address, or what is wrong with it."""
    name = name_of(url)
    try:
        fs, path = _open(url)
        info = fs.info(path)
    except FileNotFoundError:
        return Found(url, name, problem=("not-found", "no such object"))
    except _troubles() as error:
        return Found(url, name, problem=("io", _reason(error)))
    if info.get("type") != "file":
        return Found(url, name, problem=("not-a-file", "a folder, not a document"))
    return Found(url, name, _identity(info))


def walk(url: str, prefix: str, choice: Choice, avoid: str | None) -> Iterator[Found]:
    """The objects below an address in the order of their keys, one folder's listing in memory at a time."""
    try:
        fs, root = _open(url)
        hidden = _open(avoid)[1].rstrip("/") if is_url(avoid) and avoid is not None else None
        for folder, below, files in fs.walk(root, detail=True):
            inside = f"{prefix}/{folder.removeprefix(root).strip('/')}".strip("/")
            for name in [n for n, info in below.items() if n.startswith(".") or info["name"].rstrip("/") == hidden]:
                reason = "dotfile" if name.startswith(".") else "the output itself"
                yield Found(fs.unstrip_protocol(below.pop(name)["name"]), f"{inside}/{name}".strip("/"), skipped=reason)
            for name, info in sorted(files.items()):
                full = f"{inside}/{name}".strip("/")
                if not name or not choice.shard.holds(full):
                    continue
                address = fs.unstrip_protocol(info["name"])
                reason = choice.against(full)
                yield Found(address, full, skipped=reason) if reason else Found(address, full, _identity(info))
    except _troubles() as error:
        yield Found(url, prefix or ".", problem=("io", f"it cannot be listed: {_reason(error)}"))


class Standing:
    """What stands at addresses, asked a folder at a time: an archive is walked in that order."""

    def __init__(self) -> None:
        self._folder = ""
        self._known: dict[str, Identity] = {}

    def __call__(self, url: str) -> Identity | None:
        """The identity of what stands there; None for nothing. Raises `Unwritable`."""
        folder, _, name = url.rpartition("/")
        if folder != self._folder:
            try:
                fs, path = _open(folder)
                rows = fs.ls(path, detail=True, refresh=True)
            except FileNotFoundError:
                rows = []
            except _troubles() as error:
                raise _unwritable(error) from None
            self._known = {row["name"].rpartition("/")[2]: _identity(row) for row in rows if row["type"] == "file"}
            self._folder = folder
        return self._known.get(name)


def fetch(url: str, path: str) -> None:
    """Copy an object to a local file, if there is one; raises `Unwritable`."""
    try:
        fs, there = _open(url)
        if fs.exists(there):
            fs.get_file(there, path)
    except _troubles() as error:
        raise _unwritable(error) from None


def store(path: str, url: str) -> None:
    """Copy a local file to an address; raises `Unwritable`."""
    try:
        fs, there = _open(url)
        fs.put_file(path, there)
        fs.invalidate_cache(there)
    except _troubles() as error:
        raise _unwritable(error) from None


def forget(url: str) -> None:
    """Remove an object, if there is one; raises `Unwritable`."""
    try:
        fs, there = _open(url)
        with contextlib.suppress(FileNotFoundError):
            fs.rm_file(there)
    except _troubles() as error:
        raise _unwritable(error) from None


def _open(url: str) -> tuple[Any, str]:
    """The file system and the path in it; raises `MissingHelper` when nothing that opens it is installed."""
    protocol = url.partition("://")[0]
    try:
        from fsspec.core import url_to_fs

        fs, path = url_to_fs(url, use_listings_cache=False)  # what others write meanwhile is seen
        return fs, path
    except ImportError:
        advice = (
            "pip install 'minutes-parser[s3]'"
            if protocol in ("s3", "s3a")
            else f"install what fsspec needs for {protocol}"
        )
        raise MissingHelper(url, "missing-extra", f"nothing is installed that opens {protocol}://", advice) from None
    except ValueError:
        raise MissingHelper(url, "missing-extra", f"nobody knows {protocol}://", "give s3://BUCKET/PATH") from None


def _troubles() -> tuple[type[BaseException], ...]:
    """What reading and writing may raise; botocore's errors are no OSErrors."""
    found: tuple[type[BaseException], ...] = (OSError, TimeoutError)
    with contextlib.suppress(ImportError):
        from botocore.exceptions import BotoCoreError, ClientError

        found = (*found, BotoCoreError, ClientError)
    return found


def _reason(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]


def _unwritable(error: BaseException) -> Unwritable:
    return Unwritable(
        "", "output", f"the object store does not do it: {_reason(error)}", "check address, keys and network"
    )


def _identity(info: dict[str, Any]) -> Identity:
    """Size and content tag, or date, of an object."""
    tag = info.get("ETag") or info.get("etag") or info.get("md5Hash") or info.get("LastModified") or info.get("mtime")
    return [int(info.get("size") or 0), str(tag)]
