"""Structural decomposition of embodied emissions between two years (polar averages)."""

from dataclasses import dataclass

import numpy as np

from model.accounts import at_intensity
from model.arrays import BetweenRegions, ByRegion, ByRegionGroup, FlowsByGroup


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
