"""Adaptive price beliefs."""

import numpy as np
from hypothesis import given
from invented import amounts, floats
from numpy.testing import assert_allclose

from model.behaviour.beliefs import updated

nobody = np.zeros(3, dtype=bool)
unseen = np.full(3, np.nan)


def test_beliefs_move_to_the_price_by_hand() -> None:
    """E13: a fifth of the way from 60 to 100; who was rationed adds or takes 5 %."""
    found = updated(
        np.full(3, 60.0),
        price=np.full(3, 100.0),
        need=np.zeros(3),
        rationed_buyers=np.array([False, True, False]),
        rationed_sellers=np.array([False, False, True]),
        speed=0.2,
        highest=500.0,
    )
    assert_allclose(found, [68.0, 68.0 * 1.05, 68.0 * 0.95])


def test_without_a_price_need_raises_and_surplus_lowers_it() -> None:
    need = np.array([10.0, -10.0, 0.0])
    found = updated(np.full(3, 60.0), unseen, need, nobody, nobody, 0.3, 500.0)
    assert_allclose(found, [63.0, 57.0, 60.0])


@given(amounts(3, 1.0, 500.0), amounts(3, 0.0, 500.0), floats(0.0, 1.0))
def test_a_belief_stays_between_itself_and_the_price(belief, price, speed) -> None:
    found = updated(belief, price, np.zeros(3), nobody, nobody, speed, 500.0)
    assert (found >= np.minimum(belief, price) - 1e-9).all()
    assert (found <= np.maximum(belief, price) + 1e-9).all()


@given(amounts(3, 1.0, 500.0))
def test_no_belief_exceeds_the_highest(belief) -> None:
    need = np.ones(3)
    assert updated(belief, unseen, need, nobody, nobody, 0.3, 100.0).max() <= 100.0
