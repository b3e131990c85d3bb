"""Outcomes that a run's city table decides, computed run by run."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from model.behaviour.payoffs import Action
from model.classes.beneficiaries import Beneficiary
from model.classes.inequality import gini, quintile
from model.compile.city_economy import Economy


@dataclass(frozen=True, slots=True)
class Cities:
    """What is known of the cities, whatever the run."""

    population: np.ndarray
    """Residents, heads; (c,)."""
    poor: np.ndarray
    """Whether a city is of the two lowest fifths by final demand a head; (c,)."""
    demand: np.ndarray
    """Final demand in the base year, 10⁴ CNY/yr; (c,)."""


def cities_of(economy: Economy) -> Cities:
    """Return what outcomes need to know of an economy's cities."""
    players = economy.players
    population = economy.population[players]
    demand = economy.d.sum(axis=(1, 2))[players]
    return Cities(population, quintile(demand / population) >= 4, demand)


@dataclass(frozen=True, slots=True)
class CityRun:
    """The city table of one run beside what is known of the cities."""

    table: pa.Table
    cities: Cities

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a column; (t, c), missing is not a number."""
        values = self.table.column(name).to_numpy()
        return np.asarray(values).reshape(-1, self.cities.population.size)

    def total(self, *names: str) -> np.ndarray:
        """Return the sum of columns over the years by city, what is missing left out; (c,)."""
        return sum(
            (np.nansum(self[name], axis=0) for name in names), np.zeros_like(self.poor, float)
        )

    @property
    def poor(self) -> np.ndarray:
        """Whether a city is poor; (c,)."""
        return self.cities.poor


def _last_emissions(run: CityRun) -> float:
    return float(np.nansum(run["emissions"][-1])) / 1e9


def _free_riding(run: CityRun) -> float:
    short = run["need"] > 0
    riding = short & (run["action"] == Action.FREE_RIDE)
    return _ratio(float(riding.sum()), float(short.sum())) * 100


PAID = ("abatement_cost", "purchase_cost", "penalty", "beneficiary_payment", "programme_payment")
RECEIVED = ("compensation", "subsidy", "bonus")


def _burden_of_poor(run: CityRun) -> float:
    """Burden ÷ value added of the two poorest fifths of cities, relative to all cities.

    The burden is all that a city pays less all that it receives.
    """
    burden = run.total(*PAID) - run.total(*RECEIVED)
    return _poor_to_all(burden, run.total("value_added"), run.poor)


def _quota_of_poor(run: CityRun) -> float:
    """Quota a head of the two poorest fifths of cities, relative to all cities."""
    return _poor_to_all(run.total("quota", "aid_quota"), run.cities.population, run.poor)


def _poor_to_all(these: np.ndarray, those: np.ndarray, poor: np.ndarray) -> float:
    everyone = _ratio(float(these.sum()), float(those.sum()))
    if not everyone > 0:
        return np.nan
    return _ratio(float(these[poor].sum()), float(those[poor].sum())) / everyone


def _ratio(this: float, that: float) -> float:
    return this / that if that != 0 else np.nan


def _footprint_gini(run: CityRun) -> float:
    people = np.asarray(run.cities.population, dtype=np.float64)
    return gini(run["footprint"][-1] / people, people)


def _of_demand(run: CityRun, shares: np.ndarray, of: np.ndarray | None = None) -> float:
    """Return the mean of shares over some cities, weighted by demand in the base year, %."""
    weight = run.cities.demand if of is None else run.cities.demand * of
    return _ratio(float((shares * weight).sum()), float(weight.sum())) * 100


def _counted(column: str, kind: Beneficiary) -> Callable[[CityRun], float]:
    return lambda run: float((run[column][-1] == int(kind)).sum())


CITY_OUTCOMES: dict[str, Callable[[CityRun], float]] = {
    "emissions": _last_emissions,
    "free_riding": _free_riding,
    "burden_poor": _burden_of_poor,
    "quota_poor": _quota_of_poor,
    "gini": _footprint_gini,
    "strong_policy": _counted("class_policy", Beneficiary.STRONG),
    "role_models_policy": _counted("class_policy", Beneficiary.ROLE_MODEL),
    "strong_scored": _counted("class_scored", Beneficiary.STRONG),
    "weak_scored": _counted("class_scored", Beneficiary.WEAK),
    "freed_quota": lambda run: float(run.total("freed_quota").sum()) / 1e6,
    "beneficiary_payment": lambda run: float(np.fmax(run["beneficiary_payment"], 0.0).sum()) / 1e9,
    "catch_up_poor": lambda run: _of_demand(run, run["catch_up"][-1], run.poor),
    "demand_lost": lambda run: _of_demand(run, 1.0 - run["demand_kept"][-1]),
    "demand_shifted": lambda run: _of_demand(run, run["demand_shift"][-1]),
}
"""Value of a run, by the word of the outcome in `analysis.outcomes.outcomes`."""
