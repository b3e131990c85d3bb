"""The simulated years: what cities do under which rule and which enforcement."""

from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from invented import floats, laboratory_of
from single_sectors import WORDS as SECTORS_APART

from data.errors import InputError
from model.allocation import RULES
from model.behaviour import RULES as DECISION_RULES
from model.behaviour.payoffs import (
    ACTIONS,
    DEFAULT,
    FREE_RIDE,
    HOLD,
    MITIGATE,
    TRANSFER,
    Action,
)
from scenarios import read_scenario
from simulation import City, run
from simulation.laboratory import Laboratory


@pytest.fixture(scope="module")
def laboratory(small):
    return Laboratory(small)


def free_riding(laboratory, replications=6, **settings):
    """Share of free-riders among the city-years short of quota."""
    scenario = read_scenario("default", {"horizon.end": 2022, **settings})
    riding, short = 0, 0
    for one in laboratory.runs(scenario, 7, range(replications)):
        in_need = one.cities[one.cities["need"] > 0.5]
        riding += int((in_need["action"] == FREE_RIDE).sum())
        short += len(in_need)
    return riding / short


def test_free_riding_falls_with_enforcement_from_a_majority_to_nearly_none(laboratory) -> None:
    shares = [
        free_riding(laboratory, **{"compliance.audit": audit, "compliance.penalty_multiple": fine})
        for audit, fine in ((0.0, 3.0), (0.1, 3.0), (0.2, 3.0), (0.3, 3.0), (0.5, 4.0), (0.8, 5.0))
    ]
    falls = [more > less or more < 0.005 for more, less in pairwise(shares)]
    assert all(falls), shares
    assert shares[0] > 0.5
    assert shares[-1] < 0.02


def test_all_actions_occur_at_default_parameters(laboratory) -> None:
    scenario = read_scenario("default")
    runs = [run.cities for run in laboratory.runs(scenario, 1, range(6))]
    seen = {ACTIONS[action] for cities in runs for action in cities["action"].unique()}
    assert seen >= set(ACTIONS) - {"default"}


def test_who_finds_the_fine_cheaper_than_effort_defaults_openly(laboratory) -> None:
    """A cap far below emissions, and a fine of a tenth of the reference price."""
    words = {"market.institution": "none", "cap.cut": 0.5, "compliance.penalty_multiple": 0.1,
             "compliance.deduction": 0.0, "compliance.hideable": 0.0,
             "compliance.borrow_limit": 0.0, "behaviour.peer_pressure": 0.0}  # fmt: skip
    cities = laboratory.run(read_scenario("default", words), 1).cities
    defaults = cities[cities["action"] == DEFAULT]
    assert len(defaults) > 10
    assert (defaults["open_gap"] > 0).mean() > 0.9  # the others erred in their forecast
    assert (cities["hidden_gap"] == 0).all()


def test_actions_are_labelled_by_what_cities_did(laboratory) -> None:
    cities = laboratory.run(read_scenario("default"), 3).cities
    idle = cities[cities["action"].isin([DEFAULT, HOLD])]
    assert (idle["net_purchase"] == 0).all()
    assert ((cities["hidden_gap"] > 0) == (cities["action"] == FREE_RIDE)).all()
    assert (cities[cities["action"] == DEFAULT]["need"] > 0.5).all()
    assert (cities[cities["action"] == HOLD]["need"] <= 0.5).all()
    assert cities[cities["net_purchase"] != 0]["action"].isin([TRANSFER, FREE_RIDE]).all()


def test_without_policy_there_is_no_price_no_abatement_and_no_cost(laboratory) -> None:
    result = laboratory.run(read_scenario("baseline"), 1)
    assert result.national["price"].isna().all()
    assert result.national["cap"].isna().all()
    assert (result.cities[["abated", "abatement_cost", "penalty", "net_purchase"]] == 0).all(
        axis=None
    )
    assert (result.cities[["local_additional", "outsourced_additional"]] == 0).all(axis=None)
    assert (result.cities["action"] == HOLD).all()


