"""The steps of the compile, fed with figures: output, emissions, demand, technology, trade."""

import numpy as np

from model.arrays import (
    ByRegion,
    ByRegionSector,
    Coefficients,
    FinalUse,
    OfRegion,
    RegularFinalUse,
    TradeShares,
)
from model.compile.assumptions import Assumptions
from model.compile.balancing import ras
from model.compile.city_demand import city_demand, income_elasticities
from model.compile.city_flows import city_flows
from model.compile.city_output import ProvinceStructure, city_output, prior_output
from model.compile.city_split import split
from model.compile.city_tables import city_tables, towards_provincial_ratios
from model.compile.distance import distances, nearness
from model.compile.figures import Figures
from model.compile.margins import city_gdp, per
from model.compile.provinces import ProvincialTables
from model.compile.provincial_flows import provincial_flows
from model.input_output.province_sums import sums, to_province
from model.labels import INVENTORY, KEY_SECTORS

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
            structure, gdp[own], capacity, electricity, assumptions.capacity_weight
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


def final_demand(
    figures: Figures, tables: ProvincialTables, assumptions: Assumptions
) -> RegularFinalUse:
    """Return final demand without inventory change, 10⁴ CNY: step 2; (r, i, l)."""
    province = figures.regions.province
    gdp = city_gdp(figures, tables).sum(axis=1)
    population = figures.statistics.population
    provinces = tables.x.shape[0]
    found = income_elasticities(
        np.delete(tables.Y, INVENTORY, axis=2).sum(axis=1),
        sums(gdp, province, provinces),
        sums(population, province, provinces),
    )
    elasticity = found.value + assumptions.elasticity_shift * found.standard_error
    if assumptions.income_elasticity is not None:
        elasticity = np.full_like(elasticity, assumptions.income_elasticity)
    return city_demand(tables.Y, gdp, population, elasticity, province)


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
