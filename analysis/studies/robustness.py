"""Statements about rules, and in how many worlds they hold: the claims of a library experiment."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.figures.cities_decided import draw_cities
from analysis.figures.claims import draw_claims
from analysis.figures.style import label
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.city_decisions import LABELS, decided, shown
from analysis.uncertainty.robustness import Robustness, robustness
from analysis.verdicts.surely_held import decided_in

DOCUMENT = DOCS / "robustness.md"
PICTURES = DOCS / "pictures"
EXPERIMENT, WORLDS = "allocation_rules", 160
OPEN = 0.1
"""Share of worlds on either side from which on worlds differ about a city."""
SHOWN = ("emissions", "abatement_cost", "free_riding", "strong_scored", "price")
"""Outcomes whose ranges are shown."""


def claims(done: Robustness) -> pd.DataFrame:
    """Return each statement with the share of worlds in which it holds, and where it fails."""
    rows = []
    for row in done.claims.to_dict("records"):
        share, low, high = (100 * row[name] for name in ("share", "low", "high"))
        of_worlds = decided_in(row["worlds"], row["drawn"])
        rows.append({
            "statement": row["statement"],
            "holds in": ", ".join(filter(None, (f"{share:.0f} %", of_worlds))),
            "95 %": f"{low:.0f} to {high:.0f} %",
            "where it fails": row["fails_where"] or "no region stands out" * (share < 100),
        })  # fmt: skip
    return pd.DataFrame(rows)


def ranges(done: Robustness) -> pd.DataFrame:
    """Return medians of outcomes over worlds by arm, 5 to 95 % in brackets."""
    known = {outcome.word: outcome for outcome in OUTCOMES}
    rows = []
    for arm in done.worlds.arms:
        row = {"arm": label(arm)}
        for word in SHOWN:
            outcome = known[word]
            values = done.worlds.of(word, arm)
            values = values[~np.isnan(values)]
            digits = min(outcome.digits, 2)
            name = f"{outcome.label}, {outcome.unit}"
            row[name] = _of_three(values, digits) if values.size else "–"
        rows.append(row)
    return pd.DataFrame(rows)


def behind(done: Robustness) -> pd.DataFrame:
    """Return how far each rule falls behind the best of its world, and in how many it is best."""
    rows = {arm: {"arm": label(arm)} for arm in done.worlds.rivals}
    known = {outcome.word: outcome for outcome in OUTCOMES}
    for row in done.regret.to_dict("records"):
        outcome = known[row["outcome"]]
        unit = "" if outcome.unit == "1" else f", {outcome.unit}"
        told = f"{row['regret']:,.{outcome.digits}f} ({100 * row['best']:.0f} %)"
        rows[row["arm"]][f"{outcome.label}{unit}"] = told
    return pd.DataFrame(list(rows.values()))


def cities(done: Robustness) -> pd.DataFrame:
    """Return in how many cities each question is open, and which numbers decide it, by arm."""
    counted = decided(done.cities)
    rows = []
    for (arm, outcome), own in done.cities.groupby(["arm", "outcome"], sort=False):
        found = counted[(counted["arm"] == arm) & (counted["outcome"] == outcome)]
        if found.empty:
            continue
        told = [f"{row['key']} {row['cities']}" for row in found.head(3).to_dict("records")]
        rows.append({
            "arm": label(str(arm)),
            "question": LABELS[str(outcome)],
            "cities in which most worlds say yes": int((own["share"] > 0.5).sum()),
            "cities in which worlds differ": int(own["share"].between(OPEN, 1 - OPEN).sum()),
            "decided by (cities)": ", ".join(told),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _of_three(values: np.ndarray, digits: int) -> str:
    low, middle, high = (f"{v:,.{digits}f}" for v in np.quantile(values, [0.05, 0.5, 0.95]))
    return f"{middle} ({low} to {high})"


def renew() -> None:
    """Write the tables into the document, and the pictures beside it."""
    with tempfile.TemporaryDirectory() as folder:
        done = robustness(EXPERIMENT, worlds=WORLDS, out=Path(folder) / "study")
        tables = {
            "claims": claims(done), "ranges": ranges(done), "behind": behind(done),
            "cities": cities(done),
        }  # fmt: skip
        renew_tables(DOCUMENT, {name: markdown(table) for name, table in tables.items()})
        draw_claims(done.claims, done.drawn_regions(), PICTURES)
        question, rows = shown(done.cities)
        if question:
            maps = draw_cities(rows, question, Path(folder))
            shutil.copyfile(maps[0], PICTURES / maps[0].name)
