"""Every market institution with every allocation rule and every way to decide: no tonne is lost."""

from functools import partial
from itertools import product

import numpy as np

from analysis.reliability.door import Verdict, tried
from analysis.reliability.extreme_scenarios import Words, conserved
from model.allocation import RULES
from model.behaviour import RULES as DECISION_RULES
from scenarios.reading import read_scenario
from simulation.laboratory import Laboratory
from simulation.run_result import Run

INSTITUTIONS: dict[str, Words] = {
    "none": {"market.institution": "none"},
    "exchange": {"market.institution": "exchange"},
    "exchange with a reserve": {
        "market.reserve": "release_and_buy", "market.reserve_share": 0.1,
        "market.price_floor": 20.0, "market.price_ceiling": 70.0,
    },
    "bilateral": {"market.institution": "bilateral"},
    "auction": {"market.institution": "auction", "market.auction.share": 0.3},
    "auction alone": {"market.institution": "auction", "market.auction.after": "none"},
}  # fmt: skip
DECISIONS = (*DECISION_RULES, "mix")
SHORTAGES = ("pay", "lose")
"""Who is short pays the fine, or loses growth."""
ALL = tuple(product(INSTITUTIONS, RULES, DECISIONS, SHORTAGES))
STEP = 97
"""Between one and the next: the first few are of many kinds, and none comes twice."""


def trial(number: int, laboratory: Laboratory) -> Verdict:
    """Return how a combination ends, by its number."""
    institution, rule, decision, shortage = ALL[number * STEP % len(ALL)]
    words = {
        **INSTITUTIONS[institution],
        "allocation.rule": rule,
        "behaviour.rule": decision,
        "compliance.shortage": shortage,
        "horizon.end": 2016,
    }
    return tried(partial(_run, words, laboratory))


def _run(words: Words, laboratory: Laboratory) -> bool:
    done = laboratory.run(read_scenario("default", words))
    return conserved(done) and _accounts_close(done)


def _accounts_close(done: Run) -> bool:
    """Return whether what is bought is sold, and what is due is settled or open or hidden."""
    cities, national = done.recorder.cities, done.recorder.national
    traded = np.array_equal(cities["net_purchase"].sum(axis=1), national["reserve_released"])
    settled = cities["surrendered"] + cities["open_gap"] + cities["hidden_gap"]
    return traded and np.array_equal(settled, cities["verified"])
