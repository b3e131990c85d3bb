"""The least-cost path of abatement: closed forms of one cell, and Hotelling's rule."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from model.abatement.least_cost import Planned, least_cost


def asked(trend, caps, *, g=400.0, slope=0.0, room=1.0, discount=1.0, banking=False) -> Planned:
    trend = np.asarray(trend, dtype=np.float64)
    return Planned(
        trend, np.full_like(trend, g), slope, room, np.asarray(caps, float), discount, banking
    )


def test_one_city_without_adjustment_cost_is_priced_at_its_marginal_cost() -> None:
    """R = 1 − cap ÷ E, price = −g ln(cap ÷ E)."""
    caps = np.array([95.0, 90.0, 80.0])
    found = least_cost(asked(np.full((3, 1), 100.0), caps))
    assert_allclose(found.emissions, caps, rtol=1e-3)
    assert_allclose(found.price, -400.0 * np.log(caps / 100.0), rtol=5e-3)


def test_two_cities_abate_at_equal_marginal_cost() -> None:
    trend = np.array([[60.0, 40.0]])
    g = np.array([[200.0, 800.0]])
    found = least_cost(Planned(trend, g, 0.0, 1.0, np.array([80.0]), 1.0, False))
    assert_allclose(-g * np.log1p(-found.abatement), np.full((1, 2), found.price[0]), rtol=2e-3)


@pytest.mark.parametrize("discount", [1.0, 0.9])
def test_with_banking_the_price_rises_at_the_rate_of_interest(discount) -> None:
    """Hotelling 1931: p_{t+1} = p_t ÷ β as long as something is banked."""
    found = least_cost(
        asked(np.full((4, 1), 100.0), [95.0, 90.0, 85.0, 75.0], discount=discount, banking=True)
    )
    assert_allclose(found.price[1:] / found.price[:-1], 1 / discount, rtol=5e-3)
    assert_allclose(found.emissions.sum(), 345.0, rtol=1e-4)


def test_adjustment_cost_begins_abatement_before_the_cap_binds() -> None:
    """Caps bind in the last year only: with k > 0 the steps are spread over all years."""
    caps = [100.0, 100.0, 100.0, 80.0]
    early = least_cost(asked(np.full((4, 1), 100.0), caps, slope=4000.0)).abatement[:, 0]
    late = least_cost(asked(np.full((4, 1), 100.0), caps)).abatement[:, 0]
    assert early[0] > 0.01
    assert late[2] < 1e-3
    assert_allclose([early[-1], late[-1]], 0.2, rtol=1e-3)


def test_banking_is_never_dearer_than_yearly_caps() -> None:
    rng = np.random.default_rng(5)
    trend = rng.uniform(10.0, 50.0, (6, 5))
    caps = trend.sum(axis=1) * np.linspace(0.98, 0.75, 6)
    weight = 0.95 ** np.arange(6)
    kinds = {b: asked(trend, caps, slope=2000.0, discount=0.95, banking=b) for b in (True, False)}
    costs = {b: weight @ least_cost(kind).cost for b, kind in kinds.items()}
    assert costs[True] <= costs[False] * 1.0001


def test_caps_that_no_step_can_meet_are_refused() -> None:
    with pytest.raises(ValueError, match="caps are missed by"):
        least_cost(asked(np.full((2, 1), 100.0), [60.0, 50.0], room=0.1))
