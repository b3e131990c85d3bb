"""The quotapolis search command: mixes of levers that no other beats, against every named rule."""

from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from analysis.command_line.economy_option import OwnEconomy
from analysis.command_line.leaving import writing_to
from analysis.command_line.options import Plugin, Resume, RunLimit, Set, Workers, listed
from analysis.command_line.overwriting import require_no_home
from analysis.command_line.terminal import Bar, console
from analysis.documents.numbers import fixed, four_figures, places
from analysis.experiment.processes import RUN_LIMIT
from analysis.figures.front import draw_front
from analysis.figures.style import label as arm_label
from analysis.figures.style import words
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.levers import DEFAULT
from analysis.uncertainty.search import (
    GENERATIONS,
    OBJECTIVES,
    POPULATION,
    WORLDS,
    search,
)
from analysis.uncertainty.search_result import Search
from scenarios.ranges import ranges
from scenarios.uncertainties import drawn_keys, unsourced


def search_command(
    experiment: Annotated[str, typer.Argument(help="Library name or path of a TOML file.")],
    settings: Set = None,
    plugin: Plugin = None,
    levers: Annotated[
        str, typer.Option(help="Keys to search over, with commas between.")
    ] = ",".join(DEFAULT),
    objectives: Annotated[
        str, typer.Option(help="Outcomes to search for, with commas between.")
    ] = ",".join(OBJECTIVES),
    population: Annotated[int, typer.Option(min=4, help="Mixes a generation.")] = POPULATION,
    generations: Annotated[int, typer.Option(min=1, help="Generations.")] = GENERATIONS,
    worlds: Annotated[int, typer.Option(min=1, help="Worlds that mixes are run in.")] = WORLDS,
    minutes: Annotated[
        float | None, typer.Option(help="Refuse a search that takes longer, and say what fits.")
    ] = None,
    economy: OwnEconomy = None,
    workers: Workers = None,
    executor: Annotated[
        str | None, typer.Option(help="Dask cluster instead of processes: dask://HOST:PORT.")
    ] = None,
    run_limit: RunLimit = RUN_LIMIT,
    out: Annotated[Path | None, typer.Option(help="Results directory.")] = None,
    resume: Resume = False,
) -> None:
    """Search for mixes of levers on the Pareto front of several outcomes, under uncertainty."""
    over, wanted = listed("--levers", levers), listed("--objectives", objectives)
    require_no_home(out)
    with Bar() as bar, writing_to(out or Path("results")):
        done = search(
            experiment,
            settings or (),
            plugin=plugin or (),
            over=over,
            objectives=wanted,
            population=population,
            generations=generations,
            worlds=worlds,
            minutes=minutes,
            economy=economy,
            workers=workers,
            executor=executor,
            run_limit=run_limit,
            out=out,
            resume=resume,
            progress=bar.progress,
            message=bar.message,
        )
        units = {outcome.word: outcome.unit for outcome in OUTCOMES}
        named = [(word, units[word]) for word in wanted]
        if len(done.compared):
            draw_front(done.front, done.compared, named, done.folder / "figures")
    _print(done, over, wanted, console())


def _print(done: Search, keys: list[str], objectives: list[str], screen: Console) -> None:
    known = {outcome.word: outcome for outcome in OUTCOMES}
    screen.print(done.experiment.title, style="bold")
    screen.print(
        f"{done.tried} mixes were tried in {done.worlds} worlds; {len(done.front)} are beaten by no"
        " other:"
    )
    for sentence in _not_run(done):
        screen.print(sentence)
    if said := unsourced(drawn_keys(done.experiment)):
        screen.print(said)
    table = Table(box=SIMPLE_HEAD)
    for key in keys:
        unit = ranges()[key].unit if key in ranges() else "1"
        head = key.rpartition(".")[2].replace("_", " ")
        table.add_column(head if unit == "1" else f"{head}, {unit}")
    for word in objectives:
        unit = "" if known[word].unit == "1" else f", {known[word].unit}"
        table.add_column(f"{words(word)}{unit}", justify="right")
    largest = done.front[objectives].abs().max()
    digits = {word: places(float(largest[word]), known[word].digits) for word in objectives}
    for row in done.front.to_dict("records"):
        told = [
            words(row[key]) if isinstance(row[key], str) else four_figures(row[key]) for key in keys
        ]
        table.add_row(*told, *(fixed(row[word], digits[word]) for word in objectives))
    screen.print(table)
    for row in done.named.to_dict("records"):
        screen.print(f"  {arm_label(row['arm'])}: {_against_mixes(row, done.worlds)}")
    if (done.compared["beaten_by"] > 0).any():
        screen.print(
            "Beaten: by means over worlds. Surely: by paired intervals over worlds, of 95 % for all"
            f" {done.tried - len(done.left_out)} mixes together (Bonferroni), a rule at a time."
        )
    drawn = "\n  pictures  figures/ (front)" if len(done.compared) else ""
    screen.print(
        f"Results: {done.folder}\n"
        f"  tables    front.csv, named.csv, left_out.csv; worlds in generation-*/{drawn}"
    )


def _not_run(done: Search) -> Iterator[str]:
    """Yield which worlds and mixes could not be run, and why, in a line each."""
    for number, why in done.lost.items():
        yield f"world {number} could not be run by any rule or mix: {why}"
    if len(done.left_out):
        yield (
            f"Left out for want of worlds: {len(done.left_out)} of {done.tried} mixes could not be"
            f" run in all {done.worlds}; the first: {done.left_out['why'].iloc[0]}"
        )


def _against_mixes(row: Mapping[Hashable, Any], worlds: int) -> str:
    """Return how many mixes beat a named rule, and in which worlds where it did not run in all."""
    if pd.isna(row["beaten_by"]):
        return f"not compared: it ran in {row['worlds']} of {worlds} worlds; {row['why']}"
    by = row["beaten_by"]
    told = f"beaten by {by} mixes on every objective, {row['surely']} surely" if by else "unbeaten"
    if row["worlds"] == worlds:
        return told
    return f"{told}, compared in the {row['worlds']} of {worlds} worlds it ran in; {row['why']}"
