"""Claims about arms: read as sentences or comparisons, decided world by world."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from analysis.command_line.claims_printing import kept_in_words
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.claims import check, decide
from analysis.uncertainty.regions import failing_region
from analysis.uncertainty.regret import regret, satisficing
from analysis.uncertainty.shares import claim_shares, interval
from analysis.uncertainty.worlds import PLACE, Worlds
from data.errors import InputError
from scenarios.claims import Claim
from scenarios.uncertainty import Uncertainty

ARMS = ("no_policy", "a+exchange", "b+exchange", "a+none", "b+none")
UNKNOWN = tuple(
    Uncertainty(key=key, low=0.0, high=1.0) for key in ("compliance.audit", "behaviour.risk")
)


def worlds(shares=None, **outcomes) -> Worlds:
    """Return worlds with outcomes by arm, in the order of ARMS; all else is one."""
    count = len(next(iter(outcomes.values())))
    values = np.ones((count, len(ARMS), len(OUTCOMES)))
    for word, rows in outcomes.items():
        values[:, :, PLACE[word]] = rows
    points = np.full((count, len(UNKNOWN)), 0.5) if shares is None else shares
    return Worlds(ARMS, "no_policy", UNKNOWN, points, np.arange(count), values, {}, 1.0)


def holds(text: str, found: Worlds) -> list[float]:
    return decide(Claim.model_validate(text), found).holds.tolist()


FOUND = worlds(emissions=[[12, 9, 9, 11, 8], [12, 9, 8, 8, 9]], free_riding=[[0, 1, 2, 3, 4]] * 2)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a+none emits more than b+none", [1, 0]),
        ("a+none emits less than b+none", [0, 1]),
        ("a+none emits at least 20 % more than b+none", [1, 0]),
        ("a+none emits at least 40 % more than b+none", [0, 0]),
        ("b+none has more free_riding than a+none", [1, 1]),
        ("b+none has less free_riding than 3.5", [0, 0]),
        ("b+none rides free more than b+exchange", [1, 1]),
        ("emissions[*] < emissions[no_policy]", [1, 1]),
        ("emissions[*+exchange] < emissions[*+none]", [0, 0]),
        ("emissions[a+*] <= 1.1 * emissions[b+*]", [0, 0]),
        ("spread(emissions[*+none]) > 2 * spread(emissions[*+exchange])", [1, 0]),
        ("emissions[b+none] <= min(emissions[*])", [1, 0]),
        ("abs(emissions[a+none] - emissions[b+none]) < 2", [0, 1]),
        ("8 < mean(emissions[*]) < 9", [0, 1]),
        ("emissions[a+none] > 9 and emissions[b+none] < 9", [1, 0]),
        ("emissions[a+none] > 9 or emissions[b+none] < 9", [1, 0]),
    ],
)
def test_a_claim_is_decided_in_every_world(text, answer) -> None:
    assert holds(text, FOUND) == answer


def test_so_many_percent_less_is_less_where_both_are_negative() -> None:
    """The burden of the poorest may be a gain: -3.9 is more than -4, and -4.1 less by 2.5 %."""
    found = worlds(burden_poor=[[0, -3.9, -4, 1, 1], [0, -4.3, -4, 1, 1], [0, -4.1, -4, 1, 1]])
    says = "a+exchange has at least 5 % {} burden_poor than {}".format
    assert holds(says("less", "b+exchange"), found) == [0, 1, 0]
    assert holds(says("more", "b+exchange"), found) == [0, 0, 0]
    assert holds(says("less", "-4"), found) == [0, 1, 0]
    assert holds("b+exchange has at least 5 % more burden_poor than a+exchange", found) == [0, 1, 0]


def test_a_world_that_lacks_a_figure_decides_nothing() -> None:
    found = worlds(emissions=[[12, 9, 9, 11, 8], [12, np.nan, 9, 11, 8]])
    assert np.isnan(holds("a+exchange emits less than a+none", found)[1])
    shares = claim_shares(
        [decide(Claim.model_validate("a+exchange emits less than a+none"), found)]
    )
    assert (shares["worlds"].tolist(), shares["drawn"].tolist()) == ([1], [2])
    assert shares["share"].tolist() == [1.0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a+nne emits more than b+none", "no arm 'a\\+nne'; did you mean a\\+none"),
        ("a+none has more emisions than b+none", "no outcome 'emisions'; did you mean emissions"),
        ("rules are good", "write it as"),
        ("emissions[a+none]", "no comparison"),
        ("emissions[a+none] == 3", "compare with <"),
        ("emissions[z*] < 3", "no arm fits z\\*"),
        ("max(emissions[z*]) < 3", "no arm fits z\\*"),
        ("__import__('os').system('ls') < 3", "write it as"),
        ("(" * 500 + "3", "write it as"),
        ("'a' < 3", "write it as"),
    ],
)
def test_a_claim_that_cannot_be_read_is_refused_with_a_hint(text, said) -> None:
    with pytest.raises(InputError, match=said):
        check(Claim(says="own", holds=text[:200]), ARMS, "no_policy")


@given(st.integers(1, 200), st.data())
def test_the_interval_of_a_share_is_clopper_and_pearson_s(count, data) -> None:
    """Quantiles of beta distributions (Clopper and Pearson 1934)."""
    yes = data.draw(st.integers(0, count))
    low, high = interval(yes, count)
    assert low == pytest.approx(beta.ppf(0.025, yes, count - yes + 1) if yes else 0.0)
    assert high == pytest.approx(beta.ppf(0.975, yes + 1, count - yes) if yes < count else 1.0)


def test_the_region_in_which_a_claim_fails_is_found_and_told() -> None:
    shares = np.random.default_rng(1).random((200, 2))
    fails = (shares[:, 0] < 0.3) & (shares[:, 1] > 0.4)
    rows = np.tile([12.0, 9, 9, 9, 8], (200, 1))
    rows[fails, 1] = 13.0
    found = worlds(shares, emissions=rows)
    region = failing_region(decide(Claim.model_validate("emissions[*] < 12.5"), found), found)
    assert region is not None
    assert region.failing > 0.9
    assert region.coverage > 0.9
    (audit, risk) = region.bounds
    assert (audit.uncertainty.key, audit.above) == ("compliance.audit", False)
    assert audit.value == pytest.approx(0.3, abs=0.05)
    assert (risk.uncertainty.key, risk.above) == ("behaviour.risk", True)
    assert risk.value == pytest.approx(0.4, abs=0.05)
    assert region.again > 80
    for bound, (low, high) in zip(region.bounds, region.spans, strict=True):
        assert low <= bound.value <= high
        assert high - low < 0.1
    assert f"in {region.again} of 100 resamples, bounds compliance.audit 0.2" in region.surety


def test_failures_by_chance_make_no_region() -> None:
    rng = np.random.default_rng(2)
    shares, fails = rng.random((200, 2)), rng.random(200) < 0.3
    rows = np.where(fails[:, None], 13.0, 9.0) * np.ones((200, 5))
    found = worlds(shares, emissions=rows)
    claim = decide(Claim.model_validate("emissions[*] < 12.5"), found)
    assert failing_region(claim, found) is None


def test_regret_is_the_distance_from_the_best_rule_of_each_world() -> None:
    """Savage 1951: of two worlds a is best in one and three behind in the other."""
    found = worlds(abatement_cost=[[0, 5, 6, 7, 8], [0, 7, 4, 9, 9]])
    table = regret(found).query("outcome == 'abatement_cost'").set_index("arm")
    assert table["regret"].to_dict() == {
        "a+exchange": 1.5, "b+exchange": 0.5, "a+none": 3.5, "b+none": 4.0
    }  # fmt: skip
    assert table["best"].to_dict() == {
        "a+exchange": 0.5, "b+exchange": 0.5, "a+none": 0.0, "b+none": 0.0
    }  # fmt: skip
    assert tuple(table.loc["a+none", ["best_low", "best_high"]]) == interval(0, 2)
    assert (table["regret_low"] < table["regret"]).all()
    assert (table["regret"] < table["regret_high"]).all()


def test_a_rule_satisfies_where_it_keeps_within_all_limits() -> None:
    found = worlds(abatement_cost=[[0, 5, 6, 7, 8], [0, 7, 4, 9, 9]], off_cap=[[9, 1, 9, 1, 1]] * 2)
    shares = satisficing(found, {"abatement_cost": 6.0, "off_cap": 2.0}).set_index("arm")
    assert shares["share"].to_dict() == {
        "a+exchange": 0.5,
        "b+exchange": 0.0,
        "a+none": 0,
        "b+none": 0,
    }
    assert tuple(shares.loc["a+exchange", ["low", "high"]]) == interval(1, 2)


def test_a_world_without_a_price_says_nothing_of_a_limit_on_prices() -> None:
    """Of two worlds one has a price; without trade none has, and the command says so."""
    prices = [[np.nan, 5, 50, np.nan, np.nan], [np.nan, np.nan, 50, np.nan, np.nan]]
    found = worlds(price=prices, emissions=[[1, 1, 1, 1, 1]] * 2)
    kept = satisficing(found, {"price": 10.0, "emissions": 2.0}).set_index("arm", drop=False)
    a, b, none = (kept.loc[arm] for arm in ("a+exchange", "b+exchange", "a+none"))
    assert (a["share"], a["worlds"], a["drawn"], a["price"]) == (1.0, 1, 2, 1.0)
    assert (a["low"], a["high"]) == interval(1, 1)
    assert (b["share"], b["worlds"]) == (0.0, 2)
    assert np.isnan([none["share"], none["price"]]).all()
    assert none["emissions"] == 1.0
    said_of_a, said_of_b, said_of_none = (kept_in_words(row.to_dict()) for row in (a, b, none))
    assert said_of_a.endswith("in 100 % of worlds (3 to 100), decided in 1 of 2 worlds")
    assert "no world decides whether it keeps within all limits: it has no" in said_of_none
    assert "decided" not in said_of_b
