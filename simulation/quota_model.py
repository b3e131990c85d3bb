"""The simulated year: cities, regulator and market, in order."""

import mesa
import networkx as nx
import numpy as np

from model.arrays import Actions, ByCity, Cities, Tonnes
from model.behaviour import CITIES, RULES
from model.behaviour.links import Links
from model.behaviour.logit import Chance, logit
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import FREE_RIDE
from model.behaviour.realised import YearCosts
from model.labels import GROUPS
from model.quota.compliance import Verification
from model.quota.shortage import still_kept
from scenarios.scenario import Scenario
from simulation.aid_office import Granted
from simulation.budget import BudgetOffice, Effort
from simulation.city import City
from simulation.city_classes import CityClasses, Columns, Totals
from simulation.columns import recorder
from simulation.deciding import decisions
from simulation.economy import Forecast, World, YearOutcome
from simulation.foresight import Foresight
from simulation.learning import close_year, learn, remember
from simulation.market import effort_of_others, market_day
from simulation.market_record import MarketDay
from simulation.programme_office import ProgrammeOffice
from simulation.regulator import Announcement, Regulator
from simulation.state import first_state
from simulation.streams import Streams
from simulation.yearbook import QuotaYear, without_quota


class QuotaModel(mesa.Model):
    """The cities under one scenario and one replication. A `step` is a year."""

    def __init__(
        self,
        world: World,
        scenario: Scenario,
        streams: Streams,
        city_class: type[City],
        graph: "nx.DiGraph[str]",
        links: Links,
    ) -> None:
        super().__init__(rng=0)
        self.world, self.streams = world, streams
        self.asked = scenario  # mesa 3.5 has a meaning of its own for `scenario`
        regions = world.prepared.economy.regions
        names = [regions.names[r] for r in world.cities]
        self.graph = graph
        self.links, self.neighbours = links.flows, links.weights
        behaviour = scenario.behaviour
        levers = len(GROUPS) + int(scenario.abatement.demand_lever)
        self.state = first_state(
            len(names), levers, behaviour.reference_price, behaviour.initial_propensity
        )
        self.regulator = Regulator(world, scenario, links)
        self.programme = ProgrammeOffice(world, scenario)
        self.by_experience = RULES.get(behaviour.rule) is not logit or city_class is not City
        """Whether anybody may look back: cities that decide by expected payoffs alone do not."""
        self.foresight = Foresight(
            world, scenario, streams, links, self.programme, self.by_experience
        )
        self.budget = BudgetOffice(world, scenario)
        traits = CITIES.parameters(behaviour.city, behaviour.parameters(behaviour.city))
        self.recorder = recorder(len(scenario.horizon.years), len(names))
        self.scorebook = CityClasses(world)
        self.t = 0
        self.cities = [
            city_class(self, row, regions.codes[r], regions.names[r], self.state)
            for row, r in enumerate(world.cities)
        ]
        for city in self.cities:
            city.parameters = traits

    def step(self) -> None:
        """Announce, expect, aid, decide, trade, produce, verify, comply, learn, record."""
        if self.asked.has_policy:
            self._year_under_quota()
        else:
            self._record(self._produce(), *without_quota())
        self.t += 1

    def _year_under_quota(self) -> None:
        t, state = self.t, self.state
        forecast = self.world.forecast(t, state)
        announced = self.regulator.announce(t, state, forecast)
        expected = self.foresight.expected(t, forecast)
        granted = self.regulator.aid_office.grant(t, state, forecast, announced.quota)
        permitted = self.world.with_aid(t, state, forecast)
        need = expected + permitted.liability - forecast.liability - state.ledger.held
        outlook = self.foresight.outlook(t, state, need, expected, permitted)
        chance = Chance(self.streams.choice[t], self.streams.inertia[t])
        choice = decisions(self.cities, outlook, chance)
        day = self._trade(outlook, choice, permitted)
        outcome = self._produce(permitted)
        liability = self._verified(outcome.liability)
        owed = state.owed
        verified = self._verify(liability, announced, choice == FREE_RIDE)
        self._note_inflow(announced, granted, day)
        fines = self.regulator.settle(state, verified, liability, day.price)
        effort = self._effort(day, permitted)
        between = self.programme.payment(t, state, effort.forced)
        paid = self.budget.settle(
            t, state, outcome, day, fines, granted.compensation, effort, between
        )
        self._lose_growth(verified, liability)
        deeds = YearCosts(
            cost=self._borne(outlook, day, permitted, effort, paid.share_paid(effort.cost)),
            paid=day.payment + outlook.terms.transaction_cost * day.turnover,
            fines=fines,
            due_next_year=state.deduction + state.owed - owed,
            hidden_gap=verified.hidden_gap,
        )
        close_year(state, outlook, day, deeds, self.neighbours)
        learn(state, outlook, day, choice, self.asked.behaviour)
        if self.by_experience:
            remember(state, outlook, choice, self.asked.behaviour)
        known = (verified.surrendered + verified.found).astype(np.float64)
        self.regulator.remember(announced, known, outcome)
        year = QuotaYear(
            baseline=float(self.regulator.baseline[t]),
            announced=announced,
            granted=granted,
            outlook=outlook,
            forecast=permitted,
            day=day,
            verified=verified,
            liability=liability,
            fines=fines,
            effort=effort,
            payments=paid,
            transaction_cost=self.asked.market.transaction_cost,
        )
        self._record(outcome, *year.columns(state))

    def _trade(self, outlook: Outlook, choice: Actions, forecast: Forecast) -> MarketDay:
        """Clear the market; abatement of the day is done at once."""
        day = market_day(
            outlook,
            choice,
            self.state.ledger,
            self.asked.market,
            effort_of_others(forecast, self.world, self.t, self.state),
            self.links,
        )
        self.regulator.hand_over(self.state, day.auctioned, day.net_purchase)
        self.state.abatement = self.state.abatement + day.dR
        self.state.trend = forecast.trend
        tonnes = (self.state.abatement * forecast.trend)[:, : len(GROUPS)]
        self.state.cumulated_abatement += float(tonnes.sum())
        return day

    def _produce(self, forecast: Forecast | None = None) -> YearOutcome:
        """Run the economy and score it, exactly."""
        return self.world.outcome(self.t, self.state, forecast)

    def _verified(self, liability: ByCity) -> Tonnes:
        """Return what the verifiers find each city to answer for, whole tonnes; (c,)."""
        sigma = self.asked.compliance.verification_error
        error = np.exp(sigma * self.streams.verification[self.t] - sigma**2 / 2)
        return np.rint(liability * error).astype(np.int64)

    def _verify(self, liability: Tonnes, announced: Announcement, hides: Cities) -> Verification:
        """Lend to those who report a gap; then reports, audits."""
        self.regulator.lend(self.state, liability, announced.quota, hides)
        uniform = self.streams.audit[self.t]
        return self.regulator.verify(self.state, liability, hides, uniform)

    def _note_inflow(self, announced: Announcement, granted: Granted, day: MarketDay) -> None:
        """Note what each city received this year, if quota expires by age."""
        if self.asked.compliance.bank_years is None:
            return
        state = self.state
        left = announced.deducted + granted.compensation.used + np.maximum(-day.net_purchase, 0)
        received = state.ledger.held - state.bank + left
        state.inflows = np.vstack([state.inflows, received[None, :]])

    def _effort(self, day: MarketDay, forecast: Forecast) -> Effort:
        """Return the tonnes and the cost of all abatement so far."""
        mac, trend = forecast.mac, forecast.trend
        cost = mac.running_cost(self.state.abatement, trend) + mac.adjustment_cost(day.dR, trend)
        tonnes = np.vecdot(*(values[:, : len(GROUPS)] for values in (self.state.abatement, trend)))
        before = self.state.abatement - day.dR
        forced = self.programme.cost(self.t, mac, before, day.dR, trend)
        return Effort(tonnes, cost, forced)

    def _borne(
        self,
        outlook: Outlook,
        day: MarketDay,
        forecast: Forecast,
        effort: Effort,
        share_paid: ByCity,
    ) -> ByCity:
        """Return what the year's step cost each city, less what it earned for it, CNY; (c,)."""
        mac, trend = forecast.mac, forecast.trend
        cost = effort.cost - mac.running_cost(outlook.abatement, trend)
        return (1 - share_paid) * cost - self.state.credit * outlook.supply.effort_of(day.dR)

    def _lose_growth(self, verified: Verification, liability: Tonnes) -> None:
        """Let gaps that were found slow demand from next year on, where the law says so."""
        law = self.asked.compliance
        if law.shortage == "lose":
            growth = self.world.trend_growth(self.t)
            self.state.kept = still_kept(
                self.state.kept, verified.found, liability, growth, law.loss_rate
            )

    def _record(self, outcome: YearOutcome, cities: Columns, nation: Totals) -> None:
        """Write the year down: what happened, and how it scores."""
        scored, totals = self.scorebook.columns(self.t, outcome, self.state)
        self.state.classes = scored[f"class_{self.asked.support.reading}"]
        self.recorder.put(self.t, {**scored, **cities}, {**totals, **nation})
