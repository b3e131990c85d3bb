"""Marginal abatement cost (MAC) curves."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts, floats
from numpy.polynomial.legendre import leggauss
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import wrightomega

from model.abatement.mac import MacCurve, learned, steepness
from model.abatement.price_of_relief import price_of_relief

SHAPE = (4, 3)


@st.composite
def curves(draw) -> MacCurve:
    return MacCurve(
        g=draw(amounts(SHAPE, 50.0, 3000.0)),
        adjustment=draw(floats(1.0, 200.0)),
        pace=draw(floats(0.005, 0.5)),
        ceiling=draw(floats(0.3, 0.99)),
    )


prices = amounts(SHAPE[0], 0.0, 1000.0)
abated = amounts(SHAPE, 0.0, 0.95)
own_tonnes = amounts(SHAPE, 0.0, 1.0)
trends = amounts(SHAPE, 0.0, 1e8)


def mac(curve: MacCurve, R: np.ndarray, dR: np.ndarray) -> np.ndarray:
    """Return −g ln(1−R−dR) + (ka/ρ) dR, CNY/t: equation E4."""
    return -curve.g * np.log(1.0 - R - dR) + curve.adjustment / curve.pace * dR


def taken(curve: MacCurve, price, R: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Return the step at which marginal cost equals price × own."""
    return curve.supply(R, own, np.ones_like(R)).step(price)


def room(curve: MacCurve, R: np.ndarray) -> np.ndarray:
    return np.clip(np.minimum(2 * curve.pace, curve.ceiling - R), 0.0, None)


@given(curves(), prices, abated, own_tonnes)
def test_marginal_cost_equals_the_worth_of_relief_at_interior_steps(curve, price, R, own) -> None:
    step = taken(curve, price, R, own)
    worth = price[:, None] * own
    interior = (step > 0) & (step < room(curve, R))
    assert_allclose(mac(curve, R, step)[interior], worth[interior], rtol=1e-9, atol=1e-9)


@given(curves(), prices, abated, own_tonnes)
def test_steps_are_those_of_the_closed_form(curve, price, R, own) -> None:
    """(κ/g) q + ln q = (κ(1−R) − worth)/g for q = 1−R−dR has Wright's ω for a solution."""
    kappa = curve.adjustment / curve.pace
    exponent = (kappa * (1 - R) - price[:, None] * own) / curve.g + np.log(kappa / curve.g)
    closed = 1 - R - curve.g / kappa * wrightomega(exponent)
    assert_allclose(taken(curve, price, R, own), np.clip(closed, 0, room(curve, R)), atol=1e-13)


@given(curves(), prices, abated, own_tonnes)
def test_a_city_stands_still_only_if_the_first_tonne_costs_more_than_it_is_worth(
    curve, price, R, own
) -> None:
    step = taken(curve, price, R, own)
    worth = price[:, None] * own
    still, full = step == 0, step == room(curve, R)
    assert (mac(curve, R, step)[still & ~full] >= worth[still & ~full] - 1e-9).all()
    assert (mac(curve, R, step)[full & ~still] <= worth[full & ~still] + 1e-9).all()


@given(curves(), prices, abated, own_tonnes)
def test_a_step_stays_within_twice_the_pace_and_below_the_ceiling(curve, price, R, own) -> None:
    step = taken(curve, price, R, own)
    assert step.min() >= 0.0
    assert step.max() <= 2 * curve.pace
    assert (R + step <= np.maximum(R, curve.ceiling) + 1e-12).all()


@given(curves(), own_tonnes)
def test_at_a_price_of_nothing_nobody_abates_anything(curve, own) -> None:
    nothing = np.zeros(SHAPE)
    assert_array_equal(taken(curve, np.zeros(SHAPE[0]), nothing, own), 0.0)


@given(curves(), prices, prices, abated, own_tonnes)
def test_a_higher_price_never_means_less_abatement(curve, price, more, R, own) -> None:
    assert (taken(curve, price + more, R, own) >= taken(curve, price, R, own) - 1e-15).all()


@given(curves(), abated, own_tonnes, prices, prices, st.sampled_from([0.0, 1.0]))
def test_several_prices_at_once_are_answered_as_each_is_alone(
    curve, R, own, one, other, lasting
) -> None:
    """Also where no lever has a lasting cost, so that all marginal costs are straight."""
    supply = replace(curve, g=lasting * curve.g).supply(R, own, np.ones(SHAPE))
    together = supply.response(np.stack([one, other]))
    for price, *found in zip((one, other), *together, strict=True):
        for alone, among in zip(supply.response(price), found, strict=True):
            assert_array_equal(among, alone)


def test_the_curve_costs_g_ln_2_at_one_half() -> None:
    """Without friction the MAC is −g ln(1−R): at R = ½ it is 380 ln 2 = 263.4 CNY/t."""
    curve = MacCurve(g=np.array([[380.0]]), adjustment=1e-9, pace=0.5, ceiling=0.9)
    found = taken(curve, np.array([380.0 * np.log(2.0)]), np.zeros((1, 1)), np.ones((1, 1)))
    assert_allclose(found, [[0.5]], rtol=1e-9)


