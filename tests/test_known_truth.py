"""City tables whose truth is known: what the compile finds of it, and what simpler rules find."""

from functools import cache, partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from pandas.testing import assert_frame_equal
from pymrio_truth import pairings, shipped, truth_of

from analysis.documents.markdown import between, with_tables
from analysis.studies.known_truth.country import Diversity
from analysis.studies.known_truth.errors import (
    MEASURES,
    between_cities,
    median_error,
    weighted_error,
)
from analysis.studies.known_truth.findings import of_trade_form
from analysis.studies.known_truth.invention import invented_truth
from analysis.studies.known_truth.methods import METHODS
from analysis.studies.known_truth.publication import published
from analysis.studies.known_truth.report import DOCUMENT, tables, verdict
from analysis.studies.known_truth.study import errors, study, summary
from analysis.studies.known_truth.truth import Truth
from model.compile.assumptions import Assumptions
from model.compile.compile import compile_tables
from model.compile.provinces import reconciled
from model.input_output.province_sums import sums
from model.input_output.trade_form import TradeForm

SEEDS = st.integers(0, 3)
TRADE_AND_CARBON = (
    "trade between cities",
    "multipliers",
    "embodied flows",
    "embodied flows between cities",
)
SMALL = partial(invented_truth, cities=(2, 2, 2, 2))
BASELINES = ("gravity", "gravity, home weight 5", "gravity, home weight 1", "proportional")


@cache
def truth(seed: int, cities: tuple[int, ...] = (3, 2, 4, 2)) -> Truth:
    return invented_truth(np.random.default_rng(seed), cities)


@given(SEEDS)
def test_every_product_of_the_truth_is_sold_and_every_input_is_paid(seed: int) -> None:
    true = truth(seed)
    assert_allclose(true.found.trade.sum(axis=2).T + true.export, true.found.x, rtol=1e-9)
    assert true.value_added.min() > 0.0
    assert_allclose(true.imports + true.found.trade.sum(axis=1).T, true.use, rtol=1e-9)


@given(SEEDS)
def test_published_provinces_balance_and_trade_with_each_other_only(seed: int) -> None:
    found = published(truth(seed), np.random.default_rng(7)).tables
    assert_allclose(found.row_gap / found.x, 0.0, atol=1e-9)
    assert_allclose(found.column_gap / found.x, 0.0, atol=1e-9)
    assert_allclose(found.outflow.sum(axis=0), found.inflow.sum(axis=0), rtol=1e-9)


@given(SEEDS)
def test_city_statistics_add_up_to_the_provinces(seed: int) -> None:
    figures = published(truth(seed), np.random.default_rng(7))
    province, provinces = figures.regions.province, figures.tables.x.shape[0]
    gdp = sums(figures.statistics.gdp, province, provinces)
    assert_allclose(gdp.sum(axis=1), figures.tables.value_added.sum(axis=1), rtol=1e-9)
    inventory = figures.inventory.production.sum(axis=1) + figures.inventory.households.sum(axis=1)
    assert_allclose(sums(figures.statistics.co2, province, provinces), inventory, rtol=1e-9)


@given(SEEDS)
def test_reconciling_leaves_figures_without_error_alone(seed: int) -> None:
    figures = published(invented_truth(np.random.default_rng(seed)), np.random.default_rng(7))
    found = reconciled(figures.tables, figures.national)
    for name in ("Z", "Y", "export", "imports", "outflow", "inflow", "x"):
        reported = getattr(figures.tables, name)
        assert_allclose(getattr(found, name), reported, rtol=1e-9, atol=1e-12 * reported.max())


@given(SEEDS)
def test_the_full_table_and_the_trade_form_say_the_same(seed: int) -> None:
    true = truth(seed)
    t = true.found.trade / true.use.T[:, None, :]
    form = TradeForm(t=t, a=true.inputs / true.found.x[:, None, :])
    found = of_trade_form(form, true.d, true.found.x, true.F / true.found.x)
    assert_allclose(found.embodied, true.found.embodied, rtol=1e-8, atol=1e-6)
    assert_allclose(found.trade, true.found.trade, rtol=1e-9)


@given(SEEDS)
def test_the_truth_is_no_distance_from_itself(seed: int) -> None:
    found = truth(seed).found
    assert {name: error(found, found) for name, error in MEASURES.items()} == dict.fromkeys(
        MEASURES, 0.0
    )


@given(SEEDS)
def test_a_province_of_one_city_is_found_exactly_but_for_its_trade(seed: int) -> None:
    true = truth(seed, (1, 1, 1, 1, 1))
    found = compile_tables(published(true, np.random.default_rng(7)), Assumptions())
    assert_allclose(found.x, true.found.x, rtol=1e-9)
    assert_allclose(found.F, true.F, rtol=1e-9)
    assert_allclose(found.form.a * found.x[:, None, :], true.inputs, rtol=1e-8)
    assert_allclose(found.d, true.d, rtol=1e-8, atol=1e-9 * true.d.max())
    assert_allclose(found.export, true.export, rtol=1e-9)


