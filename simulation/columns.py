"""Columns of the results: what is recorded of a year, into arrays allocated once."""

from dataclasses import dataclass

import numpy as np

from model.arrays import AnyFloats, AnyWhole
from simulation.city_classes import CityClasses
from simulation.economy import YearOutcome
from simulation.phases import QuotaYear, Scheme
from simulation.state import State

Columns = dict[str, AnyFloats | AnyWhole]
Totals = dict[str, float]

CITY_COLUMNS = {
    "emissions": "t CO₂: production-based account, D_pba",
    "footprint": "t CO₂: consumption-based account, D_cba",
    "liability": "t CO₂: what the city answers for",
    "quota": "t CO₂: allocated by rule",
    "aid_quota": "t CO₂: granted from the aid pool",
    "freed_quota": "t CO₂: handed to the aid pool and granted there",
    "need": "t CO₂: quota still needed before acting, negative is surplus",
    "auction_quota": "t CO₂: bought on auction",
    "net_purchase": "t CO₂: bought (positive) or sold (negative), on auction apart",
    "abated": "t CO₂: emissions below trend, by all abatement so far",
    "demand_shift": "1: share of regular demand moved from capital formation to consumption",
    "abatement_cost": "CNY: running and adjustment cost of abatement in the year",
    "purchase_cost": "CNY: purchases, on auction too, less sales, with transaction cost",
    "penalty": "CNY",
    "compensation": "CNY: received for quota freed for aid",
    "subsidy": "CNY: received towards abatement cost as a strong beneficiary",
    "bonus": "CNY: received for performance",
    "beneficiary_payment": "CNY: paid (positive) or received for outsourced mitigation",
    "programme_payment": "CNY: paid (positive) or received for a programme of best practice",
    "payoff": "CNY: what the year was worth, in the terms of the choice",
    "verified": "t CO₂: liability as verified, which quota must cover",
    "surrendered": "t CO₂",
    "open_gap": "t CO₂: reported and not covered",
    "hidden_gap": "t CO₂: neither reported nor covered",
    "bank": "t CO₂: carried into the next year",
    "belief": "CNY/t: expected price at the end of the year",
    "catch_up": "1: demand above baseline covered by aid",
    "demand_kept": "1: share of trend demand that shortages of quota have left",
    "value_added": "10⁴ CNY at base-year prices",
    "action": "by deed: 0 mitigate, 1 transfer, 2 free_ride, 3 hold",
    "class_scored": "as scored since the base year: 0 strong, 1 weak, 2 role model, 3 neither",
    "class_rolling": "as scored since five years ago, or the base year if nearer: the same words",
    "class_policy": "by what the policy did so far: the same words",
    "class_policy_recent": "by what the policy did in the last five years: the same words",
    "local_mitigation": "t CO₂: as scored since the base year",
    "outsourced_mitigation": "t CO₂: as scored since the base year",
    "local_additional": "t CO₂: local mitigation less that of the same year without policy",
    "outsourced_additional": "t CO₂: outsourced mitigation less that without policy",
}
"""Every column of `cities.parquet` beside arm, replication, year and city."""

NATIONAL_COLUMNS = {
    "cap": "t CO₂; missing without policy",
    "baseline": "t CO₂: what all cities would answer for without policy; missing without policy",
    "emissions": "t CO₂: D_pba of all cities",
    "liability": "t CO₂: what all cities answer for",
    "price": "CNY/t: mean by volume; missing where nothing was traded",
    "price_spread": "CNY/t: standard deviation of prices by volume; missing likewise",
    "volume": "t CO₂ traded or sold on auction",
    "on_auction": "t CO₂: offered by the regulator",
    "auction_sold": "t CO₂ of it that found a buyer",
    "auction_revenue": "CNY, to the budget",
    "reserve_released": "t CO₂: sold (positive) or bought by the market reserve",
    "reserve_revenue": "CNY, to the budget; negative for purchases",
    "market_reserve": "t CO₂: held by the market reserve at the end of the year",
    "abatement_cost": "CNY",
    "transaction_cost": "CNY",
    "penalty": "CNY",
    "compensation": "CNY, from the public budget, for quota freed for aid",
    "support": "CNY, from the public budget, to strong and weak beneficiaries",
    "bonus": "CNY, from the public budget, for performance",
    "budget": "CNY in the public budget at the end of the year; negative is owed",
    "compliance": "1: surrendered share of verified liability",
    "outsourced_share": "1: share of footprints emitted outside the consuming city",
    "ledger_gap": "t CO₂: issued less held, surrendered, cancelled and expired; zero",
}
"""Every column of `national.parquet` beside arm, replication and year."""

WHOLE = ("action", "class_scored", "class_rolling", "class_policy", "class_policy_recent")


