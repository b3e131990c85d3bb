"""Choosing among mitigating, trading and riding free."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import TERMS, amounts, floats, outlook, outlooks
from numpy.testing import assert_allclose, assert_array_equal

from model.behaviour.logit import Chance, Logit, drawn, kept, logit, probabilities
from model.behaviour.payoffs import (
    DEFAULT,
    FREE_RIDE,
    HOLD,
    MITIGATE,
    TRANSFER,
    Action,
    payoffs,
    plan,
)

CITIES = 5
LAST_DRAW = 1.0 - 2.0**-53
"""The largest number that a generator draws from [0, 1)."""

scales = amounts(CITIES, 1e3, 1e12)
draws = arrays(np.float64, CITIES, elements=st.floats(0.0, LAST_DRAW))


@st.composite
def utilities(draw) -> np.ndarray:
    """Draw payoffs of which all but mitigation may be closed."""
    utility = draw(amounts((CITIES, HOLD), -1e10, 1e10))
    utility[:, 1:][draw(arrays(np.bool_, (CITIES, HOLD - 1)))] = -np.inf
    return utility


@given(utilities(), scales, floats(0.0, 100.0))
def test_probabilities_sum_to_one_and_closed_actions_have_none(utility, scale, rationality) -> None:
    probability = probabilities(utility, scale, rationality)
    assert_allclose(probability.sum(axis=1), 1.0, rtol=1e-12)
    assert_array_equal(probability[np.isneginf(utility)], 0.0)


@given(utilities(), scales, floats(0.0, 100.0), draws)
def test_a_closed_action_is_never_drawn(utility, scale, rationality, uniform) -> None:
    action = drawn(probabilities(utility, scale, rationality), uniform)
    assert np.isfinite(utility[np.arange(CITIES), action]).all()


def test_even_the_last_draw_opens_no_closed_action() -> None:
    """Probabilities of the open actions may add up to a little less than one."""
    utility = np.random.default_rng(0).normal(size=(1000, HOLD))
    utility[:, FREE_RIDE:] = -np.inf
    probability = probabilities(utility, np.ones(1000), 1.0)
    assert (probability.sum(axis=1) < 1.0).any()
    assert (drawn(probability, np.full(1000, LAST_DRAW)) == TRANSFER).all()


def test_the_logit_by_hand() -> None:
    """McFadden (1974): odds are exp(λ ΔU / scale); here λ ΔU / scale = ln 3."""
    utility = np.array([[np.log(3.0) * 50.0, 0.0, -np.inf, -np.inf]])
    assert_allclose(probabilities(utility, np.array([100.0]), 2.0), [[0.75, 0.25, 0.0, 0.0]])


@pytest.mark.parametrize(
    ("uniform", "action"), [(0.0, MITIGATE), (0.2, TRANSFER), (0.49, TRANSFER), (0.5, FREE_RIDE)]
)
def test_a_draw_falls_into_the_action_s_share(uniform: float, action: int) -> None:
    assert drawn(np.array([[0.2, 0.3, 0.5, 0.0]]), np.array([uniform])) == action


@given(utilities(), scales)
def test_without_rationality_all_open_actions_are_even(utility, scale) -> None:
    open_ = np.isfinite(utility)
    even = open_ / open_.sum(axis=1, keepdims=True)
    assert_allclose(probabilities(utility, scale, 0.0), even)


@given(outlooks(least_need=1e-3), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_more_audits_mean_less_free_riding(cities, audit, other) -> None:
    chance = [
        free_riding(replace(cities, audit=np.full(cities.need.size, one)))
        for one in sorted((audit, other))
    ]
    assert (chance[0] >= chance[1] - 1e-12).all()


@given(st.floats(1.0, 8.0), st.floats(1.0, 8.0), st.floats(0.05, 1.0))
def test_higher_fines_mean_less_free_riding_where_need_can_be_met(fine, other, audit) -> None:
    cities = outlook([1e5, 5e5, 1e6], np.full((3, 1), 1e8))
    chance = []
    for multiple in sorted((fine, other)):
        terms = replace(TERMS, penalty_multiple=multiple)
        exposed = replace(cities, terms=terms, audit=np.full(3, audit))
        assert (exposed.own_price < terms.fine(cities.belief)).all()
        chance.append(free_riding(exposed))
    assert (chance[0] >= chance[1] - 1e-12).all()


def test_enforcement_takes_free_riding_from_the_rule_to_the_exception() -> None:
    cities = outlook([5e6], [[1e8]])
    lax, strict = (
        free_riding(
            replace(cities, audit=np.array([audit]), terms=replace(TERMS, penalty_multiple=fine))
        )
        for audit, fine in ((0.0, 1.0), (0.8, 5.0))
    )
    assert lax[0] > 0.5
    assert strict[0] < 0.01


def free_riding(cities) -> np.ndarray:
    return probabilities(payoffs(cities), cities.scale, cities.rationality)[:, FREE_RIDE]


@given(outlooks())
def test_who_needs_nothing_cannot_ride_free_and_who_has_no_market_cannot_trade(cities) -> None:
    found = payoffs(cities)
    for shirking in (FREE_RIDE, DEFAULT):
        assert_array_equal(np.isneginf(found[:, shirking]), cities.need <= 0)
    assert np.isfinite(found[:, [MITIGATE, TRANSFER]]).all()
    closed = payoffs(replace(cities, terms=replace(TERMS, market_open=False)))
    assert np.isneginf(closed[:, TRANSFER]).all()
    assert_array_equal(np.isneginf(closed[:, FREE_RIDE]), cities.need <= 0)


def test_riding_free_costs_the_expected_fine_and_the_neighbours_disapproval() -> None:
    """U = −a F n − peer p_e n (1 − share): E7, with F = 3·60 + 0.95·60 = 237 CNY/t."""
    spent = np.array([[0.7]])
    cities = outlook([1e6], [[1e8]], neighbours_free_riding=np.array([0.25]), abatement=spent)
    expected = -(0.3 * 237.0 + 0.3 * 60.0 * 0.75) * 1e6
    assert payoffs(cities)[0, FREE_RIDE] == pytest.approx(expected)


def test_what_cannot_be_concealed_is_settled_openly() -> None:
    """A city that cannot abate: 2 Mt of 5 Mt hidden at (0.3 + 2 · 0.02) · 237, the rest bought."""
    terms = replace(TERMS, hideable=0.02, detection_slope=2.0)
    cities = outlook([5e6], [[1e8]], terms, abatement=np.array([[0.7]]), peer_pressure=np.zeros(1))
    hidden, bought = 0.34 * 237.0 * 2e6, 71.0 * 3e6
    assert payoffs(cities)[0, FREE_RIDE] == pytest.approx(-hidden - bought)
    planned = plan(cities, np.array([FREE_RIDE]))
    assert_array_equal(planned.openly, [TRANSFER])
    assert_allclose(planned.outlook.need, [3e6])
    assert_allclose(plan(cities, np.array([MITIGATE])).outlook.need, [5e6])


@given(outlooks(least_need=1e-3), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_a_tighter_bound_lets_no_city_conceal_more_and_none_closes_the_action(
    cities, share, other
) -> None:
    few, many = (replace(cities, terms=replace(TERMS, hideable=h)) for h in sorted((share, other)))
    assert (few.concealable <= many.concealable).all()
    assert (few.concealable <= few.terms.hideable * cities.expected).all()
    nothing = replace(cities, terms=replace(TERMS, hideable=0.0))
    assert np.isneginf(payoffs(nothing)[:, FREE_RIDE]).all()


def test_an_open_default_costs_the_fine_and_the_disapproval_and_may_be_barred() -> None:
    """U = −(F + peer p_e (1 − share)) n with F = 237: no audit is needed to see it."""
    cities = outlook([1e6], [[1e8]], neighbours_free_riding=np.array([0.25]))
    assert payoffs(cities)[0, DEFAULT] == pytest.approx(-(237.0 + 0.3 * 60.0 * 0.75) * 1e6)
    barred = replace(cities, terms=replace(TERMS, default_open=False))
    assert np.isneginf(payoffs(barred)[0, DEFAULT])


@given(outlooks(least_need=1e-3))
def test_nobody_gains_by_a_default_over_meeting_as_much_of_the_need_as_pays(cities) -> None:
    found = payoffs(cities)
    assert (found[:, MITIGATE] >= found[:, DEFAULT] - 1e-6 * np.abs(found[:, DEFAULT])).all()


def test_who_is_linked_to_nobody_cannot_trade() -> None:
    cities = outlook([1e6, 1e6], np.full((2, 1), 1e8), linked=np.array([True, False]))
    transfer = payoffs(cities)[:, TRANSFER]
    assert np.isfinite(transfer[0])
    assert transfer[1] == -np.inf


def test_where_quota_is_auctioned_mitigating_cities_expect_to_buy_some() -> None:
    """All of the need is on offer: it costs the price there and not the fine."""
    cities = outlook([5e7, -1e6], np.full((2, 1), 1e8))
    open_terms = replace(TERMS, auction_open=True, auction_cover=1.0)
    alone, buying = (
        payoffs(replace(cities, terms=terms))[:, MITIGATE] for terms in (TERMS, open_terms)
    )
    assert buying[0] > alone[0]
    assert buying[0] == pytest.approx(payoffs(cities)[0, TRANSFER])
    assert buying[1] == alone[1]


@given(outlooks(least_need=1e-3), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_an_auction_is_worth_the_more_to_mitigating_cities_the_more_it_can_serve(
    cities, cover, other
) -> None:
    """From nothing, where it changes nothing, up to all needs."""
    worth = [
        payoffs(replace(cities, terms=replace(TERMS, auction_open=True, auction_cover=one)))
        for one in (0.0, *sorted((cover, other)))
    ]
    none, less, more = (found[:, MITIGATE] for found in worth)
    assert_allclose(none, payoffs(cities)[:, MITIGATE])
    risk = TERMS.risk * cities.belief * cities.need  # it bids as if prices were certain
    assert (more >= less - risk - 1e-6 * (1.0 + np.abs(less))).all()


@pytest.mark.parametrize(("market_open", "level"), [(True, 100.0), (False, 60.0)])
def test_the_fine_goes_by_the_expected_price_where_there_is_a_market(market_open, level) -> None:
    """Multiple 3 of the larger of belief and reference, and the tonne deducted next year."""
    terms = replace(TERMS, market_open=market_open)
    assert_allclose(terms.fine(np.array([100.0])), [3 * level + 0.95 * 100.0])
    assert_allclose(terms.fine(np.array([20.0])), [3 * 60.0 + 0.95 * 20.0])


def test_a_banked_tonne_is_worth_less_the_fuller_the_bank() -> None:
    """β p_e (1 − risk) = 51.3 CNY/t for the first, half of it half-way, nothing at the limit."""
    fill = np.array([0.0, 0.1, 0.2, 0.4])
    cities = outlook(np.zeros(4), np.full((4, 1), 1e8), bank=fill * 1e8)
    assert_allclose(cities.banked_worth, [51.3, 25.65, 0.0, 0.0], atol=1e-9)


def test_payoffs_are_measured_by_need_but_by_no_need_too_small() -> None:
    cities = outlook([1e7, -1e7, 10.0], np.full((3, 1), 1e8))
    assert_allclose(cities.scale, [60e7, 60e7, 60e6])


def test_trading_pays_what_the_market_asks_and_abates_up_to_it() -> None:
    """A city that cannot abate buys its need at p_e (1 + risk) + τ = 71, or sells at 49 CNY/t."""
    spent = np.array([[0.7], [0.7]])
    cities = outlook([1e6, -1e6], np.full((2, 1), 1e8), abatement=spent)
    assert_allclose(payoffs(cities)[:, TRANSFER], [-71e6, 49e6])


def test_mitigating_pays_the_cost_the_fine_on_what_is_not_reached_and_earns_the_bank() -> None:
    """A city that cannot abate is fined 237 CNY/t, one in surplus banks at most a fifth of L."""
    spent = np.array([[0.7], [0.7]])
    cities = outlook([1e6, -9e7], np.full((2, 1), 1e8), abatement=spent)
    worth = 0.95 * 60.0 * 0.9
    assert_allclose(payoffs(cities)[:, MITIGATE], [-237e6, worth * 0.2e8])


def test_mitigating_costs_what_meeting_one_s_own_need_costs() -> None:
    cities = outlook([1e6], [[1e8]])
    dR = np.array([[0.01]])
    cost = cities.supply.cost(dR)
    assert_allclose(payoffs(cities)[:, MITIGATE], -cost, rtol=1e-9)


@given(amounts((CITIES, HOLD), 0.0, 1.0), draws)
def test_inertia_keeps_open_actions_only(weight, uniform) -> None:
    weight[:, MITIGATE] += 0.1
    probability = weight / weight.sum(axis=1, keepdims=True)
    last = np.array([MITIGATE, TRANSFER, FREE_RIDE, HOLD, MITIGATE])
    always = kept(last, probability, uniform, inertia=1.0)
    open_ = [probability[city, action] > 0 if action < HOLD else False
             for city, action in enumerate(last)]  # fmt: skip
    assert_array_equal(always, open_)
    assert not kept(last, probability, uniform, inertia=0.0).any()


@given(outlooks(), st.integers(0, 10_000))
def test_deciding_one_by_one_is_deciding_all_at_once(cities, seed) -> None:
    rng = np.random.default_rng(seed)
    count = cities.need.size
    chance = Chance(choice=rng.random(count), inertia=rng.random(count))
    together = logit(cities, chance, Logit())
    one_by_one = [logit(cities.row(city), chance.row(city), Logit())[0] for city in range(count)]
    assert_array_equal(together, one_by_one)


def test_frequencies_of_choice_approach_their_probabilities() -> None:
    count = 20_000
    probability = np.tile([0.5, 0.2, 0.3, 0.0], (count, 1))
    action = drawn(probability, np.random.default_rng(1).random(count))
    assert_allclose(np.bincount(action, minlength=HOLD) / count, probability[0], atol=0.015)


def test_an_action_is_a_word_and_the_number_of_its_column() -> None:
    assert [action.word for action in Action] == [
        "mitigate",
        "transfer",
        "free_ride",
        "default",
        "hold",
    ]
    assert np.full(2, Action.FREE_RIDE).dtype == np.int64
    assert payoffs(outlook([1.0], [[1.0]])).shape == (1, Action.HOLD)
