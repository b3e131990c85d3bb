"""Mitigation between two years of one economy, and the classes of cities that it makes."""

from dataclasses import dataclass

import numpy as np

from analysis.studies.known_truth.findings import Findings
from model.arrays import BetweenRegions, ByRegion, Whole
from model.classes.beneficiaries import by_intensity


@dataclass(frozen=True, slots=True)
class Mitigation:
    """Intensity effect ½ ΔS (L₀Y₀ + L₁Y₁), t CO₂ (Xia et al. 2024), in findings of two years."""

    dE: BetweenRegions
    """Emitter × consumer; (r, s)."""

    @property
    def local(self) -> ByRegion:
        """−dE at home, t CO₂; (s,)."""
        return -np.diag(self.dE)

    @property
    def outsourced(self) -> ByRegion:
        """−dE in all other cities, t CO₂; (s,)."""
        return np.diag(self.dE) - self.dE.sum(axis=0)

    @property
    def classes(self) -> Whole:
        """Class of each city (`model.classes.beneficiaries`); (s,)."""
        return by_intensity(self.local, self.outsourced)


def mitigation(earlier: Findings, later: Findings) -> Mitigation:
    """Return the mitigation between the years."""
    return Mitigation(np.einsum("ri,ris->rs", later.S - earlier.S, earlier.X + later.X) / 2.0)
