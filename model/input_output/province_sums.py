"""Province sums of city figures, and city figures brought to their province's totals."""

import numpy as np

from model.arrays import AnyFloats, OfRegion


def to_province(city: AnyFloats, total: AnyFloats, province: OfRegion) -> AnyFloats:
    """Scale city figures so that they sum to their province's: Zheng et al. 2022, step 1.

    `city` is (c,) or (c, m), `total` (p,) or (p, m), in one unit; `province` gives p for each c.
    A province whose cities sum to nothing stays at nothing.
    """
    found = sums(city, province, total.shape[0])
    factor = np.divide(total, found, out=np.zeros_like(total), where=found != 0)
    return city * factor[province]


def sums(city: AnyFloats, province: OfRegion, provinces: int) -> AnyFloats:
    """Return the province sums of city figures, (p,) or (p, m)."""
    total = np.zeros((provinces, *city.shape[1:]))
    np.add.at(total, province, city)
    return total
