"""Structural decomposition of embodied emissions between two years."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts
from numpy.testing import assert_allclose, assert_array_equal

from model.accounts import at_intensity
from model.decomposition import since_base_year


@st.composite
def years(draw) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw base-year flows by group, the level of intensity and of demand in a later year."""
    groups, regions = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    return (
        draw(amounts((groups, regions, regions), 0.0, 1e8)),
        draw(amounts((regions, groups), 0.0, 2.0)),
        draw(amounts(regions, 0.0, 3.0)),
    )


@given(years())
def test_the_effects_add_up_to_the_change_exactly(case) -> None:
    """dE + dL + dF = C₁ − C₀ (Dietzenbacher & Los 1998: no residual)."""
    flows, level, demand = case
    found = since_base_year(flows, level, demand)
    change = at_intensity(flows, level) * demand - flows.sum(axis=0)
    assert_allclose(found.dE + found.dL + found.dF, change, rtol=1e-9, atol=1e-6)


@given(years())
def test_mitigation_is_the_fall_of_intensity_at_home_and_elsewhere(case) -> None:
    found = since_base_year(*case)
    regions = found.dE.shape[0]
    for s in range(regions):
        elsewhere = [found.dE[r, s] for r in range(regions) if r != s]
        assert_allclose(found.local_mitigation[s], -found.dE[s, s])
        assert_allclose(found.outsourced_mitigation[s], -sum(elsewhere), rtol=1e-9, atol=1e-6)


@given(years())
def test_demand_alone_mitigates_nothing(case) -> None:
    flows, level, demand = case
    found = since_base_year(flows, np.ones_like(level), demand)
    assert_array_equal(found.dE, 0.0)
    assert_allclose(found.dF, flows.sum(axis=0) * (demand - 1.0))


@given(years())
def test_intensity_alone_leaves_no_demand_effect(case) -> None:
    flows, level, demand = case
    found = since_base_year(flows, level, np.ones_like(demand))
    assert_array_equal(found.dF, 0.0)
    assert_allclose(found.dE, at_intensity(flows, level) - flows.sum(axis=0), atol=1e-6)


@given(years())
def test_the_structure_effect_is_zero_while_technology_is_fixed(case) -> None:
    assert_array_equal(since_base_year(*case).dL, 0.0)


def test_one_flow_by_hand() -> None:
    """100 t at half the intensity and twice the demand: −75 t and +75 t (polar averages)."""
    found = since_base_year(np.array([[[100.0]]]), np.array([[0.5]]), np.array([2.0]))
    assert_allclose([found.dE[0, 0], found.dF[0, 0]], [-75.0, 75.0])


def test_intensity_is_the_emitter_s_and_demand_the_consumer_s() -> None:
    flows = np.array([[[0.0, 100.0], [0.0, 0.0]]])
    found = since_base_year(flows, np.array([[0.5], [1.0]]), np.array([1.0, 1.0]))
    assert_allclose(found.outsourced_mitigation, [0.0, 50.0])
    assert_allclose(found.local_mitigation, [0.0, 0.0])
    grown = since_base_year(flows, np.ones((2, 1)), np.array([1.0, 3.0]))
    assert_allclose(grown.dF, [[0.0, 200.0], [0.0, 0.0]])
