"""The quotapolis command."""

import errno
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from analysis.comparison import compare, single
from analysis.printing import print_comparison
from data.assumptions import Assumptions
from data.cache import economy_folder, load_economy
from data.check import balances, headline, outliers
from data.mistakes import UserMistake
from scenarios.reading import is_experiment, library, read_experiment, read_scenario
from scenarios.schema import parameters

USER_AT_FAULT = 2

app = typer.Typer(
    help="A policy laboratory for carbon-quota trading among the cities of China.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
scenario_app = typer.Typer(help="Scenarios and experiments of the library.", no_args_is_help=True)
data_app = typer.Typer(help="The economy: compile it, check it.", no_args_is_help=True)
app.add_typer(scenario_app, name="scenarios")
app.add_typer(data_app, name="data")

Set = Annotated[
    list[str] | None, typer.Option("--set", help="Override, such as cap.cut=0.3; repeatable.")
]
Out = Annotated[Path | None, typer.Option(help="Results directory.")]
Resume = Annotated[bool, typer.Option("--resume", help="Keep finished runs of the directory.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Processes; default all processors.")]


@app.command("run")
def run_command(
    scenario: Annotated[str, typer.Argument(help="Library name or path of a TOML file.")],
    settings: Set = None,
    out: Out = None,
    seed: Annotated[int, typer.Option(min=0, help="Root of all random numbers.")] = 0,
    resume: Resume = False,
) -> None:
    """Run one scenario beside the same world without policy."""
    chosen = read_scenario(scenario, settings or ())
    experiment = single(Path(scenario).stem, chosen, seed)
    with _Bar() as bar:
        comparison = compare(experiment, out=out, resume=resume, progress=bar.tell)
    print_comparison(comparison, _console())


@app.command("compare")
def compare_command(
    experiment: Annotated[str, typer.Argument(help="Library name or path of a TOML file.")],
    settings: Set = None,
    replications: Annotated[int | None, typer.Option(help="Runs of each arm.")] = None,
    workers: Workers = None,
    out: Out = None,
    resume: Resume = False,
) -> None:
    """Run all arms of an experiment, rank them outcome by outcome, and draw them."""
    chosen = read_experiment(experiment, settings or ())
    with _Bar() as bar:
        comparison = compare(
            chosen,
            replications=replications,
            workers=workers,
            out=out,
            resume=resume,
            progress=bar.tell,
        )
    print_comparison(comparison, _console())
    for run, state in comparison.failures.items():
        sys.stderr.write(f"{run}: {state}\n")
    if comparison.failures:
        raise typer.Exit(1)


@data_app.command("compile")
def compile_command(
    year: Annotated[int, typer.Option(help="Year of the provincial tables.")] = 2012,
) -> None:
    """Compile the city economy of a year, unless the cache holds it."""
    console = _console()
    folder = economy_folder(year, Assumptions())
    ready = folder.exists()
    with _Bar() as bar:
        economy = load_economy(year, progress=bar.tell)
    accounts = economy.accounts()
    cities = economy.players
    console.print(
        f"{'In the cache' if ready else 'Compiled'}: {len(economy.regions)} regions ×"
        f" {len(economy.sectors.codes)} sectors of {year}, {folder}\n"
        f"Emissions of the {cities.size} cities, without households:"
        f" {accounts.D_pba[cities].sum() / 1e9:.2f} Gt CO₂; their footprint"
        f" {accounts.D_cba[cities].sum() / 1e9:.2f} Gt; CO₂ of"
        f" {int(economy.co2_estimated[cities].sum())} cities is estimated."
    )


@data_app.command("check")
def check_command(
    year: Annotated[int, typer.Option(help="Year of the provincial tables.")] = 2012,
) -> None:
    """Check the compiled economy: balances, first figures, outliers; exit code 1 if unsound."""
    with _Bar() as bar:
        economy = load_economy(year, progress=bar.tell)
    table = Table("check", "found", "unit", "must be, or how obtained", "")
    found = balances(economy)
    for row in [*found, *headline(economy)]:
        table.add_row(row.what, f"{row.value:.4g}", row.unit, row.limit, "" if row.sound else "NO")
    console = _console()
    console.print(table)
    far = ", ".join(f"{name} {ratio:.2g}" for name, ratio in outliers(economy))
    console.print(f"CO₂ per value added far from the nation's (ratio): {far or 'none'}")
    if not all(row.sound for row in found):
        raise typer.Exit(1)


@scenario_app.command("list")
def list_command() -> None:
    """List the library."""
    table = Table("name", "kind", "what it asks")
    for name, path in library().items():
        kind = "experiment" if is_experiment(path) else "scenario"
        title = (read_experiment if kind == "experiment" else read_scenario)(name).title
        table.add_row(name, kind, title)
    _console().print(table)


@scenario_app.command("show")
def show_command(name: Annotated[str, typer.Argument(help="Library name or path.")]) -> None:
    """Print a scenario or experiment as it would be run, every value spelled out."""
    path = library().get(name, Path(name))
    if path.is_file() and is_experiment(path):
        chosen = read_experiment(name)
        console = _console()
        console.print(f"{chosen.name}: {chosen.title}", highlight=False)
        console.print(f"{chosen.replications} replications, seed {chosen.seed}, arms:")
        for arm in chosen.arms:
            console.print(f"  {arm.name}", highlight=False)
        return
    for section, value in read_scenario(name).model_dump().items():
        if isinstance(value, dict):
            sys.stdout.write(f"\n[{section}]\n")
            for key, number in value.items():
                absent = number is None
                sys.stdout.write(f"# {key} is absent\n" if absent else f"{key} = {_toml(number)}\n")
        else:
            sys.stdout.write(f"{section} = {_toml(value)}\n")


@scenario_app.command("schema")
def schema_command() -> None:
    """Print every key of a scenario: default, range, unit, source, meaning."""
    table = Table("key", "default", "range", "unit", "source", "meaning")
    for row in parameters():
        table.add_row(row.key, row.default, row.limits, row.unit, row.source, row.meaning)
    _console().print(table)


def main() -> None:
    """Run the command: exit code 0 done, 2 the user's input is at fault, 1 anything else."""
    try:
        app()
    except UserMistake as mistake:
        sys.stderr.write(f"quotapolis: {mistake}\n")
        sys.exit(USER_AT_FAULT)
    except KeyboardInterrupt:
        sys.stderr.write("quotapolis: interrupted; finished runs are kept\n")
        sys.exit(USER_AT_FAULT)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.stderr.write(
            f"quotapolis: {error.filename or 'results'}: the disk is full; finished runs are"
            " kept; make room and go on with --resume\n"
        )
        sys.exit(USER_AT_FAULT)


class _Bar:
    """A progress bar on a terminal; nothing in a pipe."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=_console(stderr=True),
            disable=not sys.stderr.isatty(),
            transient=True,
        )
        self._task = self._progress.add_task("starting", total=1)

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def tell(self, stage: str, done: int, of: int) -> None:
        """Show a stage and how far it is."""
        self._progress.update(self._task, description=stage, completed=done, total=of)


def _console(*, stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else 130, highlight=False)


def _toml(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else str(value)
