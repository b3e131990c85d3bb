"""The economy through the years: what is expected, and what comes of what cities do."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from data.figures import GROUPS
from model.arrays import (
    BetweenCities,
    ByCity,
    ByCityGroup,
    ByCityLever,
    ByKindRegion,
    ByRegionGroup,
    ByYearCity,
    GroupMask,
)
from model.coverage import covered
from model.liability import liability, own_relief
from model.mac import MacCurve, learned, steepness
from model.scored_year import ScoredYear, covered_part, scored_year
from scenarios.scenario import Scenario
from scenarios.world import Abatement
from simulation.prepared import Prepared, WithoutPolicy
from simulation.state import State


@dataclass(frozen=True, slots=True)
class Forecast:
    """A year with last year's abatement and this year's growth; emissions t."""

    demand: ByKindRegion
    """Final demand relative to the base year, 1; (k, r)."""
    activity: ByRegionGroup
    """Emissions at base-year intensity; (r, g)."""
    scored: ScoredYear
    """Accounts of all regions, as far as the cap covers them."""
    liability: ByCity
    """What each city would have to answer for; (c,)."""
    trend: ByCityLever
    """Emissions without any abatement, t; (c, m)."""
    own: ByCityLever
    """Liability that one own tonne takes off, 1; (c, m)."""
    mac: MacCurve
    """The year's MAC curves, after learning."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A year as the input–output model scores it; all regions, emissions t."""

    scored: ScoredYear
    liability: ByCity
    """Of the cities; (c,)."""
    value_added: ByCity
    """Of the cities, 10⁴ CNY at base-year prices; (c,)."""
    volume: ByCityGroup
    """Output by abatement group relative to the base year, 1; see `World.volume`; (c, g)."""


class World:
    """The economy of one scenario; knows the years without policy, and scores those with it."""

    def __init__(self, prepared: Prepared, years: WithoutPolicy, scenario: Scenario) -> None:
        self.prepared = prepared
        self.basis = prepared.basis
        self.years = years
        self.omega = scenario.behaviour.consumer_responsibility
        self.abatement = scenario.abatement
        self.cities = prepared.economy.players
        self.covered = coverage(scenario.cap.coverage)
        self._base_activity = prepared.base.emitted[self.cities]
        self._base_steepness = self._steepness(scenario.abatement)
        self.base = self.under_cap(prepared.base, np.ones_like(self.basis.exported))
        """The base year, as far as the cap covers it."""
        self.base_liability = self.liability(self.base)
        """Of the cities in the base year, t; (c,)."""

    def under_cap(self, year: ScoredYear, level: ByRegionGroup) -> ScoredYear:
        """Return the accounts of a year as far as the cap covers them."""
        if self.covered.all():
            return year
        return covered_part(self.basis, year, level, self.covered)

    def liability(self, under_cap: ScoredYear) -> ByCity:
        """Return the cities' liability, t; (c,)."""
        of_all = liability(under_cap.D_pba, under_cap.D_cba, under_cap.exported, self.omega)
        return of_all[self.cities]

    def without_policy(self) -> ByYearCity:
        """Return what the cities would answer for without policy, t; (t, c)."""
        years = zip(self.years.years, self.years.level, strict=True)
        return np.stack([self.liability(self.under_cap(year, level)) for year, level in years])

    def forecast(self, t: int, state: State) -> Forecast:
        """Score year t with last year's abatement and this year's demand and trend."""
        demand, exports = self._demand(t, state.catch_up), self._exports(t)
        activity = self.basis.activity(demand, exports)
        level = self._level(t, state.abatement)
        year = scored_year(self.basis, level, demand, activity, exports)
        scored = self.under_cap(year, level)
        factor = learned(state.cumulated_abatement, self.abatement.learning)
        return Forecast(
            demand=demand,
            activity=activity,
            scored=scored,
            liability=self.liability(scored),
            trend=(self.years.level[t] * activity)[self.cities],
            own=self._own(activity, demand, exports),
            mac=MacCurve(
                g=self._base_steepness * factor,
                adjustment=self.abatement.adjustment_cost,
                pace=self.abatement.pace,
                ceiling=self.abatement.ceiling,
            ),
        )

    def outcome(self, t: int, state: State) -> Outcome:
        """Score year t as it turned out, exactly."""
        demand, exports = self._demand(t, state.catch_up), self._exports(t)
        activity = self.basis.activity(demand, exports)
        level = self._level(t, state.abatement)
        scored = scored_year(self.basis, level, demand, activity, exports)
        return Outcome(
            scored=scored,
            liability=self.liability(self.under_cap(scored, level)),
            value_added=self.basis.output(demand, exports)[self.cities],
            volume=self.volume(activity),
        )

    def embodied(self, t: int, state: State) -> BetweenCities:
        """Return covered flows among cities in year t with last year's abatement, t; (c, c)."""
        level = self._level(t, state.abatement) * self.covered
        flows = self.basis.embodied(level, self._demand(t, state.catch_up))
        return flows[np.ix_(self.cities, self.cities)]

    def volume(self, activity: ByRegionGroup) -> ByCityGroup:
        """Return each group's output relative to the base year, 1; (c, g).

        Sectors of a group are weighted by their emissions of the base year; a group that emitted
        nothing counts as unchanged.
        """
        base, now = self._base_activity, activity[self.cities]
        return np.divide(now, base, out=np.ones_like(base), where=base > 0)

    def demand_of_cities(self, t: int, catch_up: ByCity) -> ByCity:
        """Return final demand of each city, 10⁴ CNY at base-year prices; (c,)."""
        demand = self._demand(t, catch_up)
        return (self.prepared.demand * demand).sum(axis=0)[self.cities]

    def _demand(self, t: int, catch_up: ByCity) -> ByKindRegion:
        demand = self.basis.unchanged * self.years.demand[t]
        demand[:, self.cities] *= 1.0 + catch_up
        return demand

    def _exports(self, t: int) -> float:
        return float(self.years.exports[t])

    def _level(self, t: int, abatement: ByCityLever) -> ByRegionGroup:
        level = self.years.level[t].copy()
        level[self.cities] *= 1.0 - abatement
        return level

    def _own(self, activity: ByRegionGroup, demand: ByKindRegion, exports: float) -> ByCityGroup:
        if self.omega == 0.0:
            return np.tile(self.covered.astype(np.float64), (self.cities.size, 1))
        used = np.einsum("krg,kr->rg", self.basis.own, demand)
        kept = own_relief(used, self.basis.exported * exports, activity, self.omega)
        return kept[self.cities] * self.covered

    def _steepness(self, abatement: Abatement) -> ByCityGroup:
        economy = self.prepared.economy
        members = economy.sectors.group[:, None] == np.arange(len(GROUPS))
        output = (economy.x @ members.astype(np.float64))[self.cities]
        trend = self._base_activity
        return steepness(
            mean=abatement.steepness,
            by_group=np.array([getattr(abatement, group) for group in GROUPS]),
            intensity=np.divide(trend, output, out=np.zeros_like(trend), where=output > 0),
            E=trend,
            sensitivity=abatement.intensity_sensitivity,
        )


def coverage(words: Literal["all"] | list[str]) -> GroupMask:
    """Return the abatement groups that a cap covers; (g,)."""
    return covered(GROUPS if words == "all" else words, GROUPS)
