"""Step 1: city figures brought to their province's totals."""

import numpy as np

from model.arrays import ByProvince, ByRegion, OfRegion
from model.input_output.province_sums import sums, to_province

LEAST = 0.05
"""Share of a city's inventory that stays with its production, at least, 1."""


def production_emissions(
    city_total: ByRegion,
    population: ByRegion,
    households: ByProvince,
    production: ByProvince,
    province: OfRegion,
) -> ByRegion:
    """Return each city's production emissions, t CO₂, summing to the provincial inventory.

    City inventories include households' direct emissions: these leave by head of population, at
    most down to `LEAST` of the city's inventory, and the rest is scaled to the province.

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
    own = np.maximum(scaled - direct, LEAST * scaled)
    return to_province(own, production, province)