def test_without_trade_there_is_no_price_and_nothing_changes_hands(laboratory) -> None:
    result = laboratory.run(read_scenario("default", ["market.institution=none"]), 1)
    assert result.national["price"].isna().all()
    assert (result.cities["net_purchase"] == 0).all()
    assert not (result.cities["action"] == TRANSFER).any()
    assert (result.cities["abated"] > 0).any()


def test_a_tighter_cap_means_lower_emissions_and_a_higher_price(laboratory) -> None:
    settings = {"compliance.audit": 0.9, "compliance.penalty_multiple": 5.0}
    loose, tight = (
        laboratory.run(read_scenario("default", {**settings, "cap.cut": cut}), 1).national
        for cut in (0.1, 0.3)
    )
    assert tight["emissions"].iloc[-1] < loose["emissions"].iloc[-1]
    assert tight["price"].mean() > loose["price"].mean()


def test_a_cap_that_never_binds_leads_to_no_abatement(laboratory) -> None:
    result = laboratory.run(read_scenario("default", ["cap.path=peak", "cap.level_gt=100.0"]), 1)
    assert (result.cities["abated"] == 0).all()
    assert result.national["price"].isna().all()
    assert (result.national["compliance"] == 1).all()


def test_rewiring_the_supply_chain_graph_changes_results(laboratory) -> None:
    scenario = read_scenario("default", ["allocation.rule=supply_chain_linked"])
    model = laboratory.model(scenario)
    names = list(model.graph.nodes)
    rewired = nx.DiGraph()
    for name in names:
        rewired.add_node(name, own=model.graph.nodes[name]["own"])
    rewired.add_edge(names[0], names[1], weight=1e6)
    usual, other = laboratory.run(scenario, 1), laboratory.run(scenario, 1, graph=rewired)
    same = laboratory.run(scenario, 1, graph=laboratory.model(scenario).graph)
    assert usual.cities.equals(same.cities)
    assert not np.array_equal(usual.cities["aid_quota"], other.cities["aid_quota"])
    assert not np.array_equal(usual.cities["emissions"], other.cities["emissions"])


def test_rewiring_the_graph_changes_bilateral_trade(laboratory) -> None:
    scenario = read_scenario("default", ["market.institution=bilateral"])
    usual = laboratory.run(scenario, 1)
    names = list(laboratory.graph.nodes)
    chain, empty = nx.DiGraph(), nx.DiGraph()
    for graph in (chain, empty):
        for name in names:
            graph.add_node(name, own=laboratory.graph.nodes[name]["own"])
    chain.add_edge(names[0], names[1], weight=1e6)
    rewired, unlinked = (laboratory.run(scenario, 1, graph=graph) for graph in (chain, empty))
    assert not np.array_equal(usual.cities["net_purchase"], rewired.cities["net_purchase"])
    traded = rewired.cities[rewired.cities["net_purchase"] != 0]
    assert set(traded["city"]) <= set(names[:2])
    assert not (rewired.cities["action"] == TRANSFER)[~rewired.cities["city"].isin(names[:2])].any()
    assert (unlinked.cities["net_purchase"] == 0).all()
    assert not (unlinked.cities["action"] == TRANSFER).any()
    assert unlinked.national["price"].isna().all()


def test_bilateral_prices_spread_and_one_price_does_not(laboratory) -> None:
    pairs, exchange = (
        laboratory.run(read_scenario("default", {"market.institution": word}), 1).national
        for word in ("bilateral", "exchange")
    )
    assert pairs["price_spread"].max() > 1.0
    assert (exchange["price_spread"].dropna() == 0).all()
    assert pairs["price"].isna().equals(pairs["volume"] == 0)


