"""Where demand and supply cross: the price at which schedules balance."""

import numpy as np

from model.arrays import Number, OfRuns
from model.market.orders import Orders
from model.runs import highest

NEAR = 1e-9
"""Distance at which prices count as one: of a yuan, or of a price above that."""
MOST_STEPS = 400
"""Steps after which the bracket of any two prices has closed: some 60 halvings and their trials."""


def crossing(those: Orders, floor: Number, ceiling: Number) -> Number:
    """Return where demand less supply passes zero, or the end of the collar nearest to that.

    Newton's method from the mean belief, inside a bracket that ever narrows; halving where its
    steps do not shrink. The last correction is no longer looked at. Where demand jumps past
    supply, because a buyer's fine is reached, that side of the jump counts on which more changes
    hands.
    """
    least = np.maximum(floor, those.tau)
    if len(those.shape) == 1:
        dearest = min(float(ceiling), float(those.fine.max(initial=0.0)))
        if dearest <= least:
            return float(min(least, ceiling))
        return _of_one(those, float(least), dearest)
    most = np.minimum(ceiling, highest(those.among_all(those.fine)))
    return _of_runs(those, np.broadcast_to(least, most.shape), most, ceiling)


def _of_one(those: Orders, least: float, most: float) -> float:
    mean = float(those.sum(those.belief)) / max(those.belief.size, 1)
    price = min(max(mean, least), most)
    low, high, shift = least, most, np.inf
    for _ in range(MOST_STEPS):
        near = NEAR * max(price, 1.0)
        if high - low <= near:
            break
        excess, slope = map(float, those.excess(price))
        if excess == 0 or (price == least and excess < 0) or (price == most and excess > 0):
            return price
        low, high = (price, high) if excess > 0 else (low, price)
        newton = price - excess / slope if slope < 0 else float(np.copysign(np.inf, excess))
        newton = min(max(newton, least), most)
        if abs(newton - price) <= near:
            return newton
        helps = low <= newton <= high and abs(newton - price) <= shift / 2
        better = newton if helps else (low + high) / 2
        price, shift = better, abs(better - price)
    return low if those.volume(low) >= those.volume(high) else high


def _of_runs(those: Orders, least: OfRuns, most: OfRuns, ceiling: Number) -> OfRuns:
    """Return the same of several runs, each on its own way, all asked at once."""
    found, answer = most <= least, np.minimum(least, ceiling)
    most = np.maximum(most, least)
    traders = np.maximum(those.sum(np.ones_like(those.belief)), 1.0)
    price = np.minimum(np.maximum(those.sum(those.belief) / traders, least), most)
    low, high, shift = least, most, np.full_like(price, np.inf)
    for _ in range(MOST_STEPS):
        near = NEAR * np.maximum(price, 1.0)
        searching = ~found & (high - low > near)
        if not searching.any():
            break
        excess, slope = those.excess(price)
        beyond = ((price == least) & (excess < 0)) | ((price == most) & (excess > 0))
        here = searching & ((excess == 0) | beyond)
        low, high = (
            np.where(searching & (excess > 0), price, low),
            np.where(searching & (excess <= 0), price, high),
        )
        far = np.copysign(np.full_like(price, np.inf), -excess)
        newton = price - np.divide(excess, slope, out=far, where=np.asarray(slope < 0))
        newton = np.minimum(np.maximum(newton, least), most)
        close = searching & (np.abs(newton - price) <= near)
        answer = np.where(here, price, np.where(close, newton, answer))
        found = found | here | close
        helps = (low <= newton) & (newton <= high) & (np.abs(newton - price) <= shift / 2)
        better = np.where(helps, newton, (low + high) / 2)
        moving = searching & ~(here | close)
        shift = np.where(moving, np.abs(better - price), shift)
        price = np.where(moving, better, price)
    if not found.all():
        beside = np.where(those.volume(low) >= those.volume(high), low, high)
        answer = np.where(found, answer, beside)
    return answer
