"""Decimals of a city's figures: as many as suit its largest."""

import numpy as np

from analysis.report.measures import Unit

FIGURES = 3
"""Decimals of tonnes where the highest is about one unit; of money one fewer."""
MOST = 6
"""Decimals at most."""
LEVELS = 8
"""Steps a decade of half a band: about a third each, as a band of few runs is known."""
LOWEST = 48
"""Steps below one unit."""


def of_tonnes(emissions: np.ndarray, unit: Unit) -> np.ndarray:
    """Return decimals for everything a city counts in tonnes, from emissions in t CO₂; (c,).

    Four figures of the highest emissions, three where they begin with a digit above three.
    """
    return _within(FIGURES - _magnitude(emissions, unit))


def of_money(values: np.ndarray, unit: Unit) -> np.ndarray:
    """Return decimals of money, one figure fewer than of tonnes; (c,)."""
    return _within(FIGURES - 1 - _magnitude(values, unit))


def levels(halves: np.ndarray, unit: Unit) -> np.ndarray:
    """Return halves of bands as levels on a logarithmic scale, 0 for none."""
    known = halves > 0
    steps = np.log10(np.where(known, halves, unit.size) / unit.size) * LEVELS + LOWEST
    return np.where(np.isnan(halves), np.nan, np.where(known, np.maximum(steps, 1.0), 0.0))


def _magnitude(values: np.ndarray, unit: Unit) -> np.ndarray:
    """Return the nearest power of ten of a city's highest value, as its exponent; (c,)."""
    largest = np.abs(np.nan_to_num(values)).max(axis=(0, 1)) / unit.size
    return np.rint(np.log10(np.maximum(largest, 10.0**-MOST)))


def _within(decimals: np.ndarray) -> np.ndarray:
    return np.clip(decimals, 0, MOST).astype(int)
