"""Cap paths: how many tonnes may be emitted in a year."""

from collections.abc import Mapping

import numpy as np

from model.arrays import Vector


def below_baseline(baseline: Vector, cut: float) -> Vector:
    """Return (1 − c_t)·baseline, t; c_t rises linearly from 0 before the first year to `cut`."""
    years = baseline.shape[0]
    return baseline * (1.0 - cut * _ramp(years))


def peak(level: float, share: Vector) -> Vector:
    """Return the cities' share of a national peak of emissions, t; constant if the share is."""
    return level * share


def linear_cut(base: Vector, cut: float) -> Vector:
    """Return base-year liability falling linearly by the share `cut` until the last year, t."""
    return base * (1.0 - cut * _ramp(base.shape[0]))


def intensity(at_base_intensity: Vector, rate: float) -> Vector:
    """Return output at base-year intensity (t), the intensity falling by `rate` a year, t."""
    return at_base_intensity * (1.0 - rate) ** _count(at_base_intensity.shape[0])


def table(years: range, levels: Mapping[int, float]) -> Vector:
    """Return the given levels, t; between named years linear, after the last one level."""
    known = sorted(levels)
    return np.interp(np.array(years, dtype=np.float64), known, [levels[y] for y in known])


def _count(years: int) -> Vector:
    return np.arange(1, years + 1, dtype=np.float64)


def _ramp(years: int) -> Vector:
    return _count(years) / years
