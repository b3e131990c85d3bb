"""Runs that all arms share: those over which their means can stand side by side.

Where runs failed, arms have met unlike luck: a mean over the runs of its own may put an arm behind
another that does worse in every run of both.
"""

from collections.abc import Iterable

import numpy as np

from analysis.outcomes.independent_draws import draws_of


def shared_runs(runs: Iterable[tuple[str, int]], economies: int = 1) -> tuple[int, ...]:
    """Return the replications that every arm has, of runs by arm and replication.

    All that any arm has, where those that every arm has are of fewer than two independent draws
    and would leave no interval.
    """
    by_arm: dict[str, set[int]] = {}
    for arm, replication in runs:
        by_arm.setdefault(arm, set()).add(int(replication))
    common = sorted(set.intersection(*by_arm.values())) if by_arm else []
    draws = draws_of(np.array(common, dtype=np.int64), economies)
    return tuple(common if np.unique(draws).size > 1 else sorted(set().union(*by_arm.values())))
