"""The queue: few trials at a time, run part by part, the policy with the fewest runs first."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future

from analysis.experiment.keeper import RunTooLong
from analysis.live.live_run import Pair
from analysis.live.trial import CANCELLED, FAILED, Trial
from data.errors import InputError
from scenarios.scenario import Scenario

AT_ONCE = 4
"""Trials that may be under way; one more is told that the laboratory is busy."""
REMEMBERED = 32
"""Trials whose scenario and results can still be asked for."""
Submit = Callable[[Scenario, tuple[int, ...]], Future[list[Pair]]]
"""Has some replications of a policy run."""


class Busy(Exception):
    """As many trials are under way as may be."""


class TrialQueue:
    """Trials of all open pages, on one worker."""

    def __init__(self, submit: Submit, replications: int) -> None:
        self._submit = submit
        self._replications = replications
        self._trials: dict[str, Trial] = {}
        self._woken = asyncio.Event()

    def add(self, scenario: Scenario, page: str = "") -> Trial:
        """Take a policy; what the same page asked for before is cancelled.

        Raises
        ------
        Busy
            If too many are under way.
        """
        for earlier in self._under_way():
            if page and earlier.page == page:
                earlier.end(CANCELLED)
        if len(self._under_way()) >= AT_ONCE:
            raise Busy
        trial = Trial(secrets.token_hex(8), scenario, self._replications, page)
        while len(self._trials) >= REMEMBERED:
            self._forget_one()
        self._trials[trial.number] = trial
        self._woken.set()
        return trial

    def find(self, number: str) -> Trial | None:
        """Return a trial that is still remembered."""
        return self._trials.get(number)

    def cancel(self, number: str) -> None:
        """Let a trial end with the replications that are running now."""
        if number in self._trials:
            self._trials[number].end(CANCELLED)

    def close(self) -> None:
        """Let every trial end, and with it every stream of news."""
        for number in self._trials:
            self.cancel(number)

    async def work(self) -> None:
        """Run what there is, one part of a trial after another, until cancelled."""
        while True:
            trials = self._under_way()
            if trials:
                await self._run(min(trials, key=lambda trial: len(trial.pairs)))
            else:
                self._woken.clear()
                await self._woken.wait()

    async def _run(self, trial: Trial) -> None:
        """Run the next replications of a trial."""
        try:
            future = self._submit(trial.scenario, trial.next_part)
            trial.take(await asyncio.wrap_future(future))
        except (InputError, RunTooLong, BrokenExecutor) as mistake:
            trial.end(FAILED, " ".join(str(mistake).split()))

    def _under_way(self) -> list[Trial]:
        return [trial for trial in self._trials.values() if not trial.over]

    def _forget_one(self) -> None:
        del self._trials[next(number for number, trial in self._trials.items() if trial.over)]
