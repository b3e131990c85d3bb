"""Demand that moves to consumption, and the mix in which catch-up grows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.footprints.demand_shift import GROWTH_MIXES, demand_multipliers, possible_shift

CITIES = 4
CONSUMPTION, CAPITAL, INVENTORY = range(3)
words = st.sampled_from(sorted(GROWTH_MIXES))
levels = amounts(CITIES, 0.0, 1.0)
shifts = amounts(CITIES, 0.0, 0.6)


@st.composite
def bases(draw) -> np.ndarray:
    """Draw demand by kind; only inventory change has a sign."""
    regular = draw(amounts((CITIES, 2), 0.05, 10.0))
    return np.column_stack([regular, draw(amounts(CITIES, -0.5, 0.5))])


@given(bases(), shifts, levels, words, floats(0.0, 0.5))
def test_regular_demand_grows_by_the_catch_up_and_the_shift_conserves_it(
    base, shift, level, mix, least
) -> None:
    found = base * demand_multipliers(base, shift, level, GROWTH_MIXES[mix], least)
    before = base[:, :INVENTORY].sum(axis=1)
    assert_allclose(found[:, :INVENTORY].sum(axis=1), before * (1.0 + level), rtol=1e-12)


@given(bases(), shifts, levels, words, floats(0.0, 0.5))
def test_no_multiplier_is_negative_and_inventory_change_is_not_shifted(
    base, shift, level, mix, least
) -> None:
    found = demand_multipliers(base, shift, level, GROWTH_MIXES[mix], least)
    assert (found >= 0).all()
    expected = 1.0 + level if mix == "as_is" else np.ones(CITIES)
    assert_array_equal(found[:, INVENTORY], expected)


@given(bases(), shifts, levels, words, floats(0.0, 0.5))
def test_the_capital_share_falls_by_the_shift_but_not_under_the_floor(
    base, shift, level, mix, least
) -> None:
    def capital_share(h):
        demand = base * demand_multipliers(base, h, level, GROWTH_MIXES[mix], least)
        return demand[:, CAPITAL] / demand[:, :INVENTORY].sum(axis=1)

    without = capital_share(np.zeros(CITIES))
    floor = np.minimum(without, least)
    assert_allclose(capital_share(shift), np.maximum(without - shift, floor), atol=1e-12)


@given(bases(), words, floats(0.0, 0.5))
def test_without_catch_up_or_shift_demand_is_as_it_was(base, mix, least) -> None:
    none = np.zeros(CITIES)
    assert_array_equal(demand_multipliers(base, none, none, GROWTH_MIXES[mix], least), 1.0)


@given(bases(), levels)
def test_by_default_every_kind_grows_alike(base, level) -> None:
    found = demand_multipliers(base, np.zeros(CITIES), level)
    assert_array_equal(found, np.column_stack([1.0 + level] * 3))


@pytest.mark.parametrize(
    ("mix", "shift", "expected"),
    [
        ("as_is", 0.0, [1.2, 1.2, 1.2]),
        ("investment_led", 0.0, [1.0, 1.5, 1.0]),
        ("green", 0.0, [4 / 3, 1.0, 1.0]),
        ("as_is", 0.1, [1.4, 0.9, 1.2]),
        ("as_is", 0.3, [1.6, 0.6, 1.2]),
    ],
)
def test_mixes_by_hand(mix: str, shift: float, expected: list[float]) -> None:
    """Regular demand 0.6 + 0.4 grows by a fifth; a tenth of 1.2 moves, at most down to 0.2 of it.

    0.72 + 0.12 and 0.48 − 0.12; with the floor 0.96 and 0.24.
    """
    base = np.array([[0.6, 0.4, -0.1]])
    found = demand_multipliers(
        base, np.array([shift]), np.array([0.2]), GROWTH_MIXES[mix], least_capital=0.2
    )
    assert_allclose(found, [expected])


def test_what_is_below_the_floor_already_does_not_move() -> None:
    base = np.array([[0.9, 0.1, 0.0]])
    none = np.zeros(1)
    assert_array_equal(
        possible_shift(base, np.array([0.05]), none, GROWTH_MIXES["as_is"], 0.2), 0.0
    )
    assert_array_equal(
        possible_shift(base, np.array([0.05]), none, GROWTH_MIXES["as_is"], 0.08), [0.1 - 0.08]
    )


def test_nothing_cannot_grow() -> None:
    one = np.ones(1)
    with pytest.raises(ValueError, match="city 0: capital_formation is 0 and no multiple"):
        demand_multipliers(
            np.array([[1.0, 0.0, 0.0]]), 0 * one, one, GROWTH_MIXES["investment_led"]
        )
    with pytest.raises(ValueError, match="consumption is 0"):
        demand_multipliers(np.array([[0.0, 1.0, 0.0]]), 0.1 * one, 0 * one)
