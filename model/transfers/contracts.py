"""Contracts: quota that super-emitters offer to cities by name, against compensation.

Zheng et al. 2023, section 4, ask that quota freed by super-emitters reach cities that have yet to
catch up. Here nobody orders it: a city offers what compensation pays for, another takes what it
needs from those it trusts.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.arrays import BetweenCities, ByCity, Cities, Tonnes
from model.registry import Registry

Partners = Callable[[BetweenCities, Cities], BetweenCities]

PARTNERS: Registry[Partners] = Registry("receivers of contracts")
"""Whom a giver may offer quota to: functions of linked flows, t (r, s), and of the aided (c,), that
return 1 where r may offer to s, 0 elsewhere; (r, s)."""


def suppliers(flows: BetweenCities, _aided: Cities) -> BetweenCities:
    """Return each giver's linked suppliers: those who emit for it."""
    return (flows.T > 0).astype(np.float64)


def customers(flows: BetweenCities, _aided: Cities) -> BetweenCities:
    """Return each giver's linked customers: those it emits for."""
    return (flows > 0).astype(np.float64)


def aided(flows: BetweenCities, aided: Cities) -> BetweenCities:
    """Return the aided cities, linked or not."""
    return np.broadcast_to(aided.astype(np.float64), flows.shape)


def aided_suppliers(flows: BetweenCities, aided: Cities) -> BetweenCities:
    """Return each giver's linked suppliers that are aided."""
    return suppliers(flows, aided) * aided


for function in (suppliers, customers, aided, aided_suppliers):
    PARTNERS.build_in(function.__name__, function)


@dataclass(frozen=True, slots=True)
class Contracts:
    """Contracts of a year, delivered when they are made."""

    tonnes: BetweenCities
    """From r to s, whole tonnes; (r, s)."""
    price: float
    """Compensation, CNY/t."""

    @property
    def received(self) -> Tonnes:
        """Received (positive) or given by each city, whole tonnes; sums to zero; (c,)."""
        return (self.tonnes.sum(axis=0) - self.tonnes.sum(axis=1)).astype(np.int64)

    @property
    def paid(self) -> ByCity:
        """Paid (positive) or received by each city, CNY; sums to zero; (c,)."""
        return self.price * self.received


def agreed(
    offers: ByCity, wants: ByCity, partners: BetweenCities, trust: BetweenCities, price: float
) -> Contracts:
    """Return the contracts that offers and needs come to.

    A city takes from one giver at most the share of what it wants that it trusts it with. A giver
    short of what its partners would take divides its offer in proportion to that; a receiver
    offered more than it wants takes in proportion to what is offered. Nobody deals with itself.

    Parameters
    ----------
    offers, wants
        t; (c,) each.
    partners, trust
        1 where r may offer to s; share of its need that s lets hang on r, 1; (r, s) each.
    price
        Compensation, CNY/t.
    """
    asked = partners * trust * wants
    np.fill_diagonal(asked, 0.0)
    given = asked * _share(offers, asked.sum(axis=1))[:, None]
    taken = given * _share(wants, given.sum(axis=0))
    return Contracts(np.floor(taken), price)


def trust_after(
    trust: BetweenCities, partners: BetweenCities, offers: ByCity, speed: float
) -> BetweenCities:
    """Return next year's trust, 1; (r, s).

    That of s in r moves by `speed` towards one where r offered to s, towards zero where it might
    have and did not.
    """
    kept = (offers >= 1.0).astype(np.float64)[:, None]
    return np.where(partners > 0, trust + speed * (kept - trust), trust)


def _share(limit: ByCity, total: ByCity) -> ByCity:
    """Return limit ÷ total where that is below one, one elsewhere."""
    return np.divide(limit, total, out=np.ones_like(limit), where=total > limit)
