"""What decisions come to: effort left to suppliers, and what choices forgo of the best payoff."""

import numpy as np
import pytest
from invented import outlook

from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import DEFAULT, FREE_RIDE, MITIGATE, TRANSFER, payoffs, plan
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
    cities = waiting(0.0, 0.0, 0.0, 0.0)
    expected = payoffs(cities)
    made = decided(cities, MITIGATE, TRANSFER, FREE_RIDE, DEFAULT)
    behind = expected.max(axis=1) - expected[np.arange(4), [MITIGATE, TRANSFER, FREE_RIDE, DEFAULT]]
    assert forgone_payoff(made) == pytest.approx(behind.sum() / 4e6)
    assert best_choices(made) == pytest.approx((behind <= 1e-3 * cities.scale).mean())
    assert 0.0 < best_choices(made) < 1.0
