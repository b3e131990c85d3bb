"""The steps of the compile, fed with figures: output, emissions, demand, technology, trade."""

from dataclasses import replace

import numpy as np

from model.arrays import (
    ByRegion,
    ByRegionCategory,
    ByRegionSector,
    Coefficients,
    FinalUse,
    OfRegion,
    RegularFinalUse,
    TradeShares,
)
from model.compile.assumptions import Assumptions
from model.compile.balancing import ras
from model.compile.city_demand import city_demand, income_elasticities, on_curve
from model.compile.city_flows import city_flows
from model.compile.city_output import ProvinceStructure, city_output, prior_output
from model.compile.city_split import split
from model.compile.city_tables import city_tables, towards_provincial_ratios
from model.compile.demand_curves import DemandCurves, demand_curves
from model.compile.distance import distances, nearness
from model.compile.figures import Figures
from model.compile.margins import city_gdp, per
from model.compile.provinces import ProvincialTables
from model.compile.provincial_flows import provincial_flows
from model.compile.specialisation import specialisation
from model.input_output.province_sums import sums, to_province
from model.labels import CATEGORIES, INVENTORY, KEY_SECTORS

ROUNDING = 1e-12
"""A domestic share of use no larger than this is the rounding of a use wholly imported."""


def outputs(
    figures: Figures, tables: ProvincialTables, production: ByRegion, assumptions: Assumptions
) -> ByRegionSector:
    """Return output by city and sector, 10⁴ CNY: step 2; (r, i)."""
    gdp = city_gdp(figures, tables)
    electricity = figures.sectors.group == KEY_SECTORS.index("electricity")
    x = np.zeros((len(figures.regions), tables.x.shape[1]))
    for p in range(tables.x.shape[0]):
        own = np.flatnonzero(figures.regions.province == p)
        structure = ProvinceStructure(
            x=tables.x[p],
            value_added=tables.value_added[p],
            emissions=figures.inventory.production[p],
            industry=figures.sectors.industry,
        )
        capacity = figures.statistics.thermal_capacity[own]
        prior = prior_output(
            structure,
            gdp[own],
            (capacity, assumptions.capacity_weight),
            electricity,
            specialisation(figures.jobs, structure.industry, gdp, own),
            assumptions.jobs_weight,
        )
        x[own] = city_output(structure, prior, gdp[own], production[own], assumptions.output_tilt)
    return x


def emissions(
    figures: Figures, tables: ProvincialTables, x: ByRegionSector, production: ByRegion
) -> ByRegionSector:
    """Return production emissions true to city and provincial inventories, t CO₂; (r, i)."""
    intensity = per(figures.inventory.production, tables.x)
    F = np.zeros_like(x)
    for p in range(tables.x.shape[0]):
        own = np.flatnonzero(figures.regions.province == p)
        F[own] = ras(intensity[p] * x[own], production[own], figures.inventory.production[p])
    return F


def curves(figures: Figures, tables: ProvincialTables, assumptions: Assumptions) -> DemandCurves:
    """Return the demand curves of the assumptions: from cities, provinces or one elasticity."""
    population, province = figures.statistics.population, figures.regions.province
    gdp = city_gdp(figures, tables).sum(axis=1)
    if np.bincount(province).max() == 1:  # undivided provinces need no curve
        return on_curve(np.zeros(len(CATEGORIES) - 1), np.zeros(len(CATEGORIES) - 1), population)
    if assumptions.income_elasticity is not None:
        one = np.full(len(CATEGORIES) - 1, assumptions.income_elasticity)
        return on_curve(one, np.zeros_like(one), population)
    if assumptions.demand == "provinces":
        provinces = tables.x.shape[0]
        found = income_elasticities(
            np.delete(tables.Y, INVENTORY, axis=2).sum(axis=1),
            sums(gdp, province, provinces),
            sums(population, province, provinces),
        )
        return on_curve(found.value, found.standard_error, population)
    return demand_curves(
        figures.demand,
        tables.Y,
        gdp,
        population,
        province,
        figures.year,
        assumptions.investment_weight,
        assumptions.investment_persistence,
    )


def final_demand(
    figures: Figures,
    tables: ProvincialTables,
    lean: ByRegionCategory,
    assumptions: Assumptions,
) -> RegularFinalUse:
    """Return final demand without inventory change, 10⁴ CNY: step 2; (r, i, l)."""
    found = curves(figures, tables, assumptions)
    shifted = found.elasticity + assumptions.elasticity_shift * found.standard_error
    income = city_gdp(figures, tables).sum(axis=1) / figures.statistics.population
    return city_demand(
        tables.Y, replace(found, elasticity=shifted), income, lean, figures.regions.province
    )


def technology(
    tables: ProvincialTables,
    x: ByRegionSector,
    final: RegularFinalUse,
    lean: ByRegionSector,
    heterogeneity: float,
    province: OfRegion,
) -> Coefficients:
    """Return use of inputs per output, 1: step 4; (r, i, j). `lean` as in `city_tables`."""
    regular = np.delete(tables.Y, INVENTORY, axis=2).sum(axis=2)
    towards = towards_provincial_ratios(tables.Z, regular, x, final.sum(axis=2), province)
    return city_tables(tables.Z, x, lean * towards ** (1.0 - heterogeneity), province)


def with_inventories(
    tables: ProvincialTables,
    intermediate: ByRegionSector,
    final: RegularFinalUse,
    province: OfRegion,
) -> FinalUse:
    """Add inventory changes: they follow the use of each product, or all demand if it has none."""
    used = intermediate + final.sum(axis=2)
    somewhere = sums(used, province, tables.x.shape[0])[province] > 0
    weight = np.where(somewhere, used, final.sum(axis=(1, 2))[:, None])
    return np.insert(
        final, INVENTORY, to_province(weight, tables.Y[:, :, INVENTORY], province), axis=2
    )


def flows_between_cities(
    figures: Figures,
    tables: ProvincialTables,
    supply: ByRegionSector,
    use: ByRegionSector,
    assumptions: Assumptions,
) -> TradeShares:
    """Return flows between cities, 10⁴ CNY: steps 3, 7 and 5; (i, r, s)."""
    regions = figures.regions
    at_home = 1.0 - per(tables.imports, tables.use)
    at_home = np.where(at_home > ROUNDING, at_home, 0.0)
    domestic_use = use * at_home[regions.province]
    parts = split(
        supply,
        domestic_use,
        tables.outflow,
        tables.inflow,
        assumptions.home_weight,
        regions.province,
    )
    near = nearness(distances(regions.lon, regions.lat), assumptions.decay_per_km)
    between = provincial_flows(parts, near, regions.province)
    return city_flows(parts, between, near, regions.province)
