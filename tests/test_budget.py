"""The public budget: every CNY comes from somewhere and goes somewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import floats

from model.transfers.bonus import bonus
from model.transfers.budget import Budget, Overspent

money = floats(0.0, 1e12)
years = st.lists(
    st.tuples(money, floats(-1e11, 1e12), money, money, floats(0.0, 1.0), floats(0.0, 1.0)),
    max_size=8,
)


@given(years)
def test_sources_are_uses_and_balance_in_every_year(years) -> None:
    budget, turnover = Budget(), 1.0
    for auction, reserve, penalties, compensation, to_bonus, to_support in years:
        budget = budget.collect(auction, reserve, penalties).compensate(compensation)
        turnover += auction + abs(reserve) + penalties + compensation
        before = budget
        budget = budget.reward(to_bonus * budget.available)
        budget = budget.support(to_support * budget.available)
        assert budget.balance >= 0 or budget.balance == before.balance
        assert budget.available == max(budget.balance, 0.0)
        assert abs(budget.unaccounted) <= 1e-12 * turnover


@given(money, floats(1.0, 1e12))
def test_bonus_and_support_are_limited_by_the_balance(balance, beyond) -> None:
    budget = Budget().collect(auction=balance)
    beyond = max(beyond, 1e-6 * balance)
    for pay in (budget.reward, budget.support):
        with pytest.raises(Overspent, match="available"):
            pay(balance + beyond)


@given(money)
def test_a_fund_divided_among_cities_can_be_paid_out_despite_rounding(balance) -> None:
    budget = Budget().collect(auction=balance)
    paid = bonus(budget.available, np.array([0.1, 0.2, 0.3, 1 / 3, 7.0]))
    after = budget.reward(float(paid.sum()))
    assert 0.0 <= after.balance <= 1e-9 * balance


def test_compensation_may_be_owed_and_is_paid_back_first() -> None:
    """100 in, 130 out: 30 are lent; of the next 50 in, 20 can be spent."""
    budget = Budget().collect(penalties=100.0).compensate(130.0)
    assert (budget.balance, budget.available) == (-30.0, 0.0)
    with pytest.raises(Overspent):
        budget.support(1.0)
    later = budget.collect(auction=50.0)
    assert (later.balance, later.available) == (20.0, 20.0)
    spent = later.support(20.0)
    assert spent.balance == 0.0
    assert spent.unaccounted == 0.0


def test_buying_for_the_market_reserve_costs_the_budget() -> None:
    budget = Budget().collect(auction=100.0, reserve=-40.0)
    assert budget.available == 60.0
    assert budget.from_reserve == -40.0


def test_payments_are_told_as_positive() -> None:
    budget = Budget()
    for wrong in (budget.compensate, budget.reward, budget.support):
        with pytest.raises(ValueError, match="-1 CNY is negative"):
            wrong(-1.0)
    with pytest.raises(ValueError, match="penalties"):
        budget.collect(penalties=-1.0)
    with pytest.raises(ValueError, match="auction revenue"):
        budget.collect(auction=-1.0)


def test_of_runs_that_advance_together_the_one_at_fault_is_told() -> None:
    budget = Budget().collect(auction=np.array([[10.0], [5.0]]))
    with pytest.raises(ValueError, match="support: -2 CNY is negative"):
        budget.support(np.array([[1.0], [-2.0]]))
    with pytest.raises(Overspent, match="support: 7 CNY are to be paid but 5 CNY are available"):
        budget.support(np.array([[1.0], [7.0]]))
    with pytest.raises(Overspent, match="7 CNY are to be paid but 5 CNY are available"):
        budget.support(7.0)
