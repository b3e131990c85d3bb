"""The commands that explain scenarios: list, show, schema."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from analysis.command_line.economy_option import OwnEconomy, of_own
from analysis.command_line.options import Plugin
from analysis.command_line.terminal import console
from data.errors import InputError, nearest
from scenarios.files import is_experiment, library
from scenarios.plugins import load_plugins
from scenarios.reading import read_experiment, read_scenario
from scenarios.schema import Parameter, parameters
from scenarios.writing import written

app = typer.Typer(
    help="Scenarios and experiments of the library.", no_args_is_help=True, add_completion=False
)


@app.command("list")
def list_command() -> None:
    """List the library."""
    table = Table("name", "kind", "what it asks")
    for name, path in library().items():
        kind = "experiment" if is_experiment(path) else "scenario"
        title = (read_experiment if kind == "experiment" else read_scenario)(name).title
        table.add_row(name, kind, title)
    console().print(table)


@app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(help="Library name or path.")],
    plugin: Plugin = None,
    economy: OwnEconomy = None,
) -> None:
    """Print a scenario as it would be run, every value spelled out, or an experiment's arms."""
    load_plugins(plugin or ())
    _, words = of_own(economy, ())
    path = library().get(name, Path(name))
    if path.is_file() and is_experiment(path):
        chosen = read_experiment(name, words)
        screen = console()
        screen.print(f"{chosen.name}: {chosen.title}", highlight=False)
        screen.print(f"{chosen.replications} replications, seed {chosen.seed}, arms:")
        for arm in chosen.arms:
            screen.print(f"  {arm.name}", highlight=False)
        return
    sys.stdout.write(written(read_scenario(name, words)))


@app.command("schema")
def schema_command(
    section: Annotated[
        str | None, typer.Argument(help="Section, such as cap, or the beginning of a key.")
    ] = None,
    plugin: Plugin = None,
) -> None:
    """Print every key of a scenario, or of one section: default, range, unit, source, meaning."""
    load_plugins(plugin or ())
    rows = parameters()
    if section is not None:
        rows = _of_section(section.strip(), rows)
    key = Column("key", overflow="fold", min_width=max(len(row.key) for row in rows))
    table = Table(key, "default", "range", "unit", "source", "meaning")
    for row in rows:
        limits = f"{row.limits}: {row.bounds}" if row.bounds else row.limits
        table.add_row(row.key, row.default, limits, row.unit, row.source, row.meaning)
    console().print(table)


def _of_section(word: str, rows: list[Parameter]) -> list[Parameter]:
    """Return the keys of a section, a table within one, or one key.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    known = {_place(row.key, depth) for row in rows for depth in (1, 2, 3)}
    if word not in known:
        raise InputError(f"{word}: no such section or key; {nearest(word, known)}")
    return [row for row in rows if word in {_place(row.key, depth) for depth in (1, 2, 3)}]


def _place(key: str, depth: int) -> str:
    """Return the first parts of a key, without the words in brackets that it may depend on."""
    parts = key.split(".")[:depth]
    return ".".join(part.partition("(")[0].partition("[")[0] for part in parts)
