"""Foresight: what cities expect of a year, and what each knows when it decides."""

from dataclasses import replace

import numpy as np

from model.abatement.supply import AbatementSupply
from model.abatement.targets import own_effort
from model.arrays import ByCity, Cities
from model.behaviour import RULES
from model.behaviour.links import Links
from model.behaviour.memory import blank
from model.behaviour.outlook import Outlook, Terms
from model.runs import share, total
from scenarios.scenario import Scenario
from simulation.budget import share_borne
from simulation.economy import ScenarioEconomy
from simulation.enforcement import announced_fine_price, watched_audit
from simulation.expectations import ExpectedPath
from simulation.forecast import Forecast
from simulation.programme_office import ProgrammeOffice
from simulation.state import State
from simulation.streams import Streams
from simulation.traits import city_traits


class Foresight:
    """Gives every city its outlook on a year: need, means, beliefs, neighbours, law."""

    def __init__(
        self,
        economy: ScenarioEconomy,
        scenario: Scenario,
        streams: Streams,
        links: Links,
        programme: ProgrammeOffice,
        by_experience: bool,
        path: ExpectedPath | None = None,
    ) -> None:
        self.asked, self.streams, self.links = scenario, streams, links
        self.programme, self.by_experience = programme, by_experience
        self.path = path
        """What everyone foresees; None where beliefs adapt."""
        self.city_traits = city_traits(scenario, economy.prepared.facts, streams)
        self.terms = terms(scenario)
        behaviour = scenario.behaviour
        self._parameters = {word: behaviour.parameters(word) for word in RULES}
        self.linked = linked(scenario, links)
        self.least_scale = np.maximum(0.01 * economy.base_liability, 1.0)
        cities = np.arange(economy.cities.size)
        self._unlived = blank(cities.shape, 1.0).experience(cities < 0, cities)

    def expected(self, t: int, forecast: Forecast) -> ByCity:
        """Let each city forecast its own liability, with error, t; (c,)."""
        sigma = self.asked.behaviour.forecast_error
        return forecast.liability * np.exp(sigma * self.streams.forecast[t])

    def outlook(
        self,
        state: State,
        need: ByCity,
        awaited: ByCity,
        expected: ByCity,
        forecast: Forecast,
    ) -> Outlook:
        """Return what each city knows when it decides; `need` without what it awaits, t; (c,)."""
        experience = self._unlived
        if self.by_experience:
            neighbour = self.links.encounters.met(self.streams.neighbour[state.t])
            experience = state.memory.experience(need > 0, neighbour)
        return Outlook(
            need=need,
            expected=expected,
            awaited=awaited,
            bank=state.bank.astype(np.float64),
            belief=state.belief,
            later_price=self._later_price(state),
            last_choice=state.choice,
            linked=self.linked,
            neighbours_free_riding=state.riding_nearby,
            least_scale=self.least_scale,
            supply=self._supply(state, forecast),
            rule=self.city_traits.rule,
            rationality=self.city_traits.rationality,
            peer_pressure=self.city_traits.peer_pressure,
            audit=watched_audit(self.city_traits.audit, state.watched, self.asked.compliance),
            experience=experience,
            terms=self._terms_of_year(state, need),
            parameters=self._parameters,
        )

    def _terms_of_year(self, state: State, need: ByCity) -> Terms:
        """Return the terms with the announced fine, and what an auction can be expected to serve.

        Everyone expects the auction to serve all needs alike.
        """
        wanted = total(np.maximum(need, 0.0))
        return replace(
            self.terms,
            fine_price=announced_fine_price(self.asked, state),
            auction_cover=np.minimum(share(1.0 * state.ledger.on_auction, wanted), 1.0),
        )

    def _supply(self, state: State, forecast: Forecast) -> AbatementSupply:
        """Return what cities abate at a price, and at any price for a target or a programme."""
        free = self.asked.free_years
        elapsed = (state.t + 1 - free) / (len(self.asked.horizon.years) - free)
        cut = self.asked.behaviour.target_cut * elapsed * self.city_traits.has_target
        R, trend = state.abatement, forecast.trend
        least = own_effort(forecast.mac, trend, R, cut)
        if self.programme.runs:
            least = np.maximum(least, self.programme.step(state.t, R))
        bound = replace(forecast.mac, least=least)
        subsidy = self.asked.support.strong_subsidy
        if np.any(subsidy > 0):
            bound = bound.at_share(share_borne(state, subsidy))
        later = 0.0 if self.path is None else self.path.later[state.t]
        return bound.supply(R, forecast.own, trend, state.credit, later)

    def _later_price(self, state: State) -> ByCity:
        """Return the price expected next year: this year's, unless the path is foreseen."""
        if self.path is None:
            return state.belief
        return np.full_like(state.belief, self.path.next_price(state.t))


def linked(scenario: Scenario, links: Links) -> Cities:
    """Return who can meet somebody to trade with; (c,)."""
    if scenario.market.institution == "bilateral":
        return links.weights.sum(axis=1) > 0
    return np.ones(len(links.weights), dtype=bool)


def terms(scenario: Scenario) -> Terms:
    """Return the terms of market and law, the same for every city in every year."""
    behaviour, law, market = scenario.behaviour, scenario.compliance, scenario.market
    return Terms(
        reference_price=behaviour.reference_price,
        penalty_multiple=law.penalty_multiple,
        hideable=law.hideable,
        detection_slope=law.detection_slope,
        default_open=law.open_default,
        transaction_cost=market.transaction_cost,
        risk=behaviour.risk,
        discount=behaviour.discount,
        deduction=law.deduction,
        bank_limit=law.bank_limit if law.bank_years != 0 else 0.0,
        market_open=market.institution != "none",
        transfer_open=market.has_trade,
        auction_open=market.institution == "auction",
    )
