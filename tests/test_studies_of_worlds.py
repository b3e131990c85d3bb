"""Studies of worlds: what their tables say, on grids and searches small enough to check by hand."""

import numpy as np
import pandas as pd
from test_executors import InTurn

from analysis.experiment.executors import pool_source
from analysis.outcomes.outcomes import OUTCOMES
from analysis.studies import freed_quota, search, tipping
from analysis.uncertainty.levers import levers
from analysis.uncertainty.running import Place
from analysis.uncertainty.search import OBJECTIVES
from analysis.uncertainty.search_result import result_of
from analysis.uncertainty.search_task import SearchTask
from analysis.uncertainty.tried_arms import TriedArms
from analysis.uncertainty.worlds import PLACE, Worlds
from model.compile.compile import silent
from scenarios import read_experiment


def test_the_threshold_is_the_least_audit_from_which_on_few_ride_free() -> None:
    audits, fines = np.array([0.1, 0.5, 0.9]), np.array([1.0, 4.0])
    riders = np.array([[[80, 8], [9, 40], [30, 5]], [[80, 8], [9, 8], [2, 5]]], float)
    found = tipping.Phases(audits, fines, {"a": riders}, pd.DataFrame())
    row = tipping.thresholds(found).iloc[0]
    assert row["fine 1"] == "0.50 to never"
    assert row["fine 4"] == "0.10 to 0.90"


def test_a_phase_diagram_has_a_share_for_every_audit_fine_arm_and_luck(small, tmp_path) -> None:
    full = read_experiment("tipping", ["horizon.end=2014"])
    asked = full.model_copy(update={"arms": full.arms[:3]})
    place = Place(
        tmp_path / "r", pool_source(InTurn(), 1), silent, silent_words, given=given(small)
    )
    found = tipping.phases(place, asked.model_copy(update={"claims": ()}), steps=2, lucks=2)
    assert {riders.shape for riders in found.riders.values()} == {(2, 2, 2)}
    assert all((riders >= 0).all() and (riders <= 100).all() for riders in found.riders.values())


def silent_words(_: str) -> None:
    """Say nothing."""


def given(economy):
    from analysis.experiment.grounds import given_economy

    return given_economy(economy, ())[0]


def test_the_study_of_freed_quota_compares_the_arms_that_it_is_about() -> None:
    asked = freed_quota.asked()
    assert tuple(arm.name for arm in asked.arms) == freed_quota.ARMS


def test_a_rule_is_beaten_only_on_every_objective(tmp_path) -> None:
    """Two mixes cost 1 of everything but 2 of one thing; only one rule costs more of all four."""
    rules = {"a": (9.0, 9.0, 9.0, 9.0), "b": (9.0, 9.0, 9.0, 1.5), "c": (9.0, 9.0, 9.0, 0.5)}
    values = np.zeros((2, 1 + len(rules), len(OUTCOMES)))
    values[:, 1:, [PLACE[word] for word in OBJECTIVES]] = [*rules.values()]
    worlds = Worlds(("none", *rules), "none", (), np.zeros((2, 0)), np.arange(2), values, {}, 1.0)
    task = SearchTask(
        read_experiment("allocation_rules"), levers(), tuple(OBJECTIVES), np.ones(4), 2, tmp_path,
        pool_source(InTurn(), 1), None, False, silent, silent_words,
    )  # fmt: skip
    mix = {lever.key: lever.words[0] if lever.words else 0.5 for lever in task.levers}
    mixes = np.ones((2, 4, 2))
    mixes[0, 0], mixes[1, 3] = 2.0, 2.0
    rules_of, tried = (
        TriedArms(names, known, {}) for names, known in ((tuple(rules), task.values(worlds)),
                                                         (("x", "y"), mixes))
    )  # fmt: skip
    done = result_of(task, [mix, mix], tried, rules_of, np.ones(2, bool))
    assert search.named(done)["mixes that beat it"].tolist() == [2, 1, 0]
    said = search.answer(done)
    assert "2 of 3 named rules are beaten on every objective" in said
    assert "Unbeaten: c. The mix that beats most beats 2" in said
    assert len(search.front(done)) == 2
