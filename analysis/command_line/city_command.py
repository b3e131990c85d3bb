"""The quotapolis city command: one city in the results of an experiment, on one screen."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.city_screen import print_portrait
from analysis.command_line.economy_option import OwnEconomy
from analysis.command_line.options import Json, Plugin
from analysis.command_line.terminal import Bar, console
from analysis.experiment.identity import economies_identity, given_identity
from analysis.experiment.recorded import Recorded
from analysis.one_city.plain_values import as_words
from analysis.one_city.portrait import portrait
from data.compiled.cache import load_economy
from data.errors import InputError
from data.importing.kept import load_imported
from data.readers.io_tables import TABLE_YEARS
from model.compile.city_economy import Economy
from model.compile.compile import Progress
from scenarios.plugins import load_plugins


def city_command(
    city: Annotated[str, typer.Argument(help="Name, Latin or Chinese, or code.")],
    results: Annotated[Path, typer.Argument(help="Results directory.")],
    arm: Annotated[
        str | None, typer.Option(help="Arm to tell of alone, its quota account year by year.")
    ] = None,
    plugin: Plugin = None,
    economy: OwnEconomy = None,
    as_json: Json = False,
) -> None:
    """Tell of one city: who it is, what it does under each arm, its quota account, its partners."""
    load_plugins(plugin or ())
    with Bar() as bar:

        def economy_of(recorded: Recorded) -> Economy | None:
            if economy is None:
                return _compiled(recorded, bar.progress)
            return _own(recorded, economy)

        found = portrait(city, results, economy_of, arm)
    if as_json:
        sys.stdout.write(json.dumps(as_words(found), indent=1, ensure_ascii=False) + "\n")
        return
    print_portrait(found, console(), alone=arm is not None)


def _compiled(recorded: Recorded, progress: Progress) -> Economy | None:
    """Return the compiled economy of results, if they are of one that tables are at hand for."""
    experiment = recorded.experiment
    asked = experiment.arms[0].scenario
    year, assumptions = asked.horizon.base_year, asked.economy.assumptions
    if year not in TABLE_YEARS:
        return None
    economy = load_economy(year, assumptions, progress)
    try:
        mine = economies_identity(experiment)
    except InputError:  # drawn economies are not at hand; the one compiled stands for them
        return economy
    return economy if mine[:16] == recorded.identity["economy"] else None


def _own(recorded: Recorded, economy: str) -> Economy:
    """Return an economy of one's own; raises InputError if the results are of another."""
    found = load_imported(economy)
    if given_identity(found)[:16] != recorded.identity["economy"]:
        raise InputError(f"--economy {economy}: these results are of another; name theirs")
    return found
