"""Growth without policy: value added, final demand and emission intensity by region."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import SEEDS, amounts, economy_of, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.input_output.growth import (
    NEAR,
    converging,
    demand_for_growth,
    growth_index,
    intensity_level,
    persisting_trends,
)
from scenarios import read_scenario
from simulation.laboratory import Laboratory

REGIONS = 4
FREE = (0.0, np.inf)
"""No bounds but that demand is not negative."""


def demand_of_a_year(G, exports, value_added, growth, **choices) -> np.ndarray:
    return demand_for_growth(G, exports[None], value_added, growth[None], **choices)[0]


@st.composite
def embodied(draw) -> np.ndarray:
    """Draw value added embodied in demand; half of it and more is a region's own."""
    G = draw(amounts((REGIONS, REGIONS), 0.0, 1e6))
    return G + np.diag(1e6 + G.sum(axis=1))


@given(embodied(), amounts(REGIONS, 0.5, 3.0), amounts(REGIONS, 0.0, 1e6))
def test_demand_for_growth_reproduces_the_demand_that_made_it(G, demand, exports) -> None:
    """Any demand α makes value added Σ_s α[s] G[r,s] + exports; asked for it, α comes back."""
    value_added = np.full(REGIONS, 5e6)
    growth = (G @ demand + exports) / value_added
    found = demand_of_a_year(G, exports, value_added, growth, pull=0.0, near=FREE)
    assert_allclose(found, demand, rtol=1e-8)


@given(embodied(), floats(0.8, 2.0), amounts(REGIONS, 0.0, 1e6))
def test_where_all_grow_alike_demand_grows_with_them(G, growth, exports) -> None:
    value_added = G.sum(axis=1) + exports
    alike = np.full(REGIONS, growth)
    found = demand_of_a_year(G, growth * exports, value_added, alike)
    assert_allclose(found, growth, rtol=1e-9)


@given(SEEDS, amounts(8, 0.7, 2.0))
def test_demand_is_never_negative_and_the_nation_grows_as_given(seed, growth) -> None:
    economy = economy_of(seed)
    embodied = economy.embodied_value_added()
    exports = embodied[-1].sum(axis=1)
    value_added = economy.value_added.sum(axis=1)
    found = demand_of_a_year(embodied[:-1].sum(axis=0), exports, value_added, growth)
    assert found.min() >= 0.0
    reached = embodied[:-1].sum(axis=0) @ found + exports
    one_for_all = embodied[:-1].sum(axis=0) @ np.ones(8) + exports
    target = growth * value_added
    assert reached.sum() == pytest.approx(target.sum(), rel=1e-12)
    assert np.square(reached / target - 1).sum() <= np.square(one_for_all / target - 1).sum() + 0.3


def test_a_region_that_must_shrink_to_nothing_stops_at_zero() -> None:
    G = np.array([[0.0, 10.0], [0.0, 10.0]])
    found = demand_of_a_year(
        G, np.zeros(2), np.array([10.0, 10.0]), np.array([1.0, 2.0]), pull=1e-3, near=FREE
    )
    assert found.min() >= 0.0


@given(SEEDS, amounts(8, 0.3, 4.0))
def test_no_region_s_demand_strays_far_from_its_own_growth(seed, growth) -> None:
    """Relative to one another: what lies at both bounds is 1.25 / 0.75 apart."""
    economy = economy_of(seed)
    embodied = economy.embodied_value_added()
    exports = 0.5 * growth.min() * embodied[-1].sum(axis=1)
    value_added = economy.value_added.sum(axis=1)
    found = demand_of_a_year(embodied[:-1].sum(axis=0), exports, value_added, growth) / growth
    assert found.max() / found.min() <= NEAR[1] / NEAR[0] * (1 + 1e-9)


def test_gaps_close_linearly() -> None:
    """A region 4 points above the nation's 6 % is 3, 2, 1 and 0 points above it."""
    found = converging(np.array([0.04, -0.02]), np.full(5, 0.06), years=4)
    assert_allclose(found[:, 0], [0.09, 0.08, 0.07, 0.06, 0.06])
    assert_allclose(found[:, 1], [0.045, 0.05, 0.055, 0.06, 0.06])


