"""Studies of worlds: what their tables say, on grids and searches small enough to check by hand."""

import numpy as np
import pandas as pd
import pytest
from test_executors import InTurn

from analysis.experiment.executors import pool_source
from analysis.studies import freed_quota, search, tipping
from analysis.uncertainty.running import Place
from analysis.uncertainty.search import OBJECTIVES
from analysis.uncertainty.search_result import Search
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


@pytest.mark.parametrize(("own", "beaten"), [((9.0, 9.0, 9.0, 9.0), 1), ((9.0, 9.0, 9.0, 0.5), 0)])
def test_a_rule_is_beaten_only_on_every_objective(own, beaten) -> None:
    def table(rows):
        told = [
            dict(zip(OBJECTIVES, row, strict=True))
            | {f"{word}{end}": value for word, value in zip(OBJECTIVES, row, strict=True)
               for end in ("_low", "_high")}
            for row in rows
        ]  # fmt: skip
        return pd.DataFrame(told)

    front = table([(1.0, 1.0, 1.0, 1.0)])
    for key in search.DEFAULT:
        front[key] = 0.5
    named = table([own]).assign(arm="a", beaten_by=beaten)
    done = Search(read_experiment("allocation_rules"), tipping.DOCUMENT, front, named, 8)
    said = search.answer(done)
    assert f"{beaten} of 1 named rules are beaten on every objective" in said
    assert ("Unbeaten: a" in said) == (not beaten)
    assert search.named(done)["mixes that beat it"].tolist() == [beaten]
    assert len(search.front(done)) == 1
