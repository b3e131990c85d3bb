"""The supply-chain graph of cities."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts
from numpy.testing import assert_allclose, assert_array_equal

from model.behaviour.links import neighbour_weights, share_among_neighbours, suppliers, supply_chain

NAMES = ["Anshan", "Baotou", "Chengde", "Datong"]
flows = amounts((4, 4), 0.0, 1e8)


@given(flows)
def test_the_graph_of_all_flows_gives_the_flows_back(C) -> None:
    assert_array_equal(suppliers(supply_chain(C, NAMES, 0.0), NAMES), C)


@given(flows, st.floats(0.0, 0.5))
def test_flows_are_kept_unaltered_or_dropped(C, least_share) -> None:
    found = suppliers(supply_chain(C, NAMES, least_share), NAMES)
    between = C.copy()
    np.fill_diagonal(between, 0.0)
    smaller_end = np.minimum.outer(between.sum(axis=1), between.sum(axis=0))
    kept = found > 0
    assert_array_equal(np.diag(found), np.diag(C))
    assert_array_equal(found[kept], C[kept])
    np.fill_diagonal(kept, False)
    assert_array_equal(kept, (between > 0) & (between >= least_share * smaller_end))


def test_a_link_counts_if_it_matters_to_either_end() -> None:
    """B's 4 t are 0.4 % of what A gets; they count only if B delivers little elsewhere."""
    C = np.zeros((4, 4))
    C[2, 0], C[1, 0] = 996.0, 4.0
    C[1, 3] = 2000.0
    without = supply_chain(C, NAMES, least_share=0.005)
    assert set(without.edges) == {("Chengde", "Anshan"), ("Baotou", "Datong")}
    C[1, 3] = 100.0
    graph = supply_chain(C, NAMES, least_share=0.005)
    assert set(graph.edges) == {*without.edges, ("Baotou", "Anshan")}
    assert graph.edges["Baotou", "Anshan"]["weight"] == 4.0


def test_a_link_of_just_the_least_share_counts() -> None:
    C = np.zeros((4, 4))
    C[1, 0], C[2, 0], C[1, 3] = 4.0, 4.0, 100.0
    assert ("Baotou", "Anshan") in supply_chain(C, NAMES, least_share=0.5).edges


def test_own_flows_stand_on_the_nodes() -> None:
    C = np.diag([1.0, 2.0, 3.0, 4.0])
    graph = supply_chain(C, NAMES)
    assert graph.number_of_edges() == 0
    assert [graph.nodes[name]["own"] for name in NAMES] == [1.0, 2.0, 3.0, 4.0]


def test_making_a_graph_leaves_the_flows_as_they_were() -> None:
    C = np.full((4, 4), 5.0)
    supply_chain(C, NAMES)
    neighbour_weights(C)
    assert_array_equal(C, 5.0)


def test_the_order_of_names_is_the_order_of_rows() -> None:
    C = np.arange(16.0).reshape(4, 4)
    graph = supply_chain(C, NAMES, 0.0)
    order = [2, 0, 3, 1]
    found = suppliers(graph, [NAMES[n] for n in order])
    assert_array_equal(found, C[np.ix_(order, order)])


@given(flows)
def test_neighbour_weights_sum_to_one_for_every_city_with_a_link(C) -> None:
    weights = neighbour_weights(C)
    both = C + C.T - 2 * np.diag(np.diag(C))
    assert_array_equal(np.diag(weights), 0.0)
    assert_allclose(weights.sum(axis=1), both.sum(axis=1) > 0, rtol=1e-12)


def test_neighbours_weigh_by_flow_in_either_direction() -> None:
    """A gets 6 t from B and sends it 4 t; it gets 30 t from C: B weighs a quarter."""
    C = np.zeros((4, 4))
    C[1, 0], C[0, 1], C[2, 0] = 6.0, 4.0, 30.0
    weights = neighbour_weights(C)
    assert_allclose(weights[0], [0.0, 0.25, 0.75, 0.0])
    assert_allclose(weights[1], [1.0, 0.0, 0.0, 0.0])
    assert_allclose(weights[3], 0.0)
    share = share_among_neighbours(weights, np.array([False, True, False, True]))
    assert_allclose(share, [0.25, 0.0, 0.0, 0.0])
