"""Random numbers drawn beforehand, by purpose × year × city, and shared by all arms."""

from dataclasses import dataclass

import numpy as np

from data.errors import InputError
from model.arrays import ByCity, ByYearCity, Departures

PURPOSES = (
    "forecast",
    "choice",
    "inertia",
    "audit",
    "neighbour",
    "rule",
    "rationality",
    "peer_pressure",
    "target",
    "verification",
    "perceived_audit",
    "departure",
)
"""One stream each; new purposes go to the end, so that the older streams stay as they are."""


@dataclass(frozen=True, slots=True)
class Streams:
    """Draws of one replication; (t, c), or (c,) for what cities are like from the beginning.

    Arms with equal seeds meet equal chance.
    """

    forecast: ByYearCity
    """Standard normal."""
    choice: ByYearCity
    """Uniform in [0, 1), as are the rest."""
    inertia: ByYearCity
    audit: ByYearCity
    neighbour: ByYearCity
    """Picks the city that a city looks at."""
    rule: ByCity
    """Decision rule of a city."""
    rationality: ByCity
    """Standard normal."""
    peer_pressure: ByCity
    """Standard normal."""
    target: ByCity
    """Target of its own, or none: uniform."""
    verification: ByYearCity
    """Standard normal."""
    perceived_audit: ByCity
    """Standard normal."""
    departure: Departures
    """Standard normal, of all groups together and of each; (t, c, 1 + g)."""


def drawn(seed: int, replication: int, years: int, cities: int, groups: int) -> Streams:
    """Return the draws of a replication; the same for any arm, worker and order of runs.

    Raises
    ------
    InputError
        If the seed or the replication is below zero.
    """
    if seed < 0 or replication < 0:
        raise InputError(f"seed {seed}, replication {replication}: choose none below 0")
    generators = {
        purpose: np.random.default_rng(np.random.SeedSequence([seed, replication, position]))
        for position, purpose in enumerate(PURPOSES)
    }
    return Streams(
        forecast=generators["forecast"].standard_normal((years, cities)),
        choice=generators["choice"].random((years, cities)),
        inertia=generators["inertia"].random((years, cities)),
        audit=generators["audit"].random((years, cities)),
        neighbour=generators["neighbour"].random((years, cities)),
        rule=generators["rule"].random(cities),
        rationality=generators["rationality"].standard_normal(cities),
        peer_pressure=generators["peer_pressure"].standard_normal(cities),
        target=generators["target"].random(cities),
        verification=generators["verification"].standard_normal((years, cities)),
        perceived_audit=generators["perceived_audit"].standard_normal(cities),
        departure=generators["departure"].standard_normal((years, cities, 1 + groups)),
    )
