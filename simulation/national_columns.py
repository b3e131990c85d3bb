"""National columns: what is recorded of every year."""

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
        "emissions", "t CO₂", "D_pba of all cities", lambda y: y.outcome.scored.D_pba[y.rows].sum()
    ),
    Column(
        "emissions_elsewhere",
        "t CO₂",
        "D_pba of the regions that are no cities",
        lambda y: y.outcome.scored.D_pba.sum() - y.outcome.scored.D_pba[y.rows].sum(),
    ),
    Column(
        "exported",
        "t CO₂",
        "emitted in all regions for exports abroad",
        lambda y: y.outcome.scored.exported.sum(),
    ),
    Column(
        "technique_effect",
        "t CO₂",
        "change of D_pba of all cities from the same year without policy, by abatement",
        lambda y: -y.effort.tonnes.sum(),
        without=0.0,
    ),
    Column(
        "scale_effect",
        "t CO₂",
        "the same by demand: aid, and what abatement and quota cost",
        lambda y: (
            y.outcome.scored.D_pba[y.rows]
            - y.scheme.economy.years.years[y.t].D_pba[y.rows]
            + y.effort.tonnes
        ).sum(),
        without=0.0,
    ),
    Column("liability", "t CO₂", "what all cities answer for", lambda y: y.outcome.liability.sum()),
    Column(
        "expected_price",
        "CNY/t",
        "price that cities expected before the market opened, mean",
        lambda y: y.quota.decided.outlook.belief.mean(),
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
        lambda y: y.day.auctioned.sum(),
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
        lambda y: y.outcome.value_added.sum(),
    ),
    Column(
        "value_added_change",
        "10⁴ CNY at base-year prices",
        "of all cities, from the same year without policy",
        lambda y: (y.outcome.value_added - y.scheme.economy.years.value_added[y.t, y.rows]).sum(),
        without=0.0,
    ),
    Column("abatement_cost", "CNY", "", lambda y: y.effort.cost.sum(), without=0.0),
    Column("transaction_cost", "CNY", "", lambda y: y.transaction_cost.sum(), without=0.0),
    Column("penalty", "CNY", "", lambda y: y.quota.complied.fines.sum(), without=0.0),
    Column(
        "passed_on",
        "CNY",
        "cost of the policy that producers put into their prices",
        lambda y: y.incidence.passed_on.sum(),
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
        lambda y: y.incidence.in_prices.sum() - y.incidence.in_prices[y.rows].sum(),
        without=0.0,
    ),
    Column(
        "compensation",
        "CNY",
        "from the public budget, for quota freed for aid",
        lambda y: y.payments.compensation.sum(),
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
        lambda y: y.payments.bonus.sum(),
        without=0.0,
    ),
    Column(
        "budget",
        "CNY",
        "in the public budget at the end of the year; negative is owed",
        lambda y: y.state.budget.balance,
        without=0.0,
    ),
    Column(
        "compliance",
        "1",
        "surrendered share of verified liability",
        lambda y: y.verification.surrendered.sum() / y.quota.verified.liability.sum(),
        without=MISSING,
    ),
    Column(
        "reported_compliance",
        "1",
        "surrendered share of what is reported or found: what a registry sees",
        lambda y: (
            y.verification.surrendered.sum()
            / (y.verification.surrendered + y.verification.found).sum()
        ),
        without=MISSING,
    ),
    Column(
        "expired",
        "t CO₂",
        "quota that could not be carried on",
        lambda y: y.quota.complied.expired.sum(),
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
        lambda y: 1 - y.outcome.scored.own[y.rows].sum() / y.outcome.scored.D_cba[y.rows].sum(),
    ),
    Column(
        "ledger_gap",
        "t CO₂",
        "issued less held, surrendered, cancelled and expired; zero",
        lambda y: y.state.ledger.unaccounted,
    ),
)
"""Columns of `national.parquet` beside arm, replication and year; a number each."""
