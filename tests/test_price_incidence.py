"""Who pays in the end: the Leontief price model, solved by itself, and by the accounts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import economy_of, laboratory_of
from numpy.testing import assert_allclose

from model.footprints.price_incidence import burden, passed_on
from scenarios import read_scenario
from simulation.baseline import prepare


def price_model(economy, cost):
    """Return what consumers and foreigners pay, CNY, from p = Aᵀ p + v, solved."""
    R, N = economy.x.shape
    per_tonne = cost / economy.F.sum(axis=1)
    v = np.divide(
        economy.F * per_tonne[:, None], economy.x, out=np.zeros((R, N)), where=economy.x > 0
    )
    p = np.linalg.solve(np.eye(R * N) - economy.form.dense().T, v.ravel())
    Y = economy.form.final_demand(economy.d).reshape(R * N, -1, R).sum(axis=1)
    return p @ Y, float(p @ economy.export.ravel())


@given(st.integers(0, 3), st.integers(0, 100))
def test_the_accounts_at_cost_are_the_price_model(seed, drawn) -> None:
    """v (I − A)⁻¹ Y, with v the cost of a region spread over its sectors by emissions."""
    economy = economy_of(seed)
    cost = np.random.default_rng(drawn).uniform(0.0, 1e9, len(economy.regions))
    base = prepare(economy)
    level = np.ones_like(base.basis.exported)
    found = passed_on(base.basis, level, base.base.demand, base.base.emitted, cost)
    consumers, foreigners = price_model(economy, cost)
    assert_allclose(found, consumers, rtol=1e-9)
    assert_allclose(found.sum() + foreigners, cost.sum(), rtol=1e-9)


def test_a_price_model_by_hand() -> None:
    """Miller & Blair 2009, section 2.6: A = [[.15 .25] [.20 .05]], p = Aᵀp + v by a solve."""
    A = np.array([[0.15, 0.25], [0.20, 0.05]])
    v, Y = np.array([0.3, 0.1]), np.array([[350.0, 0.0], [0.0, 1700.0]])
    p = np.linalg.solve(np.eye(2) - A.T, v)
    assert_allclose(p @ Y, v @ np.linalg.solve(np.eye(2) - A, Y))


@given(st.floats(0.0, 1.0))
def test_what_is_not_passed_on_is_borne_at_home(share) -> None:
    cost, passed = np.array([10.0, 0.0, 4.0]), np.array([3.0, 5.0, 4.0])
    found = burden(cost, passed, np.array([1.0, 1.0, 1.0]), share)
    assert_allclose(found, (1 - share) * cost + share * passed)
    assert burden(cost, passed, np.zeros(3), share)[0] >= 10.0


def test_without_pass_through_the_burden_is_the_outlay_and_with_it_some_goes_abroad() -> None:
    laboratory = laboratory_of(0)
    home, passed = (
        laboratory.run(read_scenario("default", {"abatement.pass_through": share}), 1)
        for share in (0.0, 1.0)
    )
    assert_allclose(home.cities["burden"], home.cities["outlay"])
    assert_allclose(home.cities["outlay"], passed.cities["outlay"])
    by_year = passed.cities.groupby("year")[["outlay", "burden"]].sum()
    positive = by_year[by_year["outlay"] > 1e6]
    assert (positive["burden"] < positive["outlay"]).all()
    assert passed.national["emissions"].equals(home.national["emissions"])


@pytest.mark.full
def test_passing_costs_on_turns_who_bears_them(full_laboratory) -> None:
    """By law emitters pay; passed on, whoever consumes what they make: cities apart by far."""
    run = full_laboratory.run(read_scenario("default"), 1).cities
    sums = run.groupby("region_code")[["outlay", "burden"]].sum()
    assert 0.8 < sums["burden"].sum() / sums["outlay"].sum() < 0.97
    assert sums.corr().iloc[0, 1] < 0.9
