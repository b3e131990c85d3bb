"""Margins that city figures add up to: provincial tables, inventories and their calibration."""

from dataclasses import replace

import numpy as np

from model.arrays import AnyFloats, ByRegion, Matrix
from model.compile.assumptions import Assumptions
from model.compile.balancing import fitted
from model.compile.calibration import production_emissions
from model.compile.deflation import deflated
from model.compile.figures import Figures, ProvincialInventory
from model.compile.provinces import ProvincialTables, reconciled
from model.input_output.province_sums import to_province
from model.labels import INDUSTRIES

NATIONAL_WEIGHT = {"nation": 1.0, "midway": 0.5, "provinces": 0.0}
"""Weight of the nation's division of final demand against the provinces', 1."""


def at_base_prices(figures: Figures, assumptions: Assumptions) -> ProvincialTables:
    """Return the provincial tables, reconciled to the nation and at prices of 2012."""
    tables = reconciled(
        figures.tables, figures.national, NATIONAL_WEIGHT[assumptions.categories_of]
    )
    price = figures.prices[assumptions.deflator]
    return tables if (price == 1.0).all() else deflated(tables, price)


def on_base(figures: Figures, assumptions: Assumptions) -> ProvincialInventory:
    """Return the provincial inventories on the accounting base, t CO₂.

    `national` brings the provinces' production emissions to the national inventory by sector.
    """
    if assumptions.accounting == "provincial":
        return figures.inventory
    production = figures.inventory.production
    return replace(
        figures.inventory,
        production=production * fitted(figures.national_co2, production.sum(axis=0)),
    )


def calibrated_emissions(figures: Figures) -> ByRegion:
    """Return production emissions of each region, t CO₂, summing to the provinces'; (r,)."""
    return production_emissions(
        figures.statistics.co2,
        figures.statistics.population,
        figures.inventory.households.sum(axis=1),
        figures.inventory.production.sum(axis=1),
        figures.regions.province,
    )


def household_emissions(figures: Figures) -> ByRegion:
    """Return direct emissions of households, t CO₂, by head within the province; (r,)."""
    return to_province(
        figures.statistics.population,
        figures.inventory.households.sum(axis=1),
        figures.regions.province,
    )


def city_gdp(figures: Figures, tables: ProvincialTables) -> Matrix:
    """Return value added by city and industry, 10⁴ CNY, adding up to the provinces'; (r, v)."""
    by_industry = [
        tables.value_added[:, figures.sectors.industry == n].sum(axis=1)
        for n in range(len(INDUSTRIES))
    ]
    total = np.stack(by_industry, axis=1)
    return to_province(figures.statistics.gdp, total, figures.regions.province)


def per(amount: AnyFloats, base: AnyFloats) -> AnyFloats:
    """Return amount / base, 0 where the base is 0 (a sector without output uses nothing)."""
    shape = np.broadcast_shapes(amount.shape, base.shape)
    return np.divide(amount, base, out=np.zeros(shape), where=base > 0)
