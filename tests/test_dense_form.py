"""The economy as a dense table: the textbook's, pymrio's, and that of the trade form turned dense.

Miller, R. E. & Blair, P. D. (2009): Input–Output Analysis: Foundations and Extensions, 2nd edition,
Cambridge University Press.
"""

import numpy as np
import pytest
from hypothesis import given
from invented import SEEDS, economy_of
from numpy.testing import assert_allclose
from pymrio_truth import shipped
from test_leontief import INTERREGIONAL_Z, INTERREGIONAL_x

from model.compile.city_economy import Economy
from model.footprints.accounts import embodied_flows
from model.footprints.embodied_intensity import (
    embodied_accounts,
    embodied_by_emitter,
    total_intensity,
)
from model.input_output.dense_form import Cancelled, DenseForm, FullMatrix, dense_form, origins
from model.input_output.form import Form
from model.input_output.krylov import NotConverged, spectral_radius
from model.input_output.leontief import technical_coefficients
from model.input_output.response_basis import response_basis
from model.input_output.trade_form import TradeForm


def quiet(_done: int, _of: int) -> None:
    """Report no progress."""


def of_table(Z, x, Y) -> tuple[DenseForm, np.ndarray]:
    """Return the economy of a table given in full, and its final demand."""
    origin, d = origins(Y)
    return dense_form(technical_coefficients(Z, x), origin), d


def in_full(economy: Economy) -> DenseForm:
    """Return the economy with its origins written out for every category of final demand."""
    origin = economy.form.final_demand(np.ones_like(economy.d))
    return dense_form(economy.form.dense(), origin)


@given(SEEDS)
def test_both_forms_answer_final_demand_alike(seed: int) -> None:
    economy = economy_of(seed)
    dense = response_basis(in_full(economy), economy.d, economy.export, quiet)
    trade = response_basis(economy.form, economy.d, economy.export, quiet)
    scale = np.abs(trade).max(axis=(0, 1))
    assert_allclose(dense / scale, trade / scale, atol=1e-12)


@given(SEEDS)
def test_both_forms_embody_alike(seed: int) -> None:
    economy = economy_of(seed)
    dense = in_full(economy)
    S, d, export = economy.S, economy.d, economy.export
    M = embodied_by_emitter(economy.form, S)
    assert_allclose(embodied_by_emitter(dense, S), M, rtol=1e-12, atol=1e-12 * M.max())
    assert_allclose(total_intensity(dense, S), M.sum(axis=0), rtol=1e-11)
    expected = embodied_accounts(M, economy.form, d, export)
    found = embodied_accounts(M, dense, d, export)
    assert_allclose(found.C, expected.C, rtol=1e-12, atol=1e-12 * expected.C.max())


@given(SEEDS)
def test_both_forms_have_one_radius_and_apply_alike(seed: int) -> None:
    economy = economy_of(seed)
    dense = in_full(economy)
    forms: tuple[Form, ...] = (economy.form, dense)
    assert [(form.regions, form.sectors) for form in forms] == [economy.x.shape] * 2
    assert spectral_radius(dense) == pytest.approx(spectral_radius(economy.form), rel=1e-12)
    v = economy.x[:, :, None]
    assert_allclose(dense.apply(v), economy.form.apply(v), rtol=1e-12)


def test_a_table_in_full_gives_back_its_final_demand_and_output(small) -> None:
    Y = small.form.final_demand(small.d)
    Z = small.form.dense() * small.x.ravel()
    form, d = of_table(Z, small.x.ravel(), Y)
    assert_allclose(form.final_demand(d), Y, rtol=1e-15)
    domestic = small.form.t.sum(axis=1).T[:, :, None] * small.d
    assert_allclose(d, domestic, rtol=1e-12)
    basis = response_basis(form, d, small.export, quiet)
    assert_allclose(basis.sum(axis=2), small.x, rtol=1e-9)


def test_deliveries_that_differ_by_use_are_kept_apart() -> None:
    """No trade form holds this table: each region buys all inputs there and all finals at home."""
    A = np.array([[0.0, 0.5], [0.5, 0.0]])
    form = dense_form(A, origin=np.eye(2).reshape(2, 1, 2))
    found = response_basis(form, np.ones((2, 1, 1)), np.zeros((2, 1)), quiet)
    assert_allclose(found[:, 0, :2], np.array([[4, 2], [2, 4]]) / 3)


