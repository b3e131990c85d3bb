"""Learning from a year: price beliefs, and what a choice was worth."""

import numpy as np

from model.arrays import Actions, ByCity
from model.behaviour import RULES
from model.behaviour.beliefs import updated
from model.behaviour.memory import Memory
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import open_actions
from model.behaviour.reinforce import reward
from scenarios.world import Behaviour
from simulation.market_day import MarketDay


def believed(outlook: Outlook, day: MarketDay, behaviour: Behaviour) -> ByCity:
    """Return the price that each city expects after the market day, CNY/t; (c,)."""
    return updated(
        outlook.belief,
        day.seen,
        outlook.need,
        day.rationed_buyers,
        day.rationed_sellers,
        behaviour.belief_speed,
        highest=10 * behaviour.reference_price,
    )


def remembered(
    memory: Memory, outlook: Outlook, choice: Actions, payoff: ByCity, behaviour: Behaviour
) -> Memory:
    """Return the memory once cities know what their choice was worth, CNY."""
    habit = RULES.parameters("reinforce", behaviour.parameters("reinforce"))
    return memory.after(
        outlook.need > 0,
        choice,
        np.asarray(payoff / outlook.scale),
        habit.updated(
            outlook.experience.propensity,
            choice,
            reward(outlook, payoff),
            open_actions(outlook),
        ),
    )
