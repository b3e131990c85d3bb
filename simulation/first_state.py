"""The state before the first year."""

import numpy as np

from model.behaviour import RULES
from model.behaviour.memory import blank
from model.behaviour.payoffs import HOLD
from model.classes.beneficiaries import Beneficiary
from model.quota.ledger import Ledger
from model.transfers.budget import Budget
from scenarios.scenario import Scenario
from simulation.economy import ScenarioEconomy
from simulation.state import ClassHistory, LastYear, State


def first_state(economy: ScenarioEconomy, scenario: Scenario, runs: tuple[int, ...] = ()) -> State:
    """Return the state before the first year: no abatement, no quota, one price belief.

    `runs` is how many runs advance together, (b,), or () for one alone.
    """
    behaviour, asked = scenario.behaviour, scenario.contract
    habit = RULES.parameters("reinforce", behaviour.parameters("reinforce"))
    levers = economy.covered[0].size + int(scenario.abatement.demand_lever)
    count = economy.cities.size
    cities = (*runs, count)
    none = np.zeros(cities, dtype=np.int64)
    nobody = none > 0
    return State(
        t=0,
        ledger=Ledger(held=none),
        abatement=np.zeros((*cities, levers)),
        trend=np.zeros((*cities, levers)),
        belief=np.full(cities, behaviour.reference_price),
        catch_up=np.zeros(cities),
        paid_for_aid=np.zeros(cities),
        dues=np.zeros(cities),
        given_for_aid=np.zeros(cities),
        trust=np.broadcast_to(asked.trust, (count, count)),
        action=np.full(cities, HOLD, dtype=np.int64),
        effort=np.zeros(cities),
        choice=np.full(cities, HOLD, dtype=np.int64),
        riding_nearby=np.zeros(cities),
        watched=none,
        recent_prices=np.zeros((0, *runs, 1)) if runs else np.zeros(0),
        bank=none,
        deduction=none,
        owed=none,
        payoff=np.zeros(cities),
        memory=blank(cities, habit.initial_propensity),
        kept=np.ones(cities),
        credit=np.zeros(cities),
        classes=np.full(cities, Beneficiary.NEITHER, dtype=np.int64),
        support_years=np.zeros(cities),
        inflows=np.zeros((0, *cities), dtype=np.int64),
        last=base_year(economy),
        reference=np.broadcast_to(economy.base_liability, (1, *cities)),
        aiding=nobody,
        aided=nobody,
        history=ClassHistory(
            (economy.prepared.base,), np.zeros((0, 4, *cities)), np.zeros((4, *cities))
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
