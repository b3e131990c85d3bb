"""Liu et al. 2015: the few regions and sectors where a lower intensity saves most."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.economy.provinces import province_names
from data.readers.world_ratios import read_world_ratios
from model.arrays import ByProvinceSector, ByRegionSector, BySector, Cells
from model.compile.city_economy import Economy
from model.footprints.quota_scenarios import national_mean
from model.footprints.targeted import best_practice, few_cells, leverage
from model.input_output.province_sums import sums
from model.labels import GROUPS, KEY_SECTORS

MT = 1e6
"""Tonnes in a million tonnes."""
BEST, WORLD = "national best practice", "world mean, six key sectors"
MEAN = "national mean"


@dataclass(frozen=True, slots=True)
class Target:
    """An intensity to reach, and what reaching it would save."""

    name: str
    intensity: BySector
    """t CO₂ per 10⁴ CNY; infinite where there is no target; (i,)."""
    saved: ByRegionSector
    """Leverage: t CO₂ a year at the same output; (r, i)."""

    @property
    def cells(self) -> Cells:
        """The fewest cells that hold half of it, the largest first; (m, 2)."""
        return few_cells(self.saved)


def targets(economy: Economy) -> dict[str, Target]:
    """Return the targets by name: best practice, a wider one, the mean, and the world's."""
    S, x = economy.S, economy.x
    mean = national_mean(economy.F, x)
    world = mean * read_world_ratios(economy.sectors)
    key = economy.sectors.group < len(KEY_SECTORS)
    levels = {
        BEST: best_practice(S, x),
        "cleanest quarter of output": best_practice(S, x, quantile=0.25),
        MEAN: mean,
        WORLD: np.where(key, world, np.inf),
    }
    return {name: Target(name, level, leverage(S, x, level)) for name, level in levels.items()}


def in_provinces(economy: Economy, target: Target) -> ByProvinceSector:
    """Return the leverage by province and sector, t CO₂; (p, i)."""
    regions = economy.regions
    return sums(target.saved, regions.province, len(regions.province_codes))


def overview(economy: Economy, found: dict[str, Target]) -> pd.DataFrame:
    """Return how concentrated the reachable reduction is under each target."""
    province, rows = economy.regions.province, []
    for target in found.values():
        cells, pooled = target.cells, in_provinces(economy, target)
        rows.append(
            {
                "target": target.name,
                "reachable_mt": float(target.saved.sum()) / MT,
                "share_of_emissions_pct": 100 * float(target.saved.sum() / economy.F.sum()),
                "cells_with_leverage": int((target.saved > 0).sum()),
                "cells_for_half": len(cells),
                "regions_of_these": np.unique(cells[:, 0]).size,
                "provinces_of_these": np.unique(province[cells[:, 0]]).size,
                "sectors_of_these": np.unique(cells[:, 1]).size,
                "provinces_for_half": len(few_cells(pooled.sum(axis=1, keepdims=True))),
                "sectors_for_half": len(few_cells(pooled.sum(axis=0, keepdims=True))),
                "province_sectors_for_half": len(few_cells(pooled)),
                "province_sectors_with_leverage": int((pooled > 0).sum()),
            }
        )
    return pd.DataFrame(rows)


def ranking(economy: Economy, target: Target) -> pd.DataFrame:
    """Return the few cells with names, the largest leverage first."""
    r, i = target.cells.T
    names = province_names(economy.regions)
    return pd.DataFrame(
        {
            "rank": np.arange(1, r.size + 1),
            "region": [economy.regions.names[n] for n in r],
            "province": [names[p] for p in economy.regions.province[r]],
            "sector": [economy.sectors.names[n] for n in i],
            "intensity_t_per_10k_cny": economy.S[r, i],
            "target_t_per_10k_cny": target.intensity[i],
            "emissions_mt": economy.F[r, i] / MT,
            "leverage_mt": target.saved[r, i] / MT,
            "cumulative_share_pct": 100 * target.saved[r, i].cumsum() / target.saved.sum(),
            "co2_estimated": economy.co2_estimated[r],
        }
    )


def distances(economy: Economy, found: dict[str, Target]) -> pd.DataFrame:
    """Return how far each region's key sectors are from best practice and from the world."""
    key = np.flatnonzero(economy.sectors.group < len(KEY_SECTORS))
    r, n = np.nonzero(economy.x[:, key] > 0)
    i = key[n]
    own = economy.S[r, i]
    best, mean, world = (found[name].intensity[i] for name in (BEST, MEAN, WORLD))
    return pd.DataFrame(
        {
            "region_code": [economy.regions.codes[m] for m in r],
            "region": [economy.regions.names[m] for m in r],
            "sector": [economy.sectors.names[m] for m in i],
            "key_sector": [GROUPS[g] for g in economy.sectors.group[i]],
            "intensity_t_per_10k_cny": own,
            "above_best_practice": own - best,
            "above_national_mean": own - mean,
            "above_world": own - world,
            "output_10k_cny": economy.x[r, i],
        }
    )
