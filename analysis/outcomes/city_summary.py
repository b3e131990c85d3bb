"""Sums and counts over the city tables of all runs, gathered run by run for pictures."""

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.special import stdtrit

from analysis.outcomes.independent_draws import draws_of, means_by_draw
from analysis.outcomes.paired import CONFIDENCE
from model.classes.beneficiaries import Beneficiary

CLASSES_READ = ("class_scored", "class_rolling", "class_policy")
MITIGATION = (
    "local_mitigation",
    "outsourced_mitigation",
    "local_additional",
    "outsourced_additional",
)
RUN = ["arm", "replication"]


class CitySummary:
    """Counts of classes by run and by city, and means over replications of mitigation.

    `economies` is the number of drawn economies that replications take in turn; 1 for none.
    """

    def __init__(self, economies: int = 1) -> None:
        self.economies = economies
        self._runs: list[tuple[str, int]] = []
        self._years = np.empty(0, dtype=np.int32)
        self._codes: list[str] = []
        self._by_year: dict[str, list[np.ndarray]] = {reading: [] for reading in CLASSES_READ}
        """Cities of each class, (t, class) a run."""
        self._by_city: dict[tuple[str, str], np.ndarray] = {}
        """Replications in which a city is of each class in the last year, (c, class)."""
        self._sums: dict[tuple[str, str], np.ndarray] = {}
        self._known: dict[tuple[str, str], np.ndarray] = {}
        """Sum, and number of values, over replications; (t, c)."""
        self._last: dict[str, dict[int, np.ndarray]] = {}
        """Emissions of the last year by arm and replication; (c,) in single precision."""

    def add(self, arm: str, replication: int, table: pa.Table) -> None:
        """Take the city table of one more run."""
        if not self._runs:
            self._years = np.unique(table.column("year").to_numpy())
            count = len(table) // len(self._years)
            self._codes = table.column("region_code").slice(0, count).to_pylist()
        shape = (len(self._years), len(self._codes))
        self._runs.append((arm, replication))
        emissions = table.column("emissions").to_numpy().reshape(shape)[-1]
        self._last.setdefault(arm, {})[replication] = emissions.astype(np.float32)
        for reading in CLASSES_READ:
            kinds = table.column(reading).to_numpy().reshape(shape)
            is_of = kinds[..., None] == np.array([int(kind) for kind in Beneficiary])
            self._by_year[reading].append(is_of.sum(axis=1, dtype=np.int32))
            _add(self._by_city, (arm, reading), is_of[-1].astype(np.int64))
        for name in MITIGATION:
            values = table.column(name).to_numpy().reshape(shape)
            missing = np.isnan(values)
            _add(self._sums, (arm, name), np.where(missing, 0.0, values))
            _add(self._known, (arm, name), (~missing).astype(np.int64))

    @property
    def runs(self) -> pd.DataFrame:
        """Arm and replication of every run."""
        return pd.DataFrame(self._runs, columns=RUN)

    @property
    def arms(self) -> list[str]:
        """Arms, in the order of the experiment."""
        return list(dict.fromkeys(arm for arm, _ in self._runs))

    @property
    def codes(self) -> list[str]:
        """Region codes of the cities."""
        return self._codes

    @property
    def first_year(self) -> int:
        """The first simulated year."""
        return int(self._years[0])

    @property
    def last_year(self) -> int:
        """The last simulated year."""
        return int(self._years[-1])

    def counts(self, reading: str, arms: list[str]) -> pd.Series:
        """Return the number of cities by arm, replication, year and class."""
        chosen = [place for place, (arm, _) in enumerate(self._runs) if arm in arms]
        index = pd.MultiIndex.from_tuples(
            [
                (*self._runs[place], int(year), int(kind))
                for place in chosen
                for year in self._years
                for kind in Beneficiary
            ],
            names=[*RUN, "year", reading],
        )
        numbers = np.concatenate([self._by_year[reading][place].ravel() for place in chosen])
        return pd.Series(numbers.astype(float), index=index)

    def majority(self, reading: str, arms: list[str]) -> pd.Series:
        """Return the class of each city in the last year in most replications, by arm and region.

        Ties go to the class named first.
        """
        index = pd.MultiIndex.from_product([arms, self._codes], names=["arm", "region_code"])
        kinds = np.array([int(kind) for kind in Beneficiary])
        most = [kinds[self._by_city[(arm, reading)].argmax(axis=1)] for arm in arms]
        return pd.Series(np.concatenate(most), index=index)

    def agreement(self, reading: str, arms: list[str]) -> pd.Series:
        """Return the share of replications in which each city is of that class, 1."""
        index = pd.MultiIndex.from_product([arms, self._codes], names=["arm", "region_code"])
        counts = [self._by_city[(arm, reading)] for arm in arms]
        shares = [count.max(axis=1) / count.sum(axis=1) for count in counts]
        return pd.Series(np.concatenate(shares), index=index)

    def emissions_changed(self, arm: str, reference: str) -> pd.DataFrame:
        """Return by region how far an arm changes emissions of the last year, % of the reference.

        Mean and 95 % interval of differences paired by replication; not a number without an
        interval, or where the reference emits nothing. Replications of one drawn economy count
        together, as in `independent_draws`.
        """
        both = sorted(self._last[arm].keys() & self._last[reference].keys())
        draws = draws_of(np.array(both, dtype=np.int64), self.economies)
        these, those = (
            means_by_draw(
                np.array([self._last[name][number] for number in both], dtype=np.float64), draws
            )
            for name in (arm, reference)
        )
        base = those.mean(axis=0)
        change = 100 * np.divide(
            these - those, base, out=np.full_like(those, np.nan), where=base > 0
        )
        half = np.full(len(self._codes), np.nan)
        if len(change) > 1:
            reach = float(stdtrit(len(change) - 1, (1 + CONFIDENCE) / 2))
            half = reach * change.std(axis=0, ddof=1) / np.sqrt(len(change))
        mean = change.mean(axis=0)
        index = pd.Index(self._codes, name="region_code")
        return pd.DataFrame({"mean": mean, "low": mean - half, "high": mean + half}, index=index)

    def means(self, columns: list[str], arms: list[str]) -> pd.DataFrame:
        """Return means over replications, by arm, year and region."""
        index = pd.MultiIndex.from_product(
            [arms, self._years.tolist(), self._codes], names=["arm", "year", "region_code"]
        )
        return pd.DataFrame({name: self._means(name, arms) for name in columns}, index=index)

    def _means(self, name: str, arms: list[str]) -> np.ndarray:
        sums = np.stack([self._sums[(arm, name)] for arm in arms])
        known = np.stack([self._known[(arm, name)] for arm in arms])
        return np.divide(sums, known, out=np.full_like(sums, np.nan), where=known > 0).ravel()


def _add(to: dict[tuple[str, str], np.ndarray], key: tuple[str, str], more: np.ndarray) -> None:
    if key in to:
        to[key] += more
    else:
        to[key] = more
