"""Schedules of those who take part in a market: what they bid and offer at any price."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from model.abatement.price_of_relief import price_of_relief
from model.abatement.supply import AbatementSupply
from model.arrays import (
    AnyFloats,
    BetweenCities,
    ByCity,
    ByCityLever,
    Cities,
    Indices,
    Number,
    Vector,
    Yes,
)
from model.runs import total


@dataclass(frozen=True)
class Orders:
    """The schedules of the n who take part, one row each."""

    rows: Indices
    """Positions among all cities, which count on from one run to the next; (n,)."""
    shape: tuple[int, ...]
    """Shape of an array of all cities."""
    supply: AbatementSupply
    need: Vector
    """Need less what effort outside the market takes off it, t; (n,)."""
    price_of_need: Vector
    """Price at which own abatement meets the need before others' effort, CNY/t; (n,)."""
    belief: Vector
    """Expected price, CNY/t; (n,)."""
    fine: Vector
    """Expected fine for a found tonne, CNY/t; (n,)."""
    worth: Vector
    """Worth of a banked tonne, CNY/t; (n,)."""
    tau: Number
    """τ, CNY/t."""
    others_effort: BetweenCities | None
    """As in the book; None where nobody spares anybody anything."""

    @cached_property
    def run(self) -> Indices:
        """Run of each participant; (n,)."""
        return self.rows // self.shape[-1]

    def at(self, number: Number | Yes) -> Any:
        """Return the number of each participant's run."""
        if isinstance(number, np.ndarray) and number.ndim > 1:
            return number[self.run, 0]
        return number

    def among_all(self, values: Vector) -> ByCity:
        """Return values of participants among those of all cities, zero elsewhere; (c,)."""
        spread = np.zeros(self.shape)
        spread.ravel()[self.rows] = values
        return spread

    def sum(self, values: Vector) -> Number:
        """Return the sum over the participants of each run."""
        return total(self.among_all(values))

    def need_at(self, price: Number) -> Vector:
        """Return need less the relief that others' effort at this price brings, t; (n,)."""
        if self.others_effort is None:
            return self.need
        step = self.supply.step(np.broadcast_to(self.at(price), self.need.shape))
        return self.need - self._spared(self.supply.effort_of(step), self.others_effort)

    def _spared(self, effort: Vector, others_effort: BetweenCities) -> Vector:
        """Return what the effort of all participants spares each, t; (n,)."""
        spared = np.vecmat(self.among_all(effort), others_effort)
        return spared.ravel()[self.rows]

    def orders(self, price: Number) -> tuple[Vector, Vector]:
        """Return bids and offers at a price, t, both non-negative; (n,) each.

        A buyer abates while that is cheaper than price + τ, a seller while it pays at price − τ;
        nobody bids where price + τ exceeds the fine it expects, nobody sells below τ. Quota in hand
        is offered rising from none at 0.9 to all at 1.1 of a banked tonne's worth.
        """
        need, here = self.need_at(price), self.at(price)
        return self._orders_of(need, here, self._relief(need, here))

    def bids(self, price: Number) -> Vector:
        """Return bids alone at a price, t; (n,)."""
        here = self.at(price)
        buying = self.supply.relief(np.broadcast_to(here + self.at(self.tau), self.need.shape))
        return self._bid(self.need_at(price), here, buying)

    def excess(self, price: Number) -> tuple[Number, Number]:
        """Return demand less supply at a price, t, and its slope there, t per CNY/t."""
        need, here = self.need_at(price), self.at(price)
        relief = self._relief(need, here)
        bid, offer = self._orders_of(need, here, relief)
        fall, rise = relief.fall, relief.rise
        rise = rise + share_per_price(here, self.worth) * np.maximum(-need, 0.0)
        if self.others_effort is not None:
            spared = self._spared_per_price(here, self.others_effort)
            fall = fall + spared
            rise += spared * np.where(need > 0, 1.0, offered_share(here, self.worth))
        slope = self.sum(fall * (bid > 0) + rise * (offer > 0))
        return self.sum(bid - offer), -slope

    def _relief(self, need: Vector, price: AnyFloats | float) -> "Relief":
        """Return the relief of buyers and of sellers at a price.

        Where nobody spares anybody anything, the price of its need tells on which side a city
        stands, and that it neither buys nor sells while the price ± τ encloses it.
        """
        tau = self.at(self.tau)
        cost, revenue = price + tau, np.maximum(price - tau, 0.0)
        if self.others_effort is None:
            meeting = self.price_of_need
            dR, rate = self.supply.response(np.minimum(np.maximum(meeting, revenue), cost))
            alone = (revenue < meeting) & (meeting < cost)
            relief, per_price = self.supply.relief_of(dR), self.supply.relief_of(rate)
            relief = np.where(alone, need, relief)
            return Relief(relief, relief, per_price, per_price)
        both = np.stack([np.atleast_1d(cost), np.atleast_1d(revenue)])
        dR, rate = self.supply.response(both)
        return Relief(*self.supply.relief_of(dR), *self.supply.relief_of(rate))

    def _orders_of(
        self, need: Vector, price: AnyFloats | float, relief: "Relief"
    ) -> tuple[Vector, Vector]:
        bid = self._bid(need, price, relief.buying)
        offer = np.maximum(relief.selling - np.maximum(need, 0.0), 0.0)
        offer += offered_share(price, self.worth) * np.maximum(-need, 0.0)
        offer *= price >= self.at(self.tau)
        return bid, offer

    def _bid(self, need: Vector, price: AnyFloats | float, buying: Vector) -> Vector:
        bid: Vector = np.maximum(need - buying, 0.0)
        bid *= price + self.at(self.tau) <= self.fine
        return bid

    def _spared_per_price(self, price: AnyFloats | float, others_effort: BetweenCities) -> Vector:
        """Return how the relief that others' effort brings rises with the price; (n,)."""
        _, rate = self.supply.response(np.broadcast_to(price, self.need.shape))
        return self._spared(self.supply.effort_of(rate), others_effort)

    def volume(self, price: Number) -> Number:
        """Return what can change hands at a price, t."""
        bid, offer = self.orders(price)
        return np.minimum(self.sum(bid), self.sum(offer))

    def abatement(
        self, price: Number, bought: Vector, sold: Vector, rationed: Cities
    ) -> ByCityLever:
        """Return what each abates once the price is known, and what it bought and sold, 1; (c, m).

        Buyers up to price + τ or the fine, others for their own need up to the fine; sellers down
        to price − τ, whatever their fine, for they have sold what that takes off. Who could not
        trade all it wanted abates to what its trade leaves it to meet: a buyer up to the fine, a
        seller for what it sold beyond the surplus that it offered.
        """
        here, tau = self.at(price), self.at(self.tau)
        least = np.maximum(here - tau, 0.0)
        most = np.minimum(here + tau, self.fine)
        need, meeting = self.need, self.price_of_need
        if self.others_effort is not None:
            need = self.need_at(price)
            meeting = price_of_relief(self.supply, need)
        at = np.where(meeting <= least, least, np.minimum(meeting, most))
        those = np.flatnonzero(rationed)
        if those.size:
            surplus = offered_share(here, self.worth) * np.maximum(-need, 0.0)
            left = np.maximum(need, 0.0) - bought + np.maximum(sold - surplus, 0.0)
            met = price_of_relief(self.supply.rows(those), np.maximum(left, 0.0)[those])
            at[those] = np.minimum(met, np.where(meeting <= least, least, self.fine)[those])
        return self.supply.step(at)


@dataclass(frozen=True, slots=True)
class Relief:
    """Liability that abatement takes off at a price, t, and how it moves with it; (n,) each."""

    buying: Vector
    """Of a city while it bids, t."""
    selling: Vector
    """Of a city while it offers, t."""
    fall: Vector
    """Fall of a bid with the price, t per CNY/t."""
    rise: Vector
    """Rise of an offer with the price, t per CNY/t."""


def offered_share(price: AnyFloats | float, worth: Vector) -> AnyFloats:
    """Return the share of a surplus on offer: none at 0.9 of a banked tonne's worth, all at 1.1.

    What cannot be banked is worth nothing and is all on offer.
    """
    share = price / np.maximum(worth, 1e-9)
    share -= 0.9
    share *= 5.0
    return np.minimum(np.maximum(share, 0.0, out=share), 1.0, out=share)


def share_per_price(price: AnyFloats | float, worth: Vector) -> Vector:
    """Return how the share of a surplus on offer rises with the price, 1 per CNY/t."""
    rising = (0.9 * worth < price) & (price < 1.1 * worth)
    return np.divide(5.0, worth, out=np.zeros_like(worth), where=rising)
