"""Findings: groups in place of ranks, sentences that can fail, replications that are needed."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.stats import binom

from analysis.findings.claims import Claim, claims_in_words, claims_of
from analysis.findings.institutions import where_the_rule_matters
from analysis.findings.precision import precision_words, replications_needed
from analysis.findings.sentences import against_no_policy, best_and_worst
from analysis.outcomes.arms import Arms
from analysis.outcomes.outcome import Outcome
from analysis.outcomes.shared_runs import shared_runs
from analysis.report.chinese import chinese
from analysis.uncertainty.shares import interval
from analysis.verdicts.groups import groups_of
from analysis.verdicts.pairs import pairs_of
from analysis.verdicts.surely_held import surely_held
from analysis.verdicts.verdict import verdict
from data.errors import InputError


def outcome(direction="lower", unit="%") -> Outcome:
    return Outcome("measure", "Measure", unit, direction, 2, lambda _: 0.0)


def drawn(means: dict[str, float], spread: float | dict[str, float] = 1.0, n: int = 20):
    """Return values of arms that share some of their chance."""
    rng = np.random.default_rng(1)
    shared = rng.normal(size=n)
    widths = spread if isinstance(spread, dict) else dict.fromkeys(means, spread)
    return pd.DataFrame(
        {arm: mean + shared + widths[arm] * rng.normal(size=n) for arm, mean in means.items()}
    )


def judged(values, direction="lower", reference="no_policy", material=None):
    return verdict(outcome(direction), values, reference, 2030, material)


def test_a_noisy_arm_is_of_several_groups() -> None:
    values = drawn({"good": 1.0, "bad": 5.0, "noisy": 0.5}, {"good": 0.1, "bad": 0.1, "noisy": 20})
    groups = judged(values).groups
    assert groups.letters("good") == "a" or groups.letters("good") == "b"
    assert len(groups.of("noisy")) == 2
    assert groups.apart("good", "bad")
    assert groups.beside("noisy") == groups.order


def test_an_arm_of_many_groups_shows_the_first_and_the_last_of_them() -> None:
    arms = [f"arm{n}" for n in range(12)]
    apart = list(zip(arms[0:12:2], arms[1:12:2], strict=True))
    values = pd.DataFrame({arm: [float(n), n + 1e-3] for n, arm in enumerate(arms)})
    pairs = [pair for pair in pairs_of(values, 0.5) if (pair.lower, pair.higher) in apart]
    groups = groups_of(arms, pairs)
    long = next(arm for arm in arms if len(groups.letters(arm)) > 4)
    assert groups.in_short(long) == f"{groups.letters(long)[0]}…{groups.letters(long)[-1]}"
    assert groups_of(["a", "b"], []).in_short("a") == "a"


def test_arms_are_told_apart_from_the_surest_pair_on_as_holm_does() -> None:
    values = drawn({"a": 0.0, "b": 0.8, "c": 1.5, "d": 1.6}, 1.2, n=12)
    pairs = pairs_of(values, 0.0)
    chances = [stats.ttest_rel(values[p.higher], values[p.lower]).pvalue for p in pairs]
    assert chances == sorted(chances)
    rejected = np.array(chances) <= 0.05 / (len(pairs) - np.arange(len(pairs)))
    known = np.logical_and.accumulate(rejected)
    assert 0 < known.sum() < len(pairs)
    assert [pair.apart for pair in pairs] == known.tolist()
    sharper = [pair for pair in pairs if pair.apart and not pair.gap.clear]
    assert all(pair.apart for pair in pairs if pair.gap.clear)
    assert all(pair.gap.low == pytest.approx(0.0, abs=0.3 * pair.gap.mean) for pair in sharper)


def test_the_intervals_of_all_pairs_hold_together_where_all_arms_are_well_apart() -> None:
    """Simulated: intervals at the levels of Holm's steps would hold together in 90 %."""
    rng, middle = np.random.default_rng(5), 20.0 * np.arange(6)
    held = 0
    for _ in range(240):
        values = pd.DataFrame(middle + rng.normal(size=(20, 6)), columns=list("abcdef"))
        pairs = pairs_of(values, 0.0)
        true = [20.0 * (ord(pair.higher) - ord(pair.lower)) for pair in pairs]
        held += all(p.gap.low <= gap <= p.gap.high for p, gap in zip(pairs, true, strict=True))
    assert len(pairs) == 15
    assert held / 240 > 0.93
    assert all(pair.apart for pair in pairs)


