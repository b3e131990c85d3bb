"""What decisions come to: effort left to suppliers, and what choices forgo of the best payoff."""

import numpy as np
import pytest
from invented import outlook

from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import DEFAULT, FREE_RIDE, MITIGATE, TRANSFER, plan
from simulation.deciding import best_choices, displaced_effort, forgone_payoff
from simulation.year import Decided


def decided(cities: Outlook, *choices: int) -> Decided:
    choice = np.array(choices)
    return Decided(cities, choice, plan(cities, choice), None)


def waiting(*awaited: float) -> Outlook:
    """Return cities that each still need 1 Mt beside what they await of suppliers."""
    count = len(awaited)
    return outlook(np.full(count, 1e6), np.full((count, 1), 1e8), awaited=np.array(awaited))


def test_effort_is_displaced_by_those_alone_who_meet_their_need_themselves_and_wait() -> None:
    """One waits for 0.5 Mt and one for nothing; who trades pays for what it does not abate."""
    cities = waiting(5e5, 0.0, 3e5)
    assert displaced_effort(decided(cities, MITIGATE, MITIGATE, TRANSFER)) == pytest.approx(5e5)
    assert displaced_effort(decided(cities, MITIGATE, MITIGATE, MITIGATE)) == pytest.approx(8e5)


def test_where_nobody_waits_no_effort_is_displaced() -> None:
    assert displaced_effort(decided(waiting(0.0, 0.0), MITIGATE, TRANSFER)) == 0.0
    assert displaced_effort(decided(waiting(5e5, 5e5), DEFAULT, TRANSFER)) == 0.0


def test_no_more_effort_is_displaced_than_would_have_been_made() -> None:
    """Beyond the price at which abating costs more than the fine nothing would be done anyway."""
    cities = waiting(5e7)
    most = cities.supply.relief_of(cities.supply.step(cities.fine))
    left = displaced_effort(decided(cities, MITIGATE))
    assert left == pytest.approx(float(most[0]) - 1e6, rel=1e-9)


def test_a_choice_forgoes_what_lies_between_its_payoff_and_the_best() -> None:
    """Each lacks 1 Mt and can abate nothing; the expected price is 60 CNY/t, as the reference.

    A tonne short costs the fine, three prices, and 0.95 of one for the deduction: 237 CNY. On the
    market it costs 60 · 1.1 for risk and 5 for the transaction: 71. Concealed it costs 237 with
    probability 0.3, and disapproval, 0.3 · 60 = 18: 89.1. In default 237 + 18: 255.
    """
    cities = outlook(np.full(4, 1e6), np.zeros((4, 1)), expected=np.full(4, 1e7))
    made = decided(cities, MITIGATE, TRANSFER, FREE_RIDE, DEFAULT)
    behind = [237.0 - 71.0, 0.0, 89.1 - 71.0, 255.0 - 71.0]
    assert made.forgone == pytest.approx(np.multiply(1e6, behind))
    assert forgone_payoff(made) == pytest.approx(sum(behind) / 4)
    assert best_choices(made) == 0.25
