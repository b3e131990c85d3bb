"""An economy prepared for simulation: the collapsed basis, and the years without policy."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from data.errors import InputError
from model.arrays import (
    ByKindRegion,
    ByRegionGroup,
    ByYear,
    ByYearKindRegion,
    ByYearRegion,
    ByYearRegionBranch,
    ByYearRegionGroup,
    FlowsByBranch,
    Vector,
)
from model.compile.city_economy import Economy
from model.footprints.accounts import embodied_flows
from model.footprints.scored_year import Mitigation, ScoredYear, mitigation, scored_year
from model.input_output.branches import Branches
from model.input_output.collapsed_basis import CollapsedBasis, collapsed_basis
from model.input_output.growth import (
    demand_for_growth,
    growth_index,
    intensity_level,
    persisting_trends,
)
from model.input_output.response_basis import collapsed, in_groups
from model.labels import Kinds
from scenarios.scenario import Horizon
from scenarios.world import Growth
from simulation.added_trends import extra_level, further_demand, movable
from simulation.city_facts import CityFacts, city_facts

Accounts = TypeVar("Accounts", ScoredYear, Mitigation)


@dataclass(frozen=True)
class Prepared:
    """An economy prepared for runs: collapsed basis and base year, computed once."""

    economy: Economy
    basis: CollapsedBasis
    demand: ByKindRegion
    """Final demand of the base year, 10⁴ CNY, and what there is in it of the products of each
    further kind; (k, s)."""
    branches: Branches
    """Parts of the abatement groups that move together: the groups of the basis."""

    @cached_property
    def base(self) -> ScoredYear:
        """The base year."""
        basis, level = self.basis, np.ones_like(self.basis.exported)
        unabated = basis.unabated(basis.unchanged, 1.0)
        return scored_year(basis, level, basis.unchanged, unabated, 1.0)

    @cached_property
    def facts(self) -> CityFacts:
        """Figures of the cities that stay the same in every run."""
        return city_facts(self.economy)

    @cached_property
    def shipped(self) -> FlowsByBranch:
        """Emitted by branch in r for what region s exports abroad, base year, t; (b, r, s)."""
        economy, parts = self.economy, self.branches
        exports = economy.basis[:, :, -len(economy.regions) :]
        return collapsed(exports, economy.S, parts.of_sector, parts.group.size)[0]


def prepare(
    economy: Economy, kinds: Kinds | None = None, branches: Branches | None = None
) -> Prepared:
    """Collapse the response basis to what moves together: exact, since nothing else moves.

    To the abatement groups, unless a scenario moves branches of them apart; to all final demand
    as one, unless it moves kinds of it.
    """
    kinds = kinds or economy.categories.as_one
    branches = branches or movable(economy, ())
    output, per_output = economy.response(kinds), economy.value_added_per_output
    of_group = (branches.of_sector, branches.group.size)
    basis = collapsed_basis(
        flows=collapsed(output, economy.S, *of_group),
        exported=in_groups(economy.S * economy.exported, *of_group),
        value_added=embodied_flows(output, per_output),
        value_added_exported=(per_output * economy.exported).sum(axis=1),
    )
    by_category = economy.d.sum(axis=1).T
    demand = np.stack([by_category[np.array(kind, dtype=np.int64)].sum(axis=0) for kind in kinds])
    return Prepared(economy, basis, demand, branches)


@dataclass(frozen=True)
class Baseline:
    """The years as they would be without policy; first axis the simulated years."""

    demand: ByYearRegion
    """α: final demand relative to the base year, but for further kinds, 1; (t, r)."""
    by_kind: ByYearKindRegion
    """Final demand relative to the base year, 1; (t, k, r)."""
    exports: ByYear
    """Exports relative to the base year, 1; (t,)."""
    level: ByYearRegionBranch
    """θ: intensity relative to the base year, 1; (t, r, b)."""
    unabated: ByYearRegionBranch
    """Emissions at base-year intensity, t; (t, r, b)."""
    value_added: ByYearRegion
    """10⁴ CNY at base-year prices; (t, r)."""
    value_added_misfit: ByYearRegion
    """Value added relative to what its growth asks for, less 1; (t, r)."""
    demand_deviation: ByYearRegion
    """Final demand relative to the growth asked of its own value added, less 1; (t, r)."""
    years: tuple[ScoredYear, ...]
    since_base_year: tuple[Mitigation, ...]

    @property
    def misfit(self) -> float:
        """Largest deviation of a region's value added from its growth, share."""
        return float(np.abs(self.value_added_misfit).max())


