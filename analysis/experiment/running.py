"""A campaign: do the runs that wait, keep each as it comes, and survive workers that die."""

import signal
from collections.abc import Callable, Iterator, Sequence, Sized
from typing import TypeVar

from analysis.experiment.estimate import LARGE, estimate
from analysis.experiment.executors import PoolSource
from analysis.experiment.interrupt import Interrupted
from analysis.experiment.main_guard import Unguarded
from analysis.experiment.results import Results
from analysis.experiment.run_key import RunKey
from analysis.experiment.scheduler import Work, run_all
from analysis.experiment.worker_pool import WorkerPool
from analysis.experiment.workers import Finished, RunTask, WorkerContext, run_task
from data.errors import InputError
from model.compile.compile import Progress
from simulation.batch import AT_ONCE, can_share

RESTARTS = 2
"""Times that workers who died are replaced before giving up."""

T = TypeVar("T", bound=Sized)
"""A task; its length is the number of runs that it holds."""
Part = TypeVar("Part")
R = TypeVar("R")
Message = Callable[[str], None]
"""Tells the user a sentence."""


def run_missing(
    results: Results,
    pool_source: PoolSource,
    context: WorkerContext,
    progress: Progress,
    message: Message,
) -> None:
    """Do all runs of a results directory that are not done.

    Raises
    ------
    Interrupted
        If the user, or a job system, interrupts; finished runs stay.
    InputError
        If workers keep dying; finished runs stay.
    """
    waiting = run_tasks(results, context)
    store = RunStore(results, progress, message, sum(len(task) for task in waiting))
    try:
        for tasks in (waiting, store.again):
            do_all(
                tasks, run_task, pool_source, context, store.begin, store.done, store.failed,
                store.tell_news, message,
            )  # fmt: skip
    except Unguarded:
        raise
    except InputError as mistake:
        raise InputError(f"{mistake}; {_left(results)}") from mistake
    except KeyboardInterrupt as stop:
        raise Interrupted(
            f"interrupted after {len(results.finished())} of {len(results.keys)} runs; they are"
            f" kept in {results.folder}; go on with --resume",
            getattr(stop, "number", signal.SIGINT),
        ) from None
    finally:
        results.manifest.write()


def do_all(
    waiting: list[T],
    work: Work[T, R],
    pool_source: PoolSource,
    context: WorkerContext,
    begin: Callable[[WorkerPool], None],
    done: Callable[[T, R], None],
    failed: Callable[[T, BaseException], None],
    meanwhile: Callable[[], None],
    message: Message,
) -> None:
    """Do tasks on workers, and replace workers that die a few times.

    Raises
    ------
    InputError
        If they keep dying.
    """
    for attempt in range(RESTARTS + 1):
        if not waiting:
            return
        if attempt:
            left = sum(len(task) for task in waiting)
            message(f"A worker died; new workers go on with the remaining {_runs(left)}.")
        with pool_source(context, len(waiting)) as pool:
            begin(pool)
            waiting = run_all(
                waiting, work, pool.executor, context, pool.at_once, done, failed, meanwhile
            )
            if not pool.renewable:
                break
    if waiting:
        raise InputError("workers died (killed, or out of memory?)")


class RunStore:
    """Keeps runs as they come, and tells how far it is."""

    def __init__(
        self, results: Results, progress: Progress, message: Message, waiting: int
    ) -> None:
        self._results, self._progress, self._say = results, progress, message
        self._left = self._ahead = waiting
        self._estimate_due = waiting > LARGE
        several = len({key.arm for key in results.waiting()}) > 1
        self._without = results.experiment.reference if several else ""
        self.again: list[RunTask] = []
        """Runs to be done one by one, since something went wrong with some together."""

    def begin(self, pool: WorkerPool) -> None:
        """Note who is at work."""
        self._crew = pool
        self._tell()

    def done(self, task: RunTask, runs: list[Finished | BaseException]) -> None:
        """Keep some runs; the first of many that has a policy says what they will take."""
        for key, run in zip(task.keys, runs, strict=True):
            if isinstance(run, BaseException):
                self._results.failed(key, run)
            else:
                self._results.keep(key, run)
                if self._estimate_due and key.arm != self._without:
                    self._say(estimate(self._results, self._ahead, key.arm, run, self._crew))
                    self._estimate_due = False
        self._went(len(runs))

    def failed(self, task: RunTask, error: BaseException) -> None:
        """Note a run that failed; of several, say so and try each alone."""
        if len(task) > 1:
            self._say(f"{len(task)} runs of {task.keys[0].arm} go one by one: {error}")
            self.again.extend(task.one_by_one())
            return
        self._results.failed(task.keys[0], error)
        self._went(1)

    def tell_news(self) -> None:
        """Tell what the workers have to say."""
        if sentence := self._crew.news():
            self._say(sentence)

    def _went(self, runs: int) -> None:
        self._left -= runs
        self._tell()

    def _tell(self) -> None:
        total = len(self._results.keys)
        self._progress("runs", total - self._left, total)


def run_tasks(results: Results, context: WorkerContext) -> list[RunTask]:
    """Return what is to be done: economy by economy, and there part by part, arm by arm.

    Runs of an arm on one economy go together, in equal parts of at most `AT_ONCE`, if they can.
    The same part of the next arm then meets the chance and the policy-free years of this one.
    """
    experiment = results.experiment
    scenarios = {arm.name: arm.scenario for arm in experiment.arms}
    waiting: dict[tuple[int, str], list[RunKey]] = {}
    for key in results.waiting():
        waiting.setdefault((experiment.economy_of(key.replication), key.arm), []).append(key)
    few = results.manifest.outcomes_only
    parts = [
        (economy, place, RunTask(context.mark, keys, scenarios[arm], experiment.seed, economy, few))
        for (economy, arm), of_arm in waiting.items()
        for place, keys in enumerate(
            equal_parts(of_arm, AT_ONCE if can_share(scenarios[arm]) else 1)
        )
    ]
    return [task for *_, task in sorted(parts, key=lambda part: part[:2])]


def equal_parts(whole: Sequence[Part], most: int) -> Iterator[tuple[Part, ...]]:
    """Yield parts of about equal size, of at most so many each."""
    parts = -(-len(whole) // most)
    size = -(-len(whole) // parts)
    for first in range(0, len(whole), size):
        yield tuple(whole[first : first + size])


def _left(results: Results) -> str:
    left = results.waiting()
    named = ", ".join(key.id for key in left[:3]) + (", …" if len(left) > 3 else "")
    return (
        f"{_runs(len(left))} of {len(results.keys)} not done: {named}; go on with --resume"
        f" --out {results.folder}"
    )


def _runs(number: int) -> str:
    return f"{number} run" if number == 1 else f"{number} runs"
