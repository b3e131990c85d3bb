"""The regulator's memory: what past years say when quota is allocated."""

from functools import reduce

import numpy as np

from model.allocation.knowledge import Knowledge
from model.arrays import BetweenCities, ByCity, ByCityGroup, ByYearCity, Cities, Tonnes
from model.labels import GROUPS
from scenarios.scenario import Scenario
from simulation.economy import Forecast, World, YearOutcome


class RegulatorMemory:
    """Figures of the base year, of the reference period and of last year."""

    def __init__(self, world: World, scenario: Scenario, without: ByYearCity) -> None:
        economy, base, cities = world.prepared.economy, world.prepared.base, world.cities
        records = economy.records
        self.asked = scenario.allocation
        self._cities = cities
        self.names = [economy.regions.names[r] for r in cities]
        self.population: ByCity = economy.population[cities]
        self.base_year: ByCity = world.base_liability
        self.D_pba, self.D_cba = base.D_pba[cities], base.D_cba[cities]
        self._without = without
        self._horizon = len(scenario.horizon.years)
        self._years = scenario.horizon.years
        counted = np.array(records.past_years) >= scenario.allocation.past_since
        of_group = world.covered[economy.sectors.group]
        past = records.past_emissions[counted][:, cities]
        self._past_emissions = scaled(past, world.base.D_pba[cities])
        self._intensity_cut = records.intensity_cut[cities]
        self._output, self._intensity = economy.x[cities], economy.S[cities] * of_group
        self._group = economy.sectors.group
        self._volume = np.ones((cities.size, len(GROUPS)))
        self._base_value_added = economy.value_added[cities].sum(axis=1)
        self._value_added = self._base_value_added
        self._growth = np.zeros(cities.size)
        self._quota = self.base_year
        self._reference = [self.base_year]

    def remember(self, quota: Tonnes, known: ByCity, outcome: YearOutcome) -> None:
        """Keep the year's figures for the next allocation."""
        if self.asked.reference == "rolling":
            self._reference = [*self._reference[-2:], known]
        self.D_pba = outcome.scored.D_pba[self._cities]
        self.D_cba = outcome.scored.D_cba[self._cities]
        self._growth = outcome.value_added - self._value_added
        self._value_added = outcome.value_added
        self._volume = outcome.volume
        self._quota = quota.astype(np.float64)

    def _reference_period(self) -> ByCity:
        """Return the mean of the reference period, t; of the base year if nobody reported any."""
        mean = reduce(np.add, self._reference) / len(self._reference)
        return mean if mean.any() else self.base_year

    def knowledge(
        self,
        t: int,
        forecast: Forecast,
        abatement: ByCityGroup,
        links: BetweenCities,
        aiding: Cities,
        aided: Cities,
    ) -> Knowledge:
        """Return what a rule may read at the start of simulated year t, counted from 0."""
        return Knowledge(
            year=t + 1,
            calendar_year=self._years[t],
            horizon=self._horizon,
            population=self.population,
            base_year=self.base_year,
            base_value_added=self._base_value_added,
            reference=self._reference_period(),
            expected=forecast.liability,
            base=forecast.liability if self.asked.burden_base == "expected" else self._without[t],
            D_pba=self.D_pba,
            D_cba=self.D_cba,
            value_added=self._value_added,
            growth=self._growth,
            last_quota=self._quota,
            output=self._output * self._volume[:, self._group],
            intensity=self._intensity,
            past_emissions=self._past_emissions,
            intensity_cut=self._intensity_cut,
            links=links,
            aiding=aiding,
            aided=aided,
            trend=forecast.trend,
            abatement=abatement,
            own=forecast.own,
            mac=forecast.mac,
        )


def scaled(past: ByYearCity, last: ByCity) -> ByYearCity:
    """Return the course of past emissions brought to a level in its last year, t; (τ, c).

    A city whose course ends in zero has none, and stays missing (NaN).
    """
    course = np.divide(past, past[-1], out=np.full_like(past, np.nan), where=past[-1] > 0)
    return course * last
