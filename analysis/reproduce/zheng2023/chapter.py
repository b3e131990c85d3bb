"""Zheng et al. 2023: whose emissions, who could free quota, and who would need it."""

from dataclasses import dataclass

import numpy as np

from analysis.economy.affluence import Fifths, fifths
from analysis.economy.headlines import headlines
from analysis.reproduce.chapter import Chapter
from data.readers.figures import read_national_series
from data.readers.published import read_published, read_thresholds
from model.arrays import ByCity, FlowsByCategory
from model.compile.city_economy import Economy
from model.footprints.accounts import Accounts, accounts, embodied_flows
from simulation.industry import cluster_names

MT = 1e6
"""Tonnes in a million tonnes."""
GT = 1e9
"""Tonnes in a billion tonnes."""


@dataclass(frozen=True, slots=True)
class Study:
    """The economy of 2012 as the paper asks of it; cities in the order of `economy.players`."""

    economy: Economy
    flows: FlowsByCategory
    """Embodied emissions by category, exports by shipper last, t CO₂; (K + 1, r, s)."""
    accounts: Accounts
    fifths: Fifths
    clusters: list[str]
    """Industry cluster of each city, in words."""
    headlines: dict[str, float]
    """Figures of `analysis.economy.headlines`, by quantity."""
    thresholds: dict[str, float]
    """Thresholds that the paper gives as input."""
    national: float
    """National inventory of the year with households, t CO₂."""

    @property
    def cities(self) -> np.ndarray:
        """Positions of the cities among the regions; (c,)."""
        return self.economy.players

    @property
    def D_cba(self) -> ByCity:
        """Footprints, t CO₂; (c,)."""
        return self.accounts.D_cba[self.cities]

    @property
    def D_pba(self) -> ByCity:
        """Production-based emissions, t CO₂; (c,)."""
        return self.accounts.D_pba[self.cities]

    @property
    def population(self) -> ByCity:
        """Residents; (c,)."""
        return self.economy.population[self.cities]


def study(economy: Economy) -> Study:
    """Return the economy with all that the questions share."""
    flows = embodied_flows(economy.basis, economy.S)
    rate = read_national_series("exchange_rate_cny_per_usd")[economy.year]
    return Study(
        economy=economy,
        flows=flows,
        accounts=accounts(flows),
        fifths=fifths(economy, rate),
        clusters=cluster_names(economy),
        headlines={row.quantity: row.value for row in headlines(economy, flows)},
        thresholds=read_thresholds(),
        national=read_national_series("co2_ceads_total")[economy.year] * MT,
    )


def new_chapter() -> Chapter:
    """Return the empty chapter of this paper."""
    return Chapter(
        paper="zheng2023",
        title="Zheng et al. 2023: super-emitter cities and quota",
        published=read_published(),
    )
