"""Imitation, reinforcement and mixtures of them, against what theory says of each."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import TERMS, amounts, floats, outlook, outlooks
from numpy.testing import assert_allclose, assert_array_equal

from model.behaviour import RULES, assigned, decide
from model.behaviour.experience import Experience
from model.behaviour.imitate import Imitation, imitation
from model.behaviour.links import encounters
from model.behaviour.logit import Chance, drawn, probabilities
from model.behaviour.memory import blank
from model.behaviour.payoffs import (
    DEFAULT,
    FREE_RIDE,
    HOLD,
    MITIGATE,
    TRANSFER,
    open_actions,
    payoffs,
)
from model.behaviour.reinforce import Reinforcement, by_propensity, gibbs, reward


@st.composite
def experienced(draw):
    """Draw cities of all rules, some of which have a past in their present position."""
    cities = draw(outlooks())
    count = cities.need.size

    def past():
        """Draw last choices in a position; what is closed in it was never chosen."""
        choice = draw(arrays(np.int64, count, elements=st.integers(0, HOLD)))
        falls_short = (choice == FREE_RIDE) | (choice == DEFAULT)
        return np.where(falls_short & (cities.need <= 0), MITIGATE, choice)

    lived = Experience(
        choice=past(),
        payoff=draw(amounts(count, -10.0, 10.0)),
        propensity=draw(amounts((count, HOLD), 0.0, 10.0)),
        example=past(),
        example_payoff=draw(amounts(count, -10.0, 10.0)),
    )
    rule = draw(arrays(np.int64, count, elements=st.integers(0, len(RULES) - 1)))
    return replace(cities, experience=lived, rule=rule)


def chances(count: int, seed: int) -> Chance:
    rng = np.random.default_rng(seed)
    return Chance(choice=rng.random(count), inertia=rng.random(count))


@given(experienced(), st.integers(0, 10_000))
def test_no_rule_ever_picks_a_closed_action(cities, seed) -> None:
    chosen = decide(cities, chances(cities.need.size, seed))
    assert open_actions(cities)[np.arange(chosen.size), chosen].all()


@given(experienced(), st.integers(0, 10_000))
def test_deciding_one_by_one_is_deciding_all_at_once_in_a_mixture(cities, seed) -> None:
    chance = chances(cities.need.size, seed)
    alone = [decide(cities.row(c), chance.row(c))[0] for c in range(cities.need.size)]
    assert_array_equal(decide(cities, chance), alone)


@given(experienced())
def test_what_is_open_is_what_has_a_finite_payoff(cities) -> None:
    for one in (cities, replace(cities, terms=replace(TERMS, market_open=False))):
        assert_array_equal(open_actions(one), np.isfinite(payoffs(one)))


def population(count: int, lived: Experience, **known):
    """Return equal cities, short of quota, with a given past."""
    need, trend = np.full(count, 1e6), np.full((count, 1), 1e8)
    return outlook(need, trend, experience=lived, **known)


def test_the_fermi_function_by_hand() -> None:
    """Szabó & Tőke (1998): a neighbour that is better by ln 3 / κ is copied with chance ¾."""
    lived = Experience(
        choice=np.array([MITIGATE, MITIGATE, MITIGATE]),
        payoff=np.array([-0.5, -0.5, -0.5]),
        propensity=np.ones((3, HOLD)),
        example=np.array([FREE_RIDE, HOLD, MITIGATE]),
        example_payoff=np.array([-0.5 + np.log(3.0) / 4.0, 9.0, 9.0]),
    )
    found = imitation(population(3, lived), Imitation(selection=4.0, mutation=0.0))
    assert_allclose(
        found, [[0.25, 0.0, 0.75, 0.0], [1.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]], atol=1e-15
    )


def test_mutation_takes_any_open_action() -> None:
    lived = Experience(
        choice=np.array([FREE_RIDE]),
        payoff=np.zeros(1),
        propensity=np.ones((1, HOLD)),
        example=np.array([HOLD]),
        example_payoff=np.zeros(1),
    )
    cities, copying = population(1, lived), Imitation(mutation=0.4)
    assert_allclose(imitation(cities, copying), [[0.1, 0.1, 0.7, 0.1]])
    closed = replace(cities, terms=replace(TERMS, market_open=False, default_open=False))
    assert_allclose(imitation(closed, copying), [[0.2, 0.0, 0.8, 0.0]])


@given(outlooks())
def test_who_was_never_in_its_position_goes_by_what_it_expects(cities) -> None:
    expected = probabilities(payoffs(cities), cities.scale, cities.rationality)
    assert_allclose(imitation(cities, Imitation(mutation=0.0)), expected)


def test_neighbours_are_met_by_flow_and_who_has_none_meets_itself() -> None:
    weights = np.array([[0.0, 0.25, 0.75], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    uniform = np.random.default_rng(0).random((4000, 3))
    seen = np.array([encounters(weights).met(year) for year in uniform])
    assert np.mean(seen[:, 0] == 1) == pytest.approx(0.25, abs=0.03)
    assert set(seen[:, 0]) == {1, 2}
    assert set(seen[:, 1]) == {0}
    assert set(seen[:, 2]) == {2}


def imitating(start: np.ndarray, worth: np.ndarray, kappa: float, years: int, seed: int):
    """Return the share of free-riders by year, all cities equal neighbours of one another."""
    rng = np.random.default_rng(seed)
    count = start.size
    weights = (np.ones((count, count)) - np.eye(count)) / (count - 1)
    everyone = np.ones(count, dtype=bool)
    memory = blank((count,), 1.0)
    choice, shares = start, [float((start == FREE_RIDE).mean())]
    for _ in range(years):
        memory = memory.after(everyone, choice, worth[choice], memory.propensity[1])
        lived = memory.experience(everyone, encounters(weights).met(rng.random(count)))
        cities, copying = population(count, lived), Imitation(selection=kappa, mutation=0.0)
        choice = drawn(imitation(cities, copying), rng.random(count))
        shares.append(float((choice == FREE_RIDE).mean()))
    return np.array(shares)


WORTH = np.array([-0.5, -0.4, 0.0, -1.0])
"""Payoffs of mitigate, transfer, free_ride and default in a population without enforcement."""


def test_without_selection_imitation_is_neutral_drift() -> None:
    """Expected share constant, variance growing: Traulsen, Nowak & Pacheco (2006), κ → 0."""
    start = np.repeat([MITIGATE, FREE_RIDE], [28, 12])
    runs = np.array([imitating(start, WORTH, 0.0, 12, seed) for seed in range(300)])
    error = runs.std(axis=0)[1:] / np.sqrt(300)
    assert (np.abs(runs.mean(axis=0)[1:] - 0.3) < 3.5 * error).all()
    assert runs.var(axis=0)[12] > 3 * runs.var(axis=0)[1] > 0


def test_imitation_spreads_what_pays_more_as_the_replicator_equation_says() -> None:
    """Well mixed: x' = x + x (1 − x) tanh(κ Δ / 2) a year (Traulsen et al. 2006)."""
    start = np.repeat([MITIGATE, FREE_RIDE], [1800, 200])
    found = imitating(start, WORTH, 3.0, 10, seed=1)
    theory = [0.1]
    for _ in range(10):
        x = theory[-1]
        theory.append(x + x * (1 - x) * np.tanh(3.0 * 0.5 / 2))
    assert_allclose(found, theory, atol=0.03)
    assert found[-1] > 0.95


