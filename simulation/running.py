"""Running one scenario."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache

import mesa
import networkx as nx
import numpy as np
import pandas as pd
from threadpoolctl import ThreadpoolController

from data.compiled.cache import load_economy
from data.errors import InputError
from model.arrays import AnyFloats
from model.behaviour import CITIES
from model.behaviour.links import links, supply_chain
from model.compile.city_economy import Economy
from scenarios.plugins import Plugins, load_plugins
from scenarios.reading import Settings, read_scenario
from scenarios.scenario import Horizon, Scenario
from scenarios.world import Growth
from simulation.added_trends import movable
from simulation.baseline import (
    AS_ONE,
    BY_KIND,
    Baseline,
    Kinds,
    Prepared,
    baseline,
    prepare,
)
from simulation.city import City
from simulation.columns import WHOLE, Recorder
from simulation.economy import World
from simulation.more_demand import with_more_demand
from simulation.quota_model import QuotaModel
from simulation.streams import drawn

Added = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""Where there is more demand, and for which products."""
NO_MORE: Added = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What one scenario led to."""

    scenario: Scenario
    seed: int
    replication: int
    years: range
    codes: tuple[str, ...]
    """Region codes of the cities."""
    names: tuple[str, ...]
    recorder: Recorder
    demand_misfit: float
    """Largest deviation of a region's value added from its growth without policy, share."""

    @property
    def cities(self) -> pd.DataFrame:
        """Tidy results, one row a year and city; columns as in `recording.CITY_COLUMNS`."""
        count = len(self.codes)
        table = pd.DataFrame(
            {
                "year": np.repeat(np.array(self.years), count),
                "region_code": np.tile(self.codes, len(self.years)),
                "city": np.tile(self.names, len(self.years)),
            }
        )
        for name, values in self.recorder.cities.items():
            table[name] = _typed(name, values.reshape(-1))
        return table

    @property
    def national(self) -> pd.DataFrame:
        """Tidy results, one row a year; columns as in `recording.NATIONAL_COLUMNS`."""
        return pd.DataFrame({"year": np.array(self.years), **self.recorder.national})


