"""A later year of an invented economy: intensities change, demand grows, technology stays."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.studies.known_truth.country import SECTORS, spread
from analysis.studies.known_truth.findings import in_full
from analysis.studies.known_truth.truth import Truth
from model.arrays import ByRegionSector, TradeShares
from model.input_output.leontief import gross_output
from model.input_output.trade_form import TradeForm


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes over the years: means and standard deviations in log units."""

    trend: float = -0.35
    """Mean change of emissions per output, as of CO₂ per real GDP over 2012–2017."""
    sector: float = 0.2
    """Change of a sector in all cities, about the mean."""
    province: float = 0.3
    """Change of all sectors of a province."""
    city: float = 0.18
    """Change of all sectors of a city about its province; with `province` 0.35 over all cities."""
    city_sector: float = 0.3
    """Change of a sector of a city about all that: assumed."""
    growth: float = 0.4
    """Mean growth of final demand and exports."""
    growth_of_city: float = 0.1
    """Growth of a city about the mean: it demands more and sells more, at home and abroad."""
    growth_of_sector: float = 0.15
    """Growth of what a city's sector sells, about the city's, as of GDP by industry."""


CHANGES = Changes()
"""Sizes of 2012–2017: city and growth by CO₂ and real GDP of the cities of `data`, sector and
province by provincial inventories and tables."""


def later_year(truth: Truth, rng: np.random.Generator, changes: Changes = CHANGES) -> Truth:
    """Return the economy some years on, in balance: x = A x + Y·1 + export.

    Users turn to the suppliers that grow; inputs per output, shares of imports, residents and the
    mix of every city's demand stay. Household emissions grow with demand, thermal capacity with the
    output of electricity.
    """
    cities, sectors = truth.found.x.shape
    grown = spread(rng, changes.growth_of_city, (cities,))
    supply = grown[:, None] * spread(rng, changes.growth_of_sector, (cities, sectors))
    form = TradeForm(t=_shares_of_the_grown(truth.form.t, supply), a=truth.form.a)
    grown = grown * np.exp(changes.growth)
    d = truth.d * grown[:, None, None]
    export = truth.export * supply
    export *= np.exp(changes.growth) * truth.export.sum(axis=0) / export.sum(axis=0)
    final = form.final_demand(d).sum(axis=2) + export
    x = gross_output(form.dense(), final.reshape(-1, 1)).reshape(cities, sectors)
    F = truth.F / truth.found.x * intensity_changes(truth, rng, changes) * x
    electricity = SECTORS.names.index("electricity")
    return replace(
        truth,
        inputs=form.a * x[:, None, :],
        d=d,
        export=export,
        F=F,
        household_emissions=truth.household_emissions * grown,
        thermal_capacity=truth.thermal_capacity * (x / truth.found.x)[:, electricity],
        found=in_full(form, d, x, F),
    )


def _shares_of_the_grown(t: TradeShares, supply: ByRegionSector) -> TradeShares:
    """Return who supplies each city's use, 1; (i, r, s), with imports as they were."""
    pull = t * supply.T[:, :, None]
    return np.asarray(pull * (t.sum(axis=1) / pull.sum(axis=1))[:, None, :])


def intensity_changes(truth: Truth, rng: np.random.Generator, changes: Changes) -> ByRegionSector:
    """Return emissions per output of the later year relative to the earlier, 1; (r, i)."""
    cities, sectors = truth.found.x.shape
    of_province = spread(rng, changes.province, (len(truth.regions.province_codes), 1))
    return np.asarray(
        np.exp(changes.trend)
        * spread(rng, changes.sector, (1, sectors))
        * of_province[truth.regions.province]
        * spread(rng, changes.city, (cities, 1))
        * spread(rng, changes.city_sector, (cities, sectors))
    )
