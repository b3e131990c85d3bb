"""Comparing arms: the results directory, resuming, and what rules are ranked by."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from test_executors import InTurn

from analysis import compare, merge
from analysis.experiment.digest import digest
from analysis.experiment.one_scenario import single
from analysis.experiment.scheduler import run_all
from analysis.outcomes.outcomes import OUTCOMES, OutcomeTable
from analysis.outcomes.paired import paired
from analysis.outcomes.ranking import ranking
from data.errors import InputError
from model.allocation import RULES
from scenarios import Experiment, read_experiment, read_scenario
from scenarios.experiment import Arm
from scenarios.plain_words import name_of_file


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2016"])
    rules = ("none", "grandfathering", "equal_per_capita")
    arms = tuple(arm for arm in full.arms if arm.scenario.allocation.rule in rules)
    return full.model_copy(update={"arms": arms, "replications": 3, "name": "trial"})


@pytest.fixture(scope="module")
def whole(experiment, small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "results"
    return compare(experiment, economy=small, out=folder, executor=InTurn(), pictures=False)


def test_the_results_directory_holds_manifest_runs_and_tidy_tables(whole) -> None:
    manifest = json.loads((whole.folder / "manifest.json").read_text(encoding="utf-8"))
    assert {run["state"] for run in manifest["runs"].values()} == {"done"}
    assert manifest["experiment"]["seed"] == 2012
    assert {"experiment", "economy", "code"} == set(manifest["identity"])
    assert len(list((whole.folder / "runs").rglob("*.arrow"))) == 5 * 3
    cities = pd.read_parquet(whole.folder / "cities.parquet")
    assert len(cities) == 5 * 3 * 4 * 8
    assert digest(cities) == manifest["digest"]["cities"]
    columns = {
        "arm",
        "rule",
        "institution",
        "replication",
        "economy",
        "year",
        "region_code",
        "city",
        "co2_estimated",
    }
    assert set(manifest["columns"]["cities"]) | columns == set(cities.columns)
    assert (whole.folder / "ranking.csv").exists()
    written = pd.read_csv(whole.folder / "transitions.csv")
    pd.testing.assert_frame_equal(written, whole.transitions, check_dtype=False)
    assert (written.groupby(["arm", "reading"])["cities"].sum() == 8).all()


def test_the_number_of_workers_changes_no_bit(whole, experiment, small, tmp_path) -> None:
    """None but this process, and two."""
    other = compare(experiment, economy=small, out=tmp_path / "r", workers=2, pictures=False)
    assert digest(other.cities) == digest(whole.cities)
    assert digest(other.national) == digest(whole.national)
    assert other.digest == whole.digest


def test_any_executor_runs_the_economy_it_was_given(whole, experiment, small, tmp_path) -> None:
    with ThreadPoolExecutor(1) as pool:
        threads = compare(
            experiment, economy=small, out=tmp_path / "r", executor=pool, pictures=False
        )
    assert digest(threads.cities) == digest(whole.cities)


def test_resuming_gives_the_digest_of_an_uninterrupted_run(
    whole, experiment, small, tmp_path
) -> None:
    folder = tmp_path / "r"
    compare(experiment, economy=small, out=folder, executor=InTurn(), pictures=False)
    for path in sorted((folder / "runs").rglob("*.arrow"))[::2]:
        path.unlink()
    (folder / "cities.parquet").unlink()
    resumed = compare(
        experiment, economy=small, out=folder, executor=InTurn(), resume=True, pictures=False
    )
    assert digest(resumed.cities) == digest(whole.cities)


def test_a_directory_with_another_experiment_is_refused_and_kept(whole, experiment, small) -> None:
    before = {path: path.stat().st_mtime_ns for path in whole.folder.rglob("*")}
    other = experiment.model_copy(update={"seed": 1})
    with pytest.raises(InputError, match=r"another experiment \(other experiment\).*--out"):
        compare(other, economy=small, out=whole.folder, resume=True, pictures=False)
    with pytest.raises(InputError, match="add --resume"):
        compare(experiment, economy=small, out=whole.folder, pictures=False)
    assert {path: path.stat().st_mtime_ns for path in whole.folder.rglob("*")} == before


def test_a_directory_with_anything_else_is_refused(experiment, small, tmp_path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        compare(experiment, economy=small, out=tmp_path, pictures=False)


def test_an_interrupt_keeps_the_finished_runs(experiment, small, tmp_path, monkeypatch) -> None:
    kept = []

    def interrupted(tasks, work, executor, context, at_once, done, failed, meanwhile):
        def stop_after_two(task, run) -> None:
            done(task, run)
            kept.append(task)
            if len(kept) == 2:
                raise KeyboardInterrupt

        return run_all(tasks, work, executor, context, at_once, stop_after_two, failed)

    monkeypatch.setattr("analysis.experiment.running.run_all", interrupted)
    monkeypatch.setattr("analysis.experiment.running.AT_ONCE", 1)
    with pytest.raises(InputError, match=r"interrupted after 2 of 15 runs.*--resume"):
        compare(experiment, economy=small, out=tmp_path / "r", executor=InTurn(), pictures=False)
    assert len(list((tmp_path / "r" / "runs").rglob("*.arrow"))) == 2
    monkeypatch.undo()
    resumed = compare(
        experiment,
        economy=small,
        out=tmp_path / "r",
        resume=True,
        executor=InTurn(),
        pictures=False,
    )
    assert len(resumed.national) == 15 * 4


def test_one_failed_run_never_loses_the_others(experiment, small, tmp_path, monkeypatch) -> None:
    def moody(cap, knowledge):
        if knowledge.reference[0] > 0 and cap > 3.0e8:
            raise ArithmeticError("the rule broke down")
        return cap * knowledge.population / knowledge.population.sum()

    monkeypatch.setitem(RULES, "moody", moody)
    arms = (
        experiment.arms[0],
        Arm(name="moody", scenario=read_scenario("default", ["allocation.rule=moody"])),
    )
    late = [arm.scenario.model_copy(update={"horizon": arms[1].scenario.horizon}) for arm in arms]
    chosen = experiment.model_copy(
        update={
            "arms": tuple(
                arm.model_copy(update={"scenario": scenario})
                for arm, scenario in zip(arms, late, strict=True)
            )
        }
    )
    with ThreadPoolExecutor(1) as pool:
        result = compare(chosen, economy=small, out=tmp_path / "r", executor=pool, pictures=False)
    assert set(result.national["arm"]) == {"no_policy"}
    assert all("the rule broke down" in state for state in result.failures.values())
    assert len(result.failures) == 3


def per_head_squared(cap, knowledge):
    """A user's own rule: quota by the square of population."""
    weight = knowledge.population**2
    return cap * weight / weight.sum()


