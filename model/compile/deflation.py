"""Tables of a later year at the prices of an earlier one."""

from dataclasses import replace

import numpy as np

from model.arrays import BySector
from model.compile.provinces import ProvincialTables
from model.compile.solvency import solvent

KEPT_SHARE = 0.5
"""Least real value added per unit of real output, as a share of the nominal ratio."""


def deflated(tables: ProvincialTables, price: BySector) -> ProvincialTables:
    """Return the tables at base-year prices; `price` is each product's index, base year 1.

    Double deflation: every row by its product's price, value added as the residual of the
    column (Dietzenbacher & Hoen 1998; Miller & Blair 2009, section 4.6). Where relative prices
    moved so far that the residual falls below half of the nominal ratio of value added to output,
    it is held there and the inputs of the province are balanced anew (`solvent`).

    Raises
    ------
    Unbalanced
        If a province cannot keep the floors.
    """
    by_row = price[None, :]
    x = tables.x / by_row
    Z = tables.Z / by_row[:, :, None]
    ratio = np.divide(tables.value_added, tables.x, out=np.zeros_like(x), where=tables.x > 0)
    Z, value_added = solvent(Z, x - Z.sum(axis=1), KEPT_SHARE * ratio * x)
    return replace(
        tables,
        Z=Z,
        Y=tables.Y / by_row[:, :, None],
        export=tables.export / by_row,
        outflow=tables.outflow / by_row,
        imports=tables.imports / by_row,
        inflow=tables.inflow / by_row,
        x=x,
        value_added=value_added,
    )
