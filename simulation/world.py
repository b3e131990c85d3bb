"""The economy through the years: what is expected, and what comes of what cities do."""

from dataclasses import dataclass

import numpy as np

from data.figures import GROUPS
from model.accounts import Accounts, at_intensity
from model.arrays import ByCity, ByCityGroup, ByRegion, ByRegionGroup, Whole
from model.beneficiaries import by_intensity
from model.decomposition import since_base_year
from model.liability import liability, own_relief
from model.mac import MacCurve, learned, steepness
from scenarios.scenario import Scenario
from scenarios.world import Abatement
from simulation.prepared import Prepared, WithoutPolicy
from simulation.state import State


@dataclass(frozen=True, slots=True)
class Forecast:
    """A year with last year's abatement and this year's growth; emissions t."""

    accounts: Accounts
    """Embodied flows of all regions."""
    liability: ByCity
    """What each city would have to answer for; (c,)."""
    trend: ByCityGroup
    """Emissions without any abatement; (c, g)."""
    own: ByCityGroup
    """Liability that one own tonne takes off, 1; (c, g)."""
    mac: MacCurve
    """The year's MAC curves, after learning."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A year as the input–output model scores it; cities only, emissions t."""

    D_pba: ByCity
    D_cba: ByCity
    liability: ByCity
    value_added: ByCity
    """10⁴ CNY at base-year prices."""
    volume: ByCityGroup
    """Output by abatement group relative to the base year, 1; see `World.volume`; (c, g)."""
    outsourced_share: float
    """Share of the cities' footprints emitted outside the consuming city, 1."""
    local_mitigation: ByCity
    """Scored since the base year (Xia et al. 2024)."""
    outsourced_mitigation: ByCity
    """The same, elsewhere."""
    classes: Whole
    """`Beneficiary` of each city as scored since the base year."""
    local_by_policy: ByCity
    """Abated at home for own final demand in this year."""
    outsourced_by_policy: ByCity
    """Abated elsewhere for the city's final demand in this year."""


class World:
    """The economy of one scenario; knows the years without policy, and scores those with it."""

    def __init__(self, prepared: Prepared, years: WithoutPolicy, scenario: Scenario) -> None:
        self.prepared = prepared
        self.years = years
        self.omega = scenario.behaviour.consumer_responsibility
        self.abatement = scenario.abatement
        self.cities = prepared.economy.players
        self._base_trend = self._emissions(np.ones_like(prepared.exported), 1.0, 1.0)
        self._base_steepness = self._steepness(scenario.abatement)

    @property
    def base_accounts(self) -> Accounts:
        """Accounts of the base year, all regions, t."""
        unchanged = np.ones_like(self.prepared.exported)
        return self.prepared.accounts(unchanged, np.ones(unchanged.shape[0]), 1.0)

    def of_cities(self, accounts: Accounts) -> ByCity:
        """Return the cities' liability, t; (c,)."""
        return liability(accounts.C, accounts.exported, self.omega)[self.cities]

    def forecast(self, t: int, state: State) -> Forecast:
        """Score year t with last year's abatement and this year's demand and trend."""
        demand = self._demand(t, state.catch_up)
        accounts = self.prepared.accounts(self._level(t, state.abatement), demand, self._exports(t))
        factor = learned(state.cumulated_abatement, self.abatement.learning)
        return Forecast(
            accounts=accounts,
            liability=self.of_cities(accounts),
            trend=self._emissions(self.years.level[t], demand, self._exports(t))[self.cities],
            own=self._own(demand, self._exports(t)),
            mac=MacCurve(
                g=self._base_steepness * factor,
                adjustment=self.abatement.adjustment_cost,
                pace=self.abatement.pace,
                ceiling=self.abatement.ceiling,
            ),
        )

    def outcome(self, t: int, state: State) -> Outcome:
        """Score year t as it turned out, exactly."""
        level, demand = self._level(t, state.abatement), self._demand(t, state.catch_up)
        accounts = self.prepared.accounts(level, demand, self._exports(t))
        effect = since_base_year(self.prepared.flows, level, demand)
        abated = at_intensity(self.prepared.flows, self.years.level[t] - level) * demand
        own = np.diag(abated)
        cities = self.cities
        local, outsourced = effect.local_mitigation[cities], effect.outsourced_mitigation[cities]
        footprint = accounts.D_cba[cities]
        return Outcome(
            D_pba=accounts.D_pba[cities],
            D_cba=footprint,
            liability=self.of_cities(accounts),
            value_added=self.prepared.output(demand, self._exports(t))[cities],
            volume=self.volume(demand, self._exports(t)),
            outsourced_share=float(1 - np.diag(accounts.C)[cities].sum() / footprint.sum()),
            local_mitigation=local,
            outsourced_mitigation=outsourced,
            classes=by_intensity(local, outsourced),
            local_by_policy=own[cities],
            outsourced_by_policy=(abated.sum(axis=0) - own)[cities],
        )

    def volume(self, demand: ByRegion, exports: float) -> ByCityGroup:
        """Return each group's output relative to the base year, 1; (c, g).

        Sectors of a group are weighted by their emissions of the base year; a group that emitted
        nothing counts as unchanged.
        """
        base = self._base_trend[self.cities]
        now = self._emissions(np.ones_like(self.prepared.own), demand, exports)[self.cities]
        return np.divide(now, base, out=np.ones_like(base), where=base > 0)

    def demand_of_cities(self, t: int, catch_up: ByCity) -> ByCity:
        """Return final demand of each city, 10⁴ CNY at base-year prices; (c,)."""
        base = self.prepared.economy.d.sum(axis=(1, 2))
        return (base * self._demand(t, catch_up))[self.cities]

    def _demand(self, t: int, catch_up: ByCity) -> ByRegion:
        demand = self.years.demand[t].copy()
        demand[self.cities] *= 1.0 + catch_up
        return demand

    def _exports(self, t: int) -> float:
        return float(self.years.exports[t])

    def _level(self, t: int, abatement: ByCityGroup) -> ByRegionGroup:
        level = self.years.level[t].copy()
        level[self.cities] *= 1.0 - abatement
        return level

    def _emissions(
        self, level: ByRegionGroup, demand: ByRegion | float, exports: float
    ) -> ByRegionGroup:
        return self.prepared.emissions(level, np.ones(level.shape[0]) * demand, exports)

    def _own(self, demand: ByRegion, exports: float) -> ByCityGroup:
        if self.omega == 0.0:
            return np.ones((self.cities.size, len(GROUPS)))
        prepared = self.prepared
        total = self._emissions(np.ones_like(prepared.own), demand, exports)
        kept = own_relief(
            prepared.own * demand[:, None], prepared.exported * exports, total, self.omega
        )
        return kept[self.cities]

    def _steepness(self, abatement: Abatement) -> ByCityGroup:
        economy = self.prepared.economy
        members = economy.sectors.group[:, None] == np.arange(len(GROUPS))
        output = (economy.x @ members.astype(np.float64))[self.cities]
        trend = self._base_trend[self.cities]
        return steepness(
            mean=abatement.steepness,
            by_group=np.array([getattr(abatement, group) for group in GROUPS]),
            intensity=np.divide(trend, output, out=np.zeros_like(trend), where=output > 0),
            E=trend,
            sensitivity=abatement.intensity_sensitivity,
        )
