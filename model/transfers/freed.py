"""Quota that aiding super-emitters free for the aid pool, and their compensation.

Zheng et al. 2023, section 4: quota created by mitigation in super-emitters is passed on to cities
that have yet to catch up, against compensation.
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity, Cities, Count, Number, Tonnes
from model.quota.whole_tonnes import whole_tonnes
from model.runs import tonnes


@dataclass(frozen=True, slots=True)
class Compensation:
    """Use of freed quota by the pool, whole tonnes: freed = used + returned."""

    used: Tonnes
    """Granted to aided cities, of each giver's; (c,)."""
    returned: Tonnes
    """Quota that the pool did not need, back with its giver; (c,)."""
    paid: ByCity
    """To each giver for what was used, CNY; (c,)."""


def freed(share: Number, relief: ByCity, aiding: Cities, held: Tonnes) -> Tonnes:
    """Return what each aiding city frees: ⌊θ · relief⌋, at most what it holds, t; (c,).

    `share` is θ, 1; `relief` the liability that its abatement so far takes off a year, t; (c,).
    """
    offered = np.where(aiding, np.floor(share * np.maximum(relief, 0.0)), 0.0)
    return np.minimum(offered.astype(np.int64), np.maximum(held, 0))


def compensated(given: Tonnes, granted: Count, price: Number) -> Compensation:
    """Return what is used of each giver's quota, what goes back, and what is paid.

    The pool uses givers' quota in proportion to what each gave; the rest goes back in whole
    tonnes. `price` is the compensation, CNY/t.

    Raises
    ------
    ValueError
        If more is granted than was given.
    """
    freed = tonnes(given)
    if np.any(granted > freed):
        raise ValueError(
            f"{granted} t of freed quota are granted but {freed} t were freed;"
            " grant the rest from the reserve"
        )
    used = whole_tonnes(granted, given.astype(np.float64))
    return Compensation(used, given - used, price * used)
