"""The simulated year: cities, regulator and market, in order."""

from dataclasses import replace
from typing import Any

import mesa
import networkx as nx
import numpy as np

from data.errors import InputError
from model.abatement.durable import PathYear
from model.behaviour import CITIES, RULES
from model.behaviour.links import Links
from model.behaviour.logit import logit
from model.transfers.contracts import Contracts
from scenarios.scenario import Scenario
from simulation.aid_office import AidOffice
from simulation.budget import BudgetOffice
from simulation.city import City
from simulation.column import RecordedYear
from simulation.columns import record, recorder
from simulation.economy import ScenarioEconomy
from simulation.expectations import ExpectedPath, path_year
from simulation.first_state import first_state
from simulation.foresight import Foresight
from simulation.own_code import called
from simulation.phases import aid, announce, decide, expect, give, produce, trade
from simulation.programme_office import ProgrammeOffice
from simulation.regulator import Regulator
from simulation.scheme import Scheme
from simulation.settling import classify, comply, learn, learn_without_quota, verify
from simulation.state import State
from simulation.streams import Streams
from simulation.year import Aided, Given, QuotaYear, Traded


class QuotaModel(mesa.Model):
    """The cities under one scenario and one replication. A `step` is a year."""

    def __init__(
        self,
        economy: ScenarioEconomy,
        scenario: Scenario,
        streams: Streams,
        city_class: type[City],
        graph: "nx.DiGraph[str]",
        links: Links,
        state: State | None = None,
        path: ExpectedPath | None = None,
    ) -> None:
        super().__init__(rng=0)
        self.economy, self.graph = economy, graph
        self.asked = scenario  # mesa 3.5 has a meaning of its own for `scenario`
        programme = ProgrammeOffice(economy, scenario)
        by_experience = RULES.get(scenario.behaviour.rule) is not logit or city_class is not City
        self.foresight = Foresight(
            economy, scenario, streams, links, programme, by_experience, path
        )
        self.scheme = Scheme(
            economy=economy,
            asked=scenario,
            streams=streams,
            links=links,
            regulator=Regulator(economy, scenario, links),
            aid_office=AidOffice(economy, scenario, links),
            programme=programme,
            foresight=self.foresight,
            budget=BudgetOffice(economy, scenario),
        )
        runs = streams.choice.shape[1:-1]
        self.state = first_state(economy, scenario, runs) if state is None else state
        """All that one year hands to the next."""
        if path is not None:
            expected = np.full(economy.cities.size, path.price[self.state.t])
            self.state = replace(self.state, belief=expected)
        self.first = self.state.t
        """The simulated year that this model begins with, counted from 0."""
        self.lived: dict[int, PathYear] = {}
        """Years as they turned out, where cities foresee a path."""
        self.contracts: list[tuple[int, Contracts]] = []
        """Contracts made so far, by year."""
        regions = economy.prepared.economy.regions
        traits = CITIES.parameters(
            scenario.behaviour.city, scenario.behaviour.parameters(scenario.behaviour.city)
        )
        years = len(scenario.horizon.years) - self.first
        self.recorder = recorder(years, (*runs, economy.cities.size))
        self.cities = [
            _founded(city_class, self, row, regions.codes[r], regions.names[r])
            for row, r in enumerate(economy.cities)
        ]
        for city in self.cities:
            city.parameters = traits

    def step(self) -> None:
        """Announce, expect, aid, give, decide, trade, produce, verify, comply, learn, record."""
        if not self.asked.has_policy or self.state.t < self.asked.free_years:
            self._step_without_quota()
            return
        scheme = self.scheme
        announced = announce(scheme, self.state)
        expected = expect(scheme, announced)
        aided = aid(scheme, announced)
        given = give(scheme, announced, expected, aided, self.cities)
        if given.contracts is not None:
            self.contracts.append((self.asked.horizon.years[self.state.t], given.contracts))
        decided = decide(scheme, announced, expected, aided, given, self.cities)
        traded = trade(scheme, aided, given, decided)
        if self.foresight.path is not None:
            self.lived[self.state.t] = self._lived(given, aided, traded)
        outcome = produce(scheme, traded.state, aided.forecast)
        verified = verify(scheme, announced, decided, traded, outcome)
        complied = comply(scheme, announced, aided, given, traded, outcome, verified)
        classes = classify(scheme, complied.state, outcome)
        t = self.state.t
        self.state = learn(
            scheme, announced, aided, given, decided, traded, outcome, verified, complied, classes
        )
        phases = QuotaYear(announced, aided, given, decided, traded, verified, complied)
        year = RecordedYear(t, scheme, self.state, outcome, classes, phases)
        record(self.recorder, t - self.first, year)

    def _lived(self, given: Given, aided: Aided, traded: Traded) -> PathYear:
        """Return the year as it turned out, at the price that was expected if there was none."""
        price = float(traded.day.price)
        if np.isnan(price) and self.foresight.path is not None:
            price = float(self.foresight.path.price[given.state.t])
        return path_year(aided.forecast, given.state, traded, price)

    def _step_without_quota(self) -> None:
        """Produce, learn, record."""
        scheme, t = self.scheme, self.state.t
        self.state = scheme.aid_office.paid_for(self.state)
        outcome = produce(scheme, self.state)
        classes = classify(scheme, self.state, outcome, under_quota=False)
        self.state = learn_without_quota(scheme, self.state, outcome, classes)
        year = RecordedYear(t, scheme, self.state, outcome, classes, None)
        record(self.recorder, t - self.first, year)


def _founded(city_class: type[City], *of_city: Any) -> City:
    """Return a city of a class, which may be a user's own."""
    if city_class is City:
        return City(*of_city)
    if not issubclass(city_class, City):
        raise InputError(
            f"class {city_class.__name__}: cities derive from simulation.City, and this does not"
        )
    return called(f"class {city_class.__name__}", city_class, *of_city)