def test_an_auction_raises_revenue_and_leaves_less_to_the_rule(laboratory) -> None:
    words = {"market.institution": "auction", "market.auction.share": 0.5}
    result = laboratory.run(read_scenario("default", words), 1)
    national, by_year = result.national, result.cities.groupby("year")
    assert (national["auction_sold"] > 0).all()
    assert (national["auction_revenue"] > 0).any()
    left = national["cap"] - np.floor(0.02 * national["cap"])
    assert np.allclose(national["on_auction"], 0.5 * left, atol=1)
    assert np.array_equal(by_year["quota"].sum(), left - national["on_auction"])
    assert np.array_equal(by_year["auction_quota"].sum(), national["auction_sold"])


def test_without_an_exchange_after_it_the_auction_is_all_the_trade(laboratory) -> None:
    words = {"market.institution": "auction", "market.auction.after": "none"}
    result = laboratory.run(read_scenario("default", words), 1)
    assert (result.cities["net_purchase"] == 0).all()
    assert not (result.cities["action"] == TRANSFER).any()
    assert np.array_equal(result.national["volume"], result.national["auction_sold"])


def test_unsold_quota_is_cancelled_or_kept(laboratory) -> None:
    words = {"market.institution": "auction", "market.auction.reserve_price": 1e4,
             "market.price_ceiling": None}  # fmt: skip
    for word, kept in (("cancel", 0.0), ("reserve", 1.0)):
        scenario = read_scenario("default", {**words, "market.auction.unsold": word})
        national = laboratory.run(scenario, 1).national
        assert (national["auction_sold"] == 0).all()
        assert np.array_equal(national["market_reserve"], kept * national["on_auction"].cumsum())


def test_the_market_reserve_sells_at_the_ceiling_and_buys_at_the_floor(laboratory) -> None:
    words = {"market.price_floor": 40.0, "market.price_ceiling": 70.0}
    reserve = {**words, "market.reserve": "release_and_buy", "market.reserve_share": 0.01}
    national = laboratory.run(read_scenario("default", reserve), 1).national
    released = national["reserve_released"]
    assert (national["price"][released > 0] == 70.0).all()
    assert (national["price"][released < 0] == 40.0).all()
    assert (released != 0).any()
    assert np.allclose(national["reserve_revenue"], released * national["price"].fillna(0.0))
    aside = np.floor(0.01 * national["cap"]).cumsum()
    assert np.array_equal(national["market_reserve"], aside - released.cumsum())


class Saint(City):
    """A city that always meets its own need."""

    def decide(self, outlook, chance):
        return "mitigate"


class Rogue(City):
    """A city that never does."""

    def decide(self, outlook, chance):
        return "free_ride"


class Undecided(City):
    def decide(self, outlook, chance):
        return "dither"


def test_a_city_with_another_mind_changes_results(small) -> None:
    saints = run("default", economy=small, city_class=Saint)
    rogues = run("default", economy=small, city_class=Rogue)
    assert set(saints.cities["action"]) <= {MITIGATE, HOLD}
    assert set(rogues.cities["action"]) <= set(Action)
    assert rogues.national["emissions"].iloc[-1] > saints.national["emissions"].iloc[-1]


def test_an_answer_that_is_no_action_is_refused_with_the_known_ones(small) -> None:
    with pytest.raises(
        InputError, match=r"Undecided\.decide of City A returned 'dither'.*mitigate"
    ):
        run("default", economy=small, city_class=Undecided)


class OneByOne(City):
    """The usual mind, but asked city by city."""

    def decide(self, outlook, chance):
        return super().decide(outlook, chance)


def test_deciding_one_by_one_or_all_at_once_is_the_same_to_the_bit(small) -> None:
    together, alone = (run("default", economy=small, city_class=kind) for kind in (City, OneByOne))
    assert together.cities.equals(alone.cities)
    assert together.national.equals(alone.national)


def test_a_city_is_a_view_on_its_row(laboratory) -> None:
    model = laboratory.model(read_scenario("default"))
    city = model.cities[2]
    assert (city.last_action, city.holdings, city.abatement) == ("hold", 0, 0.0)
    model.step()
    assert city.holdings == model.state.ledger.held[2]
    assert city.belief == model.state.belief[2]
    assert city.last_action == ACTIONS[model.state.action[2]]
    assert len(model.agents) == len(model.cities) == 8


