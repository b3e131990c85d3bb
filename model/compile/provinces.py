"""Provincial tables brought to the national one, so that what one sells others buy."""

from dataclasses import dataclass, replace

import numpy as np

from model.arrays import (
    AnyFloats,
    ByProvinceSector,
    BySector,
    ProvinceFinalUse,
    ProvinceUse,
)
from model.compile.balancing import fitted, ras, within
from model.compile.nation import NationalTable, balanced, with_categories
from model.compile.solvency import solvent
from model.labels import INVENTORY

LEAST_VALUE_ADDED = 1e-3
"""Least value added per unit of output, 1: a table that reports a loss is brought up to it."""


@dataclass(frozen=True, slots=True)
class ProvincialTables:
    """Competitive input–output tables of all provinces, 10⁴ CNY of one year.

    Row balance: Σ_j Z + Σ_k Y + export + outflow = x + imports + inflow.
    Column balance: Σ_i Z + value_added = x.
    """

    Z: ProvinceUse
    """Use of product i, of any origin, by sector j; (p, i, j)."""
    Y: ProvinceFinalUse
    """Final use of product i by category k; (p, i, k)."""
    export: ByProvinceSector
    """Sales abroad; (p, i)."""
    outflow: ByProvinceSector
    """Sales to other provinces; (p, i)."""
    imports: ByProvinceSector
    """Purchases abroad; (p, i)."""
    inflow: ByProvinceSector
    """Purchases from other provinces; (p, i)."""
    x: ByProvinceSector
    """Gross output; (p, i)."""
    value_added: ByProvinceSector
    """Value added; (p, i)."""

    @property
    def use(self) -> ByProvinceSector:
        """Total use of each product in each province, 10⁴ CNY; (p, i)."""
        return self.Z.sum(axis=2) + self.Y.sum(axis=2)

    @property
    def row_gap(self) -> ByProvinceSector:
        """Left side less right side of the row balance, 10⁴ CNY; (p, i)."""
        return self.use + self.export + self.outflow - self.x - self.imports - self.inflow

    @property
    def column_gap(self) -> ByProvinceSector:
        """Left side less right side of the column balance, 10⁴ CNY; (p, j)."""
        return self.Z.sum(axis=1) + self.value_added - self.x


def net_of_reexports(tables: ProvincialTables) -> ProvincialTables:
    """Take out goods that only pass through: sales beyond output leave both sides of trade.

    r = max(0, export + outflow − x) leaves outflow, then export, and inflow, then imports; the
    row balance makes it feasible.
    """
    through = np.maximum(0.0, tables.export + tables.outflow - tables.x)
    from_outflow = np.minimum(through, tables.outflow)
    from_inflow = np.minimum(through, tables.inflow)
    return replace(
        tables,
        outflow=tables.outflow - from_outflow,
        export=tables.export - (through - from_outflow),
        inflow=tables.inflow - from_inflow,
        imports=np.maximum(tables.imports - (through - from_inflow), 0.0),
    )


