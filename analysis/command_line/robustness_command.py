"""The quotapolis robustness command: in how many worlds claims hold, and where they fail."""

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from analysis.command_line.cities_printing import print_cities
from analysis.command_line.claims_printing import kept_in_words, print_claim
from analysis.command_line.economy_option import OwnEconomy, of_own
from analysis.command_line.leaving import writing_to
from analysis.command_line.options import Plugin, Resume, RunLimit, Set, Workers
from analysis.command_line.overwriting import require_no_home
from analysis.command_line.terminal import Bar, console
from analysis.documents.numbers import fixed, places
from analysis.experiment.processes import RUN_LIMIT
from analysis.figures.cities_decided import draw_cities
from analysis.figures.claims import draw_claims
from analysis.figures.outlines import own_outlines
from analysis.figures.style import label as arm_label
from analysis.figures.style import words
from analysis.findings.claims import claims_in
from analysis.outcomes.amounts import amounts_of
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.city_decisions import shown
from analysis.uncertainty.regions import ENOUGH
from analysis.uncertainty.robustness import Robustness, robustness
from data.errors import InputError, nearest
from scenarios.reading import read_experiment
from scenarios.uncertainties import kept_keys, unsourced

TOGETHER = (
    "Arms of other years or another economy share the numbers of a world, not its luck: claims may"
    " compare them, regret is within the same years and economy."
)
KINDS = ("halton", "latin_hypercube", "factorial")
WORLDS = 200
"""Worlds unless said otherwise: intervals of a few hundredths."""


def robustness_command(
    experiment: Annotated[str, typer.Argument(help="Library name or path of a TOML file.")],
    settings: Set = None,
    plugin: Plugin = None,
    worlds: Annotated[
        int | None,
        typer.Option(min=1, help="Worlds to draw; levels of each number with --design factorial."),
    ] = None,
    design: Annotated[
        str | None, typer.Option(help="halton, latin_hypercube or factorial.")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(help="Refuse a study that takes longer, and say how large fits.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option(help="CSV with a column for each uncertain key, instead.")
    ] = None,
    at_most: Annotated[
        list[str] | None,
        typer.Option(help="Limit to keep within, as abatement_cost=600; repeatable."),
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
    """Run every arm in worlds drawn from what nobody knows, and decide the claims in each."""
    require_no_home(out)
    limits = amounts_of("--at-most", at_most or ())
    if design is not None and design not in KINDS:
        raise InputError(f"--design {design}: unknown; {nearest(design, KINDS)}")
    _, words = of_own(economy, settings)
    asked = read_experiment(experiment, words, plugin=plugin or ())
    with Bar() as bar, writing_to(out or Path("results")):
        done = robustness(
            asked,
            worlds=worlds or asked.design.size or WORLDS,
            kind=design,
            minutes=minutes,
            table=table,
            limits=limits,
            economy=economy,
            workers=workers,
            executor=executor,
            run_limit=run_limit,
            out=out,
            resume=resume,
            progress=bar.progress,
            message=bar.message,
        )
        bar.progress("pictures", 0, 1)
        figures = done.folder / "figures"
        made = draw_claims(done.claims, done.drawn_regions(), figures)
        question, rows = shown(done.cities)
        if question:
            shapes = own_outlines(done.outlines) if done.outlines else None
            made += draw_cities(rows, question, figures, shapes)
    _print(done, sorted({path.stem for path in made}), console())


def _print(done: Robustness, pictures: list[str], screen: Console) -> None:
    screen.print(done.experiment.title, style="bold")
    kept = kept_keys(done.experiment)
    also = f"; not drawn, since the arms differ in it: {', '.join(kept)}" if kept else ""
    count = len(done.worlds.keys)
    numbers = "an uncertain number" if count == 1 else f"{count} uncertain numbers"
    screen.print(f"{len(done.worlds)} worlds of {numbers}{also}.")
    if len(done.experiment.grounds) > 1:
        screen.print(TOGETHER)
    if said := unsourced(done.worlds.uncertainties):
        screen.print(said)
    for number, reason in sorted(done.worlds.failures.items()):
        screen.print(f"world {number} could not be run: {reason}")
    for claim in claims_in(done.folder / "claims.csv"):
        print_claim(claim, screen)
    screen.print(_regret(done.regret))
    for row in done.satisficing.to_dict("records"):
        screen.print(kept_in_words(row))
    print_cities(done.cities, screen)
    if not done.regions:
        screen.print(_no_region(len(done.worlds)))
    limits = "" if done.satisficing.empty else " satisficing.csv,"
    regions = ", ".join(sorted(path.name for path in done.folder.glob("region_*.toml")))
    screen.print(
        f"Results: {done.folder}\n"
        f"  tables    worlds.parquet, claims.csv, regret.csv,{limits} cities.csv\n"
        + (f"  regions   {regions}\n" if regions else "")
        + f"  pictures  figures/ ({', '.join(pictures)})"
    )


def _no_region(worlds: int) -> str:
    if worlds < ENOUGH:
        return f"Regions in which claims fail are looked for in {ENOUGH} worlds or more."
    return "No region stands out in which a claim fails."


def _regret(regret: pd.DataFrame) -> Table:
    """Return how far each rule falls behind the best of its world, and in how many it is best."""
    known = [one for one in OUTCOMES if one.word in set(regret["outcome"])]
    table = Table(
        title="Behind the best rule of each world: mean (share of worlds in which it is best);"
        " intervals in regret.csv",
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
    )
    table.add_column("rule, institution")
    for outcome in known:
        unit = "" if outcome.unit == "1" else f", {outcome.unit}"
        table.add_column(f"{words(outcome.word)}{unit}", justify="right")
    rows = {(row["outcome"], row["arm"]): row for row in regret.to_dict("records")}
    largest = regret.groupby("outcome")["regret"].max()
    digits = {one.word: places(float(largest[one.word]), one.digits) for one in known}
    for arm in dict.fromkeys(regret["arm"]):
        found = [rows[one.word, arm] for one in known]
        table.add_row(
            arm_label(arm),
            *(
                f"{fixed(row['regret'], digits[one.word])} ({100 * row['best']:.0f} %)"
                for one, row in zip(known, found, strict=True)
            ),
        )
    return table
