"""Tables of many runs: digests, outcomes and sums are the same however the rows come."""

import errno
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from test_executors import InTurn
from test_pictures import tables

from analysis import compare, outcomes
from analysis.experiment.digest import Digest, columns_of, digest
from analysis.experiment.old_columns import NOW_CALLED
from analysis.experiment.run_reading import read_run
from analysis.outcomes.burden import PAID, RECEIVED, by_law
from analysis.outcomes.city_summary import CitySummary
from analysis.outcomes.one_run import Cities, NationalTable, OneRun, one_run
from analysis.outcomes.outcomes import OUTCOMES
from data.errors import InputError
from model.behaviour.payoffs import FREE_RIDE
from scenarios import Experiment, read_experiment, read_scenario
from simulation.columns import NATIONAL_COLUMNS
from simulation.laboratory import Laboratory

LARGE = 20
"""Runs from which a study says what it will take, here."""


@pytest.fixture
def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    return full.model_copy(update={"arms": full.arms[:2], "replications": 3, "name": "trial"})


def summary_of(cities: pd.DataFrame) -> CitySummary:
    summary = CitySummary()
    for (arm, replication), rows in cities.groupby(["arm", "replication"], sort=False):
        summary.add(arm, replication, pa.Table.from_pandas(rows, preserve_index=False))
    return summary


@pytest.mark.parametrize("cuts", [[5], [1, 2, 30], [35]])
def test_a_digest_depends_on_values_not_on_pieces_nor_on_how_words_are_coded(cuts) -> None:
    cities, _ = tables()
    cities.loc[3, "local_mitigation"] = np.nan
    rows = pa.Table.from_pandas(cities, preserve_index=False)
    place = rows.column_names.index("arm")
    coded = rows.set_column(place, "arm", rows.column("arm").dictionary_encode())
    pieces = Digest()
    for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True):
        pieces.add(columns_of(coded.slice(start, end - start)))
    assert pieces.hexdigest() == digest(cities)
    other = cities.copy()
    other.loc[7, "local_mitigation"] *= 1 + 1e-15
    assert digest(other) != digest(cities)
    assert digest(cities.iloc[::-1]) != digest(cities)


def test_sums_gathered_run_by_run_are_those_of_the_whole_table() -> None:
    cities, _ = tables(replications=3)
    cities.loc[5, "local_additional"] = np.nan
    summary = summary_of(cities)
    keys = ["arm", "year", "region_code"]
    columns = ["local_additional", "outsourced_mitigation"]
    whole = cities.groupby(keys)[columns].mean()
    gathered = summary.means(columns, summary.arms).reindex(whole.index)
    np.testing.assert_allclose(gathered, whole, rtol=1e-14)
    count = cities.groupby(["arm", "replication", "year", "class_policy"]).size()
    gathered = summary.counts("class_policy", summary.arms)
    assert gathered[gathered > 0].sort_index().equals(count.astype(float).sort_index())
    last = cities[cities["year"] == 2015]
    most = last.groupby(["arm", "region_code"])["class_policy"].agg(lambda kinds: kinds.mode()[0])
    assert (summary.majority("class_policy", summary.arms).reindex(most.index) == most).all()


def city_run(**columns: list[list[float]]) -> OneRun:
    """Return two years of three cities, of which the last is poor."""
    nothing = np.zeros(np.shape(next(iter(columns.values()))))
    free = ("contract_quota", "contract_payment", "dues")
    columns = dict.fromkeys(free, nothing) | columns
    flat = {name: np.array(values).reshape(-1) for name, values in columns.items()}
    cities = Cities(
        population=np.array([2.0, 2.0, 4.0]),
        poor=np.array([False, False, True]),
        demand=np.array([6.0, 2.0, 2.0]),
        province=np.array([0, 0, 1]),
    )
    return OneRun(pa.table(flat), NationalTable({}), cities)


def outcome(word: str, run: OneRun) -> float:
    """Return the value of an outcome."""
    return next(one.of(run) for one in OUTCOMES if one.word == word)


def test_free_riders_are_a_share_of_the_city_years_short_of_quota() -> None:
    other = FREE_RIDE + 1
    run = city_run(
        need=[[1.0, -1.0, 1.0], [1.0, 1.0, -1.0]],
        action=[[FREE_RIDE, FREE_RIDE, other], [other, other, FREE_RIDE]],
    )
    assert outcome("free_riding", run) == 25.0
    assert np.isnan(outcome("free_riding", city_run(need=[[-1.0] * 3] * 2, action=[[0] * 3] * 2)))


def test_quota_a_head_of_the_poor_is_relative_to_all() -> None:
    """3 + 1 for 4 heads a year is 1 a head; all have (2 + 2 + 4)·2 of 8 heads, 1 a head a year."""
    run = city_run(quota=[[2.0, 2.0, 3.0]] * 2, aid_quota=[[0.0, 0.0, 1.0]] * 2)
    assert outcome("quota_poor", run) == pytest.approx(1.0)
    assert np.isnan(
        outcome("quota_poor", city_run(quota=[[np.nan] * 3] * 2, aid_quota=[[0.0] * 3] * 2))
    )


