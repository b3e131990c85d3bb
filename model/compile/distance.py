"""Distances between cities, and how trade declines with them."""

import numpy as np

from model.arrays import (
    BetweenRegions,
    ByRegion,
    BySectorRegion,
    BySectorRegionProvince,
    OfRegion,
    ProvinceTrade,
)

EARTH_RADIUS_KM = 6371.0


def distances(lon: ByRegion, lat: ByRegion) -> BetweenRegions:
    """Return great-circle distances between seats, km (haversine); (r, r)."""
    lam, phi = np.radians(lon), np.radians(lat)
    h = (
        np.sin((phi[:, None] - phi) / 2) ** 2
        + np.cos(phi)[:, None] * np.cos(phi) * np.sin((lam[:, None] - lam) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))


def nearness(km: BetweenRegions, decay_per_km: float) -> BetweenRegions:
    """Return the gravity prior exp(−β·km), 1; all ones where β is 0 (pure maximum entropy)."""
    return np.exp(-decay_per_km * km)


def by_province(
    near: BetweenRegions, amounts: BySectorRegion, province: OfRegion
) -> BySectorRegionProvince:
    """Return what each region has near it in every province: Σ_{s∈q} near[r,s]·amounts[i,s].

    Regions stand province by province; (i, r, q).
    """
    found = [amounts[:, own] @ near[:, own].T for own in _provinces(province)]
    return np.stack(found, axis=-1)


def blocks(
    amounts: BySectorRegion, around: BySectorRegionProvince, province: OfRegion
) -> ProvinceTrade:
    """Return the pull between provinces: Σ_{r∈p} amounts[i,r]·around[i,r,q]; (i, p, q)."""
    found = [
        np.einsum("ir,irq->iq", amounts[:, own], around[:, own]) for own in _provinces(province)
    ]
    return np.stack(found, axis=1)


def _provinces(province: OfRegion) -> list[slice]:
    """Return where the regions of each province stand."""
    starts = np.flatnonzero(np.diff(province, prepend=-1)).tolist()
    return [slice(*ends) for ends in zip(starts, [*starts[1:], province.size], strict=True)]
