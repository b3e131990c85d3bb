"""The quotapolis data commands: compile an economy, check it, write it out."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from analysis.command_line.cache_command import cache_command
from analysis.command_line.data_report import (
    FEWEST,
    beside_the_papers,
    report_balances,
    report_own,
    report_sensitivity,
    report_spread,
)
from analysis.command_line.economy_option import OwnEconomy
from analysis.command_line.import_command import import_command, template_command
from analysis.command_line.leaving import writing_to
from analysis.command_line.overwriting import Overwrite, require_absent
from analysis.command_line.terminal import Bar, console
from analysis.economy.economies import (
    Evaluated,
    evaluate_all,
    flows_of,
    one_draw,
    one_variant,
    variants,
)
from analysis.economy.headlines import headlines
from analysis.experiment.executors import default_workers
from data.atomic import atomic
from data.compiled.cache import economy_folder, load_economy
from data.errors import InputError
from data.export.account_table import COLUMNS, account_table
from data.export.export import export
from data.importing.kept import load_imported, what_was_said
from data.readers.inputs import read_figures
from model.compile.assumptions import Assumptions
from model.compile.city_economy import Economy

app = typer.Typer(
    help="The economy: compile it, check it, write it out.",
    no_args_is_help=True,
    add_completion=False,
)
app.command("cache")(cache_command)
app.command("import")(import_command)
app.command("template")(template_command)

Year = Annotated[int, typer.Option(help="Year of the provincial tables: 2012 or 2017.")]


@app.command("compile")
def compile_command(year: Year = 2012) -> None:
    """Compile the city economy of a year, unless the cache holds it."""
    with Bar() as bar:
        economy = load_economy(year, progress=bar.progress)
    accounts = economy.accounts()
    cities = economy.players
    console().print(
        f"{len(economy.regions)} regions × {len(economy.sectors.codes)} sectors of {year}, kept in"
        f" {economy_folder(year, Assumptions())}\n"
        f"Emissions of the {cities.size} cities, without households:"
        f" {accounts.D_pba[cities].sum() / 1e9:.2f} Gt CO₂; their footprint"
        f" {accounts.D_cba[cities].sum() / 1e9:.2f} Gt; CO₂ of"
        f" {int(economy.co2_estimated[cities].sum())} cities is estimated."
    )


@app.command("check")
def check_command(
    year: Year = 2012,
    draws: Annotated[
        int, typer.Option(min=0, help="Compile as many drawn economies; show the spread.")
    ] = 0,
    sensitivity: Annotated[
        bool, typer.Option("--sensitivity", help="Change the assumptions one at a time.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Root of the draws.")] = 0,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; default all.")] = None,
    out: Annotated[Path | None, typer.Option(help="Also write CSV tables to this folder.")] = None,
    economy_of_own: OwnEconomy = None,
) -> None:
    """Check the compiled economy against every balance, its sources and the papers.

    Exit code 1 if a balance does not hold.
    """
    if economy_of_own is not None:
        if draws or sensitivity:
            raise InputError("--economy: an imported economy has no draws or assumptions to change")
        if not report_own(load_imported(economy_of_own), what_was_said(economy_of_own)):
            raise typer.Exit(1)
        return
    if 0 < draws < FEWEST:
        raise InputError(f"--draws {draws}: a spread needs {FEWEST} draws or more")
    with Bar() as bar:
        economy, figures = load_economy(year, progress=bar.progress), read_figures(year)
    sound = report_balances(economy, figures)
    found = headlines(economy, flows_of(economy))
    beside_the_papers(found, year)
    number = workers or default_workers()
    if draws:
        tasks = [(one_draw, (year, seed, n)) for n in range(draws)]
        report_spread(economy, found, *_evaluated(tasks, number, "economies drawn"), out)
    if sensitivity:
        named = [(one_variant, (year, name)) for name in variants(year)]
        report_sensitivity(*_evaluated(named, number, "assumptions changed"), out)
    if not sound:
        raise typer.Exit(1)


@app.command("accounts")
def accounts_command(
    out: Annotated[Path, typer.Argument(help="File to write: .csv or .parquet.")],
    year: Year = 2012,
    economy_of_own: OwnEconomy = None,
    overwrite: Overwrite = False,
) -> None:
    """Write every region's accounts: by category, sector and fuel; value added; net producers."""
    if out.suffix not in {".csv", ".parquet"}:
        raise InputError(f"{out}: accounts are written as .csv or .parquet; rename it")
    require_absent(out, overwrite)
    economy = _economy(year, economy_of_own)
    table = account_table(economy)
    with writing_to(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        with atomic(out) as draft:
            if out.suffix == ".csv":
                table.to_csv(draft, index=False, encoding="utf-8")
            else:
                table.to_parquet(draft, index=False)
    console().print(f"Written: {out}, {len(table)} regions × {table.shape[1]} columns")
    meanings = Table("column", "meaning")
    for name, meaning in COLUMNS.items():
        meanings.add_row(name, economy.money.named(meaning))
    console().print(meanings)


@app.command("export")
def export_command(
    out: Annotated[Path, typer.Argument(help="Folder to write; it must not exist.")],
    year: Year = 2012,
    regions: Annotated[
        str | None,
        typer.Option(help="Names or codes, joined by commas; the rest becomes one region."),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="parquet or pymrio.")] = "parquet",
    economy_of_own: OwnEconomy = None,
) -> None:
    """Write the table out, labelled and dense, for other tools."""
    economy = _economy(year, economy_of_own)
    chosen = None if regions is None else [name.strip() for name in regions.split(",")]
    export(economy, out, chosen, form)
    console().print(f"Written: {out}")


def _economy(year: int, own: str | None) -> Economy:
    """Return the economy that is named, or that compiled of a year."""
    if own is not None:
        return load_imported(own)
    with Bar() as bar:
        return load_economy(year, progress=bar.progress)


Task = tuple[Callable[..., Evaluated], tuple[object, ...]]


def _evaluated(tasks: Sequence[Task], workers: int, stage: str) -> tuple[list[Evaluated], int]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    with Bar() as bar, pool:
        return evaluate_all(tasks, pool, lambda done, of: bar.progress(stage, done, of))