@given(amounts(REGIONS, -0.05, 0.05), amounts(12, 0.0, 0.1), st.integers(1, 12))
def test_everyone_grows_with_the_nation_in_the_end(gap, national, years) -> None:
    found = converging(gap, national, years)
    assert_allclose(found[years - 1 :] - national[years - 1 :, None], 0.0, atol=1e-15)
    distance = np.abs(found - national[:, None])
    assert (np.diff(distance, axis=0) <= 1e-12).all()


@given(
    amounts(REGIONS, -0.05, 0.15),
    st.integers(0, 8),
    amounts(8, -0.02, 0.1),
    amounts(REGIONS, 1.0, 1e8),
    st.integers(1, 12),
)
def test_growth_of_regions_adds_up_to_the_nation_s_in_every_year(
    reported, known, national, value_added, convergence
) -> None:
    index = growth_index(reported, known, national, value_added, convergence)
    total = value_added.sum() * np.cumprod(1.0 + national)
    assert_allclose(index @ value_added, total, rtol=1e-13)
    yearly = index / np.vstack([np.ones(REGIONS), index[:-1]])
    relative = yearly[:known] / (1.0 + reported)
    assert_allclose(relative, np.repeat(relative[:, :1], REGIONS, axis=1), rtol=1e-12)


def test_two_regions_that_report_too_much_by_hand() -> None:
    """They report 20 and 0 %, equal in size: 10 % in the mean, where the nation grew 5 %."""
    index = growth_index(np.array([0.2, 0.0]), 1, np.array([0.05, 0.0]), np.ones(2), 1)
    assert_allclose(index[0], [1.2 * 1.05 / 1.1, 1.05 / 1.1])
    assert_allclose(index[1], index[0])


@given(amounts((REGIONS, 3), 1.0, 1e8), amounts(3, 0.5, 1.5), amounts(REGIONS, 0.6, 1.6))
def test_intensities_bring_emissions_to_their_target_within_bounds(
    emissions, national, factor
) -> None:
    target = factor * (emissions * national).sum(axis=1)
    level = intensity_level(emissions, national, target, least=0.7, most=1.4)
    assert_allclose(level / national, np.clip(factor, 0.7, 1.4)[:, None] * np.ones(3))
    free = (factor > 0.7) & (factor < 1.4)
    assert_allclose((emissions * level).sum(axis=1)[free], target[free])


def test_a_region_without_emissions_follows_the_nation() -> None:
    national = np.array([0.9, 0.8])
    level = intensity_level(np.zeros((1, 2)), national, np.array([5.0]), 0.5, 2.0)
    assert_allclose(level, [national])


@given(seed=st.integers(0, 200), years=st.integers(1, 12))
def test_sectors_keep_their_distances_and_the_nation_emits_what_it_would_if_all_moved_alike(
    seed: int, years: int
) -> None:
    rng = np.random.default_rng(seed)
    emitted = rng.uniform(0.0, 5.0, (years, 4, 3))
    trend = rng.uniform(0.8, 1.05, 3)
    change = np.cumprod(rng.uniform(0.93, 1.0, years))
    level = persisting_trends(emitted, trend, change)
    alike = emitted.sum(axis=(1, 2)) * change
    assert_allclose((emitted.sum(axis=1) * level).sum(axis=1), alike, rtol=1e-12)
    passed = np.arange(1, years + 1)
    assert_allclose(level[:, 0] / level[:, 1], (trend[0] / trend[1]) ** passed, rtol=1e-12)


@pytest.mark.parametrize("base_year", [2012, 2017])
def test_trends_of_sectors_persist_after_2017_without_moving_the_nation(small, base_year) -> None:
    """The invented economy's power gets 2 % a year cleaner by 2017, its rest 4 %."""
    found = {}
    for word in ("persist", "alike"):
        scenario = read_scenario(
            "baseline",
            {"growth.sector_trends": word, "horizon.base_year": base_year, "horizon.end": 2025},
        )
        found[word] = Laboratory(replace(small, year=base_year)).baseline(scenario)
    persist, alike = found["persist"], found["alike"]
    emitted = [(years.level * years.unabated).sum(axis=(1, 2)) for years in (persist, alike)]
    assert_allclose(emitted[0], emitted[1], rtol=1e-12)
    last = 2017 - base_year
    assert_array_equal(persist.level[:last], alike.level[:last])
    power, rest = 0, 6
    apart = persist.level[-1, :, power] / persist.level[-1, :, rest]
    together = alike.level[-1, :, power] / alike.level[-1, :, rest]
    assert_allclose(apart / together, (0.9 / 0.8) ** (8 / 5), rtol=1e-9)
