"""The economy and the chance of several runs that advance together."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scenarios.scenario import Horizon, Scenario
from scenarios.world import Growth
from simulation.along_runs import baselines_together, together
from simulation.baseline import Baseline, Prepared
from simulation.batch import Case
from simulation.departures import departed
from simulation.economy import ScenarioEconomy
from simulation.streams import Streams, drawn

KEPT = 2
"""Batches whose chance and policy-free years are kept, for the next arm to run on."""
Company = tuple[bool, tuple[tuple[Growth, Horizon, int, int], ...]]
"""What policy-free years depend on: whether kinds of demand stand apart, and what of each case."""


@dataclass(frozen=True, slots=True)
class Together:
    """Chance and policy-free years of runs that advance together; the last few are kept."""

    cities: int
    groups: int
    """Number of abatement groups."""
    _kept: dict[Company, tuple[Streams, Baseline]] = field(default_factory=dict)

    def economy_of(
        self,
        cases: Sequence[Case],
        merged: Scenario,
        prepared: Prepared,
        years: Sequence[Baseline],
    ) -> tuple[ScenarioEconomy, Streams]:
        """Return economy and chance of several cases, side by side.

        Parameters
        ----------
        merged
            Their scenarios as one (`scenarios.side_by_side`).
        years
            The years without policy of each.
        """
        each = tuple(
            (case.scenario.growth, case.scenario.horizon, case.seed, case.replication)
            for case in cases
        )
        company = merged.moves_mix, each
        if company not in self._kept:
            if len(self._kept) == KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[company] = self._drawn(cases, merged, prepared, years)
        streams, without = self._kept[company]
        scenarios = [case.scenario for case in cases]
        return ScenarioEconomy(prepared, without, merged, scenarios), streams

    def _drawn(
        self,
        cases: Sequence[Case],
        merged: Scenario,
        prepared: Prepared,
        years: Sequence[Baseline],
    ) -> tuple[Streams, Baseline]:
        horizon = merged.horizon
        size = len(horizon.years), self.cities, self.groups
        streams = together([drawn(case.seed, case.replication, *size) for case in cases])
        side_by_side = baselines_together(years)
        return streams, departed(prepared, side_by_side, merged.growth, horizon, streams.departure)
