"""The Suits index of a burden (Suits, D. B. 1977, American Economic Review 67(4), 747–752)."""

import numpy as np
import pytest
from hypothesis import given
from invented import amounts, floats

from model.classes.progressivity import suits

CITIES = 6
means = amounts(CITIES, 0.5, 10.0)
heads = amounts(CITIES, 0.5, 10.0)


@given(means, heads, floats(0.01, 2.0))
def test_the_same_share_of_everybody_s_means_is_neither(income, per_head, rate) -> None:
    assert suits(rate * income, income, per_head) == pytest.approx(0.0, abs=1e-12)


def test_a_burden_on_the_rich_alone_is_progressive_and_on_the_poor_alone_regressive() -> None:
    """With means of 1 and 3, the areas under the two-step curves are 3/8 and 7/8."""
    income, per_head = np.array([1.0, 3.0]), np.array([1.0, 2.0])
    assert suits(np.array([0.0, 1.0]), income, per_head) == pytest.approx(1 - 3 / 4)
    assert suits(np.array([1.0, 0.0]), income, per_head) == pytest.approx(1 - 7 / 4)


@given(means, heads, amounts(CITIES, 0.1, 5.0), floats(0.01, 100.0))
def test_it_does_not_hang_on_units_and_lies_between_its_ends(income, per_head, paid, unit) -> None:
    found = suits(paid, income, per_head)
    assert -1.0 <= found <= 1.0
    assert suits(unit * paid, income / unit, per_head) == pytest.approx(found, abs=1e-9)


def test_moving_a_burden_from_a_poor_city_to_a_rich_one_makes_it_more_progressive() -> None:
    income = np.arange(1.0, 7.0)
    paid = np.ones(6)
    moved = paid + np.array([-0.5, 0.0, 0.0, 0.0, 0.0, 0.5])
    assert suits(moved, income, income) > suits(paid, income, income)


def test_where_the_burdens_add_up_to_a_gain_there_is_no_index() -> None:
    income = np.array([1.0, 2.0])
    assert np.isnan(suits(np.array([1.0, -1.0]), income, income))