def test_the_same_seed_gives_the_same_bits_and_another_seed_others(small) -> None:
    first, again, other = (run("default", economy=small, seed=seed) for seed in (5, 5, 6))
    assert first.cities.equals(again.cities)
    assert not first.cities.equals(other.cities)


def test_arms_share_chance_so_that_the_first_year_s_forecast_errors_agree(laboratory) -> None:
    """A city expects what it needs beside its quota and what it awaits."""

    def expected(rule, error):
        words = {"allocation.rule": rule, "behaviour.forecast_error": error, "horizon.end": 2013,
                 "transfer.reserve": 0.0}  # fmt: skip
        found = laboratory.run(read_scenario("default", words), 1).cities
        return (found["need"] + found["awaited"] + found["quota"] + found["aid_quota"]).to_numpy()

    rules = ("grandfathering", "equal_per_capita")
    errors, others = (np.log(expected(rule, 0.1) / expected(rule, 0.0)) for rule in rules)
    assert np.abs(errors).min() > 1e-4
    np.testing.assert_allclose(errors, others, rtol=1e-9)


def test_the_policy_free_arm_is_what_additional_mitigation_is_measured_from(laboratory) -> None:
    policy = laboratory.run(read_scenario("default"), 1).cities
    none = laboratory.run(read_scenario("baseline"), 1).cities
    for word in ("local", "outsourced"):
        difference = policy[f"{word}_mitigation"] - none[f"{word}_mitigation"]
        np.testing.assert_allclose(policy[f"{word}_additional"], difference, atol=1e-3)


def test_more_consumer_responsibility_leaves_the_cap_in_force(laboratory) -> None:
    settings = {"compliance.audit": 1.0, "compliance.penalty_multiple": 6.0}
    shared = {**settings, "behaviour.consumer_responsibility": 0.5}
    national = laboratory.run(read_scenario("default", shared), 1).national
    assert national["liability"].sum() < 1.02 * national["cap"].sum()
    assert not national["price"].isna().all()


def test_a_horizon_from_another_year_than_the_economy_s_is_refused(small) -> None:
    with pytest.raises(InputError, match=r"horizon\.base_year = 2017.*2012"):
        run("default", ["horizon.base_year=2017", "horizon.end=2030"], economy=small)


@pytest.mark.parametrize("market", ["exchange", "none"])
@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_divides_the_whole_cap_in_every_year(laboratory, rule, market) -> None:
    words = {"allocation.rule": rule, "market.institution": market, "transfer.reserve": 0.0}
    result = laboratory.run(read_scenario("default", words), 1)
    cities, national = result.cities, result.national
    issued = cities.groupby("year")["quota"].sum().to_numpy()
    assert np.array_equal(issued, np.floor(national["cap"]))
    assert np.array_equal(cities["quota"], np.rint(cities["quota"]))
    assert (cities["quota"] >= 0).all()
    assert (national["ledger_gap"] == 0).all()
    assert (cities.groupby("year")["net_purchase"].sum() == 0).all()
    settled = cities["surrendered"] + cities["open_gap"] + cities["hidden_gap"]
    assert np.array_equal(settled, np.rint(cities["liability"]))
    assert np.isfinite(cities["abatement_cost"]).all()


def test_rules_differ_from_the_first_year_but_for_those_that_start_from_the_base_year(
    laboratory,
) -> None:
    same = {"grandfathering", "performance_based"}
    quotas = {}
    for rule in sorted(RULES):
        words = {"allocation.rule": rule, "cap.cut": 0.02, "horizon.end": 2013}
        quota = laboratory.run(read_scenario("default", words), 1).cities["quota"]
        quotas[rule] = "grandfathering" if rule in same else quota.to_numpy().tobytes()
    assert len(set(quotas.values())) == len(RULES) - 1


