"""Outcomes of public money and aid: shown where a policy makes use of them."""

import numpy as np

from analysis.outcomes.demand import of_demand
from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome

FLOWS = ("auction_revenue", "reserve_revenue", "compensation", "support", "bonus")
"""Flows that enter or leave the public budget, beside penalties."""


def _paid(run: OneRun) -> float:
    return float(np.fmax(run["beneficiary_payment"], 0.0).sum()) / 1e9


TRANSFERS = (
    Outcome("auction_revenue", "Auction revenue, all years", "bn CNY", "neither", 1,
            lambda run: run.national.total("auction_revenue") / 1e9, always=False),
    Outcome("public_budget", "Public budget, gained less paid, all years, fines included", "bn CNY",
            "neither", 1, lambda run: run.national.last("budget") / 1e9, always=False,
            uses=lambda run: run.national.any(*FLOWS)),
    Outcome("support", "Support and bonus paid, all years", "bn CNY", "neither", 1,
            lambda run: (run.national.total("support") + run.national.total("bonus")) / 1e9,
            always=False),
    Outcome("compensation", "Compensation for freed quota, all years", "bn CNY", "neither", 1,
            lambda run: run.national.total("compensation") / 1e9, always=False),
    Outcome("freed_quota", "Quota freed for aid, all years", "Mt CO₂", "neither", 1,
            lambda run: float(run.total("freed_quota").sum()) / 1e6, always=False),
    Outcome("contract_quota", "Quota given by contract, all years", "Mt CO₂", "neither", 1,
            lambda run: float(np.fmax(run["contract_quota"], 0.0).sum()) / 1e6, always=False),
    Outcome("contract_payment", "Compensation paid for it by receivers, all years", "bn CNY",
            "neither", 1, lambda run: float(np.fmax(run["contract_payment"], 0.0).sum()) / 1e9,
            always=False),
    Outcome("beneficiary_payment", "Paid by beneficiaries to their suppliers, all years", "bn CNY",
            "neither", 1, _paid, always=False),
    Outcome("catch_up_poor", "Equity: demand above baseline that aid covers, poorest 40 %, last"
            " year", "%", "higher", 2,
            lambda run: of_demand(run, run["catch_up"][-1], run.poor), always=False),
)  # fmt: skip
