"""When free-riding tips: a phase diagram over audit, fine, disapproval and responsibility."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.experiment.executors import pool_source
from analysis.figures.phase import PhasePanel, draw_phases
from analysis.figures.style import institution_words, words
from analysis.uncertainty.claims import decide
from analysis.uncertainty.designs import Design, design
from analysis.uncertainty.running import Place, run_worlds
from analysis.uncertainty.shares import claim_shares
from model.compile.compile import silent
from scenarios.experiment import Experiment
from scenarios.reading import read_experiment
from scenarios.uncertainties import drawn_keys

DOCUMENT = DOCS / "tipping.md"
EXPERIMENT, STEPS, LUCKS = "tipping", 8, 3
FEW, MANY = 10.0, 50.0
"""Share of cities short of quota that ride free: under control, and out of hand, %."""


@dataclass(frozen=True, slots=True)
class Phases:
    """Shares of free-riders on a grid."""

    audits: np.ndarray
    """(a,)."""
    fines: np.ndarray
    """Multiples of the price; (f,)."""
    riders: dict[str, np.ndarray]
    """By arm: share of cities short of quota that ride free, %; (lucks, a, f)."""
    claims: pd.DataFrame


def phases(
    place: Place, experiment: Experiment | None = None, steps: int = STEPS, lucks: int = LUCKS
) -> Phases:
    """Run every arm on a grid of audits and fines, each with some lucks."""
    asked = read_experiment(EXPERIMENT) if experiment is None else experiment
    drawn = drawn_keys(asked)
    once = design("factorial", drawn, steps, 0)
    points = Design("factorial", np.tile(once.shares, (lucks, 1)))
    count = len(once.shares)
    worlds = run_worlds(asked, drawn, points, place, lambda number: number // count)
    ends = (np.arange(steps) + 0.5) / steps
    audit, fine = drawn
    return Phases(
        audit.at(ends),
        fine.at(ends),
        {
            arm: np.nan_to_num(worlds.of("free_riding", arm)).reshape(lucks, steps, steps)
            for arm in worlds.rivals
        },
        claim_shares(decide(claim, worlds) for claim in asked.claims),
    )


def thresholds(found: Phases) -> pd.DataFrame:
    """Return the least audit at which few ride free, by fine and arm; ends over lucks."""
    rows = []
    for arm, riders in found.riders.items():
        row = {"arm": words(arm)}
        for place, fine in enumerate(found.fines):
            known = [_least(found.audits, luck[:, place]) for luck in riders]
            row[f"fine {fine:.2g}"] = _span(known)
        rows.append(row)
    return pd.DataFrame(rows)


def _least(audits: np.ndarray, riders: np.ndarray) -> float:
    """Return the least audit from which on few ride free at every higher one; infinite if none."""
    below = np.logical_and.accumulate((riders <= FEW)[::-1])[::-1]
    return float(audits[below.argmax()]) if below.any() else np.inf


def _span(known: list[float]) -> str:
    low, high = min(known), max(known)
    told = [f"{value:.2f}" if np.isfinite(value) else "never" for value in (low, high)]
    return told[0] if told[0] == told[1] else f"{told[0]} to {told[1]}"


def _title(arm: str) -> str:
    """Return the institution, and below it what else the arm sets."""
    institution, *others = arm.split("+")
    return "\n".join([institution_words("no_trade" if institution == "none" else institution),
                      *map(words, others)])  # fmt: skip


def renew() -> None:
    """Write the table and the picture of the document."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder) / "grid", pool_source(None, None), silent, lambda _: None)
        found = phases(place)
    claims = found.claims.assign(share=[f"{100 * share:.0f} %" for share in found.claims["share"]])[
        ["statement", "share", "worlds"]
    ]
    renew_tables(DOCUMENT, {"thresholds": markdown(thresholds(found)), "claims": markdown(claims)})
    panels = [
        PhasePanel(_title(arm), found.audits, found.fines, riders.mean(axis=0))
        for arm, riders in found.riders.items()
    ]
    draw_phases(panels, (FEW, MANY), DOCS / "pictures")
