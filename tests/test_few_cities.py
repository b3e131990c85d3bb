"""Economies of very few cities, and of a city that emits nothing, run like any other."""

from dataclasses import replace

import numpy as np
import pytest

from model.allocation import RULES
from scenarios import read_scenario
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
