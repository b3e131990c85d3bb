"""Every city's quota account closes to the tonne, from the published columns alone."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from invented import floats, laboratory_of
from numpy.testing import assert_array_equal

from scenarios import read_scenario
from simulation.run_result import Run

RECEIVED = ("quota", "aid_quota", "returned_quota", "borrowed_quota", "auction_quota",
            "net_purchase", "contract_quota")  # fmt: skip
SPENT = ("repaid_quota", "deducted_quota", "freed_quota", "surrendered", "expired_quota")
KINDS = {
    "exchange": {},
    "no market": {"market.institution": "none"},
    "bilateral": {"market.institution": "bilateral"},
    "auction": {"market.institution": "auction", "market.auction.share": 0.4},
    "freed quota": {"transfer.freed_share": 0.5, "allocation.super_emitter_share": 0.2},
    "contracts": {"contract.offered_to": "customers", "contract.offered_by": "all",
                  "market.institution": "none"},
    "contracts and two years": {"contract.offered_to": "suppliers", "contract.standing": 60.0,
                                "contract.offered_by": "all", "compliance.bank_years": 2},
    "lax": {"compliance.audit": 0.0, "compliance.borrow_limit": 0.3},
    "banks for two years": {"compliance.bank_years": 2, "compliance.bank_limit": 1.0},
    "collar": {"market.price_floor": 40.0, "market.price_ceiling": 60.0,
               "market.reserve": "release_and_buy"},
    "late start": {"policy.first_year": 2016},
}  # fmt: skip


def assert_closes(run: Run) -> None:
    """Opening bank + all that came in − all that went out = closing bank, whole tonnes."""
    cities = run.recorder.cities
    begun = ~np.isnan(cities["quota"]).all(axis=1)
    bank = cities["bank"][begun]
    opening = np.vstack([np.zeros_like(bank[:1]), bank[:-1]])
    received = sum(cities[name][begun] for name in RECEIVED)
    spent = sum(cities[name][begun] for name in SPENT)
    assert_array_equal(opening + received - spent, bank)


@settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    kind=st.sampled_from(sorted(KINDS)),
    rule=st.sampled_from(["grandfathering", "equal_per_capita", "benchmark_intensity"]),
    reserve=floats(0.0, 0.2),
    economy=st.integers(0, 3),
    seed=st.integers(0, 50),
)
def test_the_account_of_every_city_closes_to_the_tonne(kind, rule, reserve, economy, seed) -> None:
    words = {"horizon.end": 2020, "allocation.rule": rule, "transfer.reserve": reserve}
    assert_closes(
        laboratory_of(economy).run(read_scenario("default", {**words, **KINDS[kind]}), seed)
    )


@pytest.mark.full
@pytest.mark.parametrize("kind", ["exchange", "auction", "freed quota"])
def test_it_does_for_309_cities(full_laboratory, kind) -> None:
    assert_closes(full_laboratory.run(read_scenario("default", KINDS[kind]), 1))
