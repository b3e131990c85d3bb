"""Years without policy in which cities depart from their sectors' trends."""

from dataclasses import replace

import numpy as np

from model.arrays import AnyFloats, ByYearRegionBranch, ByYearRegionGroup
from model.footprints.scored_year import mitigation, scored_year
from model.input_output.departures import departures
from model.runs import rows_of
from scenarios.scenario import Horizon
from scenarios.world import Growth
from simulation.baseline import Baseline, Prepared


def departed(
    prepared: Prepared, years: Baseline, growth: Growth, horizon: Horizon, normal: AnyFloats
) -> Baseline:
    """Return the years without policy as one draw of cities' departures has them.

    Intensities of cities depart from their trends after the last year of statistics; those of each
    group keep the emissions of all cities together. `normal` are standard normal draws by simulated
    year and city, the first common to its groups; (t, c, 1 + g), of several
    runs (t, b, c, 1 + g).
    """
    if growth.departure_common == growth.departure_specific == 0.0:
        return years
    known = sum(year <= prepared.economy.prospects.last for year in horizon.years)
    if known == len(horizon.years):
        return years
    logs = departures(
        normal[known:],
        growth.departure_common,
        growth.departure_specific,
        growth.departure_persistence,
    )
    factor = _factor(prepared, years, known, np.exp(logs))
    trend = years.level.reshape(len(years.level), *(1,) * (factor.ndim - 3), *years.level.shape[1:])
    level = np.broadcast_to(trend, (len(trend), *factor.shape[1:-2], *trend.shape[-2:])).copy()
    level[known:, ..., prepared.economy.players, :] *= factor
    scored, since = list(years.years), list(years.since_base_year)
    for t in range(known, len(scored)):
        year = years.years[t]
        scored[t] = scored_year(
            prepared.basis, level[t], year.demand, years.unabated[t], float(years.exports[t])
        )
        since[t] = mitigation(prepared.base, scored[t])
    return replace(years, level=level, years=tuple(scored), since_base_year=tuple(since))


def _factor(
    prepared: Prepared, years: Baseline, known: int, departed: ByYearRegionGroup
) -> ByYearRegionBranch:
    """Return departures by branch, 1, that leave the emissions of each group of all cities."""
    cities, branches = prepared.economy.players, prepared.branches
    emitted = branches.sums(rows_of((years.level * years.unabated)[known:], cities))
    emitted = emitted.reshape(len(emitted), *(1,) * (departed.ndim - 3), *emitted.shape[1:])
    before, after = emitted.sum(axis=-2), (emitted * departed).sum(axis=-2)
    kept = np.divide(before, after, out=np.ones_like(after), where=after > 0)
    return branches.spread(departed * kept[..., None, :])