def test_errors_by_hand() -> None:
    true, found = np.array([[4.0, 2.0], [0.0, 4.0]]), np.array([[5.0, 1.0], [1.0, 4.0]])
    assert weighted_error(found, true) == pytest.approx(30.0)
    assert weighted_error(between_cities(found), between_cities(true)) == pytest.approx(100.0)
    assert median_error(np.array([1.0, 2.0, 6.0]), np.array([1.0, 4.0, 4.0])) == 50.0


def test_a_study_is_the_same_for_the_same_seed() -> None:
    first, again, other = (study(1, seed, SMALL) for seed in (3, 3, 4))
    assert_frame_equal(first, again)
    assert not first["mean"].equals(other["mean"])


def test_a_summary_pairs_each_method_with_the_compile() -> None:
    by_economy = pd.concat(
        pd.DataFrame(
            {"method": method, "measure": measure, "error": [base + 2.0 * n], "economy": e}
        )
        for e, base in enumerate((1.0, 5.0))
        for n, method in enumerate(METHODS)
        for measure in MEASURES
    )
    rows = summary(by_economy).set_index(["method", "measure"])
    row = rows.loc[("proportional", "output")]
    assert row["difference"] == row["difference_low"] == row["difference_high"]
    assert row["difference"] == -2.0 * (len(METHODS) - 1)
    assert rows.loc[("compile", "output"), "mean"] == 3.0
    assert verdict(row.to_dict()) == "wins"


def test_renewing_the_document_changes_its_tables_only() -> None:
    document, found = DOCUMENT.read_text(encoding="utf-8"), study(2, invent=SMALL)
    once = with_tables(document, tables(found))
    for name, table in tables(found).items():
        assert between(once, name) == table
    assert with_tables(once, tables(found)) == once
    assert once.splitlines()[0] == document.splitlines()[0]


def test_pymrio_s_table_says_of_itself_what_pymrio_says() -> None:
    provinces = next(pairings(tuple(shipped().get_regions())))
    system = shipped().copy().calc_all()
    footprints = system.emissions.D_cba_reg.loc[("emission_type1", "air")]
    true = truth_of(provinces)
    households = system.emissions.F_Y.T.groupby(level=0).sum().T.loc[("emission_type1", "air")]
    order = list(true.regions.codes)
    assert_allclose(true.found.D_cba, (footprints - households)[order], rtol=1e-9)


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    """Return the study that docs/known-truth.md reports."""
    return study()


@pytest.mark.study
def test_the_document_reports_the_study(found: pd.DataFrame) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(document, tables(found)) == document, (
        "renew: .venv/bin/python -m analysis.documents known-truth"
    )


@pytest.mark.study
def test_the_compile_beats_both_simpler_rules_on_trade_carbon_and_footprints(found) -> None:
    against = _verdicts(found)
    for method in BASELINES:
        for measure in (*TRADE_AND_CARBON, "footprints"):
            assert against[method, measure] == "wins", (method, measure)
    for method in ("gravity", "gravity, home weight 1", "proportional"):
        assert against[method, "footprint of the median city"] == "wins", method
        assert against[method, "outsourced share"] == "wins", method
    for measure in ("footprint of the median city", "outsourced share"):
        assert against["gravity, home weight 5", measure] == "draws", measure


@pytest.mark.study
def test_the_compile_finds_output_a_little_better_than_shares_of_industry_do(found) -> None:
    against = _verdicts(found)
    assert {against[method, "output"] for method in BASELINES} == {"wins"}


@pytest.mark.study
def test_a_slight_tilt_of_output_is_better_than_none_and_than_a_strong_one(found) -> None:
    against = _verdicts(found)
    for measure in ("multipliers", "embodied flows", "footprints", "outsourced share"):
        assert against["compile, output tilt 0", measure] == "wins", measure
    for measure in ("output", "trade between cities"):
        assert against["compile, output tilt 1.5", measure] == "wins", measure


@pytest.mark.study
def test_elasticities_from_provinces_do_no_better_than_demand_as_gdp(found) -> None:
    assert _verdicts(found)["compile, demand as GDP", "footprints"] == "draws"


@pytest.mark.study
def test_a_strong_tilt_of_output_spoils_electricity() -> None:
    sector = truth(0).sectors.names.index("electricity")
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
    mean = _means(study(6, invent=homely))
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
    assert as_gdp < 2 / 3 * mean["compile", "footprints"]
    assert as_gdp < min(mean[method, "footprints"] for method in BASELINES)


def _verdicts(found: pd.DataFrame) -> dict[tuple[str, str], str]:
    return {(row["method"], row["measure"]): verdict(row) for row in found.to_dict("records")}


def _means(found: pd.DataFrame) -> dict[tuple[str, str], float]:
    return found.set_index(["method", "measure"])["mean"].to_dict()
