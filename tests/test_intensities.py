"""Departures of intensities from their sectors' trends: size, noise and persistence."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from analysis.documents.markdown import with_tables
from analysis.economy.intensity_evidence import (
    Spread,
    departures,
    persistence_of_emissions,
)
from analysis.studies import intensities as study


def test_a_city_whose_groups_all_get_dirtier_departs_by_that_and_by_nothing_beyond(small) -> None:
    F = small.F.copy()
    F[3] *= 1.5
    found = departures(small, replace(small, F=F))
    rise = np.log(1.5) - found.trend
    share = (small.F[3] @ (small.sectors.group[:, None] == np.arange(7))) / small.F[3].sum()
    assert found.common[3] == pytest.approx((share * rise).sum(), rel=1e-9)
    same = departures(small, small)
    assert_allclose(same.common, 0.0, atol=1e-12)


def test_noise_is_taken_from_the_variance() -> None:
    found = Spread(observed=0.5, noise=0.3, cities=9)
    assert found.signal == pytest.approx(0.4)
    assert found.kept == pytest.approx(0.64)
    assert Spread(observed=0.2, noise=0.3, cities=9).signal == 0.0


@pytest.mark.parametrize("phi", [0.6, 0.9])
def test_persistence_of_an_ar1_with_errors_is_found(phi) -> None:
    rng = np.random.default_rng(0)
    years, cities = 40, 3000
    state = rng.standard_normal(cities)
    logs = []
    for _ in range(years):
        state = phi * state + np.sqrt(1 - phi**2) * rng.standard_normal(cities)
        logs.append(0.4 * state + 0.1 * rng.standard_normal(cities))
    found = persistence_of_emissions(np.exp(np.array(logs)))
    assert found.phi == pytest.approx(phi, abs=0.03)
    assert found.error == pytest.approx(0.1, abs=0.02)
    assert found.step == pytest.approx(0.4 * np.sqrt(2 * (1 - phi)), rel=0.05)


@pytest.mark.full
def test_the_page_shows_what_the_economies_say() -> None:
    text = study.DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(text, study.tables()) == text, (
        "renew: .venv/bin/python -m analysis.documents intensities"
    )
