"""A nearly straight curve and its inverse, held against Brent's method."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from invented import floats
from numpy.testing import assert_allclose
from scipy.optimize import brentq

from model.abatement.marginal_cost_inverse import marginal_cost_inverse


def curve(bend: float, y: float) -> float:
    return (1 - bend) * y - bend * np.expm1(-y)


@given(floats(0.0, 1.0), floats(0.01, 9.3), floats(0.0, 1.0))
def test_the_inverse_is_the_root_that_bracketing_finds(bend, farthest, share) -> None:
    r = curve(bend, share * farthest)
    found, _ = marginal_cost_inverse(np.full((1, 1), bend), np.full((1, 1), farthest)).inverse(
        np.full((1, 1), r)
    )
    root = brentq(lambda y: curve(bend, y) - r, 0.0, farthest + 1e-6, xtol=1e-14, rtol=1e-14)
    assert abs(curve(bend, float(found[0, 0])) - r) <= 1e-12
    assert abs(found[0, 0] - root) <= 1e-11 * np.exp(root)


def test_there_and_back_over_all_bends_and_distances() -> None:
    bend, share = np.linspace(0.0, 1.0, 101)[:, None], np.linspace(0.0, 1.0, 41)
    for farthest in (1e-3, 0.1, 0.5, 1.0, 2.0, 4.555, 6.9):
        straight = marginal_cost_inverse(bend, np.full_like(bend, farthest))
        y = share * farthest
        there_and_back, slope = straight.inverse(straight.at(y))
        assert np.abs(straight.at(there_and_back) - straight.at(y)).max() <= 1e-12
        assert_allclose(
            slope + 0 * bend * y, 1 - bend + bend * np.exp(-y), rtol=0.01 if farthest < 1 else 0.5
        )


@given(st.sampled_from([0.3, 0.5, 0.78, 0.796, 0.9]), floats(0.1, 5.0))
def test_where_the_series_happens_to_end_at_the_root_the_way_there_counts(bend, farthest) -> None:
    """At some bends the sum of the series crosses the root: right at the end, wrong before it."""
    table = np.full((1, 1), bend)
    straight = marginal_cost_inverse(table, np.full((1, 1), farthest))
    y = np.linspace(0.0, farthest, 50)
    assert np.abs(straight.inverse(straight.at(y))[0] - y).max() <= 1e-10
