"""Least squares within bounds: beside scipy, and by the conditions of Karush, Kuhn and Tucker."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import lsq_linear

from model.input_output.bounded_least_squares import within_bounds
from model.input_output.years_within_bounds import ScaledEquations, years_within_bounds


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


@given(st.integers(1, 12), st.integers(1, 9), st.integers(0, 10**6), st.floats(0.01, 1.0))
def test_years_solved_together_are_what_each_is_by_itself(size, years, seed, pull) -> None:
    equations = scaled_equations(size, years, seed, pull)
    together = years_within_bounds(equations, (0.75, 1.25))
    alone = [within_bounds(*equations.in_full(year), (0.75, 1.25)) for year in range(years)]
    assert_allclose(together, alone, rtol=1e-8)


def test_a_year_that_does_not_settle_is_solved_by_itself(monkeypatch) -> None:
    equations = scaled_equations(8, 5, 3, 0.3)
    together = years_within_bounds(equations, (0.75, 1.25))
    monkeypatch.setattr("model.input_output.years_within_bounds.MOST_DIRECTIONS", 0)
    assert_allclose(years_within_bounds(equations, (0.75, 1.25)), together, rtol=1e-10)


def scaled_equations(size: int, years: int, seed: int, pull: float) -> ScaledEquations:
    rng = np.random.default_rng(seed)
    G = np.eye(size) + rng.uniform(0.0, 1.0, (size, size))
    rows, columns = rng.uniform(0.5, 2.0, (2, years, size)) / np.sqrt(G.sum(axis=1))
    return ScaledEquations(G, rows, columns, rng.uniform(0.0, 2.0, (years, size)), pull)
