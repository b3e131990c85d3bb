"""The national table carried to a year that has none, from the provinces' tables."""

import numpy as np

from model.arrays import BySector, OfSector, SectorUse, Vector
from model.compile.balancing import fitted
from model.compile.nation import NationalTable
from model.compile.provinces import ProvincialTables, net_of_reexports


def sum_of_provinces(tables: ProvincialTables) -> NationalTable:
    """Return the provinces' tables added up, goods that only pass through taken out first."""
    net = net_of_reexports(tables)
    return NationalTable(
        Z=net.Z.sum(axis=0),
        Y=net.Y.sum(axis=0),
        export=net.export.sum(axis=0),
        imports=net.imports.sum(axis=0),
        value_added=net.value_added.sum(axis=0),
    )


def carried(
    known: NationalTable,
    known_sum: NationalTable,
    present_sum: NationalTable,
    output: BySector,
    value_added: Vector,
    industry: OfSector,
) -> NationalTable:
    """Return the national table of a year from its provinces, outputs and national accounts.

    Provinces report more investment and trade than the nation. The ratio of nation to provinces
    in the year with a national table is taken to hold for each final-demand category, exports
    and imports; inputs follow the provinces' technology at national output; value added is
    brought to the national accounts by industry. The result does not balance by rows yet:
    `nation.balanced` is to follow.

    Parameters
    ----------
    known, known_sum
        The national table of the other year and the sum of its provinces, 10⁴ CNY.
    present_sum
        Sum of the provinces in the year asked for, 10⁴ CNY.
    output
        National gross output of the year, 10⁴ CNY; (i,).
    value_added
        National value added by industry, 10⁴ CNY; (v,).
    industry
        Industry of each sector; (i,).
    """
    per_output = fitted(output, present_sum.x)
    earned = present_sum.value_added * per_output
    by_industry = np.bincount(industry, earned, minlength=value_added.size)
    earned = earned * fitted(value_added, by_industry)[industry]
    return NationalTable(
        Z=_inputs(present_sum.Z, output - earned),
        Y=present_sum.Y * fitted(known.Y.sum(axis=0), known_sum.Y.sum(axis=0)),
        export=present_sum.export * (known.export.sum() / known_sum.export.sum()),
        imports=present_sum.imports * (known.imports.sum() / known_sum.imports.sum()),
        value_added=earned,
    )


def _inputs(Z: SectorUse, spent: BySector) -> SectorUse:
    return Z * fitted(spent, Z.sum(axis=0))
