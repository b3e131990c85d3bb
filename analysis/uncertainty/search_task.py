"""Task of a search: mixes of levers as arms, run in the same worlds as the named rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.experiment.executors import PoolSource
from analysis.experiment.grounds import Given
from analysis.experiment.running import Message
from analysis.uncertainty.designs import Design, design
from analysis.uncertainty.levers import Lever, settings
from analysis.uncertainty.running import NoWorld, Place, run_worlds
from analysis.uncertainty.tried_arms import TriedArms
from analysis.uncertainty.worlds import Worlds
from data.errors import InputError
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

    def run(self, generation: int, arms: tuple[Arm, ...]) -> TriedArms:
        """Return what arms come to beside no policy; generation 0 is that of the named arms.

        A world that cannot be run with all of them is run with each alone, so that none loses it
        for another.
        """
        folder = self.folder / f"generation-{generation:03d}"
        values, lost, seconds = self._run(arms, range(self.worlds), folder)
        failures = {arms[0].name: lost}
        if lost and len(arms) > 1:
            numbers = sorted(lost)
            for place, arm in enumerate(arms):
                alone = self._run((arm,), numbers, folder / f"arm-{place:03d}")
                values[place][:, numbers], failures[arm.name] = alone[0][0], alone[1]
        return TriedArms(tuple(arm.name for arm in arms), values, failures, seconds)

    def run_mixes(
        self, generation: int, mixes: Sequence[Mapping[str, Any]], first: int
    ) -> TriedArms:
        """Return what mixes of levers come to, the first of them with the number `first`.

        A mix that makes no scenario, as a floor above the ceiling, can be run in no world.
        """
        arms: dict[int, Arm] = {}
        failures: dict[str, Mapping[int, str]] = {}
        for place, mix in enumerate(mixes):
            try:
                arms[place] = self.arm(first + place, mix)
            except InputError as error:
                failures[mix_name(first + place)] = dict.fromkeys(range(self.worlds), str(error))
        values = np.full((len(mixes), len(self.objectives), self.worlds), np.nan)
        if arms:
            ran = self.run(generation, tuple(arms.values()))
            values[[*arms]] = ran.values
            failures |= ran.failures
        names = tuple(mix_name(first + place) for place in range(len(mixes)))
        return TriedArms(names, values, failures)

    def _run(
        self, arms: tuple[Arm, ...], numbers: Sequence[int], folder: Path
    ) -> tuple[np.ndarray, Mapping[int, str], float]:
        """Return objectives in some worlds, (arms, objectives, worlds), why some have none, and s.

        Seconds are those of a world, mean.
        """
        reference = self.experiment.arm(self.experiment.reference)
        asked = self.experiment.model_copy(update={"arms": (reference, *arms), "claims": ()})
        drawn = [
            one
            for one in drawn_keys(self.experiment)
            if one.key not in {lever.key for lever in self.levers}
        ]
        points = design("halton", drawn, self.worlds, self.experiment.seed % 2**32)
        some = len(numbers) < self.worlds
        if some:
            points = Design(f"{len(numbers)} of {points.kind}", points.shares[[*numbers]])
        place = Place(
            folder, self.pool_source, self.progress, self.message, self.resume, some, self.given
        )
        values = np.full((len(arms), len(self.objectives), len(numbers)), np.nan)
        try:
            found = run_worlds(asked, drawn, points, place, numbers.__getitem__)
        except NoWorld as none:
            return values, {numbers[place]: why for place, why in none.failures.items()}, np.nan
        values[:, :, found.numbers] = self.values(found)
        return values, {numbers[n]: why for n, why in found.failures.items()}, found.seconds

    def arm(self, number: int, mix: Mapping[str, Any]) -> Arm:
        """Return a mix of levers as an arm; the first policy of the experiment is its base."""
        base = next(
            arm for arm in self.experiment.arms if arm.name != self.experiment.reference
        ).scenario
        scenario = with_numbers(base, settings(self.levers, mix))
        return Arm(name=mix_name(number), scenario=scenario)

    def values(self, worlds: Worlds) -> np.ndarray:
        """Return signed objectives by arm and world; (arms, objectives, worlds)."""
        table = [worlds.by_arm(word).T for word in self.objectives]
        return np.stack(table, axis=1) * self.signs[:, None]


def mix_name(number: int) -> str:
    """Return the name of a mix as an arm."""
    return f"mix_{number:05d}"
