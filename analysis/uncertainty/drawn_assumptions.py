"""Assumptions of the compile as uncertain numbers: a few economies that worlds take in turn."""

from collections.abc import Iterable, Sequence

import numpy as np

from analysis.experiment.workers import Compiled
from analysis.uncertainty.designs import Design, latin_hypercube
from data.compiled.cache import load_economy
from data.errors import InputError
from model.compile.compile import Progress
from scenarios.experiment import Experiment
from scenarios.ground import ground_of
from scenarios.uncertainties import COMPILE, with_numbers
from scenarios.uncertainty import Uncertainty

Point = tuple[float, ...]
"""Shares of the uncertain assumptions: those of one economy."""


def places_of(uncertainties: Sequence[Uncertainty]) -> list[int]:
    """Return the places of those that are assumptions of the compile."""
    return [place for place, one in enumerate(uncertainties) if one.key.startswith(COMPILE)]


def with_economies(
    design: Design, uncertainties: Sequence[Uncertainty], count: int, seed: int
) -> Design:
    """Return a design whose worlds take `count` economies in turn, each round shuffled.

    The economies are a Latin hypercube of the uncertain assumptions. A grid, or a table, has its
    own; so has a design without any.
    """
    places = places_of(uncertainties)
    if not places or design.kind not in ("halton", "latin_hypercube"):
        return design
    points = latin_hypercube(len(places), count, seed)
    rng = np.random.default_rng([seed, count])
    rounds = [rng.permutation(count) for _ in range(-(-len(design.shares) // count))]
    shares = design.shares.copy()
    shares[:, places] = points[np.concatenate(rounds)[: len(shares)]]
    return Design(design.kind, shares, count)


def keep_economies(
    experiment: Experiment,
    uncertainties: Sequence[Uncertainty],
    points: Iterable[Point],
    progress: Progress,
) -> dict[Point, str]:
    """Compile the economies that the cache lacks; return those that cannot be, with the reason."""
    places = places_of(uncertainties)
    scenarios = {ground_of(arm.scenario): arm.scenario for arm in experiment.arms}.values()
    asked = list(dict.fromkeys(points))
    broken = {}
    for number, point in enumerate(asked if places else ()):
        progress("economies drawn", number, len(asked))
        numbers = {
            uncertainties[place].key: uncertainties[place].value(share)
            for place, share in zip(places, point, strict=True)
        }
        try:
            for scenario in scenarios:
                wanted = Compiled.of(with_numbers(scenario, numbers))
                load_economy(wanted.year, wanted.assumptions)
        except InputError as error:
            broken[point] = str(error)
    return broken
