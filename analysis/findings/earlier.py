"""Precision foretold: what results that are there say of the replications still to do."""

from pathlib import Path

import pandas as pd

from analysis.findings.finding import LEADS, verdicts_in
from analysis.findings.precision import precision_words
from scenarios.experiment import Experiment


def foretold(folder: Path, experiment: Experiment, replications: int) -> str:
    """Return how many replications know differences to what matters, by an earlier `outcomes.csv`.

    Nothing where there is none of these arms, or no more `replications` are asked for.
    """
    try:
        table = pd.read_csv(folder / "outcomes.csv")
        runs = int(table["replication"].nunique())
        arms = set(table["arm"])
        words = [word for word in LEADS if word in table]
    except (OSError, ValueError, KeyError):  # what is there is checked where it is opened
        return ""
    if runs >= replications or arms != {arm.name for arm in experiment.arms}:
        return ""
    said = precision_words(verdicts_in(table, experiment, words)) if words else ""
    there = f"By the {runs} replications that are there, "
    return f"{there}{said[:1].lower()}{said[1:]}" if said else ""
