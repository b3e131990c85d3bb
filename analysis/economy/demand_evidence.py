"""Evidence of provinces and years on how far city investment tells capital formation."""

from dataclasses import dataclass

import numpy as np

from model.arrays import OfRegion
from model.compile.figures import CityPanel, Estimate, Figures
from model.compile.within_provinces import MAD_TO_SD, around_the_curve, within_elasticity
from model.labels import CATEGORIES

COVERED = 0.5
"""Least share of a province's GDP in cities with figures, 1."""
CAPITAL = CATEGORIES.index("capital_formation")


@dataclass(frozen=True, slots=True)
class CapitalPerInvestment:
    """Provinces' capital formation explained by income and investment, all in logs."""

    investment: Estimate
    """Coefficient of investment per GDP: what part of a departure in investment is one of capital
    formation (the best linear predictor, so errors in investment are allowed for)."""
    income: Estimate
    """Coefficient of GDP per head."""
    left: float
    """Standard deviation of what neither explains, log units."""


def capital_per_investment(figures: Figures) -> CapitalPerInvestment:
    """Regress ln(capital formation / GDP) on ln(investment / GDP) and ln(GDP / head).

    Least squares over provinces with figures of the table's year for more than half their GDP.
    Capital formation is that of the provincial tables as published.

    Raises
    ------
    ValueError
        If the table's year has no figures of investment.
    """
    panel, province = figures.demand.investment, figures.regions.province
    if figures.year not in panel.years:
        raise ValueError(f"no investment of {figures.year}; there is of {panel.years}")
    at = panel.years.index(figures.year)
    heads = figures.statistics.population
    gdp = figures.statistics.gdp.sum(axis=1)
    rate = panel.per_head[at] / panel.income[at]
    rows = []
    for p in range(len(figures.regions.province_codes)):
        own = province == p
        seen = own & np.isfinite(rate)
        if gdp[seen].sum() > COVERED * gdp[own].sum():
            made = figures.tables.value_added[p].sum()
            capital = figures.tables.Y[p, :, CAPITAL].sum() / made
            invested = (rate * gdp)[seen].sum() / gdp[seen].sum()
            rows.append((capital, invested, made / heads[own].sum()))
    capital, invested, income = np.log(np.array(rows)).T
    X = np.column_stack([np.ones_like(invested), invested, income])
    found, *_ = np.linalg.lstsq(X, capital, rcond=None)
    residual = capital - X @ found
    variance = residual @ residual / (len(rows) - X.shape[1])
    errors = np.sqrt(np.diag(np.linalg.inv(X.T @ X)) * variance)
    return CapitalPerInvestment(
        investment=Estimate(float(found[1]), float(errors[1]), len(rows)),
        income=Estimate(float(found[2]), float(errors[2]), len(rows)),
        left=float(np.sqrt(variance)),
    )


def persistence(figures: Figures) -> Estimate:
    """Return the correlation of departures in investment one year apart, and its standard error.

    Fisher's; cities and years are pooled.
    """
    panel, province = figures.demand.investment, figures.regions.province
    curve = within_elasticity(panel, province)
    departure = around_the_curve(panel, curve.value, province)
    before, after = departure[:-1].ravel(), departure[1:].ravel()
    both = np.isfinite(before) & np.isfinite(after)
    r = float(np.corrcoef(before[both], after[both])[0, 1])
    return Estimate(r, (1.0 - r**2) / float(np.sqrt(both.sum() - 3)), int(both.sum()))


def spread_about_curve(panel: CityPanel, province: OfRegion) -> float:
    """Return the robust standard deviation of cities about their curve, log units."""
    curve = within_elasticity(panel, province)
    departure = around_the_curve(panel, curve.value, province)
    return float(np.nanmedian(np.abs(departure))) / MAD_TO_SD
