"""Step 2: city output by sector, nearest to provincial structure and true to the city's CO₂."""

from dataclasses import dataclass

import numpy as np

from model.arrays import (
    ByIndustry,
    ByRegion,
    ByRegionSector,
    BySector,
    OfSector,
    SectorMask,
)
from model.compile.balancing import fitted, ras

ROUNDS = 200
"""Of the search for tilts; margins are met in the end, whatever is left."""


@dataclass(frozen=True, slots=True)
class ProvinceStructure:
    """Sectors of one province, from its table."""

    x: BySector
    """Gross output, 10⁴ CNY; (i,)."""
    value_added: BySector
    """Value added, 10⁴ CNY; (i,)."""
    emissions: BySector
    """Production emissions, t CO₂; (i,)."""
    industry: OfSector
    """Industry of each sector: 0 primary, 1 secondary, 2 tertiary; (i,)."""


def prior_output(
    structure: ProvinceStructure,
    value_added: ByIndustry,
    thermal: tuple[ByRegion, float],
    electricity: SectorMask,
    special: ByRegionSector,
    jobs_weight: float,
) -> ByRegionSector:
    """Return output by provincial structure within each industry, 10⁴ CNY; (c, i).

    Parameters
    ----------
    value_added
        Of each city by industry, 10⁴ CNY; (c, 3).
    thermal
        Thermal capacity, MW, (c,), and its weight in a city's share of electricity, 1; the rest
        follows secondary value added.
    special, jobs_weight
        Specialisation by jobs, 1, (c, i) (see `model.compile.specialisation`), and its weight, 1.
    """
    share = value_added / value_added.sum(axis=0)
    by_sector = share[:, structure.industry] * (1.0 - jobs_weight + jobs_weight * special)
    capacity, weight = thermal
    if capacity.sum() > 0:
        lean = weight * (capacity / capacity.sum())[:, None]
        by_sector = np.where(electricity, lean + (1 - weight) * by_sector, by_sector)
    return by_sector * structure.x


def city_output(
    structure: ProvinceStructure,
    prior: ByRegionSector,
    value_added: ByIndustry,
    emissions: ByRegion,
    tilt: float,
) -> ByRegionSector:
    """Return city output by minimum cross-entropy to `prior`, 10⁴ CNY; (c, i).

    Province sums by sector and city value added by industry hold exactly; output is tilted by
    exp(λ_c e_i / max e) towards emitting sectors until the city's CO₂ is met or |λ| = `tilt`
    (Zheng et al. 2022, step 2). What is left to reach the CO₂ is a matter of intensity.

    Parameters
    ----------
    emissions
        Production emissions of the cities, t CO₂; (c,).
    tilt
        Bound of λ, 1.

    Raises
    ------
    Unbalanced
        If city value added by industry does not sum to the province's.
    """
    if prior.shape[0] == 1:
        return structure.x[None, :].copy()
    e = np.divide(
        structure.emissions, structure.x, out=np.zeros_like(structure.x), where=structure.x > 0
    )
    relative = e / e.max()
    strength = np.zeros(prior.shape[0])
    x = prior
    for _ in range(ROUNDS):
        x = _one_sweep(structure, x, value_added)
        found = x @ e
        slope = np.maximum((x * e) @ relative / found, 0.05)
        wanted = np.clip(strength + 0.5 * np.log(emissions / found) / slope, -tilt, tilt)
        x = x * np.exp((wanted - strength)[:, None] * relative)
        strength = wanted
    return _to_margins(structure, x, value_added)


def _one_sweep(
    structure: ProvinceStructure, x: ByRegionSector, value_added: ByIndustry
) -> ByRegionSector:
    v = fitted(structure.value_added, structure.x)
    x = x * fitted(structure.x, x.sum(axis=0))
    for industry in range(value_added.shape[1]):
        own = structure.industry == industry
        x[:, own] *= fitted(value_added[:, industry], x[:, own] @ v[own])[:, None]
    return x


def _to_margins(
    structure: ProvinceStructure, x: ByRegionSector, value_added: ByIndustry
) -> ByRegionSector:
    result = x * fitted(structure.x, x.sum(axis=0))
    for industry in range(value_added.shape[1]):
        own = np.flatnonzero((structure.industry == industry) & (structure.value_added > 0))
        if own.size == 0:
            continue
        v = structure.value_added[own] / structure.x[own]
        margins = structure.value_added[own]
        result[:, own] = ras(result[:, own] * v, value_added[:, industry], margins) / v
    return result
