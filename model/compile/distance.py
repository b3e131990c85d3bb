"""Distances between cities, and how trade declines with them."""

import numpy as np

from model.arrays import BetweenRegions, ByRegion

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