def reconciled(
    tables: ProvincialTables, national: NationalTable, national_categories: float = 1.0
) -> ProvincialTables:
    """Return provincial tables that add up to the nation, cell by cell, and whose trade closes.

    Inputs, value added, exports, imports and final demand of the provinces are brought to the
    nation's by sector and category (step 1 of Zheng et al. 2022: province to nation); the cells
    then follow by RAS over provinces × products for each using sector and category, with the
    provincial tables as prior. So Σ_p outflow = Σ_p inflow for every sector, and the provinces
    together have the national table's multipliers. Two-way trade stays as reported where the net
    flow leaves room for it.

    With `national_categories` below 1 the nation's totals by category of final demand give way to
    those of the provinces' sum, see `model.compile.nation.with_categories`.

    Raises
    ------
    Unbalanced
        If the margins of a column cannot be met.
    """
    tables = _solvent(net_of_reexports(tables))
    nation = with_categories(balanced(national), tables.Y.sum(axis=(0, 1)), national_categories)
    inputs = _to_nation(tables.Z.sum(axis=1), nation.Z.sum(axis=0))
    value_added = _to_nation(tables.value_added, nation.value_added)
    x = inputs + value_added
    Z, Y = _cells(tables, nation, inputs)
    use = Z.sum(axis=2) + Y.sum(axis=2)
    export = within(_to_nation(tables.export, nation.export), x)
    imports = within(_to_nation(tables.imports, nation.imports), use)
    net = x - export + imports - use
    room = x - export - np.maximum(net, 0.0)
    two_way = np.clip(np.minimum(tables.outflow, tables.inflow), 0.0, np.maximum(room, 0.0))
    two_way = _with_partners(two_way, np.abs(net))
    return ProvincialTables(
        Z=Z,
        Y=Y,
        export=export,
        outflow=two_way + np.maximum(net, 0.0),
        imports=imports,
        inflow=two_way + np.maximum(-net, 0.0),
        x=x,
        value_added=value_added,
    )


def _solvent(tables: ProvincialTables) -> ProvincialTables:
    Z, value_added = solvent(tables.Z, tables.value_added, LEAST_VALUE_ADDED * tables.x)
    return replace(tables, Z=Z, value_added=value_added)


def _to_nation(provincial: AnyFloats, national: AnyFloats) -> AnyFloats:
    return provincial * fitted(national, provincial.sum(axis=0))


def _cells(
    tables: ProvincialTables, nation: NationalTable, inputs: ByProvinceSector
) -> tuple[ProvinceUse, ProvinceFinalUse]:
    """RAS of every column over provinces × products: (j, p, i) with margins (j, p) and (j, i)."""
    regular = np.delete(tables.Y, INVENTORY, axis=2)
    national_regular = np.delete(nation.Y, INVENTORY, axis=1)
    totals = _to_nation(regular.sum(axis=1), national_regular.sum(axis=0))
    prior = np.concatenate([tables.Z, regular], axis=2).transpose(2, 0, 1)
    cells = np.concatenate([nation.Z, national_regular], axis=1)
    # what the nation uses and no province reports is given to provinces by their column totals
    unreported = (prior.sum(axis=1) == 0) & (cells.T > 0)
    prior = prior + unreported[:, None, :] * prior.sum(axis=2, keepdims=True)
    margins = np.concatenate([inputs, totals], axis=1).T
    table = ras(prior, margins, cells.T).transpose(1, 2, 0)
    sectors = inputs.shape[1]
    use = table.sum(axis=2)
    inventory = _signed_to_nation(tables.Y[:, :, INVENTORY], nation.Y[:, INVENTORY], use)
    Y = np.insert(table[:, :, sectors:], INVENTORY, inventory, axis=2)
    return np.ascontiguousarray(table[:, :, :sectors]), Y


def _signed_to_nation(
    inventory: ByProvinceSector, national: BySector, use: ByProvinceSector
) -> ByProvinceSector:
    """Shift inventory changes to the nation's by use, and keep every total use positive."""
    gap = national - inventory.sum(axis=0)
    share = use * fitted(np.ones_like(gap), use.sum(axis=0))
    least = -0.5 * use
    shifted = np.maximum(inventory + share * gap, least)
    excess = shifted.sum(axis=0) - national
    room = shifted - least
    return shifted - room * np.divide(
        excess, room.sum(axis=0), out=np.zeros_like(excess), where=room.sum(axis=0) > 0
    )


def _with_partners(two_way: ByProvinceSector, net: ByProvinceSector) -> ByProvinceSector:
    """Cut two-way trade that has no partner.

    A province cannot send and receive more than all provinces together send; where the
    two-way part takes it beyond nine tenths of that, the part is cut.
    """
    total = two_way.sum(axis=0) + net.sum(axis=0) / 2
    return two_way - np.clip(2 * two_way + net - 0.9 * total, 0.0, two_way)
