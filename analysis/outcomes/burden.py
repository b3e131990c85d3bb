"""What the policy costs each city by law."""

import numpy as np

from analysis.outcomes.one_run import OneRun

PAID = (
    "abatement_cost",
    "purchase_cost",
    "penalty",
    "beneficiary_payment",
    "programme_payment",
    "contract_payment",
)
RECEIVED = ("compensation", "subsidy", "bonus")


def by_law(run: OneRun) -> np.ndarray:
    """Return what each city pays, less what it receives and what is returned to it, CNY; (c,).

    What the public budget gains from fines and auctions, all cities get back by their final demand:
    the dues are what is left. Where the cost falls on nobody's demand, nothing is returned either.
    """
    dues = run.total("dues")
    return dues if dues.any() else run.total(*PAID) - run.total(*RECEIVED)
