"""The city: an agent that owns its decision and is otherwise a view on its row."""

from collections.abc import Mapping
from typing import Any

import mesa

from model.arrays import Actions, ByCity
from model.behaviour import CITIES, PLAIN_CITY, decide
from model.behaviour.giving import ContractTerms, offered
from model.behaviour.logit import Chance
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import ACTIONS
from simulation.city_facts import CityFacts
from simulation.own_decision import rule_of
from simulation.state import State


class City(mesa.Agent):
    """One of the cities. Override `decide` to let cities decide otherwise."""

    def __init__(self, model: mesa.Model, row: int, code: str, name: str) -> None:
        super().__init__(model)
        self.row = row
        """Position among the cities."""
        self.code = code
        """Region code (GB/T 2260)."""
        self.name = name
        self.parameters: Any = None
        """Parameters of its class, if it was registered with any."""

    @property
    def _state(self) -> State:
        """State of the run, read only."""
        state: State = self.model.state
        return state

    @property
    def holdings(self) -> int:
        """Quota in hand, t CO₂."""
        return int(self._state.ledger.held[self.row])

    @property
    def belief(self) -> float:
        """Expected price, CNY/t."""
        return float(self._state.belief[self.row])

    @property
    def abatement(self) -> float:
        """Share of trend emissions abated, over all groups of sectors, 1."""
        trend = self._state.trend[self.row, : self._state.groups]
        abated = self._state.abatement[self.row, : self._state.groups]
        return float((abated * trend).sum() / max(trend.sum(), 1.0))

    @property
    def last_action(self) -> str:
        """Last year's action, in a word; `hold` before the first year."""
        return ACTIONS[int(self._state.action[self.row])]

    @property
    def cluster(self) -> str:
        """Industry cluster, a word of `simulation.industry.INDUSTRIAL_TYPES`."""
        return self._facts.cluster[self.row]

    @property
    def province(self) -> str:
        """Code of its province (GB/T 2260)."""
        return self._facts.province[self.row]

    @property
    def population(self) -> float:
        """Residents in the base year, heads."""
        return float(self._facts.population[self.row])

    @property
    def footprint(self) -> float:
        """Consumption-based emissions of last year, t CO₂."""
        return float(self._state.last.D_cba[self.row])

    @property
    def emissions(self) -> float:
        """Production-based emissions of last year, t CO₂."""
        return float(self._state.last.D_pba[self.row])

    @property
    def suppliers(self) -> Mapping[str, float]:
        """Linked cities that emit for it, by name: t CO₂ in the base year."""
        graph = self.model.graph
        return {name: float(graph[name][self.name]["weight"]) for name in graph.pred[self.name]}

    @property
    def customers(self) -> Mapping[str, float]:
        """Linked cities that it emits for, by name: t CO₂ in the base year."""
        links = self.model.graph.succ[self.name]
        return {name: float(link["weight"]) for name, link in links.items()}

    @property
    def _facts(self) -> CityFacts:
        facts: CityFacts = self.model.economy.prepared.facts
        return facts

    def decide(self, outlook: Outlook, chance: Chance) -> Actions | str:
        """Return the year's action: a word or its position.

        Words are `mitigate`, `transfer`, `free_ride` and `default`.

        `outlook` and `chance` have one row: the city's own. Where `decide` is not overridden, all
        cities decide in one call of the same equation on all rows.
        """
        return decide(outlook, chance, rule_of)

    def offer(self, outlook: Outlook, terms: ContractTerms) -> ByCity | float:
        """Return what it offers to others by contract, t, before it decides on the year's action.

        Asked of givers alone, where there are contracts; see `decide` for `outlook`.
        """
        return offered(outlook, terms)


CITIES.build_in(PLAIN_CITY, City)
