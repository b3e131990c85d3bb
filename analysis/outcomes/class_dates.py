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
        self._strong: dict[str, np.ndarray] = {}
        """Times that a city is a strong beneficiary from one year until another, the last of them
        for those that do not stop; (t, t + 1, c)."""
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
        _add(self._counts, arm, is_of)
        _add(self._strong, arm, _spells(is_of[..., int(Beneficiary.STRONG)]))
        _add(self._changes, arm, (kinds[1:] != kinds[:-1]).sum(axis=0))
        self._runs[arm] = self._runs.get(arm, 0) + 1

    def table(self) -> pd.DataFrame:
        """Return a row for every arm and city.

        `p_…` are shares of replications by class in the last year; `likely` the most frequent one,
        `sure` whether in nine of ten. `ever_strong` is the share of years and replications as a
        strong beneficiary; `becomes_strong` is the year in which it most often becomes one, missing
        if never, and `stops` the one in which it then most often stops, missing if it then most
        often does not; `changes` is the mean number of changes of class.
        """
        return pd.concat([self._of(arm) for arm in self._runs], ignore_index=True)

    def _of(self, arm: str) -> pd.DataFrame:
        runs = self._runs[arm]
        shares = self._counts[arm] / runs
        last = shares[-1]
        words = np.array([kind.label for kind in Beneficiary])
        becomes, stops = self._usual_years(self._strong[arm])
        return self._names.assign(
            **{name: last[:, int(kind)] for kind, name in PROBABILITIES.items()},
            likely=words[last.argmax(axis=1)],
            sure=last.max(axis=1) >= SURE,
            ever_strong=shares[..., int(Beneficiary.STRONG)].mean(axis=0),
            becomes_strong=becomes,
            stops=stops,
            changes=self._changes[arm] / runs,
        ).assign(arm=arm)[["arm", *self._names.columns, *COLUMNS]]

    def _usual_years(self, spells: np.ndarray) -> tuple[pd.Series, pd.Series]:
        """Return when a city most often becomes a strong beneficiary, and when it then stops."""
        begun = spells.sum(axis=1)
        begin = begun.argmax(axis=0)
        end = spells[begin, :, np.arange(len(begin))].argmax(axis=1)
        years = pd.Series(self._years, dtype="Int64")
        becomes = years.take(begin).reset_index(drop=True).where(begun.any(axis=0))
        return becomes, years.reindex(end).reset_index(drop=True).where(becomes.notna())


COLUMNS = (
    *PROBABILITIES.values(),
    "likely",
    "sure",
    "ever_strong",
    "becomes_strong",
    "stops",
    "changes",
)


def _spells(strong: np.ndarray) -> np.ndarray:
    """Return from which year until which each city is strong, of (t, c); (t, t + 1, c)."""
    nobody = np.zeros_like(strong[:1])
    begins = strong & ~np.concatenate([nobody, strong[:-1]])
    years, cities = np.nonzero(begins)
    runs_out = np.concatenate([~strong, ~nobody])
    later = np.arange(len(runs_out))[:, None] > years
    ends = (runs_out[:, cities] & later).argmax(axis=0)
    spells = np.zeros((len(strong), len(runs_out), strong.shape[1]), dtype=bool)
    spells[years, ends, cities] = True
    return spells


def _add(sums: dict[str, np.ndarray], arm: str, values: np.ndarray) -> None:
    sums[arm] = sums.get(arm, 0) + values.astype(np.int64)
