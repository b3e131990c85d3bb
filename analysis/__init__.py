"""Questions: which rule does what, to whom, and how surely."""

import sys
from importlib import import_module
from pathlib import Path
from runpy import run_path
from types import ModuleType
from typing import TYPE_CHECKING, Any

run_path(str(Path(__file__).parents[1] / "data" / "own_packages.py"))  # no file hides a package

if TYPE_CHECKING:
    from analysis.experiment.apart import compare_apart
    from analysis.experiment.assessment import Comparison
    from analysis.experiment.city_words import read_cities, read_regions
    from analysis.experiment.comparison import compare, compare_part
    from analysis.experiment.merging import merge
    from analysis.outcomes.outcomes import outcomes

__all__ = [
    "Comparison",
    "compare",
    "compare_apart",
    "compare_part",
    "merge",
    "outcomes",
    "read_cities",
    "read_regions",
]
HOMES = {
    "Comparison": "analysis.experiment.assessment",
    "compare": "analysis.experiment.comparison",
    "compare_apart": "analysis.experiment.apart",
    "compare_part": "analysis.experiment.comparison",
    "merge": "analysis.experiment.merging",
    "outcomes": "analysis.outcomes.outcomes",
    "read_cities": "analysis.experiment.city_words",
    "read_regions": "analysis.experiment.city_words",
}
"""Module of each name: loaded when it is asked for, since all of them take seconds."""


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import_module("simulation")  # first, and Mesa with it: see there
    return getattr(import_module(HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *HOMES})


class _Door(ModuleType):
    """A package in which the folder `outcomes` does not hide the function of that name."""

    @property
    def outcomes(self) -> Any:
        return __getattr__("outcomes")

    @outcomes.setter
    def outcomes(self, folder: ModuleType) -> None:
        """Let the folder be imported; it is found among the modules."""


sys.modules[__name__].__class__ = _Door
