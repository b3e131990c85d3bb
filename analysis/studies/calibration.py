"""Calibration on China's national market by approximate Bayesian computation (ABC).

Parameters are drawn from their priors, the market's first years are simulated with each draw, and
those draws are kept whose prices, turnover and reported compliance are nearest to what was seen;
kept draws are then adjusted by local-linear regression (Beaumont, Zhang and Balding 2002). The
years that follow are held out.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import qmc

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.documents.numbers import fixed
from data.compiled.cache import load_economy
from data.readers.carbon_markets import CarbonMarket, read_carbon_markets
from model.arrays import AnyFloats, AnyMask, Vector
from scenarios.posterior import FILE
from scenarios.reading import read_scenario
from simulation.batch import AT_ONCE, Case
from simulation.laboratory import Laboratory
from simulation.run_result import Run

DOCUMENT = DOCS / "calibration.md"
MARKET = "national"
FITTED, HELD_OUT = (2021, 2022), (2023, 2024)
SAMPLES, KEPT, SEED = 1500, 100, 2021
LAW = {"allocation.rule": "grandfathering", "market.price_floor": 0.0, "market.price_ceiling": None}
"""Set beside the library's scenario: real benchmarks go by technology, so that quota is near a
plant's own emissions; and the market has no collar."""
CHANCES = 4
"""Replications that samples are spread over."""
IDENTIFIED = 0.7
"""Spread of the posterior, of the prior's, below which a parameter counts as identified."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Range of a parameter, even in it or in its logarithm."""

    low: float
    high: float
    log: bool = False

    def at(self, share: Vector) -> Vector:
        """Return the values at some shares of the range, 1."""
        if self.log:
            return np.asarray(self.low * (self.high / self.low) ** share)
        return np.asarray(self.low + (self.high - self.low) * share)


PRIORS = {
    "compliance.audit": Prior(0.05, 0.8),
    "compliance.hideable": Prior(0.02, 0.3, log=True),
    "compliance.penalty_multiple": Prior(0.5, 8.0, log=True),
    "abatement.steepness": Prior(250.0, 1100.0, log=True),
    "abatement.adjustment_cost": Prior(10.0, 160.0, log=True),
    "behaviour.belief_speed": Prior(0.1, 0.9),
    "behaviour.forecast_error": Prior(0.0, 0.06),
    "behaviour.rationality": Prior(3.0, 50.0, log=True),
    "behaviour.reference_price": Prior(30.0, 100.0, log=True),
    "market.transaction_cost": Prior(0.0, 15.0),
    "compliance.bank_limit": Prior(0.0, 0.6),
    "cap.rate": Prior(0.02, 0.06),
}
"""Priors by key of a scenario: the ranges that were tried, where a source names none."""


def statistics(run: Run, years: tuple[int, ...]) -> dict[str, float]:
    """Return what a market shows in some years: prices, turnover, compliance as reported."""
    seen = run.national.set_index("year")
    found = {f"price {year}, CNY/t": float(seen["price"].get(year, np.nan)) for year in years}
    share = 100 * seen["volume"] / seen["liability"]
    found |= {f"turnover {year}, % of covered": float(share[year]) for year in years}
    if years == FITTED:
        found["compliance reported, %"] = 100 * float(
            seen["reported_compliance"][list(years)].mean()
        )
    return found


def observed(market: CarbonMarket, years: tuple[int, ...]) -> dict[str, float]:
    """Return the same of the market as it was; turnover over the latest known covered emissions."""
    figures = market.figures
    covered: dict[int, float] = {
        year: float(figure.value or np.nan) for year, figure in figures["covered_emissions"].items()
    }
    found = {f"price {year}, CNY/t": _of(market, "price_mean", year) for year in years}
    for year in years:
        size = covered[max(known for known in covered if known <= year)]
        found[f"turnover {year}, % of covered"] = 100 * _of(market, "turnover", year) / size
    if years == FITTED:
        found["compliance reported, %"] = _of(market, "compliance_volume", 2021)
    return found


def _of(market: CarbonMarket, variable: str, year: int) -> float:
    value = market.figures[variable][year].value
    return float("nan") if value is None else value


def simulated(
    laboratory: Laboratory, samples: int = SAMPLES, seed: int = SEED
) -> tuple[AnyFloats, pd.DataFrame, pd.DataFrame]:
    """Return draws as shares of their ranges (n, p), and statistics of fitted and later years."""
    draws = qmc.LatinHypercube(len(PRIORS), seed=seed).random(samples)
    cases = [
        Case(read_scenario("national_market", settings(draw)), seed, n % CHANCES)
        for n, draw in enumerate(draws)
    ]
    fitted, later = [], []
    for first in range(0, len(cases), AT_ONCE):
        for run in laboratory.cases(cases[first : first + AT_ONCE]):
            fitted.append(statistics(run, FITTED))
            later.append(statistics(run, HELD_OUT))
    return draws, pd.DataFrame(fitted), pd.DataFrame(later)


def settings(draw: Vector) -> dict[str, Any]:
    """Return one draw as overrides of the scenario, to the end of the years held out."""
    values = {
        key: float(prior.at(np.array([share]))[0])
        for (key, prior), share in zip(PRIORS.items(), draw, strict=True)
    }
    return {**values, **LAW, "horizon.end": HELD_OUT[-1]}


