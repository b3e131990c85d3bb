"""Beneficiaries of others' mitigation pay those who mitigate (Xia et al. 2024).

Not an allocation of quota: a payment between cities for mitigation that is outsourced to others.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.arrays import BetweenCities, ByCity


@dataclass(frozen=True, slots=True)
class Transfer:
    """What cities pay each other in a year, CNY."""

    payment: ByCity
    """Net of what is received: positive pays, negative receives, sums to zero; (c,)."""
    credit: ByCity
    """Received by each emitter; (c,)."""
    per_tonne: ByCity
    """Credit a tonne abated for any city, its own included, CNY/t: what one more may earn; (c,)."""


def for_all_others(due: ByCity, between: BetweenCities) -> ByCity:
    """Credit emitters in proportion to all that they abated for others, CNY; (r,)."""
    abated = between.sum(axis=1)
    total = float(abated.sum())
    return due.sum() / total * abated if total > 0 else np.zeros_like(abated)


def for_the_payer(due: ByCity, between: BetweenCities) -> ByCity:
    """Credit emitters, payer by payer, in proportion to what they abated for it, CNY; (r,)."""
    total = between.sum(axis=0)
    return between @ np.divide(due, total, out=np.zeros_like(due), where=total > 0)


CREDITS: dict[str, Callable[[ByCity, BetweenCities], ByCity]] = {
    "all_others": for_all_others,
    "payer": for_the_payer,
}
"""Whom a payment is credited to; both take what is due from s (CNY) and abated[r, s] for r ≠ s."""


def beneficiary_pays(
    abated: BetweenCities, share: float, price: float, credited: str = "all_others"
) -> Transfer:
    """Return what beneficiaries of mitigation elsewhere pay, and who is credited, CNY.

    City s pays θ · price · (Σ_{r≠s} abated[r,s] − abated[s,s])⁺: outsourced mitigation beyond its
    own. By default the sum goes to emitters r in proportion to Σ_{s≠r} abated[r,s].

    Parameters
    ----------
    abated
        Abated by policy in r for final demand of s, own included, non-negative, t; (r, s).
    share
        θ: share of the excess that is paid for, 1.
    price
        CNY/t.
    credited
        Word of `CREDITS`.
    """
    own = np.diag(abated)
    between = abated - np.diag(own)
    due = share * price * np.maximum(between.sum(axis=0) - own, 0.0)
    credit = CREDITS[credited](due, between)
    made = abated.sum(axis=1)
    per_tonne = np.divide(credit, made, out=np.zeros_like(credit), where=made > 0)
    return Transfer(due - credit, credit, per_tonne)
