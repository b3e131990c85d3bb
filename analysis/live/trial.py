"""A trial: one policy on its way through its replications, and whoever waits for news of it."""

import asyncio
from dataclasses import dataclass, field

from analysis.live.live_run import Pair
from scenarios.scenario import Scenario

WAITING, DONE, CANCELLED, FAILED = "waiting", "done", "cancelled", "failed"


@dataclass(slots=True, eq=False)
class Trial:
    """One policy to try."""

    number: str
    scenario: Scenario
    replications: int
    page: str = ""
    """Page that asked for it."""
    pairs: list[Pair] = field(default_factory=list)
    """Finished replications, in order."""
    state: str = WAITING
    fault: str = ""
    """What went wrong, in a line."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def over(self) -> bool:
        """True once nothing more will come."""
        return self.state != WAITING

    @property
    def next_part(self) -> tuple[int, ...]:
        """Replications to run next: the first, so that it is soon to be seen, then the others."""
        known = len(self.pairs)
        return tuple(range(known, self.replications if known else 1))

    def take(self, pairs: list[Pair]) -> None:
        """Take further replications, unless nobody wants them any more."""
        if self.over:
            return
        self.pairs.extend(pairs)
        if len(self.pairs) == self.replications:
            self.state = DONE
        self._tell()

    def end(self, state: str, fault: str = "") -> None:
        """End the trial before its last replication."""
        if not self.over:
            self.state, self.fault = state, fault
            self._tell()

    async def news(self, known: int) -> None:
        """Wait until there is another replication than those known, or the end."""
        while not self.over and len(self.pairs) == known:
            await self._news.wait()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
