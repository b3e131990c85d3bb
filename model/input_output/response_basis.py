"""The response basis: what each region's final demand makes every sector everywhere produce."""

from collections.abc import Callable, Iterable

import numpy as np

from model.arrays import (
    AnyFloats,
    ByRegionGroup,
    ByRegionSector,
    Columns,
    FinalUse,
    GroupFlows,
    OfSector,
    OutputTogether,
)
from model.input_output.form import Form
from model.input_output.krylov import require_productive

Map = Callable[[Callable[[slice], int], Iterable[slice]], Iterable[int]]
"""Applies a function to each of several parts, as `map` does."""
COLUMNS_AT_ONCE = 105
"""Columns solved together: enough to keep matrix products busy; a solve holds 12 such blocks."""


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
    return _answered(form, demand, done, each)


def response_together(form: Form, d: FinalUse, export: ByRegionSector) -> OutputTogether:
    """Return the response to all final demand of each region, and to all exports; (r, i, R + 1).

    Column s is the output that final demand of region s calls for, all categories together, and
    the last one what all exports abroad do, 10⁴ CNY: all that a scenario needs which moves no
    category apart, for a (K + 1)th of the work. Raises as `response_basis`.
    """
    require_productive(form)
    demand = np.concatenate([form.all_final_demand(d), export[:, :, None]], axis=2)
    return _answered(form, demand, lambda _done, _of: None, map)


def together(basis: Columns) -> OutputTogether:
    """Return what `response_together` would solve, from a response basis; (r, i, R + 1)."""
    regions, sectors, _ = basis.shape
    by_category = basis.reshape(regions, sectors, -1, regions)
    exported = by_category[:, :, -1].sum(axis=-1, keepdims=True)
    return np.concatenate([by_category[:, :, :-1].sum(axis=2), exported], axis=2)


def _answered(form: Form, demand: Columns, done: Callable[[int, int], None], each: Map) -> Columns:
    """Return the outputs that demands call for, written in their place."""
    total = demand.shape[2]
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
    flows = np.matmul(_members(group, groups) * S[:, None, :], basis)
    by_category = flows.reshape(regions, groups, -1, regions)
    return np.ascontiguousarray(by_category.transpose(2, 1, 0, 3))


def in_groups(amounts: ByRegionSector, group: OfSector, groups: int) -> ByRegionGroup:
    """Return amounts of sectors summed to groups of them; (r, g)."""
    return amounts @ _members(group, groups).T


def _members(group: OfSector, groups: int) -> AnyFloats:
    """Return 1 where a sector is in a group; (g, i)."""
    return (group[None, :] == np.arange(groups)[:, None]).astype(np.float64)
