"""Demand of cities without policy: ways to find it, judged by the compiled economy of 2017."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.economy.pair import EARLIER, LATER
from data.compiled.cache import load_economy
from model.arrays import BetweenRegions, ByRegion
from model.compile.city_economy import Economy
from model.input_output.growth import NEAR, demand_for_growth
from scenarios.world import Growth
from simulation.baseline import asked_growth, prepare

DOCUMENT = DOCS / "demand-of-cities.md"
LAST = 2030
FREE = (0.0, np.inf)
"""No bounds but that demand is not negative."""

Way = Callable[[BetweenRegions, ByRegion, ByRegion, ByRegion], ByRegion]
"""From embodied value added, value added from exports, base value added and growth to demand."""


@dataclass(frozen=True, slots=True)
class Least:
    """Least squares with a pull, within bounds."""

    pull: float
    near: tuple[float, float]

    def __call__(
        self, G: BetweenRegions, exports: ByRegion, VA: ByRegion, growth: ByRegion
    ) -> ByRegion:
        """Return final demand relative to the base year, 1; (r,)."""
        return demand_for_growth(G, exports[None], VA, growth[None], self.pull, self.near)[0]


def own_growth(G: BetweenRegions, exports: ByRegion, VA: ByRegion, growth: ByRegion) -> ByRegion:
    """Return demand that grows with its region's value added, 1; (r,)."""
    return np.asarray(growth * (growth @ VA - exports.sum()) / (G @ growth).sum())


def one_for_all(G: BetweenRegions, exports: ByRegion, VA: ByRegion, growth: ByRegion) -> ByRegion:
    """Return demand that grows alike everywhere, 1; (r,)."""
    return np.full_like(growth, (growth @ VA - exports.sum()) / G.sum())


WAYS: dict[str, Way] = {
    "pull 0.3, no bounds (before)": Least(0.3, FREE),
    "pull 0.5, no bounds": Least(0.5, FREE),
    "pull 1, no bounds": Least(1.0, FREE),
    "pull 3, no bounds": Least(3.0, FREE),
    "bounds 0.75 to 1.25 alone": Least(1e-3, NEAR),
    "pull 0.3, bounds 0.75 to 1.25 (chosen)": Least(0.3, NEAR),
    "pull 0.5, bounds 0.75 to 1.25": Least(0.5, NEAR),
    "pull 1, bounds 0.75 to 1.25": Least(1.0, NEAR),
    "pull 0.3, bounds 0.5 to 1.5": Least(0.3, (0.5, 1.5)),
    "demand grows with own value added": own_growth,
    "demand grows alike everywhere": one_for_all,
}
"""Ways to find demand, by name."""


def comparison(earlier: Economy, later: Economy) -> pd.DataFrame:
    """Return one way a row: deviations in the last year, and errors against the later economy."""
    basis, growth = prepare(earlier).basis, Growth()
    span = range(EARLIER + 1, LAST + 1)
    index = asked_growth(earlier, growth, span)
    G = basis.embodied_value_added[:, : basis.regular].sum(axis=1)
    VA, cities = earlier.value_added.sum(axis=1), earlier.players
    demand, found_demand, found_VA = (
        values[cities]
        for values in (
            earlier.d.sum(axis=(1, 2)),
            later.d.sum(axis=(1, 2)),
            later.value_added.sum(axis=1),
        )
    )
    rows = []
    for name, way in WAYS.items():
        known, last = (
            _solved(way, G, basis.value_added_exported, VA, index[year - span[0]], exports)
            for year in (LATER, LAST)
            for exports in ((1.0 + growth.exports) ** (year - EARLIER),)
        )
        of_demand = np.log(np.maximum(known[0][cities], 1e-6) * demand / found_demand)
        of_VA = np.log(known[1][cities] / found_VA)
        asked = index[-1]
        deviation = (last[0] / asked - 1.0)[cities]
        misfit = (last[1] / (asked * VA) - 1.0)[cities]
        rows.append(
            {
                "way": name,
                "demand from own growth, largest %": 100 * np.abs(deviation).max(),
                "root mean square %": 100 * _rms(deviation),
                "value added from its growth, largest %": 100 * np.abs(misfit).max(),
                "root mean square, %": 100 * _rms(misfit),
                "2017: demand, log": _rms(of_demand),
                "2017: value added, log": _rms(of_VA),
                "2017: both": _rms(np.concatenate([of_demand, of_VA])),
            }
        )
    return pd.DataFrame(rows)


def _solved(
    way: Way, G: BetweenRegions, exported: ByRegion, VA: ByRegion, growth: ByRegion, exports: float
) -> tuple[ByRegion, ByRegion]:
    """Return demand relative to the base year, 1, and value added reached, 10⁴ CNY; (r,) each."""
    alpha = way(G, exported * exports, VA, growth)
    return alpha, G @ alpha + exported * exports


def _rms(values: np.ndarray) -> float:
    return float(np.sqrt(np.square(values).mean()))


def tables(earlier: Economy, later: Economy) -> dict[str, str]:
    """Return the document's tables as Markdown, by the name of their markers."""
    table = comparison(earlier, later)
    percent = [name for name in table.columns if "%" in name]
    return {"ways": markdown(table.round(dict.fromkeys(percent, 1)).round(4))}


def renew() -> None:
    """Write the tables into the document."""
    renew_tables(DOCUMENT, tables(load_economy(EARLIER), load_economy(LATER)))
