"""Embodied cuts: what policy abates in one city for the final demand of another, in the last year.

Results do not record pairs of cities; they follow from running an arm's first replications again.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.outcomes.arms import Arms
from model.arrays import BetweenCities
from model.compile.city_economy import Economy
from scenarios.experiment import Experiment
from scenarios.scenario import Scenario
from simulation.laboratory import Laboratory
from simulation.run_result import Run

REPLICATIONS = 3
"""Runs of an arm that are done again at most."""
COLUMNS = ["arm", "cutter_code", "cutter", "beneficiary_code", "beneficiary", "abated"]


@dataclass(frozen=True, slots=True)
class EmbodiedCuts:
    """Cuts of some arms: mean over the first replications."""

    year: int
    replications: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    """Of the cities, in the order of the rows."""
    pairs: dict[str, BetweenCities]
    """Abated in the row's city for final demand of the column's, t CO₂, by arm; (c, c)."""
    abated: dict[str, float]
    """Abated by all cities, for whole provinces and for exports abroad too, t CO₂, by arm."""
    emissions: dict[str, float]
    """Of all cities in the year, t CO₂, by arm: to be held against what results record."""

    def largest(self, arm: str, most: int) -> pd.DataFrame:
        """Return the pairs of different cities that matter most, the largest first.

        Columns are `COLUMNS`; `abated` in t CO₂.
        """
        between = self.pairs[arm].copy()
        np.fill_diagonal(between, 0.0)
        order = np.argsort(-between, axis=None, kind="stable")[:most]
        rows = [
            (arm, self.codes[r], self.names[r], self.codes[s], self.names[s], between[r, s])
            for r, s in zip(*np.unravel_index(order, between.shape), strict=True)
            if between[r, s] > 0
        ]
        return pd.DataFrame(rows, columns=COLUMNS)


def embodied_cuts(
    experiment: Experiment,
    done: Collection[tuple[str, int]],
    economy_of: Callable[[int], Economy],
) -> EmbodiedCuts | None:
    """Run one arm of each way of the experiment again; none where none of its runs is done.

    Parameters
    ----------
    done
        Arm and replication of the runs that finished: no other is run again.
    economy_of
        Returns a drawn economy by its number; 0 is the one as compiled.
    """
    numbers = _replications(experiment, done)
    arms = [arm for arm in _arms(experiment) if all((arm, number) in done for number in numbers)]
    if not arms or not numbers:
        return None
    laboratories: dict[int, Laboratory] = {}
    pairs: dict[str, list[BetweenCities]] = {arm: [] for arm in arms}
    runs: dict[str, list[Run]] = {arm: [] for arm in arms}
    for number in numbers:
        drawn = experiment.economy_of(number)
        if drawn not in laboratories:
            laboratories = {drawn: Laboratory(economy_of(drawn))}
        for arm in arms:
            scenario = experiment.arm(arm).scenario
            run, between = cuts_of_run(laboratories[drawn], scenario, experiment.seed, number)
            runs[arm].append(run)
            pairs[arm].append(between)
    first = runs[arms[0]][0]
    return EmbodiedCuts(
        year=first.years[-1],
        replications=len(numbers),
        codes=first.codes,
        names=first.names,
        pairs={arm: np.mean(found, axis=0) for arm, found in pairs.items()},
        abated={arm: _last(found, "abated") for arm, found in runs.items()},
        emissions={arm: _last(found, "emissions") for arm, found in runs.items()},
    )


def cuts_of_run(
    laboratory: Laboratory, scenario: Scenario, seed: int, replication: int
) -> tuple[Run, BetweenCities]:
    """Return a run, and what it abates in the last year by city and city it is for, t CO₂."""
    years = scenario.horizon.years
    if len(years) > 1:
        before = laboratory.run(scenario, seed, replication, until=years[-2])
        run = laboratory.resume(before.state)
        start = before.state.state
    else:
        run = laboratory.run(scenario, seed, replication)
        start = laboratory.model(scenario, seed, replication).state
    end = run.state.state
    produced = replace(end, t=end.t - 1, dues=start.dues, kept=start.kept)
    model = laboratory.model(scenario, seed, replication, state=produced)
    return run, model.economy.abated(produced)


def _replications(experiment: Experiment, done: Collection[tuple[str, int]]) -> list[int]:
    """Return the first replications that any arm has done."""
    numbers = {number for _, number in done}
    return [n for n in range(experiment.replications) if n in numbers][:REPLICATIONS]


def _arms(experiment: Experiment) -> list[str]:
    """Return the first arm with a policy of each way.

    Those that foresee a path are left out: each would be run many times.
    """
    known = Arms.of(experiment)
    first: dict[str, str] = {}
    for arm in experiment.arms:
        if arm.scenario.has_policy and not arm.scenario.foresees:
            first.setdefault(known.way(arm.name), arm.name)
    return list(first.values())


def _last(runs: list[Run], column: str) -> float:
    return float(np.mean([run.recorder.cities[column][-1].sum() for run in runs]))
