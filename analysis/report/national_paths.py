"""National measures by arm and year: mean over replications and a band for 95 % of them."""

from typing import Any

import numpy as np

from analysis.outcomes.welfare_courses import BAND
from analysis.report.finished_results import FinishedResults
from analysis.report.measures import NATIONAL, unit_of
from analysis.report.packing import plain

FIGURES = 5
"""Of each number."""


def national_paths(results: FinishedResults) -> dict[str, Any]:
    """Return unit, mean, low and high by measure, (arm, year) each; the cap beside emissions."""
    paths = {}
    for column in (*NATIONAL, "cap"):
        if column not in results.national:
            continue
        mean, spread = _courses(results, column)
        if not np.isfinite(mean).any() or not np.nanmax(np.abs(mean)):
            continue
        unit = unit_of(column, mean, national=True)
        paths[column] = {
            "unit": unit.word,
            "mean": plain(mean / unit.size, FIGURES),
            "low": plain((mean - spread) / unit.size, FIGURES),
            "high": plain((mean + spread) / unit.size, FIGURES),
        }
    return paths


def _courses(results: FinishedResults, column: str) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and half width, (arm, year) each; a single run has no width."""
    by = results.national.groupby(["arm", "year"], observed=True)[column]
    grid = [by.mean().unstack("year"), by.std().unstack("year")]
    mean, deviation = (part.reindex(results.names)[results.years].to_numpy() for part in grid)
    return mean, BAND * deviation
