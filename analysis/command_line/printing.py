"""Comparison as it is printed in a terminal."""

import math

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from analysis.documents.numbers import fixed
from analysis.experiment.assessment import Comparison
from analysis.experiment.results import Results
from analysis.figures.style import label as arm_label
from analysis.outcomes.misfits import COLUMNS, misfits
from analysis.outcomes.order import surviving
from analysis.outcomes.outcomes import OUTCOMES
from analysis.outcomes.value_added import value_added_line
from scenarios.experiment import Experiment

FEW = 4
"""Arms up to which each has a line of its own on value added; the table of outcomes has all."""


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print the ranking of every outcome, the dominated rules, and where the files are."""
    experiment = comparison.experiment
    years = experiment.arms[0].scenario.horizon.years
    console.print(experiment.title, style="bold")
    console.print(
        f"{years[0]}–{years[-1]}, {experiment.replications}"
        f" replication(s) with common random numbers{_economies(experiment)}; intervals are paired,"
        " 95 %."
    )
    for outcome in OUTCOMES:
        rows = comparison.ranking[comparison.ranking["outcome"] == outcome.word]
        if rows["mean"].notna().any():
            kept = surviving(comparison.order, outcome.word)
            console.print(_table(rows, outcome.digits, experiment.reference, kept))
    _print_dominated(comparison, console)
    for arm in comparison.not_binding:
        console.print(f"not binding: the cap of {arm_label(arm)} never bites")
    _print_value_added(comparison, console)
    for line in misfits(comparison.city_columns([*COLUMNS, "year", "city"], experiment.reference)):
        console.print(line)
    console.print(
        f"\nResults: {comparison.folder}\n"
        f"  tables    cities.parquet, national.parquet, ranking.csv, order.csv, transitions.csv,\n"
        "            classes.csv, welfare.csv; runs in runs/\n"
        f"  pictures  figures/ ({', '.join(sorted({p.stem for p in comparison.pictures}))})"
    )


def print_part(results: Results, console: Console) -> None:
    """Print which part of an experiment is done, where it is, and how the whole is made of it."""
    shard, done = results.manifest.shard, len(results.finished())
    console.print(results.experiment.title, style="bold")
    console.print(
        f"Shard {shard}: {done} of {len(results.keys)}"
        f" runs are done.\nResults: {results.folder}\n  When all shards are done:"
        " quotapolis merge FOLDER… --out FOLDER"
    )


def _economies(experiment: Experiment) -> str:
    """Return in words which economies the replications are of."""
    if experiment.economies == 1:
        return ", on the economy as compiled"
    return f", on {experiment.economies} drawn economies in turn"


def _table(rows: pd.DataFrame, digits: int, reference: str, kept: tuple[int, int]) -> Table:
    first = rows.iloc[0]
    ranked = bool(rows["rank"].notna().any())
    paired = bool(rows.loc[rows["arm"] != reference, "from_no_policy"].notna().any())
    better = f"{first['better']} is better" if ranked else "shown, not ranked"
    if ranked and kept[1]:
        better += f"; {kept[0]} of {kept[1]} pairs keep their order in nine of ten replications"
    unit = "" if first["unit"] == "1" else f", {first['unit']}"
    table = Table(
        title=f"{first['label']}{unit} ({better})",
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
    )
    table.add_column("rank" if ranked else "", justify="right", min_width=4)
    table.add_column("rule, institution", min_width=48)
    table.add_column("mean", justify="right", min_width=8)
    table.add_column("from no policy [95 %]" if paired else "", justify="right", min_width=28)
    table.add_column("from the best [95 %]" if ranked else "", justify="right", min_width=28)
    order = rows.sort_values(
        ["rank", "mean"], ascending=[True, first["better"] != "higher"], na_position="last"
    )
    for _, row in order.iterrows():
        name = arm_label(str(row["arm"]))
        table.add_row(
            "" if math.isnan(row["rank"]) else f"{row['rank']:.0f}",
            f"{name} (dominated)" if row["dominated_by"] and ranked else name,
            fixed(row["mean"], digits),
            "" if row["arm"] == reference else _interval(row, "from_no_policy", digits),
            "best" if row["from_best"] == 0 else _interval(row, "from_best", digits),
        )
    return table


def _print_dominated(comparison: Comparison, console: Console) -> None:
    pairs = comparison.ranking[["arm", "dominated_by"]].drop_duplicates()
    dominated = pairs[pairs["dominated_by"] != ""]
    console.print()
    rivals = len(pairs) - 1
    if dominated.empty and rivals > 1 and comparison.experiment.replications > 1:
        console.print(
            "No rule is dominated: each is clearly better than any other in some outcome."
        )
    for _, row in dominated.iterrows():
        others = " and ".join(arm_label(arm) for arm in str(row["dominated_by"]).split(", "))
        console.print(
            f"dominated: {arm_label(str(row['arm']))}, by {others} (clearly better in some ranked"
            " outcome, clearly worse in none)"
        )


def _print_value_added(comparison: Comparison, console: Console) -> None:
    """Print what each policy costs or brings in value added, where there are few of them."""
    arms = [arm.name for arm in comparison.experiment.arms if arm.scenario.has_policy]
    for arm in arms if len(arms) <= FEW else ():
        rows = comparison.national[comparison.national["arm"] == arm]
        means = rows.groupby("year")[["value_added_change", "value_added"]].mean()
        if len(means):
            years = range(int(means.index[0]), int(means.index[-1]) + 1)
            line = value_added_line(years, *means.to_numpy().T)
            console.print(f"{arm_label(arm)}: {line}")


def _interval(row: "pd.Series[float]", name: str, digits: int) -> str:
    if math.isnan(row[name]):
        return ""
    mean = fixed(row[name], digits, sign=True)
    if math.isnan(row[f"{name}_low"]):
        return mean
    low, high = (fixed(row[f"{name}_{end}"], digits, sign=True) for end in ("low", "high"))
    return f"{mean} [{low}, {high}]"
