"""Partners of a city along supply chains: emissions embodied in what they supply each other."""

from dataclasses import dataclass

import numpy as np

from model.compile.city_economy import Economy

MOST = 5
"""Partners that are named."""


@dataclass(frozen=True, slots=True)
class Partners:
    """Largest partners of a region in the base year, each with t CO₂ a year."""

    suppliers: dict[str, float]
    """Emitted there for the region's final demand, the largest first."""
    customers: dict[str, float]
    """Emitted in the region for their final demand."""
    at_home: float
    """Emitted in the region for its own final demand, t CO₂."""
    abroad: float
    """Emitted in the region for exports abroad, t CO₂."""


def partners(economy: Economy, code: str) -> Partners:
    """Return the partners of a region of an economy."""
    place = economy.regions.codes.index(code)
    found = economy.accounts()
    return Partners(
        _largest(found.C[:, place], place, economy),
        _largest(found.C[place], place, economy),
        float(found.C[place, place]),
        float(found.exported[place]),
    )


def _largest(flows: np.ndarray, place: int, economy: Economy) -> dict[str, float]:
    order = [r for r in np.argsort(-flows, kind="stable") if r != place and flows[r] > 0]
    return {economy.regions.names[r]: float(flows[r]) for r in order[:MOST]}
