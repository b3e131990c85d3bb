"""The recorder: columns of a run, filled year by year."""

from dataclasses import dataclass

import numpy as np

from model.arrays import AnyFloats
from model.labels import Money
from simulation.city_columns import CITY
from simulation.column import RecordedYear
from simulation.national_columns import NATIONAL

CITY_COLUMNS = {column.name: str(column) for column in CITY}
"""Unit and meaning by column."""
NATIONAL_COLUMNS = {column.name: str(column) for column in NATIONAL}
"""Unit and meaning by column."""
WHOLE = tuple(column.name for column in CITY if column.code)
"""Columns that hold positions in lists of words."""


CITY_MONEY = {column.name for column in CITY if "CNY" in column.unit}
"""Columns that hold money, or money a tonne."""
NATIONAL_MONEY = {column.name for column in NATIONAL if "CNY" in column.unit}
"""Columns that hold money, or money a tonne."""


@dataclass(frozen=True, slots=True)
class Recorder:
    """Columns of a run, filled year by year."""

    cities: dict[str, AnyFloats]
    """By name; (t, c) each, or (b, t, c) of several runs."""
    national: dict[str, AnyFloats]
    """By name; (t,) each, or (b, t)."""

    def run(self, run: int) -> "Recorder":
        """Return one run of several."""
        return Recorder(
            {name: values[run] for name, values in self.cities.items()},
            {name: values[run] for name, values in self.national.items()},
        )

    def first(self, years: int) -> "Recorder":
        """Return the first years alone."""
        return Recorder(
            {name: values[:years] for name, values in self.cities.items()},
            {name: values[:years] for name, values in self.national.items()},
        )

    def told_in(self, money: Money) -> "Recorder":
        """Return the same with its money, which is recorded in CNY, in another currency."""
        if money.cny == 1.0:
            return self
        return Recorder(
            _told(self.cities, CITY_MONEY, money), _told(self.national, NATIONAL_MONEY, money)
        )


def _told(columns: dict[str, AnyFloats], in_it: set[str], money: Money) -> dict[str, AnyFloats]:
    return {
        name: values / money.cny if name in in_it else values for name, values in columns.items()
    }


def recorder(years: int, cities: tuple[int, ...]) -> Recorder:
    """Return an empty recorder; `cities` is how many there are, (c,), or (b, c) of several runs."""
    *runs, count = cities
    return Recorder(
        cities={column.name: np.empty((*runs, years, count)) for column in CITY},
        national={column.name: np.empty((*runs, years)) for column in NATIONAL},
    )


def record(recorder: Recorder, row: int, year: RecordedYear) -> None:
    """Write a year down; changes nothing but the recorder."""
    for column in CITY:
        recorder.cities[column.name][..., row, :] = column.value(year)
    for column in NATIONAL:
        recorder.national[column.name][..., row : row + 1] = column.value(year)
