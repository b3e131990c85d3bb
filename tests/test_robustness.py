"""Statements about rules, in how many worlds they hold; and where links matter."""

import networkx as nx
import numpy as np
import pytest
from scipy.stats import binomtest

from analysis.studies.links import graphs
from analysis.studies.robustness import CLAIMS, RANGES, RULES, claims, interval, ranges, worlds
from model.behaviour.payoffs import FREE_RIDE
from scenarios import read_scenario


def world(**changed) -> dict[str, dict[str, float]]:
    """Return a world in which every arm is alike, but for some."""
    alike = {"emissions": 9.0, "off_cap": 0.0, "cost": 1.0, "riders": 0.1, "volume": 1.0,
             "strong": 10.0}  # fmt: skip
    arms = [
        "no policy",
        *(f"{rule}+{market}" for rule in RULES for market in ("exchange", "alone")),
    ]
    return {arm: {**alike, **changed.get(arm, {})} for arm in arms}


def test_a_statement_holds_where_it_is_true_and_nowhere_else() -> None:
    least = CLAIMS["without trade equal shares per capita emit least"]
    lower = {"equal_per_capita+alone": {"emissions": 8.0}}
    assert least(world(**lower))
    assert not least(world(**{"grandfathering+alone": {"emissions": 7.0}}, **lower))
    near = CLAIMS["with an exchange every rule ends within 5 % of the cap"]
    assert near(world())
    assert not near(world(**{"benchmark_intensity+exchange": {"off_cap": -0.06}}))


@pytest.mark.parametrize(("holds", "count"), [(0, 20), (7, 20), (20, 20)])
def test_the_interval_of_a_share_is_clopper_and_pearson_s(holds, count) -> None:
    exact = binomtest(holds, count).proportion_ci(method="exact")
    assert interval(holds, count) == pytest.approx((exact.low, exact.high))


@pytest.mark.full
def test_worlds_are_drawn_within_their_ranges_and_told_in_tables(full_laboratory) -> None:
    found = worlds(full_laboratory, count=2)
    assert len(claims(found)) == len(CLAIMS)
    assert len(ranges(found)) == 1 + 2 * len(RULES)
    assert found[0] != found[1]


def test_the_default_lies_within_every_range() -> None:
    scenario = read_scenario("default")
    for key, prior in RANGES.items():
        section, *rest = key.split(".")
        value = getattr(scenario, section)
        for name in rest:
            value = value[name] if isinstance(value, dict) else getattr(value, name)
        assert prior.low <= value <= prior.high, key


@pytest.mark.full
def test_shuffled_links_are_the_same_flows_between_other_cities(full_laboratory) -> None:
    found = graphs(full_laboratory)
    weights = [sorted(nx.get_edge_attributes(g, "weight").values()) for g in found.values()]
    assert weights[0] == weights[1]
    assert weights[2] == []
    own = [nx.get_node_attributes(graph, "own") for graph in found.values()]
    assert own[0] == own[1] == own[2]


@pytest.mark.full
def test_links_matter_where_cities_imitate_and_not_at_the_exchange(full_laboratory) -> None:
    """Emissions of 2030 under grandfathering: by 0.5 % at most; riders among imitators: more."""
    lab, kinds = full_laboratory, graphs(full_laboratory)
    traded = [
        lab.run(read_scenario("default"), 1, graph=graph).national["emissions"].iloc[-1]
        for graph in kinds.values()
    ]
    assert np.ptp(traded) < 0.005 * traded[0]
    scenario = read_scenario("default", {"behaviour.rule": "imitate", "compliance.audit": 0.1,
                                         "market.institution": "none"})  # fmt: skip
    actions = [
        lab.run(scenario, 1, graph=kinds[which]).cities["action"]
        for which in ("as compiled", "none")
    ]
    riders = [(chosen == FREE_RIDE).mean() for chosen in actions]
    assert abs(riders[0] - riders[1]) > 0.01
