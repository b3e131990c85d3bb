"""One history, stopped after some year, gone on with or branched: run --until --save --from."""

from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from analysis.documents.numbers import fixed, places
from analysis.outcomes.misfits import misfits
from analysis.outcomes.shown_money import in_money, show
from analysis.outcomes.value_added import value_added_line
from data.atomic import atomic
from data.compiled.cache import load_economy
from data.errors import InputError
from model.compile.city_economy import Economy
from model.compile.compile import Progress
from scenarios.branching import require_branch
from scenarios.scenario import Scenario
from simulation import Laboratory, Run, read_state


def run_history(
    scenario: Scenario,
    seed: int,
    begin: Path | None,
    until: int | None,
    save: Path | None,
    out: Path | None,
    economy: Economy | None,
    progress: Progress,
) -> Run:
    """Run a scenario from its first year or a saved state, and write what is asked for.

    Raises
    ------
    InputError
        If the state cannot be gone on with, or a file cannot be written.
    """
    begun = None if begin is None else read_state(begin)
    if begun is not None:  # before an economy is loaded that may be the wrong one
        require_branch(begun.scenario, scenario, begun.year)
    if save is not None and not save.absolute().parent.is_dir():
        raise InputError(f"{save}: there is no folder {save.parent}; make it or name another file")
    laboratory = Laboratory(
        economy or load_economy(scenario.horizon.base_year, scenario.economy.assumptions, progress)
    )
    show(laboratory.economy.money)
    if begun is None:
        run = laboratory.run(scenario, seed, until=until)
    else:
        run = laboratory.resume(begun, scenario, until=until)
    if save is not None:
        run.state.write(save)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, table in (("cities", run.cities), ("national", run.national)):
            with atomic(out / f"{name}.parquet") as draft:
                table.to_parquet(draft, index=False)
    return run


def print_history(
    run: Run, begin: Path | None, save: Path | None, out: Path | None, console: Console
) -> None:
    """Print the national course of the years run, and where everything is."""
    since = "" if begin is None else f", from {begin} (seed {run.seed} of the saved run)"
    console.print(run.scenario.title, style="bold")
    console.print(f"{run.years[0]} to {run.years[-1]}{since}", highlight=False)
    price = in_money("price, CNY/t")
    table = Table("year", "emissions, Gt CO₂", "cap, Gt CO₂", price, "traded, Mt CO₂")
    figures = run.recorder.national
    emitted = places(figures["emissions"].max() / 1e9, 1) + 2
    traded = places(np.nanmax([0.0, *figures["volume"]]) / 1e6, 0)
    for n, year in enumerate(run.years):
        cells = (
            (figures["emissions"][n] / 1e9, emitted),
            (figures["cap"][n] / 1e9, emitted),
            (figures["price"][n], 1),
            (figures["volume"][n] / 1e6, traded),
        )
        table.add_row(str(year), *(fixed(float(value), digits) for value, digits in cells))
    console.print(table)
    national = run.recorder.national
    if run.scenario.has_policy:
        line = value_added_line(run.years, national["value_added_change"], national["value_added"])
        console.print(line)
    for line in misfits(run.cities):
        console.print(line)
    if out is not None:
        console.print(f"Results: {out} (cities.parquet, national.parquet)", highlight=False)
    if save is not None:
        console.print(
            f"State after {run.state.year}: {save}; go on with: quotapolis run SCENARIO --from"
            f" {save}",
            highlight=False,
        )
