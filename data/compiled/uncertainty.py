"""Drawing what the figures and assumptions leave open, each within its range."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from data.readers.verified import read_table
from model.compile.assumptions import Assumptions
from model.compile.city_tables import technology_spread
from model.compile.compile import Leanings
from model.compile.figures import CityStatistics, Figures

CAPITAL = "city_capital_formation"
"""Departure of a city from its curve of capital formation, by what is known of its investment."""


@dataclass(frozen=True, slots=True)
class Range:
    """Range of one quantity around what the tables or assumptions say."""

    quantity: str
    status: str
    spread: str
    """Standard deviation, or lower and upper end joined by `to`; empty where it is computed."""
    unit: str
    kind: str
    """normal, uniform or log-uniform."""
    source: str

    @property
    def ends(self) -> tuple[float, float]:
        """Lower and upper end of a uniform range."""
        low, high = self.spread.split(" to ")
        return float(low), float(high)


def read_ranges(directory: Path | None = None) -> list[Range]:
    """Return every quantity that a draw moves, with its range and source."""
    table = read_table("uncertainty.csv", directory).fillna("").astype(str)
    return [Range(*row) for row in table.itertuples(index=False)]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One economy that the figures allow, ready to be compiled."""

    figures: Figures
    assumptions: Assumptions
    leanings: Leanings


def drawn(
    figures: Figures,
    assumptions: Assumptions,
    ranges: list[Range],
    lasting: np.random.Generator,
    of_year: np.random.Generator,
) -> Drawn:
    """Return figures, assumptions and leanings moved at random.

    City statistics, capacities and inventories are multiplied by exp(σz); assumptions are drawn
    from their ranges; city demand, technologies and exports lean from what the compile takes them
    for. Words (accounting, deflator) stay, for they are choices and no errors.

    Parameters
    ----------
    lasting
        Draws what years share: most errors of a statistic, the tastes of a city, the assumptions.
        The same state of it gives the same errors in two years.
    of_year
        Draws errors of one year's CO₂, by city and by province.
    """
    spread = {r.quantity: float(r.spread) for r in ranges if r.kind == "normal" and _number(r)}
    numbers: dict[str, Any] = {
        r.quantity: _between(r, lasting) for r in ranges if r.kind != "normal"
    }
    production = figures.inventory.production
    provinces = (production.shape[0], 1)
    level = _factors(provinces, spread["provincial_co2_level"], lasting)
    level = level * _factors(provinces, spread["provincial_co2_of_a_year"], of_year)
    return Drawn(
        figures=replace(
            figures,
            statistics=_statistics(figures.statistics, spread, lasting, of_year),
            inventory=replace(
                figures.inventory,
                production=production
                * level
                * _factors(production.shape, spread["provincial_co2"], lasting),
            ),
        ),
        assumptions=replace(
            assumptions,
            elasticity_shift=spread["elasticity_shift"] * float(lasting.standard_normal()),
            **numbers,
        ),
        leanings=_leanings(figures, ranges, spread, lasting),
    )


def draw_of(figures: Figures, assumptions: Assumptions, seed: int, number: int) -> Drawn:
    """Return one draw; the same seed and number give the same draw in any order.

    Draws of two years with one seed and number share the errors that years share.
    """
    lasting, of_year = (
        np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
        for key in ((number,), (number, figures.year))
    )
    return drawn(figures, assumptions, read_ranges(), lasting, of_year)


def _number(r: Range) -> bool:
    return bool(r.spread) and r.status == "any"


def _statistics(
    statistics: CityStatistics,
    spread: dict[str, float],
    lasting: np.random.Generator,
    of_year: np.random.Generator,
) -> CityStatistics:
    cities = statistics.population.size
    error = statistics.co2_spread * lasting.standard_normal(cities)
    error = error + statistics.co2_spread_of_year * of_year.standard_normal(cities)
    return replace(
        statistics,
        population=statistics.population * _factors((cities,), spread["city_population"], lasting),
        gdp=statistics.gdp * _factors(statistics.gdp.shape, spread["city_gdp"], lasting),
        co2=statistics.co2 * np.exp(error),
        thermal_capacity=statistics.thermal_capacity
        * _factors((cities,), spread["thermal_capacity"], lasting),
    )


def _leanings(
    figures: Figures,
    ranges: list[Range],
    spread: dict[str, float],
    lasting: np.random.Generator,
) -> Leanings:
    cities, sectors = len(figures.regions), len(figures.sectors.codes)
    technology = technology_spread(figures.tables.Z) * lasting.standard_normal((cities, sectors))
    export = _factors((cities, sectors), spread["city_exports"], lasting)
    households = _factors((cities,), spread["city_households"], lasting)
    government = _factors((cities,), spread["city_government"], lasting)
    of_capital = {r.status: float(r.spread) for r in ranges if r.quantity == CAPITAL}
    known = np.isfinite(figures.demand.investment.per_head).any(axis=0)
    deviation = np.where(known, of_capital["figures"], of_capital["none"])
    capital = np.exp(deviation * lasting.standard_normal(cities))
    return Leanings(
        technology=np.exp(technology),
        export=export,
        demand=np.stack([households, households, government, capital], axis=1),
    )


def _factors(shape: tuple[int, ...], spread: float, rng: np.random.Generator) -> np.ndarray:
    return np.exp(spread * rng.standard_normal(shape))


def _between(r: Range, rng: np.random.Generator) -> float:
    low, high = r.ends
    if r.kind == "log-uniform":
        return float(np.exp(rng.uniform(np.log(low), np.log(high))))
    return float(rng.uniform(low, high))
