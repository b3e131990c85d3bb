"""Result of a search: mixes that no other beats, and named rules beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.outcomes.paired import CONFIDENCE, interval_of
from analysis.uncertainty.levers import settings
from analysis.uncertainty.libraries import library
from analysis.uncertainty.search_task import SearchTask
from analysis.uncertainty.tried_arms import TriedArms
from data.atomic import atomic
from data.errors import InputError
from scenarios.experiment import Experiment

ENOUGH = 0.5
"""Share of the worlds in which a named rule has to run to be compared."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a search has found."""

    experiment: Experiment
    folder: Path
    front: pd.DataFrame
    """A row a mix that no other beats: what it sets, worlds, each objective: mean, low, high."""
    named: pd.DataFrame
    """A row an arm of the experiment: arm, worlds in which it ran, why it did not in others,
    objectives over those, beaten_by (mixes of the front that are better on every objective by
    their means over the same worlds), surely (those of them of which all paired intervals say so;
    see `surely_better`). The last two are missing where it ran in less than half of the worlds."""
    left_out: pd.DataFrame
    """A row a mix that could not be run in every world: what it sets, worlds, why."""
    tried: int
    """Mixes that were run."""
    worlds: int
    """In which they are compared."""
    lost: Mapping[int, str]
    """Worlds in which no named rule and no mix of the first generation could be run, and why."""

    @property
    def compared(self) -> pd.DataFrame:
        """The named rules that ran in enough worlds."""
        return self.named[self.named["beaten_by"].notna()]

    @property
    def unbeaten(self) -> list[str]:
        """Arms of the experiment that no mix beats on every objective."""
        return [str(arm) for arm in self.compared.loc[self.compared["beaten_by"] == 0, "arm"]]


def worlds_kept(first: TriedArms, named: TriedArms) -> np.ndarray:
    """Return in which worlds a named rule or a mix of the first generation ran; (worlds,).

    Raises
    ------
    InputError
        If it is none.
    """
    kept = np.concatenate([first.ran, named.ran]).any(axis=0)
    if not kept.any():
        raise InputError(f"no rule and no mix could be run in any world; {first.why(0)}")
    return np.asarray(kept)


def result_of(
    task: SearchTask, mixes: list[Any], tried: TriedArms, named: TriedArms, kept: np.ndarray
) -> Search:
    """Return the mixes that no other beats, and how many beat each named rule; write all.

    `kept` says in which worlds they are compared; (worlds,).

    Raises
    ------
    InputError
        If no mix could be run in every world that is kept.
    """
    lost = {number: _why_lost((named, tried), number) for number in np.flatnonzero(~kept).tolist()}
    tried, named = tried.within(kept), named.within(kept)
    everywhere = tried.ran.all(axis=1)
    if not everywhere.any():
        raise InputError(
            f"{task.folder}: none of {len(mixes)} mixes could be run in every world; {tried.why(0)}"
        )
    front = _front(tried.values, np.flatnonzero(everywhere))
    count = int(kept.sum())
    rows = [
        {**settings(task.levers, mixes[number]), "worlds": count,
         **_told(task, tried.values[number])}
        for number in front
    ]  # fmt: skip
    arms = [
        {"arm": arm, "worlds": int(named.ran[place].sum()), "why": named.why(place),
         **_told(task, named.values[place][:, named.ran[place]]),
         **_beaten(named, place, tried.values[front], int(everywhere.sum()))}
        for place, arm in enumerate(named.arms)
    ]  # fmt: skip
    left_out = [
        {**settings(task.levers, mixes[place]), "worlds": int(tried.ran[place].sum()),
         "why": tried.why(place)}
        for place in np.flatnonzero(~everywhere).tolist()
    ]  # fmt: skip
    columns = [lever.key for lever in task.levers] + ["worlds", "why"]
    done = Search(
        task.experiment, task.folder, pd.DataFrame(rows),
        pd.DataFrame(arms).astype({"beaten_by": "Int64", "surely": "Int64"}),
        pd.DataFrame(left_out, columns=columns), len(mixes), count, lost,
    )  # fmt: skip
    for name, table in (("front", done.front), ("named", done.named), ("left_out", done.left_out)):
        with atomic(task.folder / f"{name}.csv") as draft:
            table.to_csv(draft, index=False, encoding="utf-8")
    return done


def surely_better(mix: np.ndarray, own: np.ndarray, mixes: int) -> bool:
    """Return whether one of many mixes is surely better on every objective.

    Signed objectives by world, (objectives, worlds); one world is sure of nothing. The paired
    intervals over worlds hold for all `mixes` that were searched at once (Bonferroni), and each
    objective has to be better by its own (an intersection-union test; Berger 1982).
    """
    level = (1.0 - CONFIDENCE) / mixes
    return all(interval_of(gaps, level).low > 0 for gaps in own - mix)


def _front(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return which of some mixes no other beats by its means, one of each, by first objective."""
    means = values[places].mean(axis=2)
    front = library("pymoo.util.nds.non_dominated_sorting").NonDominatedSorting().do(
        means, only_non_dominated_front=True
    )  # fmt: skip
    front = front[np.unique(means[front].round(9), axis=0, return_index=True)[1]]
    return np.asarray(places[front[np.argsort(means[front, 0])]])


def _beaten(named: TriedArms, place: int, front: np.ndarray, mixes: int) -> dict[str, int | None]:
    """Return how many mixes of the front beat a named rule in the worlds that it ran in."""
    ran = named.ran[place]
    if not ran.any() or ran.mean() < ENOUGH:
        return {"beaten_by": None, "surely": None}
    own = named.values[place][:, ran]
    same = front[:, :, ran]
    better = (same.mean(axis=2) < own.mean(axis=1)).all(axis=1)
    surely = sum(surely_better(mix, own, mixes) for mix in same[better])
    return {"beaten_by": int(better.sum()), "surely": surely}


def _why_lost(parts: tuple[TriedArms, ...], number: int) -> str:
    """Return why a world could be run by nobody."""
    known = [own[number] for part in parts for own in part.failures.values() if number in own]
    return known[0] if known else "no value of an objective"


def _told(task: SearchTask, values: np.ndarray) -> dict[str, float]:
    """Return each objective of a mix: mean, and the ends of nine in ten worlds."""
    told: dict[str, float] = {}
    for word, sign, row in zip(task.objectives, task.signs, values, strict=True):
        own = sign * row if row.size else np.array([np.nan])
        told |= {
            word: float(own.mean()),
            f"{word}_low": float(np.quantile(own, 0.05)),
            f"{word}_high": float(np.quantile(own, 0.95)),
        }
    return told
