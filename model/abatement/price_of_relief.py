"""The price at which abatement takes a given relief off liability."""

import numpy as np

from model.abatement.supply import AbatementSupply
from model.arrays import ByCity

FLAT = 1e-200
"""Slope below which relief counts as flat, t per CNY/t: Newton's step then leaves any bracket."""


def price_of_relief(supply: AbatementSupply, relief: ByCity) -> ByCity:
    """Return the smallest price at which a city's abatement takes `relief` t off, CNY/t; (c,).

    Zero where that much is done for nothing, infinite where the year has no room for it.
    """
    least, most = supply.relief_of(supply.for_nothing), supply.relief_of(supply.room)
    price = np.where(relief > least, np.inf, 0.0)
    within = np.flatnonzero((relief > least) & (relief < most))
    if within.size:
        price.ravel()[within] = _root(supply.rows(within), relief.ravel()[within])
    return price


def _root(supply: AbatementSupply, relief: ByCity) -> ByCity:
    """Return the price of a relief by Newton's method, inside a bracket that ever narrows.

    It starts where the price would lie if every lever were within its room and its marginal cost
    straight. The last correction is no longer looked at: its error is of second order.
    """
    low, high = np.zeros_like(relief), supply.price_of_room
    weight = supply.relief_of_step * supply.left
    straight = (relief + np.vecdot(weight, supply.start)) / np.vecdot(weight, supply.lift)
    price = np.minimum(np.maximum(straight, low), high)
    searching = np.ones(price.size, dtype=bool)
    for _ in range(100):
        dR, rate = supply.response(price)
        gap = supply.relief_of(dR) - relief
        searching &= np.abs(gap) > 1e-12 * relief
        short = gap < 0
        low, high = np.where(short, price, low), np.where(short, high, price)
        newton = price - gap / np.maximum(supply.relief_of(rate), FLAT)
        inside = (newton > low) & (newton < high)
        better = np.where(inside, newton, (low + high) / 2)
        moved = np.abs(better - price) > 1e-9 * better
        price = np.where(searching, better, price)
        searching &= moved
        if not searching.any():
            break
    return price
