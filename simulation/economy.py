"""The economy through the years: what is expected, and what comes of what cities do."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from data.errors import InputError
from model.arrays import (
    AnyFloats,
    BetweenCities,
    ByCity,
    ByCityGroup,
    ByCityKind,
    ByKindRegion,
    ByRegionBranch,
    ByYearCity,
    ByYearKindRegion,
    GroupMask,
)
from model.footprints.accounts import at_intensity
from model.footprints.demand_shift import GROWTH_MIXES, demand_multipliers
from model.footprints.scored_year import ScoredYear, covered_part, scored_year
from model.input_output.collapsed_basis import over_groups
from model.labels import CNY_PER_UNIT
from model.quota.liability import liability
from model.runs import of, rows_of
from scenarios.scenario import Scenario
from simulation.baseline import Baseline, Prepared
from simulation.coverage import coverage, nobody_emits
from simulation.forecast import Forecast, YearOutcome
from simulation.levers import Levers
from simulation.own_code import function_of
from simulation.restatement import Restatement
from simulation.state import State

MOST_PAID = 0.5
"""Largest share of its demand that a city gives up for a year's dues, 1."""


class ScenarioEconomy:
    """The economy of one scenario; knows the years without policy, and scores those with it."""

    def __init__(
        self,
        prepared: Prepared,
        years: Baseline,
        scenario: Scenario,
        scenarios: Sequence[Scenario] = (),
    ) -> None:
        self.scenarios = scenarios
        """Scenarios of the runs that advance together; none of a run alone."""
        self.prepared = prepared
        self.basis, self.branches = prepared.basis, prepared.branches
        self.years = years
        self.omega = scenario.behaviour.consumer_responsibility
        self.cities = prepared.economy.players
        self.covered = coverage(
            scenario.cap, scenario.horizon.years, prepared.economy.sectors.groups
        )
        """Groups under the cap by year; (g,) each."""
        self._in_cap = tuple(groups[self.branches.group] for groups in self.covered)
        self.levers = Levers(prepared, scenario)
        transfer = scenario.transfer
        self.growth_mix = transfer.growth_mix
        self._grown = function_of(
            GROWTH_MIXES, self.growth_mix, transfer.parameters(self.growth_mix)
        )
        self._least_capital = scenario.abatement.demand_floor
        self._base_demand: ByCityKind = np.ascontiguousarray(
            prepared.demand[: self.basis.regular, self.cities].T
        )
        self._base_unabated = self.branches.sums(prepared.base.emitted[self.cities])
        self.restatement = Restatement(self.covered, self._without_policy)
        self.base_liability = self.restatement.base_year(0)
        """Of the cities in the base year, under the first year's coverage, t; (c,)."""
        for t, year in enumerate(scenario.horizon.years):
            if not self.restatement.base_year(t).any():
                raise InputError(nobody_emits(scenario.cap, year))

    def under_cap(self, year: ScoredYear, level: ByRegionBranch, t: int) -> ScoredYear:
        """Return the accounts of a year as far as year t's coverage goes."""
        return self._covered_part(year, level, self.covered[t])

    def base_emissions(self, t: int) -> ByCity:
        """Return the base year's emissions as far as year t's coverage goes, t; (c,)."""
        return over_groups(self.prepared.base.emitted * self._in_cap[t])[self.cities]

    def liability(self, under_cap: ScoredYear) -> ByCity:
        """Return the cities' liability, t; (c,)."""
        if not np.any(self.omega):
            return of(under_cap.D_pba, self.cities)
        of_all = liability(under_cap.D_pba, under_cap.D_cba, under_cap.exported, self.omega)
        return of(of_all, self.cities)

    def _without_policy(self, groups: GroupMask) -> ByYearCity:
        """Return liability without policy, base year first, if these groups count, t; (t, c)."""
        base = (self.prepared.base, np.ones_like(self.basis.exported))
        years = (base, *zip(self.years.years, self.years.level, strict=True))
        found = (self.liability(self._covered_part(year, level, groups)) for year, level in years)
        return np.stack(np.broadcast_arrays(*found))

    def _covered_part(
        self, year: ScoredYear, level: ByRegionBranch, groups: GroupMask
    ) -> ScoredYear:
        if groups.all():
            return year
        return covered_part(self.basis, year, level, groups[self.branches.group])

    def forecast(self, state: State) -> Forecast:
        """Score year t with last year's abatement and this year's demand and trend."""
        demand, level = self.demand(state), self.level(state)
        exports = self.years.exports[state.t]
        unabated = self.basis.unabated(demand, exports)
        year = scored_year(self.basis, level, demand, unabated, exports)
        return self._forecast(state, level, self.under_cap(year, level, state.t), unabated)

    def with_aid(self, state: State, before: Forecast) -> Forecast:
        """Return the forecast once aid has let demand rise: intensities stay what they were."""
        demand = self.demand(state)
        if np.array_equal(demand, before.under_cap.demand):
            return before
        unabated = self.basis.unabated(demand, self.years.exports[state.t])
        emitted = before.level * unabated * self._in_cap[state.t]
        under_cap = replace(before.under_cap, emitted=emitted, demand=demand)
        return self._forecast(state, before.level, under_cap, unabated)

    def _forecast(
        self,
        state: State,
        level: ByRegionBranch,
        under_cap: ScoredYear,
        unabated: ByRegionBranch,
    ) -> Forecast:
        trend = rows_of(self.years.level[state.t] * unabated, self.cities)
        exports = self.years.exports[state.t]
        pulled = self.levers.pulled(
            state,
            trend,
            unabated,
            under_cap.demand,
            exports,
            under_cap,
            self.covered[state.t],
        )
        return Forecast(
            level=level,
            unabated=unabated,
            under_cap=under_cap,
            liability=self.liability(under_cap),
            trend=pulled.trend,
            own=pulled.own,
            mac=pulled.mac,
        )

    def outcome(self, state: State, forecast: Forecast | None = None) -> YearOutcome:
        """Score year t as it turned out, exactly; a forecast whose demand stands spares a pass."""
        level, exports = self.level(state), self.years.exports[state.t]
        if forecast is not None and not self.levers.move_demand:
            demand, unabated = forecast.under_cap.demand, forecast.unabated
        else:
            demand = self.demand(state)
            unabated = self.basis.unabated(demand, exports)
        scored = scored_year(self.basis, level, demand, unabated, exports)
        return YearOutcome(
            scored=scored,
            liability=self.liability(self.under_cap(scored, level, state.t)),
            value_added=of(self.basis.value_added(demand, exports), self.cities),
            volume=self.volume(unabated),
        )

    def embodied(self, state: State) -> BetweenCities:
        """Return covered flows among cities in year t with last year's abatement, t; (c, c)."""
        level = self.level(state) * self._in_cap[state.t]
        return self._among_cities(level, self.demand(state))

    def abated(self, state: State) -> BetweenCities:
        """Return what policy abates in city r for final demand of city s in year t, t; (r, s)."""
        without = self.years.level[state.t]
        return self._among_cities(without - self.level(state), self.demand(state))

    def shipped(self, state: State) -> ByCity:
        """Return the emissions anywhere embodied in what each city exports in year t, t; (c,)."""

        def abroad(level: ByRegionBranch) -> ByCity:
            return of(at_intensity(self.prepared.shipped, level).sum(axis=0), self.cities)

        level = self.level(state)
        shipped = abroad(level) if level.ndim == 2 else np.stack([abroad(one) for one in level])
        return shipped * self.years.exports[state.t]

    def volume(self, unabated: ByRegionBranch) -> ByCityGroup:
        """Return each group's output relative to the base year, 1; (c, g).

        Sectors of a group are weighted by their emissions of the base year; a group that emitted
        nothing counts as unchanged.
        """
        base, now = self._base_unabated, self.branches.sums(rows_of(unabated, self.cities))
        return np.divide(now, base, out=np.ones_like(now), where=base > 0)

    def demand_of_cities(self, state: State) -> ByCity:
        """Return final demand of each city, 10⁴ CNY at base-year prices; (c,)."""
        return of((self.prepared.demand * self.demand(state)).sum(axis=-2), self.cities)

    def demand_before_aid(self, state: State) -> ByCity:
        """Return final demand of each city before catch-up and payment, 10⁴ CNY; (c,)."""
        return self._regular(state).sum(axis=-2)

    def cost_of_aid(self, state: State) -> ByCity:
        """Return the demand that catch-up adds to each city's own, 10⁴ CNY; (c,)."""
        if not state.catch_up.any():
            return np.zeros(self.cities.size)
        added = (self._regular(state) * (self._mix(state) - 1.0)).sum(axis=-2)
        return np.where(state.catch_up > 0.0, np.maximum(added, 0.0), 0.0)

    def footprint_of_aid(self, state: State, year: ScoredYear) -> ByCity:
        """Return what catch-up adds to each city's footprint of a year, t; (c,).

        At the year's intensities, and at the shares of its demand that the city gives up in it.
        """
        if not state.catch_up.any():
            return np.zeros(self.cities.size)
        mix = self._mix(state)
        before = self._mix(replace(state, catch_up=np.zeros_like(state.catch_up)))
        added = 1.0 - np.divide(before, mix, out=np.ones_like(mix), where=mix > 0.0)
        footprint = of((year.per_demand * year.demand)[..., : self.basis.regular, :], self.cities)
        return np.asarray((added * footprint).sum(axis=-2))

    def per_level(self, state: State, forecast: Forecast) -> ByCity:
        """Return the covered footprint of a unit of catch-up in the scenario's mix, t; (c,)."""
        regular = forecast.under_cap.per_demand[..., : self.basis.regular, :]
        per_demand = of(regular, self.cities)
        if self.growth_mix != "as_is":
            once = self._grown(self._base_demand, np.ones(self.cities.size))
            per_demand = per_demand * (once[:, : self.basis.regular] - 1.0).T
        return per_demand.sum(axis=-2) * of(self.years.demand[state.t], self.cities) * state.kept

    def trend_growth(self, t: int) -> ByCity:
        """Return how much trend demand grows in the year after t, 1; zero after the last; (c,)."""
        if t + 1 == len(self.years.demand):
            return np.zeros(self.cities.size)
        now, then = of(self.years.demand[t : t + 2], self.cities)
        return then / now - 1.0

    def demand(self, state: State) -> ByKindRegion:
        """Return final demand of a year relative to the base year, 1; (k, r)."""
        demand, regular = self.years.by_kind[state.t], self.basis.regular
        change = np.ones((*state.kept.shape[:-1], *demand.shape[-2:]))
        own = self._own_demand(state.kept[..., None, :], state)
        change[..., :regular, self.cities] = (
            own * (1.0 - self.paid_from_demand(state))[..., None, :]
        )
        change[..., regular:, self.cities] = state.kept[..., None, :]
        return demand * change

    def paid_from_demand(self, state: State) -> ByCity:
        """Return the share of its demand that each city gives up for last year's dues, 1; (c,).

        Negative where more was received than paid; at most `MOST_PAID`.
        """
        if not state.dues.any():
            return np.zeros(self.cities.size)
        own = self._own_demand(self._regular(state), state)
        return np.minimum(state.dues / (CNY_PER_UNIT * own.sum(axis=-2)), MOST_PAID)

    def level(self, state: State) -> ByRegionBranch:
        """Return intensities of a year relative to the base year, 1; (r, b).

        Abatement of a group is the same share of each of its branches.
        """
        trend, left = self.years.level[state.t], 1.0 - state.abatement[..., : state.groups]
        level = np.broadcast_to(trend, (*left.shape[:-2], *trend.shape[-2:])).copy()
        level[..., self.cities, :] *= self.branches.spread(left)
        return level

    def _regular(self, state: State) -> ByKindRegion:
        """Return final demand by kind before catch-up, payment and shift, 10⁴ CNY; (k, c)."""
        return np.asarray(state.kept[..., None, :] * self._on_trend[state.t], dtype=np.float64)

    @cached_property
    def _on_trend(self) -> ByYearKindRegion:
        """Final demand of cities by kind without departures from growth, 10⁴ CNY; (t, k, c)."""
        money = self.prepared.demand * self.years.by_kind
        return np.asarray(of(money[..., : self.basis.regular, :], self.cities))

    def _own_demand(self, before: AnyFloats, state: State) -> AnyFloats:
        """Return demand by kind after catch-up and what is paid for that of others; (k, c)."""
        return before * self._mix(state) * (1.0 - state.paid_for_aid)[..., None, :]

    def _mix(self, state: State) -> ByKindRegion:
        """Return what catch-up and shift of demand multiply each kind by, 1; (k, c)."""
        if len(self._base_demand[0]) == 1:
            return 1.0 + state.catch_up[..., None, :]
        return demand_multipliers(
            self._base_demand, state.shift, state.catch_up, self._grown, self._least_capital
        ).swapaxes(-1, -2)

    def _among_cities(self, level: ByRegionBranch, demand: ByKindRegion) -> BetweenCities:
        return of(rows_of(self.basis.embodied(level, demand), self.cities), self.cities)
