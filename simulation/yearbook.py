"""The yearbook: what is written down of a year, column by column."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity, Tonnes
from model.behaviour.outlook import Outlook
from model.quota.compliance import Verification
from simulation.aid_office import Granted
from simulation.budget import Effort, Payments
from simulation.city_classes import Columns, Totals
from simulation.economy import Forecast
from simulation.market_record import MarketDay
from simulation.regulator import Announcement
from simulation.state import State


@dataclass(frozen=True, slots=True)
class QuotaYear:
    """What a year under quota went through."""

    baseline: float
    """Liability of all cities without policy, t."""
    announced: Announcement
    granted: Granted
    outlook: Outlook
    forecast: Forecast
    """With the demand that aid permits."""
    day: MarketDay
    verified: Verification
    liability: Tonnes
    """As verified."""
    fines: ByCity
    """CNY."""
    effort: Effort
    payments: Payments
    transaction_cost: float
    """τ, CNY/t."""

    def columns(self, state: State) -> tuple[Columns, Totals]:
        """Return the figures of the cities, and of the nation, at the end of the year."""
        day, paid = self.day, self.payments
        cost = self.effort.cost
        frictions = self.transaction_cost * day.turnover
        cities = {
            "quota": self.announced.quota,
            "aid_quota": self.granted.aid.quota,
            "freed_quota": self.granted.compensation.used,
            "need": self.outlook.need,
            "auction_quota": day.auctioned,
            "net_purchase": day.net_purchase,
            "abated": self.effort.tonnes,
            "demand_shift": state.shift,
            "abatement_cost": cost,
            "purchase_cost": day.payment + frictions,
            "penalty": self.fines,
            "compensation": paid.compensation,
            "subsidy": paid.subsidy,
            "bonus": paid.bonus,
            "beneficiary_payment": paid.to_emitters,
            "programme_payment": paid.programme,
            "payoff": state.payoff,
            "verified": self.liability,
            "surrendered": self.verified.surrendered,
            "open_gap": self.verified.open_gap,
            "hidden_gap": self.verified.hidden_gap,
            "bank": state.bank,
            "belief": state.belief,
            "catch_up": state.catch_up,
            "demand_kept": state.kept,
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
            "compensation": float(paid.compensation.sum()),
            "support": paid.support,
            "bonus": float(paid.bonus.sum()),
            "budget": state.budget.balance,
            "compliance": float(self.verified.surrendered.sum() / self.liability.sum()),
        }
        return cities, nation


def without_quota() -> tuple[Columns, Totals]:
    """Return the figures of a year without policy: nothing abated, traded, paid or fined."""
    none = (
        "freed_quota", "auction_quota", "net_purchase", "abated", "demand_shift", "abatement_cost",
        "purchase_cost", "penalty", "compensation", "subsidy", "bonus", "beneficiary_payment",
        "programme_payment", "payoff", "catch_up",
    )  # fmt: skip
    total = dict.fromkeys(
        ("volume", "on_auction", "auction_sold", "auction_revenue", "reserve_released",
         "reserve_revenue", "market_reserve", "abatement_cost", "transaction_cost", "penalty",
         "compensation", "support", "bonus", "budget"),
        0.0,
    )  # fmt: skip
    return {**{name: np.zeros(()) for name in none}, "demand_kept": np.ones(())}, total
