"""The desk: the scenarios that a policy may start from, its levers, and the arms beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.experiment.identity import version_mark
from analysis.experiment.one_scenario import single
from analysis.live.levers import Lever, levers, policy
from analysis.live.live_run import COURSES
from analysis.report.finished_results import FinishedResults, read_results
from analysis.report.measures import Unit, unit_of
from data.errors import InputError, nearest
from scenarios.experiment import Experiment
from scenarios.reading import Settings, read_scenario
from scenarios.scenario import Scenario

START = "default"
"""Scenario that a policy starts from without results."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a policy is made from, and laid beside."""

    experiment: Experiment
    """Its policies are the starts, its reference is the world without policy."""
    results: FinishedResults | None
    levers: Mapping[str, Lever]
    units: Mapping[str, Unit]
    """Units of the national columns of the results."""

    @property
    def starts(self) -> dict[str, Scenario]:
        """Scenarios that a policy may start from, by arm."""
        return {arm.name: arm.scenario for arm in self.experiment.arms if arm.scenario.has_policy}

    @property
    def without(self) -> Scenario:
        """The same world without policy."""
        return self.experiment.arm(self.experiment.reference).scenario

    def policy(self, words: Mapping[str, Any]) -> Scenario:
        """Return the scenario of what the page asks for: a start, and levers.

        Raises
        ------
        InputError
            If there is no such start, or a lever cannot stand as asked.
        """
        start = words.get("start", next(iter(self.starts)))
        if not isinstance(start, str) or start not in self.starts:
            raise InputError(f"start = {start!r:.60}: {nearest(str(start), self.starts)}")
        return policy(self.levers, self.starts[start], words.get("levers", {}))

    def same_version(self, economy: str) -> bool:
        """Return whether the results are of this code and, if of one, of the economy of a mark."""
        if self.results is None:
            return True
        identity = self.results.manifest.identity
        drawn = self.experiment.economies > 1
        return identity["code"] == version_mark() and drawn | (identity["economy"] == economy[:16])


def desk(folder: Path | None, settings: Settings = ()) -> Desk:
    """Return the desk of results, or of the default policy where there are none.

    Raises
    ------
    InputError
        If the folder holds no results, or none of a policy.
    """
    results = None if folder is None else read_results(folder)
    if results is None:
        experiment = single(START, read_scenario(START, settings), seed=0)
    else:
        experiment = results.experiment
    starts = [arm.scenario for arm in experiment.arms if arm.scenario.has_policy]
    if not starts:
        raise InputError(f"{folder}: no arm has a policy; name results of one that has")
    units = {} if results is None else _units(results)
    return Desk(experiment, results, levers(starts), units)


def _units(results: FinishedResults) -> dict[str, Unit]:
    """Return the unit in which the report shows each national column."""
    means = results.national.groupby(["arm", "year"], observed=True)
    return {
        name: unit_of(name, means[name].mean().to_numpy(), national=True)
        for name in COURSES
        if name in results.national
    }
