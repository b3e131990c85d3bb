"""The central aid transfer: quota for the catch-up of poor cities' demand."""

from dataclasses import dataclass

import numpy as np

from model.arrays import BetweenCities, ByCity, Cities, Tonnes
from model.whole_tonnes import whole_tonnes


@dataclass(frozen=True, slots=True)
class Aid:
    """What one year's aid permits."""

    level: ByCity
    """u: demand above baseline that quota covers, 1; (s,)."""
    granted: ByCity
    """Quota for each city's catch-up, t; (s,)."""
    quota: Tonnes
    """The same where the emissions arise, along the supply chain, whole tonnes; (r,)."""


def aid(
    pool: int,
    level: ByCity,
    step: float,
    D_cba: ByCity,
    aided: Cities,
    suppliers: BetweenCities,
    omega: float,
) -> Aid:
    """Grant the pool to aided cities, and place it where the emissions of their catch-up arise.

    need_s = (u_s + χ)·D_cba[s]/(1 + u_s); granted = need · min(1, pool/Σ need); the level rises as
    far as granted quota covers it, by at most χ (`step`), and never falls. ω·a_s goes to s itself,
    (1 − ω)·a_s to its suppliers r in proportion to `suppliers[r, s]`, t.
    """
    per_level = D_cba / (1.0 + level)
    need = np.where(aided, (level + step) * per_level, 0.0)
    total = float(need.sum())
    granted = need * min(1.0, pool / total) if total > 0 else need
    covered = np.divide(granted, per_level, out=np.zeros_like(granted), where=per_level > 0)
    risen = np.where(aided, np.minimum(level + step, np.maximum(level, covered)), level)
    inflow = suppliers.sum(axis=0)
    share = np.divide(suppliers, inflow, out=np.zeros_like(suppliers), where=inflow > 0)
    along_chain = np.where(inflow > 0, (1.0 - omega) * granted, 0.0)
    place = share @ along_chain + (granted - along_chain)
    return Aid(risen, granted, whole_tonnes(min(pool, round(float(granted.sum()))), place))