@dataclass(frozen=True, slots=True)
class Recorder:
    """Columns of a run, filled year by year."""

    cities: dict[str, AnyFloats]
    """By column of `CITY_COLUMNS`; (t, c) each."""
    national: dict[str, AnyFloats]
    """By column of `NATIONAL_COLUMNS`; (t,) each."""

    def put(self, t: int, cities: dict[str, AnyFloats], national: dict[str, float]) -> None:
        """Write one year; columns not named stay missing (not a number)."""
        for name, values in cities.items():
            self.cities[name][t] = values
        for name, value in national.items():
            self.national[name][t] = value

    def first(self, years: int) -> "Recorder":
        """Return the first years alone."""
        return Recorder(
            {name: values[:years] for name, values in self.cities.items()},
            {name: values[:years] for name, values in self.national.items()},
        )


def recorder(years: int, cities: int) -> Recorder:
    """Return an empty recorder."""
    return Recorder(
        cities={name: np.full((years, cities), np.nan) for name in CITY_COLUMNS},
        national={name: np.full(years, np.nan) for name in NATIONAL_COLUMNS},
    )


def record(
    recorder: Recorder,
    year: int,
    scheme: Scheme,
    state: State,
    outcome: YearOutcome,
    classes: CityClasses,
    quota: QuotaYear | None = None,
) -> None:
    """Write a year down; changes nothing but the recorder. `state` is that after the year."""
    cities, nation = scored_columns(scheme, state, outcome, classes)
    under = without_quota() if quota is None else quota_columns(scheme, state, quota)
    recorder.put(year, {**cities, **under[0]}, {**nation, **under[1]})


def scored_columns(
    scheme: Scheme, state: State, outcome: YearOutcome, classes: CityClasses
) -> tuple[Columns, Totals]:
    """Return what the input–output model says of a year, for the cities and for the nation."""
    rows, now = scheme.world.cities, outcome.scored
    D_pba, D_cba = now.D_pba[rows], now.D_cba[rows]
    cities = {
        "emissions": D_pba,
        "footprint": D_cba,
        "liability": outcome.liability,
        "value_added": outcome.value_added,
        "class_scored": classes.scored,
        "class_rolling": classes.rolling,
        "class_policy": classes.policy,
        "class_policy_recent": classes.policy_recent,
        "local_mitigation": classes.since.local[rows],
        "outsourced_mitigation": classes.since.outsourced[rows],
        "local_additional": classes.additional.local[rows],
        "outsourced_additional": classes.additional.outsourced[rows],
        "action": state.action,
    }
    nation = {
        "emissions": float(D_pba.sum()),
        "liability": float(outcome.liability.sum()),
        "outsourced_share": float(1 - now.own[rows].sum() / D_cba.sum()),
        "ledger_gap": float(state.ledger.unaccounted),
    }
    return cities, nation


def quota_columns(scheme: Scheme, state: State, year: QuotaYear) -> tuple[Columns, Totals]:
    """Return what a year under quota came to, for the cities and for the nation."""
    announced, granted = year.announced.announcement, year.aided.granted
    day, paid, verified = year.traded.day, year.complied.payments, year.verified
    fines, effort = year.complied.fines, year.complied.effort
    cost = effort.cost
    frictions = scheme.asked.market.transaction_cost * day.turnover
    cities = {
        "quota": announced.quota,
        "aid_quota": granted.aid.quota,
        "freed_quota": granted.compensation.used,
        "need": year.decided.outlook.need,
        "auction_quota": day.auctioned,
        "net_purchase": day.net_purchase,
        "abated": effort.tonnes,
        "demand_shift": state.shift,
        "abatement_cost": cost,
        "purchase_cost": day.payment + frictions,
        "penalty": fines,
        "compensation": paid.compensation,
        "subsidy": paid.subsidy,
        "bonus": paid.bonus,
        "beneficiary_payment": paid.to_emitters,
        "programme_payment": paid.programme,
        "payoff": state.payoff,
        "verified": verified.liability,
        "surrendered": verified.verification.surrendered,
        "open_gap": verified.verification.open_gap,
        "hidden_gap": verified.verification.hidden_gap,
        "bank": state.bank,
        "belief": state.belief,
        "catch_up": state.catch_up,
        "demand_kept": state.kept,
    }
    nation = {
        "cap": float(announced.cap),
        "baseline": float(scheme.regulator.baseline[year.announced.state.t]),
        "price": day.price,
        "price_spread": day.spread,
        "volume": day.volume,
        "on_auction": float(announced.on_auction),
        "auction_sold": float(day.auctioned.sum()),
        "auction_revenue": day.auction_revenue,
        "reserve_released": float(day.released),
        "reserve_revenue": day.reserve_revenue,
        "market_reserve": float(state.ledger.market_reserve),
        "abatement_cost": float(cost.sum()),
        "transaction_cost": float(frictions.sum()),
        "penalty": float(fines.sum()),
        "compensation": float(paid.compensation.sum()),
        "support": paid.support,
        "bonus": float(paid.bonus.sum()),
        "budget": state.budget.balance,
        "compliance": float(verified.verification.surrendered.sum() / verified.liability.sum()),
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
