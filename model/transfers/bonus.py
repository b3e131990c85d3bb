"""Performance-based bonus: a fund divided among cities by what they achieved this year.

Zheng et al. 2023, section 4, asks for transfers that reward performance; the measures are ours.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity, Number
from model.registry import Registry
from model.runs import total


@dataclass(frozen=True, slots=True)
class Achievement:
    """Achievements of a year, for which a bonus can be given."""

    abated: ByCity
    """Abated this year below trend, t; (c,)."""
    value_added: ByCity
    """This year, any unit of money at constant prices; (c,)."""
    tonnes: ByCity
    """Emitted, or quota used, this year, t; (c,)."""
    value_added_before: ByCity
    """Last year, in the same unit; (c,)."""
    tonnes_before: ByCity
    """Last year, t; (c,)."""


def abatement(year: Achievement) -> ByCity:
    """Return the tonnes abated, t; (c,)."""
    return year.abated


def productivity(year: Achievement) -> ByCity:
    """Return the gain in value added per tonne, money per t; (c,).

    It takes no account of size and is largest where little is emitted; a city without tonnes has
    none. `tonnes_saved` weighs the same gain by size.
    """
    now = _ratio(year.value_added, year.tonnes)
    return now - _ratio(year.value_added_before, year.tonnes_before)


def tonnes_saved(year: Achievement) -> ByCity:
    """Return tonnes below those of this year's value added at last year's intensity, t; (c,)."""
    intensity = _ratio(year.tonnes_before, year.value_added_before)
    return year.value_added * intensity - year.tonnes


MERITS: Registry[Callable[[Achievement], ByCity]] = Registry("merit")
"""Merits that a bonus may reward."""
MERITS.build_in("abatement", abatement)
MERITS.build_in("productivity", productivity)
MERITS.build_in("tonnes_saved", tonnes_saved)


def bonus(fund: Number, merit: ByCity) -> ByCity:
    """Return fund · merit / Σ merit over positive merits, CNY; (c,).

    Nothing where nobody earned it: the fund is kept.
    """
    earned = np.maximum(merit, 0.0)
    of_all = np.asarray(total(earned))
    return fund * np.divide(earned, of_all, out=np.zeros_like(earned), where=of_all > 0)


def _ratio(above: ByCity, below: ByCity) -> ByCity:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
