"""Why ours differs: the candidates among the compile's assumptions, tried one at a time."""

from collections.abc import Sequence
from concurrent.futures import Executor

import pandas as pd

from analysis.economy.economies import Evaluated, evaluate_all, one_variant
from data.readers.published import read_published

CANDIDATES = (
    "as compiled",
    "demand follows GDP",
    "demand elasticity 1.2",
    "heterogeneity 0",
    "electricity by capacity",
    "distance counts double",
    "national inventory",
)
"""Names of `analysis.economy.economies.variants`."""
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


def candidates(year: int, executor: Executor) -> list[Evaluated]:
    """Return the economies of all candidates, compiled and evaluated on the executor."""
    tasks = [(one_variant, (year, name)) for name in CANDIDATES]
    found, _ = evaluate_all(tasks, executor, lambda _done, _of: None)
    return found


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
