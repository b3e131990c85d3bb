"""Gaps in series by city, filled with the course of the cities that have figures."""

import numpy as np

from model.arrays import ByYearRegion, Vector


def chained_index(series: ByYearRegion) -> Vector:
    """Return the course of all series together, 1 in the first year; (t,).

    From one year to the next it moves as the sum over those known in both years, so that a
    series that begins or ends leaves no step. Missing figures are NaN.

    Raises
    ------
    ValueError
        If no series is known in two years that follow each other.
    """
    known = np.isfinite(series)
    both = known[1:] & known[:-1]
    before = np.where(both, series[:-1], 0.0).sum(axis=1)
    after = np.where(both, series[1:], 0.0).sum(axis=1)
    if not (before > 0).all():
        step = int(np.flatnonzero(before <= 0)[0])
        raise ValueError(f"no series is known at both positions {step} and {step + 1}; give one")
    return np.concatenate([[1.0], np.cumprod(after / before)])


def gaps_filled(series: ByYearRegion) -> ByYearRegion:
    """Return the series without gaps: each moves with the chained index; (t, r).

    The quotient of a series and the index is interpolated linearly between known years, and held
    before the first and after the last. Known figures stay as they are; a series without any
    stays missing (NaN).
    """
    index = chained_index(series)
    years = np.arange(index.size, dtype=np.float64)
    filled = series.copy()
    for r in range(series.shape[1]):
        known = np.isfinite(series[:, r])
        if known.any():
            quotient = np.interp(years, years[known], series[known, r] / index[known])
            filled[~known, r] = (quotient * index)[~known]
    return filled
