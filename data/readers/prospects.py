"""Prospects: growth after the table's year, from the statistics."""

from pathlib import Path

import numpy as np

from data.readers.figures import (
    read_city_statistics,
    read_national_series,
    read_provincial_inventory,
)
from data.readers.verified import read_table
from model.arrays import ByRegion, BySector
from model.compile.calibration import production_emissions
from model.compile.figures import Prospects
from model.labels import GROUPS, Regions, Sectors

FIRST, LAST = 2012, 2017
"""The years between which cities' growth and emissions are known."""

CARBON_PER_ENERGY_CUT = 17 / 16
"""The nation's planned cut of CO₂ per GDP over that of energy per GDP, 2011–2015."""


def read_prospects(regions: Regions, sectors: Sectors, directory: Path | None = None) -> Prospects:
    """Return what the tables say of growth; raises InputError as the readers it calls."""
    last = read_city_statistics(LAST, regions, directory)
    emissions = {
        year: production_emissions(
            figures.co2,
            figures.population,
            inventory.households.sum(axis=1),
            inventory.production.sum(axis=1),
            regions.province,
        )
        for year in (FIRST, LAST)
        for figures in (read_city_statistics(year, regions, directory),)
        for inventory in (read_provincial_inventory(year, regions, sectors, directory),)
    }
    growth = read_national_series("real_gdp_growth", directory)
    return Prospects(
        real_growth=last.real_gdp_index ** (1 / (LAST - FIRST)) - 1.0,
        national_growth={year: rate / 100 for year, rate in growth.items()},
        intensity_change=_intensity_change(sectors, directory),
        planned_change=_planned_change(regions, directory),
        co2_change=emissions[LAST] / emissions[FIRST],
    )


def _planned_change(regions: Regions, directory: Path | None) -> ByRegion:
    """Planned cuts of energy per GDP, enlarged by the nation's 17 % of CO₂ to 16 % of energy."""
    table = read_table("plan_targets.csv", directory).set_index("province_code")
    cut = table.loc[list(regions.province_codes), "energy_intensity_cut_2011_2015_pct"]
    kept = 1.0 - cut.to_numpy(dtype=np.float64) / 100 * CARBON_PER_ENERGY_CUT
    return np.asarray(kept[regions.province], dtype=np.float64)


def _intensity_change(sectors: Sectors, directory: Path | None) -> BySector:
    """Emissions over output deflated by each sector's own price index, summed by group."""
    table = read_table("national_sectors.csv", directory)
    table["real_output"] = table["output_million_cny"] / table["price_index"]
    order = {code: GROUPS[group] for code, group in zip(sectors.codes, sectors.group, strict=True)}
    table["group"] = table["sector_code"].map(order)
    sums = table.groupby(["group", "year"])[["co2_mt", "real_output"]].sum()
    intensity = (sums["co2_mt"] / sums["real_output"]).unstack("year").loc[list(GROUPS)]
    return (intensity[LAST] / intensity[FIRST]).to_numpy(dtype=np.float64)
