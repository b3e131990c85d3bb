"""The economy in trade form, and solving it without ever forming A."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from model.input_output import krylov, leontief
from model.input_output.krylov import NotConverged, spectral_radius
from model.input_output.response_basis import response_basis
from model.input_output.trade_form import TradeForm


def economy_of(seed: int, inputs: float = 0.8) -> TradeForm:
    """Return a random economy whose sectors spend up to `inputs` of their output on inputs."""
    rng = np.random.default_rng(seed)
    regions, sectors = rng.integers(1, 6, 2)
    domestic = rng.uniform(0.5, 1.0, (sectors, 1, regions))
    t = domestic * rng.dirichlet(np.ones(regions), (sectors, regions)).transpose(0, 2, 1)
    a = rng.dirichlet(np.ones(sectors), (regions, sectors)).transpose(0, 2, 1)
    spent = rng.uniform(0.1, inputs, (regions, 1, sectors))
    return TradeForm(t=t, a=np.ascontiguousarray(spent * a))


def columns_of(economy: TradeForm, seed: int, count: int = 3) -> np.ndarray:
    """Return random columns over (region, sector), some of them zeros."""
    rng = np.random.default_rng(seed + 1)
    columns = rng.uniform(0.0, 1e6, (economy.regions, economy.sectors, count))
    columns[:, :, ::2] = 0.0
    return columns


def flat(columns: np.ndarray) -> np.ndarray:
    return columns.reshape(-1, columns.shape[2])


@given(st.integers(0, 10_000))
def test_applying_trade_and_technology_is_the_dense_product(seed: int) -> None:
    """Miller & Blair 2009, section 3.4: Z[(r,i),(s,j)] = t[i,r,s] a[s,i,j] x[s,j]."""
    economy = economy_of(seed)
    v = columns_of(economy, seed)
    assert_allclose(flat(economy.apply(v)), economy.dense() @ flat(v), rtol=1e-12)


def test_a_cell_of_the_dense_table_is_trade_share_times_coefficient() -> None:
    economy = economy_of(3)
    A = economy.dense().reshape(economy.regions, economy.sectors, economy.regions, economy.sectors)
    r, i, s, j = economy.regions - 1, 0, 0, economy.sectors - 1
    assert A[r, i, s, j] == economy.t[i, r, s] * economy.a[s, i, j]


@given(st.integers(0, 10_000))
def test_final_demand_by_supplier_adds_up_to_demand_less_imports(seed: int) -> None:
    economy = economy_of(seed)
    rng = np.random.default_rng(seed)
    d = rng.uniform(0.0, 1e6, (economy.regions, economy.sectors, 2))
    Y = economy.final_demand(d).reshape(economy.regions, economy.sectors, 2, economy.regions)
    domestic = economy.t.sum(axis=1).T[:, :, None] * d
    assert_allclose(Y.sum(axis=0).transpose(2, 0, 1), domestic, rtol=1e-12)


@given(st.integers(0, 10_000))
def test_gross_output_is_that_of_the_dense_factors(seed: int) -> None:
    economy = economy_of(seed)
    Y = columns_of(economy, seed)
    dense = leontief.gross_output(economy.dense(), flat(Y))
    assert_allclose(flat(krylov.gross_output(economy, Y)), dense, rtol=1e-10)


@given(st.integers(0, 10_000))
def test_no_demand_calls_for_no_output(seed: int) -> None:
    economy = economy_of(seed)
    Y = columns_of(economy, seed)
    X = krylov.gross_output(economy, Y)
    assert_array_equal(X[:, :, ::2], 0.0)
    assert (X[:, :, 1] >= Y[:, :, 1]).all()


def test_gross_output_of_the_small_economy_is_its_output(small) -> None:
    demand = small.form.final_demand(small.d).sum(axis=2) + small.export
    X = krylov.gross_output(small.form, demand[:, :, None])
    assert_allclose(X[:, :, 0], small.x, rtol=1e-9)
    dense = leontief.gross_output(small.form.dense(), demand.reshape(-1, 1))
    assert_allclose(X.reshape(-1, 1), dense, rtol=1e-10)


@given(st.integers(0, 10_000))
def test_the_spectral_radius_is_the_largest_eigenvalue(seed: int) -> None:
    economy = economy_of(seed)
    largest = np.abs(np.linalg.eigvals(economy.dense())).max()
    assert spectral_radius(economy) == pytest.approx(largest, rel=1e-6)


@given(st.integers(0, 10_000), st.floats(0.3, 1.7))
def test_an_economy_is_refused_where_its_largest_eigenvalue_reaches_one(
    seed: int, radius: float
) -> None:
    economy = economy_of(seed)
    scaled = replace(
        economy, a=economy.a * radius / np.abs(np.linalg.eigvals(economy.dense())).max()
    )
    if abs(radius - 1.0) < 1e-3:
        return  # the power iteration estimates no nearer
    if radius < 1.0:
        krylov.require_productive(scaled)
    else:
        with pytest.raises(NotConverged, match="uses up more than it makes"):
            krylov.require_productive(scaled)


def test_an_economy_without_inputs_has_radius_zero() -> None:
    nothing = TradeForm(t=np.ones((2, 1, 1)), a=np.zeros((1, 2, 2)))
    assert spectral_radius(nothing) == 0.0


@pytest.mark.parametrize("inputs_per_output", [1.0, 1.2, 2.0])
def test_an_economy_that_eats_more_than_it_makes_is_refused(inputs_per_output: float) -> None:
    """Hawkins & Simon (1949): output would be negative, or infinite at ρ(A) = 1."""
    even = np.full((2, 3, 3), 1 / 3)
    economy = TradeForm(t=even, a=np.full((3, 2, 2), inputs_per_output / 2))
    assert spectral_radius(economy) == pytest.approx(inputs_per_output)
    with pytest.raises(NotConverged, match=f"ρ.A. = {inputs_per_output:.3f}"):
        response_basis(economy, np.ones((3, 2, 1)), np.ones((3, 2)), lambda _done, _of: None)


def test_too_few_steps_are_reported_with_the_residual() -> None:
    economy = economy_of(1, inputs=0.99)
    with pytest.raises(NotConverged, match=r"residual .* after 1 steps"):
        krylov.solved(economy, columns_of(economy, 1), iterations=1)
