"""The auction: the regulator sells part of the cap by sealed bids at one price."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from model.arrays import ByCity, Vector
from model.behaviour.outlook import Outlook
from model.market.exchange import Book
from model.market.orders import Orders

MOST_PRICE = 1e12
"""Price above which nobody looks for one, CNY/t."""
PRECISION = 2e-10
"""Of the price, or of one CNY/t: how far beside it bids are told from those that end there."""


@dataclass(frozen=True, slots=True)
class Sale:
    """Price and purchases of an auction."""

    price: float
    """Uniform price, CNY/t; not a number where nothing was sold."""
    bought: Vector
    """Purchase of each bidder, t."""
    short: Vector
    """Bid of each at the price that was not served, t."""


Bids = Callable[[float], Vector]
"""Bid of each bidder at a price, t; never more at a higher price."""


@dataclass(frozen=True, slots=True)
class CityBids:
    """The bids of cities: first what each needs this year, then what each wants to bank."""

    book: Book
    """Of all who mean to comply."""
    those: Orders
    """The same, ready to be asked at many prices."""
    limit: ByCity
    """Highest price each bids for this year's need, CNY/t; (c,)."""

    def __call__(self, price: float) -> Vector:
        """Return bids at a price, t; needs of all cities, then their banks; (2c,)."""
        needed = self.those.among_all(self.those.bids(price))
        needed = np.where(price <= self.limit, needed, 0.0)
        banked = np.where(self.book.trading, wanted_bank(self.book.outlook, price), 0.0)
        return np.concatenate([needed, banked])


def wanted_bank(outlook: Outlook, price: float) -> ByCity:
    """Return what a city still wants to bank at a price, t; (c,).

    The worth of a banked tonne falls from β p_e (1 − risk) with an empty bank to zero at the bank
    limit; a city buys until it is worth price + τ. A surplus counts as banked already.
    """
    terms = outlook.terms
    limit = terms.bank_limit * outlook.expected
    worth = terms.discount * outlook.later_price * (1.0 - terms.risk)
    dear = np.divide(
        price + terms.transaction_cost, worth, out=np.ones_like(worth), where=worth > 0
    )
    return np.maximum(limit * np.maximum(1.0 - dear, 0.0) - np.maximum(-outlook.need, 0.0), 0.0)


def auction(bids: Bids, supply: int, lowest: float, highest: float) -> Sale:
    """Return the sale of up to `supply` t at one price within [lowest, highest], CNY/t.

    Uniform-price sealed-bid auction (Krishna 2010, chapter 12): the price is the highest at which
    more than the supply is asked for, or the lowest if none is. Bids that stand above the price
    are served in full, those that end at it share what is left pro rata, so that no other division
    has a larger surplus.
    """
    bid = above = bids(lowest)
    price = lowest
    if bid.sum() > supply and lowest < highest:
        price, bid, above = _last_scarce(bids, supply, lowest, highest)
    sure, marginal = float(above.sum()), float((bid - above).sum())
    if sure >= supply:
        bought = above * (supply / sure if sure > 0 else 0.0)
    else:
        share = min((supply - sure) / marginal, 1.0) if marginal > 0 else 0.0
        bought = above + (bid - above) * share
    return Sale(price if bought.sum() > 0.5 else float("nan"), bought, bid - bought)


def _last_scarce(
    bids: Bids, supply: int, lowest: float, highest: float
) -> tuple[float, Vector, Vector]:
    """Return the highest price at which more than the supply is asked for, bids at and above it."""
    low, high = lowest, max(2 * lowest, 1.0)
    while bids(min(high, highest)).sum() > supply:
        if high >= highest or high > MOST_PRICE:
            last = min(high, highest)
            return last, bids(last), bids(last)
        low, high = high, 2 * high
    price = brentq(
        lambda price: float(bids(price).sum()) - supply or -0.5,  # just enough is not scarce
        low,
        min(high, highest),
        xtol=PRECISION / 4,
        maxiter=1000,
    )
    beside = PRECISION * max(price, 1.0)
    low, high = max(price - beside, lowest), min(price + beside, highest)
    return low, bids(low), bids(high)
