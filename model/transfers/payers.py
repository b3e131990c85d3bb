"""Payers of aid: whose demand gives way to the catch-up of aided cities.

Register your own with `AID_PAYERS["my_word"] = my_function`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity, Number
from model.registry import Registry
from model.runs import highest, share, total
from model.transfers.water_filling import shared_out

BORROWED = "borrowed"
"""Word for a catch-up that nobody pays: demand from nothing, as if lent from outside."""

NEGLIGIBLE = 1e-12
"""Weight, relative to the highest, below which a city pays nothing."""


@dataclass(frozen=True, slots=True)
class Means:
    """Figures that the cities can be asked to pay by."""

    demand: ByCity
    """Final demand of the year before catch-up and payment, 10⁴ CNY; (c,)."""
    given: ByCity
    """Quota given for aid so far: of the reserve by quota, and freed by the city, t; (c,)."""
    population: ByCity
    """Heads; (c,)."""
    value_added: ByCity
    """Of last year, 10⁴ CNY; (c,)."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Payment for the catch-up of a year: as much as it costs, or all that can be paid."""

    share: ByCity
    """Share of its demand that each city gives up, 1; (c,)."""
    afforded: Number
    """Share of the cost that is paid, 1."""


Payer = Callable[[Means], ByCity]
"""Weights by which cities pay, non-negative; (c,)."""


def by_all_cities(means: Means) -> ByCity:
    """Weigh by final demand, as a public budget fed by all would, 10⁴ CNY; (c,)."""
    return means.demand


def by_donors(means: Means) -> ByCity:
    """Weigh by the quota that each city gave for aid so far, t; (c,)."""
    return means.given


AID_PAYERS: Registry[Payer] = Registry("payer of aid")
"""Payers of aid; each conserves the demand of all cities together."""
AID_PAYERS.build_in("all_cities", by_all_cities)
AID_PAYERS.build_in("donors", by_donors)


def payment(cost: ByCity, demand: ByCity, weight: ByCity, floor: Number) -> Payment:
    """Return what cities without a catch-up of their own give up for that of the others.

    The sum of `cost` is divided by weight, up to (1 − floor) · demand of each payer; what one
    cannot pay falls on the other payers. If all of them together cannot, `afforded` is below 1, and
    so much less is to be given.

    Parameters
    ----------
    cost
        Demand that each city gains by catch-up, 10⁴ CNY, non-negative; (c,).
    demand
        Final demand before catch-up, 10⁴ CNY, positive; (c,).
    weight
        What is paid by, of any unit; negative and negligible ones count as zero; (c,).
    floor
        Least share of its demand that is left to a payer, 1.
    """
    due = total(cost)
    if not np.any(due > 0.0):
        return Payment(np.zeros_like(cost), 1.0)
    top = highest(weight)
    relative = np.divide(weight, top, out=np.zeros_like(weight), where=np.asarray(top > 0.0))
    pays = (cost <= 0.0) & (relative > NEGLIGIBLE)
    able = np.where(pays, (1.0 - floor) * demand, 0.0)
    paid = shared_out(due, able, np.where(pays, relative, 0.0))
    return Payment(paid / demand, np.minimum(share(total(able), due, otherwise=1.0), 1.0))
