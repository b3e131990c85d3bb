"""A public good nobody guards: free-riding against theory, equation by equation and simulated."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from invented import floats
from numpy.testing import assert_allclose
from scipy.optimize import brentq
from scipy.special import expit

from analysis.documents.markdown import with_tables
from analysis.studies import free_riding
from analysis.studies.free_riding import PUBLIC_GOOD, expected, simulated, stakes, sweep, threshold
from analysis.studies.mean_field import (
    Stakes,
    imitation_step,
    logit_step,
)
from data.compiled.cache import load_economy
from model.behaviour.payoffs import FREE_RIDE
from scenarios import read_scenario
from simulation.laboratory import Laboratory


@pytest.fixture(scope="module")
def laboratory(small):
    return Laboratory(small)


@pytest.fixture(scope="module")
def known(laboratory):
    return stakes(laboratory, PUBLIC_GOOD)


def level(saved: float, years: int = 400, price: float = 1.0) -> Stakes:
    """Return the same stakes in every year, whatever a city did before."""
    g = np.full((years, 1), saved)
    return Stakes(complying=g, riding=g, price=np.full((years, 1), price))


def resting_points(saved: float, pressure: float, rationality: float) -> np.ndarray:
    """Return every share with x = 1 / (1 + exp(−λ (g − pressure (1 − x)))), in order.

    One, or three where λ · pressure exceeds 4 and g lies between the folds (`folds`): then
    the outer two are stable, and history decides between them.
    """
    x = np.linspace(0.0, 1.0, 100_001)
    rises = expit(rationality * (saved - pressure * (1.0 - x))) > x
    turns = np.flatnonzero(rises[:-1] != rises[1:])
    return (x[turns] + x[turns + 1]) / 2


def folds(pressure: float, rationality: float) -> tuple[float, float]:
    """Return the least and the greatest g between which there are three resting points.

    x (1 − x) = 1 / (λ · pressure) at a fold; both are pressure / 2 where λ · pressure is 4 or less.
    """
    root = np.sqrt(max(1.0 - 4.0 / (rationality * pressure), 0.0)) if pressure > 0 else 0.0
    shares = (1.0 + np.array([root, -root])) / 2
    at_fold = np.log(shares / (1.0 - shares)) / rationality + pressure * (1.0 - shares)
    return float(at_fold[0]), float(at_fold[1])


def invasion_share(saved: float, pressure: float) -> float:
    """Return the share above which imitated free-riding grows without mutation, 1.

    1 − g / pressure: nought where a single free-rider already gains by it, one where nothing is
    saved.
    """
    return float(np.clip(1.0 - saved / pressure, 0.0, 1.0)) if pressure > 0 else float(saved <= 0)


def after(step, x: float, years: int) -> float:
    """Return the share after some years of a step."""
    for t in range(1, years):
        x = step(x, t)
    return x


@given(floats(-2.0, 2.0), floats(0.1, 10.0), floats(0.0, 1.0))
def test_without_disapproval_the_logit_share_is_the_closed_form(saved, rationality, start) -> None:
    """McFadden (1974): 1 / (1 + exp(−λ g)), after a year and whatever was done before."""
    share = 1 / (1 + np.exp(-rationality * saved))
    assert logit_step(start, level(saved), 1, 0.0, rationality) == pytest.approx(share)
    assert_allclose(resting_points(saved, 0.0, rationality), [share], atol=1e-5)


@given(floats(0.0, 3.0), floats(0.1, 4.0), floats(0.5, 8.0))
def test_there_are_three_resting_points_only_between_the_folds(
    saved, pressure, rationality
) -> None:
    """Brock & Durlauf (2001): one where λ · pressure ≤ 4, three where it is more and g fits."""
    low, high = folds(pressure, rationality)
    assume(min(abs(saved - low), abs(saved - high)) > 1e-3)
    points = resting_points(saved, pressure, rationality)
    three = rationality * pressure > 4 and low < saved < high
    assert points.size == (3 if three else 1)
    slope = rationality * pressure * points * (1 - points)
    assert (slope[::2] < 1).all()
    assert (slope[1::2] > 1).all()


@pytest.mark.parametrize("saved", [0.5, 0.9, 1.0, 1.1, 1.5])
def test_between_the_folds_history_decides_where_weighing_cities_rest(saved) -> None:
    """λ · pressure = 6 > 4, folds at 0.93 and 1.07 for a pressure of two."""
    low, high = folds(2.0, 3.0)

    def step(x, t):
        return logit_step(x, level(saved), t, 2.0, 3.0)

    from_none, from_all = after(step, 0.0, 400), after(step, 1.0, 400)
    assert from_none in (pytest.approx(p, abs=1e-3) for p in resting_points(saved, 2.0, 3.0))
    assert (from_all - from_none > 0.5) == (low < saved < high)


@given(floats(0.05, 1.0), floats(0.1, 4.0), floats(0.01, 0.99))
def test_imitated_free_riding_grows_from_above_the_invasion_share_only(saved, pressure, x) -> None:
    """x (1 − x) tanh(κ Δ / 2) has the sign of Δ = g − pressure (1 − x): Traulsen et al. (2006)."""
    at = invasion_share(saved, pressure)
    assume(abs(x - at) > 1e-6)
    grown = imitation_step(x, level(saved), 1, pressure, selection=3.0, mutation=0.0)
    assert (grown > x) == (x > at)


@given(floats(0.0, 1.0))
def test_mutation_alone_leads_to_one_half(x) -> None:
    """Without selection every year takes the share μ of the way to even odds."""
    moved = imitation_step(x, level(1.0), 1, 1.0, selection=0.0, mutation=0.1)
    assert moved - 0.5 == pytest.approx(0.9 * (x - 0.5))


def test_a_threshold_is_where_the_last_half_rides_free() -> None:
    pressures = np.array([0.0, 1.0, 2.0, 3.0])
    assert threshold(pressures, np.array([0.9, 0.7, 0.3, 0.0])) == pytest.approx(1.5)
    assert threshold(pressures, np.array([0.4, 0.3, 0.2, 0.0])) == 0.0
    assert np.isnan(threshold(pressures, np.ones(4)))


def own_cost(need: float, g, E, slope, room) -> float:
    """Return what meeting its own need costs a city from no abatement, CNY, by plain root search.

    −g ln(1 − R) + (ka/ρ) R = p in every group, Σ E R = need; cost g E [(1−R) ln(1−R) + R] +
    (ka/2ρ) R² E.
    """

    def marginal(R: float, n: int) -> float:
        return -g[n] * np.log(1 - R) + slope[n] * R

    def steps(price: float) -> np.ndarray:
        return np.array(
            [
                most
                if most <= 0 or marginal(most, n) <= price
                else brentq(lambda R, n=n: marginal(R, n) - price, 0.0, most)
                for n, most in enumerate(room)
            ]
        )

    price = brentq(lambda p: float((E * steps(p)).sum() - need), 1e-9, 1e3)
    R = steps(price)
    return float((g * E * ((1 - R) * np.log(1 - R) + R) + slope / 2 * R**2 * E).sum())


def test_the_first_year_s_share_is_the_logit_of_what_abatement_would_have_cost(laboratory) -> None:
    """P(free_ride) = 1 / (1 + exp(−λ cost / (p_ref n))), each city's from its own MAC curve."""
    one_year = {"horizon.end": 2013, "cap.cut": 0.03}
    settings = {**PUBLIC_GOOD, **one_year, "behaviour.peer_pressure": 0.0}
    scenario = read_scenario("default", settings)
    model = laboratory.model(scenario, 1)
    forecast = model.economy.forecast(model.state)
    g, trend, mac = forecast.mac.g, forecast.trend, forecast.mac
    slope = np.broadcast_to(mac.adjustment / mac.pace, g.shape)
    room = np.broadcast_to(np.minimum(2 * mac.pace, mac.ceiling), g.shape)
    runs = 150
    played = [run.recorder.cities for run in laboratory.runs(scenario, 1, range(runs))]
    need = played[0]["need"][0]
    costs = [own_cost(*curve) for curve in zip(need, g, trend, slope, room, strict=True)]
    theory = expit(3.0 * np.array(costs) / (60.0 * need))
    rode = np.mean([run["action"][0] == FREE_RIDE for run in played], axis=0)
    assert ((theory > 0.5) & (theory < 0.9)).all()
    assert (np.abs(rode - theory) < 4 * np.sqrt(theory * (1 - theory) / runs)).all()


