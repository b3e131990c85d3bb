"""The figures as typed, labelled arrays: money in 10⁴ CNY, emissions in t, people in heads."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from data.mistakes import UserMistake
from data.verified import read_table
from model.arrays import ByProvinceSector, ByRegion, Indices, Mask, Matrix
from model.compile.nation import NationalTable
from model.compile.provinces import ProvincialTables

HUNDRED_MILLION_CNY = 1e4
"""10⁴ CNY in 100 million CNY."""
MILLION_CNY = 1e2
"""10⁴ CNY in a million CNY."""
MT = 1e6
"""Tonnes in a million tonnes."""

CATEGORIES = ("rural_household", "urban_household", "government", "capital_formation",
              "inventory_change")  # fmt: skip
"""Final-demand categories, in the order of every k axis."""
INDUSTRIES = ("primary", "secondary", "tertiary")
KEY_SECTORS = ("electricity", "metals", "minerals", "chemicals", "petroleum", "coal")
"""The six key sectors of Zheng et al. 2023, in the order of the first six abatement groups."""
GROUPS = (*KEY_SECTORS, "rest")
"""Abatement groups, in the order of every g axis."""
VALUE_ADDED = ("compensation", "net_taxes", "depreciation", "surplus")
"""Rows that make up value added."""
NATIONAL_TABLE_YEAR = 2012
"""Year of the national table."""
TABLE_YEARS = (2012, 2017)
"""Years with provincial tables and city statistics."""


@dataclass(frozen=True, slots=True)
class Sectors:
    """The 42 sectors."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    industry: Indices
    """Position in `INDUSTRIES`; (i,)."""
    group: Indices
    """Position in `GROUPS`; (i,)."""
    kind: tuple[str, ...]
    """agriculture, light_manufacturing, heavy_manufacturing, energy, high_tech or services."""


@dataclass(frozen=True, slots=True)
class Regions:
    """The 313 regions in the order of every r axis; those of one province stand together."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    province: Indices
    """Position of the region's province in `province_codes`; (r,)."""
    province_codes: tuple[str, ...]
    is_city: Mask
    """False for the four provinces that are not split into cities; (r,)."""
    lon: ByRegion
    """Degrees east; (r,)."""
    lat: ByRegion
    """Degrees north; (r,)."""

    def __len__(self) -> int:
        """Return the number of regions."""
        return len(self.codes)


@dataclass(frozen=True, slots=True)
class CityStatistics:
    """What the yearbooks and inventories say about every region in one year, not calibrated."""

    population: ByRegion
    """Residents at year end, heads; (r,)."""
    gdp: Matrix
    """Value added by industry, 10⁴ CNY of the year; (r, 3)."""
    co2: ByRegion
    """Emissions with households, t, series breaks adjusted; (r,)."""
    co2_estimated: Mask
    """True where CO₂ is not an inventory value of that very year; (r,)."""
    thermal_capacity: ByRegion
    """Thermal power capacity, MW; (r,)."""
    real_gdp_index: ByRegion
    """Real GDP, 2012 = 1; (r,)."""


@dataclass(frozen=True, slots=True)
class ProvincialInventory:
    """Provincial emissions of one year by sector, t CO₂."""

    production: ByProvinceSector
    """(p, i)."""
    households: Matrix
    """Direct emissions of rural and urban households; (p, 2)."""


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
    """Return the regions."""
    table = read_table("regions.csv", directory)
    provinces = tuple(sorted(set(table["province_code"])))
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
    """Return the city statistics of one year, in the order of `regions`."""
    table = _of_year(read_table("region_statistics.csv", directory), year, "region_statistics.csv")
    table = table.set_index("region_code").loc[list(regions.codes)]
    gdp = table[[f"gdp_{industry}_100m_cny" for industry in INDUSTRIES]]
    return CityStatistics(
        population=_floats(table["population_10k"]) * 1e4,
        gdp=gdp.to_numpy(dtype=np.float64) * HUNDRED_MILLION_CNY,
        co2=_floats(table["co2_break_adjusted_mt"]) * MT,
        co2_estimated=(table["co2_estimated"] == 1).to_numpy(dtype=bool),
        thermal_capacity=_floats(table["thermal_mw"].fillna(0.0)),
        real_gdp_index=_floats(table["real_gdp_index"]),
    )


