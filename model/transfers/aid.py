"""The central aid transfer: quota for the catch-up of poor cities' demand."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.arrays import BetweenCities, ByCity, Cities, Count, Number, Tonnes
from model.quota.whole_tonnes import whole_tonnes
from model.registry import Registry
from model.runs import through, tonnes, total, whole
from model.transfers.water_filling import shared_out


@dataclass(frozen=True, slots=True)
class Aid:
    """Aid of one year: the catch-up it permits, and its quota."""

    level: ByCity
    """u: demand above baseline that quota covers, 1; (s,)."""
    granted: ByCity
    """Quota for each city's catch-up, t; (s,)."""
    quota: Tonnes
    """The same where the emissions arise, or where it stays, whole tonnes; (r,)."""

    def reduced(self, share: Number) -> "Aid":
        """Return a share of this aid: of demand, of quota granted and of quota placed."""
        placed = whole_tonnes(whole(share * tonnes(self.quota)), self.quota.astype(np.float64))
        return Aid(share * self.level, share * self.granted, placed)


def needed(level: ByCity, step: Number, per_level: ByCity, aided: Cities) -> ByCity:
    """Return the quota that the catch-up permitted this year calls for, t; (s,).

    (u_s + χ) · what a unit of u emits; zero where not aided.
    """
    return np.where(aided, (level + step) * per_level, 0.0)


Placement = Callable[[ByCity, BetweenCities, Number], ByCity]


def along_supply_chain(granted: ByCity, supplier_shares: BetweenCities, omega: Number) -> ByCity:
    """Return where quota goes that follows the emissions: ω to s, the rest to its suppliers, t.

    To supplier r by its share `supplier_shares[r, s]`; (r,).
    """
    return through((1.0 - omega) * granted, supplier_shares.T) + omega * granted


def where_granted(granted: ByCity, _shares: BetweenCities, _omega: Number) -> ByCity:
    """Return quota that stays with the city it was granted to, t; (s,)."""
    return granted


PLACEMENTS: Registry[Placement] = Registry("placement of aid")
"""Placements of quota for a catch-up."""
PLACEMENTS.build_in("supply_chain", along_supply_chain)
PLACEMENTS.build_in("stays", where_granted)


def aid(
    pool: Count,
    level: ByCity,
    step: Number,
    per_level: ByCity,
    aided: Cities,
    supplier_shares: BetweenCities,
    omega: Number,
    weight: ByCity | None = None,
    place: Placement = along_supply_chain,
) -> Aid:
    """Grant the pool to aided cities, and place it where the emissions of their catch-up arise.

    need_s = (u_s + χ)·per_level_s; the pool is shared by weight, up to everyone's need. The level
    rises as far as granted quota covers it, by at most χ (`step`), and never falls.

    Parameters
    ----------
    pool
        Quota to be granted, whole tonnes.
    level, step
        u, demand above baseline reached, 1; (s,). χ, how far it may rise in a year, 1.
    per_level
        Emissions of a unit of u, t: D_cba/(1 + u) where the catch-up has the mix of present
        demand, otherwise that of the kind of demand that grows; (s,).
    aided
        Who may be granted aid; (s,).
    supplier_shares
        Share of r in what is emitted for final demand of s, 1; columns sum to one; (r, s).
    omega
        ω: share of liability that lies with the consumer, 1.
    weight
        What the pool is divided by, see `model.transfers.aid_distribution`; (s,). By default need.
    place
        Where quota goes: a function of `PLACEMENTS`.
    """
    need = needed(level, step, per_level, aided)
    granted = shared_out(1.0 * pool, need, need if weight is None else weight)
    covered = np.divide(granted, per_level, out=np.zeros_like(granted), where=per_level > 0)
    risen = np.where(aided, np.minimum(level + step, np.maximum(level, covered)), level)
    placed = place(granted, supplier_shares, omega)
    placeable = np.minimum(pool, whole(np.rint(total(granted))))
    return Aid(risen, granted, whole_tonnes(placeable, placed))
