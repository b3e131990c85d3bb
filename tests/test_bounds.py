"""Numbers of the schema: each has both bounds and a reason, and what they allow runs."""

import re
from functools import partial

import numpy as np
import pytest
from invented import placed_in_china

from analysis.reliability.door import tried
from analysis.reliability.drawing import one_of
from analysis.reliability.extreme_scenarios import drawn, run
from data.errors import InputError
from scenarios import Experiment, read_scenario
from scenarios.schema import parameters
from simulation import Laboratory

TABLES = {"cap(table).levels_mt", "behaviour.shares"}
"""Tables of numbers: their bounds are those of each entry."""
NUMBERS = [row for row in parameters() if row.unit not in ("word", "tables")]


@pytest.mark.parametrize("row", NUMBERS, ids=[row.key for row in NUMBERS])
def test_every_number_has_a_lower_and_an_upper_bound_and_a_reason(row) -> None:
    assert row.bounds, "say in bounds= why the range ends where it does"
    if row.key not in TABLES:
        assert re.search("[≥>] ", row.limits), "no lower bound"
        assert re.search("[≤<] ", row.limits), "no upper bound"


def test_numbers_of_an_experiment_have_both_bounds_too() -> None:
    for name in ("replications", "seed", "economies"):
        assert len(Experiment.model_fields[name].metadata) == 2


@pytest.mark.parametrize(
    "words",
    [
        {"cap.path": "table", "cap.levels_mt": {"2020": 2e6}},
        {"cap.path": "table", "cap.levels_mt": {"2020": 1e-7}},
        {"behaviour.rule": "mix", "behaviour.shares": {"logit": 1.5, "imitate": -0.5}},
    ],
)
def test_entries_of_tables_have_bounds(words) -> None:
    with pytest.raises(InputError, match=r"must be from|is negative"):
        read_scenario("default", words)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ({"growth.long_run": 0.19, "growth.intensity_change": 0.49}, "lower them"),
        ({"growth.intensity_change": -0.4999}, "raise them"),
        (
            {"growth.cleaner": [{"where": ["west"], "sector": "power", "change": 0.4}]},
            "cleaner, more_demand to horizon.end = 2060",
        ),
    ],
)
def test_growth_that_whole_tonnes_cannot_count_is_refused_by_its_keys(words, named) -> None:
    with pytest.raises(InputError, match=named) as refused:
        read_scenario("default", {**words, "horizon.end": 2060})
    assert "growth.intensity_change" in str(refused.value).replace(
        " intensity", " growth.intensity"
    )


@pytest.mark.parametrize(
    "setting", ["horizon.end=2012", "horizon.end=9999", "policy.first_year=0", "horizon.end=1e4"]
)
def test_an_impossible_year_is_refused_by_its_key(setting) -> None:
    with pytest.raises(InputError, match=setting.partition("=")[0]):
        read_scenario("default", [setting])


@pytest.mark.parametrize(
    "key", ["compliance.penalty_multiple", "growth.exports", "allocation.ability_to_pay.exponent"]
)
def test_a_number_next_to_nothing_is_refused(key) -> None:
    with pytest.raises(InputError, match="too near to zero to be exact; write 0"):
        read_scenario("default", {key: 5e-324})


SECTORS = ("electricity", "metals", "rest", "s04", "services")
CHANGES = (-0.499, -0.03, 0.0, 0.1, 0.499)


def trends(rng) -> dict:
    """Return additions to trends, which need an economy that lies somewhere."""
    where = one_of(rng, (["east"], ["west"], ["west", "east"]))
    cleaner = {"where": where, "sector": one_of(rng, SECTORS), "change": one_of(rng, CHANGES)}
    growth = one_of(rng, (0.0, 0.05, 0.499))
    more = {"where": where, "products": [one_of(rng, ("s02", "services"))], "growth": growth}
    told = {"growth.cleaner": [cleaner], "growth.more_demand": [more]}
    return {key: value for key, value in told.items() if rng.random() < 0.3}


@pytest.fixture(scope="module")
def laboratory(small) -> Laboratory:
    return Laboratory(placed_in_china(small))


def those_that_fail(seeds, laboratory) -> list:
    """Return seed, end and words of scenarios at the bounds that neither run nor are refused."""
    failed = []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        words = {**drawn(rng), **trends(rng)}
        verdict = tried(partial(run, words, laboratory))
        if not verdict.as_it_should_be:
            failed.append((seed, verdict, words))
    return failed


def test_what_the_bounds_allow_runs_or_is_refused_in_one_line(laboratory) -> None:
    assert those_that_fail(range(30), laboratory) == []


@pytest.mark.study
def test_five_thousand_scenarios_at_the_bounds_run_or_are_refused(laboratory) -> None:
    assert those_that_fail(range(1000, 6000), laboratory) == []
