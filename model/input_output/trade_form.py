"""The economy in trade form (Chenery–Moses): A·v without ever forming A."""

from dataclasses import dataclass

import numpy as np

from model.arrays import (
    AnyFloats,
    Coefficients,
    Columns,
    EmbodiedIntensities,
    FinalUse,
    FlowsByCategory,
    Square,
    TradeShares,
)
from model.input_output.krylov import solved


@dataclass(frozen=True, slots=True)
class TradeForm:
    """A multi-regional economy as trade shares and regional technologies.

    Chenery (1953), Moses (1955); Miller & Blair 2009, section 3.4: Z[(r,i),(s,j)] =
    t[i,r,s]·a[s,i,j]·x[s,j].
    """

    t: TradeShares
    """Share of region s's total use of product i that region r supplies, 1; (i, r, s).
    Summed over r it is one less the share imported from abroad."""
    a: Coefficients
    """Use of product i, of any origin, per unit of output of sector j in s, 1; (s, i, j)."""

    @property
    def regions(self) -> int:
        """Number of regions."""
        return int(self.a.shape[0])

    @property
    def sectors(self) -> int:
        """Number of sectors."""
        return int(self.a.shape[1])

    @property
    def arrays(self) -> tuple[AnyFloats, ...]:
        """Trade shares and technologies."""
        return self.t, self.a

    def apply(self, v: Columns) -> Columns:
        """Return A·v for columns v over (region, sector): the inputs that outputs v require."""
        return self.supply(np.matmul(self.a, v))

    def apply_sizes(self, v: Columns) -> Columns:
        """Return |A|·v, which is A·v: shares and coefficients are not negative."""
        return self.apply(v)

    def supply(self, use: Columns) -> Columns:
        """Return who supplies the use of each region: Σ_s t[i,r,s]·use[s,i,c]."""
        return _by_product(self.t, use)

    def own_use(self) -> Coefficients:
        """Return A's blocks on its diagonal: inputs of each region from itself, 1; (r, i, j)."""
        return np.einsum("irr->ri", self.t)[:, :, None] * self.a

    def solve(self, right: Columns) -> Columns:
        """Return (I − A)⁻¹ Y, same shape and unit as Y; (r, i, c). See `krylov.solved`."""
        return solved(self, right)

    def solve_transposed(self, right: Columns) -> Columns:
        """Return (I − Aᵀ)⁻¹ S: what a unit of each product embodies of S; (r, i, c)."""
        return solved(self.transposed, right)

    @property
    def transposed(self) -> "TransposedForm":
        """The same economy asked the other way round: Aᵀ·v."""
        return TransposedForm(self)

    def final_demand(self, d: FinalUse) -> Columns:
        """Return Y, (r, i, k·s): final demand d[s,i,k] by supplier; column k·R + s is (k, s)."""
        flows = np.einsum("irs,sik->riks", self.t, d, optimize=True)
        return flows.reshape(self.regions, self.sectors, -1)

    def all_final_demand(self, d: FinalUse) -> Columns:
        """Return Y of all categories together, final demand d[s,i,k] by supplier; (r, i, s)."""
        return self.final_demand(d.sum(axis=2)[:, :, None])

    def embodied(self, M: EmbodiedIntensities, d: FinalUse) -> FlowsByCategory:
        """Return Σ_{r,i} M[e,r,i] Y[(r,i),(k,s)], emitted in e for category k of s; (k, e, s).

        Y is never formed: a unit of product i used in s has the origins of t[i,:,s].
        """
        in_use = self.transposed.in_use(M.transpose(1, 2, 0))
        flows = np.matmul(in_use.transpose(0, 2, 1), d)
        return np.ascontiguousarray(flows.transpose(2, 1, 0))

    def dense(self) -> Square:
        """Return A as an n × n array, n = R·N; meant for small economies and checks."""
        n = self.regions * self.sectors
        return np.einsum("irs,sij->risj", self.t, self.a).reshape(n, n)


@dataclass(frozen=True, slots=True)
class TransposedForm:
    """A multi-regional economy from its users to its suppliers: Aᵀ·v without ever forming A."""

    form: TradeForm

    def apply(self, v: Columns) -> Columns:
        """Return Aᵀ·v for contents v per unit of product: what a unit's direct inputs contain."""
        return np.matmul(self.form.a.transpose(0, 2, 1), self.in_use(v))

    def in_use(self, v: Columns) -> Columns:
        """Return Σ_r t[i,r,s]·v[r,i,c]: contents per unit of product used in s; (s, i, c)."""
        return _by_product(self.form.t.transpose(0, 2, 1), v)

    def own_use(self) -> Coefficients:
        """Return Aᵀ's blocks on its diagonal, 1; (r, j, i)."""
        return self.form.own_use().transpose(0, 2, 1)


def _by_product(shares: TradeShares, v: Columns) -> Columns:
    by_product = np.ascontiguousarray(v.transpose(1, 0, 2))
    return np.ascontiguousarray(np.matmul(shares, by_product).transpose(1, 0, 2))
