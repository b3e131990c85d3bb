"""Step 3: each city's supply and use split into self, own province and other provinces."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByProvinceSector, ByRegionSector, OfRegion
from model.compile.balancing import fitted, ras

ROUNDING = 1e-13
"""Amounts no larger than this share of a product's national total are rounding, not trade."""


@dataclass(frozen=True, slots=True)
class Split:
    """Whither each city's supply goes and whence its use comes, 10⁴ CNY; (r, i) each."""

    own: ByRegionSector
    """Supplied by the city to itself."""
    to_province: ByRegionSector
    """Supplied to the other cities of its province."""
    from_province: ByRegionSector
    """Used from the other cities of its province."""
    to_others: ByRegionSector
    """Supplied to other provinces."""
    from_others: ByRegionSector
    """Used from other provinces."""


def split(
    supply: ByRegionSector,
    use: ByRegionSector,
    outflow: ByProvinceSector,
    inflow: ByProvinceSector,
    home_weight: float,
    province: OfRegion,
) -> Split:
    """Split domestic supply and use of every city by maximum entropy, sector by sector.

    Zheng et al. 2022, step 3. In each province a table of its cities and one line for all other
    provinces is fitted to the cities' supply and use and to the province's trade: {own city, own
    province, other provinces}. The prior of a city's sales to itself carries the heterogeneity
    weight `home_weight`, 1: how much likelier a good stays in its city than it reaches another of
    the province; 1 is plain maximum entropy.

    Parameters
    ----------
    supply, use
        Domestic supply and use of the cities, 10⁴ CNY; (r, i).
    outflow, inflow
        Domestic trade of the provinces, 10⁴ CNY; (p, i), Σ supply − outflow = Σ use − inflow.

    Raises
    ------
    Unbalanced
        If a province trades more than its cities supply or use.
    """
    least = ROUNDING * np.maximum(supply.sum(axis=0), use.sum(axis=0))
    supply, use, outflow, inflow = (
        np.where(amount > least, amount, 0.0) for amount in (supply, use, outflow, inflow)
    )
    parts = Split(*(np.zeros_like(supply) for _ in range(5)))
    for p in range(outflow.shape[0]):
        cities = np.flatnonzero(province == p)
        n = cities.size
        table = _balanced(supply[cities].T, use[cities].T, outflow[p], inflow[p], home_weight)
        inside = table[:, :n, :n]
        own = np.einsum("icc->ic", inside)
        parts.own[cities] = own.T
        parts.to_province[cities] = (inside.sum(axis=2) - own).T
        parts.from_province[cities] = (inside.sum(axis=1) - own).T
        parts.to_others[cities] = table[:, :n, n].T
        parts.from_others[cities] = table[:, n, :n].T
    return parts


def _balanced(
    supply: np.ndarray,
    use: np.ndarray,
    outflow: np.ndarray,
    inflow: np.ndarray,
    home_weight: float,
) -> np.ndarray:
    """Fit (i, n + 1, n + 1): cities and, last, all other provinces; the corner stays empty."""
    n = supply.shape[1]
    own = np.maximum(supply.sum(axis=1) - outflow, 0.0)
    own = np.where(own > ROUNDING * supply.sum(axis=1), own, 0.0)
    inside = supply[:, :, None] * use[:, None, :]
    if n > 1:
        inside[:, np.arange(n), np.arange(n)] *= home_weight
    prior = np.zeros((supply.shape[0], n + 1, n + 1))
    prior[:, :n, :n] = inside * fitted(own, inside.sum(axis=(1, 2)))[:, None, None]
    prior[:, :n, n] = supply * fitted(outflow, supply.sum(axis=1))[:, None]
    prior[:, n, :n] = use * fitted(inflow, use.sum(axis=1))[:, None]
    rows = np.concatenate([supply, inflow[:, None]], axis=1)
    columns = np.concatenate([use, outflow[:, None]], axis=1)
    return ras(prior, rows, columns)
