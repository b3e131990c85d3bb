"""Comparison as it is printed in full: a table an outcome."""

import math

import pandas as pd
from rich.console import Console

from analysis.command_line.blocks import Shown, blocks
from analysis.command_line.domination import domination
from analysis.documents.numbers import fixed
from analysis.experiment.assessment import Comparison
from analysis.experiment.results import Results
from analysis.experiment.run_key import keys_of
from analysis.figures.style import label as arm_label
from analysis.findings.finding import verdicts_of
from analysis.outcomes.misfits import COLUMNS, misfits
from analysis.outcomes.order import surviving
from analysis.outcomes.outcomes import OUTCOMES
from analysis.outcomes.value_added import value_added_line
from analysis.verdicts.short_names import unit_of
from analysis.verdicts.verdict import Verdict

FEW = 4
"""Arms up to which each has a line of its own on value added; the table of outcomes has all."""

OF_TEN = 10
"""Replications from which on it is said what keeps its order in nine of ten of them."""


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print a table of every outcome, the dominated rules, and where the files are."""
    experiment = comparison.experiment
    shown = [o.word for o in OUTCOMES if o.word in comparison.outcomes]
    told = [word for word in shown if comparison.outcomes[word].notna().any()]
    verdicts = verdicts_of(comparison, told)
    for verdict in verdicts:
        word = verdict.outcome.word
        rows = comparison.ranking[comparison.ranking["outcome"] == word]
        console.print(title(verdict, surviving(comparison.order, word)), style="bold")
        print_lines(_table(rows, verdict, experiment.reference, console.width), console)
    console.print()
    for line in domination(comparison, verdicts):
        console.print(line)
    _print_value_added(comparison, console)
    for line in misfits(comparison.city_columns([*COLUMNS, "year", "city"], experiment.reference)):
        console.print(line)
    pictures = ", ".join(sorted({path.stem for path in comparison.pictures})) or "none drawn"
    files = sorted(comparison.folder.iterdir())
    tables = ", ".join(path.name for path in files if path.suffix in (".csv", ".parquet"))
    console.print(f"\nTables: {tables}; runs in runs/")
    console.print(f"Pictures in figures/: {pictures}")


def print_lines(blocks: list[list[str]], console: Console) -> None:
    """Print blocks of lines as they are, an empty line after each."""
    for block in blocks:
        console.print("\n".join(block), soft_wrap=True)
        console.print()


def print_part(results: Results, console: Console) -> None:
    """Print which part of an experiment is done, where it is, and how the whole is made of it."""
    shard, done = results.manifest.shard, len(results.finished())
    runs = f"{done} of {len(results.keys)} runs are done"
    if not results.keys:
        runs = f"nothing to do, since there are fewer runs ({len(keys_of(results.experiment))})"
    console.print(results.experiment.title, style="bold")
    console.print(
        f"Shard {shard}: {runs}.\nResults: {results.folder}\n  When all shards are done:"
        " quotapolis merge FOLDER… --out FOLDER"
    )


def title(verdict: Verdict, kept: tuple[int, int]) -> str:
    """Return what a table is on; `kept` are the pairs that keep their order, and of how many."""
    outcome = verdict.outcome
    better = "shown, not ranked"
    if outcome.direction != "neither":
        better = f"{outcome.direction} is better"
        if kept[1] and verdict.replications >= OF_TEN:
            better += f"; {kept[0]} of {kept[1]} pairs keep their order in nine of ten replications"
    return f"{', '.join(filter(None, (outcome.label, unit_of(outcome))))} ({better})"


def _table(rows: pd.DataFrame, verdict: Verdict, reference: str, width: int) -> list[list[str]]:
    """Return an outcome by arm as blocks of lines, the best mean first."""
    order = [*verdict.groups.order]
    order += [str(arm) for arm in rows["arm"] if arm not in order]
    ranked = verdict.outcome.direction != "neither"
    digits = max(verdict.outcome.digits, verdict.digits)
    by_arm = rows.set_index("arm").loc[order]
    dominated = by_arm["dominated_by"] != ""
    names = [
        f"{arm_label(arm)} (dominated)" if ranked and dominated[arm] else arm_label(arm)
        for arm in order
    ]
    columns = [
        Shown("groups", tuple(verdict.groups.letters(arm) for arm in order)),
        Shown("mean", tuple(fixed(mean, digits) for mean in by_arm["mean"])),
        _gaps("from no policy [95 %]", by_arm, "from_no_policy", digits, reference),
        _gaps("from the best [95 %]", by_arm, "from_best", digits, reference),
    ]
    kept = [column for column in columns if any(column.cells)]
    return blocks("rule, institution", names, kept, width)


def _gaps(head: str, by_arm: pd.DataFrame, name: str, digits: int, reference: str) -> Shown:
    if name == "from_best":
        cells = ["best" if row[name] == 0 else _interval(row, name, digits)
                 for _, row in by_arm.iterrows()]  # fmt: skip
    else:
        cells = ["" if arm == reference else _interval(row, name, digits)
                 for arm, row in by_arm.iterrows()]  # fmt: skip
    return Shown(head, tuple(cells))


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
