"""A table on one sheet of a workbook: regions and sectors along both edges, all else around them.

    title
                            Beijing  ⟨merged⟩    Tianjin     …  Beijing      …
                            Farming  Industry    Farming     …  Households   …  Export  Output
    Beijing  Farming   01   ⟨flows⟩                             ⟨demand⟩
             Industry  02
    Tianjin  …
             Imports   IM

Edges are found by the names of regions, which stand in a row and in a column; blocks by their
sizes.
"""

from dataclasses import dataclass

import numpy as np

from data.errors import InputError
from data.importing.sheet_edges import (
    Cells,
    corner,
    further,
    label_row,
    names_beside,
    runs,
    starts_of,
    words_in,
)
from model.arrays import AnyFloats


@dataclass(frozen=True, slots=True)
class WideSheet:
    """Blocks of a sheet by their places."""

    source: str
    cells: Cells
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    categories: tuple[str, ...]
    rows: np.ndarray
    """Of products, region by region; (R·N,)."""
    columns: np.ndarray
    """Of using sectors; (R·N,)."""
    demands: np.ndarray
    """Of final demand, region by region; (R·K,)."""
    further_rows: dict[str, int]
    """Rows below, by their labels."""
    further_columns: dict[str, int]
    """Columns beside, by their labels."""

    def block(self, what: str, rows: np.ndarray, columns: np.ndarray) -> AnyFloats:
        """Return numbers, an empty cell as 0; raises InputError where something is no number."""
        found = self.cells[np.ix_(rows, columns)]
        try:
            return np.where(found == None, 0.0, found).astype(np.float64)  # noqa: E711 - by cell
        except (ValueError, TypeError) as error:
            raise InputError(
                f"{self.source}: {what} holds something that is no number ({error})"
            ) from error


def wide_sheet(source: str, cells: Cells) -> WideSheet | None:
    """Return the blocks of a sheet; none if no names of regions stand along two of its edges.

    A sheet whose rows buy and whose columns sell is turned.

    Raises
    ------
    InputError
        If they do, and the blocks do not fit them.
    """
    found = corner(cells)
    if found is None:
        return None
    header, edge = found
    shared = {*words_in(cells[header])} & {*words_in(cells[:, edge])}
    if len(starts_of(cells[:, edge], shared)) > len(starts_of(cells[header], shared)):
        return wide_sheet(source, cells.T)  # final demand stands below: rows buy
    regions = tuple(dict.fromkeys(word for word in words_in(cells[:, edge]) if word in shared))
    starts = [int(np.flatnonzero(cells[:, edge] == name)[0]) for name in regions]
    first_row, first_column = starts[0], starts_of(cells[header], shared)[0]
    size = starts[1] - starts[0]
    names = names_beside(cells[first_row : first_row + size, :first_column], edge)
    rows = runs(starts, size)
    along = starts_of(cells[header], shared)
    users, buyers = along[: len(regions)], along[len(regions) :]
    columns = runs(users, size)
    label = label_row(cells, first_row, header, names, columns[:size])
    _require_same(source, cells, regions, names, rows, columns, label, first_column, edge)
    if len(buyers) != len(regions) or len({*np.diff(buyers)}) > 1:
        raise InputError(
            f"{source}: final demand has {len(buyers)} blocks and there are {len(regions)} regions;"
            " name the regions above it as above the flows"
        )
    count = buyers[1] - buyers[0]
    demands = runs(buyers, count)
    categories = tuple(str(cells[label, n]) for n in demands[:count])
    return WideSheet(
        source=source,
        cells=cells,
        regions=regions,
        sectors=names,
        categories=categories,
        rows=rows,
        columns=columns,
        demands=demands,
        further_rows=further(cells[:, :first_column], rows, first_row),
        further_columns=further(
            cells[:first_row].T, np.concatenate([columns, demands]), first_column
        ),
    )


def _require_same(
    source: str,
    cells: Cells,
    regions: tuple[str, ...],
    names: tuple[str, ...],
    rows: np.ndarray,
    columns: np.ndarray,
    label: int,
    first_column: int,
    edge: int,
) -> None:
    """Raise InputError unless every region has the same sectors along both edges."""
    if max(rows[-1] - cells.shape[0], columns[-1] - cells.shape[1]) >= 0:
        raise InputError(f"{source}: is cut short: {len(names)} sectors of each region are wanted")
    size = len(names)
    for n, region in enumerate(regions):
        these = rows[n * size : (n + 1) * size]
        beside = names_beside(cells[these, :first_column], edge)
        above = tuple(str(cell) for cell in cells[label, columns[n * size : (n + 1) * size]])
        for where, found in (("beside", beside), ("above", above)):
            if found != names:
                wrong = next(m for m in range(size) if found[m] != names[m])
                raise InputError(
                    f"{source}: sector {wrong + 1} of {region} is called {found[wrong]!r} {where}"
                    f" the flows, and {names[wrong]!r} in {regions[0]}; give all regions the same"
                )
