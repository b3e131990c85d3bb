"""Strong and weak beneficiaries of others' mitigation, role models, and neither."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from model.arrays import ByRegion, Mask, Whole
from model.footprints.accounts import Accounts
from model.footprints.decomposition import Decomposition


class Beneficiary(IntEnum):
    """Class of a city; the four are a partition (Xia et al. 2024; see `classify`)."""

    STRONG = 0
    WEAK = 1
    ROLE_MODEL = 2
    NEITHER = 3

    @property
    def label(self) -> str:
        """The class in words."""
        return ("strong beneficiary", "weak beneficiary", "role model", "neither")[self]


STRONG, WEAK, ROLE_MODEL, NEITHER = (np.int64(kind) for kind in Beneficiary)
"""The classes as arrays hold them."""


def classify(local: ByRegion, outsourced: ByRegion, grew: Mask) -> Whole:
    """Return the class of each city from its local and outsourced mitigation, t; (c,).

    A beneficiary gains more from mitigation elsewhere than from its own (outsourced > local and
    outsourced > 0): strong if its local emissions still `grew`, weak if not. Of the others,
    those with local mitigation are role models.
    """
    beneficiary = (outsourced > local) & (outsourced > 0)
    return np.where(
        beneficiary, np.where(grew, STRONG, WEAK), np.where(local > 0, ROLE_MODEL, NEITHER)
    )


def by_intensity(local: ByRegion, outsourced: ByRegion) -> Whole:
    """Return the classes where "grew" is read as dE[s,s] > 0, the project's default; (c,)."""
    return classify(local, outsourced, local < 0)


BAND = 0.1
"""Own and upstream rates that differ by less than this share of the larger are alike, 1."""
MATERIAL = 0.02
"""Rate of abatement below which a policy has no effect to speak of, 1."""
STRONG_BELOW = 0.25
"""Own rate of a strong beneficiary over its upstream rate, at most, 1."""


def by_policy(own_rate: ByRegion, upstream_rate: ByRegion) -> Whole:
    """Return the classes of what the policy alone does, from rates of abatement, 1; (c,).

    Own and upstream rate are the abatement at home and among suppliers for the city's final
    demand, as shares of the same flows without policy. A beneficiary has upstream > own, a strong
    one own < `STRONG_BELOW` × upstream, a role model own > upstream. Neither is whom the policy
    does not affect (both rates up to `MATERIAL`) or at home as much as upstream (within `BAND`).
    """
    larger = np.maximum(own_rate, upstream_rate)
    differs = (larger > MATERIAL) & (np.abs(own_rate - upstream_rate) > BAND * larger)
    beneficiary = differs & (upstream_rate > own_rate)
    strong = beneficiary & (own_rate < STRONG_BELOW * upstream_rate)
    return np.where(
        beneficiary, np.where(strong, STRONG, WEAK), np.where(differs, ROLE_MODEL, NEITHER)
    )


@dataclass(frozen=True, slots=True)
class Change:
    """Two years' accounts and the decomposition of what lies between them, t CO₂."""

    effect: Decomposition
    """dE + dL + dF = C₁ − C₀."""
    earlier: Accounts
    later: Accounts


def intensity_grew(change: Change) -> Mask:
    """Return where dE[s,s] > 0: intensity at home raised local emissions; (s,)."""
    return np.diag(change.effect.dE) > 0


def flow_grew(change: Change) -> Mask:
    """Return where C[s,s] grew: emissions at home for own final demand; (s,)."""
    return np.diag(change.later.C) > np.diag(change.earlier.C)


def production_grew(change: Change) -> Mask:
    """Return where D_pba grew: all emissions at home, exports included; (s,)."""
    return change.later.D_pba > change.earlier.D_pba


GREW: dict[str, Callable[[Change], Mask]] = {
    "intensity": intensity_grew,
    "flow": flow_grew,
    "production": production_grew,
}
"""Meanings of "local emissions still grew"."""

MITIGATION: dict[str, Callable[[Decomposition], Decomposition]] = {
    "intensity": lambda effect: effect,
    "intensity_and_structure": lambda effect: effect.with_structure,
}
"""Meanings of mitigation: −dE, or −(dE + dL)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of Xia et al. 2024, who publish no classification code."""

    grew: str
    """Word of `GREW`."""
    mitigation: str
    """Word of `MITIGATION`."""

    @property
    def name(self) -> str:
        """The reading in words."""
        return f"{self.grew} grew, {self.mitigation} mitigates"

    def classes(self, change: Change) -> Whole:
        """Return the class of each region; (s,)."""
        effect = MITIGATION[self.mitigation](change.effect)
        grew = GREW[self.grew](change)
        return classify(effect.local_mitigation, effect.outsourced_mitigation, grew)


DEFAULT_READING = Reading(grew="intensity", mitigation="intensity")
READINGS = {
    reading.name: reading
    for reading in (Reading(grew, mitigation) for mitigation in MITIGATION for grew in GREW)
}
"""Every reading by its name, the default first."""
