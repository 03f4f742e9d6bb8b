"""A group of commands of which each is read when it is run: a list of all costs the same with two and with twenty."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group


class Commands(dict[str, Any]):
    """Commands by their names, read from the module of that name in this package when first asked for."""

    def __getitem__(self, name: str) -> Any:
        command = super().__getitem__(name)
        if command is None:
            command = self[name] = _read(name)
        return command

    def get(self, name: str, default: Any = None) -> Any:
        return default if name not in self else self.__getitem__(name)


def _read(name: str) -> Any:
    """The command of a module: its `command` with `EXAMPLES` below the help, or the commands of its `app`."""
    module = import_module(f"minutes_parser.cli.{name}")
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    if hasattr(module, "app"):
        app.add_typer(module.app, name=name)
    else:
        app.command(name, epilog=module.EXAMPLES)(module.command)
    return get_group(app).commands[name]


def lazy(rows: Mapping[str, str]) -> type[TyperGroup]:
    """A class of groups with these commands: name, and the line that the list of commands has for it."""

    class Lazy(TyperGroup):
        def __init__(self, **attributes: Any) -> None:
            super().__init__(**attributes)
            self.commands = Commands((name, None) for name in rows)

        def format_commands(self, ctx: Any, formatter: Any) -> None:
            limit = formatter.width - 6 - max(map(len, rows))
            with formatter.section("Commands"):
                formatter.write_dl([(name, _short(line, limit)) for name, line in rows.items()])

    return Lazy


def _short(line: str, limit: int) -> str:
    """The line, cut between words and marked as cut where it is too long."""
    if len(line) <= limit:
        return line
    return line[: limit - 2].rpartition(" ")[0] + "..."
