"""Why ours differs: the candidates among the compile's assumptions, tried one at a time."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace

import pandas as pd

from analysis.documents.numbers import four_figures
from analysis.economy.economies import Evaluated, evaluate_all, one_variant
from analysis.reproduce.chapter import Row
from data.readers.published import read_published

CANDIDATES = (
    "as compiled",
    "demand follows GDP",
    "demand elasticity 1.2",
    "heterogeneity 0",
    "electricity by capacity",
    "distance counts double",
    "national inventory",
    "before city statistics",
    "investment at its word",
    "capital formation as provinces report",
    "affluence without government",
    "affluence without imports",
)
"""Names of `analysis.economy.economies.variants`."""
FAR = 0.2
"""Deviation from a published figure beyond which its cause is tested, share."""
CLOSES = 0.25
"""Least share of a gap that a tested assumption must close to count as a cause."""
JUDGED_BY = (
    "footprint_total",
    "q1_footprint_share",
    "q5_footprint_share",
    "super_n",
    "super_n_demand_type",
    "super_footprint_share",
    "n_net_producers",
    "capital_footprint_share",
    "multiplier_capital",
    "multiplier_consumption",
)
UNTRIED = "no assumption of the compile was tried on it"
"""Of a figure that is far off, where nothing was changed for it."""


def candidates(year: int, executor: Executor) -> list[Evaluated]:
    """Return the economies of all candidates, compiled and evaluated on the executor."""
    tasks = [(one_variant, (year, name)) for name in CANDIDATES]
    found, _ = evaluate_all(tasks, executor, lambda _done, _of: None)
    return found


def with_tested_causes(rows: Sequence[Row], found: Sequence[Evaluated]) -> list[Row]:
    """Return the rows, those far from the published figure with what each assumption does to it.

    Named is the assumption that brings the figure nearest, if it closes a quarter of the gap.
    """
    values = {each.name: {row.quantity: row.value for row in each.headlines} for each in found}
    return [
        replace(row, why="; ".join(filter(None, (row.why, _tested(row, values)))))
        if row.deviation is not None and abs(row.deviation) > FAR
        else row
        for row in rows
    ]


def _tested(row: Row, values: Mapping[str, Mapping[str, float]]) -> str:
    ours = values[CANDIDATES[0]].get(row.quantity)
    if ours is None:
        return UNTRIED
    published = float(row.published)
    others = {name: figures[row.quantity] for name, figures in values.items()}
    nearest = min(others, key=lambda name: abs(others[name] - published))
    closed = 1.0 - abs(others[nearest] - published) / abs(ours - published)
    if closed < CLOSES:
        return f"tested: none of {len(others) - 1} assumptions closes a quarter of the gap"
    return (
        f"tested: {four_figures(others[nearest])} instead of {four_figures(ours)} under"
        f" {nearest!r}, {closed:.0%} of the gap"
    )


def candidate_table(found: Sequence[Evaluated]) -> pd.DataFrame:
    """Return each candidate's figures beside the published, one quantity a row."""
    published = read_published()
    values = {one.name: {row.quantity: row.value for row in one.headlines} for one in found}
    return pd.DataFrame(
        [
            {
                "quantity": quantity,
                "published": published[quantity].number,
                **{name: figures[quantity] for name, figures in values.items()},
            }
            for quantity in JUDGED_BY
        ]
    )
