"""The figures as typed, labelled arrays: money in 10⁴ CNY, emissions in t, people in heads."""

from pathlib import Path

import numpy as np
import pandas as pd

from data.errors import InputError
from data.readers.verified import read_table
from model.arrays import ByRegion, Indices
from model.compile.figures import CityStatistics, ProvincialInventory
from model.labels import GROUPS, INDUSTRIES, Regions, Sectors

HUNDRED_MILLION_CNY = 1e4
"""10⁴ CNY in 100 million CNY."""
MT = 1e6
"""Tonnes in a million tonnes."""


def read_sectors(directory: Path | None = None) -> Sectors:
    """Return the sector list."""
    table = read_table("sectors.csv", directory)
    key = table["key_sector"].fillna("rest")
    return Sectors(
        codes=tuple(table["sector_code"]),
        names=tuple(table["name"]),
        industry=_positions(table["industry"], INDUSTRIES),
        group=_positions(key, GROUPS),
        kind=tuple(table["sector_group"]),
    )


def read_regions(directory: Path | None = None) -> Regions:
    """Return the regions; raises InputError if a city lies outside every province."""
    table = read_table("regions.csv", directory)
    provinces = tuple(sorted(read_table("provinces.csv", directory)["province_code"]))
    stray = table[~table["province_code"].isin(provinces)]
    if not stray.empty:
        first = stray.iloc[0]
        raise InputError(
            f"regions.csv: {first['name']} ({first['region_code']}) lies in province"
            f" {first['province_code']}, which provinces.csv does not have; mend its code"
        )
    return Regions(
        codes=tuple(table["region_code"]),
        names=tuple(table["name"]),
        province=_positions(table["province_code"], provinces),
        province_codes=provinces,
        is_city=(table["kind"] == "city").to_numpy(dtype=bool),
        lon=_floats(table["lon"]),
        lat=_floats(table["lat"]),
    )


def read_city_statistics(
    year: int, regions: Regions, directory: Path | None = None
) -> CityStatistics:
    """Return the city statistics of one year, in the order of `regions`.

    Raises
    ------
    InputError
        If there are none of that year, or one is negative.
    """
    table = _of_year(read_table("region_statistics.csv", directory), year, "region_statistics.csv")
    table = table.set_index("region_code").loc[list(regions.codes)]
    _refuse_negative(table, "region_statistics.csv")
    gdp = table[[f"gdp_{industry}_100m_cny" for industry in INDUSTRIES]]
    return CityStatistics(
        population=_floats(table["population_10k"]) * 1e4,
        gdp=gdp.to_numpy(dtype=np.float64) * HUNDRED_MILLION_CNY,
        co2=_floats(table["co2_break_adjusted_mt"]) * MT,
        co2_estimated=(table["co2_estimated"] == 1).to_numpy(dtype=bool),
        co2_spread=_co2_spread("city_co2", table["co2_status"], directory),
        co2_spread_of_year=_co2_spread("city_co2_of_a_year", table["co2_status"], directory),
        thermal_capacity=_floats(table["thermal_mw"].fillna(0.0)),
        real_gdp_index=_floats(table["real_gdp_index"]),
    )


def read_provincial_inventory(
    year: int, regions: Regions, sectors: Sectors, directory: Path | None = None
) -> ProvincialInventory:
    """Return the provincial emission inventories of one year, t CO₂."""
    table = _of_year(read_table("provincial_co2.csv", directory), year, "provincial_co2.csv")
    table = table.set_index("province_code").loc[list(regions.province_codes)]
    return ProvincialInventory(
        production=table[list(sectors.codes)].to_numpy(dtype=np.float64) * MT,
        households=table[["household_rural", "household_urban"]].to_numpy(dtype=np.float64) * MT,
    )


def read_national_series(series: str, directory: Path | None = None) -> dict[int, float]:
    """Return one national series by year, in the table's unit.

    Raises
    ------
    InputError
        If there is no such series.
    """
    table = read_table("national_series.csv", directory)
    rows = table[table["series"] == series]
    if rows.empty:
        raise InputError(f"national_series.csv has no series {series!r}")
    return {int(y): float(v) for y, v in zip(rows["year"], rows["value"], strict=True)}


CO2_STATUS = {
    r"ceads_\d{4}": "inventory of the year",
    r"ceads_interpolated_.*": "interpolated",
    r"(ceads|co2)_\d{4}_scaled_by_province": "moved from another year",
    r"regression_.*": "regression",
    r"estimate_.*": "rough estimate",
}
"""Origin of a city's CO₂, by the pattern of its `co2_status`."""


def _co2_spread(quantity: str, status: "pd.Series[str]", directory: Path | None) -> ByRegion:
    ranges = read_table("uncertainty.csv", directory)
    known = ranges[ranges["quantity"] == quantity].set_index("status")["spread"].astype(float)
    spread = pd.Series(np.nan, index=status.index)
    for pattern, obtained in CO2_STATUS.items():
        spread[status.str.fullmatch(pattern)] = known[obtained]
    return _floats(spread)


def _refuse_negative(table: pd.DataFrame, name: str) -> None:
    for column in table.select_dtypes("number"):
        amounts = table[column]
        if (amounts < 0).any():
            raise InputError(
                f"{name}: {column} of {amounts.idxmin()} is {amounts.min():g}; it cannot be"
                " negative, mend it"
            )


def _of_year(table: pd.DataFrame, year: int, name: str) -> pd.DataFrame:
    years = sorted({int(y) for y in table["year"]})
    if year not in years:
        raise InputError(f"year {year}: {name} has the years {', '.join(map(str, years))} only")
    return table[table["year"] == year]


def _positions(words: "pd.Series[str]", known: tuple[str, ...]) -> Indices:
    order = {word: n for n, word in enumerate(known)}
    return np.array([order[word] for word in words], dtype=np.int64)


def _floats(column: "pd.Series[float]") -> np.ndarray:
    return column.to_numpy(dtype=np.float64)
