"""Is there a mix of levers that beats every named rule? Searched for in drawn worlds."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.documents.numbers import fixed, four_figures
from analysis.figures.front import draw_front
from analysis.figures.style import label, words
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.levers import DEFAULT
from analysis.uncertainty.search import OBJECTIVES, search
from analysis.uncertainty.search_result import Search

DOCUMENT = DOCS / "mixes-of-levers.md"
EXPERIMENT = "allocation_rules"
SHOWN = 10
"""Mixes of the front that are shown."""
KNOWN = {outcome.word: outcome for outcome in OUTCOMES}


def named(done: Search) -> pd.DataFrame:
    """Return the named rules with their objectives, and how many mixes beat each."""
    rows = []
    for row in done.named.to_dict("records"):
        told = {"rule": label(row["arm"]), **_objectives(row)}
        rows.append({**told, "mixes that beat it": row["beaten_by"]})
    return pd.DataFrame(rows)


def front(done: Search, shown: int = SHOWN) -> pd.DataFrame:
    """Return mixes of the front that lie far apart, by their first objective."""
    points = done.front[list(OBJECTIVES)].to_numpy(np.float64)
    scale = np.ptp(points, axis=0)
    scaled = points / np.where(scale > 0, scale, 1.0)
    chosen = [0]
    while len(chosen) < min(shown, len(points)):
        apart = np.min([np.abs(scaled - scaled[one]).sum(axis=1) for one in chosen], axis=0)
        chosen.append(int(apart.argmax()))
    rows = []
    for row in done.front.iloc[sorted(chosen)].to_dict("records"):
        levers = {key.rpartition(".")[2].replace("_", " "): _lever(row[key]) for key in DEFAULT}
        rows.append({**levers, **_objectives(row)})
    return pd.DataFrame(rows)


def answer(done: Search) -> str:
    """Return the answer in a sentence."""
    beaten = len(done.compared) - len(done.unbeaten)
    best = max(done.front.index, key=lambda one: _beats(done, one))
    told = (
        f"Of {done.tried} mixes {len(done.front)} are beaten by no other; {beaten} of"
        f" {len(done.named)} named rules are beaten on every objective by at least one of them."
    )
    if not done.unbeaten:
        return f"{told} So a mix exists that is better in all four; no single mix need be."
    names = "; ".join(words(arm) for arm in done.unbeaten)
    return (
        f"{told} Unbeaten: {names}. The mix that beats most beats {_beats(done, best)}: none"
        " beats them all."
    )


def _beats(done: Search, mix: int) -> int:
    own = done.front.loc[mix, list(OBJECTIVES)].to_numpy(np.float64)
    return int((own < done.named[list(OBJECTIVES)].to_numpy(np.float64)).all(axis=1).sum())


def _objectives(row: Mapping[Any, Any]) -> dict[str, str]:
    told = {}
    for outcome in (KNOWN[word] for word in OBJECTIVES):
        mean, low, high = (
            fixed(row[f"{outcome.word}{end}"], outcome.digits) for end in ("", "_low", "_high")
        )
        head = f"{words(outcome.word)}, {outcome.unit}".removesuffix(", 1")
        told[head] = f"{mean} ({low} to {high})"
    return told


def _lever(value: object) -> str:
    return words(value) if isinstance(value, str) else four_figures(float(str(value)))


def renew() -> None:
    """Write the tables and the picture of the document."""
    with tempfile.TemporaryDirectory() as folder:
        done = search(EXPERIMENT, out=Path(folder) / "search")
    tables = {"named": markdown(named(done)), "front": markdown(front(done))}
    renew_tables(DOCUMENT, {**tables, "answer": answer(done)})
    draw_front(done.front, done.named, [(w, KNOWN[w].unit) for w in OBJECTIVES], DOCS / "pictures")
