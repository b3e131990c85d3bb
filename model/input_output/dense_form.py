"""The economy as a dense table: any A at all, factorised once and never inverted.

For tables that do not have the trade form: who supplies a product may differ between the sectors
and the categories that use it. Costs (R·N)² numbers where the trade form needs R²·N.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.linalg import lu_factor, lu_solve

from model.arrays import (
    AnyFloats,
    Columns,
    EmbodiedIntensities,
    FinalUse,
    FlowsByCategory,
    Pivots,
    Square,
)
from model.input_output.krylov import require_productive


@dataclass(frozen=True, slots=True)
class FullMatrix:
    """A itself, region by region; its regions and sectors make rows and columns."""

    A: Square
    """Input of product (r, i) per unit of output of (s, j), 1; (R·N, R·N)."""
    regions: int
    sectors: int

    def apply(self, v: Columns) -> Columns:
        """Return A·v for columns v over (region, sector): the inputs that outputs v require."""
        return (self.A @ v.reshape(self.A.shape[0], -1)).reshape(v.shape)

    def apply_sizes(self, v: Columns) -> Columns:
        """Return |A|·v, region by region: a table of hundreds fills much of the memory."""
        blocks = self.A.reshape(self.regions, self.sectors, -1)
        columns = v.reshape(self.A.shape[0], -1)
        return np.stack([np.abs(block) @ columns for block in blocks]).reshape(v.shape)


@dataclass(frozen=True, slots=True)
class DenseForm:
    """A multi-regional economy as A and the LU factors of I − A; made by `dense_form`."""

    matrix: FullMatrix
    """A."""
    origin: Columns
    """Share of final demand d[s,i,k] that region r supplies, 1; (r, i, k·R + s)."""
    lu: Square
    """Both factors of I − A, rows permuted; as scipy packs them."""
    pivots: Pivots
    """Row interchanges of the factors."""

    @property
    def regions(self) -> int:
        """Number of regions."""
        return self.matrix.regions

    @property
    def sectors(self) -> int:
        """Number of sectors."""
        return self.matrix.sectors

    @property
    def arrays(self) -> tuple[AnyFloats, ...]:
        """A, and the origins of final demand."""
        return self.matrix.A, self.origin

    def apply(self, v: Columns) -> Columns:
        """Return A·v for columns v over (region, sector): the inputs that outputs v require."""
        return self.matrix.apply(v)

    def apply_sizes(self, v: Columns) -> Columns:
        """Return |A|·v, A without the signs of its entries."""
        return self.matrix.apply_sizes(v)

    def solve(self, right: Columns) -> Columns:
        """Return (I − A)⁻¹ Y by the factors, same shape and unit as Y; (r, i, c)."""
        return self._solve(right, transposed=0)

    def solve_transposed(self, right: Columns) -> Columns:
        """Return (I − Aᵀ)⁻¹ S by the same factors; (r, i, c)."""
        return self._solve(right, transposed=1)

    def final_demand(self, d: FinalUse) -> Columns:
        """Return Y, (r, i, k·s): final demand d[s,i,k] by supplier; column k·R + s is (k, s)."""
        return self.origin * d.transpose(1, 2, 0).reshape(1, self.sectors, -1)

    def all_final_demand(self, d: FinalUse) -> Columns:
        """Return Y of all categories together, final demand d[s,i,k] by supplier; (r, i, s)."""
        by_category = self.final_demand(d).reshape(self.regions, self.sectors, -1, self.regions)
        return np.asarray(by_category.sum(axis=2))

    def embodied(self, M: EmbodiedIntensities, d: FinalUse) -> FlowsByCategory:
        """Return Σ_{r,i} M[e,r,i] Y[(r,i),(k,s)], emitted in e for category k of s; (k, e, s)."""
        flows = np.tensordot(M, self.final_demand(d), axes=([1, 2], [0, 1]))
        by_category = flows.reshape(self.regions, -1, self.regions)
        return np.ascontiguousarray(by_category.transpose(1, 0, 2))

    def _solve(self, right: Columns, transposed: Literal[0, 1]) -> Columns:
        columns = right.reshape(self.regions * self.sectors, -1)
        pivots = np.array(self.pivots)  # LAPACK's wrapper counts them up and down while it solves
        found = lu_solve((self.lu, pivots), columns, trans=transposed)
        return np.ascontiguousarray(found.reshape(right.shape))


def dense_form(A: Square, origin: Columns) -> DenseForm:
    """Return the economy of A, with the factors of I − A.

    Raises
    ------
    model.input_output.krylov.NotConverged
        If the spectral radius of A is not below one (Hawkins & Simon 1949); I − A is then
        singular or answers demand with negative output.
    """
    matrix = FullMatrix(A, *origin.shape[:2])
    require_productive(matrix)
    system = np.array(A, order="F")
    system *= -1.0
    system[np.diag_indices_from(system)] += 1.0
    lu, pivots = lu_factor(system, overwrite_a=True)
    return DenseForm(matrix=matrix, origin=origin, lu=lu, pivots=pivots)


class Cancelled(ValueError):
    """Deliveries of both signs add up to nothing, so that no share of their sum gives them back."""

    def __init__(self, product: int, region: int) -> None:
        super().__init__(
            f"deliveries of product {product} to final demand of region {region} add up to nothing"
            " though some are not"
        )
        self.product, self.region = product, region


def origins(Y: Columns) -> tuple[Columns, FinalUse]:
    """Return who supplies final demand, 1, and final demand d of any origin; (s, i, k).

    Y[r,i,k·R+s] is what category k of s buys of product i from r; `final_demand(d)` of an economy
    with these origins gives it back.

    Raises
    ------
    Cancelled
        If deliveries cancel exactly.
    """
    regions, sectors = Y.shape[:2]
    total = Y.sum(axis=0)
    lost = (total == 0) & (Y != 0).any(axis=0)
    if lost.any():
        i, column = np.argwhere(lost)[0]
        raise Cancelled(int(i), int(column % regions))
    origin = np.divide(Y, total, out=np.zeros_like(Y), where=total != 0)
    return origin, np.ascontiguousarray(total.reshape(sectors, -1, regions).transpose(2, 0, 1))
