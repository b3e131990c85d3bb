"""Golden numbers: what a few runs came to, kept so that no change moves them unseen.

`python tests/golden.py` renews `tests/golden.csv`; the commit that does so says why they moved.
"""

from pathlib import Path

import pandas as pd

from data.compiled.cache import load_economy
from data.compiled.synthetic import small_economy
from model.compile.city_economy import Economy
from scenarios import read_scenario
from simulation.laboratory import Laboratory
from simulation.run_result import Run

FILE = Path(__file__).with_name("golden.csv")
SMALL = {
    "exchange": {},
    "no market": {"market.institution": "none"},
    "bilateral": {"market.institution": "bilateral"},
    "auction": {"market.institution": "auction", "market.auction.share": 0.5},
    "shared responsibility": {"behaviour.consumer_responsibility": 0.5},
    "own targets": {"behaviour.target_share": 0.5, "behaviour.peer_spread": 0.3},
    "mixed minds": {"behaviour.rule": "mix"},
    "supply chain linked": {"allocation.rule": "supply_chain_linked"},
    "collar and reserve": {
        "market.price_floor": 40.0,
        "market.price_ceiling": 70.0,
        "market.reserve": "release_and_buy",
    },
}
"""Runs on the invented economy, by name; overrides of the baseline."""
FULL = {
    "309 cities": {},
    "309 cities, shared responsibility": {"behaviour.consumer_responsibility": 0.5},
}
"""Runs on the economy of 2012."""
COLUMNS = (
    "emissions", "footprint", "liability", "quota", "need", "abated", "abatement_cost",
    "purchase_cost", "penalty", "bank", "belief", "local_mitigation", "outsourced_mitigation",
)  # fmt: skip
NATIONAL = ("cap", "price", "volume", "compliance", "outsourced_share")


def summary(name: str, run: Run) -> pd.DataFrame:
    """Return a run's national figures and sums over cities; one row a year and quantity."""
    sums = run.cities.groupby("year")[list(COLUMNS)].sum()
    wide = sums.join(run.national.set_index("year")[list(NATIONAL)])
    long = wide.reset_index().melt("year", var_name="quantity")
    return long.assign(run=name)[["run", "year", "quantity", "value"]]


def runs(economy: Economy, cases: dict[str, dict[str, object]]) -> pd.DataFrame:
    """Return the summaries of some runs, seed 3."""
    laboratory = Laboratory(economy)
    return pd.concat(
        summary(name, laboratory.run(read_scenario("default", words), 3))
        for name, words in cases.items()
    )


if __name__ == "__main__":
    table = pd.concat([runs(small_economy(), SMALL), runs(load_economy(2012), FULL)])
    table.to_csv(FILE, index=False, float_format="%.17g", lineterminator="\n")
