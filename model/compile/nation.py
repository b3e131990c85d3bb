"""The national table that provinces are brought to, balanced, and its multipliers."""

from dataclasses import dataclass, replace

import numpy as np

from model.arrays import ByCategory, BySector, SectorFinalUse, SectorUse
from model.compile.balancing import fitted, ras
from model.labels import INVENTORY


@dataclass(frozen=True, slots=True)
class NationalTable:
    """The competitive input–output table of the nation, 10⁴ CNY of one year."""

    Z: SectorUse
    """Use of product i, of any origin, by sector j; (i, j)."""
    Y: SectorFinalUse
    """Final use of product i by category k; (i, k)."""
    export: BySector
    """Sales abroad; (i,)."""
    imports: BySector
    """Purchases abroad; (i,)."""
    value_added: BySector
    """Value added; (i,)."""

    @property
    def x(self) -> BySector:
        """Gross output, by columns; (i,)."""
        return self.Z.sum(axis=0) + self.value_added


def balanced(national: NationalTable) -> NationalTable:
    """Return the national table without its statistical discrepancy.

    Total use of each product is brought to what is supplied, x − export + imports, by RAS with
    output, value added and foreign trade kept; final demand takes up the total.

    Raises
    ------
    Unbalanced
        If the table cannot meet its margins.
    """
    regular = np.delete(national.Y, INVENTORY, axis=1)
    inventory = national.Y[:, INVENTORY]
    supply = national.x - national.export + national.imports
    use = national.Z.sum(axis=1) + national.Y.sum(axis=1)
    factor = fitted(supply, use)
    rows = factor * (use - inventory)
    inputs = national.Z.sum(axis=0)
    categories = regular.sum(axis=0)
    categories = categories * ((rows.sum() - inputs.sum()) / categories.sum())
    table = ras(
        np.concatenate([national.Z, regular], axis=1), rows, np.concatenate([inputs, categories])
    )
    sectors = inputs.size
    Y = np.insert(table[:, sectors:], INVENTORY, factor * inventory, axis=1)
    return replace(national, Z=np.ascontiguousarray(table[:, :sectors]), Y=Y)


def with_categories(national: NationalTable, towards: ByCategory, weight: float) -> NationalTable:
    """Return the table with its final demand divided anew among the categories.

    Totals by category move from the nation's own towards `towards` (any unit, inventory change
    unused; (k,)) geometrically, by 1 − `weight`; use by product, inventory change and all else
    stay, cells follow by RAS.
    """
    if weight == 1.0:
        return national
    regular = np.delete(national.Y, INVENTORY, axis=1)
    own = regular.sum(axis=0)
    moved = own * (np.delete(towards, INVENTORY) / own) ** (1.0 - weight)
    cells = ras(regular, regular.sum(axis=1), moved * (own.sum() / moved.sum()))
    return replace(national, Y=np.insert(cells, INVENTORY, national.Y[:, INVENTORY], axis=1))


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Emissions embodied in a unit of use in a one-region economy, t CO₂ per 10⁴ CNY."""

    by_category: ByCategory
    """Of final demand by category, its imports from abroad embodying nothing; (k,)."""
    by_product: BySector
    """Of a domestic product; (i,)."""


def multipliers(national: NationalTable, F: BySector) -> Multipliers:
    """Return the multipliers of a national table at emissions F, t CO₂; (i,).

    Imports are competitive: every use of a product has the same share from abroad (Miller & Blair
    2009, section 4.2). x need not balance by rows.
    """
    x = national.x
    supplied = x - national.export + national.imports
    domestic = np.divide(x - national.export, supplied, out=np.zeros_like(x), where=supplied > 0)
    per_output = np.divide(np.ones_like(x), x, out=np.zeros_like(x), where=x > 0)
    A = domestic[:, None] * national.Z * per_output
    by_product = np.linalg.solve(np.eye(x.size) - A.T, F * per_output)
    embodied = (by_product * domestic) @ national.Y
    return Multipliers(by_category=embodied / national.Y.sum(axis=0), by_product=by_product)
