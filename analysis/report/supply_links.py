"""The largest suppliers and customers of every city in the base year, in emissions."""

from typing import Any

import numpy as np

from analysis.experiment.identity import economies_identity, given_identity
from data.compiled.cache import load_economy
from data.errors import InputError
from model.compile.city_economy import Economy
from scenarios.experiment import Experiment

MOST = 5
"""Partners shown."""


def supply_links(
    experiment: Experiment, mark: str, economy: Economy | None
) -> dict[str, Any] | None:
    """Return each city's partners as pairs of position and t CO₂; none without the economy.

    `mark` is that of the economy the results were made with: another one, or one that the cache
    does not hold, is not shown for it.
    """
    asked = experiment.arms[0].scenario
    year = asked.horizon.base_year
    try:
        found = economies_identity(experiment) if economy is None else given_identity(economy)
        if found[:16] != mark:
            return None
        used = load_economy(year, asked.economy.assumptions) if economy is None else economy
    except InputError:
        return None
    flows = used.accounts().C[np.ix_(used.players, used.players)].copy()
    own = np.diag(flows).copy()
    np.fill_diagonal(flows, 0.0)
    return {
        "year": year,
        "own": [round(tonnes) for tonnes in own],
        "suppliers": [_largest(column) for column in flows.T],
        "customers": [_largest(row) for row in flows],
    }


def _largest(flows: np.ndarray) -> list[tuple[int, int]]:
    order = np.argsort(-flows, kind="stable")[:MOST]
    return [(int(place), round(float(flows[place]))) for place in order if flows[place] > 0]