def test_a_user_s_own_rule_works_in_worker_processes(experiment, small, tmp_path, monkeypatch):
    monkeypatch.setitem(RULES, "per_head_squared", per_head_squared)
    own = read_scenario("default", ["allocation.rule=per_head_squared", "horizon.end=2014"])
    result = compare(
        single("own", own, seed=1), economy=small, out=tmp_path / "r", workers=1, pictures=False
    )
    assert set(result.national["arm"]) == {"no_policy", "own"}


def test_every_outcome_is_ranked_on_its_own(whole) -> None:
    table = whole.ranking
    ranked = table[(table["better"] != "neither") & (table["arm"] != "no_policy")]
    best = ranked.groupby("outcome")["rank"].min()
    assert (best.dropna() == 1).all()
    shown = table[table["better"] == "neither"]
    assert shown["rank"].isna().all()
    cost = table[table["outcome"] == "abatement_cost"].set_index("arm")
    assert (cost["from_best"].dropna() >= 0).all()
    assert cost.loc["no_policy", "mean"] == 0.0


def test_outcomes_of_institutions_are_listed_only_where_an_arm_has_one(
    whole, small, tmp_path
) -> None:
    ordinary = set(whole.ranking["outcome"])
    assert ordinary.isdisjoint({"auction_revenue", "public_budget", "price_spread", "support"})
    sold = read_scenario("default", ["market.institution=auction", "horizon.end=2015"])
    result = compare(
        single("sold", sold, 1),
        economy=small,
        out=tmp_path / "r",
        executor=InTurn(),
        pictures=False,
    )
    table = result.ranking.set_index(["outcome", "arm"])
    revenue = result.national.groupby("arm", observed=True)["auction_revenue"].sum()
    assert table.loc[("auction_revenue", "sold"), "mean"] == pytest.approx(revenue["sold"] / 1e9)
    budget = result.national[result.national["year"] == 2015].set_index("arm")["budget"]
    assert table.loc[("public_budget", "sold"), "mean"] == pytest.approx(budget["sold"] / 1e9)
    assert table.loc[["auction_revenue", "public_budget"], "rank"].isna().all()