def test_imitation_against_a_gain_dies_out() -> None:
    start = np.repeat([MITIGATE, FREE_RIDE], [100, 100])
    assert imitating(start, -WORTH, 10.0, 12, seed=1)[-1] < 0.02


TWO_OPEN = np.array([[True, False, True, False]])


def reinforced(rewards, habit: Reinforcement, years: int, runs: int, seed: int = 0) -> np.ndarray:
    """Return the mean probability of mitigating by year; only it and free_ride are open."""
    rng = np.random.default_rng(seed)
    pays = np.asarray(rewards, dtype=np.float64)
    propensity = np.full((runs, HOLD), 1 / HOLD)
    open_ = np.repeat(TWO_OPEN, runs, axis=0)
    shares = []
    for _ in range(years):
        weight = np.where(open_, propensity, 0.0)
        probability = weight / weight.sum(axis=1, keepdims=True)
        shares.append(probability[:, MITIGATE].mean())
        choice = drawn(probability, rng.random(runs))
        propensity = habit.updated(propensity, choice, pays[choice], open_)
    return np.array(shares)


def test_a_propensity_grows_to_its_reward_over_recency() -> None:
    """q(t) = (1−φ)ᵗ q(0) + (1−ε) r (1 − (1−φ)ᵗ) / φ while an action is taken (Erev & Roth 1998)."""
    habit = Reinforcement(recency=0.1, experimentation=0.2, spillover="reward")
    q = np.full((1, HOLD), 1.0)
    for _ in range(15):
        q = habit.updated(q, np.array([MITIGATE]), np.array([0.7]), TWO_OPEN)
    left = 0.9**15
    grown = 0.7 * (1 - left) / 0.1
    assert_allclose(q, [[left + 0.8 * grown, 1.0, left + 0.2 * grown, 1.0]])


