"""Pattern-oriented validation: simulated values beside observed ranges (Grimm et al. 2005)."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from data.compiled.cache import load_economy
from data.readers.verified import read_table
from model.arrays import Vector
from model.behaviour.payoffs import Action
from model.compile.city_economy import Economy
from scenarios.reading import read_scenario
from simulation.industry import cluster_names
from simulation.laboratory import Laboratory
from simulation.run_result import Run

DOCUMENT = DOCS / "patterns.md"
REPLICATIONS = 20


def price_level(run: Run) -> float:
    """Return the mean clearing price, CNY/t."""
    price = _prices(run)
    return float(price.mean()) if price.size else float("nan")


def price_swing(run: Run) -> float:
    """Return the highest over the lowest yearly price, 1."""
    price = _prices(run)
    return float(price.max() / price.min()) if price.size else float("nan")


def _prices(run: Run) -> Vector:
    """Return the prices of the years that have one, CNY/t."""
    price = run.recorder.national["price"]
    return np.asarray(price[~np.isnan(price)])


def compliance(run: Run) -> float:
    """Return emissions covered by quota as a registry reports it, in the last ten years, %."""
    return 100 * float(run.recorder.national["reported_compliance"][-10:].mean())


def volume(run: Run) -> float:
    """Return quota traded over the cap, mean over years, %."""
    national = run.recorder.national
    return 100 * float((national["volume"] / national["cap"]).mean())


def outsourced_share(run: Run) -> float:
    """Return the share of footprints emitted outside the city, 2013–2017, %."""
    return 100 * float(run.recorder.national["outsourced_share"][:5].mean())


SIMULATED: dict[str, Callable[[Run], float]] = {
    "price_level": price_level,
    "price_swing": price_swing,
    "compliance": compliance,
    "volume": volume,
    "outsourced_share": outsourced_share,
}
"""By pattern of `patterns.csv`."""


WRONG: dict[str, dict[str, Any]] = {
    "nobody audits, all can be concealed": {
        "compliance.audit": 0.0, "compliance.hideable": 1.0, "compliance.detection_slope": 0.0},
    "fines of a tenth": {"compliance.penalty_multiple": 0.1, "compliance.deduction": 0.0},
    "costs three times as high": {"abatement.steepness": 1140.0},
    "costs a third as high": {"abatement.steepness": 127.0, "abatement.adjustment_cost": 13.0},
    "quota per capita": {"allocation.rule": "equal_per_capita"},
    "a cut of half": {"cap.cut": 0.5},
}  # fmt: skip
"""Settings of models that are wrong on purpose: a pattern that none of them breaks is empty."""


def power(economy: Economy, replications: int = 3) -> pd.DataFrame:
    """Return which patterns each wrong model meets: within, below or above the observed range."""
    laboratory = Laboratory(economy)
    rows = []
    for name, words in {"the default": {}, **WRONG}.items():
        scenario = read_scenario("default", words)
        found = laboratory.runs(scenario, replications=range(replications))
        shown = verdicts(found)
        rows.append({"model": name, **dict(zip(shown["pattern"], shown["verdict"], strict=True))})
    return pd.DataFrame(rows)


def runs(economy: Economy, replications: int = REPLICATIONS) -> list[Run]:
    """Return replications of the library's baseline."""
    laboratory, scenario = Laboratory(economy), read_scenario("default")
    return laboratory.runs(scenario, replications=range(replications))


def verdicts(found: list[Run]) -> pd.DataFrame:
    """Return each pattern with its observed range, median and range of runs, and verdict."""
    rows = []
    for row in read_table("patterns.csv").to_dict("records"):
        each = np.array([SIMULATED[str(row["pattern"])](run) for run in found])
        low, middle, high = np.quantile(each, [0.05, 0.5, 0.95])
        rows.append(
            {
                "pattern": row["what"],
                "unit": row["unit"],
                "observed": f"{row['low']:g} to {row['high']:g}",
                "simulated, median": f"{middle:.4g}",
                "90 % of runs": f"{low:.4g} to {high:.4g}",
                "verdict": _verdict(row, float(middle)),
                "parameter set from it": row["parameter_from_it"],
            }
        )
    return pd.DataFrame(rows)


def _verdict(row: dict[Any, Any], middle: float) -> str:
    if np.isnan(middle):
        return "none"
    if row["low"] <= middle <= row["high"]:
        return "within"
    return "below" if middle < row["low"] else "above"


def free_riders_by_cluster(found: list[Run], economy: Economy) -> pd.DataFrame:
    """Return how often cities of each industry cluster ride free when short of quota, %."""
    clusters = np.array(cluster_names(economy))
    short = np.stack([run.recorder.cities["need"] > 0 for run in found])
    free = np.stack([run.recorder.cities["action"] == Action.FREE_RIDE for run in found])
    return pd.DataFrame(
        [
            {
                "cluster": name.replace("_", " "),
                "cities": int((clusters == name).sum()),
                "short of quota, % of years": round(100 * float(short[:, :, own].mean()), 1),
                "free-riders among these, %": round(
                    100 * float(free[:, :, own].sum() / max(short[:, :, own].sum(), 1)), 1
                ),
            }
            for name in sorted(set(clusters))
            for own in (clusters == name,)
        ]
    )


def tables(economy: Economy) -> dict[str, str]:
    """Return the document's tables as Markdown, by the name of their markers."""
    found = runs(economy)
    return {
        "patterns": markdown(verdicts(found)),
        "power": markdown(power(economy)),
        "clusters": markdown(free_riders_by_cluster(found, economy)),
    }


def renew() -> None:
    """Write the tables into the document."""
    renew_tables(DOCUMENT, tables(load_economy(2012)))
