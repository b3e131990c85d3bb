"""City statistics of demand and jobs in invented countries, with the noise of the real ones."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.studies.known_truth.country import spread
from analysis.studies.known_truth.truth import Truth
from model.arrays import ByRegion
from model.compile.demand_curves import CAPITAL, GOVERNMENT, RURAL, URBAN
from model.compile.figures import CityPanel, DemandStatistics, Estimate, Jobs
from model.compile.within_provinces import within_elasticity

FOLLOWS = 0.46
"""Rise of ln investment with a departure of ln(capital formation) from what income explains, as
over the provinces of 2012: squared partial correlation, 0.19, by the slope on investment, 0.42."""
INFLATION = -0.1
"""Elasticity of investment per capital formation on income: poor cities report too much."""
RETAIL_PROVINCES = 3
"""Provinces whose cities publish retail sales."""
PAY = 0.2
"""Elasticity of pay per public job on income."""
WAGES_ERROR = 0.04
"""Standard error of the elasticity of wages."""
KINDS = ((0,), (1,), (2, 3, 4), (5,), (6,), (7,))
"""Sectors of each kind of work: farming, mining, manufacturing, utilities, building, services."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Errors of city statistics: standard deviations in log units, unless said."""

    investment: float = 0.19
    """Investment beyond income that capital formation does not explain, over the provinces of
    2012."""
    retail: float = 0.12
    """Retail sales per demand of households: most of a spread of 0.14 about their curve."""
    public_jobs: float = 0.12
    """Public jobs per demand of government: most of a spread of 0.13 about their curve."""
    jobs: float = 0.5
    """Jobs per value added by city and kind of work, as over provinces in the secondary industry
    (`analysis.economy.jobs_evidence`)."""
    silent: float = 0.12
    """Share of cities without figures of investment, and of those without jobs, 1."""

    def times(self, factor: float) -> "Noise":
        """Return errors `factor` times as large for as many silent cities."""
        return replace(
            self,
            investment=factor * self.investment,
            retail=factor * self.retail,
            public_jobs=factor * self.public_jobs,
            jobs=factor * self.jobs,
        )


def published_demand(truth: Truth, rng: np.random.Generator, noise: Noise) -> DemandStatistics:
    """Return investment, retail sales and public jobs of most cities, in error by chance."""
    income = truth.value_added.sum(axis=1) / truth.population
    spent = truth.d.sum(axis=1) / truth.population[:, None]
    province, silent = truth.regions.province, rng.random(income.size) < noise.silent
    shape = income.shape
    investment = _investment(spent[:, CAPITAL], income) * spread(rng, noise.investment, shape)
    households = spent[:, RURAL] + spent[:, URBAN]
    shown = province < RETAIL_PROVINCES
    retail = np.where(shown, households * spread(rng, noise.retail, shape), np.nan)
    public = spent[:, GOVERNMENT] / income**PAY * spread(rng, noise.public_jobs, shape)
    several = np.bincount(province).max() > 1
    exact = within_elasticity(_panel(households, income), province).value if several else 1.0
    return DemandStatistics(
        investment=_panel(np.where(silent, np.nan, investment), income),
        retail=_panel(retail, income),
        public_jobs=_panel(np.where(silent, np.nan, public), income),
        urban_share=np.full(shape, 0.5),
        wages=Estimate(exact + WAGES_ERROR * rng.standard_normal(), WAGES_ERROR, income.size),
        public_pay=Estimate(PAY, 0.05, income.size),
    )


def published_jobs(truth: Truth, rng: np.random.Generator, noise: Noise) -> Jobs:
    """Return jobs by kind of work: value added of its sectors, in error by chance."""
    made = np.stack([truth.value_added[:, list(own)].sum(axis=1) for own in KINDS], axis=1)
    persons = np.maximum(made, 0.0) * spread(rng, noise.jobs, made.shape)
    persons[rng.random(len(persons)) < noise.silent] = np.nan
    of_sector = np.zeros(truth.value_added.shape[1], dtype=np.int64)
    for kind, own in enumerate(KINDS):
        of_sector[list(own)] = kind
    return Jobs(persons=persons, of_sector=of_sector)


def _investment(capital: ByRegion, income: ByRegion) -> ByRegion:
    """Return investment without error, 10⁴ CNY a head; (r,)."""
    level, x = np.log(capital), np.log(income)
    elasticity, constant = np.polyfit(x, level, 1)
    curve = constant + elasticity * x
    return np.asarray(np.exp(curve + FOLLOWS * (level - curve) + INFLATION * x))


def _panel(per_head: ByRegion, income: ByRegion) -> CityPanel:
    return CityPanel(years=(2012,), per_head=per_head[None, :], income=income[None, :])
