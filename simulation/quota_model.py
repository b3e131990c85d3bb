"""The simulated year: cities, regulator and market, in order."""

import mesa
import networkx as nx
import numpy as np

from data.mistakes import UserMistake, nearest
from model.arrays import Actions, AnyFloats, ByCity, ByCityGroup, Cities, Tonnes, Whole
from model.beliefs import updated
from model.beneficiaries import by_policy
from model.choice import Chance
from model.compliance import Verification
from model.links import neighbour_weights, share_among_neighbours, suppliers
from model.outlook import Outlook, Terms
from model.payoffs import ACTIONS, FREE_RIDE, HOLD, MITIGATE, TRANSFER
from scenarios.scenario import Scenario
from simulation.city import City
from simulation.market import MarketDay, effort_of_others, market_day
from simulation.recording import recorder
from simulation.regulator import Announcement, Regulator
from simulation.state import first_state
from simulation.streams import Streams
from simulation.world import Forecast, Outcome, World

RECENT_YEARS = 5
"""Years that the recent reading of the policy's classes looks back."""
LEAST_TONNES = 0.5
"""Needs and efforts below half a tonne count as none: quota comes in whole tonnes."""


class QuotaModel(mesa.Model):
    """The cities under one scenario and one replication. A `step` is a year."""

    def __init__(
        self,
        world: World,
        scenario: Scenario,
        streams: Streams,
        city_class: type[City],
        graph: "nx.DiGraph[str]",
    ) -> None:
        super().__init__(rng=0)
        self.world, self.streams = world, streams
        self.asked = scenario  # mesa 3.5 has a meaning of its own for `scenario`
        regions = world.prepared.economy.regions
        names = [regions.names[r] for r in world.cities]
        base = world.base_accounts
        self.graph = graph
        links = suppliers(self.graph, names)
        self.neighbours = neighbour_weights(links)
        self.least_scale = 0.01 * world.of_cities(base)
        reference = scenario.behaviour.reference_price
        self.state = first_state(len(names), world.prepared.exported.shape[1], reference)
        self.regulator = Regulator(world, scenario, links)
        self.recorder = recorder(len(scenario.horizon.years), len(names))
        self.by_policy: list[AnyFloats] = []
        self.t = 0
        self.cities = [
            city_class(self, row, regions.codes[r], regions.names[r], self.state)
            for row, r in enumerate(world.cities)
        ]

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
        expected = self._expect(forecast)
        granted = self.regulator.grant_aid(state, announced, forecast)
        permitted = self.world.forecast(t, state)
        need = expected + permitted.liability - forecast.liability - state.ledger.held
        outlook = self._outlook(need, expected, permitted)
        choice = self._decide(outlook)
        day = self._trade(outlook, choice, permitted)
        outcome = self._produce(day)
        liability = np.rint(outcome.liability).astype(np.int64)
        verified = self._verify(liability, announced, choice == FREE_RIDE)
        fines = self.regulator.settle(state, verified, liability, day.price)
        self._learn(outlook, day, choice)
        known = (verified.surrendered + verified.found).astype(np.float64)
        self.regulator.remember(known, outcome.D_pba, outcome.D_cba)
        self._record(
            outcome,
            self._city_figures(announced, granted.quota, outlook, permitted, day, verified, fines),
            self._national_figures(announced, permitted, day, verified, fines, liability),
        )

    def _expect(self, forecast: Forecast) -> ByCity:
        """Let each city forecast its own liability, with error, t; (c,)."""
        sigma = self.asked.behaviour.forecast_error
        return forecast.liability * np.exp(sigma * self.streams.forecast[self.t])

    def _outlook(self, need: ByCity, expected: ByCity, forecast: Forecast) -> Outlook:
        """Return what each city knows when it decides."""
        state, behaviour = self.state, self.asked.behaviour
        riders = state.deed == FREE_RIDE
        return Outlook(
            need=need,
            expected=expected,
            bank=state.bank.astype(np.float64),
            belief=state.belief.copy(),
            last_choice=state.choice.copy(),
            neighbours_free_riding=share_among_neighbours(self.neighbours, riders),
            least_scale=self.least_scale,
            trend=forecast.trend,
            abatement=state.abatement.copy(),
            own=forecast.own,
            g=forecast.mac.g,
            adjustment=forecast.mac.adjustment,
            pace=forecast.mac.pace,
            ceiling=forecast.mac.ceiling,
            rationality=behaviour.rationality,
            inertia=behaviour.inertia,
            terms=self._terms(),
        )

    def _terms(self) -> Terms:
        behaviour, law, market = (
            self.asked.behaviour,
            self.asked.compliance,
            self.asked.market,
        )
        return Terms(
            reference_price=behaviour.reference_price,
            penalty_multiple=law.penalty_multiple,
            audit=law.audit,
            transaction_cost=market.transaction_cost,
            risk=behaviour.risk,
            discount=behaviour.discount,
            bank_limit=law.bank_limit,
            peer_pressure=behaviour.peer_pressure,
            market_open=market.institution != "none",
        )

    def _decide(self, outlook: Outlook) -> Actions:
        """Ask cities with a mind of their own one by one, and all others in one call."""
        chance = Chance(self.streams.choice[self.t], self.streams.inertia[self.t])
        common = [city for city in self.cities if type(city).decide is City.decide]
        choice = np.full(len(self.cities), MITIGATE, dtype=np.int64)
        if common:
            together = City.decide(common[0], outlook, chance)
            rows = [city.row for city in common]
            choice[rows] = np.asarray(together)[rows]
        for city in self.cities:
            if type(city).decide is not City.decide:
                answer = city.decide(outlook.row(city.row), chance.row(city.row))
                choice[city.row] = _position(answer, city)
        return _possible(choice, outlook)

    def _trade(self, outlook: Outlook, choice: Actions, forecast: Forecast) -> MarketDay:
        """Clear the market; abatement of the day is done at once."""
        day = market_day(
            outlook,
            choice,
            self.state.ledger.held,
            self.asked.market,
            effort_of_others(forecast, self.world),
        )
        self.state.ledger = self.state.ledger.trade(day.net_purchase)
        self.state.abatement = self.state.abatement + day.dR
        self.state.trend = forecast.trend
        self.state.cumulated_abatement += float((self.state.abatement * forecast.trend).sum())
        return day

    def _produce(self, _day: MarketDay | None = None) -> Outcome:
        """Run the economy and score it, exactly."""
        return self.world.outcome(self.t, self.state)

    def _verify(self, liability: Tonnes, announced: Announcement, hides: Cities) -> Verification:
        """Lend to those who report a gap; then reports, audits."""
        self.regulator.lend(self.state, liability, announced.quota, hides)
        uniform = self.streams.audit[self.t]
        return self.regulator.verify(self.state, liability, hides, uniform)

    def _learn(self, outlook: Outlook, day: MarketDay, choice: Actions) -> None:
        """Let cities revise the expected price and remember what they did."""
        state, behaviour = self.state, self.asked.behaviour
        state.belief = updated(
            outlook.belief,
            day.price,
            outlook.need,
            day.rationed_buyers,
            day.rationed_sellers,
            behaviour.belief_speed,
            highest=10 * behaviour.reference_price,
        )
        state.deed = deeds(outlook.need, outlook.trend, day)
        state.choice = choice
        state.bank = state.ledger.held.copy()

    def _record(
        self, outcome: Outcome, figures: dict[str, AnyFloats], national: dict[str, float]
    ) -> None:
        """Write the year down, with and without policy side by side."""
        cities, years = self.world.cities, self.world.years
        without = years.C[self.t]
        own = np.diag(without)[cities]
        elsewhere = without.sum(axis=0)[cities] - own
        self.by_policy.append(
            np.stack([outcome.local_by_policy, own, outcome.outsourced_by_policy, elsewhere])
        )
        scored = {
            "emissions": outcome.D_pba,
            "footprint": outcome.D_cba,
            "liability": outcome.liability,
            "value_added": outcome.value_added,
            "class_scored": outcome.classes,
            "class_policy": class_by_policy(self.by_policy),
            "class_policy_recent": class_by_policy(self.by_policy[-RECENT_YEARS:]),
            "local_mitigation": outcome.local_mitigation,
            "outsourced_mitigation": outcome.outsourced_mitigation,
            "local_additional": outcome.local_mitigation - years.local_mitigation[self.t][cities],
            "outsourced_additional": outcome.outsourced_mitigation
            - years.outsourced_mitigation[self.t][cities],
            "action": self.state.deed,
        }
        totals = {
            "emissions": float(outcome.D_pba.sum()),
            "liability": float(outcome.liability.sum()),
            "outsourced_share": outcome.outsourced_share,
            "ledger_gap": float(self.state.ledger.unaccounted),
        }
        self.recorder.put(self.t, {**scored, **figures}, {**totals, **national})

    def _city_figures(
        self,
        announced: Announcement,
        aid_quota: Tonnes,
        outlook: Outlook,
        forecast: Forecast,
        day: MarketDay,
        verified: Verification,
        fines: ByCity,
    ) -> dict[str, AnyFloats]:
        state, tau = self.state, self.asked.market.transaction_cost
        price = 0.0 if np.isnan(day.price) else day.price
        running = forecast.mac.running_cost(state.abatement, forecast.trend)
        return {
            "quota": announced.quota,
            "aid_quota": aid_quota,
            "need": outlook.need,
            "net_purchase": day.net_purchase,
            "abated": (state.abatement * forecast.trend).sum(axis=1),
            "abatement_cost": running + forecast.mac.adjustment_cost(day.dR, forecast.trend),
            "purchase_cost": price * day.net_purchase + tau * np.abs(day.net_purchase),
            "penalty": fines,
            "surrendered": verified.surrendered,
            "open_gap": verified.open_gap,
            "hidden_gap": verified.hidden_gap,
            "bank": state.bank,
            "belief": state.belief,
            "catch_up": state.catch_up,
        }

    def _national_figures(
        self,
        announced: Announcement,
        forecast: Forecast,
        day: MarketDay,
        verified: Verification,
        fines: ByCity,
        liability: Tonnes,
    ) -> dict[str, float]:
        state = self.state
        running = forecast.mac.running_cost(state.abatement, forecast.trend)
        adjusting = forecast.mac.adjustment_cost(day.dR, forecast.trend)
        traded = float(np.abs(day.net_purchase).sum())
        return {
            "cap": float(announced.cap),
            "baseline": float(self.regulator.baseline[self.t]),
            "price": day.price,
            "volume": traded / 2,
            "abatement_cost": float((running + adjusting).sum()),
            "transaction_cost": traded * self.asked.market.transaction_cost,
            "penalty": float(fines.sum()),
            "compliance": float(verified.surrendered.sum() / liability.sum()),
        }


