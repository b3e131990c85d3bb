"""Changes of class between the first years and the last, by arm: mean over replications."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa

from model.classes.beneficiaries import Beneficiary
from model.classes.class_transitions import row_shares, transitions

READINGS = ("class_rolling", "class_policy_recent")
"""Both look back five years: the one as scored, the other at what the policy did."""
SETTLED = 5
"""Years after the base year from which a reading of five years has them all."""
COLUMNS = ["arm", "reading", "from_year", "to_year", "from", "to", "cities", "share"]
STEPS = 3
"""Steps that the way from the first year to the last is divided into, for pictures."""


class ClassChanges:
    """Sums of the matrices of transitions, gathered run by run; one small matrix an arm."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str], np.ndarray] = {}
        """By arm and reading, over replications; (4, 4)."""
        self._steps: dict[tuple[str, str], np.ndarray] = {}
        """The same from mark to mark; (k, 4, 4)."""
        self._runs: dict[str, int] = {}
        self._marks: tuple[int, ...] = ()
        self._span = (0, 0)

    def add(self, arm: str, table: pa.Table) -> None:
        """Take the city table of one more run.

        The first year is the fifth simulated one, or the first where the horizon is no longer.
        """
        years = np.unique(table.column("year").to_numpy())
        start = SETTLED - 1 if len(years) > SETTLED else 0
        self._span = (int(years[start]), int(years[-1]))
        self._runs[arm] = self._runs.get(arm, 0) + 1
        at = np.unique(np.linspace(start, len(years) - 1, STEPS + 1).round().astype(np.int64))
        self._marks = tuple(int(year) for year in years[at])
        for reading in READINGS:
            kinds = table.column(reading).to_numpy().reshape(len(years), -1).astype(np.int64)
            counts = transitions(kinds[start], kinds[-1])
            self._sums[arm, reading] = self._sums.get((arm, reading), 0) + counts
            ways = [transitions(kinds[i], kinds[j]) for i, j in pairwise(at)]
            steps = np.stack(ways) if ways else np.zeros((0, *counts.shape), dtype=np.int64)
            self._steps[arm, reading] = self._steps.get((arm, reading), 0) + steps

    @property
    def marks(self) -> tuple[int, ...]:
        """Years from which to which `flows` lead: the first, two between, the last."""
        return self._marks

    def flows(self, arm: str, reading: str) -> np.ndarray:
        """Return mean numbers of cities by class at a mark and at the next; (k, 4, 4)."""
        return np.asarray(self._steps[arm, reading] / self._runs[arm])

    def table(self) -> pd.DataFrame:
        """Return a row for every arm, reading and pair of classes.

        `cities` is the mean number over replications; `share` is of the cities that started in
        the class, 1, and missing where there are none.
        """
        rows = []
        for (arm, reading), counts in self._sums.items():
            there = counts.sum(axis=1, keepdims=True) > 0
            shares = np.where(there, row_shares(counts), np.nan)
            for start in Beneficiary:
                rows += [
                    (arm, reading, *self._span, start.label, end.label,
                     float(counts[start, end]) / self._runs[arm], float(shares[start, end]))
                    for end in Beneficiary
                ]  # fmt: skip
        return pd.DataFrame(rows, columns=COLUMNS)
