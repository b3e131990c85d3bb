"""City statistics of demand and of jobs, from yearbooks and censuses."""

from pathlib import Path

import numpy as np
import pandas as pd

from data.errors import InputError
from data.readers.verified import read_table
from model.arrays import ByRegion, ByYearRegion
from model.compile.figures import CityPanel, DemandStatistics, Estimate, Jobs
from model.labels import Regions, Sectors

FIRST, LAST = 2012, 2017
"""The years for which cities' GDP and residents are known."""
HUNDRED_MILLION_CNY = 1e4
"""10⁴ CNY in 100 million CNY."""
CENSUSES = (2010, 2020)
KINDS = {
    "agriculture": ("s01",),
    "mining": ("s02", "s03", "s04", "s05"),
    "manufacturing": tuple(f"s{n:02d}" for n in range(6, 25)),
    "utilities": ("s25", "s26", "s27"),
    "construction": ("s28",),
    "trade": ("s29",),
    "transport": ("s30",),
    "hotels_and_catering": ("s31",),
    "information_technology": ("s32",),
    "finance": ("s33",),
    "real_estate": ("s34",),
    "business_services": ("s35",),
    "research": ("s36",),
    "public_facilities": ("s37",),
    "resident_services": ("s38",),
    "education": ("s39",),
    "health": ("s40",),
    "culture": ("s41",),
    "public_administration": ("s42",),
}
"""Sectors that each kind of work makes."""
PUBLIC = ("public_facilities", "education", "health", "culture", "public_administration")
"""Kinds of work that government demand pays."""


def read_demand_statistics(
    year: int, regions: Regions, directory: Path | None = None
) -> DemandStatistics:
    """Return the statistics of demand, in the order of `regions`; raises InputError as its tables.

    Figures marked implausible or misread are left out. Residents and GDP of years between and
    beside those of the city statistics follow their yearly growth in between.
    """
    invested = _sound(read_table("city_investment.csv", directory), "investment_status")
    retail = read_table("city_retail.csv", directory)
    jobs = _sound(read_table("city_employment.csv", directory), "status")
    jobs["public"] = jobs[[f"{kind}_10k" for kind in PUBLIC]].sum(axis=1)
    amount = "fixed_asset_investment_100m_cny"
    return DemandStatistics(
        investment=_panel(invested, amount, HUNDRED_MILLION_CNY, regions, directory),
        retail=_panel(retail, "retail_sales_100m_cny", HUNDRED_MILLION_CNY, regions, directory),
        public_jobs=_panel(jobs, "public", 1e4, regions, directory),
        urban_share=_urban_share(year, regions, directory),
        wages=_cited("households", directory),
        public_pay=_cited("government", directory),
    )


def read_jobs(year: int, regions: Regions, sectors: Sectors, directory: Path | None = None) -> Jobs:
    """Return jobs by kind of work, each city's of the year nearest to `year`, in heads.

    A kind without any reported in a city that reports the others counts as none.
    """
    table = _sound(read_table("city_employment.csv", directory), "status")
    table["distance"] = (table["year"] - year).abs()
    nearest = table.sort_values(["distance", "year"]).drop_duplicates("region_code")
    columns = [f"{kind}_10k" for kind in KINDS]
    persons = nearest.set_index("region_code")[columns].fillna(0.0) * 1e4
    kind_of = {code: n for n, codes in enumerate(KINDS.values()) for code in codes}
    return Jobs(
        persons=persons.reindex(list(regions.codes)).to_numpy(dtype=np.float64),
        of_sector=np.array([kind_of[code] for code in sectors.codes], dtype=np.int64),
    )


def _sound(table: pd.DataFrame, status: str) -> pd.DataFrame:
    return table[table[status] == "city_yearbook"].copy()


def _panel(
    table: pd.DataFrame, column: str, unit: float, regions: Regions, directory: Path | None
) -> CityPanel:
    years = tuple(sorted({int(y) for y in table["year"]}))
    wide = table.pivot_table(index="year", columns="region_code", values=column)
    amount = wide.reindex(index=list(years), columns=list(regions.codes)).to_numpy(np.float64)
    gdp, residents = _between_years(years, regions, directory)
    return CityPanel(
        years=years,
        per_head=np.where(amount > 0, amount, np.nan) * unit / residents,
        income=gdp / residents,
    )


def _between_years(
    years: tuple[int, ...], regions: Regions, directory: Path | None
) -> tuple[ByYearRegion, ByYearRegion]:
    """Return GDP, 10⁴ CNY, and residents, heads, on each region's path of even growth; (t, r)."""
    table = read_table("region_statistics.csv", directory)
    table["gdp"] = table.filter(regex=r"^gdp_.*_100m_cny$").sum(axis=1) * HUNDRED_MILLION_CNY
    table["residents"] = table["population_10k"] * 1e4
    passed = (np.array(years, dtype=np.float64)[:, None] - FIRST) / (LAST - FIRST)
    paths = []
    for column in ("gdp", "residents"):
        wide = table.pivot_table(index="year", columns="region_code", values=column)
        first, last = (wide.loc[y, list(regions.codes)].to_numpy(np.float64) for y in (FIRST, LAST))
        paths.append(first * (last / first) ** passed)
    return paths[0], paths[1]


def _urban_share(year: int, regions: Regions, directory: Path | None) -> ByRegion:
    """Return the share of urban people, between the censuses in a straight line, 1; NaN if none.

    Where only one is known the share rises as in the median city that has both.
    """
    table = read_table("city_census.csv", directory)
    table = table[table["status"] == "census"]
    table["share"] = table["urban"] / table["residents"]
    wide = table.pivot_table(index="region_code", columns="year", values="share")
    wide = wide.reindex(index=list(regions.codes), columns=list(CENSUSES))
    first, last = (wide[y].to_numpy(np.float64) for y in CENSUSES)
    rise = last - first
    rise = np.where(np.isfinite(rise), rise, np.nanmedian(rise))
    passed = (year - CENSUSES[0]) / (CENSUSES[1] - CENSUSES[0])
    share = np.where(np.isfinite(first), first + passed * rise, last - (1.0 - passed) * rise)
    return np.asarray(np.clip(share, 0.0, 1.0), dtype=np.float64)


def _cited(demand: str, directory: Path | None) -> Estimate:
    table = read_table("demand_elasticities.csv", directory)
    rows = table[table["demand"] == demand]
    if rows.empty:
        raise InputError(f"demand_elasticities.csv has no row {demand!r}; add one")
    value, error = (rows[c].to_numpy(dtype=np.float64)[0] for c in ("elasticity", "standard_error"))
    return Estimate(float(value), float(error), int(rows["cities"].to_numpy()[0]))
