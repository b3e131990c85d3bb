"""Forms of an economy's table that accounts can ask: trade form or full table."""

from typing import Protocol, runtime_checkable

from model.arrays import (
    AnyFloats,
    Coefficients,
    Columns,
    EmbodiedIntensities,
    FinalUse,
    FlowsByCategory,
)


@runtime_checkable
class Technology(Protocol):
    """An A that can be applied: what outputs require directly."""

    @property
    def regions(self) -> int:
        """Number of regions."""
        ...

    @property
    def sectors(self) -> int:
        """Number of sectors."""
        ...

    def apply(self, v: Columns) -> Columns:
        """Return A·v: the inputs that outputs v require; (r, i, c)."""
        ...

    def apply_sizes(self, v: Columns) -> Columns:
        """Return |A|·v, A without the signs of its entries; (r, i, c)."""
        ...


@runtime_checkable
class Form(Technology, Protocol):
    """A multi-regional economy, x = A x + Y·1 + export, in whatever form its A is kept."""

    @property
    def arrays(self) -> tuple[AnyFloats, ...]:
        """Arrays that make it what it is; two forms with the same ones are the same."""
        ...

    def solve(self, right: Columns) -> Columns:
        """Return (I − A)⁻¹ Y: the output that demands Y call for; (r, i, c)."""
        ...

    def solve_transposed(self, right: Columns) -> Columns:
        """Return (I − Aᵀ)⁻¹ S: what a unit of each product embodies of S; (r, i, c)."""
        ...

    def final_demand(self, d: FinalUse) -> Columns:
        """Return Y, final demand d[s,i,k] by supplier; (r, i, k·R + s)."""
        ...

    def all_final_demand(self, d: FinalUse) -> Columns:
        """Return Y of all categories together, final demand d[s,i,k] by supplier; (r, i, s)."""
        ...

    def embodied(self, M: EmbodiedIntensities, d: FinalUse) -> FlowsByCategory:
        """Return Σ_{r,i} M[e,r,i] Y[(r,i),(k,s)]: emitted in e for category k of s; (k, e, s)."""
        ...


@runtime_checkable
class BlockSystem(Protocol):
    """A matrix that is only ever applied, and of which the regions' own blocks are known."""

    def apply(self, v: Columns) -> Columns:
        """Return the matrix times v; (r, i, c)."""
        ...

    def own_use(self) -> Coefficients:
        """Return its blocks on the diagonal; (r, i, j)."""
        ...
