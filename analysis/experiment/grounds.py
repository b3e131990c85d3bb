"""Grounds of an experiment: the economy that its runs are on, where workers find it, its mark."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analysis.experiment.drawing import keep_draws
from analysis.experiment.identity import economies_identity, given_identity
from analysis.experiment.workers import Compiled, Source
from analysis.outcomes.shown_money import show
from data.compiled.cache import load_economy
from data.errors import InputError
from data.importing.economies_folder import place_of
from data.importing.kept import load_imported, own_outlines
from data.importing.map_file import Rings
from model.compile.assumptions import Assumptions
from model.compile.city_economy import Economy
from model.compile.compile import Progress
from model.labels import OUR_MONEY
from scenarios.experiment import Experiment
from scenarios.ground import ground_of
from scenarios.reading import Settings, of_year
from simulation.running import require_default, require_year

Handed = Economy | str | Path | None
"""An economy, the name or folder of an imported one, or none for that of the base year."""


@dataclass(frozen=True, slots=True)
class Given:
    """An economy that was handed over."""

    economy: Economy
    source: Source
    """What workers are sent: the folder of an imported one, which they read themselves."""
    outlines: Rings | None = None
    """Of its regions, if it has a map."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """An economy made ready for the runs of an experiment."""

    economy: Economy
    source: Source
    mark: str
    """Of what the economy, and those drawn, are made of."""


def given_economy(economy: Handed, settings: Settings) -> tuple[Given | None, Settings]:
    """Return an economy that is handed over, and settings in which runs start from its year.

    Raises
    ------
    InputError
        If there is no such economy.
    """
    if economy is None or isinstance(economy, Economy):
        show(OUR_MONEY if economy is None else economy.money)
        return None if economy is None else Given(economy, economy), settings
    loaded = load_imported(economy)
    show(loaded.money)
    given = Given(loaded, place_of(economy).resolve(), own_outlines(economy))
    return given, of_year(loaded.year, settings)


def grounds(
    experiment: Experiment,
    given: Given | None,
    progress: Progress,
    message: Callable[[str], None],
) -> Grounds:
    """Load or compile what an experiment runs on.

    Raises
    ------
    InputError
        If draws are asked for of an economy that was handed over, or whose assumptions are set, or
        another year than its own.
    """
    scenarios = {ground_of(arm.scenario): arm.scenario for arm in experiment.arms}
    if given is None:
        asked = list(dict.fromkeys(map(Compiled.of, scenarios.values())))
        if experiment.economies > 1 and any(one.assumptions != Assumptions() for one in asked):
            raise InputError(
                f"economies = {experiment.economies} draws the assumptions of the economy itself;"
                " leave economy.* out"
            )
        known = [load_economy(one.year, one.assumptions, progress) for one in asked]
        keep_draws(experiment, progress, message)
        return Grounds(known[0], asked[0], economies_identity(experiment))
    years = {scenario.horizon.base_year for scenario in scenarios.values()}
    if len(years) > 1:
        told = " and ".join(map(str, sorted(years)))
        raise InputError(
            f"arms start from {told}: an economy that is handed over is of one year; leave"
            " horizon.base_year out"
        )
    for scenario in scenarios.values():
        require_default(scenario)
        require_year(scenario, given.economy)
    if experiment.economies > 1:
        raise InputError(
            f"economies = {experiment.economies}: an economy that is handed over has no draws;"
            " leave one of the two out"
        )
    return Grounds(given.economy, given.source, given_identity(given.economy))
