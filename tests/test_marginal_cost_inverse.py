"""A nearly straight curve and its inverse, held against Brent's method and Lambert's function."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from invented import floats
from numpy.testing import assert_allclose
from scipy.optimize import brentq

from model.abatement.marginal_cost_inverse import marginal_cost_inverse


def curve(bend: float, u: float) -> float:
    return bend * u - (1 - bend) * np.log1p(-u)


@given(floats(0.0, 1.0), floats(0.01, 0.9999), floats(0.0, 1.0))
def test_the_inverse_is_the_root_that_bracketing_finds(bend, largest, share) -> None:
    r = curve(bend, share * largest)
    found, _ = marginal_cost_inverse(np.full((1, 1), bend), np.full((1, 1), largest)).inverse(
        np.full((1, 1), r)
    )
    root = brentq(lambda u: curve(bend, u) - r, 0.0, largest, xtol=1e-15, rtol=1e-14)
    assert abs(found[0, 0] - root) <= 1e-12


def test_there_and_back_over_all_bends_and_distances() -> None:
    bend, share = np.linspace(0.0, 1.0, 101)[:, None], np.linspace(0.0, 1.0, 41)
    for largest in (1e-3, 0.1, 0.4, 0.63, 0.9, 0.99, 0.999):
        straight = marginal_cost_inverse(bend, np.full_like(bend, largest))
        u = share * largest
        there_and_back, slope = straight.inverse(straight.at(u))
        assert np.abs(there_and_back - u).max() <= 1e-12
        assert_allclose(
            slope + 0 * bend * u, bend + (1 - bend) / (1 - u), rtol=0.01 if largest < 0.7 else 0.5
        )


def test_a_small_step_has_as_many_right_digits_as_a_large_one() -> None:
    bend, u = np.linspace(0.0, 1.0, 11)[:, None], np.logspace(-12, -1, 40)
    straight = marginal_cost_inverse(bend, np.full_like(bend, 0.3))
    assert_allclose(straight.inverse(straight.at(u))[0] + 0 * bend, u + 0 * bend, rtol=1e-11)


@given(st.floats(0.0, 1.0), floats(0.1, 0.99))
def test_where_the_series_happens_to_end_at_the_root_the_way_there_counts(bend, largest) -> None:
    """At some bends the sum of the series crosses the root: right at the end, wrong before it."""
    table = np.full((1, 1), bend)
    straight = marginal_cost_inverse(table, np.full((1, 1), largest))
    u = np.linspace(0.0, largest, 50)
    assert np.abs(straight.inverse(straight.at(u))[0] - u).max() <= 1e-12
