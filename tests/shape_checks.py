"""Shapes of arrays checked at run time, as the signatures have them."""

import jaxtyping
from beartype import BeartypeConf, beartype

checker = beartype(conf=BeartypeConf(is_pep484_tower=True))
"""An int may stand for a float, as for a type checker."""
ROOMS = ("model", "data", "scenarios", "simulation", "analysis")
HOT = "simulation"
"""Checks double the time of a run here: only runs of every kind, in one test, are checked."""


def install(rooms: tuple[str, ...] = ROOMS) -> None:
    """Check every function and class of the packages that are imported from here on."""
    jaxtyping.install_import_hook(list(rooms), "shape_checks.checker")
