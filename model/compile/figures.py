"""Figures: what a compile reads, as plain arrays; money 10⁴ CNY, emissions t, people in heads."""

from dataclasses import dataclass

from model.arrays import (
    ByProvinceSector,
    ByRegion,
    BySector,
    ByYearRegion,
    Mask,
    Matrix,
    OfSector,
    YearRegionMask,
)
from model.compile.nation import NationalTable
from model.compile.provinces import ProvincialTables
from model.labels import Regions, Sectors

DEFLATORS = ("sector", "industry", "alternative")


@dataclass(frozen=True, slots=True)
class CityStatistics:
    """Yearbook and inventory figures of every region in one year, not calibrated."""

    population: ByRegion
    """Residents at year end, heads; (r,)."""
    gdp: Matrix
    """Value added by industry, 10⁴ CNY of the year; (r, 3)."""
    co2: ByRegion
    """Emissions with households, t, series breaks adjusted; (r,)."""
    co2_estimated: Mask
    """True where CO₂ is not an inventory value of that very year; (r,)."""
    co2_spread: ByRegion
    """Standard deviation of the error of CO₂ that all years share, log units; (r,)."""
    co2_spread_of_year: ByRegion
    """Standard deviation of the error of CO₂ in this year alone, log units; (r,)."""
    thermal_capacity: ByRegion
    """Thermal power capacity, MW; (r,)."""
    real_gdp_index: ByRegion
    """Real GDP, 2012 = 1; (r,)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimated number and how surely it is known."""

    value: float
    standard_error: float
    cities: int
    """Number of cities it was estimated from."""


@dataclass(frozen=True, slots=True)
class CityPanel:
    """One statistic by city and year, beside income; first axis the years."""

    years: tuple[int, ...]
    per_head: ByYearRegion
    """The statistic per resident, in a unit of its own; NaN where there is none; (t, r)."""
    income: ByYearRegion
    """GDP per resident, 10⁴ CNY of the year; (t, r)."""


@dataclass(frozen=True, slots=True)
class DemandStatistics:
    """Statistics of demand from city yearbooks and censuses."""

    investment: CityPanel
    """Fixed-asset investment, 10⁴ CNY a head."""
    retail: CityPanel
    """Retail sales of consumer goods, 10⁴ CNY a head; few cities."""
    public_jobs: CityPanel
    """Jobs in administration, schools, hospitals, culture and public facilities, a head."""
    urban_share: ByRegion
    """Share of urban people among residents, 1; NaN where there is none; (r,)."""
    wages: Estimate
    """Elasticity of wages per head on GDP per head within provinces; cited."""
    public_pay: Estimate
    """Elasticity of pay per public job on GDP per head within provinces; cited."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """Persons employed in urban units by kind of work."""

    persons: Matrix
    """Heads; NaN in every kind where a city has no figures; (r, n)."""
    of_sector: OfSector
    """Kind of work that makes each sector; (i,)."""


@dataclass(frozen=True, slots=True)
class ProvincialInventory:
    """Provincial emissions of one year by sector, t CO₂."""

    production: ByProvinceSector
    """(p, i)."""
    households: Matrix
    """Direct emissions of rural and urban households; (p, 2)."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """Growth between two years by region, and of the nation beyond."""

    real_growth: ByRegion
    """Mean yearly growth of real GDP between the years, 1; (r,)."""
    national_growth: dict[int, float]
    """Real GDP growth of the nation by year, 1."""
    intensity_change: BySector
    """National emissions per real output, the last year relative to the first, by abatement group,
    1; (g,)."""
    planned_change: ByRegion
    """Emissions per output of the last year relative to the first at the yearly rate that a plan
    asked for, 1; (r,). Known before the first."""
    co2_change: ByRegion
    """Production emissions of the last year relative to the first, 1; (r,)."""
    first: int = 2012
    """First of the years that the figures compare."""
    last: int = 2017
    """Last of them: later years go by the nation's growth, and by trends."""

    @property
    def span(self) -> int:
        """Years between."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Records:
    """Past emissions and planned cuts of each region, up to the year of the table."""

    past_years: range
    """From the first inventories to the year of the table."""
    past_emissions: ByYearRegion
    """Emissions with households, t CO₂; (t, r). See `read_records` for gaps."""
    past_estimated: YearRegionMask
    """True where a gap was filled; (t, r)."""
    intensity_cut: ByRegion
    """Cut of CO₂ per GDP that a plan of five years asks of the province, 1; NaN if none; (r,)."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one year, as published, in current prices."""

    year: int
    regions: Regions
    sectors: Sectors
    statistics: CityStatistics
    demand: DemandStatistics
    jobs: Jobs
    tables: ProvincialTables
    national: NationalTable
    inventory: ProvincialInventory
    national_co2: BySector
    """Production emissions of the national inventory, t CO₂; (i,)."""
    prices: dict[str, BySector]
    """Price of each product relative to 2012, 1, by deflator; (i,)."""
    prospects: Prospects
    records: Records
