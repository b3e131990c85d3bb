"""Outcomes of incidence: the burden of the poor by law, after pass-through, and at the price."""

import numpy as np

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio


def relative_burden(run: OneRun, paid: np.ndarray) -> float:
    """Return what the poorest 40 % bear (CNY; (c,)) ÷ their demand, relative to all cities."""
    demand = run["demand"].sum(axis=0)
    everyone = ratio(float(paid.sum()), float(demand.sum()))
    if not everyone > 0:
        return np.nan
    return ratio(float(paid[run.poor].sum()), float(demand[run.poor].sum())) / everyone


def _at_the_price(run: OneRun) -> float:
    """Return the same where every emitted tonne costs the price of quota: price × footprint."""
    price = run.national["price"]
    known = ~np.isnan(price)
    return relative_burden(run, (price[known, None] * run["footprint"][known]).sum(axis=0))


INCIDENCE = (
    Outcome("burden_poor_by_law", "Burden on demand of the poorest 40 % ÷ of all, by law", "1",
            "lower", 2, lambda run: relative_burden(run, np.nansum(run["outlay"], axis=0))),
    Outcome("burden_poor_passed_on", "Burden on demand of the poorest 40 % ÷ of all, passed on",
            "1", "lower", 2, lambda run: relative_burden(run, np.nansum(run["burden"], axis=0))),
    Outcome("burden_poor_at_price", "Burden on demand of the poorest 40 % ÷ of all, at the price",
            "1", "lower", 2, _at_the_price, always=False),
)  # fmt: skip
