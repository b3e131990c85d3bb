"""A year as it is expected, and as the input–output model scores it in the end."""

from dataclasses import dataclass

from model.abatement.mac import MacCurve
from model.arrays import ByCity, ByCityGroup, ByCityLever, ByRegionBranch
from model.footprints.scored_year import ScoredYear


@dataclass(frozen=True, slots=True)
class Forecast:
    """A year with last year's abatement and this year's growth; emissions t."""

    level: ByRegionBranch
    """Intensities relative to the base year, 1; (r, b)."""
    unabated: ByRegionBranch
    """Emissions at base-year intensity, t; (r, b)."""
    under_cap: ScoredYear
    """Accounts of all regions, as far as the cap covers them."""
    liability: ByCity
    """Liability of each city; (c,)."""
    trend: ByCityLever
    """Emissions without any abatement, t; (c, m)."""
    own: ByCityLever
    """Liability that one own tonne takes off, 1; (c, m)."""
    mac: MacCurve
    """The year's MAC curves, after learning."""


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """A year as the input–output model scores it; emissions t."""

    scored: ScoredYear
    """Accounts of all regions."""
    liability: ByCity
    """Of the cities; (c,)."""
    value_added: ByCity
    """Of the cities, 10⁴ CNY at base-year prices; (c,)."""
    volume: ByCityGroup
    """Output by abatement group relative to the base year, 1; see `volume`; (c, g)."""
