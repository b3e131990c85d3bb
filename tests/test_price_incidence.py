"""Who pays in the end: the Leontief price model, against explicit solves and pymrio.

Miller, R. E., Blair, P. D. (2009): Input–Output Analysis, 2nd edition, section 2.6.
"""

import numpy as np
import pandas as pd
import pymrio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import SEEDS, amounts, economy_of, floats, laboratory_of
from numpy.testing import assert_allclose, assert_array_equal

from analysis.outcomes.burden import by_law
from analysis.outcomes.one_run import one_run
from analysis.outcomes.who_pays import borne
from model.compile.city_economy import Economy
from model.footprints.embodied_intensity import total_intensity
from model.footprints.price_incidence import PriceIncidence, price_incidence
from model.footprints.scored_year import scored_year
from model.input_output.trade_form import TradeForm
from model.labels import GROUPS, OUR_CATEGORIES
from scenarios import read_scenario
from simulation.baseline import prepare
from simulation.run_result import Run

POLICIES = {
    "exchange": {},
    "no market": {"market.institution": "none"},
    "bilateral": {"market.institution": "bilateral"},
    "auction": {"market.institution": "auction", "market.auction.share": 0.5},
    "power and metals": {"cap.coverage": ["electricity", "metals"]},
    "consumers answer": {"behaviour.consumer_responsibility": 0.5},
    "quota a head": {"allocation.rule": "equal_per_capita"},
    "demand moves": {"abatement.demand_lever": True, "transfer.growth_mix": "green"},
    "shortage costs growth": {"compliance.shortage": "lose"},
    "one sector cleaner": {
        "growth.cleaner": [{"sector": "s01", "where": ["east", "west"], "change": -0.02}],
    },
}
words = st.sampled_from(sorted(POLICIES))
readings = st.sampled_from(["outlays", "price"])


CITIES = 8
"""Regions of an invented economy."""
years = st.tuples(
    amounts((CITIES, len(GROUPS)), 0.1, 1.5),
    amounts((len(OUR_CATEGORIES.by_kind), CITIES), 0.5, 2.0),
    floats(0.5, 2.0),
    amounts((CITIES, len(GROUPS)), -20.0, 200.0),
)
"""Intensity, demand by kind and exports relative to the base year; cost a tonne."""


def incidence(economy, level, demand, exports, per_tonne) -> PriceIncidence:
    """Return who pays, from the basis that scores the year."""
    basis = prepare(economy, OUR_CATEGORIES.by_kind).basis
    unabated = basis.unabated(demand, exports)
    year = scored_year(basis, level, demand, unabated, exports)
    return price_incidence(basis, year, level, per_tonne)


def final_demand(economy: Economy, demand: np.ndarray) -> np.ndarray:
    """Return final demand of each region by supplier and product, 10⁴ CNY; (r·i, s)."""
    moved = economy.d.copy()
    for multiplier, kind in zip(demand, OUR_CATEGORIES.by_kind, strict=True):
        moved[:, :, list(kind)] *= multiplier[:, None, None]
    regions, sectors = economy.x.shape
    Y = economy.form.final_demand(moved).reshape(regions * sectors, -1, regions)
    return Y.sum(axis=1)


def unit_cost(economy: Economy, level: np.ndarray, per_tonne: np.ndarray) -> np.ndarray:
    """Return cost a unit of output, CNY per 10⁴ CNY; (r, i)."""
    return economy.S * (level * per_tonne)[:, economy.sectors.group]


@given(SEEDS, years)
def test_prices_by_the_transposed_solve_lay_the_same_cost_on_the_same_demand(seed, year) -> None:
    economy, (level, demand, exports, per_tonne) = economy_of(seed), year
    found = incidence(economy, *year)
    u = unit_cost(economy, level, per_tonne)
    A = economy.form.dense()
    rise = np.linalg.solve(np.eye(A.shape[0]) - A.T, u.ravel())
    scale = np.abs(found.passed_on).sum()
    assert_allclose(rise @ final_demand(economy, demand), found.in_prices, atol=1e-9 * scale)
    assert rise @ economy.export.ravel() * exports == pytest.approx(found.abroad, abs=1e-9 * scale)
    assert_allclose(total_intensity(economy.form, u).ravel(), rise, rtol=1e-8, atol=1e-9)


@given(SEEDS, years)
def test_what_producers_pass_on_somebody_pays(seed, year) -> None:
    found = incidence(economy_of(seed), *year)
    scale = np.abs(found.passed_on).sum()
    paid = found.in_prices.sum() + found.abroad
    assert paid == pytest.approx(found.passed_on.sum(), abs=1e-12 * scale)