def test_a_few_imitated_free_riders_take_over_where_nobody_disapproves(laboratory) -> None:
    """From one in eight; a pressure of three times the price keeps them few."""
    for peer, low, high in ((0.0, 0.9, 1.0), (3.0, 0.0, 0.15)):
        settings = {**PUBLIC_GOOD, "behaviour.peer_pressure": peer}
        runs = [simulated(laboratory, "imitate", 1 / 8, settings, n) for n in range(5)]
        share = np.mean(runs, axis=0)
        assert share[0] == pytest.approx(1 / 8)
        assert low <= share[-3:].mean() <= high, (peer, share)


def test_reward_teaches_free_riding_where_nobody_looks_and_unteaches_it_under_pressure(
    laboratory,
) -> None:
    """Erev & Roth (1998): what costs nothing is done more often, what shames less often."""
    shares = []
    for peer in (0.0, 3.0):
        words = {**PUBLIC_GOOD, "behaviour.rule": "reinforce", "behaviour.peer_pressure": peer}
        scenario = read_scenario("default", words)
        runs = [run.recorder.cities["action"] for run in laboratory.runs(scenario, 5, range(8))]
        shares.append((np.array(runs) == FREE_RIDE).mean(axis=(0, 2)))
    free, shamed = shares
    assert free[0] == shamed[0] == pytest.approx(0.5, abs=0.1)
    assert free[-3:].mean() > free[0] + 0.05
    assert shamed[-3:].mean() < shamed[0] - 0.15


