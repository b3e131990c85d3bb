"""The state before the first year."""

import numpy as np

from model.behaviour.memory import blank
from model.behaviour.payoffs import HOLD
from model.behaviour.reinforce import Reinforcement
from model.classes.beneficiaries import Beneficiary
from model.quota.ledger import Ledger
from model.transfers.budget import Budget
from scenarios.scenario import Scenario
from simulation.economy import ScenarioEconomy
from simulation.state import ClassHistory, LastYear, State


def first_state(economy: ScenarioEconomy, scenario: Scenario) -> State:
    """Return the state before the first year: no abatement, no quota, one price belief."""
    behaviour, asked = scenario.behaviour, scenario.contract
    levers = economy.covered[0].size + int(scenario.abatement.demand_lever)
    count = economy.cities.size
    none = np.zeros(count, dtype=np.int64)
    nobody = none > 0
    return State(
        t=0,
        ledger=Ledger(held=none),
        abatement=np.zeros((count, levers)),
        trend=np.zeros((count, levers)),
        belief=np.full(count, behaviour.reference_price),
        catch_up=np.zeros(count),
        paid_for_aid=np.zeros(count),
        dues=np.zeros(count),
        given_for_aid=np.zeros(count),
        trust=np.broadcast_to(asked.trust, (count, count)),
        action=np.full(count, HOLD, dtype=np.int64),
        effort=np.zeros(count),
        choice=np.full(count, HOLD, dtype=np.int64),
        riding_nearby=np.zeros(count),
        watched=none,
        recent_prices=np.zeros(0),
        bank=none,
        deduction=none,
        owed=none,
        payoff=np.zeros(count),
        memory=blank(count, Reinforcement(**behaviour.parameters("reinforce")).initial_propensity),
        kept=np.ones(count),
        credit=np.zeros(count),
        classes=np.full(count, Beneficiary.NEITHER, dtype=np.int64),
        support_years=np.zeros(count),
        inflows=np.zeros((0, count), dtype=np.int64),
        last=base_year(economy),
        reference=economy.base_liability[None, :],
        aiding=nobody,
        aided=nobody,
        history=ClassHistory(
            (economy.prepared.base,), np.zeros((0, 4, count)), np.zeros((4, count))
        ),
        budget=Budget(),
        support_paid=1.0,
        cumulated_abatement=0.0,
    )


def base_year(economy: ScenarioEconomy) -> LastYear:
    """Return the accounts of the base year, where quota is what would have been answered for."""
    base, cities = economy.prepared.base, economy.cities
    return LastYear(
        D_pba=base.D_pba[cities],
        D_cba=base.D_cba[cities],
        liability=economy.base_liability,
        value_added=economy.prepared.economy.value_added[cities].sum(axis=1),
        growth=np.zeros(cities.size),
        volume=np.ones((cities.size, economy.covered[0].size)),
        quota=economy.base_liability,
    )
