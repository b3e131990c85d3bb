"""Errors: distances of an estimated table's findings from those of the true one."""

from collections.abc import Callable

import numpy as np

from analysis.studies.known_truth.findings import Findings
from analysis.studies.known_truth.mitigation import Mitigation
from model.arrays import AnyFloats

PER_CENT = 100.0


def weighted_error(found: AnyFloats, true: AnyFloats) -> float:
    """Return the weighted absolute percentage error Σ|found − true| / Σ|true|, %."""
    return float(PER_CENT * np.abs(found - true).sum() / np.abs(true).sum())


def median_error(found: AnyFloats, true: AnyFloats) -> float:
    """Return the median absolute percentage error, %, of positive quantities."""
    return float(PER_CENT * np.median(np.abs(found / true - 1.0)))


def between_cities(flows: AnyFloats) -> AnyFloats:
    """Return flows (…, r, s) without those of a city to itself."""
    return flows * (1.0 - np.eye(flows.shape[-1]))


def too_much_outsourced(found: Findings, true: Findings) -> float:
    """Return the outsourced share of footprints less the true one, percentage points."""
    return PER_CENT * (found.outsourced_share - true.outsourced_share)


MEASURES: dict[str, Callable[[Findings, Findings], float]] = {
    "output": lambda found, true: weighted_error(found.x, true.x),
    "trade between cities": lambda found, true: weighted_error(
        between_cities(found.trade), between_cities(true.trade)
    ),
    "demand per head": lambda found, true: weighted_error(
        found.demand.sum(axis=1), true.demand.sum(axis=1)
    ),
    "multipliers": lambda found, true: median_error(found.multipliers, true.multipliers),
    "embodied flows": lambda found, true: weighted_error(found.C, true.C),
    "embodied flows between cities": lambda found, true: weighted_error(
        between_cities(found.C), between_cities(true.C)
    ),
    "footprints": lambda found, true: weighted_error(found.D_cba, true.D_cba),
    "footprint of the median city": lambda found, true: median_error(found.D_cba, true.D_cba),
    "outsourced share": lambda found, true: abs(too_much_outsourced(found, true)),
    "outsourced share, signed": too_much_outsourced,
}
"""Errors by name, % or percentage points; all but the signed one are 0 at best and never less."""
SIGNED = "outsourced share, signed"


def classes_wrong(found: Mitigation, true: Mitigation) -> float:
    """Return the share of cities whose class is not the true one, %."""
    return float(PER_CENT * np.mean(found.classes != true.classes))


OF_CHANGE: dict[str, Callable[[Mitigation, Mitigation], float]] = {
    "local mitigation": lambda found, true: weighted_error(found.local, true.local),
    "outsourced mitigation": lambda found, true: weighted_error(found.outsourced, true.outsourced),
    "classes wrong": classes_wrong,
}
"""Errors of what changed between two years by name, %; 0 at best and never less."""
