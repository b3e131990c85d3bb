"""Input–output tables of the provinces and the nation, 10⁴ CNY, as published."""

from pathlib import Path

import numpy as np
import pandas as pd

from data.errors import InputError
from data.readers.figures import HUNDRED_MILLION_CNY, MT, read_national_series
from data.readers.verified import read_table
from model.arrays import BySector
from model.compile.carrying import carried, sum_of_provinces
from model.compile.nation import NationalTable
from model.compile.provinces import ProvincialTables
from model.labels import CATEGORIES, INDUSTRIES, Regions, Sectors

MILLION_CNY = 1e2
"""10⁴ CNY in a million CNY."""
VALUE_ADDED = ("compensation", "net_taxes", "depreciation", "surplus")
"""Rows that make up value added."""
NATIONAL_TABLE_YEAR = 2012
"""Year of the national table."""
PRICE_YEAR = 2012
"""Year whose prices every economy is valued at."""
TABLE_YEARS = (2012, 2017)
"""Years with provincial tables and city statistics."""


def read_provincial_tables(
    year: int, regions: Regions, sectors: Sectors, directory: Path | None = None
) -> ProvincialTables:
    """Return the provincial input–output tables of one year, 10⁴ CNY, as published.

    Raises
    ------
    InputError
        If there is no table of that year, a row or column does not balance, a use is negative, or
        a product is supplied and nobody uses it.
    """
    if year not in TABLE_YEARS:
        raise InputError(f"year {year}: provincial tables exist for 2012 and 2017 only")
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
    InputError
        If there is no national table of that year.
    """
    if year != NATIONAL_TABLE_YEAR:
        raise InputError(f"year {year}: the national table is of {NATIONAL_TABLE_YEAR} only")
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


def national_table_of(
    year: int,
    tables: ProvincialTables,
    regions: Regions,
    sectors: Sectors,
    directory: Path | None = None,
) -> NationalTable:
    """Return the national table of a year: as published, or carried from the year that has one.

    `tables` are the provinces' of that year. Output by sector and value added by industry of a
    year without a table come from the national accounts.
    """
    known = read_national_table(NATIONAL_TABLE_YEAR, sectors, directory)
    if year == NATIONAL_TABLE_YEAR:
        return known
    provinces = read_provincial_tables(NATIONAL_TABLE_YEAR, regions, sectors, directory)
    accounts = [
        read_national_series(f"value_added_{industry}_current_prices", directory)[year]
        for industry in INDUSTRIES
    ]
    return carried(
        known,
        sum_of_provinces(provinces),
        sum_of_provinces(tables),
        output=_national_sectors(year, "output_million_cny", sectors, directory) * MILLION_CNY,
        value_added=np.array(accounts) * HUNDRED_MILLION_CNY,
        industry=sectors.industry,
    )


def read_national_co2(year: int, sectors: Sectors, directory: Path | None = None) -> BySector:
    """Return the national inventory of production emissions by sector, t CO₂; (i,)."""
    return _national_sectors(year, "co2_mt", sectors, directory) * MT


def read_prices(
    year: int, deflator: str, sectors: Sectors, directory: Path | None = None
) -> BySector:
    """Return each product's price relative to 2012, 1; (i,).

    `deflator` is `sector` (producer prices by sector), `industry` (three industries) or
    `alternative` (see `data/README.md`).

    Raises
    ------
    InputError
        If there are no prices of that year or no such deflator, or a price is not positive.
    """
    if year == PRICE_YEAR:
        return np.ones(len(sectors.codes))
    table = read_table("sector_prices.csv", directory).set_index("sector_code")
    column = f"price_index_{year}_{deflator}"
    if column not in table.columns:
        kinds = ", ".join(name for name in table.columns if name.startswith("price_index"))
        raise InputError(f"sector_prices.csv: no column {column!r}; it has {kinds}")
    price = table.loc[list(sectors.codes), column].to_numpy(dtype=np.float64)
    if not (price > 0).all():
        code = sectors.codes[int(np.argmin(price))]
        raise InputError(f"sector_prices.csv: {column} of {code} is not a positive number; mend it")
    return price


def _national_sectors(year: int, column: str, sectors: Sectors, directory: Path | None) -> BySector:
    table = read_table("national_sectors.csv", directory)
    rows = table[table["year"] == year].set_index("sector_code")
    return rows.loc[list(sectors.codes), column].to_numpy(dtype=np.float64)


def _refuse_faults(tables: ProvincialTables, name: str, regions: Regions, sectors: Sectors) -> None:
    scale = float(tables.x.max())
    parts = {"Z": tables.Z, "final use": tables.Y[:, :, :-1], "export": tables.export,
             "outflow": tables.outflow, "import": tables.imports, "inflow": tables.inflow,
             "gross output": tables.x}  # fmt: skip
    for what, cells in parts.items():
        if (cells < 0).any():
            where = tuple(int(n) for n in np.argwhere(cells < 0)[0])
            raise InputError(
                f"{name}: {what} of province {regions.province_codes[where[0]]}, sector"
                f" {sectors.codes[where[1]]} is negative ({cells[where]:.4g} 10⁴ CNY); mend it"
            )
    bought = tables.use + tables.export + tables.outflow
    idle = (tables.x > 1e-9 * scale) & (bought <= 0)
    if idle.any():
        p, i = (int(n) for n in np.argwhere(idle)[0])
        raise InputError(
            f"{name}: province {regions.province_codes[p]}, sector {sectors.codes[i]} supplies"
            f" {tables.x[p, i] / MILLION_CNY:.2f} million CNY that nobody uses; mend the row"
        )
    for gap, what in ((tables.row_gap, "row"), (tables.column_gap, "column")):
        if np.abs(gap).max() > 1e-9 * scale:
            p, i = (int(n) for n in np.unravel_index(np.abs(gap).argmax(), gap.shape))
            raise InputError(
                f"{name}: province {regions.province_codes[p]}, {what} {sectors.codes[i]} is out of"
                f" balance by {gap[p, i] / MILLION_CNY:.2f} million CNY; mend the table"
            )
