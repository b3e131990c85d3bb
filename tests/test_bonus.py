"""Performance-based bonus."""

import numpy as np
import pytest
from hypothesis import given
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.transfers.bonus import MERITS, Achievement, bonus

CITIES = 6


@given(floats(0.0, 1e12), amounts(CITIES, -1e8, 1e8).map(lambda merit: merit.round(2)))
def test_the_whole_fund_goes_to_those_who_earned_it(fund, merit) -> None:
    found = bonus(fund, merit)
    assert_array_equal(found[merit <= 0], 0.0)
    assert_allclose(found.sum(), fund if (merit > 0).any() else 0.0, rtol=1e-12)


@given(floats(0.0, 1e12))
def test_where_nobody_earned_it_the_fund_is_kept(fund) -> None:
    assert_array_equal(bonus(fund, np.array([0.0, -3.0])), 0.0)


def test_a_bonus_by_hand() -> None:
    """900 CNY by 10 : 0 : 20, the one who fell back gets nothing."""
    assert_allclose(bonus(900.0, np.array([10.0, -5.0, 20.0])), [300.0, 0.0, 600.0])


@pytest.mark.parametrize(
    ("word", "merit"),
    [
        ("abatement", [4.0, 0.0]),
        ("productivity", [120 / 50 - 100 / 50, 100 / 60 - 100 / 50]),
        ("tonnes_saved", [10.0, -10.0]),
    ],
)
def test_merits_by_hand(word: str, merit: list[float]) -> None:
    """The first makes 120 of 100 with the same 50 t, the second 100 as before with 60 t."""
    year = Achievement(
        abated=np.array([4.0, 0.0]),
        value_added=np.array([120.0, 100.0]),
        tonnes=np.array([50.0, 60.0]),
        value_added_before=np.array([100.0, 100.0]),
        tonnes_before=np.array([50.0, 50.0]),
    )
    assert_allclose(MERITS[word](year), merit)
