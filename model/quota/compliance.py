"""Reports, hidden gaps, audits and fines."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity, Cities, Tonnes


@dataclass(frozen=True, slots=True)
class Verification:
    """Reports and the findings of audits, whole tonnes."""

    surrendered: Tonnes
    """Handed in for reported emissions; (c,)."""
    open_gap: Tonnes
    """Reported but not covered; (c,)."""
    hidden_gap: Tonnes
    """Neither reported nor covered; (c,)."""
    found: Tonnes
    """Open gap, and the hidden gap where an audit found it; (c,)."""


def verify(
    liability: Tonnes, held: Tonnes, hides: Cities, uniform: ByCity, audit: float
) -> Verification:
    """Return the outcome of reporting: liability = surrendered + open gap + hidden gap.

    Who hides reports min(liability, holdings); the rest of its liability is found with
    probability `audit`, where `uniform` falls below it. All others report truly.
    """
    surrendered = np.minimum(liability, held)
    gap = liability - surrendered
    hidden = np.where(hides, gap, 0)
    seen = np.where(uniform < audit, hidden, 0)
    return Verification(surrendered, gap - hidden, hidden, gap - hidden + seen)


def penalty(found: Tonnes, price: float, reference_price: float, multiple: float) -> ByCity:
    """Return fines, CNY: multiple × the larger of clearing and reference price a tonne found."""
    level = reference_price if np.isnan(price) else max(price, reference_price)
    return found * (multiple * level)


def deduction(found: Tonnes, liability: Tonnes, rate: float, limit: float) -> Tonnes:
    """Return next year's deduction: `rate` × gap found, at most `limit` × liability, tonnes."""
    due = np.minimum(rate * found, limit * liability)
    whole: Tonnes = np.floor(due).astype(np.int64)
    return whole
