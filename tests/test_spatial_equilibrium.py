"""Spatial price equilibrium: worths at which every node balances, on a graph."""

import numpy as np
import pytest
from invented import TERMS, book, outlook
from numpy.testing import assert_allclose

from model.market.own_orders import own_orders
from model.market.spatial_equilibrium import PRECISION, Channels, balanced

COUNT = 60


@pytest.mark.parametrize("seed", range(5, 15))
def test_all_balance_to_the_last_tonne_though_schedules_have_kinks(seed) -> None:
    """Some have nothing to sell, some stand where their offer begins, some at their fine."""
    rng = np.random.default_rng(seed)
    trend = rng.lognormal(18.0, 1.0, (COUNT, 2))
    cities = outlook(
        rng.uniform(-0.03, 0.01, COUNT) * trend.sum(axis=1),
        trend,
        g=rng.uniform(200.0, 2000.0, (COUNT, 2)),
    )
    held = np.where(rng.random(COUNT) < 0.5, 10**9, 10**5)
    orders = own_orders(book(cities), np.arange(COUNT), held)
    strength = np.triu(rng.lognormal(0.0, 2.0, (COUNT, COUNT)), 1)
    strength *= rng.random((COUNT, COUNT)) < 0.3
    amount = float(np.abs(orders.excess(np.zeros(COUNT))[0]).sum())
    kappa = amount * (strength + strength.T) / (2 * strength.sum() * 0.5)
    channels = Channels.along(kappa, TERMS.transaction_cost)
    worth, left = balanced(orders.excess, channels, np.zeros(COUNT), amount)
    assert left <= PRECISION * amount
    flows = kappa * np.maximum(worth[None, :] - worth[:, None] - 2 * TERMS.transaction_cost, 0.0)
    taken = flows.sum(axis=0) - flows.sum(axis=1)
    assert_allclose(taken, orders.excess(worth)[0], rtol=0, atol=2 * PRECISION * amount)
