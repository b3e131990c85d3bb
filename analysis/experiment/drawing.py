"""Drawing: the drawn economies of an experiment, compiled before its runs."""

from collections.abc import Callable

from data.compiled.draws import NoEconomy, keep_drawn
from model.compile.compile import Progress, silent
from scenarios.experiment import Experiment


def keep_draws(
    experiment: Experiment,
    progress: Progress = silent,
    message: Callable[[str], None] = lambda _: None,
) -> None:
    """Compile the drawn economies that the cache lacks; `message` hears of those that fail."""
    if experiment.economies == 1:
        return
    years = {arm.scenario.horizon.base_year for arm in experiment.arms}
    for number in range(1, experiment.economies + 1):
        progress("economies drawn", number - 1, experiment.economies)
        for year in sorted(years):
            try:
                keep_drawn(year, number)
            except NoEconomy as error:
                message(f"{error}; its runs will fail")
