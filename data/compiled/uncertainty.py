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
    rng: np.random.Generator,
) -> Drawn:
    """Return figures, assumptions and leanings moved at random, each on its own.

    City statistics, capacities and inventories are multiplied by exp(σz); assumptions are drawn
    from their ranges; city technologies and exports lean from their province's. Words
    (accounting, deflator) stay, for they are choices and no errors.
    """
    spread = {r.quantity: float(r.spread) for r in ranges if r.kind == "normal" and _number(r)}
    numbers: dict[str, Any] = {r.quantity: _between(r, rng) for r in ranges if r.kind != "normal"}
    return Drawn(
        figures=replace(
            figures,
            statistics=_statistics(figures.statistics, spread, rng),
            inventory=replace(
                figures.inventory,
                production=figures.inventory.production
                * _factors(figures.inventory.production.shape, spread["provincial_co2"], rng),
            ),
        ),
        assumptions=replace(
            assumptions,
            elasticity_shift=spread["elasticity_shift"] * float(rng.standard_normal()),
            **numbers,
        ),
        leanings=Leanings(
            technology=np.exp(
                technology_spread(figures.tables.Z)
                * rng.standard_normal((len(figures.regions), len(figures.sectors.codes)))
            ),
            export=_factors(
                (len(figures.regions), len(figures.sectors.codes)), spread["city_exports"], rng
            ),
        ),
    )


def _number(r: Range) -> bool:
    return bool(r.spread) and r.quantity != "city_co2"


def _statistics(
    statistics: CityStatistics, spread: dict[str, float], rng: np.random.Generator
) -> CityStatistics:
    cities = statistics.population.size
    return replace(
        statistics,
        population=statistics.population * _factors((cities,), spread["city_population"], rng),
        gdp=statistics.gdp * _factors(statistics.gdp.shape, spread["city_gdp"], rng),
        co2=statistics.co2 * np.exp(statistics.co2_spread * rng.standard_normal(cities)),
        thermal_capacity=statistics.thermal_capacity
        * _factors((cities,), spread["thermal_capacity"], rng),
    )


def _factors(shape: tuple[int, ...], spread: float, rng: np.random.Generator) -> np.ndarray:
    return np.exp(spread * rng.standard_normal(shape))


def _between(r: Range, rng: np.random.Generator) -> float:
    low, high = r.ends
    if r.kind == "log-uniform":
        return float(np.exp(rng.uniform(np.log(low), np.log(high))))
    return float(rng.uniform(low, high))
