"""Departures of cities from their sectors' trends, and the classes that come of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import laboratory_of
from numpy.testing import assert_allclose, assert_array_equal

from model.classes.beneficiaries import STRONG
from model.input_output.departures import departures
from scenarios import read_scenario

ALIKE = {"growth.departure_common": 0.0, "growth.departure_specific": 0.0}
NONE = {"allocation.rule": "none"}


@given(st.floats(0.0, 0.5), st.floats(0.0, 0.5), st.floats(0.0, 1.0))
def test_after_five_years_departures_have_the_spread_asked_for(common, specific, phi) -> None:
    """Var = common² + specific² for every group, common² between two of a region."""
    normal = np.random.default_rng(0).standard_normal((5, 20_000, 3))
    last = departures(normal, common, specific, phi)[-1]
    assert_allclose(last.std(axis=0), np.hypot(common, specific), rtol=0.03, atol=1e-12)
    both = np.cov(last.T)[0, 1]
    assert both == pytest.approx(common**2, rel=0.15, abs=0.01)


def test_an_ar1_departure_by_hand() -> None:
    """φ = ½: σ² (1 + ¼ + … + ¼⁴) = spread²; z = σ, ½ σ, ¼ σ after one draw of 1."""
    normal = np.zeros((3, 1, 2))
    normal[0, 0, 0] = 1.0
    step = 0.3 / np.sqrt(sum(0.25**n for n in range(5)))
    found = departures(normal, 0.3, 0.0, 0.5)[:, 0, 0]
    assert_allclose(found, step * np.array([1.0, 0.5, 0.25]))


def test_emissions_of_all_cities_stay_what_they_are_without_departures() -> None:
    """In every group, so in sum; single cities depart, after the last year of statistics."""
    laboratory = laboratory_of(0)
    alike, departed = (
        laboratory.run(read_scenario("default", {**NONE, **words}), 1) for words in (ALIKE, {})
    )
    assert_allclose(departed.national["emissions"], alike.national["emissions"], rtol=1e-12)
    ours, theirs = (run.recorder.cities["emissions"] for run in (departed, alike))
    assert_array_equal(ours[:5], theirs[:5])
    assert (np.abs(np.log(ours[-1] / theirs[-1])) > 0.02).any()


def test_all_arms_meet_the_same_departures_and_replications_others() -> None:
    laboratory = laboratory_of(0)
    scenario, other = (
        read_scenario("default", words) for words in (NONE, {**NONE, "cap.cut": 0.4})
    )
    first, again = (laboratory.run(each, 1, 2).cities["emissions"] for each in (scenario, other))
    assert first.equals(again)
    assert not first.equals(laboratory.run(scenario, 1, 3).cities["emissions"])


@pytest.mark.full
def test_there_are_strong_beneficiaries_after_2022_and_fewer_with_policy(full_laboratory) -> None:
    """Counted over five years as Xia et al. count; where all move alike there are next to none."""

    def strong(words) -> float:
        runs = full_laboratory.runs(read_scenario("default", words), 1, range(4))
        return float(
            np.mean([(r.recorder.cities["class_rolling"][-6:] == STRONG).sum(1) for r in runs])
        )

    without, trade = strong(NONE), strong({})
    assert strong({**NONE, **ALIKE}) < 5
    assert 30 < without < 80
    assert trade < 0.8 * without
