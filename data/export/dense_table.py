"""The dense table: who delivers to whom in money, with imports, value added and emissions."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.export.origin import Origin
from model.arrays import AnyFloats, ByRegion, ByRegionSector, Matrix, Square


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Deliveries between regions and sectors, 10⁴ CNY, formed only as far as asked for.

    Users u of a region are its sectors or its final-demand categories.
    """

    t: AnyFloats
    """Share of chosen region s's use of product i that r supplies, 1; (i, r, s)."""
    use: AnyFloats
    """Use of product i, of any origin, by user u of the chosen region s; (s, i, u)."""
    to_rest: AnyFloats
    """Deliveries to the users of the rest, (r, i, 1, u); (r, i, 0, u) where there is no rest."""

    def of(self, suppliers: slice = slice(None)) -> Matrix:
        """Return what a run of regions delivers; (r·i, s·u), a column in one piece of memory."""
        t, to_rest = self.t[:, suppliers], self.to_rest[suppliers]
        regions, sectors, rest, users = to_rest.shape
        chosen = self.use.shape[0]
        found = np.empty((chosen + rest, users, regions, sectors))
        np.einsum("irs,siu->suri", t, self.use, out=found[:chosen])
        found[chosen:] = to_rest.transpose(2, 3, 0, 1)
        return found.reshape((chosen + rest) * users, regions * sectors).T


@dataclass(frozen=True, slots=True)
class FullDeliveries:
    """The same of a table that is kept in full."""

    flows: AnyFloats
    """(r, i, s, u)."""

    def of(self, suppliers: slice = slice(None)) -> Matrix:
        """Return what a run of regions delivers; (r·i, s·u)."""
        regions, sectors, users, of_each = self.flows[suppliers].shape
        return self.flows[suppliers].reshape(regions * sectors, users * of_each)


@dataclass(frozen=True, slots=True)
class DenseTable:
    """A table of the year with its labels. Money in the unit of its origin, emissions t CO₂.

    Rows and columns of flows run over regions, and within a region over sectors or categories.
    Σ Z + Σ Y + export = x along a row; Σ Z + imports + value_added = x down a column.
    """

    year: int
    codes: tuple[str, ...]
    """As in the economy, or `rest`; (r,)."""
    regions: tuple[str, ...]
    """The regions chosen and, unless that is all of them, the rest; (r,)."""
    sector_codes: tuple[str, ...]
    sectors: tuple[str, ...]
    categories: tuple[str, ...]
    origin: Origin
    inputs: Deliveries | FullDeliveries
    """Of which `Z` is formed."""
    final: Deliveries | FullDeliveries
    """Of which `Y` is formed."""
    imports: ByRegionSector
    """Imports from abroad that sector j of s uses, all products together; (s, j)."""
    Z_imports: Matrix | None
    """Product i from abroad used by sector j of s, below zero by rounding only; (i, s·j). None
    where products from abroad are not told apart."""
    Y_imports: Matrix | None
    """Product i from abroad in final demand k of s, or None; (i, s·k)."""
    export: ByRegionSector
    """Exports abroad by origin; (r, i)."""
    value_added: ByRegionSector
    x: ByRegionSector
    """Gross output; (r, i)."""
    F: ByRegionSector
    """Production emissions, without households' own; (r, i)."""
    household_emissions: ByRegion
    """Direct emissions of households, in no account; (r,)."""
    population: ByRegion
    """Residents, heads; (r,)."""

    @property
    def Z(self) -> Square:
        """Inter-industry flows; (r·i, s·j). Formed when asked for: 1.4 GB with all regions."""
        return self.inputs.of()

    @property
    def Y(self) -> Matrix:
        """Final demand; (r·i, s·k)."""
        return self.final.of()

    @property
    def rows(self) -> pd.MultiIndex:
        """Labels of the rows of Z and Y, and of the columns of Z."""
        return pd.MultiIndex.from_product([self.regions, self.sectors], names=["region", "sector"])

    @property
    def demands(self) -> pd.MultiIndex:
        """Labels of the columns of Y."""
        return pd.MultiIndex.from_product(
            [self.regions, self.categories], names=["region", "category"]
        )