def test_full_compliance_without_trade_is_cheapest_at_equal_marginal_cost(small) -> None:
    """At the same emissions; rules that ask more of a city than its pace allows are left out."""
    words = {
        "market.institution": "none",
        "transfer.reserve": 0.0,
        "behaviour.forecast_error": 0.0,
        "behaviour.logit.inertia": 0.0,
        "compliance.penalty_multiple": 100.0,
        "cap.cut": 0.02,
        "horizon.end": 2013,
    }
    cost = {}
    for rule in sorted(RULES):
        asked = {**words, "allocation.rule": rule}
        national = run("default", asked, economy=small, city_class=Saint).national
        if national["emissions"].iloc[0] == pytest.approx(national["cap"].iloc[0], rel=1e-6):
            cost[rule] = national["abatement_cost"].iloc[0]
    assert {"equal_mac", "equal_proportional", "ability_to_pay"} <= set(cost)
    assert min(cost, key=cost.__getitem__) == "equal_mac"


PARAMETERS = {
    "burden_base": ("ability_to_pay", "without_policy"),
    "contraction_and_convergence.year": ("contraction_and_convergence", 2020),
    "ability_to_pay.exponent": ("ability_to_pay", 1.0),
    "past_since": ("equal_cumulative_per_capita", 2010),
    "responsibility_capability.weight": ("responsibility_capability", 1.0),
    "responsibility_capability.income_threshold": ("responsibility_capability", 0.0),
    "equal_cumulative_per_capita.discount": ("equal_cumulative_per_capita", 0.2),
    "benchmark_intensity.benchmark": ("benchmark_intensity", "best_decile"),
    "benchmark_intensity.fall": ("benchmark_intensity", 0.5),
    "boltzmann.b": ("boltzmann", 0.5),
    "performance_based.reward": ("performance_based", 3.0),
    "supply_chain_linked.freed_share": ("supply_chain_linked", 0.3),
    "consumption_responsibility.consumer_weight": ("consumption_responsibility", 1.0),
}


@pytest.mark.parametrize("key", PARAMETERS)
def test_every_parameter_of_a_rule_reaches_it(laboratory, key) -> None:
    rule, value = PARAMETERS[key]
    words = {"allocation.rule": rule, "horizon.end": 2014}
    usual, other = (
        laboratory.run(read_scenario("default", {**words, **more}), 1).cities["quota"]
        for more in ({}, {f"allocation.{key}": value})
    )
    assert not usual.equals(other)


def test_a_figure_that_a_rule_needs_and_a_city_lacks_is_named(small) -> None:
    cut = small.records.intensity_cut.copy()
    cut[2] = np.nan
    lacking = replace(small, records=replace(small.records, intensity_cut=cut))
    with pytest.raises(InputError, match=r"City C: no intensity_cut.*'five_year_plan_classes'"):
        run("default", ["allocation.rule=five_year_plan_classes"], economy=lacking)
    assert len(run("default", ["horizon.end=2013"], economy=lacking).national) == 1


CAPS = st.sampled_from(
    [
        {"cap.path": "below_baseline", "cap.cut": 0.3},
        {"cap.path": "peak", "cap.level_gt": 0.3},
        {"cap.path": "linear_cut", "cap.cut": 0.2},
        {"cap.path": "intensity", "cap.rate": 0.05},
        {"cap.path": "table", "cap.levels_mt": {"2013": 280.0, "2018": 200.0}},
    ]
)


MARKETS = {
    "none": {"market.institution": "none"},
    "exchange": {"market.institution": "exchange"},
    "exchange with a reserve": {
        "market.reserve": "release_and_buy",
        "market.reserve_share": 0.1,
        "market.price_floor": 2.0,
        "market.transaction_cost": 1.0,
    },
    "bilateral": {"market.institution": "bilateral"},
    "auction": {"market.institution": "auction", "market.auction.share": 0.3},
    "auction alone": {
        "market.institution": "auction",
        "market.auction.after": "none",
        "market.auction.unsold": "reserve",
    },
}


