"""One run as outcomes see it: its city table, its national table, and the cities themselves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from model.classes.inequality import quintile
from model.compile.city_economy import Economy
from simulation.run_result import Run

Columns: TypeAlias = Mapping[str, np.ndarray] | pa.Table
"""A table by column; missing is not a number."""


@dataclass(frozen=True, slots=True)
class Cities:
    """Facts about the cities, the same in every run."""

    population: np.ndarray
    """Residents, heads; (c,)."""
    poor: np.ndarray
    """True for a city of the two lowest fifths by final demand a head; (c,)."""
    demand: np.ndarray
    """Final demand in the base year, 10⁴ CNY/yr; (c,)."""
    province: np.ndarray
    """Position of its province; (c,)."""
    cny: float = 1.0
    """CNY of 2012 that a unit of money of the tables is worth."""


def cities_of(economy: Economy) -> Cities:
    """Return what outcomes need to know of an economy's cities."""
    players = economy.players
    population = economy.population[players]
    demand = economy.d.sum(axis=(1, 2))[players]
    province = economy.regions.province[players]
    poor = quintile(demand / population) >= 4
    return Cities(population, poor, demand, province, economy.money.cny)


WORDS = ("arm", "rule", "institution")
"""Columns of a table that hold words."""


@dataclass(frozen=True, slots=True)
class Block(Mapping[str, np.ndarray]):
    """Columns that share one array."""

    names: tuple[str, ...]
    rows: np.ndarray
    """A row a column."""

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a column."""
        return self.rows[self.names.index(name)]

    def __iter__(self) -> Iterator[str]:
        """Return the names of the columns."""
        return iter(self.names)

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.names)


@dataclass(frozen=True, slots=True)
class NationalTable:
    """The national table of one run."""

    columns: Columns

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a column of `simulation.columns.NATIONAL_COLUMNS`; (t,)."""
        return _array(self.columns, name)

    def total(self, name: str) -> float:
        """Return a column summed over the years that have it; missing where none has."""
        known = self._known(name)
        return float(known.sum()) if known.size else np.nan

    def mean(self, name: str) -> float:
        """Return a column's mean over the years that have it; missing where none has."""
        known = self._known(name)
        return float(known.mean()) if known.size else np.nan

    def last(self, name: str) -> float:
        """Return a column in the last year that has it; missing where none has."""
        known = self._known(name)
        return float(known[-1]) if known.size else np.nan

    def any(self, *names: str) -> bool:
        """Return whether any of these columns is other than zero in any year."""
        return any(bool((self._known(name) != 0).any()) for name in names)

    def compact(self) -> "NationalTable":
        """Return the same numbers in one block, which holds many runs in little memory."""
        names = self.columns.column_names if isinstance(self.columns, pa.Table) else self.columns
        numbers = {name: self[name] for name in names if name not in WORDS}
        block = np.array(list(numbers.values()), dtype=np.float64)
        return NationalTable(Block(tuple(numbers), block))

    def _known(self, name: str) -> np.ndarray:
        values = self[name]
        return values[~np.isnan(values)]


@dataclass(frozen=True, slots=True)
class OneRun:
    """Tables of one run beside the facts about its cities and the same future without policy."""

    city_table: Columns
    """A row a year and city, or (t, c) a column."""
    national: NationalTable
    cities: Cities
    without: NationalTable | None = None
    """National table of the reference's run with the same random numbers, where it is known."""
    known: dict[Any, np.ndarray] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What was asked of the run so far, by function or column; a changed run is asked anew."""

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a column of `simulation.columns.CITY_COLUMNS`; (t, c)."""
        return _array(self.city_table, name).reshape(-1, self.cities.population.size)

    def total(self, *names: str) -> np.ndarray:
        """Return the sum of columns over the years by city, what is missing left out; (c,)."""
        return sum((self._total(name) for name in names), np.zeros_like(self.poor, float))

    def _total(self, name: str) -> np.ndarray:
        if name not in self.known:
            self.known[name] = np.nansum(self[name], axis=0)
        return self.known[name]

    def once(self, of: Callable[["OneRun"], np.ndarray]) -> np.ndarray:
        """Return a function of the run, worked out when it is asked for the first time."""
        if of not in self.known:
            self.known[of] = of(self)
        return self.known[of]

    @property
    def people(self) -> np.ndarray:
        """Residents as a number with places, heads; (c,)."""
        return np.asarray(self.cities.population, dtype=np.float64)

    @property
    def poor(self) -> np.ndarray:
        """True for a poor city; (c,)."""
        return self.cities.poor


def one_run(run: Run, economy: Economy, without: Run | None = None) -> OneRun:
    """Return a run of the simulation as outcomes see it."""
    known = None if without is None else NationalTable(without.recorder.national)
    return OneRun(
        run.recorder.cities, NationalTable(run.recorder.national), cities_of(economy), known
    )


def _array(columns: Columns, name: str) -> np.ndarray:
    if isinstance(columns, pa.Table):
        return np.asarray(columns.column(name).to_numpy())
    return np.asarray(columns[name])
