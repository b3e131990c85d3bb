"""Provincial tables reconciled with each other: what one reports sold, others report bought."""

from dataclasses import dataclass, replace

import numpy as np

from model.arrays import ByProvinceSector, BySector, ProvinceFinalUse, ProvinceUse
from model.compile.balancing import ras

INVENTORY = 4
"""Position of inventory change among the final-demand categories; the only one with a sign."""


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


def reconciled(tables: ProvincialTables) -> ProvincialTables:
    """Return tables whose trade closes: Σ_p outflow = Σ_p inflow for every sector.

    The provinces' total use of a product is brought to what the country supplies, x − export +
    imports, by one factor a sector; each table is then re-balanced by RAS, with output, value
    added and trade with abroad kept, and final demand taking up each province's total.
    Two-way trade stays as reported where the new net flow leaves room for it.

    Raises
    ------
    Unbalanced
        If a provincial table cannot meet its new margins.
    """
    tables = net_of_reexports(tables)
    supply = tables.x - tables.export + tables.imports
    total_use = tables.use.sum(axis=0)
    factor = np.divide(
        supply.sum(axis=0), total_use, out=np.ones_like(total_use), where=total_use > 0
    )
    Z, Y = _rebalanced(tables, factor)
    use = Z.sum(axis=2) + Y.sum(axis=2)
    imports = _within_use(tables.imports, use)
    net = tables.x - tables.export + imports - use
    room = tables.x - tables.export - np.maximum(net, 0.0)
    two_way = np.clip(np.minimum(tables.outflow, tables.inflow), 0.0, np.maximum(room, 0.0))
    two_way = _with_partners(two_way, np.abs(net))
    return replace(
        tables,
        Z=Z,
        Y=Y,
        imports=imports,
        outflow=two_way + np.maximum(net, 0.0),
        inflow=two_way + np.maximum(-net, 0.0),
    )


def _with_partners(two_way: ByProvinceSector, net: ByProvinceSector) -> ByProvinceSector:
    """Cut two-way trade that has no partner: no province may exceed the rest's trade together."""
    total = two_way.sum(axis=0) + net.sum(axis=0) / 2
    return two_way - np.clip(2 * two_way + net - total, 0.0, two_way)


def _rebalanced(tables: ProvincialTables, factor: BySector) -> tuple[ProvinceUse, ProvinceFinalUse]:
    inventory = factor * tables.Y[:, :, INVENTORY]
    final = np.delete(tables.Y, INVENTORY, axis=2)
    rows = factor * (tables.Z.sum(axis=2) + final.sum(axis=2))
    intermediate = tables.x - tables.value_added
    left_for_final = rows.sum(axis=1) - intermediate.sum(axis=1)
    categories = final.sum(axis=1)
    categories = categories * (left_for_final / categories.sum(axis=1))[:, None]
    table = ras(
        np.concatenate([tables.Z, final], axis=2),
        rows,
        np.concatenate([intermediate, categories], axis=1),
    )
    sectors = tables.x.shape[1]
    Y = np.insert(table[:, :, sectors:], INVENTORY, inventory, axis=2)
    return np.ascontiguousarray(table[:, :, :sectors]), Y


def _within_use(imports: ByProvinceSector, use: ByProvinceSector) -> ByProvinceSector:
    """Pass imports beyond a province's own use on to provinces that can use them."""
    kept = np.minimum(imports, use)
    excess = (imports - kept).sum(axis=0)
    room = use - kept
    total = room.sum(axis=0)
    return kept + room * np.divide(excess, total, out=np.zeros_like(total), where=total > 0)