@given(curves(), amounts(SHAPE, 0.0, 0.6), amounts(SHAPE, 0.0, 0.3), trends)
def test_cost_is_the_integral_of_marginal_cost(curve, R, dR, E) -> None:
    """Gauss–Legendre quadrature with 40 nodes on [0, dR]."""
    nodes, weights = leggauss(40)
    along = [w / 2 * mac(curve, R, dR * (z + 1) / 2) for z, w in zip(nodes, weights, strict=True)]
    integral = (np.sum(along, axis=0) * dR * E).sum(axis=1)
    found = curve.supply(R, np.ones(SHAPE), E).cost(dR)
    assert_allclose(found, integral, rtol=1e-9, atol=1e-3)


@given(curves(), amounts(SHAPE, 0.0, 0.6), amounts(SHAPE, 0.0, 0.3), trends)
def test_the_adjustment_is_paid_once_and_the_rest_every_year(curve, R, dR, E) -> None:
    lasting, supply = (
        curve.running_cost(R + dR, E) - curve.running_cost(R, E),
        curve.supply(R, E, E),
    )
    assert_allclose(supply.cost(dR) - lasting, curve.adjustment_cost(dR, E), rtol=1e-9, atol=1e-3)
    assert_allclose(supply.cost(np.zeros(SHAPE)), 0.0, atol=1e-3)


@given(
    curves(),
    abated,
    amounts(SHAPE, 0.1, 1.0),
    amounts(SHAPE, 1.0, 1e8),
    amounts(SHAPE[0], 0.01, 0.99),
)
def test_the_price_of_a_relief_brings_that_relief(curve, R, own, E, share) -> None:
    supply = curve.supply(R, own, E)
    asked = share * supply.relief_of(supply.room)
    price = price_of_relief(supply, asked)
    somewhere = asked > 0
    assert (price[somewhere] > 0).all()
    assert np.isfinite(price).all()
    assert_allclose(supply.relief(price), asked, rtol=1e-9, atol=1e-6)


@given(curves(), abated, own_tonnes, trends, amounts(SHAPE[0], 0.0, 300.0))
def test_a_relief_has_no_price_beyond_the_room_of_the_year(curve, R, own, E, credit) -> None:
    """What a credit alone pays for is done for nothing; beyond its room nobody can go."""
    supply = curve.supply(R, own, E, credit)
    assert np.isinf(price_of_relief(supply, supply.relief_of(supply.room) + 1.0)).all()
    assert_array_equal(price_of_relief(supply, supply.relief_of(supply.for_nothing)), 0.0)
    assert_array_equal(price_of_relief(supply, np.full(SHAPE[0], -1.0)), 0.0)


def test_relief_counts_only_the_tonnes_that_reach_own_liability() -> None:
    curve = MacCurve(g=np.full((1, 2), 380.0), adjustment=40.0, pace=0.03, ceiling=0.7)
    price, R, E = np.array([30.0]), np.zeros((1, 2)), np.array([[100.0, 50.0]])
    own = np.array([[1.0, 0.5]])
    step = taken(curve, price, R, own)
    found = curve.supply(R, own, E).relief(price)
    assert_allclose(found, [100.0 * step[0, 0] + 25.0 * step[0, 1]])
    assert step[0, 0] > step[0, 1] > 0


@given(
    mean=floats(50.0, 1500.0),
    intensity=amounts(SHAPE, 0.01, 30.0),
    E=amounts(SHAPE, 1.0, 1e8),
    sensitivity=floats(0.0, 1.0),
    idle=st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2))),
)
def test_steepness_has_the_emission_weighted_mean_it_is_given(
    mean, intensity, E, sensitivity, idle
) -> None:
    for city, group in idle:
        intensity[city, group] = E[city, group] = 0.0
    g = steepness(mean, np.array([0.8, 1.1, 1.6]), intensity, E, sensitivity)
    assert (g * E).sum() / E.sum() == pytest.approx(mean, rel=1e-12)
    assert g.min() > 0.0


def test_carbon_intensive_producers_have_the_lower_mac() -> None:
    """Twice the output-weighted mean intensity of the group means 2^−h of the steepness."""
    intensity, E = np.array([[1.0], [2.0], [6.0]]), np.array([[1.0], [2.0], [6.0]]) * 100.0
    g = steepness(380.0, np.array([1.0]), intensity, E, sensitivity=0.4)[:, 0]
    assert g[0] > g[1] > g[2]
    assert_allclose(g[0] / g[1], 2.0**0.4)
    assert_allclose(g[1] / g[2], 3.0**0.4)


def test_groups_are_as_steep_as_their_factors_where_intensities_agree() -> None:
    ones = np.ones((2, 2))
    g = steepness(380.0, np.array([0.8, 1.6]), ones, ones, sensitivity=0.4)
    assert_allclose(g[:, 1] / g[:, 0], 2.0)


def test_doubling_experience_cuts_cost_by_the_learning_rate() -> None:
    """From one to two Gt of experience and again from two to four (Wright 1936)."""
    assert learned(0.0, 0.1) == 1.0
    assert learned(1e9, 0.1) == pytest.approx(0.9)
    assert learned(3e9, 0.1) == pytest.approx(0.9**2)
    assert learned(5e9, 0.0) == 1.0


def test_a_curve_is_not_changed_by_asking() -> None:
    curve = MacCurve(g=np.full(SHAPE, 380.0), adjustment=40.0, pace=0.03, ceiling=0.7)
    before = replace(curve, g=curve.g.copy())
    R, ones = np.full(SHAPE, 0.2), np.ones(SHAPE)
    asked = np.full(SHAPE[0], 0.05)
    price_of_relief(curve.supply(R, ones, ones), asked)
    assert_array_equal(curve.g, before.g)
    assert_array_equal(R, 0.2)
    assert_array_equal(asked, 0.05)
