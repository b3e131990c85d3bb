"""Suppliers and customers of every city: in emissions of the base year, and in what is abated."""

from typing import Any

import numpy as np

from analysis.experiment.identity import economies_identity, given_identity
from analysis.outcomes.embodied_cuts import embodied_cuts
from analysis.report.finished_results import FinishedResults
from data.compiled.cache import load_economy
from data.errors import InputError
from model.arrays import BetweenCities
from model.compile.city_economy import Economy

MOST = 5
"""Partners shown."""
MT = 1e6
"""From which on the largest partner is shown with two decimals; below with three."""
ALIKE = 1e-9
"""Largest relative difference between emissions run again and those recorded."""


def supply_links(results: FinishedResults, economy: Economy | None) -> dict[str, Any] | None:
    """Return each city's partners as pairs of position and t CO₂; none without the economy.

    An economy other than that of the results, or one that the cache does not hold, is not shown
    for it; nor are cuts where the runs come out otherwise than they were recorded.
    """
    used = _economy_of(results, economy)
    if used is None:
        return None
    flows = used.accounts().C[np.ix_(used.players, used.players)]
    year = results.experiment.arms[0].scenario.horizon.base_year
    return {"year": year, **_partners(flows), "cuts": _cuts(results, used)}


def _economy_of(results: FinishedResults, economy: Economy | None) -> Economy | None:
    asked, mark = results.experiment.arms[0].scenario, results.manifest.identity["economy"]
    try:
        if economy is not None:
            return economy if given_identity(economy)[:16] == mark else None
        if economies_identity(results.experiment)[:16] != mark:
            return None
        return load_economy(asked.horizon.base_year, asked.economy.assumptions)
    except InputError:
        return None


def _cuts(results: FinishedResults, economy: Economy) -> dict[str, Any] | None:
    """Return partners in what policy abates in the last year, by arm; see `embodied_cuts`."""
    experiment = results.experiment
    if experiment.economies > 1:
        return None
    runs = results.national[["arm", "replication"]].drop_duplicates()
    done = {(str(arm), int(number)) for arm, number in runs.to_numpy()}
    found = embodied_cuts(experiment, done, lambda _: economy)
    if found is None:
        return None
    last = results.national["year"] == found.year
    rows = results.national[last & (results.national["replication"] < found.replications)]
    known = rows.groupby("arm", observed=True)["emissions"].mean()
    if any(abs(known[arm] / tonnes - 1) > ALIKE for arm, tonnes in found.emissions.items()):
        return None
    arms = {arm: _partners(pairs) for arm, pairs in found.pairs.items()}
    return {"year": found.year, "runs": found.replications, "arms": arms}


def _partners(flows: BetweenCities) -> dict[str, Any]:
    """Return what each city does at home, and its largest partners, by city, t CO₂."""
    own, between = np.diag(flows), flows.copy()
    np.fill_diagonal(between, 0.0)
    return {
        "own": [round(float(tonnes), -3) for tonnes in own],
        "suppliers": [_largest(column) for column in between.T],
        "customers": [_largest(row) for row in between],
    }


def _largest(flows: np.ndarray) -> list[tuple[int, float]]:
    order = np.argsort(-flows, kind="stable")[:MOST]
    largest = [(int(place), float(flows[place])) for place in order if flows[place] > 0]
    digits = -4 if largest and largest[0][1] >= MT else -3
    return [(place, round(tonnes, digits)) for place, tonnes in largest]
