"""Labels of the axes: sectors, regions, final-demand categories, abatement groups; and of money."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByRegion, Indices, Mask, SectorMask

CATEGORIES = ("rural_household", "urban_household", "government", "capital_formation",
              "inventory_change")  # fmt: skip
"""Final-demand categories, in the order of every k axis."""
INVENTORY = 4
"""Position of inventory change among the final-demand categories; the only one with a sign."""
KINDS = ("consumption", "capital_formation", "inventory_change")
"""Kinds of final demand, which policy moves apart; in the order of every axis of kinds."""
Kinds = tuple[tuple[int, ...], ...]
"""Positions of the categories of each kind of final demand."""
INDUSTRIES = ("primary", "secondary", "tertiary")
KEY_SECTORS = ("electricity", "metals", "minerals", "chemicals", "petroleum", "coal")
"""The six key sectors of Zheng et al. 2023, in the order of the first six abatement groups."""
REST = "rest"
"""Abatement group of the sectors that are in none of their own."""
GROUPS = (*KEY_SECTORS, REST)
"""Abatement groups of the tables that come with Quotapolis."""


@dataclass(frozen=True, slots=True)
class Money:
    """Money that results are told in; equations reckon in CNY of 2012, as costs and prices are."""

    currency: str = "CNY"
    cny: float = 1.0
    """CNY of 2012 that one is worth, in the prices of the table's year."""

    def named(self, text: str) -> str:
        """Return a unit or a label that says CNY with the currency in its place."""
        return text if self.currency == "CNY" else text.replace("CNY", self.currency)


OUR_MONEY = Money()
CNY_PER_UNIT = 1e4
"""CNY in the unit that tables hold money in, 10⁴ CNY."""


@dataclass(frozen=True, slots=True)
class Categories:
    """Categories of final demand, in the order of every k axis."""

    names: tuple[str, ...]
    kind: tuple[str, ...]
    """A word of `KINDS` each."""

    def of(self, kind: str) -> tuple[int, ...]:
        """Return the positions of the categories of a kind."""
        return tuple(k for k, word in enumerate(self.kind) if word == kind)

    @property
    def by_kind(self) -> Kinds:
        """Positions of the categories of each kind; a kind that a table lacks has none."""
        return tuple(self.of(kind) for kind in KINDS)

    @property
    def as_one(self) -> Kinds:
        """Positions of all categories, as if they were of one kind."""
        return (tuple(range(len(self.names))),)


OUR_CATEGORIES = Categories(CATEGORIES, ("consumption",) * 3 + KINDS[1:])
"""The categories of the tables that come with Quotapolis."""


@dataclass(frozen=True, slots=True)
class Sectors:
    """Sectors, in the order of every i axis."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    industry: Indices
    """Position in `INDUSTRIES`; (i,)."""
    group: Indices
    """Position in `groups`; (i,)."""
    kind: tuple[str, ...]
    """agriculture, light_manufacturing, heavy_manufacturing, energy, high_tech or services."""
    groups: tuple[str, ...] = GROUPS
    """Abatement groups, in the order of every g axis."""
    steepness: tuple[float, ...] | None = None
    """Relative steepness of each group's MAC curve, 1; the scenario's, if none is given."""

    @property
    def key(self) -> SectorMask:
        """Sectors of a group other than `rest`; (i,)."""
        return np.array([self.groups[g] != REST for g in self.group], dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Regions:
    """Regions, in the order of every r axis."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    province: Indices
    """Position of the region's province in `province_codes`; (r,)."""
    province_codes: tuple[str, ...]
    is_city: Mask
    """True for those that act: whose emissions are under the cap, and that hold quota; (r,)."""
    lon: ByRegion
    """Degrees east; (r,)."""
    lat: ByRegion
    """Degrees north; (r,)."""

    def __len__(self) -> int:
        """Return the number of regions."""
        return len(self.codes)
