"""National measures by arm and year: mean over replications and their band."""

from typing import Any

import numpy as np

from analysis.outcomes.bands import band_ends
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
        mean, low, high = _courses(results, column)
        if not np.isfinite(mean).any() or not np.nanmax(np.abs(mean)):
            continue
        unit = unit_of(column, mean, national=True)
        paths[column] = {
            "unit": unit.word,
            "mean": plain(mean / unit.size, FIGURES),
            "low": plain(low / unit.size, FIGURES),
            "high": plain(high / unit.size, FIGURES),
        }
    return paths


def _courses(results: FinishedResults, column: str) -> tuple[np.ndarray, ...]:
    """Return mean, low and high, (arm, year) each; a single run has no low and no high."""
    by = results.national.groupby(["arm", "year"], observed=True)[column]
    runs = int(by.size().max())
    ends = [by.quantile(end) if runs > 1 else by.mean() * np.nan for end in band_ends(runs)]
    return tuple(
        part.unstack("year").reindex(results.names)[results.years].to_numpy()
        for part in (by.mean(), *ends)
    )
