"""An economy prepared for simulation: flows by group, and the years without policy."""

from dataclasses import dataclass

import numpy as np

from data.economy import Economy
from data.prospects import FIRST, LAST
from model.accounts import Accounts, at_intensity
from model.arrays import (
    BetweenRegions,
    ByRegion,
    ByRegionGroup,
    ByYearRegion,
    FlowsByGroup,
    Vector,
)
from model.decomposition import since_base_year
from model.growth import converging, demand_for_growth, intensity_level
from model.liability import liability
from scenarios.scenario import Horizon
from scenarios.world import Growth


@dataclass(frozen=True, slots=True)
class Prepared:
    """What every run of an economy needs, computed once. Emissions t, money 10⁴ CNY."""

    economy: Economy
    flows: FlowsByGroup
    """Base-year emissions in r for final demand of s, by group; (g, r, s)."""
    exported: ByRegionGroup
    """Base-year emissions for exports abroad; (r, g)."""
    own: ByRegionGroup
    """Base-year emissions at home for own final demand; (r, g)."""
    value_added: BetweenRegions
    """Base-year value added in r for final demand of s; (r, s)."""
    value_added_exported: ByRegion
    """Base-year value added for exports abroad; (r,)."""

    def accounts(self, level: ByRegionGroup, demand: ByRegion, exports: float) -> Accounts:
        """Score a year exactly: intensity and demand relative to the base year; t CO₂."""
        return Accounts(
            C=at_intensity(self.flows, level) * demand,
            exported=(level * self.exported).sum(axis=1) * exports,
        )

    def emissions(self, level: ByRegionGroup, demand: ByRegion, exports: float) -> ByRegionGroup:
        """Return emissions by region and group, t; (r, g)."""
        return level * ((self.flows @ demand).T + self.exported * exports)

    def output(self, demand: ByRegion, exports: float) -> ByRegion:
        """Return value added by region, 10⁴ CNY at base-year prices; (r,)."""
        return self.value_added @ demand + self.value_added_exported * exports


def prepare(economy: Economy) -> Prepared:
    """Collapse the response basis to the abatement groups: exact, since groups move together."""
    by_category = economy.flows_by_group()
    flows = by_category[:-1].sum(axis=0)
    embodied = economy.embodied_value_added()
    return Prepared(
        economy=economy,
        flows=flows,
        exported=np.ascontiguousarray(by_category[-1].sum(axis=2).T),
        own=np.ascontiguousarray(np.einsum("grr->rg", flows)),
        value_added=embodied[:-1].sum(axis=0),
        value_added_exported=embodied[-1].sum(axis=1),
    )


@dataclass(frozen=True, slots=True)
class WithoutPolicy:
    """The years as they would be without policy; first axis the simulated years."""

    demand: ByYearRegion
    """α: final demand relative to the base year, 1; (t, r)."""
    exports: Vector
    """Exports relative to the base year, 1; (t,)."""
    level: tuple[ByRegionGroup, ...]
    """θ: intensity relative to the base year, 1; (r, g) each year."""
    misfit: float
    """Largest deviation of a region's value added from its growth, share."""
    C: tuple[BetweenRegions, ...]
    """Embodied flows, t; (r, s) each year."""
    exported: ByYearRegion
    """Emissions for exports, t; (t, r)."""
    local_mitigation: ByYearRegion
    """As scored since the base year, t; (t, r)."""
    outsourced_mitigation: ByYearRegion
    """As scored since the base year, t; (t, r)."""

    def liability(self, omega: float) -> ByYearRegion:
        """Return L₀, t; (t, r)."""
        years = zip(self.C, self.exported, strict=True)
        return np.stack([liability(C, exported, omega) for C, exported in years])


def without_policy(prepared: Prepared, growth: Growth, horizon: Horizon) -> WithoutPolicy:
    """Return the policy-free years of a growth scenario: deterministic, the same in every arm."""
    last = max(horizon.end, LAST)
    span = range(horizon.base_year + 1, last + 1)
    index = _growth_index(prepared.economy, growth, span)
    exports = (1.0 + growth.exports) ** np.arange(1, len(span) + 1, dtype=np.float64)
    base = prepared.economy.value_added.sum(axis=1)
    demand = np.stack(
        [
            demand_for_growth(
                prepared.value_added, prepared.value_added_exported * e, base, index[t]
            )
            for t, e in enumerate(exports)
        ]
    )
    levels = _levels(prepared, growth, span, demand, exports)
    years = len(horizon.years)
    scored = [prepared.accounts(levels[t], demand[t], exports[t]) for t in range(years)]
    effects = [since_base_year(prepared.flows, levels[t], demand[t]) for t in range(years)]
    reached = np.stack([prepared.output(demand[t], exports[t]) for t in range(years)])
    return WithoutPolicy(
        demand=demand[:years],
        exports=exports[:years],
        level=tuple(levels[:years]),
        misfit=float(np.abs(reached / (base * index[:years]) - 1.0).max()),
        C=tuple(year.C for year in scored),
        exported=np.stack([year.exported for year in scored]),
        local_mitigation=np.stack([effect.local_mitigation for effect in effects]),
        outsourced_mitigation=np.stack([effect.outsourced_mitigation for effect in effects]),
    )


def _growth_index(economy: Economy, growth: Growth, span: range) -> ByYearRegion:
    prospects = economy.prospects
    nation = np.array([prospects.national_growth.get(year, growth.long_run) for year in span])
    known = sum(year <= LAST for year in span)
    weight = economy.value_added.sum(axis=1)
    gap = prospects.real_growth - np.average(prospects.real_growth, weights=weight)
    after = converging(gap, nation[known:], growth.convergence)
    rates = np.concatenate([np.tile(prospects.real_growth, (known, 1)), after])
    return np.cumprod(1.0 + rates, axis=0)


def _levels(
    prepared: Prepared, growth: Growth, span: range, demand: ByYearRegion, exports: Vector
) -> list[ByRegionGroup]:
    """Intensity by year: geometric to the level of 2017, then by the assumed yearly change."""
    regions, groups = prepared.exported.shape
    fall = 1.0 + growth.intensity_change
    if LAST not in span:
        ones = np.ones((regions, groups))
        return [ones * fall ** (n + 1) for n in range(len(span))]
    national = prepared.economy.prospects.intensity_change
    known = span.index(LAST)
    in_last_year = np.tile(national, (regions, 1))
    if growth.intensity == "plan":
        planned = prepared.economy.prospects.planned_change
        in_last_year = np.repeat(planned[:, None], groups, axis=1)
    if growth.intensity == "city":
        emitted = prepared.emissions(np.ones((regions, groups)), demand[known], exports[known])
        base = (prepared.flows.sum(axis=2).T + prepared.exported).sum(axis=1)
        target = prepared.economy.prospects.co2_change * base
        in_last_year = intensity_level(emitted, national, target, least=0.3, most=3.0)
    return [
        in_last_year ** ((year - FIRST) / (LAST - FIRST))
        if year <= LAST
        else in_last_year * fall ** (year - LAST)
        for year in span
    ]
