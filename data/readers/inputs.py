"""All that a compile reads, gathered from the tables."""

from pathlib import Path

from data.readers.city_statistics import read_demand_statistics, read_jobs
from data.readers.figures import (
    read_city_statistics,
    read_provincial_inventory,
    read_regions,
    read_sectors,
)
from data.readers.io_tables import (
    national_table_of,
    read_national_co2,
    read_prices,
    read_provincial_tables,
)
from data.readers.prospects import read_prospects
from data.readers.records import read_records
from model.compile.figures import DEFLATORS, Figures


def read_figures(year: int, directory: Path | None = None) -> Figures:
    """Return the figures of one year; raises InputError as the readers it calls."""
    regions, sectors = read_regions(directory), read_sectors(directory)
    tables = read_provincial_tables(year, regions, sectors, directory)
    return Figures(
        year=year,
        regions=regions,
        sectors=sectors,
        statistics=read_city_statistics(year, regions, directory),
        demand=read_demand_statistics(year, regions, directory),
        jobs=read_jobs(year, regions, sectors, directory),
        tables=tables,
        national=national_table_of(year, tables, regions, sectors, directory),
        inventory=read_provincial_inventory(year, regions, sectors, directory),
        national_co2=read_national_co2(year, sectors, directory),
        prices={kind: read_prices(year, kind, sectors, directory) for kind in DEFLATORS},
        prospects=read_prospects(regions, sectors, directory),
        records=read_records(year, regions, directory),
    )
