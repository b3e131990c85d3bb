"""Task of a search: mixes of levers as arms, run in the same worlds as the named rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.experiment.executors import PoolSource
from analysis.experiment.grounds import Given
from analysis.experiment.running import Message
from analysis.uncertainty.designs import design
from analysis.uncertainty.levers import Lever, settings
from analysis.uncertainty.running import Place, run_worlds
from analysis.uncertainty.worlds import Worlds
from model.compile.compile import Progress
from scenarios.experiment import Arm, Experiment
from scenarios.uncertainties import drawn_keys, with_numbers


@dataclass(frozen=True, slots=True)
class SearchTask:
    """A search, and how to run mixes of it."""

    experiment: Experiment
    levers: tuple[Lever, ...]
    objectives: tuple[str, ...]
    signs: np.ndarray
    worlds: int
    folder: Path
    pool_source: PoolSource
    given: Given | None
    resume: bool
    progress: Progress
    message: Message

    def run(self, generation: int, arms: tuple[Arm, ...]) -> Worlds:
        """Return the worlds of arms beside no policy; generation 0 is that of the named arms."""
        reference = self.experiment.arm(self.experiment.reference)
        asked = self.experiment.model_copy(update={"arms": (reference, *arms), "claims": ()})
        drawn = [
            one
            for one in drawn_keys(self.experiment)
            if one.key not in {lever.key for lever in self.levers}
        ]
        points = design("halton", drawn, self.worlds, self.experiment.seed % 2**32)
        place = Place(
            self.folder / f"generation-{generation:03d}", self.pool_source, self.progress,
            self.message, self.resume, given=self.given,
        )  # fmt: skip
        return run_worlds(asked, drawn, points, place)

    def arm(self, number: int, mix: Mapping[str, Any]) -> Arm:
        """Return a mix of levers as an arm; the first policy of the experiment is its base."""
        base = next(
            arm for arm in self.experiment.arms if arm.name != self.experiment.reference
        ).scenario
        scenario = with_numbers(base, settings(self.levers, mix))
        return Arm(name=f"mix_{number:05d}", scenario=scenario)

    def values(self, worlds: Worlds) -> np.ndarray:
        """Return signed objectives by arm and world; (arms, objectives, worlds)."""
        table = [worlds.by_arm(word).T for word in self.objectives]
        return np.stack(table, axis=1) * self.signs[:, None]
