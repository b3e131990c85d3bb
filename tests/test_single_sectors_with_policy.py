"""Cities under quota in a world whose sectors move one by one: levers are those of the groups."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from invented import laboratory_of, placed_in_china
from numpy.testing import assert_allclose
from single_sectors import (
    MANUFACTURING,
    SERVICES,
    WORDS,
    asked,
    assert_scored,
    full_accounts,
    intensities,
)

from model.footprints.accounts import embodied_flows
from simulation.laboratory import Laboratory

POLICIES = {
    "exchange": {},
    "shared responsibility": {"behaviour.consumer_responsibility": 0.5},
    "part of the sectors": {"cap.coverage": ["rest", "steel"]},
    "shared, in part": {"behaviour.consumer_responsibility": 0.5, "cap.coverage": ["rest"]},
    "part by year": {
        "behaviour.consumer_responsibility": 0.5,
        "cap.coverage": {"2013": ["rest"], "2015": ["rest", "steel"]},
    },
    "trend of cities": {"growth.intensity": "city"},
    "benchmark": {"allocation.rule": "benchmark_intensity"},
    "programme": {
        "programme.provinces": ["west"],
        "programme.until": 2020,
        "programme.paid_by": "exporters",
    },
    "demand lever": {"abatement.demand_lever": True, "allocation.super_emitter_share": 0.1},
    "beneficiaries pay": {"transfer.beneficiary_pays": 0.5},
}
named = pytest.mark.parametrize("cleaner", WORDS.values(), ids=[*WORDS])


@pytest.fixture(scope="module")
def laboratory(small) -> Laboratory:
    return Laboratory(placed_in_china(small))


@named
@pytest.mark.parametrize("policy", [*POLICIES])
def test_a_year_with_abatement_is_scored_as_the_full_response_basis_scores_it(
    laboratory, cleaner, policy
) -> None:
    """A group's abatement is the same share of each of its sectors: S (1 − R), sector by sector."""
    scenario, economy = asked(cleaner, **POLICIES[policy]), laboratory.economy
    group, omega = economy.sectors.group, scenario.behaviour.consumer_responsibility
    trend = laboratory.baseline(asked([], **POLICIES[policy])).level
    model = laboratory.model(scenario, 1)
    for t in range(4):
        model.step()
        state, world = replace(model.state, t=t), model.economy
        S = intensities(economy, trend[t], cleaner, t)
        S[world.cities] *= 1 - state.abatement[:, group]
        demand, exports = world.demand(state), world.years.exports[t]
        outcome, level = world.outcome(state), world.level(state)
        expected = full_accounts(economy, S, demand, exports)
        assert_scored(outcome.scored, world.basis.embodied(level, demand), expected)
        capped = full_accounts(economy, S * world.covered[t][group], demand, exports)
        owed = (1 - omega) * capped.D_pba + omega * (capped.D_cba + capped.exported)
        assert_allclose(outcome.liability, owed[world.cities], rtol=1e-12)
        shipped = embodied_flows(economy.basis, S)[-1].sum(axis=0) * exports
        assert_allclose(world.shipped(state), shipped[world.cities], rtol=1e-12)
        for g in np.unique(group):
            made = full_accounts(economy, economy.S * (group == g), demand, exports).D_pba
            volume = made / economy.F[:, group == g].sum(axis=1)
            assert_allclose(outcome.volume[:, g], volume[world.cities], rtol=1e-9)
    assert state.abatement.any()


@named
@pytest.mark.parametrize("coverage", ["all", ["rest", "steel"]])
@pytest.mark.parametrize("omega", [0.0, 0.5])
def test_a_tonne_off_a_group_takes_its_relief_off_own_liability(
    laboratory, cleaner, coverage, omega
) -> None:
    """One city abates a little more in one group: ΔL = m E ΔR, though its sectors differ."""
    words = {"behaviour.consumer_responsibility": omega, "cap.coverage": coverage}
    model, t = laboratory.model(asked(cleaner, **words), 1), 3
    for _ in range(t):
        model.step()
    world, state, step = model.economy, model.state, 1e-3
    forecast, before = world.forecast(state), world.outcome(state).liability
    for city, group in np.argwhere(forecast.trend > 0):
        more = state.abatement.copy()
        more[city, group] += step
        after = world.outcome(replace(state, abatement=more)).liability
        spared = before[city] - after[city]
        owed = forecast.own[city, group] * forecast.trend[city, group] * step
        assert spared == pytest.approx(owed, rel=1e-6, abs=1e-9 * before[city])


@settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    seed=st.integers(0, 2),
    apart=st.sets(st.sampled_from(["s01", MANUFACTURING, SERVICES])),
    change=st.floats(-0.1, 0.1),
    policy=st.sampled_from(sorted(POLICIES)),
)
def test_sectors_that_all_move_alike_may_be_named_one_by_one(seed, apart, change, policy) -> None:
    """The rest by its word; split by words that move nothing; and sector by sector: one run."""
    laboratory = laboratory_of(seed)
    moving = {"where": ["east", "west"], "change": change}
    together = [{**moving, "sector": "rest"}]
    still = [{"where": ["east"], "sector": code, "change": 0.0} for code in sorted(apart)]
    one_by_one = [{**moving, "sector": code} for code in ("s01", MANUFACTURING, SERVICES)]
    usual = laboratory.run(asked(together, **POLICIES[policy]), seed).recorder
    for cleaner in ([*together, *still], [*one_by_one, *still]):
        found = laboratory.run(asked(cleaner, **POLICIES[policy]), seed).recorder
        for column, expected in (usual.cities | usual.national).items():
            again = (found.cities | found.national)[column]
            scale = np.nanmax(np.abs(expected), initial=0.0)
            assert_allclose(again, expected, rtol=1e-12, atol=1e-12 * scale, err_msg=column)
