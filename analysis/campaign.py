"""A campaign: do the runs that wait, keep each as it comes, and survive workers that die."""

from collections.abc import Callable

from analysis.crew import Crew, Hire
from analysis.ensemble import run_all
from analysis.estimate import LARGE, estimate
from analysis.results import Results
from analysis.run_key import RunKey
from analysis.workers import Equipment, Errand, Finished
from data.compile import Progress
from data.mistakes import UserMistake

RESTARTS = 2
"""Times that workers who died are replaced before giving up."""

Say = Callable[[str], None]
"""Tells the user a sentence."""


def carry_out(
    results: Results, hire: Hire, equipment: Equipment, progress: Progress, say: Say
) -> None:
    """Do all runs of a results directory that are not done.

    Raises
    ------
    UserMistake
        If the user interrupts, or workers keep dying; finished runs stay.
    """
    waiting = errands(results, equipment)
    large = len(waiting) > LARGE
    total, left = len(results.keys), len(waiting)

    def tell() -> None:
        progress("runs", len(results.keys) - left, total)

    def did(key: RunKey, finished: Finished, crew: Crew) -> None:
        nonlocal left, large
        results.keep(key, finished)
        if large:
            say(estimate(results, finished, crew))
            large = False
        left -= 1
        tell()

    def failed(key: RunKey, error: BaseException) -> None:
        nonlocal left
        results.failed(key, error)
        left -= 1
        tell()

    try:
        for attempt in range(RESTARTS + 1):
            if not waiting:
                return
            if attempt:
                say(f"A worker died; new workers go on with the remaining {_runs(len(waiting))}.")
            with hire(equipment, len(waiting)) as crew:
                tell()

                def done(key: RunKey, finished: Finished, crew: Crew = crew) -> None:
                    did(key, finished, crew)

                waiting = run_all(waiting, crew.executor, equipment, crew.at_once, done, failed)
                if not crew.renewable:
                    break
        if waiting:
            raise UserMistake("workers died (killed, or out of memory?)")
    except UserMistake as mistake:
        raise UserMistake(f"{mistake}; {_left(results)}") from mistake
    except KeyboardInterrupt:
        raise UserMistake(
            f"interrupted after {len(results.finished())} of {total} runs; they are kept in"
            f" {results.folder}; go on with --resume"
        ) from None
    finally:
        results.manifest.write()


def errands(results: Results, equipment: Equipment) -> list[Errand]:
    """Return what is to be done, in the order of the experiment."""
    experiment = results.experiment
    scenarios = {arm.name: arm.scenario for arm in experiment.arms}
    return [
        Errand(equipment.mark, key, scenarios[key.arm], experiment.seed)
        for key in results.waiting()
    ]


def _left(results: Results) -> str:
    left = results.waiting()
    named = ", ".join(key.id for key in left[:3]) + (", …" if len(left) > 3 else "")
    return (
        f"{_runs(len(left))} of {len(results.keys)} not done: {named}; go on with --resume"
        f" --out {results.folder}"
    )


def _runs(number: int) -> str:
    return f"{number} run" if number == 1 else f"{number} runs"
