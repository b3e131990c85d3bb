"""Checking compiled city tables: every balance, and how they stand beside what made them."""

from dataclasses import dataclass

import numpy as np

from model.arrays import AnyFloats, ByRegion, BySector
from model.compile.assumptions import Assumptions
from model.compile.carrying import sum_of_provinces
from model.compile.city_economy import CityTables, Economy
from model.compile.figures import Figures
from model.compile.margins import at_base_prices, on_base
from model.compile.nation import NationalTable, balanced, multipliers
from model.input_output.krylov import spectral_radius
from model.input_output.province_sums import sums
from model.input_output.trade_form import TradeForm
from model.labels import CATEGORIES, GROUPS, INVENTORY

TOLERANCE = 1e-9
"""Largest imbalance, as a share of the sector's national output."""
OUTLIER = 4.0
"""A city's intensity is an outlier beyond this many times the nation's, or below one part in as
many."""
WEIGHTY = 0.001
"""Emissions of a city-sector are named among the outliers above this share of all emissions."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    what: str
    value: float
    unit: str
    limit: str
    """Bounds it must keep."""
    sound: bool


def balances(economy: Economy) -> list[Finding]:
    """Return every balance of the tables, with the largest deviation found."""
    form, d = economy.form, economy.d
    output = np.maximum(economy.x.sum(axis=0), 1.0)
    inputs = form.apply(economy.x[:, :, None])[:, :, 0]
    sold = inputs + form.all_final_demand(d).sum(axis=2) + economy.export
    made = economy.basis.sum(axis=2)
    accounts = economy.accounts()
    total = accounts.D_cba.sum() + accounts.exported.sum()
    gaps = {
        "output = sales at home and abroad": np.abs((sold - economy.x) / output).max(),
        "output = all that final demand and exports call for": np.abs(
            (made - economy.x) / output
        ).max(),
        "footprints + exported emissions = emissions": abs(total / economy.F.sum() - 1.0),
    }
    radius = spectral_radius(form)
    return [
        *(_of_trade_form(economy, output) if isinstance(form, TradeForm) else _in_full(economy)),
        *_within_tolerance(gaps),
        Finding("spectral radius of A", radius, "1", "< 1", radius < 1),
    ]


def _of_trade_form(economy: Economy, output: BySector) -> list[Finding]:
    form = economy.trade
    paid = (form.a.sum(axis=1) * economy.x) + economy.value_added
    share = float(form.t.sum(axis=1).max())
    stocks = list(economy.categories.of("inventory_change"))
    least = min(
        float(amount.min())
        for amount in (form.t, form.a, economy.x, economy.export, economy.F,
                       economy.value_added, np.delete(economy.d, stocks, axis=2))
    )  # fmt: skip
    gap = float(np.abs((paid - economy.x) / output).max())
    return [
        *_within_tolerance({"output = inputs + value added": gap}),
        Finding("largest domestic share of a use", share, "1", "≤ 1", share <= 1 + 1e-12),
        Finding("least entry but inventory change", least, "", "≥ 0", least >= 0),
    ]


def _in_full(economy: Economy) -> list[Finding]:
    """Return what a table in full must keep; it may have negative entries, which are shown."""
    A, x = economy.form.arrays[0], economy.x.reshape(-1)
    abroad = x * (1.0 - A.sum(axis=0)) - economy.value_added.reshape(-1)
    inputs, below = np.zeros(2)
    for row in A:  # row by row: with hundreds of cities A fills much of the memory
        flows = row * x
        inputs += np.abs(flows).sum()
        below -= flows[flows < 0].sum()
    least = float(abroad.min() / economy.x.sum())
    negative = float(below / inputs)
    return [
        Finding("least inputs from abroad, of all output", least, "1", "≥ 0", least >= -TOLERANCE),
        Finding("negative inputs, share of all", negative, "1", "< 0.01", negative < 0.01),
    ]


def against_provinces(
    tables: CityTables, figures: Figures, assumptions: Assumptions
) -> list[Finding]:
    """Return how far city sums are from the reconciled provinces and their inventories."""
    provinces = at_base_prices(figures, assumptions)
    production = on_base(figures, assumptions).production
    pairs: dict[str, tuple[AnyFloats, AnyFloats]] = {
        "output": (tables.x, provinces.x),
        "value added": (tables.value_added, provinces.value_added),
        "exports": (tables.export, provinces.export),
        "inputs by product": (tables.trade.a * tables.x[:, None, :], provinces.Z),
        "final demand by category": (tables.d, provinces.Y),
        "emissions by sector": (tables.F, production),
    }
    province = tables.regions.province
    gaps = {
        f"cities = province: {what}": np.abs(sums(city, province, len(whole)) - whole).max()
        / np.abs(whole).max()
        for what, (city, whole) in pairs.items()
    }
    return _within_tolerance(gaps)


def scalings(figures: Figures, assumptions: Assumptions) -> list[tuple[str, float, float]]:
    """Return by how much calibration scaled city and provincial figures: what, least, most."""
    reported = sum_of_provinces(figures.tables)
    nation = balanced(figures.national)
    province = figures.regions.province
    provinces = len(figures.regions.province_codes)
    inventory = on_base(figures, assumptions)
    with_households = inventory.production.sum(axis=1) + inventory.households.sum(axis=1)
    factors = {
        "city CO₂ to the province's inventory": with_households
        / sums(figures.statistics.co2, province, provinces),
        "city value added to the province's table": figures.tables.value_added.sum(axis=1)
        / sums(figures.statistics.gdp.sum(axis=1), province, provinces),
        "provinces' output to the nation's, by sector": nation.x / reported.x,
        "provinces' final demand to the nation's, by category": nation.Y.sum(axis=0)
        / reported.Y.sum(axis=0),
    }
    return [(what, float(each.min()), float(each.max())) for what, each in factors.items()]


def against_nation(tables: CityTables, figures: Figures) -> list[tuple[str, float, float]]:
    """Return multipliers of the nation and of the cities aggregated to one region: what, both.

    At equal emissions. The nation is the table as published, with its discrepancy, or the one
    carried to a year without; both at current prices, so only the table's own year compares.
    """
    F = tables.F.sum(axis=0)
    nation, cities = (multipliers(table, F) for table in (figures.national, aggregated(tables)))
    sectors = np.abs(cities.by_product / np.where(F > 0, nation.by_product, np.nan) - 1.0)
    return [
        *(
            (f"CO₂ per {name.replace('_', ' ')}", float(a), float(b))
            for name, a, b in zip(CATEGORIES, nation.by_category, cities.by_category, strict=True)
            if name != CATEGORIES[INVENTORY]
        ),
        ("median deviation of a product's multiplier", 0.0, float(np.nanmedian(sectors))),
    ]


def aggregated(tables: CityTables) -> NationalTable:
    """Return the city tables added up to one region, 10⁴ CNY."""
    use = _use(tables)
    return NationalTable(
        Z=np.einsum("sij,sj->ij", tables.trade.a, tables.x),
        Y=tables.d.sum(axis=0),
        export=tables.export.sum(axis=0),
        imports=(use * (1.0 - tables.trade.t.sum(axis=1).T)).sum(axis=0),
        value_added=tables.value_added.sum(axis=0),
    )


def outliers(tables: CityTables) -> list[tuple[str, float]]:
    """Return cities whose CO₂ per value added is far from the nation's, with the ratio."""
    intensity: ByRegion = tables.F.sum(axis=1) / tables.value_added.sum(axis=1)
    ratio = intensity / (tables.F.sum() / tables.value_added.sum())
    far = [r for r in tables.players if not 1 / OUTLIER <= ratio[r] <= OUTLIER]
    return sorted(((tables.regions.names[r], float(ratio[r])) for r in far), key=lambda c: -c[1])


