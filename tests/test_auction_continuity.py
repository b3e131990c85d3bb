"""The auction is continuous: nothing on offer is the exchange, all on offer the full auction."""

import numpy as np
import pytest
from invented import laboratory_of

from scenarios import read_scenario

OUTCOMES = ("emissions", "abatement_cost", "price", "volume")


def years(share: float | None, rule: str) -> dict[str, np.ndarray]:
    """Return the nation's years; the exchange alone without a share."""
    words = {"market.institution": "exchange"}
    if share is not None:
        words = {"market.institution": "auction", "market.auction.share": share}
    scenario = read_scenario("default", {"allocation.rule": rule, **words})
    return dict(laboratory_of(0).run(scenario, 1).recorder.national)


@pytest.mark.parametrize("rule", ["grandfathering", "equal_per_capita"])
def test_a_share_of_next_to_nothing_is_the_exchange(rule) -> None:
    little, none = years(1e-7, rule), years(None, rule)
    for name in OUTCOMES:
        assert np.nansum(little[name]) == pytest.approx(np.nansum(none[name]), rel=0.01), name


@pytest.mark.parametrize("rule", ["grandfathering", "equal_per_capita"])
def test_a_little_less_than_all_is_nearly_all(rule) -> None:
    nearly, everything = years(0.999, rule), years(1.0, rule)
    for name in OUTCOMES:
        assert np.nansum(nearly[name]) == pytest.approx(np.nansum(everything[name]), rel=0.1), name
