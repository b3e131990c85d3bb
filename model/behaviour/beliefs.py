"""Adaptive price beliefs."""

import numpy as np

from model.arrays import ByCity, Cities, Number


def updated(
    belief: ByCity,
    price: ByCity,
    need: ByCity,
    rationed_buyers: Cities,
    rationed_sellers: Cities,
    speed: Number,
    highest: Number,
) -> ByCity:
    """Return next year's expected prices, CNY/t; (c,).

    p_e moves by `speed` (η) towards the price that a city saw; rationed buyers raise and rationed
    sellers lower it by 5 %. Who saw none (not a number) raises it by 5 % in need and lowers it by
    5 % in surplus, never above `highest`.
    """
    drift = np.where(need > 0, 1.05, np.where(need < 0, 0.95, 1.0))
    rationing = np.where(rationed_buyers, 1.05, np.where(rationed_sellers, 0.95, 1.0))
    moved = (belief + speed * (price - belief)) * rationing
    return np.minimum(np.where(np.isnan(price), belief * drift, moved), highest)
