"""Findings of a city table on output, trade and carbon: the same numbers for truth and estimate."""

from dataclasses import dataclass

import numpy as np

from model.arrays import (
    AnyFloats,
    BetweenRegions,
    ByConsumer,
    ByRegion,
    ByRegionCategory,
    ByRegionSector,
    FinalUse,
    FlowsByCategory,
    TradeShares,
)
from model.footprints.accounts import Accounts
from model.footprints.embodied_intensity import embodied_by_emitter, embodied_in
from model.input_output.krylov import gross_output as solved_in_blocks
from model.input_output.leontief import gross_output, intensities, technical_coefficients
from model.input_output.trade_form import TradeForm
from model.labels import INVENTORY


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings of one table on its cities."""

    x: ByRegionSector
    """Gross output, 10⁴ CNY; (r, i)."""
    trade: TradeShares
    """Sales of product i by city r to all users in city s, 10⁴ CNY; (i, r, s)."""
    embodied: FlowsByCategory
    """Emitted in r for final-demand category k of s, t CO₂; (k, r, s)."""
    demand: ByRegionCategory
    """Final demand for products of any origin, 10⁴ CNY; (s, k)."""
    S: ByRegionSector
    """Emission intensities, t CO₂ per 10⁴ CNY; (r, i)."""
    X: ByConsumer
    """Output in r for all final demand of s, 10⁴ CNY; (r, i, s)."""

    @property
    def C(self) -> BetweenRegions:
        """Emitted in r for all final demand of s, t CO₂; (r, s)."""
        return self.embodied.sum(axis=0)

    @property
    def D_cba(self) -> ByRegion:
        """Footprint of each city, t CO₂; (s,)."""
        return self.C.sum(axis=0)

    @property
    def multipliers(self) -> ByRegionCategory:
        """Emissions per unit of final demand without inventory change, t per 10⁴ CNY; (s, l)."""
        emitted = np.delete(self.embodied.sum(axis=1).T, INVENTORY, axis=1)
        return emitted / np.delete(self.demand, INVENTORY, axis=1)

    @property
    def outsourced_share(self) -> float:
        """Share of footprints emitted outside the consuming city, 1."""
        return Accounts(C=self.C, exported=np.zeros(len(self.C))).outsourced_share


def of_trade_form(form: TradeForm, d: FinalUse, x: ByRegionSector, S: ByRegionSector) -> Findings:
    """Return the findings of a table in trade form.

    Parameters
    ----------
    d
        Final demand for products of any origin, 10⁴ CNY; (s, i, k).
    x
        Gross output, 10⁴ CNY, which says what inputs are bought; (r, i).
    S
        Emission intensities, t CO₂ per 10⁴ CNY; (r, i).

    Raises
    ------
    model.input_output.krylov.NotConverged
        If the spectral radius of A is not below one.
    """
    use = np.einsum("sij,sj->si", form.a, x) + d.sum(axis=2)
    return Findings(
        x=x,
        trade=form.t * use.T[:, None, :],
        embodied=embodied_in(embodied_by_emitter(form, S), form, d),
        demand=d.sum(axis=1),
        S=S,
        X=solved_in_blocks(form, form.final_demand(d.sum(axis=2, keepdims=True))),
    )


def in_full(form: TradeForm, d: FinalUse, x: ByRegionSector, F: ByRegionSector) -> Findings:
    """Return the findings of the full table that a trade form and its emissions, t, stand for.

    Raises as `of_full_table`.
    """
    Y = form.final_demand(d).reshape(*x.shape, -1, len(x)).transpose(0, 1, 3, 2)
    Z = form.dense().reshape(*x.shape, *x.shape) * x
    return of_full_table(Z, Y, x, F, d.sum(axis=1))


def of_full_table(
    Z: AnyFloats, Y: AnyFloats, x: ByRegionSector, F: ByRegionSector, demand: ByRegionCategory
) -> Findings:
    """Return the findings of a table given in full, by LU factors.

    Parameters
    ----------
    Z
        Flows between sectors of cities, 10⁴ CNY; (r, i, s, j).
    Y
        Final demand by supplier, 10⁴ CNY; (r, i, s, k).
    F
        Emissions, t CO₂; (r, i).
    demand
        Final demand for products of any origin, 10⁴ CNY; (s, k).

    Raises
    ------
    numpy.linalg.LinAlgError
        If I − A is singular.
    """
    regions, sectors = x.shape
    n = x.size
    A = technical_coefficients(Z.reshape(n, n), x.ravel())
    X = gross_output(A, Y.reshape(n, -1)).reshape(regions, sectors, regions, -1)
    S = intensities(F.ravel(), x.ravel()).reshape(x.shape)
    return Findings(
        x=x,
        trade=(Z.sum(axis=3) + Y.sum(axis=3)).transpose(1, 0, 2),
        embodied=np.einsum("ri,risk->krs", S, X),
        demand=demand,
        S=S,
        X=X.sum(axis=3),
    )
