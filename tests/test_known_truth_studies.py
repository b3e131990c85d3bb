"""Statements of docs/known-truth.md: what the studies of invented countries find."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest
from pymrio_truth import pairings, shipped, truth_of

from analysis.documents.markdown import with_tables
from analysis.studies.known_truth.country import SECTORS, Diversity
from analysis.studies.known_truth.errors import (
    weighted_error,
)
from analysis.studies.known_truth.findings import of_trade_form
from analysis.studies.known_truth.invention import invented_truth
from analysis.studies.known_truth.later_year import later_year
from analysis.studies.known_truth.mitigation import mitigation
from analysis.studies.known_truth.noise import noise_study
from analysis.studies.known_truth.publication import published
from analysis.studies.known_truth.report import DOCUMENT, noise_table, tables, verdict
from analysis.studies.known_truth.study import errors, study
from model.classes.beneficiaries import Beneficiary
from model.compile.assumptions import Assumptions
from model.compile.compile import compile_tables

TRADE_AND_CARBON = (
    "trade between cities",
    "multipliers",
    "embodied flows",
    "embodied flows between cities",
)
BASELINES = ("gravity", "gravity, home weight 5", "gravity, home weight 1", "proportional")


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    """Return the study that docs/known-truth.md reports."""
    return _without_checks(study)


@pytest.fixture(scope="module")
def noise() -> pd.DataFrame:
    """Return the study of noise that docs/known-truth.md reports."""
    return _without_checks(noise_study)


@pytest.fixture(scope="module")
def fresh() -> pd.DataFrame:
    """Return the study of other countries, drawn after the compile was chosen."""
    return _without_checks(partial(study, seed=101))


@pytest.mark.study
def test_the_document_reports_the_studies(found: pd.DataFrame, noise: pd.DataFrame) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(document, tables(found) | {"noise": noise_table(noise)}) == document, (
        "renew: .venv/bin/python -m analysis.documents known-truth"
    )


@pytest.mark.study
def test_the_compile_beats_both_simpler_rules_on_trade_carbon_and_footprints(found) -> None:
    against = _verdicts(found)
    for method in BASELINES:
        for measure in (*TRADE_AND_CARBON, "footprints"):
            assert against[method, measure] == "wins", (method, measure)
        assert against[method, "footprint of the median city"] == "wins", method
    for method in ("gravity", "gravity, home weight 1", "proportional"):
        assert against[method, "outsourced share"] == "wins", method
    assert against["gravity, home weight 5", "outsourced share"] == "draws"


@pytest.mark.study
def test_the_compile_finds_output_a_little_better_than_shares_of_industry_do(found) -> None:
    against = _verdicts(found)
    assert {against[method, "output"] for method in BASELINES} == {"wins"}


@pytest.mark.study
def test_a_slight_tilt_of_output_is_better_than_none_and_than_a_strong_one(found) -> None:
    against = _verdicts(found)
    for measure in ("multipliers", "footprints", "outsourced share"):
        assert against["compile, output tilt 0", measure] == "wins", measure
    for measure in ("output", "trade between cities"):
        assert against["compile, output tilt 1.5", measure] == "wins", measure


@pytest.mark.study
def test_city_statistics_bring_demand_output_and_footprints_nearer(found) -> None:
    against = _verdicts(found)
    for measure in ("output", "demand per head", "footprints", "footprint of the median city"):
        assert against["compile, before city statistics", measure] == "wins", measure
    for measure in ("trade between cities", "embodied flows", "outsourced share"):
        assert against["compile, before city statistics", measure] == "wins", measure
    assert against["compile, before city statistics", "multipliers"] == "draws"


@pytest.mark.study
def test_city_statistics_bring_output_demand_and_flows_nearer_in_fresh_countries_too(fresh) -> None:
    against = _verdicts(fresh)
    for measure in ("output", "demand per head", "embodied flows", "footprint of the median city"):
        assert against["compile, before city statistics", measure] == "wins", measure
    for measure in ("footprints", "classes wrong"):
        assert against["compile, before city statistics", measure] == "draws", measure


@pytest.mark.study
def test_investment_tells_of_demand_and_jobs_of_output_and_neither_of_the_other(found) -> None:
    against = _verdicts(found)
    for measure in ("demand per head", "footprints"):
        assert against["compile, curves alone", measure] == "wins", measure
        assert against["compile, without jobs", measure] == "draws", measure
    assert against["compile, without jobs", "output"] == "wins"
    assert against["compile, curves alone", "output"] == "draws"


@pytest.mark.study
def test_city_statistics_tell_nothing_of_classes(found) -> None:
    against = _verdicts(found)
    for lacking in ("curves alone", "without jobs", "before city statistics"):
        assert against[f"compile, {lacking}", "classes wrong"] == "draws", lacking


@pytest.mark.study
def test_simpler_rules_know_classes_as_well_and_mitigation_worse(found) -> None:
    against = _verdicts(found)
    for method in BASELINES:
        assert against[method, "local mitigation"] == "wins", method
        assert against[method, "outsourced mitigation"] == "wins", method
    assert against["gravity", "classes wrong"] == "wins"
    for method in ("gravity, home weight 5", "gravity, home weight 1", "proportional"):
        assert against[method, "classes wrong"] == "draws", method


@pytest.mark.study
def test_the_more_output_is_tilted_the_more_classes_are_wrong(found, fresh) -> None:
    assert _verdicts(fresh)["compile, output tilt 0", "classes wrong"] == "loses"
    for wrong in (_means(found), _means(fresh)):
        tilts = ("compile, output tilt 0", "compile", "compile, output tilt 1.5")
        by_tilt = [wrong[tilt, "classes wrong"] for tilt in tilts]
        assert by_tilt == sorted(by_tilt)


@pytest.mark.study
def test_a_tilt_of_output_takes_part_of_a_change_in_intensity_for_one_of_output() -> None:
    """Slope of found on true change of a city's intensity, in logs, at the later year's output."""
    slopes = []
    for seed in range(4):
        rng = np.random.default_rng(seed)
        years = [true := invented_truth(rng), later_year(true, rng)]
        change = _intensity_change([year.found.S for year in years], years[1].found.x)
        for tilt in (0.0, Assumptions().output_tilt, 1.5):
            tables = [
                compile_tables(
                    published(year, np.random.default_rng(7)), Assumptions(output_tilt=tilt)
                )
                for year in years
            ]
            found = _intensity_change([table.S for table in tables], tables[1].x)
            slopes.append(np.polyfit(change, found, 1)[0])
    none, slight, strong = np.reshape(slopes, (4, 3)).mean(axis=0)
    assert none == pytest.approx(1.0, abs=0.05)
    assert strong < slight - 0.05 < none - 0.1


@pytest.mark.study
def test_one_class_for_all_is_wrong_for_a_third(found) -> None:
    shares = []
    for seed in np.random.SeedSequence(0).spawn(24):
        rng = np.random.default_rng(seed)
        true = invented_truth(rng)
        classes = mitigation(true.found, later_year(true, rng).found).classes
        shares.append(np.bincount(classes, minlength=len(Beneficiary)) / classes.size)
    wrong = 100.0 * (1.0 - np.mean(shares, axis=0).max())
    assert wrong == pytest.approx(35.0, abs=1.0)
    assert _means(found)["compile", "classes wrong"] < wrong / 2


@pytest.mark.study
def test_city_statistics_help_up_to_the_noise_of_provinces_and_harm_at_four_times(noise) -> None:
    rows = {(row["setting"], row["question"]): row for row in noise.to_dict("records")}
    asked = ("demand per head, by all", "output, by jobs", "footprints, by all")
    for question in asked:
        assert rows["half the noise", question]["high"] < 0.0, question
        assert rows["noise as estimated", question]["high"] < 0.0, question
        low, high = (rows["double", question][end] for end in ("low", "high"))
        assert low < 0.0 < high, question
        assert rows["four times", question]["mean"] > 0.0, question
    assert rows["four times", "footprints, by all"]["low"] > 0.0


@pytest.mark.study
def test_a_strong_tilt_of_output_spoils_electricity() -> None:
    sector = SECTORS.names.index("electricity")
    errors_of = {"tilted": [], "not tilted": []}
    for seed in range(5):
        true = invented_truth(np.random.default_rng(seed))
        for name, tilt in (("tilted", 1.5), ("not tilted", 0.0)):
            x = compile_tables(
                published(true, np.random.default_rng(7)), Assumptions(output_tilt=tilt)
            ).x[:, sector]
            errors_of[name].append(weighted_error(x, true.found.x[:, sector]))
    assert np.mean(errors_of["tilted"]) > 1.3 * np.mean(errors_of["not tilted"])


@pytest.mark.study
def test_half_of_the_error_in_footprints_is_demand() -> None:
    errors_of = {"demand found": [], "demand known": []}
    for seed in range(5):
        true = invented_truth(np.random.default_rng(seed))
        tables = compile_tables(published(true, np.random.default_rng(7)), Assumptions())
        for name, d in (("demand found", tables.d), ("demand known", true.d)):
            D_cba = of_trade_form(tables.form, d, tables.x, tables.S).D_cba
            errors_of[name].append(weighted_error(D_cba, true.found.D_cba))
    assert np.mean(errors_of["demand known"]) < 0.65 * np.mean(errors_of["demand found"])


@pytest.mark.study
def test_the_home_weight_moves_the_outsourced_share_and_hardly_the_footprints(found) -> None:
    mean = _means(found)
    weights = ("compile", "compile, home weight 5", "compile, home weight 1")
    outsourced = [mean[method, "outsourced share, signed"] for method in weights]
    assert outsourced[0] < 0.0 < outsourced[1] < outsourced[2]
    footprints = [mean[method, "footprints"] for method in weights]
    assert max(footprints) - min(footprints) < 1.0


@pytest.mark.study
def test_where_cities_keep_more_to_themselves_the_home_weight_is_too_low() -> None:
    homely = partial(invented_truth, diversity=Diversity(home=(10.0, 150.0)))
    mean = _means(_without_checks(partial(study, 6, invent=homely)))
    assert mean["compile", "outsourced share, signed"] > 0.0


@pytest.mark.study
def test_pymrio_s_regions_as_cities() -> None:
    """No interval: the fifteen pairings share their regions."""
    found = pd.concat(
        errors(truth_of(provinces), np.random.default_rng(n))
        for n, provinces in enumerate(pairings(tuple(shipped().get_regions())))
    )
    mean = found.groupby(["method", "measure"])["error"].mean().to_dict()
    for method in ("gravity", "proportional"):
        for measure in TRADE_AND_CARBON:
            assert mean["compile", measure] < mean[method, measure], (method, measure)
    trade, carbon = "trade between cities", "embodied flows"
    assert mean["compile", trade] < mean["gravity, home weight 5", trade]
    assert mean["compile", carbon] > mean["gravity, home weight 5", carbon]
    as_gdp = mean["compile, demand as GDP", "footprints"]
    assert as_gdp < 0.8 * mean["compile", "footprints"]
    assert as_gdp < min(mean[method, "footprints"] for method in BASELINES)


def _intensity_change(S: list[np.ndarray], x: np.ndarray) -> np.ndarray:
    before, after = ((of_year * x).sum(axis=1) for of_year in S)
    return np.log(after / before)


def _without_checks(studied: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return a study of a new process, where shapes are not checked: checks treble its time."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(studied).result()


def _verdicts(found: pd.DataFrame) -> dict[tuple[str, str], str]:
    return {(row["method"], row["measure"]): verdict(row) for row in found.to_dict("records")}


def _means(found: pd.DataFrame) -> dict[tuple[str, str], float]:
    return found.set_index(["method", "measure"])["mean"].to_dict()
