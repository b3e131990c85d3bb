"""Hindcast: 2017 simulated from 2012 without policy, beside the compiled 2017.

The simulation knows the economy of 2012, real GDP growth by city from 2012 to 2017, and provincial
plan targets set in 2011; nothing else of 2017.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.economy.pair import EARLIER, LATER, Pair, pair
from analysis.studies import hindcast_places
from data.compiled.cache import load_economy
from data.readers.figures import read_city_statistics
from model.arrays import ByCity, Mask, Whole
from model.classes.beneficiaries import DEFAULT_READING, Beneficiary, by_intensity
from model.compile.city_economy import Economy
from scenarios.reading import read_scenario
from scenarios.world import Growth
from simulation.baseline import asked_growth
from simulation.laboratory import Laboratory

DOCUMENT = DOCS / "hindcast.md"
SETTINGS = {"horizon.end": LATER, "growth.intensity": "plan"}


@dataclass(frozen=True, slots=True)
class Simulated:
    """2017 without quota policy as the simulation of 2012 has it; cities only."""

    D_pba: ByCity
    """t CO₂; (c,)."""
    outsourced_share: float
    """Of the cities' footprints, 1."""
    classes: Whole
    """By the default reading, dE since 2012; (c,)."""


def simulated(economy: Economy) -> Simulated:
    """Return 2017 from an economy of 2012 and what its prospects hold of growth and plans."""
    scenario = read_scenario("baseline", SETTINGS)
    years = Laboratory(economy).baseline(scenario)
    cities = economy.players
    last, since = years.years[-1], years.since_base_year[-1]
    return Simulated(
        D_pba=last.D_pba[cities],
        outsourced_share=1.0 - float(last.own[cities].sum() / last.D_cba[cities].sum()),
        classes=by_intensity(since.local, since.outsourced)[cities],
    )


def rivals(economy: Economy) -> dict[str, ByCity]:
    """Return simpler forecasts of the cities' emissions in 2017, t CO₂; (c,) each.

    None uses emissions after 2012: persistence; GDP growth less planned cuts of intensity, the
    same for all cities; the same by province. Growth adds up to the nation's.
    """
    cities = economy.players
    now = economy.F.sum(axis=1)[cities]
    weight = economy.value_added.sum(axis=1)
    growth = asked_growth(economy, Growth(), range(EARLIER + 1, LATER + 1))[-1]
    planned = economy.prospects.planned_change
    province = economy.regions.province
    of_province = np.bincount(province, growth * weight) / np.bincount(province, weight)
    national = np.average(growth, weights=weight) * np.average(planned, weights=weight)
    return {
        "persistence": now,
        "uniform national growth": now * national,
        "provincial growth": now * (of_province[province] * planned)[cities],
    }


def errors(found: dict[str, ByCity], true: ByCity, of: Mask) -> pd.DataFrame:
    """Return errors of forecasts over some cities, one forecast a row.

    Median and root mean square of ln(found / true), error of the sum, and skill: one less the mean
    square over persistence's.
    """
    logs = {name: np.log(amount[of] / true[of]) for name, amount in found.items()}
    squares = {name: float((log**2).mean()) for name, log in logs.items()}
    return pd.DataFrame(
        [
            {
                "forecast": name,
                "sum of all, deviation %": 100 * (found[name][of].sum() / true[of].sum() - 1),
                "median error %": 100 * float(np.expm1(np.median(np.abs(log)))),
                "root mean square, log": squares[name] ** 0.5,
                "skill against persistence": 1 - squares[name] / squares["persistence"],
            }
            for name, log in logs.items()
        ]
    )


def reported(statistics_of: tuple[int, int], found: Pair) -> Mask:
    """Return the cities whose CO₂ is an inventory value in both years; (c,)."""
    regions = found.earlier.regions
    filled = [read_city_statistics(year, regions).co2_estimated for year in statistics_of]
    return ~(filled[0] | filled[1])[found.cities]


def confusion(ours: Whole, compiled: Whole) -> pd.DataFrame:
    """Return cities by simulated (rows) and compiled class (columns)."""
    names = [kind.label for kind in Beneficiary]
    table = np.zeros((len(names), len(names)), dtype=np.int64)
    np.add.at(table, (ours, compiled), 1)
    return pd.DataFrame(table, columns=names).assign(simulated=names).set_index("simulated")


def tables(found: Pair, economy: Economy) -> dict[str, str]:
    """Return the document's tables as Markdown, by the name of their markers."""
    cities = found.cities
    ours = simulated(economy)
    true = found.accounts[1].D_pba[cities]
    forecasts = {**rivals(economy), "simulation": ours.D_pba}
    sure = reported((EARLIER, LATER), found)
    groups = {"all cities": np.ones_like(sure), "reported in both years": sure, "filled": ~sure}
    by_group = [
        errors(forecasts, true, of).assign(cities=f"{name} ({int(of.sum())})")
        for name, of in groups.items()
    ]
    joined = pd.concat(by_group).set_index("cities").round(3).reset_index()
    C = found.accounts[1].C
    compiled_share = 1.0 - float(np.diag(C)[cities].sum() / C[:, cities].sum())
    classes = DEFAULT_READING.classes(found.change)[cities]
    right = 100 * float((classes == ours.classes).mean())
    commonest = 100 * float(np.bincount(classes).max() / classes.size)
    sums = pd.DataFrame(
        [
            (
                "outsourced share of footprints, %",
                100 * ours.outsourced_share,
                100 * compiled_share,
            ),
            ("beneficiaries", (ours.classes <= 1).sum(), (classes <= 1).sum()),
            ("classes right, % (the commonest class for all: compiled)", right, commonest),
        ],
        columns=["figure", "simulated", "compiled"],
    ).round(1)
    return {
        "emissions": markdown(joined),
        "provinces": markdown(hindcast_places.provinces(found, economy, ours.D_pba)),
        "cities": markdown(hindcast_places.cities(found, economy, sure)),
        "sums": markdown(sums),
        "classes": markdown(confusion(ours.classes, classes).reset_index()),
    }


def renew() -> None:
    """Write the tables into the document."""
    economy = load_economy(EARLIER)
    renew_tables(DOCUMENT, tables(pair(economy, load_economy(LATER)), economy))
