"""A programme of best practice: what it asks of some cities, what that costs, and who pays."""

from collections.abc import Callable

import numpy as np

from model.abatement.mac import MacCurve
from model.arrays import (
    ByCity,
    ByCityLever,
    ByRegionGroup,
    ByRegionSector,
    OfSector,
)
from model.footprints.targeted import best_practice, leverage
from model.registry import Registry


def to_best_practice(
    S: ByRegionSector, x: ByRegionSector, group: OfSector, groups: int
) -> ByRegionGroup:
    """Return R*, the share of a group's emissions that best practice would save, 1; (r, g).

    R*[r,g] = Σ_{i∈g} (S − e*)⁺ x / Σ_{i∈g} S x, with e* of `best_practice` (Liu et al. 2015); zero
    for a group that emits nothing.
    """
    members = (group[:, None] == np.arange(groups)).astype(np.float64)
    saved = leverage(S, x, best_practice(S, x)) @ members
    emitted = (S * x) @ members
    return np.divide(saved, emitted, out=np.zeros_like(saved), where=emitted > 0)


def path(target: ByCityLever, elapsed: float) -> ByCityLever:
    """Return the abatement to be reached by now, linear from zero to the target, 1; (c, m).

    `elapsed` is the share of the programme's years that have passed; after them the target stays.
    """
    return target * min(elapsed, 1.0)


def missing(due: ByCityLever, R: ByCityLever) -> ByCityLever:
    """Return the step dR from abatement R to what is due by now, 1; (c, m)."""
    return np.maximum(due - R, 0.0)


def forced_cost(
    mac: MacCurve, due: ByCityLever, R: ByCityLever, dR: ByCityLever, E: ByCityLever
) -> ByCity:
    """Return the year's cost of abatement up to what is due, CNY; (c,).

    The running cost of abatement reached, as far as it is due, and the adjustment cost of that
    part of the step dR from R that was due; E in t.
    """
    step = np.minimum(missing(due, R), dR)
    return mac.running_cost(np.minimum(R + dR, due), E) + mac.adjustment_cost(step, E)


def by_cities(cost: ByCity, _shipped: ByCity) -> ByCity:
    """Let each city bear its own cost: nobody pays another, CNY; (c,)."""
    return np.zeros_like(cost)


def by_exporters(cost: ByCity, shipped: ByCity) -> ByCity:
    """Let all cities pay in proportion to the emissions embodied in their exports, CNY; (c,)."""
    total = shipped.sum()
    if total == 0:
        return np.zeros_like(cost)
    return np.asarray(cost.sum() * (shipped / total) - cost, dtype=np.float64)


PAYERS: Registry[Callable[[ByCity, ByCity], ByCity]] = Registry("payer")
"""Payers of a programme: payment less repayment, CNY, which sums to zero; from the forced cost
of each city, CNY, and the emissions embodied in what it exports abroad, t."""
PAYERS.build_in("cities", by_cities)
PAYERS.build_in("exporters", by_exporters)
