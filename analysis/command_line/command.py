"""The quotapolis command."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from analysis.command_line.data_command import app as data_app
from analysis.command_line.economy_option import OwnEconomy, of_own
from analysis.command_line.history import print_history, run_history
from analysis.command_line.leaving import leave, ready_streams, told, writing_to
from analysis.command_line.one_line import one_line
from analysis.command_line.overwriting import require_no_home
from analysis.command_line.printing import print_comparison, print_part
from analysis.command_line.reproduce_command import reproduce_command
from analysis.command_line.stop_signals import ended_by_signals
from analysis.command_line.terminal import Bar, console
from analysis.experiment.assessment import Comparison
from analysis.experiment.comparison import compare, compare_part
from analysis.experiment.merging import merge
from analysis.experiment.one_scenario import single
from analysis.experiment.processes import RUN_LIMIT
from analysis.experiment.results import Results
from analysis.experiment.run_key import read_shard
from data.errors import InputError
from scenarios.files import is_experiment, library
from scenarios.plain_words import name_of_file
from scenarios.plugins import load_plugins
from scenarios.reading import read_experiment, read_scenario
from scenarios.schema import parameters
from scenarios.writing import written

RESULTS = Path("results")
"""Where results go unless --out says otherwise."""

app = typer.Typer(
    help="A policy laboratory for carbon-quota trading among the cities of China, or your own.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
scenario_app = typer.Typer(help="Scenarios and experiments of the library.", no_args_is_help=True)
app.add_typer(scenario_app, name="scenarios")
app.add_typer(data_app, name="data")
app.command("reproduce")(reproduce_command)

Set = Annotated[
    list[str] | None, typer.Option("--set", help="Override, such as cap.cut=0.3; repeatable.")
]
Plugin = Annotated[
    list[Path] | None,
    typer.Option("--plugin", help="Python file that registers words of one's own; repeatable."),
]
Out = Annotated[Path | None, typer.Option(help="Results directory.")]
Resume = Annotated[bool, typer.Option("--resume", help="Keep finished runs of the directory.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Processes; default all processors.")]

RunLimit = Annotated[float, typer.Option(help="Seconds a run may take before it has failed.")]


@app.command("run")
def run_command(
    scenario: Annotated[str, typer.Argument(help="Library name or path of a TOML file.")],
    settings: Set = None,
    plugin: Plugin = None,
    out: Out = None,
    seed: Annotated[int, typer.Option(min=0, help="Root of all random numbers.")] = 0,
    resume: Resume = False,
    until: Annotated[int | None, typer.Option(help="Stop after this year.")] = None,
    save: Annotated[Path | None, typer.Option(help="Write the state reached to a file.")] = None,
    economy: OwnEconomy = None,
    begin: Annotated[
        Path | None, typer.Option("--from", help="Go on from a saved state, or branch from it.")
    ] = None,
) -> None:
    """Run one scenario beside the same world without policy.

    With --until, --save or --from it runs alone: a history that can be stopped after a year and
    gone on with under this scenario or another.
    """
    own, words = of_own(economy, settings)
    chosen = read_scenario(scenario, words, plugin=plugin or ())
    if until is not None or save is not None or begin is not None:
        with Bar() as bar:
            history = run_history(chosen, seed, begin, until, save, out, own, bar.progress)
        print_history(history, begin, save, out, console())
        return
    require_no_home(out)
    experiment = single(name_of_file(scenario), chosen, seed)
    with Bar() as bar, writing_to(out or RESULTS):
        comparison = compare(
            experiment,
            out=out,
            resume=resume,
            economy=economy,
            progress=bar.progress,
            message=bar.message,
        )
    _show(comparison)


@app.command("compare")
def compare_command(
    experiment: Annotated[str, typer.Argument(help="Library name or path of a TOML file.")],
    settings: Set = None,
    plugin: Plugin = None,
    replications: Annotated[int | None, typer.Option(help="Runs of each arm.")] = None,
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
) -> None:
    """Run all arms of an experiment, rank them outcome by outcome, and draw them."""
    _, words = of_own(economy, settings)
    chosen = read_experiment(experiment, words, plugin=plugin or ())
    require_no_home(out)
    done: Comparison | Results
    with Bar() as bar, writing_to(out or RESULTS):
        if shard is None or read_shard(shard).whole:
            done = compare(
                chosen,
                replications=replications,
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
        else:
            done = compare_part(
                chosen,
                shard,
                replications=replications,
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
    _show(done)


@app.command("merge")
def merge_command(
    folders: Annotated[list[Path], typer.Argument(help="Results directories of the shards.")],
    out: Annotated[Path, typer.Option(help="Results directory of the whole.")],
    plugin: Plugin = None,
    economy: OwnEconomy = None,
) -> None:
    """Join the shards of an experiment into one complete results directory."""
    load_plugins(plugin or ())
    with Bar() as bar, writing_to(out):
        comparison = merge(folders, out, economy=economy, progress=bar.progress)
    _show(comparison)


def _show(done: Comparison | Results) -> None:
    """Print what was done; exit with code 1 if runs failed."""
    if isinstance(done, Results):
        print_part(done, console())
    else:
        print_comparison(done, console())
    for run, state in done.failures.items():
        sys.stderr.write(f"{one_line(f'{run}: {state}')}\n")
    if done.failures:
        raise typer.Exit(1)


@scenario_app.command("list")
def list_command() -> None:
    """List the library."""
    table = Table("name", "kind", "what it asks")
    for name, path in library().items():
        kind = "experiment" if is_experiment(path) else "scenario"
        title = (read_experiment if kind == "experiment" else read_scenario)(name).title
        table.add_row(name, kind, title)
    console().print(table)


@scenario_app.command("show")
def show_command(name: Annotated[str, typer.Argument(help="Library name or path.")]) -> None:
    """Print a scenario or experiment as it would be run, every value spelled out."""
    path = library().get(name, Path(name))
    if path.is_file() and is_experiment(path):
        chosen = read_experiment(name)
        screen = console()
        screen.print(f"{chosen.name}: {chosen.title}", highlight=False)
        screen.print(f"{chosen.replications} replications, seed {chosen.seed}, arms:")
        for arm in chosen.arms:
            screen.print(f"  {arm.name}", highlight=False)
        return
    sys.stdout.write(written(read_scenario(name)))


@scenario_app.command("schema")
def schema_command(plugin: Plugin = None) -> None:
    """Print every key of a scenario: default, range, unit, source, meaning."""
    load_plugins(plugin or ())
    rows = parameters()
    key = Column("key", overflow="fold", min_width=max(len(row.key) for row in rows))
    table = Table(key, "default", "range", "unit", "source", "meaning")
    for row in rows:
        limits = f"{row.limits}: {row.bounds}" if row.bounds else row.limits
        table.add_row(row.key, row.default, limits, row.unit, row.source, row.meaning)
    console().print(table)


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
