"""Caps: how much all cities may emit, and which of their emissions count."""

from typing import Annotated, ClassVar

from model.quota.cap_paths import CAP_PATHS
from scenarios.named import AllOrGroups
from scenarios.words import Word, Worded


class Cap(Worded):
    """The cap of every year; the parameters of its path stand beside it."""

    flat: ClassVar[bool] = True
    path: Annotated[str, Word(CAP_PATHS)] = "below_baseline"
    """Cap path."""
    coverage: AllOrGroups = "all"
    """Sectors whose emissions count: `all`, or a list of groups such as electricity (power),
    metals (steel), minerals (cement)."""
