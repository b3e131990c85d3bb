"""Calibration by approximate Bayesian computation: that it finds what it should, and says so."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.documents.markdown import between
from analysis.studies.calibration import (
    DOCUMENT,
    FITTED,
    HELD_OUT,
    PRIORS,
    Prior,
    contraction,
    observed,
    posterior,
    quantile,
    statistics,
)
from data.errors import InputError
from data.readers.carbon_markets import read_carbon_markets
from scenarios import read_scenario
from scenarios.posterior import draws


@given(st.floats(0.0, 1.0))
def test_a_prior_in_logarithms_is_even_in_them(share) -> None:
    found = Prior(2.0, 32.0, log=True).at(np.array([share]))[0]
    assert np.log2(found) == pytest.approx(1.0 + 4.0 * share)


def known_model(count: int = 3000) -> tuple[np.ndarray, pd.DataFrame]:
    """Return draws of two parameters, of which the first alone moves the one statistic."""
    rng = np.random.default_rng(1)
    shares = rng.random((count, 2))
    return shares, pd.DataFrame({"seen": 10.0 * shares[:, 0] + rng.normal(0.0, 0.3, count)})


def test_what_a_statistic_tells_is_found_and_what_it_does_not_tell_is_said() -> None:
    """Seen 4 of 10 with an error of 0.3: the share is 0.40 ± 0.03, the other stays at its prior."""
    shares, seen = known_model()
    found = posterior(shares, seen, {"seen": 4.0})
    first = found.draws[:, 0]
    assert np.average(first, weights=found.weights) == pytest.approx(0.4, abs=0.015)
    told, silent = contraction(found)
    assert told == pytest.approx(0.03 * np.sqrt(12.0), rel=0.35)
    assert 0.8 < silent < 1.2


def test_a_weighted_quantile_by_hand() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([1.0, 2.0, 1.0])
    assert quantile(values, weights, 0.4) == 1.0
    assert quantile(values, weights, 0.6) == 2.0


def test_the_years_held_out_are_not_those_fitted() -> None:
    assert not set(FITTED) & set(HELD_OUT)
    market = read_carbon_markets()["national"]
    seen = observed(market, FITTED)
    assert seen["price 2021, CNY/t"] == pytest.approx(42.85)
    assert seen["turnover 2022, % of covered"] == pytest.approx(100 * 50.9 / 4500)


@pytest.mark.full
def test_a_run_of_the_national_market_shows_what_is_compared(full_laboratory) -> None:
    run = full_laboratory.run(read_scenario("national_market", {"horizon.end": 2024}), 1)
    assert set(statistics(run, FITTED)) == set(observed(read_carbon_markets()["national"], FITTED))


def test_scenarios_draw_from_the_posterior() -> None:
    """Within the priors, the same for the same seed, and without what is to be left out."""
    one, again = (list(draws(5, np.random.default_rng(3), leave=("cap.rate",))) for _ in range(2))
    assert one == again
    for words in one:
        assert "cap.rate" not in words
        for key, value in words.items():
            assert PRIORS[key].low <= value <= PRIORS[key].high
        assert read_scenario("default", words).compliance.audit == words["compliance.audit"]
    with pytest.raises(InputError, match="not among the calibrated parameters"):
        next(draws(1, np.random.default_rng(0), leave=("cap.cut",)))


def test_the_document_names_every_parameter() -> None:
    said = between(DOCUMENT.read_text(encoding="utf-8"), "posterior")
    assert all(f"`{key}`" in said for key in PRIORS)
