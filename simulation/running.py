"""Running one scenario."""

from functools import lru_cache
from pathlib import Path

import networkx as nx

from data.compiled.cache import load_economy
from data.errors import InputError
from data.importing.kept import load_imported
from model.compile.assumptions import DEFAULT, Assumptions
from model.compile.city_economy import Economy
from scenarios.economy import Economy as EconomySection
from scenarios.plugins import Plugins, load_plugins
from scenarios.reading import Settings, of_year, read_scenario
from scenarios.scenario import Scenario
from simulation.city import City
from simulation.laboratory import Laboratory
from simulation.run_result import Run

KEPT = 4
"""Laboratories a process keeps."""


def run(
    scenario: str | Scenario,
    settings: Settings = (),
    *,
    plugin: Plugins = (),
    seed: int = 0,
    economy: Economy | str | Path | None = None,
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
        An economy, or the name or folder of an imported one, from whose year the run then starts;
        the compiled one of the scenario's base year if absent, made ready once a process.
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
    if isinstance(economy, str | Path):
        economy = load_imported(economy)
        settings = of_year(economy.year, settings)
    chosen = read_scenario(scenario, settings) if isinstance(scenario, str) else scenario
    base_year = chosen.horizon.base_year
    if economy is None:
        laboratory = kept_laboratory(base_year, chosen.economy.assumptions)
    else:
        require_default(chosen)
        laboratory = Laboratory(economy)
    return laboratory.run(chosen, seed, city_class=city_class, graph=graph)


def require_default(scenario: Scenario) -> None:
    """Raise InputError if a scenario asks for assumptions of a compile that does not take place."""
    if scenario.economy != EconomySection():
        raise InputError(
            "economy.* are assumptions of the compiled economy of China; leave them out with an"
            " economy of your own"
        )


def require_year(scenario: Scenario, economy: Economy) -> None:
    """Raise InputError if a scenario starts from another year than an economy that it is given."""
    if scenario.horizon.base_year != economy.year:
        raise InputError(
            f"horizon.base_year = {scenario.horizon.base_year}: the economy at hand is of"
            f" {economy.year}; leave horizon.base_year out"
        )


@lru_cache(maxsize=KEPT)
def kept_laboratory(base_year: int, assumptions: Assumptions = DEFAULT) -> Laboratory:
    """Return the compiled economy of a base year, made ready once a process; the last few stay."""
    return Laboratory(load_economy(base_year, assumptions))
