"""One year scored: production, consumption and flows from emitter to consumer, without solving."""

import time
from collections.abc import Callable

import numpy as np

from analysis.benchmarks.invention import CATEGORIES, GROUPS, SECTORS, invented
from analysis.benchmarks.timing import Timing, best, once, per
from model.arrays import AnyFloats, ByRegion, ByRegionGroup, ByRegionSector, Columns
from model.input_output.response_basis import response_basis

Clock = Callable[[], float]
RUNS = 100
"""Runs whose years are scored together."""


def all_columns(regions: int) -> Timing:
    """Time the response basis: every category of every region, and exports."""
    economy = invented(regions)
    quiet = lambda _done, _of: None  # noqa: E731 - says nothing
    return once(lambda: response_basis(economy.form, economy.d, economy.export, quiet))


def streamed(basis: Columns, S: ByRegionSector, demand: AnyFloats) -> AnyFloats:
    """Return flows of any intensities S and any multipliers (k, s) of demand; (r, s)."""
    regions = basis.shape[0]
    flows = np.matmul(S[:, None, :], basis).reshape(regions, -1, regions)
    return np.einsum("rks,ks->rs", flows, demand)


def from_groups(
    flows: AnyFloats, level: ByRegionGroup, demand: ByRegion, out: AnyFloats
) -> AnyFloats:
    """Return flows of intensities that move by group, in `out`; those of the base year, (r, g, s).

    Into memory at hand: new memory of some MB each year would cost more than the arithmetic.
    """
    np.matmul(level[:, None, :], flows, out=out[:, None, :])
    return np.multiply(out, demand, out=out)


def totals(flows: AnyFloats, level: ByRegionGroup, demand: ByRegion) -> tuple[ByRegion, ByRegion]:
    """Return D_pba and D_cba without the flows between them."""
    regions, groups, _ = flows.shape
    rows = flows.reshape(regions * groups, regions)
    D_pba = (level * (rows @ demand).reshape(regions, groups)).sum(axis=1)
    return D_pba, demand * (level.ravel() @ rows)


def any_intensity(regions: int) -> Timing:
    """Time a year of any intensities and any multipliers: the whole basis is read."""
    rng = np.random.default_rng(0)
    basis = rng.random((regions, SECTORS, (CATEGORIES + 1) * regions))
    S, demand = rng.random((regions, SECTORS)), rng.random((CATEGORIES + 1, regions))
    return best(lambda: streamed(basis, S, demand), times=49, read=basis.nbytes)


def flows_by_group(regions: int, clock: Clock = time.perf_counter) -> Timing:
    """Time a year of intensities that move by group, with its flows."""
    flows, level, demand = _grouped(regions)
    out = np.empty((regions, regions))
    return best(lambda: from_groups(flows, level, demand, out), 99, flows.nbytes, clock)


def totals_by_group(regions: int) -> Timing:
    """Time such a year without its flows: the base year's are read twice."""
    flows, level, demand = _grouped(regions)
    return best(lambda: totals(flows, level, demand), times=99, read=2 * flows.nbytes)


def totals_of_many_runs(regions: int) -> Timing:
    """Time such a year of many runs at once, each with its own intensities and demand; per run."""
    flows, level, demand = _grouped(regions)
    rows = flows.reshape(-1, regions)
    levels = np.tile(level.ravel(), (RUNS, 1))
    demands = np.tile(demand, (RUNS, 1))

    def work() -> None:
        _ = levels * (demands @ rows.T)
        _ = demands * (levels @ rows)

    return per(RUNS, best(work, times=25))


def _grouped(regions: int) -> tuple[AnyFloats, ByRegionGroup, ByRegion]:
    rng = np.random.default_rng(0)
    flows = rng.random((regions, GROUPS, regions))
    return flows, rng.random((regions, GROUPS)), rng.random(regions)