@dataclass(frozen=True, slots=True)
class Posterior:
    """Draws that were kept, adjusted; shares of their ranges."""

    draws: AnyFloats
    """(n, p)."""
    weights: Vector
    """Epanechnikov, by distance; (n,)."""
    kept: AnyMask
    """Which of all draws; (N,)."""


def posterior(draws: AnyFloats, found: pd.DataFrame, target: dict[str, float]) -> Posterior:
    """Return the draws nearest to a target, adjusted by local-linear regression.

    Distances are measured in median absolute deviations of each statistic over all draws; shares
    are regressed as logits and stay within their ranges. A statistic that no nine tenths of the
    kept draws enclose is not regressed on: the model does not reach it, and a line beyond all draws
    would tell nothing.
    """
    values = found.to_numpy()
    centre = np.array([target[name] for name in found.columns])
    spread = np.nanmedian(np.abs(values - np.nanmedian(values, axis=0)), axis=0)
    apart = (values - centre) / np.maximum(spread, 1e-9)
    distance = np.sqrt((apart**2).sum(axis=1))
    distance[np.isnan(distance)] = np.inf
    width = np.sort(distance)[KEPT]
    kept = distance < width
    weights = 1.0 - (distance[kept] / width) ** 2
    shares = np.clip(draws[kept], 1e-3, 1 - 1e-3)
    logits = np.log(shares / (1 - shares))
    low, high = np.quantile(values[kept], [0.05, 0.95], axis=0)
    reached = apart[kept][:, (low < centre) & (centre < high)]
    X = np.column_stack([np.ones(kept.sum()), reached])
    root = np.sqrt(weights)[:, None]
    slopes = np.linalg.lstsq(root * X, root * logits, rcond=1e-6)[0]
    adjusted = logits - reached @ slopes[1:]
    return Posterior(1.0 / (1.0 + np.exp(-adjusted)), weights, kept)


def quantile(values: Vector, weights: Vector, share: float) -> float:
    """Return a weighted quantile."""
    order = np.argsort(values)
    passed = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(passed, share)])


def contraction(found: Posterior) -> Vector:
    """Return the posterior's spread of each parameter relative to the prior's, 1; (p,)."""
    mean = np.average(found.draws, axis=0, weights=found.weights)
    variance = np.average((found.draws - mean) ** 2, axis=0, weights=found.weights)
    return np.asarray(np.sqrt(variance * 12.0))


def tables(laboratory: Laboratory, written: Path | None = None) -> dict[str, str]:
    """Return the document's tables; write the posterior too, if there is somewhere to."""
    market = read_carbon_markets()[MARKET]
    draws, fitted, later = simulated(laboratory)
    target = observed(market, FITTED)
    found = posterior(draws, fitted, target)
    narrowed = contraction(found)
    rows = []
    for n, (key, prior) in enumerate(PRIORS.items()):
        low, middle, high = (
            float(prior.at(np.array([quantile(found.draws[:, n], found.weights, share)]))[0])
            for share in (0.05, 0.5, 0.95)
        )
        rows.append({
            "parameter": f"`{key}`",
            "prior": f"{prior.low:g} to {prior.high:g}",
            "posterior, median": f"{middle:.3g}",
            "90 %": f"{low:.3g} to {high:.3g}",
            "spread, of the prior's": fixed(float(narrowed[n]), 2),
            "identified": "yes" if narrowed[n] < IDENTIFIED else "no",
        })  # fmt: skip
    if written is not None:
        _write(found, written)
    return {
        "posterior": markdown(pd.DataFrame(rows)),
        "fit": markdown(_predicted(fitted, target, found.kept)),
        "held-out": markdown(_predicted(later, observed(market, HELD_OUT), found.kept)),
    }


def _predicted(found: pd.DataFrame, target: dict[str, float], kept: AnyMask) -> pd.DataFrame:
    rows = []
    for name in found.columns:
        known = found[name].to_numpy()
        prior, after = (np.nanquantile(part, [0.05, 0.5, 0.95]) for part in (known, known[kept]))
        within = after[0] <= target[name] <= after[2]
        rows.append({
            "statistic": name,
            "observed": f"{target[name]:.4g}",
            "draws from the prior, 90 %": f"{prior[0]:.3g} to {prior[2]:.3g}",
            "draws kept, median": f"{after[1]:.3g}",
            "draws kept, 90 %": f"{after[0]:.3g} to {after[2]:.3g}",
            "verdict": "within" if within else "outside",
        })  # fmt: skip
    return pd.DataFrame(rows)


def _write(found: Posterior, path: Path) -> None:
    columns = {key: prior.at(found.draws[:, n]) for n, (key, prior) in enumerate(PRIORS.items())}
    table = pd.DataFrame({**columns, "weight": found.weights / found.weights.sum()})
    table.to_csv(path, index=False, float_format="%.6g", lineterminator="\n")


def renew() -> None:
    """Write the tables into the document, and the posterior for scenarios to draw from."""
    renew_tables(DOCUMENT, tables(Laboratory(load_economy(2012)), FILE))
