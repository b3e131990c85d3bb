"""Recording into arrays allocated once: (years, cities) and (years,)."""

from dataclasses import dataclass

import numpy as np

from model.arrays import AnyFloats

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
    """What a run leaves behind."""

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


def recorder(years: int, cities: int) -> Recorder:
    """Return an empty recorder."""
    return Recorder(
        cities={name: np.full((years, cities), np.nan) for name in CITY_COLUMNS},
        national={name: np.full(years, np.nan) for name in NATIONAL_COLUMNS},
    )