TRANSFERS = {
    "reserve": {},
    "freed quota": {
        "transfer.freed_share": 0.8,
        "transfer.distribution": "supply_chain",
        "allocation.super_emitter_share": 0.2,
    },
    "quota that stays": {"transfer.placement": "stays", "transfer.distribution": "population"},
    "investment": {"transfer.growth_mix": "investment_led", "transfer.beneficiary_pays": 0.5},
    "green growth": {"transfer.growth_mix": "green", "transfer.distribution": "performance"},
    "bonus and support": {
        "transfer.bonus": 0.5,
        "support.strong_subsidy": 0.5,
        "support.weak_learning": 0.05,
    },
    "demand lever": {"abatement.demand_lever": True, "allocation.super_emitter_share": 0.1},
    "lost growth": {"compliance.shortage": "lose", "compliance.bank_years": 1},
    "power alone": {"cap.coverage": ["power"]},
    "power, then all": {"cap.coverage": {"2013": ["power"], "2015": "all"}},
    "all, then metals": {"cap.coverage": {"2013": "all", "2016": ["steel"]}},
}


@settings(max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    cap=CAPS,
    rule=st.sampled_from(sorted(RULES)),
    market=st.sampled_from(sorted(MARKETS)),
    audit=floats(0.0, 1.0),
    fine=floats(0.0, 8.0),
    shared=floats(0.0, 0.75),
    reserve=floats(0.0, 0.2),
    bank=floats(0.0, 0.5),
    ceiling=st.sampled_from([None, 3.0, 60.0]),
    seed=st.integers(0, 1000),
    economy=st.integers(0, 3),
    rule_of_choice=st.sampled_from([*DECISION_RULES, "mix"]),
    spread=st.sampled_from([0.0, 1.0]),
    targets=st.sampled_from([0.0, 0.5, 1.0]),
    transfer=st.sampled_from(sorted(TRANSFERS)),
    verification=st.sampled_from([0.0, 0.1]),
    cleaner=st.sampled_from(["none", *SECTORS_APART]),
)
def test_conservation_holds_whatever_the_policy(
    cap, rule, market, audit, fine, shared, reserve, bank, ceiling, seed, economy,
    rule_of_choice, spread, targets, transfer, verification, cleaner,
) -> None:  # fmt: skip
    words = {
        **cap,
        "horizon.end": 2018,
        "allocation.rule": rule,
        **MARKETS[market],
        "compliance.audit": audit,
        "compliance.penalty_multiple": fine,
        "compliance.bank_limit": bank,
        "behaviour.consumer_responsibility": shared,
        "transfer.reserve": reserve,
        "behaviour.rule": rule_of_choice,
        "behaviour.rationality_spread": spread,
        "behaviour.peer_spread": spread,
        "behaviour.target_share": targets,
        **TRANSFERS[transfer],
        "compliance.verification_error": verification,
        "growth.cleaner": SECTORS_APART.get(cleaner, []),
    }
    words["market.price_ceiling"] = ceiling
    if "reserve" not in market:
        words["market.price_floor"] = 0.0
    laboratory = laboratory_of(economy)
    result = laboratory.run(read_scenario("default", words), seed)
    cities, national = result.cities, result.national
    by_year = cities.groupby("year")
    assert (national["ledger_gap"] == 0).all()
    released = national["reserve_released"].to_numpy()
    assert np.array_equal(by_year["net_purchase"].sum(), released)
    assert np.array_equal(by_year["auction_quota"].sum(), national["auction_sold"])
    assert (national["auction_sold"] <= national["on_auction"]).all()
    aside = 0.1 if market == "exchange with a reserve" else 0.0
    for_aid, for_market = (np.floor(share * national["cap"].to_numpy()) for share in
                           (reserve, aside))  # fmt: skip
    issued = by_year["quota"].sum() + for_aid + for_market + national["on_auction"].to_numpy()
    assert np.array_equal(issued, np.floor(national["cap"]))
    parts = cities["surrendered"] + cities["open_gap"] + cities["hidden_gap"]
    assert np.array_equal(parts, cities["verified"])
    if verification == 0:
        assert np.array_equal(cities["verified"], np.rint(cities["liability"]))
    numbers = cities.drop(columns=["region_code", "city"])
    assert np.isfinite(numbers.to_numpy(dtype=np.float64)).all()
    never_negative = ["emissions", "footprint", "quota", "aid_quota", "auction_quota", "bank",
                      "surrendered", "abated", "abatement_cost", "penalty", "belief",
                      "catch_up", "freed_quota", "compensation", "subsidy", "bonus",
                      "demand_shift", "demand_kept"]  # fmt: skip
    assert (cities[never_negative] >= 0).all(axis=None)
    if ceiling is not None:
        assert not (national["price"] > ceiling).any()
    trade = national[["transaction_cost", "auction_revenue", "reserve_revenue"]].sum().sum()
    assert cities["purchase_cost"].sum() == pytest.approx(trade, rel=1e-9, abs=1e-3)
    scale = max(float(cities["beneficiary_payment"].abs().sum()), 1.0)
    assert abs(cities["beneficiary_payment"].sum()) <= 1e-9 * scale
    earned = national[["auction_revenue", "reserve_revenue", "penalty"]].sum(axis=1)
    spent = national[["compensation", "support", "bonus"]].sum(axis=1)
    assert np.allclose(national["budget"], (earned - spent).cumsum(), rtol=1e-9, atol=1.0)


