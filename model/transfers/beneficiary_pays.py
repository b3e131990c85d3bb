"""Beneficiaries of others' mitigation pay those who mitigate (Xia et al. 2024).

Not an allocation of quota: a payment between cities for mitigation that is outsourced to others.
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import BetweenCities, ByCity, Number


@dataclass(frozen=True, slots=True)
class BeneficiaryPayment:
    """Payments between cities in a year, CNY."""

    payment: ByCity
    """Net of what is received: positive pays, negative receives, sums to zero; (c,)."""
    credit: ByCity
    """Received by each emitter; (c,)."""


def beneficiary_pays(abated: BetweenCities, share: Number, price: Number) -> BeneficiaryPayment:
    """Return what beneficiaries of mitigation elsewhere pay, and who is credited, CNY.

    City s pays θ · price · (Σ_{r≠s} abated[r,s] − abated[s,s])⁺: outsourced mitigation beyond its
    own. The sum goes to emitters r in proportion to Σ_{s≠r} abated[r,s].

    Parameters
    ----------
    abated
        Abated by policy in r for final demand of s, own included, non-negative, t; (r, s).
    share
        θ: share of the excess that is paid for, 1.
    price
        CNY/t.
    """
    if abated.ndim > 2:
        shares, prices = (np.broadcast_to(of, (len(abated), 1)) for of in (share, price))
        of_runs = [
            beneficiary_pays(flows, float(its_share[0]), float(its_price[0]))
            for flows, its_share, its_price in zip(abated, shares, prices, strict=True)
        ]
        return BeneficiaryPayment(
            np.stack([one.payment for one in of_runs]), np.stack([one.credit for one in of_runs])
        )
    own = np.diag(abated)
    between = abated - np.diag(own)
    due = share * price * np.maximum(between.sum(axis=0) - own, 0.0)
    made = between.sum(axis=1)
    total = float(made.sum())
    credit = due.sum() / total * made if total > 0 else np.zeros_like(made)
    return BeneficiaryPayment(due - credit, credit)
