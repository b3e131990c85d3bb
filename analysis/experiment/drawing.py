"""Drawing: the drawn economies of an experiment, compiled before its runs."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed

from data.compiled.draws import NoEconomy, keep_drawn
from model.compile.compile import Progress, silent
from scenarios.experiment import Experiment
from simulation.blas_threads import one_thread

MOST = 4
"""Economies compiled at once: half a gigabyte each."""


def keep_draws(
    experiment: Experiment,
    progress: Progress = silent,
    message: Callable[[str], None] = lambda _: None,
) -> None:
    """Compile the drawn economies that the cache lacks, one on each processor.

    Where categories of demand are solved apart, one economy takes all processors by itself.
    `message` hears of those that fail. An interrupt loses none of those under way.
    """
    if experiment.economies == 1:
        return
    years = sorted({arm.scenario.horizon.base_year for arm in experiment.arms})
    wanted = [(year, number) for number in range(1, experiment.economies + 1) for year in years]
    apart = {year: by_category(experiment, year) for year in years}
    count = 1 if any(apart.values()) else min(len(wanted), MOST, os.cpu_count() or 1)
    with one_thread(), ThreadPoolExecutor(count) as threads:  # of BLAS, in each of them
        try:
            kept = [
                threads.submit(keep_drawn, year, number, by_category=apart[year])
                for year, number in wanted
            ]
            for done, draw in enumerate(as_completed(kept)):
                progress("economies drawn", done, len(wanted))
                try:
                    draw.result()
                except NoEconomy as error:
                    message(f"{error}; its runs will fail")
        except KeyboardInterrupt:
            message("Interrupted: the economies being compiled are kept first")
            raise
        finally:
            threads.shutdown(cancel_futures=True)


def by_category(experiment: Experiment, year: int) -> bool:
    """Return whether an arm asks what the categories of final demand call for, each on its own."""
    arms = [arm.scenario for arm in experiment.arms if arm.scenario.horizon.base_year == year]
    return any(arm.moves_mix or arm.programme.runs for arm in arms)
