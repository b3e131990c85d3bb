"""The quotapolis data commands: compile an economy, check it, write it out."""

import csv
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from analysis.economies import (
    Evaluated,
    evaluate_all,
    flows_of,
    one_draw,
    one_variant,
    variants,
)
from analysis.ensemble import default_workers
from analysis.results import atomic
from analysis.terminal import Bar, console
from data.account_table import COLUMNS, account_table
from data.assumptions import Assumptions
from data.cache import economy_folder, load_economy
from data.check import (
    against_nation,
    against_provinces,
    balances,
    outliers,
    scalings,
    sector_outliers,
)
from data.economy import Economy
from data.export import export
from data.headlines import Headline, headlines
from data.inputs import Figures, read_figures
from data.mistakes import UserMistake
from data.published import read_published

app = typer.Typer(help="The economy: compile it, check it, write it out.", no_args_is_help=True)

Year = Annotated[int, typer.Option(help="Year of the provincial tables: 2012 or 2017.")]
FEWEST = 3
"""Draws from which a spread can be told."""


@app.command("compile")
def compile_command(year: Year = 2012) -> None:
    """Compile the city economy of a year, unless the cache holds it."""
    folder = economy_folder(year, Assumptions())
    ready = folder.exists()
    with Bar() as bar:
        economy = load_economy(year, progress=bar.tell)
    accounts = economy.accounts()
    cities = economy.players
    console().print(
        f"{'In the cache' if ready else 'Compiled'}: {len(economy.regions)} regions ×"
        f" {len(economy.sectors.codes)} sectors of {year}, {folder}\n"
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
) -> None:
    """Check the compiled economy against every balance, its sources and the papers.

    Exit code 1 if a balance does not hold.
    """
    if 0 < draws < FEWEST:
        raise UserMistake(f"--draws {draws}: a spread needs {FEWEST} draws or more")
    with Bar() as bar:
        economy, figures = load_economy(year, progress=bar.tell), read_figures(year)
    sound = _report(economy, figures)
    found = headlines(economy, flows_of(economy))
    _beside_the_papers(found)
    number = workers or default_workers()
    if draws:
        tasks = [(one_draw, (year, seed, n)) for n in range(draws)]
        _spread(economy, found, *_evaluated(tasks, number, "economies drawn"), out)
    if sensitivity:
        named = [(one_variant, (year, name)) for name in variants(year)]
        _sensitivity(*_evaluated(named, number, "assumptions changed"), out)
    if not sound:
        raise typer.Exit(1)


@app.command("accounts")
def accounts_command(
    out: Annotated[Path, typer.Argument(help="File to write: .csv or .parquet.")],
    year: Year = 2012,
) -> None:
    """Write every region's accounts: by category, sector and fuel; value added; net producers."""
    if out.suffix not in {".csv", ".parquet"}:
        raise UserMistake(f"{out}: accounts are written as .csv or .parquet; rename it")
    with Bar() as bar:
        economy = load_economy(year, progress=bar.tell)
    table = account_table(economy)
    out.parent.mkdir(parents=True, exist_ok=True)
    with atomic(out) as draft:
        if out.suffix == ".csv":
            table.to_csv(draft, index=False, encoding="utf-8")
        else:
            table.to_parquet(draft, index=False)
    console().print(f"Written: {out}, {len(table)} regions × {table.shape[1]} columns")
    meanings = Table("column", "meaning")
    for name, meaning in COLUMNS.items():
        meanings.add_row(name, meaning)
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
) -> None:
    """Write the table out, labelled and dense, for other tools."""
    with Bar() as bar:
        economy = load_economy(year, progress=bar.tell)
    chosen = None if regions is None else [name.strip() for name in regions.split(",")]
    export(economy, out, chosen, form)
    console().print(f"Written: {out}")


def _report(economy: Economy, figures: Figures) -> bool:
    found = [*balances(economy), *against_provinces(economy, figures, Assumptions())]
    table = Table("balance", "found", "unit", "must be", "")
    for row in found:
        table.add_row(row.what, f"{row.value:.3g}", row.unit, row.limit, "" if row.sound else "NO")
    screen = console()
    screen.print(table)
    table = Table("scaled to add up", "least factor", "largest factor")
    for what, least, most in scalings(figures, Assumptions()):
        table.add_row(what, f"{least:.3f}", f"{most:.3f}")
    screen.print(table)
    if (figures.prices["sector"] == 1.0).all():
        table = Table("as one region", "national table", "cities added up", "deviation")
        for what, nation, cities in against_nation(economy, figures):
            own = f"{100 * (cities / nation - 1):+.1f} %" if nation else ""
            table.add_row(what, f"{nation:.3f}" if nation else "", f"{cities:.3f}", own)
        screen.print(table)
    far = ", ".join(f"{name} {ratio:.2g}" for name, ratio in outliers(economy))
    screen.print(f"CO₂ per value added far from the nation's (ratio): {far or 'none'}")
    cells = ", ".join(f"{c} {g} {ratio:.2g}" for c, g, ratio in sector_outliers(economy))
    screen.print(f"Large city-sectors far from their sector's intensity (ratio): {cells or 'none'}")
    return all(row.sound for row in found)


