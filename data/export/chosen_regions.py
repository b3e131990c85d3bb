"""Chosen regions of the economy as a dense table, all others taken together as one region."""

from collections.abc import Sequence

import numpy as np

from data.export.dense_table import Deliveries, DenseTable
from data.export.full_regions import full
from data.export.merging import merged, positions
from data.export.origin import origin_of
from model.arrays import AnyFloats, Matrix
from model.compile.city_economy import CityTables
from model.input_output.dense_form import DenseForm


def dense(tables: CityTables, regions: Sequence[str] | None = None) -> DenseTable:
    """Return the table of the regions, in their order; of all where none is named.

    The others are added up as flows, never as coefficients, so that every total of the country
    stays and rows and columns balance. Z[(r,i),(s,j)] = t[i,r,s]·a[s,i,j]·x[s,j] (Miller & Blair
    2009, section 3.4), summed over the r and the s of the rest. Flows are exact; footprints
    computed from a table with a rest are not those of the whole economy (aggregation bias).

    Parameters
    ----------
    regions
        Names, in capitals or not, Chinese names, or six-digit codes; a region named twice is there
        once.

    Raises
    ------
    InputError
        If there is no such region, or several are called so.
    """
    if isinstance(tables.form, DenseForm):
        return full(tables, tables.form, regions)
    everyone, told = tables.regions, origin_of(tables)
    chosen = positions(everyone, regions) if regions else np.arange(len(everyone))
    rest = np.setdiff1d(np.arange(len(everyone)), chosen)
    t = merged(tables.trade.t.transpose(1, 0, 2), chosen, rest)
    from_abroad = 1.0 - tables.trade.t.sum(axis=1).T
    users = (tables.trade.a * tables.x[:, None, :], tables.d)

    def deliveries(use: AnyFloats) -> Deliveries:
        together = np.einsum("ris,siu->riu", t[:, :, rest], use[rest], optimize=True)
        return Deliveries(
            t=t[:, :, chosen].transpose(1, 0, 2),
            use=use[chosen],
            to_rest=together[:, :, None][:, :, : min(rest.size, 1)],
        )

    def imports(use: AnyFloats) -> Matrix:
        bought = merged(from_abroad[:, :, None] * use, chosen, rest).transpose(1, 0, 2)
        return bought.reshape(bought.shape[0], -1)

    inputs, final = map(deliveries, users)
    Z_imports, Y_imports = map(imports, users)
    added = {
        name: merged(getattr(tables, name), chosen, rest)
        for name in ("export", "value_added", "x", "F", "household_emissions", "population")
    }
    return DenseTable(
        year=tables.year,
        codes=(*(everyone.codes[r] for r in chosen), *["rest"][: rest.size]),
        regions=(*(everyone.names[r] for r in chosen), *[told.rest][: rest.size]),
        sector_codes=tables.sectors.codes,
        sectors=tables.sectors.names,
        inputs=inputs,
        final=final,
        categories=tables.categories.names,
        origin=told,
        imports=Z_imports.sum(axis=0).reshape(added["x"].shape),
        Z_imports=Z_imports,
        Y_imports=Y_imports,
        **added,
    )