def test_pymrio_lays_the_cost_on_the_same_consumers(small) -> None:
    rng = np.random.default_rng(7)
    shape = (len(small.regions), len(GROUPS))
    level, per_tonne = rng.uniform(0.2, 1.2, shape), rng.uniform(0.0, 100.0, shape)
    demand = np.ones((len(OUR_CATEGORIES.by_kind), shape[0]))
    found = incidence(small, level, demand, 1.0, per_tonne)
    x = small.x.ravel()
    A = pymrio.calc_A(pd.DataFrame(small.form.dense() * x), x)
    cost = pd.DataFrame((unit_cost(small, level, per_tonne)).reshape(1, -1))
    multipliers = pymrio.calc_M(cost, pymrio.calc_L(A)).to_numpy()[0]
    assert_allclose(multipliers @ final_demand(small, demand), found.in_prices, rtol=1e-8)
    assert multipliers @ small.export.ravel() == pytest.approx(found.abroad, rel=1e-8)


def test_a_cost_in_one_sector_raises_prices_by_the_published_multipliers() -> None:
    """Miller & Blair, section 2.3: L₁ = (1.2541, 0.3300), f = (350, 1700), x₁ = 1000."""
    form = TradeForm(t=np.ones((2, 1, 1)), a=np.array([[[0.15, 0.25], [0.20, 0.05]]]))
    rise = total_intensity(form, np.array([[0.1, 0.0]]))[0]
    assert_allclose(rise, [0.12541, 0.03300], atol=5e-6)
    assert rise @ [350.0, 1700.0] == pytest.approx(0.1 * 1000.0)


def run_of(seed: int, settings: dict[str, object]) -> Run:
    """Return a short run of an invented economy."""
    return laboratory_of(seed).run(read_scenario("default", {"horizon.end": 2017, **settings}), 3)


@given(SEEDS, words, readings, floats(0.0, 1.0))
def test_burdens_of_cities_provinces_and_foreign_buyers_are_the_cost_of_the_policy(
    seed: int, policy: str, reading: str, theta: float
) -> None:
    run = run_of(
        seed,
        {
            **POLICIES[policy],
            "incidence.passes_on": reading,
            "incidence.pass_through": theta,
        },
    )
    seen, national = one_run(run, economy_of(seed)), run.national
    elsewhere = national["passed_abroad"].sum() + national["passed_to_provinces"].sum()
    scale = national["passed_on"].abs().sum() + np.abs(by_law(seen)).sum() + 1.0
    assert borne(seen).sum() + elsewhere == pytest.approx(by_law(seen).sum(), abs=1e-9 * scale)


@pytest.mark.parametrize("policy", sorted(set(POLICIES) - {"demand moves"}))
def test_outlays_are_passed_on_to_the_last_yuan_where_every_city_emits(policy: str) -> None:
    cities = run_of(1, POLICIES[policy]).recorder.cities
    spent = cities["abatement_cost"] + cities["purchase_cost"] + cities["penalty"]
    assert np.abs(spent).max() > 0
    assert_allclose(cities["passed_on"], spent, rtol=1e-9, atol=1e-3)


def test_a_shift_of_demand_is_no_cost_that_producers_pass_on() -> None:
    run = run_of(1, POLICIES["demand moves"]).recorder.cities
    spent = run["abatement_cost"] + run["purchase_cost"] + run["penalty"]
    shifting = run["demand_shift"] > 0
    assert shifting.any()
    assert (run["passed_on"] <= spent + 1e-3).all()
    assert (run["passed_on"] < spent - 1.0)[shifting].any()


def test_at_market_price_free_quota_is_passed_on_like_bought_quota() -> None:
    run = run_of(2, {"incidence.passes_on": "price"})
    cities, price = run.recorder.cities, run.recorder.national["price"]
    traded = np.isfinite(price)
    assert traded.any()
    expected = cities["abatement_cost"] + price[:, None] * cities["emissions"]
    assert_allclose(cities["passed_on"][traded], expected[traded], rtol=1e-9)


def test_without_a_market_there_is_no_price_to_pass_on_but_outlays() -> None:
    without = POLICIES["no market"]
    at_price = run_of(2, {**without, "incidence.passes_on": "price"}).recorder.cities
    assert_array_equal(at_price["passed_on"], run_of(2, without).recorder.cities["passed_on"])


@pytest.mark.parametrize("policy", POLICIES)
def test_pass_through_scales_what_is_passed_on_and_changes_nothing_else(policy: str) -> None:
    whole, half, none = (
        run_of(4, {**POLICIES[policy], "incidence.pass_through": theta}).recorder
        for theta in (1.0, 0.5, 0.0)
    )
    moved = {"passed_on", "paid_in_prices", "passed_abroad", "passed_to_provinces"}
    for table in ("cities", "national"):
        all_of_it, some, nothing = (getattr(recorder, table) for recorder in (whole, half, none))
        for name, values in all_of_it.items():
            if name not in moved:
                assert_array_equal(some[name], values, err_msg=name)
            elif name != "passed_to_provinces":
                assert_allclose(some[name], values / 2, rtol=1e-9, atol=1e-3, err_msg=name)
                assert not nothing[name].any(), name
