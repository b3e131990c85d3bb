"""Chosen regions of a table that is kept in full, all others taken together as one region."""

from collections.abc import Sequence

import numpy as np

from data.export.dense_table import DenseTable, FullDeliveries
from data.export.merging import merged, positions
from data.export.origin import origin_of
from model.arrays import AnyFloats
from model.compile.city_economy import CityTables
from model.input_output.dense_form import DenseForm


def full(tables: CityTables, form: DenseForm, regions: Sequence[str] | None = None) -> DenseTable:
    """Return the table of the regions, in their order, in the currency of the table.

    Others are added up as flows, as `data.export.chosen_regions.dense` does; raises as that.
    Which products are imported is not known: imports are by user alone.
    """
    everyone, told = tables.regions, origin_of(tables)
    chosen = positions(everyone, regions) if regions else np.arange(len(everyone))
    rest = np.setdiff1d(np.arange(len(everyone)), chosen)
    shape = tables.x.shape
    per = tables.money.cny

    def together(flows: AnyFloats) -> AnyFloats:
        """Merge suppliers and users of flows (r, i, s, u)."""
        suppliers = merged(flows, chosen, rest)
        return np.moveaxis(merged(np.moveaxis(suppliers, 2, 0), chosen, rest), 0, 2)

    Z = form.matrix.A * (tables.x.ravel() / per)
    inputs = together(Z.reshape(*shape, *shape))
    Y = form.final_demand(tables.d).reshape(*shape, -1, shape[0]) / per
    imports = (tables.x - tables.value_added) / per - Z.sum(axis=0).reshape(shape)
    money = {
        name: merged(getattr(tables, name), chosen, rest) / per
        for name in ("export", "value_added", "x")
    }
    others = {
        name: merged(getattr(tables, name), chosen, rest)
        for name in ("F", "household_emissions", "population")
    }
    return DenseTable(
        year=tables.year,
        codes=(*(everyone.codes[r] for r in chosen), *["rest"][: rest.size]),
        regions=(*(everyone.names[r] for r in chosen), *[told.rest][: rest.size]),
        sector_codes=tables.sectors.codes,
        sectors=tables.sectors.names,
        categories=tables.categories.names,
        origin=told,
        inputs=FullDeliveries(inputs),
        final=FullDeliveries(together(Y.transpose(0, 1, 3, 2))),
        imports=merged(imports, chosen, rest),
        Z_imports=None,
        Y_imports=None,
        **money,
        **others,
    )
