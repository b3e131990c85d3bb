"""The laboratory: an economy made ready once for many runs."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property, partial
from pathlib import Path

import networkx as nx
import numpy as np

from data.errors import InputError
from data.importing.kept import load_imported
from model.behaviour import CITIES
from model.behaviour.links import links, supply_chain
from model.compile.assumptions import DEFAULT
from model.compile.city_economy import Economy
from model.transfers.contracts import Contracts
from scenarios.branching import require_branch
from scenarios.scenario import Horizon, Scenario
from scenarios.side_by_side import side_by_side
from simulation.baseline import (
    Baseline,
    Prepared,
)
from simulation.batch import Case, can_share
from simulation.blas_threads import one_thread
from simulation.city import City
from simulation.columns import Recorder
from simulation.economy import ScenarioEconomy
from simulation.expectations import ExpectedPath
from simulation.foreseeing import foreseen, release
from simulation.giving import contract_table
from simulation.policy_free_years import PolicyFreeYears
from simulation.quota_model import QuotaModel
from simulation.run_result import Run
from simulation.saved_state import SavedState, economy_mark, saved
from simulation.sound_numbers import sound
from simulation.state import State
from simulation.streams import drawn
from simulation.together import Together


class Laboratory:
    """An economy made ready once for many runs; what does not depend on the policy is kept.

    Parameters
    ----------
    economy
        An economy, or the name or folder of an imported one.

    Raises
    ------
    InputError
        If there is no imported one of that name.
    """

    def __init__(self, economy: Economy | str | Path) -> None:
        economy = economy if isinstance(economy, Economy) else load_imported(economy)
        self.economy = economy
        self._years = PolicyFreeYears(economy)
        self._drawn_together = Together(*self._size)
        self._codes = tuple(economy.regions.codes[r] for r in economy.players)
        self._names = [economy.regions.names[r] for r in economy.players]
        self._graph = nx.freeze(self._supply_chain())
        self._links = links(self._graph, self._names)

    @property
    def _size(self) -> tuple[int, int]:
        """Number of cities, and of abatement groups."""
        return self.economy.players.size, len(self.economy.sectors.groups)

    def _supply_chain(self) -> "nx.DiGraph[str]":
        cities = self.economy.players
        return supply_chain(self.economy.accounts().C[np.ix_(cities, cities)], self._names)

    @property
    def graph(self) -> "nx.DiGraph[str]":
        """The supply-chain graph of the base year; copy it to rewire it."""
        return self._graph

    def prepared(self, scenario: Scenario) -> Prepared:
        """Return the basis collapsed to what the scenario can move."""
        return self._years.prepared(scenario)

    def baseline(self, scenario: Scenario) -> Baseline:
        """Return the policy-free years of a scenario's growth and horizon."""
        return self._years.baseline(scenario)

    def run(
        self,
        scenario: Scenario,
        seed: int = 0,
        replication: int = 0,
        city_class: type[City] = City,
        graph: "nx.DiGraph[str] | None" = None,
        until: int | None = None,
    ) -> Run:
        """Run a scenario to its horizon, on one BLAS thread: the same bits wherever it runs.

        Parameters
        ----------
        until
            Last year to run, if not all; `Run.state` can be gone on with.

        Raises
        ------
        InputError
            If the scenario does not fit the economy, or `until` is none of its years.
        """
        return self._run(scenario, seed, replication, city_class, graph, until)

    def resume(
        self,
        saved: SavedState,
        scenario: Scenario | None = None,
        city_class: type[City] = City,
        graph: "nx.DiGraph[str] | None" = None,
        until: int | None = None,
    ) -> Run:
        """Go on with a saved run, under its own scenario or another: one history, many policies.

        Equal bits to a run that was never stopped, where the scenario is the same. The results
        begin with the first year after the saved one.

        Raises
        ------
        InputError
            If the state is of another economy, or the scenario differs in a key that a branch
            must keep (`scenarios.branching.KEPT`).
        """
        if saved.economy != self.mark:
            raise InputError(
                f"the saved run is of another economy ({saved.economy}, not {self.mark}); load"
                " the economy that it was run on"
            )
        chosen = saved.scenario if scenario is None else scenario
        require_branch(saved.scenario, chosen, saved.year)
        return self._run(
            chosen, saved.seed, saved.replication, city_class, graph, until, saved.state
        )

    @cached_property
    def mark(self) -> str:
        """Mark of the economy, which a saved state must share."""
        return economy_mark(self.economy)

    def _run(
        self,
        scenario: Scenario,
        seed: int,
        replication: int,
        city_class: type[City],
        graph: "nx.DiGraph[str] | None",
        until: int | None,
        state: State | None = None,
    ) -> Run:
        def model_of(path: ExpectedPath | None) -> QuotaModel:
            return self.model(scenario, seed, replication, city_class, graph, state, path)

        with one_thread():
            path = None
            if scenario.foresees:
                path = foreseen(model_of, scenario, *self._size)
            model = model_of(path)
            years = _years(scenario.horizon, model.first, until)
            for year in years:
                with sound(scenario, year):
                    model.step()
        release(model)
        case = Case(scenario, seed, replication)
        recorder = model.recorder.first(len(years))
        without = model.economy.years
        return self._result(case, recorder, model.state, None, without, years, model.contracts)

    def _result(
        self,
        case: Case,
        recorder: Recorder,
        state: State,
        row: int | None,
        without: Baseline,
        years: range | None = None,
        contracts: Sequence[tuple[int, Contracts]] = (),
    ) -> Run:
        scenario, seed, replication = case.scenario, case.seed, case.replication
        stop = partial(saved, state, scenario, seed, replication, self.mark, row)
        return Run(
            scenario=scenario,
            seed=seed,
            replication=replication,
            years=scenario.horizon.years if years is None else years,
            codes=self._codes,
            names=tuple(self._names),
            recorder=recorder.told_in(self.economy.money),
            demand_misfit=without.misfit,
            stop=stop,
            contracts=contract_table(contracts, self._names, self.economy.money),
        )

    def model(
        self,
        scenario: Scenario,
        seed: int = 0,
        replication: int = 0,
        city_class: type[City] = City,
        graph: "nx.DiGraph[str] | None" = None,
        state: State | None = None,
        path: ExpectedPath | None = None,
    ) -> QuotaModel:
        """Return a model before its first year, or after that of a state, to be stepped by hand.

        Raises
        ------
        InputError
            If the scenario starts from another year than the economy's.
        """
        self._require_own(scenario)
        years = scenario.horizon.years
        streams = drawn(seed, replication, len(years), *self._size)
        without = self._years.departed(scenario, streams, seed, replication)
        economy = ScenarioEconomy(self.prepared(scenario), without, scenario)
        chain = self._links if graph is None else links(graph, self._names)
        chosen = self.graph if graph is None else graph
        kind = CITIES[scenario.behaviour.city] if city_class is City else city_class
        return QuotaModel(economy, scenario, streams, kind, chosen, chain, state, path)

    def runs(
        self, scenario: Scenario, seed: int = 0, replications: Sequence[int] = (0,)
    ) -> list[Run]:
        """Run several replications of a scenario, together where they can (`simulation.batch`).

        With the bits that each has alone.

        Raises
        ------
        InputError
            If the scenario does not fit the economy.
        """
        return self.cases([Case(scenario, seed, replication) for replication in replications])

    def cases(self, cases: Sequence[Case]) -> list[Run]:
        """Run several cases, together where they differ in chance and numbers alone.

        Raises
        ------
        InputError
            If a scenario does not fit the economy.
        """
        merged = side_by_side([case.scenario for case in cases]) if len(cases) > 1 else None
        if merged is not None and can_share(merged):
            try:
                return self._together(cases, merged)
            except InputError:  # one of them: which, and why, it says alone
                pass
        return [self.run(case.scenario, case.seed, case.replication) for case in cases]

    def _together(self, cases: Sequence[Case], merged: Scenario) -> list[Run]:
        self._require_own(merged)
        with one_thread():
            years = [self.baseline(case.scenario) for case in cases]
            prepared = self.prepared(cases[0].scenario)
            economy, streams = self._drawn_together.economy_of(cases, merged, prepared, years)
            model = QuotaModel(economy, merged, streams, City, self.graph, self._links)
            for year in merged.horizon.years:
                with sound(merged, year):
                    model.step()
        release(model)
        return [
            self._result(case, model.recorder.run(n), model.state, n, years[n])
            for n, case in enumerate(cases)
        ]

    def _require_own(self, scenario: Scenario) -> None:
        """Raise InputError if a scenario asks for another year or compile than the economy's."""
        if scenario.horizon.base_year != self.economy.year:
            raise InputError(
                f"horizon.base_year = {scenario.horizon.base_year}: the economy at hand is of"
                f" {self.economy.year}; set horizon.base_year={self.economy.year}"
            )
        asked, own = asdict(scenario.economy.assumptions), asdict(self.economy.assumptions)
        for name, value in asdict(DEFAULT).items():
            if asked[name] not in (value, own[name]):
                raise InputError(
                    f"economy.{name} = {asked[name]!r}: the economy at hand has {own[name]!r};"
                    " leave it out, or take the economy that load_economy compiles under it"
                )


def _years(horizon: Horizon, done: int, until: int | None) -> range:
    """Return the years to run after those that are done."""
    first = horizon.years[0] + done
    last = horizon.end if until is None else until
    if not first <= last <= horizon.end:
        raise InputError(f"until {last}: the years to run are {first} to {horizon.end}")
    return range(first, last + 1)
