"""Structural decomposition of embodied emissions between two years."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import SEEDS, amounts, economy_of
from numpy.testing import assert_allclose, assert_array_equal

from model.compile.city_economy import Economy
from model.footprints.accounts import at_intensity
from model.footprints.decomposition import Decomposition, between_years, responses, since_base_year
from model.input_output.krylov import NotConverged
from model.input_output.trade_form import TradeForm
from model.labels import GROUPS


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


def decomposed(earlier: Economy, later: Economy) -> Decomposition:
    X = responses(earlier.form, earlier.d, later.form, later.d)
    return between_years(earlier.S, later.S, X)


def dense(economy: Economy) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return Ŝ by emitter, L by inversion, and Y by consumer, of all cells."""
    regions, sectors = economy.x.shape
    emitter = np.repeat(np.eye(regions), sectors, axis=1)
    L = np.linalg.inv(np.eye(regions * sectors) - economy.form.dense())
    Y = economy.form.final_demand(economy.d).reshape(regions * sectors, -1, regions).sum(axis=1)
    return emitter * economy.S.ravel(), L, Y


@given(SEEDS, SEEDS)
def test_between_any_two_years_the_effects_add_up_exactly(first: int, second: int) -> None:
    """Dietzenbacher & Los 1998: no residual, against accounts made from the response bases."""
    earlier, later = economy_of(first), economy_of(second)
    found = decomposed(earlier, later)
    change = later.accounts().C - earlier.accounts().C
    scale = earlier.accounts().C.max()
    assert_allclose(found.dE + found.dL + found.dF, change, rtol=1e-9, atol=1e-11 * scale)


@given(SEEDS, SEEDS)
def test_each_effect_is_the_mean_of_the_two_polar_forms(first: int, second: int) -> None:
    """Dietzenbacher & Los 1998, with inverses: ΔS L₁ Y₁ + S₀ ΔL Y₁ + S₀ L₀ ΔY and its mirror."""
    earlier, later = economy_of(first), economy_of(second)
    (S0, L0, Y0), (S1, L1, Y1) = dense(earlier), dense(later)
    found = decomposed(earlier, later)
    tolerance = {"rtol": 1e-9, "atol": 1e-11 * earlier.accounts().C.max()}
    assert_allclose(found.dE, ((S1 - S0) @ (L1 @ Y1 + L0 @ Y0)) / 2, **tolerance)
    assert_allclose(found.dL, (S0 @ (L1 - L0) @ Y1 + S1 @ (L1 - L0) @ Y0) / 2, **tolerance)
    assert_allclose(found.dF, (S0 @ L0 @ (Y1 - Y0) + S1 @ L1 @ (Y1 - Y0)) / 2, **tolerance)


@given(SEEDS, SEEDS)
def test_the_way_back_undoes_every_effect(first: int, second: int) -> None:
    there = decomposed(economy_of(first), economy_of(second))
    back = decomposed(economy_of(second), economy_of(first))
    for effect in ("dE", "dL", "dF"):
        away = getattr(there, effect)
        assert_allclose(getattr(back, effect), -away, rtol=1e-9, atol=1e-11 * np.abs(away).max())


@given(seed=SEEDS, changes=st.integers(0, 10_000))
def test_with_the_same_technology_it_is_the_change_since_the_base_year(seed, changes) -> None:
    """S₁ = S₀ · level of the group and Y₁ = Y₀ · demand of the consumer: A is fixed, dL zero."""
    rng = np.random.default_rng(changes)
    base = economy_of(seed)
    level = rng.uniform(0.2, 1.5, (len(base.regions), len(GROUPS)))
    demand = rng.uniform(0.5, 3.0, len(base.regions))
    later = replace(base, F=base.F * level[:, base.sectors.group], d=base.d * demand[:, None, None])
    found = decomposed(base, later)
    expected = since_base_year(base.flows_by_group()[:-1].sum(axis=0), level, demand)
    tolerance = {"rtol": 1e-9, "atol": 1e-11 * base.accounts().C.max()}
    assert_array_equal(found.dL, 0.0)
    assert_allclose(found.dE, expected.dE, **tolerance)
    assert_allclose(found.dF, expected.dF, **tolerance)


def test_technology_alone_is_all_structure(small) -> None:
    thrifty = TradeForm(t=small.form.t, a=0.5 * small.form.a)
    found = between_years(small.S, small.S, responses(small.form, small.d, thrifty, small.d))
    assert_array_equal(found.dE, 0.0)
    assert_allclose(found.dF, 0.0, atol=1e-10 * small.accounts().C.max())
    assert (found.dL < 0).all()


def test_one_sector_by_hand() -> None:
    """Halved intensity, multiplier 2 → 1.25, demand 10 → 20: −11.25, −9.375 and +13.125 t."""
    before, after = (TradeForm(t=np.ones((1, 1, 1)), a=np.full((1, 1, 1), a)) for a in (0.5, 0.2))
    demands = (np.full((1, 1, 1), 10.0), np.full((1, 1, 1), 20.0))
    X = responses(before, demands[0], after, demands[1])
    assert_allclose([X.X00, X.X01, X.X10, X.X11], np.reshape([20, 40, 12.5, 25], (4, 1, 1, 1)))
    found = between_years(np.array([[1.0]]), np.array([[0.5]]), X)
    assert_allclose([found.dE, found.dL, found.dF], np.reshape([-11.25, -9.375, 13.125], (3, 1, 1)))


def test_structure_may_count_as_mitigation() -> None:
    effects = [np.array([[-1.0, -2.0], [-3.0, 4.0]]), np.array([[-10.0, 20.0], [30.0, 40.0]])]
    found = Decomposition(*effects, dF=np.ones((2, 2))).with_structure
    assert_allclose(found.local_mitigation, [11.0, -44.0])
    assert_allclose(found.outsourced_mitigation, [-27.0, -18.0])
    assert_allclose(found.dE + found.dL + found.dF, sum(effects) + 1.0)


@pytest.mark.parametrize("wasteful", [0, 1])
def test_a_year_that_eats_all_it_makes_is_refused(wasteful: int) -> None:
    """Hawkins & Simon (1949)."""
    one = np.ones((1, 1, 1))
    forms = [TradeForm(t=one, a=one * (1.0 if year == wasteful else 0.5)) for year in (0, 1)]
    with pytest.raises(NotConverged, match=r"ρ.A. = 1\.000"):
        responses(forms[0], one, forms[1], one)
