"""What a year teaches: payoffs as they came, propensities, price beliefs, deeds."""

import numpy as np

from model.arrays import Actions, BetweenCities
from model.behaviour.beliefs import updated
from model.behaviour.links import share_among_neighbours
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import FREE_RIDE, open_actions
from model.behaviour.realised import YearCosts, realised
from model.behaviour.reinforce import Reinforcement, reward
from scenarios.world import Behaviour
from simulation.deciding import realised_action
from simulation.market_record import MarketDay
from simulation.state import State


def close_year(
    state: State,
    outlook: Outlook,
    day: MarketDay,
    deeds: YearCosts,
    neighbours: BetweenCities,
) -> None:
    """Note what each city did, carries over, and what the year was worth to it."""
    due = outlook.need - day.auctioned
    state.deed = realised_action(due, outlook.trend, day, deeds.hidden_gap)
    state.bank = state.ledger.held.copy()
    state.riding_nearby = share_among_neighbours(neighbours, state.deed == FREE_RIDE)
    state.payoff = realised(outlook, deeds, state.bank, state.riding_nearby)


def learn(
    state: State, outlook: Outlook, day: MarketDay, choice: Actions, behaviour: Behaviour
) -> None:
    """Let cities revise the expected price, and keep their choice for next year's inertia."""
    state.belief = updated(
        outlook.belief,
        day.seen,
        outlook.need,
        day.rationed_buyers,
        day.rationed_sellers,
        behaviour.belief_speed,
        highest=10 * behaviour.reference_price,
    )
    state.choice = choice


def remember(state: State, outlook: Outlook, choice: Actions, behaviour: Behaviour) -> None:
    """Let cities keep in mind what their choice was worth."""
    habit = Reinforcement(behaviour.recency, behaviour.experimentation, behaviour.spillover)
    state.memory = state.memory.after(
        outlook.need > 0,
        choice,
        np.asarray(state.payoff / outlook.scale),
        habit.updated(
            outlook.experience.propensity,
            choice,
            reward(outlook, state.payoff),
            open_actions(outlook),
        ),
    )
