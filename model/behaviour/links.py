"""The supply-chain graph of cities: who emits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from model.arrays import BetweenCities, ByCity, ByLink, Cities, Number, OfLink, Whole
from model.runs import through


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


def supplier_shares(flows: BetweenCities) -> BetweenCities:
    """Return each city's suppliers by share, columns summing to one, 1; (r, s).

    A city that nobody emits for, not even itself, is its own supplier.
    """
    inflow = flows.sum(axis=0)
    shares = np.divide(flows, inflow, out=np.zeros_like(flows), where=inflow > 0)
    return np.where(inflow > 0, shares, np.eye(inflow.size))


def awaited_relief(
    need: ByCity, effort: ByCity, spared: BetweenCities | None, waiting: Number
) -> ByCity:
    """Return the part of its need that each city leaves to its suppliers' mitigation, t; (c,).

    `effort` are the tonnes that each is expected to abate, `spared` what s is spared per tonne that
    r abates, 1; (r, s), and `waiting` the share of it that a city counts on. Nobody comes into
    surplus by waiting.
    """
    if spared is None or not np.any(waiting):
        return np.zeros_like(need)
    relief = np.vecmat(effort, spared)
    return np.minimum(waiting * relief, np.maximum(need, 0.0))


def neighbour_weights(links: BetweenCities) -> BetweenCities:
    """Return C + Cᵀ without own flows, rows summing to one (zero for a city without links)."""
    both = links + links.T
    np.fill_diagonal(both, 0.0)
    total = both.sum(axis=1, keepdims=True)
    return np.divide(both, total, out=np.zeros_like(both), where=total > 0)


def share_among_neighbours(weights: BetweenCities, doing: Cities) -> ByCity:
    """Return the flow-weighted share of each city's neighbours that do something, 1; (c,)."""
    return through(doing.astype(np.float64), weights.T)


@dataclass(frozen=True, slots=True)
class Encounters:
    """Linked cities that each city may meet, drawn by weight; a city without links meets itself."""

    marks: ByLink
    """Weights summed along each city's links, city by city, set apart from one another."""
    neighbour: OfLink
    """City that a link leads to."""
    last: Whole
    """Each city's last link; (c,)."""

    def met(self, uniform: ByCity) -> Whole:
        """Return whom a uniform draw in [0, 1) picks; (c,)."""
        drawn = uniform + APART * np.arange(uniform.shape[-1])
        link = np.searchsorted(self.marks, drawn, side="right")
        return self.neighbour[np.minimum(link, self.last)]


APART = 2.0
"""Distance between the rows of `Encounters.marks`, so that one search serves all cities."""


def encounters(weights: BetweenCities) -> Encounters:
    """Return whom cities may meet, by neighbour weights whose rows sum to one, or to zero."""
    alone = np.diag(~np.any(weights, axis=1)).astype(np.float64)
    met = weights + alone
    city, neighbour = np.nonzero(met)
    marks = np.cumsum(met, axis=1)[city, neighbour] + APART * city
    return Encounters(marks, neighbour, np.searchsorted(city, np.arange(len(met)), "right") - 1)


@dataclass(frozen=True, slots=True)
class Links:
    """A supply-chain graph as arrays, ready for many years and runs."""

    flows: BetweenCities
    """Linked flows, with each city's own on the diagonal, t; (r, s)."""
    weights: BetweenCities
    """Neighbour weights, rows summing to one; (c, c)."""
    supplier_shares: BetweenCities
    """Suppliers of each city by share, columns summing to one; (r, s)."""
    encounters: Encounters
    """Cities that each city may look at."""


def links(graph: "nx.DiGraph[str]", names: Sequence[str]) -> Links:
    """Return the arrays of a graph whose nodes are cities by name."""
    flows = suppliers(graph, names)
    weights = neighbour_weights(flows)
    return Links(flows, weights, supplier_shares(flows), encounters(weights))
