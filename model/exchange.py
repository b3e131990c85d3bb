"""The exchange: sealed schedules, one clearing price (uniform-price double auction)."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from model.arrays import BetweenCities, ByCity, ByCityLever, Cities, Tonnes, Vector
from model.market_reserve import NO_BACKSTOP, Backstop
from model.outlook import Outlook
from model.whole_tonnes import whole_tonnes


@dataclass(frozen=True, slots=True)
class Clearing:
    """What a market day ends with."""

    price: float
    """Clearing price, CNY/t; not a number where nothing changed hands."""
    net_purchase: ByCity
    """Bought (positive) or sold, t; (c,)."""
    ordered: Cities
    """Who had an order at the clearing price; (c,)."""
    rationed_buyers: Cities
    rationed_sellers: Cities
    dR: ByCityLever
    """Abatement of the participants at the clearing price, 1; (c, g)."""
    released: float = 0.0
    """Sold (positive) or bought by the market reserve, t."""

    def in_whole_tonnes(self, held: Tonnes) -> Tonnes:
        """Return net purchases in whole tonnes; nobody sells what it does not hold; (c,).

        Their sum is what the market reserve sells or, if negative, buys.
        """
        bought = np.maximum(self.net_purchase, 0.0)
        sold = np.maximum(-self.net_purchase, 0.0)
        released, withheld = int(max(self.released, 0.0)), int(max(-self.released, 0.0))
        offered = round(max(float(bought.sum()) - self.released, 0.0))
        if bought.sum() < 1.0 and withheld == 0:
            return np.zeros_like(held)
        nothing = np.zeros_like(held)
        sales = np.minimum(whole_tonnes(offered, sold), held) if offered else nothing
        passed_on = max(int(sales.sum()) - withheld, 0) + released
        return (whole_tonnes(passed_on, bought) if bought.any() else nothing) - sales


@dataclass(frozen=True, slots=True)
class Book:
    """Schedules of all who take part; others have no orders."""

    outlook: Outlook
    trading: Cities
    others_effort: BetweenCities
    """ω·C[r,s]/D_pba[r] off the diagonal: tonnes that s is spared per tonne r abates, 1; (r, s)."""
    effort_elsewhere: ByCity
    """Tonnes that cities outside the market abate this year; (c,)."""

    def relief(self, price: ByCity) -> ByCity:
        """Return what the participants' abatement at a price takes off their own liability, t."""
        return self.outlook.supply.relief(price)

    def need_at(self, price: float) -> ByCity:
        """Return need less the relief that others' effort at this price brings, t; (c,)."""
        if not self.others_effort.any():
            return self.outlook.need
        at_price = np.full_like(self.outlook.need, price)
        step = self.outlook.supply.step(at_price)
        effort = np.where(self.trading, self.outlook.supply.effort_of(step), 0.0)
        relief: ByCity = (effort + self.effort_elsewhere) @ self.others_effort
        return self.outlook.need - relief

    def orders(self, price: float) -> tuple[ByCity, ByCity]:
        """Return bids and offers at a price, t, both non-negative; (c,) each.

        A buyer abates while that is cheaper than price + τ, a seller while it pays at price − τ;
        nobody bids where price + τ exceeds the fine it
        expects, nobody sells below τ. Quota in hand is offered rising from half at
        0.9 to all at 1.1 of a banked tonne's worth.
        """
        outlook, terms = self.outlook, self.outlook.terms
        tau = terms.transaction_cost
        ones = np.ones_like(outlook.need)
        need = self.need_at(price)
        fine = terms.fine(outlook.belief)
        bid = np.maximum(need - self.relief(ones * (price + tau)), 0.0)
        bid = np.where(self.trading & (price + tau <= fine), bid, 0.0)
        spare = np.maximum(self.relief(ones * max(price - tau, 0.0)) - np.maximum(need, 0.0), 0.0)
        share = offered_share(ones * price, outlook.banked_worth)
        offer = spare + share * np.maximum(-need, 0.0)
        offer = np.where(self.trading & (price >= tau), offer, 0.0)
        return bid, offer


def offered_share(price: Vector, worth: Vector) -> Vector:
    """Return the share of a surplus on offer: half at 0.9 of a banked tonne's worth, all at 1.1."""
    worth = np.maximum(worth, 1e-9)
    return np.clip(0.5 + 0.5 * (price / worth - 0.9) / 0.2, 0.5, 1.0)


def clear(book: Book, floor: float, ceiling: float, backstop: Backstop = NO_BACKSTOP) -> Clearing:
    """Return the price that maximises min(demand, supply), and who trades what at it.

    The long side is rationed pro rata. The price stays within the collar [floor, ceiling] and
    not below τ, at which nobody would sell; where it binds, the market reserve may step in. What
    participants abate, they abate at that price; without any buyer nobody abates in order to sell.
    """
    price = _crossing(book, floor, ceiling)
    bid, offer = book.orders(price)
    released = backstop.released(float(bid.sum() - offer.sum()), price, floor, ceiling)
    supplied, withheld = max(released, 0.0), max(-released, 0.0)
    volume = min(float(bid.sum()) + withheld, float(offer.sum()) + supplied)
    bought = bid * ((volume - withheld) / bid.sum() if bid.sum() > 0 else 0.0)
    sold = offer * ((volume - supplied) / offer.sum() if offer.sum() > 0 else 0.0)
    tolerance = 1e-6 * max(volume, 1.0)
    traded = volume >= 1.0
    return Clearing(
        price=price if traded else float("nan"),
        net_purchase=bought - sold,
        ordered=(bid > 0) | (offer > 0),
        rationed_buyers=(bid > 0) & (bid.sum() + withheld - volume > tolerance),
        rationed_sellers=(offer > 0) & (offer.sum() + supplied - volume > tolerance),
        dR=_abatement(book, price, selling=bool(bid.any()) or withheld > 0),
        released=released if traded else 0.0,
    )


def _abatement(book: Book, price: float, *, selling: bool) -> ByCityLever:
    outlook, tau = book.outlook, book.outlook.terms.transaction_cost
    ones = np.ones_like(outlook.need)
    fine = outlook.terms.fine(outlook.belief)
    marginal = outlook.supply.price_of(
        book.need_at(price),
        ones * (max(price - tau, 0.0) if selling else 0.0),
        np.minimum(price + tau, fine),
    )
    step = outlook.supply.step(marginal)
    return np.where(book.trading[:, None], step, 0.0)


def _crossing(book: Book, floor: float, ceiling: float) -> float:
    def excess(price: float) -> float:
        bid, offer = book.orders(price)
        return float(bid.sum() - offer.sum())

    def volume(price: float) -> float:
        return min(float(orders.sum()) for orders in book.orders(price))

    low = max(floor, book.outlook.terms.transaction_cost)
    if ceiling <= low or excess(low) <= 0:
        return min(low, ceiling)
    high = 2 * max(low, book.outlook.terms.reference_price)
    while high < ceiling and excess(high) > 0 and high < 1e5:
        high *= 2
    high = min(high, ceiling)
    if excess(high) >= 0:
        return high
    root = float(brentq(excess, low, high, xtol=1e-9, rtol=1e-12))
    beside = max((root - 1e-6, root + 1e-6), key=volume)
    at_a_step = volume(beside) > 1.00001 * volume(root) + 1.0
    return beside if at_a_step else root
