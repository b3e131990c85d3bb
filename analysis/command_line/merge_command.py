"""The quotapolis merge command: the shards of an experiment as one."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.economy_option import OwnEconomy
from analysis.command_line.leaving import writing_to
from analysis.command_line.options import Full, Json, NoPictures, Outcomes, Plugin, Quiet
from analysis.command_line.showing import show, view
from analysis.command_line.terminal import Bar
from analysis.experiment.merging import merge
from scenarios.plugins import load_plugins


def merge_command(
    folders: Annotated[list[Path], typer.Argument(help="Results directories of the shards.")],
    out: Annotated[Path, typer.Option(help="Results directory of the whole.")],
    plugin: Plugin = None,
    economy: OwnEconomy = None,
    no_pictures: NoPictures = False,
    outcomes: Outcomes = None,
    quiet: Quiet = False,
    full: Full = False,
    as_json: Json = False,
) -> None:
    """Join the shards of an experiment into one complete results directory."""
    asked = view(outcomes, quiet, full, as_json)
    load_plugins(plugin or ())
    with Bar() as bar, writing_to(out):
        comparison = merge(
            folders,
            out,
            pictures=not no_pictures,
            economy=economy,
            progress=bar.progress,
        )
    show(comparison, asked)
