"""Departures of cities' intensities from their sectors' trends: persistent, and drawn."""

import numpy as np

from model.arrays import AnyFloats, ByYearRegionGroup

SPAN = 5
"""Years over which the spread of departures is given."""


def departures(normal: AnyFloats, common: float, specific: float, phi: float) -> ByYearRegionGroup:
    """Return log departures by year, AR(1) from zero before the first year; (t, r, g).

        z[t] = φ z[t−1] + σ ε[t],   σ² (1 + φ² + … + φ^(2·4)) = spread²,

    one z for all groups of a region and one for each group of it, which are added.

    Parameters
    ----------
    normal
        Standard normal draws, the common one first; (t, r, 1 + g).
    common, specific
        Standard deviation of the common and of each group's departure after five years, log units.
    phi
        φ: share of a departure that is left after a year, 1.
    """
    powers = phi ** (2.0 * np.arange(SPAN))
    step = np.array([common, *(specific,) * (normal.shape[-1] - 1)]) / np.sqrt(powers.sum())
    departed = np.zeros_like(normal)
    last = np.zeros_like(normal[0])
    for year, drawn in enumerate(normal):
        last = phi * last + step * drawn
        departed[year] = last
    return departed[..., :1] + departed[..., 1:]
