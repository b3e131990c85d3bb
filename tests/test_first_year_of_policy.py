"""The first year of policy: nothing before it, a whole policy after it."""

import numpy as np
import pytest
from invented import laboratory_of
from numpy.testing import assert_allclose, assert_array_equal

from data.errors import InputError
from model.behaviour.payoffs import HOLD
from model.classes.beneficiaries import Beneficiary
from scenarios import read_scenario

START = 2020
LATE = {"policy.first_year": START}


def test_until_it_begins_everything_is_as_without_policy_to_the_bit() -> None:
    laboratory = laboratory_of(0)
    late, none = (
        laboratory.run(read_scenario("default", words), 1)
        for words in (LATE, {"allocation.rule": "none"})
    )
    before = START - 2013
    for name in ("emissions", "footprint", "demand", "value_added", "class_rolling", "abated"):
        found, expected = late.recorder.cities[name], none.recorder.cities[name]
        assert_array_equal(found[:before], expected[:before])
    assert_array_equal(late.recorder.cities["action"][:before], HOLD)
    assert np.isnan(late.recorder.national["cap"][:before]).all()
    assert not np.isnan(late.recorder.national["cap"][before:]).any()
    assert (late.recorder.cities["abated"][before] > 0).any()


def test_a_cap_below_baseline_begins_at_the_baseline_and_ends_at_its_cut() -> None:
    """Linear: an eleventh of the cut in the first of eleven years, all of it in the last."""
    national = laboratory_of(0).run(read_scenario("default", LATE), 1).national.dropna(subset="cap")
    cut = 1 - national["cap"].to_numpy() / national["baseline"].to_numpy()
    np.testing.assert_allclose(cut, 0.2 * np.arange(1, 12) / 11, atol=1e-6)


def test_a_policy_from_the_first_year_on_is_the_default() -> None:
    laboratory = laboratory_of(0)
    named, plain = (
        laboratory.run(read_scenario("default", words), 1)
        for words in ({"policy.first_year": 2013}, {})
    )
    assert named.cities.equals(plain.cities)


def test_classes_by_policy_are_of_the_years_with_policy_alone() -> None:
    """As long as there were no more than five, all so far are the last five."""
    cities = laboratory_of(0).run(read_scenario("default", LATE), 1).recorder.cities
    first = slice(START - 2013, START - 2013 + 5)
    assert_array_equal(cities["class_policy"][first], cities["class_policy_recent"][first])
    assert (cities["class_policy"][START - 2013] != Beneficiary.NEITHER).any()


def test_a_city_s_own_target_rises_from_zero_in_the_policy_s_first_year() -> None:
    """An eleventh of a tenth in the first of eleven years, where nothing else asks for a cut."""
    target = {"behaviour.target_share": 1.0, "behaviour.target_cut": 0.1}
    cap = {"cap.cut": 0.0, "transfer.reserve": 0.0, "market.institution": "none"}
    words = {
        **LATE,
        **target,
        **cap,
        "behaviour.rule": "logit",
        "abatement.cost_falls_on": "nobody",
    }
    cities = laboratory_of(0).run(read_scenario("default", words), 1).recorder.cities
    abated = cities["abated"] / (cities["emissions"] + cities["abated"])
    first = START - 2013
    assert_allclose(abated[first:].min(axis=1), 0.1 * np.arange(1, 12) / 11, rtol=1e-6)


@pytest.mark.parametrize(
    "rule", ["grandfathering", "contraction_and_convergence", "equal_per_capita"]
)
def test_shares_before_the_first_year_are_those_of_the_year_before(rule) -> None:
    """Grandfathering and convergence begin at what cities then emit; quota adds up to the cap."""
    words = {**LATE, "allocation.rule": rule, "transfer.reserve": 0.0}
    run = laboratory_of(0).run(read_scenario("default", words), 1)
    first = START - 2013
    quota, cap = run.recorder.cities["quota"][first], run.recorder.national["cap"][first]
    assert quota.sum() == int(cap)
    before = run.recorder.cities["emissions"][first - 1]
    near = np.abs(quota / quota.sum() - before / before.sum()).max()
    assert (near < 0.05) == (rule != "equal_per_capita")


def test_a_year_outside_the_horizon_is_refused() -> None:
    with pytest.raises(InputError, match=r"policy\.first_year 2031 is none of the simulated years"):
        read_scenario("default", {"policy.first_year": 2031})
    with pytest.raises(InputError, match="2012"):
        read_scenario("default", {"policy.first_year": 2012})
