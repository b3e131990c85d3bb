"""A true city economy: all that its statisticians could count, and what its full table says."""

from dataclasses import dataclass

import numpy as np

from analysis.studies.known_truth.findings import Findings
from model.arrays import AnyFloats, ByRegion, ByRegionSector, FinalUse
from model.input_output.trade_form import TradeForm
from model.labels import Regions, Sectors


@dataclass(frozen=True, slots=True)
class Truth:
    """A city economy of which everything is known. Money 10⁴ CNY, emissions t CO₂."""

    regions: Regions
    sectors: Sectors
    inputs: AnyFloats
    """Use of product i, of any origin, by sector j of city s; (s, i, j)."""
    d: FinalUse
    """Final demand of city s for product i, of any origin; (s, i, k)."""
    export: ByRegionSector
    """Sales abroad; (r, i)."""
    F: ByRegionSector
    """Production emissions; (r, i)."""
    household_emissions: ByRegion
    """Direct emissions of households; (r,)."""
    population: ByRegion
    """Residents, heads; (r,)."""
    thermal_capacity: ByRegion
    """Thermal power capacity, MW; (r,)."""
    found: Findings
    """Findings of the full table."""

    @property
    def form(self) -> TradeForm:
        """Trade form of the full table."""
        return TradeForm(
            t=self.found.trade / self.use.T[:, None, :],
            a=self.inputs / self.found.x[:, None, :],
        )

    @property
    def use(self) -> ByRegionSector:
        """Total use of each product, of any origin; (s, i)."""
        return self.inputs.sum(axis=2) + self.d.sum(axis=2)

    @property
    def imports(self) -> ByRegionSector:
        """Purchases abroad, what no city supplies; rounding is never below zero; (s, i)."""
        bought = self.found.trade.sum(axis=1).T
        return np.maximum(self.use - bought, 0.0)

    @property
    def value_added(self) -> ByRegionSector:
        """Value added, output less inputs; (r, i)."""
        return self.found.x - self.inputs.sum(axis=1)