def test_the_burden_is_what_a_city_pays_less_what_it_receives() -> None:
    """The poor one pays 6 + 1 − 3 = 4 of 20 a year, all of them 9 − 3 = 6 of 60: twice as much."""
    nothing = [[0.0, 0.0, 0.0]] * 2
    run = city_run(
        abatement_cost=[[3.0, 0.0, 6.0]] * 2,
        purchase_cost=nothing,
        penalty=nothing,
        beneficiary_payment=[[1.0, -2.0, 1.0]] * 2,
        programme_payment=nothing,
        compensation=nothing,
        subsidy=[[0.0, 0.0, 3.0]] * 2,
        bonus=nothing,
        value_added=[[20.0, 20.0, 20.0]] * 2,
    )
    assert outcome("burden_poor", run) == pytest.approx(2.0)


def test_what_auctions_and_fines_bring_is_returned_by_final_demand(small) -> None:
    """Of what the public budget gained each city gets back its share of the year's demand."""
    words = {"market.institution": "auction", "market.auction.share": 0.5, "horizon.end": 2016}
    laboratory = Laboratory(small)
    run = one_run(laboratory.run(read_scenario("default", words)), small)
    gained = np.diff(run.national["budget"], prepend=0.0)
    assert gained.max() > 0
    demand = run["demand"]
    returned = (gained[:, None] * demand / demand.sum(axis=1, keepdims=True)).sum(axis=0)
    before = run.total(*PAID) - run.total(*RECEIVED)
    np.testing.assert_allclose(by_law(run), before - returned, rtol=1e-9)
    words["abatement.cost_falls_on"] = "nobody"
    kept = one_run(laboratory.run(read_scenario("default", words)), small)
    np.testing.assert_array_equal(by_law(kept), kept.total(*PAID) - kept.total(*RECEIVED))


def test_emissions_above_the_cap_are_those_of_the_years_that_have_one() -> None:
    """200 of 220 allowed are 9 % below, whatever was emitted before there was a cap."""
    national = {
        "liability": np.array([500.0, 110.0, 90.0]),
        "cap": np.array([np.nan, 120.0, 100.0]),
    }
    run = replace(city_run(need=[[0.0] * 3] * 3), national=NationalTable(national))
    assert outcome("over_cap", run) == pytest.approx(100 * (200 / 220 - 1))


def test_who_pays_in_the_end_is_told_of_the_poorest_and_the_richest_fifth() -> None:
    """Of five cities with a demand of 10⁴ CNY each the poorest pays 40 by law and 90 in prices."""
    nothing = [[0.0] * 5]
    columns = {
        **dict.fromkeys((*PAID, *RECEIVED, "dues"), nothing),
        "abatement_cost": [[100.0, 0.0, 0.0, 0.0, 50.0]],
        "subsidy": [[0.0, 0.0, 0.0, 0.0, 10.0]],
        "passed_on": [[100.0, 0.0, 0.0, 0.0, 50.0]],
        "paid_in_prices": [[20.0, 10.0, 10.0, 10.0, 90.0]],
        "demand": [[1.0] * 5],
    }
    flat = {name: np.array(values).reshape(-1) for name, values in columns.items()}
    cities = Cities(
        population=np.arange(1.0, 6.0),
        poor=np.arange(5) >= 3,
        demand=np.full(5, 1.0),
        province=np.zeros(5, int),
    )
    run = OneRun(pa.table(flat), NationalTable({}), cities)
    assert outcome("burden_poorest", run) == pytest.approx(0.4)
    assert outcome("burden_leaning", run) == pytest.approx(1.0 - 0.4)
    assert outcome("borne_poorest", run) == pytest.approx(0.8)
    assert outcome("borne_leaning", run) == pytest.approx(0.2 - 0.8)


def test_demand_lost_and_covered_by_aid_is_weighed_by_demand_in_the_base_year() -> None:
    """10 % of a demand of 6 out of 10 is lost in the last year; of the poor one 25 % is covered."""
    run = city_run(
        demand_kept=[[0.5, 1.0, 1.0], [0.9, 1.0, 1.0]],
        catch_up=[[0.9, 0.9, 0.9], [0.5, 0.5, 0.25]],
        demand_shift=[[0.0, 0.0, 0.0], [0.0, 0.0, 0.5]],
    )
    assert outcome("demand_lost", run) == pytest.approx(6.0)
    assert outcome("catch_up_poor", run) == pytest.approx(25.0)
    assert outcome("demand_shifted", run) == pytest.approx(10.0)


