"""Benchmark trading: quota and revenue of poor cities without carbon-intensive industry."""

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.economy.headlines import per_head_demand
from data.compiled.cache import load_economy
from model.arrays import Mask
from model.classes.inequality import quintile
from model.compile.city_economy import Economy
from model.labels import CNY_PER_UNIT
from scenarios.reading import read_scenario
from simulation.industry import cluster_names
from simulation.laboratory import Laboratory

DOCUMENT = DOCS / "benchmark-trading.md"
REPLICATIONS = 5
RULES = (
    "benchmark_intensity",
    "grandfathering",
    "supply_chain_linked",
    "equal_per_capita",
)
CARBON_INTENSIVE = ("heavy_manufacturing", "energy")
"""Industry clusters (Zheng et al. 2023) that live on carbon-intensive industry."""
KEY_SECTORS = 6
"""Groups of sectors before the rest: electricity, metals, minerals, chemicals, petroleum, coal."""
CLEAN = "poor, other clusters"


def groups(economy: Economy) -> dict[str, Mask]:
    """Return groups of cities; poor are the two lowest fifths by final demand per head; (c,) each.

    Carbon-intensive by cluster, or by the share of the six key sectors in value added or
    emissions above the median of all cities.
    """
    cities = economy.players
    poor = quintile(per_head_demand(economy)) >= 4
    heavy = np.isin(cluster_names(economy), CARBON_INTENSIVE)
    key = economy.sectors.group < KEY_SECTORS
    shares = {
        name: values[:, key].sum(axis=1) / values.sum(axis=1)
        for name, values in (
            ("value added", economy.value_added[cities]),
            ("emissions", economy.F[cities]),
        )
    }
    low = {name: poor & (share < np.median(share)) for name, share in shares.items()}
    return {
        CLEAN: poor & ~heavy,
        "poor, key sectors below median in value added": low["value added"],
        "poor, key sectors below median in emissions": low["emissions"],
        "poor, heavy or energy": poor & heavy,
        "all others": ~poor,
    }


def gains(economy: Economy, replications: int = REPLICATIONS) -> pd.DataFrame:
    """Return what each group gets a head and year under each rule with the exchange.

    Columns: rule, group, cities, quota (relative to the mean of all cities), cover (quota over
    emissions), revenue (sales less purchases and transaction cost, CNY), share (revenue over value
    added, %), left (revenue less abatement cost and fines, CNY).
    """
    laboratory, members = Laboratory(economy), groups(economy)
    people = economy.population[economy.players]
    output = CNY_PER_UNIT * economy.value_added[economy.players].sum(axis=1)
    rows = []
    for rule in RULES:
        scenario = read_scenario("default", {"allocation.rule": rule})
        done = laboratory.runs(scenario, replications=range(replications))
        runs = [run.recorder.cities for run in done]
        mean = {
            name: np.mean([run[name].mean(axis=0) for run in runs], axis=0)
            for name in ("quota", "emissions", "purchase_cost", "abatement_cost", "penalty")
        }
        revenue = -mean["purchase_cost"]
        left = revenue - mean["abatement_cost"] - mean["penalty"]
        for name, of in members.items():
            heads = people[of].sum()
            quota = mean["quota"][of].sum()
            rows.append(
                {
                    "rule": rule,
                    "group": name,
                    "cities": int(of.sum()),
                    "quota": quota / heads / (mean["quota"].sum() / people.sum()),
                    "cover": quota / mean["emissions"][of].sum(),
                    "revenue": revenue[of].sum() / heads,
                    "share": 100 * revenue[of].sum() / output[of].sum(),
                    "left": left[of].sum() / heads,
                }
            )
    return pd.DataFrame(rows)


def table(found: pd.DataFrame) -> str:
    """Return the gains as the document's table."""
    said = found.round({"quota": 2, "cover": 2, "revenue": 1, "share": 3, "left": 1})
    numbers = said.select_dtypes("float") + 0.0  # no negative zero
    said = said.assign(rule=said["rule"].str.replace("_", " "), **numbers)
    return markdown(
        said.rename(
            columns={
                "quota": "quota a head, all cities = 1",
                "cover": "quota over emissions",
                "revenue": "net revenue, CNY a head",
                "share": "net revenue, % of value added",
                "left": "after abatement and fines, CNY a head",
            }
        )
    )


def renew() -> None:
    """Write the table into the document."""
    renew_tables(DOCUMENT, {"gains": table(gains(load_economy(2012)))})