def test_a_clear_difference_that_does_not_matter_tells_nobody_apart() -> None:
    values = drawn({"a": 1.0, "b": 1.2}, 1e-6)
    assert pairs_of(values, 0.1)[0].apart
    assert pairs_of(values, 0.1)[0].gap.clear
    assert not pairs_of(values, 0.5)[0].apart
    assert judged(values).groups.members == (("a", "b"),)


@pytest.mark.parametrize("seed", range(5))
def test_two_arms_share_a_group_if_and_only_if_they_are_not_told_apart(seed) -> None:
    rng = np.random.default_rng(seed)
    arms = [f"arm{n}" for n in range(7)]
    widths = dict(zip(arms, rng.uniform(0.1, 6, size=7), strict=True))
    values = drawn(dict(zip(arms, rng.uniform(0, 9, size=7), strict=True)), widths)
    pairs = pairs_of(values, 0.2)
    groups = groups_of(values.mean().sort_values().index, pairs)
    for pair in pairs:
        shared = set(groups.of(pair.lower)) & set(groups.of(pair.higher))
        assert bool(shared) == (not pair.apart)
    for one in groups.members:
        assert not any(set(one) < set(other) for other in groups.members)
    starts = [[groups.order.index(arm) for arm in group] for group in groups.members]
    assert all(first < second for first, second in pairwise(starts))


def test_one_replication_tells_nobody_apart_and_needs_no_number() -> None:
    one = judged(drawn({"a": 1.0, "b": 90.0}, n=1))
    assert one.groups.members == (("a", "b"),)
    assert one.cell("a") == one.number(one.mean("a"))
    assert replications_needed(one) is None


def test_an_arm_without_a_value_has_a_dash_and_no_group() -> None:
    values = drawn({"a": 1.0, "b": 9.0}).assign(c=np.nan)
    assert judged(values).cell("c") == "–"
    assert judged(values).groups.letters("c") == ""


def test_the_best_is_the_highest_where_higher_is_better() -> None:
    values = drawn({"a": 1.0, "b": 9.0}, 0.1)
    assert judged(values, "higher").groups.letters("b") == "a"
    assert judged(values, "lower").groups.letters("b") == "b"