@pytest.mark.parametrize("epsilon", [0.05, 0.1, 0.2])
def test_reinforcement_learns_the_better_action_up_to_its_experimentation(epsilon) -> None:
    """One action pays, the other nothing: P → 1 − ε (Erev & Roth 1998)."""
    habit = Reinforcement(recency=0.1, experimentation=epsilon, spillover="reward")
    shares = reinforced([1.0, 0.0, 0.0, 0.0], habit, years=250, runs=400)
    assert shares[0] == pytest.approx(0.5)
    assert shares[-1] == pytest.approx(1 - epsilon, abs=0.01)


def test_where_both_actions_pay_reinforcement_settles_where_replication_meets_mutation() -> None:
    """p (p a + (1−p) b) = p a (1−ε) + (1−p) b ε: mean propensities at rest, slow forgetting."""
    a, b, epsilon = 1.0, 0.5, 0.1
    habit = Reinforcement(recency=0.02, experimentation=epsilon, spillover="reward")
    shares = reinforced([a, 0.0, b, 0.0], habit, years=1500, runs=300)
    # (a − b) p² + (b − a (1 − ε) + b ε) p − b ε = 0
    middle = b - a * (1 - epsilon) + b * epsilon
    root = (-middle + np.sqrt(middle**2 + 4 * (a - b) * b * epsilon)) / (2 * (a - b))
    assert 0.8 < root < 0.9
    assert shares[-1] == pytest.approx(root, abs=0.02)


def test_the_modified_rule_goes_on_to_certainty_where_forgetting_beats_experimentation() -> None:
    """Nicolaisen et al. (2001): the other propensity shrinks by 1 − φ + ε/(M−1) a year."""
    habit = Reinforcement(recency=0.1, experimentation=0.05, spillover="propensity")
    shares = reinforced([1.0, 0.0, 0.0, 0.0], habit, years=250, runs=400)
    assert shares[-1] > 0.99


def test_where_there_is_no_fine_every_payoff_is_rewarded_alike() -> None:
    """1 for all, whatever a year cost: nothing could be saved of a fine."""
    free = replace(TERMS, penalty_multiple=0.0, deduction=0.0)
    cities = outlook([1e6, 2e6], np.full((2, 1), 1e8), terms=free)
    assert_array_equal(cities.fine, 0.0)
    assert_array_equal(reward(cities, np.array([-5e6, 0.0])), 1.0)


def test_a_reward_of_zero_teaches_only_under_the_modified_rule() -> None:
    """Why Nicolaisen et al. changed it: without a reward the original keeps all proportions."""
    q, nothing = np.array([[2.0, 1.0, 1.0, 1.0]]), np.zeros(1)
    everything, mitigates = np.ones((1, HOLD), dtype=bool), np.array([MITIGATE])
    original, modified = (
        Reinforcement(0.1, 0.2, word).updated(q, mitigates, nothing, everything)
        for word in ("reward", "propensity")
    )
    assert_allclose(original / original.sum(), q / q.sum())
    assert modified[0, MITIGATE] / modified.sum() < 0.5
    third = 0.2 / 3 + 0.9
    assert_allclose(modified, [[1.8, third, third, third]])


@given(experienced())
def test_propensities_are_probabilities_among_open_actions(cities) -> None:
    found = by_propensity(cities)
    assert_allclose(found.sum(axis=1), 1.0)
    assert_array_equal(found[~open_actions(cities)], 0.0)
    nothing = replace(cities.experience, propensity=np.zeros_like(found))
    even = open_actions(cities) / open_actions(cities).sum(axis=1, keepdims=True)
    assert_allclose(by_propensity(replace(cities, experience=nothing)), even)


