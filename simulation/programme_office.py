"""The programme office: which cities are brought to best practice, how fast, and who pays."""

import numpy as np

from data.errors import InputError
from data.readers.places import lying_in
from model.abatement.best_practice import PAYERS, forced_cost, missing, path, to_best_practice
from model.abatement.mac import MacCurve
from model.arrays import ByCity, ByCityGroup, ByCityLever, Cities
from model.runs import wide
from scenarios.scenario import Scenario
from simulation.baseline import Prepared
from simulation.coverage import named
from simulation.economy import ScenarioEconomy
from simulation.own_code import function_of
from simulation.state import State


class ProgrammeOffice:
    """Knows what best practice asks of each city, and settles its cost."""

    def __init__(self, economy: ScenarioEconomy, scenario: Scenario) -> None:
        self.economy, self.asked = economy, scenario.programme
        self.runs = self.asked.runs
        self._before = scenario.free_years
        self._years = self.asked.until - scenario.horizon.base_year - self._before
        if self.runs:
            self._target = target(economy.prepared, scenario)

    def due(self, t: int, levers: int) -> ByCityLever:
        """Return the abatement to be reached in year t, share of trend emissions, 1; (c, m)."""
        if not self.runs:
            return np.zeros((self.economy.cities.size, levers))
        due = np.zeros((*self._target.shape[:-1], levers))
        due[..., : self._target.shape[-1]] = path(
            self._target, (t + 1 - self._before) / self._years
        )
        return due

    def step(self, t: int, R: ByCityLever) -> ByCityLever:
        """Return the step that the programme asks in year t, 1; (c, m)."""
        return missing(self.due(t, R.shape[-1]), R)

    def cost(
        self, t: int, mac: MacCurve, R: ByCityLever, dR: ByCityLever, trend: ByCityLever
    ) -> ByCity:
        """Return what the programme cost each city in year t, CNY; (c,)."""
        if not self.runs:
            return np.zeros(R.shape[:-1])
        return forced_cost(mac, self.due(t, R.shape[-1]), R, dR, trend)

    def payment(self, state: State, cost: ByCity) -> ByCity:
        """Return what each city pays (positive) or receives for it, CNY; (c,)."""
        if not cost.any():
            return np.zeros_like(cost)
        pay = function_of(PAYERS, self.asked.paid_by, self.asked.parameters(self.asked.paid_by))
        shipped = self.economy.shipped(state)
        if cost.ndim == 1:
            return np.asarray(pay(cost, shipped))
        return np.stack([pay(*of_run) for of_run in zip(cost, shipped, strict=True)])


def target(prepared: Prepared, scenario: Scenario) -> ByCityGroup:
    """Return the abatement that best practice asks, as far as the ceiling, 1; (c, g).

    Raises
    ------
    InputError
        If the programme ends before it begins, or one of its provinces has no city.
    """
    economy, asked = prepared.economy, scenario.programme
    before = scenario.horizon.base_year + scenario.free_years
    if asked.until <= before:
        raise InputError(
            f"programme.until = {asked.until} must come after {before}, the year before the policy"
        )
    known = economy.sectors.groups
    whole = to_best_practice(economy.S, economy.x, economy.sectors.group, len(known))
    groups = named("programme.sectors", asked.sectors, known)
    takes_part = np.zeros(economy.players.size, dtype=bool)
    for word in asked.provinces:
        takes_part |= _cities_in(word, prepared)
    cells = takes_part[:, None] & groups
    return np.minimum(whole[economy.players] * cells, wide(scenario.abatement.ceiling))


def _cities_in(word: str, prepared: Prepared) -> Cities:
    economy = prepared.economy
    cities: Cities = lying_in([word], economy.regions)[economy.players]
    if not cities.any():
        raise InputError(
            f"programme.provinces: {word} is one undivided region here, with no city to act;"
            " leave it out"
        )
    return cities
