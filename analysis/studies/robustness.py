"""Statements about rules, and in how many worlds they hold: parameters that nobody knows, drawn."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from scipy.stats import beta, qmc

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.studies.calibration import PRIORS, Prior
from data.compiled.cache import load_economy
from model.behaviour.payoffs import FREE_RIDE
from model.classes.beneficiaries import Beneficiary
from scenarios.reading import read_scenario
from simulation.laboratory import Laboratory
from simulation.run_result import Run

DOCUMENT = DOCS / "robustness.md"
RULES = ("grandfathering", "equal_per_capita", "consumption_responsibility", "supply_chain_linked",
         "benchmark_intensity")  # fmt: skip
MARKETS = {"exchange": "exchange", "alone": "none"}
WORLDS, SEED = 120, 2030
RANGES: dict[str, Prior] = {
    **{key: prior for key, prior in PRIORS.items() if key != "cap.rate"},
    "compliance.detection_slope": Prior(0.0, 5.0),
    "behaviour.peer_pressure": Prior(0.0, 1.0),
    "behaviour.audit_spread": Prior(0.0, 1.0),
    "behaviour.logit.inertia": Prior(0.0, 0.8),
    "abatement.pace": Prior(0.015, 0.06, log=True),
    "transfer.reserve": Prior(0.0, 0.06),
    "growth.long_run": Prior(0.035, 0.055),
    "growth.intensity_change": Prior(-0.045, -0.025),
    "cap.cut": Prior(0.10, 0.35),
}
"""Ranges of what nobody knows, by key."""

World = Mapping[str, Mapping[str, float]]
"""Measures of each arm; arms as "rule+market" and "no policy"."""


def measures(run: Run) -> dict[str, float]:
    """Return what statements are about: emissions, cost, compliance and classes of a run."""
    cities, national = run.recorder.cities, run.recorder.national
    short = cities["need"] > 0
    last = cities["class_rolling"][-5:]
    cap = float(national["cap"][-1])
    return {
        "emissions": float(national["emissions"][-1]),
        "off_cap": float(national["liability"][-1]) / cap - 1 if cap > 0 else np.nan,
        "cost": float(national["abatement_cost"].sum()),
        "riders": float((short & (cities["action"] == FREE_RIDE)).sum()) / max(short.sum(), 1),
        "open": float(np.nansum(cities["open_gap"])),
        "volume": float(national["volume"].sum()),
        "strong": float((last == Beneficiary.STRONG).sum(axis=1).mean()),
    }


def worlds(laboratory: Laboratory, count: int = WORLDS, seed: int = SEED) -> list[World]:
    """Return the measures of every arm in each of some drawn worlds; the same luck for all arms."""
    found: list[World] = []
    for draw in qmc.LatinHypercube(len(RANGES), seed=seed).random(count):
        words = {
            key: float(prior.at(np.array([share]))[0])
            for (key, prior), share in zip(RANGES.items(), draw, strict=True)
        }
        arms = {"no policy": {"allocation.rule": "none"}}
        for rule in RULES:
            for market, institution in MARKETS.items():
                arms[f"{rule}+{market}"] = {
                    "allocation.rule": rule, "market.institution": institution
                }  # fmt: skip
        found.append(
            {
                arm: measures(laboratory.run(read_scenario("default", {**words, **own}), seed))
                for arm, own in arms.items()
            }
        )
    return found


def _each(world: World, measure: str, market: str) -> dict[str, float]:
    return {rule: world[f"{rule}+{market}"][measure] for rule in RULES}


def _spread(values: Mapping[str, float]) -> float:
    return max(values.values()) - min(values.values())


CLAIMS: dict[str, Callable[[World], bool]] = {
    "with an exchange every rule ends within 5 % of the cap": lambda w: all(
        abs(x) < 0.05 for x in _each(w, "off_cap", "exchange").values()
    ),
    "the spread of emissions between rules is at least twice as large without trade": lambda w: (
        _spread(_each(w, "emissions", "alone")) > 2 * _spread(_each(w, "emissions", "exchange"))
    ),
    "without trade equal shares per capita emit least": lambda w: (
        min(_each(w, "emissions", "alone"), key=_each(w, "emissions", "alone").__getitem__)
        == "equal_per_capita"
    ),
    "without trade equal shares per capita cost most": lambda w: (
        max(_each(w, "cost", "alone"), key=_each(w, "cost", "alone").__getitem__)
        == "equal_per_capita"
    ),
    "an exchange costs less than no trade, under every rule": lambda w: all(
        w[f"{rule}+exchange"]["cost"] < w[f"{rule}+alone"]["cost"] for rule in RULES
    ),
    "fewer cities in need ride free with an exchange, under every rule": lambda w: all(
        w[f"{rule}+exchange"]["riders"] < w[f"{rule}+alone"]["riders"] for rule in RULES
    ),
    "equal shares per capita trade more than three times as much as grandfathering": lambda w: (
        w["equal_per_capita+exchange"]["volume"] > 3 * w["grandfathering+exchange"]["volume"]
    ),
    "every policy ends below no policy": lambda w: all(
        w[f"{rule}+{market}"]["emissions"] < w["no policy"]["emissions"]
        for rule in RULES
        for market in MARKETS
    ),
    "there are fewer strong beneficiaries with any policy than without": lambda w: all(
        w[f"{rule}+{market}"]["strong"] < w["no policy"]["strong"]
        for rule in RULES
        for market in MARKETS
    ),
}
"""Statements by their words, each true or false of a world."""


def interval(holds: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Clopper and Pearson 1934), 1."""
    low = float(beta.ppf(0.025, holds, count - holds + 1)) if holds else 0.0
    high = float(beta.ppf(0.975, holds + 1, count - holds)) if holds < count else 1.0
    return low, high


def claims(found: list[World]) -> pd.DataFrame:
    """Return each statement with the share of worlds in which it holds, and its interval."""
    rows = []
    for words, claim in CLAIMS.items():
        holds = sum(claim(world) for world in found)
        low, high = interval(holds, len(found))
        rows.append({
            "statement": words,
            "holds in": f"{100 * holds / len(found):.0f} %",
            "95 %": f"{100 * low:.0f} to {100 * high:.0f} %",
        })  # fmt: skip
    return pd.DataFrame(rows)


def ranges(found: list[World]) -> pd.DataFrame:
    """Return quantiles over worlds of emissions and cost by arm."""
    rows = []
    for arm in found[0]:
        off, cost, riders, strong = (
            np.quantile([world[arm][name] for world in found], [0.05, 0.5, 0.95])
            for name in ("emissions", "cost", "riders", "strong")
        )
        rows.append({
            "arm": arm.replace("_", " "),
            "emissions 2030, Gt": _of_three(off / 1e9, 2),
            "abatement cost, bn CNY": _of_three(cost / 1e9, 0),
            "free-riders among the short, %": _of_three(100 * riders, 0),
            "strong beneficiaries, 2026–30": _of_three(strong, 0),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _of_three(values: np.ndarray, digits: int) -> str:
    low, middle, high = (f"{value:,.{digits}f}" for value in values)
    return f"{middle} ({low} to {high})"


def renew() -> None:
    """Write the tables into the document."""
    found = worlds(Laboratory(load_economy(2012)))
    renew_tables(DOCUMENT, {"claims": markdown(claims(found)), "ranges": markdown(ranges(found))})
