"""Structural decomposition of embodied emissions between two years (polar averages)."""

from dataclasses import dataclass

import numpy as np

from model.arrays import (
    BetweenRegions,
    ByConsumer,
    ByRegion,
    ByRegionGroup,
    ByRegionSector,
    FinalUse,
    FlowsByGroup,
)
from model.footprints.accounts import at_intensity
from model.footprints.embodied_intensity import embodied_by_emitter, embodied_in
from model.input_output.krylov import gross_output, require_productive
from model.input_output.trade_form import TradeForm


@dataclass(frozen=True, slots=True)
class Decomposition:
    """dE + dL + dF = C₁ − C₀, t CO₂, emitter × consumer; (r, s) each."""

    dE: BetweenRegions
    """Effect of emission intensity."""
    dL: BetweenRegions
    """Effect of production structure; zero while A is fixed."""
    dF: BetweenRegions
    """Effect of final demand."""

    @property
    def local_mitigation(self) -> ByRegion:
        """−dE[s,s], t CO₂; (s,)."""
        return -np.diag(self.dE)

    @property
    def outsourced_mitigation(self) -> ByRegion:
        """−Σ_{r≠s} dE[r,s], t CO₂; (s,)."""
        return np.diag(self.dE) - self.dE.sum(axis=0)

    @property
    def with_structure(self) -> "Decomposition":
        """The same change with dL counted in dE, so that both of them mitigate."""
        return Decomposition(dE=self.dE + self.dL, dL=np.zeros_like(self.dL), dF=self.dF)


@dataclass(frozen=True, slots=True)
class Responses:
    """Output X_ab = (I − A_a)⁻¹ Y_b, 10⁴ CNY at one year's prices; (r, i, s) each.

    a is the year of technology and intermediate trade, b that of the final demand of s and where
    it is met from; 0 is the earlier year, 1 the later.
    """

    X00: ByConsumer
    X01: ByConsumer
    X10: ByConsumer
    X11: ByConsumer


def since_base_year(flows: FlowsByGroup, level: ByRegionGroup, demand: ByRegion) -> Decomposition:
    """Decompose a simulated year against the base year, with A fixed (Xia et al. 2024).

    Parameters
    ----------
    flows
        Base-year flows by group, t; (g, r, s).
    level
        Intensity of the year relative to the base year, 1; (r, g).
    demand
        Final demand of the year relative to the base year, 1; (s,).
    """
    change = at_intensity(flows, level - 1.0)
    dE = change * (1.0 + demand) / 2.0
    structure = (flows.sum(axis=0) + at_intensity(flows, level)) / 2.0
    return Decomposition(dE=dE, dL=np.zeros_like(dE), dF=structure * (demand - 1.0))


def responses(form0: TradeForm, d0: FinalUse, form1: TradeForm, d1: FinalUse) -> Responses:
    """Return how either year's technology answers either year's final demand of all categories.

    Both economies have the same regions and sectors and are valued at the same prices.

    Raises
    ------
    NotConverged
        If the spectral radius of an A is not below one, or a solve fails.
    """
    require_productive(form0)
    require_productive(form1)
    Y0 = form0.final_demand(d0.sum(axis=2, keepdims=True))
    Y1 = form1.final_demand(d1.sum(axis=2, keepdims=True))
    return Responses(
        X00=gross_output(form0, Y0),
        X01=gross_output(form0, Y1),
        X10=gross_output(form1, Y0),
        X11=gross_output(form1, Y1),
    )


def between_years(S0: ByRegionSector, S1: ByRegionSector, X: Responses) -> Decomposition:
    """Decompose S₁X₁₁ − S₀X₀₀, emitter × consumer, into intensity, structure and final demand.

    The mean of the two polar forms (Dietzenbacher & Los 1998; Xia et al. 2024), which leaves
    no residual: ΔS X₁₁ + S₀ ΔL Y₁ + S₀ L₀ ΔY and ΔS X₀₀ + S₁ ΔL Y₀ + S₁ L₁ ΔY.

    Parameters
    ----------
    S0, S1
        Emission intensity of the earlier and the later year, t per 10⁴ CNY of X; (r, i).
    X
        Responses of both technologies to both demands.
    """
    dE = _emitted(S1 - S0, X.X11) + _emitted(S1 - S0, X.X00)
    dL = _emitted(S0, X.X11 - X.X01) + _emitted(S1, X.X10 - X.X00)
    dF = _emitted(S0, X.X01 - X.X00) + _emitted(S1, X.X11 - X.X10)
    return Decomposition(dE=dE / 2.0, dL=dL / 2.0, dF=dF / 2.0)


def intensity_effect(
    form0: TradeForm,
    d0: FinalUse,
    form1: TradeForm,
    d1: FinalUse,
    S0: ByRegionSector,
    S1: ByRegionSector,
) -> BetweenRegions:
    """Return dE alone, ½ ΔS (L₀Y₀ + L₁Y₁), t CO₂, emitter × consumer; (r, s).

    The dE of `between_years` by two transposed solves in place of four direct ones: ΔS is a
    matter of few emitters, final demand of many uses. Raises as `responses`.
    """
    change = S1 - S0
    return (_embodied(form0, d0, change) + _embodied(form1, d1, change)) / 2.0


def _embodied(form: TradeForm, d: FinalUse, S: ByRegionSector) -> BetweenRegions:
    M = embodied_by_emitter(form, S)
    return embodied_in(M, form, d.sum(axis=2, keepdims=True))[0]


def _emitted(S: ByRegionSector, X: ByConsumer) -> BetweenRegions:
    return np.einsum("ri,ris->rs", S, X)
