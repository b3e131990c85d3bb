"""Hindcast by province and by city: what foretells whose emissions rose more than others'."""

import numpy as np
import pandas as pd
from scipy.stats import pearsonr

from analysis.economy.pair import EARLIER, LATER, Pair
from data.readers.inputs import read_figures
from model.arrays import ByCity, Mask, Vector
from model.compile.city_economy import Economy
from model.input_output.province_sums import sums
from scenarios.world import Growth
from simulation.baseline import asked_growth

LOOK_BACK = 5
"""Years before the first table over which a city's own past change is taken."""


def skill_apart_from_the_mean(forecast: Vector, observed: Vector) -> float:
    """Return one less the mean square error over that of no difference, common errors out, 1.

    Log changes of places, each alike; the mean of either is taken out, so that only differences
    between places count. A forecast without any has skill 0.
    """
    error = (forecast - forecast.mean()) - (observed - observed.mean())
    return 1.0 - float((error**2).mean() / ((observed - observed.mean()) ** 2).mean())


def provinces(found: Pair, economy: Economy, simulated: ByCity) -> pd.DataFrame:
    """Return how forecasts of provinces' emissions 2017 do, the error common to all taken out.

    Columns: forecast, provinces, skill, correlation, slope of observed on forecast.
    """
    cities = found.cities
    province, count = economy.regions.province[cities], len(economy.regions.province_codes)
    before, after = (sums(each.D_pba[cities], province, count) for each in found.accounts)
    some = before > 0
    observed = np.log(after[some] / before[some])
    weight = economy.value_added.sum(axis=1)[cities]
    growth = asked_growth(economy, Growth(), range(EARLIER + 1, LATER + 1))[-1][cities]
    made = sums(growth * weight, province, count)[some] / sums(weight, province, count)[some]
    plan = _of_province(economy.prospects.planned_change[cities], province, count)[some]
    forecasts = {
        "growth of GDP": np.log(made),
        "planned cut of intensity": np.log(plan),
        "growth × plan": np.log(made * plan),
        "simulation": np.log(sums(simulated, province, count)[some] / before[some]),
    }
    return pd.DataFrame([_row(name, each, observed) for name, each in forecasts.items()])


def cities(found: Pair, economy: Economy, reported: Mask) -> pd.DataFrame:
    """Return correlations of cities' change of emissions with what was known in 2012.

    Over the `reported` cities, with an inventory in both years; changes and figures less the mean
    of the city's province, so that provinces explain nothing.
    """
    figures = read_figures(EARLIER)
    of = found.cities[reported]
    province = economy.regions.province[of]
    change = np.log(found.accounts[1].D_pba / found.accounts[0].D_pba)[of]
    gdp, people = figures.statistics.gdp, figures.statistics.population
    past = economy.records.past_emissions
    known = {
        "GDP per head": np.log(gdp.sum(axis=1) / people),
        "share of industry in GDP": gdp[:, 1] / gdp.sum(axis=1),
        "emissions per GDP": np.log(economy.F.sum(axis=1) / economy.value_added.sum(axis=1)),
        "share of thermal power in emissions": _power(economy),
        "population": np.log(people),
        f"change of emissions {EARLIER - LOOK_BACK}–{EARLIER}": np.log(
            past[-1] / past[-1 - LOOK_BACK]
        ),
    }
    told = {"real growth of GDP 2012–2017 (not known in 2012)": economy.prospects.real_growth}
    rows = []
    for what, values in (known | told).items():
        x, y = _within(values[of], province), _within(change, province)
        r, p = pearsonr(x, y)
        rows.append((what, int(reported.sum()), f"{r:+.2f}", f"{p:.2f}"))
    return pd.DataFrame(rows, columns=["known of a city", "cities", "correlation", "p"])


def _row(name: str, forecast: Vector, observed: Vector) -> dict[str, object]:
    slope, _ = np.polyfit(forecast, observed, 1)
    return {
        "forecast": name,
        "provinces": observed.size,
        "skill, common error out": f"{skill_apart_from_the_mean(forecast, observed):+.2f}",
        "correlation": f"{np.corrcoef(forecast, observed)[0, 1]:+.2f}",
        "observed per forecast difference": f"{slope:+.2f}",
    }


def _of_province(values: ByCity, province: np.ndarray, count: int) -> Vector:
    number = np.maximum(sums(np.ones_like(values), province, count), 1.0)
    return sums(values, province, count) / number


def _power(economy: Economy) -> np.ndarray:
    power = economy.sectors.group == 0
    return np.asarray(economy.F[:, power].sum(axis=1) / economy.F.sum(axis=1))


def _within(values: Vector, province: np.ndarray) -> Vector:
    """Return values less the mean of their province."""
    return values - _of_province(values, province, int(province.max()) + 1)[province]
