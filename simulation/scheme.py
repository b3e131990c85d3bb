"""The scheme: economy, law, offices and chance of a run."""

from dataclasses import dataclass

from model.behaviour.links import Links
from scenarios.scenario import Scenario
from simulation.aid_office import AidOffice
from simulation.budget import BudgetOffice
from simulation.economy import ScenarioEconomy
from simulation.foresight import Foresight
from simulation.programme_office import ProgrammeOffice
from simulation.regulator import Regulator
from simulation.streams import Streams


@dataclass(frozen=True, slots=True)
class Scheme:
    """All that stays the same from year to year: economy, law, offices, chance."""

    economy: ScenarioEconomy
    asked: Scenario
    streams: Streams
    links: Links
    regulator: Regulator
    aid_office: AidOffice
    programme: ProgrammeOffice
    foresight: Foresight
    budget: BudgetOffice
