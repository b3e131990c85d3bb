"""Ways of deciding in the simulated years."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from data.errors import InputError
from model.behaviour import RULES
from model.behaviour.logit import probabilities
from model.behaviour.payoffs import FREE_RIDE, HOLD, MITIGATE, TRANSFER
from scenarios import read_experiment, read_scenario
from simulation import City, run
from simulation.laboratory import Laboratory
from simulation.streams import drawn

UNENFORCED = {
    "compliance.audit": 0.0,
    "compliance.bank_limit": 0.0,
    "market.institution": "none",
    "behaviour.rule": "imitate",
    "behaviour.fiscal_elasticity": 0.0,
    "behaviour.audit_visibility": 0.0,
    "behaviour.audit_spread": 0.0,
    "behaviour.rationality": 3.0,
    "compliance.hideable": 1.0,
    "compliance.detection_slope": 0.0,
    "compliance.reaudit_years": 0,
    "compliance.open_default": False,
}
"""A public good: hidden gaps are never found, all can be hidden, and quota is worth nothing."""


@pytest.fixture(scope="module")
def laboratory(small):
    return Laboratory(small)


def free_riding(laboratory, settings, replications=12):
    """Return the share of free-riders among the cities short of quota, by year."""
    scenario = read_scenario("default", settings)
    cities = pd.concat(run.cities for run in laboratory.runs(scenario, 5, range(replications)))
    short = cities[cities["need"] > 0.5]
    return (short["action"] == FREE_RIDE).groupby(short["year"]).mean().to_numpy()


def crossing(pressures, shares, level=0.5):
    """Return the peer pressure at which the share of free-riders falls through a level."""
    falling = np.minimum.accumulate(shares)
    return float(np.interp(-level, -falling, pressures))


def test_without_enforcement_imitation_spreads_free_riding_to_nearly_all(laboratory) -> None:
    share = free_riding(laboratory, {**UNENFORCED, "behaviour.peer_pressure": 0.0})
    assert share[0] < 0.9
    assert (share[-5:] > 0.95).all()
    assert (np.diff(share) > -0.08).all()


def test_peer_pressure_above_a_threshold_holds_free_riding_back(laboratory) -> None:
    """Conditional cooperation: half ride free at a peer pressure of about 1.3 of the price."""
    pressures = [0.0, 0.5, 1.0, 1.5, 3.0]
    shares = [
        free_riding(laboratory, {**UNENFORCED, "behaviour.peer_pressure": peer}, 6)[-3:].mean()
        for peer in pressures
    ]
    assert shares[0] > 0.95
    assert shares[1] > 0.85
    assert shares[-1] < 0.15
    assert 0.8 < crossing(pressures, shares) < 1.5


def test_free_riding_falls_with_enforcement_however_cities_decide(laboratory) -> None:
    for rule in (*RULES, "mix"):
        shares = [
            free_riding(
                laboratory,
                {"behaviour.rule": rule, "compliance.audit": audit,
                 "compliance.penalty_multiple": fine},
                replications=2,
            ).mean()
            for audit, fine in ((0.0, 3.0), (0.3, 3.0), (0.8, 5.0))
        ]  # fmt: skip
        assert shares[0] > shares[1] > shares[2], (rule, shares)


class OneByOne(City):
    """The usual mind, but asked city by city."""

    def decide(self, outlook, chance):
        return super().decide(outlook, chance)


class Loyal(City):
    """A city that decides by the logit, whatever the scenario says."""

    def decide(self, outlook, chance):
        assert outlook.need.size == 1
        return "mitigate"


@pytest.mark.parametrize("rule", ["imitate", "reinforce", "mix"])
def test_deciding_one_by_one_or_all_at_once_is_the_same_to_the_bit(laboratory, rule) -> None:
    scenario = read_scenario("default", {"behaviour.rule": rule, "behaviour.peer_spread": 0.5})
    together, alone = (laboratory.run(scenario, 1, city_class=kind) for kind in (City, OneByOne))
    assert together.cities.equals(alone.cities)
    assert together.national.equals(alone.national)


@pytest.mark.parametrize("rule", ["imitate", "reinforce", "mix"])
def test_a_city_with_a_mind_of_its_own_overrides_the_rule(laboratory, rule) -> None:
    scenario = read_scenario("default", {"behaviour.rule": rule})
    actions = laboratory.run(scenario, 1, city_class=Loyal).cities["action"]
    assert set(actions) <= {MITIGATE, HOLD}


def test_imitation_goes_by_the_supply_chain_graph(laboratory) -> None:
    scenario = read_scenario("default", {"behaviour.rule": "imitate", "transfer.reserve": 0.0,
                                          "behaviour.peer_pressure": 0.0})  # fmt: skip
    graph = laboratory.graph
    lonely = nx.DiGraph()
    for name in graph.nodes:
        lonely.add_node(name, own=graph.nodes[name]["own"])
    usual, alone = laboratory.run(scenario, 1), laboratory.run(scenario, 1, graph=lonely)
    assert not np.array_equal(usual.cities["action"], alone.cities["action"])


def test_a_city_without_neighbours_or_mutation_keeps_what_it_first_chose(laboratory) -> None:
    scenario = read_scenario(
        "default", {"behaviour.rule": "imitate", "behaviour.imitate.mutation": 0.0}
    )
    graph = nx.DiGraph()
    for name in laboratory.graph.nodes:
        graph.add_node(name, own=1.0)
    model = laboratory.model(scenario, 1, graph=graph)
    first = np.full((2, len(model.cities)), HOLD)
    for _ in scenario.horizon.years:
        model.step()
        choice = model.state.memory.choice
        first = np.where(first == HOLD, choice, first)
        assert np.array_equal(choice, first)


def test_the_logit_is_the_same_whatever_the_others_are_like(laboratory) -> None:
    """No key of the other rules, and no draw for them, moves a logit city by a bit."""
    others = {
        "behaviour.imitate.selection": 9.0,
        "behaviour.imitate.mutation": 0.5,
        "behaviour.reinforce.recency": 0.5,
        "behaviour.reinforce.experimentation": 0.5,
        "behaviour.reinforce.spillover": "reward",
        "behaviour.reinforce.initial_propensity": 9.0,
        "behaviour.shares": {"imitate": 1.0},
        "behaviour.target_cut": 0.5,
    }
    usual, same = (laboratory.run(read_scenario("default", s), 3) for s in ({}, others))
    all_logit = {"behaviour.rule": "mix", "behaviour.shares": {"logit": 1.0}}
    mixed = laboratory.run(read_scenario("default", all_logit), 3)
    assert usual.cities.equals(same.cities)
    assert usual.cities.equals(mixed.cities)


def test_new_purposes_leave_the_older_streams_as_they_were() -> None:
    """The first four purposes, drawn as they always were: position in the list, root, run."""
    found = drawn(3, 1, 18, 7, 3)
    for position, purpose in enumerate(("forecast", "choice", "inertia", "audit")):
        rng = np.random.default_rng(np.random.SeedSequence([3, 1, position]))
        draw = rng.standard_normal if purpose == "forecast" else rng.random
        assert np.array_equal(getattr(found, purpose), draw((18, 7)))


def test_a_mixture_has_its_shares_and_arms_share_who_is_who(small) -> None:
    laboratory = Laboratory(small)
    shares = {"behaviour.rule": "mix", "behaviour.shares": {"imitate": 0.5, "reinforce": 0.5}}
    one, other = (
        laboratory.model(read_scenario("default", {**shares, **more}), 4).foresight.city_traits
        for more in ({}, {"compliance.audit": 0.9})
    )
    assert np.array_equal(one.rule, other.rule)
    assert set(one.rule) <= {1, 2}
    drawn_rules = [
        laboratory.model(
            read_scenario("default", shares), 4, replication
        ).foresight.city_traits.rule
        for replication in range(60)
    ]
    assert np.mean(np.array(drawn_rules) == 1) == pytest.approx(0.5, abs=0.08)


def test_traits_spread_around_the_same_mean_and_change_what_cities_do(laboratory) -> None:
    spread = {"behaviour.rationality_spread": 0.8, "behaviour.peer_spread": 0.8}
    scenario = read_scenario("default", spread)
    models = (laboratory.model(scenario, 4, replication) for replication in range(200))
    found = [model.foresight.city_traits for model in models]
    assert np.mean([m.rationality for m in found]) == pytest.approx(20.0, rel=0.1)
    plain = laboratory.model(read_scenario("default"), 4).foresight.city_traits.peer_pressure
    assert np.mean([m.peer_pressure for m in found]) == pytest.approx(plain.mean(), rel=0.1)
    assert np.std(np.log([m.rationality for m in found])) == pytest.approx(0.8, rel=0.1)
    assert not np.corrcoef(found[0].rationality, found[0].peer_pressure)[0, 1] > 0.99
    equal, different = (
        laboratory.run(read_scenario("default", s), 4).cities["action"] for s in ({}, spread)
    )
    assert not np.array_equal(equal, different)


def test_a_city_that_aims_at_its_own_cut_makes_it_whatever_the_price(laboratory) -> None:
    settings = {
        "compliance.audit": 0.0,
        "market.institution": "none",
        "transfer.reserve": 0.0,
        "behaviour.target_share": 1.0,
        "behaviour.target_cut": 0.15,
    }
    cities = laboratory.run(read_scenario("default", settings), 1).cities
    trend = cities["emissions"] + cities["abated"]
    elapsed = (cities["year"] - 2012) / 18
    assert (cities["abated"] / trend > 0.15 * elapsed - 1e-9).all()
    without = {**settings, "behaviour.target_share": 0.0}
    idle = laboratory.run(read_scenario("default", without), 1).cities
    assert cities["emissions"].sum() < idle["emissions"].sum()


def test_own_targets_under_a_traded_cap_lower_the_price_and_not_emissions(laboratory) -> None:
    """The waterbed: what one city does for itself, another need not do."""

    class Trader(City):
        def decide(self, outlook, chance):
            return "transfer"

    settings = {
        "compliance.penalty_multiple": 20.0,
        "compliance.bank_limit": 0.0,
        "market.transaction_cost": 0.0,
        "behaviour.forecast_error": 0.0,
        "transfer.reserve": 0.0,
        "behaviour.target_cut": 0.25,
        "market.price_floor": 0.0,
        "market.price_ceiling": None,
    }
    none, some = (
        laboratory.run(
            read_scenario("default", {**settings, "behaviour.target_share": share}),
            2,
            city_class=Trader,
        ).national
        for share in (0.0, 0.4)
    )
    np.testing.assert_allclose(none["emissions"], some["emissions"], rtol=1e-8)
    assert (some["price"] < none["price"]).all()


def test_payoffs_are_recorded_and_remembered_by_position(laboratory) -> None:
    model = laboratory.model(read_scenario("default", {"behaviour.rule": "reinforce"}), 1)
    for t in range(3):
        model.step()
        need = model.recorder.cities["need"][t]
        payoff = model.recorder.cities["payoff"][t]
        scale = 60.0 * np.maximum(np.abs(need), model.foresight.least_scale)
        remembered = model.state.memory.payoff[(need > 0).astype(int), np.arange(need.size)]
        np.testing.assert_allclose(remembered, payoff / scale)
    assert (laboratory.run(read_scenario("baseline"), 1).cities["payoff"] == 0).all()


def test_free_riders_that_are_found_earn_less_than_those_that_are_not(laboratory) -> None:
    """Unseen and undisapproved a free ride costs nothing; found, the fine and what is deducted."""
    settings = {**UNENFORCED, "compliance.audit": 0.2, "behaviour.peer_pressure": 0.0,
                "behaviour.rule": "logit"}  # fmt: skip
    cities = laboratory.run(read_scenario("default", settings), 1).cities
    riders = cities[(cities["action"] == FREE_RIDE) & (cities["hidden_gap"] > 0)]
    found, unseen = riders[riders["penalty"] > 0], riders[riders["penalty"] == 0]
    assert len(found) > 5
    assert (unseen["payoff"] == 0).all()
    assert (found["payoff"] <= -180.0 * found["hidden_gap"]).all()


def test_a_rule_of_one_s_own_is_a_word_like_any_other(laboratory) -> None:
    def always_trade(outlook, chance):
        return np.full(outlook.need.size, TRANSFER)

    RULES["always_trade"] = always_trade
    try:
        words = {"behaviour.rule": "mix", "behaviour.shares": {"always_trade": 1.0}}
        mixed = laboratory.run(read_scenario("default", words), 1)
        alone = laboratory.run(read_scenario("default", ["behaviour.rule=always_trade"]), 1)
    finally:
        del RULES["always_trade"]
    assert (mixed.cities["action"] == alone.cities["action"]).all()
    assert (alone.cities["action"] == TRANSFER).mean() > 0.5


def test_one_rationality_for_all_is_the_same_to_the_bit_as_one_for_each() -> None:
    utility, scale = np.random.default_rng(0).normal(size=(50, HOLD)), np.ones(50)
    for_all = probabilities(utility, scale, 2.7)
    assert np.array_equal(for_all, probabilities(utility, scale, np.full(50, 2.7)))


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"behaviour.rule": "imitat"}, ["behaviour.rule", "did you mean imitate"]),
        ({"behaviour.shares": {"logit": 0.5}}, ["behaviour.shares", "sum to 0.5"]),
        ({"behaviour.shares": {"logits": 1.0}}, ["behaviour.shares", "did you mean logit"]),
        ({"behaviour.shares": {"logit": 1.5, "imitate": -0.5}}, ["-0.5", "negative"]),
    ],
)
def test_a_mistake_in_the_rules_is_refused_with_the_way_out(settings, named) -> None:
    with pytest.raises(InputError) as refused:
        read_scenario("default", settings)
    for words in named:
        assert words in str(refused.value)


def test_the_experiment_crosses_every_kind_of_city_with_two_enforcements() -> None:
    crossed = [
        (arm.scenario.behaviour.rule, arm.scenario.compliance.audit)
        for arm in read_experiment("behaviours").arms
        if arm.scenario.has_policy
    ]
    kinds = ("logit", "imitate", "reinforce", "mix")
    assert crossed == [(kind, audit) for kind in kinds for audit in (0.1, 0.8)]


def test_shares_may_be_set_one_by_one_from_the_command_line(small) -> None:
    words = ["behaviour.rule=mix", "behaviour.shares.imitate=0.4", "behaviour.shares.logit=0.6"]
    result = run("default", words, economy=small)
    assert result.scenario.behaviour.shares == {"imitate": 0.4, "logit": 0.6}
