"""The yearbook: what is written down of a year, column by column."""

from dataclasses import dataclass

import numpy as np

from model.aid import Aid
from model.arrays import AnyFloats, ByCity, Tonnes, Whole
from model.beneficiaries import by_policy
from model.compliance import Verification
from model.outlook import Outlook
from simulation.market_record import MarketDay
from simulation.regulator import Announcement
from simulation.state import State
from simulation.world import Forecast, Outcome, World

RECENT_YEARS = 5
"""Years that the recent reading of the policy's classes looks back."""

Columns = dict[str, AnyFloats]
Totals = dict[str, float]


@dataclass(frozen=True, slots=True)
class QuotaYear:
    """What a year under quota went through."""

    baseline: float
    """Liability of all cities without policy, t."""
    announced: Announcement
    granted: Aid
    outlook: Outlook
    forecast: Forecast
    """With the demand that aid permits."""
    day: MarketDay
    verified: Verification
    liability: Tonnes
    fines: ByCity
    """CNY."""
    transaction_cost: float
    """τ, CNY/t."""

    def columns(self, state: State) -> tuple[Columns, Totals]:
        """Return the figures of the cities, and of the nation, at the end of the year."""
        day, mac, trend = self.day, self.forecast.mac, self.forecast.trend
        cost = mac.running_cost(state.abatement, trend) + mac.adjustment_cost(day.dR, trend)
        frictions = self.transaction_cost * day.turnover
        cities = {
            "quota": self.announced.quota,
            "aid_quota": self.granted.quota,
            "need": self.outlook.need,
            "auction_quota": day.auctioned,
            "net_purchase": day.net_purchase,
            "abated": (state.abatement * trend).sum(axis=1),
            "abatement_cost": cost,
            "purchase_cost": day.payment + frictions,
            "penalty": self.fines,
            "payoff": state.payoff,
            "surrendered": self.verified.surrendered,
            "open_gap": self.verified.open_gap,
            "hidden_gap": self.verified.hidden_gap,
            "bank": state.bank,
            "belief": state.belief,
            "catch_up": state.catch_up,
        }
        nation = {
            "cap": float(self.announced.cap),
            "baseline": self.baseline,
            "price": day.price,
            "price_spread": day.spread,
            "volume": day.volume,
            "on_auction": float(self.announced.on_auction),
            "auction_sold": float(day.auctioned.sum()),
            "auction_revenue": day.auction_revenue,
            "reserve_released": float(day.released),
            "reserve_revenue": day.reserve_revenue,
            "market_reserve": float(state.ledger.market_reserve),
            "abatement_cost": float(cost.sum()),
            "transaction_cost": float(frictions.sum()),
            "penalty": float(self.fines.sum()),
            "compliance": float(self.verified.surrendered.sum() / self.liability.sum()),
        }
        return cities, nation


def without_quota() -> tuple[Columns, Totals]:
    """Return the figures of a year without policy: nothing abated, traded, paid or fined."""
    none = (
        "auction_quota", "net_purchase", "abated", "abatement_cost", "purchase_cost", "penalty",
        "payoff", "catch_up",
    )  # fmt: skip
    total = dict.fromkeys(
        ("volume", "on_auction", "auction_sold", "auction_revenue", "reserve_released",
         "reserve_revenue", "market_reserve", "abatement_cost", "transaction_cost", "penalty"),
        0.0,
    )  # fmt: skip
    return {name: np.zeros(()) for name in none}, total


class Scorebook:
    """Scores every year against the base year and against the same year without policy."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._by_policy: list[AnyFloats] = []

    def columns(self, t: int, outcome: Outcome, state: State) -> tuple[Columns, Totals]:
        """Return what the input–output model says of the year, for the cities and the nation."""
        cities, years = self.world.cities, self.world.years
        own = np.diag(years.C[t])[cities]
        elsewhere = years.C[t].sum(axis=0)[cities] - own
        self._by_policy.append(
            np.stack([outcome.local_by_policy, own, outcome.outsourced_by_policy, elsewhere])
        )
        scored = {
            "emissions": outcome.D_pba,
            "footprint": outcome.D_cba,
            "liability": outcome.liability,
            "value_added": outcome.value_added,
            "class_scored": outcome.classes,
            "class_policy": class_by_policy(self._by_policy),
            "class_policy_recent": class_by_policy(self._by_policy[-RECENT_YEARS:]),
            "local_mitigation": outcome.local_mitigation,
            "outsourced_mitigation": outcome.outsourced_mitigation,
            "local_additional": outcome.local_mitigation - years.local_mitigation[t][cities],
            "outsourced_additional": outcome.outsourced_mitigation
            - years.outsourced_mitigation[t][cities],
            "action": state.deed,
        }
        totals = {
            "emissions": float(outcome.D_pba.sum()),
            "liability": float(outcome.liability.sum()),
            "outsourced_share": outcome.outsourced_share,
            "ledger_gap": float(state.ledger.unaccounted),
        }
        return scored, totals


def class_by_policy(years: list[AnyFloats]) -> Whole:
    """Return classes from what policy abated over some years, at home and upstream; (c,).

    Each year has four rows of tonnes: abated at home for own demand, the same flow without
    policy, abated upstream, the same flows without policy.
    """
    local, own, upstream, elsewhere = np.sum(years, axis=0)
    return by_policy(local / own, upstream / elsewhere)
