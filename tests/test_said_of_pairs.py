"""What is said of all pairs: that none is dominated, and how many keep their order."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.command_line.domination import undominated
from analysis.command_line.printing import title
from analysis.outcomes.outcome import Outcome
from analysis.verdicts.verdict import verdict

OUTCOME = Outcome("measure", "Measure", "%", "lower", 2, lambda _: 0.0)
NOISE = np.array([-0.02, -0.01, 0.0, 0.01, 0.02])
"""Of five replications, small beside all differences here."""


def judged(means: dict[str, float], direction: str = "lower"):
    """Return the verdict on arms of these means that vary little, each in its own way."""
    outcome = replace(OUTCOME, direction=direction)
    shifted = {arm: mean + np.roll(NOISE, n) for n, (arm, mean) in enumerate(means.items())}
    return verdict(outcome, pd.DataFrame(shifted), "no_policy", 2030)


def test_arms_that_are_alike_are_not_said_to_be_better_than_each_other() -> None:
    said = undominated([judged({"a": 1.0, "b": 1.0}), judged({"a": 2.0, "b": 2.0})], ["a", "b"])
    assert "each" not in said
    assert said.endswith("without being clearly worse in some.")


def test_each_is_said_to_be_better_somewhere_only_if_every_pair_wins_both_ways() -> None:
    first, second = judged({"a": 1.0, "b": 5.0}), judged({"a": 5.0, "b": 1.0})
    says = "each is told apart from any other as better in some outcome."
    assert undominated([first, second], ["a", "b"]).endswith(says)
    assert not undominated([first], ["a", "b"]).endswith(says)
    assert undominated([first, judged({"a": 1.0, "b": 5.0}, "higher")], ["a", "b"]).endswith(says)
    unranked = judged({"a": 5.0, "b": 1.0}, "neither")
    assert not undominated([first, unranked], ["a", "b"]).endswith(says)
    third = judged({"a": 1.0, "b": 5.0, "c": 5.0})
    assert not undominated([third, second], ["a", "b", "c"]).endswith(says)


def test_from_ten_replications_on_it_is_said_what_keeps_its_order_in_nine_of_them() -> None:
    values = judged({"a": 1.0, "b": 5.0}).values
    for times, said in ((1, False), (2, True)):
        many = pd.concat([values] * times, ignore_index=True)
        one = verdict(OUTCOME, many, "no_policy", 2030)
        assert (
            "1 of 1 pairs keep their order in nine of ten replications" in title(one, (1, 1))
        ) == said