def test_a_dominated_arm_is_nowhere_clearly_better_than_its_dominator() -> None:
    """Of three outcomes, lower is better: a beats b and c, c beats a, a beats b; the rest is luck.

    Luck: a value that differs from run to run by more than arms do.
    """
    luck = (-100.0, 100.0, 5.0)
    places = [n for n, outcome in enumerate(OUTCOMES) if outcome.direction == "lower"][:3]
    told = {
        "none": ((20.0,) * 3,) * 3,
        "a": ((0.0,) * 3, (10.0,) * 3, (0.0,) * 3),
        "b": ((10.0,) * 3, luck, (10.0,) * 3),
        "c": ((10.0,) * 3, (0.0,) * 3, luck),
    }
    runs = OutcomeTable("none")
    for arm, rows in told.items():
        for replication, values in enumerate(zip(*rows, strict=True)):
            row = np.zeros(len(OUTCOMES))
            row[places] = values
            runs.add(arm, replication, row, np.isin(np.arange(len(OUTCOMES)), places))
    dominated = ranking(runs).groupby("arm")["dominated_by"].unique().map(list)
    assert dominated.to_dict() == {"none": [""], "a": [""], "b": ["a"], "c": [""]}


def test_paired_intervals_are_student_s() -> None:
    """Differences 1, 2, 3: mean 2, s = 1, t(0.975, 2) = 4.3027 (any table of Student's t)."""
    values = {"a": np.array([2.0, 4.0, 6.0]), "b": np.array([1.0, 2.0, 3.0])}
    gap = paired(values, "a", "b")
    assert gap.mean == pytest.approx(2.0)
    assert gap.high - gap.mean == pytest.approx(4.3027 / np.sqrt(3), rel=1e-4)
    assert not gap.clear
    assert paired(values, "a", "a").low == 0.0


def test_a_cap_that_never_binds_is_said_so(small, tmp_path) -> None:
    loose = read_scenario("default", ["cap.path=peak", "cap.level_gt=100.0", "horizon.end=2014"])
    result = compare(
        single("loose", loose, 1),
        economy=small,
        out=tmp_path / "r",
        executor=InTurn(),
        pictures=False,
    )
    assert result.not_binding == ("loose",)


@pytest.mark.parametrize("name", ["no_policy", "Mine is best.v2", "___"])
def test_any_scenario_s_name_makes_an_arm(name) -> None:
    experiment = single(name_of_file(name), read_scenario("default"), 0)
    assert len(experiment.arms) == 2


@pytest.mark.parametrize(
    "argument",
    [
        {"replications": 1.5}, {"replications": "3"}, {"economies": True}, {"seed": True},
        {"seed": 0.5}, {"workers": 1.5}, {"run_limit": "x"}, {"resume": "no"}, {"pictures": 1},
        {"outcomes_only": None},
    ],
    ids=str,
)  # fmt: skip
def test_an_argument_of_another_kind_is_named_with_its_value(
    argument, experiment, small, tmp_path
) -> None:
    ((name, value),) = argument.items()
    with pytest.raises(InputError, match=re.escape(f"{name} = {value!r}: must be")):
        compare(experiment, economy=small, out=tmp_path / "r", **argument)
    assert not (tmp_path / "r").exists()


def test_a_single_word_of_settings_is_no_list_of_letters() -> None:
    assert (
        read_scenario("default", "cap.cut=0.3").cap == read_scenario("default", ["cap.cut=0.3"]).cap
    )


def test_merging_takes_one_folder_and_refuses_none(experiment, small, whole, tmp_path) -> None:
    merged = merge(str(whole.folder), tmp_path / "r", economy=small, pictures=False)
    assert merged.digest == whole.digest
    with pytest.raises(InputError, match="folders: none is named"):
        merge([], tmp_path / "none", economy=small)


def test_an_arm_without_policy_has_no_institution_in_any_table(whole) -> None:
    tables = [whole.outcomes.reset_index(), whole.ranking, whole.classes, whole.transitions,
              whole.national, whole.cities]  # fmt: skip
    for table in tables:
        without = table["arm"].astype(str) == "no_policy"
        assert set(table.loc[without, "institution"]) == {"none"}
        assert "exchange" in set(table.loc[~without, "institution"])
