"""The quotapolis animate command: results as a moving map."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.leaving import writing_to
from analysis.command_line.options import Plugin
from analysis.command_line.overwriting import Overwrite, require_absent
from analysis.command_line.terminal import console
from analysis.experiment.finished import require_results
from analysis.report.animation import write_animation
from scenarios.plugins import load_plugins

NAME = "map.gif"


def animate_command(
    results: Annotated[Path, typer.Argument(help="Results directory.")],
    out: Annotated[
        Path | None, typer.Option(help=f"GIF to write; default {NAME} in the directory.")
    ] = None,
    arm: Annotated[str, typer.Option(help="Policy shown; default the first one.")] = "",
    measure: Annotated[
        str, typer.Option(help="What colours show: emissions_change, or a measure of the report.")
    ] = "emissions_change",
    plugin: Plugin = None,
    overwrite: Overwrite = False,
) -> None:
    """Write a GIF of results: the cities of one policy by year, and the nation's path so far."""
    load_plugins(plugin or ())
    require_results(results)
    place = out or results / NAME
    require_absent(place, overwrite)
    with writing_to(place):
        write_animation(results, place, arm=arm, measure=measure)
    size = place.stat().st_size / 1e6
    console().print(f"Written: {place}, {size:.1f} MB", markup=False, soft_wrap=True)
