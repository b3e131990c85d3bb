"""The exchange: sealed schedules, one clearing price (uniform-price double auction)."""

from dataclasses import dataclass

import numpy as np

from model.arrays import BetweenCities, ByCity, ByCityLever, Cities, Number, Tonnes, Vector
from model.behaviour.outlook import Outlook
from model.market.crossing import crossing
from model.market.market_reserve import NO_BACKSTOP, Backstop
from model.market.orders import Orders
from model.quota.whole_tonnes import whole_tonnes
from model.runs import either, share, some, tonnes, total, whole

LEAST_ORDER = 0.5
"""Orders below half a tonne count as none: quota comes in whole tonnes."""
BESIDE = 1e-6
"""Distance above the price at which a bid still stands that does not end at it, CNY/t."""


@dataclass(frozen=True, slots=True)
class Clearing:
    """Price, purchases and abatement that a market day ends with."""

    price: Number
    """Clearing price, CNY/t; not a number where nothing changed hands."""
    net_purchase: ByCity
    """Bought (positive) or sold, t; (c,)."""
    ordered: Cities
    """Cities with an order at the clearing price; (c,)."""
    rationed_buyers: Cities
    rationed_sellers: Cities
    dR: ByCityLever
    """Abatement of the participants, at the price or, rationed, by their trade, 1; (c, m)."""
    released: Number = 0.0
    """Sold (positive) or bought by the market reserve, t."""

    def in_whole_tonnes(self, held: Tonnes) -> Tonnes:
        """Return net purchases in whole tonnes; nobody sells what it does not hold; (c,).

        Their sum is what the market reserve sells or, if negative, buys.
        """
        bought = np.maximum(self.net_purchase, 0.0)
        sold = np.maximum(-self.net_purchase, 0.0)
        released = whole(np.maximum(self.released, 0.0))
        withheld = whole(np.maximum(-self.released, 0.0))
        busy = (total(bought) >= 1.0) | (withheld > 0)
        offered = whole(np.rint(np.maximum(total(bought) - self.released, 0.0))) * busy
        sales = np.minimum(whole_tonnes(offered, sold), held)
        passed_on = np.maximum(tonnes(sales) - withheld, 0) + released
        return whole_tonnes(passed_on * busy * some(bought), bought) - sales


@dataclass(frozen=True, slots=True)
class Book:
    """Schedules of all who take part; others have no orders."""

    outlook: Outlook
    trading: Cities
    others_effort: BetweenCities | None
    """ω·C[r,s]/D_pba[r] off the diagonal: tonnes that s is spared per tonne r abates, 1; (r, s).
    None under producer responsibility: nobody's effort spares anybody else anything."""
    effort_elsewhere: ByCity
    """Tonnes that cities outside the market abate this year; (c,)."""

    def orders(self, price: Number) -> tuple[ByCity, ByCity]:
        """Return bids and offers at a price, t, both non-negative; (c,) each."""
        those = self.traders()
        bid, offer = those.orders(price)
        return those.among_all(bid), those.among_all(offer)

    def traders(self) -> Orders:
        """Return the schedules of those who take part, ready to be asked at many prices."""
        rows, outlook = np.flatnonzero(self.trading), self.outlook
        need, spared = outlook.need + outlook.awaited, self.others_effort
        if spared is not None:
            need = need - np.vecmat(self.effort_elsewhere, spared)

        def of_traders(values: ByCity) -> Vector:
            if values.shape != self.trading.shape:
                values = np.broadcast_to(values, self.trading.shape)
            return values.take(rows)

        return Orders(
            rows=rows,
            shape=self.trading.shape,
            supply=outlook.supply.rows(rows),
            need=of_traders(need),
            price_of_need=of_traders(outlook.price_of_need),
            belief=of_traders(outlook.belief),
            fine=of_traders(outlook.fine),
            worth=of_traders(outlook.banked_worth),
            tau=outlook.terms.transaction_cost,
            others_effort=spared,
        )


def served(volume: Number, above: ByCity, bid: ByCity) -> ByCity:
    """Return what each bidder gets of a volume: what stands above the price first, then the rest.

    Pro rata within either; all in t.
    """
    sure, everything = total(above), total(bid)
    first, rest = share(np.minimum(volume, sure), sure), everything - sure
    then = share(np.maximum(volume - sure, 0.0), rest)
    return above * first + (bid - above) * then


def clear(book: Book, floor: Number, ceiling: Number, backstop: Backstop = NO_BACKSTOP) -> Clearing:
    """Return the price that maximises min(demand, supply), and who trades what at it.

    The long side is rationed pro rata; where bids end at the price, those that stand above it are
    served first, so that no other division has a larger surplus. The price stays within the collar
    [floor, ceiling] and not below τ, at which nobody would sell; where it binds, the market reserve
    may step in. What participants abate, they abate at that price; who is rationed abates to what
    it bought or sold, so that without any buyer nobody abates in order to sell.
    """
    those = book.traders()
    price = crossing(those, floor, ceiling)
    bid, offer = those.orders(price)
    bid, offer = those.among_all(bid), those.among_all(offer)
    demand, supply = total(bid), total(offer)
    lowest = np.maximum(floor, those.tau) * (floor > 0)
    released = backstop.released(demand - supply, price, lowest, ceiling)
    supplied, withheld = np.maximum(released, 0.0), np.maximum(-released, 0.0)
    volume = np.minimum(demand + withheld, supply + supplied)
    traded = volume >= 1.0
    volume = volume * traded
    tolerance = 1e-6 * np.maximum(volume, 1.0)
    scarce = demand + withheld - volume > tolerance
    above, beside = bid, scarce & (price < ceiling)
    if np.any(beside):
        above = np.where(beside, those.among_all(those.orders(price + BESIDE)[0]), bid)
    bought = served(volume - withheld, above, bid)
    sold = offer * share(volume - supplied, supply)
    missed = (bid - bought > 1e-6 * bid) & scarce
    left = (offer - sold > 1e-6 * offer) & (supply + supplied - volume > tolerance)
    trade = (values.ravel()[those.rows] for values in (bought, sold, missed | left))
    dR = np.zeros_like(book.outlook.trend)
    dR.reshape(-1, dR.shape[-1])[those.rows] = those.abatement(price, *trade)
    return Clearing(
        price=either(traded, price, float("nan")),
        net_purchase=bought - sold,
        ordered=bid + offer >= LEAST_ORDER,
        rationed_buyers=missed & (bid >= LEAST_ORDER),
        rationed_sellers=left & (offer >= LEAST_ORDER),
        dR=dR,
        released=either(traded, released, 0.0),
    )
