"""Whole tonnes by the method of the largest remainder (Hamilton; Balinski & Young 2001)."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from model.quota.whole_tonnes import whole_tonnes


@given(
    st.integers(0, 10**6),
    st.lists(st.integers(-1, 6) | st.floats(0.0, 1e6, width=32), min_size=1, max_size=30),
)
def test_shares_are_those_of_sorting_all_remainders(total: int, weights: list[float]) -> None:
    """Everyone gets the whole part; the rest goes, one tonne each, by remainder, weight, place."""
    weight = np.array(weights, dtype=np.float64)
    claim = np.maximum(weight, 0.0) if (weight > 0).any() else np.ones_like(weight)
    exact = total * (claim / claim.sum())
    whole = np.floor(exact).astype(np.int64)
    order = sorted(range(weight.size), key=lambda c: (whole[c] - exact[c], -claim[c], c))
    for city in order[: total - int(whole.sum())]:
        whole[city] += 1
    assert_array_equal(whole_tonnes(total, weight), whole)


def test_the_united_states_of_1791_as_hamilton_divided_them() -> None:
    """120 seats among fifteen states (Balinski & Young 2001, table 2.1)."""
    people = {
        "Connecticut": 236841, "Delaware": 55540, "Georgia": 70835, "Kentucky": 68705,
        "Maryland": 278514, "Massachusetts": 475327, "New Hampshire": 141822,
        "New Jersey": 179570, "New York": 331589, "North Carolina": 353523,
        "Pennsylvania": 432879, "Rhode Island": 68446, "South Carolina": 206236,
        "Vermont": 85533, "Virginia": 630560,
    }  # fmt: skip
    seats = [8, 2, 2, 2, 9, 16, 5, 6, 11, 12, 14, 2, 7, 3, 21]
    assert_array_equal(whole_tonnes(120, np.array(list(people.values()), float)), seats)