@pytest.mark.parametrize("way", ["logit", "imitate"])
def test_theory_and_simulation_agree_among_eight_cities_whatever_they_did_before(
    laboratory, known, way
) -> None:
    """Means of four runs; each of eight cities sees its own partners, theory sees the mean."""
    for start, peer in ((0.0, 2.0), (0.5, 2.0), (1.0, 1.0)):
        settings = {**PUBLIC_GOOD, "behaviour.peer_pressure": peer}
        runs = [simulated(laboratory, way, start, settings, n)[-3:].mean() for n in range(4)]
        theory = expected(way, start, known, settings)[-3:].mean()
        assert np.mean(runs) == pytest.approx(theory, abs=0.12), (start, peer)


@pytest.fixture(scope="module")
def found(full):
    """Return the full economy's sweep from three starts."""
    return sweep(Laboratory(full), PUBLIC_GOOD, (0.0, 0.5, 1.0))


@pytest.mark.study
@pytest.mark.full
def test_the_threshold_of_pressure_is_where_theory_puts_it_and_higher_the_more_rode_free(
    found,
) -> None:
    """From mixed starts within 0.15 of the price; where all rode free theory is too low."""
    at = free_riding.thresholds(found).set_index(["way", "start"])
    for way, start in product(("logit", "imitate"), (0.0, 0.5)):
        row = at.loc[(way, start)]
        assert row["simulated"] == pytest.approx(row["theory"], abs=0.15)
    for way in ("logit", "imitate"):
        none, half, every = (at.loc[(way, start), "simulated"] for start in (0.0, 0.5, 1.0))
        assert none < half
        assert np.isnan(every) or every > half + 1.0


@pytest.mark.study
@pytest.mark.full
def test_the_document_reports_the_free_riders() -> None:
    text = free_riding.DOCUMENT.read_text(encoding="utf-8")
    said, _ = free_riding.tables(Laboratory(load_economy(2012)))
    assert with_tables(text, said) == text, (
        "renew: .venv/bin/python -m analysis.documents free-riding"
    )
