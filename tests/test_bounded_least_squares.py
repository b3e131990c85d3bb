"""Least squares within bounds: beside scipy, and by the conditions of Karush, Kuhn and Tucker."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import lsq_linear

from model.input_output.bounded_least_squares import within_bounds


@given(st.integers(1, 12), st.integers(0, 10**6), st.floats(0.0, 2.0), st.floats(0.01, 3.0))
def test_it_is_what_bounded_variable_least_squares_finds(size, seed, low, width) -> None:
    """Stark and Parker 1995, by scipy."""
    rng = np.random.default_rng(seed)
    equations = np.vstack([rng.normal(size=(size + 2, size)), 0.3 * np.eye(size)])
    right = rng.normal(scale=2.0, size=2 * size + 2)
    ours = within_bounds(equations, right, (low, low + width))
    theirs = lsq_linear(equations, right, (low, low + width), method="bvls", tol=1e-14).x
    assert_allclose(ours, theirs, rtol=1e-6, atol=1e-8)


@given(st.integers(1, 12), st.integers(0, 10**6))
def test_multipliers_push_outwards_at_a_bound_and_vanish_within(size, seed) -> None:
    rng = np.random.default_rng(seed)
    equations = np.vstack([rng.normal(size=(size, size)), 0.3 * np.eye(size)])
    right = rng.normal(size=2 * size)
    x = within_bounds(equations, right, (-0.5, 0.5))
    pull = equations.T @ (right - equations @ x)
    assert (pull[x <= -0.5] <= 1e-9).all()
    assert (pull[x >= 0.5] >= -1e-9).all()
    assert_allclose(pull[(x > -0.5) & (x < 0.5)], 0.0, atol=1e-9)
