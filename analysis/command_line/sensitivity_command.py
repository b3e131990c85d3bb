"""The quotapolis sensitivity command: which of the uncertain numbers decide."""

from collections.abc import Hashable, Mapping
from math import isnan
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from analysis.command_line.cities_printing import print_cities
from analysis.command_line.economy_option import OwnEconomy
from analysis.command_line.leaving import writing_to
from analysis.command_line.options import Plugin, Resume, RunLimit, Set, Workers, listed
from analysis.command_line.overwriting import require_no_home
from analysis.command_line.terminal import Bar, console
from analysis.experiment.processes import RUN_LIMIT
from analysis.figures.cities_decided import draw_cities
from analysis.figures.outlines import own_outlines
from analysis.figures.sensitivity import draw_deciding, draw_tornado
from analysis.outcomes.city_evidence import EFFECT
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.city_decisions import shown
from analysis.uncertainty.sensitivity import OF, Sensitivity, sensitivity
from scenarios.uncertainties import unsourced

MOST = 3
"""Numbers told of each quantity."""
ONE_LUCK = {
    False: "All points share one luck: intervals are of the design alone; --lucks 3 widens them.",
    True: "All points share one luck: no intervals; --lucks 3 or more gives them.",
}
"""What one repetition leaves open, for designs with intervals of their own and without."""
NO_CITIES = (
    "What decides cities takes four whole blocks of the design: --size 4 or more, or --lucks 4 of a"
    " tornado."
)
KINDS = {"level": "", "difference": ", difference from the best rule", "rank": ", rank of rules"}


def sensitivity_command(
    experiment: Annotated[str, typer.Argument(help="Library name or path of a TOML file.")],
    settings: Set = None,
    plugin: Plugin = None,
    method: Annotated[str, typer.Option(help="morris, sobol or one_at_a_time.")] = "morris",
    size: Annotated[
        int | None,
        typer.Option(min=1, help="Paths, base points (4, 8, 16 …), or steps of each number."),
    ] = None,
    keys: Annotated[
        str | None, typer.Option(help="Only these uncertain numbers, with commas between.")
    ] = None,
    of: Annotated[
        str | None, typer.Option(help=f"Outcomes, as a,b; the experiment's, or {', '.join(OF)}.")
    ] = None,
    lucks: Annotated[int, typer.Option(min=1, help="Repetitions with other random numbers.")] = 1,
    minutes: Annotated[
        float | None, typer.Option(help="Refuse a study that takes longer, and say how large fits.")
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
    """Find which uncertain numbers decide levels, differences between rules, and their ranks."""
    require_no_home(out)
    with Bar() as bar, writing_to(out or Path("results")):
        done = sensitivity(
            experiment,
            settings or (),
            plugin=plugin or (),
            method=method,
            size=size,
            keys=listed("--keys", keys) or None,
            of=listed("--of", of) or None,
            lucks=lucks,
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
        bar.progress("pictures", 0, 1)
        figures = done.folder / "figures"
        made = draw_deciding(done.shares(), len(done.worlds), figures)
        if method == "one_at_a_time":
            units = {outcome.word: outcome.unit for outcome in OUTCOMES}
            for word in dict.fromkeys(done.indices["outcome"]):
                made += draw_tornado(done.indices, word, units[word], figures)
        question, rows = shown(done.cities, EFFECT)
        if question:
            shapes = own_outlines(done.outlines) if done.outlines else None
            made += draw_cities(rows, question, figures, shapes, EFFECT)
    _print(done, sorted({path.stem for path in made}), lucks, console())


def _share(row: Mapping[Hashable, Any]) -> str:
    """Return a key with its share, and the ends of it where they are known."""
    share, low, high = (100 * row[name] for name in ("share", "low", "high"))
    ends = "" if isnan(low) else f" ({low:.0f} to {high:.0f})"
    return f"{row['key']} {share:.0f} %{ends}"


def _print(done: Sensitivity, pictures: list[str], lucks: int, screen: Console) -> None:
    screen.print(done.experiment.title, style="bold")
    screen.print(
        f"{done.method}: {len(done.worlds)} worlds, {len(done.worlds.keys)} uncertain numbers,"
        f" {len(done.worlds.rivals)} rules. What decides (share of all effects):"
    )
    if said := unsourced(done.worlds.uncertainties):
        screen.print(said)
    for number, reason in sorted(done.worlds.failures.items()):
        screen.print(f"world {number} could not be run: {reason}")
    labels = {outcome.word: outcome.label for outcome in OUTCOMES}
    for (kind, outcome), rows in done.shares().groupby(["kind", "outcome"], sort=False):
        told = ", ".join(map(_share, rows.nlargest(MOST, "share").to_dict("records")))
        screen.print(f"  {labels[str(outcome)]}{KINDS[str(kind)]}: {told}")
    print_cities(done.cities, screen, EFFECT)
    if done.cities.empty:
        screen.print(NO_CITIES)
    if lucks == 1:
        screen.print(ONE_LUCK[done.method == "one_at_a_time"])
    for row in done.convergence.to_dict("records"):
        screen.print(
            f"With {100 * row['part']:.0f} % of the design, {100 * row['gap']:.0f} % of the effects"
            f" fall on other numbers (at most {100 * row['gap_most']:.0f} %)."
        )
    screen.print(
        f"Results: {done.folder}\n"
        "  tables    sensitivity.csv, shares.csv, convergence.csv, cities.csv, worlds.parquet\n"
        f"  pictures  figures/ ({', '.join(pictures)})"
    )