def sector_outliers(tables: CityTables) -> list[tuple[str, str, float]]:
    """Return weighty city-sectors far from the sector's national intensity: city, group, ratio."""
    members = (tables.sectors.group[:, None] == np.arange(len(GROUPS))).astype(np.float64)
    F, x = tables.F @ members, tables.x @ members
    output = x.sum(axis=0)
    expected = x * np.divide(F.sum(axis=0), output, out=np.zeros_like(output), where=output > 0)
    ratio = np.divide(F, expected, out=np.ones_like(F), where=expected > 0)
    far = ((ratio > OUTLIER) | (ratio < 1 / OUTLIER)) & (WEIGHTY * tables.F.sum() < F)
    found = [(tables.regions.names[r], GROUPS[g], float(ratio[r, g])) for r, g in np.argwhere(far)]
    return sorted(found, key=lambda row: -row[2])


def _within_tolerance(gaps: dict[str, float]) -> list[Finding]:
    return [
        Finding(what, float(gap), "share", f"≤ {TOLERANCE:g}", bool(gap <= TOLERANCE))
        for what, gap in gaps.items()
    ]


def _use(tables: CityTables) -> np.ndarray:
    return np.einsum("sij,sj->si", tables.trade.a, tables.x) + tables.d.sum(axis=2)
