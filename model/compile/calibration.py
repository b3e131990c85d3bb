"""Step 1: city figures brought to their province's totals."""

import numpy as np

from model.arrays import AnyFloats, ByProvince, ByRegion, OfRegion


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


def production_emissions(
    city_total: ByRegion,
    population: ByRegion,
    households: ByProvince,
    production: ByProvince,
    province: OfRegion,
    least: float = 0.05,
) -> ByRegion:
    """Return each city's production emissions, t CO₂, summing to the provincial inventory.

    City inventories include households' direct emissions: these leave by head of population, at
    most down to `least` of the city's inventory, and the rest is scaled to the province.

    Parameters
    ----------
    city_total, population
        Raw city inventory, t, and residents, persons; (c,).
    households, production
        The province's direct household and production emissions, t; (p,).
    """
    direct = to_province(population, households, province)
    raw_sum = sums(city_total, province, households.shape[0])
    scaled = to_province(city_total, np.where(raw_sum > 0, production + households, 0.0), province)
    own = np.maximum(scaled - direct, least * scaled)
    return to_province(own, production, province)
