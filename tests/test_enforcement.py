"""Enforcement as cities perceive it, and as it follows what they did."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import laboratory_of
from numpy.testing import assert_allclose, assert_array_equal

from model.behaviour.perception import fiscal_capacity, perceived_audit, visibility
from scenarios import read_scenario


@given(st.floats(0.01, 0.99), st.floats(0.0, 2.0), st.floats(0.0, 2.0))
def test_the_median_city_expects_the_true_audit(audit, by_visibility, spread) -> None:
    standard = np.linspace(-2.0, 2.0, 5)
    expected = perceived_audit(audit, standard, by_visibility, standard, spread)
    assert expected[2] == pytest.approx(audit)
    assert (np.diff(expected) >= 0).all()
    odds = expected / (1 - expected) / (audit / (1 - audit))
    assert_allclose(np.log(odds), (by_visibility + spread) * standard, atol=1e-6)


def test_nobody_doubts_what_is_certain() -> None:
    one = np.ones(3)
    assert_array_equal(perceived_audit(0.0, one, 1.0, one, 1.0), 0.0)
    assert_array_equal(perceived_audit(1.0, -one, 1.0, one, 1.0), 1.0)


def test_visibility_is_that_of_the_cluster() -> None:
    """Shares 0.8 and 1 in one cluster, 0.3 in the other: means 0.9 and 0.3, standardised ±."""
    found = visibility(np.array([0.8, 1.0, 0.3, 0.3]), np.array([2, 2, 0, 0]))
    assert_allclose(found, [1.0, 1.0, -1.0, -1.0])
    assert_array_equal(visibility(np.array([0.5, 0.5]), np.array([0, 1])), 0.0)


def test_standing_is_worth_more_where_there_is_more_to_spend() -> None:
    """Twice and half of the mean a head, elasticity ½."""
    found = fiscal_capacity(np.array([8.0, 1.0]), np.array([2.0, 2.5]), 0.5)
    assert_allclose(found, [np.sqrt(2.0), np.sqrt(0.2)])
    assert_array_equal(fiscal_capacity(np.array([8.0, 1.0]), np.ones(2), 0.0), 1.0)


def lax(**more) -> dict:
    return {"market.institution": "none", "cap.cut": 0.4, "behaviour.peer_pressure": 0.0,
            "compliance.audit": 0.1, **more}  # fmt: skip


def riding(words) -> np.ndarray:
    return (
        laboratory_of(0).run(read_scenario("default", words), 1).recorder.cities["hidden_gap"] > 0
    )


def test_nobody_hides_more_than_can_be_hidden() -> None:
    run = laboratory_of(0).run(read_scenario("default", lax()), 1).recorder.cities
    assert (run["hidden_gap"] <= 0.1 * run["verified"]).all()
    assert (run["hidden_gap"] > 0).any()


def test_who_was_caught_is_watched_and_expects_it() -> None:
    run = laboratory_of(0).run(read_scenario("default", lax()), 1).recorder.cities
    usual = run["audit_expected"].min(axis=0)
    watched = run["audit_expected"] >= 0.9
    caught = (run["hidden_gap"] > 0) & (run["penalty"] > 180.0 * (run["open_gap"] + 1.0))
    assert caught.any()
    assert_array_equal(watched[1:][caught[:-1]], True)
    assert (usual < 0.9).all()


def test_watching_the_caught_deters() -> None:
    """Fewer city-years with something hidden than where nobody is watched."""
    unwatched = lax(**{"compliance.reaudit_years": 0})
    assert riding(lax(**{"compliance.reaudit_years": 5})).sum() < riding(unwatched).sum()


def test_fines_follow_the_mean_of_past_prices_and_not_the_price_they_make() -> None:
    national = laboratory_of(0).run(read_scenario("default", {"cap.cut": 0.4}), 1).recorder.national
    price, level = national["price"], national["fine_price"]
    for t in range(3, price.size):
        assert level[t] == pytest.approx(max(np.nanmean(price[t - 3 : t]), 60.0))
    assert level[0] == 60.0


def test_a_registry_sees_no_less_compliance_than_there_is() -> None:
    national = laboratory_of(0).run(read_scenario("default", lax()), 1).recorder.national
    assert (national["reported_compliance"] >= national["compliance"]).all()
    assert (national["reported_compliance"] > national["compliance"]).any()


def test_choices_are_the_best_ones_where_cities_are_rational_and_not_inert() -> None:
    def best(rationality: float, inertia: float) -> float:
        words = {"behaviour.rationality": rationality, "behaviour.logit.inertia": inertia}
        return float(
            laboratory_of(0).run(read_scenario("default", words), 1).national["best_choices"].mean()
        )

    assert best(1e6, 0.0) == pytest.approx(1.0)
    assert best(1.0, 0.5) < best(20.0, 0.2) < 1.0