def test_two_regions_answer_demand_in_one_of_them_as_in_the_textbook() -> None:
    """Miller & Blair 2009, section 3.3; the second region's missing sector makes nothing."""
    there = np.array([0, 1, 2, 3, 4])
    Z, x = np.zeros((6, 6)), np.zeros(6)
    Z[np.ix_(there, there)], x[there] = INTERREGIONAL_Z, INTERREGIONAL_x
    Y = np.zeros((2, 3, 2))
    Y.reshape(6, 2)[:, 0] = x - Z.sum(axis=1)
    form, d = of_table(Z, x, Y)
    assert_allclose(response_basis(form, d, np.zeros((2, 3)), quiet).sum(axis=2).ravel(), x)
    new_demand = np.zeros((2, 3, 1))
    new_demand[0, 0] = 100.0
    found = form.solve(new_demand).ravel()
    assert_allclose(found[there], [142.34, 63.46, 63.83, 26.72, 14.68], atol=5e-3)


def test_accounts_of_pymrio_s_table_are_those_of_pymrio() -> None:
    table = shipped().copy().calc_all()
    regions, sectors = len(table.get_regions()), len(table.get_sectors())
    bought = table.Y.to_numpy().reshape(regions, sectors, regions, -1)
    Y = np.ascontiguousarray(bought.transpose(0, 1, 3, 2)).reshape(regions, sectors, -1)
    x = table.x.to_numpy().ravel()
    form, d = of_table(table.Z.to_numpy(), x, Y)
    basis = response_basis(form, d, np.zeros((regions, sectors)), quiet)
    stressor = ("emission_type1", "air")
    S = table.emissions.S.loc[stressor].to_numpy().reshape(regions, sectors)
    C = embodied_flows(basis, S).sum(axis=0)
    by_region = table.emissions.D_cba.T.groupby(level="region", sort=False).sum()[stressor]
    assert_allclose(C.sum(axis=0), by_region, rtol=1e-10)
    produced = table.emissions.D_pba.T.groupby(level="region", sort=False).sum()[stressor]
    assert_allclose(C.sum(axis=1), produced, rtol=1e-10)


@pytest.mark.parametrize("inputs_per_output", [1.0, 1.2, 2.0])
def test_an_economy_that_eats_more_than_it_makes_is_refused(inputs_per_output: float) -> None:
    """Hawkins & Simon (1949): as of the trade form; at ρ(A) = 1 the matrix is singular."""
    even = np.full((2, 3, 3), 1 / 3)
    A = TradeForm(t=even, a=np.full((3, 2, 2), inputs_per_output / 2)).dense()
    with pytest.raises(NotConverged, match=f"ρ.A. = {inputs_per_output:.3f}: the economy uses up"):
        dense_form(A, origin=np.full((3, 2, 3), 1 / 3))


def test_a_sector_that_buys_all_it_makes_is_refused() -> None:
    """I − A is singular: LU factors would divide by zero."""
    with pytest.raises(NotConverged, match="uses up more than it makes"):
        dense_form(np.diag([0.5, 1.0]), origin=np.ones((1, 2, 1)))


def test_deliveries_that_cancel_are_refused() -> None:
    Y = np.array([[[5.0, 0.0]], [[-5.0, 1.0]]])
    with pytest.raises(Cancelled, match=r"product 0 to .* region 0 add up to nothing"):
        origins(Y)


NEGATIVE = {
    1.5: np.diag([-1.5, 0.2]),
    1.8: np.array([[0.9, -0.9], [-0.9, 0.9]]),  # of equal outputs it uses up nothing
}
"""Tables with negative inputs, by the largest modulus of their eigenvalues."""


@pytest.mark.parametrize("radius", NEGATIVE)
def test_a_table_with_negative_inputs_is_productive_by_the_modulus_alone(radius) -> None:
    A, origin = NEGATIVE[radius], np.ones((2, 1, 2))
    assert np.abs(np.linalg.eigvals(A)).max() == pytest.approx(radius)
    assert spectral_radius(FullMatrix(A, 2, 1)) == pytest.approx(radius)
    with pytest.raises(NotConverged, match=rf"ρ\(A\) = {radius}00: the economy uses up more"):
        dense_form(A, origin)
    half = A / 2
    assert spectral_radius(dense_form(half, origin)) == pytest.approx(radius / 2)
