"""The supply-chain graph of cities: who emits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from model.arrays import BetweenCities, ByCity, Cities, Whole


def supply_chain(
    C: BetweenCities, names: Sequence[str], least_share: float = 0.005
) -> "nx.DiGraph[str]":
    """Return the graph with an edge r → s for what r emits for s, `weight` in t CO₂.

    An edge is kept if it is at least `least_share` of what other cities emit for s, or of what
    r emits for other cities. Every city's own flow stands on its node as `own`.
    """
    flows = C.copy()
    np.fill_diagonal(flows, 0.0)
    inflow, outflow = flows.sum(axis=0), flows.sum(axis=1)
    kept = (flows > 0) & (
        (flows >= least_share * inflow) | (flows >= least_share * outflow[:, None])
    )
    graph: nx.DiGraph[str] = nx.DiGraph()
    for city, name in enumerate(names):
        graph.add_node(name, own=float(C[city, city]))
    for r, s in np.argwhere(kept):
        graph.add_edge(names[r], names[s], weight=float(flows[r, s]))
    return graph


def suppliers(graph: "nx.DiGraph[str]", names: Sequence[str]) -> BetweenCities:
    """Return the linked flows as an array, with each city's own on the diagonal, t; (r, s)."""
    linked = nx.to_numpy_array(graph, nodelist=list(names), weight="weight", dtype=np.float64)
    own = np.array([graph.nodes[name].get("own", 0.0) for name in names])
    return np.asarray(linked + np.diag(own), dtype=np.float64)


def neighbour_weights(links: BetweenCities) -> BetweenCities:
    """Return C + Cᵀ without own flows, rows summing to one (zero for a city without links)."""
    both = links + links.T
    np.fill_diagonal(both, 0.0)
    total = both.sum(axis=1, keepdims=True)
    return np.divide(both, total, out=np.zeros_like(both), where=total > 0)


def share_among_neighbours(weights: BetweenCities, doing: Cities) -> ByCity:
    """Return the flow-weighted share of each city's neighbours that do something, 1; (c,)."""
    return weights @ doing.astype(np.float64)


def met(weights: BetweenCities, uniform: ByCity) -> Whole:
    """Return the neighbour that a uniform draw in [0, 1) picks by weight; (c,).

    A city without links meets itself.
    """
    return picked(np.cumsum(weights, axis=1), uniform)


def picked(cumulated: BetweenCities, uniform: ByCity) -> Whole:
    """Return the neighbour that a draw picks, from weights summed along each row; (c,)."""
    total = cumulated[:, -1]
    below = np.minimum(uniform, np.nextafter(total, 0.0))
    passed = np.count_nonzero(below[:, None] >= cumulated, axis=1)
    return np.where(total == 0, np.arange(uniform.size), passed).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Links:
    """A supply-chain graph as arrays, ready for many years and runs."""

    flows: BetweenCities
    """Linked flows, with each city's own on the diagonal, t; (r, s)."""
    weights: BetweenCities
    """Neighbour weights, rows summing to one; (c, c)."""
    cumulated: BetweenCities
    """The same, summed along each row; (c, c)."""

    def met(self, uniform: ByCity) -> Whole:
        """Return the neighbour that a draw picks by weight, or a city without links itself."""
        return picked(self.cumulated, uniform)


def links(graph: "nx.DiGraph[str]", names: Sequence[str]) -> Links:
    """Return the arrays of a graph whose nodes are cities by name."""
    flows = suppliers(graph, names)
    weights = neighbour_weights(flows)
    return Links(flows, weights, np.cumsum(weights, axis=1))
