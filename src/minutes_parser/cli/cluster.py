"""`minutes-parser convert --engine dask`: the same call, a shard at a time, on a cluster."""

from __future__ import annotations

import os
import time
from enum import Enum

import typer

from minutes_parser.cli.output import say

_OURS = frozenset(("engine", "scheduler", "shards", "shard", "jobs", "password", "quiet", "dry_run"))
"""Options that are not handed on: the cluster's own, and the password, which workers take from their environment."""


def convert(ctx: typer.Context, scheduler: str | None, shards: int | None, jobs: int | None, quiet: bool) -> int:
    """Run the call on a cluster; its exit code: 1 when documents failed or a shard could not be done."""
    from minutes_parser.archive import dask

    arguments = ["--jobs", str(jobs or 1), *_arguments(ctx)]
    code = done = 0
    told = time.monotonic()
    try:
        for count, one in dask.shards(arguments, os.getcwd(), shards, scheduler):
            done += 1
            if isinstance(one, str):
                code = 1
                say(f"minutes-parser: a shard was not done: {one}")
                continue
            code = max(code, one.code)
            for line in one.said.splitlines():
                if not quiet:
                    say(f"{line} (shard {one.number}/{count})")
            if time.monotonic() - told >= 60 and not quiet:
                told = time.monotonic()
                say(f"minutes-parser: {done} of {count} shards")
    except OSError as error:
        raise typer.BadParameter(f"no scheduler answers: {error}", param_hint="--scheduler") from None
    if not quiet:
        say(f"minutes-parser: {done} shards done")
    return code


def check(ctx: typer.Context, output: str) -> None:
    """A call that shards cannot share ends with exit 2."""
    if ctx.params.get("files0_from") == "-" or ctx.params.get("manifest") == "-":
        raise typer.BadParameter("a cluster cannot read our stdin; give a file that all machines see")
    if output.endswith(".jsonl") or ctx.params.get("run_log"):
        raise typer.BadParameter("shards cannot share one file; give a folder", param_hint="--output")
    if ctx.params.get("shard") != "1/1":
        raise typer.BadParameter("the cluster makes the shards", param_hint="--shard")


def _arguments(ctx: typer.Context) -> list[str]:
    """The call as it was given, for another process."""
    arguments: list[str] = []
    last: list[str] = []
    for param in ctx.command.params:
        name = param.name or ""
        value = ctx.params.get(name)
        if name in _OURS or value is None or value == param.get_default(ctx) or value == ():
            continue
        if param.param_type_name == "argument":
            last = ["--", *map(_text, value)]
        elif getattr(param, "is_flag", False):
            arguments.append(param.opts[0] if value else param.secondary_opts[0])
        else:
            values = value if isinstance(value, (list, tuple)) else [value]
            arguments += [part for one in values for part in (param.opts[0], _text(one))]
    return arguments + last


def _text(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)