def read_provincial_tables(
    year: int, regions: Regions, sectors: Sectors, directory: Path | None = None
) -> ProvincialTables:
    """Return the provincial input–output tables of one year, 10⁴ CNY, as published.

    Raises
    ------
    UserMistake
        If there is no table of that year, a row or column does not balance, or a share is negative.
    """
    if year not in TABLE_YEARS:
        raise UserMistake(f"year {year}: provincial tables exist for 2012 and 2017 only")
    name = f"provincial_io_{year}.csv"
    table = read_table(name, directory).fillna(0.0).set_index(["province_code", "row"])
    codes = list(sectors.codes)

    def cells(rows: list[str], columns: list[str]) -> np.ndarray:
        wanted = pd.MultiIndex.from_product([regions.province_codes, rows])
        block = table.loc[wanted, columns].to_numpy(dtype=np.float64)
        return block.reshape(len(regions.province_codes), len(rows), len(columns)) * MILLION_CNY

    trade = cells(codes, ["export", "outflow", "import", "inflow", "gross_output"])
    value_added = cells(list(VALUE_ADDED), codes)
    tables = ProvincialTables(
        Z=cells(codes, codes),
        Y=cells(codes, list(CATEGORIES)),
        export=trade[:, :, 0],
        outflow=trade[:, :, 1],
        imports=trade[:, :, 2],
        inflow=trade[:, :, 3],
        x=trade[:, :, 4],
        value_added=value_added.sum(axis=1),
    )
    _refuse_faults(tables, name, regions, sectors)
    return tables


def read_national_table(
    year: int, sectors: Sectors, directory: Path | None = None
) -> NationalTable:
    """Return the national input–output table of a year, 10⁴ CNY, with its discrepancy.

    Raises
    ------
    UserMistake
        If there is no national table of that year.
    """
    if year != NATIONAL_TABLE_YEAR:
        raise UserMistake(f"year {year}: the national table is of {NATIONAL_TABLE_YEAR} only")
    table = read_table(f"national_io_{year}.csv", directory).fillna(0.0).set_index("row")
    codes = list(sectors.codes)

    def cells(rows: list[str], columns: list[str]) -> np.ndarray:
        return table.loc[rows, columns].to_numpy(dtype=np.float64) * MILLION_CNY

    return NationalTable(
        Z=cells(codes, codes),
        Y=cells(codes, list(CATEGORIES)),
        export=cells(codes, ["export"])[:, 0],
        imports=cells(codes, ["import"])[:, 0],
        value_added=cells(list(VALUE_ADDED), codes).sum(axis=0),
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
    UserMistake
        If there is no such series.
    """
    table = read_table("national_series.csv", directory)
    rows = table[table["series"] == series]
    if rows.empty:
        raise UserMistake(f"national_series.csv has no series {series!r}")
    return {int(y): float(v) for y, v in zip(rows["year"], rows["value"], strict=True)}


def _refuse_faults(tables: ProvincialTables, name: str, regions: Regions, sectors: Sectors) -> None:
    scale = float(tables.x.max())
    for gap, what in ((tables.row_gap, "row"), (tables.column_gap, "column")):
        if np.abs(gap).max() > 1e-9 * scale:
            p, i = (int(n) for n in np.unravel_index(np.abs(gap).argmax(), gap.shape))
            raise UserMistake(
                f"{name}: province {regions.province_codes[p]}, {what} {sectors.codes[i]} is out of"
                f" balance by {gap[p, i] / MILLION_CNY:.2f} million CNY; mend the table"
            )
    parts = {"Z": tables.Z, "final use": tables.Y[:, :, :-1], "value added": tables.value_added}
    for what, cells in parts.items():
        if (cells < 0).any():
            where = tuple(int(n) for n in np.argwhere(cells < 0)[0])
            raise UserMistake(
                f"{name}: {what} of province {regions.province_codes[where[0]]}, sector"
                f" {sectors.codes[where[1]]} is negative ({cells[where]:.4g} 10⁴ CNY); mend it"
            )


def _of_year(table: pd.DataFrame, year: int, name: str) -> pd.DataFrame:
    years = sorted({int(y) for y in table["year"]})
    if year not in years:
        raise UserMistake(f"year {year}: {name} has the years {', '.join(map(str, years))} only")
    return table[table["year"] == year]


def _positions(words: "pd.Series[str]", known: tuple[str, ...]) -> Indices:
    order = {word: n for n, word in enumerate(known)}
    return np.array([order[word] for word in words], dtype=np.int64)


def _floats(column: "pd.Series[float]") -> np.ndarray:
    return column.to_numpy(dtype=np.float64)
