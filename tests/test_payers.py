"""Payers of aid: the demand of all cities together stays what it is without aid."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats, laboratory_of
from numpy.testing import assert_allclose, assert_array_equal

from analysis.outcomes.value_added import value_added_line
from data.compiled.synthetic import small_economy
from data.errors import InputError
from model.transfers.payers import AID_PAYERS, BORROWED, Payment, payment
from scenarios import read_scenario
from simulation.laboratory import Laboratory
from simulation.run_result import Run

CITIES = 5


@st.composite
def paid(draw) -> tuple[np.ndarray, np.ndarray, np.ndarray, float, Payment]:
    """Draw cost, demand, weight and floor, and pay."""
    caught_up = draw(arrays(np.bool_, CITIES))
    cost = np.where(caught_up, draw(amounts(CITIES, 0.0, 1e6)), 0.0)
    demand, weight = draw(amounts(CITIES, 1.0, 1e7)), draw(amounts(CITIES, -10.0, 1e3))
    floor = draw(floats(0.0, 1.0))
    return cost, demand, weight, floor, payment(cost, demand, weight, floor)


@given(paid())
def test_what_is_paid_is_what_catch_up_costs_as_far_as_it_is_afforded(case) -> None:
    cost, demand, _, _, found = case
    assert_allclose(
        (found.share * demand).sum(), found.afforded * cost.sum(), rtol=1e-12, atol=1e-9
    )


@given(paid())
def test_no_payer_falls_below_its_floor_and_no_city_that_catches_up_pays(case) -> None:
    cost, _, weight, floor, found = case
    assert found.share.min() >= 0.0
    assert found.share.max() <= (1.0 - floor) * (1 + 1e-12)
    assert_array_equal(found.share[(cost > 0) | (weight <= 0)], 0.0)


def test_two_payers_and_one_at_its_floor_by_hand() -> None:
    """12 of catch-up by weights 3 and 1: 9 and 3; the first can give up 6 of 60, so 6 and 6."""
    cost, demand = np.array([12.0, 0.0, 0.0]), np.array([50.0, 60.0, 100.0])
    found = payment(cost, demand, np.array([5.0, 3.0, 1.0]), floor=0.9)
    assert_allclose(found.share * demand, [0.0, 6.0, 6.0])
    assert found.afforded == 1.0
    short = payment(4 * cost, demand, np.array([5.0, 3.0, 1.0]), floor=0.9)
    assert_allclose(short.share * demand, [0.0, 6.0, 10.0])
    assert short.afforded == pytest.approx(16 / 48)


POLICIES = {
    "reserve": {},
    "freed quota": {"transfer.freed_share": 0.8, "allocation.super_emitter_share": 0.2},
    "investment": {"transfer.growth_mix": "investment_led"},
    "green growth": {"transfer.growth_mix": "green"},
    "demand lever": {"abatement.demand_lever": True, "allocation.super_emitter_share": 0.1},
    "lost growth": {"compliance.shortage": "lose", "market.institution": "none"},
    "tight floor": {"transfer.payer_floor": 0.999},
    "more demand": {
        "growth.more_demand": [
            {"where": ["east"], "products": ["light_manufacturing"], "growth": 0.03}
        ]
    },
}


@settings(max_examples=20, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    policy=st.sampled_from(sorted(POLICIES)),
    payer=st.sampled_from(sorted(AID_PAYERS)),
    reserve=floats(0.0, 0.2),
    step=floats(0.0, 0.1),
    renewal=st.integers(1, 6),
    economy=st.integers(0, 3),
)
def test_demand_of_all_cities_is_that_without_aid_in_every_year(
    policy, payer, reserve, step, renewal, economy
) -> None:
    words = {
        "horizon.end": 2019,
        "abatement.cost_falls_on": "nobody",
        "transfer.paid_by": payer,
        "transfer.reserve": reserve,
        "transfer.catch_up": step,
        "transfer.renewal": renewal,
        **POLICIES[policy],
    }
    assert_conserved(*both(words, economy))


def both(words: dict, number: int = 0) -> tuple[Run, Run]:
    """Run a policy and the same world without."""
    laboratory = laboratory_of(number)
    without = {**words, "allocation.rule": "none"}
    return tuple(laboratory.run(read_scenario("default", each), 1) for each in (words, without))


def shape(run: Run, column: str) -> np.ndarray:
    return run.recorder.cities[column]


def assert_conserved(run: Run, without: Run) -> None:
    """Trend demand, as far as past shortages have left it, is what all cities demand together."""
    kept = np.vstack([np.ones(len(run.codes)), shape(run, "demand_kept")[:-1]])
    expected = (kept * shape(without, "demand")).sum(axis=1)
    assert_allclose(shape(run, "demand").sum(axis=1), expected, rtol=1e-12)


def test_borrowed_growth_is_demand_from_nothing() -> None:
    run, without = both({"horizon.end": 2019, "transfer.paid_by": BORROWED})
    more = shape(run, "demand").sum(axis=1) - shape(without, "demand").sum(axis=1)
    assert (more > 0).all()
    with pytest.raises(AssertionError):
        assert_conserved(run, without)


def test_what_nobody_can_pay_is_not_given() -> None:
    words = {"transfer.payer_floor": 1.0, "abatement.cost_falls_on": "nobody"}
    run, without = both({"horizon.end": 2016, **words})
    assert (shape(run, "catch_up") == 0).all()
    assert_array_equal(np.nansum(shape(run, "aid_quota")), 0)
    assert_conserved(run, without)


def test_donors_pay_by_the_quota_that_they_gave() -> None:
    """Within the floor, the share paid × demand is in proportion to quota under the reserve."""
    words = {"horizon.end": 2013, "transfer.paid_by": "donors", "transfer.payer_floor": 0.0}
    run, _ = both(words)
    share, quota = shape(run, "paid_for_aid")[0], shape(run, "quota")[0]
    paid = share / (1 - share) * shape(run, "demand")[0]
    payers = share > 0
    assert payers.any()
    assert not payers.all()
    assert_allclose(paid[payers] / paid[payers].sum(), quota[payers] / quota[payers].sum())


def test_a_branch_without_policy_goes_on_paying_for_the_catch_up_reached() -> None:
    laboratory = Laboratory(small_economy())
    words = {"horizon.end": 2018, "abatement.cost_falls_on": "nobody"}
    begun = laboratory.run(read_scenario("default", words), 1, until=2015)
    branch = read_scenario("default", {**words, "allocation.rule": "none"})
    gone_on, without = laboratory.resume(begun.state, branch), laboratory.run(branch, 1)
    assert shape(gone_on, "catch_up").max() > 0
    assert_allclose(
        shape(gone_on, "demand").sum(axis=1), shape(without, "demand")[3:].sum(axis=1), rtol=1e-12
    )


def test_an_unknown_payer_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"no such payer of aid.*donors"):
        read_scenario("default", {"transfer.paid_by": "donor"})


def test_the_line_on_value_added_says_cost_or_gain() -> None:
    change, now = np.array([-1e6, -2e6]), np.array([9.9e7, 9.8e7])
    line = value_added_line(range(2013, 2015), change, now)
    assert "the policy costs 30 bn CNY in 2013–2014 (−20 bn, −2.00 %, in 2014)" in line
    assert "brings 30 bn" in value_added_line(range(2013, 2015), -change, now)
