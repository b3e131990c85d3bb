"""Outcomes of welfare, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.outcomes.one_run import Cities, NationalTable, OneRun
from analysis.outcomes.outcomes import outcomes
from analysis.outcomes.welfare import BY_YEAR, WELFARE, dollars, lines
from analysis.outcomes.welfare_courses import WelfareCourses, welfare_by_year
from data.compiled.synthetic import small_economy
from scenarios import read_scenario
from simulation.laboratory import Laboratory

RATE = 6.3125


def world(demand, people, province=None, **more) -> OneRun:
    """Return a run of one year; demand in dollars a head."""
    people = np.asarray(people, dtype=float)
    money = np.asarray(demand, dtype=float) * people * RATE / 1e4
    provinces = np.zeros(people.size, int) if province is None else np.asarray(province)
    cities = Cities(people, np.arange(people.size) >= 3, money, provinces)
    known = {name: np.asarray(values)[None, :] for name, values in more.items()}
    table = {"demand": money[None, :], **known}
    return OneRun(table, NationalTable({}), cities)


def of(word: str, case: OneRun) -> float:
    return next(outcome for outcome in WELFARE if outcome.word == word).of(case)


def test_people_and_person_years_below_the_lines_of_the_third_and_second_fifth() -> None:
    """Lines of 3,600 and 5,300 dollars (Zheng et al. 2023), five cities of a million each."""
    assert lines() == (3600.0, 5300.0)
    case = world([9000.0, 6000.0, 5000.0, 4000.0, 3000.0], [1e6] * 5)
    np.testing.assert_allclose(dollars(case)[0], [9000.0, 6000.0, 5000.0, 4000.0, 3000.0])
    assert of("below_3600", case) == pytest.approx(1.0)
    assert of("below_5300", case) == pytest.approx(3.0)
    assert of("years_below_5300", case) == pytest.approx(3.0)


def test_a_relative_line_moves_with_the_median() -> None:
    """60 % of a median of 5,000: one of five; of twice as much for all: the same one."""
    demand = np.array([9000.0, 6000.0, 5000.0, 4000.0, 2000.0])
    for factor in (1.0, 2.0):
        assert of("relatively_poor", world(factor * demand, [1e6] * 5)) == pytest.approx(20.0)


def test_the_gap_is_that_of_fifths_by_the_base_year() -> None:
    """Means of the two lowest fifths over the middle one: (4 + 2)/2 ÷ 5."""
    case = world([9000.0, 6000.0, 5000.0, 4000.0, 2000.0], [1e6] * 5)
    assert of("demand_gap", case) == pytest.approx(3.0 / 5.0)


def test_theil_within_and_between_provinces() -> None:
    """Two provinces that are each equal within: all of it lies between them, and none if merged."""
    case = world([6000.0, 6000.0, 3000.0, 3000.0, 3000.0], [1e6] * 5, [0, 0, 1, 1, 1])
    assert of("theil_within", case) == pytest.approx(0.0, abs=1e-12)
    q, p = np.array([12.0, 9.0]) / 21.0, np.array([2.0, 3.0]) / 5.0
    assert of("theil_between", case) == pytest.approx(float((q * np.log(q / p)).sum()))


def test_of_the_footprint_of_catch_up_that_of_poor_cities_counts() -> None:
    case = world([5e3] * 5, [1e6] * 5, aid_footprint=[0.0, 0.0, 4e5, 2e5, 0.0])
    assert of("deficit_closed", case) == pytest.approx(0.2)


def test_leakage_is_what_the_whole_provinces_emit_more_per_tonne_less_in_cities() -> None:
    laboratory = Laboratory(small_economy())
    with_policy, without = (
        laboratory.run(read_scenario("default", words), 1)
        for words in ({}, {"allocation.rule": "none"})
    )
    found = outcomes(with_policy, laboratory.economy, without)
    more = with_policy.national["emissions_elsewhere"] - without.national["emissions_elsewhere"]
    less = without.national["emissions"] - with_policy.national["emissions"]
    assert found["leakage"] == pytest.approx(100 * more.sum() / less.sum())
    assert found["reach"] == pytest.approx(
        100
        * with_policy.national["liability"].iloc[-1]
        / (with_policy.national["emissions"] + with_policy.national["emissions_elsewhere"]).iloc[-1]
    )


def test_courses_are_means_and_bands_over_replications_however_they_come() -> None:
    """Against numpy over all runs at once: mean ± 1.96 standard deviations."""
    rng = np.random.default_rng(3)
    runs = []
    for _ in range(5):
        case = world(rng.uniform(2e3, 9e3, 6), [1e6] * 6, aid_footprint=[5e5] * 6)
        runs.append(replace(case, national=NationalTable({"year": np.array([2030])})))
    courses = WelfareCourses()
    for one in runs:
        courses.add("mine", welfare_by_year(one), one.national["year"])
    table = courses.table().set_index("measure")
    assert list(table.index) == list(BY_YEAR)
    for word, (unit, measure) in BY_YEAR.items():
        values = np.array([measure(one)[0] for one in runs])
        row = table.loc[word]
        assert (row["year"], row["unit"]) == (2030, unit)
        assert row["mean"] == pytest.approx(values.mean())
        assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * values.std(ddof=1), abs=1e-9)
