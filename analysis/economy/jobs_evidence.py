"""What provinces say of how far jobs tell the structure of output."""

import numpy as np

from model.compile.figures import Figures
from model.input_output.province_sums import sums

COVERED = 0.5
"""Least share of a province's GDP in cities with figures, 1."""
SECONDARY = 1
"""Position of the secondary industry, the only one whose kinds of work differ in emissions."""


def spread_of_jobs_per_value_added(figures: Figures) -> float:
    """Return the standard deviation of ln(jobs / value added) by province and kind of work.

    In the secondary industry, about the mean of each province and of each kind: neither shapes a
    city's structure inside its province. Over provinces with jobs for more than half their GDP;
    degrees of freedom are those left by the means.
    """
    jobs, tables, province = figures.jobs, figures.tables, figures.regions.province
    provinces = len(figures.regions.province_codes)
    kinds = np.unique(jobs.of_sector[figures.sectors.industry == SECONDARY])
    known = np.isfinite(jobs.persons).all(axis=1)
    gdp = figures.statistics.gdp.sum(axis=1)
    covered = sums(gdp * known, province, provinces) > COVERED * sums(gdp, province, provinces)
    persons = sums(np.where(known[:, None], jobs.persons, 0.0), province, provinces)[:, kinds]
    made = np.stack([tables.value_added[:, jobs.of_sector == n].sum(axis=1) for n in kinds], axis=1)
    seen = covered & (persons > 0).all(axis=1) & (made > 0).all(axis=1)
    ratio = np.log(persons[seen] / made[seen])
    left = ratio - ratio.mean(axis=1, keepdims=True) - ratio.mean(axis=0) + ratio.mean()
    freedom = (left.shape[0] - 1) * (left.shape[1] - 1)
    return float(np.sqrt((left**2).sum() / freedom))
