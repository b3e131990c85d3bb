"""The cities' levers: technology by group of sectors, and where chosen a shift of demand."""

from dataclasses import dataclass

import numpy as np

from model.abatement.mac import MacCurve, learned, steepness
from model.arrays import (
    AnyFloats,
    ByCity,
    ByCityBranch,
    ByCityGroup,
    ByCityLever,
    ByKindRegion,
    ByRegionBranch,
    Cities,
    GroupMask,
    Number,
)
from model.classes.super_emitters import Pathway, pathway
from model.footprints.demand_shift import CAPITAL, CONSUMPTION
from model.footprints.scored_year import ScoredYear
from model.labels import CNY_PER_UNIT
from model.quota.liability import own_relief
from model.runs import of, rows_of, wide
from model.transfers.support import learning_factor
from scenarios.scenario import Scenario
from simulation.baseline import Prepared
from simulation.state import State


@dataclass(frozen=True, slots=True)
class Pulled:
    """Reach and cost of the levers in a year; one column a lever: groups, then the shift if any."""

    trend: ByCityLever
    """Emissions on trend, t; of the shift, footprint saved by moving all demand; (c, m)."""
    own: ByCityLever
    """Own liability that one of these tonnes takes off, 1; (c, m)."""
    mac: MacCurve
    """Their cost, after learning; for the shift R is the share of demand moved."""


class Levers:
    """MAC curves of the cities of one scenario."""

    def __init__(self, prepared: Prepared, scenario: Scenario) -> None:
        self.basis, self.cities = prepared.basis, prepared.economy.players
        self.branches = prepared.branches
        self.abatement = scenario.abatement
        self.learning_by_support = scenario.support.weak_learning
        self.omega = scenario.behaviour.consumer_responsibility
        self.move_demand = scenario.abatement.demand_lever
        self._steepness = self._by_technology(prepared)
        self._every_tonne = np.ones((self.cities.size, len(prepared.economy.sectors.groups)))
        base = prepared.base
        threshold = scenario.allocation.super_emitter_share * base.D_cba[self.cities].sum()
        words = pathway(base.D_cba[self.cities], base.D_pba[self.cities], threshold)
        self.shifting: Cities = (words == Pathway.DEMAND) | (words == Pathway.HYBRID)
        """Cities whose demand made them super-emitters in the base year, and which can shift it."""
        self._demand = prepared.demand[:, self.cities]

    def pulled(
        self,
        state: State,
        trend: ByCityBranch,
        unabated: ByRegionBranch,
        demand: ByKindRegion,
        exports: Number,
        under_cap: ScoredYear,
        covered: GroupMask,
    ) -> Pulled:
        """Return what the levers do in a year of given demand; `trend` is the branches' own."""
        words = self.abatement
        factor = learned(state.cumulated_abatement, words.learning)
        helped = learning_factor(state.support_years, self.learning_by_support)
        g = self._steepness * np.asarray(factor)[..., None] * helped[..., None]
        own = self._own(trend, unabated, demand, exports) * covered
        of_groups = self.branches.sums(trend)
        if not self.move_demand:
            limits = (words.adjustment_cost, words.pace, words.ceiling)
            curve = MacCurve(g, *(wide(limit) if np.ndim(limit) else limit for limit in limits))
            return Pulled(of_groups, own, curve)
        saved, relieved, capital, ceiling = self._shift(demand, under_cap, state.abatement[..., -1])
        slope = np.divide(
            words.demand_cost * capital, saved, out=np.ones_like(saved), where=saved > 0
        )
        pace = words.demand_pace / 2
        none = np.zeros_like(saved)
        return Pulled(
            trend=_beside(of_groups, saved),
            own=_beside(own, relieved),
            mac=MacCurve(
                g=_beside(g, none),
                adjustment=_beside(wide(words.adjustment_cost), slope * pace, of_groups),
                pace=_beside(wide(words.pace), none + pace, of_groups),
                ceiling=_beside(wide(words.ceiling), ceiling, of_groups),
            ),
        )

    def _shift(
        self, demand: ByKindRegion, under_cap: ScoredYear, shifted: ByCity
    ) -> tuple[ByCity, ByCity, ByCity, ByCity]:
        """Return what moving all regular demand to consumption would do; (c,) each.

        Footprint saved, t; own liability that one of these tonnes takes off, 1; capital formation,
        CNY; and how far the shift can go in all, share of regular demand, 1.
        """
        now = (of(demand, self.cities) * self._demand)[..., : CAPITAL + 1, :]
        regular, capital = now.sum(axis=-2), now[..., CAPITAL, :]
        accounts = (under_cap.per_demand, under_cap.own_per_demand)
        saved, at_home = (
            regular * (account[..., CAPITAL, :] / self._demand[CAPITAL]
                       - account[..., CONSUMPTION, :] / self._demand[CONSUMPTION])
            for account in (of(each, self.cities) for each in accounts)
        )  # fmt: skip
        saved = np.where(self.shifting, np.maximum(saved, 0.0), 0.0)
        local = np.divide(at_home, saved, out=np.zeros_like(saved), where=saved > 0)
        relieved = np.where(saved > 0, (1 - self.omega) * np.maximum(local, 0.0) + self.omega, 0.0)
        share = capital / regular + shifted
        most = np.maximum(share - self.abatement.demand_floor, 0.0)
        saved = np.where(capital > 0, saved, 0.0)
        ceiling = np.where(saved > 0, most, shifted)
        return saved, relieved, capital * CNY_PER_UNIT, ceiling

    def _own(
        self, trend: ByCityBranch, unabated: ByRegionBranch, demand: ByKindRegion, exports: Number
    ) -> ByCityGroup:
        """Return what a group's tonne takes off: it comes off its branches as they emit."""
        if not np.any(self.omega):
            return self._every_tonne
        used = np.einsum("krg,...kr->...rg", self.basis.own, demand)
        relief = own_relief(used, self.basis.exported * wide(exports), unabated, self.omega)
        return self.branches.means(rows_of(relief, self.cities), trend)

    def _by_technology(self, prepared: Prepared) -> ByCityGroup:
        economy, words = prepared.economy, self.abatement
        members = economy.sectors.group[:, None] == np.arange(len(economy.sectors.groups))
        output = (economy.x @ members.astype(np.float64))[self.cities]
        trend = self.branches.sums(prepared.base.emitted[self.cities])
        groups = economy.sectors.groups
        by_group = economy.sectors.steepness or [getattr(words, group) for group in groups]
        return steepness(
            mean=words.steepness,
            by_group=np.concatenate(np.broadcast_arrays(*map(np.atleast_1d, by_group)), axis=-1),
            intensity=np.divide(trend, output, out=np.zeros_like(trend), where=output > 0),
            E=trend,
            sensitivity=words.intensity_sensitivity,
        )


def _beside(groups: AnyFloats, shift: ByCity, like: ByCityGroup | None = None) -> ByCityLever:
    """Return what the groups have and what the shift has, a column a lever; (…, c, m)."""
    size = groups.shape[-1] if like is None else like.shape[-1]
    of_groups = np.broadcast_to(groups, (*shift.shape, size))
    return np.concatenate([of_groups, shift[..., None]], axis=-1)
