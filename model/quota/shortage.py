"""Shortage of quota that costs growth: demand falls short where a gap is found."""

import numpy as np

from model.arrays import ByCity, Number, Tonnes


def still_kept(
    kept: ByCity, found: Tonnes, liability: Tonnes, growth: ByCity, loss_rate: Number
) -> ByCity:
    """Return the share of trend demand that a city keeps after this year's shortage, 1; (c,).

    kept · (1 − loss), loss = min(ν · found/liability, g/(1 + g)): demand never falls below last
    year's, so that shortage cannot feed on itself. Nothing is lost where demand does not grow, nor
    without liability.

    Parameters
    ----------
    kept
        Share of trend demand kept so far, 1; (c,).
    found, liability
        Gap found and liability of the year, t; (c,).
    growth
        g: growth of trend demand in the year, 1; (c,).
    loss_rate
        ν: share of demand lost for a gap of the whole liability, 1.
    """
    nothing = np.zeros_like(kept)
    gap = np.divide(found, liability, out=nothing.copy(), where=liability > 0)
    most = np.divide(growth, 1.0 + growth, out=nothing, where=growth > 0)
    return kept * (1.0 - np.minimum(loss_rate * gap, most))
