"""What a year costs, counted in calls rather than in time."""

from collections import Counter

import numpy as np
import pytest

from model.abatement.supply import AbatementSupply
from model.input_output.collapsed_basis import CollapsedBasis
from model.market import spatial_equilibrium
from scenarios import read_scenario
from simulation.laboratory import Laboratory

YEARS = 18
PLACES = [
    (AbatementSupply, "step"),
    (AbatementSupply, "response"),
    (CollapsedBasis, "embodied"),
    (CollapsedBasis, "unabated"),
    (CollapsedBasis, "per_demand"),
    (np.linalg, "inv"),
    (np.linalg, "solve"),
    (spatial_equilibrium, "cho_factor"),
]


@pytest.fixture(scope="module")
def laboratory(small) -> Laboratory:
    return Laboratory(small)


@pytest.fixture
def calls(monkeypatch) -> Counter[str]:
    """Return how often each piece of work has been done, counted from now on."""
    counted: Counter[str] = Counter()

    def counting(name, work):
        def worked(*args, **kwargs):
            counted[name] += 1
            return work(*args, **kwargs)

        return worked

    for owner, name in PLACES:
        monkeypatch.setattr(owner, name, counting(name, getattr(owner, name)))
    return counted


def run(laboratory, words: dict[str, object], calls: Counter[str]) -> Counter[str]:
    """Return what a run calls for, the policy-free years being known."""
    scenario = read_scenario("default", words)
    laboratory.model(scenario, 1)
    calls.clear()
    laboratory.run(scenario, 1)
    return calls


def test_a_year_of_the_exchange_asks_for_the_supply_of_abatement_some_twenty_times(
    laboratory, calls
) -> None:
    """The price of each need and of its open rest, then some Newton steps at the exchange."""
    found = run(laboratory, {}, calls)
    assert found["step"] + found["response"] <= 24 * YEARS


def test_a_year_without_a_market_asks_for_it_half_as_often(laboratory, calls) -> None:
    found = run(laboratory, {"market.institution": "none"}, calls)
    assert found["step"] + found["response"] <= 14 * YEARS


@pytest.mark.parametrize("institution", ["exchange", "bilateral", "auction", "none"])
def test_no_economy_is_inverted_or_solved_in_a_year(laboratory, calls, institution) -> None:
    """The response basis is factorised before the first year; pairs solve for their worths."""
    found = run(laboratory, {"market.institution": institution}, calls)
    assert found["inv"] == found["solve"] == 0
    assert (found["cho_factor"] > 0) == (institution == "bilateral")


def test_under_producer_responsibility_no_flows_between_cities_are_formed(
    laboratory, calls
) -> None:
    """Only what others' effort spares a consumer, ω C[r,s]/D_pba[r], needs them."""
    assert run(laboratory, {}, calls)["embodied"] == 0
    shared = run(laboratory, {"behaviour.consumer_responsibility": 0.5}, calls)
    assert shared["embodied"] == YEARS


def test_a_year_passes_over_the_basis_at_most_three_times_each_way(laboratory, calls) -> None:
    found = run(laboratory, {}, calls)
    assert found["unabated"] <= 3 * YEARS
    assert found["per_demand"] <= 3 * YEARS
