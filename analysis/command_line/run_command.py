"""The quotapolis run command: one scenario beside the same world without policy."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.economy_option import OwnEconomy, of_own
from analysis.command_line.history import print_history, run_history
from analysis.command_line.leaving import writing_to
from analysis.command_line.options import (
    RESULTS,
    Full,
    Json,
    NoPictures,
    Out,
    Outcomes,
    Plugin,
    Quiet,
    Resume,
    Seed,
    Set,
)
from analysis.command_line.overwriting import require_no_home
from analysis.command_line.showing import show, view
from analysis.command_line.terminal import Bar, console
from analysis.experiment.comparison import compare
from analysis.experiment.one_scenario import single
from scenarios.experiment import MOST_REPLICATIONS
from scenarios.plain_words import name_of_file
from scenarios.reading import read_scenario


def run_command(
    scenario: Annotated[str, typer.Argument(help="Library name or path of a TOML file.")],
    settings: Set = None,
    plugin: Plugin = None,
    out: Out = None,
    seed: Seed = None,
    replications: Annotated[
        int, typer.Option(min=1, max=MOST_REPLICATIONS, help="Runs with and without the policy.")
    ] = 1,
    resume: Resume = False,
    until: Annotated[int | None, typer.Option(help="Stop after this year.")] = None,
    save: Annotated[Path | None, typer.Option(help="Write the state reached to a file.")] = None,
    economy: OwnEconomy = None,
    begin: Annotated[
        Path | None, typer.Option("--from", help="Go on from a saved state, or branch from it.")
    ] = None,
    no_pictures: NoPictures = False,
    outcomes: Outcomes = None,
    quiet: Quiet = False,
    full: Full = False,
    as_json: Json = False,
) -> None:
    """Run one scenario beside the same world without policy.

    With --until, --save or --from it runs alone: a history that can be stopped after a year and
    gone on with under this scenario or another.
    """
    asked = view(outcomes, quiet, full, as_json)
    own, words = of_own(economy, settings)
    chosen = read_scenario(scenario, words, plugin=plugin or ())
    if until is not None or save is not None or begin is not None:
        with Bar() as bar:
            history = run_history(chosen, seed or 0, begin, until, save, out, own, bar.progress)
        print_history(history, begin, save, out, console())
        return
    require_no_home(out)
    experiment = single(name_of_file(scenario), chosen, seed or 0, replications)
    with Bar() as bar, writing_to(out or RESULTS):
        comparison = compare(
            experiment,
            out=out,
            resume=resume,
            pictures=not no_pictures,
            economy=economy,
            progress=bar.progress,
            message=bar.message,
        )
    show(comparison, asked)
