"""The response basis: what each region's final demand makes every sector everywhere produce."""

from collections.abc import Callable, Iterable

import numpy as np

from model.arrays import (
    ByRegionSector,
    Columns,
    FinalUse,
    GroupFlows,
    OfSector,
)
from model.input_output.form import Form
from model.input_output.krylov import require_productive

Map = Callable[[Callable[[slice], int], Iterable[slice]], Iterable[int]]
"""Applies a function to each of several parts, as `map` does."""
COLUMNS_AT_ONCE = 157
"""Columns solved together: enough to keep matrix products busy; a solve holds 13 such blocks."""


def response_basis(
    form: Form,
    d: FinalUse,
    export: ByRegionSector,
    done: Callable[[int, int], None],
    each: Map = map,
) -> Columns:
    """Return X = (I − A)⁻¹ [Y, export], 10⁴ CNY; (r, i, (K + 1)·R).

    Column k·R + s is the output that category k of region s's final demand calls for; the last
    block k = K has one column for the foreign exports of each origin. All columns together
    give gross output. `done(solved, of)` is told the progress; `each` may be the `map` of an
    executor of threads, which then solve blocks of columns side by side.

    Raises
    ------
    NotConverged
        If the spectral radius of A is not below one (Hawkins & Simon 1949), or a solve fails.
    """
    require_productive(form)
    regions, total = np.arange(form.regions), form.regions * (d.shape[2] + 1)
    exported = total - form.regions
    demand = np.zeros((form.regions, form.sectors, total))
    demand[:, :, :exported] = form.final_demand(d)
    demand[regions, :, exported + regions] = export
    parts = [slice(start, start + COLUMNS_AT_ONCE) for start in range(0, total, COLUMNS_AT_ONCE)]

    def solve(part: slice) -> int:
        demand[:, :, part] = form.solve(np.ascontiguousarray(demand[:, :, part]))
        return len(range(total)[part])

    solved = 0
    for columns in each(solve, parts):
        solved += columns
        done(solved, total)
    return demand


def collapsed(basis: Columns, S: ByRegionSector, group: OfSector, groups: int) -> GroupFlows:
    """Return Σ_{i∈g} S[r,i] X[(r,i),(k,s)]: flows by group of sectors, unit of S·X; (k, g, r, s).

    Exact for any year in which the intensities of one group in one region move together.
    """
    regions = basis.shape[0]
    members = (group[None, :] == np.arange(groups)[:, None]).astype(np.float64)
    flows = np.matmul(members * S[:, None, :], basis)
    by_category = flows.reshape(regions, groups, -1, regions)
    return np.ascontiguousarray(by_category.transpose(2, 1, 0, 3))