class Laboratory:
    """An economy made ready once for many runs; what does not depend on the policy is kept."""

    def __init__(self, economy: Economy) -> None:
        self.economy = economy
        with one_thread():
            groups = prepare(economy)
        self._prepared: dict[tuple[Kinds, tuple[int, ...], Added], Prepared] = {
            (AS_ONE, groups.branches.key, NO_MORE): groups
        }
        self._names = [economy.regions.names[r] for r in economy.players]
        self._graph = nx.freeze(self._supply_chain())
        self._links = links(self._graph, self._names)
        self._without: dict[tuple[Growth, Horizon, bool], Baseline] = {}

    def _supply_chain(self) -> "nx.DiGraph[str]":
        cities = self.economy.players
        return supply_chain(self.economy.accounts().C[np.ix_(cities, cities)], self._names)

    @property
    def graph(self) -> "nx.DiGraph[str]":
        """The supply-chain graph of the base year; copy it to rewire it."""
        return self._graph

    def prepared(self, scenario: Scenario) -> Prepared:
        """Return the basis collapsed to what the scenario can move."""
        kinds = BY_KIND if scenario.moves_mix else AS_ONE
        parts, more = movable(self.economy, scenario.growth.cleaner), scenario.growth.more_demand
        plain = (kinds, parts.key, NO_MORE)
        if plain not in self._prepared:
            self._prepared[plain] = prepare(self.economy, kinds, parts)
        key = (*plain[:2], tuple((words.where, words.products) for words in more))
        if key not in self._prepared:
            self._prepared[key] = with_more_demand(self._prepared[plain], more)
        return self._prepared[key]

    def baseline(self, scenario: Scenario) -> Baseline:
        """Return the policy-free years of a scenario's growth and horizon."""
        key = (scenario.growth, scenario.horizon, scenario.moves_mix)
        if key not in self._without:
            prepared = self.prepared(scenario)
            self._without[key] = baseline(prepared, scenario.growth, scenario.horizon)
        return self._without[key]

    def run(
        self,
        scenario: Scenario,
        seed: int = 0,
        replication: int = 0,
        city_class: type[City] = City,
        graph: "nx.DiGraph[str] | None" = None,
    ) -> Run:
        """Run a scenario to its horizon, on one BLAS thread: the same bits wherever it runs."""
        with one_thread():
            model = self.model(scenario, seed, replication, city_class, graph)
            for _ in scenario.horizon.years:
                model.step()
        release(model)
        regions, cities = self.economy.regions, self.economy.players
        return Run(
            scenario=scenario,
            seed=seed,
            replication=replication,
            years=scenario.horizon.years,
            codes=tuple(regions.codes[r] for r in cities),
            names=tuple(regions.names[r] for r in cities),
            recorder=model.recorder,
            demand_misfit=model.world.years.misfit,
        )

    def model(
        self,
        scenario: Scenario,
        seed: int = 0,
        replication: int = 0,
        city_class: type[City] = City,
        graph: "nx.DiGraph[str] | None" = None,
    ) -> QuotaModel:
        """Return a model before its first year, to be stepped by hand.

        Raises
        ------
        InputError
            If the scenario starts from another year than the economy's.
        """
        if scenario.horizon.base_year != self.economy.year:
            raise InputError(
                f"horizon.base_year = {scenario.horizon.base_year}: the economy at hand is of"
                f" {self.economy.year}; set horizon.base_year={self.economy.year}"
            )
        years = scenario.horizon.years
        streams = drawn(seed, replication, len(years), self.economy.players.size)
        world = World(self.prepared(scenario), self.baseline(scenario), scenario)
        chain = self._links if graph is None else links(graph, self._names)
        chosen = self.graph if graph is None else graph
        kind = CITIES[scenario.behaviour.city] if city_class is City else city_class
        return QuotaModel(world, scenario, streams, kind, chosen, chain)


@cache
def libraries() -> ThreadpoolController:
    """Return the libraries of this process that compute on threads, looked for once."""
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """Keep BLAS to one thread: how many there are decides in which order sums are added."""
    return libraries().limit(limits=1, user_api="blas")


def release(model: QuotaModel) -> None:
    """Let a finished model go: mesa 3.3 keeps every model in a table of agent numbers."""
    numbers = getattr(mesa.Agent, "_ids", None)
    if numbers is not None:
        numbers.pop(model, None)


def run(
    scenario: str | Scenario,
    settings: Settings = (),
    *,
    plugin: Plugins = (),
    seed: int = 0,
    economy: Economy | None = None,
    city_class: type[City] = City,
    graph: "nx.DiGraph[str] | None" = None,
) -> Run:
    """Run one scenario, by name, path or value, and return its results.

    Parameters
    ----------
    settings
        Overrides such as `["cap.cut=0.3"]` or `{"cap.cut": 0.3}`.
    plugin
        Python files that register words of one's own.
    economy
        The compiled economy; that of the scenario's base year if absent.
    city_class
        A subclass of `City` whose `decide` all cities use.
    graph
        Another supply-chain graph: nodes by city name, edges r → s with `weight` in t CO₂.

    Raises
    ------
    InputError
        If the scenario is not what it should be, or there is no economy of its base year.
    """
    load_plugins(plugin)
    chosen = read_scenario(scenario, settings) if isinstance(scenario, str) else scenario
    if economy is None:
        economy = load_economy(chosen.horizon.base_year)
    return Laboratory(economy).run(chosen, seed, city_class=city_class, graph=graph)


def _typed(name: str, values: AnyFloats) -> AnyFloats | np.ndarray:
    return values.astype(np.int8) if name in WHOLE else values
