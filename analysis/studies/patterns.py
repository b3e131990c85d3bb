"""Pattern-oriented validation: simulated values beside observed ranges (Grimm et al. 2005)."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from data.compiled.cache import load_economy
from data.readers.verified import read_table
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
    return float(np.nanmean(run.recorder.national["price"]))


def price_swing(run: Run) -> float:
    """Return the highest over the lowest yearly price, 1."""
    price = run.recorder.national["price"]
    return float(np.nanmax(price) / np.nanmin(price))


def compliance(run: Run) -> float:
    """Return emissions covered by surrendered quota in the last ten years, %."""
    return 100 * float(run.recorder.national["compliance"][-10:].mean())


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


def runs(economy: Economy, replications: int = REPLICATIONS) -> list[Run]:
    """Return replications of the library's baseline."""
    laboratory, scenario = Laboratory(economy), read_scenario("default")
    return [laboratory.run(scenario, replication=n) for n in range(replications)]


def verdicts(found: list[Run]) -> pd.DataFrame:
    """Return each pattern with its observed range, median and range of runs, and verdict."""
    rows = []
    for row in read_table("patterns.csv").to_dict("records"):
        each = np.array([SIMULATED[str(row["pattern"])](run) for run in found])
        low, middle, high = np.quantile(each, [0.05, 0.5, 0.95])
        within = row["low"] <= middle <= row["high"]
        rows.append(
            {
                "pattern": row["what"],
                "unit": row["unit"],
                "observed": f"{row['low']:g} to {row['high']:g}",
                "simulated, median": f"{middle:.4g}",
                "90 % of runs": f"{low:.4g} to {high:.4g}",
                "verdict": "within" if within else "below" if middle < row["low"] else "above",
                "parameter set from it": row["parameter_from_it"],
            }
        )
    return pd.DataFrame(rows)


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
        "clusters": markdown(free_riders_by_cluster(found, economy)),
    }


def renew() -> None:
    """Write the tables into the document."""
    renew_tables(DOCUMENT, tables(load_economy(2012)))
