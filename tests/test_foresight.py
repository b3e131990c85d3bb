"""Perfect foresight: expected prices come about, and the market finds the planner's path."""

import numpy as np
import pytest
from invented import laboratory_of
from numpy.testing import assert_allclose

from analysis.studies.foresight import FORESIGHT, SAME, SMOOTH, planned
from data.errors import InputError
from model.abatement.durable import PathYear, worth_in_later_years
from scenarios import read_scenario


def _run(words, end):
    settings = {**SAME, "horizon.end": end, **words}
    return laboratory_of(0).run(read_scenario("default", settings)).recorder.national


@pytest.fixture(scope="module")
def foreseen():
    return _run({**SMOOTH, **FORESIGHT}, 2015)


def test_prices_that_are_foreseen_come_about(foreseen) -> None:
    price = foreseen["price"]
    assert_allclose(foreseen["expected_price"], price, atol=0.1 * price.mean())


def test_adaptive_cities_are_surprised_more(foreseen) -> None:
    def surprise(national) -> float:
        return float(np.nanmean(np.abs(national["price"] - national["expected_price"])))

    assert surprise(_run(SMOOTH, 2015)) > 3 * surprise(foreseen)


@pytest.mark.study
def test_the_market_with_foresight_finds_the_planners_path() -> None:
    """Montgomery 1972 over years: one program of bids and beliefs, one of a single minimum."""
    plan = planned(laboratory_of(0), banking=False)
    found = _run({**SMOOTH, **FORESIGHT}, 2030)
    weight = 0.95 ** np.arange(plan.cost.size)
    assert_allclose(weight @ found["abatement_cost"], weight @ plan.cost, rtol=0.05)
    assert np.corrcoef(found["price"], plan.price)[0, 1] > 0.95


def test_a_step_spares_what_next_years_step_would_have_cost() -> None:
    """β E' k dR' ÷ E where next year's step is free; all later gains where it is not."""
    cell = np.ones((1, 1))
    years = [
        PathYear(100.0 * cell, 5.0 * cell, 7.0 * cell, cell > 0),
        PathYear(110.0 * cell, 5.0 * cell, 30.0 * cell, cell > 0),
        PathYear(120.0 * cell, 8.0 * cell, 50.0 * cell, cell < 0),
    ]
    worth = [float(one[0, 0]) for one in worth_in_later_years(years, 0.9)]
    assert_allclose(worth, [0.9 * 110 * 30 / 100, 0.9 * 120 * 8 / 110, 0.0])


def test_foresight_without_a_price_is_refused() -> None:
    with pytest.raises(InputError, match="foresees prices"):
        read_scenario("default", {**FORESIGHT, "market.institution": "none"})
