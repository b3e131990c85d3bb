"""Economies and years at the edge: few cities, a clean one, no reports, nothing left to shift."""

from dataclasses import replace

import numpy as np
import pytest

from model.allocation import RULES
from scenarios import read_scenario
from simulation.city import City
from simulation.laboratory import Laboratory

WORDS = {"horizon.end": 2015}


def with_cities(economy, count: int):
    """Return the economy with so many of its regions acting."""
    acting = economy.regions.is_city & (np.cumsum(economy.regions.is_city) <= count)
    return replace(economy, regions=replace(economy.regions, is_city=acting))


@pytest.mark.parametrize("count", [1, 2, 3, 5])
@pytest.mark.parametrize("rule", ["none", "grandfathering", "equal_per_capita"])
def test_any_number_of_cities_can_act(small, count, rule) -> None:
    laboratory = Laboratory(with_cities(small, count))
    run = laboratory.run(read_scenario("default", {**WORDS, "allocation.rule": rule}))
    assert run.cities.groupby("year").size().eq(count).all()
    assert np.isfinite(run.national["emissions"]).all()


@pytest.mark.parametrize("rule", ["none", *RULES])
def test_a_city_without_emissions_benefits_and_has_nothing_to_abate(small, rule) -> None:
    """Scored on what others emit for it, it never does more at home than upstream."""
    clean = int(small.players[0])
    F = small.F.copy()
    F[clean] = 0.0
    run = Laboratory(replace(small, F=F)).run(
        read_scenario("default", {**WORDS, "allocation.rule": rule})
    )
    own = run.cities[run.cities["city"] == small.regions.names[clean]]
    assert (own["emissions"] == 0).all()
    assert (own["abated"] == 0).all()
    assert not own["class_policy"].astype(str).str.contains("role").any()


def test_where_nothing_is_reported_or_found_what_is_reported_is_covered(small) -> None:
    """All liability is hidden, no audit comes and no quota is sold for less than 5,000 CNY/t."""
    words = {
        **WORDS, "compliance.hideable": 1.0, "compliance.audit": 0.0,
        "compliance.detection_slope": 0.0, "market.institution": "auction",
        "market.auction.share": 1.0, "market.auction.after": "none",
        "market.auction.reserve_price": 5000.0, "transfer.reserve": 0.0,
    }  # fmt: skip

    class Rider(City):
        def decide(self, outlook, chance):
            return "free_ride"

    run = Laboratory(small).run(read_scenario("baseline", words | {
        "allocation.rule": "grandfathering"}), city_class=Rider)  # fmt: skip
    assert (run.national["reported_compliance"] == 1).all()
    assert (run.national["compliance"] == 0).all()


def test_a_shift_of_demand_ends_where_no_capital_formation_is_left(small) -> None:
    words = {
        "abatement.demand_lever": True, "abatement.demand_floor": 0.0,
        "abatement.demand_pace": 0.1, "abatement.demand_cost": 0.01,
        "behaviour.consumer_responsibility": 0.75, "allocation.super_emitter_share": 0.05,
    }  # fmt: skip
    shift = Laboratory(small).run(read_scenario("default", words), 1).cities["demand_shift"]
    assert 0 < shift.max() < 1
