"""City statistics of invented countries: as noisy as provinces show the real ones to be."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.economy.demand_evidence import capital_per_investment
from analysis.economy.jobs_evidence import spread_of_jobs_per_value_added
from analysis.studies.known_truth.city_yearbook import FOLLOWS, Noise
from analysis.studies.known_truth.invention import invented_truth
from analysis.studies.known_truth.publication import published, with_co2_error
from analysis.studies.known_truth.truth import Truth
from data.readers.inputs import read_figures
from model.compile.demand_curves import CAPITAL


def truth(cities: tuple[int, ...] = (3, 2, 4, 2)) -> Truth:
    return invented_truth(np.random.default_rng(0), cities)


def test_the_noise_of_investment_is_what_provinces_show() -> None:
    """Partial correlation from t: Cohen et al. 2003, *Applied Multiple Regression*, section 3.3."""
    provinces = capital_per_investment(read_figures(2012))
    slope = provinces.investment
    t, freedom = slope.value / slope.standard_error, slope.cities - 3
    squared = t**2 / (t**2 + freedom)
    assert pytest.approx(squared / slope.value, abs=0.005) == FOLLOWS
    of_capital = provinces.left / np.sqrt(1.0 - squared)
    of_investment = of_capital * np.sqrt(squared) / slope.value
    assert Noise().investment == pytest.approx(of_investment * np.sqrt(1.0 - squared), abs=0.005)


def test_the_noise_of_jobs_is_what_provinces_show() -> None:
    spreads = [spread_of_jobs_per_value_added(read_figures(year)) for year in (2012, 2017)]
    assert Noise().jobs == pytest.approx(np.mean(spreads), abs=0.05)


def test_jobs_in_proportion_to_value_added_have_no_spread_but_their_noise() -> None:
    true = truth((3,) * 60)
    for noise in (0.0, 0.4):
        exact = Noise(jobs=0.0, silent=0.0)
        figures = published(true, np.random.default_rng(7), exact)
        persons = figures.jobs.persons
        wrong = np.exp(noise * np.random.default_rng(8).standard_normal((60, persons.shape[1])))
        jobs = replace(figures.jobs, persons=persons * wrong[true.regions.province])
        found = spread_of_jobs_per_value_added(replace(figures, jobs=jobs))
        assert found == pytest.approx(noise, rel=0.1, abs=1e-9)


def test_investment_without_error_follows_a_part_of_a_departure_of_capital_formation() -> None:
    true = truth()
    panel = published(true, np.random.default_rng(7), Noise().times(0.0)).demand.investment
    income, capital = np.log(panel.income[0]), np.log(true.d[:, :, CAPITAL].sum(axis=1))
    capital = capital - np.log(true.population)
    seen = np.isfinite(panel.per_head[0])
    X = np.column_stack([np.ones(seen.sum()), income[seen], capital[seen]])
    found, *_ = np.linalg.lstsq(X, np.log(panel.per_head[0, seen]), rcond=None)
    assert found[2] == pytest.approx(FOLLOWS)


def test_an_error_of_co2_has_the_deviation_asked_for_and_touches_nothing_else() -> None:
    exact = published(truth((10,) * 10), np.random.default_rng(7))
    wrong = with_co2_error(exact, np.random.default_rng(8), 0.1)
    error = np.log(wrong.statistics.co2 / exact.statistics.co2)
    assert error.std() == pytest.approx(0.1, rel=0.2)
    assert abs(error.mean()) < 0.03
    assert replace(wrong, statistics=exact.statistics) == exact
