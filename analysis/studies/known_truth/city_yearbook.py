"""City statistics of demand and jobs in invented countries, with the noise of the real ones."""

import numpy as np

from analysis.studies.known_truth.country import spread
from analysis.studies.known_truth.truth import Truth
from model.arrays import ByRegion
from model.compile.demand_curves import CAPITAL, GOVERNMENT, RURAL, URBAN
from model.compile.figures import CityPanel, DemandStatistics, Estimate, Jobs
from model.compile.within_provinces import within_elasticity

INVESTMENT_NOISE = 0.19
"""Standard deviation of ln(investment / capital formation): half of what investment shows beyond
income is noise, as over the provinces of 2012."""
INFLATION = -0.1
"""Elasticity of that ratio on income: poor cities report too much."""
RETAIL_NOISE = 0.12
"""Standard deviation of ln(retail sales / demand of households)."""
RETAIL_PROVINCES = 3
"""Provinces whose cities publish retail sales."""
JOBS_NOISE = 0.3
"""Standard deviation of ln(jobs / value added) by city and kind of work: assumed."""
PAY = 0.2
"""Elasticity of pay per public job on income."""
WAGES_ERROR = 0.04
"""Standard error of the elasticity of wages."""
SILENT = 0.12
"""Share of cities without any of these figures."""
KINDS = ((0,), (1,), (2, 3, 4), (5,), (6,), (7,))
"""Sectors of each kind of work: farming, mining, manufacturing, utilities, building, services."""


def published_demand(truth: Truth, rng: np.random.Generator) -> DemandStatistics:
    """Return investment, retail sales and public jobs of most cities, in error by chance."""
    income = truth.value_added.sum(axis=1) / truth.population
    spent = truth.d.sum(axis=1) / truth.population[:, None]
    province, silent = truth.regions.province, rng.random(income.size) < SILENT
    shape = income.shape
    investment = spent[:, CAPITAL] * income**INFLATION * spread(rng, INVESTMENT_NOISE, shape)
    households = spent[:, RURAL] + spent[:, URBAN]
    shown = province < RETAIL_PROVINCES
    retail = np.where(shown, households * spread(rng, RETAIL_NOISE, shape), np.nan)
    public = spent[:, GOVERNMENT] / income**PAY * spread(rng, RETAIL_NOISE, shape)
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


def published_jobs(truth: Truth, rng: np.random.Generator) -> Jobs:
    """Return jobs by kind of work: value added of its sectors, in error by chance."""
    made = np.stack([truth.value_added[:, list(own)].sum(axis=1) for own in KINDS], axis=1)
    persons = np.maximum(made, 0.0) * spread(rng, JOBS_NOISE, made.shape)
    persons[rng.random(len(persons)) < SILENT] = np.nan
    of_sector = np.zeros(truth.value_added.shape[1], dtype=np.int64)
    for kind, own in enumerate(KINDS):
        of_sector[list(own)] = kind
    return Jobs(persons=persons, of_sector=of_sector)


def _panel(per_head: ByRegion, income: ByRegion) -> CityPanel:
    return CityPanel(years=(2012,), per_head=per_head[None, :], income=income[None, :])
