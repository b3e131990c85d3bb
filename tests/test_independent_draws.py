"""Replications that share a drawn economy: what is independent, and what intervals are then of."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.command_line.over_economies import over_economies
from analysis.one_city.course import _mean
from analysis.outcomes.city_summary import CitySummary
from analysis.outcomes.incidence import BURDENS, FIFTHS, Incidence
from analysis.outcomes.independent_draws import draws_of, mean_over_draws, means_by_draw
from analysis.outcomes.order import order_held
from analysis.outcomes.outcomes import OUTCOMES, OutcomeTable
from analysis.outcomes.paired import interval_of
from analysis.outcomes.ranking import ranking
from analysis.verdicts.pairs import pairs_of
from analysis.verdicts.verdict import verdict
from scenarios import read_experiment

COST = next(outcome for outcome in OUTCOMES if outcome.word == "abatement_cost")


def sharing(economies: int, replications: int, rng: np.random.Generator) -> np.ndarray:
    """Return values of which half the variance is of their economy, the mean being zero."""
    common = rng.normal(size=economies)
    return common[np.arange(replications) % economies] + rng.normal(size=replications)


@pytest.mark.parametrize(("economies", "replications"), [(5, 20), (5, 100), (6, 20)])
def test_a_nominal_interval_covers_where_replications_share_economies(
    economies, replications
) -> None:
    """Simulated: independent replications would cover 77 %, 43 % and 81 %; also unbalanced."""
    rng, number = np.random.default_rng(7), np.arange(replications)
    held = 0
    for _ in range(2000):
        values = sharing(economies, replications, rng)
        found = interval_of(values, draws=draws_of(number, economies))
        held += found.low <= 0 <= found.high
    assert held / 2000 == pytest.approx(0.95, abs=0.015)


def test_arms_alike_are_told_apart_no_oftener_than_promised_on_shared_economies() -> None:
    rng = np.random.default_rng(8)
    apart = 0
    for _ in range(250):
        values = pd.DataFrame({arm: sharing(5, 40, rng) for arm in "abc"})
        apart += any(pair.apart for pair in pairs_of(values, 0.0, economies=5))
    assert apart / 250 < 0.08


def test_draws_are_the_economies_that_an_experiment_takes_in_turn() -> None:
    experiment = read_experiment("allocation_rules").model_copy(
        update={"replications": 7, "economies": 3}
    )
    own = [experiment.economy_of(number) for number in range(7)]
    assert (1 + draws_of(np.arange(7), 3)).tolist() == own
    assert draws_of(np.arange(7), 1).tolist() == list(range(7))
    assert over_economies(experiment).startswith(" over 3 drawn economies")
    assert over_economies(experiment.model_copy(update={"economies": 7})) == ""
    assert over_economies(experiment.model_copy(update={"economies": 1})) == ""


def test_every_economy_weighs_the_same_however_many_replications_it_has() -> None:
    """Economies of 1 and 3, the first with three of four replications: the mean is 2."""
    values, draws = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0, 0, 0, 1])
    assert means_by_draw(values, draws).tolist() == [1.0, 3.0]
    assert interval_of(values, draws=draws).mean == 2.0
    half = stats.t.ppf(0.975, 1) * np.std([1.0, 3.0], ddof=1) / np.sqrt(2)
    assert interval_of(values, draws=draws).high == pytest.approx(2.0 + half)
    missing = np.array([np.nan, 1.0, 1.0, 3.0])
    assert interval_of(missing, draws=draws).mean == 2.0
    alone = interval_of(missing[:3], draws=draws[:3])
    assert alone.mean == 1.0
    assert np.isnan(alone.low)


def test_as_many_economies_as_replications_and_one_alone_change_nothing() -> None:
    values = np.random.default_rng(1).normal(size=12)
    plain = interval_of(values)
    for economies in (1, 12):
        assert interval_of(values, draws=draws_of(np.arange(12), economies)) == plain
    frame = pd.DataFrame({"a": values})
    assert mean_over_draws(frame, 12)["a"] == mean_over_draws(frame, 1)["a"]


def table_of(economies: int) -> tuple[OutcomeTable, dict[str, np.ndarray]]:
    """Return two rules and no policy over twelve replications, their cost alone."""
    rng, place = np.random.default_rng(3), OUTCOMES.index(COST)
    values = {"none": np.zeros(12), "a": sharing(4, 12, rng), "b": 1 + sharing(4, 12, rng)}
    runs = OutcomeTable("none", economies)
    for arm, costs in values.items():
        for replication, cost in enumerate(costs):
            row = np.full(len(OUTCOMES), np.nan)
            row[place] = cost
            runs.add(arm, replication, row, np.isin(np.arange(len(OUTCOMES)), place))
    return runs, values


def test_every_table_and_verdict_has_the_interval_over_economies() -> None:
    runs, values = table_of(4)
    gaps = (values["b"] - values["a"]).reshape(3, 4).mean(axis=0)  # four in turn, three times
    test = stats.ttest_1samp(gaps, 0.0)
    low, high = test.confidence_interval(0.95)
    rows = ranking(runs)
    row = rows[(rows["outcome"] == COST.word) & (rows["arm"] == "b")].iloc[0]
    assert (row["from_best_low"], row["from_best_high"]) == pytest.approx((low, high))
    judged = verdict(COST, runs.values(COST), "none", 2030, economies=4)
    (pair,) = judged.pairs
    assert (pair.gap.low, pair.gap.high) == pytest.approx((low, high))
    own = values["a"].reshape(3, 4).mean(axis=0)
    half = stats.t.ppf(0.975, 3) * stats.sem(own)
    assert judged.half("a") == pytest.approx(half)
    order = order_held(runs).set_index("outcome").loc[COST.word]
    assert (order["better"], order["replications"], order["draws"]) == ("a", 12, 4)
    assert order["share"] == pytest.approx((values["b"] > values["a"]).mean())
    city = _mean(pd.Series(values["a"]), 4)
    assert (city.high - city.low) / 2 == pytest.approx(half)


def test_burdens_and_maps_have_the_interval_over_economies() -> None:
    rng = np.random.default_rng(4)
    values = sharing(3, 9, rng)
    made, cities = Incidence(3), CitySummary(3)
    for number, value in enumerate(values):
        made.add("a", number, np.full((len(BURDENS), len(FIFTHS)), value))
    cities._last = {
        "a": {number: np.array([10.0 + value]) for number, value in enumerate(values)},
        "none": {number: np.array([10.0]) for number in range(9)},
    }
    cities._codes = ["110000"]
    means = values.reshape(3, 3).mean(axis=0)
    half = stats.t.ppf(0.975, 2) * stats.sem(means)
    row = made.table().iloc[0]
    assert (row["mean"], row["high"] - row["mean"]) == pytest.approx((means.mean(), half))
    row = cities.emissions_changed("a", "none").iloc[0]
    assert (row["mean"], row["high"] - row["mean"]) == pytest.approx((10 * means.mean(), 10 * half))
