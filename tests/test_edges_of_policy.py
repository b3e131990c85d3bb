"""Policies at the edge of what can be asked: all auctioned, nothing reported, nothing covered."""

import numpy as np
import pytest

from data.errors import InputError
from scenarios import read_scenario
from simulation.laboratory import Laboratory

ALL_AUCTIONED = {"market.institution": "auction", "market.auction.share": 1.0}


@pytest.fixture(scope="module")
def laboratory(small) -> Laboratory:
    return Laboratory(small)


def assert_sound(run) -> None:
    """Every figure is one, the ledger balances, quota issued is the cap's."""
    for name, values in run.recorder.cities.items():
        assert np.isfinite(values).all(), name
    assert (run.recorder.national["ledger_gap"] == 0).all()


@pytest.mark.parametrize("rule", ["performance_based", "grandfathering"])
@pytest.mark.parametrize("institution", ["exchange", "none"])
def test_all_of_the_cap_may_be_auctioned_under_rules_that_look_back(
    laboratory, rule, institution
) -> None:
    """Nothing was allocated last year, and nobody may have reported anything."""
    words = {
        **ALL_AUCTIONED,
        "market.auction.after": institution,
        "allocation.rule": rule,
        "compliance.audit": 0.0,
        "market.transaction_cost": 1000.0,
        "behaviour.rationality": 1e6,
        "horizon.end": 2018,
    }
    assert_sound(laboratory.run(read_scenario("default", words), 1))


@pytest.mark.parametrize("rule", ["logit", "reinforce", "imitate"])
def test_without_any_fine_the_auction_ends_at_its_lowest_price(laboratory, rule) -> None:
    words = {
        **ALL_AUCTIONED,
        "market.transaction_cost": 0.0,
        "market.price_floor": 0.0,
        "compliance.penalty_multiple": 0.0,
        "compliance.deduction": 0.0,
        "behaviour.rule": rule,
        "horizon.end": 2016,
    }
    run = laboratory.run(read_scenario("default", words), 1)
    assert_sound(run)
    assert np.nanmax(run.recorder.national["price"], initial=0.0) == pytest.approx(0.0, abs=1e-8)


def test_a_cap_on_what_nobody_emits_is_refused(laboratory) -> None:
    scenario = read_scenario("default", {"cap.coverage": ["coal"]})
    with pytest.raises(InputError, match=r"cap\.coverage = \['coal'\]: no city of this economy"):
        laboratory.run(scenario, 1)


def test_a_year_in_which_nobody_emits_under_the_cap_is_named(laboratory) -> None:
    words = {"cap.coverage": {"2013": ["power"], "2016": ["coal"]}}
    said = r"cap\.coverage = \['coal'\] in 2016: no city of this economy"
    with pytest.raises(InputError, match=said):
        laboratory.run(read_scenario("default", words), 1)


@pytest.mark.full
@pytest.mark.parametrize("institution", ["exchange", "bilateral", "auction", "none"])
def test_cities_without_covered_emissions_take_part_without_any_need(full, institution) -> None:
    """Some cities emit nothing from coal mining: they need no quota and get none."""
    words = {
        "cap.coverage": "coal",
        "transfer.reserve": 0.0,
        "market.institution": institution,
        "horizon.end": 2014,
    }
    run = Laboratory(full).run(read_scenario("default", words), 1)
    assert_sound(run)
    idle = (run.recorder.cities["liability"] == 0).all(axis=0)
    assert idle.sum() > 10
    assert (run.recorder.cities["quota"][:, idle] == 0).all()


def test_exports_that_outgrow_the_nation_are_refused_by_name(laboratory) -> None:
    scenario = read_scenario("default", {"growth.exports": 0.49})
    with pytest.raises(InputError, match=r"growth\.exports = 0\.49: by 20\d\d exports alone"):
        laboratory.run(scenario, 1)