def test_as_many_replications_as_needed_give_intervals_as_narrow_as_wanted() -> None:
    needed = replications_needed(judged(drawn({"a": 1.0, "b": 5.0}, 1.0, n=400)), 0.3)

    def half(n: int) -> float:
        gap = pairs_of(drawn({"a": 1.0, "b": 5.0}, 1.0, n=n), 0.0)[0].gap
        return (gap.high - gap.low) / 2

    assert half(needed) == pytest.approx(0.3, rel=0.2)
    assert half(needed // 3) > 0.4


def test_the_replications_needed_are_said_as_a_width_in_two_figures() -> None:
    one = judged(drawn({"a": 1.0, "b": 5.0, "c": 9.0}, 3.0), material={"measure": 0.3})
    number = replications_needed(one)
    assert number > 1000
    said = precision_words([one, one])
    about = f"{int(np.ceil(number / 100) * 100):,}"
    assert said == (
        f"With about {about} replications the interval of every difference between two arms is"
        f" within ±0.30 %, with about {about} within ±0.30 %."
    )


def test_of_drawn_economies_as_many_are_needed_as_their_means_differ() -> None:
    """Differences of 2 and 6 in two economies, three replications each: their means vary."""
    known = np.array([2.0, 6.0, 2.5, 6.5, 1.5, 5.5])
    values = pd.DataFrame({"a": 0.0 * known, "b": known})
    one = verdict(outcome(), values, "no_policy", 2030, {"measure": 1.0}, 2)
    means = pd.DataFrame({"a": [0.0, 0.0], "b": [2.0, 6.0]})
    assert replications_needed(one) == replications_needed(judged(means), 1.0)
    assert "drawn economies the interval" in precision_words([one])


def test_what_matters_is_told_apart_by_half_and_twice_as_much_by_nearly_all_studies() -> None:
    """Of 200 studies of two arms as large as is needed; at four times the size it is still half."""
    needed = replications_needed(judged(drawn({"a": 0.0, "b": 0.0}, 2.0, n=4000)), 1.0)
    rng = np.random.default_rng(3)

    def told(difference: float, n: int) -> float:
        gaps = difference + 2.0 * np.sqrt(2.0) * rng.normal(size=(200, n))
        studies = [pairs_of(pd.DataFrame({"a": 0.0 * gap, "b": gap}), 1.0)[0] for gap in gaps]
        return float(np.mean([pair.apart for pair in studies]))

    assert told(1.0, needed) == pytest.approx(0.47, abs=0.08)
    assert told(1.0, 4 * needed) == pytest.approx(0.5, abs=0.08)
    assert told(1.5, needed) > 0.75
    assert told(2.0, needed) > 0.95


def test_a_sentence_counts_the_replications_in_which_it_holds() -> None:
    values = pd.DataFrame({"no_policy": [5.0, 5, 5, 5], "a": [1.0, 1, 1, 6], "b": [2.0, 2, 2, 2]})
    found = against_no_policy(judged(values))
    assert (found.held, found.replications) == (3, 4)
    assert "Every policy lowers measure" in found.text
    assert against_no_policy(judged(values.assign(b=9.0))) is None


def test_a_sentence_says_under_which_institution_rules_differ_most() -> None:
    means = {
        "old_rule+exchange": 4.0,
        "new_rule+exchange": 4.01,
        "old_rule+no_trade": 1.0,
        "new_rule+no_trade": 9.0,
    }
    values = drawn(means, 0.05).assign(no_policy=10.0)
    arms = Arms.named(values.columns, "no_policy")
    found = where_the_rule_matters(judged(values), arms)
    assert "Rules differ most in measure without trade" in found.text
    assert "(old rule) to" in found.text
    assert "with an exchange" in found.text
    assert found.text.endswith("in one group")
    assert found.held == found.replications == 20
    assert where_the_rule_matters(judged(values[["old_rule+exchange", "no_policy"]]), arms) is None


def exactly(mean: float, spread: float, seed: int = 0, n: int = 5) -> np.ndarray:
    """Return values of exactly this mean and standard deviation."""
    drawn = np.random.default_rng([seed, round(10 * mean)]).normal(size=n)
    return mean + spread * (drawn - drawn.mean()) / drawn.std(ddof=1)


def two_ways(one: dict[str, tuple[float, float]], other: dict[str, tuple[float, float]]):
    """Return the verdict on rules with an exchange and without trade, and its arms."""
    values = {
        f"{rule}+{way}": exactly(*known, seed)
        for seed, (way, rules) in enumerate({"exchange": one, "no_trade": other}.items())
        for rule, known in rules.items()
    }
    table = pd.DataFrame(values).assign(no_policy=11.0)
    return judged(table, material={"measure": 0.1}), Arms.named(table.columns, "no_policy")


SURE = {"a": (5.0, 0.01), "b": (5.6, 0.01), "c": (6.2, 0.01)}
"""Rules by their mean and standard deviation, all told apart."""


def test_noise_alone_makes_rules_differ_nowhere_most() -> None:
    noise = {"a": (5.0, 1.5), "b": (5.1, 1.5), "c": (5.2, 1.5)}
    found = where_the_rule_matters(*two_ways(noise, SURE))
    assert found.text == (
        "Rules differ most in measure without trade, 5.00 (A) to 6.20 (C) % in 3 groups; with an"
        " exchange 5.00 to 5.20 in one group"
    )
    loud = {"a": (5.0, 6.0), "b": (5.1, 6.0), "c": (7.0, 6.0)}
    wider = where_the_rule_matters(*two_ways(loud, SURE))
    assert wider.text.startswith("Rules differ in measure without trade, 5.00 (A) to 6.20 (C)")
    assert wider.text.endswith("with an exchange 5.00 to 7.00 in one group")
    assert wider.share is None


def test_rules_that_differ_as_much_elsewhere_differ_nowhere_most() -> None:
    shifted = {rule: (mean + 0.5, spread) for rule, (mean, spread) in SURE.items()}
    found = where_the_rule_matters(*two_ways(shifted, SURE))
    assert "Rules differ in measure" in found.text
    assert found.text.count("in 3 groups") == 2


def test_rules_at_the_ends_of_a_range_are_named_only_if_told_apart() -> None:
    noisy = {"a": (4.0, 4.0), "b": (5.0, 0.01), "c": (5.5, 0.01), "d": (7.0, 4.0)}
    found = where_the_rule_matters(*two_ways({"a": (5.2, 0.01), "b": (5.2, 0.01)}, noisy))
    assert found.text == (
        "Rules differ in measure without trade, 4.00 to 7.00 % in 2 groups; with an exchange 5.20"
        " in one group"
    )


def test_rules_in_one_group_have_a_range_for_each_institution() -> None:
    close = {"a": (5.0, 0.01), "b": (5.02, 0.01)}
    found = where_the_rule_matters(*two_ways(close, {"a": (9.0, 0.01), "b": (9.02, 0.01)}))
    assert found.text == (
        "Measure: with an exchange 5.00 to 5.02 % in one group; without trade 9.00 to 9.02 in one"
        " group"
    )


def test_the_runs_of_a_difference_count_the_same_arms_in_all_of_them() -> None:
    noise = {"a": (5.0, 1.5), "b": (5.1, 1.5), "c": (5.2, 1.5)}
    one, arms = two_ways(noise, SURE)
    values = one.values
    gaps = [values[f"c+{way}"] - values[f"a+{way}"] for way in ("exchange", "no_trade")]
    found = where_the_rule_matters(one, arms)
    assert (found.held, found.replications) == (int((gaps[0] < gaps[1]).sum()), 5)


def test_best_and_worst_are_named_only_as_far_as_they_are_told_apart() -> None:
    apart = best_and_worst(judged(drawn({"one_rule": 1.0, "my_rule": 1.1, "last": 9.0}, 0.05)))
    assert apart.text.startswith("Measure: lowest, ")
    assert "under one rule and my rule; highest" in apart.text
    alike = best_and_worst(judged(drawn({"a": 1.0, "b": 1.1}, 3.0)))
    assert alike.text.endswith("all in one group")
    assert alike.share is None


def test_a_noisy_lowest_mean_is_not_passed_over_for_the_next() -> None:
    known = {"a": exactly(4.0, 4.0), "b": exactly(5.0, 0.01), "c": exactly(6.0, 0.01)}
    one = judged(pd.DataFrame(known), material={"measure": 0.1})
    assert [one.groups.letters(arm) for arm in "abc"] == ["ab", "a", "b"]
    found = best_and_worst(one)
    assert found.text == "Measure: 4.00 to 6.00 % in 2 groups, lowest and highest not told apart"
    assert found.share is None
    arms = Arms.named(known, "no_policy")
    said = best_and_worst(one, chinese(arms)).text
    assert said.endswith("：4.00 至 6.00 %，分为 2 组，最低与最高不可分辨")


def test_arms_beside_the_best_with_other_letters_too_are_counted() -> None:
    known = {"a": exactly(4.0, 0.01), "b": exactly(4.2, 2.0), "c": exactly(4.05, 0.01)}
    known |= {"d": exactly(6.0, 0.01), "e": exactly(9.0, 0.01)}
    one = judged(pd.DataFrame(known), material={"measure": 0.1})
    assert [one.groups.letters(arm) for arm in "abcde"] == ["a", "ab", "a", "b", "c"]
    assert best_and_worst(one).text == (
        "Measure: lowest, 4.00 to 4.05 %, under A and C (1 more not told apart);"
        " highest, 9.00 %, under E"
    )


def test_claims_of_a_study_are_read_and_a_damaged_one_is_named(tmp_path) -> None:
    assert claims_of(tmp_path) == ()
    path = tmp_path / "robustness" / "claims.csv"
    path.parent.mkdir()
    path.write_text("statement,share,low,high\nTrade is cheaper,0.9,0.85,0.94\n")
    (claim,) = claims_of(tmp_path)
    assert (claim.statement, claim.share, claim.high) == ("Trade is cheaper", 0.9, 0.94)
    assert (claim.worlds, claim.drawn, claim.decided) == (0, 0, "")
    says = "a_b+no_trade has the lowest abatement_cost of all"
    path.write_text(f'statement,share,low,high\n{says},1,1,1\n"x[a_b] < 1",1,1,1\n')
    plain = "a b, no trade has the lowest abatement cost of all"
    assert [one.statement for one in claims_of(path.parents[1])] == [plain, "x[a_b] < 1"]
    path.write_text("statement,share\nx,much\n")
    with pytest.raises(InputError, match=r"claims.csv: cannot be read .*low, high"):
        claims_of(tmp_path)


FAILED = pd.DataFrame(
    {
        "no_policy": [30.0] * 6,
        "a": [9.0, 10.0, 11.0, 19.0, 20.0, 21.0],
        "b": [8.0, 9.1, 9.9, np.nan, np.nan, np.nan],
        "c": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    }
)
"""Three runs of b failed, those of dear luck for a: b is lower by one in each run of both."""


def compared(values: pd.DataFrame, direction: str = "lower"):
    """Return the verdict where a missing value is a run that failed."""
    shared = shared_runs((arm, run) for arm in values for run in values[arm].dropna().index)
    return verdict(outcome(direction, "m"), values, "no_policy", 2030, shared=shared)


def test_arms_are_ordered_and_their_means_told_over_the_runs_that_all_have() -> None:
    """Over runs of its own the mean of a is 15; each run of both says that it is 10, one more."""
    shuffled = FAILED.assign(b=[np.nan, np.nan, np.nan, 18.0, 19.0, 20.1])
    for values, mean in ((FAILED, 10.0), (shuffled, 20.0)):
        found = compared(values)
        assert found.mean("a") == pytest.approx(mean)
        assert found.groups.order == ("c", "b", "a")
        assert found.mean("a") - found.mean("b") == pytest.approx(1.0, abs=0.05)
    pairs = {frozenset((pair.lower, pair.higher)): pair for pair in compared(FAILED).pairs}
    assert pairs[frozenset("ac")].replications == 6  # a pair keeps all runs of both
    assert pairs[frozenset("ab")].replications == 3


def test_a_sentence_is_counted_over_the_runs_that_can_decide_it() -> None:
    found = compared(FAILED)
    said = against_no_policy(found)
    assert (said.held, said.replications) == (3, 3)
    ends = best_and_worst(found)
    assert "lowest, 2.00 m, under C" in ends.text
    assert (ends.held, ends.replications) == (6, 6)  # b is not named, and cannot decide
    arms = Arms.named(["no_policy", "a+x", "b+x", "a+y", "b+y"], "no_policy")
    values = FAILED.rename(columns={"a": "a+x", "b": "b+x"}).drop(columns="c")
    values = values.assign(**{"a+y": 1.0, "b+y": [1.1] * 6})
    rules = where_the_rule_matters(compared(values), arms)
    assert rules.replications == 3
    never = FAILED.assign(a=[np.nan] * 3 + [19.0, 20.0, 21.0])
    assert str(against_no_policy(compared(never))).endswith("without.")


def test_arms_that_share_too_few_runs_keep_their_own() -> None:
    assert shared_runs([("a", 0), ("a", 1), ("b", 1), ("b", 2)]) == (0, 1, 2)
    assert shared_runs([("a", 0), ("a", 1), ("a", 2), ("b", 1), ("b", 2)]) == (1, 2)
    assert shared_runs([("a", 0), ("b", 0)]) == (0,)
    two = [(arm, number) for arm in "ab" for number in (0, 2)] + [("a", 1)]
    assert shared_runs(two) == (0, 2)
    assert shared_runs(two, economies=2) == (0, 1, 2)  # 0 and 2 are of one economy


@pytest.mark.parametrize("worlds", [1, 11, 12, 36, 48])
def test_a_claim_that_fails_in_a_quarter_of_worlds_is_hardly_ever_told_as_sure(worlds) -> None:
    """The chance by the binomial distribution; 16 % at 12 worlds where the share alone decides."""
    passing = [held for held in range(worlds + 1) if surely_held(interval(held, worlds)[0])]
    assert binom.pmf(passing, worlds, 0.75).sum() < 0.025


def test_a_claim_told_as_sure_says_in_how_many_worlds_it_was_decided() -> None:
    held = {name: Claim(name, 1.0, *interval(count, count), count, 48)
            for name, count in (("A", 48), ("B", 20), ("C", 2))}  # fmt: skip
    assert claims_in_words(list(held.values())) == (
        "In four of five worlds or more, surely (48 drawn): A; B (decided in 20 of 48 worlds)."
        " Less sure: C (100 %, interval 16 to 100 %, decided in 2 of 48 worlds)."
    )
    assert claims_in_words([held["C"]]).startswith("Less sure (48 drawn): C (100 %, ")


@pytest.mark.parametrize(
    ("mean", "told"), [(0.00432, "0.00432"), (0.432, "0.432"), (4.32, "4.32"), (432.0, "432.0")]
)
def test_amounts_of_an_economy_of_few_towns_show_what_matters_of_them(mean, told) -> None:
    """A hundredth of the larger arm matters: its figure is the last."""
    values = pd.DataFrame({"no_policy": [0.0, 0.0], "a": [mean, mean], "b": [mean / 2, mean / 2]})
    found = verdict(outcome("lower", "bn CNY"), values, "no_policy", 2030)
    assert found.number(found.mean("a")) == told
