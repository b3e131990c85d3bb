"""The regulator's knowledge: figures of the base year and of last year, when quota is allocated."""

from functools import reduce

import numpy as np

from model.allocation.knowledge import Knowledge
from model.arrays import BetweenCities, ByCity, ByReferenceYear, ByYearCity, Tonnes
from model.runs import of, some
from scenarios.scenario import Scenario
from simulation.economy import ScenarioEconomy
from simulation.forecast import Forecast, YearOutcome
from simulation.state import LastYear, State

REFERENCE_YEARS = 3
"""Years of a rolling reference period."""


class RegulatorKnowledge:
    """Figures of the base year, and what past years add to them."""

    def __init__(self, economy: ScenarioEconomy, scenario: Scenario, without: ByYearCity) -> None:
        self._economy, self._restatement = economy, economy.restatement
        compiled, cities = economy.prepared.economy, economy.cities
        records = compiled.records
        self.asked = scenario.allocation
        self._cities = cities
        self.names = [compiled.regions.names[r] for r in cities]
        self.population: ByCity = compiled.population[cities]
        free = scenario.free_years
        self.base_value_added: ByCity = (
            of(economy.years.value_added[free - 1], cities)
            if free
            else compiled.value_added[cities].sum(axis=1)
        )
        """Value added in the year before the policy, 10⁴ CNY; (c,)."""
        self._without, self._free = without, free
        self._horizon = len(scenario.horizon.years) - free
        self._years = scenario.horizon.years
        since = min(scenario.allocation.past_since, records.past_years[-1])
        counted = np.array(records.past_years) >= since
        self._past = records.past_emissions[counted][:, cities]
        self._intensity_cut = records.intensity_cut[cities]
        self._output, self._intensity = compiled.x[cities], compiled.S[cities]
        self._group = compiled.sectors.group

    def base_year(self, t: int) -> ByCity:
        """Return liability in the year before the policy, under year t's coverage, t; (c,)."""
        return self._restatement.without_policy(self._free - 1, t)

    def after(self, last: LastYear, quota: Tonnes, outcome: YearOutcome) -> LastYear:
        """Return what the next year looks back to."""
        return LastYear(
            D_pba=of(outcome.scored.D_pba, self._cities),
            D_cba=of(outcome.scored.D_cba, self._cities),
            liability=outcome.liability,
            value_added=outcome.value_added,
            growth=outcome.value_added - last.value_added,
            volume=outcome.volume,
            quota=quota.astype(np.float64),
        )

    def reference_after(self, reference: ByReferenceYear, known: ByCity) -> ByReferenceYear:
        """Return the reference period once a year's liability is reported or found, t; (τ, c)."""
        if self.asked.reference != "rolling":
            return reference
        return np.concatenate([reference[1 - REFERENCE_YEARS :], known[None]])

    def _reference_period(self, reference: ByReferenceYear, t: int) -> ByCity:
        """Return the mean of the reference period, t; of the base year if nobody reported any.

        Years under an earlier coverage are restated.
        """
        first = t - len(reference) if self.asked.reference == "rolling" else -1
        restated = [
            self._restatement.restated(known, first + n, t) for n, known in enumerate(reference)
        ]
        mean = reduce(np.add, restated) / len(restated)
        return np.where(some(mean), mean, self.base_year(t))

    def knowledge(self, state: State, forecast: Forecast, links: BetweenCities) -> Knowledge:
        """Return what a rule may read at the start of a year."""
        t, last = state.t, state.last
        return Knowledge(
            year=t + 1 - self._free,
            calendar_year=self._years[t],
            horizon=self._horizon,
            population=self.population,
            base_year=self.base_year(t),
            base_value_added=self.base_value_added,
            reference=self._reference_period(state.reference, t),
            expected=forecast.liability,
            base=forecast.liability if self.asked.burden_base == "expected" else self._without[t],
            D_pba=last.D_pba,
            D_cba=last.D_cba,
            value_added=last.value_added,
            growth=last.growth,
            last_quota=self._restatement.restated(last.quota, t - 1, t),
            output=self._output * of(last.volume, self._group),
            intensity=self._intensity * self._economy.covered[t][self._group],
            past_emissions=scaled(self._past, self._economy.base_emissions(t)),
            intensity_cut=self._intensity_cut,
            links=links,
            aiding=state.aiding,
            aided=state.aided,
            trend=forecast.trend,
            abatement=state.abatement,
            own=forecast.own,
            mac=forecast.mac,
        )


def scaled(past: ByYearCity, last: ByCity) -> ByYearCity:
    """Return the course of past emissions brought to a level in its last year, t; (τ, c).

    A city whose course ends in zero has none, and stays missing (NaN).
    """
    course = np.divide(past, past[-1], out=np.full_like(past, np.nan), where=past[-1] > 0)
    return course * last
