"""Cities by what their people spend: quintiles of final demand per head."""

from dataclasses import dataclass

import numpy as np

from analysis.economy.headlines import per_head_demand
from model.arrays import ByCity, Whole
from model.classes.inequality import quintile
from model.compile.city_economy import CityTables
from model.labels import CNY_PER_UNIT


@dataclass(frozen=True, slots=True)
class Fifths:
    """Each city's fifth by final demand per head, without inventory change."""

    of: Whole
    """1 (most affluent) to 5; (c,)."""
    dollars: ByCity
    """Final demand per head, USD at the year's exchange rate; (c,)."""

    def within(self, *numbers: int) -> np.ndarray:
        """Return which cities are in one of these fifths; (c,)."""
        return np.isin(self.of, numbers)

    def mean(self, number: int) -> float:
        """Return the mean over cities of a fifth's dollars per head."""
        return float(self.dollars[self.of == number].mean())

    def least(self, number: int) -> float:
        """Return the lowest dollars per head in a fifth."""
        return float(self.dollars[self.of == number].min())


def fifths(tables: CityTables, cny_per_usd: float) -> Fifths:
    """Return the quintiles of the cities; equal numbers of cities, not of people."""
    per_head = per_head_demand(tables)
    return Fifths(of=quintile(per_head), dollars=per_head * CNY_PER_UNIT / cny_per_usd)