def _beside_the_papers(found: Sequence[Headline]) -> None:
    published = read_published()
    table = Table("figure", "ours", "published", "deviation", "unit", "obtained")
    for row in found:
        known = published.get(row.quantity)
        number = "" if known is None else f"{known.number:.4g}"
        off = "" if known is None else f"{100 * (row.value / known.number - 1):+.1f} %"
        table.add_row(row.what, f"{row.value:.4g}", number, off, row.unit, row.obtained)
    console().print(table)


Task = tuple[Callable[..., Evaluated], tuple[object, ...]]


def _evaluated(tasks: Sequence[Task], workers: int, stage: str) -> tuple[list[Evaluated], int]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    with Bar() as bar, pool:
        return evaluate_all(tasks, pool, lambda done, of: bar.tell(stage, done, of))


def _spread(
    economy: Economy,
    compiled: Sequence[Headline],
    drawn: Sequence[Evaluated],
    failed: int,
    out: Path | None,
) -> None:
    if len(drawn) < FEWEST:
        raise UserMistake(f"{failed} draws made no balanced economy; {len(drawn)} are left")
    rows = []
    for n, row in enumerate(compiled):
        each = np.array([one.headlines[n].value for one in drawn])
        low, middle, high = np.quantile(each, [0.05, 0.5, 0.95])
        rows.append((row.what, row.unit, row.value, low, middle, high))
    table = Table("figure", "as compiled", "5 %", "median", "95 %", "unit")
    for what, unit, *numbers in rows:
        table.add_row(what, *(f"{number:.4g}" for number in numbers), unit)
    screen = console()
    screen.print(table)
    screen.print(f"{len(drawn)} drawn economies; {failed} could not be balanced and are left out.")
    table = Table("account of a city", "median city", "9 of 10 cities below")
    cities = []
    for account, unit in (("D_pba", "t"), ("D_cba", "t"), ("outsourced_share", "1")):
        each = np.stack([getattr(one, account) for one in drawn])
        low, high = np.quantile(each, [0.05, 0.95], axis=0)
        width = (high - low) / np.median(each, axis=0)
        table.add_row(
            f"{account}: width of the 90 % interval over its median",
            f"{np.median(width):.2f}",
            f"{np.quantile(width, 0.9):.2f}",
        )
        cities += [
            (economy.regions.names[r], account, unit, low[c], high[c])
            for c, r in enumerate(economy.players)
        ]
    screen.print(table)
    if out is not None:
        heads = ("figure", "unit", "compiled", "low_5", "median", "high_95")
        _write(out / "spread.csv", heads, rows)
        _write(out / "cities.csv", ("city", "account", "unit", "low_5", "high_95"), cities)
        screen.print(f"Written: {out / 'spread.csv'}, {out / 'cities.csv'}")


def _sensitivity(found: Sequence[Evaluated], failed: int, out: Path | None) -> None:
    compiled, *changed = found
    shown = ("footprint_total", "outsourced_share_2012", "outsourced_share_2017",
             "capital_footprint_share", "multiplier_capital", "q1_footprint_share",
             "q5_footprint_share", "super_n", "n_net_producers")  # fmt: skip
    rows = [row for row in compiled.headlines if row.quantity in shown]
    table = Table(box=None, padding=(0, 1))
    table.add_column("assumption", no_wrap=True)
    for row in rows:
        table.add_column(f"{row.quantity.replace('_', ' ')}, {row.unit}", justify="right")
    lines: list[tuple[object, ...]] = []
    for one in (compiled, *changed):
        values = {row.quantity: row.value for row in one.headlines}
        numbers = [values[row.quantity] for row in rows]
        table.add_row(one.name, *(f"{number:.4g}" for number in numbers))
        lines.append((one.name, *numbers))
    screen = console()
    screen.print(table)
    if failed:
        screen.print(f"{failed} variants could not be balanced and are left out.")
    if out is not None:
        _write(out / "sensitivity.csv", ("assumption", *(row.quantity for row in rows)), lines)
        screen.print(f"Written: {out / 'sensitivity.csv'}")


def _write(path: Path, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(heads)
        lines.writerows(rows)