def class_by_policy(years: list[AnyFloats]) -> Whole:
    """Return classes from what policy abated over some years, at home and upstream; (c,).

    Each year has four rows of tonnes: abated at home for own demand, the same flow without
    policy, abated upstream, the same flows without policy.
    """
    local, own, upstream, elsewhere = np.sum(years, axis=0)
    return by_policy(local / own, upstream / elsewhere)


def without_quota() -> tuple[dict[str, AnyFloats], dict[str, float]]:
    """Return the figures of a year without policy: nothing abated, traded, paid or fined."""
    none = ("net_purchase", "abated", "abatement_cost", "purchase_cost", "penalty", "catch_up")
    total = dict.fromkeys(("volume", "abatement_cost", "transaction_cost", "penalty"), 0.0)
    return {name: np.zeros(()) for name in none}, total


def deeds(need: ByCity, trend: ByCityGroup, day: MarketDay) -> Actions:
    """Return what each city did, by deed: ordered, abated, neither though short, or no need."""
    abates = (day.dR * trend).sum(axis=1) > LEAST_TONNES
    idle = np.where(need > LEAST_TONNES, FREE_RIDE, HOLD)
    return np.where(day.ordered, TRANSFER, np.where(abates, MITIGATE, idle)).astype(np.int64)


def _possible(choice: Actions, outlook: Outlook) -> Actions:
    """Turn what is not open into mitigation: no trade without a market, no free ride in surplus."""
    no_market = (choice == TRANSFER) & (not outlook.terms.market_open)
    no_need = (choice == FREE_RIDE) & (outlook.need <= 0)
    return np.where(no_market | no_need, MITIGATE, choice)


def _position(answer: Actions | str, city: City) -> int:
    known = ACTIONS[:HOLD]
    if isinstance(answer, str) and answer in known:
        return known.index(answer)
    if not isinstance(answer, str) and np.size(answer) == 1 and np.ravel(answer)[0] in range(HOLD):
        return int(np.ravel(answer)[0])
    raise UserMistake(
        f"{type(city).__name__}.decide of {city.name} returned {answer!r}, which is no action;"
        f" {nearest(str(answer), known)}"
    )
