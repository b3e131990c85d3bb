"""The exchange: sealed schedules, one clearing price (uniform-price double auction)."""

from dataclasses import dataclass

import numpy as np

from model.arrays import BetweenCities, ByCity, ByCityLever, Cities, Tonnes, Vector
from model.behaviour.outlook import Outlook
from model.market.market_reserve import NO_BACKSTOP, Backstop
from model.market.orders import Orders
from model.quota.whole_tonnes import whole_tonnes

LEAST_ORDER = 0.5
"""Orders below half a tonne count as none: quota comes in whole tonnes."""
NEAR = 1e-9
"""Distance at which prices count as one: of a yuan, or of a price above that."""
MOST_STEPS = 400
"""Steps after which the bracket of any two prices has closed: some 60 halvings and their trials."""
BESIDE = 1e-6
"""Distance above the price at which a bid still stands that does not end at it, CNY/t."""


@dataclass(frozen=True, slots=True)
class Clearing:
    """Price, purchases and abatement that a market day ends with."""

    price: float
    """Clearing price, CNY/t; not a number where nothing changed hands."""
    net_purchase: ByCity
    """Bought (positive) or sold, t; (c,)."""
    ordered: Cities
    """Cities with an order at the clearing price; (c,)."""
    rationed_buyers: Cities
    rationed_sellers: Cities
    dR: ByCityLever
    """Abatement of the participants at the clearing price, 1; (c, m)."""
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
    others_effort: BetweenCities | None
    """ω·C[r,s]/D_pba[r] off the diagonal: tonnes that s is spared per tonne r abates, 1; (r, s).
    None under producer responsibility: nobody's effort spares anybody else anything."""
    effort_elsewhere: ByCity
    """Tonnes that cities outside the market abate this year; (c,)."""

    def orders(self, price: float) -> tuple[ByCity, ByCity]:
        """Return bids and offers at a price, t, both non-negative; (c,) each."""
        those = self.traders()
        bid, offer = those.orders(price)
        return those.among_all(bid), those.among_all(offer)

    def traders(self) -> Orders:
        """Return the schedules of those who take part, ready to be asked at many prices."""
        rows, outlook = np.flatnonzero(self.trading), self.outlook
        need, spared = outlook.need + outlook.awaited, self.others_effort
        if spared is not None:
            need = need - self.effort_elsewhere @ spared
        return Orders(
            rows=rows,
            cities=self.trading.size,
            supply=outlook.supply.rows(rows),
            need=need[rows],
            price_of_need=outlook.price_of_need[rows],
            belief=outlook.belief[rows],
            fine=outlook.fine[rows],
            worth=outlook.banked_worth[rows],
            tau=outlook.terms.transaction_cost,
            others_effort=None if spared is None else spared[np.ix_(rows, rows)],
        )


def served(volume: float, above: Vector, bid: Vector) -> Vector:
    """Return what each bidder gets of a volume: what stands above the price first, then the rest.

    Pro rata within either; all in t.
    """
    sure, total = float(above.sum()), float(bid.sum())
    if volume <= sure or sure >= total:
        first, level = (above, sure) if volume <= sure else (bid, total)
        return first * (volume / level if level > 0 else 0.0)
    return above + (bid - above) * ((volume - sure) / (total - sure))


def clear(book: Book, floor: float, ceiling: float, backstop: Backstop = NO_BACKSTOP) -> Clearing:
    """Return the price that maximises min(demand, supply), and who trades what at it.

    The long side is rationed pro rata; where bids end at the price, those that stand above it are
    served first, so that no other division has a larger surplus. The price stays within the collar
    [floor, ceiling] and not below τ, at which nobody would sell; where it binds, the market reserve
    may step in. What participants abate, they abate at that price; without any buyer nobody
    abates in order to sell.
    """
    those = book.traders()
    price = _crossing(those, floor, ceiling)
    bid, offer = those.orders(price)
    demand, supply = float(bid.sum()), float(offer.sum())
    released = backstop.released(demand - supply, price, floor, ceiling)
    supplied, withheld = max(released, 0.0), max(-released, 0.0)
    volume = min(demand + withheld, supply + supplied)
    tolerance = 1e-6 * max(volume, 1.0)
    scarce = demand + withheld - volume > tolerance
    above = those.orders(price + BESIDE)[0] if scarce and price < ceiling else bid
    bought = served(volume - withheld, above, bid)
    sold = offer * ((volume - supplied) / supply if supply > 0 else 0.0)
    missed = (bid - bought > 1e-6 * bid) & scarce
    traded = volume >= 1.0
    dR = np.zeros_like(book.outlook.trend)
    dR[those.rows] = those.abatement(price, selling=bool(bid.any()) or withheld > 0)
    return Clearing(
        price=price if traded else float("nan"),
        net_purchase=those.among_all(bought - sold),
        ordered=those.among_all(bid + offer) >= LEAST_ORDER,
        rationed_buyers=those.among_all(np.where(missed, bid, 0.0)) > 0,
        rationed_sellers=those.among_all(offer * (supply + supplied - volume > tolerance)) > 0,
        dR=dR,
        released=released if traded else 0.0,
    )


def _crossing(those: Orders, floor: float, ceiling: float) -> float:
    """Return where demand less supply passes zero, or the end of the collar nearest to that.

    Newton's method from the mean belief, inside a bracket that ever narrows; halving where its
    steps do not shrink. The last correction is no longer looked at. Where demand jumps past
    supply, because a buyer's fine is reached, that side of the jump counts on which more changes
    hands.
    """
    lowest, highest = max(floor, those.tau), min(ceiling, float(those.fine.max(initial=0.0)))
    if highest <= lowest:
        return min(lowest, ceiling)
    price = min(max(float(those.belief.mean()), lowest), highest)
    low, high, shift = lowest, highest, np.inf
    for _ in range(MOST_STEPS):
        near = NEAR * max(price, 1.0)
        if high - low <= near:
            break
        excess, slope = those.excess(price)
        if excess == 0 or (price == lowest and excess < 0) or (price == highest and excess > 0):
            return price
        low, high = (price, high) if excess > 0 else (low, price)
        newton = price - excess / slope if slope < 0 else np.copysign(np.inf, excess)
        newton = min(max(newton, lowest), highest)
        if abs(newton - price) <= near:
            return newton
        helps = low <= newton <= high and abs(newton - price) <= shift / 2
        better = newton if helps else (low + high) / 2
        price, shift = better, abs(better - price)
    return max(low, high, key=those.volume)
