"""The quotapolis command."""

import importlib.metadata
import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.animate_command import animate_command
from analysis.command_line.beside import claims_beside
from analysis.command_line.city_command import city_command
from analysis.command_line.data_command import app as data_app
from analysis.command_line.economy_option import OwnEconomy, of_own
from analysis.command_line.export_command import export_command
from analysis.command_line.history import print_history, run_history
from analysis.command_line.leaving import leave, ready_streams, told, writing_to
from analysis.command_line.options import (
    RESULTS,
    Full,
    Json,
    Material,
    NoPictures,
    Out,
    Outcomes,
    Plugin,
    Quiet,
    Resume,
    RunLimit,
    Set,
    Workers,
    listed,
)
from analysis.command_line.overwriting import require_no_home
from analysis.command_line.report_command import report_command
from analysis.command_line.reproduce_command import reproduce_command
from analysis.command_line.robustness_command import robustness_command
from analysis.command_line.scenario_command import app as scenario_app
from analysis.command_line.search_command import search_command
from analysis.command_line.sensitivity_command import sensitivity_command
from analysis.command_line.serve_command import serve_command
from analysis.command_line.showing import print_foretold, show, view
from analysis.command_line.side_by_side_printing import show_side_by_side
from analysis.command_line.stop_signals import ended_by_signals
from analysis.command_line.terminal import Bar, console
from analysis.experiment.apart import SideBySide, compare_apart
from analysis.experiment.assessment import Comparison
from analysis.experiment.comparison import compare, compare_part
from analysis.experiment.merging import merge
from analysis.experiment.one_scenario import single
from analysis.experiment.processes import RUN_LIMIT
from analysis.experiment.results import Results
from analysis.experiment.run_key import read_shard
from analysis.verdicts.material import material_of
from data.errors import InputError
from scenarios.choosing import with_arms
from scenarios.experiment import HIGHEST_SEED, MOST_REPLICATIONS
from scenarios.plain_words import name_of_file
from scenarios.plugins import load_plugins
from scenarios.reading import read_experiment, read_scenario

app = typer.Typer(
    help="A policy laboratory for carbon-quota trading among the cities of China, or your own.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Seed = Annotated[
    int | None, typer.Option(min=0, max=HIGHEST_SEED, help="Root of all random numbers.")
]


def _version(asked: bool) -> bool:
    if asked:
        sys.stdout.write(f"quotapolis {importlib.metadata.version('quotapolis')}\n")
        raise typer.Exit
    return asked


@app.callback()
def callback(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_version, help="Print the version."),
    ] = False,
) -> None:
    """Take what stands before the name of a command."""


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
    outcomes: Outcomes = "",
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


def compare_command(
    experiment: Annotated[str, typer.Argument(help="Library name or path of a TOML file.")],
    settings: Set = None,
    plugin: Plugin = None,
    material: Material = None,
    arms: Annotated[
        str,
        typer.Option(help="Only these arms, as a,b; EXPERIMENT:ARM takes one of another."),
    ] = "",
    replications: Annotated[int | None, typer.Option(help="Runs of each arm.")] = None,
    seed: Seed = None,
    economies: Annotated[
        int | None,
        typer.Option(help="Drawn economies, so that intervals hold what is not known of them."),
    ] = None,
    workers: Workers = None,
    executor: Annotated[
        str | None, typer.Option(help="Dask cluster instead of processes: dask://HOST:PORT.")
    ] = None,
    run_limit: RunLimit = RUN_LIMIT,
    economy: OwnEconomy = None,
    out: Out = None,
    resume: Resume = False,
    shard: Annotated[
        str | None, typer.Option(help="Only part i of n, as i/n, for a job array; then merge.")
    ] = None,
    no_pictures: NoPictures = False,
    outcomes: Outcomes = "",
    quiet: Quiet = False,
    full: Full = False,
    as_json: Json = False,
    worlds: Annotated[
        int | None,
        typer.Option(min=0, help="Worlds that decide the claims; default a minute's, 0 for none."),
    ] = None,
) -> None:
    """Run all arms of an experiment and answer on one screen: what differs, and how surely.

    Beside every statement stands in how many worlds it holds, drawn from what nobody knows.
    """
    asked = view(outcomes, quiet, full, as_json)
    _, words = of_own(economy, settings)
    chosen = read_experiment(experiment, words, plugin=plugin or ())
    if arms:
        chosen = with_arms(chosen, listed(arms), words)
    if material:
        own = {**chosen.material, **material_of(material)}
        chosen = chosen.model_copy(update={"material": own})
    require_no_home(out)
    if resume and out is not None:
        print_foretold(out, chosen, replications)
    done: Comparison | Results | SideBySide
    with Bar() as bar, writing_to(out or RESULTS):
        if len(chosen.grounds) > 1 and shard is None:
            done = compare_apart(
                chosen,
                replications=replications,
                seed=seed,
                economies=economies,
                workers=workers,
                executor=executor,
                run_limit=run_limit,
                out=out,
                resume=resume,
                pictures=not no_pictures,
                economy=economy,
                progress=bar.progress,
                message=bar.message,
            )
            claims_beside(chosen, done.folder, worlds, workers, executor, economy, bar)
        elif shard is None or read_shard(shard).whole:
            done = compare(
                chosen,
                replications=replications,
                seed=seed,
                economies=economies,
                workers=workers,
                executor=executor,
                run_limit=run_limit,
                out=out,
                resume=resume,
                pictures=not no_pictures,
                economy=economy,
                progress=bar.progress,
                message=bar.message,
            )
            claims_beside(done.experiment, done.folder, worlds, workers, executor, economy, bar)
        else:
            done = compare_part(
                chosen,
                shard,
                replications=replications,
                seed=seed,
                economies=economies,
                workers=workers,
                executor=executor,
                run_limit=run_limit,
                out=out,
                resume=resume,
                economy=economy,
                progress=bar.progress,
                message=bar.message,
            )
    if isinstance(done, SideBySide):
        show_side_by_side(done, asked)
    else:
        show(done, asked)


def merge_command(
    folders: Annotated[list[Path], typer.Argument(help="Results directories of the shards.")],
    out: Annotated[Path, typer.Option(help="Results directory of the whole.")],
    plugin: Plugin = None,
    economy: OwnEconomy = None,
    no_pictures: NoPictures = False,
    outcomes: Outcomes = "",
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


app.command("run")(run_command)
app.command("compare")(compare_command)
app.command("merge")(merge_command)
app.command("city")(city_command)
app.command("report")(report_command)
app.command("animate")(animate_command)
app.command("serve")(serve_command)
app.command("robustness")(robustness_command)
app.command("sensitivity")(sensitivity_command)
app.command("search")(search_command)
app.command("export")(export_command)
app.command("reproduce")(reproduce_command)
app.add_typer(scenario_app, name="scenarios")
app.add_typer(data_app, name="data")


def main() -> None:
    """Run the command: exit code 0 done, 2 the user's input is at fault, 1 anything else.

    After a signal it is 128 and the signal's number: 130 after Ctrl-C, 143 after SIGTERM.
    """
    ready_streams()
    try:
        try:
            ended_by_signals(app)
        finally:
            sys.stdout.flush()
    except InputError as mistake:
        leave(mistake)
    except OSError as error:
        leave(told(error))
