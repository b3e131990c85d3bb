"""Foresight: adaptive price beliefs against perfect foresight, and the least-cost path beside."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.figures.sheet import save
from analysis.figures.typography import our_typography
from analysis.studies.foresight_figure import picture
from data.compiled.cache import load_economy
from model.abatement.least_cost import LeastCost, Planned, least_cost
from model.arrays import Vector
from model.compile.city_economy import Economy
from scenarios.reading import read_scenario
from simulation.laboratory import Laboratory
from simulation.run_result import Run

DOCUMENT = DOCS / "foresight.md"
REPLICATIONS = 5
SAME: dict[str, object] = {
    "transfer.reserve": 0.0,
    "abatement.learning": 0.0,
    "abatement.cost_falls_on": "nobody",
    "market.price_floor": 0.0,
    "market.price_ceiling": 1000.0,
}
"""Words that leave a planner and a market the same emissions, cost curves and caps."""
SMOOTH: dict[str, object] = {
    "market.transaction_cost": 0.0,
    "behaviour.risk": 0.0,
    "behaviour.forecast_error": 0.0,
    "compliance.hideable": 0.0,
    "compliance.bank_limit": 5.0,
    "compliance.borrow_limit": 0.0,
    "growth.departure_common": 0.0,
    "growth.departure_specific": 0.0,
}
"""Words that take friction, chance and fraud out of the market."""
FORESIGHT: dict[str, object] = {"behaviour.expectations": "path"}
MARKETS: dict[str, dict[str, object]] = {
    "default, adaptive": {},
    "default, foresight": FORESIGHT,
    "no friction, adaptive": SMOOTH,
    "no friction, foresight": {**SMOOTH, **FORESIGHT},
}


@dataclass(frozen=True, slots=True)
class Path:
    """A path of the nation."""

    price: Vector
    """CNY/t; (t,)."""
    emissions: Vector
    """t; (t,)."""
    cost: Vector
    """Of abatement, CNY; (t,)."""
    missed: float
    """Mean distance of the price from what was expected, share of it."""


def of_runs(runs: list[Run]) -> Path:
    """Return the mean path of some runs."""

    def mean(name: str) -> Vector:
        return np.nanmean([run.recorder.national[name] for run in runs], axis=0)

    off = [
        np.abs(run.recorder.national["price"] - run.recorder.national["expected_price"])
        for run in runs
    ]
    price = mean("price")
    return Path(
        price, mean("liability"), mean("abatement_cost"), float(np.nanmean(off) / price.mean())
    )


def planned(laboratory: Laboratory, banking: bool) -> LeastCost:
    """Return the least-cost path under the caps and the cost curves of the default scenario."""
    scenario = read_scenario("default", {**SAME, **SMOOTH})
    model = laboratory.model(scenario)
    economy, caps = model.economy, model.scheme.regulator.caps
    forecasts = []
    for _ in scenario.horizon.years:
        forecasts.append(economy.forecast(model.state))
        model.step()
    count = len(caps)
    law = scenario.abatement
    return least_cost(
        Planned(
            trend=np.stack([one.trend for one in forecasts]).reshape(count, -1),
            steepness=np.stack([one.mac.g for one in forecasts]).reshape(count, -1),
            slope=law.adjustment_cost / law.pace,
            room=2 * law.pace,
            caps=np.floor(caps),
            discount=scenario.behaviour.discount,
            banking=banking,
        )
    )


def paths(economy: Economy, replications: int = REPLICATIONS) -> dict[str, Path]:
    """Return the paths of markets and of planners, by name."""
    laboratory = Laboratory(economy)
    found = {
        name: of_runs(
            laboratory.runs(
                read_scenario("default", {**SAME, **words}), replications=range(replications)
            )
        )
        for name, words in MARKETS.items()
    }
    for name, banking in (("least cost, yearly caps", False), ("least cost, banking", True)):
        plan = planned(laboratory, banking)
        found[name] = Path(plan.price, plan.emissions, plan.cost, np.nan)
    return found


def table(found: dict[str, Path], discount: float, first: int) -> pd.DataFrame:
    """Return prices of some years, emissions of all, cost and discounted cost by path."""
    shown = (2013, 2016, 2020, 2025, 2030)
    rows = []
    for name, path in found.items():
        weight = discount ** np.arange(path.price.size)
        prices = {f"price {year}": f"{path.price[year - first]:.0f}" for year in shown}
        rows.append(
            {"path": name}
            | prices
            | {
                "emissions 2013–30, Gt": f"{path.emissions.sum() / 1e9:.1f}",
                "cost, bn": f"{path.cost.sum() / 1e9:.0f}",
                "discounted, bn": f"{weight @ path.cost / 1e9:.0f}",
                "price off what was expected, %": "–"
                if np.isnan(path.missed)
                else f"{100 * path.missed:.0f}",
            }
        )
    return pd.DataFrame(rows)


def renew() -> None:
    """Write table and picture into the document."""
    found = paths(load_economy(2012))
    scenario = read_scenario("default")
    years = scenario.horizon.years
    made = table(found, scenario.behaviour.discount, years[0])
    renew_tables(DOCUMENT, {"paths": markdown(made)})
    prices = {name: path.price for name, path in found.items()}
    with our_typography():
        save(picture(prices, years), DOCS / "pictures", "foresight")
