"""What freed quota does for the poorest cities year by year, against the static estimate."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.figures.style import label
from analysis.outcomes.outcomes import OUTCOMES
from analysis.studies.robustness import claims
from analysis.uncertainty.robustness import Robustness, robustness
from data.readers.published import read_published
from scenarios.experiment import Experiment
from scenarios.reading import read_experiment

DOCUMENT = DOCS / "freed-quota.md"
EXPERIMENT, WORLDS = "super_emitter_transfers", 100
ARMS = ("no_policy", "no_transfer", "reserve_only", "freed+supply_chain", "freed+need")
SHOWN = ("freed_quota", "deficit_closed", "catch_up_poor", "demand_gap", "below_5300", "emissions")
STATIC = {
    "deficit_to_3600": "to 3,600 dollars a head",
    "deficit_to_5300": "to 5,300 dollars a head",
}
"""Deficits of poor cities by Zheng et al. 2023: compared with, nowhere used."""


def asked() -> Experiment:
    """Return the experiment with the arms that this study is about."""
    full = read_experiment(EXPERIMENT)
    arms = tuple(arm for arm in full.arms if arm.name in ARMS)
    return full.model_copy(update={"arms": arms})


def courses(done: Robustness) -> pd.DataFrame:
    """Return medians over worlds by arm, 5 to 95 % in brackets."""
    known = {outcome.word: outcome for outcome in OUTCOMES}
    rows = []
    for arm in done.worlds.rivals:
        row = {"arm": label(arm)}
        for word in SHOWN:
            outcome, values = known[word], done.worlds.of(word, arm)
            ends = np.nanquantile(np.nan_to_num(values), [0.05, 0.5, 0.95])
            low, middle, high = (f"{value:,.{outcome.digits}f}" for value in ends)
            row[f"{outcome.label}, {outcome.unit}"] = f"{middle} ({low} to {high})"
        rows.append(row)
    return pd.DataFrame(rows)


def against_static(done: Robustness) -> pd.DataFrame:
    """Return the share of each static deficit that freed quota and reserve close in the end, %."""
    closed = done.worlds.of("deficit_closed", "freed+supply_chain")
    rows = []
    published = read_published()
    for word, name in STATIC.items():
        deficit = published[word].number
        low, middle, high = 100 * np.nanquantile(closed, [0.05, 0.5, 0.95]) / deficit
        rows.append({
            "deficit of poor cities, lifted": name,
            "static estimate, Mt": f"{deficit:,.0f}",
            "closed in the last year, %": f"{middle:.0f} ({low:.0f} to {high:.0f})",
        })  # fmt: skip
    return pd.DataFrame(rows)


def renew() -> None:
    """Write the tables into the document."""
    with tempfile.TemporaryDirectory() as folder:
        done = robustness(asked(), worlds=WORLDS, out=Path(folder) / "study")
    tables = {"claims": claims(done), "courses": courses(done), "static": against_static(done)}
    renew_tables(DOCUMENT, {name: markdown(table) for name, table in tables.items()})
