"""Labels of the axes: sectors, regions, final-demand categories, abatement groups."""

from dataclasses import dataclass

from model.arrays import ByRegion, Indices, Mask

CATEGORIES = ("rural_household", "urban_household", "government", "capital_formation",
              "inventory_change")  # fmt: skip
"""Final-demand categories, in the order of every k axis."""
INVENTORY = 4
"""Position of inventory change among the final-demand categories; the only one with a sign."""
INDUSTRIES = ("primary", "secondary", "tertiary")
KEY_SECTORS = ("electricity", "metals", "minerals", "chemicals", "petroleum", "coal")
"""The six key sectors of Zheng et al. 2023, in the order of the first six abatement groups."""
GROUPS = (*KEY_SECTORS, "rest")
"""Abatement groups, in the order of every g axis."""


@dataclass(frozen=True, slots=True)
class Sectors:
    """The 42 sectors."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    industry: Indices
    """Position in `INDUSTRIES`; (i,)."""
    group: Indices
    """Position in `GROUPS`; (i,)."""
    kind: tuple[str, ...]
    """agriculture, light_manufacturing, heavy_manufacturing, energy, high_tech or services."""


@dataclass(frozen=True, slots=True)
class Regions:
    """The 313 regions in the order of every r axis; those of one province stand together."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    province: Indices
    """Position of the region's province in `province_codes`; (r,)."""
    province_codes: tuple[str, ...]
    is_city: Mask
    """False for the four provinces that are not split into cities; (r,)."""
    lon: ByRegion
    """Degrees east; (r,)."""
    lat: ByRegion
    """Degrees north; (r,)."""

    def __len__(self) -> int:
        """Return the number of regions."""
        return len(self.codes)
