"""National columns: what is recorded of every year."""

from model.runs import mean, share, total
from simulation.column import MISSING, Column
from simulation.deciding import best_choices, displaced_effort, forgone_payoff

NATIONAL = (
    Column("cap", "t CO₂", "missing without policy", lambda y: y.announcement.cap, without=MISSING),
    Column(
        "baseline",
        "t CO₂",
        "what all cities would answer for without policy; missing without policy",
        lambda y: y.scheme.regulator.baseline[y.t],
        without=MISSING,
    ),
    Column(
        "emissions",
        "t CO₂",
        "D_pba of all cities",
        lambda y: total(y.cities(y.outcome.scored.D_pba)),
    ),
    Column(
        "emissions_elsewhere",
        "t CO₂",
        "D_pba of the regions that are no cities",
        lambda y: total(y.outcome.scored.D_pba) - total(y.cities(y.outcome.scored.D_pba)),
    ),
    Column(
        "exported",
        "t CO₂",
        "emitted in all regions for exports abroad",
        lambda y: total(y.outcome.scored.exported),
    ),
    Column(
        "technique_effect",
        "t CO₂",
        "change of D_pba of all cities from the same year without policy, by abatement",
        lambda y: -total(y.effort.tonnes),
        without=0.0,
    ),
    Column(
        "scale_effect",
        "t CO₂",
        "the same by demand: aid, and what abatement and quota cost",
        lambda y: total(
            y.cities(y.outcome.scored.D_pba)
            - y.cities(y.scheme.economy.years.years[y.t].D_pba)
            + y.effort.tonnes
        ),
        without=0.0,
    ),
    Column(
        "liability", "t CO₂", "what all cities answer for", lambda y: total(y.outcome.liability)
    ),
    Column(
        "expected_price",
        "CNY/t",
        "price that cities expected before the market opened, mean",
        lambda y: mean(y.quota.decided.outlook.belief),
        without=MISSING,
    ),
    Column(
        "price",
        "CNY/t",
        "mean by volume; missing where nothing was traded",
        lambda y: y.day.price,
        without=MISSING,
    ),
    Column(
        "price_spread",
        "CNY/t",
        "standard deviation of prices by volume; missing likewise",
        lambda y: y.day.spread,
        without=MISSING,
    ),
    Column("volume", "t CO₂", "traded or sold on auction", lambda y: y.day.volume, without=0.0),
    Column(
        "on_auction",
        "t CO₂",
        "offered by the regulator",
        lambda y: y.announcement.on_auction,
        without=0.0,
    ),
    Column(
        "auction_sold",
        "t CO₂",
        "of it that found a buyer",
        lambda y: total(y.day.auctioned),
        without=0.0,
    ),
    Column("auction_revenue", "CNY", "to the budget", lambda y: y.day.auction_revenue, without=0.0),
    Column(
        "reserve_released",
        "t CO₂",
        "sold (positive) or bought by the market reserve",
        lambda y: y.day.released,
        without=0.0,
    ),
    Column(
        "reserve_revenue",
        "CNY",
        "to the budget; negative for purchases",
        lambda y: y.day.reserve_revenue,
        without=0.0,
    ),
    Column(
        "market_reserve",
        "t CO₂",
        "held by the market reserve at the end of the year",
        lambda y: y.state.ledger.market_reserve,
        without=0.0,
    ),
    Column(
        "value_added",
        "10⁴ CNY at base-year prices",
        "of all cities",
        lambda y: total(y.outcome.value_added),
    ),
    Column(
        "value_added_change",
        "10⁴ CNY at base-year prices",
        "of all cities, from the same year without policy",
        lambda y: total(y.outcome.value_added - y.cities(y.scheme.economy.years.value_added[y.t])),
        without=0.0,
    ),
    Column("abatement_cost", "CNY", "", lambda y: total(y.effort.cost), without=0.0),
    Column("transaction_cost", "CNY", "", lambda y: total(y.transaction_cost), without=0.0),
    Column("penalty", "CNY", "", lambda y: total(y.quota.complied.fines), without=0.0),
    Column(
        "passed_on",
        "CNY",
        "cost of the policy that producers put into their prices",
        lambda y: total(y.incidence.passed_on),
        without=0.0,
    ),
    Column(
        "passed_abroad",
        "CNY",
        "of it, what foreign buyers of exports pay",
        lambda y: y.incidence.abroad,
        without=0.0,
    ),
    Column(
        "passed_to_provinces",
        "CNY",
        "of it, what final demand pays in the provinces that are no cities",
        lambda y: total(y.incidence.in_prices) - total(y.cities(y.incidence.in_prices)),
        without=0.0,
    ),
    Column(
        "compensation",
        "CNY",
        "from the public budget, for quota freed for aid",
        lambda y: total(y.payments.compensation),
        without=0.0,
    ),
    Column(
        "support",
        "CNY",
        "from the public budget, to strong and weak beneficiaries",
        lambda y: y.payments.support,
        without=0.0,
    ),
    Column(
        "bonus",
        "CNY",
        "from the public budget, for performance",
        lambda y: total(y.payments.bonus),
        without=0.0,
    ),
    Column(
        "budget",
        "CNY",
        "taken in less paid out by the public budget so far; returned to cities by demand (dues)",
        lambda y: y.state.budget.balance,
        without=0.0,
    ),
    Column(
        "compliance",
        "1",
        "surrendered share of verified liability",
        lambda y: share(total(y.verification.surrendered), total(y.quota.verified.liability), 1.0),
        without=MISSING,
    ),
    Column(
        "reported_compliance",
        "1",
        "surrendered share of what is reported or found: what a registry sees",
        lambda y: share(
            total(y.verification.surrendered),
            total(y.verification.surrendered + y.verification.found),
            1.0,
        ),
        without=MISSING,
    ),
    Column(
        "expired",
        "t CO₂",
        "quota that could not be carried on",
        lambda y: total(y.quota.complied.expired),
        without=0.0,
    ),
    Column(
        "best_choices",
        "1",
        "share of choices that have the highest expected payoff of those open to the city",
        lambda y: best_choices(y.quota.decided),
        without=MISSING,
    ),
    Column(
        "forgone_payoff",
        "CNY/t",
        "what choices forgo of the best expected payoff, per tonne of need or surplus",
        lambda y: forgone_payoff(y.quota.decided),
        without=MISSING,
    ),
    Column(
        "displaced_effort",
        "t CO₂",
        "liability that cities leave to their suppliers' mitigation instead of abating",
        lambda y: displaced_effort(y.quota.decided),
        without=0.0,
    ),
    Column(
        "fine_price",
        "CNY/t",
        "price that the year's fines are measured by",
        lambda y: y.quota.complied.fine_price,
        without=MISSING,
    ),
    Column(
        "outsourced_share",
        "1",
        "share of footprints emitted outside the consuming city",
        lambda y: (
            1 - total(y.cities(y.outcome.scored.own)) / total(y.cities(y.outcome.scored.D_cba))
        ),
    ),
    Column(
        "ledger_gap",
        "t CO₂",
        "issued less held, surrendered, cancelled and expired; zero",
        lambda y: y.state.ledger.unaccounted,
    ),
)
"""Columns of `national.parquet` beside arm, replication and year; a number each."""
