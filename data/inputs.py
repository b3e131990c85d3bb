"""All that a compile reads, gathered from the tables."""

from dataclasses import dataclass
from pathlib import Path

from data.figures import (
    CityStatistics,
    ProvincialInventory,
    Regions,
    Sectors,
    read_city_statistics,
    read_provincial_inventory,
    read_regions,
    read_sectors,
)
from data.io_tables import (
    national_table_of,
    read_national_co2,
    read_prices,
    read_provincial_tables,
)
from data.prospects import Prospects, read_prospects
from data.records import Records, read_records
from model.arrays import BySector
from model.compile.nation import NationalTable
from model.compile.provinces import ProvincialTables

DEFLATORS = ("sector", "industry", "alternative")


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one year, as published, in current prices."""

    year: int
    regions: Regions
    sectors: Sectors
    statistics: CityStatistics
    tables: ProvincialTables
    national: NationalTable
    inventory: ProvincialInventory
    national_co2: BySector
    """Production emissions of the national inventory, t CO₂; (i,)."""
    prices: dict[str, BySector]
    """Price of each product relative to 2012, 1, by deflator; (i,)."""
    prospects: Prospects
    records: Records


def read_figures(year: int, directory: Path | None = None) -> Figures:
    """Return the figures of one year; raises UserMistake as the readers it calls."""
    regions, sectors = read_regions(directory), read_sectors(directory)
    tables = read_provincial_tables(year, regions, sectors, directory)
    return Figures(
        year=year,
        regions=regions,
        sectors=sectors,
        statistics=read_city_statistics(year, regions, directory),
        tables=tables,
        national=national_table_of(year, tables, regions, sectors, directory),
        inventory=read_provincial_inventory(year, regions, sectors, directory),
        national_co2=read_national_co2(year, sectors, directory),
        prices={kind: read_prices(year, kind, sectors, directory) for kind in DEFLATORS},
        prospects=read_prospects(regions, sectors, directory),
        records=read_records(year, regions, directory),
    )
