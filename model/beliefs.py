"""Adaptive price beliefs."""

import numpy as np

from model.arrays import ByCity, Cities


def updated(
    belief: ByCity,
    price: float,
    need: ByCity,
    rationed_buyers: Cities,
    rationed_sellers: Cities,
    speed: float,
    highest: float,
) -> ByCity:
    """Return next year's expected prices, CNY/t; (c,).

    p_e moves by `speed` (η) towards the clearing price; rationed buyers raise and rationed
    sellers lower it by 5 %. Without a price it rises by 5 % for those in need and falls by 5 % for
    those in surplus, never above `highest`.
    """
    if np.isnan(price):
        moved = belief * np.where(need > 0, 1.05, np.where(need < 0, 0.95, 1.0))
    else:
        moved = belief + speed * (price - belief)
        moved = moved * np.where(rationed_buyers, 1.05, np.where(rationed_sellers, 0.95, 1.0))
    return np.minimum(moved, highest)
