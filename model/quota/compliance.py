"""Reports, hidden gaps, audits and fines."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity, Cities, Number, RecentPrices, Tonnes


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


@dataclass(frozen=True, slots=True)
class Audits:
    """Audits of a year: who is found with what probability."""

    probability: ByCity
    """Probability that a small concealment is found, 1; (c,)."""
    slope: Number
    """Rise of it per unit of the concealed share of liability, 1."""
    uniform: ByCity
    """Draw in [0, 1) of each city; it is found where the draw falls below the probability."""


def detected(probability: ByCity, share: ByCity, slope: Number) -> ByCity:
    """Return the probability of detection of a concealed share of liability, 1; (c,).

    min(1, probability + slope × share): evasion is the likelier found the larger it is (Yitzhaki
    1974; Slemrod and Yitzhaki 2002, section 3).
    """
    return np.minimum(probability + slope * share, 1.0)


def most_concealed(liability: Tonnes, hides: Cities, hideable: Number) -> Tonnes:
    """Return what each city can conceal: a share of the liability of who hides, tonnes; (c,)."""
    most: Tonnes = np.floor(hideable * liability).astype(np.int64)
    return np.where(hides, most, 0)


def verify(liability: Tonnes, held: Tonnes, concealable: Tonnes, audits: Audits) -> Verification:
    """Return the outcome of reporting: liability = surrendered + open gap + hidden gap.

    What is not covered stays unreported as far as it is `concealable`, t; (c,). It is found with
    the probability of `detected`; all else is reported truly.
    """
    surrendered = np.minimum(liability, held)
    gap = liability - surrendered
    hidden = np.minimum(gap, concealable)
    share = np.divide(hidden, liability, out=np.zeros(gap.shape), where=liability > 0)
    probability = detected(audits.probability, share, audits.slope)
    seen = np.where(audits.uniform < probability, hidden, 0)
    return Verification(surrendered, gap - hidden, hidden, gap - hidden + seen)


def fine_price(prices: RecentPrices, reference_price: Number) -> Number:
    """Return the price that fines are measured by, CNY/t.

    The mean of `prices`, of those years that have one, or the reference price if that is larger.
    """
    if prices.ndim > 1:
        known = ~np.isnan(prices)
        mean = np.where(known, prices, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        return np.maximum(mean, reference_price)
    given = prices[~np.isnan(prices)]
    return max(float(given.mean()), reference_price) if given.size else reference_price


def penalty(found: Tonnes, price: Number, multiple: Number) -> ByCity:
    """Return fines, CNY: a multiple of the price that they are measured by, a tonne found."""
    return found * (multiple * price)


def deduction(found: Tonnes, liability: Tonnes, rate: Number, limit: Number) -> Tonnes:
    """Return next year's deduction: `rate` × gap found, at most `limit` × liability, tonnes."""
    due = np.minimum(rate * found, limit * liability)
    whole: Tonnes = np.floor(due).astype(np.int64)
    return whole
