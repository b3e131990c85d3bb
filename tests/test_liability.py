"""Liability by production and by consumption."""

import numpy as np
import pytest
from hypothesis import given
from invented import SEEDS, amounts, economy_of, floats
from numpy.testing import assert_allclose

from model.quota.liability import liability, own_relief

REGIONS = 5
flows = amounts((REGIONS, REGIONS), 0.0, 1e8)
exports = amounts(REGIONS, 0.0, 1e8)
weights = floats(0.0, 1.0)


def of_flows(C: np.ndarray, exported: np.ndarray, omega: float) -> np.ndarray:
    return liability(C.sum(axis=1) + exported, C.sum(axis=0), exported, omega)


@given(flows, exports, weights)
def test_the_sum_of_liabilities_is_all_emissions_whatever_the_weight(C, exported, omega) -> None:
    found = of_flows(C, exported, omega)
    assert found.sum() == pytest.approx(C.sum() + exported.sum(), rel=1e-12)


@given(SEEDS)
def test_liability_runs_from_producing_to_consuming_with_exports(seed) -> None:
    """Peters (2008); exports abroad stay with the producer (E2)."""
    of = economy_of(seed).accounts()
    assert_allclose(of_flows(of.C, of.exported, 0.0), of.D_pba, rtol=1e-12)
    assert_allclose(of_flows(of.C, of.exported, 1.0), of.D_cba + of.exported, rtol=1e-12)


@given(flows, exports, weights)
def test_a_tonne_abated_takes_its_relief_off_own_liability(C, exported, omega) -> None:
    """A region that cuts all its flows by a per cent is spared a per cent × its own relief."""
    for r in range(REGIONS):
        C[r, r] += 1.0
        less, fewer = C.copy(), exported.copy()
        less[r] *= 0.99
        fewer[r] *= 0.99
        spared = of_flows(C, exported, omega)[r] - of_flows(less, fewer, omega)[r]
        total = C[r].sum() + exported[r]
        relief = own_relief(C[[r]][:, [r]], exported[[r], None], np.array([[total]]), omega)
        assert spared == pytest.approx(0.01 * total * relief[0, 0], rel=1e-5, abs=1e-4)


def test_own_relief_by_hand() -> None:
    """Half of what it emits it uses or exports: at ω = 0.4 a tonne counts 0.6 + 0.4 · 0.5."""
    found = own_relief(np.array([[3.0, 0.0]]), np.array([[2.0, 0.0]]), np.array([[10.0, 0.0]]), 0.4)
    assert_allclose(found, [[0.8, 0.6]])
