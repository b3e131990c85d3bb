"""Runs that advance together, per run, beside the same runs one by one and what must be done."""

import numpy as np

from analysis.benchmarks.timing import Timing, best, per
from data.compiled.cache import load_economy
from model.runs import through
from scenarios import read_scenario
from scenarios.scenario import Scenario
from simulation.batch import Case
from simulation.columns import CITY_COLUMNS
from simulation.laboratory import Laboratory

PRODUCTS = 6
"""Products with the flows in a year: two forecasts and the outcome, by demand and by intensity."""


def one_by_one(runs: int) -> Timing:
    """Time replications one after the other."""
    laboratory, scenario = Laboratory(load_economy()), read_scenario("default")
    return per(runs, best(lambda: [laboratory.run(scenario, 0, n) for n in range(runs)], times=2))


def together(runs: int) -> Timing:
    """Time the same replications together."""
    laboratory, scenario = Laboratory(load_economy()), read_scenario("default")
    return per(runs, best(lambda: laboratory.runs(scenario, 0, range(runs)), times=3))


def with_own_numbers(runs: int) -> Timing:
    """Time runs of one chance whose caps, audits and costs differ."""
    laboratory = Laboratory(load_economy())
    cases = [Case(_sampled(n / runs), 0, 0) for n in range(runs)]
    return per(runs, best(lambda: laboratory.cases(cases), times=3))


def least(runs: int) -> Timing:
    """Time the products with the flows, and the writing of every column, that no way can spare."""
    basis = Laboratory(load_economy()).prepared(read_scenario("default")).basis
    flows = basis.flows.reshape(basis.exported.size, -1)
    years, cities = len(read_scenario("default").horizon.years), load_economy().players.size
    levels, demands = np.ones((runs, flows.shape[0])), np.ones((runs, flows.shape[1]))
    columns = np.empty((len(CITY_COLUMNS), years, runs, cities))

    def work() -> None:
        for _ in range(years * PRODUCTS // 2):
            through(levels, flows)
            through(demands, flows.T)
        columns[...] = 1.0

    return per(runs, best(work, times=3))


def _sampled(share: float) -> Scenario:
    return read_scenario(
        "default",
        {
            "cap.cut": 0.1 + 0.3 * share,
            "compliance.audit": 0.1 + 0.5 * share,
            "abatement.steepness": 100.0 + 200.0 * share,
        },
    )
