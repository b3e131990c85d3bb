"""Bisection of many prices at once, where a schedule may jump and only true or false is known."""

from collections.abc import Callable

import numpy as np

from model.arrays import AnyFloats, AnyMask, AtPrices, Vector

BISECTIONS = 32
"""Halvings in search of a price: to less than a millionth of a yuan."""
AT_ONCE = 4
"""Halvings that are looked at together: fifteen prices in one question instead of four in turn."""


def bisected(
    low: Vector, high: Vector, below: Callable[[AnyFloats], AnyMask]
) -> tuple[Vector, Vector]:
    """Return brackets of the prices at which `below` turns from true to false, CNY/t.

    Both ends are `high` where it is still true there, `low` where it is false there already.
    `below` takes prices for each row of the answer, or several of them, one row a price.
    """
    low, high = np.where(below(high), high, low), np.where(below(low), high, low)
    here = np.arange(low.size)
    for _ in range(BISECTIONS // AT_ONCE):
        prices = _halved(low, high, AT_ONCE)
        last = np.count_nonzero(below(prices[1:-1]), axis=0)
        low, high = prices[last, here], prices[last + 1, here]
    return low, high


def _halved(low: Vector, high: Vector, times: int) -> AtPrices:
    """Return prices from `low` to `high` that halve the bracket again and again; (price, c)."""
    prices = np.empty((2**times + 1, low.size))
    prices[0], prices[-1] = low, high
    for step in 2 ** np.arange(times, 0, -1):
        prices[step // 2 :: step] = (prices[:-1:step] + prices[step::step]) / 2
    return prices
