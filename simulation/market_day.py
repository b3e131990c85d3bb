"""The market day: abatement, purchases, sales and payments."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity, ByCityLever, Cities, Count, Number, Tonnes
from model.runs import tonnes


@dataclass(frozen=True, slots=True)
class Auctioned:
    """Quota that the regulator sold before the market opened."""

    needed: Tonnes
    """Bought by each city for this year's need, whole tonnes; (c,)."""
    banked: Tonnes
    """Bought by each city for its bank, whole tonnes; (c,)."""
    price: float
    """CNY/t; not a number where nothing was sold."""
    rationed: Cities
    """Cities that bid for their need at the price and got less; (c,)."""

    @property
    def tonnes(self) -> Tonnes:
        """Bought by each city, whole tonnes; (c,)."""
        return self.needed + self.banked

    @property
    def payment(self) -> ByCity:
        """Payment of each city to the budget, CNY; (c,)."""
        return self.tonnes * (0.0 if np.isnan(self.price) else self.price)


@dataclass(frozen=True, slots=True)
class MarketDay:
    """Trades and abatement of all cities on the market day."""

    dR: ByCityLever
    """Step of abatement, 1; (c, m)."""
    net_purchase: Tonnes
    """Bought (positive) or sold after the auction, whole tonnes; (c,)."""
    auctioned: Tonnes
    """Bought on auction, whole tonnes; (c,)."""
    turnover: Tonnes
    """Bought and sold in all, whole tonnes; (c,)."""
    payment: ByCity
    """Paid less received, without transaction cost, CNY; (c,)."""
    price: Number
    """Volume-weighted mean price, CNY/t; not a number where nothing was traded."""
    spread: Number
    """Volume-weighted standard deviation of the price, CNY/t; not a number likewise."""
    seen: ByCity
    """Price that each city learns of, CNY/t; not a number if none; (c,)."""
    ordered: Cities
    """Cities with an order in the book, or a bilateral deal."""
    rationed_buyers: Cities
    rationed_sellers: Cities
    auction_revenue: Number = 0.0
    """CNY."""
    reserve_revenue: Number = 0.0
    """Of the market reserve, CNY; negative where it bought."""

    @property
    def released(self) -> Count:
        """Sold (positive) or bought by the market reserve, t."""
        return tonnes(self.net_purchase)

    @property
    def volume(self) -> Number:
        """Volume that changed hands, each deal counted once, t."""
        regulator = tonnes(self.auctioned) + np.abs(self.released)
        return (tonnes(self.turnover) + regulator) / 2


def nothing_traded(dR: ByCityLever) -> MarketDay:
    """Return the day of a market where nobody met, and all abate on their own."""
    none = np.zeros(dR.shape[:-1], dtype=np.int64)
    nobody = none > 0
    nan = np.full((*none.shape[:-1], 1), np.nan) if none.ndim > 1 else float("nan")
    return MarketDay(
        dR=dR,
        net_purchase=none,
        auctioned=none,
        turnover=none,
        payment=np.zeros(none.shape),
        price=nan,
        spread=nan,
        seen=np.broadcast_to(nan, none.shape),
        ordered=nobody,
        rationed_buyers=nobody,
        rationed_sellers=nobody,
    )
