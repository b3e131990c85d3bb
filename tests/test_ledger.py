"""The quota ledger: no tonne appears and none is lost."""

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from numpy.testing import assert_array_equal

from model.quota.ledger import Ledger, Overdrawn

CITIES = 4
tonnes = arrays(np.int64, CITIES, elements=st.integers(0, 10**9))
shares = arrays(np.float64, CITIES, elements=st.floats(0.0, 1.0))


class Years(RuleBasedStateMachine):
    """Any order of issuing, granting, trading, surrendering, cancelling and expiring."""

    @initialize()
    def open_accounts(self) -> None:
        self.ledger = Ledger(held=np.zeros(CITIES, dtype=np.int64))
        self.issued = 0

    @rule(quota=tonnes, reserve=st.integers(0, 10**9))
    def issue(self, quota, reserve) -> None:
        self.ledger = self.ledger.issue(quota, reserve)
        self.issued += int(quota.sum()) + reserve

    @rule(share=shares)
    def grant(self, share) -> None:
        quota = (self.ledger.reserve * share / CITIES).astype(np.int64)
        self.ledger = self.ledger.grant(quota)

    @rule(share=shares)
    def trade(self, share) -> None:
        sold = self.part(share)
        bought = np.roll(sold, 1)
        held = int(self.ledger.held.sum())
        self.ledger = self.ledger.trade(bought - sold)
        assert int(self.ledger.held.sum()) == held

    @rule(share=shares)
    def sell_on_auction(self, share) -> None:
        self.ledger = self.ledger.issue(np.zeros(CITIES, dtype=np.int64), on_auction=10**6)
        self.issued += 10**6
        sold = (self.ledger.on_auction * share / CITIES).astype(np.int64)
        self.ledger = self.ledger.auction(sold)
        keep = share[0] < 0.5
        self.ledger = self.ledger.reserve_unsold() if keep else self.ledger.cancel_unsold()
        assert self.ledger.on_auction == 0

    @rule(share=shares)
    def release(self, share) -> None:
        part = (self.ledger.market_reserve * share / CITIES).astype(np.int64)
        self.ledger = self.ledger.trade(part, int(part.sum()))

    @rule(share=shares)
    def take_in(self, share) -> None:
        part = self.part(share)
        self.ledger = self.ledger.trade(-part, -int(part.sum()))

    @rule(share=shares)
    def surrender(self, share) -> None:
        self.ledger = self.ledger.surrender(self.part(share))

    @rule(share=shares)
    def cancel(self, share) -> None:
        self.ledger = self.ledger.cancel(self.part(share))

    @rule(limit=tonnes)
    def expire(self, limit) -> None:
        self.ledger = self.ledger.expire(limit)
        assert (self.ledger.held <= limit).all()

    @rule(city=st.integers(0, CITIES - 1), beyond=st.integers(1, 10**9))
    def overdraw(self, city, beyond) -> None:
        due = np.zeros(CITIES, dtype=np.int64)
        due[city] = self.ledger.held[city] + beyond
        for hand_in in (self.ledger.surrender, self.ledger.cancel):
            with pytest.raises(Overdrawn, match=f"city {city}"):
                hand_in(due)

    @invariant()
    def every_tonne_issued_is_accounted_for(self) -> None:
        ledger = self.ledger
        held = int(ledger.held.sum()) + ledger.reserve + ledger.market_reserve
        assert self.issued == ledger.issued
        assert self.issued == held + ledger.surrendered + ledger.cancelled + ledger.expired
        assert ledger.unaccounted == 0

    @invariant()
    def nobody_is_below_zero(self) -> None:
        ledger = self.ledger
        assert ledger.held.min() >= 0
        assert min(ledger.reserve, ledger.surrendered, ledger.cancelled, ledger.expired) >= 0

    def part(self, share: np.ndarray) -> np.ndarray:
        """Return a share of what each city holds, whole tonnes."""
        return (self.ledger.held * share).astype(np.int64)


Years.TestCase.settings = settings(stateful_step_count=20)
TestYears = Years.TestCase


def holding(*quota: int) -> Ledger:
    return Ledger(held=np.zeros(len(quota), dtype=np.int64)).issue(np.array(quota))


def test_overdrawn_names_the_city_what_is_due_and_what_it_holds() -> None:
    message = "city 1: must surrender 8 t but holds 5 t; buy, bank or borrow first"
    with pytest.raises(Overdrawn, match=message):
        holding(10, 5, 0).surrender(np.array([10, 8, 0]))


def test_nobody_sells_what_it_does_not_hold() -> None:
    with pytest.raises(Overdrawn, match="city 0: must sell 11 t but holds 10 t"):
        holding(10, 5).trade(np.array([-11, 11]))


def test_what_is_bought_must_be_sold() -> None:
    with pytest.raises(Overdrawn, match="purchases exceed sales by 3 t"):
        holding(10, 5).trade(np.array([-2, 5]))


def test_the_reserve_grants_no_more_than_it_holds() -> None:
    ledger = Ledger(held=np.zeros(2, dtype=np.int64)).issue(np.array([0, 0]), reserve=10)
    with pytest.raises(Overdrawn, match="the reserve must grant 11 t but holds 10 t"):
        ledger.grant(np.array([5, 6]))
    assert_array_equal(ledger.grant(np.array([5, 5])).held, [5, 5])


def test_the_auction_hands_over_no_more_than_it_has() -> None:
    ledger = Ledger(held=np.zeros(2, dtype=np.int64)).issue(np.array([0, 0]), on_auction=10)
    with pytest.raises(Overdrawn, match="must hand over 11 t but has 10 t"):
        ledger.auction(np.array([5, 6]))
    assert ledger.auction(np.array([3, 4])).cancel_unsold().cancelled == 3
    assert ledger.auction(np.array([3, 4])).reserve_unsold().market_reserve == 3


def test_one_year_by_hand() -> None:
    """Of 20 t issued 2 t are granted, 4 t traded, 9 t surrendered, 1 t cancelled, 3 t lapse."""
    ledger = holding(10, 5).issue(np.array([0, 0]), reserve=5)
    ledger = ledger.grant(np.array([0, 2])).trade(np.array([-4, 4]))
    assert_array_equal(ledger.held, [6, 11])
    ledger = ledger.surrender(np.array([3, 6])).cancel(np.array([1, 0])).expire(np.array([2, 2]))
    assert_array_equal(ledger.held, [2, 2])
    totals = (ledger.issued, ledger.reserve, ledger.surrendered, ledger.cancelled, ledger.expired)
    assert totals == (20, 3, 9, 1, 3)


def test_a_change_leaves_the_old_ledger_as_it_was() -> None:
    before = holding(10, 5)
    before.surrender(np.array([10, 5]))
    assert_array_equal(before.held, [10, 5])
    assert before.surrendered == 0
