"""Realised payoffs: the year in the terms in which it was expected."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from invented import FRICTIONLESS, TERMS, amounts, outlook, outlooks
from numpy.testing import assert_allclose

from model.abatement.mac import MacCurve
from model.abatement.targets import own_effort
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import DEFAULT, FREE_RIDE, MITIGATE, TRANSFER, payoffs
from model.behaviour.realised import YearCosts, realised


def costs_of(cities, dR, **known) -> YearCosts:
    """Return a year in which nothing happened but what is named."""
    nothing = np.zeros(cities.need.size)
    none = nothing.astype(np.int64)
    usual = {
        "cost": cities.supply.cost(dR),
        "paid": nothing,
        "fines": nothing,
        "due_next_year": none,
        "unanswered": none,
    }
    return YearCosts(**{**usual, **known})


def curve_of(cities: Outlook) -> MacCurve:
    """Return the curves that the invented cities stand on."""
    return MacCurve(cities.supply.g, adjustment=40.0, pace=0.03, ceiling=0.7)


@given(outlooks())
def test_who_mitigates_gets_what_it_expected_if_the_year_goes_as_forecast(cities) -> None:
    """What its effort leaves uncovered is fined at F less the tonne that is due next year."""
    dR = cities.supply.step(cities.own_price)
    reached = cities.supply.relief_of(dR)
    unmet = np.maximum(np.rint(cities.need - reached), 0.0).astype(np.int64)
    spare = np.clip(-cities.need, 0.0, TERMS.bank_limit * cities.expected)
    alone = TERMS.fine(cities.belief) - TERMS.discount * cities.belief
    found = realised(
        cities,
        costs_of(cities, dR, fines=alone * unmet, due_next_year=unmet),
        np.rint(spare).astype(np.int64),
        cities.neighbours_free_riding,
    )
    assert_allclose(found, payoffs(cities)[:, MITIGATE], rtol=1e-9, atol=400.0)


@given(outlooks(terms=FRICTIONLESS))
def test_who_trades_at_the_expected_price_gets_what_it_expected(cities) -> None:
    cities = replace(cities, belief=np.full_like(cities.need, 70.0))
    dR = cities.supply.step(cities.belief)
    net = np.rint(cities.need - cities.supply.relief_of(dR)).astype(np.int64)
    found = realised(
        cities,
        costs_of(cities, dR, paid=70.0 * net),
        np.zeros_like(net),
        cities.neighbours_free_riding,
    )
    assert_allclose(found, payoffs(cities)[:, TRANSFER], rtol=1e-9, atol=70.0)


@given(outlooks(least_need=1e-3))
def test_who_rides_free_unseen_gets_what_it_expected(cities) -> None:
    """All of the need is concealed, nobody expects an audit, and there is no market."""
    terms = replace(TERMS, market_open=False)
    cities = replace(cities, audit=np.zeros_like(cities.need), terms=terms)
    gap = np.rint(cities.need).astype(np.int64)
    year = costs_of(cities, np.zeros_like(cities.trend), unanswered=gap)
    found = realised(cities, year, np.zeros_like(gap), cities.neighbours_free_riding)
    assert_allclose(found, payoffs(cities)[:, FREE_RIDE], rtol=1e-9, atol=200.0)


@given(outlooks(least_need=1e-3))
def test_who_defaults_gets_what_it_expected(cities) -> None:
    """The gap is fined at F less the tonne that is due next year, and costs standing."""
    gap = np.rint(cities.need).astype(np.int64)
    alone = TERMS.fine(cities.belief) - TERMS.discount * cities.belief
    found = realised(
        cities,
        costs_of(
            cities,
            np.zeros_like(cities.trend),
            fines=alone * gap,
            due_next_year=gap,
            unanswered=gap,
        ),
        np.zeros_like(gap),
        cities.neighbours_free_riding,
    )
    assert_allclose(found, payoffs(cities)[:, DEFAULT], rtol=1e-9, atol=400.0)


def test_a_year_by_hand() -> None:
    """Buying 10 t at 50 + 5, a fine of 100, 2 t due next year, 3 t banked, 4 t hidden."""
    cities = outlook([1e6], [[1e8]], neighbours_free_riding=np.zeros(1))
    year = costs_of(
        cities,
        np.zeros((1, 1)),
        paid=10 * np.array([50.0 + 5.0]),
        fines=np.array([100.0]),
        due_next_year=np.array([2]),
        unanswered=np.array([4]),
    )
    due, worth, disapproval = 0.95 * 60.0 * 2, 0.95 * 60.0 * 0.9 * 3, 0.3 * 60.0 * 0.5 * 4
    found = realised(cities, year, np.array([3]), np.array([0.5]))
    assert_allclose(found, [worth - disapproval - 550.0 - 100.0 - due])


@given(outlooks(), amounts(6, 0.0, 0.3))
def test_own_targets_are_met_as_far_as_a_year_s_room_goes(cities, cuts) -> None:
    cut = cuts[: cities.need.size]
    dR, room = own_effort(curve_of(cities), cities.trend, cities.abatement, cut), cities.supply.room
    total = cities.trend.sum(axis=1)
    after = ((cities.abatement + dR) * cities.trend).sum(axis=1) / total
    before = (cities.abatement * cities.trend).sum(axis=1) / total
    most = before + (room * cities.trend).sum(axis=1) / total
    assert_allclose(after, np.clip(cut, before, most), rtol=1e-6, atol=1e-9)
    assert (dR <= room + 1e-12).all()


def test_without_targets_nobody_is_made_to_abate() -> None:
    cities = outlook([1e6], [[1e8]])
    assert (own_effort(curve_of(cities), cities.trend, cities.abatement, np.zeros(1)) == 0).all()


@given(outlooks(), amounts((6, 3), 0.0, 0.1))
def test_a_least_step_is_taken_at_any_price_and_no_more_room_than_there_is(cities, steps) -> None:
    shape = cities.trend.shape
    least = steps[: shape[0], : shape[1]]
    bound = replace(curve_of(cities), least=least).supply(
        cities.abatement, cities.supply.own, cities.trend
    )
    for level in (0.0, 60.0, 1e4):
        price = np.full(shape[0], level)
        free = cities.supply.step(price)
        assert_allclose(bound.step(price), np.maximum(free, np.minimum(least, bound.room)))


@given(outlooks(least_need=1e-3), amounts((6, 3), 0.0, 0.03))
def test_a_free_rider_with_a_target_risks_the_fine_on_the_rest_alone(cities, steps) -> None:
    """Its gap is what its own target leaves; what it abates, it pays for."""
    shape = cities.trend.shape
    least = np.minimum(steps[: shape[0], : shape[1]], cities.supply.room)
    cities = replace(cities, terms=replace(TERMS, market_open=False))
    bound = replace(cities, supply=replace(cities.supply, least=least))
    dR = bound.supply.step(np.zeros(shape[0]))
    gap = np.maximum(bound.need - bound.supply.relief_of(dR), 0.0)
    per_tonne = payoffs(cities)[:, FREE_RIDE] / cities.need
    expected = per_tonne * gap - bound.supply.cost(dR)
    found = np.where(gap > 0, expected, -np.inf)  # nothing is left to conceal
    assert_allclose(payoffs(bound)[:, FREE_RIDE], found, rtol=1e-9, atol=1e-3)
