"""Checking a compiled economy: every balance, and the figures a reader asks for first."""

from dataclasses import dataclass

import numpy as np

from data.economy import Economy
from data.figures import CATEGORIES
from model.arrays import ByRegion
from model.compile.nation import INVENTORY
from model.krylov import spectral_radius

TOLERANCE = 1e-9
"""Largest imbalance, as a share of the sector's national output."""
OUTLIER = 4.0
"""A city's CO₂ per value added is an outlier beyond this many times the nation's, or below one
part in as many."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    what: str
    value: float
    unit: str
    limit: str
    """What it must be, or where it comes from: `free`, `calibrated`."""
    sound: bool


def balances(economy: Economy) -> list[Finding]:
    """Return every balance of the tables, with the largest deviation found."""
    use = _use(economy)
    output = np.maximum(economy.x.sum(axis=0), 1.0)
    sold = economy.form.supply(use[:, :, None])[:, :, 0] + economy.export
    paid = (economy.form.a.sum(axis=1) * economy.x) + economy.value_added
    made = economy.basis.sum(axis=2)
    accounts = economy.accounts()
    emitted = economy.F.sum()
    total = accounts.D_cba.sum() + accounts.exported.sum()
    least = min(
        float(amount.min())
        for amount in (economy.form.t, economy.form.a, economy.x, economy.export, economy.F,
                       np.delete(economy.d, INVENTORY, axis=2))
    )  # fmt: skip
    gaps = {
        "output = sales at home and abroad": np.abs((sold - economy.x) / output).max(),
        "output = inputs + value added": np.abs((paid - economy.x) / output).max(),
        "output = all that final demand and exports call for": np.abs(
            (made - economy.x) / output
        ).max(),
        "footprints + exported emissions = emissions": abs(total / emitted - 1.0),
    }
    found = [
        Finding(what, float(gap), "share", f"≤ {TOLERANCE:g}", bool(gap <= TOLERANCE))
        for what, gap in gaps.items()
    ]
    share = float(economy.form.t.sum(axis=1).max())
    radius = spectral_radius(economy.form)
    return [
        *found,
        Finding("largest domestic share of a use", share, "1", "≤ 1", share <= 1 + 1e-12),
        Finding("spectral radius of A", radius, "1", "< 1", radius < 1),
        Finding("least entry but inventory change", least, "", "≥ 0", least >= 0),
    ]


def headline(economy: Economy) -> list[Finding]:
    """Return the first figures of the year; `limit` says how each was obtained."""
    accounts, cities = economy.accounts(), economy.players
    footprint = float(accounts.D_cba[cities].sum())
    by_category = _embodied_by_category(economy)
    capital = CATEGORIES.index("capital_formation")
    spent = economy.d.sum(axis=(0, 1))
    at_home = float(np.diag(accounts.C)[cities].sum())
    households = by_category[:2, :].sum() / spent[:2].sum()
    rows = (
        ("emissions of the cities, without households", accounts.D_pba[cities].sum() / 1e9,
         "Gt CO₂", "input"),
        ("footprint of the cities", footprint / 1e9, "Gt CO₂", "free"),
        ("share of footprints emitted elsewhere", 100 * (1 - at_home / footprint), "%",
         "calibrated"),
        ("share of capital formation in the cities' footprint",
         100 * by_category[capital, cities].sum() / footprint, "%", "free"),
        ("CO₂ per unit of capital formation", by_category[capital].sum() / spent[capital],
         "t per 10⁴ CNY", "free"),
        ("CO₂ per unit of household consumption", households, "t per 10⁴ CNY", "free"),
        ("cities whose CO₂ is estimated", float(economy.co2_estimated[cities].sum()), "cities",
         "input"),
    )  # fmt: skip
    return [Finding(what, float(value), unit, how, True) for what, value, unit, how in rows]


def outliers(economy: Economy) -> list[tuple[str, float]]:
    """Return cities whose CO₂ per value added is far from the nation's, with the ratio."""
    intensity: ByRegion = economy.F.sum(axis=1) / economy.value_added.sum(axis=1)
    ratio = intensity / (economy.F.sum() / economy.value_added.sum())
    far = [r for r in economy.players if not 1 / OUTLIER <= ratio[r] <= OUTLIER]
    return sorted(((economy.regions.names[r], float(ratio[r])) for r in far), key=lambda c: -c[1])


def _use(economy: Economy) -> np.ndarray:
    return np.einsum("sij,sj->si", economy.form.a, economy.x) + economy.d.sum(axis=2)


def _embodied_by_category(economy: Economy) -> np.ndarray:
    """Return emissions embodied in each category of each region's final demand, t; (k, s)."""
    totals = np.einsum("ri,ric->c", economy.S, economy.basis)
    return totals.reshape(-1, len(economy.regions))[:-1]
