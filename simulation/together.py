"""The economy and the chance of several runs that advance together."""

from collections.abc import Sequence

from scenarios.scenario import Scenario
from simulation.along_runs import baselines_together, together
from simulation.baseline import Baseline, Prepared
from simulation.batch import Case
from simulation.departures import departed
from simulation.economy import ScenarioEconomy
from simulation.streams import Streams, drawn


def economy_of(
    cases: Sequence[Case],
    merged: Scenario,
    prepared: Prepared,
    years: Sequence[Baseline],
    size: tuple[int, int],
) -> tuple[ScenarioEconomy, Streams]:
    """Return economy and chance of several cases, side by side.

    Parameters
    ----------
    merged
        Their scenarios as one (`scenarios.side_by_side`).
    years
        The years without policy of each.
    size
        Number of cities, and of abatement groups.
    """
    horizon = merged.horizon
    lengths = (len(horizon.years), *size)
    streams = together([drawn(case.seed, case.replication, *lengths) for case in cases])
    without = departed(
        prepared, baselines_together(years), merged.growth, horizon, streams.departure
    )
    scenarios = [case.scenario for case in cases]
    return ScenarioEconomy(prepared, without, merged, scenarios), streams
