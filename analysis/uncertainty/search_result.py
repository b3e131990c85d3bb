"""Result of a search: mixes that no other beats, and named rules beside them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.outcomes.paired import interval_of
from analysis.uncertainty.levers import settings
from analysis.uncertainty.libraries import library
from analysis.uncertainty.search_task import SearchTask
from analysis.uncertainty.worlds import Worlds
from data.atomic import atomic
from scenarios.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Search:
    """What a search has found."""

    experiment: Experiment
    folder: Path
    front: pd.DataFrame
    """A row a mix that no other beats: what it sets, then each objective: mean, low, high."""
    named: pd.DataFrame
    """A row an arm of the experiment: arm, objectives, beaten_by (mixes of the front that are
    better on every objective), surely (those of them of which all paired intervals say so)."""
    tried: int
    """Mixes that were run."""

    @property
    def unbeaten(self) -> list[str]:
        """Arms of the experiment that no mix beats on every objective."""
        return [str(arm) for arm in self.named.loc[self.named["beaten_by"] == 0, "arm"]]


def result_of(task: SearchTask, mixes: list[Any], values: np.ndarray, named: Worlds) -> Search:
    """Return the mixes that no other beats, and how many beat each named rule; write both."""
    means = np.nan_to_num(values.mean(axis=2), nan=np.inf)
    front = library("pymoo.util.nds.non_dominated_sorting").NonDominatedSorting().do(
        means, only_non_dominated_front=True
    )  # fmt: skip
    front = front[np.unique(means[front].round(9), axis=0, return_index=True)[1]]
    rows = [
        {**settings(task.levers, mixes[number]), **_told(task, values[number])}
        for number in front[np.argsort(means[front, 0])]
    ]
    ours = task.values(named)
    arms = []
    for arm, own in zip(named.rivals, ours, strict=True):
        better = (means[front] < own.mean(axis=1)).all(axis=1)
        surely = [surely_better(values[number], own) for number in front[better]]
        beaten = {"beaten_by": int(better.sum()), "surely": sum(surely)}
        arms.append({"arm": arm, **_told(task, own), **beaten})
    done = Search(task.experiment, task.folder, pd.DataFrame(rows), pd.DataFrame(arms), len(mixes))
    for name, table in (("front", done.front), ("named", done.named)):
        with atomic(task.folder / f"{name}.csv") as draft:
            table.to_csv(draft, index=False, encoding="utf-8")
    return done


def surely_better(mix: np.ndarray, own: np.ndarray) -> bool:
    """Return whether a mix is surely better on every objective, by paired intervals over worlds.

    Signed objectives by world, (objectives, worlds); one world is sure of nothing.
    """
    return all(interval_of(gaps).low > 0 for gaps in own - mix)


def _told(task: SearchTask, values: np.ndarray) -> dict[str, float]:
    """Return each objective of a mix: mean, and the ends of nine in ten worlds."""
    told: dict[str, float] = {}
    for word, sign, row in zip(task.objectives, task.signs, values, strict=True):
        own = sign * row
        told |= {
            word: float(own.mean()),
            f"{word}_low": float(np.quantile(own, 0.05)),
            f"{word}_high": float(np.quantile(own, 0.95)),
        }
    return told