def test_what_beneficiaries_pay_is_counted_without_what_others_receive() -> None:
    run = city_run(beneficiary_payment=[[2e9, -1e9, -1e9], [1e9, np.nan, -1e9]])
    assert outcome("beneficiary_payment", run) == pytest.approx(3.0)


def test_a_run_file_gives_back_what_the_tables_hold(experiment, small, tmp_path) -> None:
    result = compare(
        experiment, economy=small, out=tmp_path / "r", executor=InTurn(), pictures=False
    )
    again = pd.read_parquet(result.folder / "cities.parquet", filters=[("replication", "==", 1)])
    one = again[again["arm"] == "no_policy"].reset_index(drop=True)
    from analysis.experiment.recorded import read_manifest
    from analysis.experiment.results import Results
    from analysis.experiment.run_key import RunKey

    identity = read_manifest(result.folder / "manifest.json").identity
    results = Results(result.folder, experiment, identity)
    key = RunKey("no_policy", 1)
    run = read_run(results.path(key), results.expected(key)).cities.to_pandas()
    words = dict.fromkeys(("arm", "rule", "institution", "region_code", "city"), "str")
    pd.testing.assert_frame_equal(run.astype(words), one.astype(words))


def test_a_full_disk_keeps_the_finished_runs(experiment, small, tmp_path, monkeypatch) -> None:
    from pathlib import Path

    write, written = Path.write_bytes, []

    def until_full(path: Path, content: bytes) -> int:
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        written.append(path)
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", until_full)
    with pytest.raises(OSError, match="No space left"):
        compare(experiment, economy=small, out=tmp_path / "r", executor=InTurn(), pictures=False)
    monkeypatch.undo()
    assert len(list((tmp_path / "r" / "runs").rglob("*.arrow"))) == 2
    resumed = compare(
        experiment, economy=small, out=tmp_path / "r", executor=InTurn(), resume=True,
        pictures=False,
    )  # fmt: skip
    assert len(resumed.national) == 2 * 3 * 2


def test_a_large_study_says_what_it_will_take(experiment, small, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("analysis.experiment.running.LARGE", LARGE)
    said: list[str] = []
    chosen = experiment.model_copy(update={"replications": LARGE // 2 + 1})
    compare(
        chosen, economy=small, out=tmp_path / "r", executor=InTurn(), pictures=False,
        message=said.append,
    )  # fmt: skip
    assert len(said) == 1
    assert said[0].startswith(f"{LARGE + 2} runs to do. Disk: about ")
    assert f"Measured on the first run of {experiment.arms[1].name}." in said[0]
    told = float(re.search(r"about ([\d.]+) kB", said[0])[1])
    kept = sum(path.stat().st_size for path in (tmp_path / "r" / "runs").rglob("*.arrow")) / 1e3
    assert kept < told < 3 * kept


def test_a_single_run_comes_to_what_its_row_of_the_ranking_says(small, tmp_path) -> None:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    one = full.model_copy(update={"arms": full.arms[:2], "replications": 1, "name": "trial"})
    result = compare(one, economy=small, out=tmp_path / "r", executor=InTurn(), pictures=False)
    laboratory = Laboratory(small)
    without, run = (laboratory.run(arm.scenario, one.seed, 0) for arm in one.arms)
    values = outcomes(run, small, without)
    ranked = result.ranking[result.ranking["arm"] == one.arms[1].name]
    for word, mean in zip(ranked["outcome"], ranked["mean"], strict=True):
        assert values[word] == pytest.approx(mean, rel=1e-12, nan_ok=True), word
    assert np.isnan(outcomes(run, small)["cost_per_tonne"])
    assert np.isfinite(values["cost_per_tonne"])


def test_no_outcome_is_declared_twice() -> None:
    words = [one.word for one in OUTCOMES]
    assert len(set(words)) == len(words)


def test_a_column_s_old_word_is_answered_with_the_new_one(experiment, small, tmp_path) -> None:
    one = experiment.model_copy(update={"replications": 1})
    out = tmp_path / "r"
    result = compare(one, economy=small, out=out, executor=InTurn(), pictures=False)
    assert list(result.city_columns(["arm", "quota"])) == ["arm", "quota"]
    with pytest.raises(InputError, match=r"^treasury: is called budget now$"):
        result.city_columns(["treasury"])
    with pytest.raises(InputError, match="footprnt: no such column; did you mean footprint"):
        result.city_columns(["footprnt"])
    for old, new in NOW_CALLED.items():
        assert old not in NATIONAL_COLUMNS
        assert new in NATIONAL_COLUMNS or new in {one.word for one in OUTCOMES}
    manifest = out / "manifest.json"
    text = manifest.read_text(encoding="utf-8").replace('"budget":', '"treasury":')
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"earlier version .treasury: is called budget now"):
        compare(one, economy=small, out=out, resume=True, executor=InTurn(), pictures=False)
