"""The quotapolis data cache command: what is kept on disk, and its removal."""

import time
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

from analysis.command_line.terminal import console
from data.compiled.cache_place import LIMIT, cache_folder, cache_limit
from data.compiled.contents import Kept, clear, contents


def cache_command(
    clearing: Annotated[
        bool, typer.Option("--clear", help="Remove all of it; it is compiled anew when needed.")
    ] = False,
) -> None:
    """List the economies that are kept on disk, or remove them."""
    kept = clear() if clearing else contents()
    if kept:
        _print(kept)
    done = "removed from" if clearing else "kept in"
    said = f"{_counted(kept)} {done} {cache_folder()}"
    console().print(said if clearing else f"{said}; {_limit()}", markup=False, soft_wrap=True)


def _limit() -> str:
    limit = cache_limit()
    if limit == float("inf"):
        return f"no limit ({LIMIT})"
    return f"above {limit / 1e9:g} GB ({LIMIT}) the longest unused are dropped"


def _print(kept: Sequence[Kept]) -> None:
    table = Table("folder", "holds", "year")
    for heading in ("size", "age", "used"):
        table.add_column(heading, justify="right")
    for each in kept:
        age = _age(time.time() - each.written)
        used = "in use" if each.in_use else _age(time.time() - each.used)
        table.add_row(each.folder.name, each.kind, each.year, _megabytes(each.size), age, used)
    console().print(table)


def _counted(kept: Sequence[Kept]) -> str:
    total = _megabytes(sum(each.size for each in kept))
    return f"{len(kept)} folder{'' if len(kept) == 1 else 's'}, {total},"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _age(seconds: float) -> str:
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length:.0f} {unit}"
    return "just now" if seconds < 60 else "a minute"