def baseline(prepared: Prepared, growth: Growth, horizon: Horizon) -> Baseline:
    """Return the policy-free years of a growth scenario: deterministic, the same in every arm."""
    basis, economy = prepared.basis, prepared.economy
    last = max(horizon.end, economy.prospects.last)
    span = range(horizon.base_year + 1, last + 1)
    index = asked_growth(economy, growth, span)
    exports = (1.0 + growth.exports) ** np.arange(1, len(span) + 1, dtype=np.float64)
    base = economy.value_added.sum(axis=1)
    embodied = basis.embodied_value_added[:, : basis.regular].sum(axis=1)
    _require_room_for_demand(basis, growth, span, exports, index @ base)
    exported = exports[:, None] * basis.value_added_exported
    demand = demand_for_growth(embodied, exported, base, index)
    by_kind = demand[:, None, :] * basis.unchanged
    unabated = basis.unabated(by_kind, exports[:, None])
    levels = _levels(prepared, growth, span, prepared.branches.sums(unabated))
    years = len(horizon.years)
    asked, abroad = index[:years], exports[:years, None]
    misfit = basis.value_added(by_kind[:years], abroad) / (base * asked) - 1.0
    if growth.more_demand:
        by_kind[:, basis.regular :] = further_demand(economy, growth.more_demand, demand)
        unabated = basis.unabated(by_kind, exports[:, None])
    by_kind, unabated = by_kind[:years], unabated[:years]
    trend = prepared.branches.spread(levels[:years])
    level = trend * extra_level(economy, prepared.branches, growth.cleaner, years)
    scored = scored_year(basis, level, by_kind, unabated, abroad)
    return Baseline(
        demand=demand[:years],
        by_kind=by_kind,
        exports=exports[:years],
        level=level,
        unabated=unabated,
        value_added=basis.value_added(by_kind, abroad),
        value_added_misfit=misfit,
        demand_deviation=demand[:years] / asked - 1.0,
        years=_in_turn(scored),
        since_base_year=_in_turn(mitigation(prepared.base, scored)),
    )


def _in_turn(years: Accounts) -> tuple[Accounts, ...]:
    """Return the accounts of several years, their first axis, one by one."""
    names = [field.name for field in fields(years)]
    tables = zip(*(getattr(years, name) for name in names), strict=True)
    return tuple(replace(years, **dict(zip(names, each, strict=True))) for each in tables)


def _require_room_for_demand(
    basis: CollapsedBasis, growth: Growth, span: range, exports: Vector, nation: Vector
) -> None:
    """Raise InputError if exports alone would call for all value added of the nation in a year."""
    beyond = basis.value_added_exported.sum() * exports >= nation
    if beyond.any():
        year = span[int(beyond.argmax())]
        raise InputError(
            f"growth.exports = {growth.exports}: by {year} exports alone would take more value"
            " added than the nation has; lower growth.exports, raise growth.long_run, or end"
            " earlier"
        )


def asked_growth(economy: Economy, growth: Growth, span: range) -> ByYearRegion:
    """Return value added relative to the base year, as a scenario asks for it, 1; (t, r)."""
    prospects = economy.prospects
    return growth_index(
        reported=prospects.real_growth,
        known=sum(year <= prospects.last for year in span),
        national=np.array([prospects.national_growth.get(year, growth.long_run) for year in span]),
        value_added=economy.value_added.sum(axis=1),
        convergence=growth.convergence,
    )


def _levels(
    prepared: Prepared, growth: Growth, span: range, unabated: ByYearRegionGroup
) -> ByYearRegionGroup:
    """Intensity relative to the base year: geometric to the last known, then by trend; (t, r, g).

    A base year that is the last known one starts at the trend.
    """
    prospects = prepared.economy.prospects
    known = sum(year <= prospects.last for year in span)
    last = np.ones(unabated.shape[1:])
    if known:
        last = _in_last_year(prepared, growth, unabated[known - 1])
    passed = np.arange(1, known + 1)[:, None, None] / prospects.span
    change = (1.0 + growth.intensity_change) ** np.arange(
        1, len(span) - known + 1, dtype=np.float64
    )
    after = np.repeat(change[:, None], unabated.shape[2], axis=1)
    if growth.sector_trends == "persist":
        trend = prospects.intensity_change ** (1 / prospects.span)
        after = persisting_trends(unabated[known:] * last, trend, change)
    return np.concatenate([last**passed, last * after[:, None, :]])


def _in_last_year(prepared: Prepared, growth: Growth, unabated: ByRegionGroup) -> ByRegionGroup:
    """Return the last known intensities relative to the first, 1; `unabated` are emissions, t."""
    national = prepared.economy.prospects.intensity_change
    if growth.intensity == "plan":
        planned = prepared.economy.prospects.planned_change
        return np.repeat(planned[:, None], national.size, axis=1)
    if growth.intensity == "city":
        target = prepared.economy.prospects.co2_change * prepared.base.D_pba
        return intensity_level(unabated, national, target, least=0.3, most=3.0)
    return np.tile(national, (unabated.shape[0], 1))
