"""Shares told of a region, where the truth is known: a claim that fails by chance alone."""

import numpy as np
import pytest

from analysis.uncertainty import regions
from analysis.uncertainty.claims import Decided
from analysis.uncertainty.cross_fitting import cross_fitted
from analysis.uncertainty.failure_trees import failure_leaf
from analysis.uncertainty.regions import failing_region
from analysis.uncertainty.worlds import Worlds
from scenarios.claims import Claim
from scenarios.uncertainty import Uncertainty

TRUTH, WORLDS, NUMBERS, STUDIES = 0.3, 160, 10, 6
"""The share in which the claim fails wherever one looks, 1; and the size of a simulated study."""


def test_shares_of_a_region_are_told_without_the_luck_that_chose_it() -> None:
    rng, told, own = np.random.default_rng(3), [], []
    for _ in range(STUDIES):
        shares, fails = rng.random((WORLDS, NUMBERS)), rng.random(WORLDS) < TRUTH
        own.append(fails[failure_leaf(shares, fails).holds(shares)].mean())
        told.append(cross_fitted(shares, fails, rng))
    assert np.mean(own) > TRUTH + 0.15  # what the worlds that chose the region would tell
    assert np.mean([one.failing for one in told]) == pytest.approx(TRUTH, abs=0.05)
    assert np.mean([one.elsewhere for one in told]) == pytest.approx(TRUTH, abs=0.05)
    assert all(one.failing_low < TRUTH < one.failing_high for one in told)


def test_fewer_than_a_hundred_worlds_tell_no_region(monkeypatch) -> None:
    monkeypatch.setattr(regions, "SHUFFLES", 5)
    monkeypatch.setattr(regions, "RESAMPLES", 5)
    unknown = (Uncertainty(key="compliance.audit", low=0.0, high=1.0),)
    shares = np.random.default_rng(1).random((100, 1))
    claim, fails = Claim(says="x", holds="emissions[a] < 1"), shares[:, 0] < 0.4

    def found(count: int):
        worlds = Worlds(
            ("no_policy", "a"), "no_policy", unknown, shares[:count], np.arange(count),
            np.ones((count, 2, 1)), {}, 1.0,
        )  # fmt: skip
        return failing_region(Decided(claim, 1.0 - fails[:count]), worlds)

    assert found(99) is None
    assert str(found(100)).startswith("fails in 99 % of worlds (")
