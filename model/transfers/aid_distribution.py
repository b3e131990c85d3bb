"""Distribution of the aid pool among aided cities: a word, and the weights it gives.

Register your own with `DISTRIBUTIONS["my_word"] = my_function`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from model.arrays import BetweenCities, ByCity, Cities, Tonnes
from model.registry import Registry


@dataclass(frozen=True, slots=True)
class Claims:
    """Figures that the cities' claims to the pool can be weighed by."""

    need: ByCity
    """Quota for the catch-up permitted this year, t; zero where not aided; (c,)."""
    population: ByCity
    """Heads; (c,)."""
    performance: ByCity
    """Any measure that is larger where aid did more, as value added per tonne of quota; (c,)."""
    suppliers: BetweenCities
    """Emitted in p for final demand of r, t; (p, r)."""
    aided: Cities
    """Cities that may be granted aid; (c,)."""
    aiding: Cities
    """Super-emitters that aid; (c,)."""
    freed: Tonnes
    """Quota that each of them freed for the pool this year, t; (c,)."""


Distribution = Callable[[Claims], ByCity]


def by_need(claims: Claims) -> ByCity:
    """Weigh by need, t; (c,)."""
    return claims.need


def by_population(claims: Claims) -> ByCity:
    """Weigh by heads; (c,)."""
    return claims.population


def by_supply_chain(claims: Claims) -> ByCity:
    """Weigh by Σ_r S_r C[p,r] / Σ_p' C[p',r] over aided p', S_r what r freed, t; (c,).

    Each aiding city's quota goes to those that emit for it (Zheng et al. 2023, section 4). Where
    nothing was freed, Σ_r C[p,r] over aiding r: what p emits for the final demand of all of them.
    """
    if claims.aided.ndim > 1:
        each = zip(claims.aided, claims.aiding, claims.freed, strict=True)
        return np.stack(
            [by_supply_chain(replace(claims, aided=d, aiding=g, freed=f)) for d, g, f in each]
        )
    linked = np.where(claims.aided[:, None], claims.suppliers, 0.0)
    if not claims.freed.any():
        return linked @ claims.aiding.astype(np.float64)
    total = linked.sum(axis=0)
    share = np.divide(linked, total, out=np.zeros_like(linked), where=total > 0)
    return share @ claims.freed.astype(np.float64)


def by_performance(claims: Claims) -> ByCity:
    """Weigh by the measure of performance handed in; (c,). Negative ones count as zero."""
    return claims.performance


DISTRIBUTIONS: Registry[Distribution] = Registry("aid distribution")
"""Keys that the pool may be divided by (Zheng et al. 2023, section 4, names the last two)."""
DISTRIBUTIONS.build_in("need", by_need)
DISTRIBUTIONS.build_in("population", by_population)
DISTRIBUTIONS.build_in("supply_chain", by_supply_chain)
DISTRIBUTIONS.build_in("performance", by_performance)
