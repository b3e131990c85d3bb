"""A study whose own rule never ends, as a program of its own: hanging_study.py OUT [SECONDS]."""

import sys
from contextlib import suppress

from test_executors import with_own_rule

from analysis import compare
from analysis.experiment.interrupt import Interrupted
from analysis.experiment.processes import RUN_LIMIT
from data.compiled.synthetic import small_economy
from model.allocation import RULES


def endless(cap, knowledge):
    """A rule that swallows what is raised at it, and goes on for ever."""
    while True:
        with suppress(BaseException):
            sum(range(100))


def main() -> None:
    RULES.register()(endless)
    experiment = with_own_rule("endless").model_copy(update={"replications": 1})
    if len(sys.argv) > 2:  # the run that hangs comes first, and there is one worker
        experiment = experiment.model_copy(update={"arms": experiment.arms[::-1]})
    limit = float(sys.argv[2]) if len(sys.argv) > 2 else RUN_LIMIT
    try:
        result = compare(
            experiment, economy=small_economy(), out=sys.argv[1], run_limit=limit,
            workers=1, pictures=False,
        )  # fmt: skip
    except Interrupted as stop:
        sys.stderr.write(f"{stop}\n")
        sys.exit(stop.exit_code)
    sys.stdout.write(f"{sorted(set(result.national['arm']))}\n{result.failures}\n")


if __name__ == "__main__":
    main()
