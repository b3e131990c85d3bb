"""City tables by simpler rules than the compile, from the same figures."""

from dataclasses import dataclass

import numpy as np

from analysis.studies.known_truth.findings import Findings, of_trade_form
from model.arrays import BetweenRegions, ByRegionSector, Coefficients, FinalUse
from model.compile.assumptions import Assumptions
from model.compile.balancing import fitted
from model.compile.distance import distances, nearness
from model.compile.figures import Figures
from model.compile.margins import calibrated_emissions
from model.input_output.province_sums import to_province
from model.input_output.trade_form import TradeForm


@dataclass(frozen=True, slots=True)
class ByShares:
    """Cities as smaller copies of their provinces. Money 10⁴ CNY, emissions t CO₂."""

    x: ByRegionSector
    """Gross output: a city's share of its province's output is that of its industry; (r, i)."""
    supply: ByRegionSector
    """Output less exports at the provincial rate; (r, i)."""
    a: Coefficients
    """Provincial inputs per output, 1; (r, i, j)."""
    d: FinalUse
    """Final demand by the city's share of its province's GDP; (r, i, k)."""
    at_home: ByRegionSector
    """Share of use that is not imported, the province's, 1; (r, i)."""
    F: ByRegionSector
    """Emissions by output at provincial intensity, scaled to the city's CO₂; (r, i)."""


def by_shares(figures: Figures) -> ByShares:
    """Return the cities of the figures, each by its shares in its province."""
    tables, province = figures.tables, figures.regions.province
    gdp = figures.statistics.gdp
    share = to_province(gdp, np.ones((tables.x.shape[0], gdp.shape[1])), province)
    share_of_all = to_province(gdp.sum(axis=1), np.ones(tables.x.shape[0]), province)
    by_sector = share[:, figures.sectors.industry]
    emitted = figures.inventory.production[province] * by_sector
    inputs_per_output = tables.Z / np.where(tables.x > 0, tables.x, 1.0)[:, None, :]
    imported = np.divide(
        tables.imports, tables.use, out=np.zeros_like(tables.use), where=tables.use > 0
    )
    return ByShares(
        x=tables.x[province] * by_sector,
        supply=(tables.x - tables.export)[province] * by_sector,
        a=inputs_per_output[province],
        d=tables.Y[province] * share_of_all[:, None, None],
        at_home=(1.0 - imported)[province],
        F=emitted * fitted(calibrated_emissions(figures), emitted.sum(axis=1))[:, None],
    )


def proportional(figures: Figures) -> Findings:
    """Return the findings where every user buys of all cities in proportion to their supply."""
    regions = len(figures.regions)
    return _findings(by_shares(figures), np.ones((regions, regions)))


def gravity(figures: Figures, assumptions: Assumptions) -> Findings:
    """Return the findings where users prefer near cities and, by the home weight, their own.

    Shares follow supply × exp(−β·km) × home weight on the diagonal; neither city sales nor
    provincial trade is met.
    """
    regions = figures.regions
    pull = nearness(distances(regions.lon, regions.lat), assumptions.decay_per_km)
    return _findings(
        by_shares(figures), pull * np.where(np.eye(len(pull)) > 0, assumptions.home_weight, 1.0)
    )


def _findings(cities: ByShares, pull: BetweenRegions) -> Findings:
    pulled = cities.supply.T[:, :, None] * pull
    t = pulled * (cities.at_home.T * fitted(np.ones(1), pulled.sum(axis=1)))[:, None, :]
    S = np.divide(cities.F, cities.x, out=np.zeros_like(cities.F), where=cities.x > 0)
    return of_trade_form(TradeForm(t=t, a=cities.a), cities.d, cities.x, S)