@given(experienced(), floats(0.05, 100.0))
def test_gibbs_odds_are_the_exponential_of_the_distance_of_propensities(cities, heat) -> None:
    """ln (P_a / P_b) = (q_a − q_b) / temperature: Sun & Tesfatsion (2007), variant Roth–Erev."""
    found, open_ = gibbs(cities, heat), open_actions(cities)
    assert_allclose(found.sum(axis=1), 1.0)
    assert_array_equal(found[~open_], 0.0)
    propensity = cities.experience.propensity
    for row, known in enumerate(open_):
        q, odds = propensity[row, known], np.log(found[row, known])
        assert_allclose(odds - odds[0], (q - q[0]) / heat, atol=1e-8)


@given(experienced())
def test_gibbs_choice_is_even_when_hot_and_takes_the_best_when_cold(cities) -> None:
    open_ = open_actions(cities)
    assert_allclose(gibbs(cities, 1e9), open_ / open_.sum(axis=1, keepdims=True), atol=1e-7)
    propensity = np.where(open_, cities.experience.propensity, -np.inf)
    best = propensity == propensity.max(axis=1, keepdims=True)
    cold = gibbs(cities, 1e-300)
    assert_allclose(cold, best / best.sum(axis=1, keepdims=True), atol=1e-15)


@given(experienced(), floats(-50.0, 50.0))
def test_gibbs_choice_goes_by_distances_and_choice_by_propensity_by_ratios(cities, more) -> None:
    """What all propensities share, negative as well, moves the first not at all."""
    lived = cities.experience
    raised = replace(cities, experience=replace(lived, propensity=lived.propensity + more))
    assert_allclose(gibbs(raised, 2.0), gibbs(cities, 2.0), atol=1e-9)
    doubled = replace(cities, experience=replace(lived, propensity=2 * lived.propensity))
    assert_allclose(by_propensity(doubled), by_propensity(cities))
    assert_allclose(gibbs(doubled, 4.0), gibbs(cities, 2.0))


def test_a_reward_is_what_was_saved_of_the_fine() -> None:
    """F = 3·60 + 0.95·60 = 237 CNY/t: the whole fine earns 0, half of it ½, no cost at all 1."""
    cities = outlook(np.full(5, 1e6), np.full((5, 1), 1e8))
    paid = -237e6 * np.array([1.0, 0.5, 0.0, 2.0, -1.0])
    assert_allclose(reward(cities, paid), [0.0, 0.5, 1.0, 0.0, 2.0], atol=1e-12)


def test_shares_are_met_and_a_city_keeps_its_rule_while_they_allow() -> None:
    uniform = np.random.default_rng(3).random(20_000)
    words = ["logit", "imitate", "reinforce"]
    some = assigned({"logit": 0.5, "imitate": 0.3, "reinforce": 0.2}, uniform, words)
    assert_allclose(np.bincount(some) / uniform.size, [0.5, 0.3, 0.2], atol=0.01)
    more = assigned({"logit": 0.4, "imitate": 0.4, "reinforce": 0.2}, uniform, words)
    assert ((some == more) | ((some == 0) & (more == 1))).all()
    only = assigned({"imitate": 1.0}, np.array([0.0, 0.5, 1.0 - 2.0**-53]), words)
    assert_array_equal(only, 1)


def test_years_short_of_quota_and_others_are_remembered_apart() -> None:
    memory = blank((2,), 4.0)
    short, long = np.array([True, False]), np.array([False, True])
    memory = memory.after(short, np.array([FREE_RIDE, TRANSFER]), np.array([-1.0, 2.0]),
                          np.full((2, HOLD), 5.0))  # fmt: skip
    each_other = np.array([1, 0])
    lived = memory.experience(short, each_other)
    assert_array_equal(lived.choice, [FREE_RIDE, TRANSFER])
    assert_array_equal(lived.payoff, [-1.0, 2.0])
    assert_array_equal(lived.example, [HOLD, HOLD])
    swapped = memory.experience(long, each_other)
    assert_array_equal(swapped.choice, [HOLD, HOLD])
    assert_array_equal(swapped.example, [TRANSFER, FREE_RIDE])
    assert_array_equal(swapped.propensity, np.ones((2, HOLD)))
    alone = memory.experience(short, np.array([0, 1]))
    assert_array_equal(alone.example, [HOLD, HOLD])
