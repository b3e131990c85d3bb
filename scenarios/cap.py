"""Caps: how much all cities may emit, and which of their emissions count."""

from typing import Annotated, ClassVar, Literal

from model.quota.cap_paths import CAP_PATHS
from scenarios.named import AllOrGroupsByYear, Names
from scenarios.words import Word, Worded


class Cap(Worded):
    """The cap of every year; the parameters of its path stand beside it."""

    flat: ClassVar[bool] = True
    path: Annotated[str, Word(CAP_PATHS)] = "below_baseline"
    """Cap path."""
    coverage: AllOrGroupsByYear = "all"
    """Sectors whose emissions count: `all`, or a list of groups such as electricity (power),
    metals (steel), minerals (cement); or by year, as `{ 2021 = ["power"], 2024 = "all" }`: each
    entry holds until the next, the first one before its year too."""

    def covers(self, year: int) -> Literal["all"] | Names:
        """Return the groups whose emissions count in a year."""
        if not isinstance(self.coverage, dict):
            return self.coverage
        begun = [first for first in self.coverage if int(first) <= year]
        return self.coverage[max(begun, default=min(self.coverage))]
