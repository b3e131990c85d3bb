"""National columns: what is recorded of every year."""

from simulation.column import MISSING, Column

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
    Column("liability", "t CO₂", "what all cities answer for", lambda y: y.outcome.liability.sum()),
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
