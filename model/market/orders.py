"""Schedules of those who take part in a market: what they bid and offer at any price."""

from dataclasses import dataclass

import numpy as np

from model.abatement.price_of_relief import price_of_relief
from model.abatement.supply import AbatementSupply
from model.arrays import (
    AnyFloats,
    BetweenCities,
    ByCity,
    ByCityLever,
    Indices,
    Vector,
)


@dataclass(frozen=True, slots=True)
class Orders:
    """The schedules of all who take part, one row each."""

    rows: Indices
    """Positions among all cities; (c,)."""
    cities: int
    """Number of all cities."""
    supply: AbatementSupply
    need: ByCity
    """Need less what effort outside the market takes off it, t; (c,)."""
    price_of_need: ByCity
    """Price at which own abatement meets the need before others' effort, CNY/t; (c,)."""
    belief: ByCity
    """Expected price, CNY/t; (c,)."""
    fine: ByCity
    """Expected fine for a found tonne, CNY/t; (c,)."""
    worth: ByCity
    """Worth of a banked tonne, CNY/t; (c,)."""
    tau: float
    """τ, CNY/t."""
    others_effort: BetweenCities | None
    """As in the book, among participants; None where nobody spares anybody anything."""

    def among_all(self, values: Vector) -> AnyFloats:
        """Return values of participants among those of all cities, zero elsewhere; (c,)."""
        spread = np.zeros(self.cities)
        spread[self.rows] = values
        return spread

    def need_at(self, price: float) -> ByCity:
        """Return need less the relief that others' effort at this price brings, t; (c,)."""
        if self.others_effort is None:
            return self.need
        step = self.supply.step(np.full_like(self.need, price))
        relief: ByCity = self.supply.effort_of(step) @ self.others_effort
        return self.need - relief

    def orders(self, price: float) -> tuple[ByCity, ByCity]:
        """Return bids and offers at a price, t, both non-negative; (c,) each.

        A buyer abates while that is cheaper than price + τ, a seller while it pays at price − τ;
        nobody bids where price + τ exceeds the fine it expects, nobody sells below τ. Quota in hand
        is offered rising from none at 0.9 to all at 1.1 of a banked tonne's worth.
        """
        need = self.need_at(price)
        return self._orders_of(need, price, self._relief(need, price))

    def bids(self, price: float) -> ByCity:
        """Return bids alone at a price, t; (c,)."""
        buying = self.supply.relief(np.full_like(self.need, price + self.tau))
        return self._bid(self.need_at(price), price, buying)

    def excess(self, price: float) -> tuple[float, float]:
        """Return demand less supply at a price, t, and its slope there, t per CNY/t."""
        need = self.need_at(price)
        relief = self._relief(need, price)
        bid, offer = self._orders_of(need, price, relief)
        fall, rise = relief.fall, relief.rise
        rise = rise + share_per_price(price, self.worth) * np.maximum(-need, 0.0)
        if self.others_effort is not None:
            spared = self._spared_per_price(price, self.others_effort)
            fall = fall + spared
            rise += spared * np.where(need > 0, 1.0, offered_share(price, self.worth))
        slope = float(fall @ (bid > 0) + rise @ (offer > 0))
        return float(bid.sum() - offer.sum()), -slope

    def _relief(self, need: ByCity, price: float) -> "Relief":
        """Return the relief of buyers and of sellers at a price.

        Where nobody spares anybody anything, the price of its need tells on which side a city
        stands, and that it neither buys nor sells while the price ± τ encloses it.
        """
        cost, revenue = price + self.tau, max(price - self.tau, 0.0)
        if self.others_effort is None:
            meeting = self.price_of_need
            dR, rate = self.supply.response(np.minimum(np.maximum(meeting, revenue), cost))
            alone = (revenue < meeting) & (meeting < cost)
            relief, per_price = self.supply.relief_of(dR), self.supply.relief_of(rate)
            relief = np.where(alone, need, relief)
            return Relief(relief, relief, per_price, per_price)
        dR, rate = self.supply.response(np.array([[cost], [revenue]]))
        return Relief(*self.supply.relief_of(dR), *self.supply.relief_of(rate))

    def _orders_of(self, need: ByCity, price: float, relief: "Relief") -> tuple[ByCity, ByCity]:
        bid = self._bid(need, price, relief.buying)
        if price < self.tau:
            return bid, np.zeros_like(bid)
        offer = np.maximum(relief.selling - np.maximum(need, 0.0), 0.0)
        offer += offered_share(price, self.worth) * np.maximum(-need, 0.0)
        return bid, offer

    def _bid(self, need: ByCity, price: float, buying: ByCity) -> ByCity:
        bid: ByCity = np.maximum(need - buying, 0.0)
        bid *= price + self.tau <= self.fine
        return bid

    def _spared_per_price(self, price: float, others_effort: BetweenCities) -> ByCity:
        """Return how the relief that others' effort brings rises with the price; (c,)."""
        _, rate = self.supply.response(np.full_like(self.need, price))
        spared: ByCity = self.supply.effort_of(rate) @ others_effort
        return spared

    def volume(self, price: float) -> float:
        """Return what can change hands at a price, t."""
        return min(float(orders.sum()) for orders in self.orders(price))

    def abatement(self, price: float, *, selling: bool) -> ByCityLever:
        """Return what each abates once the price is known, 1; (c, m).

        Buyers up to price + τ or the fine, others for their own need up to the fine; sellers down
        to price − τ, whatever their fine, for they have sold what that takes off.
        """
        least = max(price - self.tau, 0.0) if selling else 0.0
        most = np.minimum(price + self.tau, self.fine)
        meeting = self.price_of_need
        if self.others_effort is not None:
            meeting = price_of_relief(self.supply, self.need_at(price))
        return self.supply.step(np.where(meeting <= least, least, np.minimum(meeting, most)))


@dataclass(frozen=True, slots=True)
class Relief:
    """Liability that abatement takes off at a price, t, and how it moves with it; (c,) each."""

    buying: ByCity
    """Of a city while it bids, t."""
    selling: ByCity
    """Of a city while it offers, t."""
    fall: ByCity
    """Fall of a bid with the price, t per CNY/t."""
    rise: ByCity
    """Rise of an offer with the price, t per CNY/t."""


def offered_share(price: AnyFloats | float, worth: Vector) -> AnyFloats:
    """Return the share of a surplus on offer: none at 0.9 of a banked tonne's worth, all at 1.1.

    What cannot be banked is worth nothing and is all on offer.
    """
    share = price / np.maximum(worth, 1e-9)
    share -= 0.9
    share *= 5.0
    return np.minimum(np.maximum(share, 0.0, out=share), 1.0, out=share)


def share_per_price(price: float, worth: Vector) -> Vector:
    """Return how the share of a surplus on offer rises with the price, 1 per CNY/t."""
    rising = (0.9 * worth < price) & (price < 1.1 * worth)
    return np.divide(5.0, worth, out=np.zeros_like(worth), where=rising)
