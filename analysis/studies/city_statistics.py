"""City statistics: what they say of demand and structure, and how well, as tables of a page."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.documents.numbers import fixed
from analysis.economy.demand_evidence import (
    capital_per_investment,
    persistence,
    spread_about_curve,
)
from analysis.economy.held_out import (
    Weights,
    chosen_without,
    cross_validated,
    scatter,
    unexplained,
)
from analysis.economy.pair import EARLIER, LATER
from data.readers.inputs import read_figures
from model.arrays import ByRegion
from model.compile.assumptions import Assumptions
from model.compile.city_steps import curves
from model.compile.figures import Figures
from model.compile.margins import at_base_prices
from model.compile.within_provinces import within_elasticity
from model.labels import CATEGORIES, INVENTORY

DOCUMENT = DOCS / "city-statistics.md"
CAPACITY = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
JOBS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)
BEFORE = Weights(capacity=0.5, jobs=0.0)
"""Weights that no statistic stood behind."""


def elasticities(years: Sequence[Figures]) -> pd.DataFrame:
    """Return elasticities of demand per head by category and year, of cities and of provinces."""
    rows = []
    for figures in years:
        tables = at_base_prices(figures, Assumptions())
        found = {
            whose: curves(figures, tables, Assumptions(demand=whose))
            for whose in ("cities", "provinces")
        }
        names = [name for k, name in enumerate(CATEGORIES) if k != INVENTORY]
        for k, name in enumerate(names):
            row: dict[str, object] = {"year": figures.year, "demand": name.replace("_", " ")}
            for whose, each in found.items():
                row[whose] = f"{each.elasticity[k]:.2f} ± {each.standard_error[k]:.2f}"
            rows.append(row)
    return pd.DataFrame(rows)


def regressions(figures: Figures) -> pd.DataFrame:
    """Return the regressions behind them: on GDP per head within provinces and years."""
    demand, province = figures.demand, figures.regions.province
    rows: list[tuple[object, ...]] = []
    for what, panel in (
        ("fixed-asset investment", demand.investment),
        ("retail sales", demand.retail),
        ("public jobs", demand.public_jobs),
    ):
        found = within_elasticity(panel, province)
        spread = spread_about_curve(panel, province)
        years = f"{panel.years[0]}–{panel.years[-1]}"
        rows.append((what, years, found.cities, f"{found.value:.2f} ± {found.standard_error:.2f}",
                     f"{spread:.2f}", "computed"))  # fmt: skip
    for what, cited in (("wages", demand.wages), ("pay per public job", demand.public_pay)):
        rows.append((what, "2012", cited.cities, f"{cited.value:.2f} ± {cited.standard_error:.2f}",
                     "", "cited"))  # fmt: skip
    columns = ["per head", "years", "cities", "elasticity", "spread about it, log", "obtained"]
    return pd.DataFrame(rows, columns=columns)


def investment(figures: Figures) -> pd.DataFrame:
    """Return what a departure in investment tells of capital formation, and how long it lasts."""
    found, lasting = capital_per_investment(figures), persistence(figures)
    rows = [
        ("capital formation per investment, both beyond income", found.investment, "provinces"),
        ("capital formation per GDP on income", found.income, "provinces"),
        ("correlation of departures one year apart", lasting, "city-years"),
    ]
    return pd.DataFrame(
        [(what, f"{e.value:.2f} ± {e.standard_error:.2f}", f"{e.cities} {of}")
         for what, e, of in rows],
        columns=["estimate", "value", "over"],
    )  # fmt: skip


def residuals(years: Sequence[Figures]) -> dict[Weights, ByRegion]:
    """Return ln(inventory / foretold) of all years, one after the other, by weights."""
    pairs = [Weights(capacity, jobs) for capacity in CAPACITY for jobs in JOBS]
    return {
        weights: np.concatenate([unexplained(figures, weights) for figures in years])
        for weights in pairs
    }


def grid(found: dict[Weights, ByRegion]) -> pd.DataFrame:
    """Return the scatter at every pair of weights: a row a capacity weight, a column a jobs one."""
    return pd.DataFrame(
        [
            {"capacity \\ jobs": c}
            | {f"{j:g}": f"{scatter(found[Weights(c, j)]):.4f}" for j in JOBS}
            for c in CAPACITY
        ]
    )


def foretold(found: dict[Weights, ByRegion], years: Sequence[Figures]) -> pd.DataFrame:
    """Return the scatter before, at the default, and at weights chosen without each province."""
    default = Weights(Assumptions().capacity_weight, Assumptions().jobs_weight)
    province = np.concatenate([figures.regions.province for figures in years])
    each = {
        f"before: {_words(BEFORE)}": found[BEFORE],
        f"default: {_words(default)}": found[default],
        "chosen without the province": cross_validated(found, province),
    }
    size = len(years[0].regions)
    rows = []
    for what, residual in each.items():
        row: dict[str, object] = {"weights": what}
        for n, figures in enumerate(years):
            row[str(figures.year)] = f"{scatter(residual[n * size : (n + 1) * size]):.3f}"
        row["both years"] = f"{scatter(residual):.3f}"
        row["mean square less that before"] = _gain(residual, found[BEFORE], province)
        rows.append(row)
    return pd.DataFrame(rows)


def choices(found: dict[Weights, ByRegion], years: Sequence[Figures]) -> pd.DataFrame:
    """Return how often each pair of weights is chosen with one province left out."""
    province = np.concatenate([figures.regions.province for figures in years])
    picked = [_words(chosen_without(found, province, int(p))) for p in np.unique(province)]
    counts = pd.Series(picked).value_counts()
    return counts.rename_axis("weights").reset_index(name="provinces left out")


def tables() -> dict[str, str]:
    """Return the page's tables as Markdown, by the name of their markers."""
    years = [read_figures(year) for year in (EARLIER, LATER)]
    found = residuals(years)
    return {
        "elasticities": markdown(elasticities(years)),
        "regressions": markdown(regressions(years[0])),
        "investment": markdown(investment(years[0])),
        "foretold": markdown(foretold(found, years)),
        "grid": markdown(grid(found)),
        "choices": markdown(choices(found, years)),
    }


def renew() -> None:
    """Write the tables into the page."""
    renew_tables(DOCUMENT, tables())


def _words(weights: Weights) -> str:
    return f"capacity {weights.capacity:g}, jobs {weights.jobs:g}"


def _gain(residual: ByRegion, before: ByRegion, province: np.ndarray) -> str:
    """Return the mean difference of squares with its standard error, clustered by province."""
    less = residual**2 - before**2
    known = np.isfinite(less)
    sums = np.array([less[known & (province == p)].sum() for p in np.unique(province[known])])
    error = float(np.sqrt(((sums - sums.mean()) ** 2).sum())) / known.sum()
    return f"{fixed(less[known].mean(), 3, sign=True)} ± {error:.3f}"
