"""The national fuel mix of each sector's emissions, as a satellite of the city inventories."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.readers.verified import read_table
from model.arrays import ByRegionSector, Matrix
from model.labels import Sectors

MIX_YEAR = 2012
"""Year of the fuel mix; other years borrow it."""


@dataclass(frozen=True, slots=True)
class FuelMix:
    """Shares of fuels and industrial processes in the emissions of each sector."""

    fuels: tuple[str, ...]
    """Names of the fuels, `process` last."""
    share: Matrix
    """1, summing to one over fuels, or to 0 where the nation's sector emits nothing; (i, f)."""

    def emissions(self, F: ByRegionSector) -> Matrix:
        """Return emissions by region and fuel, unit of F; (r, f).

        Every city's sector burns the national mix: a city whose power comes from gas is not told
        from one on coal.
        """
        return F @ self.share


def read_fuel_mix(sectors: Sectors, directory: Path | None = None) -> FuelMix:
    """Return the national fuel mix of 2012 by sector (Shan et al. 2018, 2020)."""
    table = read_table(f"national_fuel_mix_{MIX_YEAR}.csv", directory).set_index("sector_code")
    fuels = [name for name in table.columns if name != "total"]
    amounts = table.loc[list(sectors.codes), fuels].to_numpy(dtype=np.float64)
    total = amounts.sum(axis=1, keepdims=True)
    share = np.divide(amounts, total, out=np.zeros_like(amounts), where=total > 0)
    return FuelMix(fuels=tuple(fuels), share=share)
