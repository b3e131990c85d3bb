"""Where links matter: shuffled and missing links beside those compiled."""

import networkx as nx
import numpy as np
import pytest

from analysis.studies.links import graphs
from model.behaviour.payoffs import FREE_RIDE
from scenarios import read_scenario


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
