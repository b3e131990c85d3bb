"""Coverage that changes by year: cap, liability and what regulators look back to follow it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from model.labels import GROUPS
from scenarios import read_scenario
from scenarios.cap import Cap
from simulation.laboratory import Laboratory
from simulation.restatement import Restatement

POWER, STEEL = GROUPS.index("electricity"), GROUPS.index("metals")
GROWING = {"cap.coverage": {"2013": ["power"], "2015": ["power", "steel"]}}
WORDS = st.sampled_from(["all", ["power"], ["rest", "steel"]])
PATHS = st.sampled_from(
    [
        {"cap.path": "below_baseline", "cap.cut": 0.3},
        {"cap.path": "linear_cut", "cap.cut": 0.2},
        {"cap.path": "intensity", "cap.rate": 0.05},
        {"cap.path": "peak", "cap.level_gt": 0.5},
    ]
)
RULES = st.sampled_from(
    ["grandfathering", "benchmark_intensity", "equal_cumulative_per_capita", "performance_based"]
)


@pytest.fixture(scope="module")
def laboratory(small) -> Laboratory:
    return Laboratory(small)


def scenario_of(**words):
    return read_scenario("default", {"horizon.end": 2017, **words})


def recorded(run) -> dict[str, np.ndarray]:
    national = {f"national {word}": values for word, values in run.recorder.national.items()}
    return {**run.recorder.cities, **national}


@settings(max_examples=20)
@given(
    words=WORDS, path=PATHS, rule=RULES, rolling=st.booleans(), omega=st.sampled_from([0.0, 0.5])
)
def test_coverage_that_stays_may_be_said_by_year(
    laboratory, words, path, rule, rolling, omega
) -> None:
    """Named once for all years, or anew each other year: one run, to the bit."""
    policy = {
        **path,
        "allocation.rule": rule,
        "allocation.reference": "rolling" if rolling else "base_year",
        "behaviour.consumer_responsibility": omega,
    }
    plain = scenario_of(**policy, **{"cap.coverage": words})
    dated = scenario_of(**policy, **{"cap.coverage": {"2014": words, "2016": words}})
    before, after = (recorded(laboratory.run(asked, 1)) for asked in (plain, dated))
    for column, values in before.items():
        assert_array_equal(after[column], values, err_msg=column)


@settings(max_examples=10)
@given(path=PATHS, rule=RULES)
def test_until_coverage_changes_nobody_knows_that_it_will(laboratory, path, rule) -> None:
    words = {**path, "allocation.rule": rule}
    growing, plain = (
        recorded(laboratory.run(scenario_of(**words, **coverage), 1))
        for coverage in (GROWING, {"cap.coverage": ["power"]})
    )
    for column, values in plain.items():
        assert_array_equal(growing[column][:2], values[:2], err_msg=column)
    assert (growing["liability"][2:].sum(axis=1) > plain["liability"][2:].sum(axis=1)).all()


@pytest.mark.parametrize("omega", [0.0, 0.5])
def test_each_years_cap_is_that_of_its_coverage(laboratory, omega) -> None:
    """Of two runs with plain words the first gives the first two years, the second the others."""
    for path in (
        {"cap.path": "below_baseline", "cap.cut": 0.3},
        {"cap.path": "linear_cut", "cap.cut": 0.2},
        {"cap.path": "intensity", "cap.rate": 0.05},
        {"cap.path": "peak", "cap.level_gt": 0.5},
    ):
        words = {**path, "behaviour.consumer_responsibility": omega}
        coverages = (GROWING, *({"cap.coverage": c} for c in (["power"], ["power", "steel"])))
        found, power, both = (
            laboratory.model(scenario_of(**words, **coverage), 1).scheme.regulator
            for coverage in coverages
        )
        assert_array_equal(found.caps, [*power.caps[:2], *both.caps[2:]])
        assert_array_equal(found.baseline, [*power.baseline[:2], *both.baseline[2:]])
        assert not np.isclose(power.caps, both.caps).any()


def test_a_group_abates_from_the_year_it_joins(laboratory) -> None:
    model = laboratory.model(scenario_of(**GROWING), 1)
    shares = []
    for _ in range(4):
        model.step()
        shares.append(model.state.abatement.max(axis=0))
    assert all(share[POWER] > 0 for share in shares)
    assert [share[STEEL] > 0 for share in shares] == [False, False, True, True]


def test_quota_by_past_emissions_counts_what_joins(laboratory) -> None:
    """Grandfathered by the base year under the new coverage: steel's cities get theirs at once."""
    words = {"allocation.rule": "grandfathering", "transfer.reserve": 0.0}
    for reference in ("base_year", "rolling"):
        asked = scenario_of(**words, **{"allocation.reference": reference}, **GROWING)
        model = laboratory.model(asked, 1)
        run = recorded(laboratory.run(asked, 1))
        before, after = (model.economy.restatement.base_year(t) for t in (1, 2))
        shares = [quota / quota.sum() for quota in run["quota"][1:3]]
        moved = (after / after.sum()) / (before / before.sum())
        most, least = moved.argmax(), moved.argmin()
        assert moved[most] > 1.1 > 0.9 > moved[least]
        found = shares[1] / shares[0]
        assert found[most] > 1.1 > 0.9 > found[least]
        if reference == "base_year":
            assert_allclose(shares[1], after / after.sum(), atol=1e-6)


