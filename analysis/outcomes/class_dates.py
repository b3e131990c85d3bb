"""Classes of cities by name: how probable each is in the last year, and when cities change."""

import numpy as np
import pandas as pd
import pyarrow as pa

from model.classes.beneficiaries import Beneficiary

READING = "class_rolling"
"""As scored over the last five years: the reading of Xia et al. 2024."""
PROBABILITIES = {kind: f"p_{kind.label.replace(' ', '_')}" for kind in Beneficiary}
"""Columns by class."""
SURE = 0.9
"""Share of replications from which a class is said without doubt."""


class ClassDates:
    """Classes of every city in every year, counted over replications; one array an arm."""

    def __init__(self) -> None:
        self._years = np.empty(0, dtype=np.int64)
        self._names = pd.DataFrame()
        self._counts: dict[str, np.ndarray] = {}
        """Replications in which a city is of a class; (t, c, class)."""
        self._entered: dict[str, np.ndarray] = {}
        """Replications in which a city becomes a strong beneficiary in a year; (t, c)."""
        self._left: dict[str, np.ndarray] = {}
        self._changes: dict[str, np.ndarray] = {}
        """Changes of class over all years and replications; (c,)."""
        self._runs: dict[str, int] = {}

    def add(self, arm: str, table: pa.Table) -> None:
        """Take the city table of one more run."""
        if not self._runs:
            self._years = np.unique(table.column("year").to_numpy())
            count = len(table) // len(self._years)
            first = table.select(["region_code", "city"]).slice(0, count)
            self._names = first.to_pandas().astype(str)
        kinds = table.column(READING).to_numpy().reshape(len(self._years), -1)
        is_of = kinds[..., None] == np.array([int(kind) for kind in Beneficiary])
        strong = is_of[..., int(Beneficiary.STRONG)]
        before = np.vstack([np.zeros_like(strong[:1]), strong[:-1]])
        _add(self._counts, arm, is_of)
        _add(self._entered, arm, strong & ~before)
        _add(self._left, arm, before & ~strong)
        _add(self._changes, arm, (kinds[1:] != kinds[:-1]).sum(axis=0))
        self._runs[arm] = self._runs.get(arm, 0) + 1

    def table(self) -> pd.DataFrame:
        """Return a row for every arm and city.

        `p_…` are shares of replications by class in the last year; `likely` the most frequent one,
        `sure` whether in nine of ten. `ever_strong` is the share of years and replications as a
        strong beneficiary, `becomes_strong` and `stops` the years in which it most often becomes
        one or stops being one, missing if never; `changes` the mean number of changes of class.
        """
        return pd.concat([self._of(arm) for arm in self._runs], ignore_index=True)

    def _of(self, arm: str) -> pd.DataFrame:
        runs = self._runs[arm]
        shares = self._counts[arm] / runs
        last = shares[-1]
        words = np.array([kind.label for kind in Beneficiary])
        return self._names.assign(
            **{name: last[:, int(kind)] for kind, name in PROBABILITIES.items()},
            likely=words[last.argmax(axis=1)],
            sure=last.max(axis=1) >= SURE,
            ever_strong=shares[..., int(Beneficiary.STRONG)].mean(axis=0),
            becomes_strong=self._usual_year(self._entered[arm]),
            stops=self._usual_year(self._left[arm]),
            changes=self._changes[arm] / runs,
        ).assign(arm=arm)[["arm", *self._names.columns, *COLUMNS]]

    def _usual_year(self, events: np.ndarray) -> pd.Series:
        year = self._years[events.argmax(axis=0)]
        known = pd.Series(events.any(axis=0))
        return pd.Series(year).where(known).astype("Int64")


COLUMNS = (
    *PROBABILITIES.values(),
    "likely",
    "sure",
    "ever_strong",
    "becomes_strong",
    "stops",
    "changes",
)


def _add(sums: dict[str, np.ndarray], arm: str, values: np.ndarray) -> None:
    sums[arm] = sums.get(arm, 0) + values.astype(np.int64)
