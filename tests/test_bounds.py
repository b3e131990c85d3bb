"""Numbers of the schema: each has both bounds and a reason, and what they allow runs."""

import re

import pytest
from extremes import outcome, scenarios
from hypothesis import HealthCheck, given, settings
from invented import placed_in_china

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


def hold(words, laboratory) -> None:
    said = outcome(words, laboratory)
    assert said.startswith(("ran", "refused: ")), said


@pytest.fixture(scope="module")
def laboratory(small) -> Laboratory:
    return Laboratory(placed_in_china(small))


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(words=scenarios())
def test_what_the_bounds_allow_runs_or_is_refused_in_one_line(words, laboratory) -> None:
    hold(words, laboratory)


@pytest.mark.study
@settings(max_examples=5000, derandomize=False, suppress_health_check=list(HealthCheck))
@given(words=scenarios())
def test_five_thousand_scenarios_at_the_bounds_run_or_are_refused(words, laboratory) -> None:
    hold(words, laboratory)