def test_a_rolling_reference_restates_each_year_from_its_own_coverage(laboratory) -> None:
    """Steel joins in the third year: what was known of the first two lacks it, of the third not."""
    words = {"allocation.rule": "grandfathering", "transfer.reserve": 0.0,
             "allocation.reference": "rolling", "compliance.hideable": 0.0}  # fmt: skip
    asked = scenario_of(**words, **GROWING)
    restatement = laboratory.model(asked, 1).economy.restatement
    run = recorded(laboratory.run(asked, 1))
    known = [restatement.restated(run["verified"][year], year, 3) for year in range(3)]
    mean = np.mean(known, axis=0)
    quota = run["quota"][3]
    assert_allclose(quota / quota.sum(), mean / mean.sum(), atol=1e-6)


POWER_ALONE, POWER_AND_STEEL = (
    np.isin(np.arange(len(GROUPS)), groups) for groups in ([POWER], [POWER, STEEL])
)


def restatement(*covered) -> Restatement:
    """Power of two cities is 10 and 20 t, steel 0 and 5 t; both grow by a tenth a year.

    Steel joins in the third year, if nothing else is said.
    """
    grow = 1.1 ** np.arange(4)[:, None]
    by_group = np.zeros((2, len(GROUPS)))
    by_group[:, POWER], by_group[:, STEEL] = [10.0, 20.0], [0.0, 5.0]
    covered = covered or (POWER_ALONE, POWER_ALONE, POWER_AND_STEEL)
    return Restatement(covered, lambda groups: grow * (by_group @ groups))


def test_what_joins_is_added_as_it_would_have_been_without_policy() -> None:
    """Abated to 9 and 18 t in the second year; steel then emitted 5 · 1.21 t."""
    found = restatement()
    assert_allclose(found.restated(np.array([9.0, 18.0]), 1, 2), [9.0, 24.05])
    assert_allclose(found.restated(np.array([10.0, 20.0]), -1, 2), found.base_year(2))
    assert_allclose(found.baseline(), [[11.0, 22.0], [12.1, 24.2], [13.31, 33.275]])


def test_figures_under_the_same_coverage_stand() -> None:
    known = np.array([9.0, 18.0])
    assert restatement().restated(known, 0, 1) is known


def test_what_leaves_is_taken_off_and_nobody_owes_less_than_nothing() -> None:
    found = restatement(POWER_AND_STEEL, POWER_ALONE, POWER_ALONE)
    assert_allclose(found.restated(np.array([9.0, 3.0]), 0, 1), [9.0, 0.0])


def test_an_entry_holds_until_the_next_and_the_first_one_before_its_year_too() -> None:
    cap = Cap.model_validate({"coverage": {2024: ["power", "steel"], "2021": "power"}})
    found = [cap.covers(year) for year in (2013, 2021, 2023, 2024, 2060)]
    assert found == [("power",)] * 3 + [("power", "steel")] * 2
    assert Cap().covers(2020) == "all"
