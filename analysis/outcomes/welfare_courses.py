"""Welfare over the years: mean and band over replications, whatever their number."""

import numpy as np
import pandas as pd

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.welfare import BY_YEAR

BAND = 1.96
"""Standard deviations on either side of the mean: 95 % of replications, if they are normal."""
COLUMNS = ["arm", "year", "measure", "unit", "mean", "low", "high"]


def welfare_by_year(run: OneRun) -> np.ndarray:
    """Return every measure of welfare in every year; (w, t)."""
    return np.stack([run.once(measure) for _, measure in BY_YEAR.values()])


class WelfareCourses:
    """Running mean and sum of squares (Welford 1962) of every measure and year, by arm."""

    def __init__(self) -> None:
        self._runs: dict[str, int] = {}
        self._mean: dict[str, np.ndarray] = {}
        self._squares: dict[str, np.ndarray] = {}
        self._years = np.empty(0, dtype=np.int64)

    def add(self, arm: str, values: np.ndarray, years: np.ndarray) -> None:
        """Take one more run: its `welfare_by_year`, and the years."""
        self._years = np.asarray(years, dtype=np.int64)
        count = self._runs[arm] = self._runs.get(arm, 0) + 1
        before = self._mean.get(arm, np.zeros_like(values))
        mean = self._mean[arm] = before + (values - before) / count
        squares = self._squares.get(arm, np.zeros_like(values))
        self._squares[arm] = squares + (values - before) * (values - mean)

    def table(self) -> pd.DataFrame:
        """Return a row for every arm, measure and year; the band is of a replication."""
        parts = []
        for arm, count in self._runs.items():
            spread = BAND * np.sqrt(self._squares[arm] / max(count - 1, 1))
            for row, (word, (unit, _)) in enumerate(BY_YEAR.items()):
                mean = self._mean[arm][row]
                parts.append(
                    pd.DataFrame(
                        {"arm": arm, "year": self._years, "measure": word, "unit": unit,
                         "mean": mean, "low": mean - spread[row], "high": mean + spread[row]}
                    )
                )  # fmt: skip
        return pd.concat(parts, ignore_index=True)[COLUMNS]