def test_errors_of_verification_move_what_cities_answer_for_and_no_emissions_of_theirs(
    laboratory,
) -> None:
    exact, erring = (
        laboratory.run(
            read_scenario("default", {"compliance.verification_error": sigma, "horizon.end": 2013}),
            1,
        ).cities
        for sigma in (0.0, 0.05)
    )
    assert np.array_equal(exact["verified"], np.rint(exact["liability"]))
    assert exact["emissions"].equals(erring["emissions"])
    ratio = np.log(erring["verified"] / erring["liability"])
    assert 0.01 < ratio.std() < 0.15


def test_errors_of_verification_neither_add_nor_take_off_on_average(laboratory) -> None:
    scenario = read_scenario("default", {"compliance.verification_error": 0.2})
    runs = [run.recorder.cities for run in laboratory.runs(scenario, 1, range(8))]
    found = np.array([run["verified"] / run["liability"] for run in runs])
    assert found.mean() == pytest.approx(1.0, abs=0.02)  # four standard errors of 1,152 draws


def test_a_city_reads_its_cluster_footprint_and_links_when_it_decides(full) -> None:
    """Tangshan lives on heavy industry and emits for cities that it can name."""
    seen = {}

    class Reader(City):
        def decide(self, outlook, chance):
            if self.name == "Tangshan":
                seen[self.model.state.t] = (self.cluster, self.emissions, self.footprint)
                seen["customers"], seen["suppliers"] = self.customers, self.suppliers
            return "mitigate"

    run("default", {"horizon.end": 2014}, economy=full, city_class=Reader)
    cluster, emissions, footprint = seen[0]
    assert cluster == "heavy_manufacturing"
    assert emissions > 2 * footprint
    assert seen[1] != seen[0]
    assert max(seen["customers"].values()) > 1e5
    assert "Tangshan" not in seen["customers"]
    assert all(weight > 0 for weight in seen["suppliers"].values())


@pytest.mark.parametrize(("seed", "replication"), [(-1, 0), (1, -1)])
def test_chance_below_zero_is_refused_by_its_number(laboratory, seed, replication) -> None:
    with pytest.raises(InputError, match=f"seed {seed}, replication {replication}: choose none"):
        laboratory.run(read_scenario("default"), seed, replication)
