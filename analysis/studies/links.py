"""Where supply-chain links matter: the same worlds with links as they are, shuffled, gone."""

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from data.compiled.cache import load_economy
from model.behaviour.payoffs import FREE_RIDE
from scenarios.reading import read_scenario
from simulation.laboratory import Laboratory

DOCUMENT = DOCS / "links.md"
REPLICATIONS, SEED = 4, 2012
SCENARIOS: dict[str, dict[str, Any]] = {
    "grandfathering, exchange": {},
    "grandfathering, no trade": {"market.institution": "none"},
    "supply chain linked, no trade": {
        "allocation.rule": "supply_chain_linked", "market.institution": "none"},
    "shared responsibility, no trade": {
        "allocation.rule": "consumption_responsibility",
        "behaviour.consumer_responsibility": 0.5, "market.institution": "none"},
    "imitation, audit 0.1, no trade": {
        "behaviour.rule": "imitate", "compliance.audit": 0.1, "market.institution": "none"},
    "equal per capita, bilateral": {
        "allocation.rule": "equal_per_capita", "market.institution": "bilateral"},
}  # fmt: skip
"""Questions that links may bear on, by name."""


def graphs(laboratory: Laboratory) -> dict[str, "nx.DiGraph[str]"]:
    """Return the links as compiled, with their cities shuffled, and none."""
    graph = laboratory.graph
    names = list(graph.nodes)
    order = np.random.default_rng(SEED).permutation(len(names))
    shuffled = nx.relabel_nodes(graph, dict(zip(names, (names[n] for n in order), strict=True)))
    for name in names:
        shuffled.nodes[name]["own"] = graph.nodes[name]["own"]
    none: nx.DiGraph[str] = nx.DiGraph()
    none.add_nodes_from(graph.nodes(data=True))
    return {"as compiled": graph, "shuffled": shuffled, "none": none}


def table(laboratory: Laboratory, replications: int = REPLICATIONS) -> pd.DataFrame:
    """Return emissions, cost and free-riders by scenario and links: means and deviations."""
    rows = []
    for name, words in SCENARIOS.items():
        scenario = read_scenario("default", words)
        for links, graph in graphs(laboratory).items():
            runs = [
                laboratory.run(scenario, SEED, n, graph=graph).recorder for n in range(replications)
            ]
            short = [run.cities["need"] > 0 for run in runs]
            riders = [
                100 * (at & (run.cities["action"] == FREE_RIDE)).sum() / at.sum()
                for at, run in zip(short, runs, strict=True)
            ]
            rows.append({
                "scenario": name,
                "links": links,
                "emissions 2030, Gt": _mean([r.national["emissions"][-1] / 1e9 for r in runs], 2),
                "cost, bn CNY": _mean([r.national["abatement_cost"].sum() / 1e9 for r in runs], 0),
                "free-riders, %": _mean(riders, 1),
            })  # fmt: skip
    return pd.DataFrame(rows)


def _mean(values: list[float], digits: int) -> str:
    return f"{np.mean(values):,.{digits}f} ± {np.std(values, ddof=1):,.{digits}f}"


def renew() -> None:
    """Write the table into the document."""
    renew_tables(DOCUMENT, {"links": markdown(table(Laboratory(load_economy(2012))))})
