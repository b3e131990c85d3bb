"""Embodied emission intensities, against the dense Leontief inverse and the response basis."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import SEEDS, economy_of
from numpy.testing import assert_allclose, assert_array_equal

from model.footprints.accounts import embodied_flows
from model.footprints.embodied_intensity import (
    embodied_accounts,
    embodied_by_emitter,
    embodied_in,
    embodied_in_exports,
)
from model.input_output.krylov import NotConverged, solved
from model.input_output.trade_form import TradeForm

TWO_SECTORS = TradeForm(t=np.ones((2, 1, 1)), a=np.array([[[0.15, 0.25], [0.20, 0.05]]]))
"""Miller & Blair 2009, table 2.4, as a region that trades with nobody."""


@given(SEEDS, st.integers(0, 10_000))
def test_the_transposed_form_is_the_transposed_table(seed: int, vectors: int) -> None:
    form = economy_of(seed).form
    v = np.random.default_rng(vectors).uniform(-1.0, 1.0, (form.regions, form.sectors, 3))
    flat = v.reshape(-1, 3)
    assert_allclose(form.transposed.apply(v).reshape(-1, 3), form.dense().T @ flat, atol=1e-14)
    own = form.dense().reshape(form.regions, form.sectors, form.regions, form.sectors)
    assert_allclose(form.transposed.own_use(), np.einsum("rirj->rji", own), rtol=1e-14)


@given(SEEDS)
def test_embodied_intensities_are_those_of_the_dense_inverse(seed: int) -> None:
    """Miller & Blair 2009, chapter 10: emissions per unit of final demand are S L."""
    economy = economy_of(seed)
    L = np.linalg.inv(np.eye(economy.x.size) - economy.form.dense())
    by_cell = economy.S.ravel()[:, None] * L
    regions, sectors = economy.x.shape
    by_emitter = by_cell.reshape(regions, sectors, regions, sectors).sum(axis=1)
    found = embodied_by_emitter(economy.form, economy.S)
    assert_allclose(found, by_emitter, rtol=1e-10, atol=1e-12 * by_emitter.max())


@given(SEEDS)
def test_flows_from_intensities_are_those_of_the_response_basis(seed: int) -> None:
    economy = economy_of(seed)
    M = embodied_by_emitter(economy.form, economy.S)
    expected = embodied_flows(economy.basis, economy.S)
    scale = 1e-12 * expected.max()
    demanded = embodied_in(M, economy.form, economy.d)
    shipped = embodied_in_exports(M, economy.export)
    assert_allclose(demanded, expected[:-1], rtol=1e-10, atol=scale)
    assert_allclose(shipped, expected[-1], rtol=1e-10, atol=scale)


def test_accounts_from_intensities_are_those_of_the_economy(small) -> None:
    M = embodied_by_emitter(small.form, small.S)
    found = embodied_accounts(M, small.form, small.d, small.export)
    assert_allclose(found.D_pba, small.F.sum(axis=1), rtol=1e-9)
    assert_allclose(found.C, small.accounts().C, rtol=1e-10)
    assert_allclose(found.exported, small.accounts().exported, rtol=1e-10)


def test_a_unit_of_product_embodies_one_unit_of_value_added_and_imports(small) -> None:
    """Miller & Blair 2009, section 2.6: with S the primary inputs per output, S L is one."""
    primary = 1.0 - small.form.transposed.apply(np.ones((*small.x.shape, 1)))[:, :, 0]
    M = embodied_by_emitter(small.form, primary)
    assert_allclose(M.sum(axis=0), 1.0, rtol=1e-12)


def test_multipliers_of_the_textbook() -> None:
    """Miller & Blair 2009, section 2.3: L, printed to four digits; its column sums with S = 1."""
    M = embodied_by_emitter(TWO_SECTORS, np.ones((1, 2)))
    assert_allclose(M, [[[1.2541 + 0.2640, 0.3300 + 1.1221]]], atol=1e-4)
    only_first = embodied_by_emitter(TWO_SECTORS, np.array([[1.0, 0.0]]))
    assert_allclose(only_first, [[[1.2541, 0.3300]]], atol=5e-5)


def test_without_inputs_a_product_embodies_what_its_maker_emits() -> None:
    S = np.array([[2.0, 0.5], [3.0, 0.0]])
    alone = TradeForm(t=np.ones((2, 2, 2)) / 2, a=np.zeros((2, 2, 2)))
    M = embodied_by_emitter(alone, S)
    assert_array_equal(M, [[S[0], [0.0, 0.0]], [[0.0, 0.0], S[1]]])
    assert_array_equal(embodied_in_exports(M, np.ones((2, 2))), np.diag([2.5, 3.0]))
    halves = embodied_in(M, alone, np.ones((2, 2, 1)))
    assert_array_equal(halves, [[[1.25, 1.25], [1.5, 1.5]]])


def test_a_region_that_emits_nothing_is_in_no_product(small) -> None:
    S = small.S.copy()
    S[3] = 0.0
    M = embodied_by_emitter(small.form, S)
    assert_array_equal(M[3], 0.0)
    assert (M[4] > 0).any()


def test_an_economy_that_eats_all_it_makes_embodies_without_end() -> None:
    """Hawkins & Simon (1949)."""
    even = TradeForm(t=np.full((2, 3, 3), 1 / 3), a=np.full((3, 2, 2), 0.5))
    with pytest.raises(NotConverged, match=r"ρ.A. = 1\.000"):
        embodied_by_emitter(even, np.ones((3, 2)))


def test_too_few_steps_of_the_transposed_system_are_reported(small) -> None:
    with pytest.raises(NotConverged, match=r"residual .* after 1 steps"):
        solved(small.form.transposed, np.ones((*small.x.shape, 1)), iterations=1)
