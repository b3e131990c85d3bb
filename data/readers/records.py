"""Records of the regions that allocation rules look back to: past emissions, planned cuts."""

from pathlib import Path

import numpy as np

from data.readers.figures import MT, read_city_statistics
from data.readers.verified import read_table
from model.arrays import ByRegion
from model.compile.figures import Records
from model.compile.gap_filling import gaps_filled
from model.labels import Regions

FIRST_RECORDED = 2000
"""First year of the city inventories."""


def read_records(year: int, regions: Regions, directory: Path | None = None) -> Records:
    """Return the records up to a year, in the order of `regions`.

    The last year is that of the city statistics, which every region has. An earlier year without
    an inventory is filled (`model.compile.gap_filling`): the region moves with the sum of all
    cities that have inventories, between its own known years or from the nearest of them; a
    region that has none moves with it from the last year. Breaks of a series are left as they
    are. Raises InputError as the readers it calls.
    """
    years = range(FIRST_RECORDED, year + 1)
    statistics = read_city_statistics(year, regions, directory)
    table = read_table("city_co2_series.csv", directory)
    wide = table.pivot_table(index="year", columns="region_code", values="co2_mt")
    series = wide.reindex(index=list(years), columns=list(regions.codes)).to_numpy(np.float64) * MT
    estimated = np.isnan(series)
    series[-1], estimated[-1] = statistics.co2, statistics.co2_estimated
    return Records(
        past_years=years,
        past_emissions=gaps_filled(series),
        past_estimated=estimated,
        intensity_cut=read_intensity_cuts(regions, directory),
    )


def read_intensity_cuts(regions: Regions, directory: Path | None = None) -> ByRegion:
    """Return each region's cut in the 13th Five-Year Plan, 1; NaN where the table has none."""
    table = read_table("five_year_plan_cuts.csv", directory).set_index("province_code")
    percent = table["cut_percent"].reindex(list(regions.province_codes))
    return percent.to_numpy(dtype=np.float64)[regions.province] / 100.0
